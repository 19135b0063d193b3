import EventModel
import WorkspaceFormat

/// A record that was found to be of the same event as another, which is kept.
struct Merge: Sendable, Hashable {
  /// The row that is kept.
  var kept: Int32
  /// The row that is not.
  var merged: Int32
  /// Why the one is kept and not the other.
  var reason: Reason

  /// What decides which record is kept.
  enum Reason: String, Sendable {
    case order = "it comes first"
    case datePrecision = "it is dated more precisely"
    case geoPrecision = "it is placed more precisely"
    case actors = "it names both actors"
  }
}

extension Deduplication {
  /// The columns without which the rule cannot be applied.
  var columns: EventColumns {
    switch rule {
    case .none: []
    case .id: .id
    case .oneADay: [.actors, .eventClass]
    case .crossSource: [.actors, .quadClass, .coordinates]
    }
  }
  /// The columns that it makes use of where a source has them.
  var optional: EventColumns {
    switch rule {
    case .none: []
    case .id, .oneADay: .id
    case .crossSource: [.id, .geoPrecision, .reports]
    }
  }
  /// The columns that the events have afterwards, whether or not a source has them.
  var added: EventColumns { rule == .crossSource ? .reports : [] }

  /// Which records are of one event; by the kept row, then by the merged one.
  ///
  /// - Parameter sources: the source of each row, in the order of the sources.
  func merges(in events: EventTable, sources: [Int32]) -> [Merge] {
    switch rule {
    case .none: []
    case .id: events.recordsOfOneID()
    case .oneADay: events.recordsOfOneDay()
    case .crossSource:
      CrossSource(events, sources: sources, days: Int32(days), kilometres: kilometres)?.merges() ?? []
    }
  }

  /// The events without the merged records, which become reports of those kept.
  func applied(_ merges: [Merge], to events: EventTable) -> EventTable {
    guard !merges.isEmpty || !added.isEmpty else { return events }
    var isMerged = [Bool](repeating: false, count: events.count)
    for merge in merges { isMerged[Int(merge.merged)] = true }
    var result = events
    if rule == .crossSource {
      let before = events.integers(.reports)
      var reports = (0..<events.count).map { before?[$0] }
      for merge in merges {
        // A record that does not say how many reports it rests on is one.
        let (own, more) = (reports[Int(merge.kept)] ?? 1, before?[Int(merge.merged)] ?? 1)
        reports[Int(merge.kept)] = own.addingReportingOverflow(more).overflow ? .max : own + more
      }
      result = result.replacing([.reports: .integers(Column(reports, placeholder: 0))])
    }
    guard !merges.isEmpty else { return result }
    return result.selecting((0..<Int32(events.count)).filter { !isMerged[Int($0)] })
  }
}

extension EventTable {
  /// Of records with the same identifier the first is kept; one without is nobody's duplicate.
  fileprivate func recordsOfOneID() -> [Merge] {
    guard let ids = id else { return [] }
    var first: [String: Int32] = [:]
    return inOrderOfKept(
      (0..<Int32(count)).compactMap { row in
        guard let id = ids[Int(row)] else { return nil }
        guard let kept = first[id] else {
          first[id] = row
          return nil
        }
        return Merge(kept: kept, merged: row, reason: .order)
      })
  }

  /// Of records with the same day, actors and class the first is kept.
  ///
  /// CAMEO codes are the same if their first three digits are; other classes only as a whole. What is not known equals
  /// nothing: a record that lacks an actor or its class is nobody's second report.
  fileprivate func recordsOfOneDay() -> [Merge] {
    guard let actors, let classes = eventClass else { return [] }
    struct Key: Hashable {
      var day: Day
      var actor1: UInt32
      var actor2: UInt32
      var eventClass: Int
      var isSpan: Bool
    }
    let isDirected = direction == .directed
    var numbers: [String: Int] = [:]
    let classOfCode = classes.labels.map { label in
      let name = ontology == "cameo" ? String(label.prefix(3)) : label
      let number = numbers[name] ?? numbers.count
      numbers[name] = number
      return number
    }
    let (days, precision) = (firstDay.values, datePrecision.values)
    var first: [Key: Int32] = [:]
    return inOrderOfKept(
      (0..<Int32(count)).compactMap { row in
        let index = Int(row)
        guard let one = actors.actor1[index], let other = actors.actor2[index], let eventClass = classes.codes[index]
        else { return nil }
        let swap = !isDirected && other < one
        let key = Key(
          day: days[index], actor1: swap ? other : one, actor2: swap ? one : other,
          eventClass: classOfCode[Int(eventClass)], isSpan: precision[index] == DatePrecision.span.rawValue)
        guard let kept = first[key] else {
          first[key] = row
          return nil
        }
        return Merge(kept: kept, merged: row, reason: .order)
      })
  }
}

/// Merges by the kept row, then by the merged one.
func inOrderOfKept(_ merges: [Merge]) -> [Merge] {
  merges.sorted { ($0.kept, $0.merged) < ($1.kept, $1.merged) }
}
