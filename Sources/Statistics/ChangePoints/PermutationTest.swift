import Numerics

/// A p-value by permutations.
public struct PermutationTest: Sendable, Hashable {
  /// The share of permutations whose statistic is at least the one observed.
  public var p: Double
  /// How many permutations were drawn.
  public var draws: Int
  /// Whether p lies beyond what so many draws can show, and comes from a tail fitted to the greatest of them.
  public var isExtrapolated: Bool

  /// Draws until 20 permutations reach what was observed, or a limit.
  ///
  /// Stopping after h exceedances gives p = h / draws, else (exceedances + 1) / (draws + 1): Besag and Clifford 1991,
  /// Biometrika 78:301. Where the limit is below what is needed and few exceed, a generalised Pareto tail is fitted to the
  /// greatest statistics: Knijnenburg et al. 2009, Bioinformatics 25:i161.
  /// - Parameter needed: how many draws the p-value is wanted from.
  /// - Parameter limit: how many are drawn at most.
  static func run(
    observed: Double, needed: Int, limit: Int = 9_999, _ statistic: () -> Double
  ) -> PermutationTest {
    let stop = 20
    let most = max(1, min(needed, limit))
    var exceedances = 0
    var drawn: [Double] = []
    drawn.reserveCapacity(most)
    while drawn.count < most {
      let value = statistic()
      drawn.append(value)
      if value >= observed - 1e-9 { exceedances += 1 }
      if exceedances == stop {
        return PermutationTest(p: Double(stop) / Double(drawn.count), draws: drawn.count, isExtrapolated: false)
      }
    }
    let counted = Double(exceedances + 1) / Double(drawn.count + 1)
    guard needed > limit, exceedances < 10, let tail = paretoTail(drawn, beyond: observed) else {
      return PermutationTest(p: counted, draws: drawn.count, isExtrapolated: false)
    }
    return PermutationTest(p: min(counted, tail), draws: drawn.count, isExtrapolated: true)
  }

  /// The probability of a value beyond, from a generalised Pareto distribution fitted by moments to the greatest tenth, of
  /// 250 at most; nil where they are too few or do not vary. At least the reciprocal of a thousand times the draws.
  private static func paretoTail(_ values: [Double], beyond observed: Double) -> Double? {
    let greatest = values.sorted(by: >)
    let count = min(250, greatest.count / 10)
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
    let floor = 1 / (1000 * Double(values.count))
    return max(floor, beyond * Double(count) / Double(values.count))
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
  /// A number below a bound, by the upper half of a product (Lemire 2019, without the rejection that 32 bits make moot).
  mutating func below(_ bound: Int) -> Int { Int(((next() >> 32) &* UInt64(bound)) >> 32) }
}
