import EventModel
import GRDB
import SQLiteRows
import Workbench

/// The events of all sets, with their actors.
struct EventRows {
  private let sets: [RunResults.NamedEventSet]

  init(_ sets: [RunResults.NamedEventSet]) { self.sets = sets }

  func insert(into db: Database, in context: RunContext) throws {
    try db.insert(sets.map { [$0.name, $0.events.count] }, into: "event_sets", ["name", "events"])
    try db.insert(kinds.map { [$0.0, $0.1?.rawValue] }, into: "actors", ["name", "kind"])
    for set in sets { try insert(set, into: db, in: context) }
  }

  private func insert(_ set: RunResults.NamedEventSet, into db: Database, in context: RunContext) throws {
    let events = set.events
    let columns = DatabaseSchema.eventColumns.compactMap { column in
      events[column].map { (name: column.name, source: Self.source(column, $0)) }
    }
    let writer = try RowWriter(db, table: "events", columns: [("event_set", .constant(set.name))] + columns)
    for start in stride(from: 0, to: events.count, by: 0x4000) {
      try context.checkCancellation()
      try writer.write(start..<min(start + 0x4000, events.count))
      context.report(.init(done: start, total: events.count, unit: "rows"))
    }
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

  private static func source(_ column: EventColumn, _ values: EventTable.Values) -> ColumnSource {
    switch values {
    case .days(let days): .days(days)
    case .integers(let column): .integers { row in column[row].map(Int64.init) }
    case .bytes(let numbers) where column == .datePrecision:
      .labels(DatePrecision.allCases.map(\.name)) { row in
        numbers[row].flatMap(DatePrecision.init(rawValue:)).flatMap(DatePrecision.allCases.firstIndex(of:))
      }
    case .bytes(let column): .integers { row in column[row].map(Int64.init) }
    case .scores(let column): .reals { row in column[row]?.value }
    case .reals(let column): .reals { row in column[row] }
    case .codes(let column): .labels(column)
    case .text(let column): .texts(column)
    case .records: .integers { _ in nil }
    }
  }
}
