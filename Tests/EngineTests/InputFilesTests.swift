import BuiltinPlugins
import Engine
import FileStore
import Foundation
import JSONText
import TestSupport
import Testing
import Workbench

/// Sources that read several files, and members of zip files.
@Suite struct InputFilesTests {
  private let header = "event_id,date_start,actor1,actor2,code\n"
  private func day(_ number: Int, actor: String = "TTP") -> String {
    header + "e\(number),2021-11-\(number < 10 ? "0" : "")\(number),\(actor),Pakistan,190\n"
  }
  private func workspace(_ path: String, more: String = "") -> String {
    """
    workspace: 1
    name: several
    sources:
      coded: {use: csv, with: {path: \(path), directed: true}\(more)}
    analyses: {panel: {use: panel, with: {unit: directed-dyad, period: month}}}
    exports: {out: {use: dump, to: out, with: {events: true}}}

    """
  }
  private func bench(_ path: String = "data/*.csv", days: [Int] = [1, 2, 3], more: String = "") throws -> Bench {
    let bench = try Bench(workspace(path, more: more), events: nil)
    for number in days { try bench.write(day(number), "data/\(number).csv") }
    return bench
  }
  private func events(_ bench: Bench) throws -> String { try bench.text("out/events/all.txt") }
  private func sha256(_ bench: Bench, _ path: String) throws -> String {
    try bench.store().digest(of: InputPath(path))
  }

  @Test func readsTheFilesOfAPatternInOrderAndRecordsEach() async throws {
    let bench = try bench()
    try await bench.run()
    #expect(try events(bench) == "e1 TTP Pakistan\ne2 TTP Pakistan\ne3 TTP Pakistan\n")
    let inputs = try #require(try bench.record()["sources"]?.elements.first?["inputs"]?.elements)
    #expect(inputs.map { $0["path"]?.text } == ["data/1.csv", "data/2.csv", "data/3.csv"])
    #expect(inputs.map { $0["bytes"]?.integer } == [1, 2, 3].map { day($0).utf8.count })
    #expect(try inputs.map { $0["sha256"]?.text } == [1, 2, 3].map { try sha256(bench, "data/\($0).csv") })
    #expect(try await bench.run().worked.isEmpty)
  }

  @Test func aListKeepsItsOrder() async throws {
    let bench = try bench("[data/3.csv, data/1.csv]")
    try await bench.run()
    #expect(try events(bench) == "e3 TTP Pakistan\ne1 TTP Pakistan\n")
    try bench.replace("data/3.csv, data/1.csv", with: "data/1.csv, data/3.csv")
    #expect(try await bench.plan()["coded"] == "run: its files come in another order")
    try await bench.run()
    #expect(try events(bench) == "e1 TTP Pakistan\ne3 TTP Pakistan\n")
  }

  @Test func aFileUnderANewNameIsReadOnce() async throws {
    let bench = try bench("[data/1.csv, data/2.csv]")
    try await bench.run()
    try bench.write(day(2), "other/two.csv")
    try bench.replace("data/2.csv", with: "other/two.csv")
    #expect(try await bench.plan()["coded"] == "run: 1 of its 2 files has not been read yet")
    // What is read proves to be the same, so that nothing else works again.
    #expect(try await bench.run().states["analysis 'panel'"] == "cached")
  }

  @Test func plansSayWhatBecameOfTheFiles() async throws {
    let bench = try bench()
    try await bench.run()
    #expect(try await bench.plan()["coded"] == "cached: nothing it depends on changed")
    try bench.write(day(4), "data/4.csv")
    #expect(try await bench.plan()["coded"] == "run: 1 of its 4 files has not been read yet")
    try await bench.run()
    try bench.write(day(2, actor: "TTA"), "data/2.csv")
    #expect(try await bench.plan()["coded"] == "run: 1 file was changed")
    try await bench.run()
    #expect(try events(bench).contains("e2 TTA Pakistan"))
    try FileManager.default.removeItem(at: bench.url.appending(path: "data/3.csv"))
    #expect(try await bench.plan()["coded"] == "run: 1 file was removed")
    try await bench.run()
    try bench.write(day(3), "data/3.csv")
    #expect(try await bench.plan()["coded"] == "cached: nothing it depends on changed")
  }

