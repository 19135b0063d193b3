import EventModel
import Incidents
import JSONText
import Statistics
import Workbench

/// How unevenly incidents lie in time: clusters, weekdays, months, seasons.
struct DispersionTable {
  private let all: AllSeries
  private let rows: [Dispersion]
  private let weekdayQ: [Double?]
  private let monthQ: [Double?]

  init(_ all: AllSeries, in context: RunContext) throws(Diagnostic) {
    self.all = all
    let days = CalendarDays(all.calendar)
    rows = try context.concurrentMap(all.list.count) { index throws(Diagnostic) in
      try context.checkCancellation()
      return Dispersion(all.list[index], days)
    }
    weekdayQ = adjusted(rows.map { $0.weekdays?.pValue })
    monthQ = adjusted(rows.map { $0.months?.pValue })
  }

  static func schema(_ length: PeriodLength) -> TableSchema {
    let period = length.rawValue
    return TableSchema(
      "dispersion", "A row is how all incidents, or those of a group, are spread over time.", keys: ["by", "group"],
      columns: IncidentGroup.columns + [
        ColumnSchema("periods", .integer, unit: "\(period)s", "wholly covered \(period)s"),
        ColumnSchema("incidents", .integer, unit: "incidents", "incidents in them"),
        ColumnSchema("mean", .real, unit: "incidents", "mean of a \(period)"),
        ColumnSchema("variance", .real, "variance of \(period)s"),
        ColumnSchema("fano", .real, "variance over mean: 1 where incidents come independently at one rate"),
        ColumnSchema("poisson_p", .real, "p that \(period)s vary so much at one rate, by chi-squared"),
        ColumnSchema(
          "dispersion", .real, "the same between neighbouring \(period)s: changes of level hardly enter; at least 1"),
        ColumnSchema("long_dispersion", .real, "the greatest of that and the same for sums of 4, 13 and 20 \(period)s"),
        ColumnSchema("dated", .integer, unit: "events", "incident records dated to the day in whole weeks or years"),
        ColumnSchema("weekday_p", .real, "p that all weekdays are alike, by their ranks in each week (Friedman)"),
        ColumnSchema("weekday_q", .real, "that p adjusted for the rows of this table"),
        ColumnSchema("weekday", .text, "the weekday that ranks highest"),
        ColumnSchema("weekday_ratio", .real, "its records over those of an average weekday"),
        ColumnSchema("month_p", .real, "p that all months are alike, by their ranks in each year (Friedman)"),
        ColumnSchema("month_q", .real, "that p adjusted for the rows of this table"),
        ColumnSchema("month", .integer, "the month that ranks highest, from 1"),
        ColumnSchema("month_ratio", .real, "its rate over that of all months"),
        ColumnSchema("rayleigh_r", .real, "how concentrated days of the year are, from 0 to 1"),
        ColumnSchema(
          "rayleigh_p", .real, "p that they prefer no season, for counts over their dispersion among years and months"),
        ColumnSchema("mean_day", .text, "the mean day of the year, where rayleigh_p is below .05"),
        ColumnSchema("seasonal_strength", .real, "how strong the season of months is, from 0 to 1, by STL"),
        ColumnSchema("note", .text, "what cannot be said, and why"),
      ])
  }

  var part: TablePart {
    var table = ResultTable.Builder(Self.schema(all.calendar.length))
    for (index, row) in rows.enumerated() {
      table.append([
        .string(row.series.by), .string(row.series.group), .integer(all.calendar.complete.count),
        .integer(row.incidents), exact(row.spread?.mean), exact(row.spread?.variance), exact(row.spread?.fano),
        exact(row.spread?.pValue), exact(row.series.dispersion), exact(row.longDispersion), .integer(row.dated),
        exact(row.weekdays?.pValue), exact(weekdayQ[index]), cell(row.weekdays.map { weekdayNames[$0.highest.place] }),
        exact(row.weekdays?.highest.ratio), exact(row.months?.pValue), exact(monthQ[index]),
        cell(row.months.map { $0.highest.place + 1 }), exact(row.months?.highest.ratio),
        exact(row.rayleigh?.concentration), exact(row.rayleigh?.pValue), cell(row.meanDay), exact(row.strength),
        cell(row.note),
      ])
    }
    return TablePart(tables: [table.finish()], findings: findings)
  }

  private var findings: [RankedFinding] {
    var findings: [RankedFinding] = []
    for (index, row) in rows.enumerated() {
      if let test = row.weekdays, let q = weekdayQ[index], q <= 0.05 {
        let name = weekdayNames[test.highest.place]
        findings.append(
          RankedFinding(
            "\(row.series.phrase.capitalizedFirst) are not alike on all weekdays: \(name)s rank highest, "
              + "with \(short(test.highest.ratio)) times the records of an average day (q \(short(q)), \(counted(row.dated, "record")) dated "
              + "to the day).",
            numbers: ["q": exact(q), "ratio": exact(test.highest.ratio), "records": .integer(row.dated)], q: q,
            effect: test.highest.ratio - 1, count: row.dated,
            events: ids(row) { $0.weekday == test.highest.place + 1 }))
      }
      if let test = row.months, let q = monthQ[index], q <= 0.05 {
        let month = test.highest.place + 1
        findings.append(
          RankedFinding(
            "\(row.series.phrase.capitalizedFirst) have a season: \(monthNames[month - 1]) ranks highest, "
              + "with \(short(test.highest.ratio)) times the rate of all months (q \(short(q)), \(counted(row.dated, "record")) dated "
              + "to the day).",
            numbers: ["q": exact(q), "ratio": exact(test.highest.ratio), "records": .integer(row.dated)], q: q,
            effect: test.highest.ratio - 1, count: row.dated, events: ids(row) { $0.date.month == month }))
      }
    }
    return findings
  }

