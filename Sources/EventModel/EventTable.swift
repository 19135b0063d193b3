/// Events stored by column: immutable, and as cheap to hand on as a number.
///
/// A loop over many rows takes the column it needs once (`let days = table.firstDay.values`) and indexes that.
public struct EventTable: Sendable {
  /// The values of one column.
  public enum Values: Sendable {
    case days(Column<Day>)
    case integers(Column<Int32>)
    case bytes(Column<UInt8>)
    case scores(Column<GoldsteinScore>)
    case reals(Column<Double>)
    case codes(CodedColumn)
    case text(TextColumn)
    case records(Column<RecordReference>)
  }

  /// The number of events.
  public let count: Int
  /// Whether actor 1 acts on actor 2.
  public let direction: DyadDirection
  /// The scheme that event classes belong to; nil where they belong to none known.
  public let ontology: String?
  /// What each source covers, in the order of the sources.
  public let coverage: [Coverage]
  /// What actors are, by name, where the workspace says so; resolved by its table of actors.
  public let actorKinds: [String: ActorKind]
  /// The days on which an actor becomes, or ceases to be, the one whom a name stands for, in order, where the workspace
  /// says so: the Taliban on the day from which they are the "Government of Afghanistan".
  public let actorChanges: [String: [Day]]
  private let storage: [Values?]

  /// Makes a table from its columns.
  ///
  /// Where `lastDay` or `datePrecision` is not given, each event lasts one day and is dated to it.
  /// - Precondition: all columns have `count` rows, each of its column's kind, and `firstDay` is among them.
  public init(
    count: Int, columns: [EventColumn: Values], direction: DyadDirection, ontology: String? = nil,
    coverage: [Coverage] = [], actorKinds: [String: ActorKind] = [:], actorChanges: [String: [Day]] = [:]
  ) {
    var storage = [Values?](repeating: nil, count: EventColumn.allCases.count)
    for (column, values) in columns {
      precondition(values.kind == column.kind && values.count == count, "column \(column.name) does not fit the table")
      storage[column.rawValue] = values
    }
    if storage[EventColumn.firstDay.rawValue] == nil {
      precondition(count == 0, "a table of events has first days")
      storage[EventColumn.firstDay.rawValue] = .days(Column([]))
    }
    if storage[EventColumn.lastDay.rawValue] == nil {
      storage[EventColumn.lastDay.rawValue] = storage[EventColumn.firstDay.rawValue]
    }
    if storage[EventColumn.datePrecision.rawValue] == nil {
      let day = [UInt8](repeating: DatePrecision.day.rawValue, count: count)
      storage[EventColumn.datePrecision.rawValue] = .bytes(Column(day))
    }
    self.count = count
    self.direction = direction
    self.ontology = ontology
    self.coverage = coverage
    self.actorKinds = actorKinds
    self.actorChanges = actorChanges
    self.storage = storage
  }

  /// The columns the table has.
  public var columns: EventColumns { EventColumns(EventColumn.allCases.filter { storage[$0.rawValue] != nil }) }
  /// What the table promises.
  public var schema: EventSchema { EventSchema(columns: columns, direction: direction, ontology: ontology) }
  /// The values of a column, or nil where the table does not have it.
  public subscript(column: EventColumn) -> Values? { storage[column.rawValue] }

  /// The first day of each event.
  public var firstDay: Column<Day> { days(.firstDay) ?? Column([]) }
  /// The last day of each event.
  public var lastDay: Column<Day> { days(.lastDay) ?? Column([]) }
  /// The date precision of each event, as raw values of `DatePrecision`.
  public var datePrecision: Column<UInt8> { bytes(.datePrecision) ?? Column([]) }
  /// The identifiers.
  public var id: TextColumn? { if case .text(let column)? = storage[EventColumn.id.rawValue] { column } else { nil } }
  /// The first actors.
  public var actor1: CodedColumn? { codes(.actor1) }
  /// The second actors.
  public var actor2: CodedColumn? { codes(.actor2) }
  /// The dataset's own categories.
  public var eventClass: CodedColumn? { codes(.eventClass) }
  /// The quad classes, as raw values of `QuadClass`.
  public var quadClass: Column<UInt8>? { bytes(.quadClass) }
  /// The Goldstein scores.
  public var goldstein: Column<GoldsteinScore>? {
    if case .scores(let column)? = storage[EventColumn.goldstein.rawValue] { column } else { nil }
  }
  /// The way back to each raw record.
  public var record: Column<RecordReference>? {
    if case .records(let column)? = storage[EventColumn.record.rawValue] { column } else { nil }
  }

