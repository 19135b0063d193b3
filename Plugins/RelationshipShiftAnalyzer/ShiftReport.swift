import EventModel
import JSONText
import Ontology
import Statistics
import Workbench

/// What a run came to, as tables and sentences.
struct ShiftReport {
  let events: EventTable
  let network: NetworkSeries
  let search: ShiftSearch
  let states: [DyadState]
  let evidence: [Evidence]

  var calendar: ShiftCalendar { network.calendar }
  var histories: [DyadHistory] { network.histories.dyads }

  /// Why no shifts were looked for in a dyad; nil where they were.
  func reason(_ dyad: Int) -> String? {
    if search.tested.contains(dyad) { return nil }
    if calendar.periods.isEmpty { return "no day is covered by every source" }
    if !calendar.isLongEnough { return "\(counted(calendar.periods.count, calendar.length.rawValue)) covered" }
    if states[dyad].events < network.settings.minEvents { return "few events" }
    if network.boundaries.parts[dyad].count > 1 { return "few events on each side of a boundary" }
    return "few events in each channel, or in few \(calendar.length.rawValue)s"
  }

  /// The table `dyads`.
  var dyads: ResultTable {
    var table = ResultTable.Builder(ShiftTables.dyads)
    let steps = search.families.reduce(into: [Int](repeating: 0, count: histories.count)) { steps, family in
      steps[family.dyad] = max(steps[family.dyad], family.step)
    }
    for (dyad, (history, state)) in zip(histories, states).enumerated() {
      let tone = state.tone.flatMap { $0.events > 0 ? $0 : nil }
      let own = search.shifts.count { $0.lead.dyad == dyad }
      let isStale = state.relationship == .stale
      let (scored, scores) = (network.isOneSided ? nil : state.tone, scores(dyad))
      table.append([
        .string(history.actor1), .string(history.actor2), day(history.events.first?.firstDay),
        day(history.events.last?.firstDay), .integer(history.events.count), .integer(state.counted),
        .integer(state.conflict), .integer(state.cooperation), .integer(state.confident), exact(tone?.value),
        exact(tone?.error), exact(tone?.low), exact(tone?.high), exact(state.briefTone), exact(state.longTone),
        scored.map { .integer($0.events) } ?? .null, exact(tone?.weight),
        network.isOneSided ? .null : .string(state.relationship.rawValue),
        isStale ? state.lastClass.map { .string($0.name.rawValue) } ?? .null : .null,
        isStale ? day(state.lastClass?.day) : .null, exact(state.share?.value), exact(state.share?.low),
        exact(state.share?.high), network.isOneSided ? .null : exact(state.netFlow), exact(state.activity),
        exact(state.reciprocity[0]), exact(state.reciprocity[1]), exact(state.reciprocity[2]), exact(state.matching),
        exact(state.initiative), .boolean(network.exposures[dyad].isControlled),
        .boolean(search.tested.contains(dyad)), reason(dyad).map { .string($0) } ?? .null,
        search.tested.contains(dyad) ? .integer(own) : .null, steps[dyad] > 0 ? .integer(steps[dyad]) : .null,
        exact(scores.first), exact(scores.last),
        .integer(history.events.reduce(0) { isUndated($1) ? $0 + $1.incidents : $0 }),
      ])
    }
    return table.finish()
  }

  /// The mean scores of a dyad's first regime and of its last.
  private func scores(_ dyad: Int) -> (first: Double?, last: Double?) {
    guard !network.isOneSided, states[dyad].events > 0 else { return (nil, nil) }
    let (regimes, all) = (DyadRegimes(dyad, network), regimes(of: dyad))
    return (all.first.flatMap { regimes[[$0]].tone }, all.last.flatMap { regimes[[$0]].tone })
  }

  /// The table `shifts`.
  var shifts: ResultTable {
    var table = ResultTable.Builder(ShiftTables.shifts)
    for (shift, evidence) in zip(search.shifts, evidence) {
      let comparison = shift.comparison
      let rate = comparison.rate(of: shift.lead.channel)
      let isToneKnown = !network.isOneSided
      let tone = isToneKnown ? comparison.toneChange : nil
      table.append(
        identity(shift, keyed: false) + [
          .string(shift.lead.channel.rawValue), .string(shift.label), day(date(shift)),
          day(calendar.periods[shift.lead.low].firstDay), day(calendar.periods[shift.lead.high].lastDay),
          exact(rate?.ratio), exact(rate?.low), exact(rate?.high), exact(isToneKnown ? comparison.before.tone : nil),
          exact(isToneKnown ? comparison.after.tone : nil), exact(shift.p), exact(shift.lead.p), exact(shift.q),
          .string(shift.confidence), .boolean(shift.isFragile),
          shift.hangsOn.isEmpty ? .null : .string(shift.hangsOn.joined(separator: "; ")),
          .string(shift.channels.map(\.rawValue).joined(separator: "; ")),
          .boolean(search.found[shift.lead.family].existence.isExtrapolated),
          day(calendar.periods[shift.before.lowerBound].firstDay),
          day(calendar.periods[shift.after.upperBound - 1].lastDay), exact(comparison.before.exposure),
          exact(comparison.after.exposure), .integer(comparison.before.conflict), .integer(comparison.after.conflict),
          exact(comparison.conflict?.ratio), exact(comparison.conflict?.low), exact(comparison.conflict?.high),
          .integer(comparison.before.cooperation), .integer(comparison.after.cooperation),
          exact(comparison.cooperation?.ratio), exact(comparison.cooperation?.low), exact(comparison.cooperation?.high),
          exact(tone?.difference), exact(tone?.low), exact(tone?.high),
          network.histories.outlets == nil ? .null : .integer(evidence.outlets.count),
          network.histories.outlets == nil ? .null : exact(evidence.outlets.effective),
        ] + fatal(comparison))
    }
    return table.finish()
  }

