import EventModel
import JSONText
import RelationshipShiftAnalyzer
import TestSupport
import Testing
import Workbench
import WorkspaceFormat

/// What relationship-shift makes of events that are not as simple as they might be, and of parameters that are wrong.
@Suite struct RelationshipShiftInputTests {
  private static let columns: EventColumns = [
    .id, .actors, .eventClass, .goldstein, .quadClass, .admin1,
    EventColumns([.incidents, .confidence, .fatalitiesBest]),
  ]
  private static let first = Day(daysSinceEpoch: 17_532)  // 2018-01-01, a Monday

  /// Analyzes with parameters written as YAML.
  private func analyze(
    _ events: EventTable, _ yaml: String, warnings: Warnings = Warnings()
  ) async throws -> AnalysisResult {
    let document = YAMLDocument(Array(yaml.utf8), name: "parameters")
    let making = PluginEntry(analyzer: RelationshipShiftAnalyzer.self).make(try #require(document.root))
    #expect(making.outcome.problems.isEmpty)
    guard case .analyzer(let analyzer)? = making.instance else { throw NotMade() }
    let kept = events.keeping((analyzer.needs.events?.columns ?? []).union(analyzer.needs.optional))
    let result = try await analyzer.analyze(AnalysisInput(events: kept), in: testContext(warnings: warnings))
    #expect(result.tables.map(\.schema) == analyzer.yields)
    return result
  }

  /// Events of one kind, so many in each week, spread over it.
  private func weekly(
    _ one: String, _ other: String, _ numbers: [Int], _ code: String = "190", tenths: Int32 = -100
  ) -> [Event] {
    numbers.enumerated().flatMap { week, number in
      (0..<number).map { place in
        var event = Event(
          id: "\(one)\(other)\(code)\(week)-\(place)", day: Self.first.adding(days: week * 7 + (place * 3) % 7),
          actor1: one, actor2: other, eventClass: code)
        event.goldstein = GoldsteinScore(tenths: tenths)
        event.quadClass = tenths < 0 ? .materialConflict : .materialCooperation
        return event
      }
    }
  }
  private func table(_ list: [Event], weeks: Int, _ direction: DyadDirection = .directed) throws -> EventTable {
    let last = Self.first.adding(days: weeks * 7 - 1)
    return try events(
      list, Self.columns, covers: [("s", Self.first.description, last.description)], direction)
  }
  /// A number for each of some weeks that wavers about one level, then about another.
  private func wavering(_ weeks: Int, _ low: Int, _ high: Int, from change: Int) -> [Int] {
    (0..<weeks).map { ($0 < change ? low : high) + [0, 1, -1, 0, 2, -1, 1, -2][$0 * 5 % 8].clamped(to: -low...low) }
  }

  @Test func aNameThatNoEventHasIsRefusedAndTheNearestIsSaid() async throws {
    let events = try table(weekly("TTP", "Pakistan", wavering(60, 2, 2, from: 0)), weeks: 60)
    let problem = await #expect(throws: Diagnostic.self) {
      try await analyze(events, "{boundaries: {Pakstan: [2018-06-01]}}")
    }
    #expect(problem?.id == "relationship-shift.unknown-actor")
    #expect(problem?.message == "'boundaries' names 'Pakstan', an actor of no dyad")
    #expect(problem?.hint == "did you mean 'Pakistan'?")
    #expect(problem?.location?.line == 1 && problem?.location?.column == 15)
  }

  @Test func aMisspeltChannelOrUnitIsRefusedBeforeAnyEventIsRead() throws {
    for (yaml, hint) in [
      ("{channels: [conflct]}", "conflict"), ("{unit: directed}", "directed-dyad"), ("{boundries: {}}", "boundaries"),
    ] {
      let document = YAMLDocument(Array(yaml.utf8), name: "parameters")
      let making = PluginEntry(analyzer: RelationshipShiftAnalyzer.self).make(try #require(document.root))
      #expect(
        making.outcome.problems.contains { "\($0.message) \($0.hint ?? "")".contains(hint) },
        "\(making.outcome.problems)")
    }
  }

