import EventModel
public import Workbench

/// The `relationship-shift` analyzer: how each relationship stands, when it shifted and in which direction, how sure
/// that is, and which events show it.
public struct RelationshipShiftAnalyzer: Analyzer {
  let settings: ShiftSettings

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "relationship-shift", name: "Relationship shifts",
    summary: "Scores how each dyad stands and finds when it shifted, with dates, doubts and the events behind.",
    citation:
      "Killick, Fearnhead and Eckley 2012, JASA 107:1590; Besag and Clifford 1991, Biometrika 78:301; Benjamini "
      + "and Hochberg 1995, JRSS B 57:289; Raftery and Akman 1986, Biometrika 73:85; Goldstein 1992, JCR 36:369",
    diagnostics: [.shiftLeftOut, .shiftUnscored, .shiftOneSided, .shiftTooShort, .shiftNoControl])

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    settings = ShiftSettings(&parameters)
  }

  /// What it must be given.
  public var needs: Needs {
    Needs(
      events: EventSchema(columns: [.actors, .goldstein], direction: .undirected),
      optional: [.quadClass, .incidents, .fatalities, .confidence, .outlet, .id, .eventClass])
  }
  /// The tables it makes.
  public var yields: [TableSchema] { ShiftTables.all }

  /// Analyzes the events.
  public func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic) -> AnalysisResult {
    let histories = try Histories(input.events, in: context)
    let calendar = ShiftCalendar(histories, input.events, settings)
    let network = try NetworkSeries(histories, calendar, settings, in: context)
    network.warn(in: context)
    let search = try ShiftSearch(network, in: context)
    let states = try context.concurrentMap(histories.dyads.count) { dyad throws(Diagnostic) in
      try context.checkCancellation()
      return DyadState(histories.dyads[dyad], calendar, settings, network.exposures[dyad], histories)
    }
    let evidence = try context.concurrentMap(search.shifts.count) { place throws(Diagnostic) in
      try context.checkCancellation()
      return Evidence(of: search.shifts[place], in: network, input.events)
    }
    let report = ShiftReport(
      events: input.events, network: network, search: search, states: states, evidence: evidence)
    return AnalysisResult(
      tables: [
        report.dyads, try report.series(in: context), report.shifts, report.evidenceTable, report.coverage,
      ], findings: report.findings, charts: ShiftTables.charts)
  }
}

/// The parameters.
struct ShiftSettings: Sendable {
  /// How long periods are.
  enum PeriodChoice: String, CaseIterable, ScalarParameter { case auto, day, week, month, quarter }
  /// Whether rates are seen against how much is reported of everybody else.
  enum ExposureChoice: String, CaseIterable, ScalarParameter { case auto, on, off }

  let period: PeriodChoice
  let halfLife: Double
  let minConfidence: Double
  let exposure: ExposureChoice
  let level: Double
  let minEvents: Int
  let channels: [Channel]
  let breaks: [Day]

  init(_ parameters: inout ParameterReader) {
    period = parameters.optional(
      "period", default: .auto,
      "The length of the periods, the same for all dyads; auto takes weeks for six dyads or more, else the shortest of "
        + "which there are 24 and the busiest dyad has an event in each on average.")
    halfLife = parameters.optional(
      "half_life", default: 60, "After how many days an event counts half in the tone of a relationship.",
      where: ParameterRule("be more than 0 and at most 36500") { $0 > 0 && $0 <= 36_500 })
    minConfidence = parameters.optional(
      "min_confidence", default: 0, "Events of less confidence are not counted in rates and tests.",
      where: ParameterRule("be from 0 to 1") { $0 >= 0 && $0 <= 1 })
    exposure = parameters.optional(
      "exposure", default: .auto,
      "Whether rates are taken relative to how much is reported of all other dyads; auto does so for data in the "
        + "ontologies cameo and plover.")
    level = parameters.optional(
      "q", default: 0.05, "The share of false ones that is tolerated among the series in which shifts are found.",
      where: ParameterRule("be more than 0 and at most 0.2") { $0 > 0 && $0 <= 0.2 })
    minEvents = parameters.optional(
      "min_events", default: 10, "A series of fewer events is described, not tested.",
      where: ParameterRule("be at least 5") { $0 >= 5 })
    let all: [Channel] = Channel.allCases
    channels = parameters.optional(
      "channels", default: all, "What is searched for shifts.",
      where: ParameterRule("have at least one channel, none of them twice") {
        !$0.isEmpty && Set($0).count == $0.count
      })
    breaks = parameters.optional(
      "breaks", default: [], "Days on which the collection of the data is known to have changed.")
  }
}

/// What is searched for shifts.
enum Channel: String, CaseIterable, ScalarParameter {
  /// The rate of conflict.
  case conflict
  /// The rate of cooperation.
  case cooperation
  /// The mean score.
  case tone
}

extension DiagnosticKind {
  static let shiftLeftOut = DiagnosticKind(
    "relationship-shift.left-out", "Events were left out of the rates of relationships.",
    "An event counts in a rate where it has two known actors that are no civilians, is dated to one period and lies on "
      + "a day that every source covers. The message says how many do not, and why.")
  static let shiftUnscored = DiagnosticKind(
    "relationship-shift.unscored", "More than one event in twenty has no score.",
    "An event without a Goldstein score counts in no tone. Codes that the scale does not know are the usual reason: "
      + "`scale:` of the source can add them.")
  static let shiftOneSided = DiagnosticKind(
    "relationship-shift.one-sided", "The data have no cooperation, so that only the rate of violence can be seen.",
    "UCDP, ACLED and GTD record violence alone. Less of it may mean peace or a frozen conflict: the data cannot tell, "
      + "so no relationship is called better or worse.")
  static let shiftTooShort = DiagnosticKind(
    "relationship-shift.too-short", "The time covered by every source is too short to look for shifts.",
    "A shift needs a regime before it and one after it, and at least 24 periods in all. Shorter periods, or sources "
      + "that cover more, help; the tables describe what there is.")
  static let shiftNoControl = DiagnosticKind(
    "relationship-shift.no-control", "How much was reported could not be told from other dyads.",
    "That takes at least five other dyads and on average five events of theirs in a period. Rates are then by covered "
      + "days alone, and a change of reporting would look like a shift.")
}
