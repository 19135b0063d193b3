import EventModel
import Workbench

/// Finds demands and what answered them.
struct DemandSearch {
  /// An event that is something to a demand.
  private struct Act {
    var row: Int
    var first: Day
    var last: Day
    var isState: Bool
    var about: String?
    var role: EventRole
  }
  /// Who demands of whom.
  private struct Direction: Hashable {
    var demander: UInt32
    var target: UInt32
  }
  /// Demands on one subject that follow each other within so many days are one.
  private static let episodeGap = 30
  /// Placebo dates lie within so many days before a demand.
  private static let placeboReach = 180

  private let events: EventTable
  private let covered: CoveredDays
  private let within: Int
  private let labels: [String]
  private let directions: [Direction]
  /// The demands of each direction.
  private let made: [Direction: [Act]]
  /// What the target of each direction promised, refused, conceded to the demander, or did to a third.
  private let answers: [Direction: [Act]]
  private let context: RunContext

  init(
    _ events: EventTable, _ choice: EventChoice, _ covered: CoveredDays, within: Int,
    in context: RunContext
  ) throws(Diagnostic) {
    (self.events, self.covered, self.within, self.context) = (events, covered, within, context)
    guard let actors = events.dyadActors, let classes = events.eventClass else {
      (labels, directions, made, answers) = ([], [], [:], [:])
      return
    }
    let roles = classes.labels.map {
      EventRole($0, ontology: events.ontology, countsAppeals: choice.countsAppeals)
    }
    if events.count > 0, !["cameo", "plover"].contains(events.ontology) {
      context.warn(
        .warning(
          .noDemandCodes,
          "event classes of no ontology with demands: the tables of demands stay empty",
          hint: "name the ontology in the source: cameo or plover"))
    }
    let confidence = events.reals(.confidence)
    let abouts = events.codes(.about)
    let (first, last, precisions) = (
      events.firstDay.values, events.lastDay.values, events.datePrecision.values
    )
    let isCivilian = actors.labels.map { events.actorKinds[$0] == .civilians }
    var (made, answers): ([Direction: [Act]], [Direction: [Act]]) = ([:], [:])
    var demanders: [UInt32: [UInt32]] = [:]
    // First the demands; then, of the rest, what may be an answer to one.
    for isAnswer in [false, true] {
      for row in 0..<events.count {
        if row & 0xFFFF == 0 { try context.checkCancellation() }
        guard let code = classes.codes[row], let role = roles[Int(code)],
          (role != .demand) == isAnswer,
          (confidence?[row] ?? 1) >= choice.minConfidence, let one = actors.actor1[row],
          !isCivilian[Int(one)]
        else { continue }
        let other = actors.actor2[row]
        let act = Act(
          row: row, first: first[row], last: max(first[row], last[row]),
          isState: precisions[row] == DatePrecision.span.rawValue, about: abouts?[row], role: role)
        if !isAnswer {
          guard let other, other != one, !isCivilian[Int(other)] else { continue }
          let direction = Direction(demander: one, target: other)
          if made[direction] == nil { demanders[other, default: []].append(one) }
          made[direction, default: []].append(act)
        } else if role == .coercion {
          guard act.about != nil else { continue }
          for demander in demanders[one] ?? [] where demander != other {
            answers[Direction(demander: demander, target: one), default: []].append(act)
          }
        } else if let other, made[Direction(demander: other, target: one)] != nil {
          answers[Direction(demander: other, target: one), default: []].append(act)
        }
      }
    }
    labels = actors.labels
    let names = labels
    directions = made.keys.sorted { left, right in
      let (a, b) = (
        [left.demander, left.target].map { names[Int($0)] },
        [right.demander, right.target].map { names[Int($0)] }
      )
      return a[0] == b[0]
        ? a[1].utf8.lexicographicallyPrecedes(b[1].utf8)
        : a[0].utf8.lexicographicallyPrecedes(b[0].utf8)
    }
    (self.made, self.answers) = (made, answers)
  }

