import Numerics

/// A series in which changes are searched for beside others, such as the conflict of one dyad.
public struct ChangeFamily: Sendable {
  /// What the series is of.
  public enum Series: Sendable {
    /// Counts, of which the rate may change.
    case counts(CountSeries)
    /// Means, of which the level may change.
    case means(MeanSeries)
  }
  /// The series.
  public var series: Series
  /// The seed of its permutations.
  public var seed: UInt64
  /// Makes a family.
  public init(_ series: Series, seed: UInt64) { (self.series, self.seed) = (series, seed) }
}

/// A change accepted.
public struct Change: Sendable, Hashable {
  /// The first index of the new regime.
  public var index: Int
  /// The p-value of this change alone: periods permuted between its neighbours, the statistic being the best single split.
  ///
  /// The neighbours were themselves chosen, so that it is rather too small: it describes, the family's p decides.
  public var p: Double
  /// By how much the level after differs from the one before, up to the neighbouring changes: the logarithm of the ratio
  /// of rates (with half an event added to each count), or a difference of means.
  public var effect: Double
  /// Where the change lies.
  public var posterior: ChangePosterior
}

/// What was found of one family among all.
public struct FamilyChanges: Sendable, Hashable {
  /// The best penalised segmentation, whether or not it is accepted.
  public var candidates: [Int]
  /// Whether there is any change: the global test of the family.
  public var existence: PermutationTest
  /// The p-value of existence, adjusted for the false discovery rate over all families.
  public var q: Double
  /// How many families have so small a p.
  public var rank: Int
  /// The dispersion of counts, or the variance of one observation.
  public var noise: Double
  /// The changes accepted, in order: none where the family is not accepted.
  public var changes: [Change]
}

/// The search for changes in many series at once: which have any, how many, where, and how surely.
///
/// 1. Existence: each family has one p-value, of the gain of its best penalised segmentation, by permutation of whole
///    periods, drawn so often that a lone family among all could be accepted.
/// 2. Families are accepted by their false discovery rate (Benjamini and Hochberg 1995).
/// 3. In an accepted family changes are added, the best first, while the test of one more is significant at the share of
///    the level that accepted families have of all (Benjamini and Bogomolov 2014, JRSS B 76:297).
/// 4. Changes of little effect are left out.
public struct ChangeSearch: Sendable, Hashable {
  /// The least length of a regime, in periods.
  public var minimum = 13
  /// The false discovery rate over families.
  public var falseDiscoveryRate = 0.05
  /// The least ratio of rates, or its inverse, of a change of counts.
  public var leastRatio = 1.5
  /// The least difference of a change of means.
  public var leastDifference = 1.0
  /// Makes a search with the defaults, which are those calibrated.
  public init() {}

  /// Searches all families.
  /// - Parameter map: does so many pieces of work and returns their results in order: at the same time, if it likes.
  /// - Returns: what was found of each family, in their order; the same whatever the order of work.
  public func changes<Failure: Error>(
    in families: [ChangeFamily],
    map: (Int, @Sendable (Int) -> FamilyChanges) throws(Failure) -> [FamilyChanges]
  ) throws(Failure) -> [FamilyChanges] {
    let needed = max(999, 20 * families.count - 1)
    let tested = try map(families.count) { existence(families[$0], needed: needed) }
    let rates = falseDiscoveryRates(tested.map(\.existence.p))
    let sorted = tested.map(\.existence.p).sorted()
    let accepted = rates.count { $0 <= falseDiscoveryRate }
    let level = falseDiscoveryRate * Double(accepted) / Double(max(1, families.count))
    return try map(families.count) { place in
      var found = tested[place]
      found.q = rates[place]
      found.rank = sorted.count { $0 <= found.existence.p }
      if found.q <= falseDiscoveryRate { found.changes = changes(families[place], level: level) }
      return found
    }
  }
  /// Searches all families, one after the other.
  public func changes(in families: [ChangeFamily]) -> [FamilyChanges] {
    changes(in: families) { count, body in (0..<count).map(body) }
  }

  private func existence(_ family: ChangeFamily, needed: Int) -> FamilyChanges {
    func found(_ series: some PeriodSeries) -> FamilyChanges {
      let (found, test) = series.existence(minimum: minimum, needed: needed, seed: family.seed)
      return FamilyChanges(
        candidates: found.changePoints, existence: test, q: 1, rank: 0, noise: series.noise, changes: [])
    }
    switch family.series {
    case .counts(let series): return found(series)
    case .means(let series): return found(series)
    }
  }
  private func changes(_ family: ChangeFamily, level: Double) -> [Change] {
    switch family.series {
    case .counts(let series): changes(series, level, Double.log(leastRatio), family.seed)
    case .means(let series): changes(series, level, leastDifference, family.seed)
    }
  }
  private func changes(_ series: some PeriodSeries, _ level: Double, _ effect: Double, _ seed: UInt64) -> [Change] {
    // As many draws as tell a p-value at the level from one above it.
    let needed = max(999, Int((1 / level).rounded(.up)))
    let all = series.changes(minimum: minimum, level: level, needed: needed, seed: seed &+ 1)
    let kept = series.keeping(all, effect: effect)
    return kept.indices.compactMap { place in
      let (start, end) = (place > 0 ? kept[place - 1] : 0, place + 1 < kept.count ? kept[place + 1] : series.count)
      let window = series.part(start..<end)
      guard let posterior = window.changePosterior(noise: series.noise)?.renamed({ $0 + start }) else { return nil }
      return Change(
        index: kept[place], p: window.split(minimum: minimum, needed: 999, seed: seed &+ 100 &+ UInt64(place)).p,
        effect: series.effect(start, kept[place], end), posterior: posterior)
    }
  }
}
