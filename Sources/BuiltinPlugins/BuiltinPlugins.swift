import ACLEDSource
import ArchiveExporter
import CSVSource
import ChartsExporter
import ClaimsAnalyzer
import GDELTSource
import GTDSource
import ICEWSSource
import IncidentSeverityAnalyzer
import IncidentStatisticsAnalyzer
import InterventionAnalyzer
import LeverageAnalyzer
import POLECATSource
import PanelAnalyzer
import RelationshipShiftAnalyzer
import ReportExporter
import SQLiteExporter
import SQLiteSource
import StructuralBalanceAnalyzer
import TablesExporter
import UCDPSource
public import Workbench

/// The plugins this program ships, in the order its documentation lists them.
public let builtinPlugins = PluginCatalog([
  PluginEntry(source: CSVSource.self),
  PluginEntry(source: GDELTSource.self),
  PluginEntry(source: GTDSource.self),
  PluginEntry(source: UCDPSource.self),
  PluginEntry(source: ACLEDSource.self),
  PluginEntry(source: ICEWSSource.self),
  PluginEntry(source: POLECATSource.self),
  PluginEntry(source: SQLiteSource.self),
  PluginEntry(analyzer: PanelAnalyzer.self),
  PluginEntry(analyzer: IncidentStatisticsAnalyzer.self),
  PluginEntry(analyzer: IncidentSeverityAnalyzer.self),
  PluginEntry(analyzer: StructuralBalanceAnalyzer.self),
  PluginEntry(analyzer: RelationshipShiftAnalyzer.self),
  PluginEntry(analyzer: InterventionAnalyzer.self),
  PluginEntry(analyzer: LeverageAnalyzer.self),
  PluginEntry(analyzer: ClaimsAnalyzer.self),
  PluginEntry(exporter: TablesExporter.self),
  PluginEntry(exporter: ReportExporter.self),
  PluginEntry(exporter: ChartsExporter.self),
  PluginEntry(exporter: SQLiteExporter.self),
  PluginEntry(exporter: ArchiveExporter.self),
])
