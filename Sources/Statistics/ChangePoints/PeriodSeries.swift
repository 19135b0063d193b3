/// A series of periods in which changes are searched for and tested by permuting the periods.
protocol PeriodSeries: Sendable {
  associatedtype Cost: SplitCost
  /// The number of periods.
  var count: Int { get }
  /// What is unknown of the errors, estimated so that changes of level hardly enter: a dispersion, or a variance.
  var noise: Double { get }
  /// The penalty of each change, in the units of the cost.
  var penalty: Double { get }
  /// The cost of segments, which is inverse to the noise; 0 where there is no noise.
  func cost(noise: Double) -> Cost
  /// A bound of the gain, before it is divided by the noise.
  /// - Parameter noise: roughly.
  func gainBound(noise: Double) -> GainBound
  /// Consecutive periods.
  func part(_ range: Range<Int>) -> Self
  /// Takes the periods of a series of the same length in another order.
  mutating func take(_ series: Self, in order: [Int])
  /// The level of some stretches together: the logarithm of the rate, with half an event more, or the mean.
  func level(_ ranges: [Range<Int>]) -> Double
  /// The noise when the levels of groups of stretches are taken out, over sums of at most so many periods.
  /// - Parameter groups: they make up the series.
  func noise(within groups: [[Range<Int>]], upTo longest: Int) -> Double
  /// Where a change lies between its neighbours.
  /// - Parameter window: the periods from the change before up to the next.
  /// - Parameter changes: all changes of the series.
  func changePosterior(in window: Range<Int>, among changes: [Int]) -> ChangePosterior?
}

extension PeriodSeries {
  /// The best segmentation, and a test of whether there is any change at all.
  ///
  /// The statistic is the gain of the best penalised segmentation; the periods are permuted whole, with their exposures or
  /// weights, and the noise is estimated anew in every permutation.
  func existence(minimum: Int, needed: Int, seed: UInt64) -> (found: Segmentation, test: PermutationTest) {
    let found = leastCost(cost(noise: noise), penalty: penalty, minimum: minimum)
    guard !found.changePoints.isEmpty else { return (found, PermutationTest.certain) }
    var gain = PermutedGain(self, noise: nil, penalty: penalty, minimum: minimum)
    var generator = PermutationGenerator(seed: seed)
    let test = PermutationTest.run(observed: found.gain, needed: needed) { gain.next(above: $0, &generator) }
    return (found, test)
  }

  /// Whether a segmentation is complete: the test of one more change in any of its segments.
  ///
  /// Periods are permuted within the segments; the statistic is the greatest gain that a segment of its own would have
  /// from changes.
  func isComplete(_ changes: [Int], minimum: Int, needed: Int, seed: UInt64) -> PermutationTest {
    let (noise, penalty) = (noise, penalty)
    let segments = zip([0] + changes, changes + [count]).map { part($0..<$1) }.filter { $0.count >= 2 * minimum }
    let observed = segments.reduce(0) {
      max($0, leastCost($1.cost(noise: noise), penalty: penalty, minimum: minimum).gain)
    }
    guard observed > 1e-9 else { return PermutationTest.certain }
    var gains = segments.map { PermutedGain($0, noise: noise, penalty: penalty, minimum: minimum) }
    var generator = PermutationGenerator(seed: seed)
    return PermutationTest.run(observed: observed, needed: needed) { floor in
      var greatest = 0.0
      for place in gains.indices { greatest = max(greatest, gains[place].next(above: floor, &generator)) }
      return greatest
    }
  }

  /// How many changes there are and where, by forward selection: one more while a segmentation is not complete.
  /// - Parameter level: a segmentation with p above this is complete.
  /// - Parameter most: the greatest number of changes.
  func changes(minimum: Int, level: Double, needed: Int, seed: UInt64, most: Int = 8) -> [Int] {
    var best = BestSegmentations(of: cost(noise: noise), minimum: minimum)
    guard var changes = best.next() else { return [] }
    while changes.count < most {
      let test = isComplete(changes, minimum: minimum, needed: needed, seed: seed &+ UInt64(changes.count))
      guard test.p <= level, let more = best.next() else { break }
      changes = more
    }
    return changes
  }

  /// By how much the level from `middle` to `end` differs from the one from `start` to `middle`.
  func effect(_ start: Int, _ middle: Int, _ end: Int) -> Double { level([middle..<end]) - level([start..<middle]) }

  /// Leaves out changes of little effect, the least first.
  func keeping(_ changes: [Int], effect least: Double) -> [Int] {
    var kept = changes
    while !kept.isEmpty {
      let effects = kept.indices.map {
        abs(effect($0 > 0 ? kept[$0 - 1] : 0, kept[$0], kept.dropFirst($0 + 1).first ?? count))
      }
      guard let place = effects.indices.min(by: { effects[$0] < effects[$1] }), effects[place] < least else { break }
      kept.remove(at: place)
    }
    return kept
  }

  /// The test of one change in this series, against none: the statistic is the greatest gain of a single split.
  func split(minimum: Int, needed: Int, seed: UInt64) -> PermutationTest {
    func gain(_ series: Self) -> Double {
      let cost = series.cost(noise: 1)
      guard count >= 2 * minimum else { return 0 }
      let least = (minimum...(count - minimum)).reduce(Double.infinity) {
        min($0, cost.cost(0, $1) + cost.cost($1, count))
      }
      return cost.cost(0, count) - least
    }
    let observed = gain(self)
    guard observed > 1e-9 else { return PermutationTest.certain }
    var (permuted, order) = (self, Array(0..<count))
    var generator = PermutationGenerator(seed: seed)
    return PermutationTest.run(observed: observed, needed: needed) { _ in
      generator.shuffle(&order)
      permuted.take(self, in: order)
      return gain(permuted)
    }
  }
}

/// The gain of a series whose periods are put in random order, again and again.
private struct PermutedGain<Series: PeriodSeries> {
  private let series: Series
  private let noise: Double?
  private let penalty: Double
  private let minimum: Int
  private let bound: GainBound
  private var permuted: Series
  private var order: [Int]
  private var memory: [Double] = []

  /// - Parameter noise: estimated anew in every permutation where it is not given.
  init(_ series: Series, noise: Double?, penalty: Double, minimum: Int) {
    (self.series, self.noise, self.penalty, self.minimum) = (series, noise, penalty, minimum)
    bound = series.gainBound(noise: noise ?? series.noise)
    permuted = series
    order = Array(0..<series.count)
  }

  /// The gain in another order; where it is below the floor, any value below the floor.
  mutating func next(above floor: Double, _ generator: inout PermutationGenerator) -> Double {
    generator.shuffle(&order)
    if noise == nil { permuted.take(series, in: order) }
    let noise = noise ?? permuted.noise
    guard noise > 0 else { return 0 }
    let most = bound.bound(order, penalty: penalty * noise, minimum: minimum, best: &memory) / noise
    guard most >= floor else { return most }
    if self.noise != nil { permuted.take(series, in: order) }
    return leastCost(permuted.cost(noise: noise), penalty: penalty, minimum: minimum).gain
  }
}
