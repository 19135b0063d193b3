import Engine
import JSONText
import Testing
import Workbench

/// What is expected of a source is checked after it was read, and again where it changes, without reading the file again.
@Suite struct ExpectationTests {
  private func bench(_ expect: String, with: String = "") throws -> Bench {
    try Bench(
      """
      workspace: 1
      name: small
      sources:
        coded:
          use: csv
          with: {path: events.csv, directed: true, ontology: cameo}
          expect: {\(expect)}
      analyses: {panel: {use: panel, with: {unit: directed-dyad, period: month}}}
      exports: {out: {use: dump, to: out}}

      """)
  }

  @Test(arguments: [
    "rows: {min: 3, max: 3}", "unique: [event_id]", "unique: [actor1, date_start]", "unique: [fatalities_best]",
    "not_null: [event_id, date_end, actor2]", "between: {fatalities_best: [2, 4]}",
    "between: {date_start: [2021-11-09, 2021-12-30], goldstein: [-10, 10]}", "on: fail", "",
  ])
  func whatHoldsIsSilent(_ expect: String) async throws {
    let run = try await bench(expect).run()
    #expect(run.outcome.exit == nil && run.warned.isEmpty, "\(run.outcome.problems)")
  }

  @Test(arguments: [
    ("rows: {min: 4}", "events: 3, expected at least 4", []),
    ("rows: {min: 1, max: 2}", "events: 3, expected at least 1 and at most 2", []),
    ("unique: [actor1]", "events that agree with an earlier one in 'actor1': 1", ["'c' at events.csv:4"]),
    (
      "unique: [actor2, actor1]", "events that agree with an earlier one in 'actor2', 'actor1': 1",
      ["'c' at events.csv:4"]
    ),
    ("not_null: [actor1, fatalities_best]", "events without 'fatalities_best': 1 of 3", ["'a' at events.csv:2"]),
    (
      "between: {fatalities_best: [0, 3.5]}", "events whose 'fatalities_best' is not in 0 to 3.5: 1",
      ["'c' at events.csv:4"]
    ),
    (
      "between: {date_start: [2021-12-18, 2021-12-31]}",
      "events whose 'date_start' is not in 2021-12-18 to 2021-12-31: 2", ["'a' at events.csv:2", "'b' at events.csv:3"]
    ),
  ])
  func aBrokenOneFailsTheSourceAtItsLine(_ expect: String, _ message: String, _ notes: [String]) async throws {
    let bench = try bench(expect)
    let run = try await bench.run()
    #expect(run.outcome.exit == .failed)
    #expect(
      run.states == [
        "source 'coded'": "failed", "event set 'all'": "blocked", "analysis 'panel'": "blocked",
        "export 'out'": "blocked",
      ])
    let error = try #require(run.error(of: "coded"))
    #expect(error.id == "source.unexpected" && error.message == "source 'coded': \(message)")
    #expect(error.location?.file == "workspace.yaml" && error.location?.line == 7)
    #expect(error.notes == notes)
  }

  @Test func eachBrokenOneIsTold() async throws {
    let run = try await bench("rows: {min: 9}, not_null: [fatalities_best], unique: [actor1]").run()
    #expect(run.error(of: "coded")?.parameter == "expect.rows")
    #expect(run.warned.map(\.parameter) == ["expect.unique", "expect.not_null.fatalities_best"])
    #expect(run.warned.allSatisfy { $0.severity == .error })
  }

  @Test func aWarningGoesOnAndIsInTheRecord() async throws {
    let bench = try bench("rows: {min: 9}, on: warn")
    let run = try await bench.run()
    #expect(run.outcome.exit == nil)
    #expect(run.warned.map(\.message) == ["source 'coded': events: 3, expected at least 9"])
    let record = try bench.record()
    #expect(record["sources"]?.elements.first?["warnings"]?.elements.first?["id"] == "source.unexpected")
    let again = try await bench.run()
    #expect(again.worked.isEmpty && again.warned == run.warned, "told again, with its place, and nothing is done")
    #expect(try await bench.plan()["coded"] == "cached: nothing it depends on changed")
    #expect(try await bench.plan()["out"] == "cached: nothing it depends on changed")
  }

  @Test func aChangedExpectationIsCheckedWithoutReadingTheFile() async throws {
    let bench = try bench("rows: {min: 1}, not_null: [fatalities_best], on: warn")
    _ = try await bench.run()
    try bench.replace("min: 1}, not_null", with: "min: 4}, not_null")
    #expect(try await bench.plan()["coded"] == "run: what is expected of it is to be checked")
    let run = try await bench.run()
    #expect(run.warned.map(\.parameter) == ["expect.rows", "expect.not_null.fatalities_best"])
    #expect(run.states["event set 'all'"] == "cached" && run.states["analysis 'panel'"] == "cached")
    try bench.replace("on: warn", with: "on: fail")
    #expect(try await bench.run().outcome.exit == .failed)
    #expect(try await bench.run().outcome.exit == .failed, "it fails until it is mended")
    try bench.replace("rows: {min: 4}, not_null: [fatalities_best], on: fail", with: "rows: {max: 3}")
    #expect(try await bench.run().outcome.exit == nil)
  }

  @Test func keptColumnsThatAreGoneAreReadAgain() async throws {
    let bench = try bench("rows: {min: 1}")
    _ = try await bench.run()
    try bench.replace("min: 1", with: "min: 2")
    for path in bench.files(state: true).keys where path.hasPrefix(".casus/objects/") {
      try bench.write("damaged", path)
    }
    let run = try await bench.run()
    #expect(run.outcome.exit == nil && run.states["source 'coded'"] == "done")
  }

  @Test func aColumnThatTheSourceLacksIsAMistakeBeforeTheRun() async throws {
    let problems = try await bench("not_null: [admin1], between: {latitude: [0, 90]}").problems()
    #expect(
      problems.map(\.message) == [
        "source 'coded' does not have 'admin1', which 'expect' names",
        "source 'coded' does not have 'latitude', which 'expect' names",
      ])
    #expect(problems.allSatisfy { $0.location?.line == 7 })
  }
}
