import Numerics

/// Counts in consecutive periods, and how much of the world each period saw.
public struct CountSeries: Sendable, Hashable {
  /// The counts, none negative.
  public private(set) var counts: [Double]
  /// The exposure of each period: how many events would be reported of the same activity; more than 0, 1 for each where
  /// nothing is known.
  public private(set) var exposure: [Double]
  /// The numbers of periods whose sums show whether neighbours are alike.
  public let longRun: [Int]
  /// Makes a series.
  /// - Precondition: there is an exposure for each count.
  public init(_ counts: [Double], exposure: [Double]? = nil, longRun: [Int] = longRunWeeks) {
    precondition(exposure.map { $0.count == counts.count } ?? true, "counts and exposures differ in number")
    self.counts = counts
    self.exposure = exposure ?? [Double](repeating: 1, count: counts.count)
    self.longRun = longRun
  }
  /// The number of periods.
  public var count: Int { counts.count }
  /// The sums of counts and of exposures before each index, and of all at the end.
  var runningSums: [SIMD2<Double>] { Statistics.runningSums(zip(counts, exposure).map { SIMD2($0, $1) }) }

  /// By how much counts vary more than a Poisson process of changing level: the greatest of 1 and the ratios of successive
  /// differences, in squares, to what they would be, for single periods and for sums of as many as `longRun` says.
  ///
  /// Sums count where there are at least 8 of them. Successive differences (von Neumann 1941) do not see changes of
  /// level; sums see that neighbours are alike.
  public var dispersion: Double {
    var greatest = max(1, dispersion(ofSums: 1) ?? 1)
    for length in longRun where count / length >= 8 {
      greatest = max(greatest, dispersion(ofSums: length) ?? 1)
    }
    return greatest
  }

  /// The ratio for sums of so many periods; nil where nothing was counted or there are no two sums.
  func dispersion(ofSums length: Int) -> Double? {
    let total = counts.reduce(0, +)
    let all = exposure.reduce(0, +)
    guard total > 0, all > 0, count / length >= 2 else { return nil }
    let rate = total / all
    var (squares, expected, last) = (0.0, 0.0, (rate: 0.0, exposure: 1.0))
    for index in 0..<count / length {
      var (sum, seen) = (0.0, 0.0)
      for period in index * length..<(index + 1) * length {
        sum += counts[period]
        seen += exposure[period]
      }
      let own = (rate: sum / seen, exposure: seen)
      if index > 0 {
        squares += (own.rate - last.rate) * (own.rate - last.rate)
        expected += rate * (1 / own.exposure + 1 / last.exposure)
      }
      last = own
    }
    return squares / expected
  }

  /// The segments of constant rate: each change costs `penalty`, twice the logarithm of the number of periods where it is
  /// not given.
  /// - Parameter dispersion: by how much counts vary more than Poisson's; their own where it is not given.
  /// - Parameter minimum: the least number of periods of a segment.
  public func changes(dispersion: Double? = nil, penalty: Double? = nil, minimum: Int) -> Segmentation {
    let beta = penalty ?? 2 * Double.log(Double(max(count, 2)))
    return leastCost(RateCost(self, dispersion ?? self.dispersion), penalty: beta, minimum: max(1, minimum))
  }
}

/// Minus twice the log-likelihood of a constant rate, over the dispersion, without what is the same for all segments.
struct RateCost: SplitCost {
  let count: Int
  /// Of the counts and the exposures.
  private let sums: [SIMD2<Double>]
  private let scale: Double
  init(_ series: CountSeries, _ dispersion: Double) {
    count = series.count
    sums = series.runningSums
    scale = 2 / dispersion
  }
  var pruningConstant: Double { 0 }
  @inline(__always)
  func cost(_ start: Int, _ end: Int) -> Double { cost(sums[end] - sums[start]) }
  func cost(_ start: Int, _ end: Int, without inner: Range<Int>) -> Double {
    cost(sums[end] - sums[start] - (sums[inner.upperBound] - sums[inner.lowerBound]))
  }
  @inline(__always)
  private func cost(_ sum: SIMD2<Double>) -> Double {
    guard sum.x > 0 else { return 0 }
    return scale * (sum.x - sum.x * Double.log(sum.x / sum.y))
  }
}

extension CountSeries: PeriodSeries {
  var noise: Double { dispersion }
  var penalty: Double { 2 * Double.log(Double(max(count, 2))) }
  func cost(noise: Double) -> RateCost { RateCost(self, noise) }
  func part(_ range: Range<Int>) -> CountSeries {
    CountSeries(Array(counts[range]), exposure: Array(exposure[range]), longRun: longRun)
  }
  mutating func take(_ series: CountSeries, in order: [Int]) {
    for (place, period) in order.enumerated() {
      counts[place] = series.counts[period]
      exposure[place] = series.exposure[period]
    }
  }
  func level(_ ranges: [Range<Int>]) -> Double { Double.log(rate(ranges)) }
  /// With half an event more, so that a stretch without any has a rate.
  private func rate(_ ranges: [Range<Int>]) -> Double {
    let (sum, seen) = ranges.reduce((0.0, 0.0)) { total, range in
      (total.0 + counts[range].reduce(0, +), total.1 + exposure[range].reduce(0, +))
    }
    return (sum + 0.5) / seen
  }
  /// The dispersion of counts about what the levels expect.
  ///
  /// With e the count expected in a sum of periods, and w = 1 / (1 / e + 1 / e') for neighbouring sums: the sum of w^2 (x / e
  /// - x' / e')^2 over that of w, so that stretches in which hardly anything is expected hardly count. Where all expect the
  /// same it is that of `dispersion`.
  func noise(within groups: [[Range<Int>]], upTo longest: Int) -> Double {
    var expected = exposure
    for ranges in groups {
      let rate = rate(ranges)
      for range in ranges { for period in range { expected[period] *= rate } }
    }
    var greatest = 1.0
    for length in [1] + longRun where length <= longest && count / length >= (length > 1 ? 8 : 2) {
      var (squares, weights, last) = (0.0, 0.0, (ratio: 0.0, expected: 0.0))
      for index in 0..<count / length {
        let periods = index * length..<(index + 1) * length
        let (sum, all) = periods.reduce((0.0, 0.0)) { ($0.0 + counts[$1], $0.1 + expected[$1]) }
        let own = (ratio: sum / all, expected: all)
        if index > 0 {
          let weight = own.expected * last.expected / (own.expected + last.expected)
          squares += weight * weight * (own.ratio - last.ratio) * (own.ratio - last.ratio)
          weights += weight
        }
        last = own
      }
      if weights > 0 { greatest = max(greatest, squares / weights) }
    }
    return greatest
  }
  /// Tempered by the dispersion of the regimes, in which levels do not enter, over single periods and sums of 4: a date is
  /// decided by the periods around it.
  func changePosterior(in window: Range<Int>, among changes: [Int]) -> ChangePosterior? {
    let regimes = zip([0] + changes, changes + [count]).map { [$0..<$1] }
    let dispersion = noise(within: regimes, upTo: 4)
    return part(window).changePosterior(dispersion: dispersion)?.renamed { $0 + window.lowerBound }
  }
}
