import BuiltinPlugins
import ChartsExporter
import Foundation
import JSONText
import ReportExporter
import TestSupport
import Testing
import Workbench

@Suite struct ReportExporterTests {
  private static let attack =
    "</script><script>alert(1)</script><img src=x onerror=alert(1)> javascript:alert(1) & \"q\" 'r'"

  /// A run whose every text is an attack.
  private static func hostileRun() -> RunResults {
    let schema = TableSchema(
      "rows", attack, keys: ["name"],
      columns: [ColumnSchema("name", .text, attack), ColumnSchema("count", .integer, unit: attack, attack)])
    var table = ResultTable.Builder(schema)
    for index in 0..<30 { table.append([.string("\(attack) \(index)"), .integer(index)]) }
    let result = AnalysisResult(
      tables: [table.finish()],
      findings: [Finding(attack + ".", numbers: ["n": .string(attack)], strength: .weak, events: [attack, "e2"])],
      charts: Chart.Kind.allCases.map {
        Chart(
          "\($0.rawValue)-one", attack, kind: $0, table: "rows", x: "name", y: ["count"], series: "name", note: attack)
      })
    let text = JSONValue.string(attack)
    var run = testResults([NamedAnalysis(name: "odd", plugin: "example", result: result)])
    run.workspace.title = attack
    run.workspace.license = attack
    run.citations = [attack, "See https://example.org/a?b=1&c=2."]
    run.plugins = [
      RunResults.UsedPlugin(
        manifest: PluginManifest(id: "example", name: attack, summary: attack, citation: attack), parameters: [],
        description: text)
    ]
    run.record = [
      "casus": text, "workspace": ["name": text, "profile": text, "vars": ["a": text]],
      "sources": [
        ["name": text, "plugin": text, "release": text, "citation": text, "inputs": [["path": text, "sha256": text]]]
      ],
      "events": [["name": text, "coverage": [["source": text, "from": text, "to": text]]]],
      "analyses": [
        [
          "name": "odd", "plugin": text, "parameters": ["p": text],
          "warnings": [["message": text, "hint": text, "notes": [text]]],
        ]
      ],
    ]
    run.evidence = [
      RunResults.Evidence(
        event: attack, source: attack,
        record: RawRecord(
          location: SourceLocation(file: attack, line: 3),
          fields: [RawRecord.Field(name: attack, value: attack + " https://example.org/x", meaning: attack)]))
    ]
    return run
  }

  @Test func textOfDataIsNeverMarkup() async throws {
    let files = try await exported(made(ReportExporter.self), Self.hostileRun(), fileName: "report.html")
    let page = String(decoding: try #require(files["report.html"]), as: UTF8.self)
    #expect(!page.contains("<script>") && !page.contains("<img"))
    #expect(
      page.matches(of: /<script[ ]/).count == page.matches(of: /<script nonce=|<script type="application\/json">/).count
    )
    #expect(page.matches(of: /<script nonce=/).count == 1)
    #expect(page.matches(of: /<\/script>/).count == page.matches(of: /<script[ ]/).count)
    #expect(!page.contains(/href="(?!#|https:\/\/example\.org)/))
    #expect(page.contains("href=\"https://example.org/a?b=1&amp;c=2\""))
    #expect(page.contains("&lt;/script&gt;&lt;script&gt;alert(1)"))
    #expect(page.contains("default-src &#39;none&#39;"))
  }

  @Test func everythingThatWasRunIsOnThePage() async throws {
    let sample = sampleRun(rows: 200)
    let files = try await exported(made(ReportExporter.self), sample, fileName: "report.html")
    let page = String(decoding: try #require(files["report.html"]), as: UTF8.self)
    for words in [
      "A sample", "The ceasefire held for 9 days, &quot;they&quot; said.", "200 rows, the first 50 shown",
      "Someone (2026), Events.", "CC-BY-4.0", "how many events", "9,007,199,254,740,993", "casus run path/to/sample",
    ] { #expect(page.contains(words), "\(words)") }
  }

  @Test func chartsAreFilesThatStandAlone() async throws {
    let files = try await exported(made(ChartsExporter.self), Self.hostileRun())
    #expect(files.count == 2 * Chart.Kind.allCases.count + 1)
    let list = try #require(files["charts.json"])
    let index = try #require(JSONValue(reading: list))
    for chart in index["charts"]?.elements ?? [] {
      let svg = String(decoding: try #require(files[chart["svg"]?.text ?? ""]), as: UTF8.self)
      let outline = XMLOutline(svg)
      #expect(outline.problem == nil && outline.elements.contains("style") && !outline.elements.contains("script"))
      let text = try #require(files[chart["vega_lite"]?.text ?? ""])
      let spec = try #require(JSONValue(reading: text))
      #expect(spec["data"]?["values"]?.elements.count == 30)
      #expect(spec["layer"]?.elements.isEmpty == false)
    }
  }

  /// Renderers fail on a logarithmic axis without values.
  @Test(arguments: [(nil, true), (0, true), (2, false)]) func vegaLiteSaysThatThereIsNothingToDraw(
    _ ratio: Double?, _ isEmpty: Bool
  ) async throws {
    let schema = TableSchema(
      "ratios", "A row is a shift.", keys: ["dyad"],
      columns: [ColumnSchema("dyad", .text, "two actors"), ColumnSchema("ratio", .real, "after over before")])
    var table = ResultTable.Builder(schema)
    table.append(["A – B", ratio.map { .number($0) } ?? .null])
    let chart = Chart(
      "ratios", "Ratios", kind: .bars, table: "ratios", x: "dyad", y: ["ratio"], yScale: .logarithmic, reference: 1)
    let run = testResults([
      NamedAnalysis(name: "a", plugin: "example", result: AnalysisResult(tables: [table.finish()], charts: [chart]))
    ])
    let spec = try #require(
      try await exported(made(ChartsExporter.self), run)["a/ratios.vl.json"].flatMap { JSONValue(reading: $0) })
    #expect((spec["mark"]?.text == "text") == isEmpty)
    #expect((spec["layer"] == nil) == isEmpty)
  }

  @Test func boundariesThatAreNoneAreRefused() async throws {
    let place = SourceLocation(file: "test")
    let node = ConfigNode(
      .map([
        ConfigNode.Entry(
          key: "boundaries", keyLocation: place, value: ConfigNode(.scalar("b.json", isQuoted: false), at: place))
      ]), at: place)
    for (text, isSound) in [
      ("{}", false), ("{\"type\":\"Point\",\"coordinates\":[1,2]}", false), ("not json", false),
      ("{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,4]]}", true),
    ] {
      var reader = ParameterReader(reading: node)
      let exporter = ChartsExporter(parameters: &reader)
      let outcome = await Result<Void, Diagnostic> { () async throws(Diagnostic) in
        let output = MemoryOutput()
        try await exporter.export(testResults([]), to: output, in: testContext(files: MemoryFiles(["b.json": text])))
      }
      #expect(((try? outcome.get()) != nil) == isSound, "\(text)")
    }
  }
}

extension Result where Success == Void, Failure == Diagnostic {
  fileprivate init(catching body: () async throws(Diagnostic) -> Void) async {
    do throws(Diagnostic) { self = .success(try await body()) } catch { self = .failure(error) }
  }
}
