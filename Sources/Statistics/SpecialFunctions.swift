import Numerics

/// The regularized incomplete beta function I_x(a, b): the probability that a Beta(a, b) variable is at most x.
///
/// The continued fraction DLMF 8.17.22 by Lentz's method, on the side of the mean where it converges fast. The relative
/// error is below 1e-8 for a and b up to 1e6; the cost grows with the root of the larger of them.
/// - Returns: nil where x is outside 0 to 1, or a or b is not positive and finite.
public func regularizedBeta(_ x: Double, a: Double, b: Double) -> Double? {
  guard x >= 0, x <= 1, a > 0, b > 0, a.isFinite, b.isFinite else { return nil }
  if x == 0 || x == 1 { return x }
  if x > (a + 1) / (a + b + 2) {
    return betaFraction(1 - x, complement: x, a: b, b: a).map { 1 - $0 }
  }
  return betaFraction(x, complement: 1 - x, a: a, b: b)
}

/// The quantile of a Beta(a, b) variable: the x with I_x(a, b) = p.
///
/// Newton's steps on the logarithm of the function, kept inside a bracket that every step narrows. Where p is near 1,
/// 1 - x is more exact as the quantile of 1 - p with a and b exchanged.
/// - Returns: nil where p is outside 0 to 1, or a or b is not positive and finite.
public func betaQuantile(_ p: Double, a: Double, b: Double) -> Double? {
  guard p >= 0, p <= 1, a > 0, b > 0, a.isFinite, b.isFinite else { return nil }
  if p == 0 || p == 1 { return p }
  let logBeta = logBeta(a, b)
  return solve(p, start: a / (a + b), largest: 1) { x in
    guard let value = regularizedBeta(x, a: a, b: b) else { return nil }
    return (value, Double.exp((a - 1) * Double.log(x) + (b - 1) * Double.log(onePlus: -x) - logBeta))
  }
}

/// The regularized lower incomplete gamma function P(a, x): the probability that a Gamma(a, 1) variable is at most x.
///
/// The series DLMF 8.7.1 below a + 1, above it the complement of the continued fraction DLMF 8.9.2 by Lentz's method.
/// - Returns: nil where x is negative or not finite, or a is not positive and finite.
public func regularizedLowerGamma(_ a: Double, _ x: Double) -> Double? {
  guard x >= 0, a > 0, x.isFinite, a.isFinite else { return nil }
  if x == 0 { return 0 }
  return x < a + 1 ? gammaSeries(a, x) : gammaFraction(a, x).map { 1 - $0 }
}

/// The regularized upper incomplete gamma function Q(a, x) = 1 - P(a, x), exact also where it is small.
/// - Returns: nil where x is negative or not finite, or a is not positive and finite.
public func regularizedUpperGamma(_ a: Double, _ x: Double) -> Double? {
  guard x >= 0, a > 0, x.isFinite, a.isFinite else { return nil }
  if x == 0 { return 1 }
  return x < a + 1 ? gammaSeries(a, x).map { 1 - $0 } : gammaFraction(a, x)
}

/// The quantile of a Gamma(a, 1) variable: the x with P(a, x) = p; half the chi-squared quantile with 2a degrees.
/// - Returns: nil where p is negative, or not below 1, or a is not positive and finite.
public func gammaQuantile(_ p: Double, _ a: Double) -> Double? {
  guard p >= 0, p < 1, a > 0, a.isFinite else { return nil }
  if p == 0 { return 0 }
  let logGamma = Double.logGamma(a)
  return solve(p, start: a, largest: nil) { x in
    guard let value = regularizedLowerGamma(a, x) else { return nil }
    return (value, Double.exp((a - 1) * Double.log(x) - x - logGamma))
  }
}

/// The logarithm of the beta function.
func logBeta(_ a: Double, _ b: Double) -> Double {
  Double.logGamma(a) + Double.logGamma(b) - Double.logGamma(a + b)
}

/// How many terms or steps are taken before giving up; enough for parameters up to about 1e9.
private let mostSteps = 200_000
/// What stands for zero in a denominator of Lentz's method.
private let tiny = 1e-300

private func betaFraction(_ x: Double, complement: Double, a: Double, b: Double) -> Double? {
  let front = Double.exp(a * Double.log(x) + b * Double.log(complement) - logBeta(a, b)) / a
  guard front > 0 else { return 0 }
  var c = 1.0
  var d = 1 / nonzero(1 - (a + b) * x / (a + 1))
  var fraction = d
  for step in 1...mostSteps {
    let m = Double(step)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / nonzero(1 + even * d)
    c = nonzero(1 + even / c)
    fraction *= d * c
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonzero(1 + odd * d)
    c = nonzero(1 + odd / c)
    fraction *= d * c
    if abs(d * c - 1) < 1e-15 { return min(1, front * fraction) }
  }
  return nil
}

private func gammaSeries(_ a: Double, _ x: Double) -> Double? {
  var term = 1 / a
  var sum = term
  for step in 1...mostSteps {
    term *= x / (a + Double(step))
    sum += term
    if term < sum * 1e-16 { return min(1, sum * Double.exp(a * Double.log(x) - x - Double.logGamma(a))) }
  }
  return nil
}

private func gammaFraction(_ a: Double, _ x: Double) -> Double? {
  var b = x + 1 - a
  var c = 1 / tiny
  var d = 1 / nonzero(b)
  var fraction = d
  for step in 1...mostSteps {
    let factor = -Double(step) * (Double(step) - a)
    b += 2
    d = 1 / nonzero(factor * d + b)
    c = nonzero(b + factor / c)
    fraction *= d * c
    if abs(d * c - 1) < 1e-15 { return min(1, fraction * Double.exp(a * Double.log(x) - x - Double.logGamma(a))) }
  }
  return nil
}

private func nonzero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }

/// The x above 0 where an increasing function reaches a target: Newton's steps inside a bracket.
///
/// The steps are taken on ln f as a function of ln x, in which both functions above are nearly straight in their lower
/// tails; a step that leaves the bracket is replaced by halving it, by the geometric mean where it spans magnitudes.
private func solve(
  _ target: Double, start: Double, largest: Double?, _ function: (Double) -> (value: Double, slope: Double)?
) -> Double? {
  var lower = 0.0
  var upper = largest
  var x = start
  for _ in 0..<400 {
    guard let (value, slope) = function(x) else { return nil }
    if value == target { return x }
    if value < target { lower = x } else { upper = x }
    var next = Double.nan
    if value > 0, slope > 0 {
      next = x * Double.exp((Double.log(target) - Double.log(value)) * value / (slope * x))
    }
    if !(next > lower && next < upper ?? .greatestFiniteMagnitude) {
      if let upper {
        next =
          lower > 0 && upper > 4 * lower ? (lower * upper).squareRoot() : lower == 0 ? upper / 64 : (lower + upper) / 2
      } else {
        next = 2 * x
      }
    }
    if abs(next - x) <= 1e-13 * x { return next }
    x = next
  }
  return x
}
