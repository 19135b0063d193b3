import EventModel
import Workbench

/// Whether an actor met the demands of another, by a reported act on the days of the claim.
struct ComplianceTest: ClaimTest {
  private let claim: Claim
  private let demands: [LeverageTables.Demand]
  private let events: ClaimedEvents
  private let answers: (supporting: [Int], opposing: [Int])

  init(_ claim: Claim, _ tables: LeverageTables, _ events: ClaimedEvents) {
    (self.claim, self.events) = (claim, events)
    let (one, other) = (events.name(of: claim.actor1), events.name(of: claim.actor2))
    demands = tables.demands.filter {
      $0.demander == one && $0.target == other && claim.days.contains($0.first)
        && (claim.about.isEmpty || claim.about.contains($0.about))
    }
    answers = events.answers(of: other, to: one, about: Set(demands.map(\.about)), in: claim.days)
  }

  /// How many are met; a change adds acts or takes away those there are.
  private func met(_ change: EventChange) -> Int {
    let met = demands.count { demand in demand.done.map { claim.days.contains($0) } ?? false }
    let changed = met + change.added - change.addedBefore
    return min(demands.count, max(0, changed))
  }
  func leaning(_ change: EventChange) -> Leaning {
    let met = met(change)
    guard !demands.isEmpty, events.coveredDays(claim.days) == claim.days.days else { return .undecided }
    if met == demands.count { return .supports }
    return met == 0 ? .contradicts : .undecided
  }
  func judgement(_ change: EventChange) -> Judgement {
    var found = verdict(met(change), leaning(change))
    found.measure = "demands met"
    found.size = demands.count
    if !demands.isEmpty { found.estimate = Double(met(change)) }
    let share = demands.isEmpty ? nil : Double(met(change)) / Double(demands.count)
    found.effect = share.map { abs(2 * $0 - 1) }
    let days = events.coveredDays(claim.days)
    found.windows = [
      ClaimWindow(
        part: "claimed", days: claim.days, daysCovered: days, events: demands.count, count: nil, value: share,
        interval: nil)
    ]
    (found.supporting, found.opposing) = answers
    if !demands.isEmpty {
      let outcomes = demands.map { "\($0.about.isEmpty ? "demand" : $0.about): \($0.outcome)" }
      found.detail =
        "\(met(change)) of \(counted(demands.count, "demand")) met by a reported act from \(claim.days.words) "
        + "(\(outcomes.joined(separator: "; ")))"
    }
    return found
  }
  private func verdict(_ met: Int, _ leaning: Leaning) -> Judgement {
    guard !demands.isEmpty else {
      let subject = claim.about.isEmpty ? "" : " about \(claim.about.joined(separator: ", "))"
      return Judgement(
        .notTestable, "no demand of \(claim.actor1) on \(claim.actor2)\(subject) is reported from \(claim.days.words)")
    }
    switch leaning {
    case .supports: return Judgement(.supported, "met")
    case .contradicts:
      let hasPromise = demands.contains { $0.promised != nil }
      let hasRefusal = demands.contains { $0.refused != nil }
      switch (hasPromise, hasRefusal) {
      case (true, true): return Judgement(.contradicted, "promised and refused, no act")
      case (true, false): return Judgement(.contradicted, "promised, no act")
      case (false, true): return Judgement(.contradicted, "refused")
      case (false, false): return Judgement(.contradicted, "no act is reported")
      }
    case .undecided: break
    }
    if events.coveredDays(claim.days) < claim.days.days {
      return Judgement(.insufficient, "not all days from \(claim.days.words) are covered")
    }
    return Judgement(.directionAsClaimed, "\(met) of \(demands.count) demands met")
  }
  var ways: [TippingWay] {
    guard let first = demands.map(\.first).min() else { return [] }
    return [
      .adding("material act", "about a demand and later than it, by \(claim.actor2) from \(first) to \(claim.days.to)")
      {
        $0.added = $1
      },
      TippingWay(kind: .removed, what: "that met a demand", rows: events.acts(answers.supporting)) {
        EventChange(addedBefore: $0)
      },
    ]
  }
}
