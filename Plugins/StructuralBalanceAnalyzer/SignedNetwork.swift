import EventModel
import Statistics
import Workbench

/// How two actors stand in a period: friends or enemies, and how sure that is where it was estimated.
struct Relationship: Sendable {
  /// What is known of an estimated relationship.
  struct Score: Sendable {
    /// The probability that it is positive.
    var probability: Double
    /// The tone, in points.
    var tone: Double
    /// How the tone changed since the period before; nil where it had none.
    var drift: Double?
    /// How many events the tone is made of.
    var events: Int
    /// Incidents in an average period of the analysis it was read from.
    var activity: Double?
    /// Fewer events than a class of relationship needs.
    var isThin: Bool { events < 5 }
    /// Whether the 95 % interval of the tone holds 0.
    var isUnsure: Bool { probability > 0.025 && probability < 0.975 }
  }
  var actor1: String
  var actor2: String
  var isNegative: Bool
  var score: Score?
}

/// The relationships of one period as a graph.
struct SignedNetwork: Sendable {
  /// The period, as tables show it.
  let period: String
  /// The period of the calendar at whose end it is looked at; nil for a file's own, and for the last day covered.
  let calendarPeriod: Period?
  /// The actors, by the bytes of their names; their places are the nodes of the graph.
  let actors: [String]
  let graph: SignedGraph
  /// The scores of the edges of the graph, in their order.
  let scores: [Relationship.Score?]
  /// The number of the edge between two nodes, the lesser first.
  private let edgeNumbers: [Ends: Int]
  private struct Ends: Hashable {
    var first: Int
    var second: Int
  }

  /// Makes a network; nil where two actors have two relationships, or one has one with itself.
  init?(period: String, of calendarPeriod: Period? = nil, _ relationships: [Relationship]) {
    self.period = period
    self.calendarPeriod = calendarPeriod
    actors = Set(relationships.flatMap { [$0.actor1, $0.actor2] })
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let nodes = Dictionary(uniqueKeysWithValues: zip(actors, actors.indices))
    let edges = relationships.map { relationship in
      SignedGraph.Edge(
        nodes[relationship.actor1] ?? 0, nodes[relationship.actor2] ?? 0, isNegative: relationship.isNegative)
    }
    guard let graph = SignedGraph(nodeCount: actors.count, edges: edges) else { return nil }
    self.graph = graph
    scores = relationships.map(\.score)
    edgeNumbers = Dictionary(
      uniqueKeysWithValues: graph.edges.enumerated().map { (Ends(first: $1.first, second: $1.second), $0) })
  }

  /// The number of the edge between two actors; nil where they have no relationship.
  func edge(between one: String, and other: String) -> Int? {
    guard let first = actors.firstIndex(of: one), let second = actors.firstIndex(of: other) else { return nil }
    return edgeNumbers[Ends(first: min(first, second), second: max(first, second))]
  }
  /// The sign of an edge, 1 or -1.
  func sign(of edge: Int) -> Int { graph.edges[edge].isNegative ? -1 : 1 }
  /// The two actors of an edge.
  func actors(of edge: Int) -> [String] { [graph.edges[edge].first, graph.edges[edge].second].map { actors[$0] } }
  /// How likely three relationships of three actors are in balance; certain where their signs are.
  func triad(_ edges: [Int]) -> TriadBalance? {
    let chances = edges.map { edge in scores[edge]?.probability ?? (graph.edges[edge].isNegative ? 0 : 1) }
    return TriadBalance(chances[0], chances[1], chances[2])
  }
}

/// What can be said of the network of a period.
struct NetworkBalance: Sendable {
  let network: SignedNetwork
  let triangles: [Triangle]
  let counts: TriangleCounts
  let chance: SignPermutations?
  let walkIndex: Double?
  let frustration: Frustration
  /// The least evidence against two camps, where the signs were estimated.
  let contraryEvidence: Frustration?

  init(_ network: SignedNetwork, draws: Int, in context: RunContext) throws(Diagnostic) {
    try context.checkCancellation()
    self.network = network
    let graph = network.graph
    if graph.nodeCount > Self.mostSimilar {
      let isLarge = graph.nodeCount > Self.mostWalked
      context.warn(
        .warning(
          .largeNetwork,
          "the network of '\(network.period)' has \(graph.nodeCount) actors: no similarity"
            + (isLarge ? " and no walk index" : "") + " was computed",
          hint: "choose fewer actors, or a longer half-life"))
    }
    triangles = graph.triangles
    counts = graph.counts(of: triangles)
    var random = context.randomNumbers(for: network.period)
    let seed = random.next()
    chance = graph.signPermutations(of: triangles, draws: draws, seed: seed)
    try context.checkCancellation()
    walkIndex = graph.nodeCount <= Self.mostWalked ? graph.walkIndex : nil
    try context.checkCancellation()
    frustration = graph.frustration(seed: seed)
    let evidence = network.scores.compactMap { $0.map { Self.evidence($0.probability) } }
    contraryEvidence =
      evidence.count == graph.edges.count && !evidence.isEmpty ? graph.frustration(weights: evidence, seed: seed) : nil
  }
  /// The evidence of a sign, of which a thousand million to one is certain enough.
  private static func evidence(_ probability: Double) -> Double { signEvidence(min(max(probability, 1e-9), 1 - 1e-9)) }
  /// Networks of more actors have no walk index, or no similarity.
  static var mostWalked: Int { 1_000 }
  static var mostSimilar: Int { 100 }

  /// The share of relationships that fit into two camps, less the share of those that do not.
  var balance: Double? {
    let edges = network.graph.edges.count
    return edges > 0 ? 1 - 2 * frustration.weight / Double(edges) : nil
  }
  /// How likely a triangle is balanced.
  func triad(_ triangle: Triangle) -> TriadBalance? { network.triad(triangle.edges) }
  /// The mean probability of a triad to be out of balance; nil where there is none.
  var meanTension: Double? {
    let tensions = triangles.compactMap { triad($0)?.tension }
    return tensions.isEmpty ? nil : tensions.reduce(0, +) / Double(tensions.count)
  }
  /// Whether there is any cycle: without one two camps are always found.
  var hasCycle: Bool {
    let graph = network.graph
    return graph.edges.count > graph.nodeCount - Set(graph.components).count
  }
  /// Edges whose sign the data leave open.
  var unsure: Int { network.scores.count { $0?.isUnsure ?? false } }
  /// Edges that rest on few events.
  var thin: Int { network.scores.count { $0?.isThin ?? false } }
}

extension Triangle {
  /// The actors, by their nodes.
  var nodes: [Int] { [first, second, third] }
  /// The edges between first and second, first and third, second and third.
  var edges: [Int] { [edge12, edge13, edge23] }
}
