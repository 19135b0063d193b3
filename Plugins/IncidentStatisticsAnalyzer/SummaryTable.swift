import EventModel
import JSONText
import Statistics
import Workbench

extension PeriodSummary {
  static func schema(_ length: PeriodLength) -> TableSchema {
    let period = length.rawValue
    return TableSchema(
      "summary", "A row is one \(period) of which at least a day is covered.", keys: ["period"],
      columns: [
        ColumnSchema("period", .date, "first day of the \(period)"),
        ColumnSchema("events", .integer, unit: "events", "events of every class, states in force excepted"),
        ColumnSchema(
          "incidents", .integer, unit: "incidents", "incidents that the events of the chosen classes stand for"),
        ColumnSchema(
          "incidents_low", .integer, unit: "incidents",
          "lower bound; a record with an upper bound alone, 'up to 45', counts as one"),
        ColumnSchema(
          "incidents_high", .integer, unit: "incidents", "upper bound; empty where a record gives a lower bound alone"),
        ColumnSchema(
          "fatal_events", .integer, unit: "events",
          "incident records with a fatality by the best estimate, or by the low one where there is no best"),
        ColumnSchema(
          "fatalities_low", .integer, unit: "persons", "low estimates; empty where no incident record gives one"),
        ColumnSchema(
          "fatalities_best", .integer, unit: "persons", "best estimates; empty where no incident record gives one"),
        ColumnSchema(
          "fatalities_high", .integer, unit: "persons", "high estimates; empty where no incident record gives one"),
        ColumnSchema(
          "fatalities_missing", .integer, unit: "events",
          "incident records without a best estimate, which may have cost lives that the sums lack"),
        ColumnSchema("rank", .integer, "1 for the most incidents; equal counts share the smallest rank"),
        ColumnSchema("days_covered", .integer, unit: "days", "days that every source covers"),
        ColumnSchema("complete", .boolean, "whether every source covers every day"),
        ColumnSchema(
          "rate_ratio", .real,
          "incidents per covered day over those of the \(period) before; empty where that had none or other coverage"
        ),
        ColumnSchema(
          "rate_ratio_low", .real,
          "lower end of the exact 95 % interval of the ratio, widened by the bounds of incidents"),
        ColumnSchema(
          "rate_ratio_high", .real, "upper end of that interval; empty where the data set no limit"),
      ])
  }

  /// The table `summary`.
  var table: ResultTable {
    // Ends of intervals are shown to ten digits: further ones are those of the logarithms a machine happens to have.
    var table = ResultTable.Builder(Self.schema(length))
    for row in rows {
      let deaths = zip(row.fatalities, hasFatalities).map { tally, isThere -> JSONValue in
        isThere && (tally.known > 0 || row.incidentRows == 0) ? .integer(tally.sum) : .null
      }
      table.append([
        .string(row.period.firstDay.description), .integer(row.events), .integer(row.incidents),
        .integer(row.incidentsLow), row.high.map { .integer($0) } ?? .null,
        hasFatalities[0] || hasFatalities[1] ? .integer(row.fatalEvents) : .null, deaths[0], deaths[1], deaths[2],
        .integer(row.incidentRows - row.fatalitiesBest.known), .integer(row.rank), .integer(row.daysCovered),
        .boolean(row.isComplete),
        row.ratio?.ratio.map { .number($0) } ?? .null,
        row.interval.map { .number(rounded($0.lower, digits: 10)) } ?? .null,
        row.interval?.upper.map { .number(rounded($0, digits: 10)) } ?? .null,
      ])
    }
    return table.finish()
  }

  /// What can be said of the incidents: the peak, the changes, the fatalities, and what was counted.
  func findings(_ events: EventTable, _ incidents: IncidentClasses) -> [Finding] {
    guard let peak = rows.max(by: { ($1.rank, $1.period) < ($0.rank, $0.period) }) else { return [] }
    let covered = "\(counted(rows.count, length.rawValue)) covered"
    let counting = countingFinding(events.count, incidents)
    guard peak.incidents > 0 else {
      return [
        Finding(
          "No incident of \(incidents.phrase) in the \(covered).", numbers: ["incidents": 0], strength: .descriptive),
        counting,
      ]
    }
    return [peakFinding(peak, covered, events, incidents), changeFinding(), fatalityFinding(), counting]
      .compactMap { $0 }
  }

  private func peakFinding(
    _ peak: Row, _ covered: String, _ events: EventTable, _ incidents: IncidentClasses
  ) -> Finding {
    let ties = rows.count { $0.rank == 1 } - 1
    let behind = behind(peak.period, events, incidents)
    var text = "\(peak.period) has the most incidents of the \(covered)"
    if ties > 0 { text = "\(peak.period) and \(counted(ties, "other")) have the most incidents of the \(covered)" }
    text += ": \(peak.incidents)"
    if let largest = behind.first, largest.bounds.isUpperBound, largest.bounds.value > 1 {
      text += ", of which \(largest.bounds.value) are an upper bound from one record"
    }
    if peak.incidentsLow < peak.incidents { text += "; at least \(peak.incidentsLow)" }
    if let high = peak.high {
      if high > peak.incidents { text += "; at most \(high)" }
    } else {
      text += "; with no upper bound"
    }
    let rivals = rows.filter { $0.period != peak.period && $0.rank > 1 && ($0.high ?? .max) >= peak.incidentsLow }
    if peak.incidentsLow < peak.incidents || rivals.contains(where: { $0.high != $0.incidents }), !rivals.isEmpty {
      text +=
        "; within these bounds \(rivals.count == 1 ? "\(rivals[0].period)" : counted(rivals.count, "other")) "
        + "may have had as many or more"
    }
    if !peak.isComplete { text += "; \(peak.daysCovered) of its \(peak.period.days) days are covered by every source" }
    return Finding(
      text + ".",
      numbers: [
        "incidents": .integer(peak.incidents), "incidents_low": .integer(peak.incidentsLow),
        "incidents_high": peak.high.map { .integer($0) } ?? .null, "periods": .integer(rows.count),
        "ties": .integer(ties), "rivals": .integer(rivals.count),
      ], strength: .descriptive, events: behind.prefix(10).compactMap { events.id?[$0.row] })
  }

