import EventModel
import JSONText
import PanelAnalyzer
import TestSupport
import Testing
import Workbench

@Suite struct PanelAnalyzerTests {
  private static let columns: EventColumns = [
    .actors, .goldstein, .quadClass, .fatalities, .country, .admin1, EventColumns([.incidents]),
  ]

  private func randomEvents(_ count: Int, seed: Int) throws -> EventTable {
    var random = SeededGenerator(seed: UInt64(seed))
    func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
    let list = (0..<count).map { _ -> Event in
      var event = Event(day: Day(daysSinceEpoch: Int32(18_000 + below(700))))
      event.actor1 = below(20) == 0 ? nil : "actor \(below(40))"
      event.actor2 = below(20) == 0 ? nil : "actor \(below(40))"
      event.datePrecision = below(30) == 0 ? .span : .day
      if below(5) == 0 { event.lastDay = event.firstDay.adding(days: below(60)) }
      event.incidents = below(3) == 0 ? nil : Int32(below(9))
      event.fatalities = Fatalities(best: below(3) == 0 ? nil : Int32(below(9)))
      event.goldstein = below(5) == 0 ? nil : GoldsteinScore(tenths: Int32(below(200) - 100))
      event.quadClass = below(5) == 0 ? nil : QuadClass.allCases[below(4)]
      event.country = below(9) == 0 ? nil : "C\(below(5))"
      event.admin1 = "P\(below(30))"
      return event
    }
    return try events(list, Self.columns, covers: [("s", "2019-05-10", "2021-01-31")])
  }

  private func total(_ table: ResultTable, _ column: String) throws -> Int64 {
    guard case .integers(let values)? = table[column] else { throw NotMade() }
    return (0..<values.count).reduce(0) { $0 + (values[$1] ?? 0) }
  }

