/// Whether one of several periods can be told to be the highest.
public struct PeakTest: Sendable, Hashable {
  /// The probability that the period's rate is the highest of all.
  public let probabilityFirst: Double
  /// The probability of a period with so high a rate where days are alike: weeks of days are dealt out anew.
  public let pValue: Double
  /// By how much weekly counts vary more than Poisson's.
  public let dispersion: Double

  /// Tests a period.
  ///
  /// Rates are drawn from Gamma distributions of the counts over their dispersion, and 1/2, for each day. The p-value
  /// shuffles the weeks and takes the highest rate of a period; weeks stay whole, so that events that come in clusters
  /// do. A test of each period by itself, times their number, is wrong in 31 % of series with a dispersion of 2. It stops
  /// where 20 shuffles reach what was seen (Besag and Clifford 1991, Biometrika 78:301).
  /// - Parameter days: the counts of consecutive observed days, none negative.
  /// - Parameter periods: the days of each period; together they are all days.
  /// - Parameter claimed: the number of the period.
  /// - Returns: nil where there are fewer than two periods, one has no day, they are not all days, or nothing was counted.
  public init?(
    _ days: [Int], periods: [Range<Int>], claimed: Int, permutations: Int = 1_999, draws: Int = 4_000, seed: UInt64
  ) {
    guard periods.count > 1, periods.indices.contains(claimed), periods.allSatisfy({ !$0.isEmpty }),
      periods.first?.lowerBound == 0, periods.last?.upperBound == days.count,
      zip(periods, periods.dropFirst()).allSatisfy({ $0.upperBound == $1.lowerBound }),
      days.allSatisfy({ $0 >= 0 }), days.contains(where: { $0 > 0 }), permutations > 0, draws > 0
    else { return nil }
    let shuffled = ShuffledWeeks(days, periods)
    let whole = shuffled.sums
    let phi = whole.count >= 8 ? CountSeries(whole).dispersion : 1
    dispersion = phi
    let counts = periods.map { period in period.reduce(0) { $0 + days[$1] } }
    var generator = PermutationGenerator(seed: seed)
    var firsts = 0
    for _ in 0..<draws {
      let rates = zip(counts, periods).map {
        gammaDraw(Double($0) / phi + 0.5, using: &generator) / Double($1.count)
      }
      if rates.indices.allSatisfy({ $0 == claimed || rates[$0] < rates[claimed] }) { firsts += 1 }
    }
    probabilityFirst = Double(firsts) / Double(draws)
    let observed = Double(counts[claimed]) / Double(periods[claimed].count)
    var order = Array(whole.indices)
    pValue =
      observed == 0
      ? 1
      : PermutationTest.run(observed: observed, needed: permutations, limit: permutations) { _ in
        order.shuffle(using: &generator)
        return shuffled.highestRate(order)
      }.p
  }
}

/// The whole weeks of some days, which can be dealt out anew; days after the last of them stay where they are.
private struct ShuffledWeeks {
  /// The days of a week, from its first, that belong to a period.
  private struct Part {
    var week: Int
    var days: Range<Int>
    var period: Int
  }
  private let parts: [Part]
  /// Of each week the sums of its first days, from none to all seven.
  private let running: [[Int]]
  /// What stays: of each period the counts after the last whole week.
  private let fixed: [Int]
  private let lengths: [Double]
  /// The counts of the weeks.
  var sums: [Double] { running.map { Double($0[7]) } }

  init(_ days: [Int], _ periods: [Range<Int>]) {
    let count = days.count / 7
    running = (0..<count).map { week in
      days[7 * week..<7 * week + 7].reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
    }
    lengths = periods.map { Double($0.count) }
    fixed = periods.map { period in period.reduce(0) { $1 < 7 * count ? $0 : $0 + days[$1] } }
    parts = periods.enumerated().flatMap { number, period in
      (0..<count).compactMap { week in
        let days = period.clamped(to: 7 * week..<7 * week + 7)
        return days.isEmpty
          ? nil : Part(week: week, days: days.lowerBound - 7 * week..<days.upperBound - 7 * week, period: number)
      }
    }
  }

  /// The highest rate of a period, of the weeks in another order.
  func highestRate(_ order: [Int]) -> Double {
    var counts = fixed
    for part in parts {
      let week = running[order[part.week]]
      counts[part.period] += week[part.days.upperBound] - week[part.days.lowerBound]
    }
    return zip(counts, lengths).reduce(0) { max($0, Double($1.0) / $1.1) }
  }
}
