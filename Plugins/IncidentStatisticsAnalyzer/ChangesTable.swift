import EventModel
import Incidents
import JSONText
import Statistics
import Workbench

/// When the rate of incidents changed, how surely, and by how much.
struct ChangesTable {
  private struct Row {
    let series: IncidentSeries
    let searched: SearchedSeries
    let found: FamilyChanges?
    let note: String?
  }
  private let all: AllSeries
  private let rows: [Row]
  private let length: PeriodLength

  /// Longer series are not searched: permutations of them would take minutes.
  private static let mostPeriods = 4_000

  init(_ all: AllSeries, in context: RunContext) throws(Diagnostic) {
    self.all = all
    let calendar = SearchedSeries.calendar(all.incidents)
    length = calendar.length
    var search = ChangeSearch()
    search.minimum =
      switch calendar.length {
      case .day: 14
      case .week: 13
      case .month: 3
      case .quarter, .year: 2
      }
    let least = max(24, 2 * search.minimum)
    let series = try SearchedSeries.all(all, calendar, in: context)
    let notes = series.map { series -> String? in
      let word = calendar.word
      if series.counts.count < least { return "fewer than \(least) \(word)s are wholly covered" }
      if series.counts.count > Self.mostPeriods {
        return "more than \(Self.mostPeriods) \(word)s: choose longer periods"
      }
      let total = series.counts.reduce(0, +)
      return total == 0 ? "no incident" : total < 10 ? "fewer than 10 incidents" : nil
    }
    let tested = series.indices.filter { notes[$0] == nil }
    let families = tested.map { place in
      var random = context.randomNumbers(for: "changes \(all.list[place].by) \(all.list[place].group)")
      let exposure = series[place].days.map { $0 / calendar.length.typicalDays }
      return ChangeFamily(.counts(CountSeries(series[place].counts, exposure: exposure)), seed: random.next())
    }
    let found = try search.changes(in: families) { count, work throws(Diagnostic) in
      try context.concurrentMap(count) { index throws(Diagnostic) in
        try context.checkCancellation()
        return work(index)
      }
    }
    rows = series.indices.map { place in
      let result = tested.firstIndex(of: place).map { found[$0] }
      let note = notes[place] ?? (result?.changes.isEmpty ?? true ? "no change found" : nil)
      return Row(series: all.list[place], searched: series[place], found: result, note: note)
    }
  }

  static let schema = TableSchema(
    "changes", "A row is a lasting change of the rate; a group without one has a row that says why.",
    keys: ["by", "group", "date"],
    columns: IncidentGroup.columns + [
      ColumnSchema(
        "date", .date, "first day of the first week, or period, of the new rate; empty where there is no change"),
      ColumnSchema("earliest", .date, "first day of the earliest week, or period, of its 95 % set of dates"),
      ColumnSchema("latest", .date, "first day of the latest of that set"),
      ColumnSchema("date_uncertain", .boolean, "whether that set spans more than 104 weeks"),
      ColumnSchema("incidents_before", .integer, unit: "incidents", "incidents since the change before, or the start"),
      ColumnSchema("rate_before", .real, unit: "incidents per 30 days", "their rate"),
      ColumnSchema("incidents_after", .integer, unit: "incidents", "incidents up to the next change, or the end"),
      ColumnSchema("rate_after", .real, unit: "incidents per 30 days", "their rate"),
      ColumnSchema("ratio", .real, "rate after over rate before; empty where there was none before"),
      ColumnSchema("ratio_low", .real, "lower end of its 95 % interval, tempered by the dispersion"),
      ColumnSchema("ratio_high", .real, "upper end of that interval; empty where the data set no limit"),
      ColumnSchema(
        "unit", .text, "what was searched: week, or the period where more than 5 % are dated less precisely"),
      ColumnSchema("dispersion", .real, "by how much those vary more than Poisson's, alike neighbours regarded"),
      ColumnSchema("p", .real, "p that the group has no change at all, by permutation"),
      ColumnSchema("q", .real, "that p adjusted for the groups of this table"),
      ColumnSchema("p_local", .real, "p of this change alone, rather too small: it describes, q decides"),
      ColumnSchema("note", .text, "what cannot be said, and why"),
    ])

  var part: TablePart {
    var table = ResultTable.Builder(Self.schema)
    var findings: [RankedFinding] = []
    for row in rows {
      let key: [JSONValue] = [.string(row.series.by), .string(row.series.group)]
      guard let found = row.found, !found.changes.isEmpty else {
        table.append(
          key + [JSONValue](repeating: .null, count: 11)
            + [
              .string(length.rawValue), exact(row.found?.noise), exact(row.found?.existence.p), exact(row.found?.q),
              .null,
              cell(row.note),
            ])
        continue
      }
      for place in found.changes.indices {
        let change = DatedChange(found, place, row.searched)
        table.append(
          key + [
            cell(change.period.firstDay), cell(change.earliest.firstDay), cell(change.latest.firstDay),
            .boolean(change.isUncertain), .integer(change.before.count), exact(change.rateBefore),
            .integer(change.after.count), exact(change.rateAfter), exact(change.ratio), exact(change.interval?.lower),
            exact(change.interval?.upper), .string(length.rawValue), exact(found.noise), exact(found.existence.p),
            exact(found.q),
            exact(found.changes[place].p), .null,
          ])
        findings.append(finding(change, found, row.series))
      }
    }
    return TablePart(tables: [table.finish()], findings: findings)
  }

