import EventModel
import JSONText
import Statistics
import Workbench

/// What can be said in words of the last network, and of how networks changed.
struct BalanceFindings {
  private let balances: [NetworkBalance]
  /// The networks that follow each other in time.
  private let series: [NetworkBalance]
  private let changes: [BalanceChange]
  private let thirdParties: [ThirdParty]

  init(
    _ balances: [NetworkBalance], series: [NetworkBalance], changes: [BalanceChange], thirdParties: [ThirdParty]
  ) {
    self.balances = balances
    self.series = series
    self.changes = changes
    self.thirdParties = thirdParties
  }

  /// The findings, those of the network first.
  var all: [Finding] {
    guard let last = balances.last else {
      return [Finding("No relationship has a sign, so there is no network to judge.", strength: .descriptive)]
    }
    return [signs(last), triangles(last), camps(last), undetermined(last)].compactMap { $0 } + tense(last)
      + turned + changed
  }

  private func place(_ balance: NetworkBalance) -> String {
    if let period = balance.network.calendarPeriod { return "at the end of \(period)" }
    switch balance.network.period {
    case "all": return "in the network"
    case ScoredRelationships.latest: return "on the last day covered"
    case let period: return "in \(period)"
    }
  }

  /// How many of the signs the data leave open; nil where they are given.
  private func signs(_ last: NetworkBalance) -> Finding? {
    let edges = last.network.graph.edges
    guard !last.network.scores.contains(where: { $0 == nil }) else { return nil }
    let negative = edges.count(where: \.isNegative)
    var text = "\(counted(edges.count, "relationship")) of \(counted(last.network.actors.count, "actor")) "
    text += "\(edges.count == 1 ? "has" : "have") a tone \(place(last)), \(negative) of them below 0"
    if last.unsure > 0 {
      text += "; the sign of \(last.unsure == edges.count && edges.count > 1 ? "each" : "\(last.unsure)") is not sure, "
      text += "for the 95 % interval of the tone holds 0"
      if last.thin > 0 { text += " (\(last.thin) \(last.thin == 1 ? "rests" : "rest") on fewer than 5 events)" }
    }
    return Finding(
      text + ".",
      numbers: [
        "relationships": .integer(edges.count), "negative": .integer(negative), "unsure": .integer(last.unsure),
        "thin": .integer(last.thin),
      ], strength: .descriptive)
  }

  private func triangles(_ last: NetworkBalance) -> Finding {
    let graph = last.network.graph
    guard let index = last.counts.index, let chance = last.chance else {
      return Finding(
        "No three of \(counted(graph.nodeCount, "actor")) \(place(last)) are all related to one another: there is no "
          + "triad to judge.",
        numbers: ["actors": .integer(graph.nodeCount)], strength: .descriptive)
    }
    let isMore = index >= chance.mean
    let isClear = chance.twoSided <= 0.05
    var text = "Of \(counted(last.counts.count, "triangle")) \(place(last)), \(last.counts.balanced) "
    text += last.counts.balanced == 1 ? "is balanced" : "are balanced"
    if last.unsure > 0 { text += " by the signs of tones" }
    if isClear {
      text += " (\(short(index))); the same signs dealt out by chance give \(short(chance.mean)) (95 %: "
      text += "\(short(chance.low)) to \(short(chance.high))), so \(isMore ? "more" : "fewer") are balanced than "
      text += "by chance"
    } else if isMore ? chance.high >= 1 : chance.low <= 0 {
      text += "; so few cannot show more or less than chance"
    } else {
      text += " (\(short(index))); the same signs dealt out by chance give \(short(chance.mean)) (95 %: "
      text += "\(short(chance.low)) to \(short(chance.high))), so this may be chance"
    }
    let strength: Finding.Strength =
      !isClear ? .descriptive : last.unsure > 0 ? .weak : chance.twoSided <= 0.01 ? .strong : .moderate
    return Finding(
      text + ".",
      numbers: [
        "triangle_index": exact(index), "chance_mean": exact(chance.mean), "chance_low": exact(chance.low),
        "chance_high": exact(chance.high), "p": exact(chance.twoSided),
      ], strength: strength)
  }

