import EventModel
import Incidents
import Statistics
public import Workbench

/// The `incident-timing` analyzer: how incidents follow each other, from gaps, bursts, and what one brings of others.
public struct IncidentTimingAnalyzer: Analyzer {
  private let classes: [String]?
  private let by: [IncidentDimension]
  private let groups: Int
  private let permutations: Int

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "incident-timing", name: "Incident timing",
    summary: "Measures how incidents follow each other: gaps, bursts, and how many others one incident brings.",
    citation:
      "Hawkes 1971, Biometrika 58:83; Kleinberg 2003, Data Mining and Knowledge Discovery 7:373; Goh and Barabási 2008, "
      + "EPL 81:48002; Kim and Jo 2016, Physical Review E 94:032311",
    diagnostics: DiagnosticKind.incidentKinds)

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    classes = parameters.incidentClasses()
    (by, groups) = parameters.incidentGroups()
    permutations = parameters.optional(
      "permutations", default: 199, "How many permutations show whether one incident brings others.",
      where: ParameterRule("be from 19 to 9999") { $0 >= 19 && $0 <= 9_999 })
  }

  /// What it must be given.
  public var needs: Needs {
    Needs(
      events: EventSchema(columns: classes == nil ? [] : .eventClass, direction: .undirected),
      optional: EventColumns.id.union([.actors, .eventClass, .country, .admin1]))
  }
  /// The tables it makes.
  public var yields: [TableSchema] {
    [TimingTables.timing, TimingTables.excitation, TimingTables.gaps, TimingTables.bursts]
  }

  /// Analyzes the events.
  public func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic) -> AnalysisResult {
    let events = input.events
    let records = try IncidentRecords(classes, events, in: context)
    let calendar = DayCalendar(events)
    let series = try records.groups(events, by: by, most: groups, in: context).map {
      DaySeries($0, events, calendar)
    }
    let excitations = try Excitation.all(series, calendar, permutations: permutations, in: context)
    let tables = TimingTables(series, excitations, calendar)
    return AnalysisResult(
      tables: tables.all, findings: tables.findings(events),
      charts: [
        Chart(
          "gaps", "Share of gaps between incidents that last at least so many days, and what chance gives", kind: .line,
          table: "gaps", x: "days", y: ["share", "expected"], panels: by.isEmpty ? [] : ["by", "group"],
          yScale: .logarithmic, note: "chance: incidents at one rate, none bringing others"),
        Chart(
          "bursts", "When incidents came in bursts, by level: each has twice the rate of the one below",
          kind: .timeline,
          table: "bursts", x: "from", y: ["rate"], series: "level", interval: ["to"],
          panels: by.isEmpty ? [] : ["by", "group"]),
      ])
  }
}
