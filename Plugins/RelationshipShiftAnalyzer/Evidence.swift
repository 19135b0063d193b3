import EventModel
import Ontology
import Statistics

/// Which events show a shift, and what the difference is made of.
struct Evidence: Sendable {
  /// An event that shows the shift.
  struct Witness: Sendable {
    var event: DyadEvent
    /// By how many points it moved the mean score; 0 where it has no score.
    var contribution: Double
  }
  /// A part of the difference: a class of events, by who acts where the data say so.
  struct Part: Sendable {
    var root: String?
    /// The actor who stands first; nil where both directions are counted together.
    var initiator: String?
    /// Of a part by place, the first administrative division.
    var admin1: String?
    var change: RateChange
    /// By how many incidents in an average period.
    var difference: Double
  }
  /// What a class of events adds to the difference of the mean scores (Kitagawa 1955, JASA 50:1168).
  struct ToneShare: Sendable {
    var root: String?
    /// By how much because the class is more or less common.
    var mix: Double
    /// By how much because its events score otherwise.
    var within: Double
  }
  private(set) var before: [Witness] = []
  private(set) var after: [Witness] = []
  private(set) var parts: [Part] = []
  /// The divisions in which rates differ most; none where the data do not name any.
  private(set) var places: [Part] = []
  private(set) var toneShares: [ToneShare] = []
  /// Outlets that report the events of both regimes, and how many equally large ones would be as diverse.
  private(set) var outlets = (count: 0, effective: 0.0)

  init(of shift: Shift, in network: NetworkSeries, _ table: EventTable) {
    let (calendar, settings) = (network.calendar, network.settings)
    let history = network.histories.dyads[shift.lead.dyad]
    func events(_ range: Range<Int>) -> [DyadEvent] {
      history.events.filter { event in calendar.place(of: event, settings).map(range.contains) ?? false }
    }
    let (old, new) = (events(shift.before), events(shift.after))
    witness(old, new, shift, calendar, isToneKnown: !network.isOneSided)
    let roots = Roots(table)
    let dispersion = network.dispersions(of: shift.lead.dyad).total
    let isDirected = network.histories.isDirected && settings.unit == .dyad
    parts = Self.parts(old, new, shift, dispersion, most: 10) { event in
      PartKey(root: roots[event.row], isForward: isDirected ? event.isForward : nil)
    } naming: { key, change, difference in
      Part(
        root: roots.name(key.root), initiator: key.isForward.map { $0 ? history.actor1 : history.actor2 },
        change: change, difference: difference)
    }
    if let column = table.codes(.admin1) {
      let order = column.labels.indices.sorted { column.labels[$0].precedes(column.labels[$1]) }
      var rank = [Int](repeating: 0, count: order.count)
      for (place, code) in order.enumerated() { rank[code] = place }
      places = Self.parts(old, new, shift, dispersion, most: 5) { event in
        column.codes[event.row].map { PartKey(root: rank[Int($0)], isForward: nil) }
      } naming: { key, change, difference in
        Part(root: nil, initiator: nil, admin1: column.labels[order[key.root]], change: change, difference: difference)
      }
    }
    if !network.isOneSided { splitTone(old, new, roots) }
    diversity(old + new, network.histories)
  }

  /// The events that moved the mean most, of those near the change first.
  private mutating func witness(
    _ old: [DyadEvent], _ new: [DyadEvent], _ shift: Shift, _ calendar: ShiftCalendar, isToneKnown: Bool
  ) {
    let near = max(0, shift.lead.low - 4)...(shift.lead.high + 4)
    let change = calendar.periods[shift.lead.place].firstDay
    func chosen(_ events: [DyadEvent], _ own: Regime, from other: Double?, sign: Double) -> [Witness] {
      let all = events.map { event in
        let moved = event.score.flatMap { score in
          other.map { sign * event.weight * (score - $0) / max(own.weight, 1e-12) }
        }
        return Witness(event: event, contribution: isToneKnown ? moved ?? 0 : 0)
      }
      func isNear(_ witness: Witness) -> Bool { calendar.place(of: witness.event.firstDay).map(near.contains) ?? false }
      let sorted = all.sorted { left, right in
        if isNear(left) != isNear(right) { return isNear(left) }
        let (a, b) = (abs(left.contribution), abs(right.contribution))
        if a != b { return a > b }
        if left.event.incidents != right.event.incidents { return left.event.incidents > right.event.incidents }
        let distances = (abs(change.days(until: left.event.firstDay)), abs(change.days(until: right.event.firstDay)))
        return distances.0 != distances.1 ? distances.0 < distances.1 : left.event.row < right.event.row
      }
      return Array(sorted.prefix(5))
    }
    let (first, second) = (shift.comparison.before, shift.comparison.after)
    before = chosen(old, first, from: second.tone, sign: -1)
    after = chosen(new, second, from: first.tone, sign: 1)
  }

