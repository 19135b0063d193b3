public import Workbench

extension ChartsExporter {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "The list of charts of a run, here of one without analyses",
      output: [
        "charts.json": """
        {
          "charts": [],
          "source": "Workspace example."
        }

        """
      ])
  ]
}
