import ArchiveExporter
import CSVSource
import ICEWSSource
import IncidentStatisticsAnalyzer
import POLECATSource
import PanelAnalyzer
import SQLiteSource
import TablesExporter
public import Workbench

/// The plugins this program ships, in the order its documentation lists them.
public let builtinPlugins = PluginCatalog([
  PluginEntry(source: CSVSource.self),
  PluginEntry(source: ICEWSSource.self),
  PluginEntry(source: POLECATSource.self),
  PluginEntry(source: SQLiteSource.self),
  PluginEntry(analyzer: PanelAnalyzer.self),
  PluginEntry(analyzer: IncidentStatisticsAnalyzer.self),
  PluginEntry(exporter: TablesExporter.self),
  PluginEntry(exporter: ArchiveExporter.self),
])
