import EventModel
import Workbench

/// Which events count as incidents.
struct IncidentChoice: Sendable {
  var classes: [String]?
  var quads: [QuadClass]
  var quadNames: [String]
  var minConfidence: Double

  /// The choice in words.
  var phrase: String {
    if let classes { return (classes.count == 1 ? "class " : "classes ") + classes.joined(separator: ", ") }
    return quadNames.map { String($0.map { $0 == "-" ? " " : $0 }) }.joined(separator: " or ")
  }
}

/// The events that count, with what is needed to count them in windows.
struct Incidents: Sendable {
  /// An incident record.
  struct Record: Sendable {
    var row: Int
    var first: Day
    var last: Day
    var bounds: IncidentBounds
  }
  /// What was counted, in words.
  let phrase: String
  /// The days that every source covers.
  let covered: CoveredDays
  private let events: EventTable
  private let actors: ActorColumns?
  /// Whether each row counts, and whether it would if its class were chosen.
  private let counts: [Bool]
  private let isEligible: [Bool]
  /// The day of each actor's first event of any class, by code.
  private let firstSeen: [Day?]

  init(_ events: EventTable, _ choice: IncidentChoice, in context: RunContext) throws(Diagnostic) {
    self.events = events
    phrase = choice.phrase
    actors = events.dyadActors
    if events.coverage.isEmpty, let from = events.firstDay.values.min(), let to = events.lastDay.values.max() {
      covered = CoveredDays([(from: from, to: to)])
    } else {
      covered = CoveredDays(byAll: events.coverage)
    }
    let precisions = events.datePrecision.values
    let confidence = events.reals(.confidence)
    isEligible = (0..<events.count).map { row in
      precisions[row] != DatePrecision.span.rawValue && (confidence?[row] ?? 1) >= choice.minConfidence
    }
    counts = try Self.chosen(events, choice, among: isEligible, in: context)
    var seen = [Day?](repeating: nil, count: actors?.labels.count ?? 0)
    let days = events.firstDay.values
    if let actors {
      for column in [actors.actor1, actors.actor2] {
        for (row, code) in column.values.enumerated() where column.has(row) {
          seen[Int(code)] = seen[Int(code)].map { min($0, days[row]) } ?? days[row]
        }
      }
    }
    firstSeen = seen
  }

  /// Whether each row counts: no state in force, confident enough, and of a chosen class.
  private static func chosen(
    _ events: EventTable, _ choice: IncidentChoice, among isEligible: [Bool], in context: RunContext
  ) throws(Diagnostic) -> [Bool] {
    var counts = [Bool](repeating: false, count: events.count)
    var isOfChoice: (Int) -> Bool = { _ in false }
    if let classes = choice.classes, let column = events.eventClass {
      let isTree = events.ontology == "cameo"
      func isOf(_ label: String, _ chosen: String) -> Bool { isTree ? label.hasPrefix(chosen) : label == chosen }
      // A CAMEO code that no event has is a fact; only what cannot be one may be misspelled.
      func isCode(_ name: String) -> Bool {
        isTree && 2...4 ~= name.utf8.count && name.utf8.allSatisfy { 48...57 ~= $0 }
      }
      for name in classes
      where events.count > 0 && !isCode(name) && !column.labels.contains(where: { isOf($0, name) }) {
        context.warn(
          .warning(
            .unknownClass, "no event has the class '\(name)'", parameter: "classes",
            hint: suggestion(for: name, among: Array(column.labels.prefix(30)))))
      }
      let isChosen = column.labels.map { label in classes.contains { isOf(label, $0) } }
      isOfChoice = { row in column.codes[row].map { isChosen[Int($0)] } ?? false }
    } else if choice.classes == nil, let column = events.quadClass {
      let wanted = choice.quads.map(\.rawValue)
      isOfChoice = { row in column[row].map { wanted.contains($0) } ?? false }
      if events.count > 0, column.missing == events.count {
        context.warn(
          .warning(
            .noClasses, "no event has a quad class, so none counts as an incident", parameter: "quads",
            hint: "name `classes`, or give the source an ontology or a scale"))
      }
    }
    for row in 0..<events.count {
      if row & 0xFFFF == 0 { try context.checkCancellation() }
      counts[row] = isEligible[row] && isOfChoice(row)
    }
    return counts
  }

