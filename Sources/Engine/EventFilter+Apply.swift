import EventModel
import Workbench
import WorkspaceFormat

/// How many events a filter dropped, by the key that dropped them.
struct FilterCounts: Sendable, Hashable {
  var outsidePeriod = 0
  var otherCountry = 0
  var otherActor = 0
  var otherClass = 0
}

extension EventFilter {
  /// The columns that the filter reads beside the dates.
  var columns: EventColumns {
    var columns: EventColumns = []
    if countries != nil { columns.insert(.country) }
    if actors != nil { columns.insert(.actors) }
    if classes != nil { columns.insert(.eventClass) }
    return columns
  }
  /// Whether it keeps everything.
  var isEmpty: Bool { between == nil && countries == nil && actors == nil && classes == nil }

  /// The first and last day kept.
  var days: (from: Day, to: Day)? {
    between.flatMap { $0.value.count == 2 ? ($0.value[0], $0.value[1]) : nil }
  }

  /// The events that the filter keeps with their rows, nil for all, and how many it dropped; an event is counted under
  /// the first key that drops it.
  func apply(to events: EventTable) -> (events: EventTable, rows: [Int32]?, counts: FilterCounts) {
    var counts = FilterCounts()
    guard !isEmpty else { return (events, nil, counts) }
    let inCountry = kept(events.codes(.country), by: countries?.value) { $0 == $1 }
    let classesArePrefixes = events.ontology == "cameo"
    let inClass = kept(events.eventClass, by: classes?.value) { classesArePrefixes ? $0.hasPrefix($1) : $0 == $1 }
    let firstActor = kept(events.actor1, by: actors?.value) { $0 == $1 }
    let secondActor = kept(events.actor2, by: actors?.value) { $0 == $1 }
    let (first, last) = (events.firstDay.values, events.lastDay.values)
    let precision = events.datePrecision.values
    let days = days
    var rows: [Int32] = []
    for row in 0..<events.count {
      if let days {
        // A span is kept where it reaches in; any other event where it begins within.
        let reaches = precision[row] == DatePrecision.span.rawValue ? last[row] : first[row]
        let begins = first[row]
        guard begins <= days.to, reaches >= days.from else {
          counts.outsidePeriod += 1
          continue
        }
      }
      guard inCountry?.holds(row) ?? true else {
        counts.otherCountry += 1
        continue
      }
      if let firstActor, let secondActor, !firstActor.holds(row), !secondActor.holds(row) {
        counts.otherActor += 1
        continue
      }
      guard inClass?.holds(row) ?? true else {
        counts.otherClass += 1
        continue
      }
      rows.append(Int32(row))
    }
    let selected = rows.count == events.count ? events : events.selecting(rows)
    let kept = selected.count == events.count ? nil : rows
    guard let days else { return (selected, kept, counts) }
    let coverage = events.coverage.compactMap { coverage -> Coverage? in
      let (from, to) = (max(coverage.from, days.from), min(coverage.to, days.to))
      return from <= to ? Coverage(source: coverage.source, from: from, to: to) : nil
    }
    return (selected.covering(coverage), kept, counts)
  }

  /// Names given in a filter that no event bears, with those that some event does.
  func unmatched(in events: EventTable) -> [(key: String, name: String, known: [String])] {
    var unmatched: [(key: String, name: String, known: [String])] = []
    func look(_ key: String, _ wanted: [String], _ labels: [String], isPrefix: Bool = false) {
      for name in wanted where !labels.contains(where: { isPrefix ? $0.hasPrefix(name) : $0 == name }) {
        unmatched.append((key, name, labels))
      }
    }
    // A column may list names that no row has.
    func borne(_ column: EventColumn) -> [String] { events.codes(column)?.compacted().labels ?? [] }
    if let countries { look("countries", countries.value, borne(.country)) }
    if let actors { look("actors", actors.value, borne(.actor1) + borne(.actor2)) }
    if let classes { look("classes", classes.value, borne(.eventClass), isPrefix: events.ontology == "cameo") }
    return unmatched
  }

  /// Which rows of a column bear one of the wanted names.
  private struct KeptRows {
    let codes: Column<UInt32>
    let isWanted: [Bool]
    func holds(_ row: Int) -> Bool { codes.has(row) && isWanted[Int(codes.values[row])] }
  }
  private func kept(
    _ column: CodedColumn?, by wanted: [String]?, _ matches: (String, String) -> Bool
  ) -> KeptRows? {
    guard let column, let wanted else { return nil }
    return KeptRows(
      codes: column.codes, isWanted: column.labels.map { label in wanted.contains { matches(label, $0) } })
  }
}
