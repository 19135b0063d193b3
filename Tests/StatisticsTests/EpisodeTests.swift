import Foundation
import Testing

@testable import Statistics

@Suite struct EpisodeTests {
  private func counts(_ levels: [(Int, Double)], dispersion: Double = 1, seed: Int) -> CountSeries {
    var draws = Draws(seed: UInt64(seed))
    return CountSeries(
      levels.flatMap { count, mean in (0..<count).map { _ in draws.count(mean: mean, dispersion: dispersion) } })
  }
  private func episodes(_ series: ChangeFamily.Series, _ seed: Int) -> FamilyChanges {
    var search = ChangeSearch()
    search.seeksEpisodes = true
    return search.changes(in: [ChangeFamily(series, seed: UInt64(seed))])[0]
  }

  @Test(arguments: 0..<3) func aStretchTooShortForARegimeIsAnEpisode(seed: Int) throws {
    let found = episodes(.counts(counts([(45, 2), (10, 9), (45, 2)], dispersion: 1.5, seed: seed)), seed)
    let episode = try #require(found.episodes.first)
    #expect(found.episodes.count == 1 && found.changes.isEmpty)
    #expect(abs(episode.range.lowerBound - 45) <= 2 && abs(episode.range.upperBound - 55) <= 2)
    #expect(abs(episode.effect - log(4.5)) < 0.5 && episode.p <= 0.05 && found.episodeRate <= 0.05)
  }

  @Test func aQuietStretchOfMeansIsAnEpisodeAndBothOfTwoAreFound() throws {
    var draws = Draws(seed: 3)
    let level = (0..<160).map { (40..<50).contains($0) ? 4.0 : (110..<119).contains($0) ? -4.0 : 0 }
    let means = MeanSeries(level.map { $0 + draws.normal() }, weights: level.map { _ in 2 })
    let found = episodes(.means(means), 1)
    #expect(found.episodes.map(\.range) == [40..<50, 110..<119])
    #expect(found.changes.isEmpty)
  }

  /// The long calibration is `calibrate episodes`.
  @Test(arguments: [1.0, 2, 4]) func constantRatesAreSeldomTakenForEpisodes(dispersion: Double) {
    let alarms = (0..<60).count { seed in
      !episodes(.counts(counts([(120, 3)], dispersion: dispersion, seed: seed)), seed).episodes.isEmpty
    }
    #expect(alarms <= 6, "\(alarms) of 60")
  }

  @Test func lastingChangesAreNoEpisodes() {
    for seed in 0..<3 {
      let found = episodes(.counts(counts([(50, 2), (50, 8)], seed: seed)), seed)
      #expect(found.changes.count == 1 && found.episodes.isEmpty)
    }
    // Of the last ten weeks nobody knows yet whether they last.
    #expect(episodes(.counts(counts([(80, 2), (10, 12)], seed: 1)), 1).episodes.isEmpty)
  }

  @Test func seriesWithoutAnyNoiseOrLengthHaveNoEpisodes() {
    for series in [
      ChangeFamily.Series.counts(CountSeries([Double](repeating: 3, count: 80))),
      .counts(CountSeries([Double](repeating: 0, count: 80))), .counts(CountSeries([])),
      .means(MeanSeries([1, 2], weights: [1, 1])),
      .means(MeanSeries([Double](repeating: 2, count: 60), weights: [Double](repeating: 1, count: 60))),
    ] {
      #expect(episodes(series, 1).episodes.isEmpty)
    }
  }

  @Test func whatLiesOutsideAStretchCostsAsMuchAsItWouldByItself() {
    let series = counts([(40, 2), (12, 7), (40, 2)], dispersion: 2, seed: 4)
    let outside = CountSeries(Array(series.counts[..<40] + series.counts[52...]))
    let cost = RateCost(series, 1.7)
    #expect(abs(cost.cost(0, 92, without: 40..<52) - RateCost(outside, 1.7).cost(0, 80)) < 1e-9)
    let means = MeanSeries(series.counts, weights: (0..<92).map { 1 + Double($0 % 3) })
    let rest = MeanSeries(
      Array(means.means[..<40] + means.means[52...]), weights: Array(means.weights[..<40] + means.weights[52...]))
    #expect(
      abs(WeightedMeanCost(means, 2).cost(0, 92, without: 40..<52) - WeightedMeanCost(rest, 2).cost(0, 80)) < 1e-9)
  }
}
