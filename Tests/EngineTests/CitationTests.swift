import Engine
import EventModel
import Foundation
import JSONText
import TablesExporter
import Testing
import Workbench

/// Datasets are cited in all that a run leaves, and `check` reminds of what a citation lacks.
@Suite struct CitationTests {
  /// Events of a dataset that wants to be cited.
  struct CitedSource: DataSource {
    static let manifest = PluginManifest(
      id: "cited", name: "Cited", summary: "Has an event.", citation: "Someone (2026): Events. The Journal 1:1",
      mayRedistribute: false)
    static let examples: [PluginExample] = []
    init(parameters: inout ParameterReader) {}
    func schema(in context: RunContext) -> EventSchema {
      EventSchema(columns: [.actors, .record], direction: .directed)
    }
    func read(_ columns: EventColumns, in context: RunContext) -> EventTable {
      var builder = EventTable.Builder(schema(in: context))
      builder.append(Event(day: Day(daysSinceEpoch: 18_000), actor1: "a", actor2: "b"))
      return builder.finish()
    }
    func records(_ references: [RecordReference], in context: RunContext) -> [RawRecord] { [] }
  }

  private func bench(_ cite: String, second: String = "") throws -> Bench {
    let bench = try Bench(
      """
      workspace: 1
      name: cited
      sources:
        one: {use: cited\(cite)}
      \(second)
      analyses: {count: {use: count}}
      exports: {tables: {use: tables, to: out}}

      """)
    bench.catalog = PluginCatalog(
      bench.catalog.entries + [PluginEntry(source: CitedSource.self), PluginEntry(exporter: TablesExporter.self)])
    return bench
  }

  @Test(arguments: [
    ("", "Someone (2026): Events. The Journal 1:1"),
    (", cite: {release: \"25.1\"}", "Someone (2026): Events. The Journal 1:1. Release 25.1."),
    (", cite: {accessed: 2026-11-23}", "Someone (2026): Events. The Journal 1:1. Accessed 2026-11-23."),
    (
      ", cite: {release: \"25.1\", accessed: 2026-11-23}",
      "Someone (2026): Events. The Journal 1:1. Release 25.1. Accessed 2026-11-23."
    ),
    (", cite: {release: \"25.1\", citation: \"As I say\"}", "As I say. Release 25.1."),
    (", cite: {release: \"25.1\", citation: \"Version 25.1.\"}", "Version 25.1."),
    (
      ", cite: {release: \"1\", accessed: 2026-11-23, citation: \"Release 1, from 2017.\"}",
      "Release 1, from 2017. Accessed 2026-11-23."
    ),
    (", cite: {release: \"1\", citation: \"From 2017.\"}", "From 2017. Release 1."),
  ])
  func citationNamesReleaseAndDay(_ cite: String, _ expected: String) async throws {
    let bench = try bench(cite)
    let ran = try await bench.run()
    #expect(ran.outcome.exit == nil && ran.outcome.citations == [expected])
    #expect(try bench.record()["sources"]?.elements.first?["citation"]?.text == expected)
    #expect(try bench.text("out/CITATION.txt") == "Cite the data as\n\n\(expected)\n")
    let package = try #require(JSONValue(reading: Array(try bench.text("out/datapackage.json").utf8)))
    #expect(package["sources"]?.elements.map { $0["title"]?.text } == [expected])
  }

  @Test func datasetOfTwoSourcesIsCitedOnce() async throws {
    let bench = try bench("", second: "  two: {use: cited}\n  three: {use: cited, cite: {release: \"2\"}}")
    #expect(
      try await bench.run().outcome.citations == [
        "Someone (2026): Events. The Journal 1:1", "Someone (2026): Events. The Journal 1:1. Release 2.",
      ])
  }

  @Test func datasetThatForbidsItIsNotPassedOnUnlessTheWorkspaceSaysSo() async throws {
    for (more, expected) in [("", false), (", redistribute: true", true)] {
      let bench = try bench(more)
      try await bench.run()
      #expect(try bench.record()["sources"]?.elements.first?["redistribute"] == .boolean(expected))
    }
  }

  @Test func checkReminds() async throws {
    let note = try #require(try await bench("").problems().first)
    #expect(note.id == "workspace.no-release" && note.severity == .note && note.location?.line == 4)
    #expect(note.notes == ["to be cited: Someone (2026): Events. The Journal 1:1"])
    for cite in [", cite: {release: \"25.1\"}", ", cite: {accessed: 2026-11-23}", ", cite: {citation: \"As I say\"}"] {
      #expect(try await bench(cite).problems().isEmpty)
    }
  }

  @Test func sourceWithoutDatasetHasNothingToCite() async throws {
    let bench = try Bench(small())
    #expect(try await bench.problems().isEmpty)
    #expect(try await bench.run().outcome.citations.isEmpty)
    #expect(try bench.record()["sources"]?.elements.first?["citation"] == .null)
  }
}
