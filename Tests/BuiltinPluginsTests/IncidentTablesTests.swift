import EventModel
import Foundation
import IncidentStatisticsAnalyzer
import JSONText
import TestSupport
import Testing
import UCDPSource
import Workbench

/// The tables beside the summary: groups, trends, dispersion, changes, concentration, cross-tabulation.
@Suite struct IncidentTablesTests {
  private func analyze(
    _ list: [Event], covers: [(String, String, String)] = [], with values: [(String, [String])] = [],
    columns: EventColumns = .all.subtracting(.record), ontology: String? = nil, warnings: Warnings = Warnings(),
    workers: Int = 2
  ) async throws -> AnalysisResult {
    try await analysis(
      IncidentStatisticsAnalyzer.self, of: try events(list, columns, covers: covers, ontology: ontology), with: values,
      workers: workers, warnings: warnings)
  }
  /// Incidents on the first days of each month from January 2015 on: so many as given.
  private func monthly(_ counts: [Int], _ change: (Int, inout Event) -> Void = { _, _ in }) throws -> [Event] {
    var list: [Event] = []
    for (month, count) in counts.enumerated() {
      for number in 0..<count {
        let day = Day(year: 2015 + month / 12, month: month % 12 + 1, day: number % 28 + 1)
        var one = Event(
          id: "\(month)-\(number)", day: try #require(day), actor1: "A", actor2: "B", eventClass: "190")
        change(month, &one)
        list.append(one)
      }
    }
    return list
  }
  private let sixYears = [("a", "2015-01-01", "2020-12-31")]
  private func row(_ result: AnalysisResult, _ table: String, _ columns: [String], at row: Int = 0) throws -> String {
    try lines(try #require(result[table]), columns)[row]
  }
  private func number(_ result: AnalysisResult, _ table: String, _ column: String, at row: Int = 0) throws -> Double {
    let values = try #require(result[table]?[column])
    return try #require(values[row].number)
  }

  @Test func risingIncidentsHaveATrendAndADoublingTime() async throws {
    let result = try await analyze(try monthly((0..<72).map { 2 + $0 / 6 }), covers: sixYears)
    #expect(try number(result, "trend", "z") > 5)
    // Two to thirteen in six years: between 2 and 4 % a month.
    #expect((0.015...0.04).contains(try number(result, "trend", "growth")))
    #expect(try number(result, "trend", "growth_low") > 0)
    let doubling = try number(result, "trend", "doubling_days")
    #expect(try number(result, "trend", "doubling_days_low") < doubling)
    #expect(try number(result, "trend", "doubling_days_high") > doubling)
    // Eleven incidents a month more in 66 months: two in a year.
    #expect(abs(try number(result, "trend", "slope") - 2) < 0.2)
    let finding = try #require(result.findings.first { $0.sentence.contains("rose over the 72 months wholly covered") })
    #expect(finding.strength == .strong && finding.events.count == 10 && finding.events.first?.hasPrefix("66-") == true)
  }

  @Test func noTrendIsSaidWhereThereIsNone() async throws {
    let counts = (0..<72).map { [3, 5, 2, 4, 6, 3, 1][$0 % 7] }
    let result = try await analyze(try monthly(counts), covers: sixYears)
    #expect(try number(result, "trend", "p") > 0.05)
    #expect(try row(result, "trend", ["doubling_days", "doubling_days_low"]) == ",")
    #expect(!result.findings.contains { $0.sentence.contains(" rose ") || $0.sentence.contains(" fell ") })
    #expect(try row(result, "changes", ["date", "note"]) == ",no change found")
  }

  @Test(arguments: [1, 2, 4]) func aStepIsFoundInItsMonthWhateverTheWorkers(workers: Int) async throws {
    let counts = (0..<72).map { $0 < 40 ? [2, 3, 1, 2][$0 % 4] : [9, 7, 11, 8][$0 % 4] }
    let result = try await analyze(try monthly(counts), covers: sixYears, workers: workers)
    // May 2018 begins in the week of 30 April.
    #expect(try row(result, "changes", ["date", "unit"]) == "2018-04-30,week")
    #expect(
      try row(result, "changes", ["earliest"]) <= "2018-04-30" && row(result, "changes", ["latest"]) >= "2018-04-30")
    #expect(result["changes"]?.count == 1)
    #expect((3...6).contains(try number(result, "changes", "ratio")))
    #expect(
      result.findings.contains { $0.sentence.contains("The rate of incidents rose in the week of 2018-04-30 from") })
  }

