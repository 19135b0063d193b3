import Statistics

/// A stretch of a dyad's time in which nothing is taken to have changed.
struct Regime: Sendable {
  /// Exposure, in average periods.
  var exposure = 0.0
  /// Incidents, by category.
  var incidents = [Int](repeating: 0, count: DyadEvent.Category.allCases.count)
  /// Incidents in which somebody died.
  var fatal = 0
  /// Scored events and the sum of their weights.
  var scored = 0
  var weight = 0.0
  var squaredWeights = 0.0
  /// The weighted mean score and its variance; nil where no event has one.
  var tone: Double?
  var variance = 0.0

  func count(_ isOf: (DyadEvent.Category) -> Bool) -> Int {
    DyadEvent.Category.allCases.reduce(0) { isOf($1) ? $0 + incidents[$1.rawValue] : $0 }
  }
  var conflict: Int { count(\.isConflict) }
  var cooperation: Int { count(\.isCooperation) }
  var total: Int { count { _ in true } }
  /// The squared standard error of the mean score.
  var squaredError: Double { weight > 0 ? variance * squaredWeights / (weight * weight) : 0 }

  init(_ events: [DyadEvent], exposure: Double) {
    self.exposure = exposure
    var sum = 0.0
    for event in events {
      incidents[event.category.rawValue] += event.incidents
      if event.isFatal { fatal += event.incidents }
      guard let score = event.score, event.weight > 0 else { continue }
      scored += 1
      weight += event.weight
      squaredWeights += event.weight * event.weight
      sum += event.weight * score
    }
    guard weight > 0 else { return }
    let mean = sum / weight
    tone = mean
    for event in events {
      guard let score = event.score else { continue }
      variance += event.weight * (score - mean) * (score - mean)
    }
    variance /= weight
    if scored > 1 { variance *= Double(scored) / Double(scored - 1) }
  }
}

/// The events of a dyad by period, of which regimes are made.
struct DyadRegimes {
  private let events: [[DyadEvent]]
  private let exposure: [Double]

  init(_ dyad: Int, _ network: NetworkSeries) {
    var events = [[DyadEvent]](repeating: [], count: network.calendar.periods.count)
    for event in network.histories.dyads[dyad].events {
      if let place = network.calendar.place(of: event, network.settings) { events[place].append(event) }
    }
    (self.events, exposure) = (events, network.exposures[dyad].used)
  }
  /// The regime of some stretches, without periods of which nothing can be known.
  subscript(ranges: [Range<Int>]) -> Regime {
    let seen = ranges.flatMap { $0.filter { exposure[$0] > 0 } }
    return Regime(seen.flatMap { events[$0] }, exposure: seen.reduce(0) { $0 + exposure[$1] })
  }
}

/// How a rate compares with the one before.
struct RateChange: Sendable {
  /// In which direction a rate or a mean moved, as far as that is sure.
  enum Move: Sendable { case up, down, none }
  var before: ExposedCount
  var after: ExposedCount
  /// The ratio; nil where nothing was counted before.
  var ratio: Double?
  var low: Double
  /// Nil where the data set no limit.
  var high: Double?

  /// - Parameter dispersion: by how much counts vary more than Poisson's; above 1.2 the interval is tempered by it.
  init?(_ before: ExposedCount, _ after: ExposedCount, dispersion: Double) {
    guard let exact = RateRatio(after, to: before), before.count + after.count > 0 else { return nil }
    (self.before, self.after) = (before, after)
    (ratio, low, high) = (exact.ratio, exact.interval.lower, exact.interval.upper)
    guard dispersion > 1.2 else { return }
    let (old, new) = (Double(before.count) / dispersion, Double(after.count) / dispersion)
    let scale = before.exposure / after.exposure
    if after.count > 0, let share = betaQuantile(0.025, a: new, b: old + 1) { low = share / (1 - share) * scale }
    if before.count > 0, let rest = betaQuantile(0.025, a: old, b: new + 1) { high = (1 - rest) / rest * scale }
  }

