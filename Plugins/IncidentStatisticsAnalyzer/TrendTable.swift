import EventModel
import Incidents
import JSONText
import Statistics
import Workbench

/// Whether incidents rose or fell over all wholly covered periods: by ranks, by slopes, and by a rate of growth.
struct TrendTable {
  private let all: AllSeries
  private let rows: [Trend]
  /// Of each row, the p-value adjusted over all rows.
  private let q: [Double?]

  init(_ all: AllSeries, in context: RunContext) throws(Diagnostic) {
    self.all = all
    rows = try context.concurrentMap(all.list.count) { index throws(Diagnostic) in
      try context.checkCancellation()
      return Trend(all.list[index], all.incidents)
    }
    q = adjusted(rows.map { $0.test?.pValue })
  }

  static func schema(_ length: PeriodLength) -> TableSchema {
    let period = length.rawValue
    return TableSchema(
      "trend", "A row is the trend of all incidents or of a group, over the wholly covered \(period)s.",
      keys: ["by", "group"],
      columns: IncidentGroup.columns + [
        ColumnSchema("from", .date, "first day of the first \(period)"),
        ColumnSchema("to", .date, "last day of the last"),
        ColumnSchema("periods", .integer, unit: "\(period)s", "wholly covered \(period)s"),
        ColumnSchema("incidents", .integer, unit: "incidents", "incidents in them"),
        ColumnSchema(
          "autocorrelation_p", .real,
          "p of the test by Ljung and Box that neighbours are no more alike, without the slope"),
        ColumnSchema(
          "test", .text, "mann-kendall, or hamed-rao where neighbours are alike (autocorrelation_p below .05)"),
        ColumnSchema("s", .integer, "rises less falls among all pairs of \(period)s"),
        ColumnSchema("tau", .real, "their difference over all pairs, from -1 to 1"),
        ColumnSchema("z", .real, "s in standard errors, corrected for ties"),
        ColumnSchema("p", .real, "two-sided p of no trend"),
        ColumnSchema("q", .real, "p adjusted for the rows of this table (Benjamini and Hochberg)"),
        ColumnSchema("slope", .real, unit: "incidents per \(period) and year", "median slope by Theil and Sen"),
        ColumnSchema("slope_low", .real, unit: "incidents per \(period) and year", "lower end of its 95 % interval"),
        ColumnSchema("slope_high", .real, unit: "incidents per \(period) and year", "upper end of that interval"),
        ColumnSchema(
          "growth", .real, "growth of the rate from one \(period) to the next: .02 is 2 %, negative binomial"),
        ColumnSchema("growth_low", .real, "lower end of its 95 % interval"),
        ColumnSchema("growth_high", .real, "upper end of that interval"),
        ColumnSchema(
          "doubling_days", .real, unit: "days",
          "days in which the rate doubles; negative, halves; empty where growth may be 0"),
        ColumnSchema("doubling_days_low", .real, unit: "days", "the shorter end of its 95 % interval"),
        ColumnSchema("doubling_days_high", .real, unit: "days", "the longer end of that interval"),
        ColumnSchema("unattributed_share", .real, "incidents without such a group, or of an unknown actor, over all"),
        ColumnSchema(
          "growth_if_proportional", .real, "growth if those belonged to groups as the others do, by \(period)"),
        ColumnSchema("growth_if_all", .real, "growth if all of those were of this group"),
        ColumnSchema("note", .text, "what cannot be said, and why"),
      ])
  }

  var part: TablePart {
    var table = ResultTable.Builder(Self.schema(all.calendar.length))
    let complete = all.calendar.complete
    let first = complete.first.map { all.calendar.entries[$0].period.firstDay }
    let last = complete.last.map { all.calendar.entries[$0].period.lastDay }
    for (index, row) in rows.enumerated() {
      let (test, slope, growth) = (row.test, row.slope, row.growth)
      let doubling = growth?.doubling
      let scale = row.periodsInYear
      table.append([
        .string(row.series.by), .string(row.series.group), cell(first), cell(last), .integer(complete.count),
        .integer(row.incidents), exact(row.autocorrelation),
        cell(test.map { _ in row.isAutocorrelated ? "hamed-rao" : "mann-kendall" }),
        cell(test?.s), exact(test?.tau), exact(test?.z), exact(test?.pValue), exact(q[index]),
        exact(slope.map { $0.slope * scale }), exact(slope.map { $0.lower * scale }),
        exact(slope.map { $0.upper * scale }),
        exact(growth?.value), exact(growth?.low), exact(growth?.high),
        exact(doubling?.days), exact(doubling?.low), exact(doubling?.high), exact(row.unattributedShare),
        exact(row.ifProportional), exact(row.ifAll), cell(row.note),
      ])
    }
    return TablePart(tables: [table.finish()], findings: findings)
  }

