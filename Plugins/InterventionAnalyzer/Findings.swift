import EventModel
import JSONText
import Statistics
import Workbench

extension Study {
  /// What can be said: of the days in force, and of those after.
  func findings(_ phrase: String) -> [Finding] {
    [duringFinding(phrase), afterFinding(phrase)].compactMap { $0 }
  }

  private var opening: String {
    let title = intervention.title
    return title.prefix(1).uppercased() + title.dropFirst()
  }
  private var who: String {
    intervention.actors.isEmpty ? "between \(intervention.parties)" : "in \(intervention.parties)"
  }

  /// Incidents of a window as counted: with the days, and the bounds where records leave them open.
  private func amount(_ window: Window, _ noun: String) -> String {
    var text = counted(window.count, noun)
    if window.isBounded {
      let most = window.high.map { "at most \($0)" } ?? "with no upper bound"
      text += " (at least \(window.low), \(most))"
    }
    return text + " in \(counted(window.daysCovered, "covered day"))"
  }

  private func evidence(_ effect: Effect) -> String {
    let interval = effect.deciding
    let ends = interval.upper.map { "\(short(interval.lower)) to \(short($0))" } ?? "\(short(interval.lower)) upwards"
    let ratio = effect.ratio.map { "rate ratio \(short($0)), " } ?? ""
    return
      "\(ratio)95 % interval \(ends) (\(effect.isTempered ? "tempered" : "exact")), exact p \(short(effect.pValue))"
  }

  private func duringFinding(_ phrase: String) -> Finding {
    guard let before = window(.before), let within = window(.during), let during else {
      let bare = windows.filter { $0.daysCovered == 0 }.map(\.part.rawValue)
      let part = bare.first { $0 == "before" || $0 == "during" } ?? "during"
      return insufficient("\(opening) cannot be judged: no day \(part) it is covered by every source")
    }
    guard hasBaseline else {
      return insufficient(
        "\(opening) cannot be judged: of the \(before.days) days before its anticipation only \(before.daysCovered) "
          + "are covered by every source")
    }
    let numbers = "\(amount(within, "incident")) of \(phrase) \(who), against \(amount(before, "incident")) before"
    var text: String
    switch verdict {
    case .insufficient:
      text = "\(opening) cannot be judged, for want of data: \(numbers)"
      if during.narrow.isBelowOne || during.narrow.isAboveOne {
        text += "; the records leave open on which side of an edge the incidents fell"
      } else {
        text += "; from so few, not even a complete stop would be found with a power of 80 %"
        if let rise = during.rise { text += ", and a rise only from \(short(rise)) times on" }
      }
      return Finding(text + ".", numbers: values(during), strength: .weak, events: Array(identifiers.prefix(10)))
    case .held: text = "\(opening) held: \(numbers)"
    case .heldUnlessOverdispersed:
      text =
        "\(opening) held if incidents come one by one, but not surely if they come in clusters, as in the weeks "
        + "before: \(numbers)"
    case .partial: text = "\(opening) held in part: \(numbers)"
    case .noDetectableEffect: text = "\(opening) had no detectable effect: \(numbers)"
    case .violated: text = "\(opening) was violated, with more incidents than before: \(numbers)"
    }
    text += "; \(evidence(during))"
    if verdict == .heldUnlessOverdispersed {
      let ends = during.exact.upper.map { "\(short(during.exact.lower)) to \(short($0))" } ?? ""
      text += "; the exact interval is \(ends)"
    }
    if verdict == .noDetectableEffect, let fall = during.fall {
      text += "; a fall to \(short(fall)) of the rate or less would have been found with a power of 80 %"
    }
    if let placebo {
      text +=
        "; as great a fall at \(placebo.asLow) of \(counted(placebo.placebos, "earlier date")), of which "
        + "about \(short(placebo.effective.rounded())) lie apart (p \(short(placebo.pValue)))"
    }
    return Finding(
      text + ".", numbers: values(during), strength: strength, events: Array(identifiers.prefix(10)))
  }

  private func insufficient(_ text: String) -> Finding {
    Finding(text + ".", strength: .weak, events: Array(identifiers.prefix(10)))
  }

  private var strength: Finding.Strength {
    guard verdict != .heldUnlessOverdispersed, verdict != .noDetectableEffect else { return .weak }
    if verdict == .violated { return .moderate }
    guard let placebo, placebo.pValue <= 0.05 else { return .weak }
    return placebo.effective >= 20 ? .strong : .moderate
  }

  private func afterFinding(_ phrase: String) -> Finding? {
    guard let aftermath, let after, let before = window(.before), let late = window(.after),
      let within = window(.during),
      hasBaseline
    else { return nil }
    let numbers = "\(amount(late, "incident")) of \(phrase) \(who)"
    let baseline = "\(amount(before, "incident")) before"
    var text: String
    var effect = after
    switch aftermath {
    case .rebound:
      text = "After \(intervention.title) there were more incidents than before it: \(numbers), against \(baseline)"
    case .resumed, .resumedUnlessOverdispersed:
      guard let ending else { return nil }
      effect = ending
      text =
        aftermath == .resumed
        ? "When \(intervention.title) had ended, violence resumed"
        : "When \(intervention.title) had ended, violence resumed if incidents come one by one, but not surely if they "
          + "come in clusters"
      text += ": \(numbers), against \(amount(within, "incident")) in force and \(baseline)"
    case .calmPersisted:
      text = "After \(intervention.title) the calm persisted: \(numbers), against \(baseline)"
    case .calmer:
      text = "After \(intervention.title) there were fewer incidents than before it: \(numbers), against \(baseline)"
    case .undetermined, .insufficient:
      text =
        "Whether the days after \(intervention.title) differed from those before it cannot be told: \(numbers), "
        + "against \(baseline)"
    }
    text += "; \(evidence(effect))"
    let isKnown = ![.undetermined, .insufficient, .resumedUnlessOverdispersed].contains(aftermath)
    return Finding(
      text + ".", numbers: values(effect), strength: isKnown ? .moderate : .weak)
  }

  private func values(_ effect: Effect) -> [String: JSONValue] {
    var numbers: [String: JSONValue] = [
      "incidents": .integer(effect.later.count), "incidents_earlier": .integer(effect.earlier.count),
      "days": .integer(effect.later.daysCovered), "days_earlier": .integer(effect.earlier.daysCovered),
      "rate_ratio_low": .number(rounded(effect.deciding.lower, digits: 10)),
      "p": .number(rounded(effect.pValue, digits: 10)),
    ]
    numbers["rate_ratio"] = effect.ratio.map { .number(rounded($0, digits: 10)) }
    numbers["rate_ratio_high"] = effect.deciding.upper.map { .number(rounded($0, digits: 10)) }
    return numbers
  }
}
