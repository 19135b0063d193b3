import Statistics
import Testing

/// Whether two numbers agree to a relative error, by default a tenth of what the module promises.
func isNear(_ value: Double?, _ expected: Double, within tolerance: Double = 1e-7) -> Bool {
  guard let value else { return false }
  return abs(value - expected) <= tolerance * abs(expected)
}

@Suite struct SpecialFunctionTests {
  // scipy 1.17: scipy.special.betainc(a, b, x)
  @Test(arguments: [
    (0.5, 0.5, 0.5, 0.5), (1e-06, 0.01, 3, 0.8840715744785558), (0.3, 2, 5, 0.5798250000000003),
    (0.999, 50, 1, 0.9512056281970314), (0.49, 1000, 1000, 0.1855526594315119),
    (0.5, 100000, 100500, 0.8679262785035052), (1e-05, 3, 100000.0, 0.08030415619556053),
    (0.2, 300, 1200, 0.5051508795759546), (0.9, 100000.0, 10000.0, 1.0527379619017067e-24),
  ]) func regularizedBetaEqualsScipys(x: Double, a: Double, b: Double, expected: Double) {
    #expect(isNear(regularizedBeta(x, a: a, b: b), expected))
  }

  // scipy 1.17: scipy.special.betaincinv(a, b, p)
  @Test(arguments: [
    (0.025, 1, 100000.0, 2.531780477933314e-07), (0.975, 100000.0, 1, 0.9999997468219523),
    (0.025, 3, 13, 0.0433120051058366), (0.975, 4, 12, 0.48089113380685305), (0.025, 45, 208, 0.1333342378156359),
    (1e-10, 20, 30, 0.07478838479663802), (0.5, 0.05, 2, 3.594299429775784e-07),
    (0.025, 100000.0, 100000.0, 0.49780870143169204), (0.3, 100000.0, 2, 0.9999756082546104),
    (0.999999, 2, 7, 0.8953345152255697),
  ]) func betaQuantileEqualsScipys(p: Double, a: Double, b: Double, expected: Double) {
    #expect(isNear(betaQuantile(p, a: a, b: b), expected))
  }

  // scipy 1.17: scipy.special.gammainc(a, x), scipy.special.gammaincc(a, x)
  @Test(arguments: [
    (0.5, 0.1, 0.34527915398142317, 0.6547208460185768), (1, 1, 0.6321205588285577, 0.36787944117144245),
    (10, 3, 0.0011024881301154815, 0.9988975118698845), (10, 30, 0.9999928782491372, 7.121750862815593e-06),
    (100000.0, 99000.0, 0.0007574199211747684, 0.9992425800788253),
    (100000.0, 101000.0, 0.9991915784870744, 0.0008084215129255896),
    (3, 1e-05, 1.66665416671666e-16, 0.9999999999999998), (0.01, 5, 0.9999882464805873, 1.1753519412750834e-05),
    (200, 260, 0.999952499875557, 4.750012444300866e-05),
  ]) func regularizedGammaEqualsScipys(a: Double, x: Double, lower: Double, upper: Double) {
    #expect(isNear(regularizedLowerGamma(a, x), lower))
    #expect(isNear(regularizedUpperGamma(a, x), upper))
  }

  // scipy 1.17: scipy.special.gammaincinv(a, p)
  @Test(arguments: [
    (0.025, 1, 0.025317807984289876), (0.975, 1, 3.6888794541139354), (0.025, 45, 32.82330878823446),
    (0.975, 46, 60.21354049695881), (0.025, 100000.0, 99381.15266374472), (0.975, 100001, 100621.74473974388),
    (1e-12, 4, 0.002214344250190893), (0.5, 0.02, 5.068667656480132e-16), (0.999999, 12, 36.114426910031455),
  ]) func gammaQuantileEqualsScipys(p: Double, a: Double, expected: Double) {
    #expect(isNear(gammaQuantile(p, a), expected))
  }

