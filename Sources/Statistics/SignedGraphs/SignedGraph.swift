/// A network of nodes, numbered from 0, and of edges between them that are positive or negative.
public struct SignedGraph: Sendable, Hashable {
  /// A positive or negative edge, which has no direction.
  public struct Edge: Sendable, Hashable {
    /// The node with the lesser number.
    public let first: Int
    /// The node with the greater number.
    public let second: Int
    /// Whether it is negative: hostile.
    public let isNegative: Bool
    /// Makes an edge between two nodes, named in any order.
    public init(_ one: Int, _ other: Int, isNegative: Bool) {
      (first, second) = (min(one, other), max(one, other))
      self.isNegative = isNegative
    }
  }
  /// A node at the other end of an edge.
  struct Neighbour: Sendable, Hashable {
    var node: Int
    var edge: Int
  }
  /// How many nodes there are.
  public let nodeCount: Int
  /// The edges, in the order given.
  public let edges: [Edge]
  /// The neighbours of each node, by number.
  let neighbours: [[Neighbour]]

  /// Makes a network.
  /// - Returns: nil where an edge leads from a node to itself or to one that is not there, or joins two nodes joined
  /// before.
  public init?(nodeCount: Int, edges: [Edge]) {
    var neighbours = [[Neighbour]](repeating: [], count: max(0, nodeCount))
    for (index, edge) in edges.enumerated() {
      guard edge.first >= 0, edge.first < edge.second, edge.second < nodeCount else { return nil }
      neighbours[edge.first].append(Neighbour(node: edge.second, edge: index))
      neighbours[edge.second].append(Neighbour(node: edge.first, edge: index))
    }
    for node in neighbours.indices {
      neighbours[node].sort { $0.node < $1.node }
      guard zip(neighbours[node], neighbours[node].dropFirst()).allSatisfy({ $0.node != $1.node }) else { return nil }
    }
    self.nodeCount = neighbours.count
    self.edges = edges
    self.neighbours = neighbours
  }

  /// Numbers from 0 for the parts that no edge joins, by node; parts are numbered by their first nodes.
  /// - Complexity: linear in nodes and edges.
  public var components: [Int] {
    var component = [Int](repeating: -1, count: nodeCount)
    var count = 0
    for root in 0..<nodeCount where component[root] < 0 {
      component[root] = count
      var waiting = [root]
      while let node = waiting.popLast() {
        for next in neighbours[node] where component[next.node] < 0 {
          component[next.node] = count
          waiting.append(next.node)
        }
      }
      count += 1
    }
    return component
  }
}
