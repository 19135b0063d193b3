import Numerics

/// The probability that a standard normal variable is at least as far from 0 as this, in either direction.
public func normalPValue(_ z: Double) -> Double { Double.erfc(abs(z) / 2.squareRoot()) }

/// The quantile of a standard normal variable: the z below which it lies with probability p.
///
/// Newton's steps on the logarithm of the tail, from the Gamma quantile of half the square or, far out, from Mill's ratio.
/// - Returns: nil where p is not between 0 and 1.
public func normalQuantile(_ p: Double) -> Double? {
  guard p > 0, p < 1 else { return nil }
  if p == 0.5 { return 0 }
  let tail = min(p, 1 - p)
  let half = tail < 1e-8 ? -Double.log(2 * tail) : gammaQuantile(1 - 2 * tail, 0.5)
  guard let half else { return nil }
  var z = (2 * half).squareRoot()
  for _ in 0..<40 {
    let above = Double.erfc(z / 2.squareRoot()) / 2
    let density = Double.exp(-z * z / 2) / (2 * Double.pi).squareRoot()
    guard above > 0, density > 0 else { break }
    let step = (Double.log(above) - Double.log(tail)) * above / density
    z += step
    if abs(step) <= 1e-15 * max(1, z) { break }
  }
  return p < 0.5 ? -z : z
}

/// The probability that a chi-squared variable is at least this.
/// - Returns: nil where the statistic is negative or not finite, or the degrees of freedom are not positive.
public func chiSquaredPValue(_ statistic: Double, degrees: Double) -> Double? {
  regularizedUpperGamma(degrees / 2, statistic / 2)
}

/// The probability that a variable of Student's t distribution is at least as far from 0 as this.
/// - Returns: nil where the degrees of freedom are not positive.
public func studentPValue(_ t: Double, degrees: Double) -> Double? {
  guard degrees > 0, t.isFinite else { return nil }
  return regularizedBeta(degrees / (degrees + t * t), a: degrees / 2, b: 0.5)
}

/// Wilson's score interval of a binomial share (Wilson 1927, JASA 22:209).
/// - Returns: nil where successes are not between 0 and the trials, trials are none, or the confidence is not between 0
///   and 1.
public func wilsonInterval(successes: Int, trials: Int, confidence: Double = 0.95) -> Interval? {
  guard trials > 0, successes >= 0, successes <= trials, confidence > 0, confidence < 1 else { return nil }
  guard let z = normalQuantile((1 + confidence) / 2) else { return nil }
  let (n, share) = (Double(trials), Double(successes) / Double(trials))
  let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
  let reach = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
  return Interval(
    lower: successes == 0 ? 0 : max(0, middle - reach), upper: successes == trials ? 1 : min(1, middle + reach))
}

/// The interval of the mean of a count that varies more than Poisson's: the exact one's quantiles for the count over its
/// dispersion, times the dispersion.
/// - Parameter dispersion: the variance of a count over its mean; at least 1, at which the interval is the exact one.
/// - Returns: nil where the count is negative, the dispersion below 1, or the confidence not between 0 and 1.
public func temperedInterval(count: Int, dispersion: Double, confidence: Double = 0.95) -> Interval? {
  guard count >= 0, dispersion >= 1, dispersion.isFinite, confidence > 0, confidence < 1 else { return nil }
  let tail = (1 - confidence) / 2
  let shape = Double(count) / dispersion
  guard let lower = count == 0 ? 0 : gammaQuantile(tail, shape), let upper = gammaQuantile(1 - tail, shape + 1)
  else { return nil }
  return Interval(lower: lower * dispersion, upper: upper * dispersion)
}
