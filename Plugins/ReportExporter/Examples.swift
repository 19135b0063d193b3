public import Workbench

extension ReportExporter {
  /// Documentation that is also a test.
  public static let examples: [PluginExample] = [
    PluginExample("The page of a run without analyses", parameters: "{rows: 20}", output: [:])
  ]
}
