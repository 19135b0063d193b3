import Numerics

/// The change of one rate over the change of another in the same two stretches of time: a difference in differences of
/// logarithms.
///
/// Half an event is added to each count. The interval is Wald's, the variance of each logarithm multiplied by the
/// dispersion of its counts. Exposures cancel, as both pairs of counts are of the same stretches.
public struct RelativeRateRatio: Sendable, Hashable {
  /// The first change over the second.
  public let ratio: Double
  /// The interval of the ratio.
  public let interval: Interval

  /// Compares two changes.
  /// - Parameters:
  ///   - later: how many events of the first kind there were in the later stretch.
  ///   - earlier: how many in the earlier one.
  ///   - dispersion: variance over mean of such counts, at least 1.
  ///   - otherLater: how many events of the second kind there were in the later stretch.
  ///   - otherEarlier: how many in the earlier one.
  ///   - otherDispersion: variance over mean of such counts, at least 1.
  ///   - confidence: the share of such intervals that hold the true ratio.
  /// - Returns: nil where a count is negative, a dispersion below 1 or not finite, or the confidence not between 0 and 1.
  public init?(
    later: Int, earlier: Int, dispersion: Double = 1, otherLater: Int, otherEarlier: Int, otherDispersion: Double = 1,
    confidence: Double = 0.95
  ) {
    let counts = [later, earlier, otherLater, otherEarlier]
    guard counts.allSatisfy({ $0 >= 0 }), dispersion >= 1, otherDispersion >= 1, dispersion.isFinite,
      otherDispersion.isFinite, confidence > 0, confidence < 1, let z = normalQuantile((1 + confidence) / 2)
    else { return nil }
    let (a, b, c, d) = (
      Double(later) + 0.5, Double(earlier) + 0.5, Double(otherLater) + 0.5, Double(otherEarlier) + 0.5
    )
    let log = Double.log(a / b) - Double.log(c / d)
    let error = (dispersion * (1 / a + 1 / b) + otherDispersion * (1 / c + 1 / d)).squareRoot()
    ratio = .exp(log)
    interval = Interval(lower: .exp(log - z * error), upper: .exp(log + z * error))
  }
}
