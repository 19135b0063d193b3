import EventModel
import JSONText
import Statistics
import Workbench

/// The tables of the analyzer.
struct BalanceTables {
  let balances: [NetworkBalance]
  let changes: [BalanceChange]
  let thirdParties: [ThirdParty]

  var all: [ResultTable] {
    [network, changeTable, triads, relationships, thirdPartyTable, camps, similarity]
  }

  private var network: ResultTable {
    var table = ResultTable.Builder(BalanceSchemas.network)
    for balance in balances {
      let graph = balance.network.graph
      let (frustration, chance) = (balance.frustration, balance.chance)
      table.append([
        .string(balance.network.period), .integer(graph.nodeCount), .integer(graph.edges.count),
        .integer(graph.edges.count { $0.isNegative }), .integer(balance.counts.balanced),
        .integer(balance.counts.unbalanced), exact(balance.counts.index), exact(balance.walkIndex),
        .integer(Int(frustration.weight.rounded())), .boolean(frustration.isExact), exact(balance.balance),
        .integer(Int((frustration.lowerBound - 1e-6).rounded(.up))), exact(balance.contraryEvidence?.weight),
        exact(balance.counts.weakIndex), exact(balance.meanTension), .integer(balance.unsure), .integer(balance.thin),
        exact(chance?.mean), exact(chance?.low), exact(chance?.high), exact(chance?.twoSided),
        balance.network.calendarPeriod.map { .string($0.firstDay.description) } ?? .null,
      ])
    }
    return table.finish()
  }

  private var triads: ResultTable {
    var table = ResultTable.Builder(BalanceSchemas.triads)
    for balance in balances {
      let network = balance.network
      for triangle in balance.triangles {
        guard let triad = balance.triad(triangle) else { continue }
        let names = balance.names(of: triangle)
        let scores = triangle.edges.map { network.scores[$0] }
        let importance = balance.importance(of: triangle)
        let nearest = balance.nearest(of: triangle)
        let drift = nearest.flatMap { place in
          scores[place].flatMap { score in score.drift.map { $0 * score.tone < 0 ? "towards" : "away" } }
        }
        var row: [JSONValue] = [.string(network.period)]
        row += triangle.nodes.map { .string(network.actors[$0]) }
        row += [
          .string(triad.verdict.rawValue), exact(triad.balanced),
          exact(triad.tension), .boolean(network.graph.negativeEdges(of: triangle) != 1),
          .boolean(scores.contains { $0?.isThin ?? false }), exact(importance),
          exact(importance.map { $0 * triad.tension }),
          triad.cheapest.map { .string(names[$0]) } ?? .null, nearest.map { .string(names[$0]) } ?? .null,
          drift.map { .string($0) } ?? .null,
        ]
        for ((edge, score), cost) in zip(zip(triangle.edges, scores), triad.costs) {
          row += [
            .integer(network.sign(of: edge)), exact(score?.probability),
            score == nil ? .null : exact(cost), exact(score.map { abs($0.tone) }),
            exact(score?.drift),
          ]
        }
        table.append(row)
      }
    }
    return table.finish()
  }

  private var relationships: ResultTable {
    var table = ResultTable.Builder(BalanceSchemas.relationships)
    for balance in balances {
      let network = balance.network
      var (triads, tense) = ([Int](repeating: 0, count: network.scores.count), [:] as [Int: Int])
      for triangle in balance.triangles {
        let isTense = network.graph.negativeEdges(of: triangle) % 2 == 1
        for edge in triangle.edges {
          triads[edge] += 1
          if isTense { tense[edge, default: 0] += 1 }
        }
      }
      let frustrated = Set(balance.frustration.edges)
      for (edge, score) in network.scores.enumerated() {
        table.append(
          [.string(network.period)] + network.actors(of: edge).map { .string($0) } + [
            .integer(network.sign(of: edge)), exact(score?.probability), exact(score?.tone),
            exact(score.map { signEvidence($0.probability) }), exact(score?.drift),
            score.map { .integer($0.events) } ?? .null, score.map { .boolean($0.isThin) } ?? .null,
            exact(score?.activity), .integer(triads[edge]), .integer(tense[edge] ?? 0),
            .boolean(frustrated.contains(edge)),
          ])
      }
    }
    return table.finish()
  }

  private var changeTable: ResultTable {
    var table = ResultTable.Builder(BalanceSchemas.changes)
    for change in changes {
      table.append([
        .string(change.measure.rawValue), .string(change.first.network.period), .string(change.low.network.period),
        .string(change.high.network.period), exact(change.before), exact(change.after),
      ])
    }
    return table.finish()
  }

