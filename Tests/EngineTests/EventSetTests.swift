import EventModel
import JSONText
import TestSupport
import Testing
import Workbench
import WorkspaceFormat

@testable import Engine

/// Sources become one table: joined, resolved, filtered and freed of duplicates, with every event accounted for.
@Suite struct EventSetTests: SetTesting {
  @Test func unionKeepsTheListedOrder() throws {
    let one = table([try event("a", "05-01"), try event("b", "01-01")])
    let two = table([try event("c", "03-01", "C", nil)], direction: .undirected, ontology: nil)
    let result = try assemble("", [("second", two), ("first", one)])
    #expect(ids(result.events) == ["c", "a", "b"])
    #expect(result.events.direction == .undirected, "directed only if all sources are")
    #expect(result.events.ontology == nil)
    #expect(result.events[0].actor2 == nil)
    #expect(result.counts.prefix(2).map(\.source) == ["second", "first"])
  }

  @Test func coverageIsSaidOrFromFirstToLastEvent() throws {
    var span = try event("s", "02-01")
    span.datePrecision = .span
    span.lastDay = try #require(Day("2021-09-30"))
    let one = table([try event("a", "05-01"), span])
    let text = "workspace: 1\nname: x\nsources: {y: {use: csv, covers: {from: 2020-01-01, to: 2022-12-31}}}\n"
    let said = try #require(WorkspaceFile(Array(text.utf8), name: "w").read().workspace?.sources["y"]?.covers)
    let result = try assemble("", [("x", one), ("y", one), ("z", table([]))], covers: ["y": said])
    #expect(
      result.events.coverage.map { "\($0.source) \($0.from) \($0.to)" } == [
        "x 2021-02-01 2021-09-30", "y 2020-01-01 2022-12-31",
      ])
    let cut = try assemble("between: [2021-03-01, 2021-06-30]", [("x", one), ("y", one)], covers: ["y": said])
    #expect(
      cut.events.coverage.map { "\($0.source) \($0.from) \($0.to)" } == [
        "x 2021-03-01 2021-06-30", "y 2021-03-01 2021-06-30",
      ])
    let none = try assemble("between: [2019-03-01, 2019-06-30]", [("x", one)])
    #expect(none.events.coverage.isEmpty && none.events.count == 0)
  }

  @Test func betweenKeepsSpansThatReachInAndOthersThatBegin() throws {
    var reaching = try event("span", "01-15")
    reaching.datePrecision = .span
    reaching.lastDay = try #require(Day("2021-03-01"))
    var over = try event("over", "01-15")
    over.datePrecision = .span
    over.lastDay = try #require(Day("2021-02-28"))
    var month = try event("month", "02-20")
    month.datePrecision = .month
    month.lastDay = try #require(Day("2021-03-20"))
    let events = table([
      reaching, over, month, try event("first", "03-01"), try event("last", "03-31"), try event("after", "04-01"),
    ])
    let result = try assemble("between: [2021-03-01, 2021-03-31]", [("x", events)])
    #expect(ids(result.events) == ["span", "first", "last"])
    #expect(count("outside the period", result) == 3)
  }

  @Test func filtersCountUnderTheFirstKeyThatDrops() throws {
    let events = table([
      try event("kept", "01-01", "A", "B", "1831", country: "PAK"),
      try event("kept2", "01-01", "C", "A", "18", country: "PAK"),
      try event("country", "01-01", "A", "B", "190", country: "IND"),
      try event("nowhere", "01-01", "A", "B", "190"),
      try event("actor", "01-01", "C", "B", "183", country: "PAK"),
      try event("nobody", "01-01", nil, nil, "183", country: "PAK"),
      try event("class", "01-01", "A", "B", "118", country: "PAK"),
      try event("unclassed", "01-01", "A", "B", nil, country: "PAK"),
      try event("late", "06-01", "C", "B", "11", country: "IND"),
    ])
    let result = try assemble(
      "between: [2021-01-01, 2021-01-31], countries: [PAK], actors: [A], classes: [\"18\", \"20\"]", [("x", events)])
    #expect(ids(result.events) == ["kept", "kept2"])
    #expect(count("outside the period", result) == 1)
    #expect(count("in other countries", result) == 2)
    #expect(count("of other actors", result) == 2)
    #expect(count("of other classes", result) == 2)
    #expect(result.warnings.map(\.message) == ["no event of set 'all' has '20', which 'classes' names"])
  }

  @Test func classesOfOtherSchemesMatchWhole() throws {
    let events = table(
      [try event("a", "01-01", "A", "B", "18"), try event("b", "01-01", "A", "B", "183")], ontology: nil)
    #expect(ids(try assemble("classes: [\"18\"]", [("x", events)]).events) == ["a"])
  }

  @Test func anUnknownNameIsToldWithTheNearest() throws {
    let result = try assemble("actors: [Pakstan]", [("x", table([try event("a", "01-01", "Pakistan", "TTP")]))])
    #expect(result.warnings.first?.hint == "did you mean 'Pakistan'?")
    #expect(result.events.count == 0)
  }

  @Test func anAliasGivesWayToActorAndGroupWhileItHolds() throws {
    let actors = """
      alias,actor,group,from,to
      Government of Afghanistan,Islamic Republic,Kabul,,2021-08-14
      Government of Afghanistan,Taliban,Taliban,2021-08-15,
      Afghan Taliban,Taliban,Taliban,,
      TTP,TTP,Militants,2021-01-01,2021-12-31

      """
    let events = table([
      try event("before", "08-14", "Government of Afghanistan", "Pakistan"),
      try event("after", "08-15", "Pakistan", "Government of Afghanistan"),
      try event("own", "08-15", "Taliban", "TTP"),
      try event("none", "08-15", nil, "Afghan Taliban"),
    ])
    func names(_ result: EventSetAssembly.Result) -> [String] {
      (0..<result.events.count).map { "\(result.events[$0].actor1 ?? "-") > \(result.events[$0].actor2 ?? "-")" }
    }
    let plain = try assemble("", [("x", events)], actors: actors)
    #expect(names(plain) == ["Islamic Republic > Pakistan", "Pakistan > Taliban", "Taliban > TTP", "- > Taliban"])
    #expect(count("names not in the table of actors", plain) == 1, "Pakistan")
    let grouped = try assemble("group_actors: true, actors: [Militants]", [("x", events)], actors: actors)
    #expect(names(grouped) == ["Taliban > Militants"])
  }

  @Test func anActorsOwnNameHasTheGroupOfItsDay() throws {
    let actors = "alias,actor,group,from,to\nx,M,North,,2021-06-30\ny,M,South,2021-07-01,\n"
    let events = table([try event("a", "06-30", "M", "B"), try event("b", "07-01", "B", "M")])
    let result = try assemble("group_actors: true", [("x", events)], actors: actors)
    #expect([result.events[0].actor1, result.events[1].actor2] == ["North", "South"])
  }

  @Test func aNameOutsideItsDatesIsNotKnown() throws {
    let actors = "alias,actor,from,to\nA,Alpha,2021-06-01,2021-06-30\nB,Beta,,\n"
    let events = table([try event("a", "05-31"), try event("b", "06-30"), try event("c", "07-01")])
    let result = try assemble("", [("x", events)], actors: actors)
    #expect((0..<3).map { result.events[$0].actor1 } == ["A", "Alpha", "A"])
    #expect(count("names not in the table of actors", result) == 1)
  }

  @Test func oneActorColumnAloneIsResolvedToo() throws {
    let events = table([try event("a", "01-01", "A", nil)], columns: EventColumns([.id, .actor1]))
    let result = try assemble("", [("x", events)], actors: "alias,actor\nA,Alpha\n")
    #expect(result.events[0].actor1 == "Alpha")
  }

  @Test(arguments: [
    ("alias,actor,from,to\nA,X,2021-01-01,2021-06-30\nA,Y,2021-06-30,\n", "actors.ambiguous-alias", 3),
    ("alias,actor\nA,X\nB,Y\nA,Z\n", "actors.ambiguous-alias", 4),
    ("alias,actor,group\nA,X,G\nA,X,H\n", "actors.ambiguous-alias", 3),
    ("alias,actor,from\nA,X,2021-02-30\n", "actors.bad-row", 2),
    ("alias,actor,from,to\nA,X,2021-02-03,2021-02-02\n", "actors.bad-row", 2),
    ("alias,actor\nA,\n", "actors.bad-row", 2),
    ("name,actor\nA,X\n", "actors.columns", 1),
    ("alias,actor,kind\nA,X,army\n", "actors.bad-row", 2),
    ("alias,actor,kind\nA,X,armed\nB,Y,\nB,X,state\n", "actors.ambiguous-alias", 4),
    ("alias,actor,kind\nA,X,armed\nB,X,state\n", "actors.two-kinds", 3),
  ])
  func aTableOfActorsThatContradictsItselfIsRefused(_ text: String, _ id: String, _ line: Int) throws {
    let error = #expect(throws: Diagnostic.self) {
      try ActorTable(reading: InputPath("actors.csv"), from: MemoryFiles(["actors.csv": text]))
    }
    #expect(error?.id == id)
    #expect(error?.location?.line == line)
  }

  @Test func periodsThatTouchAndEqualRowsAreNoContradiction() throws {
    let text = "alias,actor,from,to\nA,X,,2021-06-29\nA,Y,2021-06-30,\nA,Y,2021-07-01,2021-07-02\n"
    #expect(try ActorTable(reading: InputPath("a"), from: MemoryFiles(["a": text])).entries.count == 3)
  }

  @Test func eventsAfterTheDayOfAccessAreLeftOutAndTold() throws {
    let events = table([
      try event("a", "05-01"), try event("b", "06-01"), try event("typo", "06-02"), try event("c", "01-01"),
    ])
    let day = try #require(Day("2021-06-01"))
    let result = try assemble("", [("x", events)], accessed: ["x": day])
    #expect(ids(result.events) == ["a", "b", "c"])
    #expect(count("in the future when it was fetched", result) == 1)
    #expect(result.events.coverage.map(\.to) == [day])
    let warning = try #require(result.warnings.first)
    #expect(warning.id == "events.future" && warning.notes == ["'typo' begins on 2021-06-02"])
    let past = try assemble("", [("x", events)])
    #expect(past.events.count == 4 && past.warnings.isEmpty, "no clock is asked")
  }

  @Test func namesMatchAsWrittenFirstAndNormalisedThen() throws {
    let actors = "alias,actor\nTTP,Alpha\nttp,Beta\nGov  of\u{a0}Pakistan,Pakistan\nCafe\u{301},Bar\n"
    let events = table([
      try event("a", "01-01", "TTP", "ttp"), try event("b", "01-01", " gov of PAKISTAN ", "pakistan"),
      try event("c", "01-01", "Ttp", "CAF\u{c9}"), try event("d", "01-01", "Caf\u{e9}", "X"),
    ])
    let result = try assemble("", [("x", events)], actors: actors)
    #expect(
      (0..<4).map { "\(result.events[$0].actor1 ?? "") \(result.events[$0].actor2 ?? "")" }
        == ["Alpha Beta", "Pakistan Pakistan", "Ttp Bar", "Bar X"])
    #expect(count("names in the table of actors by normalisation", result) == 4)
    #expect(count("names not in the table of actors", result) == 2, "'Ttp' is ambiguous, 'X' unknown")
    let note = try #require(result.warnings.first { $0.id == "actors.normalized" })
    #expect(note.severity == .note)
    #expect(note.notes.contains("' gov of PAKISTAN ' is taken for 'Gov  of\u{a0}Pakistan'"))
  }

  @Test func everyNameAndMentionIsCounted() throws {
    let actors = """
      alias,actor,group,from,to,kind
      Gov,Pakistan,Pakistan,,,state
      TTP,TTP,TTP,2021-06-01,,armed
      Unidentified,unknown,unknown,,,unknown
      Crowd,protesters,protesters,,,generic

      """
    let events = table([
      try event("a", "01-01", "Gov", "TTP"), try event("b", "07-01", "Gov", "TTP"),
      try event("c", "07-01", "Pakistan", nil),
      try event("d", "07-01", "Unidentified", "Gov"), try event("e", "07-01", "Crowd", "Unidentified"),
      try event("f", "07-01", nil, nil), try event("g", "07-01", "New", "Gov"),
    ])
    let result = try assemble("", [("x", events)], actors: actors)
    func counted(_ item: String) -> Int? { count(item, result) }
    #expect(counted("names resolved by the table of actors") == 4)
    #expect(counted("mentions of names resolved by the table of actors") == 8)
    #expect(counted("names that are an actor's own") == 1)
    #expect(counted("mentions of names that are an actor's own") == 1)
    #expect(counted("names not in the table of actors") == 2, "'New', and 'TTP' before June")
    #expect(counted("mentions of names not in the table of actors") == 2)
    #expect(counted("kept with one actor, so of no dyad") == 1)
    #expect(counted("kept with no actor, so of no dyad") == 1)
    #expect(counted("kept with two actors, one of them nobody in particular, so of no dyad") == 2)
    #expect(counted("kept with an actor of kind 'unknown'") == 2)
    #expect(counted("kept with an actor of kind 'generic'") == 1)
    #expect(
      result.events.actorKinds == ["Pakistan": .state, "TTP": .armed, "unknown": .unknown, "protesters": .generic])
    let dyads = try #require(result.events.dyadActors)
    #expect((0..<7).filter { dyads.actor1.has($0) && dyads.actor2.has($0) } == [0, 1, 6])
  }

  @Test func aGroupIsOfTheKindItsActorsShare() throws {
    let actors = """
      alias,actor,group,kind
      a,Alpha,North,armed
      b,Beta,North,armed
      c,Gamma,South,armed
      d,Delta,South,state
      e,East,East,state
      f,Epsilon,East,armed
      g,Zeta,West,

      """
    let events = table([
      try event("1", "01-01", "a", "c"), try event("2", "01-01", "f", "g"), try event("3", "01-01", "d", "b"),
    ])
    let result = try assemble("group_actors: true", [("x", events)], actors: actors)
    #expect(result.events.actorKinds == ["North": .armed, "East": .state])
  }

  @Test(arguments: [UInt64(1), 2, 3]) func countsAddUpForRandomSets(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let events = try (0..<200).map { index in
        try event(
          ["a", "b", nil, "id\(index)"].randomElement(using: &generator) ?? nil,
          "0\(Int.random(in: 1...9, using: &generator))-0\(Int.random(in: 1...3, using: &generator))",
          ["A", "B", nil].randomElement(using: &generator) ?? nil, ["A", "B", "C"].randomElement(using: &generator),
          ["18", "183", "04", nil].randomElement(using: &generator) ?? nil,
          country: ["PAK", "AFG", nil].randomElement(using: &generator) ?? nil)
      }
      let keys = [
        "between: [2021-02-01, 2021-07-31]", "countries: [PAK]", "actors: [A, Beta]", "classes: [\"18\"]",
        "deduplicate: \(["none", "id", "one-a-day", "cross-source"].randomElement(using: &generator) ?? "id")",
      ].filter { _ in Bool.random(using: &generator) }.joined(separator: ", ")
      let actors = Bool.random(using: &generator) ? "alias,actor,from\nB,Beta,2021-05-01\n" : nil
      _ = try assemble(keys, [("x", table(events)), ("y", table(Array(events.prefix(50))))], actors: actors)
    }
  }
}
