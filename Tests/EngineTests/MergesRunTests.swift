import Engine
import EventModel
import JSONText
import Testing
import Workbench

/// The merges of a run are kept with its record, so that a run that computes nothing still has them.
@Suite struct MergesRunTests {
  private func bench(_ rule: String, _ columns: String = "latitude,longitude") throws -> Bench {
    let bench = try Bench(
      """
      workspace: 1
      name: small
      sources:
        one: {use: csv, with: {path: one.csv, directed: true, ontology: cameo}}
        two: {use: csv, with: {path: two.csv, directed: true, ontology: cameo}}
      events:
        all: {deduplicate: \(rule)}
        plain: {from: one}
      analyses: {panel: {use: panel, from: all, with: {unit: dyad, period: month}}}
      exports: {out: {use: merges, to: out}, dump: {use: dump, from: all, to: all, with: {events: true}}}

      """, events: nil)
    bench.catalog = PluginCatalog(bench.catalog.entries + [PluginEntry(exporter: MergesExporter.self)])
    try bench.write(
      """
      event_id,date_start,actor1,actor2,code,\(columns)
      a,2021-11-09,TTP,Pakistan,190,33,70
      b,2021-12-17,Pakistan,TTP,190,33,70

      """, "one.csv")
    try bench.write(
      """
      event_id,date_start,actor1,actor2,code,\(columns)
      c,2021-11-10,TTP,Pakistan,190,33.01,70
      d,2021-12-20,Pakistan,TTP,190,33,70

      """, "two.csv")
    return bench
  }

  private let expected = """
    ["all","cross-source","one","a",1,"two","c",1,1,1.112,"TTP","it comes first"]

    """

  @Test func aRunThatDoesNothingHasThemStill() async throws {
    let bench = try bench("cross-source")
    #expect(try await bench.run().outcome.exit == nil)
    #expect(try bench.text("out/merges.jsonl") == expected)
    #expect(try bench.text("all/events/all.txt") == "a TTP Pakistan\nb Pakistan TTP\nd Pakistan TTP\n")
    try bench.write("gone", "out/merges.jsonl")
    let again = try await bench.run()
    #expect(again.worked == ["out"])
    #expect(try bench.text("out/merges.jsonl") == expected)
    let record = try bench.record()
    #expect(record["events"]?.elements.first?["merges"]?["rows"] == 1)
    #expect(
      record["events"]?.elements.first?["deduplicate"] == ["rule": "cross-source", "days": 1, "kilometres": 10])
    #expect(record["events"]?.elements.last?["merges"] == nil)
    let tables = try #require(try RunHistory(store: bench.store()).tables(ofSet: "all", in: record))
    #expect(tables.map(\.schema.name) == ["event-sets", "merges"] && tables[1].count == 1)
  }

  @Test func thoseThatAreDamagedAreMadeAgain() async throws {
    let bench = try bench("cross-source")
    _ = try await bench.run()
    let digest = try #require(try bench.record()["events"]?.elements.first?["merges"]?["sha256"]?.text)
    try bench.write("damaged", ".casus/objects/\(digest.prefix(2))/\(digest.dropFirst(2))")
    try bench.write("gone", "out/merges.jsonl")
    #expect(try await bench.run().outcome.exit == nil)
    #expect(try bench.text("out/merges.jsonl") == expected)
  }

  @Test func aRuleIsPartOfTheKey() async throws {
    let bench = try bench("cross-source")
    _ = try await bench.run()
    try bench.replace("deduplicate: cross-source", with: "deduplicate: {rule: cross-source, kilometres: 1}")
    let reason = try await bench.plan()["all"]
    #expect(reason?.contains("kilometres") ?? false, "\(reason ?? "")")
    _ = try await bench.run()
    #expect(try bench.text("out/merges.jsonl") == "")
  }

  @Test func aRuleWhoseColumnsASourceLacksIsRefusedBeforeTheRun() async throws {
    let bench = try bench("cross-source")
    try bench.write("event_id,date_start,actor1,actor2,code\nc,2021-11-10,TTP,Pakistan,190\n", "two.csv")
    let problems = try await bench.problems()
    #expect(
      problems.map(\.message) == [
        "'deduplicate: cross-source' of event set 'all' needs 'latitude', 'longitude', which source 'two' does not have"
      ])
  }
}

/// Writes the merges of a run.
struct MergesExporter: Exporter {
  static let manifest = PluginManifest(id: "merges", name: "Merges", summary: "Writes merges.")
  static let examples: [PluginExample] = []
  static let shape = ExportShape.folder
  var columns: EventColumns { [] }
  init(parameters: inout ParameterReader) {}
  func export(
    _ run: RunResults, to output: any OutputDirectory, in context: RunContext
  ) throws(Diagnostic) {
    guard let merges = run.merges else { return }
    let rows = (0..<merges.count).map { JSONValue.array(merges.row($0)).compact + "\n" }.joined()
    try output.write(Array(rows.utf8), named: "merges.jsonl")
  }
}