  @Test func groupsHaveRowsAndTheirTestsAreOneFamily() async throws {
    let list = try monthly((0..<72).map { 4 + $0 / 8 }) { month, event in
      event.admin1 = ["North", "South", "East"][(Int(event.id?.split(separator: "-")[1] ?? "0") ?? 0) % 3]
      if month % 5 == 0 { event.admin1 = nil }
    }
    let result = try await analyze(
      list, covers: sixYears,
      with: [("by", ["admin1"]), ("groups", ["2"]), ("period", ["quarter"]), ("tables", ["summary", "trend"])])
    let summary = try #require(result["summary"])
    #expect(summary.count == 3 * 24)
    #expect(try lines(try #require(result["trend"]), ["by", "group"]) == ["admin1,North", "admin1,South", "all,all"])
    let (p, q) = try (0..<3).reduce(into: ([Double](), [Double]())) {
      $0.0.append(try number(result, "trend", "p", at: $1))
      $0.1.append(try number(result, "trend", "q", at: $1))
    }
    #expect(zip(p, q).allSatisfy { $0 <= $1 } && q.max() == p.max())
    // Every fifth month is without a place.
    #expect((0.15...0.25).contains(try number(result, "trend", "unattributed_share")))
    #expect(try number(result, "trend", "growth_if_all") > 0)
    #expect(try row(result, "trend", ["unattributed_share"], at: 2) == "")
  }

  @Test func unknownActorsAreUnattributedAndBoundTheTrend() async throws {
    // A's attacks fall because ever more are by nobody knows whom: with those its own they would rise.
    let list = try monthly((0..<72).map { 10 + $0 / 12 }) { month, event in
      let number = Int(event.id?.split(separator: "-")[1] ?? "0") ?? 0
      if number >= 8 - month / 12 { event.actor1 = number % 2 == 0 ? nil : "Unidentified armed group" }
    }
    let table = try events(list, .all.subtracting(.record), covers: sixYears, ontology: nil)
      .knowing(["Unidentified armed group": .unknown])
    let result = try await analysis(IncidentStatisticsAnalyzer.self, of: table, with: [("by", ["actor1"])])
    #expect(try row(result, "trend", ["group"]) == "A")
    #expect(try number(result, "trend", "growth") < 0)
    #expect(try number(result, "trend", "growth_if_all") > 0)
    #expect(try number(result, "trend", "growth_if_proportional") > 0)
    let finding = try #require(result.findings.first { $0.sentence.contains("'A' fell") })
    #expect(finding.sentence.contains("have no known actor1: with all of these its own, +"))
  }

  @Test func attacksOnFridaysAreSeen() async throws {
    var list: [Event] = []
    for day in 0..<730 {
      let date = try #require(Day("2019-01-01")).adding(days: day)
      for number in 0..<(date.weekday == 5 ? 3 : day % 2) { list.append(Event(id: "\(day)-\(number)", day: date)) }
    }
    let result = try await analyze(list, covers: [("a", "2019-01-01", "2020-12-31")])
    #expect(try row(result, "dispersion", ["weekday"]) == "Friday")
    #expect(try number(result, "dispersion", "weekday_p") < 1e-6)
    // Two years rank months but twice.
    #expect(try row(result, "dispersion", ["month_p", "note"]).hasSuffix("in whole years to compare months"))
    #expect(result.findings.contains { $0.sentence.contains("Fridays rank highest") })
  }

  @Test func aSeasonIsSeenAndClustersMakeNone() async throws {
    let summers = try monthly((0..<72).map { (5...7).contains($0 % 12) ? 12 : 4 })
    let result = try await analyze(summers, covers: sixYears)
    #expect((6...8).contains(try number(result, "dispersion", "month")))
    #expect(try number(result, "dispersion", "month_p") < 1e-6)
    #expect(try number(result, "dispersion", "seasonal_strength") > 0.9)
    #expect(try row(result, "dispersion", ["mean_day"]).hasPrefix("Ju"))
    // The same incidents in one summer alone are a wave.
    let wave = try monthly((0..<72).map { (17...19).contains($0) ? 52 : [3, 6, 2, 7, 4, 5, 1][$0 * $0 % 7] })
    let one = try await analyze(wave, covers: sixYears)
    #expect(try number(one, "dispersion", "month_p") > 0.05)
    #expect(!one.findings.contains { $0.sentence.contains("have a season") })
  }

