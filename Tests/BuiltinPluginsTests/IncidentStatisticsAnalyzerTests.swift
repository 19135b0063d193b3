import EventModel
import Foundation
import IncidentStatisticsAnalyzer
import JSONText
import TestSupport
import Testing
import Workbench

@Suite struct IncidentStatisticsAnalyzerTests {
  private func summary(
    _ list: [Event], covers: [(String, String, String)], with values: [(String, [String])] = [],
    ontology: String? = "cameo", warnings: Warnings = Warnings()
  ) async throws -> (table: ResultTable, findings: [Finding]) {
    let result = try await analysis(
      IncidentStatisticsAnalyzer.self,
      of: try events(list, .all.subtracting(.record), covers: covers, ontology: ontology),
      with: values, warnings: warnings)
    return (try #require(result["summary"]), result.findings)
  }

  @Test func quietCoveredMonthsAreZerosAndOthersHaveNoRow() async throws {
    let list = [try event("1", "2021-02-03"), try event("2", "2021-06-30")]
    let (table, _) = try await summary(
      list, covers: [("a", "2021-01-15", "2021-03-10"), ("a", "2021-06-01", "2021-06-30")])
    #expect(
      try lines(table, ["period", "incidents", "days_covered", "complete"]) == [
        "2021-01-01,0,17,false", "2021-02-01,1,28,true", "2021-03-01,0,10,false", "2021-06-01,1,30,true",
      ])
    // No period before June is its neighbour.
    #expect(try lines(table, ["rate_ratio_low"])[3] == "")
  }

  @Test func recordsOutsideTheCoverageAreNotBehindThePeak() async throws {
    let list = [
      try event("in", "2021-02-20"),
      try event("out", "2021-02-03") {
        $0.incidents = 40
        $0.incidentsHigh = 40
      },
    ]
    let (table, findings) = try await summary(list, covers: [("a", "2021-02-15", "2021-02-28")])
    #expect(try lines(table, ["incidents"]) == ["1"])
    let first = try #require(findings.first)
    #expect(first.events == ["in"])
    #expect(!first.sentence.contains("upper bound"))
  }

  @Test func changesAreByCoveredDayWithTheExactInterval() async throws {
    // 3 in 30 days against 12 in 31: R 4.2.2, poisson.test(c(3, 12), c(30, 31))
    let list =
      try (1...12).map { try event("m\($0)", "2021-05-\($0 + 10)") }
      + (1...3).map { try event("j\($0)", "2021-06-0\($0)") }
    let (table, findings) = try await summary(list, covers: [("a", "2021-05-01", "2021-06-30")])
    let row = try lines(table, ["rate_ratio", "rate_ratio_low", "rate_ratio_high"])[1].split(separator: ",").compactMap
    {
      Double($0)
    }
    #expect(row.count == 3)
    #expect(abs(row[0] - 0.2583333333) < 1e-9)
    #expect(abs(row[1] - 0.04678195906) < 1e-9)
    #expect(abs(row[2] - 0.95725746684) < 1e-9)
    #expect(findings.contains { $0.sentence.contains("2021-06 (ratio 0.258, 0.0468 to 0.957)") })
  }

