import EventModel
import Statistics

/// The daily counts of an intervention's incidents on the covered days since all its actors were there.
struct DailySeries: Sendable {
  let first: Day
  let counts: [Int]
  let isCovered: [Bool]
  /// Days on which another measure was in force, or about to be.
  let isOthers: [Bool]

  init?(
    _ records: [Incidents.Record], _ incidents: Incidents, _ intervention: Intervention, among others: [Intervention],
    anticipation: Int
  ) {
    guard let coveredFrom = incidents.covered.stretches.first?.lowerBound,
      let last = incidents.covered.stretches.last?.upperBound, let seen = incidents.presence(of: intervention)
    else { return nil }
    let first = max(coveredFrom, seen)
    guard first <= last else { return nil }
    let days = first.days(until: last) + 1
    var counts = [Int](repeating: 0, count: days)
    var isCovered = [Bool](repeating: false, count: days)
    for stretch in incidents.covered.stretches where stretch.upperBound >= first {
      for day in first.days(until: max(first, stretch.lowerBound))...first.days(until: stretch.upperBound) {
        isCovered[day] = true
      }
    }
    for record in records {
      let day = first.days(until: record.first)
      if counts.indices.contains(day), isCovered[day] { counts[day] += record.bounds.value }
    }
    var isOthers = [Bool](repeating: false, count: days)
    for other in others where other.name != intervention.name && other.shares(intervention) {
      let from = max(0, first.days(until: other.start.adding(days: -anticipation)))
      let to = min(days - 1, other.end.map { first.days(until: $0) } ?? days - 1)
      if from <= to { for day in from...to { isOthers[day] = true } }
    }
    (self.first, self.counts, self.isCovered, self.isOthers) = (first, counts, isCovered, isOthers)
  }

  /// The number of a day; it may lie outside.
  private func index(_ day: Day) -> Int { first.days(until: day) }
  /// The incidents of a week that begins on a day; nil where not all of it is covered.
  private func week(_ start: Int) -> Int? {
    guard start >= 0, start + 7 <= counts.count, isCovered[start..<start + 7].allSatisfy({ $0 }) else { return nil }
    return counts[start..<start + 7].reduce(0, +)
  }

  /// By how much the counts of the 26 weeks before a day vary more than Poisson's; nil below 8 covered weeks.
  func dispersion(before day: Day) -> Double? {
    let weeks = (1...26).compactMap { week(index(day) - 7 * $0) }
    guard weeks.count >= 8 else { return nil }
    return CountSeries(weeks.reversed().map { Double($0) }).dispersion
  }

  /// The same change about every earlier date whose days, those after it included, neither overlap nor touch the start.
  func placebo(_ real: Effect, baseLength: Int, gap: Int, start: Day, end: Day) -> PlaceboTest? {
    let length = start.days(until: end) + 1
    let blocked = zip(isCovered, isOthers).map { !$0 || $1 }
    let latest = index(start) - length - baseLength
    guard latest > 0 else { return nil }
    let test = PlaceboTest(
      real: (real.later.exposed(real.later.count), real.earlier.exposed(real.earlier.count)), counts: counts,
      isBlocked: blocked, lengths: (baseLength, gap, length), starts: 0..<latest)
    return test.placebos > 0 ? test : nil
  }

  /// The segmented regression of weekly counts.
  ///
  /// Weeks are counted from the start and from the day after the end, at most 156 before and 52 after; those of the
  /// anticipation, of other measures, and not wholly covered are left out.
  func levels(start: Day, end: Day?, last: Day, gap: Int) -> SegmentedLevels? {
    let (from, to) = (index(start), index(last))
    var weeks: [SegmentedLevels.Week] = []
    func add(_ day: Int, _ part: SegmentedLevels.Part) {
      guard let count = week(day), !isOthers[day..<day + 7].contains(true) else { return }
      weeks.append(SegmentedLevels.Week(day: day, count: count, part: part))
    }
    for number in 1...156 where number * 7 - 7 >= gap { add(from - 7 * number, .before) }
    for day in stride(from: from, through: to - 6, by: 7) { add(day, .during) }
    if end != nil { for number in 0..<52 { add(to + 1 + 7 * number, .after) } }
    return SegmentedLevels(weeks, start: from, end: to + 1)
  }
}