  /// The demands by and of some actors, or all, by name, subject and day.
  func demands(by named: [String]?) throws(Diagnostic) -> [Demand] {
    let chosen = directions.filter { direction in
      named.map {
        $0.contains(labels[Int(direction.demander)]) || $0.contains(labels[Int(direction.target)])
      } ?? true
    }
    let found = try context.concurrentMap(chosen.count) {
      (index) throws(Diagnostic) -> (demands: [Demand], outside: Int) in
      try context.checkCancellation()
      return demands(of: chosen[index])
    }
    let outside = found.reduce(0) { $0 + $1.outside }
    if outside > 0 {
      context.warn(
        .warning(
          .demandsOutside,
          "\(counted(outside, "demand")) left out: not every source covers the day",
          hint: "mend `covers` of the sources, or narrow the event set to days that all cover"))
    }
    return found.flatMap(\.demands)
  }

  private func demands(of direction: Direction) -> (demands: [Demand], outside: Int) {
    var demands: [Demand] = []
    var outside = 0
    let bySubject = grouped(made[direction] ?? [])
    let answers = grouped(answers[direction] ?? [])
    for (about, made) in bySubject {
      let answers = answers.first { $0.about == about }?.acts ?? []
      var found: [Demand] = []
      var episode: [Act] = []
      func close() {
        guard let stretch = covered.stretches.first(where: { $0.contains(episode[0].first) }) else {
          outside += 1
          return
        }
        found.append(demand(direction, about, episode, answers, until: stretch.upperBound))
      }
      for act in made {
        if let end = episode.map(\.last).max(), end.days(until: act.first) > Self.episodeGap {
          close()
          episode = []
        }
        episode.append(act)
      }
      if !episode.isEmpty { close() }
      settle(&found, answers)
      demands += found
    }
    return (demands, outside)
  }

  /// Acts by subject, those without one first, each by day.
  private func grouped(_ acts: [Act]) -> [(about: String?, acts: [Act])] {
    let groups = Dictionary(
      grouping: acts.sorted { ($0.first, $0.row) < ($1.first, $1.row) }, by: \.about)
    return groups.sorted { ($0.key ?? "").utf8.lexicographicallyPrecedes(($1.key ?? "").utf8) }
      .map { (about: $0.key, acts: $0.value) }
  }

  private func demand(
    _ direction: Direction, _ about: String?, _ episode: [Act], _ answers: [Act], until end: Day
  ) -> Demand {
    let first = episode[0].first
    func words(_ role: EventRole) -> Day? {
      answers.filter { act in
        act.role == role && act.first <= end
          && (act.first >= first || (act.isState && act.last >= first))
      }.map { max($0.first, first) }.min()
    }
    return Demand(
      demander: labels[Int(direction.demander)], target: labels[Int(direction.target)],
      about: about, first: first,
      last: episode.map(\.last).max() ?? first, events: episode.count,
      knownBy: episode[0].isState ? first : episode[0].last, followedTo: end,
      promised: words(.promise),
      refused: words(.refusal), done: nil, placebo: placebo(first, deeds(answers)),
      identifiers: episode.compactMap { events.id?[$0.row] })
  }

  private func deeds(_ answers: [Act]) -> [Act] {
    answers.filter { $0.role == .concession || $0.role == .coercion }
  }

  /// Each deed meets the latest demand before it that has not been met, and only that one.
  private func settle(_ demands: inout [Demand], _ answers: [Act]) {
    for deed in deeds(answers) {
      guard
        let place = demands.indices.last(where: { index in
          demands[index].done == nil && demands[index].knownBy < deed.first
            && deed.first <= demands[index].followedTo
        })
      else { continue }
      demands[place].done = deed.first
      if let id = events.id?[deed.row] { demands[place].identifiers.insert(id, at: 0) }
    }
  }

  /// How many of the dates before a demand, whose days after them end before it, were followed by a deed.
  private func placebo(_ first: Day, _ deeds: [Act]) -> Double? {
    guard within <= Self.placeboReach else { return nil }
    let dates = (within...Self.placeboReach).map { first.adding(days: -$0) }.filter { date in
      covered.stretches.contains { $0.contains(date) && $0.contains(date.adding(days: within)) }
    }
    guard let earliest = dates.min() else { return nil }
    let days = deeds.map(\.first).filter { earliest < $0 && $0 < first }
    let met = dates.count { date in days.contains { date < $0 && $0 <= date.adding(days: within) } }
    return Double(met) / Double(dates.count)
  }
}
