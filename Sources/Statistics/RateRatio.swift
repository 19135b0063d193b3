/// An interval of which one end may be missing: then the data set no limit on that side.
public struct Interval: Sendable, Hashable {
  /// The lower end.
  public var lower: Double
  /// The upper end; nil where there is none.
  public var upper: Double?
  /// Makes an interval.
  public init(lower: Double, upper: Double?) {
    self.lower = lower
    self.upper = upper
  }
}

/// The exact central interval of a Poisson mean, of which one count is known.
///
/// Half the chi-squared quantiles with 2x and 2x + 2 degrees of freedom (Garwood 1936, Biometrika 28:437).
/// - Returns: nil where the count is negative or the confidence is not between 0 and 1.
public func poissonInterval(count: Int, confidence: Double = 0.95) -> Interval? {
  guard count >= 0, confidence > 0, confidence < 1 else { return nil }
  let tail = (1 - confidence) / 2
  guard let lower = count == 0 ? 0 : gammaQuantile(tail, Double(count)),
    let upper = gammaQuantile(1 - tail, Double(count) + 1)
  else { return nil }
  return Interval(lower: lower, upper: upper)
}

/// The exact central interval of a binomial share (Clopper and Pearson 1934, Biometrika 26:404).
/// - Returns: nil where successes are not between 0 and the trials, trials are none, or the confidence is not between 0
///   and 1.
public func binomialInterval(successes: Int, trials: Int, confidence: Double = 0.95) -> Interval? {
  guard trials > 0, successes >= 0, successes <= trials, confidence > 0, confidence < 1 else { return nil }
  let tail = (1 - confidence) / 2
  let (hits, misses) = (Double(successes), Double(trials - successes))
  guard let lower = successes == 0 ? 0 : betaQuantile(tail, a: hits, b: misses + 1),
    let above = successes == trials ? 0 : betaQuantile(tail, a: misses, b: hits + 1)
  else { return nil }
  return Interval(lower: lower, upper: 1 - above)
}

/// A Poisson count and what it was observed over.
public struct ExposedCount: Sendable, Hashable {
  /// How many were counted.
  public var count: Int
  /// Over how much: days, or days times a reporting rate.
  public var exposure: Double
  /// Makes a count.
  public init(_ count: Int, over exposure: Double) {
    self.count = count
    self.exposure = exposure
  }
}

/// How one Poisson rate compares with another: exact, conditional on the total.
///
/// Given the total n of both counts, the first is binomial with n trials and the share t1 / (t1 + t2) where the rates
/// are equal (Przyborowski and Wilenski 1940, Biometrika 31:313). The interval follows from the one by Clopper and Pearson;
/// the p-value is twice the smaller tail, so that it is below 1 - confidence exactly where the interval excludes 1.
public struct RateRatio: Sendable, Hashable {
  /// The first rate over the second; nil where the second count is zero.
  public let ratio: Double?
  /// The exact central interval of the ratio; without an upper end where the second count is zero.
  public let interval: Interval
  /// The central two-sided p-value of equal rates.
  public let pValue: Double

  /// Compares two counts.
  /// - Returns: nil where a count is negative, an exposure is not positive and finite, or the confidence is not between
  ///   0 and 1.
  public init?(_ first: ExposedCount, to second: ExposedCount, confidence: Double = 0.95) {
    guard first.count >= 0, second.count >= 0, confidence > 0, confidence < 1 else { return nil }
    guard first.exposure > 0, first.exposure.isFinite, second.exposure > 0, second.exposure.isFinite else { return nil }
    let tail = (1 - confidence) / 2
    let (x1, x2) = (Double(first.count), Double(second.count))
    let scale = second.exposure / first.exposure
    ratio = second.count == 0 ? nil : x1 / x2 * scale
    var lower = 0.0
    var upper: Double?
    if first.count > 0 {
      guard let share = betaQuantile(tail, a: x1, b: x2 + 1) else { return nil }
      lower = share / (1 - share) * scale
    }
    if second.count > 0 {
      // The complement of the upper share, which is exact also where the share is near 1.
      guard let rest = betaQuantile(tail, a: x2, b: x1 + 1) else { return nil }
      upper = (1 - rest) / rest * scale
    }
    interval = Interval(lower: lower, upper: upper.flatMap { $0.isFinite ? $0 : nil })
    let expected = first.exposure / (first.exposure + second.exposure)
    let other = second.exposure / (first.exposure + second.exposure)
    guard let atLeast = first.count == 0 ? 1 : regularizedBeta(expected, a: x1, b: x2 + 1),
      let atMost = second.count == 0 ? 1 : regularizedBeta(other, a: x2, b: x1 + 1)
    else { return nil }
    pValue = min(1, 2 * min(atLeast, atMost))
  }
}
