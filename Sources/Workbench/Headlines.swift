import JSONText

/// A finding among the first that a reader of a run should see.
public struct Headline: Sendable, Hashable {
  /// The analysis that found it, by its name in the workspace.
  public var analysis: String
  /// What it found.
  public var finding: Finding
  /// Makes one.
  public init(analysis: String, finding: Finding) {
    self.analysis = analysis
    self.finding = finding
  }

  /// How many a run has at most.
  public static let most = 10

  /// The strongest findings of a run, at most ten.
  ///
  /// First by their strength, from strong to descriptive; among equals by `q`, the smallest first; then by `effect`, then
  /// by `n`, the largest first; then as they stand. A finding without such a number comes after those that have it.
  public static func first(of findings: [(analysis: String, finding: Finding)]) -> [Headline] {
    let ranks = findings.map { $0.finding.headlineRank }
    let order = findings.indices.sorted { left, right in
      for (one, other) in zip(ranks[left], ranks[right]) where one != other { return one < other }
      return left < right
    }
    return order.prefix(most).map { Headline(analysis: findings[$0].analysis, finding: findings[$0].finding) }
  }
}

extension Finding {
  /// The chance that it is a false one: its number `q`, the false discovery rate, else `p`.
  public var doubt: Double? { numbers["q"]?.number ?? numbers["p"]?.number }
  /// How large the difference is that it tells of: its number `effect`, or how often a `rate_ratio` doubles or halves.
  public var effect: Double? {
    if let effect = numbers["effect"]?.number { return effect.magnitude }
    guard let ratio = numbers["rate_ratio"]?.number, ratio > 0 else { return nil }
    return doublings(ratio).magnitude
  }
  /// How many events or incidents it rests on: its number `n`, `incidents` or `events`, else the events behind it.
  public var size: Int {
    ["n", "incidents", "events"].lazy.compactMap { self.numbers[$0]?.integer }.first ?? events.count
  }

  /// What orders headlines, each the smallest first.
  fileprivate var headlineRank: [Double] {
    [
      Double(Strength.allCases.firstIndex(of: strength) ?? Strength.allCases.count), doubt ?? .infinity,
      -(effect ?? -1), -Double(size),
    ]
  }
}

extension RunResults {
  /// The findings that a reader should see first, at most ten.
  public var headlines: [Headline] {
    Headline.first(of: analyses.flatMap { one in one.result.findings.map { (one.name, $0) } })
  }
}
