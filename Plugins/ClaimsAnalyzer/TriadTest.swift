import EventModel
import Statistics
import Workbench

/// Whether a triad fell into balance because two of its actors turned.
struct TriadTest: ClaimTest {
  private let names: [String]
  private let now: [ScoredDays]
  private let before: [ScoredDays]
  private let events: ClaimedEvents

  /// - Returns: nil where no third actor has events with both.
  init?(_ claim: Claim, _ events: ClaimedEvents) {
    guard let compared = claim.compared,
      let third = claim.actor3 ?? events.thirdParties(of: claim, in: claim.days).first
    else { return nil }
    let (one, other) = (claim.actor1, claim.actor2)
    names = [one, other, third]
    self.events = events
    func sides(_ range: DayRange) -> [ScoredDays] {
      [(one, other), (one, third), (other, third)].map { ScoredDays($0.0, $0.1, range, events) }
    }
    (now, before) = (sides(claim.days), sides(compared))
  }

  /// A triad at a time: its balance and the first side's mean; nil where a side has no event.
  private func state(_ sides: [ScoredDays], _ change: EventChange, added: Int) -> (balance: TriadBalance, mean: Double)?
  {
    let scores = sides.enumerated().map { $1.changed(change, added: $0 == 0 ? added : 0) }
    guard scores.allSatisfy({ !$0.isEmpty }) else { return nil }
    let means = scores.map(ScoredDays.mean)
    let signs = means.compactMap { signProbability(score: $0.value, standardError: $0.error) }
    guard signs.count == 3, let balance = TriadBalance(signs[0], signs[1], signs[2]) else { return nil }
    return (balance, means[0].value)
  }
  func leaning(_ change: EventChange) -> Leaning {
    guard let after = state(now, change, added: change.added),
      let old = state(before, change, added: change.addedBefore)
    else { return .undecided }
    let hasTurned = after.mean * old.mean < 0
    if old.balance.verdict == .tense, after.balance.verdict == .balanced {
      return hasTurned ? .supports : .contradicts
    }
    return old.balance.verdict == .balanced || after.balance.verdict == .tense ? .contradicts : .undecided
  }

  func judgement(_ change: EventChange) -> Judgement {
    let (after, old) = (state(now, change, added: change.added), state(before, change, added: change.addedBefore))
    var found = verdict(after, old, leaning(change))
    found.measure = "probability of balance"
    found.estimate = after?.balance.balanced
    found.effect = after.map { abs($0.balance.balanced - 0.5) }
    found.size = (now + before).reduce(0) { $0 + $1.scores.count }
    found.windows =
      now.map { $0.window("claimed: \($0.parties)", change, added: 0, events) }
      + before.map { $0.window("compared: \($0.parties)", change, added: 0, events) }
    let turned = after.map { $0.mean > 0 ? 1.0 : -1 } ?? 1
    found.supporting = now[0].pull(turned, now[0].scores) + before[0].pull(-turned, before[0].scores)
    found.opposing = now[0].pull(-turned, now[0].scores) + before[0].pull(turned, before[0].scores)
    if let after {
      found.detail = "with \(names[2]) as the third, balanced with a probability of \(short(after.balance.balanced))"
      if let old { found.detail += ", before of \(short(old.balance.balanced))" }
    }
    return found
  }

  private func verdict(
    _ after: (balance: TriadBalance, mean: Double)?, _ old: (balance: TriadBalance, mean: Double)?, _ leaning: Leaning
  ) -> Judgement {
    switch leaning {
    case .supports: return Judgement(.supported, "out of balance before, balanced after")
    case .contradicts:
      if old?.balance.verdict == .balanced { return Judgement(.contradicted, "balanced before") }
      return Judgement(
        .contradicted, after?.balance.verdict == .tense ? "out of balance after" : "it was not they who turned")
    case .undecided: break
    }
    for side in before + now where side.scores.isEmpty {
      return Judgement(.insufficient, "no event between \(side.parties) from \(side.range.words)")
    }
    guard let after, let old else { return Judgement(.insufficient, "a relationship has no events") }
    let isAsClaimed = old.balance.balanced < 0.5 && after.balance.balanced > 0.5 && after.mean * old.mean < 0
    return Judgement(isAsClaimed ? .directionAsClaimed : .insufficient, "undetermined")
  }

  var ways: [TippingWay] {
    [1.0, -1].flatMap { side -> [TippingWay] in
      (now + before).map { .removing($0.pull(side, $0.scores), from: "\($0.parties), \($0.range.words)") } + [
        .adding("event", "of score \(side > 0 ? "10" : "-10") between \(now[0].parties) from \(now[0].range.words)") {
          ($0.added, $0.score) = ($1, 10 * side)
        }
      ]
    }
  }
}
