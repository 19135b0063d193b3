import EventModel
import JSONText
import Workbench

/// How good the records are: what is missing, how precise they are, and which may be the same.
struct QualityTable {
  static let schema = TableSchema(
    "quality", "A row is one count of records that share a trait.", keys: ["measure", "item"],
    columns: [
      ColumnSchema(
        "measure", .text,
        "what is counted: records, missing values by field, date precision, geo precision, duplicates"),
      ColumnSchema("item", .text, "the field, the precision, or the sameness counted"),
      ColumnSchema("count", .integer, unit: "records", "how many records; empty where the data cannot tell"),
      ColumnSchema("share", .real, "their share of all records"),
    ])

  private let count: Int
  private var rows: [(measure: String, item: String, count: Int?)] = []
  private var repeated: [Int] = []

  init(_ events: EventTable) {
    count = events.count
    rows.append(("records", "all", count))
    for column in EventColumn.allCases where !EventColumns.dates.union(.record).contains(column) {
      let present = events[column].map { $0.validity?.population ?? count } ?? 0
      rows.append(("missing", column.name, count - present))
    }
    var byPrecision = [Int](repeating: 0, count: 256)
    for precision in events.datePrecision.values { byPrecision[Int(precision)] += 1 }
    for precision in DatePrecision.allCases {
      rows.append(("date-precision", precision.name, byPrecision[Int(precision.rawValue)]))
    }
    if let precisions = events.bytes(.geoPrecision) {
      var byValue = [Int](repeating: 0, count: 256)
      for row in 0..<precisions.count where precisions.has(row) { byValue[Int(precisions.values[row])] += 1 }
      for (value, records) in byValue.enumerated() where records > 0 {
        rows.append(("geo-precision", String(value), records))
      }
    }
    let sameID = events.repeatedIDs()?.count
    rows.append(("duplicates", "same-id", sameID))
    rows.append(("duplicates", "same-days-actors-class", events.repeatedEvents(placed: false)?.count))
    let placed = events.repeatedEvents(placed: true)
    rows.append(("duplicates", "same-days-actors-class-about-place", placed?.count))
    repeated = placed ?? []
  }

  /// The table `quality`.
  var table: ResultTable {
    var table = ResultTable.Builder(Self.schema)
    for row in rows {
      let share = row.count.flatMap { count > 0 ? JSONValue.number(Double($0) / Double(count)) : nil }
      table.append([.string(row.measure), .string(row.item), row.count.map { .integer($0) } ?? .null, share ?? .null])
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
    if !repeated.isEmpty {
      findings.append(
        Finding(
          "\(repeated.count) of \(counted(count, "record")) \(repeated.count == 1 ? "has" : "have") the days, actors, "
            + "class, subject and place of an earlier one: possibly the same event, possibly several of a kind.",
          numbers: ["records": .integer(count), "repeated": .integer(repeated.count)], strength: .descriptive,
          events: repeated.prefix(10).compactMap { events.id?[$0] }))
    }
    if let sameID = rows.first(where: { $0.item == "same-id" })?.count, sameID > 0 {
      findings.append(
        Finding(
          "\(sameID) of \(counted(count, "record")) \(sameID == 1 ? "bears" : "bear") the id of an earlier one.",
          numbers: ["records": .integer(count), "repeated": .integer(sameID)], strength: .descriptive))
    }
    return findings
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
