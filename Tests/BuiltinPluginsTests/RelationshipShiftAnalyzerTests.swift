import EventModel
import JSONText
import RelationshipShiftAnalyzer
import TestSupport
import Testing
import Workbench

@Suite struct RelationshipShiftAnalyzerTests {
  private static let columns: EventColumns = [
    .id, .actors, .eventClass, .goldstein, .quadClass, .outlet, EventColumns([.incidents, .confidence]),
  ]
  private static let first = Day(daysSinceEpoch: 17_532)  // 2018-01-01, a Monday
  private static let weeks = 60

  /// Some events of each week between some actors: of conflict and of cooperation, at random within the week.
  private struct Plan {
    var actors: (String, String)
    /// Of each week: how many events of conflict and of cooperation, on average.
    var rates: (Int) -> (conflict: Double, cooperation: Double)
  }
  private static func quiet(_ one: String, _ other: String) -> Plan {
    Plan(actors: (one, other), rates: { _ in (1, 1) })
  }

  private func table(_ plans: [Plan], seed: UInt64, ontology: String? = nil) throws -> EventTable {
    var random = SeededGenerator(seed: seed)
    var list: [Event] = []
    for plan in plans {
      for week in 0..<Self.weeks {
        let rates = plan.rates(week)
        for (mean, isConflict) in [(rates.conflict, true), (rates.cooperation, false)] {
          // A binomial number of many trials, which is all but Poisson's.
          for _ in 0..<100 where Double.random(in: 0..<1, using: &random) < mean / 100 {
            var event = Event(
              id: "e\(list.count)", day: Self.first.adding(days: week * 7 + Int.random(in: 0..<7, using: &random)),
              actor1: plan.actors.0, actor2: plan.actors.1, eventClass: isConflict ? "190" : "070")
            if Bool.random(using: &random) { swap(&event.actor1, &event.actor2) }
            event.goldstein = GoldsteinScore(tenths: isConflict ? -100 : 70)
            event.quadClass = isConflict ? .materialConflict : .materialCooperation
            event.outlet = "outlet \(Int.random(in: 0..<4, using: &random))"
            list.append(event)
          }
        }
      }
    }
    let last = Self.first.adding(days: Self.weeks * 7 - 1)
    return try events(
      list, Self.columns, covers: [("s", Self.first.description, last.description)], ontology: ontology)
  }
  private func value(_ table: ResultTable, _ column: String, _ row: Int) throws -> JSONValue {
    try #require(table[column])[row]
  }

  @Test(arguments: [3, 4] as [UInt64]) func aPlantedShiftIsFoundAndAQuietDyadIsNot(seed: UInt64) async throws {
    let shifted = Plan(actors: ("A", "B"), rates: { $0 < 30 ? (1, 0.6) : (6, 0.6) })
    let events = try table([shifted, Self.quiet("C", "D"), Self.quiet("E", "F")], seed: seed)
    let result = try await analysis(RelationshipShiftAnalyzer.self, of: events, with: [("period", ["week"])])
    let shifts = try #require(result["shifts"])
    #expect(try lines(shifts, ["actor1", "actor2", "label"]) == ["A,B,escalation"])
    let date = try #require(try value(shifts, "date", 0).text.flatMap { Day($0) })
    #expect(abs(Self.first.days(until: date) - 210) <= 21)
    let ratio = try ["rate_ratio_low", "rate_ratio", "rate_ratio_high"].map { column in
      try #require(try value(shifts, column, 0).number)
    }
    #expect(ratio[0] > 2 && ratio[0] < ratio[1] && 3...9 ~= ratio[1] && ratio[1] < ratio[2])
    #expect(try #require(try value(shifts, "q", 0).number) <= 0.01)
    #expect(try value(shifts, "fragile", 0).boolean as Bool? == false)
    #expect(result.findings.first?.sentence.hasPrefix("A – B: escalation, from 2018-W") == true)
    #expect(result.findings.first?.events.isEmpty == false)
  }

