public import Workbench

extension TablesExporter {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "The findings of a run, here of one without analyses",
      output: ["findings.csv": "analysis,rank,strength,sentence,numbers,events\n"])
  ]
}
