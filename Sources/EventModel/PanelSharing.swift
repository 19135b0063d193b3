/// Events of which those that last over several periods were shared out over them.
struct SharedOutEvents: Sendable {
  /// The events, and in place of each that lasts over several periods one row for each of these.
  var events: EventTable
  /// Which rows count as an event; nil where all do.
  var isEvent: Bitmap?
  /// How many events last over several periods.
  var multiPeriodEvents: Int
}

extension EventTable {
  /// The rows that last over several periods, states in force excepted.
  func multiPeriodRows(_ length: PeriodLength) -> [Int] {
    let (first, last, precision) = (firstDay.values, lastDay.values, datePrecision.values)
    var rows: [Int] = []
    for row in 0..<count where first[row] != last[row] && precision[row] != DatePrecision.span.rawValue {
      if length.index(of: first[row]) != length.index(of: last[row]) { rows.append(row) }
    }
    return rows
  }

  /// Shares out the numbers of every event that lasts over several periods, by the days it has in each.
  ///
  /// Incidents and fatalities stay whole, and their sums stay what they were: up to the end of a period goes the whole
  /// number nearest to the days' share. The event itself, with its score and its quad class, is one, and by the same
  /// rule falls to the period in which half of its days are reached.
  /// - Returns: nil where more than `mostParts` rows would come out, as of events that are said to last for centuries.
  func sharedOut(over length: PeriodLength) -> SharedOutEvents? {
    let lasting = multiPeriodRows(length)
    guard !lasting.isEmpty else { return SharedOutEvents(events: self, isEvent: nil, multiPeriodEvents: 0) }
    let (first, last) = (firstDay.values, lastDay.values)
    let partCount = lasting.reduce(count) { $0 + Int(length.index(of: last[$1]) - length.index(of: first[$1])) }
    guard partCount <= mostParts else { return nil }
    var parts: [Part] = []
    parts.reserveCapacity(partCount)
    var next = lasting.makeIterator()
    var lastingRow = next.next()
    for row in 0..<count {
      guard row == lastingRow else {
        parts.append(Part(row: Int32(row), first: first[row], last: last[row], before: 0, through: 1, days: 1))
        continue
      }
      lastingRow = next.next()
      let days = Int64(first[row].days(until: last[row]) + 1)
      var before: Int64 = 0
      for index in length.index(of: first[row])...length.index(of: last[row]) {
        let period = Period(length: length, index: index)
        let (from, to) = (max(first[row], period.firstDay), min(last[row], period.lastDay))
        let through = before + Int64(from.days(until: to) + 1)
        parts.append(Part(row: Int32(row), first: from, last: to, before: before, through: through, days: days))
        before = through
      }
    }
    let selected = selecting(parts.map(\.row))
    var isEvent = Bitmap(repeating: true, count: parts.count)
    for (index, part) in parts.enumerated() where part.share(of: 1) == 0 { isEvent.set(index, to: false) }
    var replaced: [EventColumn: Values] = [
      .firstDay: .days(Column(parts.map(\.first))), .lastDay: .days(Column(parts.map(\.last))),
    ]
    // An event without a number of incidents stands for one, which falls to one period like the event itself.
    let incidents = selected.integers(.incidents)
    replaced[.incidents] = .integers(
      Column(parts.enumerated().map { index, part in part.share(of: incidents?[index] ?? 1) }))
    for column in EventColumns.fatalities.columns {
      guard let values = selected.integers(column) else { continue }
      replaced[column] = .integers(
        Column(parts.enumerated().map { index, part in values[index].map(part.share) }, placeholder: 0))
    }
    if let scores = selected.goldstein {
      replaced[.goldstein] = .scores(Column(scores.values, validity: isEvent.and(scores.validity)))
    }
    if let classes = selected.quadClass {
      replaced[.quadClass] = .bytes(Column(classes.values, validity: isEvent.and(classes.validity)))
    }
    return SharedOutEvents(events: selected.replacing(replaced), isEvent: isEvent, multiPeriodEvents: lasting.count)
  }
}

/// Some 4 GB while they are shared out.
private let mostParts = 1 << 26

/// The part of an event that lies in one period.
private struct Part {
  var row: Int32
  var first: Day
  var last: Day
  /// How many of the event's days lie before this period.
  var before: Int64
  /// How many lie before its end.
  var through: Int64
  /// How many there are.
  var days: Int64

  /// What falls to this period of a number of the event's.
  func share(of number: Int32) -> Int32 {
    func rounded(_ part: Int64) -> Int64 { (2 * Int64(number) * part + days) / (2 * days) }
    return Int32(rounded(through) - rounded(before))
  }
}

extension Bitmap {
  /// The bits set in both, of which nil stands for all.
  fileprivate func and(_ other: Bitmap?) -> Bitmap {
    guard let other else { return self }
    return Bitmap(words: zip(words, other.words).map { $0 & $1 }, count: count)
  }
}
