import Foundation
import Statistics
import Testing
import Workbench

/// What methods.md and textbooks give, and what must hold of any data.
@Suite struct IncidentMethodsTests {
  @Test func coalDisastersAreThoseOfR() throws {
    // R 4.2.2 with MASS and Kendall, pymannkendall: mean, variance, Fano, S, z, Hamed-Rao z, slope and its interval.
    let coal = KnownSeries.coal
    let spread = try #require(CountDispersion(coal))
    #expect(isNear(spread.mean, 1.705357, within: 1e-6) && isNear(spread.variance, 2.696187, within: 1e-6))
    #expect(isNear(spread.fano, 1.581010, within: 1e-6))
    #expect(isNear(spread.statistic, 175.492, within: 1e-5) && spread.degrees == 111)
    let test = try #require(MannKendall(coal))
    #expect(test.s == -2428)
    #expect(isNear(test.variance, 149579.333, within: 1e-8) && isNear(test.z, -6.275293, within: 1e-6))
    let line = try #require(TheilSen(coal, times: coal.indices.map(Double.init)))
    #expect(isNear(line.slope, -0.0277778, within: 1e-5))
    #expect(isNear(line.lower, -0.0357143, within: 1e-5) && isNear(line.upper, -0.0175439, within: 1e-5))
    #expect(isNear(MannKendall(coal, withoutSlope: line.slope)?.z, -3.844097, within: 1e-6))
    #expect(isNear(LjungBox(coal, lags: 5)?.statistic, 97.431587, within: 1e-8))
    #expect(isNear(Concentration(coal)?.gini, 0.5232330, within: 1e-6))
    // MASS::fitdistr(coal, "negative binomial"): size 2.32501, where its optimizer stopped; its mean is 1.70526.
    let ones = coal.map { _ in [1.0] }
    #expect(isNear(NegativeBinomialFit(coal, on: ones)?.size, 2.32501, within: 1e-3))
  }

  @Test func theNileIsThatOfR() {
    #expect(isNear(LjungBox(KnownSeries.nile, lags: 10)?.statistic, 88.126872, within: 1e-8))
  }

  @Test func fisherIsThatOfR() throws {
    let table = try #require(ContingencyTable([[12, 5], [7, 29]]))
    #expect(isNear(table.exactPValue(), 0.0005473568, within: 1e-6))
    let odds = try #require(OddsRatio(12, 5, 7, 29))
    #expect(isNear(odds.ratio, 9.942857, within: 1e-6))
    // R's root finder stops at an error of 1e-4; the oracles of scipy say more.
    #expect(isNear(odds.conditional, 9.402935, within: 1e-4))
    #expect(isNear(odds.interval.lower, 2.229557, within: 1e-4) && isNear(odds.interval.upper, 47.045071, within: 1e-4))
  }

  @Test func rayleighIsThatOfTheTextbook() {
    #expect(isNear(RayleighTest.pValue(concentration: 0.8591058498802293, count: 8), 0.000914434, within: 1e-6))
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func simulatedTablesAgreeWithTheExactTest(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for counts in [[[3, 0, 2], [1, 4, 0], [2, 1, 3]], [[9, 4], [3, 8]], [[4, 1, 0, 2], [0, 3, 5, 1]]] {
      let table = try #require(ContingencyTable(counts))
      let drawn = try #require(table.simulatedPValue(draws: 20_000, using: &generator))
      // Chi-squared orders tables a little otherwise than their probability does.
      let exact = try #require(table.exactPValue())
      #expect(abs(drawn - exact) < 0.05 + 0.25 * exact, "\(drawn) \(exact)")
    }
    // Of two by two with equal sums both orders are one: 4 standard errors of the simulation.
    let even = try #require(ContingencyTable([[7, 3], [3, 7]]))
    let exact = try #require(even.exactPValue())
    let drawn = try #require(even.simulatedPValue(draws: 9_999, using: &generator))
    #expect(abs(drawn - exact) < 4 * exact / 50.squareRoot())
  }

  @Test func tooManyTablesAreNotVisited() throws {
    let wide = try #require(ContingencyTable([[30, 40, 20, 10, 9], [20, 30, 40, 20, 8], [11, 12, 13, 14, 15]]))
    #expect(wide.exactPValue(limit: 1_000) == nil)
    var (one, two) = (SeededGenerator(seed: 4), SeededGenerator(seed: 4))
    let drawn = wide.independence(using: &one)
    #expect(drawn?.isExact == false && drawn?.pValue == wide.independence(using: &two)?.pValue)
  }

  @Test(arguments: [1, 1.5, 2, 3, 4]) func temperedIntervalsCoverAtLeast94OfAHundred(dispersion: Double) throws {
    var draws = Draws(seed: UInt64(dispersion * 10))
    var (covered, ratios, trials) = (0, 0, 0)
    for _ in 0..<60 {
      let counts = (0..<60).map { _ in draws.count(mean: 12, dispersion: dispersion) }
      let found = try #require(successiveDispersion(counts, exposure: counts.map { _ in 1 }))
      let used = found > 1.2 ? found : 1
      for pair in stride(from: 0, to: 60, by: 2) {
        let (now, then) = (Int(counts[pair + 1]), Int(counts[pair]))
        let interval = try #require(temperedInterval(count: now, dispersion: used))
        let ratio = try #require(
          temperedInterval(ExposedCount(now, over: 1), to: ExposedCount(then, over: 1), dispersion: used))
        trials += 1
        if interval.lower <= 12, interval.upper ?? .infinity >= 12 { covered += 1 }
        if ratio.lower <= 1, ratio.upper ?? .infinity >= 1 { ratios += 1 }
      }
    }
    #expect(Double(covered) / Double(trials) >= 0.94, "\(dispersion): \(covered) of \(trials)")
    #expect(Double(ratios) / Double(trials) >= 0.94, "\(dispersion): \(ratios) of \(trials)")
  }

