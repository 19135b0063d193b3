import EventModel
import JSONText
import Workbench

/// The plugins of these tests, each of which does one thing that the shipped ones do not.
let testPlugins: [PluginEntry] = [
  PluginEntry(analyzer: CountAnalyzer<One>.self), PluginEntry(analyzer: FailingAnalyzer.self),
  PluginEntry(analyzer: JoiningAnalyzer.self), PluginEntry(analyzer: ReadingAnalyzer.self),
  PluginEntry(analyzer: PromisingAnalyzer.self), PluginEntry(exporter: DumpExporter.self),
  PluginEntry(source: ClosedSource.self),
]

/// A version of a plugin's behaviour.
protocol Behaviour: Sendable { static var version: Int { get } }
enum One: Behaviour { static let version = 1 }
enum Two: Behaviour { static let version = 2 }

private let counts = TableSchema(
  "counts", "Events by first actor.", keys: ["actor"],
  columns: [
    ColumnSchema("actor", .text, "first actor"), ColumnSchema("events", .integer, "how many, times the factor"),
    ColumnSchema("random", .integer, "a random number"), ColumnSchema("place", .text, "last place, where known"),
  ])

/// Counts events by first actor; its factor is a parameter, and it draws a random number for each.
struct CountAnalyzer<Version: Behaviour>: Analyzer {
  static var manifest: PluginManifest {
    PluginManifest(id: "count", name: "Count", summary: "Counts events.", behaviourVersion: Version.version)
  }
  static var examples: [PluginExample] { [] }
  let factor: Int
  let wantsPlaces: Bool
  init(parameters: inout ParameterReader) {
    factor = parameters.optional("factor", default: 1, "By what to multiply.")
    wantsPlaces = parameters.optional("places", default: false, "Whether places are wanted.")
  }
  var needs: Needs {
    Needs(events: EventSchema(columns: .actors, direction: .undirected), optional: wantsPlaces ? .place : [])
  }
  var yields: [TableSchema] { [counts] }
  func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic) -> AnalysisResult {
    var rows: [String: (events: Int, place: String?)] = [:]
    for row in 0..<input.events.count {
      guard let actor = input.events.actor1?[row] else { continue }
      rows[actor, default: (0, nil)].events += 1
      rows[actor]?.place = input.events.codes(.place)?[row]
    }
    var table = ResultTable.Builder(counts)
    for (actor, sum) in rows.sorted(by: { $0.key < $1.key }) {
      var generator = context.randomNumbers(for: actor)
      table.append([
        .string(actor), .integer(sum.events * factor), .integer(Int.random(in: 0..<1 << 30, using: &generator)),
        sum.place.map { .string($0) } ?? .null,
      ])
    }
    return AnalysisResult(
      tables: [table.finish()], findings: [Finding("there are \(rows.count) actors", strength: .descriptive)])
  }
}

/// Fails.
struct FailingAnalyzer: Analyzer {
  static let manifest = PluginManifest(id: "fail", name: "Fail", summary: "Fails.")
  static let examples: [PluginExample] = []
  init(parameters: inout ParameterReader) {}
  var needs: Needs { Needs(events: EventSchema(columns: [], direction: .undirected)) }
  var yields: [TableSchema] { [counts] }
  func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic) -> AnalysisResult {
    throw .error(.unreadable, "it always fails")
  }
}

/// Joins the counts of other analyses, in the order named; reads no events.
struct JoiningAnalyzer: Analyzer {
  static let manifest = PluginManifest(id: "join", name: "Join", summary: "Joins counts.")
  static let examples: [PluginExample] = []
  init(parameters: inout ParameterReader) {}
  var needs: Needs { Needs(events: nil, tables: [Needs.TableNeed(plugin: "count", table: "counts")]) }
  private static let joined = TableSchema(
    "joined", "Sums of counts.", keys: ["order"],
    columns: [
      ColumnSchema("order", .integer, "order"), ColumnSchema("analysis", .text, "analysis"),
      ColumnSchema("events", .integer, "sum"), ColumnSchema("findings", .integer, "findings seen"),
    ])
  var yields: [TableSchema] { [Self.joined] }
  func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic) -> AnalysisResult {
    var table = ResultTable.Builder(Self.joined)
    for (order, analysis) in input.analyses.enumerated() {
      guard case .integers(let events)? = analysis.result["counts"]?["events"] else { continue }
      table.append([
        .integer(order), .string(analysis.name), .integer(Int(events.values.reduce(0, +))),
        .integer(analysis.result.findings.count),
      ])
    }
    return AnalysisResult(tables: [table.finish()])
  }
}

