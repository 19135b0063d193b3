import EventModel
public import Workbench

/// The `intervention` analyzer: whether violence fell while a ceasefire or another measure was in force, and what came
/// after.
public struct InterventionAnalyzer: Analyzer {
  private let interventions: [Intervention]
  private let choice: IncidentChoice
  private let anticipation: Int

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "intervention", name: "Interventions",
    summary:
      "Compares the incidents before, during and after a ceasefire or another measure, and says whether it held.",
    behaviourVersion: 2,
    citation: "Clayton et al. 2022, doi:10.1177/00220027221129195; Przyborowski and Wilenski 1940, Biometrika "
      + "31:313; Bernal, Cummins and Gasparrini 2017, International Journal of Epidemiology 46:348",
    diagnostics: [.unknownActor, .overlap, .outsideCoverage, .noClasses, .unknownClass])

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    interventions = parameters.required(
      "interventions", "The ceasefires or other measures: whom they bind, and from when to when they were in force.",
      where: .nonemptyList(),
      ParameterRule("have names that differ") { Set($0.map(\.name)).count == $0.count })
    let quads: [QuadName] = parameters.optional(
      "quads", default: [.materialConflict], "The quad classes that count as incidents.", where: .nonemptyList())
    let classes: OneOrMore<String>? = parameters.optional(
      "classes",
      "The event classes that count as incidents, in place of `quads`; in ontology cameo with all below them.",
      where: ParameterRule("have at least one class, none of them empty") {
        !$0.elements.isEmpty && $0.elements.allSatisfy { !$0.isEmpty }
      })
    anticipation = parameters.optional(
      "anticipation", default: 14,
      "Days before the start that belong to neither side: violence often rises before a ceasefire.",
      where: .inside(0...90))
    let confidence = parameters.optional(
      "min_confidence", default: 0.0, "The least confidence of an event that counts; events without one always do.",
      where: .inside(0...1))
    choice = IncidentChoice(
      classes: classes?.elements, quads: quads.map(\.quadClass), quadNames: quads.map(\.rawValue),
      minConfidence: confidence)
  }

  /// What it must be given.
  public var needs: Needs {
    Needs(
      events: EventSchema(
        columns: EventColumns(
          choice.classes == nil ? [.actor1, .actor2, .quadClass] : [.actor1, .actor2, .eventClass]),
        direction: .undirected),
      optional: EventColumns([
        .id, .incidents, .incidentsLow, .incidentsHigh, .confidence, .quadClass, .fatalitiesBest,
      ]))
  }
  /// The tables it makes.
  public var yields: [TableSchema] { [Study.windowsSchema, Study.effectsSchema, Study.compositionSchema] }

  /// Analyzes the events.
  public func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic) -> AnalysisResult {
    let events = input.events
    let incidents = try Incidents(events, choice, in: context)
    warnOfOverlaps(in: context)
    let results = try context.concurrentMap(interventions.count) { (index) throws(Diagnostic) -> Study in
      try context.checkCancellation()
      return Study(interventions[index], among: interventions, incidents, anticipation: anticipation)
    }
    for (intervention, study) in zip(interventions, results) {
      incidents.warnOfUnknownActors(of: intervention, in: context)
      study.warnOfCoverage(in: context)
    }
    return AnalysisResult(
      tables: [Study.windowsTable(results), Study.effectsTable(results), Study.compositionTable(results)],
      findings: results.flatMap { $0.findings(incidents.phrase) },
      charts: [
        Chart(
          "rates", "Incidents in 30 days: before, in anticipation, during and after, with 95 % intervals", kind: .bars,
          table: "windows", x: "window", y: ["per_30_days"], interval: ["per_30_days_low", "per_30_days_high"],
          panels: ["intervention"]),
        Chart(
          "effects", "Ratio of the rates of incidents in two windows, with 95 % intervals", kind: .bars,
          table: "effects", x: "comparison", y: ["rate_ratio"], series: "intervention",
          interval: ["rate_ratio_low", "rate_ratio_high"], label: "verdict", yScale: .logarithmic, reference: 1),
        Chart(
          "windows", "When: the days compared, in anticipation, in force and after", kind: .timeline,
          table: "windows", x: "start", y: ["per_30_days"], series: "intervention", interval: ["end"], label: "window"),
      ])
  }

  /// Warns of measures that bind the same actors at the same time, or one of which lies in the other's days before.
  private func warnOfOverlaps(in context: RunContext) {
    for (index, one) in interventions.enumerated() {
      for other in interventions[(index + 1)...] where one.shares(other) {
        let (first, second) = one.start <= other.start ? (one, other) : (other, one)
        let reach = second.start.adding(days: -anticipation - second.baseLength)
        if let end = first.end, end < reach { continue }
        let isInForce = first.end.map { $0 >= second.start } ?? true
        let message =
          isInForce
          ? "'\(first.name)' is still in force when '\(second.name)' starts, on actors of both"
          : "'\(first.name)' was in force in the days with which '\(second.name)' is compared"
        let hint =
          isInForce
          ? "their effects cannot be told apart; give them one entry, or mend the dates"
          : "read the effect of '\(second.name)' as against days that were not without one"
        context.warn(.warning(.overlap, message, parameter: "interventions", hint: hint))
      }
    }
  }
}

extension DiagnosticKind {
  static let unknownActor = DiagnosticKind(
    "intervention.unknown-actor", "An actor of an intervention takes part in no event.",
    "Its name may be misspelled, or the event set may leave it out. Names are those after the workspace's table of "
      + "actors was applied; `casus actors` lists them. Without its events nothing can be said of the intervention.")
  static let overlap = DiagnosticKind(
    "intervention.overlap", "Two interventions on the same actors overlap.",
    "What changed while both were in force cannot be ascribed to either, and days under an earlier ceasefire are a "
      + "poor baseline for a later one.")
  static let outsideCoverage = DiagnosticKind(
    "intervention.outside-coverage", "Days of an intervention lie outside what the sources cover.",
    "Rates are by covered day. Where no day before or during it is covered, there is nothing to compare.")
  static let noClasses = DiagnosticKind(
    "intervention.no-classes", "Incidents were to be chosen by a class that no event has.",
    "Where the source gives no quad classes, name `classes`, or have the source score them by `ontology` or `scale`.")
  static let unknownClass = DiagnosticKind(
    "intervention.unknown-class", "A class asked for is that of no event.",
    "It may be misspelled, or the events may have none of that class. In ontology cameo '18' stands for all codes that "
      + "begin so; elsewhere a class is matched whole.")
}
