public import Workbench

extension SQLiteExporter {
  /// What it writes is no text, so that the example shows only that it writes.
  public static let examples = [PluginExample("The run as one database", output: [:])]
}
