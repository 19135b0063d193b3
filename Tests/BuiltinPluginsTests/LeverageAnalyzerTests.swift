import CSVSource
import EventModel
import Foundation
import JSONText
import LeverageAnalyzer
import TestSupport
import Testing
import UCDPSource
import Workbench
import WorkspaceFormat

/// Runs the analyzer with parameters as YAML.
private func studied(
  _ yaml: String = "{}", _ events: EventTable, warnings: Warnings = Warnings(), workers: Int = 2
) async throws -> AnalysisResult {
  let document = YAMLDocument(Array(yaml.utf8), name: "parameters")
  let making = PluginEntry(analyzer: LeverageAnalyzer.self).make(try #require(document.root))
  if let problem = document.problems.first ?? making.outcome.problems.first { throw problem }
  guard case .analyzer(let analyzer)? = making.instance else { throw NotMade() }
  let needs = try #require(analyzer.needs.events)
  let kept = events.keeping(needs.columns.union(analyzer.needs.optional))
  return try await analyzer.analyze(
    AnalysisInput(events: kept), in: testContext(workers: workers, warnings: warnings))
}

/// A table of CAMEO-coded events: day, actors, code, subject; a day of two dates is a span.
private func table(
  _ rows: [(String, String, String, String, String?)], covers: (String, String) = ("2021-01-01", "2021-12-31")
) throws -> EventTable {
  let quads: [String: QuadClass] = [
    "01": .verbalCooperation, "02": .verbalCooperation, "03": .verbalCooperation, "04": .verbalCooperation,
    "05": .verbalCooperation, "06": .materialCooperation, "07": .materialCooperation, "08": .materialCooperation,
    "09": .materialCooperation,
    "10": .verbalConflict, "12": .verbalConflict, "19": .materialConflict,
  ]
  let list = try rows.enumerated().map { index, row in
    let days = row.0.split(separator: "/").map(String.init)
    return try event("e\(index)", days[0], row.3) {
      ($0.actor1, $0.actor2, $0.about) = (row.1, row.2, row.4)
      $0.quadClass = quads[String(row.3.prefix(2))]
      if days.count > 1, let end = Day(days[1]) { ($0.lastDay, $0.datePrecision) = (end, .span) }
    }
  }
  return try events(list, .all.subtracting(.record), covers: [("s", covers.0, covers.1)])
}

@Suite struct DependenceTests {
  /// A has 6 events with B and 2 with C, B none besides; in the second half 1 with B and 7 with C.
  private func halves() throws -> EventTable {
    func many(_ month: String, _ one: String, _ other: String, _ count: Int) -> [(
      String, String, String, String, String?
    )] {
      (0..<count).map { ("2021-\(month)-\(10 + $0)", one, other, "070", nil) }
    }
    return try table(
      many("02", "A", "B", 4) + many("03", "B", "A", 2) + many("04", "A", "C", 2) + many("08", "A", "B", 1)
        + many("09", "C", "A", 7))
  }

  @Test func sharesAreCountsOverCounts() async throws {
    let result = try await studied("{split: [2021-07-01]}", try halves())
    let rows = try #require(result["dependence"])
    #expect(
      try lines(rows, ["actor", "partner", "from", "events", "events_actor", "share", "partner_share", "change"]) == [
        "A,B,2021-01-01,6,8,0.75,1,", "A,B,2021-07-01,1,8,0.125,1,-0.625", "A,C,2021-01-01,2,8,0.25,1,",
        "A,C,2021-07-01,7,8,0.875,1,0.625", "B,A,2021-01-01,6,6,1,0.75,", "B,A,2021-07-01,1,1,1,0.125,0",
        "C,A,2021-01-01,2,2,1,0.25,", "C,A,2021-07-01,7,7,1,0.875,0",
      ])
    // Leverage is one-sided: what one has over the other, the other lacks.
    let leverage = try lines(rows, ["leverage"]).compactMap { Double($0) }
    #expect(leverage[0] == -0.25 && leverage[4] == 0.25)
    // scipy 1.17: beta.ppf([.025, .975], 6.5, 2.5)
    let low = try #require(rows["share_low"]?[0].number)
    let high = try #require(rows["share_high"]?[0].number)
    #expect(abs(low - 0.40837649) < 1e-7 && abs(high - 0.94403311) < 1e-7, "\(low) \(high)")
    // 1 / (.75^2 + .25^2)
    #expect(try lines(rows, ["effective_partners"]).first == "1.6")
    #expect(try lines(rows, ["next_partner", "next_share"])[1] == "C,0.875")
  }

  @Test func intervalsHoldTheirEstimates() async throws {
    let result = try await studied("{split: [2021-07-01]}", try halves())
    let rows = try #require(result["dependence"])
    for name in ["share", "leverage", "change", "effective_partners"] {
      let (values, lows, highs) = try (
        #require(rows[name]), #require(rows[name + "_low"]), #require(rows[name + "_high"])
      )
      for row in 0..<rows.count {
        guard let value = values[row].number, let low = lows[row].number, let high = highs[row].number else { continue }
        #expect(low <= value + 1e-9 && value <= high + 1e-9, "\(name) of row \(row)")
      }
    }
  }

  @Test func drawsDoNotDependOnTheNumberOfWorkers() async throws {
    func result(_ workers: Int) async throws -> [String] {
      let rows = try #require(try await studied("{split: [2021-07-01]}", try halves(), workers: workers)["dependence"])
      return try lines(rows, ["leverage_low", "leverage_high", "change_low", "effective_partners_low"])
    }
    #expect(try await result(1) == result(4))
  }

  @Test func statesCountOnlyWhereAsked() async throws {
    let events = try table([("2021-02-01/2021-09-01", "A", "B", "070", nil), ("2021-03-01", "A", "C", "030", nil)])
    func shares(_ yaml: String) async throws -> [String] {
      try lines(try #require(try await studied(yaml, events)["dependence"]), ["actor", "partner", "from", "events"])
    }
    #expect(try await shares("{}") == ["A,C,2021-01-01,1", "C,A,2021-01-01,1"])
    // Once in each window that it reaches into.
    #expect(
      try await shares("{states: true, cooperation: [material], split: [2021-07-01]}") == [
        "A,B,2021-01-01,1", "A,B,2021-07-01,1", "B,A,2021-01-01,1", "B,A,2021-07-01,1",
      ])
  }

  @Test func investigationsAreNoCooperation() async throws {
    let events = try table([("2021-03-01", "A", "B", "070", nil), ("2021-03-02", "A", "C", "090", nil)])
    let rows = try #require(try await studied("{}", events)["dependence"])
    #expect(try lines(rows, ["actor", "partner", "share"]) == ["A,B,1", "B,A,1"])
  }

  @Test func civiliansAreNoPartners() async throws {
    let events = try table([("2021-03-01", "A", "B", "070", nil), ("2021-03-02", "A", "Refugees", "070", nil)])
      .knowing(["Refugees": .civilians])
    let rows = try #require(try await studied("{}", events)["dependence"])
    #expect(try lines(rows, ["actor", "partner", "share"]) == ["A,B,1", "B,A,1"])
  }

  @Test func clearChangeIsSaidAndFewEventsAreSaidToBeFew() async throws {
    func many(_ month: String, _ other: String, _ count: Int) -> [(String, String, String, String, String?)] {
      (0..<count).map { ("2021-\(month)-\(10 + $0)", "A", other, "070", nil) }
    }
    func rest(_ month: String) -> [(String, String, String, String, String?)] {
      many(month, "X", 1) + (0..<12).map { ("2021-\(month)-\(10 + $0)", "B", "D", "070", nil) }
    }
    let clear = try table(many("02", "B", 15) + rest("03") + many("08", "B", 2) + many("09", "C", 15) + rest("10"))
    let sentences = try await studied("{split: [2021-07-01]}", clear).findings.map(\.sentence)
    #expect(
      sentences.contains {
        $0.hasPrefix(
          "The share of A's reported cooperation that is with B fell from 15 of 16 (2021-01-01 to 2021-06-30) to 2 of 18 "
            + "(2021-07-01 to 2021-12-31); difference -0.826, 95 % interval -")
      }, "\(sentences)")
    let few = try await studied("{split: [2021-07-01], actors: B}", try halves()).findings
    #expect(few.map(\.sentence).contains { $0.hasPrefix("Too few events to say whether the share of B's") })
    #expect(few.allSatisfy { $0.strength == .weak })
  }
}