/// Reads a file that a parameter names.
struct ReadingAnalyzer: Analyzer {
  static let manifest = PluginManifest(id: "reading", name: "Reading", summary: "Reads a file.")
  static let examples: [PluginExample] = []
  let path: InputPath
  init(parameters: inout ParameterReader) { path = parameters.required("path", "A file.") }
  var needs: Needs { Needs(events: EventSchema(columns: [], direction: .undirected)) }
  private static let lengths = TableSchema(
    "lengths", "Lengths.", keys: [], columns: [ColumnSchema("bytes", .integer, "length")])
  var yields: [TableSchema] { [Self.lengths] }
  func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic) -> AnalysisResult {
    let bytes = try context.files.open(path).readAll(limit: 1 << 20, tooLarge: .unreadable)
    var table = ResultTable.Builder(Self.lengths)
    table.append([.integer(bytes.count)])
    return AnalysisResult(tables: [table.finish()])
  }
}

/// Gives another table than it promised.
struct PromisingAnalyzer: Analyzer {
  static let manifest = PluginManifest(id: "broken", name: "Broken", summary: "Breaks its promise.")
  static let examples: [PluginExample] = []
  init(parameters: inout ParameterReader) {}
  var needs: Needs { Needs(events: EventSchema(columns: [], direction: .undirected)) }
  var yields: [TableSchema] { [counts] }
  func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic) -> AnalysisResult {
    AnalysisResult(tables: [])
  }
}

/// Reads a file that its publisher lets nobody pass on, and finds no event in it.
struct ClosedSource: DataSource {
  static let manifest = PluginManifest(
    id: "closed", name: "Closed", summary: "Reads a closed file.", mayRedistribute: false)
  static let examples: [PluginExample] = []
  let paths: InputPaths
  init(parameters: inout ParameterReader) { paths = parameters.required("path", "A file.") }
  func schema(in context: RunContext) -> EventSchema { EventSchema(columns: [], direction: .undirected) }
  func read(_ columns: EventColumns, in context: RunContext) throws(Diagnostic) -> EventTable {
    for part in try context.files.parts(of: paths) {
      _ = try context.files.open(part).readAll(limit: 1 << 20, tooLarge: .unreadable)
    }
    return EventTable(count: 0, columns: [:], direction: .undirected)
  }
  func records(_ references: [RecordReference], in context: RunContext) -> [RawRecord] { [] }
}

/// Writes every table as lines of JSON, the counts and the record.
struct DumpExporter: Exporter {
  static let manifest = PluginManifest(id: "dump", name: "Dump", summary: "Writes everything.")
  static let examples: [PluginExample] = []
  static let shape = ExportShape.folder
  let columns: EventColumns
  init(parameters: inout ParameterReader) {
    let writesEvents = parameters.optional("events", default: false, "Whether to write events.")
    columns = writesEvents ? [.id, .actors] : []
  }
  func export(
    _ run: RunResults, to output: any OutputDirectory, in context: RunContext
  ) throws(Diagnostic) {
    for analysis in run.analyses {
      for table in analysis.result.tables {
        let rows = (0..<table.count).map { JSONValue.array(table.row($0)).compact + "\n" }.joined()
        try output.write(Array(rows.utf8), named: "\(analysis.name)/\(table.schema.name).jsonl")
      }
    }
    for set in run.eventSets {
      let rows = (0..<set.events.count).map { row in
        "\(set.events[row].id ?? "-") \(set.events[row].actor1 ?? "-") \(set.events[row].actor2 ?? "-")\n"
      }.joined()
      try output.write(Array(rows.utf8), named: "events/\(set.name).txt")
    }
    let counts = (0..<run.counts.count).map { JSONValue.array(run.counts.row($0)).compact + "\n" }.joined()
    try output.write(Array(counts.utf8), named: "counts.jsonl")
    try output.write(Array(run.record.pretty.utf8), named: "run.json")
  }
}
