import EventModel
import JSONText
import Statistics
import Workbench

/// Whether an incident is followed by others nearby more often than its place and its year let expect.
struct RepeatTable {
  private struct Band {
    let space: Int
    let time: Int
    let pairs: Int
    let mean: Double
    let p: Double
  }
  private let bands: [Band]
  private let q: [Double]
  private let knox: KnoxTable?
  private let used: Int
  private let candidates: Int
  private let permutations: Int
  private let note: String?

  /// More incidents are thinned by lot: that leaves ratios as they are.
  private static let most = 10_000
  private static let fewest = 30
  private static let spaces = ["same place", "up to 1 km", "1 to 5 km", "5 to 10 km"]
  private static let times = ["0 to 2", "3 to 7", "8 to 14", "15 to 28"]

  init(_ placed: PlacedIncidents, permutations: Int, in context: RunContext) throws(Diagnostic) {
    self.permutations = permutations
    let dates = placed.events.datePrecision.values
    var chosen = placed.indices(precision: 2).filter { dates[Int(placed.rows[$0])] == DatePrecision.day.rawValue }
    candidates = chosen.count
    var random = context.randomNumbers(for: "near repeats")
    if chosen.count > Self.most {
      for place in 0..<Self.most { chosen.swapAt(place, Int.random(in: place..<chosen.count, using: &random)) }
      chosen = chosen.prefix(Self.most).sorted()
    }
    used = chosen.count
    let seed = random.next()
    guard used >= Self.fewest else {
      (bands, q, knox) = ([], [], nil)
      note =
        placed.rows.isEmpty
        ? "no incident has coordinates"
        : "fewer than \(Self.fewest) incidents are dated to the day and placed to 25 km"
      return
    }
    note = nil
    let days = chosen.map { placed.events.firstDay.values[Int(placed.rows[$0])] }
    let knox = KnoxTable(
      chosen.map { placed.points[$0] }, dates: days.map { Int($0.daysSinceEpoch) }, strata: days.map { $0.date.year })
    let pieces = 40
    let drawn = try context.concurrentMap(pieces) { piece throws(Diagnostic) in
      try context.checkCancellation()
      return knox.permuted(
        seed: seed, permutations: piece * permutations / pieces..<(piece + 1) * permutations / pieces)
    }.flatMap(\.self)
    let count = Double(permutations)
    let bands = Self.spaces.indices.flatMap { space in
      Self.times.indices.map { time in
        let pairs = knox.pairs[space][time]
        let others = drawn.map { $0[space][time] }
        return Band(
          space: space, time: time, pairs: pairs, mean: Double(others.reduce(0, +)) / count,
          p: Double(others.count { $0 >= pairs } + 1) / (count + 1))
      }
    }
    self.bands = bands
    self.knox = knox
    q = falseDiscoveryRates(bands.map(\.p))
  }

  static let schema = TableSchema(
    "near-repeats", "A row is how many pairs of incidents are so near each other in space and in time.",
    keys: ["within_km", "within_days"],
    columns: [
      ColumnSchema("within_km", .integer, unit: "km", "the greatest distance of the band; 0 is the same place"),
      ColumnSchema("within_days", .integer, unit: "days", "the most days of the band"),
      ColumnSchema("distance", .text, "the distance of the two; same place: the same coordinates"),
      ColumnSchema("days", .text, "the days between them"),
      ColumnSchema("incidents", .integer, unit: "records", "incidents dated to the day and placed to 25 km"),
      ColumnSchema("used", .integer, unit: "records", "those compared: 10,000 at most, drawn by lot"),
      ColumnSchema("pairs", .integer, "pairs of them so near in both"),
      ColumnSchema("expected", .real, "mean of dates exchanged within each year"),
      ColumnSchema("ratio", .real, "pairs over those expected; empty where none are"),
      ColumnSchema("knox_expected", .real, "pairs that Knox expects: those near in space times near in time, over all"),
      ColumnSchema("p", .real, "one-sided p of so many, by permutation"),
      ColumnSchema("q", .real, "that p adjusted for the bands of this table (Benjamini and Hochberg)"),
      ColumnSchema("note", .text, "what cannot be said, and why"),
    ])

  var table: ResultTable {
    var table = ResultTable.Builder(Self.schema)
    if let note {
      table.append(
        [.null, .null, .null, .null, .integer(candidates), .integer(used)] + [JSONValue](repeating: .null, count: 6) + [
          .string(note)
        ]
      )
    }
    for (index, band) in bands.enumerated() {
      table.append([
        .integer([0, 1, 5, 10][band.space]), .integer([2, 7, 14, 28][band.time]), .string(Self.spaces[band.space]),
        .string(Self.times[band.time]), .integer(candidates), .integer(used),
        .integer(band.pairs), exact(band.mean), exact(band.mean > 0 ? Double(band.pairs) / band.mean : nil),
        exact(knox?.expected(space: band.space, time: band.time)), exact(band.p), exact(q[index]), .null,
      ])
    }
    return table.finish()
  }

  /// The band of days right after an incident, at the very place and around it.
  var findings: [Finding] {
    let soon = bands.indices.filter { bands[$0].time == 0 && bands[$0].mean >= 5 }
    guard !soon.isEmpty else { return [] }
    let clear = soon.filter { q[$0] <= 0.05 }
    guard !clear.isEmpty else {
      return [
        Finding(
          "It cannot be told from chance whether an incident is followed by others nearby within two days "
            + "(\(counted(used, "incident"))).",
          numbers: ["incidents": .integer(used)], strength: .descriptive)
      ]
    }
    let parts = clear.map { index -> String in
      let band = bands[index]
      let place = band.space == 0 ? "at the same place" : "at \(Self.spaces[band.space])"
      return "\(place) \(short(Double(band.pairs) / band.mean)) times as often (\(band.pairs) pairs, "
        + "\(short(band.mean)) expected, q \(short(q[index])))"
    }
    return [
      Finding(
        "Within two days an incident has others nearby more often than places and years let expect: "
          + parts.joined(separator: "; ") + ".",
        numbers: ["incidents": .integer(used), "q": exact(clear.map { q[$0] }.min())],
        strength: clear.allSatisfy { q[$0] <= 0.01 } ? .strong : .moderate)
    ]
  }
}