  /// How far the network is from two camps; nil where there is no cycle, which always has them.
  private func camps(_ last: NetworkBalance) -> Finding? {
    guard last.hasCycle else { return nil }
    let edges = last.network.graph.edges.count
    let found = last.frustration
    let (most, least) = (Int(found.weight.rounded()), Int((found.lowerBound - 1e-6).rounded(.up)))
    let all = "\(counted(edges, "relationship")) \(place(last))"
    var text: String
    if most == 0 {
      text = "All of \(all) fit into two camps with friends inside and enemies between"
    } else {
      let number = found.isExact ? "\(most)" : "between \(least) and \(most)"
      text = "Two camps with friends inside and enemies between would need another sign of \(number) of \(all)"
      if most <= 3 {
        let names = found.edges.map { last.network.actors(of: $0).joined(separator: " and ") }
        text += ", such as \(names.joined(separator: "; "))"
      }
    }
    if last.unsure > 0 { text += "; \(last.unsure) of the signs \(last.unsure == 1 ? "is" : "are") not sure" }
    return Finding(
      text + ".",
      numbers: [
        "frustration": .integer(most), "frustration_low": .integer(least), "edges": .integer(edges),
        "balance": exact(last.balance),
      ], strength: .descriptive)
  }

  private func undetermined(_ last: NetworkBalance) -> Finding? {
    let verdicts = last.triangles.compactMap { triangle in last.triad(triangle).map { (triangle, $0) } }
    let open = verdicts.filter { $0.1.verdict == .undetermined }
    guard !open.isEmpty else { return nil }
    let names = open.prefix(3).map { triangle, triad in
      "\(actors(of: triangle, in: last)), balanced with a probability of \(short(triad.balanced))"
    }
    var text = "Undetermined \(place(last)): \(open.count) of \(counted(verdicts.count, "triad")) "
    text += "(\(names.joined(separator: "; "))\(open.count > 3 ? "; and others" : ""))"
    return Finding(
      text + ".", numbers: ["undetermined": .integer(open.count), "triads": .integer(verdicts.count)],
      strength: .descriptive)
  }
  private func actors(of triangle: Triangle, in balance: NetworkBalance) -> String {
    let names = triangle.nodes.map { balance.network.actors[$0] }
    return "\(names[0]), \(names[1]) and \(names[2])"
  }

  /// The three triads of greatest tension by importance among those that are tense by estimated tones.
  private func tense(_ last: NetworkBalance) -> [Finding] {
    var triads: [(triangle: Triangle, triad: TriadBalance)] = []
    for triangle in last.triangles {
      guard last.nearest(of: triangle) != nil, let triad = last.triad(triangle), triad.verdict == .tense else {
        continue
      }
      triads.append((triangle, triad))
    }
    // Where much happens first.
    func weight(_ index: Int) -> Double {
      triads[index].triad.tension * (last.importance(of: triads[index].triangle) ?? 0)
    }
    let order = triads.indices.sorted {
      (-weight($0), -triads[$0].triad.tension, $0) < (-weight($1), -triads[$1].triad.tension, $1)
    }
    return order.prefix(3).map { index in
      let (triangle, triad) = triads[index]
      let names = last.names(of: triangle)
      let scores = triangle.edges.compactMap { last.network.scores[$0] }
      var text = "The triad of \(actors(of: triangle, in: last)) is out of balance \(place(last)) with a "
      text += "probability of \(triad.tension > 0.999 ? "more than 0.999" : short(triad.tension))"
      if let nearest = last.nearest(of: triangle), let cheapest = triad.cheapest {
        text +=
          "; the tone of \(names[nearest]) is nearest to a change of sign (\(short(abs(scores[nearest].tone))) points)"
        text +=
          nearest == cheapest
          ? ", and its sign is the least sure" : ", the sign of \(names[cheapest]) the least sure"
      }
      let isThin = scores.contains { $0.isThin }
      if isThin { text += "; one of the relationships rests on fewer than 5 events" }
      return Finding(
        text + ".", numbers: ["tension": exact(triad.tension)],
        strength: isThin ? .weak : triad.tension >= 0.95 ? .strong : .moderate)
    }
  }

