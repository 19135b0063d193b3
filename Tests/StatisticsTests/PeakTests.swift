import Statistics
import Testing

@Suite struct PeakTests {
  private static let months: [Range<Int>] = {
    let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let ends = days.indices.map { days[...$0].reduce(0, +) }
    return zip(days, ends).map { ($1 - $0)..<$1 }
  }()
  private func count(_ days: [Int], _ period: Range<Int>) -> Int { period.reduce(0) { $0 + days[$1] } }

  /// The share of years, all days of which are alike, whose highest month is found special.
  private func falseAlarms(mean: Double, dispersion: Double, years: Int) throws -> Double {
    var draws = Draws(seed: UInt64(10 * mean + dispersion))
    var alarms = 0
    for year in 0..<years {
      let days = (0..<365).map { _ in Int(draws.count(mean: mean, dispersion: dispersion)) }
      let counts = Self.months.map { count(days, $0) }
      let highest = try #require(counts.firstIndex(of: counts.max() ?? 0))
      let test = try #require(
        PeakTest(days, periods: Self.months, claimed: highest, permutations: 99, draws: 1, seed: UInt64(year)))
      if test.pValue <= 0.05 { alarms += 1 }
    }
    return Double(alarms) / Double(years)
  }

  // min(1, 12 P(binomial)) is wrong in 31 % of such years at a dispersion of 2.
  @Test(arguments: [(0.3, 1.0), (0.3, 2), (1, 2), (1, 4)])
  func highestMonthOfDaysThatAreAlikeIsRarelySpecial(mean: Double, dispersion: Double) throws {
    #expect(try falseAlarms(mean: mean, dispersion: dispersion, years: 200) <= 0.06)
  }

  @Test func trueMonthOfThriceTheRateIsSpecialMoreOftenThanNot() throws {
    var found = 0
    for seed in UInt64(1)...6 {
      var draws = Draws(seed: seed)
      let days = (0..<365).map { Int(draws.count(mean: Self.months[11].contains($0) ? 1.5 : 0.5, dispersion: 2)) }
      let test = try #require(PeakTest(days, periods: Self.months, claimed: 11, seed: 1))
      if test.pValue <= 0.05 { found += 1 }
      #expect(test.probabilityFirst > 0.5)
      let other = try #require(PeakTest(days, periods: Self.months, claimed: 3, seed: 1))
      #expect(other.pValue > 0.5 && other.probabilityFirst < 0.1)
    }
    #expect(found >= 4)
  }

  @Test func ofTwoEqualPeriodsEachIsFirstHalfTheTime() throws {
    let days = [Int](repeating: 1, count: 60)
    let test = try #require(PeakTest(days, periods: [0..<30, 30..<60], claimed: 0, draws: 10_000, seed: 2))
    #expect(abs(test.probabilityFirst - 0.5) < 0.02 && test.pValue == 1)
  }

  @Test func whatIsNoSeriesOfPeriodsHasNoTest() {
    #expect(PeakTest([0, 0], periods: [0..<1, 1..<2], claimed: 0, seed: 1) == nil)
    #expect(PeakTest([1, 0], periods: [0..<2], claimed: 0, seed: 1) == nil)
    #expect(PeakTest([1, 0, 1], periods: [0..<1, 1..<2], claimed: 0, seed: 1) == nil)
    #expect(PeakTest([1, 0], periods: [0..<1, 1..<2], claimed: 2, seed: 1) == nil)
  }
}

@Suite struct ShrunkenMeanTests {
  // By hand: (2 * 4 + 1 * -2) / (3 + 3) = 1; spread 2 * 9 + 1 * 9 = 27; variance (27 + 75) / 6 = 17;
  // error sqrt(17 * 5 + 75) / 6.
  @Test func weightsAndPriorByHand() {
    let mean = ShrunkenMean([(4, 2), (-2, 1)])
    #expect(abs(mean.value - 1) < 1e-12 && abs(mean.error - 160.0.squareRoot() / 6) < 1e-12)
    #expect(ShrunkenMean([]).value == 0)
  }
}

@Suite struct BoundedRatioTests {
  @Test func boundsWidenTheIntervalAndHideTheRatio() throws {
    let sure = BoundedCount(10, low: 10, high: 10, over: 22)
    let before = BoundedCount(2, low: 2, high: 2, over: 31)
    let ratio = try #require(BoundedRateRatio(sure, to: before, dispersion: 1))
    // scipy 1.17: beta.ppf(.025, 10, 3) and beta.ppf(.025, 2, 11), as odds times 31 / 22.
    #expect(abs(ratio.exact.lower - 1.501425597658303) < 1e-9)
    #expect(abs((ratio.exact.upper ?? 0) - 66.13263177382868) < 1e-6)
    #expect(ratio.deciding == ratio.exact && ratio.ratio == 10.0 / 22 / (2.0 / 31))
    let open = try #require(
      BoundedRateRatio(BoundedCount(10, low: 4, high: nil, over: 22), to: before, dispersion: 1))
    #expect(open.ratio == nil && open.pValue == nil && open.exact.upper == nil && open.exact.lower < ratio.exact.lower)
    #expect(BoundedRateRatio(sure, to: BoundedCount(0, low: 0, high: 0, over: 31), dispersion: nil)?.power == nil)
  }
}
