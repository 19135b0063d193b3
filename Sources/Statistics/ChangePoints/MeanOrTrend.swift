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
  guard let search = MeanOrTrendSearch(values) else { return [] }
  return leastCost(search.cost, penalty: search.penalty, minimum: search.minimum).changePoints.map { search.present[$0] }
}

/// Where changes of level or trend lie, each between its neighbours.
///
/// As the posterior of a mean, with the cost of `meanOrTrendChanges` for the residual sum of squares.
/// - Parameter changes: as `meanOrTrendChanges` returns them for these values.
public func meanOrTrendPosteriors(of changes: [Int], in values: [Double?]) -> [ChangePosterior] {
  guard let search = MeanOrTrendSearch(values) else { return [] }
  let places = changes.compactMap { change in search.present.firstIndex(of: change) }
  return places.indices.compactMap { place in
    let start = place > 0 ? places[place - 1] : 0
    let end = place + 1 < places.count ? places[place + 1] : search.present.count
    let part = PartCost(whole: search.cost, range: start..<end)
    let posterior = changePosterior(part, minimum: search.minimum) { split in
      search.residuals(start..<start + split) + search.residuals(start + split..<end)
    }
    return posterior?.renamed { search.present[start + $0] }
  }
}

/// What `meanOrTrendChanges` searches: the standardised values that are present, and the costs.
private struct MeanOrTrendSearch {
  /// The index of each value that is present, among all.
  let present: [Int]
  let series: [Double]
  let cost: MeanOrTrendCost
  let penalty: Double
  let minimum: Int

  init?(_ values: [Double?]) {
    present = values.indices.filter { values[$0]?.isFinite ?? false }
    series = standardized(present.compactMap { values[$0] })
    guard series.count >= 4 else { return nil }
    let noise = max(varianceAboutLine(series), 1e-3)
    let logarithm = Double.log(Double(series.count))
    cost = MeanOrTrendCost(series, surcharge: 2 * noise * logarithm)
    penalty = 3 * noise * logarithm
    minimum = min(3, max(2, series.count / 3))
  }
  /// The residuals about the mean of a segment, or about its line where the cost prefers it.
  func residuals(_ range: Range<Int>) -> [Double] {
    let length = Double(range.count)
    let mean = range.reduce(0) { $0 + series[$1] } / length
    let middle = Double(range.lowerBound + range.upperBound - 1) / 2
    let aboutMean = range.map { series[$0] - mean }
    let spread = length * (length * length - 1) / 12
    guard spread > 1e-9 else { return aboutMean }
    let slope = range.reduce(0) { $0 + (Double($1) - middle) * series[$1] } / spread
    guard slope * slope * spread > cost.surcharge else { return aboutMean }
    return range.map { series[$0] - mean - slope * (Double($0) - middle) }
  }
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
  /// Of the values and their squares.
  private let sums: [SIMD2<Double>]
  init(_ values: [Double]) {
    count = values.count
    let middle = values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    sums = runningSums(values.map { SIMD2($0 - middle, ($0 - middle) * ($0 - middle)) })
  }
  var pruningConstant: Double { 0 }
  @inline(__always)
  func cost(_ start: Int, _ end: Int) -> Double {
    let sum = sums[end] - sums[start]
    return max(0, sum.y - sum.x * sum.x / Double(end - start))
  }
}

/// The lesser of the residual sums of squares about a segment's mean, and about its line with a surcharge.
struct MeanOrTrendCost: SegmentCost {
  let count: Int
  let surcharge: Double
  /// Of the values, their squares, and each value times its index.
  private let sums: [SIMD4<Double>]
  init(_ values: [Double], surcharge: Double) {
    count = values.count
    self.surcharge = surcharge
    sums = runningSums(
      values.enumerated().map { SIMD4($0.element, $0.element * $0.element, Double($0.offset) * $0.element, 0) })
  }
  var pruningConstant: Double { -surcharge }
  @inline(__always)
  func cost(_ start: Int, _ end: Int) -> Double {
    let length = Double(end - start)
    let sum = sums[end] - sums[start]
    let aboutMean = max(0, sum.y - sum.x * sum.x / length)
    guard aboutMean > surcharge, end - start > 1 else { return aboutMean }
    // Indices follow each other, so their mean and their sum of squares about it are known.
    let slope = sum.z - sum.x * (Double(start + end - 1) / 2)
    let spread = length * (length * length - 1) / 12
    return min(aboutMean, max(0, aboutMean - slope * slope / spread) + surcharge)
  }
}

/// Running sums: the sum of the values before each index, and of all at the end.
func runningSums<Values: SIMD>(_ values: [Values]) -> [Values] where Values.Scalar == Double {
  var sum = Values.zero
  var sums = [sum]
  sums.reserveCapacity(values.count + 1)
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