  /// The shifts that brought triads into balance or out of it, as far as that is settled before and after.
  private var turned: [Finding] {
    var byShift: [[ThirdParty]] = []
    for party in thirdParties where party.isSettled {
      if let last = byShift.last?.last, last.shift == party.shift {
        byShift[byShift.count - 1].append(party)
      } else {
        byShift.append([party])
      }
    }
    let sentences = byShift.compactMap { parties -> (turns: Int, finding: Finding)? in
      let turned = parties.filter { $0.triadBefore?.verdict != $0.triadAfter.verdict }
      let resolved = turned.filter { $0.triadAfter.verdict == .balanced }
      let strained = turned.filter { $0.triadAfter.verdict == .tense }
      guard let first = turned.first, let before = first.before else { return nil }
      func names(_ parties: [ThirdParty]) -> String { parties.map(\.third).joined(separator: ", ") }
      var parts: [String] = []
      if !resolved.isEmpty { parts.append("\(resolved.count) came into balance (with \(names(resolved)))") }
      if !strained.isEmpty { parts.append("\(strained.count) fell out of balance (with \(names(strained)))") }
      var text = "The shift of \(first.shift.actor1) and \(first.shift.actor2) from \(first.shift.date) on"
      if let label = first.shift.label { text += " (\(label))" }
      text += ": of their \(counted(parties.count, "triad")) settled both at the end of \(name(before)) and of "
      text += "\(name(first.after)), \(parts.joined(separator: " and "))"
      let numbers: [String: JSONValue] = [
        "settled": .integer(parties.count), "resolved": .integer(resolved.count),
        "strained": .integer(strained.count),
      ]
      return (turned.count, Finding(text + ".", numbers: numbers, strength: .moderate))
    }
    let order = sentences.indices.sorted { (-sentences[$0].turns, $0) < (-sentences[$1].turns, $1) }
    return order.prefix(5).map { sentences[$0].finding }
  }

  /// From when on the network as a whole was another.
  private var changed: [Finding] {
    guard series.count > 1, series.contains(where: { !$0.triangles.isEmpty }) else { return [] }
    if series.count < BalanceChange.fewest {
      let length = series[0].network.calendarPeriod?.length.rawValue ?? "period"
      return [
        Finding(
          "The networks of \(counted(series.count, length)) are described; changes are looked for in "
            + "\(BalanceChange.fewest) or more.", numbers: ["periods": .integer(series.count)], strength: .descriptive)
      ]
    }
    // A date that may be any says nothing.
    return changes.filter { 3 * $0.setSize <= series.count }.map { change in
      let what =
        switch change.measure {
        case .triangleIndex: "the share of balanced triangles"
        case .frustrationShare: "the share of relationships that two camps contradict"
        case .meanTension: "the mean tension of triads"
        }
      var text = "From \(name(change.first)) on (95 % set \(name(change.low))"
      if change.low.network.period != change.high.network.period { text += " to \(name(change.high))" }
      text += "), \(what) has another level or trend: \(short(change.before)) on average before, "
      text += "\(short(change.after)) after; no test is made of networks that share their past"
      return Finding(
        text + ".", numbers: ["before": exact(change.before), "after": exact(change.after)], strength: .weak)
    }
  }
  private func name(_ balance: NetworkBalance) -> String {
    balance.network.calendarPeriod?.description ?? balance.network.period
  }
}
