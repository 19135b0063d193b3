extension Block {
  /// Signs with few frustrated edges, and their weight: an upper bound of the least.
  ///
  /// From 20 random divisions, single nodes change sides while that helps; then a tenth of them is changed at random,
  /// 30 times, and what is no worse is kept.
  func localSearch(_ random: inout PermutationGenerator) -> (signs: [Double], weight: Double) {
    var best = [Double](repeating: 1, count: count)
    descend(&best)
    var least = weight(of: best)
    for round in 0..<20 where least > tolerance {
      var signs = round == 0 ? best : (0..<count).map { _ in random.below(2) == 0 ? -1 : 1 }
      descend(&signs)
      var reached = weight(of: signs)
      for _ in 0..<30 {
        var other = signs
        for _ in 0..<max(2, count / 10) { other[random.below(count)] *= -1 }
        descend(&other)
        let weight = weight(of: other)
        if weight <= reached + tolerance { (signs, reached) = (other, weight) }
      }
      if reached < least - tolerance { (best, least) = (signs, reached) }
    }
    return (best, least)
  }

  /// The weight of the frustrated edges.
  func weight(of signs: [Double]) -> Double {
    edges.reduce(0) { $0 + ($1.weight * signs[$1.first] * signs[$1.second] < 0 ? abs($1.weight) : 0) }
  }

  private func descend(_ signs: inout [Double]) {
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for node in 0..<count {
        let drawn = around[node].reduce(0) { $0 + $1.weight * signs[$1.node] }
        if drawn * signs[node] < -tolerance {
          signs[node] *= -1
          hasChanged = true
        }
      }
    }
  }

  /// The weight of unbalanced triangles without a common edge, the best of 20 random orders: each needs a change of
  /// its own.
  ///
  /// With weights a triangle takes its lightest edge's weight from all three, and what is left serves other triangles.
  func trianglePacking(_ random: inout PermutationGenerator) -> Double {
    guard
      let graph = SignedGraph(
        nodeCount: count, edges: edges.map { SignedGraph.Edge($0.first, $0.second, isNegative: $0.weight < 0) })
    else { return 0 }
    var unbalanced = graph.triangles.filter { graph.negativeEdges(of: $0) % 2 == 1 }
    var most = 0.0
    for _ in 0..<20 {
      for last in stride(from: unbalanced.count - 1, to: 0, by: -1) {
        unbalanced.swapAt(last, random.below(last + 1))
      }
      var left = edges.map { abs($0.weight) }
      var sum = 0.0
      for triangle in unbalanced {
        let weight = min(left[triangle.edge12], left[triangle.edge13], left[triangle.edge23])
        guard weight > 0 else { continue }
        for edge in [triangle.edge12, triangle.edge13, triangle.edge23] { left[edge] -= weight }
        sum += weight
      }
      most = max(most, sum)
    }
    return most
  }
}
