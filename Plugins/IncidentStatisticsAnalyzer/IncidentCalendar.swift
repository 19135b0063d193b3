import EventModel

/// The periods of which at least a day is covered, and how much of each.
struct IncidentCalendar: Sendable {
  /// One of them.
  struct Entry: Sendable {
    var period: Period
    /// How many days every source covers.
    var days: Int
    /// Whether every source covers each day that any covers.
    var isEven: Bool
    /// Whether every source covers every day.
    var isComplete: Bool
  }
  let length: PeriodLength
  let entries: [Entry]
  /// The days that any source covers.
  let covered: CoveredDays
  /// The days that every source covers.
  let coveredByAll: CoveredDays
  /// The places of periods that every source covers wholly.
  let complete: [Int]
  private let placeOfIndex: [Int32]
  private let isWhollyCovered: [Bool]

  init(_ events: EventTable, _ length: PeriodLength) {
    self.length = length
    let coverage = events.coverage.isEmpty ? Self.extent(of: events) : events.coverage
    let (some, every) = (CoveredDays(byAny: coverage), CoveredDays(byAll: coverage))
    (covered, coveredByAll) = (some, every)
    let entries = some.periods(length).map { period in
      let days = every.count(in: period)
      return Entry(
        period: period, days: days, isEven: days > 0 && days == some.count(in: period), isComplete: days == period.days)
    }
    self.entries = entries
    complete = entries.indices.filter { entries[$0].isComplete }
    isWhollyCovered = entries.map { some.contains($0.period) }
    var places: [Int32] = []
    if let first = entries.first?.period.index, let last = entries.last?.period.index {
      places = [Int32](repeating: -1, count: Int(last - first) + 1)
      for (place, entry) in entries.enumerated() { places[Int(entry.period.index - first)] = Int32(place) }
    }
    placeOfIndex = places
  }

  /// From the first event to the last, where the sources say nothing.
  private static func extent(of events: EventTable) -> [Coverage] {
    guard let first = events.firstDay.values.min(), let last = events.lastDay.values.max() else { return [] }
    return [Coverage(source: "", from: first, to: last)]
  }

  /// The place of a period; nil where no day of it is covered.
  func place(ofIndex index: Int32) -> Int? {
    guard let first = entries.first?.period.index else { return nil }
    let offset = Int(index) - Int(first)
    guard placeOfIndex.indices.contains(offset), placeOfIndex[offset] >= 0 else { return nil }
    return Int(placeOfIndex[offset])
  }
  /// The place of the period in which a covered day lies; nil for other days.
  func place(of day: Day) -> Int? {
    guard let place = place(ofIndex: length.index(of: day)) else { return nil }
    return isWhollyCovered[place] || covered.contains(day) ? place : nil
  }
  /// The period a year before: of weeks and days the one 52 weeks before; nil where that is the one before, or unknown.
  func yearBefore(_ place: Int) -> Int? {
    let back: Int32? =
      switch length {
      case .day: 364
      case .week: 52
      case .month: 12
      case .quarter: 4
      case .year: nil
      }
    return back.flatMap { self.place(ofIndex: entries[place].period.index - $0) }
  }
  /// The word for a period, in the singular.
  var word: String { length.rawValue }
}
