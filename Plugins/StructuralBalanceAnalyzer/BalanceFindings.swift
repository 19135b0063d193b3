import JSONText
import Statistics
import Workbench

/// What can be said in words of the last network, and of how networks changed.
struct BalanceFindings {
  private let balances: [NetworkBalance]
  init(_ balances: [NetworkBalance]) { self.balances = balances }

  /// The findings, those of the network first.
  var all: [Finding] {
    guard let last = balances.last else {
      return [Finding("No relationship has a sign, so there is no network to judge.", strength: .descriptive)]
    }
    return [triangles(last), camps(last), undetermined(last)].compactMap { $0 } + tense(last)
  }

  private func place(_ balance: NetworkBalance) -> String {
    switch balance.network.period {
    case "all": "in the network"
    case ScoredRelationships.latest: "on the last day covered"
    case let period: "in \(period)"
    }
  }

  private func triangles(_ last: NetworkBalance) -> Finding {
    let graph = last.network.graph
    guard let index = last.counts.index, let chance = last.chance else {
      return Finding(
        "No three of \(graph.nodeCount) actors \(place(last)) are all related to one another: there is no triad to judge.",
        numbers: ["actors": .integer(graph.nodeCount)], strength: .descriptive)
    }
    let isClear = chance.twoSided <= 0.05
    var text = "Of \(counted(last.counts.count, "triangle")) \(place(last)), \(last.counts.balanced) "
    text += last.counts.balanced == 1 ? "is balanced" : "are balanced"
    text += " (\(short(index))); the same signs dealt out by chance give \(short(chance.mean))"
    text += " (95 %: \(short(chance.low)) to \(short(chance.high)))"
    if !isClear {
      text += ", so the network is not more balanced, nor less, than chance would have it"
    } else {
      text += index > chance.mean ? ", so it is more balanced than chance" : ", so it is less balanced than chance"
    }
    let hasThinEdges = last.network.scores.contains { $0?.isThin ?? false }
    let strength: Finding.Strength =
      !isClear ? .descriptive : hasThinEdges ? .weak : chance.twoSided <= 0.01 ? .strong : .moderate
    return Finding(
      text + ".",
      numbers: [
        "triangle_index": number(index), "chance_mean": number(chance.mean), "chance_low": number(chance.low),
        "chance_high": number(chance.high), "p": number(chance.twoSided),
      ], strength: strength)
  }

  private func camps(_ last: NetworkBalance) -> Finding {
    let graph = last.network.graph
    let found = last.frustration
    let (most, least) = (Int(found.weight.rounded()), Int((found.lowerBound - 1e-6).rounded(.up)))
    let all = "\(counted(graph.edges.count, "relationship")) \(place(last))"
    let text: String
    if most == 0 {
      text = "All of \(all) fit into two camps with friends inside and enemies between"
    } else {
      let number = found.isExact ? "\(most)" : "between \(least) and \(most)"
      text = "Two camps with friends inside and enemies between would need a change of \(number) of \(all)"
    }
    return Finding(
      text + ".",
      numbers: [
        "frustration": .integer(most), "frustration_low": .integer(least), "edges": .integer(graph.edges.count),
        "balance": number(last.balance),
      ], strength: .descriptive)
  }

  private func undetermined(_ last: NetworkBalance) -> Finding? {
    let verdicts = last.triangles.compactMap { last.triad($0)?.verdict }
    let open = verdicts.count { $0 == .undetermined }
    guard open > 0 else { return nil }
    return Finding(
      "The tones do not settle \(open) of \(counted(verdicts.count, "triad")) \(place(last)): each is balanced with a "
        + "probability between .2 and .8.",
      numbers: ["undetermined": .integer(open), "triads": .integer(verdicts.count)], strength: .descriptive)
  }

  /// The three triads of greatest tension among those that are tense by estimated tones.
  private func tense(_ last: NetworkBalance) -> [Finding] {
    var triads: [(triangle: Triangle, triad: TriadBalance)] = []
    for triangle in last.triangles {
      guard last.nearest(of: triangle) != nil, let triad = last.triad(triangle), triad.verdict == .tense else {
        continue
      }
      triads.append((triangle, triad))
    }
    let order = triads.indices.sorted { (-triads[$0].triad.tension, $0) < (-triads[$1].triad.tension, $1) }
    return order.prefix(3).map { index in
      let (triangle, triad) = triads[index]
      let names = last.names(of: triangle)
      let actors = [triangle.first, triangle.second, triangle.third].map { last.network.actors[$0] }
      let scores = [triangle.edge12, triangle.edge13, triangle.edge23].compactMap { last.network.scores[$0] }
      var text = "The triad of \(actors[0]), \(actors[1]) and \(actors[2]) is out of balance \(place(last)) with a "
      text += "probability of \(short(triad.tension))"
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
        text + ".", numbers: ["tension": number(triad.tension)],
        strength: isThin ? .weak : triad.tension >= 0.95 ? .strong : .moderate)
    }
  }
}

/// A number and a word, which gets an s unless the number is one.
private func counted(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }

/// A number to three digits that count, as text.
private func short(_ value: Double) -> String { JSONValue.number(rounded(value, digits: 3)).compact }