  private func ids(_ row: Dispersion, where isChosen: (Day) -> Bool) -> [String] {
    let days = all.incidents.events.firstDay.values
    return all.incidents.ids { row.series.contains($0) && isChosen(days[Int(all.incidents.rows[$0])]) }
  }
}

let weekdayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
let monthNames = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
  "December",
]

/// The whole weeks and years among the days that every source covers.
struct CalendarDays: Sendable {
  /// The first covered day, from which series count their days.
  let first: Day
  /// Of each whole week the offset of its Monday.
  let weeks: [Int]
  /// Of each whole year the offsets of its months and of its end.
  let years: [[Int]]

  init(_ calendar: IncidentCalendar) {
    let first = calendar.covered.stretches.first?.lowerBound ?? Day(daysSinceEpoch: 0)
    self.first = first
    let covered = calendar.coveredByAll
    func whole(_ length: PeriodLength) -> [Period] { covered.periods(length).filter(covered.contains) }
    weeks = whole(.week).map { first.days(until: $0.firstDay) }
    years = whole(.year).map { year in
      (0...12).map { first.days(until: PeriodLength.month.firstDay(ofIndex: year.index * 12 + $0)) }
    }
  }
}

/// How the incidents of one group are spread over time.
struct Dispersion: Sendable {
  let series: IncidentSeries
  let incidents: Int
  let spread: CountDispersion?
  let longDispersion: Double?
  private(set) var dated = 0
  private(set) var weekdays: CycleTest?
  private(set) var months: CycleTest?
  private(set) var rayleigh: RayleighTest?
  private(set) var strength: Double?
  private(set) var note: String?

  /// The mean day of the year as month and day, where there is one.
  var meanDay: String? {
    guard let rayleigh, rayleigh.pValue < 0.05 else { return nil }
    let day = Day(daysSinceEpoch: Int32(rayleigh.meanShare * 365))
    return "\(monthNames[day.date.month - 1]) \(day.date.day)"
  }

  init(_ series: IncidentSeries, _ days: CalendarDays) {
    self.series = series
    let counts = series.counts
    incidents = Int(counts.reduce(0, +))
    let long = series.calendar.length.typicalDays
    spread = CountDispersion(counts)
    longDispersion =
      counts.count >= 8 && incidents > 0
      ? CountSeries(counts, exposure: series.days.map { $0 / long }).dispersion : nil
    let word = series.calendar.word
    guard incidents > 0 else {
      note = counts.isEmpty ? "no \(word) is wholly covered" : "no incident"
      return
    }
    let daily = series.daily
    guard !daily.isEmpty else {
      note = "too many days for tests of weekdays and months"
      return
    }
    let weeks = days.weeks.map { week in (0..<7).map { Double(daily[week + $0]) } }
    weekdays = CycleTest(weeks, exposure: [Double](repeating: 1, count: 7))
    let years = days.years.map { year in
      zip(year, year.dropFirst()).map { daily[$0..<$1].reduce(0.0) { $0 + Double($1) } }
    }
    dated = max(Self.sum(weeks), Self.sum(years))
    var lengths: [Double] = []
    if let year = days.years.first { lengths = zip(year, year.dropFirst()).map { Double($1 - $0) } }
    if lengths.count == 12 { lengths[1] = 28.25 }
    months = CycleTest(years, exposure: lengths)
    if let months { rayleigh = Self.rayleigh(daily, days, months.dispersion) }
    if years.count >= 3, Self.isUnbroken(days.years) {
      strength = SeasonalTrend(years.flatMap { $0 }, cycle: 12)?.strength
    }
    if weekdays == nil || months == nil {
      let what = weekdays == nil ? months == nil ? "weekdays and months" : "weekdays" : "months"
      note = "too few records dated to the day in whole \(months == nil ? "years" : "weeks") to compare \(what)"
    }
  }

  private static func sum(_ cycles: [[Double]]) -> Int { Int(cycles.reduce(0) { $0 + $1.reduce(0, +) }) }
  private static func isUnbroken(_ years: [[Int]]) -> Bool {
    zip(years, years.dropFirst()).allSatisfy { $0.last == $1.first }
  }
  private static func rayleigh(_ daily: [Int32], _ days: CalendarDays, _ dispersion: Double) -> RayleighTest? {
    var shares: [(share: Double, weight: Double)] = []
    for year in days.years {
      let (start, end) = (year[0], year[year.count - 1])
      for offset in start..<end where daily[offset] > 0 {
        shares.append(((Double(offset - start) + 0.5) / Double(end - start), Double(daily[offset])))
      }
    }
    return RayleighTest(shares: shares.map(\.share), weights: shares.map(\.weight), dispersion: dispersion)
  }
}
