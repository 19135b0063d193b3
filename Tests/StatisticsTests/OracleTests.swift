import Statistics
import Testing

/// Functions of Statistics beside those of scipy 1.17, statsmodels 0.15 and pymannkendall 1.4, as Tools/oracles.py
/// computes them; Tools/check-oracles computes them again.
@Suite struct OracleTests {
  private static let rising = draws(7, 120, 6).enumerated().map { Double($1 + $0 / 24) }
  private static let seasonal = draws(11, 120, 5).enumerated().map { index, draw in
    Double(draw + (5...7 ~= index % 12 ? 6 : 0) + index / 40)
  }
  private static let clustered = draws(3, 120, 9).map { Double($0 * $0 / 3) }
  private static let table = [[12, 5, 9], [7, 29, 3], [2, 8, 11], [6, 6, 1]]
  private static let small = [[3, 0, 2], [1, 4, 0], [2, 1, 3]]

  /// The generator of Tools/oracles.py.
  static func draws(_ seed: Int, _ count: Int, _ limit: Int) -> [Int] {
    var state = seed
    return (0..<count).map { _ in
      state = (state * 1_103_515_245 + 12345) % 2_147_483_648
      return state / 65536 % limit
    }
  }
  func expect(
    _ values: [Double?], equal name: String, within tolerance: Double = 1e-7,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let known = OracleNumbers.all[name], known.count == values.count else {
      Issue.record("no \(values.count) numbers called \(name)", sourceLocation: sourceLocation)
      return
    }
    for (value, expected) in zip(values, known) {
      #expect(
        isNear(value, expected, within: tolerance) || abs((value ?? .nan) - expected) < 1e-14,
        "\(name): \(value as Any), \(expected)", sourceLocation: sourceLocation)
    }
  }
  private func ends(_ interval: Interval?) -> [Double?] { [interval?.lower, interval?.upper] }

  @Test func distributions() {
    expect(
      [(0.5, 3, 0.2), (45, 208, 0.17), (1e4, 2e4, 0.33)].map { regularizedBeta($0.2, a: $0.0, b: $0.1) },
      equal: "regularizedBeta")
    expect(
      [(3, 13, 0.025), (0.7, 9.2, 0.975), (500, 2, 0.5)].map { betaQuantile($0.2, a: $0.0, b: $0.1) },
      equal: "betaQuantile")
    expect(
      [(0.5, 0.1), (12, 9), (1000, 1010)].map { regularizedLowerGamma($0.0, $0.1) }, equal: "regularizedLowerGamma")
    expect(
      [(0.5, 8), (12, 30), (1000, 1100)].map { regularizedUpperGamma($0.0, $0.1) }, equal: "regularizedUpperGamma")
    expect([(0.3, 0.025), (46, 0.975), (1e4, 0.5)].map { gammaQuantile($0.1, $0.0) }, equal: "gammaQuantile")
    expect([1e-12, 0.025, 0.3, 0.5, 0.8, 0.975, 0.999999].map(normalQuantile), equal: "normalQuantile", within: 1e-10)
    expect([0, 1, 1.96, 6.275293, 12].map(normalPValue), equal: "normalPValue", within: 1e-10)
    expect(
      [(0.1, 1), (3.84, 1), (175.492, 111), (30, 7)].map { chiSquaredPValue($0.0, degrees: $0.1) },
      equal: "chiSquaredPValue")
    expect([(0.5, 1), (2.2, 9), (8, 40.5)].map { studentPValue($0.0, degrees: $0.1) }, equal: "studentPValue")
  }

  @Test func intervalsAndRates() {
    expect(
      [(7, 20), (0, 9), (9, 9), (300, 1000)].flatMap { ends(wilsonInterval(successes: $0.0, trials: $0.1)) },
      equal: "wilsonInterval")
    expect(
      [(7, 20), (0, 9), (300, 1000)].flatMap { ends(binomialInterval(successes: $0.0, trials: $0.1)) },
      equal: "binomialInterval")
    expect([1, 5, 45, 1000].flatMap { ends(poissonInterval(count: $0)) }, equal: "poissonInterval")
    expect(
      [(3, 1.5), (46, 2), (12, 4), (46, 1)].flatMap { ends(temperedInterval(count: $0.0, dispersion: $0.1)) },
      equal: "temperedInterval")
    func counts(_ x1: Int, _ t1: Double, _ x2: Int, _ t2: Double) -> (ExposedCount, ExposedCount) {
      (ExposedCount(x1, over: t1), ExposedCount(x2, over: t2))
    }
    let compared = [counts(45, 31, 45, 31), counts(10, 30, 10, 30), counts(45, 31, 207, 334), counts(3, 30, 12, 31)]
    expect(compared.map { RateRatio($0.0, to: $0.1)?.pValue }, equal: "rateRatio")
    expect(
      ends(temperedInterval(compared[2].0, to: compared[2].1, dispersion: 2))
        + ends(temperedInterval(compared[3].0, to: compared[3].1, dispersion: 3)), equal: "temperedRatio")
    expect(compared[2...].map { midPValue($0.0, to: $0.1) }, equal: "midPValue")
    expect(
      falseDiscoveryRates([0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216]),
      equal: "falseDiscoveryRates")
  }

  @Test func tables() throws {
    let table = try #require(ContingencyTable(Self.table))
    let small = try #require(ContingencyTable(Self.small))
    expect([table.chiSquared, table.pValue, Double(table.degrees), table.leastExpected], equal: "chiSquared")
    expect([table.cramersV, small.cramersV], equal: "cramersV")
    expect((0..<12).map { table.residual($0 / 3, $0 % 3) }, equal: "residuals")
    func exact(_ counts: [[Int]]) -> Double? { ContingencyTable(counts)?.exactPValue() }
    expect([exact([[12, 5], [7, 29]]), exact([[3, 9], [8, 2]])], equal: "fisher2x2")
    expect([exact(Self.small), exact([[4, 1, 0, 2], [0, 3, 5, 1]])], equal: "fisherExact")
    let odds = [OddsRatio(12, 5, 7, 29), OddsRatio(3, 9, 8, 2)]
    expect(odds.flatMap { [$0?.conditional] + ends($0?.interval) }, equal: "oddsRatio")
  }

  @Test func trends() throws {
    for (name, series) in [("Coal", KnownSeries.coal), ("Rising", Self.rising)] {
      let times = series.indices.map(Double.init)
      let test = try #require(MannKendall(series))
      expect([Double(test.s), test.variance, test.z, test.tau, test.pValue], equal: "mannKendall" + name)
      let line = try #require(TheilSen(series, times: times))
      let corrected = try #require(MannKendall(series, withoutSlope: line.slope))
      expect([corrected.variance, corrected.z, corrected.pValue], equal: "hamedRao" + name)
      guard name == "Coal" else { continue }
      expect([line.slope, line.intercept, line.lower, line.upper], equal: "theilSenCoal")
    }
    let uneven = Self.draws(5, 120, 3).reduce(into: [Double]()) { $0.append(($0.last ?? 0) + Double($1 + 1)) }
    let line = TheilSen(Self.rising, times: uneven)
    expect([line?.slope, line?.intercept, line?.lower, line?.upper], equal: "theilSenUneven")
    expect(averageRanks(Array(Self.rising[..<12])), equal: "averageRanks")
    expect([median(Self.rising), median(Array(KnownSeries.coal[..<7]))], equal: "median")
    expect(autocorrelations(Self.rising, upTo: 6), equal: "autocorrelations")
    for (name, series) in [("Coal", KnownSeries.coal), ("Seasonal", Self.seasonal)] {
      let test = LjungBox(series, lags: 5)
      expect([test?.statistic, test?.pValue], equal: "ljungBox" + name)
    }
  }

  @Test func regressions() throws {
    let counts = Self.clustered
    let rows = counts.indices.map { [1, -1 + 2 * Double($0) / 119] }
    let poisson = try #require(LogLinearFit(counts, on: rows))
    expect(
      poisson.coefficients + poisson.standardErrors + [poisson.dispersion], equal: "poissonFit", within: 1e-6)
    let fit = try #require(NegativeBinomialFit(counts, on: rows))
    expect(
      fit.coefficients + [fit.size] + fit.standardErrors, equal: "negativeBinomialClustered", within: 1e-6)
    let days = Self.draws(13, 120, 4).map { Double($0 + 28) }
    let exposed = try #require(NegativeBinomialFit(counts, on: rows, exposure: days))
    expect(
      exposed.coefficients + [exposed.size] + exposed.standardErrors, equal: "negativeBinomialExposed", within: 1e-6)
    let growth = try #require(CountGrowth(counts, times: counts.indices.map(Double.init), exposure: days))
    #expect(isNear(growth.rate, exposed.coefficients[1] * 2 / 119, within: 1e-8))
  }

  @Test func dispersionAndSeasons() throws {
    let coal = try #require(CountDispersion(KnownSeries.coal))
    expect([coal.mean, coal.variance, coal.fano, coal.statistic, coal.pValue], equal: "dispersionCoal")
    let found: [Double] = [40, 22, 31, 37]
    let days: [Double] = [31, 28, 31, 30]
    let even = try #require(UniformityTest(found, exposure: days))
    let tempered = try #require(UniformityTest(found, exposure: days, dispersion: 2))
    expect([even.statistic, even.pValue, tempered.pValue], equal: "uniformity")
    let years = stride(from: 0, to: 120, by: 12).map { Array(Self.clustered[$0..<$0 + 12]) }
    let cycle = CycleTest(years, exposure: [Double](repeating: 1, count: 12))
    expect([cycle?.statistic, cycle?.pValue, cycle?.dispersion], equal: "cycle")
    let rayleigh = RayleighTest(shares: Self.draws(17, 40, 24).map { Double($0) / 48 })
    expect([rayleigh?.concentration, rayleigh?.meanShare, rayleigh?.pValue], equal: "rayleigh")
    for (name, series) in [
      ("seasonal", Self.seasonal), ("seasonalShort", Array(Self.clustered[..<31] + Self.seasonal[..<89])),
    ] {
      let split = try #require(SeasonalTrend(series, cycle: 12))
      let places = [0, 6, 60, 119]
      expect([split.strength] + places.map { split.season[$0] } + places.map { split.trend[$0] }, equal: name)
    }
  }

  @Test func concentration() throws {
    expect(
      [KnownSeries.coal, [1, 2, 3, 4, 5], [0, 0, 0, 10]].map { Concentration($0)?.gini }, equal: "gini")
    let all = try #require(Concentration(Self.clustered))
    let curve = all.lorenz()
    expect(
      [
        all.topShare(1), all.topShare(5), all.topShare(ofUnits: 0.1), all.herfindahl, all.effectiveUnits,
        curve.first { $0.units >= 0.5 }?.total,
      ], equal: "concentration")
    expect([effectiveNumber([5, 3, 1, 1])], equal: "effectiveNumber")
  }

  @Test func severity() throws {
    expect([(2.5, 1), (1.1, 3), (2.38, 12), (7, 250)].map(hurwitzZeta), equal: "hurwitzZeta", within: 1e-12)
    let numbers = SeverityCounts(
      zip(Self.draws(19, 400, 7), Self.draws(23, 400, 1000)).map { 1 + $0 % 4 + ($1 < 250 ? 1000 / (1 + $1) : 0) })
    let tail = try #require(PowerLawTail(numbers))
    expect(
      [Double(tail.minimum), tail.exponent, tail.standardError, Double(tail.count), tail.distance], equal: "powerLaw",
      within: 1e-5)
    let dice = [29, 31, 37, 41].map { Self.draws($0, 400, 6) }
    let products = SeverityCounts((0..<400).map { index in dice.reduce(1) { $0 * ($1[index] + 1) } }.filter { $0 >= 5 })
    let law = try #require(PowerLawTail(products, fewest: products.total))
    let other = try #require(LogNormalTail(products, minimum: 5))
    let test = try #require(VuongTest(law, other, products))
    expect([other.location, other.scale, test.ratio, test.z, test.pValue], equal: "logNormal", within: 1e-5)
  }
}
