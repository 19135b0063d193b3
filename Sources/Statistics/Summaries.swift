import Numerics

/// What is left of 1 after some time, of which half is left after the half-life.
public func decay(after time: Double, halfLife: Double) -> Double { Double.exp2(-time / halfLife) }

/// How many equally large parts would be as diverse as these: the exponential of Shannon's entropy (Hill 1973, Ecology
/// 54:427); 0 where there are none.
public func effectiveNumber(_ parts: [Double]) -> Double {
  let total = parts.reduce(0, +)
  guard total > 0 else { return 0 }
  return Double.exp(-parts.reduce(0) { $1 > 0 ? $0 + $1 / total * Double.log($1 / total) : $0 })
}

/// The geometric mean of numbers from 0; 0 where one is 0 or there are none.
public func geometricMean(_ values: [Double]) -> Double {
  guard !values.isEmpty, values.allSatisfy({ $0 > 0 }) else { return 0 }
  return Double.exp(values.reduce(0) { $0 + Double.log($1) } / Double(values.count))
}

/// The mean of weighted scores, drawn towards 0 as if 3 more of score 0 had been seen, and how sure it is.
///
/// With weights w, W their sum: sum(w x) / (W + 3); its standard error is sqrt(s^2 sum(w^2) + 3 * 25) / (W + 3), s^2 the
/// variance drawn towards 25 in the same way. So few scores make no strong mean, and no spread of zero.
public struct ShrunkenMean: Sendable, Hashable {
  private static let priorWeight = 3.0
  private static let priorVariance = 25.0
  /// The mean.
  public let value: Double
  /// Its standard error.
  public let error: Double
  /// The 95 % interval, by the normal distribution.
  public var interval: Interval { Interval(lower: value - 1.96 * error, upper: value + 1.96 * error) }

  /// Makes it of sums: of weights and their squares, of weights times scores, and of weights times squares of scores.
  public init(weight: Double, squares: Double, scores: Double, scoreSquares: Double) {
    let whole = weight + Self.priorWeight
    let mean = scores / whole
    let spread = scoreSquares - 2 * mean * scores + mean * mean * weight
    let prior = Self.priorWeight * Self.priorVariance
    let variance = (max(0, spread) + prior) / whole
    value = mean
    error = (variance * squares + prior).squareRoot() / whole
  }
  /// Makes it of scores and their weights.
  public init(_ scores: [(value: Double, weight: Double)]) {
    var (weight, squares, sum, sumSquares) = (0.0, 0.0, 0.0, 0.0)
    for score in scores {
      weight += score.weight
      squares += score.weight * score.weight
      sum += score.weight * score.value
      sumSquares += score.weight * score.value * score.value
    }
    self.init(weight: weight, squares: squares, scores: sum, scoreSquares: sumSquares)
  }
}
