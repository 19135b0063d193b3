public import Workbench

extension TablesExporter {
  public static let examples = [
    PluginExample(
      "The findings of a run, here of one without analyses",
      output: ["findings.csv": "analysis,rank,strength,sentence,numbers,events\n"])
  ]
}