  @Test func aRateKnownToGrowIsFound() throws {
    var draws = Draws(seed: 5)
    let times = (0..<240).map(Double.init)
    let counts = times.map { draws.count(mean: 4 * exp(0.01 * $0), dispersion: 2) }
    let growth = try #require(CountGrowth(counts, times: times, exposure: times.map { _ in 1 }))
    #expect(growth.interval.lower < 0.01 && growth.interval.upper > 0.01)
    #expect(growth.pValue < 1e-6 && growth.size != nil)
    #expect(isNear(doublingTime(rate: 0.01), 69.3147180559945))
  }

  @Test(arguments: [1, 2] as [UInt64]) func noTrendIsRarelyFoundWhereThereIsNone(seed: UInt64) throws {
    var draws = Draws(seed: seed)
    var (found, correctedFound) = (0, 0)
    for _ in 0..<200 {
      let values = (0..<60).map { _ in draws.poisson(3) }
      let test = try #require(MannKendall(values))
      if test.pValue <= 0.05 { found += 1 }
      let slope = try #require(TheilSen(values, times: values.indices.map(Double.init))).slope
      if let corrected = MannKendall(values, withoutSlope: slope), corrected.pValue <= 0.05 { correctedFound += 1 }
    }
    #expect((2...20).contains(found), "\(found) of 200")
    #expect(correctedFound <= 45, "\(correctedFound) of 200")
  }

  @Test func quietConstantAndShortSeriesGiveNil() {
    #expect(MannKendall([1, 1, 1, 1]) == nil && MannKendall([1, 2]) == nil)
    #expect(MannKendall([1, 2, 3], withoutSlope: 1) == nil)
    #expect(TheilSen([1], times: [0]) == nil && TheilSen([1, 2], times: [3, 3]) == nil)
    #expect(LjungBox([2, 2, 2, 2, 2]) == nil && LjungBox([1, 2], lags: 5) == nil)
    #expect(CountDispersion([0, 0, 0]) == nil && CountDispersion([4]) == nil)
    #expect(successiveDispersion([1, 2, 3], exposure: [1, 1, 1]) == nil)
    #expect(CountGrowth([0, 0, 0], times: [0, 1, 2], exposure: [1, 1, 1]) == nil)
    #expect(NegativeBinomialFit([2, 2, 2, 2], on: [[1], [1], [1], [1]])?.size == nil)
    #expect(SeasonalTrend([1, 2, 3], cycle: 2) == nil)
    #expect(SeasonalTrend([5, 5, 5, 5, 5, 5], cycle: 2)?.strength == 0)
    #expect(UniformityTest([0, 0], exposure: [1, 1]) == nil && UniformityTest([3, 4], exposure: [1, 1]) == nil)
    #expect(RayleighTest(shares: []) == nil)
    #expect(Concentration([]) == nil && Concentration([0, 0]) == nil && Concentration([-1, 2]) == nil)
    #expect(ContingencyTable([[0, 0], [0, 0]]) == nil && ContingencyTable([[1, 2], [3]]) == nil)
    #expect(ContingencyTable([[1, 2, 3]])?.pValue == nil && ContingencyTable([[1, 2, 3]])?.cramersV == nil)
    #expect(wilsonInterval(successes: 1, trials: 0) == nil && temperedInterval(count: 1, dispersion: 0.5) == nil)
    #expect(normalQuantile(0) == nil && normalQuantile(1) == nil)
    #expect(doublingTime(rate: 0) == nil)
  }

  @Test(arguments: [1, 3, 7, 100, 101, 250]) func theLorenzCurveRunsFromNothingToAll(units: Int) throws {
    let all = try #require(Concentration((0..<units).map { Double($0 * $0 % 17 + 1) }))
    let curve = all.lorenz()
    #expect(curve.first?.units == 0 && curve.last?.units == 1 && curve.last?.total == 1)
    #expect(zip(curve, curve.dropFirst()).allSatisfy { $0.units < $1.units && $0.total <= $1.total })
    #expect(curve.allSatisfy { $0.total <= $0.units + 1e-12 })
  }
}
