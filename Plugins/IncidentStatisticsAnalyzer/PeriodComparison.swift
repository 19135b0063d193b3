import Statistics

/// How often incidents happened in a period against another one, by covered day.
struct PeriodComparison: Sendable {
  /// The ratio of rates; nil where the base had no incident.
  let ratio: Double?
  /// Its 95 % interval.
  let interval: Interval
  /// Whether the base is too small for the ratio to be said without the interval.
  let isBaseLow: Bool

  /// The base below which a ratio is never said without its interval.
  static let leastBase = 10

  /// What is compared: the number, its bounds, and the days.
  struct Side {
    var incidents: Int
    var low: Int
    var high: Int?
    var days: Int
    init(_ tallies: [Tally], days: Int) {
      incidents = tallies.reduce(0) { $0 + $1.incidents }
      low = tallies.reduce(0) { $0 + $1.low }
      high = tallies.allSatisfy { $0.high != nil } ? tallies.reduce(0) { $0 + ($1.high ?? 0) } : nil
      self.days = days
    }
  }

  /// Compares; the interval is exact, or tempered where incidents vary more than Poisson's.
  ///
  /// It reaches from the lower end for the fewest incidents now against the most then, to the upper end for the most now
  /// against the fewest then: so it holds whatever the true counts within their bounds were.
  /// - Parameter dispersion: 1 for the exact interval.
  /// - Returns: nil where neither side can have had an incident, or one has no days.
  init?(_ now: Side, to then: Side, dispersion: Double) {
    guard now.days > 0, then.days > 0, (now.high ?? 1) + (then.high ?? 1) > 0 else { return nil }
    let (days, daysThen) = (Double(now.days), Double(then.days))
    func interval(_ count: Int, _ base: Int) -> Interval? {
      temperedInterval(ExposedCount(count, over: days), to: ExposedCount(base, over: daysThen), dispersion: dispersion)
    }
    ratio = then.incidents == 0 ? nil : Double(now.incidents) / days / (Double(then.incidents) / daysThen)
    let lower = then.high.flatMap { interval(now.low, $0)?.lower }
    let upper = now.high.flatMap { interval($0, then.low)?.upper }
    self.interval = Interval(lower: lower ?? 0, upper: upper)
    isBaseLow = then.incidents < Self.leastBase
  }

  /// Whether the interval lies on one side of 1.
  var isClear: Bool { interval.lower > 1 || interval.upper.map { $0 < 1 } ?? false }
}
