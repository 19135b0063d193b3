import EventModel
import Statistics
import Workbench

/// What was counted of one group in one period.
struct Tally: Sendable {
  /// A sum over incident records that give a number.
  struct Estimate: Sendable {
    var sum = 0
    var known = 0
    mutating func add(_ number: Int32) {
      sum += Int(number)
      known += 1
    }
  }
  var records = 0
  var incidents = 0
  var low = 0
  /// How many records give a lower but no upper bound.
  var withoutHigh = 0
  var highs = 0
  var fatalRecords = 0
  var fatalitiesLow = Estimate()
  var fatalitiesBest = Estimate()
  var fatalitiesHigh = Estimate()
  /// The best estimates above zero, one for each record.
  var fatalNumbers: [Int] = []

  /// The upper bound; nil where a record gives none.
  var high: Int? { withoutHigh == 0 ? highs : nil }
  /// The estimates in the order low, best, high.
  var fatalities: [Estimate] { [fatalitiesLow, fatalitiesBest, fatalitiesHigh] }
}

/// The incidents of one group, period by period.
struct IncidentSeries: Sendable {
  /// What it is a group by; nil for all incidents.
  let grouping: Grouping?
  /// Its label in the grouping.
  let label: Int
  let tallies: [Tally]
  /// The incidents of each period that have no label.
  let unattributed: [Int]
  /// Records dated to the day, on each day from the first covered one on; empty where there are too many days.
  let daily: [Int32]
  let calendar: IncidentCalendar

  var by: String { grouping?.dimension.rawValue ?? "all" }
  var group: String { grouping?.labels[label] ?? "all" }
  /// In words, for findings: `incidents` or `incidents of actor2 TTP`.
  var phrase: String { grouping == nil ? "incidents" : "incidents of \(by) '\(group)'" }

  var incidents: Int { tallies.reduce(0) { $0 + $1.incidents } }
  var records: Int { tallies.reduce(0) { $0 + $1.records } }
  /// The incidents of periods that are wholly covered.
  var counts: [Double] { calendar.complete.map { Double(tallies[$0].incidents) } }
  /// The days of those.
  var days: [Double] { calendar.complete.map { Double(calendar.entries[$0].days) } }
  /// When those are, in periods.
  var times: [Double] { calendar.complete.map { Double(calendar.entries[$0].period.index) } }
  /// By how much one period differs from the next beyond chance; nil where that cannot be told.
  ///
  /// By the lower bounds: an 'up to 45' says nothing of how incidents cluster, and widens intervals by itself.
  var dispersion: Double? {
    successiveDispersion(calendar.complete.map { Double(tallies[$0].low) }, exposure: days)
  }

  /// The largest part that one record has of the incidents.
  func largestRecord(_ incidents: Incidents) -> Int {
    var largest: Int32 = 0
    for index in incidents.rows.indices where contains(index) { largest = max(largest, incidents.values[index]) }
    return Int(largest)
  }
  /// Whether an incident record is of this group.
  func contains(_ index: Int) -> Bool { grouping.map { $0.codes[index] == Int32(label) } ?? true }
}

/// All incidents together, then each group.
struct AllSeries: Sendable {
  let incidents: Incidents
  let groupings: [Grouping]
  private(set) var list: [IncidentSeries] = []
  var calendar: IncidentCalendar { incidents.calendar }
  var all: IncidentSeries { list[0] }
  /// What `by` asked for and no incident has.
  let missing: [Dimension]

  /// More days than these have no tests of weekdays and months.
  private static let mostDays = 200_000

  init(_ incidents: Incidents, _ settings: IncidentSettings, in context: RunContext) throws(Diagnostic) {
    self.incidents = incidents
    let found = settings.by.map { ($0, Grouping(incidents, $0, most: settings.groups)) }
    groupings = found.compactMap(\.1)
    missing = found.filter { $0.1 == nil }.map(\.0)
    for dimension in missing {
      context.warn(
        .warning(
          .noGroups, "no incident has a '\(dimension.rawValue)'", parameter: "by",
          hint: "leave it out of `by`, or map a column of the file to `\(dimension.column.name)`"))
    }
    list = Self.series(incidents, nil)
    for grouping in groupings {
      try context.checkCancellation()
      list += Self.series(incidents, grouping)
    }
  }

  private static func series(_ incidents: Incidents, _ grouping: Grouping?) -> [IncidentSeries] {
    let calendar = incidents.calendar
    let width = calendar.entries.count
    let number = grouping?.largest.count ?? 1
    let slots = grouping?.slots
    var tallies = [Tally](repeating: Tally(), count: number * width)
    var unattributed = [Int](repeating: 0, count: width)
    let stretches = calendar.covered.stretches
    let first = stretches.first?.lowerBound ?? Day(daysSinceEpoch: 0)
    var span = stretches.last.map { first.days(until: $0.upperBound) + 1 } ?? 0
    if span > mostDays { span = 0 }
    var daily = [Int32](repeating: 0, count: number * span)
    let (days, lastDays) = (incidents.events.firstDay.values, incidents.events.lastDay.values)
    let precisions = incidents.events.datePrecision.values
    let (low, best, high) = (incidents.fatalities[0], incidents.fatalities[1], incidents.fatalities[2])
    for index in incidents.rows.indices {
      let place = Int(incidents.places[index])
      var slot = 0
      if let grouping, let slots {
        let code = grouping.codes[index]
        guard code >= 0 else {
          unattributed[place] += Int(incidents.values[index])
          continue
        }
        slot = Int(slots[Int(code)])
        guard slot >= 0 else { continue }
      }
      let row = Int(incidents.rows[index])
      let cell = slot * width + place
      tallies[cell].records += 1
      tallies[cell].incidents += Int(incidents.values[index])
      tallies[cell].low += Int(incidents.lows[index])
      if incidents.highs[index] >= 0 {
        tallies[cell].highs += Int(incidents.highs[index])
      } else {
        tallies[cell].withoutHigh += 1
      }
      let (least, likely, most) = (low?[row], best?[row], high?[row])
      if let least { tallies[cell].fatalitiesLow.add(least) }
      if let likely {
        tallies[cell].fatalitiesBest.add(likely)
        if likely > 0 { tallies[cell].fatalNumbers.append(Int(likely)) }
      }
      if let most { tallies[cell].fatalitiesHigh.add(most) }
      if likely ?? least ?? 0 > 0 { tallies[cell].fatalRecords += 1 }
      if span > 0, precisions[row] == DatePrecision.day.rawValue, days[row] == lastDays[row] {
        daily[slot * span + first.days(until: days[row])] += 1
      }
    }
    return (0..<number).map { slot in
      IncidentSeries(
        grouping: grouping, label: grouping?.largest[slot] ?? 0,
        tallies: Array(tallies[slot * width..<(slot + 1) * width]), unattributed: unattributed,
        daily: Array(daily[slot * span..<(slot + 1) * span]), calendar: calendar)
    }
  }
}