  @Test func anUpperBoundFromOneRecordIsSaidAndWidensTheInterval() async throws {
    let list = [
      try event("a", "2021-11-05"),
      try event("b", "2021-12-01", "180") {
        $0.incidents = 45
        $0.incidentsHigh = 45
      }, try event("c", "2022-01-06"), try event("d", "2022-01-07"),
    ]
    let (table, findings) = try await summary(list, covers: [("a", "2021-11-01", "2022-01-31")])
    #expect(
      try lines(table, ["period", "incidents", "incidents_low", "incidents_high", "rank"]) == [
        "2021-11-01,1,1,1,3", "2021-12-01,45,1,45,1", "2022-01-01,2,2,2,2",
      ])
    let lower = try #require(Double(try lines(table, ["rate_ratio_low"])[1]))
    // By the low bound December may have had no more than November.
    #expect(lower < 1)
    let first = try #require(findings.first)
    #expect(
      first.sentence
        == "2021-12 has the most incidents of the 3 months covered: 45, of which 45 are an upper bound from "
        + "one record; at least 1; within these bounds 2 others may have had as many or more.")
    #expect(first.events == ["b"])
  }

  @Test func aLowerBoundAloneLeavesTheUpperOneOpen() async throws {
    let list = [
      try event("a", "2021-11-05") {
        $0.incidents = 5
        $0.incidentsLow = 5
      }, try event("b", "2021-12-05"),
    ]
    let (table, _) = try await summary(list, covers: [("a", "2021-11-01", "2021-12-31")])
    #expect(try lines(table, ["incidents_low", "incidents_high"]) == ["5,", "1,1"])
    #expect(try lines(table, ["rate_ratio_low"])[1] == "0")
  }

  @Test func demandsTrucesAndStatesAreNoIncidents() async throws {
    let list = [
      try event("a", "2021-11-05", "0871"), try event("b", "2021-11-06", "1042"), try event("c", "2021-11-07", "1831"),
      try event("d", "2021-11-07", "20"), try event("e", "2021-11-08", "173"), try event("f", "2021-11-08", nil),
      try event("g", "2021-11-01", "190") { $0.datePrecision = .span },
    ]
    let covers = [("a", "2021-11-01", "2021-11-30")]
    let (table, findings) = try await summary(list, covers: covers)
    #expect(try lines(table, ["events", "incidents"]) == ["6,2"])
    #expect(findings.contains { $0.numbers["spans"] == 1 && $0.numbers["other_events"] == 4 })
    let (chosen, _) = try await summary(list, covers: covers, with: [("classes", ["10", "17"])])
    #expect(try lines(chosen, ["incidents"]) == ["2"])
    // Without an ontology every class is an incident, and a class is matched whole.
    let (every, _) = try await summary(list, covers: covers, ontology: nil)
    #expect(try lines(every, ["incidents"]) == ["6"])
    let warnings = Warnings()
    let (whole, _) = try await summary(
      list, covers: covers, with: [("classes", ["20", "183"])], ontology: nil, warnings: warnings)
    #expect(try lines(whole, ["incidents"]) == ["1"])
    #expect(warnings.all.map(\.id) == ["incidents.unknown-class"])
  }

  @Test func fatalitiesThatNobodyGaveAreNotZero() async throws {
    let list = [
      try event("a", "2021-11-05"),
      try event("b", "2021-12-05") { $0.fatalities = Fatalities(low: 1, best: 3, high: 9) },
      try event("c", "2021-12-06") { $0.fatalities = Fatalities(low: 2) }, try event("d", "2021-12-07"),
    ]
    let (table, findings) = try await summary(list, covers: [("a", "2021-10-01", "2021-12-31")])
    #expect(
      try lines(table, ["fatal_events", "fatalities_low", "fatalities_best", "fatalities_high", "fatalities_missing"])
        == [
          "0,0,0,0,0", "0,,,,1", "2,3,3,9,2",
        ])
    #expect(
      findings.contains {
        $0.sentence
          == "3 fatalities by the best estimates of 1 of 4 incident records (low 3, high 9); the other 3 give no number."
      })
  }

  @Test func monthsThatSourcesCoverUnequallyAreNotCompared() async throws {
    let list = [try event("a", "2021-01-05"), try event("b", "2021-02-05"), try event("c", "2021-03-05")]
    let (table, _) = try await summary(
      list, covers: [("a", "2021-01-01", "2021-03-31"), ("b", "2021-02-01", "2021-03-31")])
    #expect(
      try lines(table, ["days_covered", "complete", "rate_ratio"]) == [
        "0,false,", "28,true,", "31,true,0.9032258065",
      ])
  }

  @Test func eventsOutsideTheCoverageAreCountedInAWarning() async throws {
    let warnings = Warnings()
    let list = [try event("a", "2020-01-05"), try event("b", "2021-02-05"), try event("c", "2021-02-25")]
    let (table, _) = try await summary(list, covers: [("a", "2021-02-01", "2021-02-20")], warnings: warnings)
    #expect(try lines(table, ["events", "incidents", "days_covered"]) == ["1,1,20"])
    #expect(warnings.all.map(\.id) == ["incident-statistics.outside-coverage"])
  }

  @Test func aMonthNotWhollyCoveredHasNoRankAndIsNeverCalledTheHighest() async throws {
    let list =
      try (1...9).map { try event("a\($0)", "2021-01-0\($0)") } + (1...5).map { try event("b\($0)", "2021-02-0\($0)") }
      + (1...9).map { try event("c\($0)", "2021-03-0\($0)") } + [try event("d", "2021-03-09")]
    let (table, findings) = try await summary(list, covers: [("a", "2021-01-01", "2021-03-09")])
    #expect(
      try lines(table, ["rank", "last_as_high", "complete", "days_covered"]) == [
        "1,,true,31", "2,2021-01-01,true,28", ",,false,9",
      ])
    #expect(
      findings.first?.sentence
        == "2021-01 has the most incidents of the 3 months covered: 9; 2021-03, not wholly covered, has 10.")
    // By covered day March is compared all the same: 10 in 9 days against 5 in 28.
    #expect(try lines(table, ["rate_ratio"])[2] == "6.222222222")
  }

  @Test func equalCountsShareTheSmallestRank() async throws {
    let list = try ["2021-01-01", "2021-01-02", "2021-02-01", "2021-02-02", "2021-04-01"].map { try event($0, $0) }
    let (table, findings) = try await summary(list, covers: [("a", "2021-01-01", "2021-04-30")])
    #expect(try lines(table, ["rank"]) == ["1", "1", "4", "3"])
    #expect(findings.first?.sentence == "2021-01 and 1 other have the most incidents of the 4 months covered: 2.")
  }

  @Test func noIncidentAndNoEventAreSaidPlainly() async throws {
    let (table, findings) = try await summary(
      [try event("a", "2021-01-01", "042")], covers: [("a", "2021-01-01", "2021-02-28")])
    #expect(table.count == 2)
    #expect(findings.first?.sentence == "No incident of classes 18, 19, 20 in the 2 months covered.")
    let (empty, none) = try await summary([], covers: [])
    #expect(empty.count == 0)
    #expect(none.isEmpty)
  }

  @Test func classesOfEventsWithoutClassesAreRefused() async throws {
    let table = try events([try event("a", "2021-01-01")], .actors)
    guard
      case .analyzer(let analyzer)? = PluginEntry(analyzer: IncidentStatisticsAnalyzer.self)
        .make(parameters([("classes", ["18"])])).instance
    else { throw NotMade() }
    #expect(analyzer.needs.events?.columns.contains(.eventClass) == true)
    await #expect(throws: Diagnostic.self) {
      try await analyzer.analyze(AnalysisInput(events: table), in: testContext())
    }
  }

  @Test func duplicatesAreCandidatesOfTheSameDaysActorsClassAndPlace() async throws {
    let list = [
      try event("a", "2021-01-01") { $0.place = "X" }, try event("a", "2021-01-01") { $0.place = "X" },
      try event("b", "2021-01-01") { $0.place = "Y" },
      try event("c", "2021-01-01") { ($0.actor1, $0.actor2) = ("B", "A") },
      try event("d", "2021-01-01") { $0.actor1 = nil }, try event("e", "2021-01-01") { $0.actor1 = nil },
    ]
    func duplicates(_ direction: DyadDirection) async throws -> [String] {
      let table = try events(list, .all, covers: [("s", "2021-01-01", "2021-01-31")], direction)
      let result = try await analysis(IncidentStatisticsAnalyzer.self, of: table)
      return try lines(try #require(result["quality"]), ["item", "count"]).filter { $0.hasPrefix("same") }
    }
    #expect(
      try await duplicates(.directed) == [
        "same-days-actors-class,2", "same-days-actors-class-about-place,1", "same-id,1",
      ])
    #expect(try await duplicates(.undirected).first == "same-days-actors-class,3")
  }

  @Test func sumsOfFatalitiesHaveAnIntervalFromTenFatalRecordsOn() async throws {
    let list = try (1...21).map { day in
      try event("\(day)", day < 11 ? "2021-01-\(9 + day)" : "2021-02-\(day)") {
        $0.fatalities = Fatalities(best: day == 15 ? 0 : Int32(day % 4 + 1))
        $0.admin1 = day % 2 == 0 ? "North" : "South"
      }
    }
    let table = try events(list, .all, covers: [("s", "2021-01-01", "2021-02-28")])
    func rows() async throws -> [String] {
      let result = try await analysis(
        IncidentStatisticsAnalyzer.self, of: table, with: [("by", ["admin1"]), ("tables", ["summary"])])
      return try lines(
        try #require(result["summary"]),
        ["by", "group", "period", "fatalities_best", "fatalities_best_low", "fatalities_best_high"])
    }
    let first = try await rows()
    #expect(try await rows() == first)
    for line in first {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard fields[0] == "all" else {
        #expect(fields[4].isEmpty && fields[5].isEmpty, "five records at most: \(line)")
        continue
      }
      let numbers = try fields[3...].map { try #require(Int($0)) }
      #expect(numbers[1] < numbers[0] && numbers[0] < numbers[2], "\(line)")
    }
    #expect(first.count { $0.hasPrefix("all") } == 2)
  }

  @Test func qualityIsSaidOfEachGroupToo() async throws {
    let list = [
      try event("a", "2021-01-01") { ($0.admin1, $0.place) = ("North", "X") },
      try event("a", "2021-01-01") { ($0.admin1, $0.place) = ("North", "X") },
      try event("c", "2021-01-02") { ($0.admin1, $0.actor1) = ("South", nil) },
      try event("d", "2021-01-03") { $0.place = "Y" },
    ]
    let table = try events(list, .all, covers: [("s", "2021-01-01", "2021-01-31")])
    let result = try await analysis(IncidentStatisticsAnalyzer.self, of: table, with: [("by", ["admin1"])])
    let rows = try lines(try #require(result["quality"]), ["by", "group", "measure", "item", "count", "share"])
    for row in [
      "all,all,records,all,4,1", "admin1,North,records,all,2,1", "admin1,South,records,all,1,1",
      "all,all,missing,admin1,1,0.25", "admin1,North,missing,admin1,0,0", "admin1,South,missing,actor1,1,1",
      "admin1,South,missing,place,1,1", "admin1,North,duplicates,same-id,1,0.5", "admin1,South,duplicates,same-id,0,0",
      "admin1,North,date-precision,day,2,1", "all,all,duplicates,same-days-actors-class-about-place,1,0.25",
    ] {
      #expect(rows.contains(row), "\(row)")
    }
  }

  @Test func theDurandLineRecordsSayWhatTheirCodersWrote() async throws {
    // Quoted fields do not occur in these records, so a split by commas reads them.
    guard let url = sharedData("durand-line/events.csv") else { return }
    let text = try String(contentsOf: url, encoding: .utf8)
    let rows = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let list = try rows.dropFirst().map { row in
      try event(row[0], row[1], row[6]) {
        $0.lastDay = Day(row[2]) ?? $0.firstDay
        $0.datePrecision = DatePrecision(name: row[3]) ?? .day
        ($0.actor1, $0.actor2) = (row[4], row[5])
        $0.incidents = Int32(row[8])
        $0.incidentsLow = Int32(row[9])
        $0.incidentsHigh = Int32(row[10])
        $0.fatalities = Fatalities(low: Int32(row[12]), best: Int32(row[11]), high: Int32(row[13]))
      }
    }
    let (table, findings) = try await summary(list, covers: [("coded", "2017-01-01", "2022-01-31")])
    #expect(table.count == 61)
    #expect(
      try lines(table, ["period", "incidents", "incidents_low", "fatalities_best", "fatalities_missing"]).suffix(2) == [
        "2021-12-01,46,2,0,1", "2022-01-01,3,3,7,0",
      ])
    #expect(findings.first?.sentence.contains("within these bounds 2022-01 may have had as many or more") == true)
    #expect(findings.first?.events == ["DL-023", "DL-024"])
  }
}
