import EventModel
import Statistics
import Workbench

/// The scored events of two actors on some days.
struct ScoredDays: Sendable {
  let parties: String
  let range: DayRange
  let scores: [ClaimedEvents.Scored]
  /// Events that only one of the two has part in.
  let others: [ClaimedEvents.Scored]

  /// Fewer events make no sign.
  static let fewest = 5

  init(_ one: String, _ other: String, _ range: DayRange, _ events: ClaimedEvents) {
    parties = "\(one) and \(other)"
    self.range = range
    scores = events.scores(between: events.name(of: one), and: events.name(of: other), in: range)
    let names = [events.name(of: one), events.name(of: other)]
    others = events.names.filter { !names.contains($0) }.flatMap { third in
      names.flatMap { events.scores(between: $0, and: third, in: range) }
    }
  }

  /// The events after a change; `added` ones have the change's score and full weight.
  func changed(_ change: EventChange, added: Int) -> [ClaimedEvents.Scored] {
    scores.filter { !change.removed.contains($0.row) } + others.filter { change.taken.contains($0.row) }
      + [ClaimedEvents.Scored](repeating: .init(row: -1, value: change.score, weight: 1), count: added)
  }
  /// The shrunken mean of scores, with how many they are.
  static func mean(_ scores: [ClaimedEvents.Scored]) -> ShrunkenMean {
    ShrunkenMean(scores.map { ($0.value, $0.weight) })
  }
  func window(_ part: String, _ change: EventChange, added: Int, _ events: ClaimedEvents) -> ClaimWindow {
    let scores = changed(change, added: added)
    let mean = Self.mean(scores)
    return ClaimWindow(
      part: part, days: range, daysCovered: events.coveredDays(range), events: scores.count, count: nil,
      value: scores.isEmpty ? nil : mean.value, interval: scores.isEmpty ? nil : mean.interval)
  }
  /// Rows by how much they pull towards a sign.
  func pull(_ sign: Double, _ scores: [ClaimedEvents.Scored]) -> [Int] {
    scores.filter { sign * $0.value > 0 }.sorted {
      (-sign * $0.value * $0.weight, $0.row) < (-sign * $1.value * $1.weight, $1.row)
    }.map(\.row)
  }
}

/// Whether two actors are friends or enemies on some days, or became so since others.
struct SignTest: ClaimTest {
  private let sign: Double
  private let now: ScoredDays
  /// The days before; nil where the claim compares none.
  private let before: ScoredDays?
  private let events: ClaimedEvents

  init?(_ claim: Claim, _ events: ClaimedEvents) {
    guard let sign = claim.sign else { return nil }
    self.sign = Double(sign)
    self.events = events
    now = ScoredDays(claim.actor1, claim.actor2, claim.days, events)
    before =
      claim.kind == .signChange
      ? claim.compared.map { ScoredDays(claim.actor1, claim.actor2, $0, events) } : nil
  }

  /// The means now and before, with the numbers of events.
  private func means(_ change: EventChange) -> (now: ShrunkenMean, count: Int, before: ShrunkenMean?, countBefore: Int)
  {
    let (scores, old) = (now.changed(change, added: change.added), before?.changed(change, added: change.addedBefore))
    return (ScoredDays.mean(scores), scores.count, old.map(ScoredDays.mean), old?.count ?? 0)
  }
  func leaning(_ change: EventChange) -> Leaning {
    let (mean, count, old, countBefore) = means(change)
    guard count >= ScoredDays.fewest else { return .undecided }
    let side = clearSide(mean)
    guard let old else { return side == 0 ? .undecided : side == sign ? .supports : .contradicts }
    guard countBefore >= ScoredDays.fewest else { return .undecided }
    let difference = mean.value - old.value
    let isClear = abs(difference) > 1.96 * (mean.error * mean.error + old.error * old.error).squareRoot()
    if isClear, sign * difference > 0, side == sign, clearSide(old) == -sign { return .supports }
    return isClear && sign * difference < 0 ? .contradicts : .undecided
  }
  /// The sign of a mean whose interval is without 0; else 0.
  private func clearSide(_ mean: ShrunkenMean) -> Double {
    mean.interval.lower > 0 ? 1 : (mean.interval.upper ?? 0) < 0 ? -1 : 0
  }

