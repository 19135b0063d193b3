import EventModel
import Foundation
import JSONText
import TestSupport
import Testing
import Workbench
import WorkspaceFormat

@testable import Engine

/// Records of one event are made one, and the table of merges tells which, into which and why.
@Suite struct DeduplicationTests: SetTesting {
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

  @Test func oneADayTakesCAMEOCodesByThreeDigits() throws {
    let events = [
      try event("a", "01-01", "A", "B", "190"), try event("b", "01-01", "A", "B", "1904"),
      try event("c", "01-01", "A", "B", "19"), try event("d", "01-01", "A", "B", "1831"),
      try event("e", "01-01", "A", "B", "183"),
    ]
    #expect(ids(try assemble("deduplicate: one-a-day", [("x", table(events))]).events) == ["a", "c", "d"])
    let whole = try assemble("deduplicate: one-a-day", [("x", table(events, ontology: "acled"))])
    #expect(ids(whole.events) == ["a", "b", "c", "d", "e"])
  }

  private static let placed: EventColumns = [.id, .actors, .quadClass, .coordinates, .geoPrecision, .reports]
  /// An event of material conflict at a place.
  private func placed(
    _ id: String, _ day: String, _ actor1: String?, _ actor2: String?, _ latitude: Double?, _ longitude: Double?,
    quad: QuadClass = .materialConflict, geo: UInt8? = nil, date: DatePrecision = .day, reports: Int32? = nil
  ) throws -> Event {
    var event = try event(id, day, actor1, actor2, nil)
    (event.latitude, event.longitude, event.quadClass, event.geoPrecision) = (latitude, longitude, quad, geo)
    (event.datePrecision, event.reports) = (date, reports)
    return event
  }
  private func placed(_ events: [Event]) -> EventTable { table(events, ontology: nil, columns: Self.placed) }
  private func merges(_ result: EventSetAssembly.Result) -> [String] {
    guard let merges = result.merges else { return [] }
    let names = [
      "kept_source", "kept_id", "kept_record", "merged_source", "merged_id", "merged_record", "days_apart",
      "kilometres_apart", "shared_actor", "kept_because",
    ]
    return (0..<merges.count).map { row in
      names.map { name in
        let value = merges[name]?[row] ?? .null
        return value.text ?? value.compact
      }.joined(separator: ",")
    }
  }

