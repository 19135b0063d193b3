import EventModel
import Statistics
import Workbench

/// Whether incidents were more or less frequent on some days than on others.
struct RateTest: ClaimTest {
  /// What is claimed of the rate.
  enum Aim: Sendable {
    /// It rose.
    case rose
    /// It fell by half or more.
    case held
    /// It did not fall by half.
    case stayed
  }
  let aim: Aim
  let later: DayRange
  let earlier: DayRange
  private let events: ClaimedEvents
  private let own: [ClaimedEvents.Record]
  private let others: [ClaimedEvents.Record]
  private let dispersion: Double?

  /// - Parameter later: the days of the claim.
  /// - Parameter earlier: the days they are compared with; the weeks up to their end say how much counts vary.
  init(
    _ aim: Aim, of later: DayRange, to earlier: DayRange,
    _ incidents: (own: [ClaimedEvents.Record], others: [ClaimedEvents.Record]), _ events: ClaimedEvents
  ) {
    (self.aim, self.later, self.earlier, self.events) = (aim, later, earlier, events)
    (own, others) = incidents
    dispersion = events.dispersion(of: own, until: earlier.to)
  }

  private func counts(_ change: EventChange) -> (later: BoundedCount, earlier: BoundedCount) {
    let records = change.taken.isEmpty ? own : own + others.filter { change.taken.contains($0.row) }
    func count(_ range: DayRange, _ added: Int) -> BoundedCount {
      var count = events.count(records, in: range, change)
      count.count += added
      count.low += added
      count.high = count.high.map { $0 + added }
      return count
    }
    return (count(later, change.added), count(earlier, change.addedBefore))
  }

  private func leaning(_ ratio: BoundedRateRatio, _ interval: Interval) -> Leaning {
    let isBelow = interval.upper.map { $0 < 1 } ?? false
    switch aim {
    case .rose: return interval.lower > 1 ? .supports : isBelow ? .contradicts : .undecided
    case .held:
      let isHalved = ratio.largestRatio.map { $0 <= 0.5 } ?? false
      return isBelow && isHalved ? .supports : interval.lower > 1 ? .contradicts : .undecided
    case .stayed:
      return interval.lower >= 0.5 ? .supports : interval.upper.map { $0 < 0.5 } ?? false ? .contradicts : .undecided
    }
  }
  func leaning(_ change: EventChange) -> Leaning {
    let (later, earlier) = counts(change)
    guard later.exposure > 0, 2 * earlier.exposure >= Double(self.earlier.days),
      let ratio = BoundedRateRatio(later, to: earlier, dispersion: dispersion)
    else { return .undecided }
    return leaning(ratio, ratio.deciding)
  }

  func judgement(_ change: EventChange) -> Judgement {
    let (later, earlier) = counts(change)
    var found = verdict(later, earlier)
    found.size = later.count + earlier.count
    found.windows = [window("claimed", self.later, later, change), window("compared", self.earlier, earlier, change)]
    let (inLater, inEarlier) = (rows(self.later), rows(self.earlier))
    (found.supporting, found.opposing) = aim == .held ? (inEarlier, inLater) : (inLater, inEarlier)
    return found
  }

  private func verdict(_ later: BoundedCount, _ earlier: BoundedCount) -> Judgement {
    for (count, range) in [(later, self.later), (earlier, self.earlier)] where count.exposure == 0 {
      return Judgement(.insufficient, "no day from \(range.words) is covered")
    }
    guard 2 * earlier.exposure >= Double(self.earlier.days),
      let ratio = BoundedRateRatio(later, to: earlier, dispersion: dispersion)
    else { return Judgement(.insufficient, "fewer than half of the days compared are covered") }
    let power = ratio.power
    let detectable = aim == .rose ? power?.rise() : power?.fall()
    var found = shaded(ratio, detectable)
    found.measure = "rate ratio"
    (found.estimate, found.interval, found.exact) = (ratio.ratio, ratio.deciding, ratio.exact)
    (found.pValue, found.dispersion, found.detectable) = (ratio.pValue, dispersion, detectable)
    found.effect = ratio.ratio.flatMap { $0 > 0 ? doublings($0) : nil }
    found.detail = detail(ratio)
    return found
  }

