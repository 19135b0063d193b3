import EventModel
import JSONText
import Statistics
import Workbench

/// The incidents of each covered period and group, with what they can be compared with.
struct SummaryTable {
  /// What is said of one period beside its tally.
  struct Row: Sendable {
    let series: Int
    let place: Int
    var tally: Tally
    var rank: Int?
    var lastAsHigh: Day?
    var meanOfFour: Double?
    var rate: Double?
    var rateInterval: Interval?
    var fatalitiesInterval: Interval?
    var before: PeriodComparison?
    var yearBefore: PeriodComparison?
    var baseline: PeriodComparison?
  }
  let all: AllSeries
  let settings: IncidentSettings
  let rows: [Row]
  /// Of each series, by how much its intervals are widened; 1 for exact ones.
  let dispersions: [Double]

  var calendar: IncidentCalendar { all.calendar }

  init(_ all: AllSeries, _ settings: IncidentSettings, in context: RunContext) throws(Diagnostic) {
    (self.all, self.settings) = (all, settings)
    // Below, exact intervals cover what they promise (97 % at 1, 87 % at 2, by simulation).
    let dispersions = all.list.map { series in series.dispersion.map { $0 > 1.2 ? $0 : 1 } ?? 1 }
    let baseline = settings.baseline
    self.dispersions = dispersions
    rows = try context.concurrentMap(all.list.count) { index throws(Diagnostic) in
      try context.checkCancellation()
      let series = all.list[index]
      var generator = context.randomNumbers(for: "fatalities by \(series.by) \(series.group)")
      return Self.rows(series, index, dispersions[index], baseline, &generator)
    }.flatMap(\.self)
  }

  private static func rows(
    _ series: IncidentSeries, _ index: Int, _ dispersion: Double, _ baseline: Baseline?,
    _ generator: inout SeededGenerator
  ) -> [Row] {
    let (calendar, tallies) = (series.calendar, series.tallies)
    let entries = calendar.entries
    let order = calendar.complete.map { tallies[$0].incidents }.sorted(by: >)
    func side(_ places: [Int]) -> PeriodComparison.Side {
      PeriodComparison.Side(places.map { tallies[$0] }, days: places.reduce(0) { $0 + entries[$1].days })
    }
    /// Intervals computed once for equal sides: sparse groups have few different ones.
    var memory: [[Int]: PeriodComparison?] = [:]
    func compared(_ place: Int, _ base: [Int]) -> PeriodComparison? {
      guard entries[place].isEven, !base.isEmpty, base.allSatisfy({ entries[$0].isEven }) else { return nil }
      let (now, then) = (side([place]), side(base))
      let key = [now, then].flatMap { [$0.incidents, $0.low, $0.high ?? -1, $0.days] }
      if let known = memory[key] { return known }
      let comparison = PeriodComparison(now, to: then, dispersion: dispersion)
      memory[key] = .some(comparison)
      return comparison
    }
    let basis = baseline.map { baseline in
      entries.indices.filter {
        entries[$0].period.firstDay >= baseline.from && entries[$0].period.lastDay <= baseline.to && entries[$0].isEven
      }
    }
    /// Places of complete periods whose counts fall, of which the last with so many is found from its end.
    var falling: [Int] = []
    var four: [(index: Int32, incidents: Int)] = []
    return entries.indices.map { place in
      let (entry, tally) = (entries[place], tallies[place])
      var row = Row(series: index, place: place, tally: tally)
      row.fatalitiesInterval = bootstrapSumInterval(tally.fatalNumbers, using: &generator)
      if entry.isComplete {
        // The number of periods with more incidents, and one: ties share the smallest rank.
        row.rank = order.partitioningIndex { $0 <= tally.incidents } + 1
        while let last = falling.last, tallies[last].incidents < tally.incidents { falling.removeLast() }
        row.lastAsHigh = falling.last.map { entries[$0].period.firstDay }
        falling.append(place)
        four.append((entry.period.index, tally.incidents))
        if four.count > 4 { four.removeFirst() }
        if four.count == 4, four[0].index == entry.period.index - 3 {
          row.meanOfFour = Double(four.reduce(0) { $0 + $1.incidents }) / 4
        }
      }
      if entry.isEven {
        row.rate = Double(tally.incidents) * 30 / Double(entry.days)
        let lower = temperedInterval(count: tally.low, dispersion: dispersion)?.lower ?? 0
        let upper = tally.high.flatMap { temperedInterval(count: $0, dispersion: dispersion)?.upper }
        row.rateInterval = Interval(
          lower: lower * 30 / Double(entry.days), upper: upper.map { $0 * 30 / Double(entry.days) })
      }
      if let before = calendar.place(ofIndex: entry.period.index - 1) { row.before = compared(place, [before]) }
      if let before = calendar.yearBefore(place) { row.yearBefore = compared(place, [before]) }
      if let basis, !basis.contains(place) { row.baseline = compared(place, basis) }
      return row
    }
  }

