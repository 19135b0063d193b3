import EventModel
import Incidents
import JSONText
import Statistics
import Workbench

/// What the watched series come to, as tables and sentences.
struct AlertTables {
  private let series: [WatchedSeries]
  private let calendar: AlertCalendar
  private let history: Int
  /// Of each series, its p-value adjusted over all.
  private let q: [Double?]

  init(_ series: [WatchedSeries], _ calendar: AlertCalendar, history: Int) {
    (self.series, self.calendar, self.history) = (series, calendar, history)
    q = falseDiscoveryRates(series.map { $0.pValue ?? .nan }).map { $0.isNaN ? nil : $0 }
  }

  static func alerts(_ length: PeriodLength) -> TableSchema {
    let word = length.rawValue
    return TableSchema(
      "alerts", "A row is the latest wholly covered \(word) of a group beside what those before it let expect.",
      keys: ["by", "group"],
      columns: IncidentGroup.columns + [
        ColumnSchema("period", .date, "first day of the latest wholly covered \(word)"),
        ColumnSchema("incidents", .integer, unit: "records", "incident records in it"),
        ColumnSchema(
          "history", .integer, unit: "\(word)s", "wholly covered \(word)s before it that it is compared with"),
        ColumnSchema("expected", .real, unit: "incidents", "the mean if nothing changes; past outbreaks weigh less"),
        ColumnSchema("low", .integer, unit: "incidents", "1 of 40 such \(word)s has fewer"),
        ColumnSchema("high", .integer, unit: "incidents", "1 of 40 such \(word)s has more"),
        ColumnSchema("dispersion", .real, "by how much the past counts vary more than Poisson's; at least 1"),
        ColumnSchema("p_high", .real, "probability of at least so many"),
        ColumnSchema("p_low", .real, "probability of at most so many"),
        ColumnSchema("q", .real, "twice the smaller of these, adjusted for the rows (Benjamini and Hochberg)"),
        ColumnSchema("alert", .text, "high or low where q is at most .05, else none"),
        ColumnSchema("provisional", .boolean, "always true: late reports may still add to the latest \(word)"),
        ColumnSchema("partial_period", .date, "first day of the \(word) after it that is covered in part"),
        ColumnSchema("partial_days", .integer, unit: "days", "covered days of that one"),
        ColumnSchema("partial_incidents", .integer, unit: "records", "its incidents so far, compared with nothing"),
        ColumnSchema("note", .text, "what cannot be said, and why"),
      ])
  }
  static func expected(_ length: PeriodLength) -> TableSchema {
    let word = length.rawValue
    return TableSchema(
      "expected", "A row is one of the latest wholly covered \(word)s and what those before it let expect.",
      keys: ["by", "group", "period"],
      columns: IncidentGroup.columns + [
        ColumnSchema("period", .date, "first day of the \(word)"),
        ColumnSchema("incidents", .integer, unit: "records", "incident records in it"),
        ColumnSchema("expected", .real, unit: "incidents", "the mean if nothing changes"),
        ColumnSchema("low", .integer, unit: "incidents", "1 of 40 such \(word)s has fewer"),
        ColumnSchema("high", .integer, unit: "incidents", "1 of 40 such \(word)s has more"),
        ColumnSchema(
          "outside", .text, "high or low where it lies outside of these, else empty; 1 of 20 does by chance"),
      ])
  }

  private func alert(_ index: Int) -> String? {
    guard let latest = series[index].latest, let q = q[index] else { return nil }
    guard q <= 0.05 else { return "none" }
    return Double(latest.count) > latest.forecast.expected ? "high" : "low"
  }

