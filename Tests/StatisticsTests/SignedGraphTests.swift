import DelimitedText
import Foundation
import TestSupport
import Testing
import Workbench

@testable import Statistics

@Suite struct SignedGraphTests {
  /// The tribes of the New Guinea highlands (Read 1954), by the names in the file.
  private func tribes() throws -> SignedGraph? {
    guard let file = sharedData("signed/tribes.csv") else { return nil }
    let table = try DelimitedTable(try String(contentsOf: file, encoding: .utf8), name: "tribes.csv")
    let names = Set(table.records.flatMap { [$0[0] ?? "", $0[1] ?? ""] }).sorted()
    let edges = table.records.map { record in
      SignedGraph.Edge(
        names.firstIndex(of: record[0] ?? "") ?? 0, names.firstIndex(of: record[1] ?? "") ?? 0,
        isNegative: record[2] == "-1")
    }
    let graph: SignedGraph = try #require(SignedGraph(nodeCount: names.count, edges: edges))
    return graph
  }

  /// A network of which each edge is there with a chance, and negative as often as not.
  private func randomGraph(_ nodes: Int, percent: Int, seed: Int) throws -> SignedGraph {
    var random = SeededGenerator(seed: UInt64(seed))
    var edges: [SignedGraph.Edge] = []
    for one in 0..<nodes {
      for other in (one + 1)..<nodes where Int.random(in: 0..<100, using: &random) < percent {
        edges.append(SignedGraph.Edge(other, one, isNegative: Bool.random(using: &random)))
      }
    }
    return try #require(SignedGraph(nodeCount: nodes, edges: edges))
  }

  /// The weight of the edges that a division of the nodes frustrates.
  private func weight(_ graph: SignedGraph, _ camps: [Int], _ weights: [Double]?) -> Double {
    zip(graph.edges, graph.edges.indices).reduce(0) { sum, item in
      let (edge, index) = item
      return (camps[edge.first] != camps[edge.second]) != edge.isNegative ? sum + (weights?[index] ?? 1) : sum
    }
  }

