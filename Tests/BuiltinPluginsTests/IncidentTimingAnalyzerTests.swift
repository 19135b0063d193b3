import EventModel
import IncidentTimingAnalyzer
import JSONText
import TestSupport
import Testing
import Workbench

@Suite struct IncidentTimingAnalyzerTests {
  /// Incidents on days counted from 2021-01-01.
  private func analyze(
    _ days: [Int], covered: (String, String) = ("2021-01-01", "2021-12-31"), with values: [(String, [String])] = [],
    workers: Int = 2, _ change: (Int, inout Event) -> Void = { _, _ in }
  ) async throws -> AnalysisResult {
    let start = try #require(Day("2021-01-01"))
    let list = try days.enumerated().map { index, day in
      try event("\(index)", start.adding(days: day).description) { change(index, &$0) }
    }
    return try await analysis(
      IncidentTimingAnalyzer.self,
      of: try events(list, .all.subtracting(.record), covers: [("a", covered.0, covered.1)]), with: values,
      workers: workers)
  }
  /// Two days of four incidents, every tenth day, for a year: always the same.
  private var clustered: [Int] { stride(from: 0, to: 360, by: 10).flatMap { [$0, $0, $0 + 1, $0 + 1] } }

  @Test func gapsAndTheLongestSilenceAreCounted() async throws {
    let result = try await analyze([0, 0, 4, 10, 110, 111])
    let columns = [
      "incidents", "active_days", "most_in_a_day", "mean_gap", "median_gap", "longest_gap", "longest_from",
    ]
    // Gaps of 0, 4, 6, 100 and 1 days; the silence began on 11 January.
    #expect(try lines(try #require(result["timing"]), columns) == ["6,5,2,22.2,4,100,2021-01-11"])
    let gaps = try lines(try #require(result["gaps"]), ["days", "gaps", "share"])
    #expect(gaps == ["0,5,1", "1,4,0.8", "4,3,0.6", "6,2,0.4", "100,1,0.2"])
  }

  @Test func aGapAcrossDaysWithoutCoverageIsNotKnown() async throws {
    let list = try ["2021-01-01", "2021-01-03", "2021-01-05", "2021-07-01", "2021-07-02", "2021-07-04"].map {
      try event($0, $0)
    }
    let table = try events(
      list, .all.subtracting(.record),
      covers: [("a", "2021-01-01", "2021-01-31"), ("a", "2021-07-01", "2021-07-31")])
    let result = try await analysis(IncidentTimingAnalyzer.self, of: table)
    #expect(try lines(try #require(result["timing"]), ["days", "longest_gap"]) == ["62,2"])
    #expect(try lines(try #require(result["gaps"]), ["days", "gaps"]) == ["1,4", "2,3"])
  }

  @Test func incidentsThatBringOthersAreFound() async throws {
    let result = try await analyze(clustered, with: [("permutations", ["99"])])
    let row = try lines(
      try #require(result["excitation"]), ["branching_low", "half_life", "p", "note"])[0].split(
        separator: ",", omittingEmptySubsequences: false)
    #expect(try #require(Double(row[0])) > 0 && #require(Double(row[1])) < 3)
    #expect(row[2] == "0.01" && row[3] == "")
    #expect(result.findings.contains { $0.sentence.hasPrefix("Of incidents, 100 are followed by ") })
  }

  @Test func evenDaysBringNothing() async throws {
    let result = try await analyze(Array(stride(from: 0, to: 364, by: 3)), with: [("permutations", ["99"])])
    let row = try lines(try #require(result["excitation"]), ["p"])[0]
    #expect(try #require(Double(row)) > 0.05)
    #expect(result.findings.contains { $0.sentence.hasPrefix("It cannot be told from chance") })
    let burstiness = try lines(try #require(result["timing"]), ["burstiness"])[0]
    #expect(burstiness == "-1")
  }

  @Test func aMonthOfManyIsABurst() async throws {
    let result = try await analyze(
      Array(stride(from: 0, to: 360, by: 12)) + (200..<230).flatMap { [$0, $0, $0] })
    let bursts = try lines(try #require(result["bursts"]), ["level", "from", "to"])
    #expect(bursts.contains { $0.hasSuffix("2021-07-20,2021-08-18") }, "\(bursts)")
  }

  @Test func eitherActorCounts() async throws {
    let result = try await analyze([1, 2, 3, 4, 5], with: [("by", ["actor"])]) { index, event in
      (event.actor1, event.actor2) = index < 2 ? ("A", "B") : ("B", "C")
    }
    let rows = try lines(try #require(result["timing"]), ["by", "group", "incidents"])
    #expect(rows == ["actor,A,2", "actor,B,5", "actor,C,3", "all,all,5"])
  }

  @Test func whatIsNotDatedToTheDayIsLeftOutAndSaid() async throws {
    let result = try await analyze([0, 1, 2, 3, 4, 5]) { index, event in
      if index > 1 { event.datePrecision = .month }
    }
    let rows = try lines(try #require(result["timing"]), ["incidents", "undated", "note"])
    #expect(rows == ["2,4,fewer than 5 incidents are dated to a covered day"])
    #expect(
      result.findings.map(\.sentence) == [
        "How incidents follow each other cannot be said: fewer than 5 incidents are dated to a covered day."
      ])
  }

  @Test(arguments: [[], [3], [7, 7, 7, 7, 7, 7, 7]]) func poorDataAreSaidPlainly(_ days: [Int]) async throws {
    let result = try await analyze(days)
    let notes = try lines(try #require(result["timing"]), ["note"])
    #expect(notes.count == 1 && !notes[0].isEmpty)
    #expect(result["bursts"]?.count == 0 && result["gaps"]?.count == 0)
  }

  @Test(arguments: [1, 3]) func resultsDoNotDependOnTheNumberOfWorkers(workers: Int) async throws {
    let values = [("permutations", ["39"]), ("by", ["actor1"])]
    let one = try await analyze(clustered, with: values, workers: 1)
    let other = try await analyze(clustered, with: values, workers: workers)
    let columns = ["group", "branching", "half_life", "p", "q", "misfit"]
    #expect(
      try lines(try #require(one["excitation"]), columns) == lines(try #require(other["excitation"]), columns))
    #expect(one.findings == other.findings)
  }
}
