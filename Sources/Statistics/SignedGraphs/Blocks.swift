extension SignedGraph {
  /// The edges by block: parts that share at most one node with each other, so that every cycle lies within one.
  ///
  /// The depth-first search of Hopcroft and Tarjan 1973 (Communications of the ACM 16:372), without recursion.
  /// - Complexity: linear in nodes and edges.
  var blocks: [[Int]] {
    struct Visit {
      var node: Int
      var edge: Int
      var next = 0
    }
    var blocks: [[Int]] = []
    var order = [Int](repeating: -1, count: nodeCount)
    var reach = order
    var count = 0
    var path: [Int] = []
    for root in 0..<nodeCount where order[root] < 0 {
      var visits = [Visit(node: root, edge: -1)]
      (order[root], reach[root]) = (count, count)
      count += 1
      while let visit = visits.last {
        let node = visit.node
        if visit.next < neighbours[node].count {
          visits[visits.count - 1].next += 1
          let neighbour = neighbours[node][visit.next]
          if neighbour.edge == visit.edge { continue }
          if order[neighbour.node] < 0 {
            path.append(neighbour.edge)
            (order[neighbour.node], reach[neighbour.node]) = (count, count)
            count += 1
            visits.append(Visit(node: neighbour.node, edge: neighbour.edge))
          } else if order[neighbour.node] < order[node] {
            path.append(neighbour.edge)
            reach[node] = min(reach[node], order[neighbour.node])
          }
          continue
        }
        visits.removeLast()
        guard let parent = visits.last?.node else { continue }
        reach[parent] = min(reach[parent], reach[node])
        guard reach[node] >= order[parent] else { continue }
        var block: [Int] = []
        while let edge = path.popLast() {
          block.append(edge)
          if edge == visit.edge { break }
        }
        blocks.append(block.sorted())
      }
    }
    return blocks
  }
}
