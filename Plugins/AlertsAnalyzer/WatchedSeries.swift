import EventModel
import Incidents
import Statistics

/// The periods that every source covers wholly, and the partial one after them.
struct AlertCalendar: Sendable {
  let length: PeriodLength
  let covered: CoveredDays
  /// Wholly covered periods, in order.
  let periods: [Period]
  /// A period after the last of those of which only some days are covered.
  let partial: Period?

  init(_ events: EventTable, _ length: PeriodLength) {
    self.length = length
    let covered = events.daysCoveredByAll
    self.covered = covered
    let all = covered.periods(length)
    let whole = all.filter { covered.contains($0) }
    periods = whole
    partial = all.last.flatMap { last in whole.last.map { last > $0 } ?? true ? last : nil }
  }

  var word: String { length.rawValue }
}

/// The incidents of one group by period, and what each period was to be expected to have.
struct WatchedSeries: Sendable {
  let group: IncidentGroup
  /// Incidents of the wholly covered periods.
  let counts: [Double]
  /// Incidents of the partial period so far.
  let partial: Int
  /// The forecasts of the latest periods, by place, from those before each.
  let forecasts: [(place: Int, forecast: CountForecast, periods: Int)]
  let note: String?

  /// With fewer whole periods before it, a period has no forecast.
  static let fewest = 12

  init(_ group: IncidentGroup, _ events: EventTable, _ calendar: AlertCalendar, history: Int) {
    self.group = group
    let (days, precisions) = (events.firstDay.values, events.datePrecision.values)
    let periods = calendar.periods
    let first = periods.first?.index ?? 0
    var places = [Int](repeating: -1, count: periods.last.map { Int($0.index - first) + 1 } ?? 0)
    for (place, period) in periods.enumerated() { places[Int(period.index - first)] = place }
    var (counts, partial) = ([Double](repeating: 0, count: periods.count), 0)
    let most = calendar.length.leastPrecision.rawValue
    for row in group.rows where precisions[Int(row)] <= most {
      let index = calendar.length.index(of: days[Int(row)])
      let offset = Int(index) - Int(first)
      if places.indices.contains(offset), places[offset] >= 0 {
        counts[places[offset]] += 1
      } else if index == calendar.partial?.index {
        partial += 1
      }
    }
    (self.counts, self.partial) = (counts, partial)
    // A season or a gap of the coverage before counts as time that has passed: no older periods take its place.
    let last = periods.count - 1
    var forecasts: [(Int, CountForecast, Int)] = []
    if last >= 0 {
      for place in max(0, last - history + 1)...last {
        let before = (0..<place).reversed().prefix(history).filter {
          periods[$0].index >= periods[place].index - Int32(history)
        }.reversed()
        guard before.count >= Self.fewest else { continue }
        let forecast = CountForecast(
          before.map { counts[$0] }, exposure: before.map { Double(periods[$0].days) },
          ahead: Double(periods[place].days))
        if let forecast { forecasts.append((place, forecast, before.count)) }
      }
    }
    self.forecasts = forecasts.map { (place: $0.0, forecast: $0.1, periods: $0.2) }
    note =
      last < 0
      ? "no \(calendar.word) is wholly covered"
      : forecasts.last?.0 != last
        ? "fewer than \(Self.fewest) whole \(calendar.word)s lie within the \(history) before the latest" : nil
  }

  /// The latest whole period with its forecast.
  var latest: (count: Int, forecast: CountForecast, periods: Int)? {
    guard note == nil, let last = forecasts.last else { return nil }
    return (Int(counts[last.place]), last.forecast, last.periods)
  }
  /// Twice the smaller of the probabilities of so many and of so few.
  var pValue: Double? {
    latest.map { min(1, 2 * min($0.forecast.share(atLeast: $0.count), $0.forecast.share(atMost: $0.count))) }
  }
}

extension PeriodLength {
  /// The least precise dates that belong to one such period.
  var leastPrecision: DatePrecision {
    switch self {
    case .day: .day
    case .week: .week
    case .month: .month
    case .quarter: .quarter
    case .year: .year
    }
  }
}
