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
  /// The least length of a regime, in periods; that of the search where it is not given.
  public var minimum: Int?
  /// Makes a family.
  public init(_ series: Series, seed: UInt64, minimum: Int? = nil) {
    (self.series, self.seed, self.minimum) = (series, seed, minimum)
  }
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
  /// The test of whether any stretch too short for a regime stands out; 1 where none was looked for.
  public var episodeTest = PermutationTest.certain
  /// The p-value of that test, adjusted for the false discovery rate over all families.
  public var episodeRate = 1.0
  /// The episodes accepted, in order.
  public var episodes: [Episode] = []
}

/// The search for changes in many series at once: which have any, how many, where, and how surely.
///
/// 1. Existence: each family has one p-value, of the gain of its best penalised segmentation, by permutation of whole
///    periods.
/// 2. Families are accepted by their false discovery rate (Benjamini and Hochberg 1995). More permutations are drawn
///    until the least p-value that so many can show is accepted, or until a lone family among all could be (Sandve,
///    Ferkingstad and Nygård 2011, Bioinformatics 27:3235).
/// 3. In an accepted family changes are added, the best first, while the test of one more is significant at the share of
///    the level that accepted families have of all (Benjamini and Bogomolov 2014, JRSS B 76:297).
/// 4. Changes of little effect are left out.
/// 5. Where episodes are wanted, the regimes are searched for stretches too short to be one, in the same way: a test for
///    each family, the false discovery rate over all, and one more while that is significant.
public struct ChangeSearch: Sendable, Hashable {
  /// The least length of a regime, in periods.
  public var minimum = 13
  /// The false discovery rate over families.
  public var falseDiscoveryRate = 0.05
  /// The least ratio of rates, or its inverse, of a change of counts.
  public var leastRatio = 1.5
  /// The least difference of a change of means.
  public var leastDifference = 1.0
  /// Whether episodes are looked for, of at least 8 periods where a regime has 13, else in proportion, and at least 2.
  public var seeksEpisodes = false
  /// Makes a search with the defaults, which are those calibrated.
  public init() {}

  /// Searches all families.
  /// - Parameter map: does so many pieces of work and returns their results in order: at the same time, if it likes.
  /// - Returns: what was found of each family, in their order; the same whatever the order of work.
  public func changes<Failure: Error>(
    in families: [ChangeFamily],
    map: (Int, @Sendable (Int) -> FamilyChanges) throws(Failure) -> [FamilyChanges]
  ) throws(Failure) -> [FamilyChanges] {
    let (settled, q, level) = try self.settled(families.count, map, { $0.existence }) { place, draws in
      existence(families[place], draws: draws)
    }
    let sorted = settled.map(\.existence.p).sorted()
    let found = try map(families.count) { place in
      var found = settled[place]
      found.q = q[place]
      found.rank = sorted.count { $0 <= found.existence.p }
      if found.q <= falseDiscoveryRate { found.changes = changes(families[place], level: level) }
      return found
    }
    return seeksEpisodes ? try withEpisodes(found, of: families, map: map) : found
  }
  /// Searches all families, one after the other.
  public func changes(in families: [ChangeFamily]) -> [FamilyChanges] {
    changes(in: families) { count, body in (0..<count).map(body) }
  }

  private func withEpisodes<Failure: Error>(
    _ found: [FamilyChanges], of families: [ChangeFamily],
    map: (Int, @Sendable (Int) -> FamilyChanges) throws(Failure) -> [FamilyChanges]
  ) throws(Failure) -> [FamilyChanges] {
    let (settled, q, level) = try self.settled(families.count, map, { $0.episodeTest }) { place, draws in
      var tested = found[place]
      tested.episodeTest = episodeTest(families[place], among: tested.changes.map(\.index), draws: draws)
      return tested
    }
    return try map(families.count) { place in
      var tested = settled[place]
      tested.episodeRate = q[place]
      if q[place] <= falseDiscoveryRate {
        tested.episodes = episodes(families[place], among: tested.changes.map(\.index), level: level)
      }
      return tested
    }
  }

  /// How many permutations are drawn at first.
  private static let fewestDraws = 999

