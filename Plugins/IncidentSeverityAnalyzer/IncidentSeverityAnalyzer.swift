import EventModel
import JSONText
public import Workbench

/// The `incident-severity` analyzer: how the fatalities of single events are distributed, above all of the deadliest.
public struct IncidentSeverityAnalyzer: Analyzer {
  private let by: [SeverityDimension]
  private let groups: Int
  private let draws: Int

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "incident-severity", name: "Incident severity",
    summary:
      "Fits the tail of fatalities by event: a power law, whether it is ruled out, and whether a log-normal is nearer.",
    citation:
      "Clauset, Shalizi and Newman 2009, SIAM Review 51:661; Vuong 1989, Econometrica 57:307",
    diagnostics: [.severityNoFatalities])

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    let by: OneOrMore<SeverityDimension>? = parameters.optional(
      "by", "What events are grouped by as well: the tables have then rows for each group.",
      where: ParameterRule("have none twice") { Set($0.elements).count == $0.elements.count })
    self.by = by?.elements ?? []
    groups = parameters.optional(
      "groups", default: 10,
      "How many groups of each kind have rows of their own, those of most fatal events first.",
      where: ParameterRule("be from 1 to 1000") { $0 >= 1 && $0 <= 1000 })
    draws = parameters.optional(
      "draws", default: 1_000,
      "How many samples are drawn to see whether a power law is ruled out.",
      where: ParameterRule("be from 100 to 100000") { $0 >= 100 && $0 <= 100_000 })
  }

  /// What it must be given.
  public var needs: Needs {
    Needs(
      events: EventSchema(columns: [], direction: .undirected),
      optional: [.id, .actors, .eventClass, .country, .admin1, .fatalities])
  }
  /// The tables it makes.
  public var yields: [TableSchema] { [SeverityTables.severity, SeverityTables.exceedance] }

  /// Analyzes the events.
  public func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic)
    -> AnalysisResult
  {
    let events = input.events
    if EventColumns.fatalities.columns.allSatisfy({ events.integers($0) == nil }) {
      context.warn(
        .warning(
          .severityNoFatalities, "the events have no fatalities",
          hint: "map a column of the file to `fatalities_best`"))
    }
    let samples = try SeveritySample.all(of: events, by: by, groups: groups, in: context)
    let draws = draws
    let fits = try context.concurrentMap(samples.count) { index throws(Diagnostic) in
      try context.checkCancellation()
      return SeverityFit(samples[index])
    }
    let rows = try fits.map { fit throws(Diagnostic) in try fit.tested(draws, in: context) }
    let tables = SeverityTables(rows)
    return AnalysisResult(
      tables: tables.all, findings: tables.findings(events),
      charts: [
        Chart(
          "tail",
          "Share of fatal events with at least so many fatalities, observed and by both laws",
          kind: .line,
          table: "exceedance", x: "fatalities", y: ["share", "power_law", "log_normal"],
          panels: ["by", "group", "estimate"], xScale: .logarithmic, yScale: .logarithmic,
          note: "the laws are fitted to the tail alone")
      ])
  }
}

/// What events are grouped by.
enum SeverityDimension: String, CaseIterable, ScalarParameter {
  case actor1, actor2, admin1, country
  case eventClass = "event_class"

  /// The column.
  var column: EventColumn {
    switch self {
    case .actor1: .actor1
    case .actor2: .actor2
    case .admin1: .admin1
    case .country: .country
    case .eventClass: .eventClass
    }
  }
}

extension DiagnosticKind {
  static let severityNoFatalities = DiagnosticKind(
    "incident-severity.no-fatalities", "The events have no column of fatalities.",
    "The severity of an event is how many people it killed. Without that there is nothing to describe."
  )
}
