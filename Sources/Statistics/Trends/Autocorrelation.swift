import Numerics

/// The autocorrelations of a series for distances from 0, their sums of products over the sum of squares of all values.
/// - Returns: 1 and then as many as asked, fewer where the series is shorter; none where all values are equal.
public func autocorrelations(_ values: [Double], upTo lags: Int) -> [Double] {
  guard !values.isEmpty, lags >= 0 else { return [] }
  let mean = values.reduce(0, +) / Double(values.count)
  let centred = values.map { $0 - mean }
  let squares = centred.reduce(0) { $0 + $1 * $1 }
  guard squares > 1e-20 * mean * mean * Double(values.count), squares > 0 else { return [] }
  return (0...min(lags, values.count - 1)).map { lag in
    var sum = 0.0
    for index in lag..<centred.count { sum += centred[index] * centred[index - lag] }
    return sum / squares
  }
}

/// Whether neighbours in a series are alike: a test of several autocorrelations at once (Ljung and Box 1978, Biometrika
/// 65:297).
public struct LjungBox: Sendable, Hashable {
  /// The statistic, n (n + 2) times the sum of the squared autocorrelations, each over n less its distance.
  public let statistic: Double
  /// How many autocorrelations.
  public let lags: Int
  /// The p-value of independent values.
  public let pValue: Double

  /// Tests a series.
  /// - Parameter lags: how many autocorrelations; the least whole number from ln n on where it is not given.
  /// - Returns: nil where there are not more values than lags, or all values are equal.
  public init?(_ values: [Double], lags: Int? = nil) {
    let lags = lags ?? max(1, Int(Double.log(Double(max(1, values.count))).rounded(.up)))
    guard lags > 0, values.count > lags + 1 else { return nil }
    let found = autocorrelations(values, upTo: lags)
    guard found.count == lags + 1 else { return nil }
    let n = Double(values.count)
    let sum = found.enumerated().dropFirst().reduce(0.0) { $0 + $1.element * $1.element / (n - Double($1.offset)) }
    statistic = n * (n + 2) * sum
    self.lags = lags
    guard let pValue = chiSquaredPValue(statistic, degrees: Double(lags)) else { return nil }
    self.pValue = pValue
  }
}
