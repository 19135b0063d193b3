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
  var bounded: BoundedCount { BoundedCount(count, low: low, high: high, over: Double(daysCovered)) }
}

/// The rate of incidents in one window over that in another.
struct Effect: Sendable {
  let later: Window
  let earlier: Window
  private let comparison: BoundedRateRatio
  let fall: Double?
  let rise: Double?

  /// By how much weekly counts varied more than Poisson's before; nil where too few weeks are covered.
  var dispersion: Double? { comparison.dispersion }
  /// The ratio of rates; nil where records leave a count open, or there was none earlier.
  var ratio: Double? { comparison.ratio }
  /// The largest that the ratio may be; nil where that has no limit.
  var largestRatio: Double? { comparison.largestRatio }
  /// The exact interval, whatever the true counts within their bounds were.
  var exact: Interval { comparison.exact }
  /// The interval that decides: the exact one, or the tempered one where counts vary more than Poisson's.
  var deciding: Interval { comparison.deciding }
  /// The deciding interval if the counts were sure.
  var narrow: Interval { comparison.narrow }
  /// The p-values of equal rates; nil where records leave a count open.
  var pValue: Double? { comparison.pValue }
  var midPValue: Double? { comparison.midPValue }
  var isTempered: Bool { comparison.isTempered }

  /// Compares two windows; nil where one of them has no covered day.
  init?(_ later: Window, to earlier: Window, dispersion: Double?) {
    guard later.daysCovered > 0, earlier.daysCovered > 0,
      let comparison = BoundedRateRatio(later.bounded, to: earlier.bounded, dispersion: dispersion)
    else { return nil }
    (self.later, self.earlier, self.comparison) = (later, earlier, comparison)
    let power = comparison.power
    fall = power?.fall()
    rise = power?.rise()
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
