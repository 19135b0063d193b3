import Numerics

/// The change points of any series of numbers: where its level, or its trend, becomes another.
///
/// The cost of a segment is its residual sum of squares about its mean, or about its line and a surcharge of 2 ln n error
/// variances, whichever is less; each change costs 3 ln n. The error variance is that of the whole standardised series
/// about one line, so that a change must explain much of what one line leaves: few changes, salient ones. Defaults
/// measured on the Turing Change Point Dataset (van den Burg and Williams 2020, arXiv 2003.06222).
/// - Parameter values: the series, in order; a value that is missing or not finite is passed over.
/// - Returns: the first index of each new regime, among all values given.
public func meanOrTrendChanges(_ values: [Double?]) -> [Int] {
  let present = values.indices.filter { values[$0]?.isFinite ?? false }
  let series = standardized(present.compactMap { values[$0] })
  guard series.count >= 4 else { return [] }
  let noise = max(varianceAboutLine(series), 1e-3)
  let logarithm = Double.log(Double(series.count))
  let cost = MeanOrTrendCost(series, surcharge: 2 * noise * logarithm)
  let minimum = min(3, max(2, series.count / 3))
  return leastCost(cost, penalty: 3 * noise * logarithm, minimum: minimum).changePoints.map { present[$0] }
}

/// The change points of the mean of a series of numbers with errors of a known variance.
/// - Parameter values: the series, in order.
/// - Parameter variance: the variance of the errors; more than 0.
/// - Parameter penalty: the cost of each change in variances; 2 ln n where it is not given.
/// - Parameter minimum: the least length of a segment.
public func meanChanges(
  _ values: [Double], variance: Double = 1, penalty: Double? = nil, minimum: Int = 1
) -> Segmentation {
  let beta = (penalty ?? 2 * Double.log(Double(max(values.count, 2)))) * variance
  return leastCost(MeanCost(values), penalty: beta, minimum: max(1, minimum))
}

/// The residual sum of squares about a segment's mean.
struct MeanCost: SegmentCost {
  let count: Int
  private let sums: [Double]
  private let squares: [Double]
  init(_ values: [Double]) {
    count = values.count
    let middle = values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    let centred = values.map { $0 - middle }
    (sums, squares) = (runningSums(centred), runningSums(centred.map { $0 * $0 }))
  }
  var pruningConstant: Double { 0 }
  @inline(__always)
  func cost(_ start: Int, _ end: Int) -> Double {
    let sum = sums[end] - sums[start]
    return max(0, squares[end] - squares[start] - sum * sum / Double(end - start))
  }
}

/// The lesser of the residual sums of squares about a segment's mean, and about its line with a surcharge.
struct MeanOrTrendCost: SegmentCost {
  let count: Int
  private let surcharge: Double
  private let sums: [Double]
  private let squares: [Double]
  /// Running sums of each value times its index.
  private let moments: [Double]
  init(_ values: [Double], surcharge: Double) {
    count = values.count
    self.surcharge = surcharge
    (sums, squares) = (runningSums(values), runningSums(values.map { $0 * $0 }))
    moments = runningSums(values.enumerated().map { Double($0.offset) * $0.element })
  }
  var pruningConstant: Double { -surcharge }
  @inline(__always)
  func cost(_ start: Int, _ end: Int) -> Double {
    let length = Double(end - start)
    let sum = sums[end] - sums[start]
    let aboutMean = max(0, squares[end] - squares[start] - sum * sum / length)
    // Indices follow each other, so their mean and their sum of squares about it are known.
    let spread = length * (length * length - 1) / 12
    guard spread > 1e-9 else { return aboutMean }
    let slope = moments[end] - moments[start] - sum * (Double(start + end - 1) / 2)
    return min(aboutMean, max(0, aboutMean - slope * slope / spread) + surcharge)
  }
}

/// Running sums: the sum of the values before each index, and of all at the end.
func runningSums(_ values: [Double]) -> [Double] {
  var sums = [0.0]
  sums.reserveCapacity(values.count + 1)
  var sum = 0.0
  for value in values {
    sum += value
    sums.append(sum)
  }
  return sums
}

/// The values less their mean, in units of their standard deviation (with n - 1); zeros where all are equal.
func standardized(_ values: [Double]) -> [Double] {
  guard values.count > 1 else { return values.map { _ in 0 } }
  let mean = values.reduce(0, +) / Double(values.count)
  let sum = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  let deviation = (sum / Double(values.count - 1)).squareRoot()
  return values.map { deviation > 0 ? ($0 - mean) / deviation : 0 }
}

/// The variance of a series about its line of least squares (with n - 2).
func varianceAboutLine(_ values: [Double]) -> Double {
  let count = Double(values.count)
  guard values.count > 2 else { return 0 }
  let cost = MeanOrTrendCost(values, surcharge: 0)
  return cost.cost(0, values.count) / (count - 2)
}
