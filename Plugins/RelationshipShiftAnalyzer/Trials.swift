import EventModel
import Statistics

/// A shift tried again without its largest day, its largest outlet, and its largest event.
struct Trials: Sendable {
  /// The series between the neighbouring changes, first as it is, then without each.
  private var all: [(name: String, series: ChangeFamily.Series)] = []
  private let family: Int
  private let minimum: Int
  private let level: Double
  /// Fixed: the same permutations for each trial.
  private let seed: UInt64 = 1

  init(
    of shift: Shift, families: [Family], found: [FamilyChanges], _ network: NetworkSeries
  ) {
    let lead = shift.lead
    family = lead.family
    let tested = families[lead.family]
    (minimum, level) = (tested.minimum, network.settings.level)
    let (calendar, settings) = (network.calendar, network.settings)
    let history = network.histories.dyads[lead.dyad]
    let places = tested.places
    let changes = found[lead.family].changes.map(\.index)
    let start = changes.last { $0 < lead.index } ?? 0
    let end = changes.first { $0 > lead.index } ?? places.count
    let window = places[start]..<(tested.lastPlace(end - 1) + 1)
    let exposure = network.exposures[lead.dyad].used
    func series(_ leavingOut: ((DyadEvent) -> Bool)?) -> ChangeFamily.Series {
      DyadSeries(history, calendar, settings, part: window, leavingOut: leavingOut)
        .channel(
          lead.channel, exposure, in: window, step: tested.step, longRun: calendar.longRun(step: tested.step)
        ).series
    }
    all.append(("", series(nil)))
    let behind = history.events.filter { event in
      guard let place = calendar.place(of: event, settings), window.contains(place) else { return false }
      return switch lead.channel {
      case .conflict: event.category.isConflict
      case .cooperation: event.category.isCooperation
      case .tone: event.score != nil
      }
    }
    if let day = Self.greatest(behind, { Int($0.firstDay.daysSinceEpoch) }) {
      all.append(("largest day", series { Int($0.firstDay.daysSinceEpoch) == day }))
    }
    if let outlets = network.histories.outlets, let outlet = Self.greatest(behind, { outlets[$0.row].map(Int.init) }),
      behind.contains(where: { outlets[$0.row].map(Int.init) != outlet })
    {
      all.append(("largest outlet", series { outlets[$0.row].map(Int.init) == outlet }))
    }
    if let event = behind.max(by: { ($0.incidents, -$0.row) < ($1.incidents, -$1.row) }), event.incidents > 1 {
      all.append(("largest event", series { $0.row == event.row }))
    }
  }

  /// The key with the most incidents, the least of equals.
  private static func greatest(_ events: [DyadEvent], _ key: (DyadEvent) -> Int?) -> Int? {
    var sums: [Int: Int] = [:]
    for event in events { if let key = key(event) { sums[key, default: 0] += event.incidents } }
    return sums.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
  }

  /// Without which of them the family would not have been accepted.
  func culprits(in found: [FamilyChanges]) -> [String] {
    var search = ChangeSearch()
    search.minimum = minimum
    // Whether there is a change is all that is asked: none is accepted, so that none is dated.
    search.falseDiscoveryRate = 0
    let results = search.changes(in: all.map { ChangeFamily($0.series, seed: seed) })
    var pValues = found.map(\.existence.p)
    func isLost(_ result: FamilyChanges) -> Bool {
      // A p that is as small as so many draws can show is no smaller only for want of draws.
      guard result.existence.p > 1.5 / Double(result.existence.draws + 1) else { return false }
      pValues[family] = result.existence.p
      return falseDiscoveryRates(pValues)[family] > level
    }
    guard let whole = results.first, !isLost(whole) else { return ["neighbouring changes"] }
    return zip(all, results).dropFirst().filter { isLost($0.1) }.map(\.0.name)
  }
}
