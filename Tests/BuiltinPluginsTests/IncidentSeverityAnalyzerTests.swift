import EventModel
import Foundation
import IncidentSeverityAnalyzer
import JSONText
import TestSupport
import Testing
import UCDPSource
import Workbench

@Suite struct IncidentSeverityAnalyzerTests {
  private func analyze(
    _ fatalities: [Int32?], with values: [(String, [String])] = [], workers: Int = 2,
    _ change: (Int, inout Event) -> Void = { _, _ in }
  ) async throws -> AnalysisResult {
    let list = try fatalities.enumerated().map { index, number in
      try event("\(index)", "2021-01-01") {
        $0.fatalities = Fatalities(best: number)
        change(index, &$0)
      }
    }
    return try await analysis(
      IncidentSeverityAnalyzer.self, of: try events(list, .all.subtracting(.record)), with: values, workers: workers)
  }
  /// Numbers whose chance falls with the square of what they are at least: Pareto's law, rounded up.
  private func heavy(_ count: Int) -> [Int32] {
    (0..<count).map { Int32((Double(count) / (Double($0) + 0.5)).squareRoot().rounded(.up)) }
  }

  @Test func aPowerLawIsNotRuledOutAndItsExponentIsFound() async throws {
    let result = try await analyze(heavy(600), with: [("draws", ["200"])])
    let row = try lines(try #require(result["severity"]), ["estimate", "fatal", "largest", "exponent", "p"])
      .first { $0.hasPrefix("best") }
    let fields = try #require(row).split(separator: ",")
    // Shares that fall with the square have an exponent of 3.
    let (exponent, p) = (try #require(Double(fields[3])), try #require(Double(fields[4])))
    #expect(abs(exponent - 3) < 0.4 && p > 0.1, "\(exponent) \(p)")
    #expect(result.findings.contains { $0.sentence.contains("a power law is not ruled out") })
  }

  @Test func evenNumbersAreNoPowerLaw() async throws {
    let result = try await analyze((0..<600).map { Int32($0 % 40 + 1) }, with: [("draws", ["200"])])
    let table = try #require(result["severity"])
    let p = try lines(table, ["estimate", "p"]).first { $0.hasPrefix("best") }?.split(separator: ",").last
    #expect(try #require(p.flatMap { Double($0) }) < 0.05)
    #expect(result.findings.contains { $0.sentence.contains("a power law is ruled out") })
  }

  @Test(arguments: [1, 3]) func resultsDoNotDependOnTheNumberOfWorkers(workers: Int) async throws {
    let one = try await analyze(heavy(200), with: [("draws", ["100"])], workers: 1)
    let other = try await analyze(heavy(200), with: [("draws", ["100"])], workers: workers)
    let columns = ["estimate", "minimum", "exponent", "distance", "p", "vuong_p"]
    #expect(
      try lines(try #require(one["severity"]), columns) == lines(try #require(other["severity"]), columns))
  }

  @Test func groupsHaveRowsAndPoorOnesSayWhy() async throws {
    let result = try await analyze([1, 2, 0, nil], with: [("by", ["admin1", "country"])]) { index, event in
      event.admin1 = index < 2 ? "North" : "South"
    }
    let rows = try lines(
      try #require(result["severity"]), ["by", "group", "estimate", "events", "missing", "fatal", "note"])
    #expect(rows.contains("admin1,North,best,2,0,2,fewer than 50 fatal events"))
    #expect(rows.contains("all,all,best,4,1,2,fewer than 50 fatal events"))
    #expect(rows.contains("all,all,low,4,4,0,no event has this estimate"))
    // Without a fatal event a group has no row.
    #expect(!rows.contains { $0.hasPrefix("admin1,South") || $0.hasPrefix("country") })
  }

  @Test func sharesFallFromOneToTheDeadliest() async throws {
    let result = try await analyze([1, 1, 2, 5, 0])
    let table = try #require(result["exceedance"])
    #expect(try lines(table, ["fatalities", "events", "share"]) == ["1,4,1", "2,2,0.5", "5,1,0.25"])
    #expect(result.findings.first?.sentence == "The deadliest of 4 fatal events has 5 fatalities by the best estimate.")
    #expect(result.findings.first?.events == ["3"])
  }

  @Test func eventsWithoutFatalitiesAreSaidPlainly() async throws {
    let warnings = Warnings()
    let table = try events([try event("a", "2021-01-01")], .actors)
    let result = try await analysis(IncidentSeverityAnalyzer.self, of: table, warnings: warnings)
    #expect(warnings.all.map(\.id) == ["incident-severity.no-fatalities"])
    #expect(result.tables.allSatisfy { $0.count == 0 } && result.findings.isEmpty)
    let quiet = try await analyze([0, 0])
    #expect(quiet.findings.map(\.sentence) == ["None of 2 events is known to have cost a life."])
  }

  @Test func ucdpsDeadliestEventIsThatOfTheFile() async throws {
    guard let url = sharedData("ucdp/ged-pakistan-1989-2021.csv") else { return }
    let dataset = try Dataset(UCDPSource.self, "{path: ged.csv}", files: ["ged.csv": Array(try Data(contentsOf: url))])
    let all = try await dataset.events()
    let best = try #require(all.integers(.fatalitiesBest))
    let result = try await analysis(IncidentSeverityAnalyzer.self, of: all, with: [("draws", ["100"])])
    let rows = try lines(try #require(result["severity"]), ["estimate", "events", "fatal", "largest", "at_least_100"])
    // 6,416 events, of 527 the best estimate is 0.
    #expect(rows.contains { $0.hasPrefix("best,6416,5889,\(best.values.max() ?? 0),") })
    let hundred = Double((0..<all.count).count { best[$0] ?? 0 >= 100 })
    let share = try #require(Double(rows[0].split(separator: ",")[4]))
    #expect(abs(share - hundred / 5889) < 1e-6)
  }
}
