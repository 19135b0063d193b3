import EventModel
import Incidents
import Statistics

/// The days that every source covers, one after the other.
struct DayCalendar: Sendable {
  let covered: CoveredDays
  /// The day of each index.
  let days: [Day]
  /// The indices before which days are missing.
  let gaps: [Int]
  /// The weeks of which every day is covered.
  let weeks: [Period]

  /// Days beyond these are not listed: the tables say so.
  static let most = 200_000

  init(_ events: EventTable) {
    covered = events.daysCoveredByAll
    let span = covered.stretches.reduce(0) { $0 + $1.lowerBound.days(until: $1.upperBound) + 1 }
    var (days, gaps) = ([Day](), [Int]())
    if span <= Self.most {
      for stretch in covered.stretches {
        if !days.isEmpty { gaps.append(days.count) }
        for offset in 0...stretch.lowerBound.days(until: stretch.upperBound) {
          days.append(stretch.lowerBound.adding(days: offset))
        }
      }
    }
    let all = covered
    (self.days, self.gaps) = (days, gaps)
    weeks = days.isEmpty ? [] : all.periods(.week).filter { all.contains($0) }
  }

  /// The index of a covered day.
  func index(of day: Day) -> Int? {
    var (low, high) = (0, days.count)
    while low < high {
      let middle = (low + high) / 2
      if days[middle] < day { low = middle + 1 } else { high = middle }
    }
    return low < days.count && days[low] == day ? low : nil
  }
}

/// The incidents of one group, day by day: those that are dated to the day.
struct DaySeries: Sendable {
  let group: IncidentGroup
  /// How many there are of each covered day.
  let counts: [Double]
  /// The days of incidents, by index, in order of time.
  let places: [Int]
  /// The rows of those.
  let rows: [Int32]
  /// How many records are dated less precisely than to the day, and how many lie on days not covered.
  let undated: Int
  let uncovered: Int

  init(_ group: IncidentGroup, _ events: EventTable, _ calendar: DayCalendar) {
    self.group = group
    let (days, precisions) = (events.firstDay.values, events.datePrecision.values)
    var counts = [Double](repeating: 0, count: calendar.days.count)
    var dated: [(place: Int, row: Int32)] = []
    var (undated, uncovered) = (0, 0)
    for row in group.rows {
      if precisions[Int(row)] != DatePrecision.day.rawValue {
        undated += 1
      } else if let place = calendar.index(of: days[Int(row)]) {
        counts[place] += 1
        dated.append((place, row))
      } else {
        uncovered += 1
      }
    }
    dated.sort { ($0.place, $0.row) < ($1.place, $1.row) }
    (self.counts, self.undated, self.uncovered) = (counts, undated, uncovered)
    places = dated.map(\.place)
    rows = dated.map(\.row)
    let gaps = Set(calendar.gaps)
    var list: [Int] = []
    var stretch = 0
    var last: (place: Int, stretch: Int)?
    // A gap that days without coverage lie in is not known.
    let edges = calendar.gaps
    for entry in dated {
      while stretch < edges.count, edges[stretch] <= entry.place { stretch += 1 }
      if let last, gaps.isEmpty || last.stretch == stretch { list.append(entry.place - last.place) }
      last = (entry.place, stretch)
    }
    self.gaps = list
  }

  /// The days from each incident to the next.
  let gaps: [Int]

  /// What cannot be said, and why.
  var note: String? {
    if counts.isEmpty { return "no day is covered by every source, or too many are" }
    if group.rows.isEmpty { return "no incident" }
    if places.isEmpty { return "no incident is dated to a covered day" }
    if places.count < 5 { return "fewer than 5 incidents are dated to a covered day" }
    if places.first == places.last { return "all incidents are of one day" }
    return nil
  }

  /// Counts of the wholly covered weeks.
  func weekly(_ calendar: DayCalendar) -> [Double] {
    guard let first = calendar.weeks.first?.index, let last = calendar.weeks.last?.index else { return [] }
    var byIndex = [Double](repeating: 0, count: Int(last - first) + 1)
    for place in places {
      let offset = Int(PeriodLength.week.index(of: calendar.days[place])) - Int(first)
      if byIndex.indices.contains(offset) { byIndex[offset] += 1 }
    }
    return calendar.weeks.map { byIndex[Int($0.index - first)] }
  }
}
