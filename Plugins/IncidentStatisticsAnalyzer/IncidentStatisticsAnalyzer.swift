import EventModel
import JSONText
public import Workbench

/// The `incident-statistics` analyzer: how many incidents in each period, how surely that changed, and how good the
/// records are.
public struct IncidentStatisticsAnalyzer: Analyzer {
  private let period: PeriodLength
  private let classes: [String]?

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "incident-statistics", name: "Incident statistics",
    summary:
      "Counts incidents and fatalities by period, with exact intervals of change, and shows how good the records are.",
    citation: "Przyborowski and Wilenski 1940, Biometrika 31:313; Clopper and Pearson 1934, Biometrika 26:404",
    diagnostics: [.noClasses, .unknownClass, .outsideCoverage, .multiPeriod])

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    period = parameters.optional("period", default: .month, "The length of the periods; weeks are ISO weeks.")
    let classes: OneOrMore<String>? = parameters.optional(
      "classes",
      "The event classes that are incidents, in ontology cameo with all below them; left out: 18, 19 and 20 in cameo, "
        + "ASSAULT in plover, every class elsewhere.",
      where: ParameterRule("have at least one class, none of them empty") {
        !$0.elements.isEmpty && $0.elements.allSatisfy { !$0.isEmpty }
      })
    self.classes = classes?.elements
  }

  /// What it must be given.
  public var needs: Needs {
    Needs(
      events: EventSchema(columns: classes == nil ? [] : .eventClass, direction: .undirected),
      optional: .all.subtracting(.record))
  }
  /// The tables it makes.
  public var yields: [TableSchema] { [PeriodSummary.schema(period), QualityTable.schema] }

  /// Analyzes the events.
  public func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic) -> AnalysisResult {
    let events = input.events
    let incidents = try IncidentClasses(classes, events, in: context)
    let summary = try PeriodSummary(events, incidents, period, in: context)
    if summary.outsideCoverage > 0 {
      context.warn(
        .warning(
          .outsideCoverage,
          "events on days that no source covers: \(summary.outsideCoverage), left out of the summary",
          hint: "mend `covers` of the source, or the dates"))
    }
    if summary.multiPeriod > 0 {
      context.warn(
        Diagnostic(
          .note, .multiPeriod,
          "incident records that last over more than one \(period.rawValue): \(summary.multiPeriod); "
            + "each counts in the \(period.rawValue) of its first day",
          parameter: "period", hint: "choose longer periods to see how much hangs on it"))
    }
    try context.checkCancellation()
    let quality = QualityTable(events)
    return AnalysisResult(
      tables: [summary.table, quality.table],
      findings: summary.findings(events, incidents) + quality.findings(events),
      charts: [
        Chart(
          "incidents", "Incidents by \(period.rawValue), with the bounds the data give", kind: .bars, table: "summary",
          x: "period", y: ["incidents"], interval: ["incidents_low", "incidents_high"]),
        Chart(
          "fatalities", "Fatalities of incidents by \(period.rawValue), best, low and high estimate", kind: .bars,
          table: "summary", x: "period", y: ["fatalities_best"], interval: ["fatalities_low", "fatalities_high"]),
      ])
  }
}

/// Which events are incidents.
struct IncidentClasses {
  /// Those classes in words, for findings.
  let phrase: String
  private let isIncidentClass: [Bool]?
  private let codes: Column<UInt32>?

  /// Decides which classes are incidents, and warns of those asked for that no event has.
  init(_ wanted: [String]?, _ events: EventTable, in context: RunContext) throws(Diagnostic) {
    if wanted != nil, events.eventClass == nil {
      throw .error(
        .noClasses, "the events have no classes to choose incidents by", parameter: "classes",
        hint: "leave `classes` out to count every event")
    }
    let standard: [String: [String]] = ["cameo": ["18", "19", "20"], "plover": ["ASSAULT"]]
    let chosen = wanted ?? events.ontology.flatMap { standard[$0] }
    guard let chosen, let column = events.eventClass else {
      (phrase, isIncidentClass, codes) = ("any class", nil, nil)
      return
    }
    phrase = (chosen.count == 1 ? "class " : "classes ") + chosen.joined(separator: ", ")
    let isTree = events.ontology == "cameo"
    func isOf(_ label: String, _ chosen: String) -> Bool { isTree ? label.hasPrefix(chosen) : label == chosen }
    isIncidentClass = column.labels.map { label in chosen.contains { isOf(label, $0) } }
    codes = column.codes
    for name in wanted ?? [] where !column.labels.contains(where: { isOf($0, name) }) {
      context.warn(
        .warning(
          .unknownClass, "no event has the class '\(name)'", parameter: "classes",
          hint: suggestion(for: name, among: Array(column.labels.prefix(30)))))
    }
  }

  /// Whether an event is an incident, unless it is a state in force.
  func contains(_ row: Int) -> Bool {
    guard let isIncidentClass, let codes else { return true }
    return codes[row].map { isIncidentClass[Int($0)] } ?? false
  }
}

extension DiagnosticKind {
  static let noClasses = DiagnosticKind(
    "incident-statistics.no-classes", "Incidents were to be chosen by class, but the events have none.",
    "Leave `classes` out to count every event, or map a column of the file to `code`.")
  static let unknownClass = DiagnosticKind(
    "incident-statistics.unknown-class", "A class asked for is that of no event.",
    "It may be misspelled, or the events may have none of that class. In ontology cameo '18' stands for all codes that "
      + "begin so; elsewhere a class is matched whole.")
  static let outsideCoverage = DiagnosticKind(
    "incident-statistics.outside-coverage", "Events lie outside what the sources are said to cover.",
    "The workspace says by `covers` on which days a source's silence means that nothing happened. Events on other days "
      + "belong to no row of the summary.")
  static let multiPeriod = DiagnosticKind(
    "incident-statistics.multi-period", "Incident records last over several periods.",
    "Each counts in the period of its first day, so a record such as 'in the course of the year' makes that period "
      + "look worse than it was. Longer periods hold more of them whole.")
}
