import EventModel
import Statistics

/// How a dyad stands on the last day covered, and how its tone went.
struct DyadState: Sendable {
  /// The tone at the end of each period.
  private(set) var path: [Tone] = []
  /// The class at the end of each period.
  private(set) var classes: [RelationshipClass] = []
  /// The tone with half-lives of 30 and of 120 days, to see how much hangs on it.
  private(set) var briefTone: Double?
  private(set) var longTone: Double?
  /// The class it was last known to have, allied, adversarial or mixed, and the last day of that period.
  private(set) var lastClass: (name: RelationshipClass, day: Day)?
  /// Incidents counted in rates: all, conflict, cooperation, and those of confidence .5 or more.
  private(set) var counted = 0
  /// The events that these are incidents of.
  private(set) var events = 0
  private(set) var conflict = 0
  private(set) var cooperation = 0
  private(set) var confident = 0
  /// Those of the last 365 days covered.
  private(set) var recent = (conflict: 0, cooperation: 0, all: 0)
  private(set) var share: (value: Double, low: Double, high: Double)?
  /// Points and incidents per average period, of the last 365 days.
  private(set) var netFlow: Double?
  private(set) var activity: Double?
  private(set) var reciprocity: [Double?] = [nil, nil, nil]
  private(set) var matching: Double?
  private(set) var initiative: Double?

  /// The tone on the last day.
  var tone: Tone? { path.last }
  /// The class on the last day.
  var relationship: RelationshipClass { classes.last ?? .unknown }

  init(
    _ history: DyadHistory, _ calendar: ShiftCalendar, _ settings: ShiftSettings, _ exposure: DyadExposure,
    _ histories: Histories
  ) {
    count(history, calendar, settings, exposure)
    guard let last = calendar.lastDay, histories.hasCooperation else { return }
    let ends = calendar.periods.map { min($0.lastDay, last) }
    var walk = ToneWalk(history, halfLife: settings.halfLife)
    path = ends.map { walk.tone(on: $0) }
    func final(_ halfLife: Double) -> Double {
      var walk = ToneWalk(history, halfLife: halfLife)
      return walk.tone(on: last).value
    }
    if let tone = path.last, tone.events > 0 { (briefTone, longTone) = (final(30), final(120)) }
    classify(ends)
    if histories.isDirected { exchange(history, calendar, settings) }
  }

  private mutating func count(
    _ history: DyadHistory, _ calendar: ShiftCalendar, _ settings: ShiftSettings, _ exposure: DyadExposure
  ) {
    let firstRecent = calendar.lastDay?.adding(days: -364)
    var flow = 0.0
    for event in history.events {
      guard calendar.place(of: event, settings) != nil else { continue }
      events += 1
      counted += event.incidents
      if event.confidence >= 0.5 { confident += event.incidents }
      if event.category.isConflict { conflict += event.incidents }
      if event.category.isCooperation { cooperation += event.incidents }
      guard let firstRecent, event.firstDay >= firstRecent else { continue }
      recent.all += event.incidents
      flow += event.weight * (event.score ?? 0)
      if event.category.isConflict { recent.conflict += event.incidents }
      if event.category.isCooperation { recent.cooperation += event.incidents }
    }
    let (against, together) = (Double(recent.conflict), Double(recent.cooperation))
    if against + together > 0 {
      share = (
        against / (against + together), betaQuantile(0.025, a: against + 0.5, b: together + 0.5) ?? 0,
        1 - (betaQuantile(0.025, a: together + 0.5, b: against + 0.5) ?? 0)
      )
    }
    guard let firstRecent else { return }
    let seen = calendar.periods.indices.filter { calendar.periods[$0].lastDay >= firstRecent }
      .reduce(0) { $0 + exposure.used[$1] }
    if seen > 0 { (netFlow, activity) = (flow / seen, Double(recent.all) / seen) }
  }

  /// The class at the end of each period: of a relationship in which little was heard lately, the one it had last.
  private mutating func classify(_ ends: [Day]) {
    // On the last day, a relationship with much of both is mixed even where its tone is not known to be near 0.
    let isBoth = share.map { $0.value >= 0.25 && $0.value <= 0.75 } ?? false
    for (place, tone) in path.enumerated() {
      var own = tone.bareClass
      if place == path.count - 1, own == .uncertain, isBoth, recent.all >= 10, activity ?? 0 >= 1 { own = .mixed }
      if own != .unknown, tone.weight < 1 {
        classes.append(.stale)
      } else {
        if ![.unknown, .uncertain].contains(own) { lastClass = (own, ends[place]) }
        classes.append(own)
      }
    }
  }

  /// What each side returns to the other.
  private mutating func exchange(_ history: DyadHistory, _ calendar: ShiftCalendar, _ settings: ShiftSettings) {
    let sides = [true, false].map { side in
      DyadSeries(history, calendar, settings) { $0.isForward != side }
    }
    let means = sides.map { side in
      zip(side.scoreSums, side.scoreWeights).map { $1 > 0 ? $0 / $1 : nil }
    }
    reciprocity = [0, 1, -1].map { lag in
      let pairs = means[0].indices.compactMap { place -> (Double, Double)? in
        let later = place + lag
        guard means[1].indices.contains(later), let one = means[0][place], let other = means[1][later] else {
          return nil
        }
        return (one, other)
      }
      return correlation(pairs)
    }
    let against = sides.map { $0.conflict.reduce(0, +) }
    if against[0] + against[1] > 0 { matching = 2 * min(against[0], against[1]) / (against[0] + against[1]) }
    let all = sides.map { $0.total.reduce(0, +) }
    if all[0] + all[1] > 0 { initiative = (all[0] - all[1]) / (all[0] + all[1]) }
  }
}

/// Pearson's correlation of 12 pairs or more; nil where they are fewer or one side does not vary.
private func correlation(_ pairs: [(Double, Double)]) -> Double? {
  guard pairs.count >= 12 else { return nil }
  let number = Double(pairs.count)
  let means = (pairs.reduce(0) { $0 + $1.0 } / number, pairs.reduce(0) { $0 + $1.1 } / number)
  var (products, first, second) = (0.0, 0.0, 0.0)
  for pair in pairs {
    products += (pair.0 - means.0) * (pair.1 - means.1)
    first += (pair.0 - means.0) * (pair.0 - means.0)
    second += (pair.1 - means.1) * (pair.1 - means.1)
  }
  guard first > 1e-12, second > 1e-12 else { return nil }
  return max(-1, min(1, products / (first * second).squareRoot()))
}
