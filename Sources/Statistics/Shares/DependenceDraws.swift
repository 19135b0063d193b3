import Numerics

/// What share two actors may have in each other's cooperation, of which only some is known.
///
/// Cooperation between the two is part of both totals, so that both shares are drawn from the same three rates: of what
/// they do with one another, and of what each does with others. A rate is a Gamma variable of its count + 1/2, Jeffreys'
/// prior; independent draws of the two shares would forget what they have in common.
public struct DependenceDraws: Sendable {
  /// The draws of the first one's share that is with the second.
  public let first: [Double]
  /// The draws of the second one's share that is with the first.
  public let second: [Double]

  /// Draws shares.
  /// - Parameter common: events between the two.
  /// - Parameter firstElsewhere: events of the first with others.
  /// - Parameter secondElsewhere: events of the second with others.
  /// - Parameter seed: decides the draws.
  /// - Returns: nil where a count is negative.
  public init?(common: Int, firstElsewhere: Int, secondElsewhere: Int, draws: Int = 2_000, seed: UInt64) {
    guard common >= 0, firstElsewhere >= 0, secondElsewhere >= 0, draws > 0 else { return nil }
    var generator = PermutationGenerator(seed: seed)
    var (first, second): ([Double], [Double]) = ([], [])
    for _ in 0..<draws {
      let shared = gammaDraw(Double(common) + 0.5, using: &generator)
      first.append(shared / (shared + gammaDraw(Double(firstElsewhere) + 0.5, using: &generator)))
      second.append(shared / (shared + gammaDraw(Double(secondElsewhere) + 0.5, using: &generator)))
    }
    (self.first, self.second) = (first, second)
  }

  /// The first one's share less the second one's: how much more the first depends on the second than the reverse.
  public var asymmetry: [Double] { zip(first, second).map { $0 - $1 } }
}

/// Draws of the number of equally large partners that would be as many as these: one over the sum of squared shares.
///
/// Each partner's rate is a Gamma variable of its count + 1/2.
/// - Returns: nil where there is no partner, or a count is negative.
public func effectivePartnerDraws(_ counts: [Int], draws: Int = 2_000, seed: UInt64) -> [Double]? {
  guard !counts.isEmpty, counts.allSatisfy({ $0 >= 0 }), draws > 0 else { return nil }
  var generator = PermutationGenerator(seed: seed)
  return (0..<draws).map { _ in
    var (sum, squares) = (0.0, 0.0)
    for count in counts {
      let rate = gammaDraw(Double(count) + 0.5, using: &generator)
      sum += rate
      squares += rate * rate
    }
    return sum * sum / squares
  }
}

/// A Gamma variable (Marsaglia and Tsang 2000, ACM Transactions on Mathematical Software 26:363).
func gammaDraw(_ shape: Double, using generator: inout PermutationGenerator) -> Double {
  func uniform() -> Double { (Double(generator.next() >> 11) + 0.5) * 0x1p-53 }
  guard shape >= 1 else {
    let boost = Double.pow(uniform(), 1 / shape)
    return gammaDraw(shape + 1, using: &generator) * boost
  }
  let scale = shape - 1.0 / 3
  let spread = 1 / (9 * scale).squareRoot()
  while true {
    let normal = (-2 * Double.log(uniform())).squareRoot() * Double.cos(2 * .pi * uniform())
    let root = 1 + spread * normal
    guard root > 0 else { continue }
    let cube = root * root * root
    if Double.log(uniform()) < normal * normal / 2 + scale - scale * cube + scale * Double.log(cube) {
      return scale * cube
    }
  }
}