  private func fatal(_ comparison: Comparison) -> [JSONValue] {
    guard network.histories.hasFatalities else { return [.null, .null, .null, .null, .null] }
    let rate = comparison.fatal
    return [
      .integer(comparison.before.fatal), .integer(comparison.after.fatal), exact(rate?.ratio), exact(rate?.low),
      exact(rate?.high),
    ]
  }

  /// The table `evidence`.
  var evidenceTable: ResultTable {
    var table = ResultTable.Builder(ShiftTables.evidence)
    for (shift, evidence) in zip(search.shifts, evidence) {
      let identity = identity(shift, keyed: true)
      for (kind, witnesses) in [("event-before", evidence.before), ("event-after", evidence.after)] {
        for (rank, witness) in witnesses.enumerated() {
          table.append(identity + [.string(kind), .integer(rank + 1)] + row(witness, histories[shift.lead.dyad]))
        }
      }
      for (kind, parts) in [("rate", evidence.parts), ("place", evidence.places)] {
        for (rank, part) in parts.enumerated() {
          table.append(
            identity + [
              .string(kind), .integer(rank + 1), .null, .null, text(part.initiator), text(part.root), .null, .null,
              .integer(part.change.before.count), .integer(part.change.after.count), exact(part.difference),
              exact(part.change.ratio), exact(part.change.low), exact(part.change.high), meaning(part.root),
              text(part.admin1),
            ])
        }
      }
      for (kind, value) in [("tone-mix", \Evidence.ToneShare.mix), ("tone-within", \.within)] {
        for (rank, share) in sorted(evidence.toneShares, by: value).enumerated() {
          table.append(
            identity + [
              .string(kind), .integer(rank + 1), .null, .null, .null, text(share.root), .null, .null, .null, .null,
              exact(share[keyPath: value]), .null, .null, .null, meaning(share.root), .null,
            ])
        }
      }
    }
    return table.finish()
  }
  private func sorted(
    _ shares: [Evidence.ToneShare], by value: KeyPath<Evidence.ToneShare, Double>
  ) -> [Evidence.ToneShare] {
    shares.enumerated().sorted {
      (-abs($0.element[keyPath: value]), $0.offset) < (-abs($1.element[keyPath: value]), $1.offset)
    }.map(\.element)
  }
  private func row(_ witness: Evidence.Witness, _ history: DyadHistory) -> [JSONValue] {
    let event = witness.event
    return [
      text(events.id?[event.row]), day(event.firstDay),
      .string(event.isForward ? history.actor1 : history.actor2), text(events.eventClass?[event.row]),
      exact(event.score), text(events.codes(.outlet)?[event.row]), .null, .null,
      network.isOneSided || event.score == nil ? .null : exact(witness.contribution), .null, .null, .null,
      meaning(events.eventClass?[event.row]), text(events.codes(.admin1)?[event.row]),
    ]
  }

  /// What a class means, in the words of its scheme.
  func meaning(_ code: String?) -> JSONValue {
    text(code.flatMap { code in events.ontology.flatMap(Ontology.init(rawValue:))?.name(of: code) })
  }

  /// The names of a shift's actors, and its date where that comes next.
  private func identity(_ shift: Shift, keyed: Bool) -> [JSONValue] {
    let history = histories[shift.lead.dyad]
    return [.string(history.actor1), .string(history.actor2)] + (keyed ? [day(date(shift))] : [])
  }
  /// The first day of the new regime.
  func date(_ shift: Shift) -> Day { calendar.periods[shift.lead.place].firstDay }
}

extension Comparison {
  /// How the rate of a channel changed; of all events where it is tone.
  func rate(of channel: Channel) -> RateChange? {
    switch channel {
    case .conflict: conflict
    case .cooperation: cooperation
    case .tone: total
    }
  }
}

func day(_ day: Day?) -> JSONValue { day.map { .string($0.description) } ?? .null }
func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