  /// A column of days; nil where the table has none of that name and kind.
  public func days(_ column: EventColumn) -> Column<Day>? {
    if case .days(let values)? = storage[column.rawValue] { values } else { nil }
  }
  /// A column of whole numbers, such as fatalities; nil where the table has none of that name and kind.
  public func integers(_ column: EventColumn) -> Column<Int32>? {
    if case .integers(let values)? = storage[column.rawValue] { values } else { nil }
  }
  /// A column of small numbers, such as precisions; nil where the table has none of that name and kind.
  public func bytes(_ column: EventColumn) -> Column<UInt8>? {
    if case .bytes(let values)? = storage[column.rawValue] { values } else { nil }
  }
  /// A column of numbers, such as coordinates; nil where the table has none of that name and kind.
  public func reals(_ column: EventColumn) -> Column<Double>? {
    if case .reals(let values)? = storage[column.rawValue] { values } else { nil }
  }
  /// A column of recurring names, such as actors; nil where the table has none of that name and kind.
  public func codes(_ column: EventColumn) -> CodedColumn? {
    if case .codes(let values)? = storage[column.rawValue] { values } else { nil }
  }

  /// The event rows asked for, in that order.
  public func selecting(_ rows: [Int32]) -> EventTable {
    rebuilt(
      count: rows.count,
      columns: Dictionary(
        uniqueKeysWithValues: columns.columns.compactMap { column in
          self[column].map { (column, $0.selecting(rows)) }
        }))
  }
  /// The same events with columns replaced or added.
  public func replacing(_ replacements: [EventColumn: Values]) -> EventTable {
    rebuilt(count: count, columns: parts.merging(replacements) { $1 })
  }
  /// The same events with only some columns, and always the dates.
  public func keeping(_ kept: EventColumns) -> EventTable {
    var parts: [EventColumn: Values] = [:]
    for column in columns.intersection(kept.union(.dates)).columns { parts[column] = self[column] }
    return rebuilt(count: count, columns: parts)
  }
  /// The same events with another coverage.
  public func covering(_ coverage: [Coverage]) -> EventTable {
    EventTable(
      count: count, columns: parts, direction: direction, ontology: ontology, coverage: coverage,
      actorKinds: actorKinds, actorChanges: actorChanges)
  }
  /// The same events, with what their actors are and when they change.
  public func knowing(_ actorKinds: [String: ActorKind], changes: [String: [Day]] = [:]) -> EventTable {
    EventTable(
      count: count, columns: parts, direction: direction, ontology: ontology, coverage: coverage,
      actorKinds: actorKinds, actorChanges: changes)
  }
  private var parts: [EventColumn: Values] {
    Dictionary(uniqueKeysWithValues: columns.columns.compactMap { column in self[column].map { (column, $0) } })
  }
  private func rebuilt(count: Int, columns: [EventColumn: Values]) -> EventTable {
    EventTable(
      count: count, columns: columns, direction: direction, ontology: ontology, coverage: coverage,
      actorKinds: actorKinds, actorChanges: actorChanges)
  }

  /// The events of several tables, one table after another.
  ///
  /// The columns are those that any of them has; where one lacks a column, its rows have no value there. The union is
  /// directed only if every table is.
  public static func concatenating(_ tables: [EventTable]) -> EventTable {
    guard let first = tables.first else { return EventTable(count: 0, columns: [:], direction: .undirected) }
    guard tables.count > 1 else { return first }
    var parts: [EventColumn: Values] = [:]
    for column in EventColumn.allCases where tables.contains(where: { $0[column] != nil }) {
      parts[column] = Values.concatenating(tables.map { $0[column] ?? .missing(column.kind, count: $0.count) })
    }
    return EventTable(
      count: tables.reduce(0) { $0 + $1.count }, columns: parts,
      direction: tables.allSatisfy { $0.direction == .directed } ? .directed : .undirected,
      ontology: tables.allSatisfy { $0.ontology == first.ontology } ? first.ontology : nil,
      coverage: tables.flatMap(\.coverage),
      actorKinds: tables.reduce(into: [:]) { kinds, table in kinds.merge(table.actorKinds) { first, _ in first } },
      actorChanges: tables.reduce(into: [:]) { changes, table in
        changes.merge(table.actorChanges) { Set($0 + $1).sorted() }
      })
  }
}