  private var thirdPartyTable: ResultTable {
    var table = ResultTable.Builder(BalanceSchemas.thirdParties)
    for party in thirdParties {
      let shift = party.shift
      table.append([
        .string(shift.actor1), .string(shift.actor2), .string(shift.date.description), .string(party.third),
        shift.label.map { .string($0) } ?? .null, party.before.map { .string($0.network.period) } ?? .null,
        .string(party.after.network.period), party.signBefore.map { .integer($0) } ?? .null, .integer(party.sign),
        .integer(party.signs[0]), .integer(party.signs[1]), .boolean(party.isContradicting),
        exact(party.triadBefore?.tension), exact(party.triadAfter.tension),
        party.triadBefore.map { .string($0.verdict.rawValue) } ?? .null, .string(party.triadAfter.verdict.rawValue),
      ])
    }
    return table.finish()
  }

  private var camps: ResultTable {
    var table = ResultTable.Builder(BalanceSchemas.camps)
    for balance in balances {
      let network = balance.network
      let graph = network.graph
      let parts = graph.components
      var degrees = [(positive: Int, negative: Int, with: [Int])](repeating: (0, 0, []), count: graph.nodeCount)
      for edge in graph.edges {
        for node in [edge.first, edge.second] {
          if edge.isNegative { degrees[node].negative += 1 } else { degrees[node].positive += 1 }
        }
      }
      for edge in balance.frustration.edges.map({ graph.edges[$0] }) {
        degrees[edge.first].with.append(edge.second)
        degrees[edge.second].with.append(edge.first)
      }
      for (node, degree) in degrees.enumerated() {
        let others = degree.with.sorted().map { network.actors[$0] }.joined(separator: "; ")
        table.append([
          .string(network.period), .string(network.actors[node]), .integer(parts[node] + 1),
          .integer(balance.frustration.camps[node] + 1), .integer(degree.positive), .integer(degree.negative),
          .integer(degree.with.count), others.isEmpty ? .null : .string(others),
        ])
      }
    }
    return table.finish()
  }

  private var similarity: ResultTable {
    var table = ResultTable.Builder(BalanceSchemas.similarity)
    for balance in balances where 3...NetworkBalance.mostSimilar ~= balance.network.graph.nodeCount {
      let network = balance.network
      let count = network.graph.nodeCount
      var signs = [[Int]](repeating: [Int](repeating: 0, count: count), count: count)
      for edge in network.graph.edges {
        let sign = edge.isNegative ? -1 : 1
        (signs[edge.first][edge.second], signs[edge.second][edge.first]) = (sign, sign)
      }
      for one in 0..<count {
        for other in (one + 1)..<max(count, one + 1) {
          let third = (0..<count).filter { $0 != one && $0 != other }
          let (a, b) = (third.map { signs[one][$0] }, third.map { signs[other][$0] })
          table.append([
            .string(network.period), .string(network.actors[one]), .string(network.actors[other]),
            .integer(third.count), .integer(zip(a, b).count { $0 != 0 && $1 != 0 }), exact(cohenKappa(a, b)),
            exact(cohenKappa(a, b, weight: .linear)), exact(cohenKappa(a, b, weight: .quadratic)),
            exact(portfolioSimilarity(a, b)),
          ])
        }
      }
    }
    return table.finish()
  }
}

extension NetworkBalance {
  /// The two actors of each edge of a triangle, in that order.
  func names(of triangle: Triangle) -> [String] {
    triangle.edges.map { network.actors(of: $0).joined(separator: " and ") }
  }
  /// The place of the triangle's edge whose tone is nearest to 0; nil where one has none.
  func nearest(of triangle: Triangle) -> Int? {
    let tones = triangle.edges.compactMap { network.scores[$0].map { abs($0.tone) } }
    return tones.count == 3 ? tones.indices.min { (tones[$0], $0) < (tones[$1], $1) } : nil
  }
  /// The geometric mean of what happens between the actors of a triangle; nil where that is not known.
  func importance(of triangle: Triangle) -> Double? {
    let activities = triangle.edges.compactMap { network.scores[$0]?.activity }
    return activities.count == 3 ? geometricMean(activities) : nil
  }
}

extension SignPermutations {
  /// The chance of an index so far out on either side.
  var twoSided: Double { min(1, 2 * min(atLeast, atMost)) }
}
