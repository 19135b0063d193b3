import Statistics
import SyntheticNetwork

/// A network searched for shifts, and how far that is right.
struct NetworkScore: Sendable {
  /// How many planted shifts were found.
  var found = 0
  /// How many shifts were reported that were not planted.
  var false_ = 0
  /// How many dyads without a shift were flagged.
  var quiet = 0
  /// How many episodes were reported, of which none was planted.
  var episodes = 0
  /// The weeks at which reporting was taken to change.
  var breaks: [Int] = []
  /// Sentences on what was missed, or reported and not planted.
  var faults: [String] = []

  /// Searches as the analyzer does: events of the same day, actors and class once; weeks; exposure from everybody else.
  /// - Parameter channels: of `conflict`, `cooperation`, `tone`.
  init(_ network: SyntheticNetwork, channels: [String], isNoiseWithin: Bool = true) {
    let weeks = network.settings.weeks
    let panel = WeeklyPanel(network)
    let total = panel.totals.reduce([Double](repeating: 0, count: weeks)) { zip($0, $1).map(+) }
    breaks = ReportingExposure(ofOthers: total).breaks
    var (families, origin) = ([ChangeFamily](), [(dyad: Int, channel: String, weeks: [Int])]())
    for dyad in network.dyads.indices {
      let exposure = ReportingExposure(ofOthers: zip(total, panel.totals[dyad]).map { max($0 - $1, 1) }).levels
      for (place, channel) in channels.enumerated() {
        let seed = UInt64(dyad * 8 + place) &* 0x9E37_79B9_7F4A_7C15
        if channel == "tone" {
          let observed = (0..<weeks).filter { panel.totals[dyad][$0] > 0 }
          guard observed.count >= 26 else { continue }
          let means = observed.map { panel.scores[dyad][$0] / panel.totals[dyad][$0] }
          let series = MeanSeries(means, weights: observed.map { panel.totals[dyad][$0] })
          families.append(ChangeFamily(.means(series), seed: seed))
          origin.append((dyad, channel, observed))
        } else {
          let counts = channel == "conflict" ? panel.conflict[dyad] : panel.cooperation[dyad]
          guard counts.reduce(0, +) >= 10 else { continue }
          families.append(ChangeFamily(.counts(CountSeries(counts, exposure: exposure)), seed: seed))
          origin.append((dyad, channel, Array(0..<weeks)))
        }
      }
    }
    var search = ChangeSearch()
    search.seeksEpisodes = true
    search.isNoiseWithin = isNoiseWithin
    let results = search.changes(in: families)
    episodes = results.reduce(0) { $0 + $1.episodes.count }
    for dyad in network.dyads.indices {
      var changes: [(week: Int, low: Int, high: Int, channel: String)] = []
      for (from, result) in zip(origin, results) where from.dyad == dyad {
        for change in result.changes {
          let set = change.posterior.set().map { from.weeks[$0] }
          let week = from.weeks[change.index]
          if breaks.contains(where: { abs($0 - week) <= 2 }) { continue }
          changes.append((week, set.first ?? week, set.last ?? week, from.channel))
        }
      }
      score(changes.sorted { $0.week < $1.week }, network.dyads[dyad], number: dyad)
    }
  }

  /// Changes within 6 weeks of each other are one shift; it is right within 8 weeks or where a set of at most 104 weeks
  /// holds the planted one.
  private mutating func score(
    _ changes: [(week: Int, low: Int, high: Int, channel: String)], _ dyad: SyntheticNetwork.Dyad, number: Int
  ) {
    var shifts: [[(week: Int, low: Int, high: Int, channel: String)]] = []
    for change in changes {
      if let last = shifts.last?.last, change.week - last.week <= 6 {
        shifts[shifts.count - 1].append(change)
      } else {
        shifts.append([change])
      }
    }
    let planted = dyad.shift.map { $0.day / 7 }
    var isFound = false
    for shift in shifts {
      let isRight = shift.contains { change in
        guard let planted else { return false }
        let isNarrow = change.high - change.low <= 104
        return abs(change.week - planted) <= 8 || (isNarrow && change.low <= planted && planted <= change.high)
      }
      if isRight {
        isFound = true
      } else {
        false_ += 1
        let text = shift.map { "\($0.channel) \($0.week) [\($0.low)-\($0.high)]" }.joined(separator: ", ")
        faults.append(
          "dyad \(number) (base \(dyad.baseWeekly), dispersion \(dyad.dispersion), planted "
            + "\(planted.map(String.init) ?? "none")): false \(text)")
      }
    }
    if isFound { found += 1 }
    if let planted, !isFound {
      faults.append(
        "dyad \(number) (base \(dyad.baseWeekly), dispersion \(dyad.dispersion)): "
          + "\(dyad.shift?.kind.rawValue ?? "") of week \(planted) not found")
    }
    if planted == nil, !shifts.isEmpty { quiet += 1 }
  }
}

/// Weekly numbers of each dyad's events.
private struct WeeklyPanel {
  var conflict: [[Double]]
  var cooperation: [[Double]]
  var totals: [[Double]]
  var scores: [[Double]]

  init(_ network: SyntheticNetwork) {
    let none = network.dyads.map { _ in [Double](repeating: 0, count: network.settings.weeks) }
    (conflict, cooperation, totals, scores) = (none, none, none, none)
    var places: [[Int]: Int] = [:]
    for (number, dyad) in network.dyads.enumerated() {
      places[[dyad.actor1, dyad.actor2]] = number
      places[[dyad.actor2, dyad.actor1]] = number
    }
    var seen: Set<[Int]> = []
    for event in network.events {
      guard seen.insert([event.day, event.actor1, event.actor2, event.eventClass]).inserted,
        let dyad = places[[event.actor1, event.actor2]]
      else { continue }
      let score = Double(SyntheticClass.all[event.eventClass].goldstein) ?? 0
      let week = event.day / 7
      if score < 0 { conflict[dyad][week] += 1 } else { cooperation[dyad][week] += 1 }
      totals[dyad][week] += 1
      scores[dyad][week] += score
    }
  }
}