  @Test func directedDyadsNeedDirectedData() async throws {
    let document = YAMLDocument(Array("{unit: directed-dyad}".utf8), name: "parameters")
    let making = PluginEntry(analyzer: RelationshipShiftAnalyzer.self).make(try #require(document.root))
    guard case .analyzer(let analyzer)? = making.instance else { throw NotMade() }
    #expect(analyzer.needs.events?.direction == .directed)
    // A attacks B more and more, B answers as ever: only one direction shifts.
    let list = weekly("A", "B", wavering(60, 2, 9, from: 30)) + weekly("B", "A", wavering(60, 2, 2, from: 0))
    let found = try await analyze(try table(list, weeks: 60), "{unit: directed-dyad, period: week}")
    #expect(try lines(try #require(found["shifts"]), ["actor1", "actor2", "label"]) == ["A,B,violence rose"])
    let dyads = try #require(found["dyads"])
    #expect(try lines(dyads, ["actor1", "actor2", "shifts"]) == ["A,B,1", "B,A,0"])
  }

  @Test(arguments: [(1, false), (6, true)]) func codesWithoutAScaleAreCountedAndManyAreWarnedOf(
    unknown: Int, isWarned: Bool
  ) async throws {
    var list = weekly("A", "B", [Int](repeating: 2, count: 50))
    for place in 0..<unknown {
      list[place].goldstein = nil
      list[place].quadClass = nil
      list[place].eventClass = place < 4 ? "999" : "X"
    }
    let warnings = Warnings()
    let result = try await analyze(try table(list, weeks: 50), "{}", warnings: warnings)
    let problem = try #require(warnings.all.first { $0.id == "relationship-shift.unscored" })
    #expect(problem.severity == (isWarned ? .warning : .note))
    #expect(problem.message == "events without a score: \(unknown) of 100")
    #expect(problem.notes == (isWarned ? ["class '999': 4 events", "class 'X': 2 events"] : ["class '999': 1 event"]))
    // They are events all the same.
    #expect(try lines(try #require(result["dyads"]), ["incidents", "conflict"]) == ["100,\(100 - unknown)"])
  }

  @Test(arguments: [0, 1, 3]) func aConstantSeriesHasNoShiftAndNoFault(weekly number: Int) async throws {
    let many = weekly("A", "B", [Int](repeating: number, count: 80))
    let both = many + weekly("A", "B", [Int](repeating: number, count: 80), "070", tenths: 70)
    for list in [many, both, both + weekly("C", "D", [Int](repeating: 1, count: 80))] {
      let result = try await analyze(try table(list, weeks: 80), "{period: week}")
      #expect(result["shifts"]?.count == 0 && result["episodes"]?.count == 0)
    }
  }

  @Test func regimesAreNotComparedWhereAnActorIsAnotherOne() async throws {
    let numbers = wavering(80, 2, 9, from: 40)
    let events = try table(
      weekly("A", "B", numbers) + weekly("A", "C", numbers), weeks: 80)
    let day = Self.first.adding(days: 280)
    let found = try await analyze(events, "{period: week}")
    #expect(try lines(try #require(found["shifts"]), ["actor2", "label"]) == ["B,violence rose", "C,violence rose"])
    // By the parameter, and by the table of actors: B is another one from then on.
    let byParameter = try await analyze(events, "{period: week, boundaries: {B: [\(day)]}}")
    let byTable = try await analyze(events.knowing([:], changes: ["B": [day]]), "{period: week}")
    for result in [byParameter, byTable] {
      #expect(try lines(try #require(result["shifts"]), ["actor2", "label"]) == ["C,violence rose"])
      let coverage = try lines(try #require(result["coverage"]), ["kind", "date", "actor1", "actor2"])
      #expect(coverage.contains("boundary,\(day),A,B") && !coverage.contains { $0.hasSuffix("A,C") })
      let series = try #require(result["series"])
      #expect(try lines(series, ["actor2", "regime"]).filter { $0 == "B,1" }.count == 40)
      #expect(
        result.findings.contains {
          $0.sentence.hasPrefix("B is not the same actor before and after: it changes on \(day)")
        })
    }
    let (one, other) = (try #require(byParameter["shifts"]), try #require(byTable["shifts"]))
    let columns = ["actor1", "actor2", "date", "p", "q"]
    #expect(try lines(one, columns) == lines(other, columns))
  }

  @Test func aSplitInTheMiddleOfARegimeLeavesShiftsOnEitherSideToBeFound() async throws {
    let numbers = wavering(60, 2, 9, from: 30) + wavering(60, 9, 2, from: 30)
    let events = try table(weekly("A", "B", numbers), weeks: 120)
    let day = Self.first.adding(days: 60 * 7)
    let result = try await analyze(events, "{period: week, boundaries: {A: [\(day)]}}")
    let shifts = try #require(result["shifts"])
    #expect(try lines(shifts, ["label"]) == ["violence rose", "violence fell"])
    // Each is compared within its own side.
    #expect(
      try lines(shifts, ["before_from", "after_to"]) == [
        "\(Self.first),\(day.adding(days: -1))", "\(day),\(Self.first.adding(days: 120 * 7 - 1))",
      ])
  }

  @Test func vagueEventsAreSpreadAndCountInNoRate() async throws {
    var list = weekly("A", "B", [Int](repeating: 1, count: 60))
    // Known to the month: ten incidents in the 31 days of March 2018, of which ISO week 10 has 7.
    var vague = Event(id: "v", day: try #require(Day("2018-03-01")), actor1: "A", actor2: "B", eventClass: "190")
    (vague.lastDay, vague.datePrecision) = (try #require(Day("2018-03-31")), .month)
    (vague.incidents, vague.goldstein, vague.quadClass) = (10, GoldsteinScore(tenths: -100), .materialConflict)
    list.append(vague)
    // Known to the month, but not which days: the source gave the first alone.
    var bare = vague
    (bare.id, bare.lastDay, bare.incidents) = ("w", bare.firstDay, 31)
    list.append(bare)
    let warnings = Warnings()
    let result = try await analyze(try table(list, weeks: 60), "{period: week}", warnings: warnings)
    let series = try #require(result["series"])
    let rows = try lines(series, ["period", "conflict", "undated"])
    #expect(rows[9] == "2018-03-05,1,\(shortest(7 * 10.0 / 31 + 7))")
    #expect(rows[8] == "2018-02-26,1,\(shortest(4 * 10.0 / 31 + 4))" && rows[20].hasSuffix(",1,0"))
    let sum = (0..<series.count).reduce(0.0) { $0 + (series["undated"]?[$1].number ?? 0) }
    #expect(abs(sum - 41) < 1e-6)
    #expect(try lines(try #require(result["dyads"]), ["incidents", "undated"]) == ["60,41"])
    #expect(warnings.all.contains { $0.message.contains("2 not dated to one week") })
  }
  /// Ten digits that count.
  private func shortest(_ value: Double) -> String { String((value * 1e9).rounded() / 1e9) }

  @Test func anEventOfSeveralDyadsWeighsAsMuchInToneAsOfOne() async throws {
    // One event of A against B and C: two rows of one id. Its weight in the tone of each dyad is a half.
    func tones(_ ids: (String, String), _ confidence: Double?) async throws -> [String] {
      var list: [Event] = []
      for (id, other) in [(ids.0, "B"), (ids.1, "C")] {
        var event = Event(id: id, day: Self.first.adding(days: 50), actor1: "A", actor2: other, eventClass: "070")
        (event.goldstein, event.quadClass, event.confidence) = (
          GoldsteinScore(tenths: 70), .materialCooperation, confidence
        )
        list.append(event)
      }
      let result = try await analyze(try table(list, weeks: 60), "{period: month}")
      return try lines(try #require(result["dyads"]), ["actor2", "tone", "weight", "incidents"])
    }
    let shared = try await tones(("e", "e"), nil)
    #expect(shared == (try await tones(("e", "f"), 0.5)))
    #expect(shared != (try await tones(("e", "f"), nil)))
    #expect(shared.allSatisfy { $0.hasSuffix(",1") })
  }

  @Test func aDyadSilentInMostWeeksIsSearchedBySeveralTogether() async throws {
    // One attack in 150 weeks, then one in six: of 300 weeks more than nine in ten are silent.
    let sparse = (0..<300).map { $0 < 150 ? ($0 == 5 ? 1 : 0) : ($0 % 6 == 1 ? 1 : 0) }
    var list = weekly("A", "B", sparse)
    for other in ["C", "D", "E", "F", "G"] { list += weekly("A", other, wavering(300, 2, 2, from: 0)) }
    let events = try table(list, weeks: 300)
    let result = try await analyze(events, "{}")
    let dyads = try lines(try #require(result["dyads"]), ["actor2", "tested", "step"])
    #expect(dyads.first == "B,true,4" && dyads.dropFirst().allSatisfy { $0.hasSuffix(",true,1") })
    let shifts = try #require(result["shifts"])
    #expect(try lines(shifts, ["actor2", "label"]) == ["B,violence rose"])
    let date = try #require(shifts["date"]?[0].text.flatMap { Day($0) })
    #expect(abs(Self.first.days(until: date) - 150 * 7) <= 8 * 7)
    #expect(
      result.findings.contains {
        $0.sentence.contains("1 of the dyads is silent in most weeks and searched by several")
      })
    // Periods asked for are what is searched.
    let forced = try await analyze(events, "{period: week}")
    #expect(try lines(try #require(forced["dyads"]), ["step"]).allSatisfy { $0 == "1" })
  }

  @Test func anEpisodeIsToldApartFromAShift() async throws {
    // Ten weeks of war in a year and a half of unrest.
    let numbers = (0..<90).map { (40..<50).contains($0) ? 12 : [2, 1, 3, 2, 2, 4, 0, 1][$0 % 8] }
    let cooperation = (0..<90).map { [1, 2, 0, 1, 3, 1][$0 % 6] }
    let list = weekly("A", "B", numbers) + weekly("A", "B", cooperation, "070", tenths: 70)
    let result = try await analyze(try table(list, weeks: 90), "{period: week, channels: [conflict]}")
    #expect(result["shifts"]?.count == 0)
    let episodes = try #require(result["episodes"])
    #expect(
      try lines(episodes, ["actor1", "actor2", "channel", "label", "date_from", "date_to", "artefact"]) == [
        "A,B,conflict,episode: escalation,\(Self.first.adding(days: 280)),\(Self.first.adding(days: 349)),false"
      ])
    #expect(try lines(episodes, ["conflict_within", "exposure_within", "exposure_around"]) == ["120,10,80"])
    #expect(result.findings.contains { $0.sentence.hasPrefix("A – B: episode: escalation, 2018-W41 to 2018-W50") })
  }

  @Test func placesAndMeaningsStandInTheEvidence() async throws {
    var list = weekly("A", "B", wavering(60, 2, 9, from: 30))
    for place in list.indices {
      list[place].admin1 = list[place].firstDay < Self.first.adding(days: 210) || place % 3 == 0 ? "North" : "South"
      list[place].fatalities.best = place % 2 == 0 ? 1 : 0
    }
    let result = try await analyze(try table(list, weeks: 60), "{period: week}")
    let evidence = try #require(result["evidence"])
    let places = try lines(evidence, ["kind", "rank", "admin1", "incidents_before", "contribution"])
      .filter { $0.hasPrefix("place,") }
    // The south was quiet before, and has two thirds of what came after.
    #expect(places.count == 2 && places[0].hasPrefix("place,1,South,0,") && places[1].hasPrefix("place,2,North,"))
    #expect(try lines(evidence, ["kind", "code", "meaning"]).contains("rate,19,Fight"))
    let shifts = try #require(result["shifts"])
    let fatal = try lines(shifts, ["fatal_before", "fatal_after", "conflict_before", "conflict_after"])[0]
      .split(separator: ",").compactMap { Int($0) }
    #expect(abs(fatal[0] * 2 - fatal[2]) <= 1 && abs(fatal[1] * 2 - fatal[3]) <= 1)
  }
}

extension Int {
  fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