  func judgement(_ change: EventChange) -> Judgement {
    let (mean, count, old, countBefore) = means(change)
    var found = verdict(mean, count, old, countBefore, leaning(change))
    found.size = count + countBefore
    found.measure = old == nil ? "mean score" : "change of mean score"
    if count > 0, old == nil || countBefore > 0 {
      let variance = mean.error * mean.error + (old.map { $0.error * $0.error } ?? 0)
      let (estimate, error) = (mean.value - (old?.value ?? 0), variance.squareRoot())
      found.estimate = estimate
      found.interval = Interval(lower: estimate - 1.96 * error, upper: estimate + 1.96 * error)
      found.pValue = normalPValue(estimate / error)
      // 1.96 for the test and .84 for a power of 80 %.
      found.detectable = 2.8 * error
      found.effect = abs(estimate) / 5
    }
    found.detail = detail(mean, count, old, countBefore)
    found.windows =
      [now.window("claimed", change, added: change.added, events)]
      + (before.map { [$0.window("compared", change, added: change.addedBefore, events)] } ?? [])
    found.supporting = now.pull(sign, now.scores) + (before.map { $0.pull(-sign, $0.scores) } ?? [])
    found.opposing = now.pull(-sign, now.scores) + (before.map { $0.pull(sign, $0.scores) } ?? [])
    return found
  }

  private func verdict(
    _ mean: ShrunkenMean, _ count: Int, _ old: ShrunkenMean?, _ countBefore: Int, _ leaning: Leaning
  ) -> Judgement {
    switch leaning {
    case .supports: return Judgement(.supported, word(sign))
    case .contradicts: return Judgement(.contradicted, old == nil ? word(-sign) : "it changed the other way")
    case .undecided: break
    }
    for (days, number) in [(now, count)] + (before.map { [($0, countBefore)] } ?? []) where number == 0 {
      return Judgement(.insufficient, "no event between \(days.parties) from \(days.range.words)")
    }
    let isAsClaimed = sign * mean.value > 0 && (old.map { sign * $0.value < 0 } ?? true)
    let isThin = count < ScoredDays.fewest || old != nil && countBefore < ScoredDays.fewest
    let reason = isThin ? "few events" : "few events for so wide an interval"
    return Judgement(isAsClaimed ? .directionAsClaimed : .insufficient, isAsClaimed ? reason : "the sign is not sure")
  }
  private func word(_ sign: Double) -> String { sign > 0 ? "friendly" : "hostile" }
  private func detail(_ mean: ShrunkenMean, _ count: Int, _ old: ShrunkenMean?, _ countBefore: Int) -> String {
    guard count > 0 else { return "" }
    var text = "mean score \(short(mean.value)) points, 95 % interval \(words(mean.interval)), from "
    text += "\(counted(count, "event")) from \(now.range.words)"
    if let old, let before, countBefore > 0 {
      text += "; before, from \(before.range.words), \(short(old.value)), \(words(old.interval)), from \(countBefore)"
    }
    return text
  }

  var ways: [TippingWay] {
    [1.0, -1].flatMap { side -> [TippingWay] in
      var ways: [TippingWay] = [
        .removing(now.pull(side, now.scores), from: now.range.words),
        .taking(now.pull(side, now.others), on: now.range.words),
        .adding("event", "of score \(side > 0 ? "10" : "-10") from \(now.range.words)") {
          ($0.added, $0.score) = ($1, 10 * side)
        },
      ]
      if let before {
        ways += [
          .removing(before.pull(side, before.scores), from: before.range.words),
          .adding("event", "of score \(side > 0 ? "10" : "-10") from \(before.range.words)") {
            ($0.addedBefore, $0.score) = ($1, 10 * side)
          },
        ]
      }
      return ways
    }
  }
}
