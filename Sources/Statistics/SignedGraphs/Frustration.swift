/// How far a network is from two camps with friends inside and enemies between.
public struct Frustration: Sendable, Hashable {
  /// The weight of the frustrated edges below: the least possible where `isExact`, else an upper bound of it.
  public var weight: Double
  /// A weight below which no division into camps comes.
  public var lowerBound: Double
  /// Whether `weight` is the least possible.
  public var isExact: Bool
  /// The camp of each node, 0 or 1; the first node of each connected part is in camp 0.
  ///
  /// Camps of different parts have nothing to do with each other. Other divisions may come to the same weight.
  public var camps: [Int]
  /// The numbers of the frustrated edges, rising: the positive ones between the camps, the negative ones inside.
  public var edges: [Int]
}

extension SignedGraph {
  /// The frustration index, or line index of balance: the least weight of edges whose change of sign, or removal,
  /// brings a network into balance (Harary 1959, Behavioral Science 4:316; Aref and Wilson 2018, Journal of Complex
  /// Networks 6:566).
  ///
  /// Every cycle lies within one block, so blocks are solved one by one. A block of up to `exactNodes` nodes is solved
  /// exactly by branch and bound; a larger one gets the weight that a seeded local search finds, an upper bound, and
  /// the weight of unbalanced triangles without a common edge, a lower one, and is exact where a bounded search
  /// settles it.
  /// - Parameter weights: what each edge weighs, at least 0; nil: each weighs 1, and the index is a number of edges.
  /// - Parameter exactNodes: the size of the largest block that is solved whatever it takes.
  /// - Complexity: exponential in the size of the blocks up to `exactNodes`; 30 take milliseconds.
  public func frustration(weights: [Double]? = nil, exactNodes: Int = 30, seed: UInt64 = 1) -> Frustration {
    let weights = weights ?? [Double](repeating: 1, count: edges.count)
    precondition(
      weights.count == edges.count && weights.allSatisfy { $0 >= 0 && $0.isFinite }, "each edge has a weight from 0")
    var result = Frustration(
      weight: 0, lowerBound: 0, isExact: true, camps: [Int](repeating: 0, count: nodeCount), edges: [])
    // Whether the ends of an edge are in different camps.
    var divides = edges.map(\.isNegative)
    for edges in blocks where edges.count > 2 {
      let block = Block(edges, of: self, weights: weights)
      let solution = block.solution(exactNodes: exactNodes, seed: seed)
      result.lowerBound += solution.lowerBound
      result.isExact = result.isExact && solution.isExact
      for (index, edge) in zip(edges, block.edges) {
        divides[index] = solution.signs[edge.first] != solution.signs[edge.second]
      }
    }
    result.camps = camps(divides)
    result.edges = edges.indices.filter { divides[$0] != edges[$0].isNegative }
    result.weight = result.edges.reduce(0) { $0 + weights[$1] }
    if result.isExact { result.lowerBound = result.weight }
    return result
  }

  /// The camps, from whether each edge leads from one to the other.
  private func camps(_ divides: [Bool]) -> [Int] {
    var camp = [Int](repeating: -1, count: nodeCount)
    for root in 0..<nodeCount where camp[root] < 0 {
      camp[root] = 0
      var waiting = [root]
      while let node = waiting.popLast() {
        for next in neighbours[node] where camp[next.node] < 0 {
          camp[next.node] = divides[next.edge] ? 1 - camp[node] : camp[node]
          waiting.append(next.node)
        }
      }
    }
    return camp
  }
}

/// A block of a network, its nodes numbered anew: those with the most weight around them first.
struct Block {
  /// An edge; its weight is negative where the edge is.
  struct Edge {
    var first: Int
    var second: Int
    var weight: Double
  }
  let count: Int
  let edges: [Edge]
  /// The edges around each node: the other end, and the weight.
  let around: [[(node: Int, weight: Double)]]
  /// What weighs less is nothing: sums of weights are not exact.
  let tolerance: Double

  init(_ indices: [Int], of graph: SignedGraph, weights: [Double]) {
    var total: [Int: Double] = [:]
    for index in indices {
      total[graph.edges[index].first, default: 0] += weights[index]
      total[graph.edges[index].second, default: 0] += weights[index]
    }
    let nodes = total.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    let numbers = Dictionary(uniqueKeysWithValues: zip(nodes, nodes.indices))
    let edges = indices.map { index in
      let edge = graph.edges[index]
      return Edge(
        first: numbers[edge.first] ?? 0, second: numbers[edge.second] ?? 0,
        weight: edge.isNegative ? -weights[index] : weights[index])
    }
    var around = [[(node: Int, weight: Double)]](repeating: [], count: nodes.count)
    for edge in edges {
      around[edge.first].append((edge.second, edge.weight))
      around[edge.second].append((edge.first, edge.weight))
    }
    count = nodes.count
    self.edges = edges
    self.around = around
    tolerance = 1e-9 * edges.reduce(0) { $0 + abs($1.weight) }
  }

  /// A division of the nodes by signs, and what is known of the least weight.
  struct Solution {
    var signs: [Double]
    var lowerBound: Double
    var isExact: Bool
  }

  func solution(exactNodes: Int, seed: UInt64) -> Solution {
    if count <= exactNodes {
      var search = FrustrationSearch(self)
      let least = search.solve()
      return Solution(signs: search.signs, lowerBound: least, isExact: true)
    }
    var random = PermutationGenerator(seed: seed)
    let (signs, weight) = localSearch(&random)
    var bound = weight > tolerance ? trianglePacking(&random) : 0
    if weight > tolerance, bound == 0 { bound = edges.reduce(.infinity) { min($0, abs($1.weight)) } }
    guard weight > bound + tolerance, count <= Self.mostSearched else {
      return Solution(signs: signs, lowerBound: bound, isExact: weight <= bound + tolerance)
    }
    var search = FrustrationSearch(self, from: signs, stepLimit: Self.stepLimit)
    let settled = search.solve()
    guard search.isStopped else { return Solution(signs: search.signs, lowerBound: settled, isExact: true) }
    return Solution(signs: signs, lowerBound: max(bound, settled), isExact: false)
  }
  /// Blocks of more nodes are not searched, and no search of one beyond `exactNodes` takes more steps than these.
  private static var mostSearched: Int { 120 }
  private static var stepLimit: Int { 1_000_000 }
}
