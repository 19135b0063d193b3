import EventModel
import Statistics
import Workbench

/// A shift of a relationship: changes of one or more channels at about the same time.
struct Shift: Sendable {
  /// The change that shows it best.
  var lead: ChannelChange
  /// The channels that changed.
  var channels: [Channel]
  /// The regimes before and after reach over these periods.
  var before: Range<Int>
  var after: Range<Int>
  var comparison: Comparison
  var label: String
  var p: Double
  var q: Double
  /// Whether the same shift is found where rates are taken over the other exposure; nil where there is no other.
  var isFoundEitherWay: Bool?
  /// What it hangs on: without it, the change could not be told from chance.
  var hangsOn: [String] = []
  var confidence = ""

  var isFragile: Bool { !hangsOn.isEmpty }
}

/// Which dyads shifted, and when.
struct ShiftSearch: Sendable {
  /// The families tested over the exposure used, and what was found of each.
  private(set) var families: [Family] = []
  private(set) var found: [FamilyChanges] = []
  /// The shifts, in order of dyad and date.
  private(set) var shifts: [Shift] = []
  /// Changes that coincide with one of coverage, and are no shifts.
  private(set) var artefacts: [ChannelChange] = []
  /// Changes that are found only where rates are taken over the other exposure.
  private(set) var otherOnly: [ChannelChange] = []
  /// The dyads of which a series was tested.
  private(set) var tested: Set<Int> = []
  /// Stretches too short to be regimes.
  private(set) var episodes: [ShiftEpisode] = []

  init(_ network: NetworkSeries, in context: RunContext) throws(Diagnostic) {
    guard network.calendar.isLongEnough else { return }
    families = try Family.all(network, in: context) { $0.used }
    tested = Set(families.map(\.dyad))
    found = try Family.search(families, network, seeksEpisodes: true, in: context)
    var changes = Family.changes(families, found)
    let breaks = network.documentedBreaks + (network.isControlWanted ? network.breaks : [])
    artefacts = changes.filter { breaks.contains(where: $0.isBeside) }
    changes.removeAll { breaks.contains(where: $0.isBeside) }
    let others =
      try changes.filter { $0.channel == .tone }
      + otherChanges(network, in: context).filter { !breaks.contains(where: $0.isBeside) }
    let distance = network.calendar.minimum
    otherOnly = others.filter { other in !(changes + artefacts).contains { $0.mayBe(other, within: distance) } }
    shifts = try assemble(changes, others, network, in: context)
    try doubt(network, in: context)
    episodes = ShiftEpisode.all(families, found, network, breaks: breaks)
  }

  /// The changes over the other exposure, of those dyads that have one; tone does not depend on it and is not searched
  /// again.
  private func otherChanges(
    _ network: NetworkSeries, in context: RunContext
  ) throws(Diagnostic) -> [ChannelChange] {
    guard network.exposures.contains(where: { $0.other != nil }) else { return [] }
    let families = try Family.all(network, in: context) { $0.other }.filter { $0.channel != .tone }
    return Family.changes(families, try Family.search(families, network, in: context))
  }

  /// Joins changes of a dyad that are one shift: those so near each other, and those of different channels whose 95 %
  /// sets overlap, so that no data tell which came first.
  private static func groups(_ changes: [ChannelChange], within distance: Int) -> [[ChannelChange]] {
    var groups: [[ChannelChange]] = []
    for change in changes.sorted(by: { ($0.place, $0.family) < ($1.place, $1.family) }) {
      let isSame = groups.last.map { group in
        group.contains { change.place - $0.place <= max(distance, change.step) }
          || !group.contains { $0.channel == change.channel }
            && group.contains { $0.low <= change.high && change.low <= $0.high }
      }
      if isSame ?? false { groups[groups.count - 1].append(change) } else { groups.append([change]) }
    }
    return groups
  }
  /// Makes shifts of changes, and says what is different after each.
  private func assemble(
    _ changes: [ChannelChange], _ others: [ChannelChange], _ network: NetworkSeries, in context: RunContext
  ) throws(Diagnostic) -> [Shift] {
    let dyads = Set(changes.map(\.dyad)).sorted()
    let made = try context.concurrentMap(dyads.count) { number throws(Diagnostic) -> [Shift] in
      try context.checkCancellation()
      let dyad = dyads[number]
      let dispersions = network.dispersions(of: dyad)
      let hasOther = network.exposures[dyad].other != nil
      let regimes = DyadRegimes(dyad, network)
      return network.boundaries.parts[dyad].flatMap { part in
        let groups = Self.groups(
          changes.filter { $0.dyad == dyad && $0.part == part }, within: network.calendar.minimum / 2)
        let leads = groups.compactMap { group in group.max { ($0.gain, -$0.place) < ($1.gain, -$1.place) } }
        return leads.indices.map { place in
          let (lead, group) = (leads[place], groups[place])
          let before = (place > 0 ? leads[place - 1].place : part.lowerBound)..<lead.place
          let after = lead.place..<(place + 1 < leads.count ? leads[place + 1].place : part.upperBound)
          let comparison = Comparison(regimes[[before]], regimes[[after]], dispersions: dispersions)
          return Shift(
            lead: lead, channels: Channel.allCases.filter { channel in group.contains { $0.channel == channel } },
            before: before, after: after, comparison: comparison,
            label: comparison.label(isOneSided: network.isOneSided), p: found[lead.family].existence.p,
            q: found[lead.family].q,
            isFoundEitherWay: hasOther
              ? others.contains { other in
                group.contains { $0.mayBe(other, within: network.calendar.minimum) }
              } : nil)
        }
      }
    }
    return made.flatMap(\.self)
  }

  /// Looks what each shift hangs on, and says how far it is to be trusted.
  private mutating func doubt(_ network: NetworkSeries, in context: RunContext) throws(Diagnostic) {
    let (shifts, families, found) = (shifts, families, found)
    let culprits = try context.concurrentMap(shifts.count) { place throws(Diagnostic) in
      try context.checkCancellation()
      return Trials(of: shifts[place], families: families, found: found, network).culprits(in: found)
    }
    for place in shifts.indices {
      self.shifts[place].hangsOn = culprits[place] + (shifts[place].isFoundEitherWay == false ? ["exposure"] : [])
      self.shifts[place].confidence = confidence(self.shifts[place], network.calendar)
    }
  }
  private func confidence(_ shift: Shift, _ calendar: ShiftCalendar) -> String {
    let days = calendar.periods[shift.lead.low].firstDay.days(until: calendar.periods[shift.lead.high].firstDay)
    if days > 104 * 7 { return "date uncertain" }
    return shift.q <= 0.01 && shift.lead.setSize <= 8 && !shift.isFragile ? "strong" : "moderate"
  }
}

extension DyadSeries {
  /// By how much each of them varies more than Poisson's.
  func dispersions(_ exposure: [Double], longRun: [Int]) -> Dispersions {
    let places = exposure.indices.filter { exposure[$0] > 0 }
    func dispersion(_ counts: [Double]) -> Double {
      CountSeries(places.map { counts[$0] }, exposure: places.map { exposure[$0] }, longRun: longRun).dispersion
    }
    return Dispersions(
      conflict: dispersion(conflict), cooperation: dispersion(cooperation), total: dispersion(total),
      fatal: dispersion(fatal))
  }
}

/// The dispersions of a dyad's conflict, cooperation, events and fatal incidents.
struct Dispersions: Sendable {
  var conflict: Double
  var cooperation: Double
  var total: Double
  var fatal: Double
}
