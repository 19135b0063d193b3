import EventModel
import Incidents
import Workbench

/// The incident records with their periods: chosen once, for all tables.
struct Incidents: Sendable {
  let events: EventTable
  let calendar: IncidentCalendar
  let classes: IncidentClasses
  /// The rows of the event table that are incidents in a covered period.
  private(set) var rows: [Int32] = []
  /// The place of each one's period.
  private(set) var places: [Int32] = []
  /// How many incidents each stands for, and between which bounds; a high of -1 is none.
  private(set) var values: [Int32] = []
  private(set) var lows: [Int32] = []
  private(set) var highs: [Int32] = []
  /// Events of every class, by period.
  private(set) var eventsByPeriod: [Int]
  private(set) var outsideCoverage = 0
  private(set) var spans = 0
  /// How many incident records last over several periods.
  private(set) var multiPeriod = 0
  /// Whether a number is an upper bound that one record gives.
  private(set) var largestUpperBound: [Int32]
  /// Low, best and high.
  let fatalities: [Column<Int32>?]

  init(_ events: EventTable, _ settings: IncidentSettings, in context: RunContext) throws(Diagnostic) {
    self.events = events
    classes = try IncidentClasses(settings.classes, events, in: context)
    calendar = IncidentCalendar(events, settings.period)
    eventsByPeriod = [Int](repeating: 0, count: calendar.entries.count)
    largestUpperBound = [Int32](repeating: 0, count: calendar.entries.count)
    fatalities = EventColumns.fatalities.columns.map { events.integers($0) }
    let numbers = IncidentNumbers(events)
    let (days, lastDays, precisions) = (events.firstDay.values, events.lastDay.values, events.datePrecision.values)
    for row in 0..<events.count {
      if row & 0xFFFF == 0 { try context.checkCancellation() }
      if precisions[row] == DatePrecision.span.rawValue {
        spans += 1
        continue
      }
      guard let place = calendar.place(of: days[row]) else {
        outsideCoverage += 1
        continue
      }
      eventsByPeriod[place] += 1
      guard classes.contains(row) else { continue }
      if lastDays[row] != days[row],
        calendar.length.index(of: lastDays[row]) != calendar.entries[place].period.index
      {
        multiPeriod += 1
      }
      let bounds = numbers[row]
      rows.append(Int32(row))
      places.append(Int32(place))
      values.append(Int32(clamping: bounds.value))
      lows.append(Int32(clamping: bounds.low))
      highs.append(bounds.high.map { Int32(clamping: $0) } ?? -1)
      if bounds.isUpperBound { largestUpperBound[place] = max(largestUpperBound[place], Int32(clamping: bounds.value)) }
    }
  }

  /// The number of incident records.
  var count: Int { rows.count }
  /// Whether each of low, best and high is there.
  var hasFatalities: [Bool] { fatalities.map { $0 != nil } }

  /// The identifiers of the first incident records, those that stand for most before others, of those chosen.
  func ids(_ most: Int = 10, where isChosen: (Int) -> Bool) -> [String] {
    guard let id = events.id else { return [] }
    var chosen: [Int] = []
    for index in rows.indices where isChosen(index) { chosen.append(index) }
    chosen.sort { (-values[$0], rows[$0]) < (-values[$1], rows[$1]) }
    return chosen.prefix(most).compactMap { id[Int(rows[$0])] }
  }

  /// Says what could not be counted.
  func warn(in context: RunContext) {
    if outsideCoverage > 0 {
      context.warn(
        .warning(
          .outsideCoverage,
          "events on days that no source covers: \(outsideCoverage), left out of the summary",
          hint: "mend `covers` of the source, or the dates"))
    }
    if multiPeriod > 0 {
      context.warn(
        Diagnostic(
          .note, .multiPeriod,
          "incident records that last over more than one \(calendar.word): \(multiPeriod); "
            + "each counts in the \(calendar.word) of its first day",
          parameter: "period", hint: "choose longer periods to see how much hangs on it"))
    }
  }
}

/// The groups of incidents by one dimension.
struct Grouping: Sendable {
  let dimension: Dimension
  let labels: [String]
  /// The label of each incident record; -1 where it is not told, or an actor whom nobody knows.
  let codes: [Int32]
  /// How many incidents each label has.
  let totals: [Int]
  /// The labels of most incidents, most first.
  let largest: [Int]
  /// How many incidents have no label.
  let unattributed: Int

  /// - Parameter most: how many groups have rows of their own.
  /// - Returns: nil where no incident has a label.
  init?(_ incidents: Incidents, _ dimension: Dimension, most: Int) {
    guard let column = incidents.events.codes(dimension.column) else { return nil }
    self.dimension = dimension
    self.labels = column.labels
    let kinds = incidents.events.actorKinds
    let isKnown = column.labels.map { !dimension.isActor || kinds[$0] != .unknown }
    var codes = [Int32](repeating: -1, count: incidents.count)
    var totals = [Int](repeating: 0, count: column.labels.count)
    var unattributed = 0
    let values = column.codes.values
    let isTold = dimension.isTold(in: incidents.events)
    for index in codes.indices {
      let row = Int(incidents.rows[index])
      let number = Int(incidents.values[index])
      guard isTold(row), isKnown[Int(values[row])] else {
        unattributed += number
        continue
      }
      codes[index] = Int32(values[row])
      totals[Int(values[row])] += number
    }
    let (labels, sums) = (column.labels, totals)
    let order = sums.indices.filter { sums[$0] > 0 }.sorted { left, right in
      sums[left] != sums[right]
        ? sums[left] > sums[right] : labels[left].utf8.lexicographicallyPrecedes(labels[right].utf8)
    }
    guard !order.isEmpty else { return nil }
    largest = Array(order.prefix(most))
    (self.codes, self.totals, self.unattributed) = (codes, sums, unattributed)
  }

  /// A place of its own for each of the largest groups; -1 for others.
  var slots: [Int32] {
    var slots = [Int32](repeating: -1, count: labels.count)
    for (slot, label) in largest.enumerated() { slots[label] = Int32(slot) }
    return slots
  }
}
