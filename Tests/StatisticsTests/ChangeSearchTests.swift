import Foundation
import Testing

@testable import Statistics

@Suite struct PermutationTests {
  /// All orders of 0..<count.
  private func orders(_ count: Int) -> [[Int]] {
    guard count > 0 else { return [[]] }
    return orders(count - 1).flatMap { rest in
      (0..<count).map { place in
        var order = rest
        order.insert(count - 1, at: place)
        return order
      }
    }
  }

  @Test func pValueIsTheShareOfAllOrders() {
    // 40,320 orders of eight periods, each with the gain of its best segmentation.
    let series = CountSeries([1, 0, 2, 1, 9, 14, 8, 11], exposure: [1, 2, 1, 1, 1, 2, 1, 1])
    func gain(_ series: CountSeries) -> Double {
      leastCost(series.cost(noise: series.noise), penalty: series.penalty, minimum: 2).gain
    }
    let observed = gain(series)
    #expect(observed > 0)
    let all = orders(8)
    let reached = all.count { order in
      var permuted = series
      permuted.take(series, in: order)
      return gain(permuted) >= observed - 1e-9
    }
    let exact = Double(reached) / Double(all.count)
    let test = series.existence(minimum: 2, needed: 9_999, seed: 3).test
    let error = 4 * sqrt(exact * (1 - exact) / Double(test.draws))
    #expect(test.draws > 100 && abs(test.p - exact) < error, "\(test) \(exact)")
  }