  @Test func recordsOfTwoSourcesBecomeOneByHand() throws {
    let ged = placed([
      try placed("u1", "03-01", "TTP", "Pakistan", 33, 70, geo: 1, reports: 3),
      try placed("u2", "03-01", "TTP", "Pakistan", 33, 70.5, geo: 2),
      try placed("u3", "03-05", "BLA", "Pakistan", 30, 67, geo: 1, date: .week),
      try placed("u4", "03-09", "TTP", nil, 33, 70, geo: 1),
    ])
    let acled = placed([
      // A day and 5.6 km from u1.
      try placed("a1", "03-02", "Pakistan", "TTP", 33.05, 70, geo: 1, reports: 2),
      // Two days from u1, and 46 km from u2.
      try placed("a2", "03-03", "TTP", "Pakistan", 33, 70, geo: 1),
      // At u3, and dated to the day.
      try placed("a3", "03-05", "Pakistan", "BLA", 30, 67, geo: 2),
      // At u4 with both actors known.
      try placed("a4", "03-09", "TTP", "ISK", 33, 70, geo: 1),
      // At u4, but words.
      try placed("a5", "03-09", "TTP", "Pakistan", 33, 70, quad: .verbalConflict, geo: 1),
      // At u4, by others.
      try placed("a6", "03-09", "BLA", "Pakistan", 33, 70, geo: 1),
    ])
    let result = try assemble("deduplicate: cross-source", [("ged", ged), ("acled", acled)])
    #expect(
      merges(result) == [
        "acled,a3,3,ged,u3,3,0,0,Pakistan,it is dated more precisely",
        "acled,a4,4,ged,u4,4,0,0,TTP,it names both actors",
        "ged,u1,1,acled,a1,1,1,5.56,TTP,it comes first",
      ])
    #expect(ids(result.events) == ["u1", "u2", "a2", "a3", "a4", "a5", "a6"])
    #expect((0..<7).map { result.events[$0].reports } == [5, nil, nil, 2, 2, nil, nil])
    #expect(count("merged as duplicates", result) == 3)
  }

  @Test func theLimitsAreParameters() throws {
    let one = placed([try placed("a", "03-01", "A", "B", 33, 70)])
    let two = placed([try placed("b", "03-03", "A", "C", 33.2, 70)])
    func kept(_ rule: String) throws -> Int {
      try assemble("deduplicate: \(rule)", [("x", one), ("y", two)]).events.count
    }
    #expect(try kept("cross-source") == 2)
    #expect(try kept("{rule: cross-source, days: 2}") == 2)
    #expect(try kept("{rule: cross-source, kilometres: 25}") == 2)
    #expect(try kept("{rule: cross-source, days: 2, kilometres: 25}") == 1)
  }

  @Test func whatIsNotPlacedOrDatedToAWeekMatchesNothing() throws {
    let one = placed([try placed("a", "03-01", "A", "B", 33, 70)])
    let others = [
      try placed("no place", "03-01", "A", "B", nil, nil), try placed("region", "03-01", "A", "B", 33, 70, geo: 4),
      try placed("month", "03-01", "A", "B", 33, 70, date: .month),
      try placed("span", "03-01", "A", "B", 33, 70, date: .span),
      try placed("nobody", "03-01", nil, nil, 33, 70),
    ]
    let result = try assemble("deduplicate: cross-source", [("x", one), ("y", placed(others))])
    #expect(result.events.count == 6)
    #expect(result.merges?.count == 0)
  }

  @Test func unknownActorsAndCiviliansAreNoActorInCommon() throws {
    let actors = "alias,actor,kind\nUnknown,unknown,unknown\nCivilians,Civilians,civilians\nTTP,TTP,armed\n"
    let one = placed([
      try placed("a", "03-01", "Unknown", "Civilians", 33, 70), try placed("b", "04-01", "TTP", "Civilians", 33, 70),
    ])
    let two = placed([
      try placed("c", "03-01", "Unknown", "Civilians", 33, 70), try placed("d", "04-01", "TTP", "Unknown", 33, 70),
    ])
    let result = try assemble("deduplicate: cross-source", [("x", one), ("y", two)], actors: actors)
    #expect(merges(result) == ["x,b,2,y,d,2,0,0,TTP,it names both actors"])
  }

  @Test func chainsDoNotJoinRecordsOfOneSource() throws {
    // 8 km from each to the next: the two of y are 16 km apart, and near the same record of x.
    let x = placed([try placed("x1", "03-01", "A", "B", 33.072, 70)])
    let y = placed([try placed("y1", "03-01", "A", "B", 33, 70), try placed("y2", "03-01", "A", "B", 33.143, 70)])
    // Near y1, and 16 km from x1.
    let z = placed([try placed("z1", "03-01", "A", "B", 32.928, 70)])
    let result = try assemble("deduplicate: cross-source", [("x", x), ("y", y), ("z", z)])
    #expect(merges(result).count == 2)
    #expect(merges(result).map { String($0.prefix(15)) } == ["x,x1,1,y,y2,2,0", "y,y1,1,z,z1,1,0"])
  }

  @Test func theDateLineIsNoBorderAndThePoleNoTrap() throws {
    let x = placed([try placed("a", "03-01", "A", "B", 0, 179.99), try placed("p", "03-01", "A", "C", 89.99, 0)])
    let y = placed([try placed("b", "03-01", "A", "B", 0, -179.99), try placed("q", "03-01", "A", "C", 89.99, 179)])
    #expect(merges(try assemble("deduplicate: cross-source", [("x", x), ("y", y)])).count == 2)
  }

  @Test(arguments: [UInt64(1), 2, 3, 4]) func theSearchFindsWhatComparingAllPairsFinds(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    func random(_ count: Int, _ name: String) throws -> [Event] {
      try (0..<count).map { index in
        try placed(
          "\(name)\(index)", "03-0\(Int.random(in: 1...6, using: &generator))",
          ["A", "B", "C", nil].randomElement(using: &generator) ?? nil,
          ["A", "B", "C", "D"].randomElement(using: &generator),
          Double.random(in: -0.3...0.3, using: &generator) + (seed == 2 ? 60 : 0),
          Double.random(in: -0.3...0.3, using: &generator) + (seed == 3 ? 179.9 : 0),
          quad: [.materialConflict, .verbalConflict].randomElement(using: &generator) ?? .materialConflict)
      }
    }
    let (one, two) = (try random(80, "x"), try random(80, "y"))
    let result = try assemble("deduplicate: cross-source", [("x", placed(one)), ("y", placed(two))])
    // Every two that match, the nearest first, each record once.
    var pairs: [(days: Int, kilometres: Double, one: Int, two: Int)] = []
    for (i, a) in one.enumerated() {
      for (j, b) in two.enumerated() where a.quadClass == b.quadClass {
        let days = abs(a.firstDay.days(until: b.firstDay))
        let own = [a.actor1, a.actor2].compactMap { $0 }
        guard days <= 1, own.contains(where: { $0 == b.actor1 || $0 == b.actor2 }), let y1 = a.latitude,
          let x1 = a.longitude, let y2 = b.latitude, let x2 = b.longitude
        else { continue }
        let kilometres = chord(y1, x1, y2, x2)
        if kilometres <= 10 { pairs.append((days, kilometres, i, j)) }
      }
    }
    var expected: Set<String> = []
    var (usedOne, usedTwo) = (Set<Int>(), Set<Int>())
    for pair in pairs.sorted(by: { ($0.days, $0.kilometres, $0.one, $0.two) < ($1.days, $1.kilometres, $1.one, $1.two) }
    )
    where !usedOne.contains(pair.one) && !usedTwo.contains(pair.two) {
      usedOne.insert(pair.one)
      usedTwo.insert(pair.two)
      expected.insert("x\(pair.one) y\(pair.two)")
    }
    #expect(expected.count > 10)
    let merges = try #require(result.merges)
    let found = (0..<merges.count).map { row in
      [merges["kept_id"]?[row].text ?? "", merges["merged_id"]?[row].text ?? ""].sorted().joined(separator: " ")
    }
    #expect(Set(found) == expected)
  }

  /// The distance of two places by their chord through the earth, another way than the program's.
  private func chord(_ y1: Double, _ x1: Double, _ y2: Double, _ x2: Double) -> Double {
    func point(_ y: Double, _ x: Double) -> [Double] {
      let (y, x) = (y * .pi / 180, x * .pi / 180)
      return [cos(y) * cos(x), cos(y) * sin(x), sin(y)]
    }
    let squares = zip(point(y1, x1), point(y2, x2)).map { ($0 - $1) * ($0 - $1) }
    return 2 * 6371.0088 * asin(squares.reduce(0, +).squareRoot() / 2)
  }

  @Test func mergesAreToldOfEveryRule() throws {
    let x = table([try event("a", "01-01"), try event("b", "01-01")])
    let y = table([try event("a", "01-05")])
    let byID = try assemble("deduplicate: id", [("x", x), ("y", y)])
    #expect(merges(byID) == ["x,a,1,y,a,1,4,null,A,it comes first"])
    let daily = try assemble("deduplicate: one-a-day", [("x", x), ("y", y)])
    #expect(merges(daily) == ["x,a,1,x,b,2,0,null,A,it comes first"])
    #expect(daily.merges?["rule"]?[0] == "one-a-day" && daily.merges?["event_set"]?[0] == "all")
    #expect(try assemble("", [("x", x)]).merges == nil)
  }

  @Test func recordsAreCountedInTheirSourceThoughOthersWereLeftOut() throws {
    let x = table([
      try event("late", "12-01"), try event("a", "01-01"), try event("f", "02-01"), try event("a", "01-02"),
    ])
    let result = try assemble(
      "deduplicate: id, between: [2021-01-01, 2021-01-31]", [("x", x)],
      accessed: ["x": try #require(Day("2021-06-01"))])
    #expect(merges(result) == ["x,a,2,x,a,4,1,null,A,it comes first"])
  }
}