  @Test func concentrationIsThatCountedByHand() async throws {
    let places = ["Quetta", "Quetta", "Quetta", "Quetta", "Swat", "Swat", "Kabul", "Kabul", "Herat", "Mardan", nil]
    let list = try places.enumerated().map { index, place in
      try event("\(index)", "2021-01-0\(index % 9 + 1)") { $0.place = place }
    }
    let result = try await analyze(list)
    let table = try #require(result["concentration"])
    let columns = [
      "unit", "measure", "units", "total", "top", "top_1_share", "herfindahl", "effective_units", "gini",
      "missing_share",
    ]
    // (16 + 4 + 4 + 1 + 1) / 100; sum of i x(i) = 1 + 2 + 6 + 8 + 20 = 37, so 74 / 50 - 6 / 5.
    #expect(
      try lines(table, columns).contains("place,incidents,5,10,Quetta,0.4,0.26,3.846153846,0.28,0.09090909091"))
    #expect(try lines(table, columns).contains { $0.hasPrefix("actor1,incidents,1,11,A,1,1,1,0,0") })
    let curve = try lines(try #require(result["lorenz"]), ["unit", "units_share", "incidents_share"])
    #expect(
      curve.filter { $0.hasPrefix("place") } == [
        "place,0,0", "place,0.2,0.1", "place,0.4,0.2", "place,0.6,0.4", "place,0.8,0.6", "place,1,1",
      ])
  }

  @Test func noPlaceIsFinerThanItIsKnown() async throws {
    let list = try (0..<20).map { index in
      try event("\(index)", "2021-01-\(index + 10)") {
        $0.place = index < 12 ? "Pakistan" : "Quetta"
        $0.geoPrecision = index < 12 ? 6 : 1
      }
    }
    let result = try await analyze(list)
    let found = try lines(try #require(result["concentration"]), ["unit", "measure", "total", "missing_share", "top"])
    #expect(found.contains("place,incidents,8,0.6,Quetta"))
  }

  @Test func classesAreCrossedWithPlacesByTheExactTestWhereFewAreExpected() async throws {
    // Fisher's exact p of [[12, 5], [7, 29]]: R 4.2.2.
    var list: [Event] = []
    for (code, place, count) in [("a", "X", 12), ("a", "Y", 5), ("b", "X", 7), ("b", "Y", 29)] {
      for number in 0..<count {
        list.append(try event("\(code)\(place)\(number)", "2021-01-05", code) { $0.admin1 = place })
      }
    }
    let few = try await analyze(Array(list.prefix(12 + 5 + 7)) + list.suffix(3))
    let tests = try lines(try #require(few["association"]), ["by"])
    let places = try #require(tests.firstIndex(of: "admin1"))
    #expect(try row(few, "association", ["method"], at: places) == "fisher")
    let result = try await analyze(list)
    #expect(
      try row(result, "association", ["method", "records", "chi_squared"], at: places).hasPrefix("chi-squared,53,13."))
    #expect(try row(result, "association", ["by", "note"]) == "actor1,all are of one actor1")
    #expect(try row(result, "cross", ["event_class", "group", "records"]) == "a,A,17")
    #expect(result.findings.contains { $0.sentence.contains("Classes of incidents differ by admin1") })
  }

  @Test func aBaselineAndTheYearBeforeAreCompared() async throws {
    let list = try monthly((0..<36).map { $0 == 30 ? 12 : 3 })
    let place = SourceLocation(file: "test")
    func scalar(_ text: String) -> ConfigNode { ConfigNode(.scalar(text, isQuoted: false), at: place) }
    let baseline = ConfigNode(
      .map(
        [("name", "the calm"), ("from", "2015-01-01"), ("to", "2015-12-31")].map {
          ConfigNode.Entry(key: $0.0, keyLocation: place, value: scalar($0.1))
        }), at: place)
    let making = PluginEntry(analyzer: IncidentStatisticsAnalyzer.self).make(
      ConfigNode(.map([ConfigNode.Entry(key: "baseline", keyLocation: place, value: baseline)]), at: place))
    guard case .analyzer(let analyzer)? = making.instance else { throw NotMade() }
    let table = try events(list, .actors, covers: [("a", "2015-01-01", "2017-12-31")], ontology: nil)
    let result = try await analyzer.analyze(AnalysisInput(events: table), in: testContext())
    // 12 in 31 days against 3 in 31 and, of the baseline, against 36 in 365.
    let columns = ["rate_ratio", "year_ratio", "baseline_ratio", "low_base"]
    #expect(try row(result, "summary", columns, at: 30) == "3.870967742,4,3.924731183,previous year-before")
    #expect(try row(result, "summary", columns, at: 3).hasSuffix(",,,previous"))
  }

  @Test func poorDataAreSaidInALineAndTheRestIsComputed() async throws {
    let tables: [(String, [Event], String, String)] = [
      (
        "one period", try monthly([12]), "fewer than 8 months are wholly covered",
        "fewer than 26 weeks are wholly covered"
      ),
      (
        "too few events", try monthly([1, 2, 1, 0, 1, 1, 0, 1, 1, 0]), "fewer than 10 incidents",
        "fewer than 10 incidents"
      ),
      (
        "constant", try monthly([Int](repeating: 3, count: 12)), "the same number in every month", "no change found"
      ),
      (
        "one mass event",
        try monthly([Int](repeating: 1, count: 12)) { month, event in if month == 5 { event.incidents = 60 } },
        "one record stands for 60 of 71 incidents", "no change found"
      ),
    ]
    for (what, list, note, changes) in tables {
      let result = try await analyze(
        list, covers: [("a", "2015-01-01", "2015-12-31")].filter { _ in what != "one period" })
      #expect(try row(result, "trend", ["note"]) == note, "\(what)")
      #expect(try row(result, "changes", ["note"]) == changes, "\(what)")
      #expect(result["summary"]?.count ?? 0 > 0 && !result.findings.isEmpty, "\(what)")
    }
    let quiet = try await analyze(
      [try event("a", "2015-01-01", "042")], covers: [("a", "2015-01-01", "2017-12-31")], ontology: "cameo")
    #expect(
      try ["trend", "dispersion", "changes"].map { try row(quiet, $0, ["note"]) } == [
        "no incident", "no incident", "no incident",
      ])
    let bare = try await analyze(
      [try event("a", "2021-01-01"), try event("b", "2021-02-01")], columns: [], ontology: nil)
    #expect(try row(bare, "association", ["by", "note"]) == "actor1,no incident has an event class")
    #expect(try lines(try #require(bare["concentration"]), ["unit", "note"]).contains("place,no incident has a place"))
    #expect(bare["composition"]?.count == 0)
  }

  @Test func onlyTheTablesChosenAreMade() async throws {
    let warnings = Warnings()
    let result = try await analyze(
      try monthly([3, 4]), with: [("tables", ["trend", "summary"]), ("by", ["country"])], warnings: warnings)
    #expect(result.tables.map(\.schema.name) == ["trend", "summary", "composition", "days"])
    #expect(warnings.all.map(\.id) == ["incident-statistics.no-groups"])
  }

  @Test func atMostTenFindingsTheSurestFirst() async throws {
    let list = try monthly((0..<40).map { $0 < 20 ? 3 : 12 }) { month, event in
      let number = Int(event.id?.split(separator: "-")[1] ?? "0") ?? 0
      event.eventClass = month < 20 ? "bomb" : number % 2 == 0 ? "ambush" : "bomb"
      event.admin1 = number % 2 == 0 ? "North" : "South"
      event.place = "P\(number)"
    }
    let covers = [("a", "2015-01-01", "2018-04-30")]
    let result = try await analyze(list, covers: covers, with: [("by", ["admin1", "event_class"])])
    #expect(result.findings.count == 10)
    let strengths = result.findings.map { Finding.Strength.allCases.firstIndex(of: $0.strength) ?? 0 }
    #expect(strengths.prefix(6).allSatisfy { $0 < 2 })
    let qs = result.findings.prefix(6).compactMap { $0.numbers["q"]?.number }
    #expect(qs.count == 6 && qs == qs.sorted())
  }

  @Test func ucdpsMonthsOfTheTTPAreThoseKnown() async throws {
    guard let url = sharedData("ucdp/ged-pakistan-1989-2021.csv") else { return }
    let dataset = try Dataset(UCDPSource.self, "{path: ged.csv}", files: ["ged.csv": Array(try Data(contentsOf: url))])
    let all = try await dataset.events()
    let rows = (0..<Int32(all.count)).filter {
      all.actor1?[Int($0)] == "Government of Pakistan" && all.actor2?[Int($0)] == "TTP"
    }
    // Before 2007 the data have no event of this dyad.
    let covered = try #require(Day("2007-01-01"))
    let table = all.selecting(rows).covering([
      Coverage(source: "ged", from: covered, to: try #require(Day("2021-12-31")))
    ])
    let result = try await analysis(
      IncidentStatisticsAnalyzer.self, of: table, with: [("tables", ["summary", "trend", "dispersion"])])
    let months = try lines(try #require(result["summary"]), ["period", "incidents", "rank"])
    #expect(months.count == 180)
    #expect(months.contains("2014-06-01,46,21"))
    let year = months.filter { $0.hasPrefix("2014") }.compactMap { Int($0.split(separator: ",")[1]) }
    #expect(year.max() == 46 && year.count { $0 == 46 } == 1)
    #expect(try number(result, "dispersion", "fano") > 5)
  }
}
