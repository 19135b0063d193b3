import Numerics

/// What the counts of past periods let expect of one more, if nothing changes: a negative binomial distribution.
///
/// The rate is the mean of the past, in which counts far above it weigh less, so that one outbreak does not hide the next:
/// a count of Anscombe residual s above 2.58 weighs 1/s^2 of another (Farrington et al. 1996, JRSS A 159:547, as improved by
/// Noufaily et al. 2013, Statistics in Medicine 32:1206), ten times over. No trend and no season are fitted. The variance is
/// that of one count, of quasi-Poisson dispersion, and of the rate.
public struct CountForecast: Sendable, Hashable {
  /// The mean.
  public let expected: Double
  /// The variance.
  public let variance: Double
  /// By how much past counts vary more than Poisson's; at least 1.
  public let dispersion: Double

  /// Learns from counts.
  /// - Parameter exposure: of each count, such as days; more than 0.
  /// - Parameter ahead: the exposure of the period expected.
  /// - Returns: nil where there are fewer than two counts.
  public init?(_ counts: [Double], exposure: [Double], ahead: Double) {
    guard counts.count > 1, counts.count == exposure.count, exposure.allSatisfy({ $0 > 0 }), ahead > 0 else {
      return nil
    }
    let total = Double(counts.count)
    guard counts.contains(where: { $0 > 0 }) else {
      // Jeffreys' posterior of a rate of which nothing was seen: Gamma with shape 1/2.
      let days = exposure.reduce(0, +)
      expected = 0.5 * ahead / days
      variance = expected + 0.5 * (ahead / days) * (ahead / days)
      dispersion = 1
      return
    }
    var weights = [Double](repeating: 1, count: counts.count)
    var (rate, spread) = (0.0, 1.0)
    let (twoThirds, sixth) = (2.0 / 3, 1.0 / 6)
    for round in 0...10 {
      let seen = zip(weights, exposure).reduce(0) { $0 + $1.0 * $1.1 }
      rate = zip(weights, counts).reduce(0) { $0 + $1.0 * $1.1 } / seen
      let means = exposure.map { $0 * rate }
      var squares = 0.0
      for index in counts.indices {
        squares += weights[index] * (counts[index] - means[index]) * (counts[index] - means[index]) / means[index]
      }
      spread = max(1, squares / (weights.reduce(0, +) - 1))
      guard round < 10 else { break }
      let scale = weights.indices.reduce(0) { $0 + weights[$1] * means[$1] }
      weights = counts.indices.map { index in
        let mean = means[index]
        let hat = weights[index] * mean / scale
        let residual =
          1.5 * (Double.pow(counts[index], twoThirds) - Double.pow(mean, twoThirds))
          / (Double.pow(mean, sixth) * (spread * (1 - hat)).squareRoot())
        return residual > 2.58 ? 1 / (residual * residual) : 1
      }
      let sum = weights.reduce(0, +)
      weights = weights.map { $0 * total / sum }
    }
    let seen = zip(weights, exposure).reduce(0) { $0 + $1.0 * $1.1 }
    expected = rate * ahead
    variance = spread * expected + ahead * ahead * spread * rate / seen
    dispersion = spread
  }

  /// The probability of a count of at most so many.
  public func share(atMost count: Int) -> Double {
    guard count >= 0 else { return 0 }
    let size = expected * expected / (variance - expected)
    return regularizedBeta(size / (size + expected), a: size, b: Double(count) + 1) ?? 0
  }
  /// The probability of a count of at least so many.
  public func share(atLeast count: Int) -> Double {
    guard count > 0 else { return 1 }
    let size = expected * expected / (variance - expected)
    return regularizedBeta(expected / (size + expected), a: Double(count), b: size) ?? 0
  }
  /// The least count of which at least a share of such periods have at most so many.
  public func quantile(_ share: Double) -> Int {
    var (low, high) = (-1, max(1, Int(expected)))
    while self.share(atMost: high) < share, high < 1 << 40 { (low, high) = (high, 2 * high) }
    while high - low > 1 {
      let middle = (low + high) / 2
      if self.share(atMost: middle) >= share { high = middle } else { low = middle }
    }
    return high
  }
}
