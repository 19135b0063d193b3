import ConflictIndexAnalyzer
import EventModel
import JSONText
import TestSupport
import Testing
import Workbench

@Suite struct ConflictIndexAnalyzerTests {
  private func analyze(
    _ units: [String?], with values: [(String, [String])] = [("unit", ["admin1"])],
    kinds: [String: ActorKind] = [:], ontology: String? = "cameo", _ change: (Int, inout Event) -> Void = { _, _ in }
  ) async throws -> AnalysisResult {
    let list = try units.enumerated().map { index, unit in
      try event("\(index)", "2021-06-01") {
        $0.admin1 = unit
        $0.fatalities = Fatalities(best: 1)
        change(index, &$0)
      }
    }
    let table = try events(
      list, .all.subtracting(.record), covers: [("a", "2021-01-01", "2021-12-31")], ontology: ontology)
    return try await analysis(ConflictIndexAnalyzer.self, of: table.knowing(kinds), with: values)
  }
  private let five: [String?] = ["A", "A", "A", "B", "B", "C", "C", "D", "E", nil]

  @Test func ranksAreSharesOfTheOthersWithTiesByHalf() async throws {
    let result = try await analyze(five)
    let rows = try lines(
      try #require(result["index"]), ["unit", "fatalities_best", "deadliness_rank", "indicators", "rank"])
    #expect(rows == ["A,3,1,1,1", "B,2,0.625,1,2", "C,2,0.625,1,2", "D,1,0.125,1,4", "E,1,0.125,1,4"])
    #expect(
      result.findings.map(\.sentence) == [
        "Of 5 divisions, A has the highest index from 2021-01-01 to 2021-12-31: 1, its mean rank in 1 indicator (fatalities best 3)."
      ])
  }

  @Test func theFourIndicatorsAreCounted() async throws {
    let kinds: [String: ActorKind] = ["A": .armed, "B": .civilians, "S": .state, "G": .armed]
    let units = (0..<60).map { $0 < 56 ? "North" : ["East", "South", "West", "Centre"][$0 - 56] as String? }
    let result = try await analyze(units, kinds: kinds) { index, event in
      // Five cells of .1 degrees, the first with sixteen incidents.
      (event.latitude, event.longitude) = (30.05 + 0.1 * Double(index < 16 ? 0 : index % 5), 70.05)
      event.geoPrecision = index == 17 ? 2 : 1
      (event.actor1, event.actor2) = index < 3 ? ("A", "B") : index < 10 ? ("G", "S") : ("S", "A")
    }
    let rows = try lines(
      try #require(result["index"]),
      ["unit", "incidents", "targeting_civilians", "cells", "cells_of_10", "armed_groups", "indicators"])
    // Of the forty from 16 to 55 eight lie in each cell; one of those is not placed exactly.
    #expect(rows.contains("North,56,3,5,1,2,3"), "\(rows)")
  }

  @Test func oneSidedViolenceTargetsCivilians() async throws {
    let result = try await analyze(five, ontology: "ucdp") { index, event in
      event.eventClass = index < 2 ? "one-sided" : "state-based"
    }
    #expect(try lines(try #require(result["index"]), ["targeting_civilians"]) == ["2", "0", "0", "0", "0"])
  }

  @Test func whatLiesBeforeTheWindowIsCalmNotAbsent() async throws {
    let late = try #require(Day("2021-11-01"))
    let result = try await analyze(five, with: [("unit", ["admin1"]), ("days", ["100"])]) { index, event in
      if index > 2 { (event.firstDay, event.lastDay) = (late, late) }
    }
    let rows = try lines(try #require(result["index"]), ["unit", "incidents", "fatalities_best"])
    #expect(rows.first == "A,0,0")
  }

  @Test func poorDataSayWhatIsMissing() async throws {
    let few = try await analyze(["A", "B"])
    let notes = try lines(try #require(few["index"]), ["rank", "note"])
    #expect(
      notes.count == 2 && notes.allSatisfy { $0.hasPrefix(",") && $0.hasSuffix("no ranks: fewer than 5 divisions") })
    let none = try await analyze([nil, nil], with: [("unit", ["country"])])
    #expect(none["index"]?.count == 1 && none.findings.count == 1)
  }
}