  /// The verdict with its shades, where both windows can be compared.
  private func shaded(_ ratio: BoundedRateRatio, _ detectable: Double?) -> Judgement {
    switch leaning(ratio, ratio.deciding) {
    case .supports: return Judgement(.supported, ["rose", "held", "stayed"][place])
    case .contradicts: return Judgement(.contradicted, ["fell", "rose", "fell by more than half"][place])
    case .undecided: break
    }
    if ratio.earlier.high == 0 {
      return Judgement(
        .insufficient,
        aim == .rose ? "no incident on the days compared" : "where there was none before, no fall can be seen")
    }
    if leaning(ratio, ratio.narrow) != .undecided {
      return Judgement(.insufficient, "the records leave open on which side of an edge their incidents fell")
    }
    if leaning(ratio, ratio.exact) == .supports {
      return Judgement(
        .directionAsClaimed, "\(["rose", "held", "stayed"][place]), not robust to overdispersion")
    }
    guard let estimate = ratio.ratio else {
      return Judgement(.insufficient, "the records leave open how many incidents there were")
    }
    guard detectable != nil else {
      return Judgement(
        .insufficient,
        aim == .rose
          ? "from so few incidents no rise would be seen" : "from so few incidents not even a stop would be seen")
    }
    let isAsClaimed = aim == .rose ? estimate > 1 : aim == .held ? estimate <= 0.5 : estimate >= 0.5
    guard isAsClaimed else {
      let fell = aim == .held && estimate < 1
      return Judgement(.insufficient, fell ? "fell, but not by half" : "no change beyond chance, nor one as claimed")
    }
    return Judgement(.directionAsClaimed, "\(["rose", "fell", "stayed"][place]); it may be chance")
  }
  private var place: Int { aim == .rose ? 0 : aim == .held ? 1 : 2 }

  private func rows(_ range: DayRange) -> [Int] {
    events.ordered(own.filter { $0.first <= range.to && $0.last >= range.from })
  }
  private func window(
    _ part: String, _ range: DayRange, _ count: BoundedCount, _ change: EventChange
  ) -> ClaimWindow {
    let (days, low) = (count.exposure, poissonInterval(count: count.low))
    let high = count.high.flatMap { poissonInterval(count: $0)?.upper }
    return ClaimWindow(
      part: part, days: range, daysCovered: Int(days), events: rows(range).count,
      count: ClaimWindow.BoundedNumber(value: count.count, low: count.low, high: count.high),
      value: days > 0 && !count.isBounded ? Double(count.count) / days * 30 : nil,
      interval: days > 0 ? low.map { Interval(lower: $0.lower / days * 30, upper: high.map { $0 / days * 30 }) } : nil)
  }

  // MARK: Words

  private func detail(_ ratio: BoundedRateRatio) -> String {
    func amount(_ count: BoundedCount) -> String {
      if !count.isBounded { return "\(count.count)" }
      return count.high.map { "between \(count.low) and \($0)" } ?? "at least \(count.low)"
    }
    let noun = !ratio.later.isBounded && ratio.later.count == 1 ? "incident" : "incidents"
    var text = "\(amount(ratio.later)) \(noun) in \(counted(Int(ratio.later.exposure), "covered day")), against "
    text += "\(amount(ratio.earlier)) in \(Int(ratio.earlier.exposure))"
    if let value = ratio.ratio { text += "; rate ratio \(short(value))" }
    if ratio.earlier.high != 0 || ratio.later.high != 0 {
      text +=
        "; 95 % interval \(words(ratio.deciding))\(ratio.isTempered ? " (tempered; exact \(words(ratio.exact)))" : "")"
    }
    if let pValue = ratio.pValue { text += ", p \(short(pValue))" }
    return text
  }

  // MARK: Tipping

  var ways: [TippingWay] {
    func of(_ records: [ClaimedEvents.Record], _ range: DayRange) -> [Int] {
      events.removalOrder(records.filter { $0.first <= range.to && $0.last >= range.from })
    }
    return [
      .removing(of(own, later), from: later.words), .removing(of(own, earlier), from: earlier.words),
      .taking(of(others, later), on: later.words), .taking(of(others, earlier), on: earlier.words),
      .adding("incident", "from \(later.words)") { $0.added = $1 },
      .adding("incident", "from \(earlier.words)") { $0.addedBefore = $1 },
    ]
  }
}

/// An interval in words.
func words(_ interval: Interval) -> String {
  interval.upper.map { "\(short(interval.lower)) to \(short($0))" } ?? "\(short(interval.lower)) upwards"
}
