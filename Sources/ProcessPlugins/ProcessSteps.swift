import DelimitedText
import EventModel
import JSONText
import TabularEvents
import Workbench

/// An analyzer that is a program.
struct ProcessAnalyzer: AnalyzerInstance {
  let process: ProcessPlugin
  let parameters: JSONValue

  var needs: Needs { process.description.needs }
  var yields: [TableSchema] { process.description.outputs }

  func analyze(_ input: AnalysisInput, in context: RunContext) async throws(Diagnostic) -> AnalysisResult {
    let work = try process.store.makeWorkFolder()
    var inputs: [JSONValue] = []
    if needs.events != nil { inputs.append(.object(try work.hand(input.events, named: "events", in: context))) }
    inputs += try work.hand(input.analyses, in: context)
    let said = try await process.run(["inputs": .array(inputs)], parameters: parameters, work: work, in: context)
    try process.checkTables(said, promised: yields.map(\.name))
    var tables: [ResultTable] = []
    for schema in yields { tables.append(try process.table(schema, of: said, in: work)) }
    return AnalysisResult(tables: tables, findings: said.findings)
  }
}

/// A source that is a program.
struct ProcessSource: SourceInstance {
  let process: ProcessPlugin
  let parameters: JSONValue
  private var promised: EventSchema {
    process.description.provides ?? EventSchema(columns: [], direction: .undirected)
  }

  func schema(in context: RunContext) async throws(Diagnostic) -> EventSchema { promised }

  func read(_ columns: EventColumns, in context: RunContext) async throws(Diagnostic) -> EventTable {
    let work = try process.store.makeWorkFolder()
    let names = columns.intersection(promised.columns).columns.map { JSONValue.string($0.name) }
    let said = try await process.run(["columns": .array(names)], parameters: parameters, work: work, in: context)
    try process.checkTables(said, promised: ["events"])
    let told = try process.told("events", of: said)
    // Opened once here, so that a missing or a linked file is refused as for any other table.
    _ = try process.open(told.path, in: work)
    let files = OutputFiles(work: work)
    let promised = promised
    let events: EventTable
    do throws(Diagnostic) {
      events = try TabularInput(InputPaths(told.path)).events(.all, in: context.reading(files)) { header in
        TabularLayout(
          fields: canonicalFields(of: header).map { TabularField($0.name, as: $0.column, .canonical($0.column)) },
          direction: promised.direction, ontology: promised.ontology)
      }
    } catch {
      throw error.exit == .interrupted ? error : process.bad("events: \(error.message)", error.hint)
    }
    try process.checkCount(told, events.count)
    return events.keeping(promised.columns)
  }

  /// None: where its events come from is known to the program alone.
  func records(_ references: [RecordReference], in context: RunContext) async throws(Diagnostic) -> [RawRecord] { [] }
}

/// The files that a program wrote, for readers of events.
private struct OutputFiles: InputFiles {
  let work: any WorkFolder
  func parts(of paths: InputPaths) throws(Diagnostic) -> [InputPart] { paths.paths.map { InputPart($0) } }
  func open(_ part: InputPart) throws(Diagnostic) -> any InputFile { try work.open("output/\(part.path.text)") }
  func openStored(_ path: InputPath) throws(Diagnostic) -> any InputFile { try open(path) }
  func lend(_ path: InputPath) throws(Diagnostic) -> String { "\(work.path)/output/\(path.text)" }
}

/// An exporter that is a program.
struct ProcessExporter: ExporterInstance {
  let process: ProcessPlugin
  let parameters: JSONValue

  var columns: EventColumns { process.description.needs.events?.columns ?? [] }

  func export(
    _ run: RunResults, to output: any OutputDirectory, in context: RunContext
  ) async throws(Diagnostic) {
    let work = try process.store.makeWorkFolder()
    var inputs: [JSONValue] = []
    for set in run.eventSets {
      try work.makeFolder("events")
      var input = try work.hand(set.events, named: "events/\(set.name)", in: context)
      input["name"] = "events"
      input["event_set"] = .string(set.name)
      inputs.append(.object(input))
    }
    inputs += try work.hand(run.analyses, in: context)
    let findings = run.analyses.flatMap { analysis in
      analysis.result.findings.map { finding -> JSONValue in
        ["analysis": .string(analysis.name), "finding": finding.json]
      }
    }
    let about: JSONValue = [
      "name": .string(run.workspace.name), "title": run.workspace.title.map { .string($0) } ?? .null,
      "license": run.workspace.license.map { .string($0) } ?? .null,
      "citations": .array(run.citations.map { .string($0) }),
    ]
    let said = try await process.run(
      ["inputs": .array(inputs), "findings": .array(findings), "workspace": about], parameters: parameters, work: work,
      in: context)
    guard !said.files.isEmpty else {
      throw process.bad("it named no file that it wrote", "print a `file` message for each")
    }
    if output.fileName != nil, said.files.count > 1 {
      throw process.bad("it wrote \(said.files.count) files, and promised one", nil)
    }
    for path in said.files {
      let file = try process.open(path, in: work)
      try output.write(output.fileName ?? path) { (written) throws(Diagnostic) in
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while case let count = try file.read(into: &buffer, from: 0), count > 0 {
          try written.append(count == buffer.count ? buffer : Array(buffer[..<count]))
        }
      }
    }
  }
}
