import EventModel
import Statistics
import Workbench

/// Whether a period has more incidents than each other one of some days.
struct PeakClaimTest: ClaimTest {
  private let claimed: Int
  private let periods: [Period]
  private let events: ClaimedEvents
  private let own: [ClaimedEvents.Record]
  private let others: [ClaimedEvents.Record]
  private let seed: UInt64
  private let permutations: Int
  /// The numbers of periods all of whose days are covered.
  private let whole: [Int]

  init?(
    _ claim: Claim, _ incidents: (own: [ClaimedEvents.Record], others: [ClaimedEvents.Record]),
    _ events: ClaimedEvents, permutations: Int, seed: UInt64
  ) {
    guard let length = claim.length, let compared = claim.compared else { return nil }
    let first = length.index(of: compared.from)
    periods = (first...length.index(of: compared.to)).map { Period(length: length, index: $0) }
    claimed = Int(length.index(of: claim.days.from) - first)
    (own, others) = incidents
    (self.events, self.permutations, self.seed) = (events, permutations, seed)
    whole = periods.indices.filter { [periods] in events.covered.contains(periods[$0]) }
  }

  private func range(_ place: Int) -> DayRange { DayRange(from: periods[place].firstDay, to: periods[place].lastDay) }
  private func counts(_ change: EventChange) -> [BoundedCount] {
    let records = change.taken.isEmpty ? own : own + others.filter { change.taken.contains($0.row) }
    return periods.indices.map { place in
      var count = events.count(records, in: range(place), change)
      guard place == claimed else { return count }
      count.count += change.added
      count.low += change.added
      count.high = count.high.map { $0 + change.added }
      return count
    }
  }
  /// By the fewest that the period may have had against the most of each other, and the reverse.
  private func leaning(_ counts: [BoundedCount]) -> Leaning {
    guard whole.contains(claimed) else { return .undecided }
    let rivals = whole.filter { $0 != claimed }
    let own = counts[claimed]
    if rivals.count == periods.count - 1,
      rivals.allSatisfy({ place in counts[place].high.map { $0 < own.low } ?? false })
    {
      return .supports
    }
    return rivals.contains { place in own.high.map { counts[place].low > $0 } ?? false } ? .contradicts : .undecided
  }
  func leaning(_ change: EventChange) -> Leaning { leaning(counts(change)) }

  func judgement(_ change: EventChange) -> Judgement {
    let counts = counts(change)
    let own = counts[claimed]
    let unit = periods[claimed].length.rawValue
    let above = whole.filter { counts[$0].count > own.count }
    let equal = whole.filter { $0 != claimed && counts[$0].count == own.count }
    var found = verdict(counts, above: above, equal: equal, unit: unit)
    found.measure = "incidents"
    found.estimate = own.isBounded ? nil : Double(own.count)
    found.rank = whole.contains(claimed) ? above.count + 1 : nil
    found.size = counts.reduce(0) { $0 + $1.count }
    let next = whole.filter { $0 != claimed }.map { counts[$0].count }.max() ?? 0
    if own.count > 0, next > 0 { found.effect = doublings(Double(own.count) / Double(next)) }
    if let test = test(change) {
      (found.pValue, found.probabilityFirst) = (test.pValue, test.probabilityFirst)
      found.dispersion = test.dispersion
    }
    found.detail = detail(own, found, next: next, unit: unit)
    found.windows = periods.indices.map { window($0, counts[$0]) }
    found.supporting = rows([claimed])
    found.opposing = rows(above + equal)
    return found
  }

