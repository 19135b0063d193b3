import EventModel
import Statistics
import Workbench

/// The numbers of a dyad in each period: integer incidents for rates, weighted scores for tone.
struct DyadSeries: Sendable {
  /// Incidents by period, for each category.
  private(set) var incidents: [[Double]]
  private(set) var scoreSums: [Double]
  private(set) var scoreWeights: [Double]
  /// Events counted, and those of each category.
  private(set) var events = 0
  private(set) var eventsOf = [Int](repeating: 0, count: DyadEvent.Category.allCases.count)
  private(set) var scored = 0

  /// - Parameter leavingOut: whether an event is to be left out, as if it had not been reported.
  init(
    _ history: DyadHistory, _ calendar: ShiftCalendar, _ settings: ShiftSettings,
    leavingOut: ((DyadEvent) -> Bool)? = nil
  ) {
    let none = [Double](repeating: 0, count: calendar.periods.count)
    incidents = DyadEvent.Category.allCases.map { _ in none }
    (scoreSums, scoreWeights) = (none, none)
    for event in history.events {
      guard let place = calendar.place(of: event, settings), !(leavingOut?(event) ?? false) else { continue }
      incidents[event.category.rawValue][place] += Double(event.incidents)
      events += 1
      eventsOf[event.category.rawValue] += 1
      guard let score = event.score, event.weight > 0 else { continue }
      scored += 1
      scoreSums[place] += event.weight * score
      scoreWeights[place] += event.weight
    }
  }

  /// Incidents of some categories, by period.
  func counts(_ isOf: (DyadEvent.Category) -> Bool) -> [Double] {
    let chosen = DyadEvent.Category.allCases.filter(isOf).map { incidents[$0.rawValue] }
    guard let first = chosen.first else { return scoreSums.map { _ in 0 } }
    return chosen.dropFirst().reduce(first) { zip($0, $1).map(+) }
  }
  /// How many events a channel has.
  func events(of channel: Channel) -> Int {
    switch channel {
    case .conflict: DyadEvent.Category.allCases.reduce(0) { $1.isConflict ? $0 + eventsOf[$1.rawValue] : $0 }
    case .cooperation: DyadEvent.Category.allCases.reduce(0) { $1.isCooperation ? $0 + eventsOf[$1.rawValue] : $0 }
    case .tone: scored
    }
  }
  var conflict: [Double] { counts(\.isConflict) }
  var cooperation: [Double] { counts(\.isCooperation) }
  var total: [Double] { counts { _ in true } }

  /// What changes are searched for in, with the places of its periods; those in which nothing can have been reported,
  /// or without a score where the channel is tone, are missing.
  func channel(
    _ channel: Channel, _ exposure: [Double], in range: Range<Int>? = nil
  ) -> (series: ChangeFamily.Series, places: [Int]) {
    let range = range ?? 0..<exposure.count
    switch channel {
    case .tone:
      let places = range.filter { scoreWeights[$0] > 0 && exposure[$0] > 0 }
      let means = places.map { scoreSums[$0] / scoreWeights[$0] }
      return (.means(MeanSeries(means, weights: places.map { scoreWeights[$0] })), places)
    case .conflict, .cooperation:
      let all = channel == .conflict ? conflict : cooperation
      let places = range.filter { exposure[$0] > 0 }
      let series = CountSeries(places.map { all[$0] }, exposure: places.map { exposure[$0] })
      return (.counts(series), places)
    }
  }
}

/// How much of the same activity would be reported of a dyad in each period.
struct DyadExposure: Sendable {
  /// The exposure rates are taken over, in average periods.
  var used: [Double]
  /// The other one, over which the search is repeated; nil where nothing is known of reporting.
  var other: [Double]?
  /// Whether `used` follows the reporting of other dyads.
  var isControlled: Bool
}

/// All dyads in the periods of the run, with what is known of how much was reported.
struct NetworkSeries: Sendable {
  let histories: Histories
  let calendar: ShiftCalendar
  let settings: ShiftSettings
  private(set) var exposures: [DyadExposure] = []
  /// The periods from which on everything is reported otherwise, by the events of all dyads.
  private(set) var breaks: [Int] = []
  private(set) var breakLevels: [Double] = []
  /// The periods in which the data are documented to change.
  let documentedBreaks: [Int]
  /// Whether rates follow reporting where that is known.
  let isControlWanted: Bool
  private(set) var withoutControl = 0
  /// Whether the search knows a relationship's good side.
  var isOneSided: Bool { !histories.hasCooperation }

