import EventModel
import Workbench

/// Which events are incidents.
struct IncidentClasses: Sendable {
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