@Suite struct ComplianceTests {
  private func demands(_ result: AnalysisResult, _ columns: [String]) throws -> [String] {
    try lines(try #require(result["demands"]), columns)
  }

  @Test func aLaterMaterialActAboutTheSameMeetsADemandAndAPromiseDoesNot() async throws {
    let result = try await studied(
      "{}",
      try table([
        ("2021-02-01", "A", "B", "1041", "trade"), ("2021-02-05", "B", "A", "030", "trade"),
        ("2021-02-20", "B", "A", "061", "trade"), ("2021-03-01", "A", "B", "102", "border"),
        ("2021-03-05", "B", "A", "030", "border"), ("2021-03-06", "B", "A", "120", "border"),
        ("2021-03-07", "B", "A", "061", "trade"),
      ]))
    #expect(
      try demands(result, ["about", "promised", "refused", "done", "outcome", "days"]) == [
        "border,2021-03-05,2021-03-06,,promised and refused,305", "trade,2021-02-05,,2021-02-20,met,19",
      ])
    let rows = try #require(result["compliance"])
    #expect(
      try lines(rows, ["demander", "target", "demands", "followed", "promised", "refused", "done", "done_share"]) == [
        "A,B,2,2,2,1,1,0.5"
      ])
  }

  @Test func anActBeforeOrWithTheDemandDoesNotCount() async throws {
    let result = try await studied(
      "{}",
      try table([
        ("2021-02-01", "B", "A", "061", "trade"), ("2021-02-02", "A", "B", "1041", "trade"),
        ("2021-02-02", "B", "A", "061", "trade"),
      ]))
    #expect(try demands(result, ["done", "outcome"]) == [",no answer"])
  }

  @Test func oneActMeetsOneDemandAndDemandsWithinThirtyDaysAreOne() async throws {
    let result = try await studied(
      "{}",
      try table([
        ("2021-02-01", "A", "B", "101", "x"), ("2021-02-20", "A", "B", "101", "x"),
        ("2021-06-01", "A", "B", "101", "x"),
        ("2021-06-10", "B", "A", "070", "x"),
      ]))
    #expect(
      try demands(result, ["first", "last", "events", "done"]) == [
        "2021-02-01,2021-02-20,2,", "2021-06-01,2021-06-01,1,2021-06-10",
      ])
  }

  @Test func coercionOfAThirdMeetsADemandButNotCoercionOfTheDemander() async throws {
    func outcome(_ victim: String, about: String?) async throws -> [String] {
      try demands(
        try await studied(
          "{}",
          try table([("2021-02-01", "A", "B", "101", "rebels"), ("2021-02-09", "B", victim, "190", about)])),
        ["outcome"])
    }
    #expect(try await outcome("C", about: "rebels") == ["met"])
    #expect(try await outcome("A", about: "rebels") == ["no answer"])
    #expect(try await outcome("C", about: "other") == ["no answer"])
    #expect(try await outcome("C", about: nil) == ["no answer"])
  }

  @Test func demandsFollowedTooShortlyEnterTheEstimateAlone() async throws {
    let rows = try #require(
      try await studied(
        "{}",
        try table([
          ("2021-02-01", "A", "B", "101", "x"), ("2021-11-01", "A", "B", "101", "y"),
          ("2021-11-11", "B", "A", "070", "y"),
        ]))["compliance"])
    // Kaplan and Meier: of two at risk one is met on day 10, the other is followed for 333 days.
    #expect(try lines(rows, ["demands", "followed", "done", "estimated_share", "median_days"]) == ["2,1,0,0.5,10"])
  }

  @Test func placeboIsTheShareOfEarlierDatesThatAnActFollowed() async throws {
    let rows = try #require(
      try await studied(
        "{}",
        try table([("2021-05-01", "B", "A", "070", "x"), ("2021-07-01", "A", "B", "101", "x")])
      )["demands"])
    // Dates from 2 January to 2 April; those from 31 January on have the act within 90 days: 62 of 91.
    #expect(try lines(rows, ["placebo_share"]) == ["0.6813186813"])
  }

  @Test func withoutASubjectOnlyConcessionsCount() async throws {
    let result = try await studied(
      "{}",
      try table([
        ("2021-02-01", "A", "B", "101", nil), ("2021-02-09", "B", "C", "190", nil),
        ("2021-02-12", "B", "A", "070", nil),
      ]))
    #expect(try demands(result, ["about", "done"]) == [",2021-02-12"])
  }

  @Test func appealsAreDemandsOnlyWhereAsked() async throws {
    let events = try table([("2021-02-01", "A", "B", "022", "x")])
    #expect(try #require(try await studied("{}", events)["demands"]).count == 0)
    #expect(try #require(try await studied("{appeals: true}", events)["demands"]).count == 1)
  }

  @Test func demandsOfDaysThatNobodyCoversAreLeftOutAndSaid() async throws {
    let warnings = Warnings()
    let result = try await studied(
      "{}", try table([("2020-02-01", "A", "B", "101", "x")]), warnings: warnings)
    #expect(try #require(result["demands"]).count == 0)
    #expect(warnings.all.map(\.id) == ["leverage.demands-outside"])
  }

  @Test func mistakesAreSaid() async throws {
    let warnings = Warnings()
    _ = try await studied(
      "{actors: [Alpa], split: [2030-01-01]}", try table([("2021-02-01", "Alpha", "B", "061", nil)]), warnings: warnings
    )
    #expect(
      warnings.all.map(\.hint) == [
        "did you mean 'Alpha'?", "mend the date, or `covers` of the sources",
      ])
    for yaml in ["{split: [2021-02-01, 2021-01-01]}", "{cooperation: []}", "{within: 0}", "{actors: []}"] {
      await #expect(throws: Diagnostic.self) { try await studied(yaml, try table([])) }
    }
    #expect(PluginEntry(analyzer: LeverageAnalyzer.self).manifest.id == "leverage")
  }

  @Test func directionIsNeeded() throws {
    let making = PluginEntry(analyzer: LeverageAnalyzer.self).make(ConfigNode.emptyMap(at: SourceLocation(file: "t")))
    guard case .analyzer(let analyzer)? = making.instance else { throw NotMade() }
    #expect(analyzer.needs.events?.direction == .directed)
  }
}