  @Test func partsOfTheToneSumToItsChange() async throws {
    let shifted = Plan(actors: ("A", "B"), rates: { $0 < 30 ? (1, 4) : (5, 1) })
    let result = try await analysis(
      RelationshipShiftAnalyzer.self, of: try table([shifted], seed: 5, ontology: "cameo"),
      with: [("period", ["week"])])
    let (shifts, evidence) = (try #require(result["shifts"]), try #require(result["evidence"]))
    #expect(try lines(shifts, ["label"]) == ["rupture"])
    let parts = (0..<evidence.count).compactMap { row -> Double? in
      let kind = evidence["kind"]?[row].text ?? ""
      return kind.hasPrefix("tone-") ? evidence["contribution"]?[row].number : nil
    }
    #expect(parts.count == 4)
    #expect(abs(parts.reduce(0, +) - (try #require(try value(shifts, "tone_change", 0).number))) < 1e-7)
    // Ten events, five of each side, each with its id.
    let witnesses = try lines(evidence, ["kind", "event_id"]).filter { $0.hasPrefix("event-") }
    #expect(witnesses.count == 10 && witnesses.allSatisfy { $0.contains(",e") })
  }

  @Test func dataWithoutCooperationSayHowViolenceWentAndNoMore() async throws {
    let violent = Plan(actors: ("A", "B"), rates: { $0 < 30 ? (6, 0) : (1, 0) })
    let result = try await analysis(
      RelationshipShiftAnalyzer.self, of: try table([violent], seed: 6, ontology: "ucdp"),
      with: [("period", ["week"])])
    let (shifts, dyads) = (try #require(result["shifts"]), try #require(result["dyads"]))
    #expect(try lines(shifts, ["channel", "label", "tone_before", "tone_after"]) == ["conflict,violence fell,,"])
    #expect(try lines(dyads, ["class", "tone", "tested"]) == [",,true"])
    #expect(result.findings.contains { $0.sentence.contains("the data have no cooperation") })
    #expect(!result.findings.contains { $0.sentence.contains("de-escalation") || $0.sentence.contains("tone is") })
  }

  @Test func aDyadOfFewEventsIsDescribedAndNotTested() async throws {
    let rare = Plan(actors: ("A", "B"), rates: { $0 % 10 == 0 ? (1, 0) : (0, 0.05) })
    let result = try await analysis(
      RelationshipShiftAnalyzer.self, of: try table([rare, Self.quiet("C", "D")], seed: 1),
      with: [("period", ["week"]), ("min_events", ["30"])])
    let dyads = try #require(result["dyads"])
    #expect(try lines(dyads, ["actor1", "tested", "reason", "shifts"]) == ["A,false,few events,", "C,true,,0"])
    #expect(result.findings.contains { $0.sentence.contains("1 dyad with fewer than 30 events in rates is described") })
  }

  /// The formula of the tone, applied to all events anew for each day; no walk, no fading sums.
  private func tone(_ list: [(day: Int, score: Double)], on day: Int, halfLife: Double) -> (
    value: Double, error: Double
  ) {
    let past = list.filter { $0.day <= day }
    let weights = past.map { event in
      // Halves by repeated roots, so that no exponential function is shared with the code under test.
      var (weight, days, root) = (1.0, Double(day - event.day) / halfLife, 0.5)
      while days >= 1 { (weight, days) = (weight * 0.5, days - 1) }
      for _ in 0..<50 {
        root = root.squareRoot()
        days *= 2
        if days >= 1 { (weight, days) = (weight * root, days - 1) }
      }
      return weight
    }
    let sum = weights.reduce(0, +)
    let value = zip(weights, past).reduce(0) { $0 + $1.0 * $1.1.score } / (sum + 3)
    let squares = zip(weights, past).reduce(0) { $0 + $1.0 * ($1.1.score - value) * ($1.1.score - value) }
    let variance = (squares + 75) / (sum + 3)
    return (value, (variance * weights.reduce(0) { $0 + $1 * $1 } + 75).squareRoot() / (sum + 3))
  }

  @Test func theToneIsThatOfItsDefinitionAndItsIntervalWidensWithSilence() async throws {
    var list: [Event] = []
    var random = SeededGenerator(seed: 11)
    for number in 0..<300 {
      var event = Event(id: "\(number)", day: Self.first.adding(days: number / 2), actor1: "A", actor2: "B")
      event.goldstein = GoldsteinScore(tenths: Int32.random(in: -90...(-30), using: &random))
      event.quadClass = number == 7 ? .verbalCooperation : .materialConflict
      list.append(event)
    }
    let last = Self.first.adding(days: 150 + 730)
    let table = try events(list, Self.columns, covers: [("s", Self.first.description, last.description)])
    let result = try await analysis(
      RelationshipShiftAnalyzer.self, of: table,
      with: [("period", ["month"]), ("channels", ["conflict", "cooperation"])])
    let series = try #require(result["series"])
    let scores = list.map { (day: Self.first.days(until: $0.firstDay), score: $0.goldstein?.value ?? 0) }
    var errors: [Double] = []
    for row in 0..<series.count {
      let month = try #require(try value(series, "period", row).text.flatMap { Day($0) })
      let end = min(Period(.month, holding: month).lastDay, last)
      let wanted = tone(scores, on: Self.first.days(until: end), halfLife: 60)
      #expect(abs(try #require(try value(series, "tone", row).number) - wanted.value) < 1e-8)
      let error = try #require(try value(series, "tone_se", row).number)
      #expect(abs(error - wanted.error) < 1e-8)
      if row >= 5 { errors.append(error) }
    }
    #expect(zip(errors, errors.dropFirst()).allSatisfy { $0 < $1 })
    #expect(try #require(errors.last) > 2.8 && #require(errors.last) < 75.0.squareRoot() / 3)
    let dyads = try #require(result["dyads"])
    #expect(try lines(dyads, ["class", "last_class"]) == ["stale,adversarial"])
  }

  @Test func statesAreInTheToneAndInNoRate() async throws {
    var state = try event("s", "2018-01-10", "191")
    state.goldstein = GoldsteinScore(tenths: -95)
    (state.lastDay, state.datePrecision) = (Self.first.adding(days: 400), .span)
    let one = try event("e", "2018-03-01", "042") { $0.goldstein = GoldsteinScore(tenths: 19) }
    let table = try events([state, one], Self.columns, covers: [("s", "2018-01-01", "2018-12-31")])
    let result = try await analysis(RelationshipShiftAnalyzer.self, of: table, with: [("period", ["month"])])
    let dyads = try #require(result["dyads"])
    #expect(
      try lines(dyads, ["events", "incidents", "conflict", "cooperation", "scored", "class"]) == ["2,1,0,1,2,unknown"])
    // The state counts whole on the last day, the event hardly any more.
    #expect(try #require(try value(dyads, "tone", 0).number) < -2)
  }

  @Test func equalForAnyNumberOfWorkersAndInAnyOrderOfRows() async throws {
    let shifted = Plan(actors: ("A", "B"), rates: { $0 < 30 ? (1, 2) : (5, 2) })
    let events = try table([shifted, Self.quiet("C", "D")], seed: 9)
    let names = ["actor1", "actor2", "date", "date_low", "date_high", "p", "p_local", "q", "label", "confidence"]
    var texts: [[String]] = []
    for workers in [1, 3] {
      let result = try await analysis(
        RelationshipShiftAnalyzer.self, of: events, with: [("period", ["week"])], workers: workers)
      texts.append(try lines(try #require(result["shifts"]), names) + result.findings.map(\.sentence))
    }
    let reversed = events.selecting((0..<Int32(events.count)).reversed())
    let result = try await analysis(RelationshipShiftAnalyzer.self, of: reversed, with: [("period", ["week"])])
    #expect(texts[0] == texts[1])
    #expect(try lines(try #require(result["shifts"]), names) == Array(texts[0].prefix(1)))
  }
}
