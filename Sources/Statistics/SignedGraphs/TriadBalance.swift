import Numerics

/// The probability that a relationship is positive, from its estimated score and the standard error of that:
/// the standard normal distribution at their ratio.
/// - Returns: nil where the error is not positive, or a value is not finite.
public func signProbability(score: Double, standardError: Double) -> Double? {
  guard score.isFinite, standardError > 0, standardError.isFinite else { return nil }
  return Double.erfc(-score / standardError / 2.0.squareRoot()) / 2
}

/// The evidence for the sign of a relationship that is positive with a probability: the size of its log odds.
///
/// What it would cost to change the sign in spite of the evidence; it says how well the relationship is reported more
/// than how friendly it is. Infinite where the sign is certain.
public func signEvidence(_ probability: Double) -> Double {
  abs(Double.log(probability) - Double.log(onePlus: -probability))
}

/// How likely a triad is balanced whose relationships are positive with some probability each.
public struct TriadBalance: Sendable, Hashable {
  /// The probability of an even number of negative relationships.
  public let balanced: Double
  /// The probability of an odd number of them.
  public var tension: Double { 1 - balanced }
  /// What a change of each relationship would cost, by `signEvidence`; any one of them alone changes the balance.
  public let costs: [Double]

  /// What can be said of a triad.
  public enum Verdict: String, Sendable, CaseIterable {
    /// Balanced with a probability of at least .8.
    case balanced
    /// Out of balance with a probability of at least .8.
    case tense
    /// Neither.
    case undetermined
  }
  /// What can be said of it.
  public var verdict: Verdict { balanced >= 0.8 ? .balanced : balanced <= 0.2 ? .tense : .undetermined }
  /// The place of the relationship that costs the least to change, the first of equals; nil where all are certain.
  public var cheapest: Int? {
    let least = costs.min() ?? .infinity
    return least.isFinite ? costs.firstIndex(of: least) : nil
  }

  /// Judges a triad by the probabilities that its relationships are positive, independent of each other:
  /// (1 + (2a - 1)(2b - 1)(2c - 1)) / 2, the probability that a product of signs is positive.
  /// - Returns: nil where one is no probability.
  public init?(_ a: Double, _ b: Double, _ c: Double) {
    guard [a, b, c].allSatisfy({ 0...1 ~= $0 }) else { return nil }
    balanced = (1 + (2 * a - 1) * (2 * b - 1) * (2 * c - 1)) / 2
    costs = [a, b, c].map(signEvidence)
  }
}
