/// How much a disagreement between two of three categories counts.
public enum DisagreementWeight: Sendable, Hashable, CaseIterable {
  /// All the same.
  case equal
  /// By the distance of the categories.
  case linear
  /// By the square of the distance.
  case quadratic

  func callAsFunction(_ a: Int, _ b: Int) -> Double {
    switch self {
    case .equal: a == b ? 0 : 1
    case .linear: Double(abs(a - b))
    case .quadratic: Double((a - b) * (a - b))
    }
  }
}

/// How far two portfolios of relationships, each -1, 0 or 1 by third party, agree beyond chance: Cohen's kappa
/// (Cohen 1960, Educational and Psychological Measurement 20:37; weighted: Cohen 1968, Psychological Bulletin 70:213;
/// for foreign policy Häge 2011, Political Analysis 19:287).
///
/// 1 where they are the same, 0 where they agree as often as chance would have it given how often each has which sign.
/// - Returns: nil where they are empty or unlike in length, have other values, or chance leaves no room for
/// disagreement.
public func cohenKappa(_ a: [Int], _ b: [Int], weight: DisagreementWeight = .equal) -> Double? {
  guard !a.isEmpty, a.count == b.count, (a + b).allSatisfy({ -1...1 ~= $0 }) else { return nil }
  let observed = zip(a, b).reduce(0) { $0 + weight($1.0, $1.1) } / Double(a.count)
  var expected = 0.0
  for one in -1...1 {
    for other in -1...1 {
      expected += weight(one, other) * Double(a.count { $0 == one }) * Double(b.count { $0 == other })
    }
  }
  expected /= Double(a.count * b.count)
  return expected > 0 ? 1 - observed / expected : nil
}

/// Signorino and Ritter's S of two portfolios, each -1, 0 or 1 by third party: 1 - 2 sum|a - b| / (2 n), from -1 to 1
/// (Signorino and Ritter 1999, International Studies Quarterly 43:115).
///
/// Not corrected for chance: two actors that have no relationships are alike.
/// - Returns: nil where they are empty or unlike in length, or have other values.
public func portfolioSimilarity(_ a: [Int], _ b: [Int]) -> Double? {
  guard !a.isEmpty, a.count == b.count, (a + b).allSatisfy({ -1...1 ~= $0 }) else { return nil }
  return 1 - Double(zip(a, b).reduce(0) { $0 + abs($1.0 - $1.1) }) / Double(a.count)
}