  @Test(arguments: 1...5, ["first-day", "spread"]) func totalsOfThePanelAreThoseOfTheEvents(seed: Int, rule: String)
    async throws
  {
    let events = try randomEvents(3000, seed: seed)
    let table = try #require(
      try await analysis(PanelAnalyzer.self, of: events, with: [("unit", ["country"]), ("multi_period", [rule])])[
        "panel"])
    let counted = (0..<events.count).map { events[$0] }.filter { $0.datePrecision != .span && $0.country != nil }
    #expect(try total(table, "events") == Int64(counted.count))
    #expect(try total(table, "incidents") == counted.reduce(0) { $0 + Int64($1.incidents ?? 1) })
    #expect(try total(table, "fatalities_best") == counted.reduce(0) { $0 + Int64($1.fatalities.best ?? 0) })
    #expect(try total(table, "verbal_conflict") == Int64(counted.count { $0.quadClass == .verbalConflict }))
    #expect(try total(table, "material_cooperation") == Int64(counted.count { $0.quadClass == .materialCooperation }))
  }

  @Test(arguments: ["dyad", "directed-dyad", "actor", "admin1", "country"], ["none", "covered"])
  func equalForAnyNumberOfWorkers(unit: String, fill: String) async throws {
    let events = try randomEvents(20_000, seed: 7)
    var texts: [[String]] = []
    for workers in [1, 2, 7] {
      let result = try await analysis(
        PanelAnalyzer.self, of: events, with: [("unit", [unit]), ("zero_fill", [fill])], workers: workers)
      let table = try #require(result["panel"])
      texts.append(try lines(table, table.schema.columns.map(\.name)) + result.findings.map(\.sentence))
    }
    #expect(texts[0] == texts[1] && texts[0] == texts[2])
    #expect(texts[0].count > 50)
  }

  @Test(arguments: 1...3) func zerosAreFilledWhereEverySourceCoversTheWholeMonth(seed: Int) async throws {
    let list = try randomEvents(60, seed: seed)
    let events = list.covering([
      Coverage(source: "one", from: try #require(Day("2019-04-02")), to: try #require(Day("2020-12-31"))),
      Coverage(source: "two", from: try #require(Day("2019-01-01")), to: try #require(Day("2020-11-29"))),
    ])
    let plain = try #require(try await analysis(PanelAnalyzer.self, of: events)["panel"])
    let filled = try #require(
      try await analysis(PanelAnalyzer.self, of: events, with: [("zero_fill", ["covered"])])["panel"])
    let all = plain.schema.columns.map(\.name)
    var expected = Set(try lines(plain, all))
    let present = Set(try lines(plain, ["period", "actor1", "actor2"]))
    for pair in Set(try lines(plain, ["actor1", "actor2"])) {
      // May 2019 to October 2020: the first and last months that both cover wholly.
      for month in 5...22 {
        let day = try #require(Day(year: 2019 + (month - 1) / 12, month: (month - 1) % 12 + 1, day: 1))
        if !present.contains("\(day),\(pair)") { expected.insert("\(day),\(pair),0,0,0,0,0,0,,0,0,0,0") }
      }
    }
    let rows = try lines(filled, all)
    #expect(rows.count == expected.count)
    #expect(Set(rows) == expected)
    #expect(rows.map { $0.prefix(10) } == rows.map { $0.prefix(10) }.sorted())
  }

  @Test func rowsAreSortedByPeriodThenByTheBytesOfNames() async throws {
    let names = ["é", "z", "a", "Z", "日本", "e\u{301}x", "aa", "🙂"]
    var list: [Event] = []
    for (index, left) in names.enumerated() {
      for right in names {
        list.append(Event(day: Day(daysSinceEpoch: Int32(19_000 - 40 * index)), actor1: left, actor2: right))
      }
    }
    let table = try #require(try await analysis(PanelAnalyzer.self, of: try events(list, .actors))["panel"])
    let rows = try lines(table, ["period", "actor1", "actor2"])
    #expect(rows == rows.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(
      try lines(table, ["actor1", "actor2"]).allSatisfy { line in
        let pair = line.split(separator: ",")
        return !pair[1].utf8.lexicographicallyPrecedes(pair[0].utf8)
      })
  }

  @Test func whatTheDataLackIsNullAndWhatIsLeftOutIsSaid() async throws {
    let list = [
      try event("1", "2021-01-31") { $0.lastDay = $0.lastDay.adding(days: 1) },
      try event("2", "2021-01-01") { $0.actor2 = nil },
      try event("3", "2021-01-01") { $0.datePrecision = .span }, try event("4", "2021-02-01"),
    ]
    let warnings = Warnings()
    let result = try await analysis(
      PanelAnalyzer.self, of: try events(list, .actors), with: [("multi_period", ["exclude"])], warnings: warnings)
    let table = try #require(result["panel"])
    #expect(try lines(table, table.schema.columns.map(\.name)) == ["2021-02-01,A,B,1,1,,,,,,,,,"])
    #expect(Set(warnings.all.map(\.id)) == ["panel.spans", "panel.without-unit", "panel.multi-period"])
    #expect(result.findings.first?.sentence == "1 event from 2021-02 to 2021-02 makes 1 dyad-month.")
  }

  @Test func aCellWithAPartOfAnEventIsNotQuiet() async throws {
    let list = [try event("1", "2021-01-31") { $0.lastDay = $0.lastDay.adding(days: 28) }]
    let result = try await analysis(
      PanelAnalyzer.self, of: try events(list, .actors), with: [("multi_period", ["spread"])])
    #expect(result["panel"]?.count == 2)
    #expect(result.findings.first?.sentence == "1 event from 2021-01 to 2021-02 makes 2 dyad-months.")
    #expect(result.findings.first?.numbers["quiet"] == 0)
  }

  @Test func eventsThatLastForCenturiesAreNotSpreadByDays() async throws {
    let list = try (0..<30).map { number in
      try event("\(number)", "0001-01-01") { $0.lastDay = Day(daysSinceEpoch: 2_932_896) }
    }
    await #expect(throws: Diagnostic.self) {
      try await analysis(
        PanelAnalyzer.self, of: try events(list, .actors), with: [("multi_period", ["spread"]), ("period", ["day"])])
    }
  }

  @Test func zerosWithoutCoverageAreRefusedWithAWarning() async throws {
    let warnings = Warnings()
    let table = try #require(
      try await analysis(
        PanelAnalyzer.self, of: try events([try event("1", "2021-01-31")], .actors), with: [("zero_fill", ["covered"])],
        warnings: warnings)["panel"])
    #expect(table.count == 1)
    #expect(warnings.all.map(\.id) == ["panel.no-coverage"])
  }

  @Test func aPanelThatWouldBeHugeIsRefused() async throws {
    let list = try (0..<3000).map { number in
      try event("\(number)", "2021-01-31") { $0.actor1 = "N\(number)" }
    }
    let table = try events(list, .actors, covers: [("s", "1900-01-01", "2021-12-31")])
    await #expect(throws: Diagnostic.self) {
      try await analysis(PanelAnalyzer.self, of: table, with: [("zero_fill", ["covered"]), ("period", ["day"])])
    }
  }

  @Test func noEventGivesAnEmptyPanel() async throws {
    let result = try await analysis(
      PanelAnalyzer.self, of: try events([], .actors, covers: [("s", "2021-01-01", "2021-12-31")]))
    #expect(result["panel"]?.count == 0)
    #expect(result.findings.count == 1)
  }

  @Test func onlyDirectedDyadsNeedDirectedData() throws {
    for (unit, direction) in [("dyad", DyadDirection.undirected), ("directed-dyad", .directed), ("actor", .undirected)]
    {
      guard
        case .analyzer(let analyzer)? = PluginEntry(analyzer: PanelAnalyzer.self).make(parameters([("unit", [unit])]))
          .instance
      else { throw NotMade() }
      #expect(analyzer.needs.events?.direction == direction)
    }
  }

  @Test func anActorThatIsNobodyInParticularHasNoDyads() async throws {
    let day = try #require(Day("2021-12-09"))
    let list = [("TTP", "Pakistan"), ("Unknown", "Pakistan"), ("TTP", "Crowd"), ("TTP", "Civilians")].map {
      Event(day: day, actor1: $0.0, actor2: $0.1)
    }
    let kinds: [String: ActorKind] = ["Unknown": .unknown, "Crowd": .generic, "Civilians": .civilians, "TTP": .armed]
    let table = try events(list, .actors).knowing(kinds)
    let warnings = Warnings()
    let dyads = try #require(try await analysis(PanelAnalyzer.self, of: table, warnings: warnings)["panel"])
    #expect(
      try lines(dyads, ["actor1", "actor2", "events"]) == ["Civilians,TTP,1", "Pakistan,TTP,1"])
    #expect(warnings.all.map(\.message) == ["events without two known actors: 2, left out"])
    let actors = try #require(try await analysis(PanelAnalyzer.self, of: table, with: [("unit", ["actor"])])["panel"])
    #expect(
      try lines(actors, ["actor", "events"]) == ["Civilians,1", "Crowd,1", "Pakistan,2", "TTP,3", "Unknown,1"])
  }
}
