import EventModel
import Statistics
import Workbench

/// A change found in one channel of a dyad.
struct ChannelChange: Sendable {
  var dyad: Int
  var channel: Channel
  /// The family among those tested.
  var family: Int
  /// The index in the series of the family.
  var index: Int
  /// The period in which the new regime begins, and the first and last period of the 95 % set.
  var place: Int
  var low: Int
  var high: Int
  /// How many periods the set has.
  var setSize: Int
  var p: Double
  /// How much better two levels fit than one.
  var gain: Double

  /// Whether the two may be the same change: at most so many periods apart, or each in the set of the other.
  func mayBe(_ other: ChannelChange, within distance: Int) -> Bool {
    dyad == other.dyad
      && (abs(place - other.place) <= distance
        || (channel == other.channel && low <= other.place && other.place <= high && other.low <= place
          && place <= other.high))
  }
}

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
  /// A series tested.
  struct Family: Sendable {
    var dyad: Int
    var channel: Channel
    var series: ChangeFamily.Series
    /// The period of each index of the series.
    var places: [Int]
  }
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

  init(_ network: NetworkSeries, in context: RunContext) throws(Diagnostic) {
    guard network.calendar.isLongEnough else { return }
    families = try Self.families(network, in: context) { $0.used }
    tested = Set(families.map(\.dyad))
    found = try Self.search(families, network, in: context)
    var changes = Self.changes(families, found)
    let breaks = network.documentedBreaks + (network.isControlWanted ? network.breaks : [])
    artefacts = changes.filter { change in breaks.contains { abs($0 - change.place) <= 2 } }
    changes.removeAll { change in breaks.contains { abs($0 - change.place) <= 2 } }
    let others =
      try changes.filter { $0.channel == .tone }
      + otherChanges(network, in: context).filter { change in
        !breaks.contains { abs($0 - change.place) <= 2 }
      }
    let distance = network.calendar.minimum
    otherOnly = others.filter { other in !(changes + artefacts).contains { $0.mayBe(other, within: distance) } }
    shifts = try assemble(changes, others, network, in: context)
    try doubt(network, in: context)
  }

  /// The series of all dyads that have enough events.
  private static func families(
    _ network: NetworkSeries, in context: RunContext, over exposure: @Sendable (DyadExposure) -> [Double]?
  ) throws(Diagnostic) -> [Family] {
    let channels = network.settings.channels.filter { !network.isOneSided || $0 == .conflict }
    let made = try context.concurrentMap(network.histories.dyads.count) { dyad throws(Diagnostic) -> [Family] in
      try context.checkCancellation()
      let series = network.series(of: dyad)
      guard series.events >= network.settings.minEvents, let exposure = exposure(network.exposures[dyad]) else {
        return []
      }
      return Channel.allCases.filter(channels.contains).compactMap { channel in
        let (values, places) = series.channel(channel, exposure)
        guard series.events(of: channel) >= network.settings.minEvents, places.count >= 2 * network.calendar.minimum
        else { return nil }
        return Family(dyad: dyad, channel: channel, series: values, places: places)
      }
    }
    return made.flatMap(\.self)
  }
  private static func search(
    _ families: [Family], _ network: NetworkSeries, in context: RunContext
  ) throws(Diagnostic) -> [FamilyChanges] {
    try search(
      families.map { family in
        let name = network.histories.dyads[family.dyad].name + " " + family.channel.rawValue
        var random = context.randomNumbers(for: name)
        return ChangeFamily(family.series, seed: random.next())
      }, network, in: context)
  }
  private static func search(
    _ families: [ChangeFamily], _ network: NetworkSeries, in context: RunContext
  ) throws(Diagnostic) -> [FamilyChanges] {
    var search = ChangeSearch()
    search.minimum = network.calendar.minimum
    search.falseDiscoveryRate = network.settings.level
    return try search.changes(in: families) { (count, body) throws(Diagnostic) in
      try context.concurrentMap(count) { piece throws(Diagnostic) in
        try context.checkCancellation()
        return body(piece)
      }
    }
  }
  /// The changes accepted, by period.
  private static func changes(_ families: [Family], _ found: [FamilyChanges]) -> [ChannelChange] {
    var changes: [ChannelChange] = []
    for (number, (family, result)) in zip(families, found).enumerated() {
      let indices = [0] + result.changes.map(\.index) + [family.places.count]
      for (place, change) in result.changes.enumerated() {
        let set = change.posterior.set()
        changes.append(
          ChannelChange(
            dyad: family.dyad, channel: family.channel, family: number, index: change.index,
            place: family.places[change.index], low: family.places[set.first ?? change.index],
            high: family.places[set.last ?? change.index], setSize: set.count, p: change.p,
            gain: family.series.gain(from: indices[place], of: change.index, to: indices[place + 2])))
      }
    }
    return changes
  }
  /// The changes over the other exposure, of those dyads that have one; tone does not depend on it and is not searched
  /// again.
  private func otherChanges(
    _ network: NetworkSeries, in context: RunContext
  ) throws(Diagnostic) -> [ChannelChange] {
    guard network.exposures.contains(where: { $0.other != nil }) else { return [] }
    let families = try Self.families(network, in: context) { $0.other }.filter { $0.channel != .tone }
    return Self.changes(families, try Self.search(families, network, in: context))
  }

  /// Joins changes of a dyad that are one shift: those so near each other, and those of different channels whose 95 %
  /// sets overlap, so that no data tell which came first.
  private static func groups(_ changes: [ChannelChange], within distance: Int) -> [[ChannelChange]] {
    var groups: [[ChannelChange]] = []
    for change in changes.sorted(by: { ($0.place, $0.family) < ($1.place, $1.family) }) {
      let isSame = groups.last.map { group in
        group.contains { change.place - $0.place <= distance }
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
    let (calendar, settings) = (network.calendar, network.settings)
    let dyads = Set(changes.map(\.dyad)).sorted()
    let made = try context.concurrentMap(dyads.count) { number throws(Diagnostic) -> [Shift] in
      try context.checkCancellation()
      let dyad = dyads[number]
      let groups = Self.groups(changes.filter { $0.dyad == dyad }, within: calendar.minimum / 2)
      let leads = groups.compactMap { group in group.max { ($0.gain, -$0.place) < ($1.gain, -$1.place) } }
      let exposure = network.exposures[dyad].used
      let dispersions = network.series(of: dyad).dispersions(exposure)
      var events = [[DyadEvent]](repeating: [], count: calendar.periods.count)
      for event in network.histories.dyads[dyad].events {
        if let place = calendar.place(of: event, settings) { events[place].append(event) }
      }
      func regime(_ range: Range<Int>) -> Regime {
        let seen = range.filter { exposure[$0] > 0 }
        return Regime(seen.flatMap { events[$0] }, exposure: seen.reduce(0) { $0 + exposure[$1] })
      }
      return leads.indices.map { place in
        let (lead, group) = (leads[place], groups[place])
        let before = (place > 0 ? leads[place - 1].place : 0)..<lead.place
        let after = lead.place..<(place + 1 < leads.count ? leads[place + 1].place : calendar.periods.count)
        let comparison = Comparison(regime(before), regime(after), dispersions: dispersions)
        let hasOther = network.exposures[dyad].other != nil
        return Shift(
          lead: lead, channels: Channel.allCases.filter { channel in group.contains { $0.channel == channel } },
          before: before, after: after, comparison: comparison,
          label: comparison.label(isOneSided: network.isOneSided), p: found[lead.family].existence.p,
          q: found[lead.family].q,
          isFoundEitherWay: hasOther
            ? others.contains { other in group.contains { $0.mayBe(other, within: calendar.minimum) } } : nil)
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
  /// By how much conflict, cooperation and all events vary more than Poisson's.
  func dispersions(_ exposure: [Double]) -> (conflict: Double, cooperation: Double, total: Double) {
    let places = exposure.indices.filter { exposure[$0] > 0 }
    func dispersion(_ counts: [Double]) -> Double {
      CountSeries(places.map { counts[$0] }, exposure: places.map { exposure[$0] }).dispersion
    }
    return (dispersion(conflict), dispersion(cooperation), dispersion(total))
  }
}