  /// The incidents of an intervention's dyads, by first day.
  func records(of intervention: Intervention) -> [Record] {
    let binds = bound(by: intervention)
    return records { counts[$0] && binds($0) }
  }
  /// The incidents that something is to be compared with; nil where the events do not say which they are.
  func records(of intervention: Intervention, _ part: Composition.Part) -> [Record]? {
    let binds = bound(by: intervention)
    func ofQuad(_ quad: QuadClass) -> [Record]? {
      events.quadClass.map { quads in
        records { isEligible[$0] && quads[$0] == quad.rawValue && binds($0) }
      }
    }
    switch part {
    case .fatal:
      return events.integers(.fatalitiesBest).map { deaths in
        records { counts[$0] && (deaths[$0] ?? 0) > 0 && binds($0) }
      }
    case .verbalConflict: return ofQuad(.verbalConflict)
    case .materialConflict: return ofQuad(.materialConflict)
    case .others:
      return actors.map { actors in
        records { counts[$0] && actors.actor1.has($0) && actors.actor2.has($0) && !binds($0) }
      }
    }
  }
  private func records(where isWanted: (Int) -> Bool) -> [Record] {
    let numbers = IncidentNumbers(events)
    let (first, last) = (events.firstDay.values, events.lastDay.values)
    return (0..<events.count).filter(isWanted)
      .map { Record(row: $0, first: first[$0], last: max(first[$0], last[$0]), bounds: numbers[$0]) }
      .sorted { ($0.first, $0.row) < ($1.first, $1.row) }
  }
  /// Whether an intervention binds the actors of a row.
  private func bound(by intervention: Intervention) -> (Int) -> Bool {
    guard let actors else { return { _ in false } }
    let everyone = intervention.everyone
    let isNamed = actors.labels.map { everyone.contains($0) }
    return { row in
      let (one, other) = (actors.actor1[row], actors.actor2[row])
      guard one.map({ isNamed[Int($0)] }) ?? false || other.map({ isNamed[Int($0)] }) ?? false else { return false }
      return intervention.binds(one.map { actors.labels[Int($0)] }, other.map { actors.labels[Int($0)] })
    }
  }

  /// The first day by which all actors of an intervention have been seen; nil where one never was.
  func presence(of intervention: Intervention) -> Day? {
    guard let actors else { return nil }
    let days = intervention.everyone.map { name in
      actors.labels.firstIndex(of: name).flatMap { firstSeen[$0] }
    }
    return days.contains { $0 == nil } ? nil : days.compactMap { $0 }.max()
  }

  /// Warns of names that no event has.
  func warnOfUnknownActors(of intervention: Intervention, in context: RunContext) {
    guard events.count > 0 else { return }
    let labels = actors?.labels ?? []
    let known = labels.indices.filter { firstSeen[$0] != nil }.map { labels[$0] }
    for name in intervention.everyone where !known.contains(name) {
      let shown = nearestName(to: name, among: known).map { [$0] } ?? Array(known.prefix(30))
      context.warn(
        .warning(
          .unknownActor, "'\(name)' of '\(intervention.name)' takes part in no event", parameter: "interventions",
          hint: suggestion(for: name, among: shown)))
    }
  }

  /// The identifiers of records, where the events have any.
  func identifiers(_ records: [Record]) -> [String] { records.compactMap { events.id?[$0.row] } }
  /// How many days from one to another are covered.
  func coveredDays(_ from: Day, _ to: Day) -> Int {
    covered.intersection(CoveredDays([(from: from, to: to)])).stretches
      .reduce(0) { $0 + $1.lowerBound.days(until: $1.upperBound) + 1 }
  }
}
