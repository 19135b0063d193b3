import Numerics

/// How unevenly events follow each other, from the gaps between them.
public struct Burstiness: Sendable, Hashable {
  /// The mean of the gaps.
  public let mean: Double
  /// Their standard deviation, over all gaps.
  public let deviation: Double
  /// (s - m) / (s + m): -1 where gaps are all equal, 0 where they are as a Poisson process has them, near 1 where bursts
  /// stand between long silences (Goh and Barabási 2008, EPL 81:48002).
  public let coefficient: Double
  /// The same, corrected for the number of gaps, whose few cannot vary as many do (Kim and Jo 2016, PRE 94:032311,
  /// equation 22).
  public let finite: Double
  /// The correlation of each gap with the next: above 0 where short gaps follow short ones (Goh and Barabási 2008); nil
  /// where gaps do not vary.
  public let memory: Double?

  /// Measures gaps, in the order of time.
  /// - Returns: nil where there are fewer than three gaps or all are zero.
  public init?(gaps: [Double]) {
    let count = Double(gaps.count)
    let mean = gaps.reduce(0, +) / count
    guard gaps.count > 2, mean > 0 else { return nil }
    let deviation = (gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    (self.mean, self.deviation) = (mean, deviation)
    coefficient = (deviation - mean) / (deviation + mean)
    let (more, less, ratio) = ((count + 1).squareRoot(), (count - 1).squareRoot(), deviation / mean)
    finite = (more * ratio - less) / ((more - 2) * ratio + less)
    memory = Self.correlation(gaps.dropLast(), gaps.dropFirst())
  }

  private static func correlation(_ left: ArraySlice<Double>, _ right: ArraySlice<Double>) -> Double? {
    let (a, b) = (left.reduce(0, +) / Double(left.count), right.reduce(0, +) / Double(right.count))
    var (both, one, other) = (0.0, 0.0, 0.0)
    for (x, y) in zip(left, right) {
      both += (x - a) * (y - b)
      one += (x - a) * (x - a)
      other += (y - b) * (y - b)
    }
    return one > 0 && other > 0 ? both / (one * other).squareRoot() : nil
  }
}

/// The chance that a Poisson process leaves at least so many days from an event to the next, both known to the day.
///
/// An event at the share u of its day is followed at day k or later with probability exp(-r(k - u)); the mean over u is
/// exp(-rk)(exp(r) - 1)/r.
/// - Parameter rate: events a day, more than 0.
public func poissonGapShare(atLeast days: Int, rate: Double) -> Double {
  days <= 0 ? 1 : Double.exp(-rate * Double(days)) * Double.expMinusOne(rate) / rate
}

/// The probability that the greatest distance between an observed and the true distribution function is at least this
/// (Kolmogorov 1933), with Stephens' correction for few values (1970, JRSS B 32:115).
public func kolmogorovPValue(distance: Double, count: Int) -> Double {
  let root = Double(count).squareRoot()
  let x = distance * (root + 0.12 + 0.11 / root)
  guard x > 0.2 else { return 1 }
  var sum = 0.0
  for k in 1...100 {
    let term = Double.exp(-2 * Double(k * k) * x * x)
    sum += k % 2 == 1 ? term : -term
    if term < 1e-18 { break }
  }
  return min(1, max(0, 2 * sum))
}