  var all: [ResultTable] {
    var alerts = ResultTable.Builder(Self.alerts(calendar.length))
    var expected = ResultTable.Builder(Self.expected(calendar.length))
    let partial = calendar.partial
    for (index, one) in series.enumerated() {
      let key: [JSONValue] = [.string(one.group.by), .string(one.group.group)]
      let (latest, forecast) = (one.latest, one.latest?.forecast)
      alerts.append(
        key + [
          cell(calendar.periods.last?.firstDay), cell(one.counts.last.map { Int($0) }), cell(latest?.periods),
          exact(forecast?.expected), cell(forecast?.quantile(0.025)), cell(forecast?.quantile(0.975)),
          exact(forecast?.dispersion), exact(latest.map { $0.forecast.share(atLeast: $0.count) }),
          exact(latest.map { $0.forecast.share(atMost: $0.count) }), exact(q[index]), cell(alert(index)),
          cell(latest.map { _ in true }), cell(partial?.firstDay), cell(partial.map { calendar.covered.count(in: $0) }),
          cell(partial.map { _ in one.partial }), cell(one.note),
        ])
      for entry in one.forecasts {
        let count = Int(one.counts[entry.place])
        let (low, high) = (entry.forecast.quantile(0.025), entry.forecast.quantile(0.975))
        expected.append(
          key + [
            cell(calendar.periods[entry.place].firstDay), .integer(count), exact(entry.forecast.expected),
            .integer(low), .integer(high), cell(count > high ? "high" : count < low ? "low" : nil),
          ])
      }
    }
    return [alerts.finish(), expected.finish()]
  }

  /// The alerts, surest first, or that there is none; and the partial period.
  func findings(_ events: EventTable) -> [Finding] {
    guard let all = series.first else { return [] }
    if let note = all.note {
      return [Finding("Nothing is compared: \(note).", numbers: [:], strength: .descriptive)]
    }
    guard let period = calendar.periods.last else { return [] }
    let alerts = series.indices.filter { alert($0) == "high" || alert($0) == "low" }.sorted {
      (q[$0] ?? 1, $0) < (q[$1] ?? 1, $1)
    }
    var findings = alerts.prefix(8).compactMap { sentence($0, period, events) }
    if alerts.isEmpty, let latest = all.latest {
      let groups = series.count > 1 ? ", nor do those of any of \(counted(series.count - 1, "group"))" : ""
      findings.append(
        Finding(
          "In \(phrase(period)) incidents do not lie outside of what the \(calendar.word)s before let expect: "
            + "\(latest.count), where 19 of 20 have from \(latest.forecast.quantile(0.025)) to "
            + "\(latest.forecast.quantile(0.975))\(groups).",
          numbers: [
            "incidents": .integer(latest.count), "expected": exact(latest.forecast.expected), "q": exact(q[0]),
          ], strength: .descriptive))
    }
    if let partial = calendar.partial {
      findings.append(
        Finding(
          "\(phrase(partial).capitalizedFirst) is covered on \(calendar.covered.count(in: partial)) of \(partial.days) days "
            + "and is compared with nothing: \(counted(all.partial, "incident")) so far.",
          numbers: ["incidents": .integer(all.partial), "days": .integer(calendar.covered.count(in: partial))],
          strength: .descriptive))
    }
    return findings
  }

  private func phrase(_ period: Period) -> String {
    period.length == .week ? "the week of \(period.firstDay)" : "\(period)"
  }

  private func sentence(_ index: Int, _ period: Period, _ events: EventTable) -> Finding? {
    let one = series[index]
    guard let latest = one.latest, let q = q[index] else { return nil }
    let days = events.firstDay.values
    let own = one.group.rows.filter { (period.firstDay...period.lastDay).contains(days[Int($0)]) }
    let (low, high) = (latest.forecast.quantile(0.025), latest.forecast.quantile(0.975))
    return Finding(
      "In \(phrase(period)) \(one.group.phrase) were \(latest.count), "
        + "\(Double(latest.count) > latest.forecast.expected ? "more" : "fewer") than the "
        + "\(counted(latest.periods, calendar.word)) before let expect: \(short(latest.forecast.expected)), and in 19 of 20 "
        + "such \(calendar.word)s from \(low) to \(high) (q \(short(q))); late reports may add to it.",
      numbers: [
        "incidents": .integer(latest.count), "expected": exact(latest.forecast.expected), "low": .integer(low),
        "high": .integer(high), "q": exact(q),
      ], strength: q <= 0.01 ? .strong : .moderate, events: own.prefix(10).compactMap { events.id?[Int($0)] })
  }
}

extension String {
  /// The same with a capital first.
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
