import Statistics
import Testing

@Suite struct KaplanMeierTests {
  private func fit(_ days: [Int], lost: Set<Int> = []) throws -> KaplanMeier {
    try #require(
      KaplanMeier(days.enumerated().map { KaplanMeier.Wait(days: $0.element, isOver: !lost.contains($0.offset)) }))
  }
  // The trial of 6-mercaptopurine (Freireich et al. 1963), in every textbook of survival: weeks of remission.
  private func remission() throws -> KaplanMeier {
    try fit(
      [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35],
      lost: [3, 5, 7, 8, 11, 12, 13, 16, 17, 18, 19, 20])
  }

  // lifelines 0.30.3, KaplanMeierFitter with its log-log interval; the shares are those of Kalbfleisch and Prentice.
  @Test(arguments: [
    (6, 21, 0.857142857142857, 0.6197179552659838, 0.9515517476469969),
    (7, 17, 0.8067226890756299, 0.5631465646222333, 0.9228090192028802),
    (10, 15, 0.7529411764705878, 0.5031995107999564, 0.8893618351692651),
    (13, 12, 0.6901960784313722, 0.4316102224861839, 0.8490659633494505),
    (16, 11, 0.6274509803921566, 0.36751085598750194, 0.8049121894718411),
    (22, 7, 0.5378151260504199, 0.26777893676713493, 0.7467907176353943),
    (23, 6, 0.44817927170868327, 0.18805200595923233, 0.6801426284952412),
  ]) func remissionEqualsLifelines(day: Int, atRisk: Int, share: Double, lower: Double, upper: Double) throws {
    let step = try #require(try remission().steps.first { $0.day == day })
    #expect(step.atRisk == atRisk)
    #expect(abs(step.waiting - share) < 1e-12)
    #expect(abs(try #require(step.interval).lower - lower) < 1e-9)
    #expect(abs(try #require(step.interval?.upper) - upper) < 1e-9)
  }

  @Test func shareHoldsUntilTheNextEnd() throws {
    let curve = try remission()
    #expect(curve.steps.map(\.day) == [6, 7, 10, 13, 16, 22, 23])
    #expect(curve.waiting(after: 5)?.share == 1)
    #expect(curve.waiting(after: 12)?.share == curve.waiting(after: 10)?.share)
    #expect(curve.waiting(after: 35)?.share == curve.waiting(after: 23)?.share)
    #expect(curve.waiting(after: 36) == nil)
    #expect(curve.median == 23)
  }

  // The placebo of the same trial, which nobody left: lifelines 0.30.3.
  @Test func withoutLossItIsTheShareItself() throws {
    let curve = try fit([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23])
    let at8 = try #require(curve.waiting(after: 8))
    #expect(abs(at8.share - 8.0 / 21) < 1e-12)
    #expect(abs(try #require(at8.interval).lower - 0.1830665488203943) < 1e-9)
    #expect(curve.median == 8)
    // All are over in the end: no interval, and nobody waits ever after.
    #expect(curve.steps.last?.interval == nil)
    #expect(curve.waiting(after: 1_000)?.share == 0)
  }

  @Test func nobodyToFollowIsNoCurve() {
    #expect(KaplanMeier([]) == nil)
    #expect(KaplanMeier([KaplanMeier.Wait(days: -1, isOver: true)]) == nil)
    let lost = KaplanMeier([KaplanMeier.Wait(days: 10, isOver: false)])
    #expect(lost?.steps.isEmpty == true && lost?.median == nil)
  }
}

@Suite struct ShareTests {
  // scipy 1.17: beta.ppf([.025, .975], successes + .5, failures + .5)
  @Test(arguments: [
    (3, 10, 0.09269459393815316, 0.6058183181486713), (1, 4, 0.02847089508714679, 0.7162483204365873),
    (40, 120, 0.2537410980760436, 0.4208563910004965), (0, 5, 0, 0.37937714229903935), (5, 5, 0.6206228577009606, 1),
  ]) func jeffreysIntervalEqualsScipys(successes: Int, trials: Int, lower: Double, upper: Double) throws {
    let interval = try #require(jeffreysInterval(successes: successes, trials: trials))
    #expect(abs(interval.lower - lower) < 1e-9)
    #expect(abs(try #require(interval.upper) - upper) < 1e-9)
  }

  // numpy 2.4: quantiles of 4 million draws of three gammas each.
  @Test(arguments: [
    (3, 7, 47, 0.06986, 0.48947, 0.24954), (20, 5, 180, 0.53067, 0.81033, 0.68646),
    (1, 0, 3, -0.02422, 0.87540, 0.45008),
  ]) func asymmetryEqualsNumpys(
    common: Int, first: Int, second: Int, lower: Double, upper: Double, mean: Double
  ) throws {
    let draws = try #require(
      DependenceDraws(common: common, firstElsewhere: first, secondElsewhere: second, draws: 100_000, seed: 7))
    let interval = try #require(middleInterval(draws.asymmetry))
    #expect(abs(interval.lower - lower) < 0.01)
    #expect(abs(try #require(interval.upper) - upper) < 0.01)
    #expect(abs(draws.asymmetry.reduce(0, +) / 100_000 - mean) < 0.005)
  }

  @Test func drawsAreThoseOfTheSeed() throws {
    func draws(_ seed: UInt64) throws -> [Double] {
      try #require(DependenceDraws(common: 3, firstElsewhere: 7, secondElsewhere: 47, draws: 20, seed: seed)).first
    }
    #expect(try draws(1) == draws(1))
    #expect(try draws(1) != draws(2))
    #expect(DependenceDraws(common: -1, firstElsewhere: 7, secondElsewhere: 47, seed: 1) == nil)
  }

  @Test func manyEqualPartnersCountOneByOne() throws {
    // 400 events with each of four partners: four, and hardly fewer.
    let equal = try #require(effectivePartnerDraws([400, 400, 400, 400], seed: 1))
    let interval = try #require(middleInterval(equal))
    #expect(interval.lower > 3.9)
    #expect(try #require(interval.upper) <= 4)
    // Almost all with one of them.
    let unequal = try #require(effectivePartnerDraws([4_000, 1, 1], seed: 1))
    let one = try #require(middleInterval(unequal))
    #expect(one.lower > 1)
    #expect(try #require(one.upper) < 1.01)
  }

  @Test func middleOfKnownDraws() throws {
    let interval = try #require(middleInterval((0...1_000).map { Double($0) }.reversed()))
    #expect(abs(interval.lower - 25) < 1e-9)
    #expect(abs(try #require(interval.upper) - 975) < 1e-9)
    #expect(middleInterval([]) == nil)
  }
}
