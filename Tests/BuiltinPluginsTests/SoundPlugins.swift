import EventModel
import JSONText
import TestSupport
import Workbench

// Plugins that conform. A broken plugin takes everything from one of these but the one thing it does wrong.

protocol SoundAnalyzer: Analyzer { init() }

extension SoundAnalyzer {
  static var manifest: PluginManifest { PluginManifest(id: "sound", name: "Sound", summary: "Counts events by actor.") }
  static var examples: [PluginExample] {
    [
      PluginExample(
        "One",
        events: "event_id,date_start,actor1,fatalities_best\n1,2021-12-09,A,2\n2,2021-12-10,B,\n3,2021-12-11,A,1\n",
        output: ["actors": "actor,events,share\nA,2,0.6666666666666666\nB,1,0.3333333333333333\n"])
    ]
  }
  init(parameters: inout ParameterReader) { self.init() }
  var needs: Needs {
    Needs(events: EventSchema(columns: [.actor1], direction: .undirected), optional: [.id, .fatalities])
  }
  var yields: [TableSchema] { [actorTable] }
  func analyze(_ input: AnalysisInput, in context: RunContext) async throws(Diagnostic) -> AnalysisResult {
    try soundResult(input, in: context)
  }
  func soundResult(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic) -> AnalysisResult {
    try context.checkCancellation()
    var counts: [String: Int] = [:]
    for row in 0..<input.events.count { if let actor = input.events.actor1?[row] { counts[actor, default: 0] += 1 } }
    var table = ResultTable.Builder(actorTable)
    for (actor, count) in counts {
      table.append([.string(actor), .integer(count), .number(Double(count) / Double(input.events.count))])
    }
    return AnalysisResult(
      tables: [table.finish()],
      findings: [Finding("There are \(input.events.count) events.", strength: .descriptive)],
      charts: [Chart("events", "Events by actor", kind: .bars, table: "actors", x: "actor", y: ["events"])])
  }
}
extension EventColumns { static let actor1 = Self([.actor1]) }

let actorTable = TableSchema(
  "actors", "One row for each actor.", keys: ["actor"],
  columns: [
    ColumnSchema("actor", .text, "the actor"), ColumnSchema("events", .integer, unit: "events", "its events"),
    ColumnSchema("share", .real, "its share of all events"),
  ])

protocol SoundSource: DataSource { init() }

extension SoundSource {
  static var manifest: PluginManifest { PluginManifest(id: "sound", name: "Sound", summary: "Reads days and actors.") }
  static var examples: [PluginExample] {
    [
      PluginExample(
        "One", files: ["a.txt": "day actor\n2021-12-09 A\n2021-12-10 B\n"],
        output: ["events": "date_start,actor1\n2021-12-09,A\n2021-12-10,B\n"])
    ]
  }
  init(parameters: inout ParameterReader) { self.init() }
  func schema(in context: RunContext) async throws(Diagnostic) -> EventSchema { soundSchema }
  func read(_ columns: EventColumns, in context: RunContext) async throws(Diagnostic) -> EventTable {
    try soundEvents(columns, in: context)
  }
  func records(_ references: [RecordReference], in context: RunContext) async throws(Diagnostic) -> [RawRecord] {
    try soundRecords(references, in: context)
  }
  var soundSchema: EventSchema { EventSchema(columns: [.actor1, .record], direction: .undirected) }
  func soundEvents(_ columns: EventColumns, in context: RunContext) throws(Diagnostic) -> EventTable {
    try context.checkCancellation()
    var builder = EventTable.Builder(
      EventSchema(columns: soundSchema.columns.intersection(columns), direction: .undirected))
    for (index, line) in try soundLines(in: context).enumerated() where index > 0 {
      let parts = line.split(separator: " ")
      guard parts.count == 2, let day = Day(String(parts[0])) else { continue }
      var event = Event(day: day, actor1: String(parts[1]))
      event.record = RecordReference(file: 0, offset: index)
      builder.append(event)
    }
    return builder.finish()
  }
  func soundLines(in context: RunContext) throws(Diagnostic) -> [String] {
    let bytes = try context.files.open(InputPath("a.txt")).readAll(limit: 1 << 20, tooLarge: testKind)
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }
  func soundRecords(_ references: [RecordReference], in context: RunContext) throws(Diagnostic) -> [RawRecord] {
    let lines = try soundLines(in: context)
    return references.map { reference in
      RawRecord(
        location: SourceLocation(file: "a.txt", line: reference.offset + 1),
        fields: zip(["day", "actor"], lines[reference.offset].split(separator: " ")).map {
          RawRecord.Field(name: $0, value: String($1))
        })
    }
  }
}
let testKind = DiagnosticKind("sound.problem", "Something is wrong.", "Mend it.")

protocol SoundExporter: Exporter { init() }

extension SoundExporter {
  static var manifest: PluginManifest { PluginManifest(id: "sound", name: "Sound", summary: "Writes the title.") }
  static var examples: [PluginExample] { [PluginExample("One", output: ["title.txt": "Example"])] }
  static var shape: ExportShape { .folder }
  var columns: EventColumns { [] }
  init(parameters: inout ParameterReader) { self.init() }
  func export(_ run: RunResults, to output: any OutputDirectory, in context: RunContext) async throws(Diagnostic) {
    try soundExport(run, to: output, in: context, named: "title.txt")
  }
  func soundExport(
    _ run: RunResults, to output: any OutputDirectory, in context: RunContext, named name: String
  ) throws(Diagnostic) {
    try context.checkCancellation()
    try output.write(Array((run.workspace.title ?? "").utf8), named: name)
  }
}
