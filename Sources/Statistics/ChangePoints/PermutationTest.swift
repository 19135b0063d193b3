import Numerics

/// A p-value by permutations.
public struct PermutationTest: Sendable, Hashable {
  /// The share of permutations whose statistic is at least the one observed.
  public var p: Double
  /// How many permutations were drawn.
  public var draws: Int
  /// Whether p lies beyond what so many draws can show, and comes from a tail fitted to the greatest of them.
  public var isExtrapolated: Bool

  /// Of a statistic that every permutation reaches.
  static let certain = PermutationTest(p: 1, draws: 0, isExtrapolated: false)

  /// How many permutations are drawn at most.
  static let mostDraws = 9_999

  /// Draws until 20 permutations reach what was observed, or a limit.
  ///
  /// Stopping after h exceedances gives p = h / draws, else (exceedances + 1) / (draws + 1): Besag and Clifford 1991,
  /// Biometrika 78:301. Where the limit is below what is needed and few exceed, a generalised Pareto tail is fitted to the
  /// greatest statistics: Knijnenburg et al. 2009, Bioinformatics 25:i161.
  /// - Parameter observed: more than 0.
  /// - Parameter needed: how many draws the p-value is wanted from.
  /// - Parameter limit: how many are drawn at most.
  /// - Parameter statistic: of one more permutation; where it is below the floor, any value below the floor.
  static func run(
    observed: Double, needed: Int, limit: Int = mostDraws, _ statistic: (_ floor: Double) -> Double
  ) -> PermutationTest {
    let stop = 20
    let draws = max(1, min(needed, limit))
    var exceedances = 0
    var tail = GreatestStatistics(floor: min(observed, 1))
    let isTailWanted = needed > limit
    for drawn in 1...draws {
      let value = statistic(isTailWanted ? min(observed, tail.floor) : observed - 1e-9)
      if isTailWanted { tail.add(value) }
      if value >= observed - 1e-9 { exceedances += 1 }
      if exceedances == stop {
        return PermutationTest(p: Double(stop) / Double(drawn), draws: drawn, isExtrapolated: false)
      }
    }
    let counted = Double(exceedances + 1) / Double(draws + 1)
    guard isTailWanted, exceedances < 10, let beyond = tail.share(beyond: observed, of: draws) else {
      return PermutationTest(p: counted, draws: draws, isExtrapolated: false)
    }
    return PermutationTest(p: min(counted, beyond), draws: draws, isExtrapolated: true)
  }
}

/// The greatest of many statistics, as many as a tail is fitted to.
private struct GreatestStatistics {
  /// Statistics below need not be known.
  private(set) var floor: Double
  private var values: [Double] = []
  private static let most = 250

  init(floor: Double) { self.floor = floor }

  mutating func add(_ value: Double) {
    guard value >= floor else { return }
    values.append(value)
    if values.count >= 2 * Self.most { cut() }
  }
  private mutating func cut() {
    values.sort(by: >)
    guard values.count > Self.most else { return }
    values.removeLast(values.count - Self.most - 1)
    floor = values[Self.most]
  }

  /// The probability of a value beyond, from a generalised Pareto distribution.
  ///
  /// Fitted by moments to the greatest tenth, of 250 at most; nil where they are too few or do not vary. At least the
  /// reciprocal of a thousand times the draws.
  func share(beyond observed: Double, of draws: Int) -> Double? {
    var cut = self
    cut.cut()
    let greatest = cut.values
    let count = min(Self.most, draws / 10, greatest.count - 1)
    guard count >= 20 else { return nil }
    let threshold = (greatest[count - 1] + greatest[count]) / 2
    let excesses = greatest[..<count].map { $0 - threshold }
    let mean = excesses.reduce(0, +) / Double(count)
    let variance = excesses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
    guard mean > 0, variance > 0, observed > threshold else { return nil }
    // A shape above 0 is a heavy tail, below 0 one that ends; kept from ending before what was observed.
    let shape = max(0, (1 - mean * mean / variance) / 2)
    let scale = mean * (1 - shape)
    let excess = observed - threshold
    let beyond = shape < 1e-6 ? Double.exp(-excess / scale) : Double.pow(1 + shape * excess / scale, -1 / shape)
    return max(1 / (1000 * Double(draws)), beyond * Double(count) / Double(draws))
  }
}

/// A fast generator for permutations: xoshiro256** (Blackman and Vigna 2018), seeded by splitmix64.
struct PermutationGenerator: RandomNumberGenerator {
  private var state: (UInt64, UInt64, UInt64, UInt64)
  init(seed: UInt64) {
    var seed = seed
    func next() -> UInt64 {
      seed &+= 0x9E37_79B9_7F4A_7C15
      var word = seed
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return word ^ (word >> 31)
    }
    state = (next(), next(), next(), next())
  }
  mutating func next() -> UInt64 {
    func rotated(_ word: UInt64, _ places: UInt64) -> UInt64 { word << places | word >> (64 - places) }
    let result = rotated(state.1 &* 5, 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotated(state.3, 45)
    return result
  }
  /// A number below a bound, by the upper half of a product (Lemire 2019); the rejection is left out, since its share is
  /// the bound over 2^32.
  mutating func below(_ bound: Int) -> Int { Int(((next() >> 32) &* UInt64(bound)) >> 32) }

  /// Puts elements in random order (Fisher and Yates).
  mutating func shuffle(_ order: inout [Int]) {
    for index in order.indices.dropFirst().reversed() { order.swapAt(index, below(index + 1)) }
  }
  /// Puts the elements of a stretch in random order.
  mutating func shuffle(_ order: inout [Int], in range: Range<Int>) {
    for index in range.dropFirst().reversed() {
      order.swapAt(index, range.lowerBound + below(index - range.lowerBound + 1))
    }
  }
}