  @Test(arguments: [1, 2, 3, 7, 40, 900, 20_000, 100_000]) func quantilesInvertTheirFunctions(a: Int) {
    for b in [1.0, 2, 5, 30, 1000, 100_000] {
      for p in [1e-9, 0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 0.9999] {
        let x = betaQuantile(p, a: Double(a), b: b)
        #expect(isNear(x.flatMap { regularizedBeta($0, a: Double(a), b: b) }, p, within: 1e-6), "\(a) \(b) \(p)")
        let y = gammaQuantile(p, Double(a))
        #expect(isNear(y.flatMap { regularizedLowerGamma(Double(a), $0) }, p, within: 1e-6), "\(a) \(p)")
      }
    }
  }

  @Test func argumentsOutsideTheDomainGiveNil() {
    #expect(regularizedBeta(1.1, a: 1, b: 1) == nil)
    #expect(regularizedBeta(.nan, a: 1, b: 1) == nil)
    #expect(regularizedBeta(0.5, a: 0, b: 1) == nil)
    #expect(betaQuantile(-0.1, a: 1, b: 1) == nil)
    #expect(betaQuantile(0.5, a: .infinity, b: 1) == nil)
    #expect(regularizedLowerGamma(1, -1) == nil)
    #expect(regularizedUpperGamma(1, .infinity) == nil)
    #expect(gammaQuantile(1, 1) == nil)
    #expect(gammaQuantile(0.5, -1) == nil)
  }
}

@Suite struct RateRatioTests {
  /// What is known of a comparison; `upper` is nil where there is no upper end.
  struct Known: Sendable {
    var x1: Int, t1: Double, x2: Int, t2: Double
    var lower: Double, upper: Double?, pValue: Double
    init(_ x1: Int, _ t1: Double, _ x2: Int, _ t2: Double, _ lower: Double, _ upper: Double?, _ pValue: Double) {
      (self.x1, self.t1, self.x2, self.t2) = (x1, t1, x2, t2)
      (self.lower, self.upper, self.pValue) = (lower, upper, pValue)
    }
  }
  // scipy 1.17: lower share = stats.beta.ppf(.025, x1, x2 + 1), 1 - upper share = stats.beta.ppf(.025, x2, x1 + 1),
  // p = min(1, 2 min(stats.binom.cdf(x1, n, t1/(t1+t2)), stats.binom.sf(x1 - 1, n, t1/(t1+t2)))).
  // The intervals of the first three are those that R 4.2.2 prints for poisson.test.
  static let known = [
    Known(3, 30, 12, 31, 0.04678195905898842, 0.9572574668416283, 0.040990062433722774),
    Known(45, 31, 207, 334, 1.6575812124290847, 3.246441861131085, 3.374662283792806e-06),
    Known(0, 30, 5, 30, 0, 1.0912791051825463, 0.0625), Known(5, 30, 0, 30, 0.9163558573154597, nil, 0.0625),
    Known(0, 30, 0, 31, 0, nil, 1), Known(2, 31, 15, 31, 0.014795018096793656, 0.5733392307950497, 0.002349853515625),
    Known(4, 22, 22, 22, 0.045547692366744656, 0.53534074707203, 0.0005335211753845215),
    Known(1, 1, 1, 1, 0.012739367083666617, 78.49683531626299, 1),
    Known(100000, 365, 1, 365, 17947.61566458052, 3949828.018410948, 0),
    Known(100000, 365, 100500, 365, 0.986342264858884, 1.0037838704783384, 0.26510509544159483),
    Known(100000, 31, 0, 28, 24484.64793533187, nil, 0),
    Known(7, 31, 9, 28, 0.22233710167156145, 2.119851979090836, 0.6488367817549958),
  ]

