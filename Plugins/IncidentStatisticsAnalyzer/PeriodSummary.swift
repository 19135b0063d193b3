import EventModel
import JSONText
import Statistics
import Workbench

/// The incidents of each covered period.
struct PeriodSummary {
  /// The numbers of one period.
  struct Row {
    var period: Period
    var daysCovered: Int
    /// Whether every source covers each day that any covers.
    var isEven: Bool
    var isComplete: Bool
    var events = 0
    var incidentRows = 0
    var incidents = 0
    var incidentsLow = 0
    /// How many rows give a lower but no upper bound.
    var withoutHigh = 0
    var incidentsHigh = 0
    var fatalEvents = 0
    var fatalitiesLow = Tally()
    var fatalitiesBest = Tally()
    var fatalitiesHigh = Tally()
    var rank = 0
    var ratio: RateRatio?
    var interval: Interval?

    /// The upper bound; nil where a row gives none.
    var high: Int? { withoutHigh == 0 ? incidentsHigh : nil }
  }
  /// A sum over incident rows that give a number.
  struct Tally {
    var sum = 0
    var known = 0

    mutating func add(_ number: Int32?) {
      guard let number else { return }
      sum += Int(number)
      known += 1
    }
  }

  let length: PeriodLength
  var rows: [Row] = []
  private(set) var outsideCoverage = 0
  private(set) var spans = 0
  /// How many incident records last over several periods.
  private(set) var multiPeriod = 0
  let hasFatalities: [Bool]
  /// The days that any source covers.
  let covered: CoveredDays

  init(
    _ events: EventTable, _ incidents: IncidentClasses, _ length: PeriodLength, in context: RunContext
  ) throws(Diagnostic) {
    self.length = length
    hasFatalities = EventColumns.fatalities.columns.map { events.integers($0) != nil }
    let coverage = events.coverage.isEmpty ? Self.extent(of: events) : events.coverage
    let (some, every) = (CoveredDays(byAny: coverage), CoveredDays(byAll: coverage))
    covered = some
    rows = some.periods(length).map { period in
      let days = every.count(in: period)
      return Row(
        period: period, daysCovered: days, isEven: days > 0 && days == some.count(in: period),
        isComplete: days == period.days)
    }
    try count(events, incidents, in: context)
    let order = rows.map(\.incidents).sorted(by: >)
    for index in rows.indices {
      // The number of periods with more incidents, and one: ties share the smallest rank.
      rows[index].rank = order.partitioningIndex { $0 <= rows[index].incidents } + 1
      if index > 0 { compare(index) }
    }
  }

  /// From the first event to the last, where the sources say nothing.
  private static func extent(of events: EventTable) -> [Coverage] {
    guard let first = events.firstDay.values.min(), let last = events.lastDay.values.max() else { return [] }
    return [Coverage(source: "", from: first, to: last)]
  }

  private mutating func count(
    _ events: EventTable, _ incidents: IncidentClasses, in context: RunContext
  ) throws(Diagnostic) {
    guard let first = rows.first?.period.index, let last = rows.last?.period.index else { return }
    var rowOfPeriod = [Int?](repeating: nil, count: Int(last - first) + 1)
    for (row, summary) in rows.enumerated() { rowOfPeriod[Int(summary.period.index - first)] = row }
    let wholly = rows.map { covered.contains($0.period) }
    let (days, precisions) = (events.firstDay.values, events.datePrecision.values)
    let numbers = IncidentNumbers(events)
    let (low, best, high) = (
      events.integers(.fatalitiesLow), events.integers(.fatalitiesBest), events.integers(.fatalitiesHigh)
    )
    let lastDays = events.lastDay.values
    for row in 0..<events.count {
      if row & 0xFFFF == 0 { try context.checkCancellation() }
      if precisions[row] == DatePrecision.span.rawValue {
        spans += 1
        continue
      }
      let place = Int(length.index(of: days[row])) - Int(first)
      guard rowOfPeriod.indices.contains(place), let index = rowOfPeriod[place],
        wholly[index] || covered.contains(days[row])
      else {
        outsideCoverage += 1
        continue
      }
      rows[index].events += 1
      guard incidents.contains(row) else { continue }
      if lastDays[row] != days[row], length.index(of: lastDays[row]) != rows[index].period.index { multiPeriod += 1 }
      rows[index].add(numbers[row])
      rows[index].add(fatalities: low?[row], best?[row], high?[row])
    }
  }

  /// Compares a period with the one before by incidents per covered day.
  ///
  /// The interval reaches from the lower end for the fewest incidents now against the most then, to the upper end for
  /// the most now against the fewest then: so it holds whatever the true counts within their bounds were.
  private mutating func compare(_ index: Int) {
    let (now, then) = (rows[index], rows[index - 1])
    guard now.period.index == then.period.index + 1, now.isEven, then.isEven else { return }
    guard (now.high ?? 1) + (then.high ?? 1) > 0 else { return }
    let (days, daysThen) = (Double(now.daysCovered), Double(then.daysCovered))
    rows[index].ratio = RateRatio(
      ExposedCount(now.incidents, over: days), to: ExposedCount(then.incidents, over: daysThen))
    let lower = then.high.flatMap { most in
      RateRatio(ExposedCount(now.incidentsLow, over: days), to: ExposedCount(most, over: daysThen))?.interval.lower
    }
    let upper = now.high.flatMap { most in
      RateRatio(ExposedCount(most, over: days), to: ExposedCount(then.incidentsLow, over: daysThen))?.interval.upper
    }
    rows[index].interval = Interval(lower: lower ?? 0, upper: upper)
  }
}

extension PeriodSummary.Row {
  mutating func add(_ bounds: IncidentBounds) {
    incidentRows += 1
    incidents += bounds.value
    incidentsLow += bounds.low
    if let high = bounds.high { incidentsHigh += high } else { withoutHigh += 1 }
  }
  mutating func add(fatalities low: Int32?, _ best: Int32?, _ high: Int32?) {
    fatalitiesLow.add(low)
    fatalitiesBest.add(best)
    fatalitiesHigh.add(high)
    if best ?? low ?? 0 > 0 { fatalEvents += 1 }
  }
  /// The tallies in the order low, best, high.
  var fatalities: [PeriodSummary.Tally] { [fatalitiesLow, fatalitiesBest, fatalitiesHigh] }
}

extension [Int] {
  /// The first index whose element fulfils a condition that all later ones fulfil too.
  func partitioningIndex(where isPast: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isPast(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
