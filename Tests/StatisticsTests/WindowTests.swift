import Statistics
import Testing

@Suite struct WindowRatioTests {
  // scipy 1.17, twice the smaller tail of binom(n, t1 / (t1 + t2)), half of what was seen counted.
  @Test(arguments: [
    (45, 31.0, 207, 334.0, 2.3799714703692946e-06, 1e-6), (3, 31, 22, 31, 8.797645568847648e-05, 1e-6),
    (2, 31, 15, 31, 0.001312255859374998, 1e-6), (10, 22, 15, 31, 0.8895792674466143, 1e-6), (0, 1, 0, 1, 1, 0),
  ]) func midPValueEqualsScipys(
    count: Int, days: Double, other: Int, otherDays: Double, expected: Double, tolerance: Double
  ) {
    let value = midPValue(ExposedCount(count, over: days), to: ExposedCount(other, over: otherDays))
    #expect(isNear(value, expected, within: tolerance))
  }

  // The restated known answers: central exact p-values.
  @Test(arguments: [(3, 30.0, 12, 31.0, 0.040990062433722774, 1e-6), (45, 31, 207, 334, 3.374662283792806e-06, 1e-6)])
  func centralPValue(
    count: Int, days: Double, other: Int, otherDays: Double, expected: Double, tolerance: Double
  ) throws {
    let ratio = try #require(RateRatio(ExposedCount(count, over: days), to: ExposedCount(other, over: otherDays)))
    #expect(isNear(ratio.pValue, expected, within: tolerance))
  }

  @Test func temperedIntervalIsTheExactOneAtADispersionOfOneAndWiderBeyond() throws {
    let (during, before) = (ExposedCount(2, over: 31), ExposedCount(15, over: 31))
    let exact = try #require(RateRatio(during, to: before)?.interval)
    #expect(temperedInterval(during, to: before, dispersion: 1) == exact)
    // scipy 1.17: beta.ppf at 2 / 2.08 and 15 / 2.08
    let tempered = try #require(temperedInterval(during, to: before, dispersion: 2.08))
    #expect(isNear(tempered.lower, 0.0026218815868554192))
    #expect(isNear(tempered.upper, 1.0538956499091157))
    #expect(temperedInterval(during, to: before, dispersion: 0.9) == nil)
    #expect(temperedInterval(during, to: ExposedCount(0, over: 31), dispersion: 2)?.upper == nil)
  }

  // methods.md 00.14, by enumeration of the exact test.
  @Test(arguments: [(10.0, 0.07), (12, 0.12), (15, 0.19), (20, 0.26), (40, 0.45)])
  func fallFoundWithFourFifthsPower(expected: Double, fall: Double) throws {
    let test = try #require(DetectableRatio(earlier: expected, over: 31, later: 31))
    #expect(test.fall() == fall)
    #expect(test.power(fall) >= 0.8 && test.power(fall + 0.01) < 0.8)
  }

  @Test func fewEventsShowNoFallButAGreatRise() throws {
    let test = try #require(DetectableRatio(earlier: 5, over: 31, later: 31))
    #expect(test.fall() == nil)
    let rise = try #require(test.rise())
    #expect(rise > 2 && rise < 10 && test.power(rise) >= 0.8 && test.power(rise - 0.01) < 0.8)
    #expect(DetectableRatio(earlier: 0, over: 31, later: 31) == nil)
  }
}

@Suite struct PlaceboTests {
  @Test func everyEarlierDateIsCompared() {
    // One a day, but none on days 50 to 54: only a window about these is as quiet as the real one.
    let counts = (0..<120).map { 50..<55 ~= $0 ? 0 : 1 }
    let test = PlaceboTest(
      real: (ExposedCount(0, over: 5), ExposedCount(5, over: 5)), counts: counts,
      isBlocked: [Bool](repeating: false, count: 120), lengths: (5, 2, 5), starts: 0..<100)
    #expect(test.placebos == 93)
    #expect(test.asLow == 1)
    #expect(test.pValue == 2.0 / 94)
    #expect(test.effective == 93.0 / 12)
  }

  @Test func blockedDaysAreInNoPlacebo() {
    var isBlocked = [Bool](repeating: false, count: 60)
    isBlocked[30] = true
    let test = PlaceboTest(
      real: (ExposedCount(0, over: 5), ExposedCount(5, over: 5)), counts: [Int](repeating: 1, count: 60),
      isBlocked: isBlocked, lengths: (5, 2, 5), starts: 0..<56)
    // 7 to 55 are 49 starts; day 30 is in the during of five and in the before of five.
    #expect(test.placebos == 39)
    #expect(test.asLow == 0)
  }
}