  private var findings: [RankedFinding] {
    rows.enumerated().compactMap { index, row in
      guard let q = q[index], q <= 0.05, let test = row.test, let growth = row.growth else { return nil }
      // Ranks and rates must say the same.
      guard growth.low > 0 ? test.s > 0 : growth.high < 0 && test.s < 0 else { return nil }
      let word = all.calendar.word
      var text =
        "\(row.series.phrase.capitalizedFirst) \(test.s > 0 ? "rose" : "fell") over the "
        + "\(counted(all.calendar.complete.count, word)) wholly covered: \(growth.phrase) a \(word)"
      if let doubling = growth.doubling {
        text += ", \(test.s > 0 ? "doubling" : "halving") in \(short(abs(doubling.days).rounded())) days"
      }
      text += " (q \(short(q)), \(counted(row.incidents, "incident")))"
      if let share = row.unattributedShare, share > 0, let least = row.ifAll {
        text +=
          "; \(percent(share)) of incidents have no known \(row.series.by): with all of these its own, "
          + "\(signed(least)) a \(word)"
      }
      return RankedFinding(
        text + ".",
        numbers: [
          "q": exact(q), "growth": exact(growth.value), "growth_low": exact(growth.low),
          "growth_high": exact(growth.high),
          "incidents": .integer(row.incidents), "tau": exact(test.tau),
        ], q: q, effect: growth.value * Double(all.calendar.complete.count), count: row.incidents,
        events: all.incidents.ids { row.series.contains($0) && all.incidents.places[$0] == Int32(row.highest) })
    }
  }
}

/// The trend of one group.
struct Trend: Sendable {
  let series: IncidentSeries
  let incidents: Int
  private(set) var autocorrelation: Double?
  private(set) var test: MannKendall?
  private(set) var slope: TheilSen?
  private(set) var growth: Growth?
  private(set) var unattributedShare: Double?
  private(set) var ifProportional: Double?
  private(set) var ifAll: Double?
  private(set) var note: String?
  /// The wholly covered period of most incidents.
  let highest: Int

  /// A rate of growth with its interval, from one period to the next.
  struct Growth: Sendable {
    var value: Double
    var low: Double
    var high: Double
    /// Days of doubling, or, negative, of halving; nil where the rate may not change.
    var doubling: (days: Double, low: Double, high: Double)?

    var phrase: String { "\(signed(value)) (\(signed(low)) to \(signed(high)))" }
  }

  var isAutocorrelated: Bool { autocorrelation.map { $0 < 0.05 } ?? false }
  var periodsInYear: Double { 365.25 / series.calendar.length.typicalDays }

  init(_ series: IncidentSeries, _ incidents: Incidents) {
    self.series = series
    let (counts, days, times) = (series.counts, series.days, series.times)
    let total = Int(counts.reduce(0, +))
    self.incidents = total
    highest = series.calendar.complete.max { series.tallies[$0].incidents < series.tallies[$1].incidents } ?? 0
    if series.grouping != nil {
      let missing = series.unattributed.reduce(0, +)
      let all = series.grouping.map { $0.totals.reduce(0, +) + $0.unattributed } ?? 0
      unattributedShare = all > 0 ? Double(missing) / Double(all) : nil
    }
    let word = series.calendar.word
    guard counts.count >= 8 else {
      note = "fewer than 8 \(word)s are wholly covered"
      return
    }
    guard total >= 10 else {
      note = total == 0 ? "no incident" : "fewer than 10 incidents"
      return
    }
    let places = counts.indices.map(Double.init)
    slope = TheilSen(counts, times: times)
    // Without gaps places are times, and the slope is the same.
    let hasGaps = zip(times, times.dropFirst()).contains { $1 - $0 != 1 }
    let fall = (hasGaps ? TheilSen(counts, times: places) : slope)?.slope ?? 0
    autocorrelation = LjungBox(counts.enumerated().map { $1 - Double($0) * fall })?.pValue
    let plain = MannKendall(counts)
    test = isAutocorrelated ? MannKendall(counts, withoutSlope: fall) ?? plain : plain
    if plain == nil { note = "the same number in every \(word)" }
    let neighbours = isAutocorrelated
    func fit(_ counts: [Double]) -> CountGrowth? {
      CountGrowth(counts, times: times, exposure: days, isAutocorrelated: neighbours)
    }
    growth = fit(counts).map { Self.growth($0, series.calendar.length.typicalDays) }
    if growth == nil, note == nil { note = "no rate of growth fits: incidents begin or end too suddenly" }
    let largest = series.largestRecord(incidents)
    if largest * 2 >= total { note = "one record stands for \(largest) of \(total) incidents" }
    guard let grouping = series.grouping, grouping.unattributed > 0 else { return }
    let without = series.calendar.complete.map { Double(series.unattributed[$0]) }
    let known = groupTotals(grouping, incidents)
    let proportional = counts.indices.map { index in
      known[index] > 0 ? counts[index] * (1 + without[index] / known[index]) : 0
    }
    ifProportional = fit(proportional).map { $0.growth.value }
    ifAll = fit(zip(counts, without).map { $0 + $1 }).map { $0.growth.value }
  }

  /// The incidents of all groups of a grouping, in the wholly covered periods.
  private func groupTotals(_ grouping: Grouping, _ incidents: Incidents) -> [Double] {
    var sums = [Int](repeating: 0, count: series.calendar.entries.count)
    for index in grouping.codes.indices where grouping.codes[index] >= 0 {
      sums[Int(incidents.places[index])] += Int(incidents.values[index])
    }
    return series.calendar.complete.map { Double(sums[$0]) }
  }

  private static func growth(_ fit: CountGrowth, _ days: Double) -> Growth {
    let (lower, upper) = fit.interval
    var doubling: (Double, Double, Double)?
    if lower > 0 || upper < 0, let middle = doublingTime(rate: fit.rate), let one = doublingTime(rate: lower),
      let other = doublingTime(rate: upper)
    {
      let ends = [one * days, other * days].sorted { abs($0) < abs($1) }
      doubling = (middle * days, ends[0], ends[1])
    }
    return Growth(
      value: fit.growth.value, low: fit.growth.lower, high: fit.growth.upper, doubling: doubling)
  }
}