  /// Tests all families, those that no permutation contradicts with more and more draws, until the least p-value that so
  /// many can show is accepted or a lone one could be.
  /// - Returns: the tests, their false discovery rates, and the level that a further change has to reach.
  private func settled<Failure: Error>(
    _ count: Int, _ map: (Int, @Sendable (Int) -> FamilyChanges) throws(Failure) -> [FamilyChanges],
    _ test: (FamilyChanges) -> PermutationTest,
    _ tested: @escaping @Sendable (_ place: Int, _ draws: Int) -> FamilyChanges
  ) throws(Failure) -> (tests: [FamilyChanges], q: [Double], level: Double) {
    var tests = try map(count) { tested($0, Self.fewestDraws) }
    func rates() -> (q: [Double], accepted: Int) {
      let q = falseDiscoveryRates(tests.map { test($0).p })
      return (q, q.count { $0 <= falseDiscoveryRate })
    }
    var (q, accepted) = rates()
    var draws = Self.fewestDraws
    // So many that a lone family's least p-value can be accepted.
    let wanted = falseDiscoveryRate > 0 ? min(Double(count) / falseDiscoveryRate, 1e9) : 0
    let most = max(draws, Int(wanted.rounded(.up)) - 1)
    while draws < most, Double(count) > falseDiscoveryRate * Double(accepted * (draws + 1)) {
      let open = tests.indices.filter { test(tests[$0]).draws == draws }
      draws = 4 * draws > PermutationTest.mostDraws ? most : min(4 * draws, most)
      let number = draws
      let results = try map(open.count) { tested(open[$0], number) }
      for (place, result) in zip(open, results) { tests[place] = result }
      (q, accepted) = rates()
      if draws > PermutationTest.mostDraws { break }
    }
    return (tests, q, falseDiscoveryRate * Double(accepted) / Double(max(1, count)))
  }
  private func existence(_ family: ChangeFamily, draws: Int) -> FamilyChanges {
    func found(_ series: some PeriodSeries) -> FamilyChanges {
      let (found, test) = series.existence(minimum: minimum(of: family), needed: draws, seed: family.seed)
      return FamilyChanges(
        candidates: found.changePoints, existence: test, q: 1, rank: 0, noise: series.noise, changes: [])
    }
    switch family.series {
    case .counts(let series): return found(series)
    case .means(let series): return found(series)
    }
  }
  private func minimum(of family: ChangeFamily) -> Int { family.minimum ?? minimum }
  /// As many draws as tell a p-value at the level from one above it.
  private func needed(_ level: Double) -> Int { max(Self.fewestDraws, Int((1 / level).rounded(.up))) }
  /// The lengths of episodes of a family; none where none is shorter than a regime.
  private func episodeLengths(_ family: ChangeFamily) -> Range<Int> {
    let least = minimum(of: family)
    return min(max(2, 8 * least / 13), least)..<least
  }
  private func episodeTest(_ family: ChangeFamily, among changes: [Int], draws: Int) -> PermutationTest {
    let lengths = episodeLengths(family)
    func test(_ series: some PeriodSeries) -> PermutationTest {
      let state = EpisodeState(regimes: changes, count: series.count)
      return series.episode(state, lengths: lengths, needed: draws, seed: family.seed &+ 1_000)?.test ?? .certain
    }
    switch family.series {
    case .counts(let series): return test(series)
    case .means(let series): return test(series)
    }
  }
  private func episodes(_ family: ChangeFamily, among changes: [Int], level: Double) -> [Episode] {
    func found(_ series: some PeriodSeries, _ effect: Double) -> [Episode] {
      series.episodes(
        among: changes, lengths: episodeLengths(family), level: level, effect: effect, needed: needed(level),
        seed: family.seed &+ 2_000)
    }
    switch family.series {
    case .counts(let series): return found(series, Double.log(leastRatio))
    case .means(let series): return found(series, leastDifference)
    }
  }
  private func changes(_ family: ChangeFamily, level: Double) -> [Change] {
    switch family.series {
    case .counts(let series): changes(series, of: family, level, Double.log(leastRatio))
    case .means(let series): changes(series, of: family, level, leastDifference)
    }
  }
  private func changes(
    _ series: some PeriodSeries, of family: ChangeFamily, _ level: Double, _ effect: Double
  ) -> [Change] {
    let (minimum, seed) = (minimum(of: family), family.seed)
    let all = series.changes(
      minimum: minimum, level: level, needed: needed(level), seed: seed &+ 1)
    var kept = series.keeping(all, effect: effect)
    if seeksEpisodes {
      kept = series.keeping(series.withoutEpisodes(kept, lengths: episodeLengths(family)), effect: effect)
    }
    return kept.indices.compactMap { place in
      let (start, end) = (place > 0 ? kept[place - 1] : 0, place + 1 < kept.count ? kept[place + 1] : series.count)
      let window = series.part(start..<end)
      guard let posterior = series.changePosterior(in: start..<end, among: kept) else { return nil }
      return Change(
        index: kept[place], p: window.split(minimum: minimum, needed: 999, seed: seed &+ 100 &+ UInt64(place)).p,
        effect: series.effect(start, kept[place], end), posterior: posterior)
    }
  }
}
