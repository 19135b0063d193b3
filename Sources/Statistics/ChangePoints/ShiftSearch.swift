import Numerics

/// A series of periods in which changes are searched for and tested by permuting the periods.
protocol PeriodSeries: Sendable {
  associatedtype Cost: SegmentCost
  /// The number of periods.
  var count: Int { get }
  /// What is unknown of the errors, estimated so that changes of level do not enter: a dispersion, or a variance.
  var noise: Double { get }
  /// The penalty of each change, in the units of the cost.
  var penalty: Double { get }
  /// The cost of segments, given the noise.
  func cost(noise: Double) -> Cost
  /// The periods in another order, or some of them.
  func ordered(by periods: [Int]) -> Self
}

extension PeriodSeries {
  /// The best segmentation, and a test of whether there is any change at all.
  ///
  /// The statistic is the gain of the best penalised segmentation; the periods are permuted whole, with their exposures or
  /// weights, and the noise is estimated anew in every permutation.
  func existence(minimum: Int, needed: Int, seed: UInt64) -> (found: Segmentation, test: PermutationTest) {
    let found = leastCost(cost(noise: noise), penalty: penalty, minimum: minimum)
    guard !found.changePoints.isEmpty else {
      return (found, PermutationTest(p: 1, draws: 0, isExtrapolated: false))
    }
    var generator = PermutationGenerator(seed: seed)
    var order = Array(0..<count)
    let penalty = penalty
    let test = PermutationTest.run(observed: found.gain, needed: needed) {
      shuffle(&order, 0..<order.count, &generator)
      let permuted = ordered(by: order)
      return leastCost(permuted.cost(noise: permuted.noise), penalty: penalty, minimum: minimum).gain
    }
    return (found, test)
  }

  /// Whether a segmentation is complete: the test of one more change in any of its segments.
  ///
  /// Periods are permuted within the segments; the statistic is the greatest gain that a segment of its own would have
  /// from changes.
  func isComplete(_ changes: [Int], minimum: Int, needed: Int, seed: UInt64) -> PermutationTest {
    let noise = noise
    let bounds = [0] + changes + [count]
    let segments = zip(bounds, bounds.dropFirst()).map { $0..<$1 }.filter { $0.count >= 2 * minimum }
    var generator = PermutationGenerator(seed: seed)
    var order = Array(0..<count)
    let penalty = penalty
    func gain() -> Double {
      segments.reduce(0) { greatest, segment in
        let part = ordered(by: Array(order[segment]))
        return max(greatest, leastCost(part.cost(noise: noise), penalty: penalty, minimum: minimum).gain)
      }
    }
    let observed = gain()
    guard observed > 1e-9 else { return PermutationTest(p: 1, draws: 0, isExtrapolated: false) }
    return PermutationTest.run(observed: observed, needed: needed) {
      for segment in segments { shuffle(&order, segment, &generator) }
      return gain()
    }
  }

  /// How many changes there are and where, by forward selection: one more while a segmentation is not complete.
  /// - Parameter level: a segmentation with p above this is complete.
  /// - Parameter most: the greatest number of changes.
  func changes(
    minimum: Int, level: Double, needed: Int, seed: UInt64, most: Int = 8
  ) -> [Int] {
    let best = bestSegmentations(of: cost(noise: noise), most: most, minimum: minimum)
    var number = min(1, best.count - 1)
    while number + 1 < best.count {
      let test = isComplete(best[number], minimum: minimum, needed: needed, seed: seed &+ UInt64(number))
      guard test.p <= level else { break }
      number += 1
    }
    return best[number]
  }
}

/// Puts the elements of a range in random order (Fisher and Yates).
func shuffle(_ order: inout [Int], _ range: Range<Int>, _ generator: inout PermutationGenerator) {
  for index in range.dropFirst().reversed() {
    order.swapAt(index, range.lowerBound + generator.below(index - range.lowerBound + 1))
  }
}

