import EventModel
import Statistics

/// A stretch too short to be a regime in which a relationship was otherwise than around it: an episode, not a shift.
struct ShiftEpisode: Sendable {
  var dyad: Int
  /// The channel that shows it best, and all that do.
  var channel: Channel
  var channels: [Channel]
  /// Its periods, and what is left of the regime around it.
  var range: Range<Int>
  var around: [Range<Int>]
  /// `before` is the regime around it, `after` the episode.
  var comparison: Comparison
  var label: String
  var p: Double
  var q: Double
  /// Whether all others were reported in the same proportion, or reporting broke beside it: then it may be coverage alone.
  var isArtefact: Bool

  /// All episodes, by dyad and date; those of several channels that overlap are one.
  static func all(
    _ families: [Family], _ found: [FamilyChanges], _ network: NetworkSeries, breaks: [Int]
  ) -> [ShiftEpisode] {
    var episodes: [ShiftEpisode] = []
    for (family, result) in zip(families, found) {
      for episode in result.episodes {
        let range = family.places[episode.range.lowerBound]..<family.lastPlace(episode.range.upperBound - 1) + 1
        // Silent periods between those with a score may make it longer than it seemed.
        guard range.count < network.calendar.minimum else { continue }
        let changes = result.changes.map { family.places[$0.index] }
        let start = changes.last { $0 <= range.lowerBound } ?? family.part.lowerBound
        let end = changes.first { $0 >= range.upperBound } ?? family.part.upperBound
        let around = [start..<range.lowerBound, range.upperBound..<end]
        let dispersions = network.dispersions(of: family.dyad)
        let regimes = DyadRegimes(family.dyad, network)
        let comparison = Comparison(regimes[around], regimes[[range]], dispersions: dispersions)
        episodes.append(
          ShiftEpisode(
            dyad: family.dyad, channel: family.channel, channels: [family.channel], range: range, around: around,
            comparison: comparison, label: "episode: " + comparison.label(isOneSided: network.isOneSided),
            p: result.episodeTest.p, q: result.episodeRate,
            isArtefact: breaks.contains { abs($0 - range.lowerBound) <= 2 || abs($0 - range.upperBound) <= 2 }
              || network.isControlWanted && followsOthers(range, around, family.dyad, comparison, network)))
      }
    }
    episodes.sort {
      ($0.dyad, $0.range.lowerBound, $0.q, $0.range.upperBound) < (
        $1.dyad, $1.range.lowerBound, $1.q, $1.range.upperBound
      )
    }
    return episodes.reduce(into: []) { joined, episode in
      guard let last = joined.last, last.dyad == episode.dyad, last.range.overlaps(episode.range) else {
        joined.append(episode)
        return
      }
      var kept = episode.q < last.q ? episode : last
      kept.channels = Channel.allCases.filter { (last.channels + episode.channels).contains($0) }
      joined[joined.count - 1] = kept
    }
  }

  /// Whether as much more, or less, was reported of all others, to within a ratio of 1.5.
  private static func followsOthers(
    _ range: Range<Int>, _ around: [Range<Int>], _ dyad: Int, _ comparison: Comparison, _ network: NetworkSeries
  ) -> Bool {
    guard network.exposures[dyad].other != nil, let own = comparison.total?.ratio, own > 0 else { return false }
    let others = network.others(than: dyad)
    func rate(_ ranges: [Range<Int>]) -> Double {
      let sums = ranges.joined().reduce((0.0, 0.0)) { ($0.0 + others[$1], $0.1 + network.exposures[dyad].used[$1]) }
      return sums.1 > 0 ? sums.0 / sums.1 : 0
    }
    let (inside, outside) = (rate([range]), rate(around))
    guard inside > 0, outside > 0 else { return inside <= 0 && own < 1 }
    let ratio = inside / outside
    return abs(ratio - 1) > 0.2 && (ratio > 1) == (own > 1) && own / ratio < 1.5 && own / ratio > 1 / 1.5
  }
}
