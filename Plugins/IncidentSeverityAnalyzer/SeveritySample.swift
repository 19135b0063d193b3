import EventModel
import Statistics
import Workbench

/// The fatalities of the events of one group, by one estimate.
struct SeveritySample: Sendable {
  let by: String
  let group: String
  let estimate: String
  /// How many events there are, and of how many the estimate is known.
  let events: Int
  let known: Int
  let numbers: SeverityCounts
  /// The row of the deadliest event; -1 where none is fatal.
  let deadliest: Int

  static let estimates = ["low", "best", "high"]

  /// Of all events and of each group, for each estimate that the data have.
  static func all(
    of events: EventTable, by dimensions: [SeverityDimension], groups: Int, in context: RunContext
  ) throws(Diagnostic) -> [SeveritySample] {
    let precisions = events.datePrecision.values
    let rows = (0..<events.count).filter { precisions[$0] != DatePrecision.span.rawValue }
    let columns = EventColumns.fatalities.columns.map { events.integers($0) }
    var samples = estimates(columns, rows, by: "all", group: "all")
    for dimension in dimensions {
      try context.checkCancellation()
      guard let codes = events.codes(dimension.column) else { continue }
      var members = [[Int]](repeating: [], count: codes.labels.count)
      for row in rows { if let code = codes.codes[row] { members[Int(code)].append(row) } }
      let fatal = members.map { rows in rows.count { row in columns.contains { $0?[row] ?? 0 > 0 } }
      }
      let order = codes.labels.indices.filter { fatal[$0] > 0 }.sorted {
        fatal[$0] != fatal[$1]
          ? fatal[$0] > fatal[$1]
          : codes.labels[$0].utf8.lexicographicallyPrecedes(codes.labels[$1].utf8)
      }
      for label in order.prefix(groups) {
        samples += estimates(
          columns, members[label], by: dimension.rawValue, group: codes.labels[label])
      }
    }
    return samples
  }

  private static func estimates(
    _ columns: [Column<Int32>?], _ rows: [Int], by: String, group: String
  ) -> [SeveritySample] {
    zip(estimates, columns).compactMap { estimate, column in
      guard let column else { return nil }
      var (numbers, deadliest): ([Int], Int) = ([], -1)
      var most: Int32 = 0
      for row in rows {
        guard let number = column[row] else { continue }
        numbers.append(Int(number))
        if number > most { (most, deadliest) = (number, row) }
      }
      return SeveritySample(
        by: by, group: group, estimate: estimate, events: rows.count, known: numbers.count,
        numbers: SeverityCounts(numbers), deadliest: deadliest)
    }
  }
}

/// The laws that a sample's tail may follow.
struct SeverityFit: Sendable {
  let sample: SeveritySample
  private(set) var powerLaw: PowerLawTail?
  private(set) var logNormal: LogNormalTail?
  private(set) var vuong: VuongTest?
  /// The share of drawn samples that lie further from a power law; of the best estimate alone.
  private(set) var pValue: Double?
  private(set) var note: String?

  init(_ sample: SeveritySample) {
    self.sample = sample
    let numbers = sample.numbers
    guard let law = PowerLawTail(numbers) else {
      note =
        sample.known == 0
        ? "no event has this estimate"
        : numbers.total == 0
          ? "no event is fatal"
          : numbers.total < PowerLawTail.fewest
            ? "fewer than \(PowerLawTail.fewest) fatal events"
            : "too few different numbers of fatalities"
      return
    }
    powerLaw = law
    logNormal = LogNormalTail(numbers, minimum: law.minimum)
    vuong = logNormal.flatMap { VuongTest(law, $0, numbers) }
  }

  /// The same with the p-value of the power law.
  func tested(_ draws: Int, in context: RunContext) throws(Diagnostic) -> SeverityFit {
    guard let powerLaw, sample.estimate == "best" else { return self }
    var random = context.randomNumbers(for: "severity \(sample.by) \(sample.group)")
    let (seed, numbers) = (random.next(), sample.numbers)
    let pieces = 20
    let further = try context.concurrentMap(pieces) { piece throws(Diagnostic) in
      try context.checkCancellation()
      return powerLaw.exceedances(
        of: numbers, seed: seed, replicates: piece * draws / pieces..<(piece + 1) * draws / pieces)
    }
    var fit = self
    fit.pValue = Double(further.reduce(0, +)) / Double(draws)
    return fit
  }

  /// What the two tests come to.
  var verdict: String? {
    guard powerLaw != nil else { return nil }
    if let vuong, vuong.pValue < 0.1 { return vuong.ratio > 0 ? "power-law" : "log-normal" }
    if let pValue, pValue < 0.1 { return "neither-told" }
    return "either"
  }
}