  /// The difference of rates by some key of events; the largest.
  private static func parts(
    _ old: [DyadEvent], _ new: [DyadEvent], _ shift: Shift, _ dispersion: Double, most: Int,
    by key: (DyadEvent) -> PartKey?, naming part: (PartKey, RateChange, Double) -> Part
  ) -> [Part] {
    var counts: [PartKey: (old: Int, new: Int)] = [:]
    for event in old { if let key = key(event) { counts[key, default: (0, 0)].old += event.incidents } }
    for event in new { if let key = key(event) { counts[key, default: (0, 0)].new += event.incidents } }
    let seen = (shift.comparison.before.exposure, shift.comparison.after.exposure)
    let all = counts.keys.sorted().compactMap { key -> Part? in
      guard let count = counts[key],
        let change = RateChange(
          ExposedCount(count.old, over: seen.0), ExposedCount(count.new, over: seen.1), dispersion: dispersion)
      else { return nil }
      return part(key, change, Double(count.new) / seen.1 - Double(count.old) / seen.0)
    }
    let largest = all.enumerated().sorted {
      (-abs($0.element.difference), $0.offset) < (-abs($1.element.difference), $1.offset)
    }
    return Array(largest.map(\.element).prefix(most))
  }

  /// What each root adds to the difference of mean scores: the parts sum to it.
  private mutating func splitTone(_ old: [DyadEvent], _ new: [DyadEvent], _ roots: Roots) {
    var sums: [Int: (weights: (Double, Double), scores: (Double, Double))] = [:]
    for event in old {
      guard let score = event.score else { continue }
      sums[roots[event.row], default: ((0, 0), (0, 0))].weights.0 += event.weight
      sums[roots[event.row], default: ((0, 0), (0, 0))].scores.0 += event.weight * score
    }
    for event in new {
      guard let score = event.score else { continue }
      sums[roots[event.row], default: ((0, 0), (0, 0))].weights.1 += event.weight
      sums[roots[event.row], default: ((0, 0), (0, 0))].scores.1 += event.weight * score
    }
    let keys = sums.keys.sorted()
    let totals = keys.reduce((0.0, 0.0)) { total, key in
      (total.0 + (sums[key]?.weights.0 ?? 0), total.1 + (sums[key]?.weights.1 ?? 0))
    }
    guard totals.0 > 0, totals.1 > 0 else { return }
    toneShares = keys.compactMap { key in
      guard let sum = sums[key], sum.weights.0 + sum.weights.1 > 0 else { return nil }
      let shares = (sum.weights.0 / totals.0, sum.weights.1 / totals.1)
      // A class that one regime lacks scores there as in the other, so that all of its part is mix.
      let known = (sum.weights.0 > 0, sum.weights.1 > 0)
      let later = known.1 ? sum.scores.1 / sum.weights.1 : sum.scores.0 / sum.weights.0
      let earlier = known.0 ? sum.scores.0 / sum.weights.0 : later
      // Means of equal scores differ by what summing rounds off: that is no difference.
      let own = abs(later - earlier) < 1e-9 ? 0 : later - earlier
      return ToneShare(
        root: roots.name(key), mix: (shares.1 - shares.0) * (earlier + later) / 2,
        within: own * (shares.0 + shares.1) / 2)
    }
  }

  private mutating func diversity(_ events: [DyadEvent], _ histories: Histories) {
    guard let column = histories.outlets else { return }
    var counts: [UInt32: Double] = [:]
    for event in events { if let outlet = column[event.row] { counts[outlet, default: 0] += 1 } }
    outlets = (counts.count, effectiveNumber(counts.keys.sorted().compactMap { counts[$0] }))
  }
}

/// The class and direction of a part.
private struct PartKey: Hashable, Comparable {
  var root: Int
  var isForward: Bool?
  private var order: Int { root * 3 + (isForward.map { $0 ? 1 : 2 } ?? 0) }
  static func < (left: PartKey, right: PartKey) -> Bool { left.order < right.order }
}

/// The roots of event classes by their scheme; of a class that no known scheme has, the class itself.
struct Roots: Sendable {
  private let names: [String]
  private let rootOfClass: [Int]
  private let codes: Column<UInt32>?

  init(_ table: EventTable) {
    let column = table.eventClass
    let ontology = table.ontology.flatMap(Ontology.init(rawValue:))
    let roots = (column?.labels ?? []).map { ontology?.root(of: $0) ?? $0 }
    let names = Set(roots).sorted { $0.precedes($1) }
    self.names = names
    rootOfClass = roots.map { names.firstIndex(of: $0) ?? names.count }
    codes = column?.codes
  }
  /// The number of an event's root; that past the last where it has none.
  subscript(row: Int) -> Int { codes?[row].map { rootOfClass[Int($0)] } ?? names.count }
  func name(_ root: Int) -> String? { names.indices.contains(root) ? names[root] : nil }
}