@Suite struct LogLinearFitTests {
  // R 4.2.2: glm(DriversKilled ~ t + law + two harmonics, family = quasipoisson), datasets::Seatbelts
  static let driversKilled: [Double] = [
    107, 97, 102, 87, 119, 106, 110, 106, 107, 134, 147, 180, 125, 134, 110, 102, 103, 111, 120, 129, 122, 183, 169,
    190,
    134, 108, 104, 117, 157, 148, 130, 140, 136, 140, 187, 150, 159, 143, 114, 127, 159, 156, 138, 120, 117, 170, 168,
    198, 144, 146, 109, 131, 151, 140, 153, 140, 161, 168, 152, 136, 113, 100, 103, 103, 121, 134, 133, 129, 144, 154,
    156, 163, 122, 92, 117, 95, 96, 108, 108, 106, 140, 114, 158, 161, 102, 127, 125, 101, 97, 112, 112, 113, 108, 128,
    154, 162, 112, 79, 82, 127, 108, 110, 123, 103, 97, 140, 165, 183, 148, 111, 116, 115, 100, 106, 134, 125, 117, 122,
    153, 178, 114, 94, 128, 119, 111, 110, 114, 118, 115, 132, 153, 171, 115, 95, 92, 100, 95, 114, 102, 104, 132, 136,
    117, 137, 111, 106, 98, 84, 94, 105, 123, 109, 130, 153, 134, 99, 115, 104, 131, 108, 103, 115, 122, 122, 125, 137,
    138, 152, 120, 95, 100, 89, 82, 89, 60, 84, 113, 126, 122, 118, 92, 86, 81, 84, 87, 90, 79, 96, 122, 120, 137, 154,
  ]
  private var design: [[Double]] {
    (1...192).map { month in
      let angle = 2 * Double.pi * Double(month) / 12
      return [
        1, Double(month), month >= 170 ? 1 : 0, sine(angle), sine(angle + .pi / 2), sine(2 * angle),
        sine(2 * angle + .pi / 2),
      ]
    }
  }
  /// The sine of a multiple of 30 degrees.
  private func sine(_ angle: Double) -> Double {
    let half = 0.5
    let table = [
      0, half, 0.75.squareRoot(), 1, 0.75.squareRoot(), half, 0, -half, -0.75.squareRoot(), -1, -0.75.squareRoot(),
      -half,
    ]
    return table[Int((angle * 6 / .pi).rounded()) % 12]
  }

  @Test func seatBeltLawEqualsRs() throws {
    let fit = try #require(LogLinearFit(Self.driversKilled, on: design))
    let expected = [
      4.9061656501, -0.0009485241, -0.1335263673, -0.1030731541, 0.1207122373, -0.0545164813, 0.0782271261,
    ]
    let errors = [
      0.0204056563, 0.0002120811, 0.0390693865, 0.0142632602, 0.0137175290, 0.0139320809, 0.0139520086,
    ]
    for column in 0..<7 {
      #expect(isNear(fit.coefficients[column], expected[column], within: 1e-6))
      #expect(isNear(fit.standardErrors[column], errors[column], within: 1e-5))
    }
    #expect(isNear(fit.dispersion, 2.270915158, within: 1e-6))
  }

  @Test func neweyWestErrorsEqualNumpys() throws {
    let fit = try #require(LogLinearFit(Self.driversKilled, on: design))
    // numpy 2.4: the sandwich of the scores with Bartlett's weights, lag 4
    let expected = [
      0.0354349018914021, 0.000302746624887075, 0.04203294724006496, 0.016528050878090735, 0.0181467917514041,
      0.011755850225169801, 0.015903573595730285,
    ]
    for (error, value) in zip(fit.neweyWestErrors(), expected) { #expect(isNear(error, value, within: 1e-7)) }
  }

  @Test func exposureIsAnOffset() throws {
    let rows: [[Double]] = [[1, 0], [1, 0], [1, 1], [1, 1]]
    let fit = try #require(LogLinearFit([4, 6, 30, 34], on: rows, exposure: [1, 1, 4, 4]))
    #expect(isNear(fit.means[0], 5, within: 1e-9) && isNear(fit.means[2], 32, within: 1e-9))
  }

  @Test func whatHasNoFiniteFitHasNone() {
    #expect(LogLinearFit([4, 6, 0, 0], on: [[1, 0], [1, 0], [1, 1], [1, 1]]) == nil)
    #expect(LogLinearFit([4, 6, 3, 2], on: [[1, 2], [1, 2], [1, 2], [1, 2]]) == nil)
    #expect(LogLinearFit([4, 6], on: [[1, 0], [1, 1]]) == nil)
    #expect(LogLinearFit([0, 0, 0], on: [[1], [1], [1]]) == nil)
  }
}

@Suite struct RelativeRateRatioTests {
  @Test(arguments: [
    (5, 20, 1.0, 18, 20, 1.0, 0.2972972973, 0.0958684929, 0.9219471414),
    (0, 30, 2, 60, 40, 3.5, 0.01097412275, 0.0001967353799, 0.6121490203),
  ])
  func agreesWithAComputationByHand(
    _ later: Int, _ earlier: Int, _ dispersion: Double, _ otherLater: Int, _ otherEarlier: Int,
    _ otherDispersion: Double, _ ratio: Double, _ lower: Double, _ upper: Double
  ) throws {
    let relative = try #require(
      RelativeRateRatio(
        later: later, earlier: earlier, dispersion: dispersion, otherLater: otherLater, otherEarlier: otherEarlier,
        otherDispersion: otherDispersion))
    #expect(abs(relative.ratio / ratio - 1) < 1e-9)
    #expect(abs(relative.interval.lower / lower - 1) < 1e-8)
    #expect(abs((relative.interval.upper ?? 0) / upper - 1) < 1e-8)
  }
  @Test func nothingIsSaidOfWhatIsNoCount() {
    #expect(RelativeRateRatio(later: -1, earlier: 3, otherLater: 2, otherEarlier: 2) == nil)
    #expect(RelativeRateRatio(later: 1, earlier: 3, dispersion: 0.5, otherLater: 2, otherEarlier: 2) == nil)
  }
}
