import Numerics

/// How a count grows with time, by a negative binomial regression, and after what time it doubles.
public struct CountGrowth: Sendable, Hashable {
  /// By how much the logarithm of the rate grows in a unit of time.
  public let rate: Double
  /// Its standard error: of the regression, or by Newey and West where neighbours are alike.
  public let standardError: Double
  /// The size of the negative binomial distribution; nil where counts vary no more than Poisson's.
  public let size: Double?

  /// Fits counts at times.
  /// - Parameter exposure: what each count was observed over.
  /// - Parameter isAutocorrelated: whether neighbours are alike; then the standard error is at least that by Newey and West.
  /// - Returns: nil where there is no finite best fit.
  public init?(_ counts: [Double], times: [Double], exposure: [Double], isAutocorrelated: Bool = false) {
    guard counts.count == times.count, counts.count > 2, let first = times.first, let last = times.last, last > first
    else { return nil }
    // Centred and scaled, so that the equations are well conditioned.
    let (middle, scale) = ((first + last) / 2, (last - first) / 2)
    let rows = times.map { [1, ($0 - middle) / scale] }
    guard let fit = NegativeBinomialFit(counts, on: rows, exposure: exposure) else { return nil }
    rate = fit.coefficients[1] / scale
    let robust = isAutocorrelated ? LogLinearFit(counts, on: rows, exposure: exposure)?.neweyWestErrors()[1] : nil
    standardError = max(fit.standardErrors[1], robust ?? 0) / scale
    size = fit.size
    guard rate.isFinite, standardError.isFinite, standardError > 0 else { return nil }
  }

  /// The 95 % interval of the rate.
  public var interval: (lower: Double, upper: Double) {
    (rate - 1.959963984540054 * standardError, rate + 1.959963984540054 * standardError)
  }
  /// By what share of itself the rate grows in a unit of time, e^rate - 1, and its 95 % interval.
  public var growth: (value: Double, lower: Double, upper: Double) {
    (Double.expMinusOne(rate), Double.expMinusOne(interval.lower), Double.expMinusOne(interval.upper))
  }
  /// The p-value of no growth.
  public var pValue: Double { normalPValue(rate / standardError) }
}

/// The time in which something that grows at a rate doubles, ln 2 / rate; negative, the time in which it halves.
/// - Returns: nil where the rate is 0.
public func doublingTime(rate: Double) -> Double? { rate == 0 ? nil : 0.6931471805599453 / rate }
