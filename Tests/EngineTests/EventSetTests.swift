import EventModel
import JSONText
import TestSupport
import Testing
import Workbench
import WorkspaceFormat

@testable import Engine

/// Sources become one table: joined, resolved, filtered and freed of duplicates, with every event accounted for.
@Suite struct EventSetTests {
  /// A small event: id, day in 2021, actors, class.
  private func event(
    _ id: String?, _ day: String, _ actor1: String? = "A", _ actor2: String? = "B", _ code: String? = "190",
    country: String? = nil
  ) throws -> Event {
    var event = Event(
      id: id, day: try #require(Day("2021-\(day)")), actor1: actor1, actor2: actor2, eventClass: code)
    event.country = country
    return event
  }
  private static let columns: EventColumns = [.id, .actors, .eventClass, .country]
  private func table(
    _ events: [Event], direction: DyadDirection = .directed, ontology: String? = "cameo",
    columns: EventColumns = EventSetTests.columns
  ) -> EventTable {
    var builder = EventTable.Builder(EventSchema(columns: columns, direction: direction, ontology: ontology))
    for event in events { builder.append(event) }
    return builder.finish()
  }
  /// The event set of a workspace file's text.
  private func set(_ keys: String, sources: [String] = ["one"]) throws -> EventSetStep {
    let entries = sources.map { "\($0): {use: csv}" }.joined(separator: ", ")
    let text = "workspace: 1\nname: x\nsources: {\(entries)}\nevents: {all: {\(keys)}}\n"
    let reading = WorkspaceFile(Array(text.utf8), name: "workspace.yaml").read()
    let entry = try #require(
      reading.problems.hasErrors ? nil : reading.workspace?.eventSets?["all"], "\(reading.problems)")
    return EventSetStep(
      name: "all", sources: sources, filter: entry.filter, groupActors: entry.groupActors,
      deduplicate: entry.deduplicate, location: nil)
  }
  private func assemble(
    _ keys: String, _ tables: [(String, EventTable)], actors: String? = nil, covers: [String: CoverageEntry] = [:]
  ) throws -> EventSetAssembly.Result {
    let table = try actors.map { text throws in
      try ActorTable(reading: InputPath("actors.csv"), from: MemoryFiles(["actors.csv": text]))
    }
    let result = EventSetAssembly(step: try set(keys, sources: tables.map(\.0)), actors: table, covers: covers)
      .assemble(tables.map { (source: $0.0, events: $0.1) })
    // Nothing is lost: what was read was kept, dropped for a reason, or merged.
    let read = result.counts.filter { $0.item == "read" }.reduce(0) { $0 + $1.count }
    let others = result.counts.filter { $0.item != "read" && !$0.item.contains("table of actors") }
    #expect(others.reduce(0) { $0 + $1.count } == read, "\(result.counts)")
    #expect(result.counts.last == SetCount(item: "kept", count: result.events.count))
    return result
  }
  private func ids(_ table: EventTable) -> [String] { (0..<table.count).map { table[$0].id ?? "-" } }
  private func count(_ item: String, _ result: EventSetAssembly.Result) -> Int? {
    result.counts.first { $0.item == item }?.count
  }

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

  @Test func duplicatesAreMergedById() throws {
    let events = table([
      try event("a", "01-01"), try event(nil, "01-01"), try event("a", "02-01"), try event(nil, "01-01"),
      try event("b", "01-01"),
    ])
    let result = try assemble("deduplicate: id", [("x", events), ("y", table([try event("b", "03-01")]))])
    #expect(ids(result.events) == ["a", "-", "-", "b"])
    #expect(count("merged as duplicates", result) == 2)
  }

  @Test func oneADayIsByDayDyadAndClass() throws {
    var span = try event("span", "01-01")
    span.datePrecision = .span
    let events = [
      try event("first", "01-01"), try event("again", "01-01"), try event("turned", "01-01", "B", "A"),
      try event("other class", "01-01", "A", "B", "191"), try event("next day", "01-02"), span,
      try event("one", "01-01", nil, "B"), try event("one too", "01-01", nil, "B"),
      try event("no class", "01-01", "A", "B", nil), try event("no class too", "01-01", "A", "B", nil),
    ]
    let rest = ["other class", "next day", "span", "one", "one too", "no class", "no class too"]
    let directed = try assemble("deduplicate: one-a-day", [("x", table(events))])
    #expect(ids(directed.events) == ["first", "turned"] + rest)
    let undirected = try assemble("deduplicate: one-a-day", [("x", table(events, direction: .undirected))])
    #expect(ids(undirected.events) == ["first"] + rest)
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
        "deduplicate: \(["none", "id", "one-a-day"].randomElement(using: &generator) ?? "id")",
      ].filter { _ in Bool.random(using: &generator) }.joined(separator: ", ")
      let actors = Bool.random(using: &generator) ? "alias,actor,from\nB,Beta,2021-05-01\n" : nil
      _ = try assemble(keys, [("x", table(events)), ("y", table(Array(events.prefix(50))))], actors: actors)
    }
  }
}
