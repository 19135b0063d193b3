import EventModel
import Incidents
import JSONText
import Statistics
import Workbench

extension TimingTables {
  /// What can be said: what one incident brings, the strongest bursts, and how uneven gaps are; at most ten sentences.
  func findings(_ events: EventTable) -> [Finding] {
    guard let all = series.first else { return [] }
    if let note = all.note {
      return [
        Finding(
          "How incidents follow each other cannot be said: \(note).",
          numbers: ["incidents": .integer(all.places.count), "undated": .integer(all.undated)], strength: .descriptive)
      ]
    }
    let order = excitations.indices.filter { excitations[$0].q ?? 1 <= 0.05 }.sorted {
      (excitations[$0].q ?? 1, -(excitations[$0].fit?.gain ?? 0), $0)
        < (excitations[$1].q ?? 1, -(excitations[$1].fit?.gain ?? 0), $1)
    }
    var findings = order.prefix(5).compactMap { excited($0) }
    if findings.isEmpty, let p = excitations.first?.p {
      findings.append(
        Finding(
          "It cannot be told from chance whether one incident brings others: days in other orders show it as much "
            + "(p \(short(p)), \(counted(all.places.count, "incident"))).",
          numbers: ["p": exact(p), "incidents": .integer(all.places.count)], strength: .descriptive))
    }
    if let burst = burst(events) { findings.append(burst) }
    if let gap = gap(all, events) { findings.append(gap) }
    return findings
  }

  private func excited(_ index: Int) -> Finding? {
    let (own, one) = (excitations[index], series[index])
    guard let fit = own.fit, let q = own.q, fit.branchingInterval.lower > 0 else { return nil }
    let most = fit.branchingInterval.upper.map { short($0) } ?? "no upper limit"
    let late = fit.halfLifeInterval.upper.map { "\(short(fit.halfLifeInterval.lower)) to \(short($0))" }
    var text =
      "Of \(one.group.phrase), 100 are followed by \(short(fit.branching * 100)) more than the background gives "
      + "(95 % \(short(fit.branchingInterval.lower * 100)) to "
      + "\(fit.branchingInterval.upper.map { short($0 * 100) } ?? most)), half of them within \(short(fit.halfLife)) days"
    text += late.map { " (\($0))" } ?? " (at least \(short(fit.halfLifeInterval.lower)))"
    text += "; q \(short(q)), \(counted(one.places.count, "incident"))"
    if own.misfit?.pValue ?? 1 < 0.01 { text += "; the days hold more than this model says" }
    return Finding(
      text + ".",
      numbers: [
        "branching": exact(fit.branching), "branching_low": exact(fit.branchingInterval.lower),
        "branching_high": exact(fit.branchingInterval.upper), "half_life": exact(fit.halfLife), "q": exact(q),
        "incidents": .integer(one.places.count),
      ], strength: q <= 0.01 ? .strong : .moderate)
  }

  /// The burst of all incidents of the highest level, with its first events.
  private func burst(_ events: EventTable) -> Finding? {
    guard let most = episodes[0].max(by: { ($0.level, $0.weight) < ($1.level, $1.weight) }) else {
      return Finding(
        "No burst stands out: no days have incidents at twice the mean rate for long enough.",
        numbers: ["bursts": 0], strength: .descriptive)
    }
    let one = series[0]
    let (from, to) = (calendar.days[most.days.lowerBound], calendar.days[most.days.upperBound - 1])
    let own = one.places.indices.filter { most.days.contains(one.places[$0]) }
    let mean = Double(one.places.count) / Double(one.counts.count)
    let days = most.days.count
    return Finding(
      "The densest burst lasted \(from == to ? "one day, \(from)" : "from \(from) to \(to)"): "
        + "\(counted(Int(most.count), "incident")), \(short(most.count / Double(days) / mean)) times the mean rate.",
      numbers: [
        "incidents": .integer(Int(most.count)), "days": .integer(days), "level": .integer(most.level),
        "weight": exact(most.weight),
      ], strength: .descriptive, events: own.prefix(10).compactMap { events.id?[Int(one.rows[$0])] })
  }

  private func gap(_ one: DaySeries, _ events: EventTable) -> Finding? {
    guard let burstiness = Burstiness(gaps: one.gaps.map(Double.init)), one.gaps.count >= 20 else { return nil }
    let kind =
      burstiness.finite > 0.1
      ? "bursts and silences" : burstiness.finite < -0.1 ? "more even than chance" : "about what chance gives"
    return Finding(
      "From an incident to the next it is \(short(burstiness.mean)) days on average, and "
        + "\(counted(one.gaps.max() ?? 0, "day")) at most; burstiness \(short(burstiness.finite)): \(kind) "
        + "(\(counted(one.gaps.count, "gap"))).",
      numbers: [
        "mean_gap": exact(burstiness.mean), "burstiness_finite": exact(burstiness.finite),
        "gaps": .integer(one.gaps.count),
      ], strength: .descriptive)
  }
}
