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
    behaviourVersion: 3,
    citation:
      "Killick, Fearnhead and Eckley 2012, JASA 107:1590; Besag and Clifford 1991, Biometrika 78:301; Benjamini "
      + "and Hochberg 1995, JRSS B 57:289; Raftery and Akman 1986, Biometrika 73:85; Goldstein 1992, JCR 36:369",
    diagnostics: [
      .shiftLeftOut, .shiftUnscored, .shiftUnknownActor, .shiftOneSided, .shiftTooShort, .shiftNoControl,
    ])

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    settings = ShiftSettings(&parameters)
  }

  /// What it must be given.
  public var needs: Needs {
    Needs(
      events: EventSchema(
        columns: [.actors, .goldstein], direction: settings.unit == .directedDyad ? .directed : .undirected),
      optional: [
        .quadClass, EventColumns([.incidents, .fatalitiesBest]), .confidence, .outlet, .id, .eventClass, .admin1,
      ])
  }
  /// The tables it makes.
  public var yields: [TableSchema] { ShiftTables.all }

  /// Analyzes the events.
  public func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic) -> AnalysisResult {
    let histories = try Histories(input.events, settings.unit, in: context)
    let calendar = ShiftCalendar(histories, input.events, settings)
    let boundaries = try Boundaries(input.events, settings, histories, calendar)
    let network = try NetworkSeries(histories, calendar, boundaries, settings, in: context)
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
        report.episodes,
      ], findings: report.findings, charts: ShiftCharts.all(isOneSided: network.isOneSided))
  }
}
