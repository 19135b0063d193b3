import EventModel
import Foundation
import JSONText
import StructuralBalanceAnalyzer
import TestSupport
import Testing
import Workbench

@Suite struct StructuralBalanceAnalyzerTests {
  private func analyzer(_ values: [(String, [String])]) throws -> any AnalyzerInstance {
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
    #expect(
      result.findings.map(\.sentence) == [
        "No three of 3 actors in the network are all related to one another: there is no triad to judge."
      ])
  }

  @Test func largeNetworksSayWhatIsLeftOut() async throws {
    let ring = (0..<120).map { "n\($0),n\(($0 + 1) % 120),\($0 == 0 ? -1 : 1)" }.joined(separator: "\n")
    let warnings = Warnings()
    let result = try await result(edges: "actor1,actor2,sign\n\(ring)\n", warnings: warnings)
    #expect(result["similarity"]?.count == 0 && warnings.all.map(\.id) == ["structural-balance.large-network"])
    #expect(try lines(#require(result["network"]), ["nodes", "frustration", "frustration_exact"]) == ["120,1,true"])
  }

  @Test func aNetworkThatBecomesAnotherIsDated() async throws {
    // Four actors, all friends for fifteen periods; then two of them are enemies: two of four triangles out of balance.
    let pairs = ["A,B", "A,C", "A,D", "B,C", "B,D", "C,D"]
    let rows = (1...30).flatMap { period in
      pairs.map { "\(period < 10 ? "0" : "")\(period),\($0),\(period > 15 && $0 == "A,B" ? -1 : 1)" }
    }
    let text = (["period,actor1,actor2,sign"] + rows).joined(separator: "\n") + "\n"
    let result = try await result(edges: text, with: [("permutations", ["100"])])
    #expect(
      try lines(#require(result["changes"]), ["measure", "period", "period_low", "period_high", "after"]) == [
        "frustration_share,16,16,16,0.1666666667", "mean_tension,16,16,16,0.5", "triangle_index,16,16,16,0.5",
      ])
    #expect(result.findings.contains { $0.sentence.hasPrefix("From 16 on (95 % set 16), the share of balanced tri") })
    let half = text.split(separator: "\n").prefix(1 + 23 * 6).joined(separator: "\n") + "\n"
    let fewer = try await self.result(edges: half, with: [("permutations", ["100"])])
    #expect(fewer["changes"]?.count == 0)
    #expect(fewer.findings.contains { $0.sentence.hasPrefix("The networks of 23 periods are described;") })
  }

  @Test func aFewTrianglesProveNothing() async throws {
    let result = try await result(edges: "actor1,actor2,sign\nA,B,1\nA,C,-1\nB,C,-1\nA,D,1\nB,D,1\n")
    #expect(
      result.findings.map(\.sentence) == [
        "Of 2 triangles in the network, 2 are balanced; so few cannot show more or less than chance.",
        "All of 5 relationships in the network fit into two camps with friends inside and enemies between.",
      ])
  }

  /// Tables as `relationship-shift` gives them, with the columns that are read.
  private func scores(
    _ series: [[JSONValue]], _ dyads: [[JSONValue]], shifts: [[JSONValue]] = []
  ) -> NamedAnalysis {
    let pair = [ColumnSchema("actor1", .text, "first"), ColumnSchema("actor2", .text, "second")]
    let tone = [
      ColumnSchema("tone", .real, "tone"), ColumnSchema("tone_se", .real, "error"),
      ColumnSchema("scored", .integer, "events"),
    ]
    func table(_ name: String, _ keys: [String], _ columns: [ColumnSchema], _ rows: [[JSONValue]]) -> ResultTable {
      var table = ResultTable.Builder(
        TableSchema(name, "A row.", keys: ["actor1", "actor2"] + keys, columns: pair + columns))
      for row in rows { table.append(row) }
      return table.finish()
    }
    let counts = [
      ColumnSchema("period", .date, "period"), ColumnSchema("conflict", .integer, "conflict"),
      ColumnSchema("cooperation", .integer, "cooperation"), ColumnSchema("exposure", .real, "exposure"),
    ]
    let dates = ["date", "date_low", "date_high"].map { ColumnSchema($0, .date, "day") }
    return NamedAnalysis(
      name: "shifts", plugin: "relationship-shift",
      result: AnalysisResult(tables: [
        table("dyads", [], tone + [ColumnSchema("activity", .real, "incidents")], dyads),
        table("series", ["period"], tone + counts, series),
        table("shifts", ["date"], dates + [ColumnSchema("label", .text, "kind")], shifts),
      ]))
  }
  private func result(of given: NamedAnalysis) async throws -> AnalysisResult {
    try await analyzer([("period", ["quarter"])]).analyze(
      AnalysisInput(events: EventTable(count: 0, columns: [:], direction: .undirected), analyses: [given]),
      in: testContext())
  }

  @Test func aShiftIsSeenWithThirdParties() async throws {
    let quarters = ["2021-01-01", "2021-04-01", "2021-07-01"]
    func series(_ one: String, _ other: String, _ tones: [Double]) -> [[JSONValue]] {
      zip(quarters, tones).map { [.string(one), .string(other), .number($1), 1, 30, .string($0), 4, 4, 1] }
    }
    let result = try await result(
      of: scores(
        series("A", "B", [4, 1, -4]) + series("A", "C", [4, 4, 4]) + series("B", "C", [4, 4, 4]), [],
        shifts: [["A", "B", "2021-04-19", "2021-04-05", "2021-05-30", "rupture"]]))
    #expect(
      try lines(
        #require(result["third-parties"]),
        [
          "actor1", "actor2", "date", "third", "label", "before", "after", "sign_before", "sign_after", "sign_1",
          "sign_2",
          "contradicts", "verdict_before", "verdict_after",
        ]) == ["A,B,2021-04-19,C,rupture,2021-01-01,2021-07-01,1,-1,1,1,true,balanced,tense"])
    let sentence =
      "The shift of A and B from 2021-04-19 on (rupture): of their 1 triad settled both at the end of 2021-Q1 and of 2021-Q3, "
      + "1 fell out of balance (with C)."
    #expect(result.findings.contains { $0.sentence == sentence })
  }

  @Test func tonesMakeTriadsOfProbability() async throws {
    #expect(try analyzer([]).needs.tables.map(\.table) == ["dyads", "series", "shifts"])
    let result = try await result(
      of: scores(
        [
          ["A", "B", 4, 1, 30, "2021-01-01", 1, 1, 1], ["A", "B", 3, 1, 30, "2021-03-01", 0, 0, 1],
          ["A", "B", 2, 1, 31, "2021-06-01", 2, 4, 2], ["A", "C", -3, 1, 20, "2021-05-01", 9, 0, 1],
          ["B", "C", 3, 1, 20, "2021-05-01", 0, 1, 1],
        ],
        [
          ["A", "B", 2, 1, 31, 8], ["A", "C", -3, 1, 20, 1], ["B", "C", 3, 1, 20, 1], ["C", "D", .null, .null, 0, 0],
          ["A", "D", 1, 2, 3, .null], ["B", "D", 0.5, 2, 2, 1],
        ]))
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
          "nearest_drift", "distance_12", "drift_12", "importance",
        ]) == [
          "2021-04-01,A,B,C,1,-1,1,tense,false,A and B,A and B,towards,2,-1,3",
          "latest,A,B,C,1,-1,1,tense,false,A and B,A and B,towards,2,-1,2",
          "latest,A,B,D,1,1,1,undetermined,true,B and D,B and D,,2,-1,",
        ])
    // Normal at 2 and 3: .977250 and .998650.
    let tension = (1 - (2 * 0.9772498680518208 - 1) * (1 - 2 * 0.9986501019683699) * (2 * 0.9986501019683699 - 1)) / 2
    #expect(abs(try number(triads, "tension") - tension) < 1e-9)
    // The cheapest contradiction is the sign of A and B.
    #expect(
      abs(try number(network, "frustration_evidence", 1) - log(0.9772498680518208 / 0.0227501319481792)) < 1e-8)
    #expect(result.findings.contains { $0.sentence.contains("A, B and C is out of balance on the last day covered") })
    #expect(abs(try number(triads, "weighted_tension") - 3 * tension) < 1e-8)
    #expect(
      try lines(#require(result["relationships"]), ["period", "actor1", "actor2", "sign", "events", "triads", "tense"])
        == [
          "2021-01-01,A,B,1,30,0,0", "2021-04-01,A,B,1,31,1,1", "2021-04-01,A,C,-1,20,1,1", "2021-04-01,B,C,1,20,1,1",
          "latest,A,B,1,31,2,1", "latest,A,C,-1,20,1,1", "latest,A,D,1,3,1,0", "latest,B,C,1,20,1,1",
          "latest,B,D,1,2,1,0",
        ])
    let sentences = result.findings.map(\.sentence)
    #expect(
      sentences.first
        == "5 relationships of 4 actors have a tone on the last day covered, 1 of them below 0; the sign of 2 "
        + "is not sure, for the 95 % interval of the tone holds 0 (2 rest on fewer than 5 events).")
    #expect(sentences.contains { $0.hasPrefix("Undetermined on the last day covered: 1 of 2 triads (A, B and D, ") })
  }

  @Test func withoutTonesNothingIsClaimed() async throws {
    let warnings = Warnings()
    let result = try await analyzer([]).analyze(
      AnalysisInput(
        events: EventTable(count: 0, columns: [:], direction: .undirected),
        analyses: [scores([], [["A", "B", .null, .null, 0, 0]])]),
      in: testContext(warnings: warnings))
    #expect(result.tables.allSatisfy { $0.count == 0 } && result.findings.count == 1)
    #expect(warnings.all.map(\.id) == ["structural-balance.no-scores"])
  }
}
