import JSONText
import Statistics
import Workbench

/// The tables of the analyzer.
struct BalanceTables {
  private let balances: [NetworkBalance]
  init(_ balances: [NetworkBalance]) { self.balances = balances }

  private static let periodColumn = ColumnSchema(
    "period", .text,
    "the file's own period, or the first day of the period at whose end; all: no periods; latest: the last day covered")

  static let network = TableSchema(
    "network", "A row is the network of one period as a whole.", keys: ["period"],
    columns: [
      periodColumn, ColumnSchema("nodes", .integer, unit: "actors", "actors that have a relationship"),
      ColumnSchema("edges", .integer, unit: "relationships", "relationships"),
      ColumnSchema("negative", .integer, unit: "relationships", "of these, negative ones"),
      ColumnSchema("triangles_balanced", .integer, unit: "triads", "triangles with no negative edge or with two"),
      ColumnSchema("triangles_unbalanced", .integer, unit: "triads", "triangles with one negative edge or with three"),
      ColumnSchema("triangle_index", .real, "share of balanced triangles; empty where there is none"),
      ColumnSchema("walk_index", .real, "trace of exp(A) over that of exp(|A|): 1 where all cycles are balanced"),
      ColumnSchema(
        "frustration", .integer, unit: "relationships",
        "least number of edges to change for balance; an upper bound where it is not exact"),
      ColumnSchema("frustration_exact", .boolean, "whether no smaller number would do"),
      ColumnSchema("balance", .real, "1 - 2 frustration / edges"),
      ColumnSchema("frustration_low", .integer, unit: "relationships", "lower bound of the frustration"),
      ColumnSchema("frustration_evidence", .real, "least evidence, in log odds, that contradicts two camps"),
      ColumnSchema(
        "weak_index", .real, "share of triangles in balance where three enemies of one another count so too"),
      ColumnSchema("chance_mean", .real, "mean triangle index with the signs dealt out by chance to the same edges"),
      ColumnSchema("chance_low", .real, "its quantile at .025"),
      ColumnSchema("chance_high", .real, "its quantile at .975"),
      ColumnSchema("chance_p", .real, "two-sided chance of a triangle index so far from that"),
    ])
  static let triads = TableSchema(
    "triads", "A row is three actors of which each two have a relationship.",
    keys: ["period", "actor1", "actor2", "actor3"],
    columns: [
      periodColumn, ColumnSchema("actor1", .text, "the actor whose name comes first"),
      ColumnSchema("actor2", .text, "the second actor"), ColumnSchema("actor3", .text, "the third actor"),
      ColumnSchema(
        "verdict", .text, "balanced or tense, each with a probability of .8 or more; else undetermined"),
      ColumnSchema("p_balanced", .real, "probability of an even number of negative relationships"),
      ColumnSchema("tension", .real, "probability of an odd number"),
      ColumnSchema("weakly_balanced", .boolean, "whether the signs are in balance with --- counted so (Davis)"),
      ColumnSchema("few_events", .boolean, "whether a relationship rests on fewer than 5 events"),
      ColumnSchema("least_evidence", .text, "the two actors the sign of whose relationship is least sure"),
      ColumnSchema("nearest", .text, "the two actors whose tone is nearest to a change of sign"),
      ColumnSchema("nearest_drift", .text, "where that tone moved since the period before: towards or away"),
    ]
      + [("12", "1 and 2"), ("13", "1 and 3"), ("23", "2 and 3")].flatMap { name, actors in
        [
          ColumnSchema("sign_\(name)", .integer, "sign of \(actors): 1 friends, -1 enemies"),
          ColumnSchema("p_\(name)", .real, "probability that \(actors) are friends"),
          ColumnSchema("cost_\(name)", .real, "evidence against a change of sign of \(actors), in log odds"),
          ColumnSchema("distance_\(name)", .real, unit: "points", "how far the tone of \(actors) is from 0"),
          ColumnSchema("drift_\(name)", .real, unit: "points", "how that tone changed since the period before"),
        ]
      })
  static let camps = TableSchema(
    "camps", "A row is an actor and the side it is on, where relationships are divided with the fewest contradictions.",
    keys: ["period", "actor"],
    columns: [
      periodColumn, ColumnSchema("actor", .text, "the actor"),
      ColumnSchema(
        "part", .integer, "number of the connected part of the network; camps of different parts are unrelated"),
      ColumnSchema("camp", .integer, "1 or 2; the part's first actor is in camp 1"),
      ColumnSchema("positive", .integer, unit: "relationships", "its positive relationships"),
      ColumnSchema("negative", .integer, unit: "relationships", "its negative relationships"),
      ColumnSchema("frustrated", .integer, unit: "relationships", "those that contradict the camps"),
      ColumnSchema("frustrated_with", .text, "the actors these are with"),
    ])
  static let similarity = TableSchema(
    "similarity", "A row is two actors and how alike their relationships to third parties are.",
    keys: ["period", "actor1", "actor2"],
    columns: [
      periodColumn, ColumnSchema("actor1", .text, "the actor whose name comes first"),
      ColumnSchema("actor2", .text, "the other actor"),
      ColumnSchema("third_parties", .integer, unit: "actors", "the other actors; no relationship counts as 0"),
      ColumnSchema("shared", .integer, unit: "actors", "those with whom both have a relationship"),
      ColumnSchema("kappa", .real, "agreement beyond chance (Cohen): 1 the same, 0 as by chance"),
      ColumnSchema("kappa_linear", .real, "the same with disagreement weighted by distance"),
      ColumnSchema("kappa_quadratic", .real, "the same weighted by the square of it"),
      ColumnSchema("s", .real, "Signorino and Ritter's S, not corrected for chance: from -1 to 1"),
    ])