  @Test func tribesAreAsPublished() throws {
    guard let graph = try tribes() else { return }
    #expect(graph.nodeCount == 16 && graph.edges.count == 58 && graph.edges.count { $0.isNegative } == 29)
    let triangles = graph.triangles
    #expect(
      graph.counts(of: triangles) == TriangleCounts(withoutNegative: 19, withOne: 2, withTwo: 40, withThree: 7))
    #expect(abs((graph.counts(of: triangles).index ?? 0) - 0.8676471) < 5e-8)
    #expect(abs((graph.counts(of: triangles).weakIndex ?? 0) - 66.0 / 68) < 1e-12)
    #expect(abs((graph.walkIndex ?? 0) - 0.3575761) < 5e-8)
    let frustration = graph.frustration()
    #expect(frustration.weight == 7 && frustration.isExact && frustration.lowerBound == 7)
    #expect(frustration.edges.count == 7 && weight(graph, frustration.camps, nil) == 7)
    #expect(abs(1 - 2 * frustration.weight / 58 - 0.7586207) < 5e-8)
  }

  @Test(arguments: 1...3) func tribesAreMoreBalancedThanChance(seed: Int) throws {
    guard let graph = try tribes() else { return }
    let chance = try #require(graph.signPermutations(of: graph.triangles, seed: UInt64(seed)))
    #expect(abs(chance.mean - 0.498) < 0.005)
    // Sixty-eighths: .368 is 25, .382 is 26, .618 is 42 of them.
    #expect(abs(chance.low - 0.375) < 0.012 && abs(chance.high - 0.618) < 0.012)
    #expect(chance.atLeast == 1.0 / 2001 && chance.atMost == 1 && chance.draws == 2_000)
  }

  @Test func chanceKnowsTheMeanOfOneTriangle() throws {
    // Of three edges one is negative, wherever it lies: the triangle is never balanced.
    let one = try #require(
      SignedGraph(nodeCount: 3, edges: [(0, 1), (1, 2), (0, 2)].map { .init($0.0, $0.1, isNegative: $0 == (0, 1)) }))
    let chance = try #require(one.signPermutations(of: one.triangles, draws: 100, seed: 1))
    #expect(chance.mean == 0 && chance.atLeast == 1 && chance.atMost == 1)
    #expect(one.signPermutations(of: [], seed: 1) == nil)
  }

  @Test(arguments: 0..<60) func frustrationIsTheLeastOfAllDivisions(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 77)
    let nodes = 3 + seed % 10
    let graph = try randomGraph(nodes, percent: Int.random(in: 20...100, using: &random), seed: seed)
    let drawn = graph.edges.map { _ in Double(Int.random(in: 0...999, using: &random)) / 100 }
    for weights in [nil, drawn] {
      let least = (0..<(1 << (nodes - 1))).reduce(Double.infinity) { least, division in
        min(least, weight(graph, (0..<nodes).map { division >> $0 & 1 }, weights))
      }
      let exact = graph.frustration(weights: weights)
      #expect(exact.isExact && abs(exact.weight - least) < 1e-6)
      #expect(abs(weight(graph, exact.camps, weights) - least) < 1e-6)
      // As a large network would be treated: bounds on both sides.
      let bounded = graph.frustration(weights: weights, exactNodes: 2, seed: 3)
      #expect(bounded.lowerBound <= least + 1e-6 && bounded.weight >= least - 1e-6)
      #expect(!bounded.isExact || abs(bounded.weight - least) < 1e-6)
    }
  }

  @Test(arguments: [10, 50, 100], [false, true]) func thirtyNodesAreExactInTime(percent: Int, isWeighted: Bool) throws {
    for seed in 0..<5 {
      let graph = try randomGraph(30, percent: percent, seed: seed)
      let weights = isWeighted ? graph.edges.indices.map { Double($0 * 7919 % 1000) / 100 } : nil
      let time = ContinuousClock().measure {
        let found = graph.frustration(weights: weights)
        #expect(found.isExact && abs(weight(graph, found.camps, weights) - found.weight) < 1e-6)
      }
      // Milliseconds, but for tests without optimization on busy machines.
      #expect(time < .seconds(10), "\(percent) \(seed)")
    }
  }

  @Test func largeNetworksAreBoundedOnBothSides() throws {
    let graph = try randomGraph(64, percent: 60, seed: 4)
    let found = graph.frustration()
    #expect(!found.isExact && found.lowerBound > 100 && found.lowerBound < found.weight)
    #expect(weight(graph, found.camps, nil) == found.weight)
    #expect(graph.frustration() == found)
    #expect(found.weight < Double(graph.edges.count) / 2)
  }

  @Test func blocksShareNoCycle() throws {
    // Two triangles that share node 2, a bridge to node 5, and node 6 alone.
    let pairs = [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (2, 4), (4, 5)]
    let graph = try #require(SignedGraph(nodeCount: 7, edges: pairs.map { .init($0.0, $0.1, isNegative: true) }))
    #expect(Set(graph.blocks) == [[0, 1, 2], [3, 4, 5], [6]])
    let found = graph.frustration()
    #expect(found.weight == 2 && found.isExact && found.camps[0] == 0 && found.camps[6] == 0)
    #expect(graph.components == [0, 0, 0, 0, 0, 0, 1])
  }

  @Test func twoCampsAreBalanced() throws {
    var edges: [SignedGraph.Edge] = []
    for one in 0..<40 {
      for other in (one + 1)..<40 { edges.append(.init(one, other, isNegative: one < 15 && other >= 15)) }
    }
    let graph = try #require(SignedGraph(nodeCount: 40, edges: edges))
    let found = graph.frustration()
    #expect(found.weight == 0 && found.isExact && found.camps == (0..<40).map { $0 < 15 ? 0 : 1 })
    #expect(abs((graph.walkIndex ?? 0) - 1) < 1e-9)
    #expect(graph.counts(of: graph.triangles).unbalanced == 0)
  }

  @Test func eigenvaluesOfKnownMatrices() throws {
    #expect(symmetricEigenvalues([], order: 0) == [])
    #expect(symmetricEigenvalues([3], order: 1) == [3])
    #expect(symmetricEigenvalues([.nan], order: 1) == nil)
    // A path of n nodes has 2 cos(k pi / (n + 1)).
    for order in [2, 3, 7, 40] {
      var path = [Double](repeating: 0, count: order * order)
      for node in 1..<order { (path[node * order + node - 1], path[(node - 1) * order + node]) = (1, 1) }
      let found = try #require(symmetricEigenvalues(path, order: order))
      for (index, value) in found.enumerated() {
        #expect(abs(value - 2 * cos(Double(order - index) * .pi / Double(order + 1))) < 1e-12)
      }
    }
    // Sums of powers are traces, whatever the matrix.
    var random = SeededGenerator(seed: 5)
    let order = 25
    var matrix = [Double](repeating: 0, count: order * order)
    for row in 0..<order {
      for column in 0...row {
        let value = Double.random(in: -3...3, using: &random)
        (matrix[row * order + column], matrix[column * order + row]) = (value, value)
      }
    }
    let found = try #require(symmetricEigenvalues(matrix, order: order))
    let trace = (0..<order).reduce(0) { $0 + matrix[$1 * order + $1] }
    #expect(abs(found.reduce(0, +) - trace) < 1e-10)
    #expect(abs(found.reduce(0) { $0 + $1 * $1 } - matrix.reduce(0) { $0 + $1 * $1 }) < 1e-9)
  }

  @Test func brokenNetworksAreRefused() {
    #expect(SignedGraph(nodeCount: 2, edges: [.init(1, 1, isNegative: false)]) == nil)
    #expect(SignedGraph(nodeCount: 2, edges: [.init(0, 2, isNegative: false)]) == nil)
    #expect(SignedGraph(nodeCount: 2, edges: [.init(0, 1, isNegative: false), .init(1, 0, isNegative: true)]) == nil)
    #expect(SignedGraph(nodeCount: 0, edges: [])?.walkIndex == nil)
    #expect(SignedGraph(nodeCount: 0, edges: [])?.frustration().weight == 0)
  }

  @Test func triadsByProbability() throws {
    let certain = try #require(TriadBalance(1, 0, 0))
    #expect(certain.balanced == 1 && certain.tension == 0 && certain.cheapest == nil && certain.verdict == .balanced)
    let unclear = try #require(TriadBalance(0.9, 0.5, 0.1))
    #expect(unclear.balanced == 0.5 && unclear.verdict == .undetermined && unclear.cheapest == 1)
    // .9 .9 .1: an odd number is negative in .9 .9 .9 + .1 .1 .9 + .1 .9 .1 + .9 .1 .1 of the cases.
    let tense = try #require(TriadBalance(0.9, 0.9, 0.1))
    #expect(abs(tense.tension - 0.756) < 1e-12 && tense.verdict == .undetermined)
    #expect(TriadBalance(0.99, 0.98, 0.05)?.verdict == .tense)
    #expect(abs(tense.costs[2] - 2.1972245773362196) < 1e-12)
    #expect(TriadBalance(0.5, 1.1, 0) == nil)
    #expect(abs((signProbability(score: 1.959963984540054, standardError: 1) ?? 0) - 0.975) < 1e-12)
    #expect(signProbability(score: 1, standardError: 0) == nil)
  }

  @Test func portfoliosAsPublished() throws {
    let (a, b) = ([1, 1, 0, -1, 0, 1], [1, 0, 0, -1, -1, 1])
    #expect(abs((cohenKappa(a, b) ?? 0) - 0.5) < 1e-12)
    #expect(abs((cohenKappa(a, b, weight: .linear) ?? 0) - 0.625) < 1e-12)
    #expect(abs((cohenKappa(a, b, weight: .quadratic) ?? 0) - 0.75) < 1e-12)
    #expect(abs((portfolioSimilarity(a, b) ?? 0) - 2.0 / 3) < 1e-12)
    #expect(cohenKappa([1, 1], [1, 1]) == nil && portfolioSimilarity([1, 1], [1, 1]) == 1)
    #expect(cohenKappa([], []) == nil && cohenKappa([2], [1]) == nil && portfolioSimilarity([1], []) == nil)
  }
}