  var part: TablePart {
    TablePart(
      tables: [table, compositionTable, dayTable], findings: findings)
  }

  private var table: ResultTable {
    var table = ResultTable.Builder(Self.schema(settings.period))
    let has = all.incidents.hasFatalities
    for row in rows {
      let (series, entry, tally) = (all.list[row.series], calendar.entries[row.place], row.tally)
      let deaths = zip(tally.fatalities, has).map { estimate, isThere -> JSONValue in
        isThere && (estimate.known > 0 || tally.records == 0) ? .integer(estimate.sum) : .null
      }
      let isTold = has[0] || has[1]
      let fatal = isTold ? wilsonInterval(successes: tally.fatalRecords, trials: tally.records) : nil
      let best = tally.fatalitiesBest
      func values(_ comparison: PeriodComparison?) -> [JSONValue] {
        [exact(comparison?.ratio), exact(comparison?.interval.lower), exact(comparison?.interval.upper)]
      }
      let low = [("previous", row.before), ("year-before", row.yearBefore), ("baseline", row.baseline)]
        .filter { $0.1?.isBaseLow ?? false }.map(\.0).joined(separator: " ")
      table.append(
        [
          .string(series.by), .string(series.group), cell(entry.period.firstDay),
          row.series == 0 ? .integer(all.incidents.eventsByPeriod[row.place]) : .null, .integer(tally.incidents),
          .integer(tally.low), cell(tally.high), exact(row.meanOfFour),
          isTold ? .integer(tally.fatalRecords) : .null,
          isTold && tally.records > 0 ? exact(Double(tally.fatalRecords) / Double(tally.records)) : .null,
          exact(fatal?.lower), exact(fatal?.upper), deaths[0], deaths[1],
          cell(row.fatalitiesInterval.map { Int($0.lower) }),
          cell(row.fatalitiesInterval?.upper.map { Int($0) }), deaths[2],
          .integer(tally.records - best.known), best.known > 0 ? exact(Double(best.sum) / Double(best.known)) : .null,
          cell(row.rank), cell(row.lastAsHigh), .integer(entry.days), .boolean(entry.isComplete), exact(row.rate),
          exact(row.rateInterval?.lower), exact(row.rateInterval?.upper),
          .string(dispersions[row.series] > 1 ? "tempered" : "exact"),
        ] + values(row.before) + values(row.yearBefore) + values(row.baseline) + [low.isEmpty ? .null : .string(low)])
    }
    return table.finish()
  }

  /// Incidents by period and class, of the classes that have most.
  private var compositionTable: ResultTable {
    var table = ResultTable.Builder(Self.composition(settings.period))
    guard let classes = Grouping(all.incidents, .eventClass, most: 8) else { return table.finish() }
    let (slots, width) = (classes.slots, classes.largest.count + 1)
    var sums = [Int](repeating: 0, count: calendar.entries.count * width)
    for index in classes.codes.indices {
      let code = classes.codes[index]
      let slot = code < 0 || slots[Int(code)] < 0 ? width - 1 : Int(slots[Int(code)])
      sums[Int(all.incidents.places[index]) * width + slot] += Int(all.incidents.values[index])
    }
    let hasOthers = stride(from: width - 1, to: sums.count, by: width).contains { sums[$0] > 0 }
    for (place, entry) in calendar.entries.enumerated() {
      let own = sums[place * width..<(place + 1) * width]
      let total = own.reduce(0, +)
      for (slot, sum) in own.enumerated() where slot < width - 1 || hasOthers {
        let label = slot < width - 1 ? classes.labels[classes.largest[slot]] : others
        table.append([
          cell(entry.period.firstDay), .string(label), .integer(sum),
          total > 0 ? exact(Double(sum) / Double(total)) : .null,
        ])
      }
    }
    return table.finish()
  }

  /// Incidents dated to the day, for a calendar.
  private var dayTable: ResultTable {
    var (days, counts): ([Day], [Int64]) = ([], [])
    if let first = calendar.covered.stretches.first?.lowerBound, !all.all.daily.isEmpty {
      for stretch in calendar.covered.stretches {
        for offset in first.days(until: stretch.lowerBound)...first.days(until: stretch.upperBound) {
          days.append(first.adding(days: offset))
          counts.append(Int64(all.all.daily[offset]))
        }
      }
    }
    return ResultTable(Self.days, columns: [.dates(Column(days)), .integers(Column(counts))], count: days.count)
  }
}

/// What groups are called that have no rows of their own.
let others = "(others)"

extension [Int] {
  /// The first index whose element fulfils a condition that all later ones fulfil too.
  func partitioningIndex(where isPast: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isPast(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
