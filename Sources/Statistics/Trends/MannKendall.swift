import Numerics

/// Whether a series rises or falls, by the signs of all differences of later and earlier values (Mann 1945, Econometrica
/// 13:245; Kendall 1975, Rank Correlation Methods).
public struct MannKendall: Sendable, Hashable {
  /// How many of all such differences are positive, less how many are negative.
  public let s: Int
  /// The variance of S where the values have no order, corrected for ties, and for autocorrelation where that was asked.
  public let variance: Double
  /// S over all differences: from -1 for every value below the one before, to 1.
  public let tau: Double
  /// S in standard errors, one step nearer to 0.
  public var z: Double { s == 0 ? 0 : (Double(s) - (s > 0 ? 1 : -1)) / variance.squareRoot() }
  /// The two-sided p-value of no trend.
  public var pValue: Double { normalPValue(z) }

  /// Tests a series of independent values.
  ///
  /// Complexity: n log n.
  /// - Returns: nil where there are fewer than three values or all are equal.
  public init?(_ values: [Double]) { self.init(values, inflation: 1) }

  /// Tests a series whose neighbours are alike: the variance by Hamed and Rao 1998, Journal of Hydrology 204:182.
  ///
  /// Of the ranks of the values without their Theil-Sen slope, the autocorrelations that are significant at 5 % count.
  /// - Parameter slope: the slope by Theil and Sen, in units of the values for each place.
  /// - Parameter lags: how far apart values may be alike; any distance where it is not given.
  /// - Returns: nil as above, and where the corrected variance is not positive.
  public init?(_ values: [Double], withoutSlope slope: Double, lags: Int? = nil) {
    let count = values.count
    guard count > 3 else { return nil }
    let residuals = values.enumerated().map { $1 - Double($0 + 1) * slope }
    let ranks = averageRanks(residuals)
    let correlations = autocorrelations(ranks, upTo: min(lags ?? count - 1, count - 1))
    let limit = 1.959963984540054 / Double(count).squareRoot()
    let n = Double(count)
    var sum = 0.0
    for (lag, correlation) in correlations.enumerated().dropFirst() where abs(correlation) > limit {
      let left = n - Double(lag)
      sum += left * (left - 1) * (left - 2) * correlation
    }
    self.init(values, inflation: 1 + 2 / (n * (n - 1) * (n - 2)) * sum)
  }

  private init?(_ values: [Double], inflation: Double) {
    guard values.count > 2, inflation > 0 else { return nil }
    let ranks = denseRanks(values)
    let distinct = (ranks.max() ?? 0) + 1
    guard distinct > 1 else { return nil }
    var seen = CountTree(size: distinct)
    var (s, ties) = (0, [Int](repeating: 0, count: distinct))
    for (place, rank) in ranks.enumerated() {
      let below = seen.sum(below: rank)
      s += below - (place - below - ties[rank])
      seen.add(at: rank)
      ties[rank] += 1
    }
    let n = Double(values.count)
    func spread(_ n: Double) -> Double { n * (n - 1) * (2 * n + 5) }
    self.s = s
    variance = (spread(n) - ties.reduce(0.0) { $0 + spread(Double($1)) }) / 18 * inflation
    tau = Double(s) / (n * (n - 1) / 2)
  }
}

/// The slope that the median of all lines through two points has (Theil 1950; Sen 1968, JASA 63:1379).
public struct TheilSen: Sendable, Hashable {
  /// The median slope.
  public let slope: Double
  /// The value of the line at time 0: the median value less the slope times the median time.
  public let intercept: Double
  /// The interval of the slope, from the ranks of all slopes that Kendall's variance gives, ties of values among it.
  public let lower: Double
  /// The upper end of the interval.
  public let upper: Double

  /// How many values it is made for at most: all their slopes are kept at once.
  public static let mostValues = 6_000

  /// Fits values at times.
  ///
  /// Complexity: time and memory grow with the square of the number of values.
  /// - Returns: nil where there are fewer than two times, or more values than `mostValues`, or the numbers differ.
  public init?(_ values: [Double], times: [Double], confidence: Double = 0.95) {
    guard values.count == times.count, values.count > 1, values.count <= Self.mostValues else { return nil }
    guard let z = normalQuantile((1 + confidence) / 2) else { return nil }
    var slopes: [Double] = []
    slopes.reserveCapacity(values.count * (values.count - 1) / 2)
    for later in values.indices {
      let (value, time) = (values[later], times[later])
      for earlier in 0..<later where time != times[earlier] {
        slopes.append((value - values[earlier]) / (time - times[earlier]))
      }
    }
    guard !slopes.isEmpty else { return nil }
    let count = slopes.count
    let n = Double(values.count)
    func ties(_ numbers: [Double]) -> Double {
      var sizes: [Int: Double] = [:]
      for rank in denseRanks(numbers) { sizes[rank, default: 0] += 1 }
      return sizes.values.reduce(0) { $0 + $1 * ($1 - 1) * (2 * $1 + 5) }
    }
    let variance = (n * (n - 1) * (2 * n + 5) - ties(times) - ties(values)) / 18
    let reach = z * max(0, variance).squareRoot()
    let upperRank = min(Int(((Double(count) + reach) / 2).rounded(.toNearestOrEven)), count - 1)
    let lowerRank = max(Int(((Double(count) - reach) / 2).rounded(.toNearestOrEven)) - 1, 0)
    let middle = count / 2
    let high = selected(&slopes, middle)
    let median = count % 2 == 1 ? high : (high + (slopes[..<middle].max() ?? high)) / 2
    slope = median
    intercept = Statistics.median(values) - median * Statistics.median(times)
    upper = selected(&slopes, upperRank)
    lower = selected(&slopes, lowerRank)
  }
}

/// The median of some values: the middle one, or the mean of the two in the middle; 0 of none.
public func median(_ values: [Double]) -> Double {
  guard !values.isEmpty else { return 0 }
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/// The value that has so many before it in order; the values are partly sorted about it (Hoare 1961).
private func selected(_ values: inout [Double], _ rank: Int) -> Double {
  var (low, high) = (0, values.count - 1)
  while low < high {
    let (first, middle, last) = (values[low], values[(low + high) / 2], values[high])
    let pivot = max(min(first, middle), min(max(first, middle), last))
    var (left, right) = (low, high)
    while left <= right {
      while values[left] < pivot { left += 1 }
      while values[right] > pivot { right -= 1 }
      if left <= right {
        values.swapAt(left, right)
        left += 1
        right -= 1
      }
    }
    if rank <= right { high = right } else if rank >= left { low = left } else { return values[rank] }
  }
  return values[rank]
}

/// Sums of counts below a place, in logarithmic time (Fenwick 1994).
private struct CountTree {
  private var sums: [Int]
  init(size: Int) { sums = [Int](repeating: 0, count: size + 1) }
  mutating func add(at place: Int) {
    var index = place + 1
    while index < sums.count {
      sums[index] += 1
      index += index & -index
    }
  }
  func sum(below place: Int) -> Int {
    var (index, sum) = (place, 0)
    while index > 0 {
      sum += sums[index]
      index -= index & -index
    }
    return sum
  }
}
