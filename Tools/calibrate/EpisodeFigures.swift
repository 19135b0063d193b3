import Statistics

/// Stretches too short for a regime, and series without any.
extension Calibration {
  func episodes() async {
    for (base, dispersion) in [(1.0, 1.0), (4, 1), (4, 2), (4, 4)] {
      let alarms = await share(of: series) {
        let drawn = DrawnSeries.counts(base: base, dispersion: dispersion, seed: seed + $0)
        return !Self.found(in: drawn, $0).episodes.isEmpty
      }
      report("false episodes, counts of \(base) a week, dispersion \(dispersion)", alarms, "at most .06")
    }
    for correlation in [0.5, 0.8] {
      let alarms = await share(of: series) {
        let drawn = DrawnSeries.driftingCounts(base: 4, autocorrelation: correlation, seed: seed + $0)
        return !Self.found(in: drawn, $0).episodes.isEmpty
      }
      report(
        "false episodes, counts, AR(1) log-intensity with rho \(correlation)", alarms,
        correlation < 0.6 ? "at most .06" : "at most .12")
    }
    for (base, dispersion, factor) in [(2.0, 1.0, 3.0), (2, 1.5, 3), (4, 2, 3), (4, 2, 2), (6, 2, 0.2)] {
      let found = await concurrently(series) { number -> (isFound: Bool, isShift: Bool) in
        let drawn = DrawnSeries.counts(
          base: base, dispersion: dispersion, factor: factor, at: 150, until: 160, seed: seed + number)
        let found = Self.found(in: drawn, number)
        return (found.episodes.contains { $0.range.overlaps(152..<158) }, !found.changes.isEmpty)
      }
      let what = "episode of 10 weeks, counts of \(base), dispersion \(dispersion), times \(factor)"
      report("\(what): found", Double(found.count(where: \.isFound)) / Double(series), "for information")
      report("\(what): taken for shifts", Double(found.count(where: \.isShift)) / Double(series), "at most .06")
    }
  }
  private static func found(in series: CountSeries, _ seed: Int) -> FamilyChanges {
    var search = ChangeSearch()
    search.seeksEpisodes = true
    return search.changes(in: [ChangeFamily(.counts(series), seed: UInt64(seed))])[0]
  }
}
