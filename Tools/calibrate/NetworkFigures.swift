import Statistics
import SyntheticNetwork

/// Shifts planted in synthetic networks, as the analyzer finds them; time and memory.
extension Calibration {
  func searchNetworks() async throws {
    let scores = try await concurrently(networks) { number in
      var settings = SyntheticNetwork.Settings()
      settings.seed = UInt64(seed + number)
      return try await NetworkScore(SyntheticNetwork(settings), workers: 1)
    }
    for (number, score) in scores.enumerated() {
      print("network \(seed + number): \(score)")
      if networks <= 4 { for fault in score.faults { print("  \(fault)") } }
    }
    func mean(_ figure: (NetworkScore) -> Int) -> Double {
      Double(scores.reduce(0) { $0 + figure($1) }) / Double(max(1, scores.count))
    }
    report("planted shifts found of 30, mean of \(networks) seeds", mean(\.found), "at least 27")
    report("false shifts, mean", mean(\.falseOnes), "at most 3")
    report("quiet dyads flagged of 30, mean", mean(\.quiet), "at most 1")
    let labels = Double(scores.reduce(0) { $0 + $1.labels })
    report("right labels of shifts found, share", labels / Double(scores.reduce(0) { $0 + $1.found }), "at least .8")
    report("least share of right labels in a network", scores.map(\.labelShare).min() ?? 0, "at least .8")
    report("networks whose one coverage jump is dated within 4 weeks, share", mean { $0.datesJump ? 1 : 0 }, "1")
    report("shifts reported at the jump that were not planted, mean", mean(\.atJump), "0")
  }

  func speed() async throws {
    let steps = DrawnSeries.steps(count: 20_000)
    let means = await medianSeconds(of: 5) { _ = meanChanges(steps) }
    report("seconds, mean-shift segmentation of 20,000 numbers", means, "at most .05")
    let short = Array(steps.prefix(5_000)).map(Optional.some)
    let trends = await medianSeconds(of: 5) { _ = meanOrTrendChanges(short) }
    report("seconds, mean-or-trend segmentation of 5,000 numbers", trends, "at most .05")
    var settings = SyntheticNetwork.Settings()
    settings.seed = UInt64(seed)
    let network = SyntheticNetwork(settings)
    let search = try NetworkSearch(network, workers: 2)
    let time = try await seconds { _ = try await search.result() }
    report("seconds on two cores, 60 dyads, 313 weeks, \(search.eventCount) events", time, "under 5")
  }

  func large() async throws {
    var settings = SyntheticNetwork.Settings()
    (settings.actors, settings.dyads, settings.shifts, settings.ceasefire) = (150, 5_000, 1_000, 0..<0)
    settings.seed = UInt64(seed)
    let search = try NetworkSearch(SyntheticNetwork(settings), workers: 2)
    let drawn = peakMegabytes ?? 0
    let time = try await seconds { _ = try await search.result() }
    report("seconds on two cores, 5,000 dyads, \(search.eventCount) events", time, "under 300")
    report("megabytes at most, of which \(Int(drawn)) for drawing the events", peakMegabytes ?? 0, "linear in events")
  }
}
