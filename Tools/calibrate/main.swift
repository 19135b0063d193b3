// Measures how often the search for changes is wrong, over many series and networks in which it is known what happened:
// `calibrate [counts] [tone] [dates] [episodes] [networks] [speed] [--series N] [--networks N] [--seed N]`; all parts where none is named.
// `calibrate steps --series N` prints a series of N numbers with its changes instead, for comparison,
// and `calibrate large` measures 5,000 dyads.
// Prints a line for each figure, with what it should be. Nothing here passes or fails.
import Foundation
import Statistics
import SyntheticNetwork

var parts: [String] = []
var numbers = ["--series": 200, "--networks": 20, "--seed": 1]
var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
  if numbers[argument] != nil, let number = arguments.popFirst().flatMap({ Int($0) }), number > 0 {
    numbers[argument] = number
  } else if ["counts", "tone", "dates", "episodes", "networks", "speed", "steps", "large"].contains(argument) {
    parts.append(argument)
  } else {
    let usage =
      "usage: calibrate [counts] [tone] [dates] [episodes] [networks] [speed] [--series N] [--networks N] [--seed N]\n"
    try FileHandle.standardError.write(contentsOf: Data(usage.utf8))
    exit(64)
  }
}
if parts.isEmpty { parts = ["counts", "tone", "dates", "episodes", "networks", "speed"] }
let (series, networks, seed) = (numbers["--series"] ?? 0, numbers["--networks"] ?? 0, numbers["--seed"] ?? 0)

func report(_ what: String, _ figure: Double, _ wanted: String) {
  let text = String((figure * 1000).rounded() / 1000)
  print(
    "\(what.padding(toLength: 58, withPad: " ", startingAt: 0)) \(text.padding(toLength: 7, withPad: " ", startingAt: 0)) \(wanted)"
  )
}
@Sendable func isFlagged(_ series: ChangeFamily.Series, _ seed: Int) -> Bool {
  !ChangeSearch().changes(in: [ChangeFamily(series, seed: UInt64(seed))])[0].changes.isEmpty
}

if parts.contains("steps") {
  // For comparison with other programs: a series, what was found, and how long it took.
  let values = DrawnSeries.steps(count: series)
  var (times, changes) = ([Double](), [Int]())
  for _ in 0..<9 {
    let time = ContinuousClock().measure { changes = meanChanges(values).changePoints }
    times.append(Double(time.components.attoseconds) * 1e-18 + Double(time.components.seconds))
  }
  print("{\"values\": \(values), \"changes\": \(changes), \"seconds\": \(times.sorted()[4])}")
}

if parts.contains("counts") {
  for (base, dispersion) in [(1.0, 1.0), (4, 1), (1, 2), (4, 2), (1, 4), (4, 4)] {
    let alarms = await share(of: series) {
      isFlagged(.counts(DrawnSeries.counts(base: base, dispersion: dispersion, seed: seed + $0)), $0)
    }
    report("false alarms, counts of \(base) a week, dispersion \(dispersion)", alarms, "at most .06")
  }
  for correlation in [0.5, 0.8] {
    let alarms = await share(of: series) {
      let drawn = DrawnSeries.driftingCounts(base: 4, autocorrelation: correlation, seed: seed + $0)
      return isFlagged(.counts(drawn), $0)
    }
    report(
      "false alarms, counts, autocorrelation \(correlation)", alarms, correlation < 0.6 ? "at most .06" : "at most .12")
  }
  for factor in [2.0, 1.6] {
    let power = await share(of: series) {
      isFlagged(.counts(DrawnSeries.counts(base: 1.5, dispersion: 2, factor: factor, seed: seed + $0)), $0)
    }
    report("power, counts of 1.5, dispersion 2, times \(factor)", power, factor > 1.9 ? "1" : "about .73")
  }
}

if parts.contains("tone") {
  for (events, correlation) in [(0.7, 0.0), (3, 0), (10, 0), (3, 0.5), (10, 0.5)] {
    let alarms = await share(of: series) {
      let drawn = DrawnSeries.means(events: events, autocorrelation: correlation, seed: seed + $0)
      return isFlagged(.means(drawn.series), $0)
    }
    let wanted = correlation == 0 ? "at most .02" : "reported"
    report("false alarms, tone of \(events) events a week, autocorrelation \(correlation)", alarms, wanted)
  }
  for (events, shift) in [(3.0, 3.0), (3, 1.5), (0.7, 3)] {
    let power = await share(of: series) {
      isFlagged(.means(DrawnSeries.means(events: events, shift: shift, seed: seed + $0).series), $0)
    }
    report("power, tone of \(events) events a week, shift of \(shift)", power, "")
  }
}

/// Of the changes found nearest to a planted one: how often its date set holds it, and how many weeks it has.
func reportDates(
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
  report("date sets, \(what): \(width) weeks", share, "at least .93")
}
if parts.contains("dates") {
  for (base, dispersion, factor) in [(4.0, 1.0, 3.0), (4, 2, 3), (4, 4, 3), (1, 1, 3), (1, 2, 3), (4, 2, 2)] {
    await reportDates("counts of \(base), dispersion \(dispersion), times \(factor)") { seed in
      let drawn = DrawnSeries.counts(base: base, dispersion: dispersion, factor: factor, at: 130, seed: seed)
      return (.counts(drawn), 130)
    }
  }
  for (events, shift) in [(3.0, 3.0), (3, 2), (10, 1.5)] {
    await reportDates("tone of \(events) events a week, shift of \(shift)") { seed in
      let drawn = DrawnSeries.means(events: events, shift: shift, at: 130, seed: seed)
      // The first week observed from the change on is where the new regime can be seen to begin.
      return (.means(drawn.series), drawn.weeks.firstIndex { $0 >= 130 } ?? 0)
    }
  }
}

