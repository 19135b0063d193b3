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
  let levels: LevelChanges?
  let identifiers: [String]

  init(_ intervention: Intervention, among others: [Intervention], _ incidents: Incidents, anticipation: Int) {
    self.intervention = intervention
    self.anticipation = anticipation
    let lastCovered = incidents.covered.stretches.last?.upperBound
    let (start, end) = (
      intervention.start, intervention.end ?? max(intervention.start, lastCovered ?? intervention.start)
    )
    self.end = end
    let length = intervention.baseLength(until: end)
    baseLength = length
    let records = incidents.records(of: intervention)
    let gap = start.adding(days: -anticipation)
    let afterEnd = min(end.adding(days: length), max(end, lastCovered ?? end))
    windows = [
      Window(.before, gap.adding(days: -length), gap.adding(days: -1), records, incidents),
      Window(.anticipation, gap, start.adding(days: -1), records, incidents),
      Window(.during, start, end, records, incidents),
      intervention.end == nil ? nil : Window(.after, end.adding(days: 1), afterEnd, records, incidents),
    ].compactMap { $0 }
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
    placebo = during.flatMap { series?.placebo($0, baseLength: length, gap: anticipation, start: start, end: end) }
    levels = series?.levels(start: start, end: intervention.end, last: end, gap: anticipation)
    identifiers = incidents.identifiers(window(.during)?.records ?? [])
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
    let isHalved = during.ratio.map { $0 <= 0.5 } ?? false
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
    let isTelling = after.fall != nil && !after.narrow.isBelowOne && !after.narrow.isAboveOne
    return isTelling ? .undetermined : .insufficient
  }

  /// Warns of windows without a covered day.
  func warnOfCoverage(in context: RunContext) {
    let bare = windows.filter { $0.daysCovered == 0 && ($0.part == .before || $0.part == .during) }
    let isBeyond = intervention.end.map { end in windows.allSatisfy { $0.part != .during || $0.to <= end } } ?? true
    guard !bare.isEmpty, isBeyond else { return }
    context.warn(
      .warning(
        .outsideCoverage,
        "no day \(bare.map { "\($0.part.rawValue) '\(intervention.name)' (\($0.from) to \($0.to))" }.joined(separator: " and none ")) "
          + "is covered by every source",
        parameter: "interventions", hint: "mend the dates, or `covers` of the sources"))
  }
}

/// The change of the level of a segmented regression, with its interval.
struct LevelChanges: Sendable {
  struct Level: Sendable {
    var ratio: Double
    var lower: Double
    var upper: Double
  }
  var during: Level
  var after: Level?
  var weeks: Int
}

/// The daily counts of an intervention's incidents on the covered days since all its actors were there.
struct DailySeries: Sendable {
  let first: Day
  let counts: [Int]
  let isCovered: [Bool]
  /// Days on which another measure was in force, or about to be.
  let isOthers: [Bool]

  init?(
    _ records: [Incidents.Record], _ incidents: Incidents, _ intervention: Intervention, among others: [Intervention],
    anticipation: Int
  ) {
    guard let coveredFrom = incidents.covered.stretches.first?.lowerBound,
      let last = incidents.covered.stretches.last?.upperBound, let seen = incidents.presence(of: intervention)
    else { return nil }
    let first = max(coveredFrom, seen)
    guard first <= last else { return nil }
    let days = first.days(until: last) + 1
    var counts = [Int](repeating: 0, count: days)
    var isCovered = [Bool](repeating: false, count: days)
    for stretch in incidents.covered.stretches where stretch.upperBound >= first {
      for day in first.days(until: max(first, stretch.lowerBound))...first.days(until: stretch.upperBound) {
        isCovered[day] = true
      }
    }
    for record in records {
      let day = first.days(until: record.first)
      if counts.indices.contains(day), isCovered[day] { counts[day] += record.bounds.value }
    }
    var isOthers = [Bool](repeating: false, count: days)
    for other in others where other.name != intervention.name && other.shares(intervention) {
      let from = max(0, first.days(until: other.start.adding(days: -anticipation)))
      let to = min(days - 1, other.end.map { first.days(until: $0) } ?? days - 1)
      if from <= to { for day in from...to { isOthers[day] = true } }
    }
    (self.first, self.counts, self.isCovered, self.isOthers) = (first, counts, isCovered, isOthers)
  }

