import EventModel
import JSONText
import Statistics
import Workbench

extension Study {
  /// What can be said: of the days in force, and of those after.
  func findings(_ phrase: String) -> [Finding] {
    let noun = "of \(phrase) between \(intervention.parties)"
    return [duringFinding(noun), afterFinding(noun), othersFinding(phrase)].compactMap { $0 }
  }

  // MARK: The days in force

  private func duringFinding(_ noun: String) -> Finding? {
    let title = intervention.title.prefix(1).uppercased() + intervention.title.dropFirst()
    guard let before = window(.before), let within = window(.during) else { return nil }
    func insufficient(_ reason: String) -> Finding {
      Finding("\(title) cannot be judged: \(reason).", strength: .weak, events: Array(identifiers.prefix(10)))
    }
    guard within.daysCovered > 0 else { return insufficient("no day of it is covered by every source") }
    guard hasBaseline, let during else {
      let days = before.daysCovered == 0 ? "none is" : before.daysCovered == 1 ? "one is" : "\(before.daysCovered) are"
      return insufficient("of the \(before.days) days to \(before.to), with which it is compared, \(days) covered")
    }
    var text = verdict == .insufficient ? "\(title) cannot be judged, for want of data" : claim(title)
    text += ": \(amount(within, noun)), against \(amount(before)) to \(before.to)"
    switch verdict {
    case .insufficient: text += "; \(limits(during))"
    case .noDetectableEffect:
      text += "; \(evidence(during))"
      if let fall = during.fall {
        text += "; a fall to \(short(fall)) times the rate before, or less, would have been found with a power of 80 %"
      }
    case .heldUnlessOverdispersed: text += "; \(evidence(during)), the exact interval \(ends(during.exact))"
    case .held, .partial, .violated: text += "; \(evidence(during))"
    }
    if let placebo, [.held, .heldUnlessOverdispersed, .partial].contains(verdict), placebo.effective >= 2 {
      text += "; as great a fall at \(placebo.asLow) of \(counted(placebo.placebos, "earlier date"))"
      text += placebo.effective < 20 ? ", about \(short(placebo.effective.rounded())) of them apart" : ""
      text += " (p \(short(placebo.pValue)))"
    }
    return Finding(text + ".", numbers: values(during), strength: strength, events: Array(identifiers.prefix(10)))
  }

  /// What the days in force showed: of a ceasefire whether it held, of any other measure how frequent incidents were.
  private func claim(_ title: String) -> String {
    let holds = ["ceasefire", "truce", "armistice"].contains(intervention.kind)
    let frequency = "While \(intervention.title) was in force, incidents were"
    let unless = "if incidents come one by one; not surely, if in clusters, as in the weeks before"
    switch verdict {
    case .held: return holds ? "\(title) held" : "\(frequency) at most half as frequent as before"
    case .heldUnlessOverdispersed:
      return holds
        ? "\(title) held, \(unless)" : "\(frequency) at most half as frequent as before, \(unless)"
    case .partial: return holds ? "\(title) held in part" : "\(frequency) less frequent than before"
    case .violated: return (holds ? "\(title) did not hold: incidents were" : frequency) + " more frequent than before"
    case .noDetectableEffect, .insufficient: return "\(title) had no detectable effect"
    }
  }

  /// Why nothing can be said, and what could have been seen.
  private func limits(_ effect: Effect) -> String {
    if effect.earlier.high == 0 { return "where there was none before, no fall can be seen" }
    if effect.narrow.isBelowOne || effect.narrow.isAboveOne {
      return "the records leave open on which side of an edge their incidents fell"
    }
    var text = "from so few, not even a complete stop would be found with a power of 80 %"
    if let rise = effect.rise { text += ", and a rise only from \(short(rise)) times the rate before" }
    return text
  }