  init(
    _ histories: Histories, _ calendar: ShiftCalendar, _ settings: ShiftSettings, in context: RunContext
  ) throws(Diagnostic) {
    (self.histories, self.calendar, self.settings) = (histories, calendar, settings)
    documentedBreaks = settings.breaks.compactMap { calendar.place(of: $0) }.sorted()
    isControlWanted =
      switch settings.exposure {
      case .on: true
      case .off: false
      case .auto: ["cameo", "plover"].contains(histories.ontology)
      }
    let totals = try context.concurrentMap(histories.dyads.count) { dyad throws(Diagnostic) in
      try context.checkCancellation()
      return DyadSeries(histories.dyads[dyad], calendar, settings).total
    }
    let periods = calendar.periods.count
    let all = totals.reduce([Double](repeating: 0, count: periods)) { zip($0, $1).map(+) }
    let active = totals.count { $0.contains { $0 > 0 } }
    if active >= 6, calendar.isLongEnough, Self.mean(all) >= 5 {
      let fit = ReportingExposure(ofOthers: all, minimum: calendar.exposureMinimum)
      breaks = fit.breaks
      breakLevels = ([0] + fit.breaks).map { fit.levels[$0] }
    }
    exposures = try context.concurrentMap(histories.dyads.count) { [isControlWanted] dyad throws(Diagnostic) in
      try context.checkCancellation()
      let others = zip(all, totals[dyad]).map { max(0, $0 - $1) }
      let number = active - (totals[dyad].contains { $0 > 0 } ? 1 : 0)
      guard number >= 5, calendar.isLongEnough, Self.mean(others) >= 5 else {
        return DyadExposure(used: calendar.seen, other: nil, isControlled: false)
      }
      let levels = ReportingExposure(ofOthers: others, minimum: calendar.exposureMinimum).levels
      let reported = zip(levels, calendar.seen).map(*)
      return DyadExposure(
        used: isControlWanted ? reported : calendar.seen, other: isControlWanted ? calendar.seen : reported,
        isControlled: isControlWanted)
    }
    withoutControl = exposures.count { $0.other == nil }
  }
  private static func mean(_ numbers: [Double]) -> Double {
    numbers.isEmpty ? 0 : numbers.reduce(0, +) / Double(numbers.count)
  }

  /// The dyad's numbers.
  func series(of dyad: Int) -> DyadSeries { DyadSeries(histories.dyads[dyad], calendar, settings) }

  /// Says what was left out, and what cannot be told.
  func warn(in context: RunContext) {
    var (states, vague, doubtful, outside) = (0, 0, 0, 0)
    for event in histories.dyads.lazy.flatMap(\.events) {
      if event.isState {
        states += 1
      } else if event.weight < settings.minConfidence {
        doubtful += 1
      } else if !calendar.isDated(event) {
        vague += 1
      } else if !calendar.covered.contains(event.firstDay) {
        outside += 1
      }
    }
    let reasons = [
      ("without two actors that can be a dyad", histories.withoutDyad), ("states in force", states),
      ("of less confidence than \(short(settings.minConfidence))", doubtful),
      ("not dated to one \(calendar.length.rawValue)", vague), ("on days that not every source covers", outside),
    ].filter { $0.1 > 0 }
    if !reasons.isEmpty {
      let list = reasons.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
      context.warn(Diagnostic(.note, .shiftLeftOut, "events counted in no rate: \(list)"))
    }
    let inDyads = histories.count - histories.withoutDyad
    if inDyads > 0, histories.unscored * 20 > inDyads {
      context.warn(.warning(.shiftUnscored, "events without a score: \(histories.unscored) of \(inDyads)"))
    }
    if inDyads > 0, isOneSided {
      context.warn(
        Diagnostic(.note, .shiftOneSided, "no event is cooperation: only the rate of violence is looked at"))
    }
    if inDyads > 0, !calendar.isLongEnough {
      context.warn(
        .warning(
          .shiftTooShort,
          "\(counted(calendar.periods.count, calendar.length.rawValue)) covered by every source, of at "
            + "least \(max(24, 2 * calendar.minimum)): no shifts are looked for", parameter: "period"))
    } else if isControlWanted, withoutControl > 0 {
      context.warn(
        Diagnostic(
          .note, .shiftNoControl,
          "\(withoutControl) of \(counted(histories.dyads.count, "dyad")) \(withoutControl == 1 ? "is" : "are") "
            + "compared by covered days alone: others are too few to tell how much was reported",
          parameter: "exposure"))
    }
  }
}
