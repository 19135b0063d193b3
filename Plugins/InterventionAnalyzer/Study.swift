import EventModel
import JSONText
import Statistics
import Workbench

/// An intervention, its windows, and what they tell.
struct Study: Sendable {
  let intervention: Intervention
  let anticipation: Int
  /// The last day in force that anything is known of: its end, or the last day covered.
  let end: Day
  /// The days compared with, covered or not.
  let baseLength: Int
  let windows: [Window]
  let during: Effect?
  let after: Effect?
  /// After against during: whether violence rose when it ended.
  let ending: Effect?
  let placebo: PlaceboTest?
  let levels: SegmentedLevels?
  let identifiers: [String]
  /// What else happened in the same windows.
  private(set) var compositions: [Composition] = []

  init(_ intervention: Intervention, among others: [Intervention], _ incidents: Incidents, anticipation: Int) {
    self.intervention = intervention
    self.anticipation = anticipation
    let lastCovered = incidents.covered.stretches.last?.upperBound
    let start = intervention.start
    let end = intervention.end ?? max(start, lastCovered ?? start)
    self.end = end
    let length = intervention.baseLength(until: end)
    baseLength = length
    let records = incidents.records(of: intervention)
    let gap = start.adding(days: -anticipation)
    let afterEnd = min(end.adding(days: length), max(end, lastCovered ?? end))
    let windows = [
      Window(.before, gap.adding(days: -length), gap.adding(days: -1), records, incidents),
      Window(.anticipation, gap, start.adding(days: -1), records, incidents),
      Window(.during, start, end, records, incidents),
      intervention.end == nil ? nil : Window(.after, end.adding(days: 1), afterEnd, records, incidents),
    ].compactMap { $0 }
    self.windows = windows
    func window(_ part: Window.Part) -> Window? { windows.first { $0.part == part } }
    let series = DailySeries(records, incidents, intervention, among: others, anticipation: anticipation)
    let dispersion = series?.dispersion(before: gap)
    func effect(_ later: Window.Part, _ earlier: Window.Part) -> Effect? {
      guard let later = window(later), let earlier = window(earlier) else { return nil }
      return Effect(later, to: earlier, dispersion: dispersion)
    }
    during = effect(.during, .before)
    after = effect(.after, .before)
    ending = effect(.after, .during)
    placebo = during.flatMap { during in
      guard during.pValue != nil else { return nil }
      return series?.placebo(during, baseLength: length, gap: anticipation, start: start, end: end)
    }
    levels = series?.levels(start: start, end: intervention.end, last: end, gap: anticipation)
    identifiers = incidents.identifiers(window(.during)?.records ?? [])
    for part in Composition.Part.allCases {
      guard let records = incidents.records(of: intervention, part) else { continue }
      let series = DailySeries(records, incidents, intervention, among: others, anticipation: anticipation)
      let dispersion = series?.dispersion(before: gap)
      let study = self
      compositions += [Window.Part.during, .after].compactMap {
        Composition(part, $0, in: study, records, incidents, dispersion: dispersion)
      }
    }
  }

  /// A window by its place.
  func window(_ part: Window.Part) -> Window? { windows.first { $0.part == part } }

  /// What the days in force showed.
  enum Verdict: String, Sendable {
    case held
    case heldUnlessOverdispersed = "held, not robust to overdispersion"
    case partial
    case noDetectableEffect = "no detectable effect"
    case violated
    case insufficient = "insufficient data"
  }
  /// What the days after showed.
  enum Aftermath: String, Sendable {
    case rebound, resumed
    case resumedUnlessOverdispersed = "resumed, not robust to overdispersion"
    case calmPersisted = "calm persisted"
    case calmer, undetermined
    case insufficient = "insufficient data"
  }

  /// Whether enough of the days before are covered to compare with.
  var hasBaseline: Bool { 2 * (window(.before)?.daysCovered ?? 0) >= baseLength }

  /// The verdict on the days in force; the interval that decides is wide enough for counts that cluster.
  var verdict: Verdict {
    guard let during, hasBaseline else { return .insufficient }
    if during.deciding.isAboveOne { return .violated }
    let isHalved = during.largestRatio.map { $0 <= 0.5 } ?? false
    if during.deciding.isBelowOne { return isHalved ? .held : .partial }
    // Only what the records leave open stands in the way.
    if during.narrow.isBelowOne || during.narrow.isAboveOne { return .insufficient }
    if during.exact.isBelowOne, isHalved { return .heldUnlessOverdispersed }
    return during.fall == nil ? .insufficient : .noDetectableEffect
  }
  /// The verdict on the days after; nil where it has not ended.
  var aftermath: Aftermath? {
    guard intervention.end != nil else { return nil }
    guard let after, hasBaseline else { return .insufficient }
    if after.deciding.isAboveOne { return .rebound }
    if after.deciding.isBelowOne { return [.held, .partial].contains(verdict) ? .calmPersisted : .calmer }
    if let ending, ending.deciding.isAboveOne { return .resumed }
    if let ending, ending.exact.isAboveOne { return .resumedUnlessOverdispersed }
    let isTelling = after.fall != nil && !after.narrow.isBelowOne && !after.narrow.isAboveOne
    return isTelling ? .undetermined : .insufficient
  }

  /// Warns of windows without a covered day.
  func warnOfCoverage(in context: RunContext) {
    let bare = windows.filter { $0.daysCovered == 0 && ($0.part == .before || $0.part == .during) }
    guard !bare.isEmpty else { return }
    let days = bare.map { "\($0.part.rawValue) '\(intervention.name)' (\($0.from) to \($0.to))" }
    context.warn(
      .warning(
        .outsideCoverage, "no day \(days.joined(separator: " and none ")) is covered by every source",
        parameter: "interventions", hint: "mend the dates, or `covers` of the sources"))
  }
}