  /// Whether the interval lies beside 1, and the ratio is at least 1.5 or at most its inverse.
  var move: Move {
    let ratio = ratio ?? .infinity
    if low > 1, ratio >= 1.5 { return .up }
    if let high, high < 1, ratio <= 1 / 1.5 { return .down }
    return .none
  }
  /// Whether the rate is about the same: neither the interval nor the ratio itself says otherwise.
  var isFlat: Bool { move == .none && (ratio.map { $0 < 1.5 && $0 > 1 / 1.5 } ?? false) }
}

/// What is different after a shift.
struct Comparison: Sendable {
  var before: Regime
  var after: Regime
  var conflict: RateChange?
  var cooperation: RateChange?
  var total: RateChange?
  /// Of incidents in which somebody died, which coverage changes less than others.
  var fatal: RateChange?
  /// Of each quad class.
  var verbalConflict: RateChange?
  var materialConflict: RateChange?
  var verbalCooperation: RateChange?
  var materialCooperation: RateChange?

  init(_ before: Regime, _ after: Regime, dispersions: Dispersions) {
    (self.before, self.after) = (before, after)
    func change(_ dispersion: Double, _ isOf: (DyadEvent.Category) -> Bool) -> RateChange? {
      RateChange(
        ExposedCount(before.count(isOf), over: before.exposure), ExposedCount(after.count(isOf), over: after.exposure),
        dispersion: dispersion)
    }
    conflict = change(dispersions.conflict, \.isConflict)
    cooperation = change(dispersions.cooperation, \.isCooperation)
    total = change(dispersions.total) { _ in true }
    fatal = RateChange(
      ExposedCount(before.fatal, over: before.exposure), ExposedCount(after.fatal, over: after.exposure),
      dispersion: dispersions.fatal)
    verbalConflict = change(dispersions.conflict) { $0 == .verbalConflict }
    materialConflict = change(dispersions.conflict) { $0 == .materialConflict }
    verbalCooperation = change(dispersions.cooperation) { $0 == .verbalCooperation }
    materialCooperation = change(dispersions.cooperation) { $0 == .materialCooperation }
  }

  /// By how many points the mean score differs, with its 95 % interval.
  var toneChange: (difference: Double, low: Double, high: Double)? {
    guard let old = before.tone, let new = after.tone, before.scored > 1, after.scored > 1 else { return nil }
    let error = (before.squaredError + after.squaredError).squareRoot()
    return (new - old, new - old - 1.96 * error, new - old + 1.96 * error)
  }
  var toneMove: RateChange.Move {
    guard let change = toneChange else { return .none }
    if change.low > 0, change.difference >= 1 { return .up }
    return change.high < 0 && change.difference <= -1 ? .down : .none
  }

  /// What kind of shift this is: the first that holds.
  func label(isOneSided: Bool) -> String {
    let (against, together) = (conflict?.move ?? .none, cooperation?.move ?? .none)
    if isOneSided {
      // Which way the rate went is what was found; the interval says how surely.
      return conflict.map { ($0.ratio ?? .infinity) > 1 ? "violence rose" : "violence fell" } ?? "violence fell"
    }
    if let old = before.tone, let new = after.tone {
      if old > 1, new < -1 { return "rupture" }
      if old < -1, new > 1 { return "rapprochement" }
    }
    let isToneStill = toneMove == .none
    if (against == .down && together == .down) || (isToneStill && total?.move == .down) {
      return "decoupling" + suffix
    }
    if against == .up, together == .up, isToneStill { return "intensified engagement" + suffix }
    switch (against, together) {
    case (.up, _): return "escalation" + suffix
    case (.down, _): return "de-escalation" + suffix
    case (_, .up): return "rapprochement" + suffix
    case (_, .down): return "cooling" + suffix
    default: return "tone shift only"
    }
  }
  /// Said of a shift in words alone: verbal events moved, and those of deeds are known not to have.
  private var suffix: String {
    let words = [verbalConflict, verbalCooperation].contains { ($0?.move ?? .none) != .none }
    let deeds = [materialConflict, materialCooperation]
    let isStill = deeds.allSatisfy { $0?.isFlat ?? true }
    return words && isStill ? " (rhetorical)" : ""
  }
}
