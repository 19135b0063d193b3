/// Whether the places of a cycle differ: the weekdays of weeks, the months of years.
///
/// Friedman's test (1937, JASA 32:675): each cycle ranks its places, and ranks are summed over cycles, ties corrected. A wave
/// of events in one summer ranks but once, so that it makes no season, however many events it has.
public struct CycleTest: Sendable {
  /// The statistic, chi-squared where all places are alike.
  public let statistic: Double
  /// The degrees of freedom.
  public let degrees: Int
  /// The p-value of places that are all alike.
  public let pValue: Double
  /// The place that ranks highest, and its rate over that of all places.
  public let highest: (place: Int, ratio: Double)
  /// By how much counts vary more than Poisson's about what cycles and places let expect; at least 1.
  public let dispersion: Double

  /// Tests whole cycles.
  /// - Parameter cycles: of each cycle the counts at its places.
  /// - Parameter exposure: how much is observed of each place: days of a month.
  /// - Returns: nil where there are not three cycles with a count and two places.
  public init?(_ cycles: [[Double]], exposure: [Double]) {
    let width = exposure.count
    guard width > 1, exposure.allSatisfy({ $0 > 0 }), cycles.allSatisfy({ $0.count == width }) else { return nil }
    let used = cycles.filter { $0.contains { $0 > 0 } }
    let (n, k) = (Double(used.count), Double(width))
    guard used.count > 2 else { return nil }
    var (ranks, ties) = ([Double](repeating: 0, count: width), 0.0)
    for cycle in used {
      let own = averageRanks(zip(cycle, exposure).map { $0 / $1 })
      for place in 0..<width { ranks[place] += own[place] }
      // The sum of t^3 - t over ties is that of 12 times what their variance lacks.
      let middle = (k + 1) / 2
      ties += k * (k * k - 1) - 12 * own.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
    }
    let correction = 1 - ties / (n * k * (k * k - 1))
    guard correction > 1e-12 else { return nil }
    let squares = ranks.reduce(0) { $0 + $1 * $1 }
    statistic = max(0, 12 / (n * k * (k + 1)) * squares - 3 * n * (k + 1)) / correction
    degrees = width - 1
    let sums = (0..<width).map { place in used.reduce(0) { $0 + $1[place] } }
    let (total, days) = (sums.reduce(0, +), exposure.reduce(0, +))
    let best = ranks.indices.reduce(0) { ranks[$1] > ranks[$0] ? $1 : $0 }
    highest = (best, sums[best] / exposure[best] * days / total)
    dispersion = Self.dispersion(used, sums, total)
    guard let pValue = chiSquaredPValue(statistic, degrees: Double(degrees)) else { return nil }
    self.pValue = pValue
  }

  /// Pearson's chi-squared of cycles by places over its degrees of freedom.
  private static func dispersion(_ cycles: [[Double]], _ sums: [Double], _ total: Double) -> Double {
    var unexplained = 0.0
    for cycle in cycles {
      let sum = cycle.reduce(0, +)
      for place in sums.indices where sums[place] > 0 {
        let expected = sum * sums[place] / total
        unexplained += (cycle[place] - expected) * (cycle[place] - expected) / expected
      }
    }
    return max(1, unexplained / Double((cycles.count - 1) * (sums.count - 1)))
  }
}
