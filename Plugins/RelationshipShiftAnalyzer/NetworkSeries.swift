import EventModel
import Statistics
import Workbench

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
  let boundaries: Boundaries
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

  /// The incidents of all dyads, by period.
  private let all: [Double]

  init(
    _ histories: Histories, _ calendar: ShiftCalendar, _ boundaries: Boundaries, _ settings: ShiftSettings,
    in context: RunContext
  ) throws(Diagnostic) {
    (self.histories, self.calendar, self.boundaries, self.settings) = (histories, calendar, boundaries, settings)
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
    let all = totals.reduce(into: [Double](repeating: 0, count: periods)) { all, own in
      for place in all.indices { all[place] += own[place] }
    }
    self.all = all
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
  func series(of dyad: Int, part: Range<Int>? = nil) -> DyadSeries {
    DyadSeries(histories.dyads[dyad], calendar, settings, part: part)
  }
  /// By how much a dyad's counts vary more than Poisson's.
  func dispersions(of dyad: Int) -> Dispersions {
    series(of: dyad).dispersions(exposures[dyad].used, longRun: calendar.longRun(step: 1))
  }
  /// The incidents of all other dyads, by period.
  func others(than dyad: Int) -> [Double] { zip(all, series(of: dyad).total).map { max(0, $0 - $1) } }

  /// Says what was left out, and what cannot be told.
  func warn(in context: RunContext) {
    var (states, vague, doubtful, outside) = (0, 0, 0, 0)
    for event in histories.dyads.lazy.flatMap(\.events) {
      if event.isState {
        states += 1
      } else if event.confidence < settings.minConfidence {
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
    if histories.unscored > 0 {
      let isMuch = histories.unscored * 20 > inDyads
      context.warn(
        Diagnostic(
          isMuch ? .warning : .note, .shiftUnscored, "events without a score: \(histories.unscored) of \(inDyads)",
          notes: histories.unscoredClasses.prefix(10).map { "class '\($0.name)': \(counted($0.count, "event"))" }))
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