  /// The incident records of a period, those that stand for the most first.
  private func behind(
    _ period: Period, _ events: EventTable, _ incidents: IncidentClasses
  ) -> [(row: Int, bounds: IncidentBounds)] {
    let numbers = IncidentNumbers(events)
    let (days, precisions) = (events.firstDay.values, events.datePrecision.values)
    return (0..<events.count).filter { row in
      precisions[row] != DatePrecision.span.rawValue && length.index(of: days[row]) == period.index
        && covered.contains(days[row]) && incidents.contains(row)
    }.map { (row: $0, bounds: numbers[$0]) }
      .sorted { ($1.bounds.value, $0.row) < ($0.bounds.value, $1.row) }
  }

  private func changeFinding() -> Finding? {
    let compared = rows.filter { $0.interval != nil }
    guard !compared.isEmpty else { return nil }
    let clear = compared.filter { row in
      guard let interval = row.interval else { return false }
      return interval.lower > 1 || interval.upper.map { $0 < 1 } ?? false
    }
    let length = length.rawValue
    let changes = "\(counted(compared.count, "change")) from one \(length) to the next with incidents in either"
    var text = "None of \(changes) can be told from chance: every 95 % interval of the rate ratio holds 1"
    if !clear.isEmpty {
      text = "\(clear.count) of \(changes) \(clear.count == 1 ? "has" : "have") a 95 % interval that does not hold 1"
      let shown = clear.prefix(3).map { row in
        let interval = row.interval
        let ends =
          (interval?.upper).map { "\(short(interval?.lower ?? 0)) to \(short($0))" }
          ?? "\(short(interval?.lower ?? 0)) upwards"
        return "\(row.period) (ratio " + (row.ratio?.ratio.map { "\(short($0)), " } ?? "") + "\(ends))"
      }
      text += ": " + shown.joined(separator: ", ") + (clear.count > 3 ? " and others" : "")
      text += "; by chance alone up to 5 % would, and more where incidents come in clusters"
    }
    return Finding(
      text + ".", numbers: ["changes": .integer(compared.count), "clear": .integer(clear.count)],
      strength: clear.isEmpty ? .descriptive : .weak)
  }

  private func fatalityFinding() -> Finding? {
    guard hasFatalities.contains(true) else { return nil }
    let records = rows.reduce(0) { $0 + $1.incidentRows }
    let totals = (0..<3).map { estimate in
      rows.reduce(into: Tally()) {
        $0.sum += $1.fatalities[estimate].sum
        $0.known += $1.fatalities[estimate].known
      }
    }
    let (low, best, high) = (totals[0], totals[1], totals[2])
    let without = records - best.known
    let others = [("low", low), ("high", high)].filter { $0.1.known > 0 }.map { "\($0.0) \($0.1.sum)" }
    var text = "None of \(counted(records, "incident record")) gives a best estimate of fatalities"
    if best.known > 0 {
      text = "\(best.sum) fatalities by the best estimates of \(best.known) of \(counted(records, "incident record"))"
    }
    if !others.isEmpty { text += " (\(others.joined(separator: ", ")))" }
    if best.known > 0, without > 0 {
      text += "; \(without == 1 ? "the other one gives" : "the other \(without) give") none"
    }
    func total(_ tally: Tally) -> JSONValue { tally.known > 0 ? .integer(tally.sum) : .null }
    return Finding(
      text + ".",
      numbers: [
        "fatalities_low": total(low), "fatalities_best": total(best), "fatalities_high": total(high),
        "without": .integer(without),
      ], strength: .descriptive)
  }

  private func countingFinding(_ total: Int, _ incidents: IncidentClasses) -> Finding {
    let records = rows.reduce(0) { $0 + $1.incidentRows }
    let events = rows.reduce(0) { $0 + $1.events }
    let states = spans == 1 ? "1 state in force, which counts" : "\(spans) states in force, which count"
    return Finding(
      "Of \(counted(total, "record")), \(records) of \(incidents.phrase) \(records == 1 ? "counts" : "count") as "
        + "incidents; others: \(counted(events - records, "event")), \(states) in no \(length.rawValue)"
        + (outsideCoverage > 0 ? ", \(outsideCoverage) lie outside the coverage" : "") + ".",
      numbers: [
        "records": .integer(total), "incident_records": .integer(records), "other_events": .integer(events - records),
        "spans": .integer(spans), "outside_coverage": .integer(outsideCoverage),
      ], strength: .descriptive)
  }
}

/// A number and a word, which gets an s unless the number is one.
func counted(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }

/// A number to three digits that count, as text.
func short(_ value: Double) -> String { JSONValue.number(rounded(value, digits: 3)).compact }

/// A number to some digits that count.
func rounded(_ value: Double, digits: Int) -> Double {
  guard value != 0, value.isFinite else { return value }
  var scale = 1.0
  for _ in 1..<digits { scale *= 10 }
  let largest = scale
  var size = abs(value)
  while size < 1, scale < largest * 1e12 { (size, scale) = (size * 10, scale * 10) }
  while size >= 10, scale > 1 { (size, scale) = (size / 10, scale / 10) }
  return (value * scale).rounded() / scale
}
