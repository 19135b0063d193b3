import EventModel
import Statistics
import Workbench

/// Whether an actor's reported cooperation is less with a partner than it was.
struct DependenceTest: ClaimTest {
  private let now: LeverageTables.Share
  private let before: LeverageTables.Share
  private let claim: Claim
  private let events: ClaimedEvents
  private let seed: UInt64
  private let cooperation: (now: [Int], before: [Int])

  /// - Returns: nil where no window of the analysis holds the days.
  init?(_ claim: Claim, _ tables: LeverageTables, _ events: ClaimedEvents, seed: UInt64) {
    let (actor, partner) = (events.name(of: claim.actor1), events.name(of: claim.actor2))
    guard let compared = claim.compared, let now = tables.share(of: actor, with: partner, on: claim.days),
      let before = tables.share(of: actor, with: partner, on: compared), now.days != before.days
    else { return nil }
    (self.now, self.before, self.claim, self.events, self.seed) = (now, before, claim, events, seed)
    func rows(_ range: DayRange) -> [Int] {
      let scores = events.scores(between: actor, and: partner, in: range).filter { $0.value > 0 }
      return scores.sorted { (-$0.value, $0.row) < (-$1.value, $1.row) }.map(\.row)
    }
    cooperation = (rows(claim.days), rows(compared))
  }

  /// Added events are with others now, or with the partner before.
  private func change(_ change: EventChange) -> (estimate: Double, interval: Interval)? {
    let (total, old) = (
      now.total + change.added, (common: before.common + change.addedBefore, total: before.total + change.addedBefore)
    )
    guard total > 0, old.total > 0,
      let after = DependenceDraws(
        common: now.common, firstElsewhere: total - now.common, secondElsewhere: 0, seed: seed),
      let earlier = DependenceDraws(
        common: old.common, firstElsewhere: old.total - old.common, secondElsewhere: 0, seed: seed &+ 1)
    else { return nil }
    let estimate = Double(now.common) / Double(total) - Double(old.common) / Double(old.total)
    return middleInterval(zip(after.first, earlier.first).map { $0 - $1 }, holding: estimate).map { (estimate, $0) }
  }
  func leaning(_ change: EventChange) -> Leaning {
    guard let found = self.change(change) else { return .undecided }
    if found.interval.upper.map({ $0 < 0 }) ?? false { return .supports }
    return found.interval.lower > 0 ? .contradicts : .undecided
  }
  func judgement(_ change: EventChange) -> Judgement {
    let moved = self.change(change)
    var found = verdict(moved, leaning(change))
    found.measure = "change of share"
    (found.estimate, found.interval) = (moved?.estimate, moved?.interval)
    found.effect = moved.map { abs($0.estimate) }
    found.size = now.total + before.total
    let counts = [now, before].map { [$0.common, $0.total - $0.common] }
    found.pValue = ContingencyTable(counts)?.exactPValue()
    found.windows = [window("claimed", now), window("compared", before)]
    (found.supporting, found.opposing) = (cooperation.before, cooperation.now)
    found.detail =
      "\(now.common) of \(now.total) cooperative events of \(claim.actor1) with \(claim.actor2) from \(now.days.words), "
      + "\(before.common) of \(before.total) from \(before.days.words)"
    if let interval = moved?.interval {
      found.detail += "; 95 % interval of the change of the share \(words(interval))"
    }
    return found
  }
  private func verdict(_ moved: (estimate: Double, interval: Interval)?, _ leaning: Leaning) -> Judgement {
    switch leaning {
    case .supports: return Judgement(.supported, "the share fell")
    case .contradicts: return Judgement(.contradicted, "the share rose")
    case .undecided: break
    }
    guard let moved else { return Judgement(.insufficient, "no cooperation of \(claim.actor1) on some of the days") }
    return moved.estimate < 0
      ? Judgement(.directionAsClaimed, "share falls; interval wide")
      : Judgement(.insufficient, "the share did not fall, beyond chance or otherwise")
  }
  private func window(_ part: String, _ share: LeverageTables.Share) -> ClaimWindow {
    ClaimWindow(
      part: part, days: share.days, daysCovered: events.coveredDays(share.days), events: share.total, count: nil,
      value: share.value,
      interval: jeffreysInterval(successes: share.common, trials: share.total))
  }
  var ways: [TippingWay] {
    [
      .adding("cooperative event", "of \(claim.actor1) with others from \(now.days.words)") { $0.added = $1 },
      .adding("cooperative event", "of \(claim.actor1) with \(claim.actor2) from \(before.days.words)") {
        $0.addedBefore = $1
      },
    ]
  }
}