if parts.contains("episodes") {
  @Sendable func episodes(_ series: CountSeries, _ seed: Int) -> FamilyChanges {
    var search = ChangeSearch()
    search.seeksEpisodes = true
    return search.changes(in: [ChangeFamily(.counts(series), seed: UInt64(seed))])[0]
  }
  for (base, dispersion) in [(1.0, 1.0), (4, 1), (4, 2), (4, 4)] {
    let alarms = await share(of: series) {
      !episodes(DrawnSeries.counts(base: base, dispersion: dispersion, seed: seed + $0), $0).episodes.isEmpty
    }
    report("false episodes, counts of \(base) a week, dispersion \(dispersion)", alarms, "at most .06")
  }
  for correlation in [0.5, 0.8] {
    let alarms = await share(of: series) {
      !episodes(DrawnSeries.driftingCounts(base: 4, autocorrelation: correlation, seed: seed + $0), $0).episodes.isEmpty
    }
    report(
      "false episodes, counts, autocorrelation \(correlation)", alarms,
      correlation < 0.6 ? "at most .06" : "at most .12")
  }
  for (base, dispersion, factor) in [(2.0, 1.0, 3.0), (2, 1.5, 3), (4, 2, 3), (4, 2, 2), (6, 2, 0.2)] {
    let found = await concurrently(series) { number -> (isFound: Bool, isShift: Bool) in
      let drawn = DrawnSeries.counts(
        base: base, dispersion: dispersion, factor: factor, at: 150, until: 160, seed: seed + number)
      let found = episodes(drawn, number)
      return (found.episodes.contains { $0.range.overlaps(152..<158) }, !found.changes.isEmpty)
    }
    let what = "episode of 10 weeks, counts of \(base), dispersion \(dispersion), times \(factor)"
    report(what, Double(found.count(where: \.isFound)) / Double(series), "")
    report("  taken for a shift", Double(found.count(where: \.isShift)) / Double(series), "at most .06")
  }
}

if parts.contains("networks") {
  for (channels, within) in [
    (["conflict", "cooperation", "tone"], true), (["conflict", "cooperation", "tone"], false),
  ] {
    let scores = await concurrently(networks) { number in
      var settings = SyntheticNetwork.Settings()
      settings.seed = UInt64(seed + number)
      return NetworkScore(SyntheticNetwork(settings), channels: channels, isNoiseWithin: within)
    }
    for (number, score) in scores.enumerated() {
      print(
        "network \(seed + number): found \(score.found), false \(score.false_), quiet \(score.quiet), breaks \(score.breaks)"
      )
      if networks <= 4 { for fault in score.faults { print("  \(fault)") } }
    }
    func mean(_ figure: (NetworkScore) -> Int) -> Double {
      Double(scores.reduce(0) { $0 + figure($1) }) / Double(max(1, scores.count))
    }
    let name = channels.joined(separator: ", ")
    report("planted shifts found of 30, \(name)", mean(\.found), "at least 27")
    report("false shifts, \(name)", mean(\.false_), "at most 3")
    report("quiet dyads flagged, \(name)", mean(\.quiet), "at most 1")
    report("episodes, none of them planted, \(name)", mean(\.episodes), "at most 1")
  }
}

if parts.contains("speed") {
  let clock = ContinuousClock()
  func seconds(_ work: () -> Void) -> Double {
    let times = (0..<5).map { _ in clock.measure(work) }.sorted()
    return Double(times[2].components.attoseconds) * 1e-18 + Double(times[2].components.seconds)
  }
  let steps = DrawnSeries.steps(count: 20_000)
  report("seconds, mean-shift segmentation of 20,000 numbers", seconds { _ = meanChanges(steps) }, "at most .05")
  let short = Array(steps.prefix(5_000)).map(Optional.some)
  report(
    "seconds, mean-or-trend segmentation of 5,000 numbers", seconds { _ = meanOrTrendChanges(short) }, "at most .05")
  var settings = SyntheticNetwork.Settings()
  settings.seed = UInt64(seed)
  let network = SyntheticNetwork(settings)
  let once = clock.measure { _ = NetworkScore(network, channels: ["conflict", "cooperation", "tone"]) }
  report(
    "seconds of one core, 60 dyads, 313 weeks, 3 channels",
    Double(once.components.seconds) + Double(once.components.attoseconds) * 1e-18, "under 10 (5 on two cores)")
}

if parts.contains("large") {
  var settings = SyntheticNetwork.Settings()
  (settings.actors, settings.dyads, settings.shifts, settings.ceasefire) = (150, 5_000, 1_000, 0..<0)
  let network = SyntheticNetwork(settings)
  let time = ContinuousClock().measure { _ = NetworkScore(network, channels: ["conflict", "cooperation", "tone"]) }
  report(
    "seconds of one core, 5,000 dyads, 3 channels", Double(time.components.seconds), "under 600 (300 on two cores)")
}
