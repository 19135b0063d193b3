import Engine
import EventModel
import JSONText
import Testing
import Workbench

/// Exporters are handed the records of the events that findings name.
@Suite struct EvidenceTests {
  private static let workspace = """
    workspace: 1
    name: evidence
    sources:
      coded: {use: csv, with: {path: events.csv, directed: true, ontology: cameo}}
    analyses:
      named: {use: naming}
    exports:
      told: {use: evidence, to: out/told.txt}

    """
  private func bench() throws -> Bench {
    let bench = try Bench(Self.workspace)
    bench.catalog = PluginCatalog(
      bench.catalog.entries + [
        PluginEntry(analyzer: NamingAnalyzer.self), PluginEntry(exporter: EvidenceExporter.self),
      ])
    return bench
  }

  @Test func recordsOfTheFirstEventsReachTheExporter() async throws {
    let bench = try bench()
    #expect(try await bench.run().outcome.exit == nil)
    // The finding names c, a, b and an event that is not there; two are wanted, in the order of the file.
    #expect(
      try bench.text("out/told.txt") == """
        coded a events.csv:2 place=Miranshah
        coded c events.csv:4 place=Peshawar
        plugins csv naming

        """)
  }

  @Test func keptResultsGiveTheSame() async throws {
    let bench = try bench()
    _ = try await bench.run()
    let first = try bench.text("out/told.txt")
    try bench.replace("out/told.txt", with: "out/again.txt")
    let ran = try await bench.run()
    #expect(ran.worked == ["told"])
    #expect(try bench.text("out/again.txt") == first)
  }

  @Test func anExporterThatWantsNoneCostsNothing() async throws {
    let bench = try bench()
    try bench.replace("{use: evidence,", with: "{use: dump,")
    let ran = try await bench.run()
    let record = try #require(ran.outcome.id.map { try bench.text(".casus/runs/\($0)/run.json") })
    #expect(!record.contains("\"record\":\n") && !record.contains("\"record\": \""))
  }
}

/// Finds the events c, a, b and one that does not exist.
private struct NamingAnalyzer: Analyzer {
  static let manifest = PluginManifest(id: "naming", name: "Naming", summary: "Names events.")
  static let examples: [PluginExample] = []
  init(parameters: inout ParameterReader) {}
  var needs: Needs { Needs(events: EventSchema(columns: .id, direction: .undirected)) }
  private static let rows = TableSchema("rows", "Rows.", keys: [], columns: [ColumnSchema("rows", .integer, "rows")])
  var yields: [TableSchema] { [Self.rows] }
  func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic) -> AnalysisResult {
    var table = ResultTable.Builder(Self.rows)
    table.append([.integer(input.events.count)])
    return AnalysisResult(
      tables: [table.finish()],
      findings: [Finding("Three events.", strength: .descriptive, events: ["c", "a", "b", "z"])])
  }
}

/// Writes the evidence that it is given.
private struct EvidenceExporter: Exporter {
  static let manifest = PluginManifest(id: "evidence", name: "Evidence", summary: "Writes evidence.")
  static let examples: [PluginExample] = []
  static let shape = ExportShape.file(extension: "txt")
  init(parameters: inout ParameterReader) {}
  var columns: EventColumns { [] }
  var eventsPerFinding: Int { 2 }
  func export(
    _ run: RunResults, to output: any OutputDirectory, in context: RunContext
  ) async throws(Diagnostic) {
    var text = ""
    for event in run.evidence {
      let place = event.record.fields.first { $0.name == "place" }?.value ?? ""
      let location = event.record.location
      text += "\(event.source) \(event.event) \(location.file):\(location.line) place=\(place)\n"
    }
    text += "plugins \(run.plugins.map(\.manifest.id).joined(separator: " "))\n"
    try output.write(Array(text.utf8), named: output.fileName ?? "evidence.txt")
  }
}
