/// Three nodes of a network that are joined to one another.
public struct Triangle: Sendable, Hashable {
  /// The nodes, the least number first.
  public let first: Int, second: Int, third: Int
  /// The numbers of the edges between first and second, first and third, second and third.
  public let edge12: Int, edge13: Int, edge23: Int
}

/// How many triangles of a network have how many negative edges.
public struct TriangleCounts: Sendable, Hashable {
  /// Triangles without a negative edge, `+++`; with one, `++-`; with two, `+--`; with three, `---`.
  public var withoutNegative = 0, withOne = 0, withTwo = 0, withThree = 0
  /// Those with an even number of negative edges: friends of friends, and enemies of one's enemies.
  public var balanced: Int { withoutNegative + withTwo }
  /// Those with an odd number of negative edges.
  public var unbalanced: Int { withOne + withThree }
  /// All of them.
  public var count: Int { balanced + unbalanced }
  /// The share of balanced triangles (Cartwright and Harary 1956, Psychological Review 63:277, for cycles of three);
  /// nil where there is no triangle.
  public var index: Double? { count > 0 ? Double(balanced) / Double(count) : nil }
  /// The share of triangles that are balanced in the weak sense, in which three enemies of one another are in balance
  /// as well (Davis 1967, Human Relations 20:181); nil where there is no triangle.
  public var weakIndex: Double? { count > 0 ? Double(balanced + withThree) / Double(count) : nil }
}

extension SignedGraph {
  /// The triangles, by their nodes.
  /// - Complexity: the sum over edges of the number of neighbours of both ends.
  public var triangles: [Triangle] {
    var found: [Triangle] = []
    for first in 0..<nodeCount {
      let around = neighbours[first]
      for (place, second) in around.enumerated() where second.node > first {
        let others = neighbours[second.node]
        var (i, j) = (place + 1, 0)
        while i < around.count, j < others.count {
          if around[i].node == others[j].node {
            found.append(
              Triangle(
                first: first, second: second.node, third: around[i].node, edge12: second.edge, edge13: around[i].edge,
                edge23: others[j].edge))
            i += 1
            j += 1
          } else if around[i].node < others[j].node {
            i += 1
          } else {
            j += 1
          }
        }
      }
    }
    return found
  }

  /// How many negative edges a triangle has.
  public func negativeEdges(of triangle: Triangle) -> Int {
    [triangle.edge12, triangle.edge13, triangle.edge23].count { edges[$0].isNegative }
  }

  /// Counts triangles by type.
  public func counts(of triangles: [Triangle]) -> TriangleCounts {
    var counts = TriangleCounts()
    for triangle in triangles {
      switch negativeEdges(of: triangle) {
      case 0: counts.withoutNegative += 1
      case 1: counts.withOne += 1
      case 2: counts.withTwo += 1
      default: counts.withThree += 1
      }
    }
    return counts
  }
}

/// What the triangle index would be, were the signs of a network dealt out to its edges by chance.
public struct SignPermutations: Sendable, Hashable {
  /// The mean of the index over the permutations.
  public var mean: Double
  /// The quantiles at .025 and .975.
  public var low: Double, high: Double
  /// The share of permutations that are at least as balanced as the network, itself among them.
  public var atLeast: Double
  /// The share of permutations that are at most as balanced as the network, itself among them.
  public var atMost: Double
  /// How many permutations were drawn.
  public var draws: Int
}

extension SignedGraph {
  /// Deals the signs out to the same edges again and again, and asks how balanced the triangles are then.
  ///
  /// The number of negative edges stays the same, so the comparison tells where the negative edges lie from how many
  /// there are. The shares are (number + 1) / (draws + 1).
  /// - Returns: nil where there is no triangle, or no draw.
  /// - Complexity: draws times the number of edges and triangles.
  public func signPermutations(of triangles: [Triangle], draws: Int = 2_000, seed: UInt64) -> SignPermutations? {
    guard !triangles.isEmpty, draws > 0 else { return nil }
    var random = PermutationGenerator(seed: seed)
    var signs = edges.map(\.isNegative)
    let corners = triangles.flatMap { [$0.edge12, $0.edge13, $0.edge23] }
    func balanced(_ signs: [Bool]) -> Int {
      var count = 0
      for corner in stride(from: 0, to: corners.count, by: 3)
      where (signs[corners[corner]] != signs[corners[corner + 1]]) == signs[corners[corner + 2]] {
        count += 1
      }
      return count
    }
    let observed = balanced(signs)
    var drawn: [Int] = []
    drawn.reserveCapacity(draws)
    for _ in 0..<draws {
      for last in stride(from: signs.count - 1, to: 0, by: -1) { signs.swapAt(last, random.below(last + 1)) }
      drawn.append(balanced(signs))
    }
    drawn.sort()
    let size = Double(triangles.count)
    func quantile(_ share: Double) -> Double {
      let place = share * Double(draws - 1)
      let below = Int(place)
      let above = min(below + 1, draws - 1)
      return (Double(drawn[below]) + (place - Double(below)) * Double(drawn[above] - drawn[below])) / size
    }
    return SignPermutations(
      mean: Double(drawn.reduce(0, +)) / Double(draws) / size, low: quantile(0.025), high: quantile(0.975),
      atLeast: Double(drawn.count { $0 >= observed } + 1) / Double(draws + 1),
      atMost: Double(drawn.count { $0 <= observed } + 1) / Double(draws + 1), draws: draws)
  }
}
