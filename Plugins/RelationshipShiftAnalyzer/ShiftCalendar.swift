import EventModel
import Statistics

/// The periods of a run: those of which at least a day is covered by every source.
struct ShiftCalendar: Sendable {
  let length: PeriodLength
  let periods: [Period]
  /// How much of a period is covered: days over those of an average period.
  let seen: [Double]
  let covered: CoveredDays
  private let placeOfIndex: [Int32]

  /// The least number of periods of a regime: 13 weeks, or about as long in other periods.
  var minimum: Int {
    switch length {
    case .day: 14
    case .week: 13
    default: length == .month ? 3 : 2
    }
  }
  /// How many periods a sparse series may be searched by together, so that a step is about a week, a month or a quarter.
  var steps: [Int] {
    switch length {
    case .day: [1, 7, 28, 91]
    case .week: [1, 4, 13]
    case .month: [1, 3]
    case .quarter, .year: [1]
    }
  }
  /// The least number of steps of a regime.
  func minimum(step: Int) -> Int { step == 1 ? minimum : max(2, (minimum + step - 1) / step) }
  /// The numbers of steps whose sums show whether neighbours are alike: as long as those of weeks.
  func longRun(step: Int) -> [Int] {
    let days = averageDays * Double(step)
    let lengths = longRunWeeks.map { Int((Double($0) * 7 / days).rounded()) }.filter { $0 > 1 }
    return lengths.enumerated().filter { $0.offset == 0 || $0.element > lengths[$0.offset - 1] }.map(\.element)
  }
  /// Whether so many steps are enough to look for shifts.
  func isLongEnough(_ count: Int, step: Int = 1) -> Bool { count >= max(24, 2 * minimum(step: step)) }
  /// The least number of periods of a level of reporting.
  var exposureMinimum: Int { length == .day ? 91 : minimum }
  /// Whether there are enough periods to look for shifts.
  var isLongEnough: Bool { isLongEnough(periods.count) }
  /// Days of an average period.
  var averageDays: Double { length.averageDays }

  init(_ histories: Histories, _ events: EventTable, _ settings: ShiftSettings) {
    covered = events.coverage.isEmpty ? Self.extent(of: events) : CoveredDays(byAll: events.coverage)
    length = Self.length(settings, histories, covered)
    periods = covered.periods(length)
    let (length, covered) = (length, covered)
    seen = periods.map { Double(covered.count(in: $0)) / length.averageDays }
    var places: [Int32] = []
    if let first = periods.first?.index, let last = periods.last?.index {
      places = [Int32](repeating: -1, count: Int(last - first) + 1)
      for (place, period) in periods.enumerated() { places[Int(period.index - first)] = Int32(place) }
    }
    placeOfIndex = places
  }

  /// The place of the period that holds a day; nil where none does.
  func place(of day: Day) -> Int? {
    guard let first = periods.first?.index else { return nil }
    let offset = Int(length.index(of: day)) - Int(first)
    guard placeOfIndex.indices.contains(offset), placeOfIndex[offset] >= 0 else { return nil }
    return Int(placeOfIndex[offset])
  }
  /// The last day covered by every source.
  var lastDay: Day? { covered.stretches.last?.upperBound }

  /// The place of the period that an event counts in; nil where it is a state, is not dated to one period, is of too
  /// little confidence, or lies outside the coverage.
  func place(of event: DyadEvent, _ settings: ShiftSettings) -> Int? {
    guard !event.isState, event.confidence >= settings.minConfidence, isDated(event),
      let place = place(of: event.firstDay),
      covered.contains(event.firstDay)
    else { return nil }
    return place
  }
  /// The parts of an event that is not dated to one period, by the days it may have happened on; days on which not every
  /// source is there to see count nowhere.
  func parts(of event: DyadEvent) -> [(place: Int, part: Double)] {
    var (first, last) = (event.firstDay, event.lastDay)
    if first == last, let known = event.precision.length {
      let period = Period(known, holding: first)
      (first, last) = (period.firstDay, period.lastDay)
    }
    let days = Double(first.days(until: last) + 1)
    return covered.intersection(CoveredDays([(from: first, to: last)])).periods(length).compactMap { period in
      guard let place = place(of: period.firstDay) else { return nil }
      let own = covered.intersection(
        CoveredDays([(from: max(first, period.firstDay), to: min(last, period.lastDay))]))
      return (place, Double(own.count(in: period)) / days)
    }
  }
  /// Whether an event is dated to one period: it is known as well, and lasts no longer.
  func isDated(_ event: DyadEvent) -> Bool {
    let longest =
      switch length {
      case .day: 1
      case .week: 7
      case .month: 31
      default: 92
      }
    let known =
      switch event.precision {
      case .day: true
      case .week: length != .day
      case .month: length == .month || length == .quarter
      case .quarter: length == .quarter
      case .year, .span: false
      }
    return known && event.firstDay.days(until: event.lastDay) < longest
  }

  /// From the first event to the last, where the sources say nothing.
  private static func extent(of events: EventTable) -> CoveredDays {
    guard let first = events.firstDay.values.min(), let last = events.lastDay.values.max() else {
      return CoveredDays([])
    }
    return CoveredDays([(from: first, to: last)])
  }

  /// The length asked for, or that of `auto`.
  private static func length(
    _ settings: ShiftSettings, _ histories: Histories, _ covered: CoveredDays
  ) -> PeriodLength {
    switch settings.period {
    case .day: return .day
    case .week: return .week
    case .month: return .month
    case .quarter: return .quarter
    case .auto: break
    }
    let numbers = histories.dyads.map { $0.events.count { !$0.isState } }
    if numbers.count(where: { $0 >= settings.minEvents }) >= 6 { return .week }
    let busiest = numbers.max() ?? 0
    let lengths = [PeriodLength.day, .week, .month, .quarter].map { ($0, covered.periods($0).count) }
      .filter { $0.1 >= 24 }
    return lengths.first { busiest >= $0.1 }?.0 ?? lengths.last?.0 ?? .week
  }
}

extension DatePrecision {
  /// The period that a date of this precision may mean; nil for days, and for what lasts.
  fileprivate var length: PeriodLength? {
    switch self {
    case .day, .span: nil
    case .week: .week
    case .month: .month
    case .quarter: .quarter
    case .year: .year
    }
  }
}

extension PeriodLength {
  /// Days of an average period.
  var averageDays: Double {
    switch self {
    case .day: 1
    case .week: 7
    case .month: 365.2425 / 12
    case .quarter: 365.2425 / 4
    case .year: 365.2425
    }
  }
}