  @Test func saysAtTheParameterThatNothingMatches() async throws {
    let bench = try bench("[data/1.csv, \"data/*.tsv\"]")
    let problem = try #require(try await bench.problems().first)
    #expect(problem.id == "input.no-match")
    #expect(problem.location?.line == 4)
    #expect(problem.location?.file == "workspace.yaml")
    #expect(
      try bench.text("workspace.yaml").split(separator: "\n")[3].dropFirst((problem.location?.column ?? 0) - 1)
        .hasPrefix("\"data/*.tsv\""))
    try bench.replace("\"data/*.tsv\"", with: "\"data/[0-9].csv\"")
    #expect(try await bench.problems().first?.id == "input.named-twice")
  }

  @Test(arguments: ["data/*.tsv", "nowhere/*.csv", "data/9.csv"]) func anOptionalSourceMayMatchNothing(
    path: String
  ) async throws {
    let bench = try bench("'\(path)'", more: ", optional: true")
    let ran = try await bench.run()
    #expect(ran.states["source 'coded'"] == "skipped")
    #expect(ran.outcome.problems.map(\.severity) == [.warning, .warning])
  }

  @Test func refusesAPinOfSeveralFiles() async throws {
    let bench = try bench(more: ", pin: 'sha256:\(String(repeating: "a", count: 64))'")
    let problem = try #require(try await bench.problems().first)
    #expect(problem.id == "run.pin-of-several")
    #expect(problem.message == "'pin' needs one file, and source 'coded' reads 3")
    #expect(problem.location?.line == 4)
  }

  @Test func aPatternOfOneFileCanBePinned() async throws {
    let bench = try bench(days: [1])
    try bench.replace("directed: true}", with: "directed: true}, pin: 'sha256:\(try sha256(bench, "data/1.csv"))'")
    #expect(try await bench.run().states["source 'coded'"] == "done")
  }

  @Test(arguments: ["to: data/tables", "to: data"]) func noExportMayLandAmongTheInputs(to: String) async throws {
    let bench = try bench("\"data/*/*.csv\"", days: [])
    try bench.write(day(1), "data/in/1.csv")
    try bench.replace("to: out", with: to)
    #expect(try await bench.problems().map(\.id) == ["export.protected"])
  }

  @Test func aFileThatGoesAwayIsNamed() async throws {
    let bench = try bench()
    let checked = try #require(try bench.check().checked)
    let store = bench.store()
    let engine = bench.engine(store)
    let found = await engine.findings(of: checked)
    #expect(found.problems.isEmpty)
    try FileManager.default.removeItem(at: bench.url.appending(path: "data/2.csv"))
    let outcome = await engine.run(checked)
    #expect(outcome.problems.first?.message == "there is no file 'data/2.csv'")
  }

  @Test func readsTheMembersOfAZip() async throws {
    let bench = try bench("days.zip", days: [])
    let members = [2, 1, 3].map { ZipFixture.Member("\($0).csv", day($0)) } + [.init("readme.md", "x")]
    try Data(ZipFixture(members).file).write(to: bench.url.appending(path: "days.zip"))
    try await bench.run()
    #expect(try events(bench) == "e2 TTP Pakistan\ne1 TTP Pakistan\ne3 TTP Pakistan\n")
    let inputs = try #require(try bench.record()["sources"]?.elements.first?["inputs"]?.elements)
    #expect(inputs.count == 1)
    #expect(inputs[0]["sha256"]?.text == (try sha256(bench, "days.zip")))
    #expect(inputs[0]["members"]?.elements.compactMap(\.text) == ["2.csv", "1.csv", "3.csv"])
    #expect(try await bench.run().worked.isEmpty)
    // Another choice of members is another input, though the file is the same.
    try bench.replace("days.zip", with: "\"days.zip/[12].csv\"")
    #expect(try await bench.plan()["coded"] == "run: other members of its zip files are read")
    try await bench.run()
    #expect(try events(bench) == "e2 TTP Pakistan\ne1 TTP Pakistan\n")
  }

  @Test func everyFileEntersTheArchive() async throws {
    let bench = try bench("[\"data/*.csv\", more.zip]")
    let zip = ZipFixture([.init("8.csv", day(8)), .init("9.csv", day(9))]).file
    try Data(zip).write(to: bench.url.appending(path: "more.zip"))
    bench.catalog = PluginCatalog(builtinPlugins.entries)
    try bench.replace(
      "{out: {use: dump, to: out, with: {events: true}}}", with: "{whole: {use: archive, to: out/whole.zip}}")
    #expect(try await bench.run().states["export 'whole'"] == "done")
    let store = bench.store()
    let inside = "out/whole.zip/several/data/workspace"
    let files = try store.parts(of: InputPaths([InputPath("\(inside)/data/*.csv"), InputPath("\(inside)/more.zip")]))
    #expect(
      files.map { $0.name.dropFirst(inside.count + 1) } == ["data/1.csv", "data/2.csv", "data/3.csv", "more.zip"])
    #expect(try store.open(files[3]).readAll(limit: 1 << 20, tooLarge: .unreadable) == zip)
  }

  @Test func whatItsPublisherForbidsEntersNoArchive() async throws {
    let bench = try Bench(
      """
      workspace: 1
      name: closed
      sources:
        own: {use: closed, with: {path: events.csv}}
      exports: {out: {use: dump, to: out}}

      """)
    try await bench.run()
    #expect(try bench.record()["sources"]?.elements.first?["redistribute"] == .boolean(false))
    try bench.replace("events.csv}", with: "events.csv}, redistribute: true")
    try await bench.run()
    #expect(try bench.record()["sources"]?.elements.first?["redistribute"] == .boolean(true))
  }
}
