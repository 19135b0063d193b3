import EventModel
import Incidents
import JSONText
public import Workbench

/// The `incident-statistics` analyzer: how many incidents in each period, how surely that changed, where and when they
/// concentrate, and how good the records are.
public struct IncidentStatisticsAnalyzer: Analyzer {
  let settings: IncidentSettings

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "incident-statistics", name: "Incident statistics",
    summary:
      "Counts incidents and fatalities by period and group, tests trends, seasons, changes and concentration, and shows "
      + "how good the records are.",
    behaviourVersion: 4,
    citation:
      "Przyborowski and Wilenski 1940, Biometrika 31:313; Mann 1945, Econometrica 13:245; Hamed and Rao 1998, Journal "
      + "of Hydrology 204:182; Benjamini and Hochberg 1995, JRSS B 57:289; Killick, Fearnhead and Eckley 2012, JASA "
      + "107:1590",
    diagnostics: DiagnosticKind.incidentKinds + [.outsideCoverage, .multiPeriod, .noGroups])

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) { settings = IncidentSettings(&parameters) }

  /// What it must be given.
  public var needs: Needs {
    Needs(
      events: EventSchema(columns: settings.classes == nil ? [] : .eventClass, direction: .undirected),
      optional: .all.subtracting(.record))
  }
  /// The tables it makes.
  public var yields: [TableSchema] { settings.tables.flatMap { $0.schemas(settings.period) } }

  /// Analyzes the events.
  public func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic) -> AnalysisResult {
    let incidents = try Incidents(input.events, settings, in: context)
    incidents.warn(in: context)
    let series = try AllSeries(incidents, settings, in: context)
    var parts: [TablePart] = []
    for table in settings.tables {
      try context.checkCancellation()
      switch table {
      case .quality: parts.append(try QualityTable(input.events, series.groupings, in: context).part(input.events))
      case .summary: parts.append(try SummaryTable(series, settings, in: context).part)
      case .cross: parts.append(CrossTable(incidents, settings, in: context).part)
      case .trend: parts.append(try TrendTable(series, in: context).part)
      case .dispersion: parts.append(try DispersionTable(series, in: context).part)
      case .changes: parts.append(try ChangesTable(series, in: context).part)
      case .concentration: parts.append(try ConcentrationTable(incidents, series, in: context).part)
      }
    }
    // What is wrong with the records is said after what they say.
    let isQuality = settings.tables.map { $0 == .quality }
    let ordered = zip(isQuality, parts).filter { !$0.0 } + zip(isQuality, parts).filter(\.0)
    return AnalysisResult(
      tables: parts.flatMap(\.tables), findings: headlines(ordered.flatMap(\.1.findings)), charts: settings.charts)
  }
}

/// The tables that can be chosen; each comes with those that go with it.
enum TableChoice: String, CaseIterable, ScalarParameter {
  case quality, summary, cross, trend, dispersion, changes, concentration

  func schemas(_ length: PeriodLength) -> [TableSchema] {
    switch self {
    case .quality: [QualityTable.schema]
    case .summary: [SummaryTable.schema(length), SummaryTable.composition(length), SummaryTable.days]
    case .cross: [CrossTable.association, CrossTable.schema]
    case .trend: [TrendTable.schema(length)]
    case .dispersion: [DispersionTable.schema(length)]
    case .changes: [ChangesTable.schema]
    case .concentration: [ConcentrationTable.schema, ConcentrationTable.lorenz]
    }
  }
}

/// What a choice of tables comes to.
struct TablePart {
  var tables: [ResultTable]
  var findings: [RankedFinding]
}
