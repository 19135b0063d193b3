import EventModel
import JSONText
import TabularEvents
import Workbench

/// What of a file stands for a canonical name: a column, or for a date those of its year, month and day.
enum OwnColumns: DefaultParameterValue, Hashable {
  /// A column.
  case one(String)
  /// The columns of the year, of the month and of the day, of which the last, or the last two, may be left out.
  case parts([String])

  /// The parts of a date, in their order.
  static let parts = ["year", "month", "day"]
  static var shape: ParameterShape { .either(.text, .list(.text)) }
  static var placeholder: OwnColumns { .one("") }
  var json: JSONValue {
    switch self {
    case .one(let name): name.json
    case .parts(let names): names.json
    }
  }
  /// The columns named.
  var names: [String] {
    switch self {
    case .one(let name): [name]
    case .parts(let names): names
    }
  }
  var areParts: Bool { if case .parts = self { true } else { false } }

  static func read(
    _ node: ConfigNode, as name: String, in reading: inout ParameterReading
  ) -> ParsedParameter<OwnColumns>? {
    if case .list = node.value {
      return [String].read(node, as: name, in: &reading).map { ParsedParameter(.parts($0.value), json: $0.json) }
    }
    return String.read(node, as: name, in: &reading).map { ParsedParameter(.one($0.value), json: $0.json) }
  }
}

extension ParameterReader {
  /// Says what is wrong with dates that several columns make.
  mutating func checkDateParts(_ columns: ParameterMap<OwnColumns>) {
    for entry in columns.entries {
      guard case .parts(let names) = entry.value else { continue }
      let isFirstDay = EventColumn(canonicalName: entry.name) == .firstDay
      check(
        isFirstDay, about: ["columns"], "'columns.\(entry.name)' must be the name of one column, not a list",
        hint: "only the first day can be made of several: date_start: [year, month, day]")
      guard isFirstDay else { continue }
      check(
        1...3 ~= names.count, about: ["columns"],
        "'columns.\(entry.name)' has \(names.count) columns, expected those of the year, the month and the day",
        hint: "write date_start: [year, month, day], or [year, month] where there are no days")
      let repeated = names.indices.first { names[..<$0].contains(names[$0]) }
      check(
        repeated == nil, about: ["columns"],
        "'columns.\(entry.name)' names '\(repeated.map { names[$0] } ?? "")' twice",
        hint: "name the columns of the year, the month and the day, in this order")
    }
  }
}
