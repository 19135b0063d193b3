import Statistics

/// False alarms, power and dates in single series.
extension Calibration {
  private static func isFlagged(_ series: ChangeFamily.Series, _ seed: Int) -> Bool {
    !ChangeSearch().changes(in: [ChangeFamily(series, seed: UInt64(seed))])[0].changes.isEmpty
  }

  func counts() async {
    for (base, dispersion) in [(1.0, 1.0), (4, 1), (1, 2), (4, 2), (1, 4), (4, 4)] {
      let alarms = await share(of: series) {
        Self.isFlagged(.counts(DrawnSeries.counts(base: base, dispersion: dispersion, seed: seed + $0)), $0)
      }
      report("false alarms, counts of \(base) a week, dispersion \(dispersion)", alarms, "at most .06")
    }
    for correlation in [0.5, 0.8] {
      let alarms = await share(of: series) {
        let drawn = DrawnSeries.driftingCounts(base: 4, autocorrelation: correlation, seed: seed + $0)
        return Self.isFlagged(.counts(drawn), $0)
      }
      report(
        "false alarms, counts, AR(1) log-intensity with rho \(correlation)", alarms,
        correlation < 0.6 ? "at most .06" : "at most .12")
    }
    for factor in [2.0, 1.6] {
      let power = await share(of: series) {
        Self.isFlagged(.counts(DrawnSeries.counts(base: 1.5, dispersion: 2, factor: factor, seed: seed + $0)), $0)
      }
      report("power, counts of 1.5, dispersion 2, times \(factor)", power, factor > 1.9 ? "about 1" : "about .73")
    }
  }

  /// The year's highest month, in years whose days are alike.
  func peaks() async {
    let months = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let ends = months.indices.map { months[...$0].reduce(0, +) }
    let periods = zip(months, ends).map { ($1 - $0)..<$1 }
    for (base, dispersion) in [(0.3, 1.0), (1, 1), (0.3, 2), (1, 2), (1, 4)] {
      let alarms = await share(of: 10 * series) {
        let days = DrawnSeries.counts(base: base, dispersion: dispersion, weeks: 365, seed: seed + $0).counts
        let counts = periods.map { period in Int(period.reduce(0) { $0 + days[$1] }) }
        let highest = counts.firstIndex(of: counts.max() ?? 0) ?? 0
        let test = PeakTest(
          days.map { Int($0) }, periods: periods, claimed: highest, permutations: 999, draws: 1, seed: UInt64($0))
        return test.map { $0.pValue <= 0.05 } ?? false
      }
      report("false alarms, highest month, \(base) a day, dispersion \(dispersion)", alarms, "at most .06")
    }
  }

  func tone() async {
    for (events, correlation) in [(0.7, 0.0), (3, 0), (10, 0), (3, 0.5), (10, 0.5)] {
      let alarms = await share(of: series) {
        let drawn = DrawnSeries.means(events: events, autocorrelation: correlation, seed: seed + $0)
        return Self.isFlagged(.means(drawn.series), $0)
      }
      report(
        "false alarms, tone of \(events) events a week, AR(1) with rho \(correlation)", alarms,
        correlation == 0 ? "at most .02" : "for information")
    }
    for (events, shift) in [(3.0, 3.0), (3, 1.5), (0.7, 3)] {
      let power = await share(of: series) {
        Self.isFlagged(.means(DrawnSeries.means(events: events, shift: shift, seed: seed + $0).series), $0)
      }
      report("power, tone of \(events) events a week, shift of \(shift) points", power, "for information")
    }
  }

  func dates() async {
    for (base, dispersion, factor) in [(4.0, 1.0, 3.0), (4, 2, 3), (4, 4, 3), (1, 1, 3), (1, 2, 3), (4, 2, 2)] {
      await dates("counts of \(base), dispersion \(dispersion), times \(factor)") { seed in
        let drawn = DrawnSeries.counts(base: base, dispersion: dispersion, factor: factor, at: 130, seed: seed)
        return (.counts(drawn), 130)
      }
    }
    for (events, shift) in [(3.0, 3.0), (3, 2), (10, 1.5)] {
      await dates("tone of \(events) events a week, shift of \(shift)") { seed in
        let drawn = DrawnSeries.means(events: events, shift: shift, at: 130, seed: seed)
        // The first week observed from the change on is where the new regime can be seen to begin.
        return (.means(drawn.series), drawn.weeks.firstIndex { $0 >= 130 } ?? 0)
      }
    }
  }
  /// Of the changes found nearest to a planted one: how often its date set holds it, and how many weeks it has.
  private func dates(
    _ what: String, _ drawn: @escaping @Sendable (Int) -> (series: ChangeFamily.Series, change: Int)
  ) async {
    let sets = await concurrently(series) { number -> (holds: Bool, width: Int)? in
      let (series, change) = drawn(seed + number)
      let found = ChangeSearch().changes(in: [ChangeFamily(series, seed: UInt64(number))])[0].changes
      guard let nearest = found.min(by: { abs($0.index - change) < abs($1.index - change) }) else { return nil }
      let set = nearest.posterior.set()
      return (set.contains(change), set.count)
    }.compactMap(\.self)
    let width = sets.map(\.width).sorted().dropFirst(sets.count / 2).first ?? 0
    let share = Double(sets.count { $0.holds }) / Double(max(1, sets.count))
    report("date sets hold the date, \(what): \(width) weeks", share, "at least .93")
  }

  /// Of two stretches of 26 weeks of which the second has half the rate: how often the interval holds the half.
  func intervals() async {
    for dispersion in [1.0, 2, 3, 4] {
      func coverage(_ phi: @escaping @Sendable (CountSeries) -> Double) async -> Double {
        await share(of: series * 10) { number in
          let drawn = DrawnSeries.counts(
            base: 3, dispersion: dispersion, factor: 0.5, at: 26, weeks: 52, seed: seed + number)
          let earlier = CountSeries(Array(drawn.counts[..<26]))
          let (before, during) = (drawn.counts[..<26].reduce(0, +), drawn.counts[26...].reduce(0, +))
          let interval = temperedInterval(
            ExposedCount(Int(during), over: 26), to: ExposedCount(Int(before), over: 26), dispersion: phi(earlier))
          return interval.map { $0.lower <= 0.5 && 0.5 <= $0.upper ?? .infinity } ?? false
        }
      }
      let name = "interval of a rate ratio holds the true one, dispersion \(dispersion)"
      report("\(name), exact", await coverage { _ in 1 }, "for comparison")
      report("\(name), tempered", await coverage { _ in dispersion }, "at least .94")
      // As `intervention` has it: estimated before the window, exact where that is at most 1.2.
      let estimated = await coverage { $0.dispersion > 1.2 ? $0.dispersion : 1 }
      report("\(name), tempered, estimated", estimated, "at least .94")
    }
  }

  /// For comparison with other programs: a series, what was found, and how long it took.
  func steps() async {
    let values = DrawnSeries.steps(count: series)
    var changes: [Int] = []
    let seconds = await medianSeconds(of: 9) { changes = meanChanges(values).changePoints }
    print("{\"values\": \(values), \"changes\": \(changes), \"seconds\": \(seconds)}")
  }
}
