import EventModel
import GRDB
import Workbench

/// The events of all sets, with their actors.
struct EventRows {
  private let sets: [RunResults.NamedEventSet]

  init(_ sets: [RunResults.NamedEventSet]) { self.sets = sets }

  func insert(into db: Database, in context: RunContext) throws {
    var names = try RowInserter(db, table: "event_sets", columns: ["name", "events"])
    for set in sets { try names.add([set.name, set.events.count]) }
    try names.finish()
    var actors = try RowInserter(db, table: "actors", columns: ["name", "kind"])
    for (name, kind) in kinds { try actors.add([name, kind?.rawValue]) }
    try actors.finish()
    for set in sets { try insert(set, into: db, in: context) }
  }

  private func insert(_ set: RunResults.NamedEventSet, into db: Database, in context: RunContext) throws {
    let events = set.events
    let columns = DatabaseSchema.eventColumns.filter { events[$0] != nil }
    let values = columns.compactMap { column in events[column].map { Self.reader(column, $0) } }
    var rows = try RowInserter(db, table: "events", columns: ["event_set"] + columns.map(\.name))
    let name = set.name.databaseValue
    for row in 0..<events.count {
      try rows.add(name)
      for value in values { try rows.add(value(row)) }
      if row & 0x3FFF == 0 {
        try context.checkCancellation()
        context.report(.init(done: row, total: events.count, unit: "rows"))
      }
    }
    try rows.finish()
  }

  /// Every actor of every set, by name, with what it is.
  private var kinds: [(String, ActorKind?)] {
    var kinds: [String: ActorKind?] = [:]
    for set in sets {
      for column in [set.events.actor1, set.events.actor2] {
        for label in column?.labels ?? [] {
          if (kinds[label] ?? nil) == nil { kinds[label] = .some(set.events.actorKinds[label]) }
        }
      }
    }
    return kinds.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { ($0.key, $0.value) }
  }

  /// How the value of a row becomes one of SQLite's; names are made once, and days once each.
  private static func reader(_ column: EventColumn, _ values: EventTable.Values) -> (Int) -> DatabaseValue {
    switch values {
    case .days(let days):
      let texts = dayTexts(days)
      let first = texts.first
      return { row in days.has(row) ? texts.values[Int(days.values[row].daysSinceEpoch) - first] : .null }
    case .integers(let column): return { row in column[row]?.databaseValue ?? .null }
    case .bytes(let numbers) where column == .datePrecision:
      let names = (0...UInt8.max).map { number in
        DatePrecision(rawValue: number)?.name.databaseValue ?? .null
      }
      return { row in names[Int(numbers.values[row])] }
    case .bytes(let column): return { row in column[row].map { Int($0).databaseValue } ?? .null }
    case .scores(let column): return { row in column[row]?.value.databaseValue ?? .null }
    case .reals(let column): return { row in column[row]?.databaseValue ?? .null }
    case .codes(let column):
      let labels = column.labels.map(\.databaseValue)
      return { row in column.codes[row].map { labels[Int($0)] } ?? .null }
    case .text(let column): return { row in column[row]?.databaseValue ?? .null }
    case .records: return { _ in .null }
    }
  }

  /// The text of each day from the first to the last of a column, where those are few enough to be kept.
  private static func dayTexts(_ days: EventModel.Column<Day>) -> (first: Int, values: [DatabaseValue]) {
    let used = Set(days.values.map { Int($0.daysSinceEpoch) })
    guard let first = used.min(), let last = used.max() else { return (0, []) }
    return (
      first,
      (first...last).map { day in
        used.contains(day) ? Day(daysSinceEpoch: Int32(day)).description.databaseValue : .null
      }
    )
  }
}