  private func verdict(_ counts: [BoundedCount], above: [Int], equal: [Int], unit: String) -> Judgement {
    func names(_ places: [Int]) -> String { places.map { periods[$0].description }.joined(separator: ", ") }
    let own = counts[claimed]
    switch leaning(counts) {
    case .supports:
      let isOpen = self.own.contains { $0.bounds.isUpperBound && range(claimed).contains($0.first) }
      return Judgement(.supported, isOpen ? "an upper bound in one source" : "no other \(unit) has as many")
    case .contradicts:
      let ties = equal.isEmpty ? "" : "; \(names(equal)) as many"
      return Judgement(.contradicted, "\(names(above)) \(above.count == 1 ? "has" : "have") more\(ties)")
    case .undecided: break
    }
    guard whole.contains(claimed) else {
      return Judgement(.insufficient, "not all days of \(periods[claimed]) are covered")
    }
    if above.isEmpty, whole.count < periods.count {
      return Judgement(.insufficient, "not all days of \(counted(periods.count - whole.count, unit)) are covered")
    }
    if own.count == 0, above.isEmpty { return Judgement(.insufficient, "no incident in any \(unit)") }
    if above.isEmpty, !equal.isEmpty { return Judgement(.directionAsClaimed, "\(names(equal)) as many") }
    return Judgement(.insufficient, "the records leave open how many incidents there were")
  }

  /// Of the days of whole periods, which must follow each other.
  private func test(_ change: EventChange) -> PeakTest? {
    guard let place = whole.firstIndex(of: claimed), zip(whole, whole.dropFirst()).allSatisfy({ $0 + 1 == $1 }),
      let from = whole.first.map({ periods[$0].firstDay }), let to = whole.last.map({ periods[$0].lastDay })
    else { return nil }
    var days = [Int](repeating: 0, count: from.days(until: to) + 1)
    for record in own where from <= record.first && record.first <= to && !change.removed.contains(record.row) {
      days[from.days(until: record.first)] += record.bounds.value
    }
    let ranges = whole.map { place in
      from.days(until: periods[place].firstDay)..<from.days(until: periods[place].lastDay) + 1
    }
    return PeakTest(days, periods: ranges, claimed: place, permutations: permutations, seed: seed)
  }

  private func rows(_ places: [Int]) -> [Int] {
    events.ordered(
      own.filter { record in
        places.contains { record.first <= periods[$0].lastDay && record.last >= periods[$0].firstDay }
      })
  }
  private func window(_ place: Int, _ count: BoundedCount) -> ClaimWindow {
    let high = count.high.flatMap { poissonInterval(count: $0)?.upper }
    return ClaimWindow(
      part: place == claimed ? "claimed" : "compared", days: range(place), daysCovered: Int(count.exposure),
      events: rows([place]).count,
      count: ClaimWindow.BoundedNumber(value: count.count, low: count.low, high: count.high),
      value: count.exposure > 0 && !count.isBounded ? Double(count.count) : nil,
      interval: count.exposure > 0
        ? poissonInterval(count: count.low).map { Interval(lower: $0.lower, upper: high) } : nil)
  }
  private func detail(_ own: BoundedCount, _ found: Judgement, next: Int, unit: String) -> String {
    var amount = "\(own.count)"
    if own.isBounded {
      amount = own.high.map { "between \(own.low) and \($0)" } ?? "at least \(own.low)"
    }
    var text = "\(amount) \(amount == "1" ? "incident" : "incidents") in \(periods[claimed]), at most \(next) in "
    text += "another of \(counted(periods.count, unit))"
    if let first = found.probabilityFirst { text += "; probability of the highest rate \(short(first))" }
    if let p = found.pValue { text += "; so high a \(unit) in days that are alike: p \(short(p))" }
    return text
  }

  var ways: [TippingWay] {
    let own = counts(.none)
    func of(_ records: [ClaimedEvents.Record], _ place: Int) -> [Int] {
      events.removalOrder(records.filter { periods[place].firstDay <= $0.first && $0.first <= periods[place].lastDay })
    }
    // What makes other periods higher, from each as many as it has more.
    var rivals: [Int] = []
    for place in whole where place != claimed {
      var over = own[place].count - own[claimed].count + 1
      for row in of(self.own, place) where over > 0 {
        rivals.append(row)
        over -= self.own.first { $0.row == row }?.bounds.value ?? 1
      }
    }
    let name = periods[claimed].description
    return [
      .removing(of(self.own, claimed), from: name),
      .removing(rivals, from: "other \(periods[claimed].length.rawValue)s"),
      .taking(of(others, claimed), on: name), .adding("incident", "from \(name)") { $0.added = $1 },
    ]
  }
}
