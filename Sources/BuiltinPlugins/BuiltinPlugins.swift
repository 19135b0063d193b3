import CSVSource
import IncidentStatisticsAnalyzer
import PanelAnalyzer
public import Workbench

/// The plugins this program ships, in the order its documentation lists them.
public let builtinPlugins = PluginCatalog([
  PluginEntry(source: CSVSource.self),
  PluginEntry(analyzer: PanelAnalyzer.self),
  PluginEntry(analyzer: IncidentStatisticsAnalyzer.self),
])

extension DiagnosticKind {
  /// The kinds that the parts shared by plugins can report.
  public static let sharedKinds: [DiagnosticKind] = []
}