extension EventTable.Values {
  /// The kind of column the values belong to.
  public var kind: EventColumn.Kind {
    switch self {
    case .days: .days
    case .integers: .integers
    case .bytes: .bytes
    case .scores: .scores
    case .reals: .reals
    case .codes: .codes
    case .text: .text
    case .records: .records
    }
  }
  /// The number of rows.
  public var count: Int {
    switch self {
    case .days(let column): column.count
    case .integers(let column): column.count
    case .bytes(let column): column.count
    case .scores(let column): column.count
    case .reals(let column): column.count
    case .codes(let column): column.count
    case .text(let column): column.count
    case .records(let column): column.count
    }
  }
  /// Which rows have a value; nil where all do.
  public var validity: Bitmap? {
    switch self {
    case .days(let column): column.validity
    case .integers(let column): column.validity
    case .bytes(let column): column.validity
    case .scores(let column): column.validity
    case .reals(let column): column.validity
    case .codes(let column): column.codes.validity
    case .text(let column): column.validity
    case .records(let column): column.validity
    }
  }
  /// The rows asked for, in that order.
  public func selecting(_ rows: [Int32]) -> Self {
    switch self {
    case .days(let column): .days(column.selecting(rows))
    case .integers(let column): .integers(column.selecting(rows))
    case .bytes(let column): .bytes(column.selecting(rows))
    case .scores(let column): .scores(column.selecting(rows))
    case .reals(let column): .reals(column.selecting(rows))
    case .codes(let column): .codes(column.selecting(rows))
    case .text(let column): .text(column.selecting(rows))
    case .records(let column): .records(column.selecting(rows))
    }
  }
  /// Rows without a value.
  static func missing(_ kind: EventColumn.Kind, count: Int) -> Self {
    let none = Bitmap(repeating: false, count: count)
    return switch kind {
    case .days: .days(Column([Day](repeating: Day(daysSinceEpoch: 0), count: count), validity: none))
    case .integers: .integers(Column([Int32](repeating: 0, count: count), validity: none))
    case .bytes: .bytes(Column([UInt8](repeating: 0, count: count), validity: none))
    case .scores:
      .scores(Column([GoldsteinScore](repeating: GoldsteinScore(millionths: 0), count: count), validity: none))
    case .reals: .reals(Column([Double](repeating: 0, count: count), validity: none))
    case .codes: .codes(CodedColumn(codes: Column([UInt32](repeating: 0, count: count), validity: none), labels: []))
    case .text: .text(TextColumn(bytes: [], ends: [Int](repeating: 0, count: count), validity: none))
    case .records:
      .records(Column([RecordReference](repeating: RecordReference(packed: 0), count: count), validity: none))
    }
  }
  /// The rows of several columns of one kind, one after another.
  static func concatenating(_ parts: [Self]) -> Self {
    switch parts[0] {
    case .days:
      .days(.concatenating(parts.compactMap { if case .days(let column) = $0 { column } else { nil } }))
    case .integers:
      .integers(.concatenating(parts.compactMap { if case .integers(let column) = $0 { column } else { nil } }))
    case .bytes:
      .bytes(.concatenating(parts.compactMap { if case .bytes(let column) = $0 { column } else { nil } }))
    case .scores:
      .scores(.concatenating(parts.compactMap { if case .scores(let column) = $0 { column } else { nil } }))
    case .reals:
      .reals(.concatenating(parts.compactMap { if case .reals(let column) = $0 { column } else { nil } }))
    case .codes:
      .codes(.concatenating(parts.compactMap { if case .codes(let column) = $0 { column } else { nil } }))
    case .text:
      .text(.concatenating(parts.compactMap { if case .text(let column) = $0 { column } else { nil } }))
    case .records:
      .records(.concatenating(parts.compactMap { if case .records(let column) = $0 { column } else { nil } }))
    }
  }
}
