import Numerics

/// A negative binomial regression: the logarithm of an expected count is a sum of explanatory values times coefficients,
/// and the variance of a count is its mean m plus m^2 / size.
///
/// Coefficients by iteratively reweighted least squares and the size by Newton's steps in turn, until neither moves
/// (Venables and Ripley 2002, Modern Applied Statistics with S, 7.4, whose `glm.nb` does so). Standard errors are those of
/// a known size.
public struct NegativeBinomialFit: Sendable {
  /// The coefficients, one for each column.
  public let coefficients: [Double]
  /// Their standard errors.
  public let standardErrors: [Double]
  /// The size; nil where counts vary no more than Poisson's, of which the fit then is.
  public let size: Double?
  /// The expected counts.
  public let means: [Double]

  /// Fits counts.
  /// - Parameter rows: the explanatory values of each count; a constant is a column of ones.
  /// - Parameter exposure: what each count was observed over; 1 for each where it is not given.
  /// - Returns: nil where there are not more rows than columns, the columns are not independent, or there is no finite
  ///   best fit.
  public init?(_ counts: [Double], on rows: [[Double]], exposure: [Double]? = nil) {
    guard let start = LogLinearFit(counts, on: rows, exposure: exposure) else { return nil }
    let offset = exposure?.map { Double.log($0) } ?? counts.map { _ in 0 }
    var fit = Step(coefficients: start.coefficients, means: start.means, inverse: [])
    var size = Double?.none
    for _ in 0..<50 {
      let last = (size: size, coefficients: fit.coefficients)
      size = Self.size(counts, fit.means)
      guard let next = Self.step(counts, rows, offset, size, fit) else { return nil }
      fit = next
      let moved = zip(fit.coefficients, last.coefficients).reduce(0.0) { max($0, abs($1.0 - $1.1)) }
      let grown = abs((size ?? 0) - (last.size ?? 0)) / max(1, size ?? 1)
      if moved < 1e-10, grown < 1e-9 { break }
    }
    coefficients = fit.coefficients
    means = fit.means
    self.size = size
    standardErrors = fit.inverse.indices.map { fit.inverse[$0][$0].squareRoot() }
  }

  private struct Step {
    var coefficients: [Double]
    var means: [Double]
    var inverse: [[Double]]
  }

  /// The coefficients where the size is known.
  private static func step(
    _ counts: [Double], _ rows: [[Double]], _ offset: [Double], _ size: Double?, _ start: Step
  ) -> Step? {
    var (means, coefficients) = (start.means, start.coefficients)
    let width = coefficients.count
    func weights() -> [Double] { means.map { mean in size.map { mean / (1 + mean / $0) } ?? mean } }
    for _ in 0..<60 {
      let weights = weights()
      var target = [Double](repeating: 0, count: width)
      for (index, row) in rows.enumerated() {
        let working = Double.log(means[index]) - offset[index] + (counts[index] - means[index]) / means[index]
        for column in 0..<width { target[column] += weights[index] * row[column] * working }
      }
      guard let factor = choleskyFactor(weightedSquares(rows, weights)) else { return nil }
      let next = solved(factor, target)
      let moved = zip(next, coefficients).reduce(0.0) { max($0, abs($1.0 - $1.1)) }
      coefficients = next
      let predictors = rows.indices.map { index in zip(rows[index], next).reduce(0.0) { $0 + $1.0 * $1.1 } }
      guard predictors.allSatisfy({ abs($0) < 30 }) else { return nil }
      means = predictors.indices.map { Double.exp(predictors[$0] + offset[$0]) }
      if moved < 1e-12 { break }
    }
    guard let factor = choleskyFactor(weightedSquares(rows, weights())) else { return nil }
    let inverse = (0..<width).map { column in solved(factor, (0..<width).map { $0 == column ? 1 : 0 }) }
    return Step(coefficients: coefficients, means: means, inverse: inverse)
  }

  /// The size of greatest likelihood where the means are known; nil where it would be without end.
  static func size(_ counts: [Double], _ means: [Double]) -> Double? {
    // Where the score is not positive for a very large size, counts vary no more than Poisson's.
    let excess = zip(counts, means).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) - $1.0 }
    guard excess > 0 else { return nil }
    /// The derivative of the log-likelihood by the size.
    func score(_ size: Double) -> Double {
      zip(counts, means).reduce(0.0) { sum, pair in
        let (count, mean) = pair
        return sum + digamma(count + size) - digamma(size) + Double.log(size / (size + mean)) + 1
          - (count + size) / (size + mean)
      }
    }
    var (low, high) = (1e-6, 1e-3)
    while score(high) > 0 {
      (low, high) = (high, high * 4)
      if high > 1e7 { return nil }
    }
    for _ in 0..<200 {
      let middle = (low * high).squareRoot()
      if score(middle) > 0 { low = middle } else { high = middle }
      if high - low <= 1e-13 * high { break }
    }
    return (low * high).squareRoot()
  }
}

/// The derivative of the logarithm of the gamma function, for positive numbers: recurrence up to 10, then the asymptotic
/// series (DLMF 5.5.2 and 5.11.2).
func digamma(_ x: Double) -> Double {
  var (x, sum) = (x, 0.0)
  while x < 10 {
    sum -= 1 / x
    x += 1
  }
  let inverse = 1 / (x * x)
  let series =
    inverse * (1.0 / 12 - inverse * (1.0 / 120 - inverse * (1.0 / 252 - inverse * (1.0 / 240 - inverse * (1.0 / 132)))))
  return sum + Double.log(x) - 1 / (2 * x) - series
}
