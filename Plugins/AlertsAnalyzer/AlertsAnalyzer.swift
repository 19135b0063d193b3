import EventModel
import Incidents
public import Workbench

/// The `alerts` analyzer: whether the latest period has more or fewer incidents than those before it let expect.
public struct AlertsAnalyzer: Analyzer {
  private let classes: [String]?
  private let by: [IncidentDimension]
  private let groups: Int
  private let period: PeriodLength
  private let history: Int

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "alerts", name: "Alerts",
    summary: "Tells whether the latest period has more or fewer incidents than those before it let expect.",
    citation:
      "Farrington et al. 1996, JRSS A 159:547; Noufaily et al. 2013, Statistics in Medicine 32:1206; Benjamini and Hochberg "
      + "1995, JRSS B 57:289",
    diagnostics: DiagnosticKind.incidentKinds)

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    classes = parameters.incidentClasses()
    (by, groups) = parameters.incidentGroups()
    period = parameters.optional("period", default: .week, "The length of the periods; weeks are ISO weeks.")
    history = parameters.optional(
      "history", default: 52, "With how many periods before it the latest is compared.",
      where: ParameterRule("be from 12 to 520") { $0 >= 12 && $0 <= 520 })
  }

  /// What it must be given.
  public var needs: Needs {
    Needs(
      events: EventSchema(columns: classes == nil ? [] : .eventClass, direction: .undirected),
      optional: EventColumns.id.union([.actors, .eventClass, .country, .admin1]))
  }
  /// The tables it makes.
  public var yields: [TableSchema] { [AlertTables.alerts(period), AlertTables.expected(period)] }

  /// Analyzes the events.
  public func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic) -> AnalysisResult {
    let events = input.events
    let calendar = AlertCalendar(events, period)
    let records = try IncidentRecords(classes, events, in: context)
    let groups = try records.groups(events, by: by, most: groups, in: context)
    let history = history
    let watched = try context.concurrentMap(groups.count) { index throws(Diagnostic) in
      try context.checkCancellation()
      return WatchedSeries(groups[index], events, calendar, history: history)
    }
    let tables = AlertTables(watched, calendar, history: history)
    return AnalysisResult(
      tables: tables.all, findings: tables.findings(events),
      charts: [
        Chart(
          "expected", "Incidents by \(period.rawValue), and what the \(history) before each let expect", kind: .line,
          table: "expected", x: "period", y: ["incidents", "expected"], interval: ["low", "high"],
          panels: by.isEmpty ? [] : ["by", "group"],
          note: "the band holds 95 % of such \(period.rawValue)s if nothing changes")
      ])
  }
}
