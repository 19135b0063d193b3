public import EventModel
public import Workbench

/// Which events are incidents.
public struct IncidentClasses: Sendable {
  /// Those classes in words, for findings.
  public let phrase: String
  private let isIncidentClass: [Bool]?
  private let codes: Column<UInt32>?

  /// Decides which classes are incidents, and warns of those asked for that no event has.
  public init(_ wanted: [String]?, _ events: EventTable, in context: RunContext) throws(Diagnostic) {
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
  public func contains(_ row: Int) -> Bool {
    guard let isIncidentClass, let codes else { return true }
    return codes[row].map { isIncidentClass[Int($0)] } ?? false
  }
}

extension ParameterReader {
  /// The parameter `classes`, which says what incidents are.
  public mutating func incidentClasses() -> [String]? {
    let classes: OneOrMore<String>? = optional(
      "classes",
      "The event classes that are incidents, in ontology cameo with all below them; left out: 18, 19 and 20 in cameo, "
        + "ASSAULT in plover, every class elsewhere.",
      where: ParameterRule("have at least one class, none of them empty") {
        !$0.elements.isEmpty && $0.elements.allSatisfy { !$0.isEmpty }
      })
    return classes?.elements
  }
}

extension DiagnosticKind {
  static let noClasses = DiagnosticKind(
    "incidents.no-classes", "Incidents were to be chosen by class, but the events have none.",
    "Leave `classes` out to count every event, or map a column of the file to `code`.")
  static let unknownClass = DiagnosticKind(
    "incidents.unknown-class", "A class asked for is that of no event.",
    "It may be misspelled, or the events may have none of that class. In ontology cameo '18' stands for all codes that "
      + "begin so; elsewhere a class is matched whole.")

  /// The kinds that choosing incidents can report.
  public static let incidentKinds = [noClasses, unknownClass]
}
