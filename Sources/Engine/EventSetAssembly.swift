import EventModel
public import Workbench
import WorkspaceFormat

/// How many events came into an event set, and what became of them.
struct SetCount: Sendable, Hashable {
  /// The source that they came from; nil for the set as a whole.
  var source: String?
  /// What was counted: `read`, `kept`, or why events were dropped.
  var item: String
  /// How many.
  var count: Int
}

/// Makes one table of events of several sources.
struct EventSetAssembly: Sendable {
  let step: EventSetStep
  let actors: ActorTable?
  /// Days that the workspace says a source covers; a source without them covers its first to its last event.
  let covers: [String: CoverageEntry]

  struct Result: Sendable {
    var events: EventTable
    var counts: [SetCount]
    var warnings: [Diagnostic]
  }

  /// The columns that assembling needs beside those its readers want.
  var columns: EventColumns {
    var columns = step.filter?.columns ?? []
    switch step.deduplicate {
    case .none: break
    case .id: columns.insert(.id)
    case .oneADay: columns.formUnion([.actors, .eventClass])
    }
    return columns
  }

  /// Whether the set is its one source as it is.
  func isIdentity(actorsAreWanted: Bool) -> Bool {
    step.sources.count == 1 && step.filter?.isEmpty ?? true && step.deduplicate == .none
      && !(actorsAreWanted && (actors != nil))
  }

  /// Joins, resolves, filters and makes records of one event one, in this order.
  func assemble(_ tables: [(source: String, events: EventTable)]) -> Result {
    var counts: [SetCount] = []
    var warnings: [Diagnostic] = []
    var parts: [EventTable] = []
    for (source, table) in tables {
      counts.append(SetCount(source: source, item: "read", count: table.count))
      parts.append(table.covering(coverage(of: source, table)))
    }
    var events = EventTable.concatenating(parts)
    if let actors {
      let resolved = actors.resolve(events, toGroups: step.groupActors)
      events = resolved.events
      counts.append(SetCount(source: nil, item: "names not in the table of actors", count: resolved.unknown.count))
    }
    if let filter = step.filter, !filter.isEmpty {
      warnings += unmatchedNames(filter, events)
      let filtered = filter.apply(to: events)
      events = filtered.events
      let dropped = filtered.counts
      if filter.between != nil { counts.append(SetCount(item: "outside the period", count: dropped.outsidePeriod)) }
      if filter.countries != nil { counts.append(SetCount(item: "in other countries", count: dropped.otherCountry)) }
      if filter.actors != nil { counts.append(SetCount(item: "of other actors", count: dropped.otherActor)) }
      if filter.classes != nil { counts.append(SetCount(item: "of other classes", count: dropped.otherClass)) }
    }
    if step.deduplicate != .none {
      let before = events.count
      events = deduplicated(events)
      counts.append(SetCount(item: "merged as duplicates", count: before - events.count))
    }
    counts.append(SetCount(item: "kept", count: events.count))
    return Result(events: events, counts: counts, warnings: warnings)
  }

  private func unmatchedNames(_ filter: EventFilter, _ events: EventTable) -> [Diagnostic] {
    filter.unmatched(in: events).map { key, name, known in
      .warning(
        .noSuchName, "no event of set '\(step.name)' has '\(name)', which '\(key)' names",
        hint: nearestName(to: name, among: known).map { "did you mean '\($0)'?" })
    }
  }

  /// What a source covers: as the workspace says, else from its first to its last event.
  private func coverage(of source: String, _ events: EventTable) -> [Coverage] {
    if let said = covers[source] { return [Coverage(source: source, from: said.from, to: said.to)] }
    let first = events.firstDay.values.min()
    let last = max(events.firstDay.values.max(), events.lastDay.values.max())
    guard let first, let last else { return [] }
    return [Coverage(source: source, from: first, to: last)]
  }
  private func max(_ left: Day?, _ right: Day?) -> Day? {
    guard let left, let right else { return left ?? right }
    return Swift.max(left, right)
  }

  private func deduplicated(_ events: EventTable) -> EventTable {
    let rows: [Int32]
    switch step.deduplicate {
    case .none: return events
    case .id:
      guard let ids = events.id else { return events }
      var seen: Set<String> = []
      rows = (0..<events.count).compactMap { row in
        // A record without an identifier is nobody's duplicate.
        guard let id = ids[row] else { return Int32(row) }
        return seen.insert(id).inserted ? Int32(row) : nil
      }
    case .oneADay:
      guard let actors = events.actors, let classes = events.eventClass else { return events }
      struct Key: Hashable {
        var day: Day
        var actor1: UInt32
        var actor2: UInt32
        var eventClass: UInt32
        var isSpan: Bool
      }
      let isDirected = events.direction == .directed
      let precision = events.datePrecision.values
      var seen: Set<Key> = []
      rows = (0..<events.count).compactMap { row in
        // What is not known equals nothing: an event that lacks an actor or its class is nobody's second report.
        guard let first = actors.actor1[row], let second = actors.actor2[row], let eventClass = classes.codes[row]
        else { return Int32(row) }
        let swap = !isDirected && second < first
        let key = Key(
          day: events.firstDay.values[row], actor1: swap ? second : first, actor2: swap ? first : second,
          eventClass: eventClass, isSpan: precision[row] == DatePrecision.span.rawValue)
        return seen.insert(key).inserted ? Int32(row) : nil
      }
    }
    return rows.count == events.count ? events : events.selecting(rows)
  }
}

extension SetCount {
  init(item: String, count: Int) { self.init(source: nil, item: item, count: count) }
}

extension DiagnosticKind {
  static let noSuchName = DiagnosticKind(
    "events.no-such-name", "A filter names a country, an actor or a class that no event has.",
    "Filters compare names exactly, actors after they were resolved by the table of actors. Classes of CAMEO are "
      + "compared by their beginning.")

  /// The kinds that making event sets can report.
  public static let eventSetKinds = [noSuchName]
}
