import EventModel
import JSONText
import Statistics
import Workbench

extension SummaryTable {
  /// What can be said of the incidents: the changes, the peak, the fatalities, and what was counted.
  var findings: [RankedFinding] {
    let own = rows.filter { $0.series == 0 }
    guard !own.isEmpty else { return [] }
    let covered = "\(counted(own.count, calendar.word)) covered"
    let counting = RankedFinding(countingFinding)
    guard own.contains(where: { $0.tally.incidents > 0 }) else {
      return [
        RankedFinding(
          Finding(
            "No incident of \(all.incidents.classes.phrase) in the \(covered).", numbers: ["incidents": 0],
            strength: .descriptive)), counting,
      ]
    }
    return [peakFinding(own, covered), changeFinding(own), fatalityFinding(own)].compactMap {
      $0.map(RankedFinding.init)
    }
      + [counting]
  }

  private func peakFinding(_ own: [Row], _ covered: String) -> Finding {
    guard let peak = own.first(where: { $0.rank == 1 }) else {
      let sum = own.reduce(0) { $0 + $1.tally.incidents }
      return Finding(
        "\(counted(sum, "incident")) in \(counted(own.count, calendar.word)), none of which is wholly covered, so that "
          + "none is called the highest.", numbers: ["incidents": .integer(sum)], strength: .descriptive,
        events: all.incidents.ids { _ in true })
    }
    let period = calendar.entries[peak.place].period
    let ties = own.count { $0.rank == 1 } - 1
    let tally = peak.tally
    var text = "\(period) has the most incidents of the \(covered)"
    if ties > 0 { text = "\(period) and \(counted(ties, "other")) have the most incidents of the \(covered)" }
    text += ": \(tally.incidents)"
    let bound = Int(all.incidents.largestUpperBound[peak.place])
    if bound > 1 { text += ", of which \(bound) are an upper bound from one record" }
    if tally.low < tally.incidents { text += "; at least \(tally.low)" }
    if let high = tally.high {
      if high > tally.incidents { text += "; at most \(high)" }
    } else {
      text += "; with no upper bound"
    }
    let rivals = own.filter { $0.place != peak.place && $0.rank != 1 && ($0.tally.high ?? .max) >= tally.low }
    let isOpen = tally.low < tally.incidents || rivals.contains { $0.tally.high != $0.tally.incidents }
    if isOpen, !rivals.isEmpty {
      text +=
        "; within these bounds \(rivals.count == 1 ? "\(calendar.entries[rivals[0].place].period)" : counted(rivals.count, "other")) "
        + "may have had as many or more"
    }
    if let partial = own.first(where: { $0.rank == nil && $0.tally.incidents >= tally.incidents }) {
      text += "; \(calendar.entries[partial.place].period), not wholly covered, has \(partial.tally.incidents)"
    }
    return Finding(
      text + ".",
      numbers: [
        "incidents": .integer(tally.incidents), "incidents_low": .integer(tally.low),
        "incidents_high": integer(tally.high), "periods": .integer(own.count), "ties": .integer(ties),
        "rivals": .integer(rivals.count),
      ], strength: .descriptive, events: all.incidents.ids { all.incidents.places[$0] == Int32(peak.place) })
  }

  private func changeFinding(_ own: [Row]) -> Finding? {
    let compared = own.compactMap { row in row.before.map { (row: row, change: $0) } }
    guard !compared.isEmpty else { return nil }
    let clear = compared.filter(\.change.isClear)
    let length = calendar.word
    let changes = "\(counted(compared.count, "change")) from one \(length) to the next with incidents in either"
    var text = "None of \(changes) can be told from chance: every 95 % interval of the rate ratio holds 1"
    if !clear.isEmpty {
      text = "\(clear.count) of \(changes) \(clear.count == 1 ? "has" : "have") a 95 % interval that does not hold 1"
      let shown = clear.sorted { ($1.row.tally.incidents, $0.row.place) < ($0.row.tally.incidents, $1.row.place) }
        .prefix(3).sorted { $0.row.place < $1.row.place }.map { row, change in
          let ends =
            change.interval.upper.map { "\(short(change.interval.lower)) to \(short($0))" }
            ?? "\(short(change.interval.lower)) upwards"
          return "\(calendar.entries[row.place].period) (ratio " + (change.ratio.map { "\(short($0)), " } ?? "")
            + ends + (calendar.entries[row.place].isComplete ? ")" : "; not wholly covered)")
        }
      text += ": " + shown.joined(separator: ", ") + (clear.count > 3 ? " and others" : "")
      let widened = dispersions[0] > 1
      text += "; by chance alone up to 5 % would" + (widened ? "" : ", and more where incidents come in clusters")
    }
    return Finding(
      text + ".",
      numbers: [
        "changes": .integer(compared.count), "clear": .integer(clear.count), "dispersion": real(dispersions[0]),
      ], strength: clear.isEmpty ? .descriptive : .weak)
  }

