public import EventModel
public import Workbench

extension EventColumn {
  /// The names that a parameter `columns` may give, `event_class` for the code among them.
  public static let canonicalNames =
    allCases.filter { $0 != .record }.flatMap { $0 == .eventClass ? [$0.name, "event_class"] : [$0.name] }

  /// The column of a canonical name; nil where there is none.
  public init?(canonicalName name: String) {
    let match = name == "event_class" ? .eventClass : Self.allCases.first { $0.name == name && $0 != .record }
    guard let match else { return nil }
    self = match
  }
}

extension ParameterReader {
  /// Declares `path`: the files of events.
  public mutating func eventFiles() -> InputPaths {
    required("path", "The file, plain or compressed with gzip or zip; a pattern such as data/*.csv, or a list.")
  }
  /// Declares `on_bad_row`.
  public mutating func onBadRow() -> BadRowPolicy {
    optional(
      "on_bad_row", default: BadRowPolicy.stop,
      "Whether a row that cannot be read stops the run, or is left out and counted.")
  }
  /// Says what is wrong with the names that a parameter `columns` gives: unknown ones, and two of one column.
  public mutating func checkColumns<Name>(_ columns: ParameterMap<Name>) {
    for entry in columns.entries {
      check(
        EventColumn.canonicalNames.contains(entry.name), about: ["columns"],
        "'columns' has '\(entry.name)', which is not a canonical name",
        hint: suggestion(for: entry.name, among: EventColumn.canonicalNames))
    }
    check(
      columns["code"] == nil || columns["event_class"] == nil, about: ["columns"],
      "'columns' has both 'code' and 'event_class', which are one column", hint: "leave one out")
  }
}

extension ParameterRule where Value == String {
  /// A pattern that `DateFormat` understands.
  public static var datePattern: Self {
    Self("hold yyyy, one of m, mm, MMM, MMMM, and one of d, dd, once each") { DateFormat($0) != nil }
  }
}
