import EventModel
import Incidents
import Statistics
import Workbench

/// What one incident of a group brings of others, beside a background that changes where the rate does.
struct Excitation: Sendable {
  /// How many stretches of one background there are.
  let segments: Int
  private(set) var fit: SelfExcitation?
  private(set) var p: Double?
  private(set) var q: Double?
  private(set) var misfit: (distance: Double, pValue: Double)?
  private(set) var note: String?

  /// Fewer incidents, or days, are not fitted.
  private static let (leastIncidents, leastDays) = (30, 90)

  static func all(
    _ series: [DaySeries], _ calendar: DayCalendar, permutations: Int, in context: RunContext
  ) throws(Diagnostic) -> [Excitation] {
    let changes = try changes(series, calendar, in: context)
    var all = try context.concurrentMap(series.count) { index throws(Diagnostic) in
      try context.checkCancellation()
      return Excitation(series[index], days(series[index], calendar, changes[index]), changes[index].count + 1, context)
    }
    // Permutations in pieces, so that all workers have some of each group.
    let (tested, pieces) = (all.indices.filter { all[$0].fit != nil }, 20)
    let exceeding = try context.concurrentMap(tested.count * pieces) { work throws(Diagnostic) in
      try context.checkCancellation()
      let (index, piece) = (tested[work / pieces], work % pieces)
      var random = context.randomNumbers(for: "excitation \(series[index].group.by) \(series[index].group.group)")
      return SelfExcitation.exceedances(
        of: days(series[index], calendar, changes[index]), seed: random.next(),
        permutations: piece * permutations / pieces..<(piece + 1) * permutations / pieces)
    }
    for (place, index) in tested.enumerated() {
      let exceedances = exceeding[place * pieces..<(place + 1) * pieces].reduce(0, +)
      all[index].p = Double(exceedances + 1) / Double(permutations + 1)
    }
    let rates = falseDiscoveryRates(all.map { $0.p ?? .nan })
    for index in all.indices { all[index].q = rates[index].isNaN ? nil : rates[index] }
    return all
  }

  private init(_ series: DaySeries, _ days: ExcitedDays, _ segments: Int, _ context: RunContext) {
    self.segments = segments
    note =
      series.note
      ?? (series.places.count < Self.leastIncidents
        ? "fewer than \(Self.leastIncidents) incidents are dated to a covered day"
        : series.counts.count < Self.leastDays ? "fewer than \(Self.leastDays) days are covered" : nil)
    guard note == nil else { return }
    fit = SelfExcitation(days)
    guard let fit else {
      note = "the incidents are too few to fit"
      return
    }
    var random = context.randomNumbers(for: "misfit \(series.group.by) \(series.group.group)")
    misfit = fit.misfit(days, seed: random.next())
  }

  /// The days with their segments, which begin where the rate of weeks changes.
  private static func days(_ series: DaySeries, _ calendar: DayCalendar, _ changes: [Day]) -> ExcitedDays {
    var (segment, segments) = (0, [Int]())
    for day in calendar.days {
      while segment < changes.count, changes[segment] <= day { segment += 1 }
      segments.append(segment)
    }
    return ExcitedDays(series.counts, segments: segments, gaps: calendar.gaps)
  }

  /// The first days of new rates, of each series: searched for as lasting changes of weekly counts.
  private static func changes(
    _ series: [DaySeries], _ calendar: DayCalendar, in context: RunContext
  ) throws(Diagnostic) -> [[Day]] {
    let tested =
      (26...4_000).contains(calendar.weeks.count)
      ? series.indices.filter { series[$0].places.count >= leastIncidents } : []
    let families = tested.map { index in
      var random = context.randomNumbers(for: "changes \(series[index].group.by) \(series[index].group.group)")
      return ChangeFamily(.counts(CountSeries(series[index].weekly(calendar))), seed: random.next())
    }
    let found = try ChangeSearch().changes(in: families) { count, work throws(Diagnostic) in
      try context.concurrentMap(count) { index throws(Diagnostic) in
        try context.checkCancellation()
        return work(index)
      }
    }
    var changes = [[Day]](repeating: [], count: series.count)
    for (place, index) in tested.enumerated() {
      changes[index] = found[place].changes.map { calendar.weeks[$0.index].firstDay }
    }
    return changes
  }
}