  @Test(arguments: known) func exactIntervalAndPValueAreThoseKnown(known: Known) throws {
    let comparison = try #require(
      RateRatio(ExposedCount(known.x1, over: known.t1), to: ExposedCount(known.x2, over: known.t2)))
    #expect(isNear(comparison.interval.lower, known.lower))
    #expect((comparison.interval.upper == nil) == (known.upper == nil))
    if let upper = known.upper { #expect(isNear(comparison.interval.upper, upper)) }
    #expect(abs(comparison.pValue - known.pValue) <= 1e-7 * known.pValue + 1e-300)
    let ratio = (Double(known.x1) / known.t1) / (Double(known.x2) / known.t2)
    #expect(known.x2 == 0 ? comparison.ratio == nil : isNear(comparison.ratio, ratio, within: 1e-12) || ratio == 0)
  }

  @Test(arguments: 0...12, [0, 1, 2, 5, 9, 30]) func intervalExcludesOneExactlyWhereThePValueIsSmall(x1: Int, x2: Int)
    throws
  {
    let comparison = try #require(RateRatio(ExposedCount(x1, over: 31), to: ExposedCount(x2, over: 29)))
    let excludesOne = comparison.interval.lower > 1 || comparison.interval.upper.map { $0 < 1 } ?? false
    #expect(excludesOne == (comparison.pValue < 0.05))
  }

  @Test(arguments: 0...8, 0...8) func exchangingTheCountsInvertsTheRatio(x1: Int, x2: Int) throws {
    let one = try #require(RateRatio(ExposedCount(x1, over: 30), to: ExposedCount(x2, over: 20)))
    let other = try #require(RateRatio(ExposedCount(x2, over: 20), to: ExposedCount(x1, over: 30)))
    #expect(abs(one.pValue - other.pValue) < 1e-9)
    if let upper = other.interval.upper {
      #expect(isNear(one.interval.lower, 1 / upper, within: 1e-9))
    } else {
      #expect(one.interval.lower == 0)
    }
  }

  @Test func impossibleCountsGiveNil() {
    #expect(RateRatio(ExposedCount(-1, over: 1), to: ExposedCount(1, over: 1)) == nil)
    #expect(RateRatio(ExposedCount(1, over: 0), to: ExposedCount(1, over: 1)) == nil)
    #expect(RateRatio(ExposedCount(1, over: 1), to: ExposedCount(1, over: .nan)) == nil)
    #expect(RateRatio(ExposedCount(1, over: 1), to: ExposedCount(1, over: 1), confidence: 1) == nil)
  }

  // R 4.2.2: poisson.test(x)$conf.int; above 45 scipy 1.17: stats.chi2.ppf([.025, .975], [2 * x, 2 * x + 2]) / 2
  @Test(arguments: [
    (0, 0, 3.6888794541139354), (1, 0.025317807984289876, 5.571643390938898),
    (5, 1.6234863901184207, 11.66833207932267),
    (45, 32.82330878823446, 60.21354049695881), (1000, 938.9730184076952, 1063.952136016302),
    (100000, 99381.15266374472, 100621.74473974388),
  ]) func poissonIntervalIsThatKnown(count: Int, lower: Double, upper: Double) throws {
    let interval = try #require(poissonInterval(count: count))
    #expect(isNear(interval.lower, lower) || (count == 0 && interval.lower == 0))
    #expect(isNear(interval.upper, upper))
  }

  @Test func binomialIntervalIsThatOfR() throws {
    // R 4.2.2: binom.test(7, 20)$conf.int
    let interval = try #require(binomialInterval(successes: 7, trials: 20))
    #expect(isNear(interval.lower, 0.1539092048, within: 1e-8))
    #expect(isNear(interval.upper, 0.5921885345, within: 1e-8))
    #expect(binomialInterval(successes: 0, trials: 3)?.lower == 0)
    #expect(binomialInterval(successes: 3, trials: 3)?.upper == 1)
    #expect(binomialInterval(successes: 4, trials: 3) == nil)
    #expect(poissonInterval(count: -1) == nil)
  }
}