  var network: ResultTable {
    var table = ResultTable.Builder(Self.network)
    for balance in balances {
      let graph = balance.network.graph
      let (frustration, chance) = (balance.frustration, balance.chance)
      table.append([
        .string(balance.network.period), .integer(graph.nodeCount), .integer(graph.edges.count),
        .integer(graph.edges.count { $0.isNegative }), .integer(balance.counts.balanced),
        .integer(balance.counts.unbalanced), number(balance.counts.index), number(balance.walkIndex),
        .integer(Int(frustration.weight.rounded())), .boolean(frustration.isExact), number(balance.balance),
        .integer(Int((frustration.lowerBound - 1e-6).rounded(.up))), number(balance.contraryEvidence?.weight),
        number(balance.counts.weakIndex), number(chance?.mean), number(chance?.low), number(chance?.high),
        number(chance?.twoSided),
      ])
    }
    return table.finish()
  }

  var triads: ResultTable {
    var table = ResultTable.Builder(Self.triads)
    for balance in balances {
      let network = balance.network
      for triangle in balance.triangles {
        guard let triad = balance.triad(triangle) else { continue }
        let names = balance.names(of: triangle)
        let edges = [triangle.edge12, triangle.edge13, triangle.edge23]
        let scores = edges.map { network.scores[$0] }
        let nearest = balance.nearest(of: triangle)
        let drift = nearest.flatMap { place in
          scores[place].flatMap { score in score.drift.map { $0 * score.tone < 0 ? "towards" : "away" } }
        }
        var row: [JSONValue] = [.string(network.period)]
        row += [triangle.first, triangle.second, triangle.third].map { .string(network.actors[$0]) }
        row += [
          .string(triad.verdict.rawValue), number(triad.balanced),
          number(triad.tension), .boolean(network.graph.negativeEdges(of: triangle) != 1),
          .boolean(scores.contains { $0?.isThin ?? false }),
          triad.cheapest.map { .string(names[$0]) } ?? .null, nearest.map { .string(names[$0]) } ?? .null,
          drift.map { .string($0) } ?? .null,
        ]
        for ((edge, score), cost) in zip(zip(edges, scores), triad.costs) {
          row += [
            .integer(network.graph.edges[edge].isNegative ? -1 : 1), number(score?.probability),
            score == nil ? .null : number(cost), number(score.map { abs($0.tone) }),
            number(score?.drift),
          ]
        }
        table.append(row)
      }
    }
    return table.finish()
  }

  var camps: ResultTable {
    var table = ResultTable.Builder(Self.camps)
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

  var similarity: ResultTable {
    var table = ResultTable.Builder(Self.similarity)
    for balance in balances where 3...NetworkBalance.mostSimilar ~= balance.network.graph.nodeCount {
      let network = balance.network
      let count = network.graph.nodeCount
      var signs = [[Int]](repeating: [Int](repeating: 0, count: count), count: count)
      for edge in network.graph.edges {
        signs[edge.first][edge.second] = edge.isNegative ? -1 : 1
        signs[edge.second][edge.first] = edge.isNegative ? -1 : 1
      }
      for one in 0..<count {
        for other in (one + 1)..<max(count, one + 1) {
          let third = (0..<count).filter { $0 != one && $0 != other }
          let (a, b) = (third.map { signs[one][$0] }, third.map { signs[other][$0] })
          table.append([
            .string(network.period), .string(network.actors[one]), .string(network.actors[other]),
            .integer(third.count), .integer(zip(a, b).count { $0 != 0 && $1 != 0 }), number(cohenKappa(a, b)),
            number(cohenKappa(a, b, weight: .linear)), number(cohenKappa(a, b, weight: .quadratic)),
            number(portfolioSimilarity(a, b)),
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
    let actors = [triangle.first, triangle.second, triangle.third].map { network.actors[$0] }
    return [(0, 1), (0, 2), (1, 2)].map { "\(actors[$0.0]) and \(actors[$0.1])" }
  }
  /// The place of the triangle's edge whose tone is nearest to 0; nil where one has none.
  func nearest(of triangle: Triangle) -> Int? {
    let tones = [triangle.edge12, triangle.edge13, triangle.edge23].compactMap {
      network.scores[$0].map { abs($0.tone) }
    }
    return tones.count == 3 ? tones.indices.min { (tones[$0], $0) < (tones[$1], $1) } : nil
  }
}

extension SignPermutations {
  /// The chance of an index so far out on either side.
  var twoSided: Double { min(1, 2 * min(atLeast, atMost)) }
}

/// A number to ten digits that count: further ones are those of the exponentials and logarithms a machine happens to
/// have.
func number(_ value: Double?) -> JSONValue {
  guard let value, value.isFinite else { return .null }
  return .number(rounded(value, digits: 10))
}

/// A number to some digits that count.
func rounded(_ value: Double, digits: Int) -> Double {
  guard value != 0, value.isFinite else { return value }
  var scale = 1.0
  for _ in 1..<digits { scale *= 10 }
  let largest = scale
  var size = abs(value)
  while size < 1, scale < largest * 1e12 { (size, scale) = (size * 10, scale * 10) }
  while size >= 10, scale > 1 { (size, scale) = (size / 10, scale / 10) }
  return (value * scale).rounded() / scale
}