  /// The number of a day; it may lie outside.
  private func index(_ day: Day) -> Int { first.days(until: day) }
  /// The incidents of a week that begins on a day; nil where not all of it is covered.
  private func week(_ start: Int) -> Int? {
    guard start >= 0, start + 7 <= counts.count, isCovered[start..<start + 7].allSatisfy({ $0 }) else { return nil }
    return counts[start..<start + 7].reduce(0, +)
  }

  /// By how much the counts of the 26 weeks before a day vary more than Poisson's; nil below 8 covered weeks.
  func dispersion(before day: Day) -> Double? {
    let weeks = (1...26).compactMap { week(index(day) - 7 * $0) }
    guard weeks.count >= 8 else { return nil }
    return CountSeries(weeks.reversed().map(Double.init)).dispersion
  }

  /// The same change about every earlier date whose days, those after it included, neither overlap nor touch the start.
  func placebo(_ real: Effect, baseLength: Int, gap: Int, start: Day, end: Day) -> PlaceboTest? {
    let length = start.days(until: end) + 1
    let blocked = zip(isCovered, isOthers).map { !$0 || $1 }
    let latest = index(start) - length - baseLength
    guard latest > 0 else { return nil }
    let test = PlaceboTest(
      real: (real.later.exposed(real.later.count), real.earlier.exposed(real.earlier.count)), counts: counts,
      isBlocked: blocked, lengths: (baseLength, gap, length), starts: 0..<latest)
    return test.placebos > 0 ? test : nil
  }

  /// A segmented regression of weekly counts: level and trend before, their changes at the start and at the end.
  ///
  /// Weeks are counted from the start and from the day after the end, at most 156 before and 52 after; those of the
  /// anticipation, of other measures, and not wholly covered are left out. Two harmonics of the year join where there
  /// are two years of weeks.
  func levels(start: Day, end: Day?, last: Day, gap: Int) -> LevelChanges? {
    let (from, to) = (index(start), index(last))
    var rows: [(day: Int, count: Int, part: Window.Part)] = []
    func add(_ day: Int, _ part: Window.Part) {
      guard let count = week(day), !isOthers[day..<day + 7].contains(true) else { return }
      rows.append((day, count, part))
    }
    for number in stride(from: 156, through: 1, by: -1) where number * 7 - 7 >= gap { add(from - 7 * number, .before) }
    for day in stride(from: from, through: to - 6, by: 7) { add(day, .during) }
    if end != nil { for number in 0..<52 { add(to + 1 + 7 * number, .after) } }
    func weeks(_ part: Window.Part) -> Int { rows.count { $0.part == part } }
    guard weeks(.before) >= 8, weeks(.during) >= 8 else { return nil }
    let hasAfter = weeks(.after) >= 8
    if !hasAfter { rows.removeAll { $0.part == .after } }
    guard let oldest = rows.first?.day, let newest = rows.last?.day else { return nil }
    let isSeasonal = newest - oldest >= 728
    let design = rows.map { row -> [Double] in
      let week = Double(row.day - from) / 7
      var values = [1, week / 52, row.part == .during ? 1 : 0, row.part == .during ? week / 52 : 0]
      if hasAfter {
        values += row.part == .after ? [1, Double(row.day - to - 1) / 364] : [0, 0]
      }
      if isSeasonal {
        let angle = 2 * Double.pi * Double(row.day) / 365.25
        values += [.sin(angle), .cos(angle), .sin(2 * angle), .cos(2 * angle)]
      }
      return values
    }
    guard let fit = LogLinearFit(rows.map { Double($0.count) }, on: design) else { return nil }
    let errors = fit.neweyWestErrors()
    func level(_ column: Int) -> LevelChanges.Level? {
      let (value, error) = (fit.coefficients[column], errors[column])
      guard abs(value) < 20, error < 20 else { return nil }
      return LevelChanges.Level(
        ratio: .exp(value), lower: .exp(value - 1.959963985 * error), upper: .exp(value + 1.959963985 * error))
    }
    guard let during = level(2) else { return nil }
    return LevelChanges(during: during, after: hasAfter ? level(4) : nil, weeks: rows.count)
  }
}
