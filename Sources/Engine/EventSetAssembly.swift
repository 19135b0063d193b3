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
  /// Raised with every change after which equal sources may give other sets: part of every set's key.
  static let behaviour = 2

  let step: EventSetStep
  let actors: ActorTable?
  /// Days that the workspace says a source covers; a source without them covers its first to its last event.
  let covers: [String: CoverageEntry]
  /// The day on which a source was fetched, where the workspace says so: nothing it holds can have begun later.
  var accessed: [String: Day] = [:]

  struct Result: Sendable {
    var events: EventTable
    var counts: [SetCount]
    var warnings: [Diagnostic]
    /// The records merged into others; nil where the set merges none.
    var merges: ResultTable?
  }

  /// The columns that assembling needs beside those its readers want.
  var columns: EventColumns { (step.filter?.columns ?? []).union(step.deduplicate.columns) }

  /// Whether the set is its one source as it is, unless events of it are left out for their dates.
  func isIdentity(actorsAreWanted: Bool) -> Bool {
    step.sources.count == 1 && step.filter?.isEmpty ?? true && step.deduplicate.rule == .none
      && !(actorsAreWanted && (actors != nil))
  }

  /// Joins, resolves, filters and makes records of one event one, in this order.
  func assemble(_ tables: [(source: String, events: EventTable)]) -> Result {
    var counts: [SetCount] = []
    var warnings: [Diagnostic] = []
    var parts: [EventTable] = []
    var origins = RowOrigins()
    for (source, table) in tables {
      counts.append(SetCount(source: source, item: "read", count: table.count))
      let past = withoutFuture(source, table, &counts, &warnings)
      if step.deduplicate.rule != .none {
        origins.append(source, places: past.rows ?? (0..<Int32(table.count)).map { $0 + 1 })
      }
      parts.append(past.events.covering(coverage(of: source, past.events)))
    }
    var events = EventTable.concatenating(parts)
    if let actors {
      let resolved = actors.resolve(events, toGroups: step.groupActors)
      events = resolved.events
      counts += nameCounts(resolved.names)
      warnings += normalizedNames(resolved.names)
    }
    if let filter = step.filter, !filter.isEmpty {
      warnings += unmatchedNames(filter, events)
      let filtered = filter.apply(to: events)
      events = filtered.events
      origins = origins.selecting(filtered.rows)
      let dropped = filtered.counts
      if filter.between != nil { counts.append(SetCount(item: "outside the period", count: dropped.outsidePeriod)) }
      if filter.countries != nil { counts.append(SetCount(item: "in other countries", count: dropped.otherCountry)) }
      if filter.actors != nil { counts.append(SetCount(item: "of other actors", count: dropped.otherActor)) }
      if filter.classes != nil { counts.append(SetCount(item: "of other classes", count: dropped.otherClass)) }
    }
    var merges: ResultTable?
    let rule = step.deduplicate
    if rule.rule != .none {
      let found = rule.merges(in: events, sources: origins.sources)
      merges = ResultTable(found, of: step.name, rule: rule.rule.rawValue, in: events, origins)
      events = rule.applied(found, to: events)
      counts.append(SetCount(item: "merged as duplicates", count: found.count))
    }
    counts.append(SetCount(item: "kept", count: events.count))
    return Result(events: events, counts: counts + dyadCounts(events), warnings: warnings, merges: merges)
  }

  /// The events of a source without those that begin after the day on which it was fetched, and the places of the rest.
  private func withoutFuture(
    _ source: String, _ table: EventTable, _ counts: inout [SetCount], _ warnings: inout [Diagnostic]
  ) -> (events: EventTable, rows: [Int32]?) {
    guard let accessed = accessed[source] else { return (table, nil) }
    let days = table.firstDay.values
    let future = days.indices.filter { days[$0] > accessed }
    counts.append(SetCount(source: source, item: "in the future when it was fetched", count: future.count))
    guard !future.isEmpty else { return (table, nil) }
    warnings.append(
      .warning(
        .futureEvents,
        "events of source '\(source)' that begin after \(accessed), when it was fetched: \(future.count), left out",
        hint: "look at their dates, or correct `cite: {accessed: ...}`",
        notes: future.prefix(5).map { row in
          "\(table.id?[row].map { "'\($0)'" } ?? "record \(row + 1)") begins on \(days[row])"
        }))
    let rows = days.indices.filter { days[$0] <= accessed }.map(Int32.init)
    return (table.selecting(rows), rows.map { $0 + 1 })
  }

  private func nameCounts(_ names: [NameUse]) -> [SetCount] {
    func items(_ what: String, _ count: KeyPath<NameUse, Int>) -> [SetCount] {
      [
        SetCount(item: "names \(what)", count: names.count { $0[keyPath: count] > 0 }),
        SetCount(item: "mentions of names \(what)", count: names.reduce(0) { $0 + $1[keyPath: count] }),
      ]
    }
    return items("resolved by the table of actors", \.resolved) + items("that are an actor's own", \.own)
      + items("not in the table of actors", \.unresolved)
      + [SetCount(item: "names in the table of actors by normalisation", count: names.count { $0.normalizedTo != nil })]
  }
  private func normalizedNames(_ names: [NameUse]) -> [Diagnostic] {
    let normalized = names.filter { $0.normalizedTo != nil }.sorted { $0.name < $1.name }
    guard !normalized.isEmpty else { return [] }
    return [
      Diagnostic(
        .note, .normalizedNames,
        "names that are in the table of actors but for case, blanks or the form of Unicode: \(normalized.count)",
        notes: normalized.prefix(20).map { "'\($0.name)' is taken for '\($0.normalizedTo ?? "")'" })
    ]
  }
  /// The events kept that belong to no dyad, by the reason, and those whose actors are nobody in particular.
  private func dyadCounts(_ events: EventTable) -> [SetCount] {
    guard let actors = events.actors else { return [] }
    let (first, second) = (actors.actor1, actors.actor2)
    let kinds = actors.labels.map { events.actorKinds[$0] }
    var (one, none, nobody, unknown, generic) = (0, 0, 0, 0, 0)
    if first.validity != nil || second.validity != nil || !events.actorKinds.isEmpty {
      for row in 0..<events.count {
        guard first.has(row) || second.has(row) else {
          none += 1
          continue
        }
        let (left, right) = (first[row].map { kinds[Int($0)] } ?? nil, second[row].map { kinds[Int($0)] } ?? nil)
        if left == .unknown || right == .unknown { unknown += 1 }
        if left == .generic || right == .generic { generic += 1 }
        if !first.has(row) || !second.has(row) {
          one += 1
        } else if !(left?.hasDyads ?? true) || !(right?.hasDyads ?? true) {
          nobody += 1
        }
      }
    }
    let counts = [
      SetCount(item: "kept with one actor, so of no dyad", count: one),
      SetCount(item: "kept with no actor, so of no dyad", count: none),
    ]
    guard !events.actorKinds.isEmpty else { return counts }
    return counts + [
      SetCount(item: "kept with two actors, one of them nobody in particular, so of no dyad", count: nobody),
      SetCount(item: "kept with an actor of kind 'unknown'", count: unknown),
      SetCount(item: "kept with an actor of kind 'generic'", count: generic),
    ]
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
    guard let first = events.firstDay.values.min(), let last = events.firstDay.values.max() else { return [] }
    return [Coverage(source: source, from: first, to: max(last, events.lastDay.values.max() ?? last))]
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
  static let futureEvents = DiagnosticKind(
    "events.future", "Events begin after the day on which their source was fetched.",
    "A file cannot tell what happened after it was fetched, so such a date is a mistake: in the data, or in "
      + "`cite: {accessed: ...}`. The events are left out and counted. No clock is asked: a source without `accessed` "
      + "keeps them.")

  /// The kinds that making event sets can report.
  public static let eventSetKinds = [noSuchName, futureEvents]
}
