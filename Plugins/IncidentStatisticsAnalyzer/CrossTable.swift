import EventModel
import JSONText
import Statistics
import Workbench

/// Which classes of incidents go with which actors and places, and whether that is more than chance.
struct CrossTable {
  private struct Pairing {
    let dimension: Dimension
    var rows: [String] = []
    var columns: [String] = []
    var table: ContingencyTable?
    var missing = 0
    var records = 0
    var pValue: Double?
    var method: String?
    var note: String?
    /// The cell furthest above what independence expects.
    var strongest: (row: Int, column: Int, residual: Double)?
    var events: [String] = []
  }
  private var pairings: [Pairing] = []
  private let q: [Double?]

  init(_ incidents: Incidents, _ settings: IncidentSettings, in context: RunContext) {
    let asked = settings.by.filter { $0 != .eventClass }
    let dimensions = asked.isEmpty ? [Dimension.actor1, .actor2, .admin1, .country] : asked
    let classes = Grouping(incidents, .eventClass, most: settings.groups)
    pairings = dimensions.sorted { $0.rawValue < $1.rawValue }.map { dimension in
      guard let classes else { return Pairing(dimension: dimension, note: "no incident has an event class") }
      guard let other = Grouping(incidents, dimension, most: settings.groups) else {
        return Pairing(dimension: dimension, note: "no incident has a \(dimension.rawValue)")
      }
      return Self.pairing(incidents, classes, other, in: context)
    }
    q = adjusted(pairings.map(\.pValue))
  }

  private static func pairing(
    _ incidents: Incidents, _ classes: Grouping, _ other: Grouping, in context: RunContext
  ) -> Pairing {
    var pairing = Pairing(dimension: other.dimension)
    let (classSlots, otherSlots) = (classes.slots, other.slots)
    let (height, width) = (classes.largest.count, other.largest.count)
    var counts = [[Int]](repeating: [Int](repeating: 0, count: width + 1), count: height + 1)
    func slot(_ code: Int32, _ slots: [Int32], _ last: Int) -> Int {
      slots[Int(code)] < 0 ? last : Int(slots[Int(code)])
    }
    for index in classes.codes.indices {
      guard classes.codes[index] >= 0, other.codes[index] >= 0 else {
        pairing.missing += 1
        continue
      }
      counts[slot(classes.codes[index], classSlots, height)][slot(other.codes[index], otherSlots, width)] += 1
      pairing.records += 1
    }
    // Categories that no record has with both known are left out; the others together stand last.
    let rows = counts.indices.filter { counts[$0].contains { $0 > 0 } }
    let columns = (0...width).filter { column in counts.contains { $0[column] > 0 } }
    pairing.rows = rows.map { $0 < height ? classes.labels[classes.largest[$0]] : others }
    pairing.columns = columns.map { $0 < width ? other.labels[other.largest[$0]] : others }
    guard let table = ContingencyTable(rows.map { row in columns.map { counts[row][$0] } }) else {
      pairing.note = "no record has both"
      return pairing
    }
    pairing.table = table
    guard table.degrees > 0 else {
      pairing.note = table.rowSums.count < 2 ? "all are of one class" : "all are of one \(other.dimension.rawValue)"
      return pairing
    }
    guard table.total >= 10 else {
      pairing.note = "fewer than 10 records"
      return pairing
    }
    if table.leastExpected >= 5 {
      (pairing.pValue, pairing.method) = (table.pValue, "chi-squared")
    } else {
      var random = context.randomNumbers(for: "cross \(other.dimension.rawValue)")
      if let test = table.independence(using: &random) {
        (pairing.pValue, pairing.method) = (test.pValue, test.isExact ? "fisher" : "monte-carlo")
      }
    }
    for row in rows.indices where rows[row] < height {
      for column in columns.indices where columns[column] < width {
        guard let residual = table.residual(row, column), residual > pairing.strongest?.residual ?? 0 else { continue }
        pairing.strongest = (row, column, residual)
      }
    }
    if let strongest = pairing.strongest {
      let (one, two) = (classes.largest[rows[strongest.row]], other.largest[columns[strongest.column]])
      pairing.events = incidents.ids { classes.codes[$0] == Int32(one) && other.codes[$0] == Int32(two) }
    }
    return pairing
  }

