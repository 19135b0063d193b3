import ClaimsAnalyzer
import EventModel
import Foundation
import JSONText
import TestSupport
import Testing
import Workbench
import WorkspaceFormat

private let header = "claim,kind,text,actor1,actor2,about,classes,from,to,compare_from,compare_to,sign"

/// Puts claims to the test of events.
private func judged(
  _ claims: String, _ events: EventTable, _ parameters: String = "", analyses: [NamedAnalysis] = [],
  warnings: Warnings = Warnings(), workers: Int = 2
) async throws -> AnalysisResult {
  let document = YAMLDocument(Array("{path: claims.csv\(parameters)}".utf8), name: "parameters")
  let making = PluginEntry(analyzer: ClaimsAnalyzer.self).make(try #require(document.root))
  if let problem = document.problems.first ?? making.outcome.problems.first { throw problem }
  guard case .analyzer(let analyzer)? = making.instance else { throw NotMade() }
  let needs = try #require(analyzer.needs.events)
  let kept = events.keeping(needs.columns.union(analyzer.needs.optional))
  return try await analyzer.analyze(
    AnalysisInput(events: kept, analyses: analyses),
    in: testContext(files: MemoryFiles(["claims.csv": claims]), workers: workers, warnings: warnings))
}

/// Attacks of A on B on so many days of each month of 2021, one a day.
private func attacks(_ months: [Int], more: [Event] = [], direction: DyadDirection = .directed) throws -> EventTable {
  var list: [Event] = []
  for (month, number) in months.enumerated() {
    for day in 0..<number {
      let date = "2021-\(month < 9 ? "0" : "")\(month + 1)-\(day < 9 ? "0" : "")\(day + 1)"
      list.append(try event("m\(month + 1)d\(day + 1)", date) { $0.quadClass = .materialConflict })
    }
  }
  return try events(
    list + more, .all.subtracting(.record), covers: [("s", "2021-01-01", "2021-12-31")], direction)
}

@Suite struct ClaimsAnalyzerTests {
  private func row(_ result: AnalysisResult, _ columns: [String], table: String = "claims") throws -> [String] {
    try lines(try #require(result[table]), columns)
  }
  private func problem(_ claims: String) async throws -> Diagnostic {
    await #expect(throws: Diagnostic.self) { _ = try await judged(claims, try attacks([1])) }
      ?? Diagnostic.error(DiagnosticKind("none", "", ""), "nothing was thrown")
  }

  // MARK: The file

  @Test func unknownKindIsShownWithTheOneMeant() async throws {
    let found = try await problem("\(header)\na,paek,,A,B,,,2021-01-01,2021-01-31,2021-01-01,2021-12-31,\n")
    #expect(found.id == "claims.bad-claims" && found.message == "no kind of claim 'paek'")
    #expect(found.hint == "did you mean 'peak'?")
    #expect(found.location == SourceLocation(file: "claims.csv", line: 2, column: 3, length: 4))
  }
  @Test func unknownColumnIsShownWithTheOneMeant() async throws {
    let found = try await problem("claim,kind,actor1,actor2,from,to,comapre_from\n")
    #expect(found.message == "a file of claims has no column 'comapre_from'")
    #expect(found.hint == "did you mean 'compare_from'?" && found.location?.column == 34 && found.location?.line == 1)
  }
  @Test(arguments: [
    ("a,peak,,A,B,,,2021-01-01,2021-01-30,2021-01-01,2021-12-31,", "the days of a peak must be a day, week"),
    ("a,peak,,A,B,,,2021-01-01,2021-01-31,2021-01-05,2021-12-31,", "the days compared must be whole months"),
    ("a,peak,,A,B,,,2021-01-01,2021-01-31,2021-02-01,2021-12-31,", "the days of a peak lie outside"),
    ("a,held,,A,B,,,2021-01-01,2021-01-31,,,", "a claim of kind 'held' compares days"),
    ("a,sign,,A,B,,,2021-02-01,2021-01-31,,,1", "'to' 2021-01-31 lies before 'from' 2021-02-01"),
    ("a,sign,,A,B,,,2021-02-30,2021-03-31,,,1", "'from' must be a day such as 2021-12-31, not '2021-02-30'"),
    ("a,sign,,A,A,,,2021-02-01,2021-03-31,,,1", "'A' is named twice"),
    ("a,sign,,A,B,,,2021-02-01,2021-03-31,,,2", "'sign' must be 1 or -1, not '2'"),
    ("a,sign,,A,B,,,2021-02-01,,,,1", "'from' is given, but 'to' is not"),
    (",sign,,A,B,,,2021-02-01,2021-03-31,,,1", "the value of 'claim' is missing"),
    (
      "a,sign,,A,B,,,2021-02-01,2021-03-31,,,1\na,sign,,A,B,,,2021-02-01,2021-03-31,,,1",
      "the claim 'a' stands on line 2"
    ),
  ]) func rowsThatMakeNoSenseAreRefused(rows: String, message: String) async throws {
    let found = try await problem("\(header)\n\(rows)\n")
    #expect(found.message.hasPrefix(message), "\(found.message)")
    #expect(found.location?.file == "claims.csv" && (found.location?.line ?? 0) >= 2)
  }
  @Test func unknownActorIsWarnedOfAndItsClaimCannotBeTested() async throws {
    let warnings = Warnings()
    let result = try await judged(
      "\(header)\nx,held,,Rebls,B,,,2021-02-01,2021-02-28,2021-01-01,2021-01-31,\n",
      try attacks([9], more: [event("z", "2021-05-01") { $0.actor1 = "Rebels" }]), warnings: warnings)
    #expect(try row(result, ["verdict", "reason"]) == ["not testable,'Rebls' takes part in no event"])
    let warning = try #require(warnings.all.first)
    #expect(warning.id == "claims.unknown-actor" && warning.hint == "did you mean 'Rebels'?")
    #expect(warning.location == SourceLocation(file: "claims.csv", line: 2, column: 9, length: 5))
  }

  // MARK: Rates and peaks

  @Test func riseIsSupportedItsReverseContradictedAndItsTippingNamed() async throws {
    let claim = "\(header)\na,rate-change,,A,B,,,2021-03-01,2021-03-31,2021-01-01,2021-01-31,\n"
    let rise = try await judged(claim, try attacks([4, 4, 16]))
    #expect(try row(rise, ["verdict", "estimate", "n"]) == ["supported,4,20"])
    // scipy 1.17, binomtest: of equal windows 13 : 4 has p .0490, 12 : 4 .0768; 16 : 5 .0266, 16 : 6 .0525.
    let tipping = try row(rise, ["change", "number", "verdict"], table: "tipping")
    #expect(
      tipping == [
        "added,2,direction as claimed", "removed or given to another actor,4,direction as claimed",
      ])
    let fall = try await judged(claim, try attacks([16, 4, 4]))
    #expect(try row(fall, ["verdict", "estimate", "reason"]) == ["contradicted,0.25,fell"])
    #expect(try row(fall, ["side", "event_id"], table: "evidence").contains("for,m3d1"))
  }

  @Test func whatFellByHalfHeldAndAZeroBaseSaysNothing() async throws {
    let result = try await judged(
      """
      \(header)
      a,held,,A,B,,,2021-03-01,2021-03-31,2021-01-01,2021-01-31,
      b,held,,A,B,,,2021-05-01,2021-05-31,2021-04-01,2021-04-30,

      """, try attacks([25, 9, 2, 0, 0]))
    #expect(
      try row(result, ["verdict", "reason"]) == [
        "supported,held", "insufficient data,where there was none before, no fall can be seen",
      ])
  }

  @Test func peakIsDecidedByRankAndTellsHowManyAreMissing() async throws {
    let claims = """
      \(header)
      first,peak,,A,B,,,2021-03-01,2021-03-31,2021-01-01,2021-06-30,
      other,peak,,A,B,,,2021-02-01,2021-02-28,2021-01-01,2021-06-30,
      tied,peak,,A,B,,,2021-01-01,2021-01-31,2021-01-01,2021-02-28,

      """
    let result = try await judged(claims, try attacks([6, 6, 9, 1, 2, 0]))
    #expect(
      try row(result, ["claim", "verdict", "reason", "rank"]) == [
        "first,supported,no other month has as many,1", "other,contradicted,2021-03 has more; 2021-01 as many,2",
        "tied,direction as claimed,2021-02 as many,1",
      ])
    let tipping = try row(result, ["claim", "change", "number"], table: "tipping")
    #expect(tipping.contains("first,removed or given to another actor,3"), "\(tipping)")
    #expect(tipping.contains("other,added,3"), "\(tipping)")
    #expect(try row(result, ["incidents"], table: "windows").prefix(6) == ["6", "6", "9", "1", "2", "0"])
  }

  @Test func rowOfAnUpperBoundAloneStillMakesAPeakWhereNothingElseHappened() async throws {
    let last = try #require(Day("2021-03-31"))
    let bounded = try event("up to 45", "2021-03-01") {
      ($0.lastDay, $0.datePrecision) = (last, .month)
      ($0.incidents, $0.incidentsHigh) = (45, 45)
    }
    let claim = "\(header)\na,peak,,A,B,,18-20,2021-03-01,2021-03-31,2021-01-01,2021-12-31,\n"
    let alone = try await judged(claim, try attacks([0], more: [bounded]))
    #expect(try row(alone, ["verdict", "reason"]) == ["supported,an upper bound in one source"])
    let rivalled = try await judged(claim, try attacks([1], more: [bounded]))
    #expect(try row(rivalled, ["verdict"]) == ["insufficient data"])
  }

  @Test func forecastIsOpenUntilItsLastDayIsCovered() async throws {
    let result = try await judged(
      """
      \(header)
      a,forecast,,A,B,,,2021-12-01,2022-11-30,2021-01-01,2021-11-30,
      b,forecast,,A,B,,,2022-01-01,2022-12-31,2021-01-01,2021-12-31,
      c,forecast,,A,B,,,2021-07-01,2021-12-31,2021-01-01,2021-06-30,

      """, try attacks([20, 20, 20, 20, 20, 20, 24, 24, 24, 24, 24, 24]))
    #expect(
      try row(result, ["verdict", "reason", "due"]) == [
        "open,31 of 365 days are covered,2022-11-30", "open,no data after 2021-12-31,2022-12-31", "supported,stayed,",
      ])
  }

  @Test func conditionNeedsDaysOnWhichItHeld() async throws {
    let result = try await judged(
      """
      \(header)
      a,conditional,,A,B,,,2021-01-01,2021-02-28,,,
      b,conditional,,A,B,,,2021-01-01,2021-02-28,2021-03-01,2021-03-31,

      """, try attacks([3, 3, 28]))
    #expect(
      try row(result, ["verdict", "reason"]) == ["not testable,the antecedent was not observed", "supported,rose"])
  }

  // MARK: Signs

  private func relations(_ list: [(String, String, String, Int32)]) throws -> EventTable {
    let all = try list.enumerated().map { index, item in
      try event("r\(index)", item.0) {
        ($0.actor1, $0.actor2, $0.goldstein) = (item.1, item.2, GoldsteinScore(tenths: item.3))
        $0.quadClass = item.3 > 0 ? .materialCooperation : .materialConflict
      }
    }
    return try events(all, .all.subtracting(.record), covers: [("s", "2021-01-01", "2021-12-31")])
  }

  @Test func signNeedsFiveEventsAndAnIntervalWithoutZero() async throws {
    let hostile = (1...8).map { ("2021-02-0\($0)", "A", "B", Int32(-90)) }
    let friendly = (1...4).map { ("2021-02-0\($0)", "A", "C", Int32(90)) }
    let result = try await judged(
      """
      \(header)
      a,sign,,A,B,,,2021-01-01,2021-12-31,,,-1
      b,sign,,A,B,,,2021-01-01,2021-12-31,,,1
      c,sign,,A,C,,,2021-01-01,2021-12-31,,,1
      d,sign,,B,C,,,2021-01-01,2021-12-31,,,1

      """, try relations(hostile + friendly))
    #expect(
      try row(result, ["claim", "verdict", "reason"]) == [
        "a,supported,hostile", "b,contradicted,hostile", "c,direction as claimed,few events",
        "d,insufficient data,no event between B and C from 2021-01-01 to 2021-12-31",
      ])
    // 8 events of -9 and 3 of 0: by hand -72 / 11.
    let estimate = try #require(result["claims"]?["estimate"]?[0].number)
    #expect(abs(estimate + 72.0 / 11) < 1e-9)
  }

  @Test func dataOfConflictAloneShowEnmityAndNothingElse() async throws {
    let hostile = (1...8).map { ("2021-02-0\($0)", "A", "B", Int32(-90)) }
    let result = try await judged(
      """
      \(header)
      a,sign,,A,B,,,2021-01-01,2021-12-31,,,-1
      b,sign,,A,B,,,2021-01-01,2021-12-31,,,1
      c,complied,,A,B,,,2021-01-01,2021-12-31,,,

      """, try relations(hostile))
    #expect(
      try row(result, ["verdict", "reason"]) == [
        "supported,hostile", "not testable,conflict events only", "not testable,conflict events only",
      ])
  }

  @Test func signIsReadFromTheTextForWantOfAColumnAndThatIsSaid() async throws {
    let warnings = Warnings()
    let hostile = (1...8).map { ("2021-02-0\($0)", "A", "B", Int32(-90)) } + [("2021-03-01", "A", "C", Int32(30))]
    let result = try await judged(
      """
      claim,kind,text,actor1,actor2,from,to
      a,sign,They were friendly and are hostile,A,B,2021-01-01,2021-12-31
      b,sign,They know each other,A,B,2021-01-01,2021-12-31

      """, try relations(hostile), warnings: warnings)
    #expect(try row(result, ["verdict"]) == ["supported", "not testable"])
    #expect(warnings.all.map(\.message) == ["friendly or hostile is read from the text of a"])
  }

  @Test func relationsTurnAndATriadWithThem() async throws {
    func many(_ month: String, _ one: String, _ other: String, _ score: Int32) -> [(String, String, String, Int32)] {
      (1...9).map { ("2021-\(month)-0\($0)", one, other, score) }
    }
    // Friends of whom one's friend is the other's enemy, and then enemies.
    let result = try await judged(
      """
      \(header)
      a,sign-change,,A,B,,,2021-07-01,2021-12-31,2021-01-01,2021-06-30,-1
      b,triad,,A,B,,,2021-07-01,2021-12-31,2021-01-01,2021-06-30,
      c,triad,,A,C,,,2021-07-01,2021-12-31,2021-01-01,2021-06-30,

      """,
      try relations(
        many("02", "A", "B", 80) + many("02", "A", "C", 80) + many("02", "B", "C", -80) + many("08", "A", "B", -80)
          + many("08", "A", "C", 80) + many("08", "B", "C", -80)))
    #expect(
      try row(result, ["verdict", "reason"]) == [
        "supported,hostile", "supported,out of balance before, balanced after",
        "contradicted,it was not they who turned",
      ])
  }

  // MARK: As a whole

  @Test func resultIsTheSameWhateverTheWorkers() async throws {
    let claims = """
      \(header)
      a,peak,,A,B,,,2021-03-01,2021-03-31,2021-01-01,2021-06-30,
      b,rate-change,,A,B,,,2021-03-01,2021-03-31,2021-01-01,2021-01-31,
      c,held,,A,B,,,2021-04-01,2021-04-30,2021-03-01,2021-03-31,

      """
    let table = try attacks([6, 6, 9, 1, 2, 0])
    let (one, four) = (try await judged(claims, table, workers: 1), try await judged(claims, table, workers: 4))
    for (left, right) in zip(one.tables, four.tables) {
      #expect((0..<left.count).map { left.row($0) } == (0..<right.count).map { right.row($0) })
    }
    #expect(one.findings == four.findings)
  }
}