  private func fatalityFinding(_ own: [Row]) -> Finding? {
    guard all.incidents.hasFatalities.contains(true) else { return nil }
    let records = own.reduce(0) { $0 + $1.tally.records }
    let totals = (0..<3).map { estimate in
      own.reduce(into: Tally.Estimate()) {
        $0.sum += $1.tally.fatalities[estimate].sum
        $0.known += $1.tally.fatalities[estimate].known
      }
    }
    let (low, best, high) = (totals[0], totals[1], totals[2])
    let without = records - best.known
    let others = [("low", low), ("high", high)].filter { $0.1.known > 0 }.map { "\($0.0) \($0.1.sum)" }
    var text = "None of \(counted(records, "incident record")) gives a best estimate of fatalities"
    if best.known > 0 {
      text = "\(best.sum) fatalities by the best estimates of \(best.known) of \(counted(records, "incident record"))"
    }
    if !others.isEmpty { text += " (\(others.joined(separator: ", ")))" }
    if best.known > 0, without > 0 {
      text += "; \(without == 1 ? "the other one gives" : "the other \(without) give") no number"
    }
    let deadliest = deadliestEvent
    // Where one event has so great a part, sums by period are about it.
    if let deadliest, best.sum > 0, deadliest.fatalities * 5 >= best.sum, best.known >= 5 {
      text += "; one event alone has \(deadliest.fatalities) of them"
      let range = [("low", deadliest.low), ("high", deadliest.high)].compactMap { name, number in
        number.map { "\(name) \($0)" }
      }
      if !range.isEmpty { text += " (\(range.joined(separator: ", ")))" }
    }
    func total(_ estimate: Tally.Estimate) -> JSONValue { estimate.known > 0 ? .integer(estimate.sum) : .null }
    return Finding(
      text + ".",
      numbers: [
        "fatalities_low": total(low), "fatalities_best": total(best), "fatalities_high": total(high),
        "without": .integer(without),
      ], strength: .descriptive, events: [deadliest?.id].compactMap { $0 })
  }

  /// The incident record of the highest best estimate; nil where none has one above 0.
  private var deadliestEvent: (fatalities: Int, low: Int?, high: Int?, id: String?)? {
    guard let best = all.incidents.fatalities[1] else { return nil }
    var (most, found): (Int32, Int32) = (0, -1)
    for row in all.incidents.rows {
      if let number = best[Int(row)], number > most { (most, found) = (number, row) }
    }
    guard found >= 0 else { return nil }
    let row = Int(found)
    let (low, high) = (all.incidents.fatalities[0]?[row], all.incidents.fatalities[2]?[row])
    return (Int(most), low.map { Int($0) }, high.map { Int($0) }, all.incidents.events.id?[row])
  }

  private var countingFinding: Finding {
    let incidents = all.incidents
    let records = incidents.count
    let events = incidents.eventsByPeriod.reduce(0, +)
    let spans = incidents.spans
    let states = spans == 1 ? "1 state in force, which counts" : "\(spans) states in force, which count"
    return Finding(
      "Of \(counted(incidents.events.count, "record")), \(records) of \(incidents.classes.phrase) "
        + "\(records == 1 ? "counts" : "count") as incidents; others: \(counted(events - records, "event")), \(states) in "
        + "no \(calendar.word)"
        + (incidents.outsideCoverage > 0 ? ", \(incidents.outsideCoverage) lie outside the coverage" : "") + ".",
      numbers: [
        "records": .integer(incidents.events.count), "incident_records": .integer(records),
        "other_events": .integer(events - records), "spans": .integer(spans),
        "outside_coverage": .integer(incidents.outsideCoverage),
      ], strength: .descriptive)
  }
}
