import EventModel
import Foundation
import JSONText
import StructuralBalanceAnalyzer
import TestSupport
import Testing
import Workbench

@Suite struct StructuralBalanceAnalyzerTests {
  private func analyzer(_ values: [(String, [String])]) throws -> any Analyzer {
    let making = PluginEntry(analyzer: StructuralBalanceAnalyzer.self).make(parameters(values))
    #expect(making.outcome.problems.isEmpty)
    guard case .analyzer(let analyzer)? = making.instance else { throw NotMade() }
    return analyzer
  }
  private func result(
    edges: String, with values: [(String, [String])] = [], warnings: Warnings = Warnings()
  ) async throws -> AnalysisResult {
    let analyzer = try analyzer([("edges", ["edges.csv"])] + values)
    #expect(analyzer.needs.events == nil && analyzer.needs.tables.isEmpty)
    return try await analyzer.analyze(
      AnalysisInput(events: EventTable(count: 0, columns: [:], direction: .undirected)),
      in: testContext(files: MemoryFiles(["edges.csv": edges]), warnings: warnings))
  }
  private func number(_ table: ResultTable, _ column: String, _ row: Int = 0) throws -> Double {
    try #require(table[column]?[row].number)
  }

  @Test func tribesAreAsPublished() async throws {
    guard let file = sharedData("signed/tribes.csv") else { return }
    let text = try String(contentsOf: file, encoding: .utf8)
    let making = PluginEntry(analyzer: StructuralBalanceAnalyzer.self)
    #expect(making.manifest.id == "structural-balance")
    let named = text.replacingOccurrences(of: "\"a\",\"b\",\"sign\"", with: "actor1,actor2,sign")
    let network = try #require(try await result(edges: named)["network"])
    #expect(
      try lines(
        network,
        [
          "period", "nodes", "edges", "negative", "triangles_balanced", "triangles_unbalanced", "frustration",
          "frustration_exact", "frustration_low",
        ]) == ["all,16,58,29,59,9,7,true,7"])
    #expect(abs(try number(network, "triangle_index") - 0.8676471) < 5e-8)
    #expect(abs(try number(network, "walk_index") - 0.3575761) < 5e-8)
    #expect(abs(try number(network, "balance") - 0.7586207) < 5e-8)
    #expect(abs(try number(network, "chance_mean") - 0.498) < 0.005)
  }

  @Test(arguments: [
    ("actor1,actor2,sign\nA,B,2\n", "'sign' must be 1 or -1, not '2'", 2, 5),
    ("actor1,actor2,sign\nA,B,1\nÄ,\"C,D\",0\n", "'sign' must be 1 or -1, not '0'", 3, 9),
    ("actor1,actor2,sign\nA,A,1\n", "'A' has a relationship with itself", 2, 3),
    ("actor1,actor2,sign\nA,B,1\nB,A,-1\n", "'B' and 'A' have another sign on line 2", 3, 5),
    ("actor1,actor2,sign\nA,,1\n", "the value of 'actor2' is missing", 2, 3),
    ("actor1,actor2,sign\n", "the file has no relationships", 1, 1),
    ("actor1,actor,sign\nA,B,1\n", "the file of relationships has no column 'actor2'", 1, 1),
    ("actor1,actor2,sign,sign\nA,B,1,1\n", "the column 'sign' stands here twice", 1, 20),
    ("actor1,actor2,sign,period\nA,B,1,\n", "the value of 'period' is missing", 2, 7),
  ]) func badEdgesAreRefusedAtTheirPlace(text: String, message: String, line: Int, column: Int) async throws {
    let problem = await #expect(throws: Diagnostic.self) { try await result(edges: text) }
    #expect(problem?.message == message)
    #expect(problem?.location?.line == line && problem?.location?.column == column, "\(message)")
    #expect(problem?.id == "structural-balance.bad-edges" && problem?.location?.file == "edges.csv")
  }

  @Test func aRelationshipSaidTwiceCountsOnce() async throws {
    let warnings = Warnings()
    let result = try await result(edges: "sign,actor2,actor1\n+,A,B\npositive,B,A\n-,C,A\n", warnings: warnings)
    #expect(try lines(#require(result["network"]), ["edges", "negative", "triangle_index"]) == ["2,1,"])
    #expect(warnings.all.map(\.id) == ["structural-balance.repeated-edges"] && warnings.all[0].severity == .note)
    #expect(result.findings.count == 2)
  }

  @Test func largeNetworksSayWhatIsLeftOut() async throws {
    let ring = (0..<120).map { "n\($0),n\(($0 + 1) % 120),\($0 == 0 ? -1 : 1)" }.joined(separator: "\n")
    let warnings = Warnings()
    let result = try await result(edges: "actor1,actor2,sign\n\(ring)\n", warnings: warnings)
    #expect(result["similarity"]?.count == 0 && warnings.all.map(\.id) == ["structural-balance.large-network"])
    #expect(try lines(#require(result["network"]), ["nodes", "frustration", "frustration_exact"]) == ["120,1,true"])
  }

  /// Tables as `relationship-shift` gives them: tones of three actors, and of a fourth with few events.
  private func scores(_ series: [[JSONValue]], _ dyads: [[JSONValue]]) -> NamedAnalysis {
    let columns = [
      ColumnSchema("actor1", .text, "first"), ColumnSchema("actor2", .text, "second"),
      ColumnSchema("tone", .real, "tone"), ColumnSchema("tone_se", .real, "error"),
      ColumnSchema("scored", .integer, "events"),
    ]
    var first = ResultTable.Builder(
      TableSchema("dyads", "A dyad.", keys: ["actor1", "actor2"], columns: columns))
    for row in dyads { first.append(row) }
    var second = ResultTable.Builder(
      TableSchema(
        "series", "A period.", keys: ["actor1", "actor2", "period"],
        columns: columns + [ColumnSchema("period", .date, "period")]))
    for row in series { second.append(row) }
    return NamedAnalysis(
      name: "shifts", plugin: "relationship-shift", result: AnalysisResult(tables: [first.finish(), second.finish()]))
  }

  @Test func tonesMakeTriadsOfProbability() async throws {
    let analyzer = try analyzer([("period", ["quarter"])])
    #expect(analyzer.needs.tables.map(\.table) == ["dyads", "series"])
    let given = scores(
      [
        ["A", "B", 4, 1, 30, "2021-01-01"], ["A", "B", 3, 1, 30, "2021-03-01"], ["A", "B", 2, 1, 31, "2021-06-01"],
        ["A", "C", -3, 1, 20, "2021-05-01"], ["B", "C", 3, 1, 20, "2021-05-01"],
      ],
      [
        ["A", "B", 2, 1, 31], ["A", "C", -3, 1, 20], ["B", "C", 3, 1, 20], ["C", "D", .null, .null, 0],
        ["A", "D", 1, 2, 3], ["B", "D", 0.5, 2, 2],
      ])
    let result = try await analyzer.analyze(
      AnalysisInput(events: EventTable(count: 0, columns: [:], direction: .undirected), analyses: [given]),
      in: testContext())
    let network = try #require(result["network"])
    #expect(
      try lines(network, ["period", "nodes", "edges", "negative", "triangles_unbalanced", "frustration"]) == [
        "2021-01-01,2,1,0,0,0", "2021-04-01,3,3,1,1,1", "latest,4,5,1,1,1",
      ])
    let triads = try #require(result["triads"])
    #expect(
      try lines(
        triads,
        [
          "period", "actor1", "actor2", "actor3", "sign_12", "sign_13", "sign_23", "verdict", "few_events",
          "least_evidence", "nearest",
          "nearest_drift", "distance_12", "drift_12",
        ]) == [
          "2021-04-01,A,B,C,1,-1,1,tense,false,A and B,A and B,towards,2,-1",
          "latest,A,B,C,1,-1,1,tense,false,A and B,A and B,towards,2,-1",
          "latest,A,B,D,1,1,1,undetermined,true,B and D,B and D,,2,-1",
        ])
    // Normal at 2 and 3: .977250 and .998650.
    let tension = (1 - (2 * 0.9772498680518208 - 1) * (1 - 2 * 0.9986501019683699) * (2 * 0.9986501019683699 - 1)) / 2
    #expect(abs(try number(triads, "tension") - tension) < 1e-9)
    // The cheapest contradiction is the sign of A and B.
    #expect(
      abs(try number(network, "frustration_evidence", 1) - log(0.9772498680518208 / 0.0227501319481792)) < 1e-8)
    #expect(result.findings.contains { $0.sentence.contains("A, B and C is out of balance on the last day covered") })
    #expect(result.findings.contains { $0.sentence.hasPrefix("The tones do not settle 1 of 2 triads") })
  }

  @Test func withoutTonesNothingIsClaimed() async throws {
    let warnings = Warnings()
    let result = try await analyzer([]).analyze(
      AnalysisInput(
        events: EventTable(count: 0, columns: [:], direction: .undirected),
        analyses: [scores([], [["A", "B", .null, .null, 0]])]),
      in: testContext(warnings: warnings))
    #expect(result.tables.allSatisfy { $0.count == 0 } && result.findings.count == 1)
    #expect(warnings.all.map(\.id) == ["structural-balance.no-scores"])
  }
}
