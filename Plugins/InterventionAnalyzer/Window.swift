import EventModel
import Statistics

/// Consecutive days before, during or after an intervention, and what happened in them.
struct Window: Sendable {
  /// Which days these are.
  enum Part: String, Sendable, CaseIterable { case before, anticipation, during, after }

  let part: Part
  let from: Day
  let to: Day
  /// How many of the days every source covers.
  let daysCovered: Int
  /// Incidents by first day; records that straddle an edge count where they begin.
  let count: Int
  /// Those that surely lie here.
  let low: Int
  /// Those that may lie here; nil where a record gives no upper bound.
  let high: Int?
  /// The records that begin here or may lie here.
  let records: [Incidents.Record]

  init?(_ part: Part, _ from: Day, _ to: Day, _ records: [Incidents.Record], _ incidents: Incidents) {
    guard from <= to else { return nil }
    (self.part, self.from, self.to) = (part, from, to)
    daysCovered = incidents.coveredDays(from, to)
    var (count, low, high) = (0, 0, Int?.some(0))
    var here: [Incidents.Record] = []
    for record in records where record.first <= to && record.last >= from {
      let begins = record.first >= from && incidents.covered.contains(record.first)
      guard begins || incidents.coveredDays(max(from, record.first), min(to, record.last)) > 0 else { continue }
      here.append(record)
      if begins { count += record.bounds.value }
      if begins, record.last <= to { low += record.bounds.low }
      high = high.flatMap { sum in record.bounds.high.map { sum + $0 } }
    }
    (self.count, self.low, self.high, self.records) = (count, low, high, here)
  }

  var days: Int { from.days(until: to) + 1 }
  /// Whether records leave open how many incidents there were.
  var isBounded: Bool { low != count || high != count }
  /// Whether a record gives an upper bound alone, so that not even the records say how many there were.
  var isOpen: Bool { records.contains { $0.bounds.isUpperBound } }
  func exposed(_ count: Int) -> ExposedCount { ExposedCount(count, over: Double(daysCovered)) }
}

/// The rate of incidents in one window over that in another.
struct Effect: Sendable {
  let later: Window
  let earlier: Window
  /// By how much weekly counts varied more than Poisson's before; nil where too few weeks are covered.
  let dispersion: Double?
  /// The ratio of rates; nil where records leave a count open, or there was none earlier.
  let ratio: Double?
  /// The largest that the ratio may be; nil where that has no limit.
  let largestRatio: Double?
  /// The exact interval, whatever the true counts within their bounds were.
  let exact: Interval
  /// The interval that decides: the exact one, or the tempered one where counts vary more than Poisson's.
  let deciding: Interval
  /// The deciding interval if the counts were sure.
  let narrow: Interval
  /// The p-values of equal rates; nil where records leave a count open.
  let pValue: Double?
  let midPValue: Double?
  let fall: Double?
  let rise: Double?

  /// Beyond this the tempered interval decides.
  static let mostDispersion = 1.2
  var isTempered: Bool { (dispersion ?? 1) > Self.mostDispersion }
  /// The dispersion that the deciding interval takes into account.
  var decidingDispersion: Double { isTempered ? dispersion ?? 1 : 1 }
  /// Whether the records leave neither count open.
  var isSure: Bool { !later.isBounded && !earlier.isBounded }

  /// Compares two windows; nil where one of them has no covered day.
  init?(_ later: Window, to earlier: Window, dispersion: Double?) {
    guard later.daysCovered > 0, earlier.daysCovered > 0 else { return nil }
    (self.later, self.earlier, self.dispersion) = (later, earlier, dispersion)
    let (y1, y0) = (later.exposed(later.count), earlier.exposed(earlier.count))
    let phi = (dispersion ?? 1) > Self.mostDispersion ? dispersion ?? 1 : 1
    guard let plain = RateRatio(y1, to: y0), let mid = Statistics.midPValue(y1, to: y0),
      let narrow = temperedInterval(y1, to: y0, dispersion: phi),
      let exact = Self.widened(later, earlier, dispersion: 1),
      let deciding = Self.widened(later, earlier, dispersion: phi)
    else { return nil }
    let isSure = !later.isBounded && !earlier.isBounded
    ratio = isSure ? plain.ratio : nil
    (pValue, midPValue) = isSure ? (plain.pValue, mid) : (nil, nil)
    largestRatio =
      earlier.low == 0
      ? nil : later.high.map { Double($0 * earlier.daysCovered) / Double(earlier.low * later.daysCovered) }
    (self.exact, self.deciding, self.narrow) = (exact, deciding, narrow)
    let power = DetectableRatio(
      earlier: Double(earlier.low) / phi, over: Double(earlier.daysCovered), later: Double(later.daysCovered))
    fall = power?.fall()
    rise = power?.rise()
  }

  /// From the lower end for the fewest later against the most earlier, to the upper end for the reverse.
  private static func widened(_ later: Window, _ earlier: Window, dispersion: Double) -> Interval? {
    var lower = 0.0
    if let most = earlier.high {
      guard
        let interval = temperedInterval(later.exposed(later.low), to: earlier.exposed(most), dispersion: dispersion)
      else { return nil }
      lower = interval.lower
    }
    guard let most = later.high else { return Interval(lower: lower, upper: nil) }
    guard let interval = temperedInterval(later.exposed(most), to: earlier.exposed(earlier.low), dispersion: dispersion)
    else { return nil }
    return Interval(lower: lower, upper: interval.upper)
  }
}

extension Interval {
  /// Whether all of it lies below 1.
  var isBelowOne: Bool { upper.map { $0 < 1 } ?? false }
  /// Whether all of it lies above 1.
  var isAboveOne: Bool { lower > 1 }
  /// Which of its ends the data set.
  var bound: String {
    switch (lower > 0, upper != nil) {
    case (true, true): "both"
    case (true, false): "lower"
    case (false, true): "upper"
    case (false, false): "none"
    }
  }
}
