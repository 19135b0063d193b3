import CSVSource
import EventModel
import Foundation
import InterventionAnalyzer
import JSONText
import TestSupport
import Testing
import UCDPSource
import Workbench
import WorkspaceFormat

/// Runs the analyzer with parameters as YAML.
private func studied(
  _ yaml: String, _ events: EventTable, warnings: Warnings = Warnings()
) async throws -> AnalysisResult {
  let document = YAMLDocument(Array(yaml.utf8), name: "parameters")
  let making = PluginEntry(analyzer: InterventionAnalyzer.self).make(try #require(document.root))
  if let problem = document.problems.first ?? making.outcome.problems.first { throw problem }
  guard case .analyzer(let analyzer)? = making.instance else { throw NotMade() }
  let needs = try #require(analyzer.needs.events)
  let kept = events.keeping(needs.columns.union(analyzer.needs.optional))
  return try await analyzer.analyze(AnalysisInput(events: kept), in: testContext(warnings: warnings))
}

extension AnalysisResult {
  /// A number of the row of a comparison, or of a window.
  fileprivate func number(_ row: String, _ column: String, of intervention: String) throws -> Double? {
    let isWindow = !row.contains("/")
    let table = try #require(self[isWindow ? "windows" : "effects"])
    let (names, rows) = (try #require(table["intervention"]), try #require(table[isWindow ? "window" : "comparison"]))
    let index = try #require((0..<table.count).first { names[$0].text == intervention && rows[$0].text == row })
    return try #require(table[column])[index].number
  }
  fileprivate func verdict(_ comparison: String = "during/before", of intervention: String) throws -> String? {
    let table = try #require(self["effects"])
    let (names, rows) = (try #require(table["intervention"]), try #require(table["comparison"]))
    let index = try #require((0..<table.count).first { names[$0].text == intervention && rows[$0].text == comparison })
    return try #require(table["verdict"])[index].text
  }
}

/// Whether a number is the one expected, to the digits it is given with.
private func equals(_ value: Double?, _ expected: Double, within tolerance: Double) -> Bool {
  value.map { abs($0 - expected) <= tolerance } ?? false
}

@Suite struct PlantedCeasefireTests {
  /// The synthetic events, one a day of each directed dyad and class; nil where they are not here.
  private func events() async throws -> EventTable? {
    guard let url = sharedData("synthetic/events.csv") else { return nil }
    let dataset = try Dataset(
      CSVSource.self,
      "{path: e.csv, directed: true, ontology: cameo, columns: {date_start: date, actor1: source, actor2: target, "
        + "code: cameo, fatalities_best: fatalities, outlet: report_source}}",
      files: ["e.csv": Array(try Data(contentsOf: url))])
    let table = try await dataset.events()
    struct Key: Hashable {
      var day: Day
      var actors: [String?]
      var eventClass: String?
    }
    var seen: Set<Key> = []
    let rows = (0..<table.count).filter { row in
      let code = table.eventClass?[row].map { String($0.prefix(3)) }
      return seen.insert(
        Key(day: table.firstDay.values[row], actors: [table.actor1?[row], table.actor2?[row]], eventClass: code)
      ).inserted
    }.map { Int32($0) }
    return table.selecting(rows).covering([
      Coverage(
        source: "planted", from: try #require(Day("2018-01-01")), to: try #require(Day("2023-12-31")))
    ])
  }
  private let ceasefire = "interventions: [{name: c, dyads: [[A02, A01]], start: 2021-11-09, end: 2021-12-09}]"

  @Test func materialConflictFell() async throws {
    guard let events = try await events() else { return }
    let result = try await studied("{\(ceasefire)}", events)
    let windows = try #require(result["windows"])
    #expect(try lines(windows, ["window", "incidents"]) == ["before,22", "anticipation,10", "during,3", "after,14"])
    func number(_ column: String) throws -> Double? { try result.number("during/before", column, of: "c") }
    #expect(equals(try number("rate_ratio"), 0.136, within: 5e-4))
    #expect(equals(try number("exact_low"), 0.026, within: 5e-4))
    #expect(equals(try number("exact_high"), 0.454, within: 5e-4))
    #expect(equals(try number("p"), 1.565e-4, within: 5e-8))
    #expect(equals(try number("p_mid"), 8.8e-5, within: 5e-7))
    #expect(equals(try number("p_placebo"), 0.029, within: 5e-4))
    #expect(try number("placebos") == 1301)
    #expect(equals(try number("placebos_apart"), 17, within: 0.5))
    // The tempered interval, at a dispersion of 2.09, decides, and does not hold 1 either.
    #expect(equals(try number("dispersion"), 2.089, within: 1e-3))
    #expect(equals(try number("rate_ratio_high"), 0.757, within: 1e-3))
    #expect(try result.verdict(of: "c") == "held")
    #expect(try result.verdict("after/before", of: "c") == "resumed, not robust to overdispersion")
    #expect(result.findings.first?.sentence.contains(" held: 3 incidents of material conflict") == true)
  }

  @Test func otherDyadsDidNotFall() async throws {
    guard let events = try await events() else { return }
    let result = try await studied("{\(ceasefire)}", events)
    let table = try #require(result["composition"])
    // Counted by a script of its own over the same events.
    #expect(
      try lines(table, ["comparison", "part", "incidents_earlier", "incidents"]) == [
        "after/before,fatal incidents,18,11", "after/before,material conflict,22,14",
        "after/before,other dyads,320,350", "after/before,verbal conflict,12,10",
        "during/before,fatal incidents,18,3", "during/before,material conflict,22,3",
        "during/before,other dyads,320,339", "during/before,verbal conflict,12,10",
      ])
    #expect(equals(table["rate_ratio"]?[6].number, 339.0 / 320, within: 1e-9))
    #expect(equals(table["relative_ratio"]?[6].number, (3.5 / 22.5) / (339.5 / 320.5), within: 1e-9))
    #expect(table["relative_ratio"]?[4].number == nil)
    let sentence = try #require(result.findings.last?.sentence)
    #expect(
      sentence.contains(
        "in all other dyads were 1.06 times as frequent as before (339 in 31 days, 320 in 31 days before)"))
  }

  @Test func allConflictFell() async throws {
    guard let events = try await events() else { return }
    let result = try await studied("{\(ceasefire), quads: [verbal-conflict, material-conflict]}", events)
    func number(_ column: String) throws -> Double? { try result.number("during/before", column, of: "c") }
    #expect(equals(try number("rate_ratio"), 0.382, within: 5e-4))
    #expect(equals(try number("exact_low"), 0.185, within: 5e-4))
    #expect(equals(try number("exact_high"), 0.743, within: 5e-4))
    #expect(equals(try number("p"), 0.0031, within: 5e-5))
  }
}

@Suite struct UCDPCeasefireTests {
  @Test func ceasefiresOfTheTTP() async throws {
    guard let url = sharedData("ucdp/ged-pakistan-1989-2021.csv") else { return }
    let dataset = try Dataset(
      UCDPSource.self, "{path: ged.csv}", files: ["ged.csv": Array(try Data(contentsOf: url))])
    let table = try await dataset.events()
    let rows = (0..<table.count).filter { row in
      table.eventClass?[row] == "state-based" && [table.actor1?[row], table.actor2?[row]].contains("TTP")
    }.map { Int32($0) }
    let events = table.selecting(rows).covering([
      Coverage(source: "ged", from: try #require(Day("1989-01-01")), to: try #require(Day("2021-12-31")))
    ])
    let dyads = "dyads: [[TTP, Government of Pakistan]]"
    let late = "{name: \"2021\", \(dyads), start: 2021-11-09, end: 2021-12-09}"
    let early = "{name: \"2014\", \(dyads), start: 2014-03-01, end: 2014-03-31}"
    let result = try await studied("{interventions: [\(late)]}", events)
    let earlier = try await studied("{interventions: [\(early)]}", events)
    func number(_ comparison: String, _ column: String, _ name: String = "2021") throws -> Double? {
      try (name == "2021" ? result : earlier).number(comparison, column, of: name)
    }
    #expect(try number("before", "incidents") == 15)
    #expect(try number("during", "incidents") == 2)
    #expect(try number("after", "days_covered") == 22)
    #expect(try number("during/before", "placebos") == 5135)
    let (during, after, ending) = ("during/before", "after/before", "after/during")
    let expected: [(Double?, Double, Double)] = [
      (try number(during, "rate_ratio"), 0.133, 5e-4), (try number(during, "exact_low"), 0.015, 5e-4),
      (try number(during, "exact_high"), 0.573, 5e-4), (try number(during, "p"), 0.0024, 6e-5),
      (try number(during, "p_placebo"), 0.010, 5e-4), (try number(after, "rate_ratio"), 0.94, 5e-3),
      (try number(after, "exact_low"), 0.38, 5e-3), (try number(after, "exact_high"), 2.24, 5e-3),
      (try number(ending, "rate_ratio"), 7.05, 5e-3), (try number(ending, "exact_low"), 1.50, 5e-3),
      (try number(ending, "exact_high"), 66, 0.5),
      (try number(during, "rate_ratio", "2014"), 0.182, 5e-4), (try number(during, "exact_low", "2014"), 0.046, 5e-4),
      (try number(during, "exact_high", "2014"), 0.535, 5e-4), (try number(during, "p", "2014"), 0.00053, 5e-6),
      (try number(during, "p_placebo", "2014"), 0.0013, 5e-5),
    ]
    for (place, (value, wanted, tolerance)) in expected.enumerated() {
      #expect(equals(value, wanted, within: tolerance), "number \(place): \(String(describing: value)), not \(wanted)")
    }
    #expect(try result.verdict(of: "2021") == "held, not robust to overdispersion")
    #expect(try result.verdict("after/before", of: "2021") == "resumed, not robust to overdispersion")
    #expect(try earlier.verdict(of: "2014") == "held")
    // Studied together, the days of the one are no placebo of the other: of 51 dates 9 touch March 2014.
    let both = try await studied("{interventions: [\(late), \(early)]}", events)
    #expect(try both.number("during/before", "placebos", of: "2021") == 5015)
    #expect(equals(try both.number("during/before", "p_placebo", of: "2021"), 42.0 / 5016, within: 1e-9))
    #expect(
      both.findings.first?.sentence.hasPrefix(
        "The ceasefire '2021' (2021-11-09 to 2021-12-09) held, if incidents come one by one; not surely, if "
          + "in clusters, as in the weeks before: 2 incidents of material conflict between TTP and Government of "
          + "Pakistan in 31 days, against 15 in the 31 days to 2021-10-25; rate ratio 0.133, 95 % interval ") == true)
  }
}

@Suite struct InterventionAnalyzerTests {
  private let truce = "interventions: [{name: truce, dyads: [[B, A]], start: 2021-06-01, end: 2021-06-28}]"
  /// So many incidents on each day of some.
  private func daily(_ from: String, _ days: Int, each count: Int = 1) throws -> [Event] {
    let first = try #require(Day(from))
    return try (0..<days).flatMap { day in
      try (0..<count).map {
        try event("\(from)+\(day).\($0)", first.adding(days: day).description) { $0.quadClass = .materialConflict }
      }
    }
  }
  private func table(_ list: [Event], covers: [(String, String, String)] = [("s", "2021-01-01", "2021-12-31")])
    throws -> EventTable
  {
    try events(list, .all.subtracting(.record), covers: covers)
  }

  @Test func fiftyTwoHandCodedEventsTellNothingOfTheCeasefire() async throws {
    guard let url = sharedData("durand-line/events.csv") else { return }
    let dataset = try Dataset(
      CSVSource.self, "{path: e.csv, directed: true, ontology: cameo}",
      files: ["e.csv": Array(try Data(contentsOf: url))])
    let events = try await dataset.events().covering([
      Coverage(source: "coded", from: try #require(Day("2017-01-01")), to: try #require(Day("2022-01-31")))
    ])
    let result = try await studied(
      """
      {classes: ["18", "19", "20"],
        interventions: [{name: c, dyads: [[TTP, Pakistan]], start: 2021-11-09, end: 2021-12-09}]}
      """, events)
    #expect(try result.verdict(of: "c") == "insufficient data")
    #expect(try result.verdict("after/before", of: "c") == "insufficient data")
    // December's 45 attacks are of the days in force, or of those after: nobody knows.
    #expect(
      try lines(try #require(result["windows"]), ["window", "incidents_low", "incidents_high"]) == [
        "before,0,0", "anticipation,0,0", "during,0,45", "after,2,49",
      ])
    // Neither has a ratio or a p-value a count to stand on.
    for comparison in ["during/before", "after/before", "after/during"] {
      #expect(try result.number(comparison, "p", of: "c") == nil)
      #expect(try result.number(comparison, "rate_ratio", of: "c") == nil)
    }
    for finding in result.findings { #expect(finding.strength == .weak) }
    #expect(result.findings.first?.sentence.contains("cannot be judged, for want of data") == true)
  }

  @Test func rowsThatStraddleAnEdgeBoundTheCounts() async throws {
    var list = try daily("2021-04-20", 28)
    list.append(
      try event("edge", "2021-06-20") {
        $0.lastDay = Day("2021-07-05") ?? $0.lastDay
        $0.quadClass = .materialConflict
        $0.incidents = 9
      })
    let result = try await studied("{\(truce)}", table(list))
    #expect(
      try lines(try #require(result["windows"]), ["window", "incidents", "incidents_low", "incidents_high"]) == [
        "before,28,28,28", "anticipation,0,0,0", "during,9,0,9", "after,0,0,9",
      ])
    // Of what may be 9, the upper end; of what may be none, no lower one.
    #expect(try result.number("during/before", "rate_ratio_low", of: "truce") == 0)
    #expect(equals(try result.number("during/before", "rate_ratio_high", of: "truce"), 0.7007, within: 1e-3))
  }

  @Test func baselineWithoutCoverageIsInsufficient() async throws {
    let warnings = Warnings()
    let result = try await studied(
      "{\(truce)}", table(try daily("2021-06-02", 20), covers: [("s", "2021-06-01", "2021-12-31")]), warnings: warnings)
    #expect(try result.verdict(of: "truce") == "insufficient data")
    #expect(warnings.all.map(\.id) == ["intervention.outside-coverage"])
  }

  @Test func openEndedEndsWithTheCoverageAndHasNoAfter() async throws {
    let result = try await studied(
      "{interventions: [{name: t, dyads: [[A, B]], start: 2021-11-01}]}", table(try daily("2021-01-01", 300)))
    let windows = try #require(result["windows"])
    #expect(try lines(windows, ["window", "end"]).last == "during,2021-12-31")
    #expect(try #require(result["effects"]).count == 1)
    #expect(try result.verdict(of: "t") == "held")
  }

  @Test func moreIncidentsViolateAndAreFollowedByARebound() async throws {
    let list = try daily("2021-01-01", 120) + daily("2021-06-01", 28, each: 4) + daily("2021-06-29", 28, each: 6)
    let result = try await studied("{\(truce)}", table(list))
    #expect(try result.verdict(of: "truce") == "violated")
    #expect(try result.verdict("after/before", of: "truce") == "rebound")
  }

  @Test func whatCouldHaveBeenSeenIsSaid() async throws {
    // As many as before: 28 would have shown a fall to .36 of the rate, by enumeration in Python.
    let steady = try await studied("{\(truce)}", table(try daily("2021-01-01", 365)))
    #expect(try steady.verdict(of: "truce") == "no detectable effect")
    let fall = try #require(try steady.number("during/before", "detectable_fall", of: "truce"))
    #expect(fall == 0.36, "\(fall)")
    #expect(
      steady.findings.first?.sentence.contains("a fall to 0.36 times the rate before, or less, would have") == true)
    let few = try await studied("{\(truce)}", table(try daily("2021-05-01", 4) + daily("2021-06-08", 2)))
    #expect(try few.verdict(of: "truce") == "insufficient data")
    #expect(few.findings.first?.sentence.contains("not even a complete stop would be found") == true)
    #expect(few.findings.first?.sentence.contains("and a rise only from ") == true)
  }

  @Test func onlyCeasefiresHold() async throws {
    let list = try daily("2021-01-01", 151)
    func sentence(_ kind: String) async throws -> String? {
      let measure = "{kind: \(kind), dyads: [[B, A]], start: 2021-06-01, end: 2021-06-28}"
      return try await studied("{interventions: [\(measure)]}", table(list)).findings.first?.sentence
    }
    #expect(try await sentence("truce")?.hasPrefix("The truce of 2021-06-01 to 2021-06-28 held: 0 incidents") == true)
    #expect(
      try await sentence("operation")?.hasPrefix(
        "While the operation of 2021-06-01 to 2021-06-28 was in force, incidents were at most half as frequent as before: 0"
      )
        == true)
  }

  @Test func calmThatPersists() async throws {
    let result = try await studied("{\(truce)}", table(try daily("2021-01-01", 151)))
    #expect(try result.verdict(of: "truce") == "held")
    #expect(try result.verdict("after/before", of: "truce") == "calm persisted")
  }

  @Test func unknownActorAndOverlapAreSaid() async throws {
    let warnings = Warnings()
    _ = try await studied(
      """
      {interventions: [{name: one, dyads: [[Alpha, Beta]], start: 2021-06-01, end: 2021-06-28},
        {name: two, dyads: [[Beta, Alphas]], start: 2021-06-20, end: 2021-07-20},
        {name: three, actors: Beta, start: 2021-06-28, end: 2021-07-20}]}
      """,
      table(
        try daily("2021-04-01", 60).map {
          var event = $0
          (event.actor1, event.actor2) = ("Alpha", "Beta")
          return event
        }), warnings: warnings)
    #expect(warnings.all.contains { $0.id == "intervention.unknown-actor" && $0.hint == "did you mean 'Alpha'?" })
    let overlaps = warnings.all.filter { $0.id == "intervention.overlap" }.map(\.message)
    #expect(overlaps.contains("'one' is still in force when 'three' starts, on actors of both"))
  }

  @Test(arguments: [
    "{}", "{interventions: []}", "{interventions: [{dyads: [[A, B]]}]}",
    "{interventions: [{start: 2021-01-01}]}", "{interventions: [{dyads: [[A]], start: 2021-01-01}]}",
    "{interventions: [{dyads: [[A, B]], actors: A, start: 2021-01-01}]}",
    "{interventions: [{dyads: [[A, B]], start: 2021-02-01, end: 2021-01-01}]}",
    "{interventions: [{dyads: [[A, B]], start: 2021-02-01}, {dyads: [[A, C]], start: 2021-02-01}]}",
  ]) func badParametersAreRefused(_ yaml: String) throws {
    let document = YAMLDocument(Array(yaml.utf8), name: "parameters")
    let making = PluginEntry(analyzer: InterventionAnalyzer.self).make(try #require(document.root))
    #expect(!making.outcome.problems.isEmpty)
  }

  @Test func levelOfALongMeasureIsEstimated() async throws {
    // Two a day for 40 weeks, then one a day.
    let list = try daily("2021-01-01", 280, each: 2) + daily("2021-10-08", 85)
    let result = try await studied(
      "{interventions: [{name: t, dyads: [[A, B]], start: 2021-10-08}]}", table(list))
    #expect(equals(try result.number("during/before", "level_change", of: "t"), 0.5, within: 1e-6))
  }
}
