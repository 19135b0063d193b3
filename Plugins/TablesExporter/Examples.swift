public import Workbench

extension TablesExporter {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "The findings of a run, here of one without analyses",
      output: ["findings.csv": "analysis,rank,strength,sentence,numbers,events,headline\n"]),
    PluginExample(
      "The same as JSON Lines and Markdown too", parameters: "{also: [json-lines, markdown]}",
      output: [
        "findings.csv": "analysis,rank,strength,sentence,numbers,events,headline\n", "findings.jsonl": "",
        "findings.md": """
        | analysis | rank | strength | sentence | numbers | events | headline |
        | --- | ---: | --- | --- | --- | --- | ---: |

        """,
      ]),
  ]
}
