import EventModel
import Incidents
import JSONText
import Workbench

/// How good the records are: what is missing, how precise they are, and which may be the same; of all and of each group.
struct QualityTable {
  static let schema = TableSchema(
    "quality", "A row is one count of records, of all or of a group, that share a trait.",
    keys: ["by", "group", "measure", "item"],
    columns: IncidentGroup.columns + [
      ColumnSchema(
        "measure", .text,
        "what is counted: records, missing values by field, date precision, geo precision, duplicates"),
      ColumnSchema("item", .text, "the field, the precision, or the sameness counted"),
      ColumnSchema("count", .integer, unit: "records", "how many records; empty where the data cannot tell"),
      ColumnSchema("share", .real, "their share of all records of the group"),
    ])

  private let count: Int
  private let rows: [(group: RecordGroups.Name, measure: String, item: String, count: Int?, of: Int)]
  private let sameIDs: [Int]?
  private let sameEvents: [Int]?

  init(_ events: EventTable, _ groupings: [Grouping], in context: RunContext) throws(Diagnostic) {
    count = events.count
    sameIDs = events.repeatedIDs()
    sameEvents = events.repeatedEvents(placed: true)
    let duplicates = [
      ("same-id", sameIDs), ("same-days-actors-class", events.repeatedEvents(placed: false)),
      ("same-days-actors-class-about-place", sameEvents),
    ]
    var rows: [(group: RecordGroups.Name, measure: String, item: String, count: Int?, of: Int)] = []
    for groups in [RecordGroups(events)] + groupings.map({ RecordGroups(events, $0) }) {
      try context.checkCancellation()
      func append(_ measure: String, _ item: String, _ counts: [Int]?) {
        for (place, name) in groups.names.enumerated() {
          rows.append((name, measure, item, counts?[place], groups.sizes[place]))
        }
      }
      append("records", "all", groups.sizes)
      for column in EventColumn.allCases where !EventColumns.dates.union(.record).contains(column) {
        append("missing", column.name, groups.missing(events[column]))
      }
      let byPrecision = groups.counts(of: events.datePrecision)
      for precision in DatePrecision.allCases {
        append("date-precision", precision.name, byPrecision.map { $0[Int(precision.rawValue)] })
      }
      if let precisions = events.bytes(.geoPrecision) {
        let byValue = groups.counts(of: precisions)
        for value in 0..<256 {
          let counts = byValue.map { $0[value] }
          if counts.contains(where: { $0 > 0 }) { append("geo-precision", String(value), counts) }
        }
      }
      for (item, repeated) in duplicates { append("duplicates", item, repeated.map(groups.counts)) }
    }
    self.rows = rows
  }

  /// The table `quality`.
  var table: ResultTable {
    var table = ResultTable.Builder(Self.schema)
    for row in rows {
      let share = row.count.flatMap { row.of > 0 ? JSONValue.number(Double($0) / Double(row.of)) : nil }
      table.append([
        .string(row.group.by), .string(row.group.group), .string(row.measure), .string(row.item),
        row.count.map { .integer($0) } ?? .null, share ?? .null,
      ])
    }
    return table.finish()
  }

  /// The table and what can be said of it.
  func part(_ events: EventTable) -> TablePart {
    TablePart(tables: [table], findings: findings(events).map(RankedFinding.init))
  }

  /// What can be said of the records: those that may stand for one event, and ids that recur.
  func findings(_ events: EventTable) -> [Finding] {
    var findings: [Finding] = []
    if let sameEvents, !sameEvents.isEmpty {
      findings.append(
        Finding(
          "\(sameEvents.count) of \(counted(count, "record")) \(sameEvents.count == 1 ? "has" : "have") the days, actors, "
            + "class, subject and place of an earlier one: possibly the same event, possibly several of a kind.",
          numbers: ["records": .integer(count), "repeated": .integer(sameEvents.count)], strength: .descriptive,
          events: sameEvents.prefix(10).compactMap { events.id?[$0] }))
    }
    if let sameIDs, !sameIDs.isEmpty {
      findings.append(
        Finding(
          "\(sameIDs.count) of \(counted(count, "record")) \(sameIDs.count == 1 ? "bears" : "bear") the id of an earlier one.",
          numbers: ["records": .integer(count), "repeated": .integer(sameIDs.count)], strength: .descriptive))
    }
    return findings
  }
}

/// The records of an event table by group: of every class, incidents or not.
private struct RecordGroups {
  typealias Name = (by: String, group: String)
  let names: [Name]
  /// How many records each has.
  let sizes: [Int]
  /// The place of the group of each record; -1 where it has none; nil where all are in one.
  private let places: [Int32]?

