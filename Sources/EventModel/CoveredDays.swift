/// The days for which silence means that nothing happened, as stretches in order that do not touch.
public struct CoveredDays: Sendable, Hashable {
  /// The stretches.
  public let stretches: [ClosedRange<Day>]

  /// The days in any of some stretches, given in any order; one whose end lies before its beginning holds none.
  public init(_ ranges: [(from: Day, to: Day)]) {
    var joined: [ClosedRange<Day>] = []
    for range in ranges.filter({ $0.from <= $0.to }).sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
      if let last = joined.last, range.from <= last.upperBound.adding(days: 1) {
        joined[joined.count - 1] = last.lowerBound...max(last.upperBound, range.to)
      } else {
        joined.append(range.from...range.to)
      }
    }
    stretches = joined
  }
  /// The days that at least one source covers.
  public init(byAny coverage: [Coverage]) { self.init(coverage.map { ($0.from, $0.to) }) }
  /// The days that every source covers; a source may cover several stretches.
  public init(byAll coverage: [Coverage]) {
    var sources: [String] = []
    for entry in coverage where !sources.contains(entry.source) { sources.append(entry.source) }
    let each = sources.map { source in CoveredDays(byAny: coverage.filter { $0.source == source }) }
    self = each.dropFirst().reduce(each.first ?? CoveredDays([])) { $0.intersection($1) }
  }

  /// The days in both.
  public func intersection(_ other: CoveredDays) -> CoveredDays {
    CoveredDays(
      stretches.flatMap { stretch in
        other.stretches.map {
          (from: max(stretch.lowerBound, $0.lowerBound), to: min(stretch.upperBound, $0.upperBound))
        }
      })
  }
  /// Whether a day is covered.
  public func contains(_ day: Day) -> Bool { stretches.contains { $0.contains(day) } }
  /// How many days of a period are covered.
  public func count(in period: Period) -> Int {
    let (first, last) = (period.firstDay, period.lastDay)
    return stretches.reduce(0) { count, stretch in
      let (from, to) = (max(first, stretch.lowerBound), min(last, stretch.upperBound))
      return from <= to ? count + from.days(until: to) + 1 : count
    }
  }
  /// Whether every day of a period is covered.
  public func contains(_ period: Period) -> Bool { count(in: period) == period.days }
  /// The periods of a length that hold a covered day, in order.
  public func periods(_ length: PeriodLength) -> [Period] {
    var periods: [Period] = []
    for stretch in stretches {
      let first = length.index(of: stretch.lowerBound)
      let start = periods.last.map { max($0.index + 1, first) } ?? first
      let end = length.index(of: stretch.upperBound)
      if start <= end { periods += (start...end).map { Period(length: length, index: $0) } }
    }
    return periods
  }
}