  @Test(arguments: 0..<60) func boundIsNeverBelowTheGain(seed: Int) {
    var draws = Draws(seed: UInt64(seed))
    let count = 40 + Int(draws.uniform() * 160)
    let dispersion = [1.0, 2, 6][seed % 3]
    let counts = CountSeries(
      (0..<count).map { draws.count(mean: $0 < count / 2 ? 2 : [2.0, 6, 20][seed / 3 % 3], dispersion: dispersion) },
      exposure: (0..<count).map { _ in 0.5 + draws.uniform() })
    let means = MeanSeries(
      (0..<count).map { draws.normal() + ($0 < count / 3 ? 0 : Double(seed % 4)) },
      weights: (0..<count).map { _ in 1 + (draws.uniform() * 6).rounded() })
    func check(_ series: some PeriodSeries) {
      var (permuted, order, memory) = (series, Array(0..<count), [Double]())
      var generator = PermutationGenerator(seed: UInt64(seed))
      let bound = series.gainBound(noise: series.noise)
      for draw in 0..<12 {
        if draw > 0 { generator.shuffle(&order) }
        permuted.take(series, in: order)
        let noise = permuted.noise
        for (minimum, penalty) in [(1, 4.0), (5, 8), (13, 11)] {
          let gain = leastCost(permuted.cost(noise: noise), penalty: penalty, minimum: minimum).gain
          let most = bound.bound(order, penalty: penalty * noise, minimum: minimum, best: &memory) / noise
          #expect(most >= gain)
          // Of use only where it is close; each of many short segments adds its slack.
          if minimum == 13 { #expect(most <= 1.4 * gain + 5, "\(most) \(gain)") }
        }
      }
    }
    check(counts)
    check(means)
  }

  @Test func testStopsWhereEnoughIsKnown() {
    var drawn = 0
    let often = PermutationTest.run(observed: 5, needed: 9_999) { _ in
      drawn += 1
      return drawn % 4 == 0 ? 6 : 1
    }
    #expect(often == PermutationTest(p: 0.25, draws: 80, isExtrapolated: false))
    let never = PermutationTest.run(observed: 5, needed: 999) { _ in 1 }
    #expect(never == PermutationTest(p: 0.001, draws: 999, isExtrapolated: false))
  }

  @Test func farTailsAreExtrapolated() throws {
    // Exponential statistics: the probability beyond 14 is e^-14, about a millionth.
    var draws = Draws(seed: 4)
    let test = PermutationTest.run(observed: 14, needed: 100_000) { _ in -log(1 - draws.uniform()) }
    #expect(test.isExtrapolated && test.draws == 9_999)
    #expect(test.p < 5e-5 && test.p > 1e-7, "\(test)")
    var others = Draws(seed: 5)
    let near = PermutationTest.run(observed: 3, needed: 100_000) { _ in -log(1 - others.uniform()) }
    #expect(!near.isExtrapolated && abs(near.p - exp(-3)) < 0.03, "\(near)")
  }

  @Test func falseDiscoveryRatesAreThoseOfR() {
    // The 25 p-values of McDonald, Handbook of Biological Statistics; R 4.2.2: p.adjust(p, "BH").
    let p = [
      0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251, 0.269, 0.275, 0.34, 0.341,
      0.384, 0.569, 0.594, 0.696, 0.762, 0.94, 0.942, 0.975, 0.986,
    ]
    let adjusted = [
      0.025, 0.1, 0.21, 0.21, 0.21, 0.25, 0.2642857143, 0.4910714286, 0.4910714286, 0.4910714286, 0.4910714286,
      0.4910714286, 0.4910714286, 0.4910714286, 0.5328125, 0.5328125, 0.5647058824, 0.7815789474, 0.7815789474, 0.87,
      0.9071428571, 0.986, 0.986, 0.986, 0.986,
    ]
    for (one, other) in zip(falseDiscoveryRates(p), adjusted) { #expect(abs(one - other) < 1e-9) }
    // In any order, and with a value that is none.
    let shuffled = falseDiscoveryRates([p[4], .nan] + p[5...].reversed() + p[..<4])
    #expect(abs(shuffled[0] - 0.21) < 1e-9 && shuffled[1].isNaN && abs(shuffled[25] - 0.21) < 1e-9)
  }
}

@Suite struct ChangeSearchTests {
  private func series(_ levels: [(Int, Double)], dispersion: Double, seed: Int) -> CountSeries {
    var draws = Draws(seed: UInt64(seed))
    return CountSeries(
      levels.flatMap { count, mean in (0..<count).map { _ in draws.count(mean: mean, dispersion: dispersion) } })
  }

  /// The long calibration is `calibrate counts`.
  @Test(arguments: [1.0, 2, 4]) func constantRatesAreSeldomTakenForChanges(dispersion: Double) {
    let alarms = (0..<40).count { seed in
      let series = series([(160, 3)], dispersion: dispersion, seed: seed)
      return !ChangeSearch().changes(in: [ChangeFamily(.counts(series), seed: UInt64(seed))])[0].changes.isEmpty
    }
    // 6 % of 40 are 2.4; more than 6 happen once in a hundred times.
    #expect(alarms <= 6, "\(alarms) of 40")
  }

  @Test func changesAreFoundWhereTheyAre() throws {
    var both = 0
    for seed in 0..<10 {
      let series = series([(80, 2), (70, 8), (90, 1)], dispersion: 1.5, seed: seed)
      let found = ChangeSearch().changes(in: [ChangeFamily(.counts(series), seed: 1)])[0]
      #expect(found.existence.p == 0.001 && found.q == 0.001 && found.rank == 1)
      // The fall to an eighth is never missed.
      let fall = try #require(found.changes.last)
      #expect(abs(fall.index - 150) <= 4 && fall.p <= 0.01 && fall.effect < -1)
      #expect(fall.posterior.set().contains { abs($0 - 150) <= 2 })
      guard found.changes.count == 2 else { continue }
      both += 1
      #expect(abs(found.changes[0].index - 80) <= 4 && abs(found.changes[0].effect - log(4)) < 0.5)
    }
    #expect(both >= 8)
  }

  @Test func manyQuietFamiliesAskForMoreDraws() {
    let quiet = (0..<79).map { ChangeFamily(.counts(series([(120, 2)], dispersion: 1, seed: $0)), seed: UInt64($0)) }
    let loud = ChangeFamily(.counts(series([(60, 2), (60, 7)], dispersion: 1, seed: 500)), seed: 500)
    let found = ChangeSearch().changes(in: quiet + [loud])
    // 1,600 draws: the least p-value, 1 / 1,600, times 80 families is .05.
    #expect(found[79].existence.draws == 1_599 && found[79].existence.p == 1.0 / 1_600)
    #expect(found[79].rank == 1 && abs(found[79].q - 0.05) < 1e-12 && found[79].changes.count == 1)
    #expect(found.prefix(79).allSatisfy { $0.changes.isEmpty })
    #expect(found.prefix(79).contains { $0.existence.p == 1 })
  }

  @Test func orderOfWorkDoesNotMatter() {
    let families = (0..<6).map {
      ChangeFamily(.counts(series([(60, 2), (60, Double(2 + $0))], dispersion: 2, seed: $0)), seed: UInt64($0))
    }
    let backwards = ChangeSearch().changes(in: families) { count, body in
      (0..<count).reversed().map(body).reversed()
    }
    #expect(backwards == ChangeSearch().changes(in: families))
  }

  @Test func smallEffectsAreLeftOut() {
    // Ten thousand events tell 1.2 from 1 without doubt; it is no shift all the same.
    let small = series([(100, 100), (100, 120)], dispersion: 1, seed: 7)
    let found = ChangeSearch().changes(in: [ChangeFamily(.counts(small), seed: 1)])[0]
    #expect(found.q <= 0.05 && !found.candidates.isEmpty && found.changes.isEmpty)
    var search = ChangeSearch()
    search.leastRatio = 1.1
    #expect(search.changes(in: [ChangeFamily(.counts(small), seed: 1)])[0].changes.count == 1)
  }

  @Test func toneShiftsAreFoundAndNoiseIsNot() {
    var draws = Draws(seed: 9)
    let weights = (0..<150).map { _ in 1 + draws.poisson(3) }
    func means(_ shift: Double) -> MeanSeries {
      var draws = Draws(seed: 10)
      return MeanSeries(
        (0..<150).map { ($0 < 70 ? 0 : shift) + 4.5 * draws.normal() / sqrt(weights[$0]) }, weights: weights)
    }
    let found = ChangeSearch().changes(in: [
      ChangeFamily(.means(means(3)), seed: 1), ChangeFamily(.means(means(0)), seed: 2),
    ])
    #expect(found[0].changes.count == 1 && found[1].changes.isEmpty)
    #expect(found[0].changes.allSatisfy { abs($0.index - 70) <= 6 && abs($0.effect - 3) < 1.2 })
  }

  @Test func constantAndEmptySeriesHaveNoChanges() {
    let families: [ChangeFamily.Series] = [
      .counts(CountSeries([Double](repeating: 3, count: 60))), .counts(CountSeries([Double](repeating: 0, count: 60))),
      .counts(CountSeries([])), .means(MeanSeries([], weights: [])), .means(MeanSeries([1], weights: [2])),
      .means(MeanSeries([Double](repeating: 2, count: 60), weights: [Double](repeating: 1, count: 60))),
    ]
    for found in ChangeSearch().changes(in: families.map { ChangeFamily($0, seed: 1) }) {
      #expect(found.changes.isEmpty && found.existence.p == 1)
    }
    #expect(ChangeSearch().changes(in: []).isEmpty)
  }

  @Test func exposureFollowsEverybodyElse() {
    var draws = Draws(seed: 2)
    let totals = (0..<200).map { draws.poisson($0 < 120 ? 50 : 100) }
    let exposure = ReportingExposure(ofOthers: totals)
    #expect(exposure.breaks.count == 1 && exposure.breaks.allSatisfy { abs($0 - 120) <= 1 })
    #expect(abs(exposure.levels[199] / exposure.levels[0] - 2) < 0.1)
    #expect(abs(exposure.levels.reduce(0, +) / 200 - 1) < 1e-12)
    #expect(ReportingExposure(ofOthers: []).levels.isEmpty)
    #expect(ReportingExposure(ofOthers: [0, 0, 0]).levels == [0, 0, 0])
    // What doubles with everybody else's is no change.
    let own = CountSeries((0..<200).map { draws.poisson($0 < 120 ? 5 : 10) }, exposure: exposure.levels)
    let bare = CountSeries(own.counts)
    let found = ChangeSearch().changes(in: [ChangeFamily(.counts(own), seed: 1), ChangeFamily(.counts(bare), seed: 2)])
    #expect(found[0].changes.isEmpty && found[1].changes.count == 1)
  }
}
