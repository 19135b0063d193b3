import AlertsAnalyzer
import EventModel
import JSONText
import TestSupport
import Testing
import Workbench

@Suite struct AlertsAnalyzerTests {
  /// So many incidents in each week from that of 2020-01-06 on.
  private func analyze(
    _ counts: [Int], to last: String? = nil, covers: [(String, String, String)]? = nil,
    with values: [(String, [String])] = [], _ change: (Int, inout Event) -> Void = { _, _ in }
  ) async throws -> AnalysisResult {
    let start = try #require(Day("2020-01-06"))
    var list: [Event] = []
    for (week, count) in counts.enumerated() {
      for number in 0..<count {
        let day = start.adding(days: 7 * week + number % 7)
        list.append(try event("\(week)-\(number)", day.description) { change(week, &$0) })
      }
    }
    let end = last ?? start.adding(days: 7 * counts.count - 1).description
    return try await analysis(
      AlertsAnalyzer.self,
      of: try events(list, .all.subtracting(.record), covers: covers ?? [("a", start.description, end)]), with: values)
  }
  private let quiet = (0..<52).map { [2, 1, 3, 2, 4, 1, 2, 3][$0 % 8] }

  @Test func aWeekOfManyIsAnAlert() async throws {
    let result = try await analyze(quiet + [12])
    let row = try lines(try #require(result["alerts"]), ["period", "incidents", "history", "high", "alert", "note"])
    #expect(row.count == 1 && row[0].hasPrefix("2021-01-04,12,52,") && row[0].hasSuffix(",high,"), "\(row)")
    let finding = try #require(result.findings.first)
    #expect(
      finding.sentence.hasPrefix(
        "In the week of 2021-01-04 incidents were 12, more than the 52 weeks before let expect: "))
    #expect(finding.events.count == 10 && finding.strength == .strong)
  }

  @Test func anUsualWeekIsNone() async throws {
    let result = try await analyze(quiet + [3])
    #expect(try lines(try #require(result["alerts"]), ["alert"]) == ["none"])
    #expect(result.findings.count == 1 && result.findings[0].strength == .descriptive)
  }

  @Test func aPartialWeekIsComparedWithNothing() async throws {
    // The last week has 20 incidents by its third day.
    let start = try #require(Day("2020-01-06"))
    let result = try await analyze(quiet + [3, 3], to: start.adding(days: 7 * 53 + 2).description)
    let row = try lines(
      try #require(result["alerts"]),
      ["period", "incidents", "alert", "partial_period", "partial_days", "partial_incidents"])
    #expect(row == ["2021-01-04,3,none,2021-01-11,3,3"])
    #expect(result.findings.last?.sentence.hasPrefix("The week of 2021-01-11 is covered on 3 of 7 days") ?? false)
  }

  @Test func weeksWithoutCoverageAreMissingNotZero() async throws {
    let start = try #require(Day("2020-01-06"))
    func day(_ week: Int) -> String { start.adding(days: 7 * week).description }
    let counts = (0..<53).map { (10..<30).contains($0) ? 0 : 5 }
    let result = try await analyze(
      counts,
      covers: [
        ("a", day(0), start.adding(days: 69).description), ("a", day(30), start.adding(days: 7 * 53 - 1).description),
      ])
    let row = try lines(try #require(result["alerts"]), ["history", "expected", "dispersion", "alert"])
    #expect(row == ["32,5,1,none"])
  }

  @Test func anOutbreakDoesNotHideTheNext() async throws {
    var counts = quiet
    counts[20] = 60
    let result = try await analyze(counts + [13])
    #expect(try lines(try #require(result["alerts"]), ["alert"]) == ["high"])
  }

  @Test func theFirstIncidentsOfAGroupAreSeen() async throws {
    let result = try await analyze(quiet + [8], with: [("by", ["actor1"])]) { week, event in
      event.actor1 = week == 52 ? "New" : "Old"
    }
    let rows = try lines(try #require(result["alerts"]), ["group", "incidents", "alert"])
    #expect(rows.contains("New,8,high") && rows.contains("Old,0,none"))
  }

  @Test(arguments: [([], "no week is wholly covered"), ([1, 2, 3], "fewer than 12 whole weeks lie within")])
  func poorDataAreSaidPlainly(_ counts: [Int], _ reason: String) async throws {
    let result = try await analyze(counts, covers: counts.isEmpty ? [] : nil)
    let notes = try lines(try #require(result["alerts"]), ["note", "alert"])
    #expect(notes.count == 1 && notes[0].hasPrefix(reason), "\(notes)")
    #expect(result.findings[0].sentence.hasPrefix("Nothing is compared: \(reason)"))
  }

  @Test func aHistoryWithoutIncidentsStillExpectsFew() async throws {
    let result = try await analyze([Int](repeating: 0, count: 52) + [0])
    #expect(try lines(try #require(result["alerts"]), ["incidents", "high", "alert"]) == ["0,0,none"])
  }
}
