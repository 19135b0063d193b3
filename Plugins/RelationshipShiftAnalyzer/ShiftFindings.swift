import EventModel
import JSONText
import Statistics
import Workbench

extension ShiftReport {
  /// What can be said: each shift, what was looked at, what was set aside, and how the busiest relationships stand.
  var findings: [Finding] {
    let order = search.shifts.indices.sorted { left, right in
      let (a, b) = (search.shifts[left], search.shifts[right])
      return (rank(a), a.q, -a.lead.gain, left) < (rank(b), b.q, -b.lead.gain, right)
    }
    let shown = order.prefix(Self.mostShown)
    return shown.map { finding(search.shifts[$0], evidence[$0]) } + episodeFindings
      + [searchFinding(notShown: order.count - shown.count)] + boundaryFindings + reportingFindings + stateFindings
  }
  private static var mostShown: Int { 40 }
  private func rank(_ shift: Shift) -> Int { ["strong", "moderate"].firstIndex(of: shift.confidence) ?? 2 }

  private func finding(_ shift: Shift, _ evidence: Evidence) -> Finding {
    let (comparison, change) = (shift.comparison, calendar.periods[shift.lead.place])
    let (low, high) = (calendar.periods[shift.lead.low], calendar.periods[shift.lead.high])
    var text = "\(histories[shift.lead.dyad].name): \(shift.label), from \(change) (95 % set "
    text += low == high ? "\(low)): " : "\(low) to \(high)): "
    var parts: [String] = []
    if let rate = comparison.conflict { parts.append(phrase(network.isOneSided ? "violence" : "conflict", rate)) }
    if !network.isOneSided {
      if let rate = comparison.cooperation { parts.append(phrase("cooperation", rate)) }
      if let tone = comparison.toneChange, let old = comparison.before.tone, let new = comparison.after.tone {
        parts.append(
          "mean score \(short(old)) before and \(short(new)) after (difference \(short(tone.difference)), "
            + "\(short(tone.low)) to \(short(tone.high)); n \(comparison.before.scored) and \(comparison.after.scored))"
        )
      }
    }
    text += parts.joined(separator: "; ")
    text += "; p \(short(shift.p)), q \(short(shift.q))"
    if shift.confidence == "date uncertain" { text += "; its date is uncertain" }
    if shift.isFoundEitherWay == false {
      text +=
        network.isControlWanted
        ? "; not found where rates are by covered days alone"
        : "; not found where rates are relative to what is reported of others"
    }
    let culprits = shift.hangsOn.filter { $0 != "exposure" }
    if !culprits.isEmpty { text += "; it hangs on: \(culprits.joined(separator: ", "))" }
    if network.isOneSided { text += "; the data have no cooperation, so whether the relationship changed is not known" }
    let ids = (evidence.after + evidence.before).compactMap { events.id?[$0.event.row] }
    return Finding(
      text + ".",
      numbers: [
        "p": exact(shift.p), "p_local": exact(shift.lead.p), "q": exact(shift.q),
        "conflict_before": .integer(comparison.before.conflict), "conflict_after": .integer(comparison.after.conflict),
        "cooperation_before": .integer(comparison.before.cooperation),
        "cooperation_after": .integer(comparison.after.cooperation),
        "conflict_ratio": exact(comparison.conflict?.ratio), "cooperation_ratio": exact(comparison.cooperation?.ratio),
        "tone_change": exact(network.isOneSided ? nil : comparison.toneChange?.difference),
      ],
      strength: shift.confidence == "strong"
        ? .strong
        : shift.confidence == "moderate" && !shift.isFragile
          ? .moderate : .weak,
      events: ids.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
  }

  /// `conflict 3 times as frequent (2.1 to 4.5; 12 in 130 weeks before, 40 in 183 after)`.
  private func phrase(
    _ what: String, _ rate: RateChange, _ before: String = "before", _ after: String = "after"
  ) -> String {
    let unit = calendar.length.rawValue
    // An end beyond a thousand says no more than that there is hardly a limit.
    let ends =
      rate.high.flatMap { $0 > 1000 ? nil : $0 }.map { "\(short(rate.low)) to \(short($0))" }
      ?? "\(short(rate.low)) upwards"
    let ratio = rate.ratio.map { "\(short($0)) times as frequent (" } ?? "seen \(after) and not \(before) (ratio "
    return "\(what) \(ratio)95 % interval \(ends); \(rate.before.count) in \(short(rate.before.exposure)) "
      + "\(unit)s \(before), \(rate.after.count) in \(short(rate.after.exposure)) \(after))"
  }

  /// Stretches too short to be regimes; those that may be coverage alone are in the table only.
  private var episodeFindings: [Finding] {
    search.episodes.filter { !$0.isArtefact }.prefix(Self.mostShown / 2).map { episode in
      let comparison = episode.comparison
      let (first, last) = (calendar.periods[episode.range.lowerBound], calendar.periods[episode.range.upperBound - 1])
      var parts: [String] = []
      if let rate = comparison.conflict {
        parts.append(phrase(network.isOneSided ? "violence" : "conflict", rate, "around it", "in it"))
      }
      if !network.isOneSided {
        if let rate = comparison.cooperation { parts.append(phrase("cooperation", rate, "around it", "in it")) }
        if let old = comparison.before.tone, let new = comparison.after.tone {
          parts.append("mean score \(short(old)) around it and \(short(new)) in it")
        }
      }
      return Finding(
        "\(histories[episode.dyad].name): \(episode.label), \(first) to \(last), too short for a shift: "
          + parts.joined(separator: "; ") + "; p \(short(episode.p)), q \(short(episode.q)).",
        numbers: [
          "p": exact(episode.p), "q": exact(episode.q), "conflict_within": .integer(comparison.after.conflict),
          "conflict_around": .integer(comparison.before.conflict),
          "cooperation_within": .integer(comparison.after.cooperation),
          "cooperation_around": .integer(comparison.before.cooperation),
        ], strength: episode.q <= 0.01 ? .moderate : .weak, events: witnesses(of: episode))
    }
  }
  /// Events of an episode, those of most incidents first.
  private func witnesses(of episode: ShiftEpisode) -> [String] {
    let within = histories[episode.dyad].events.filter { event in
      calendar.place(of: event, network.settings).map(episode.range.contains) ?? false
    }
    let chosen = within.sorted { ($1.incidents, $0.row) < ($0.incidents, $1.row) }.prefix(10)
    return chosen.compactMap { events.id?[$0.row] }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Where actors are no longer who they were.
  private var boundaryFindings: [Finding] {
    network.boundaries.actors.compactMap { actor in
      let days = network.boundaries.days(of: actor).filter { calendar.boundary($0) != nil }
      let own = histories.indices.count { dyad in
        [histories[dyad].actor1, histories[dyad].actor2].contains(actor)
          && states[dyad].events >= network.settings.minEvents
      }
      guard !days.isEmpty, own > 0 else { return nil }
      let list = days.map(\.description).joined(separator: " and on ")
      return Finding(
        "\(actor) is not the same actor before and after: it changes on \(list), by the table of actors or by "
          + "'boundaries'; its \(counted(own, "dyad")) with enough events \(own == 1 ? "is" : "are") not compared across.",
        numbers: ["dyads": .integer(own)], strength: .descriptive)
    }
  }

  private func searchFinding(notShown: Int) -> Finding {
    let (all, tested) = (histories.count, search.tested.count)
    let few = histories.indices.count { reason($0) == "few events" }
    let accepted = search.found.count { !$0.changes.isEmpty }
    var text =
      "Shifts were looked for in \(tested) of \(counted(all, "dyad")) by \(calendar.length.rawValue)s, in "
      + "\(search.families.count) series; \(accepted) of these have changes at a false discovery rate of "
      + "\(short(network.settings.level)), which make \(counted(search.shifts.count, "shift"))"
    if tested == 0 { text = "Shifts were looked for in none of \(counted(all, "dyad"))" }
    let sparse = Set(search.families.filter { $0.step > 1 }.map(\.dyad)).count
    if sparse > 0 {
      text +=
        "; \(sparse) of the dyads \(sparse == 1 ? "is" : "are") silent in most \(calendar.length.rawValue)s and "
        + "searched by several together"
    }
    if few > 0 {
      text +=
        "; \(counted(few, "dyad")) with fewer than \(network.settings.minEvents) events in rates "
        + "\(few == 1 ? "is" : "are") described, not tested"
    }
    if !calendar.isLongEnough {
      text += "; \(counted(calendar.periods.count, calendar.length.rawValue)) covered by every source are too few"
    }
    if notShown > 0 { text += "; \(notShown) further ones are in the table" }
    return Finding(
      text + ".",
      numbers: [
        "dyads": .integer(all), "tested": .integer(tested), "series": .integer(search.families.count),
        "shifts": .integer(search.shifts.count), "few_events": .integer(few),
      ], strength: .descriptive)
  }

  /// What looks like a change of reporting.
  private var reportingFindings: [Finding] {
    var findings = network.breaks.enumerated().map { number, place in
      let (old, new) = (network.breakLevels[number], network.breakLevels[number + 1])
      let ratio = old > 0 ? "\(short(new / old)) times as many events" : "events"
      return Finding(
        "From \(calendar.periods[place]) on, \(ratio) are reported of all dyads together"
          + (network.isControlWanted
            ? "; rates are taken relative to that, and a change within two \(calendar.length.rawValue)s is no shift."
            : "; rates are not taken relative to that: it may be what happened, not what was reported."),
        numbers: ["ratio": exact(old > 0 ? new / old : nil)], strength: .descriptive)
    }
    if !search.artefacts.isEmpty {
      let names = Set(search.artefacts.map { histories[$0.dyad].name }).sorted {
        $0.utf8.lexicographicallyPrecedes($1.utf8)
      }
      findings.append(
        Finding(
          "\(counted(search.artefacts.count, "change")) beside a break of reporting "
            + "\(search.artefacts.count == 1 ? "is" : "are") suspected to be of coverage alone: "
            + names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and others" : "") + ".",
          numbers: ["changes": .integer(search.artefacts.count)], strength: .descriptive))
    }
    return findings
  }

  /// How the dyads with the most events stand.
  private var stateFindings: [Finding] {
    guard let last = calendar.lastDay, !network.isOneSided else { return [] }
    let busiest = histories.indices.sorted { (-histories[$0].events.count, $0) < (-histories[$1].events.count, $1) }
    return busiest.prefix(5).compactMap { dyad in
      guard let tone = states[dyad].tone, tone.events > 0 else { return nil }
      let (state, history) = (states[dyad], histories[dyad])
      let ids = history.events.reversed().prefix(5).compactMap { events.id?[$0.row] }
      var text =
        "\(history.name): on \(last) the tone is \(short(tone.value)) points (95 % interval \(short(tone.low)) to "
        + "\(short(tone.high)), from \(counted(tone.events, "scored event")))"
      switch state.relationship {
      case .unknown: text += ", too few to call it anything"
      case .stale:
        text += "; little was heard lately"
        if let known = state.lastClass { text += ", and on \(known.day) it was \(known.name.rawValue)" }
      case .uncertain: text += ", too wide to call it allied, adversarial or mixed"
      case .allied, .adversarial, .mixed: text += ": \(state.relationship.rawValue)"
      }
      if let why = reason(dyad) { text += "; not tested for shifts (\(why))" }
      return Finding(
        text + ".",
        numbers: ["tone": exact(tone.value), "tone_se": exact(tone.error), "scored": .integer(tone.events)],
        strength: .descriptive, events: Array(ids))
    }
  }
}