  /// One group of all.
  init(_ events: EventTable) {
    (names, sizes, places) = ([("all", "all")], [events.count], nil)
  }

  /// Those groups of incidents that have rows of their own.
  init(_ events: EventTable, _ grouping: Grouping) {
    let (slots, codes) = (grouping.slots, events.codes(grouping.dimension.column)?.codes.values ?? [])
    let isTold = grouping.dimension.isTold(in: events)
    var sizes = [Int](repeating: 0, count: grouping.largest.count)
    var places = [Int32](repeating: -1, count: events.count)
    for row in codes.indices where isTold(row) && slots[Int(codes[row])] >= 0 {
      places[row] = slots[Int(codes[row])]
      sizes[Int(places[row])] += 1
    }
    names = grouping.largest.map { (grouping.dimension.rawValue, grouping.labels[$0]) }
    (self.sizes, self.places) = (sizes, places)
  }

  /// How many records of each group lack a value.
  func missing(_ values: EventTable.Values?) -> [Int] {
    guard let values else { return sizes }
    guard let validity = values.validity else { return sizes.map { _ in 0 } }
    guard let places else { return [sizes[0] - validity.population] }
    var counts = sizes.map { _ in 0 }
    for (row, place) in places.enumerated() where place >= 0 && !validity[row] { counts[Int(place)] += 1 }
    return counts
  }

  /// How many of these records each group has.
  func counts(_ rows: [Int]) -> [Int] {
    guard let places else { return [rows.count] }
    var counts = sizes.map { _ in 0 }
    for row in rows where places[row] >= 0 { counts[Int(places[row])] += 1 }
    return counts
  }

  /// How often each group has each of the 256 numbers.
  func counts(of column: Column<UInt8>) -> [[Int]] {
    var counts = sizes.map { _ in [Int](repeating: 0, count: 256) }
    for row in 0..<column.count {
      let place = places.map { Int($0[row]) } ?? 0
      if place >= 0, column.has(row) { counts[place][Int(column.values[row])] += 1 }
    }
    return counts
  }
}

extension EventTable {
  /// The rows whose identifier an earlier row has; nil where there are no identifiers.
  func repeatedIDs() -> [Int]? {
    guard let id else { return nil }
    let bytes = id.bytes
    return repeats { row in
      guard id.validity?[row] ?? true else { return nil }
      var print = Fingerprint()
      for index in id.range(row) { print.mix(UInt64(bytes[index])) }
      return print
    }
  }

  /// The rows that share first and last day, both actors and class with an earlier row, and where `placed` also the
  /// subject, country, admin1 and place; nil where the data lack actors or classes.
  ///
  /// The order of the actors counts in directed data only. A row without an actor or class is never one of these.
  func repeatedEvents(placed: Bool) -> [Int]? {
    guard let actors, let classes = eventClass?.codes else { return nil }
    let (first, last) = (firstDay.values, lastDay.values)
    let further = placed ? [EventColumn.about, .country, .admin1, .place].compactMap { codes($0)?.codes } : []
    return repeats { row in
      guard var left = actors.actor1[row], var right = actors.actor2[row], let category = classes[row] else {
        return nil
      }
      if direction == .undirected, right < left { swap(&left, &right) }
      var print = Fingerprint()
      print.mix(UInt64(UInt32(bitPattern: first[row].daysSinceEpoch)))
      print.mix(UInt64(UInt32(bitPattern: last[row].daysSinceEpoch)))
      for code in [left, right, category] { print.mix(UInt64(code)) }
      for column in further { print.mix(column[row].map { UInt64($0) + 1 } ?? 0) }
      return print
    }
  }

  /// The rows whose fingerprint an earlier row has; rows without one are never among them.
  private func repeats(_ fingerprint: (Int) -> Fingerprint?) -> [Int] {
    var seen = Set<Fingerprint>(minimumCapacity: count)
    var rows: [Int] = []
    for row in 0..<count {
      if let print = fingerprint(row), !seen.insert(print).inserted { rows.append(row) }
    }
    return rows
  }
}

/// 128 bits that stand for a sequence of numbers: equal for equal ones, and for others only by a chance below 1e-24 in
/// ten million records.
private struct Fingerprint: Hashable {
  private var low: UInt64 = 0x9E37_79B9_7F4A_7C15
  private var high: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func mix(_ number: UInt64) {
    low = (low ^ number) &* 0xFF51_AFD7_ED55_8CCD
    low ^= low >> 32
    high = (high &+ number) &* 0x0000_0100_0000_01B3 &+ 0x632B_E59B_D9B4_E019
    high ^= high >> 29
  }
}