@Suite struct DurandLineLeverageTests {
  @Test func noDemandOfPakistanWasCompliedWith() async throws {
    guard let url = sharedData("durand-line/events.csv") else { return }
    let dataset = try Dataset(
      CSVSource.self, "{path: e.csv, directed: true, ontology: cameo}",
      files: ["e.csv": Array(try Data(contentsOf: url))])
    let events = try await dataset.events().covering([
      Coverage(source: "coded", from: try #require(Day("2017-01-01")), to: try #require(Day("2022-01-31")))
    ])
    let result = try await studied("{cooperation: [material], states: true, split: [2021-08-15]}", events)
    let demands = try #require(result["demands"])
    // Assurances and a refusal, a committee and no arrest: no act (claims C08 to C10 of the article).
    #expect(
      try lines(demands, ["demander", "target", "about", "outcome"]) == [
        "Pakistan,Afghan Taliban,restrain-ttp,promised and refused", "Pakistan,Afghan Taliban,wanted-list,no answer",
        "Pakistan,TTP,apology,no answer", "Pakistan,TTP,renounce-violence,no answer",
        "TTP,Pakistan,political-office,no answer", "TTP,Pakistan,prisoners,no answer",
        "TTP,Pakistan,sharia-rule,no answer",
      ])
    let compliance = try #require(result["compliance"])
    #expect(
      try lines(compliance, ["demander", "target", "followed", "done"]) == [
        "Pakistan,Afghan Taliban,2,0", "Pakistan,TTP,0,", "TTP,Pakistan,0,",
      ])
    // Of five sorts of help for the Taliban three were Pakistan's, of what is reported afterwards none (claim C11).
    let dependence = try #require(result["dependence"])
    let shares = try lines(dependence, ["actor", "partner", "from", "events", "events_actor"])
    #expect(shares.contains("Afghan Taliban,Pakistan,2017-01-01,3,5"))
    #expect(shares.contains("Afghan Taliban,Pakistan,2021-08-15,0,1"))
    for finding in result.findings { #expect(finding.strength == .weak || finding.strength == .descriptive) }
  }
}
