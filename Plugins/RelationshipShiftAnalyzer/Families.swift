import EventModel
import Statistics
import Workbench

/// A series tested: a channel of a dyad, in one part of its time.
struct Family: Sendable {
  var dyad: Int
  var channel: Channel
  /// The periods it is of.
  var part: Range<Int>
  /// How many periods are searched together.
  var step: Int
  /// The least number of steps of a regime.
  var minimum: Int
  var series: ChangeFamily.Series
  /// The first period of each index of the series.
  var places: [Int]

  /// The last period of an index of the series.
  func lastPlace(_ index: Int) -> Int { min(places[index] + step, part.upperBound) - 1 }

  /// The series of all dyads that have enough events, by the parts that can be compared.
  static func all(
    _ network: NetworkSeries, in context: RunContext, over exposure: @Sendable (DyadExposure) -> [Double]?
  ) throws(Diagnostic) -> [Family] {
    let channels = Channel.allCases.filter {
      network.settings.channels.contains($0) && (!network.isOneSided || $0 == .conflict)
    }
    let made = try context.concurrentMap(network.histories.dyads.count) { dyad throws(Diagnostic) -> [Family] in
      try context.checkCancellation()
      guard let exposure = exposure(network.exposures[dyad]) else { return [] }
      return network.boundaries.parts[dyad].flatMap { part in
        families(of: dyad, part, channels, network, exposure)
      }
    }
    return made.flatMap(\.self)
  }
  private static func families(
    of dyad: Int, _ part: Range<Int>, _ channels: [Channel], _ network: NetworkSeries, _ exposure: [Double]
  ) -> [Family] {
    let (calendar, least) = (network.calendar, network.settings.minEvents)
    guard calendar.isLongEnough(part.count) else { return [] }
    let series = network.series(of: dyad, part: part)
    guard series.events >= least else { return [] }
    let step = network.settings.period == .auto ? series.step(in: part, calendar) : 1
    let minimum = calendar.minimum(step: step)
    return channels.compactMap { channel in
      let (values, places) = series.channel(
        channel, exposure, in: part, step: step, longRun: calendar.longRun(step: step))
      guard series.events(of: channel) >= least, places.count >= 2 * minimum else { return nil }
      return Family(
        dyad: dyad, channel: channel, part: part, step: step, minimum: minimum, series: values, places: places)
    }
  }

  /// Searches them, each with random numbers of its own.
  static func search(
    _ families: [Family], _ network: NetworkSeries, seeksEpisodes: Bool = false, in context: RunContext
  ) throws(Diagnostic) -> [FamilyChanges] {
    var search = ChangeSearch()
    search.minimum = network.calendar.minimum
    search.falseDiscoveryRate = network.settings.level
    search.seeksEpisodes = seeksEpisodes
    let asked = families.map { family in
      var name = network.histories.dyads[family.dyad].name + " " + family.channel.rawValue
      if family.part.lowerBound > 0 { name += " \(family.part.lowerBound)" }
      var random = context.randomNumbers(for: name)
      return ChangeFamily(family.series, seed: random.next(), minimum: family.minimum)
    }
    return try search.changes(in: asked) { (count, body) throws(Diagnostic) in
      try context.concurrentMap(count) { piece throws(Diagnostic) in
        try context.checkCancellation()
        return body(piece)
      }
    }
  }

  /// The changes accepted, by period.
  static func changes(_ families: [Family], _ found: [FamilyChanges]) -> [ChannelChange] {
    var changes: [ChannelChange] = []
    for (number, (family, result)) in zip(families, found).enumerated() {
      let indices = [0] + result.changes.map(\.index) + [family.places.count]
      for (place, change) in result.changes.enumerated() {
        let set = change.posterior.set()
        changes.append(
          ChannelChange(
            dyad: family.dyad, channel: family.channel, family: number, index: change.index,
            place: family.places[change.index], low: family.places[set.first ?? change.index],
            high: family.lastPlace(set.last ?? change.index), setSize: set.count * family.step, part: family.part,
            step: family.step, p: change.p,
            gain: family.series.gain(from: indices[place], of: change.index, to: indices[place + 2])))
      }
    }
    return changes
  }
}

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
  /// The periods compared: those of one part of the dyad's time.
  var part: Range<Int>
  /// How many periods were searched together.
  var step: Int
  var p: Double
  /// How much better two levels fit than one.
  var gain: Double

  /// Whether the two may be the same change: at most so many periods apart, or each in the set of the other.
  func mayBe(_ other: ChannelChange, within distance: Int) -> Bool {
    dyad == other.dyad && part == other.part
      && (abs(place - other.place) <= distance
        || (channel == other.channel && low <= other.place && other.place <= high && other.low <= place
          && place <= other.high))
  }
  /// Whether it lies beside a break of reporting: within two periods, or the periods searched together.
  func isBeside(_ place: Int) -> Bool { abs(place - self.place) <= 1 + max(1, step) }
}