  private var strength: Finding.Strength {
    switch verdict {
    case .insufficient, .heldUnlessOverdispersed, .noDetectableEffect: return .weak
    case .violated: return .moderate
    case .held, .partial:
      guard let placebo, placebo.pValue <= 0.05 else { return .weak }
      return placebo.effective >= 20 ? .strong : .moderate
    }
  }

  // MARK: The days after

  private func afterFinding(_ noun: String) -> Finding? {
    guard let aftermath, let after, let before = window(.before), let late = window(.after),
      let within = window(.during), hasBaseline
    else { return nil }
    let title = intervention.title
    let (numbers, baseline) = (amount(late, noun), "\(amount(before)) to \(before.to)")
    var text: String
    var effect = after
    switch aftermath {
    case .rebound:
      text = "After \(title) incidents were more frequent than before it: \(numbers), against \(baseline)"
    case .resumed, .resumedUnlessOverdispersed:
      guard let ending else { return nil }
      effect = ending
      text = "When \(title) had ended, incidents rose again"
      if aftermath == .resumedUnlessOverdispersed {
        text += ", if they come one by one; not surely, if in clusters"
      }
      text += ": \(numbers), against \(amount(within)) in force and \(baseline)"
    case .calmPersisted: text = "After \(title) the calm persisted: \(numbers), against \(baseline)"
    case .calmer: text = "After \(title) incidents were less frequent than before it: \(numbers), against \(baseline)"
    case .undetermined, .insufficient:
      text = "Whether the days after \(title) differed from those before it cannot be told: \(numbers), against "
      text += baseline
    }
    if aftermath == .insufficient { text += "; \(limits(effect))" } else { text += "; \(evidence(effect))" }
    let isKnown = ![.undetermined, .insufficient, .resumedUnlessOverdispersed].contains(aftermath)
    return Finding(text + ".", numbers: values(effect), strength: isKnown ? .moderate : .weak)
  }

  // MARK: Numbers in words

  /// Incidents of a window and its days: exact, or the bounds where records leave it open.
  private func amount(_ window: Window, _ noun: String? = nil) -> String {
    let incidents =
      if !window.isBounded {
        noun == nil ? "\(window.count)" : counted(window.count, "incident")
      } else if let high = window.high {
        "between \(window.low) and \(high)" + (noun == nil ? "" : " incidents")
      } else {
        "at least \(window.low)" + (noun == nil ? "" : window.low == 1 ? " incident" : " incidents")
      }
    let days = counted(window.daysCovered, window.daysCovered == window.days ? "day" : "covered day")
    return incidents + (noun.map { " \($0)" } ?? "") + " in \(noun == nil ? "the " : "")\(days)"
  }
  private func ends(_ interval: Interval) -> String {
    interval.upper.map { "\(short(interval.lower)) to \(short($0))" } ?? "\(short(interval.lower)) upwards"
  }
  private func evidence(_ effect: Effect) -> String {
    let ratio = effect.ratio.map { "rate ratio \(short($0)), " } ?? ""
    let kind = effect.isTempered ? "tempered" : "exact"
    guard let pValue = effect.pValue else {
      return "95 % interval of the ratio \(ends(effect.deciding)) (\(kind)), for all counts within the bounds"
    }
    return "\(ratio)95 % interval \(ends(effect.deciding)) (\(kind)), exact p \(short(pValue))"
  }
  private func values(_ effect: Effect) -> [String: JSONValue] {
    var numbers: [String: JSONValue] = [
      "incidents": .integer(effect.later.count), "incidents_earlier": .integer(effect.earlier.count),
      "days": .integer(effect.later.daysCovered), "days_earlier": .integer(effect.earlier.daysCovered),
      "rate_ratio_low": exact(effect.deciding.lower),
    ]
    numbers["p"] = effect.pValue.map { exact($0) }
    numbers["rate_ratio"] = effect.ratio.map { exact($0) }
    numbers["rate_ratio_high"] = effect.deciding.upper.map { exact($0) }
    return numbers
  }
}