/// The segmentations of least cost with 0, 1, 2 and more changes, as far as segments of least length fit.
///
/// Complexity: the number of changes times the square of the length.
func bestSegmentations(of series: some SegmentCost, most: Int, minimum: Int) -> [[Int]] {
  let count = series.count
  guard count >= minimum, count > 0 else { return [[]] }
  let changes = min(most, count / minimum - 1)
  var best = (0...count).map { $0 >= minimum ? series.cost(0, $0) : .infinity }
  var previous: [[Int]] = []
  var found: [[Int]] = [[]]
  for number in 1...max(1, changes) where number <= changes {
    var (next, from) = ([Double](repeating: .infinity, count: count + 1), [Int](repeating: 0, count: count + 1))
    for end in (number + 1) * minimum...count {
      for start in number * minimum...(end - minimum) {
        let value = best[start] + series.cost(start, end)
        if value < next[end] { (next[end], from[end]) = (value, start) }
      }
    }
    best = next
    previous.append(from)
    var (path, end) = ([Int](), count)
    for from in previous.reversed() {
      end = from[end]
      path.append(end)
    }
    found.append(path.reversed())
  }
  return found
}

extension CountSeries: PeriodSeries {
  var noise: Double { dispersion }
  var penalty: Double { 2 * Double.log(Double(max(count, 2))) }
  func cost(noise: Double) -> RateCost { RateCost(self, noise) }
  func ordered(by periods: [Int]) -> CountSeries {
    CountSeries(periods.map { counts[$0] }, exposure: periods.map { exposure[$0] })
  }
}

/// Means of a quantity in those periods in which it was observed, with the number of observations behind each.
public struct MeanSeries: Sendable, Hashable {
  /// The means.
  public let means: [Double]
  /// The number of observations, or the sum of their weights, behind each mean; more than 0.
  public let weights: [Double]
  /// Makes a series.
  /// - Precondition: there is a weight for each mean.
  public init(_ means: [Double], weights: [Double]) {
    precondition(means.count == weights.count, "means and weights differ in number")
    self.means = means
    self.weights = weights
  }
  /// The number of periods with observations.
  public var count: Int { means.count }
  /// The variance of one observation, from the differences of neighbouring means; 0 where there are none.
  public var variance: Double {
    guard count > 1 else { return 0 }
    let sum = (1..<count).reduce(0.0) { sum, index in
      let difference = means[index] - means[index - 1]
      return sum + difference * difference / (1 / weights[index] + 1 / weights[index - 1])
    }
    return sum / Double(count - 1)
  }
}

extension MeanSeries: PeriodSeries {
  var noise: Double { variance }
  var penalty: Double { 3 * Double.log(Double(max(count, 2))) }
  func cost(noise: Double) -> WeightedMeanCost { WeightedMeanCost(self, noise) }
  func ordered(by periods: [Int]) -> MeanSeries {
    MeanSeries(periods.map { means[$0] }, weights: periods.map { weights[$0] })
  }
}

/// The weighted residual sum of squares about a segment's mean, over the variance of one observation.
struct WeightedMeanCost: SegmentCost {
  let count: Int
  private let weights: [Double]
  private let sums: [Double]
  private let squares: [Double]
  private let scale: Double
  init(_ series: MeanSeries, _ variance: Double) {
    count = series.count
    weights = runningSums(series.weights)
    let pairs = zip(series.means, series.weights)
    (sums, squares) = (runningSums(pairs.map { $0 * $1 }), runningSums(pairs.map { $0 * $0 * $1 }))
    // A series without any variance between neighbours has no change that could be told from one of level.
    scale = variance > 1e-12 ? 1 / variance : 0
  }
  var pruningConstant: Double { 0 }
  @inline(__always)
  func cost(_ start: Int, _ end: Int) -> Double {
    let sum = sums[end] - sums[start]
    return scale * max(0, squares[end] - squares[start] - sum * sum / (weights[end] - weights[start]))
  }
}