  private func finding(_ change: DatedChange, _ found: FamilyChanges, _ series: IncidentSeries) -> RankedFinding {
    let isRise = change.effect > 0
    let when = length == .week ? "in the week of \(change.period.firstDay)" : "in \(change.period)"
    var text =
      "The rate of \(series.phrase) \(isRise ? "rose" : "fell") \(when) from \(short(change.rateBefore)) to "
      + "\(short(change.rateAfter)) in 30 days"
    if change.earliest != change.latest {
      text += " (95 % of dates from \(change.earliest.firstDay) to \(change.latest.firstDay))"
    }
    if let interval = change.interval {
      let ends = interval.upper.map { "\(short(interval.lower)) to \(short($0))" } ?? "\(short(interval.lower)) upwards"
      text += ": ratio " + (change.ratio.map { "\(short($0)), " } ?? "") + ends
    }
    text += " (q \(short(found.q)))"
    if change.isUncertain { text += "; its date is uncertain" }
    let (first, last) = (change.period.firstDay, change.period.lastDay)
    let days = all.incidents.events.firstDay.values
    return RankedFinding(
      text + ".",
      numbers: [
        "q": exact(found.q), "ratio": exact(change.ratio), "ratio_low": exact(change.interval?.lower),
        "ratio_high": exact(change.interval?.upper), "before": .integer(change.before.count),
        "after": .integer(change.after.count),
      ], q: found.q, effect: change.effect, count: change.before.count + change.after.count,
      events: all.incidents.ids { index in
        series.contains(index) && (first...last).contains(days[Int(all.incidents.rows[index])])
      })
  }
}

/// A change with its dates and rates.
private struct DatedChange {
  let period: Period
  let earliest: Period
  let latest: Period
  let before: ExposedCount
  let after: ExposedCount
  let effect: Double
  let interval: Interval?

  init(_ found: FamilyChanges, _ place: Int, _ series: SearchedSeries) {
    let changes = found.changes
    let change = changes[place]
    func period(_ index: Int) -> Period { series.periods[index] }
    self.period = period(change.index)
    let set = change.posterior.set()
    earliest = period(min(set.first ?? change.index, change.index))
    latest = period(max(set.last ?? change.index, change.index))
    let (counts, days) = (series.counts, series.days)
    func count(_ range: Range<Int>) -> ExposedCount {
      ExposedCount(Int(counts[range].reduce(0, +)), over: days[range].reduce(0, +))
    }
    before = count((place > 0 ? changes[place - 1].index : 0)..<change.index)
    after = count(change.index..<(place + 1 < changes.count ? changes[place + 1].index : counts.count))
    effect = change.effect
    interval = temperedInterval(after, to: before, dispersion: max(1, found.noise))
  }

  var rateBefore: Double { Double(before.count) * 30 / before.exposure }
  var rateAfter: Double { Double(after.count) * 30 / after.exposure }
  var ratio: Double? { before.count > 0 ? rateAfter / rateBefore : nil }
  var isUncertain: Bool { earliest.firstDay.days(until: latest.firstDay) > 728 }
}

/// The counts of one group in the periods that are searched for changes.
///
/// These are weeks, whose chance variation the search is calibrated for: sums of months are so long that changes look like
/// it. Where dates are less precise than that, they are the periods of the run.
private struct SearchedSeries: Sendable {
  let periods: [Period]
  let days: [Double]
  let counts: [Double]

  static func calendar(_ incidents: Incidents) -> IncidentCalendar {
    let precisions = incidents.events.datePrecision.values
    var (vague, total) = (0, 0)
    for index in incidents.rows.indices {
      total += Int(incidents.values[index])
      if precisions[Int(incidents.rows[index])] > DatePrecision.week.rawValue { vague += Int(incidents.values[index]) }
    }
    let isVague = vague * 20 > total
    return isVague || incidents.calendar.length == .week
      ? incidents.calendar : IncidentCalendar(incidents.events, .week)
  }

  /// Of every series.
  static func all(
    _ all: AllSeries, _ calendar: IncidentCalendar, in context: RunContext
  ) throws(Diagnostic) -> [SearchedSeries] {
    var made: [SearchedSeries] = []
    let (incidents, days) = (all.incidents, all.incidents.events.firstDay.values)
    let places = incidents.rows.map { calendar.place(of: days[Int($0)]).map(Int32.init) ?? -1 }
    let width = calendar.entries.count
    let periods = calendar.complete.map { calendar.entries[$0].period }
    let covered = calendar.complete.map { Double(calendar.entries[$0].days) }
    for grouping in [nil] + all.groupings.map(Optional.some) {
      try context.checkCancellation()
      let (slots, number) = (grouping?.slots, grouping?.largest.count ?? 1)
      var sums = [Int](repeating: 0, count: width * number)
      for index in places.indices where places[index] >= 0 {
        var slot = 0
        if let grouping, let slots {
          let code = grouping.codes[index]
          slot = code < 0 ? -1 : Int(slots[Int(code)])
        }
        if slot >= 0 { sums[slot * width + Int(places[index])] += Int(incidents.values[index]) }
      }
      made += (0..<number).map { slot in
        SearchedSeries(
          periods: periods, days: covered, counts: calendar.complete.map { Double(sums[slot * width + $0]) })
      }
    }
    return made
  }
}