  static let association = TableSchema(
    "association", "A row is whether classes of incidents differ between actors or places.", keys: ["by"],
    columns: [
      ColumnSchema("by", .text, "what event classes are crossed with"),
      ColumnSchema("records", .integer, unit: "events", "incident records that have both"),
      ColumnSchema("missing", .integer, unit: "events", "incident records that lack one, or whose actor is unknown"),
      ColumnSchema("classes", .integer, "event classes told apart"),
      ColumnSchema("groups", .integer, "groups told apart, those of fewer incidents as one"),
      ColumnSchema("chi_squared", .real, "Pearson's statistic of independence"),
      ColumnSchema("degrees", .integer, "its degrees of freedom"),
      ColumnSchema("least_expected", .real, unit: "events", "the least count that independence expects"),
      ColumnSchema("p", .real, "p of independence"),
      ColumnSchema(
        "method", .text, "chi-squared; where fewer than 5 are expected somewhere fisher, or monte-carlo of chi-squared"),
      ColumnSchema("q", .real, "p adjusted for the rows of this table (Benjamini and Hochberg)"),
      ColumnSchema("cramers_v", .real, "strength from 0 to 1: Cramer's V, corrected for bias"),
      ColumnSchema("note", .text, "what cannot be said, and why"),
    ])
  static let schema = TableSchema(
    "cross", "A row is one event class with one actor or place.", keys: ["by", "event_class", "group"],
    columns: [
      ColumnSchema("by", .text, "what event classes are crossed with"),
      ColumnSchema("event_class", .text, "the class, or \(others)"),
      ColumnSchema("group", .text, "the actor or place, or \(others)"),
      ColumnSchema("records", .integer, unit: "events", "incident records with both"),
      ColumnSchema("class_share", .real, "their share of the records of the class"),
      ColumnSchema("group_share", .real, "their share of the records of the group"),
      ColumnSchema("expected", .real, unit: "events", "records that independence expects"),
      ColumnSchema("residual", .real, "how many standard errors there are more, or fewer; beyond 3 is rarely chance"),
    ])

  var part: TablePart {
    var tests = ResultTable.Builder(Self.association)
    var cells = ResultTable.Builder(Self.schema)
    for (index, pairing) in pairings.enumerated() {
      let table = pairing.table
      tests.append([
        .string(pairing.dimension.rawValue), .integer(pairing.records), .integer(pairing.missing),
        .integer(pairing.rows.count), .integer(pairing.columns.count),
        pairing.pValue == nil ? .null : exact(table?.chiSquared), cell(table?.degrees), exact(table?.leastExpected),
        exact(pairing.pValue), cell(pairing.method), exact(q[index]),
        pairing.pValue == nil ? .null : exact(table?.cramersV), cell(pairing.note),
      ])
      guard let table else { continue }
      for (row, name) in pairing.rows.enumerated() {
        for (column, group) in pairing.columns.enumerated() {
          let count = table.counts[row][column]
          cells.append([
            .string(pairing.dimension.rawValue), .string(name), .string(group), .integer(count),
            exact(Double(count) / Double(table.rowSums[row])), exact(Double(count) / Double(table.columnSums[column])),
            exact(table.expected(row, column)), exact(table.residual(row, column)),
          ])
        }
      }
    }
    return TablePart(tables: [tests.finish(), cells.finish()], findings: findings)
  }

  private var findings: [RankedFinding] {
    pairings.enumerated().compactMap { index, pairing in
      guard let q = q[index], q <= 0.05, let v = pairing.table?.cramersV, v >= 0.1, let table = pairing.table,
        let strongest = pairing.strongest
      else { return nil }
      let (row, column) = (strongest.row, strongest.column)
      return RankedFinding(
        "Classes of incidents differ by \(pairing.dimension.rawValue) (Cramer's V \(short(v)), q \(short(q)), "
          + "\(counted(pairing.records, "record"))): furthest above chance is \(pairing.rows[row]) of "
          + "\(pairing.columns[column]), \(table.counts[row][column]) records where "
          + "\(short(table.expected(row, column))) are expected.",
        numbers: [
          "q": exact(q), "cramers_v": exact(v), "records": .integer(pairing.records),
          "observed": .integer(table.counts[row][column]), "expected": exact(table.expected(row, column)),
        ], q: q, effect: v, count: pairing.records, events: pairing.events)
    }
  }
}
