import EventModel
import Statistics
import Workbench

/// How often actors cooperated with each other, by window.
struct Cooperation: Sendable {
  let labels: [String]
  let windows: [TimeWindow]
  /// The dyads with any, by name of their actors.
  let dyads: [Dyad]
  /// Events between the two of each dyad, by window.
  private let common: [Dyad: [Int]]
  /// The partners of each actor with their number of events, by window: the most first, then by name.
  private let partners: [UInt32: [[(actor: UInt32, events: Int)]]]

  init(
    _ events: EventTable, _ choice: EventChoice, _ windows: [TimeWindow], _ covered: CoveredDays,
    in context: RunContext
  ) throws(Diagnostic) {
    self.windows = windows
    guard let actors = events.dyadActors, let quads = events.quadClass, !windows.isEmpty else {
      (labels, dyads, common, partners) = ([], [], [:], [:])
      return
    }
    let numbers = IncidentNumbers(events)
    let confidence = events.reals(.confidence)
    let (first, last, precisions) = (
      events.firstDay.values, events.lastDay.values, events.datePrecision.values
    )
    let wanted = choice.quads.map(\.rawValue)
    // CAMEO's quad classes count investigations, 09, as material cooperation; their Goldstein score is -2.
    let classes = events.eventClass
    let isInvestigation = (classes?.labels ?? []).map { events.ontology == "cameo" && $0.hasPrefix("09") }
    let isCivilian = actors.labels.map { events.actorKinds[$0] == .civilians }
    var common: [Dyad: [Int]] = [:]
    for row in 0..<events.count {
      if row & 0xFFFF == 0 { try context.checkCancellation() }
      guard let quad = quads[row], wanted.contains(quad),
        (confidence?[row] ?? 1) >= choice.minConfidence,
        let one = actors.actor1[row], let other = actors.actor2[row], one != other,
        !isCivilian[Int(one)], !isCivilian[Int(other)]
      else { continue }
      if let code = classes?.codes[row], isInvestigation[Int(code)] { continue }
      let isState = precisions[row] == DatePrecision.span.rawValue
      guard !isState || choice.countsStates else { continue }
      for (index, window) in windows.enumerated() {
        let isHere =
          isState
          ? first[row] <= window.to && last[row] >= window.from
          : window.from <= first[row] && first[row] <= window.to && covered.contains(first[row])
        guard isHere else { continue }
        common[Dyad(one, other), default: [Int](repeating: 0, count: windows.count)][index] +=
          isState ? 1 : numbers[row].value
      }
    }
    let labels = actors.labels
    func precedes(_ one: UInt32, _ other: UInt32) -> Bool {
      labels[Int(one)].utf8.lexicographicallyPrecedes(labels[Int(other)].utf8)
    }
    self.labels = labels
    self.common = common
    dyads = common.keys.sorted {
      $0.first == $1.first ? precedes($0.second, $1.second) : precedes($0.first, $1.first)
    }
    var partners: [UInt32: [[(actor: UInt32, events: Int)]]] = [:]
    for dyad in dyads {
      for (actor, partner) in [(dyad.first, dyad.second), (dyad.second, dyad.first)] {
        for (index, count) in (common[dyad] ?? []).enumerated() where count > 0 {
          partners[
            actor, default: [[(actor: UInt32, events: Int)]](repeating: [], count: windows.count)][
              index
            ]
            .append((partner, count))
        }
      }
    }
    self.partners = partners.mapValues { windows in
      windows.map {
        $0.sorted { $0.events == $1.events ? precedes($0.actor, $1.actor) : $0.events > $1.events }
      }
    }
  }

  /// The dependence of the two of each dyad on each other, in each window.
  func dependence(of named: [String]?, in context: RunContext) throws(Diagnostic) -> [Dependence] {
    let isNamed = labels.map { named?.contains($0) ?? true }
    let chosen = dyads.filter { isNamed[Int($0.first)] || isNamed[Int($0.second)] }
    let actors = Set(chosen.flatMap { [$0.first, $0.second] }.filter { isNamed[Int($0)] }).sorted()
    let options = try context.concurrentMap(actors.count) {
      (index) throws(Diagnostic) -> [Options?] in
      try context.checkCancellation()
      return windows.indices.map { self.options(of: actors[index], in: $0, context) }
    }
    let optionsOf = Dictionary(uniqueKeysWithValues: zip(actors, options))
    return try context.concurrentMap(chosen.count) { (index) throws(Diagnostic) -> [Dependence] in
      try context.checkCancellation()
      let dyad = chosen[index]
      let draws = windows.indices.map { self.draws(dyad, in: $0, context) }
      return [(dyad.first, dyad.second), (dyad.second, dyad.first)].flatMap {
        actor, partner -> [Dependence] in
        guard isNamed[Int(actor)] else { return [] }
        let isFirst = actor == dyad.first
        return windows.indices.map { window in
          let shared = common[dyad]?[window] ?? 0
          return Dependence(
            actor: labels[Int(actor)], partner: labels[Int(partner)], window: windows[window],
            common: shared,
            actorEvents: total(actor, window), partnerEvents: total(partner, window),
            earlier: window == 0
              ? nil : (common: common[dyad]?[window - 1] ?? 0, events: total(actor, window - 1)),
            draws: draws[window].map { isFirst ? ($0.first, $0.second) : ($0.second, $0.first) },
            earlierDraws: window == 0
              ? nil : draws[window - 1].map { isFirst ? $0.first : $0.second },
            options: optionsOf[actor]?[window],
            next: partners[actor]?[window].first { $0.actor != partner }.map {
              (labels[Int($0.actor)], $0.events)
            })
        }
      }
    }.flatMap { $0 }
  }

  private func total(_ actor: UInt32, _ window: Int) -> Int {
    partners[actor]?[window].reduce(0) { $0 + $1.events } ?? 0
  }

  /// The draws of both shares; nil where one of the two has no cooperation at all, so that nothing is known.
  private func draws(_ dyad: Dyad, in window: Int, _ context: RunContext) -> DependenceDraws? {
    let (first, second) = (total(dyad.first, window), total(dyad.second, window))
    guard first > 0, second > 0 else { return nil }
    let shared = common[dyad]?[window] ?? 0
    let names = "\(labels[Int(dyad.first)])|\(labels[Int(dyad.second)])|\(windows[window].from)"
    var generator = context.randomNumbers(for: names)
    return DependenceDraws(
      common: shared, firstElsewhere: first - shared, secondElsewhere: second - shared,
      seed: generator.next())
  }

  private func options(of actor: UInt32, in window: Int, _ context: RunContext) -> Options? {
    guard let counts = partners[actor]?[window].map(\.events), !counts.isEmpty else { return nil }
    var generator = context.randomNumbers(for: "\(labels[Int(actor)])|\(windows[window].from)")
    return Options(counts, seed: generator.next())
  }
}

/// With how many an actor cooperates.
struct Options: Sendable {
  let partners: Int
  /// One over the sum of squared shares.
  let effective: Double
  let interval: Interval?

  init(_ counts: [Int], seed: UInt64) {
    partners = counts.count
    let total = Double(counts.reduce(0, +))
    let effective = total * total / counts.reduce(0.0) { $0 + Double($1) * Double($1) }
    self.effective = effective
    interval = effectivePartnerDraws(counts, seed: seed).flatMap {
      middleInterval($0, holding: effective)
    }
  }
}
