/// A stretch too short to be a regime whose level differs from that of the regime around it.
public struct Episode: Sendable, Hashable {
  /// Its indices in the series.
  public var range: Range<Int>
  /// The p-value of one more episode beside those found before it.
  public var p: Double
  /// By how much its level differs from that of the rest of its regime: the logarithm of the ratio of rates (with half an
  /// event added to each count), or a difference of means.
  public var effect: Double
}

/// A cost that also knows that of two stretches of one level with another between them.
protocol SplitCost: SegmentCost {
  /// The cost of the values from `start` up to `end` without those of a stretch within.
  func cost(_ start: Int, _ end: Int, without inner: Range<Int>) -> Double
}

/// What of a series is searched for episodes, and what was found.
struct EpisodeState {
  /// Stretches of one level each, in which episodes are looked for.
  var open: [Range<Int>]
  /// The episodes so far.
  var closed: [Range<Int>] = []

  /// Makes a state of the regimes between changes.
  init(regimes changes: [Int], count: Int) {
    open = zip([0] + changes, changes + [count]).map { $0..<$1 }
  }
  /// Cuts an episode out of its regime, whose two ends are looked at by themselves from then on.
  mutating func close(_ episode: Range<Int>) {
    guard let place = open.firstIndex(where: { $0.contains(episode.lowerBound) }) else { return }
    let whole = open[place]
    open.replaceSubrange(
      place...place, with: [whole.lowerBound..<episode.lowerBound, episode.upperBound..<whole.upperBound])
    closed.append(episode)
  }
}

/// The stretch that stands out most of a series.
private struct Outstanding {
  var range: Range<Int>
  /// What is left of its regime: before and after it.
  var rest: [Range<Int>]
  /// By how much a level of its own fits better, over the noise when all levels are taken out.
  var gain: Double
}

extension PeriodSeries {
  /// The stretch that stands out most: the epidemic alternative of Levin and Kline 1985, Statistics in Medicine 4:469.
  ///
  /// As long an end of its regime lies on either side as an episode has at least: where the series or the regime ends, it
  /// cannot be told from the beginning of another regime.
  private func outstanding(_ state: EpisodeState, lengths: Range<Int>) -> Outstanding? {
    let (cost, margin) = (self.cost(noise: 1), lengths.lowerBound)
    var best = (gain: 0.0, range: 0..<0, whole: 0..<0)
    for whole in state.open where whole.count >= 3 * margin {
      let all = cost.cost(whole.lowerBound, whole.upperBound)
      for start in whole.lowerBound + margin...whole.upperBound - 2 * margin {
        for end in start + margin..<min(start + lengths.upperBound, whole.upperBound - margin + 1) {
          let gain =
            all - cost.cost(start, end) - cost.cost(whole.lowerBound, whole.upperBound, without: start..<end)
          if gain > best.gain { best = (gain, start..<end, whole) }
        }
      }
    }
    guard best.gain > 1e-9 else { return nil }
    let rest = [best.whole.lowerBound..<best.range.lowerBound, best.range.upperBound..<best.whole.upperBound]
    let others = (state.open.filter { $0 != best.whole } + state.closed).map { [$0] }
    let noise = noise(within: others + [[best.range], rest], upTo: .max)
    return Outstanding(range: best.range, rest: rest, gain: noise > 0 ? best.gain / noise : 0)
  }

  /// The test of one more episode: periods are permuted within the regimes.
  ///
  /// One that gains less than two changes cost is none, and is not tested.
  /// - Parameter lengths: those an episode may have.
  func episode(
    _ state: EpisodeState, lengths: Range<Int>, needed: Int, seed: UInt64
  ) -> (episode: Episode, test: PermutationTest)? {
    guard !lengths.isEmpty, let found = outstanding(state, lengths: lengths), found.gain >= 2 * penalty else {
      return nil
    }
    var (permuted, order) = (self, Array(0..<count))
    var generator = PermutationGenerator(seed: seed)
    let test = PermutationTest.run(observed: found.gain, needed: needed) { _ in
      for range in state.open { generator.shuffle(&order, in: range) }
      permuted.take(self, in: order)
      return permuted.outstanding(state, lengths: lengths)?.gain ?? 0
    }
    return (Episode(range: found.range, p: test.p, effect: level([found.range]) - level(found.rest)), test)
  }

  /// The episodes of a series, the clearest first, while one more is significant.
  /// - Parameter changes: the changes between its regimes.
  /// - Parameter effect: the least effect of an episode.
  func episodes(
    among changes: [Int], lengths: Range<Int>, level: Double, effect least: Double, needed: Int, seed: UInt64
  ) -> [Episode] {
    var state = EpisodeState(regimes: changes, count: count)
    var episodes: [Episode] = []
    while episodes.count < 4,
      let (episode, test) = self.episode(state, lengths: lengths, needed: needed, seed: seed &+ UInt64(episodes.count)),
      test.p <= level, abs(episode.effect) >= least
    {
      episodes.append(episode)
      state.close(episode.range)
    }
    return episodes.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// The changes without those that bound no regime but an episode: two levels, one of them for a stretch too short to be
  /// a regime, fit at least as well as three.
  ///
  /// Else a segmentation would pass a short stretch off as a regime of the least length.
  func withoutEpisodes(_ changes: [Int], lengths: Range<Int>) -> [Int] {
    guard !lengths.isEmpty else { return changes }
    let cost = self.cost(noise: 1)
    for place in changes.indices.dropLast() where changes[place + 1] - changes[place] < 2 * lengths.upperBound {
      let (start, end) = (
        place > 0 ? changes[place - 1] : 0, place + 2 < changes.count ? changes[place + 2] : count
      )
      let three =
        cost.cost(start, changes[place]) + cost.cost(changes[place], changes[place + 1])
        + cost.cost(changes[place + 1], end)
      let isEpisode = (start + 1..<end - lengths.lowerBound).contains { first in
        (first + lengths.lowerBound..<min(first + lengths.upperBound, end)).contains { last in
          cost.cost(first, last) + cost.cost(start, end, without: first..<last) <= three
        }
      }
      guard isEpisode else { continue }
      var rest = changes
      rest.removeSubrange(place...place + 1)
      return withoutEpisodes(rest, lengths: lengths)
    }
    return changes
  }
}
