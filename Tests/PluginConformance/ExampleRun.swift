import CSVSource
import DelimitedText
import EventModel
import TabularEvents
import TestSupport
public import Workbench
import WorkspaceFormat

/// What is wrong with an example: nothing, where its plugin gives exactly the output that the example states.
///
/// - Parameter disguise: another way of writing the example's files and events, which must change nothing.
public func exampleProblems(
  of entry: PluginEntry, _ example: PluginExample, disguise: Disguise? = nil
) async -> [String] {
  do throws(Diagnostic) {
    let input = ExampleInput(example, disguise: disguise)
    let run = try await ExampleRun(of: entry, example, input, in: testContext(files: input.memoryFiles))
    return example.output.keys.sorted().compactMap { name in
      guard let actual = run.texts[name] else {
        return "the output has no '\(name)'; it has \(run.texts.keys.sorted().joined(separator: ", "))"
      }
      return example.output[name].flatMap { difference(of: actual, from: $0, in: name) }
    }
  } catch {
    return ["\(error.id): \(error.message)"]
  }
}

/// Where a text first differs from what was expected.
private func difference(of actual: String, from expected: String, in name: String) -> String? {
  guard actual != expected else { return nil }
  let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
  let line = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(old.count, new.count)
  func shown(_ lines: [Substring]) -> String { line < lines.count ? "'\(lines[line])'" : "the end" }
  return "\(name), line \(line + 1): expected \(shown(old)), got \(shown(new))"
}

/// What an example gives to its plugin.
struct ExampleInput: Sendable {
  /// The files, by path.
  var files: [String: String]
  /// The events, as CSV.
  var events: String?

  /// The input as the example has it, or in disguise.
  init(_ example: PluginExample, disguise: Disguise? = nil) {
    files = example.files
    events = example.events
    guard let disguise else { return }
    for (path, text) in files where isDelimited(path) { files[path] = disguise.applied(to: text) ?? text }
    events = events.map { disguise.applied(to: $0) ?? $0 }
  }
  var memoryFiles: MemoryFiles { MemoryFiles(files) }

  /// The events as the source `csv` reads them with `directed: true` and `ontology: cameo`.
  func table() throws(Diagnostic) -> EventTable? {
    guard let events else { return nil }
    let place = SourceLocation(file: "example")
    let parameters = [("path", "events.csv"), ("directed", "true"), ("ontology", "cameo")].map { name, value in
      ConfigNode.Entry(key: name, keyLocation: place, value: ConfigNode(.scalar(value, isQuoted: false), at: place))
    }
    var reader = ParameterReader(reading: ConfigNode(.map(parameters), at: place))
    let source = CSVSource(parameters: &reader)
    let context = testContext(files: MemoryFiles(["events.csv": events]))
    let columns = try source.schema(in: context).columns.subtracting(.record)
    let table = try source.read(columns, in: context)
    guard let first = table.firstDay.values.min(), let last = table.lastDay.values.max() else { return table }
    return table.covering([Coverage(source: "example", from: first, to: last)])
  }
}

/// Whether a path is that of delimited text.
private func isDelimited(_ path: String) -> Bool {
  [".csv", ".tsv", ".tab", ".txt"].contains { path.lowercased().hasSuffix($0) }
}

/// Whether an example has anything that can be disguised so.
public func canBeDisguised(_ example: PluginExample, _ disguise: Disguise) -> Bool {
  (example.files.filter { isDelimited($0.key) }.map(\.value) + [example.events].compactMap { $0 })
    .contains { disguise.applied(to: $0) != nil }
}

extension PluginEntry {
  /// The parameters of an example.
  func parameterNode(of example: PluginExample) throws(Diagnostic) -> ConfigNode {
    let document = YAMLDocument(Array(example.parameters.utf8), name: "parameters")
    if let problem = document.problems.first { throw problem }
    return document.root ?? .emptyMap(at: SourceLocation(file: "parameters"))
  }
  /// The plugin of an example.
  func instance(for example: PluginExample) throws(Diagnostic) -> PluginInstance {
    let making = make(try parameterNode(of: example))
    if let problem = making.outcome.problems.first { throw problem }
    guard let instance = making.instance else {
      throw .error(.conformance, "the parameters of the example make no plugin")
    }
    return instance
  }
}

extension DiagnosticKind {
  static let conformance = DiagnosticKind(
    "conformance.example", "An example of a plugin cannot be run.", "The message says why; mend the example.")
}

/// What running an example came to.
struct ExampleRun: Sendable {
  /// What the example may state: events, tables or files as text, by name; files that are no text are left out.
  var texts: [String: String] = [:]
  /// Everything that came out, to the last bit, as lines that can be compared.
  var everything: [String] = []

  /// Runs an example; `context` must lend the files of the input.
  init(
    of entry: PluginEntry, _ example: PluginExample, _ input: ExampleInput, in context: RunContext
  ) async throws(Diagnostic) {
    switch try entry.instance(for: example) {
    case .source(let source):
      let schema = try await source.schema(in: context)
      let events = try await source.read(schema.columns, in: context)
      texts["events"] = canonicalCSV(of: events)
      everything = ["\(schema)", "\(events)"]
    case .analyzer(let analyzer):
      let result = try await analyzer.analyze(
        AnalysisInput(events: analyzer.needs.given(try input.table()), analyses: example.analyses), in: context)
      for table in result.tables { texts[table.schema.name] = csv(of: table) }
      everything = result.description
    case .exporter(let exporter):
      let sets = try input.table().map { [RunResults.NamedEventSet(name: "all", events: $0.keeping(exporter.columns))] }
      let run = testResults(example.analyses, events: sets ?? [])
      let files = try await exporter.files(entry, of: run, in: context)
      for (name, bytes) in files { texts[name] = String(validating: bytes, as: UTF8.self) }
      everything = files.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    }
  }
}

extension Needs {
  /// The events as the engine hands them over: the columns needed, and the optional ones that are there.
  func given(_ table: EventTable?) -> EventTable {
    guard let table, let events else { return EventTable(count: 0, columns: [:], direction: .undirected) }
    return table.keeping(events.columns.union(optional))
  }
}

extension ExporterInstance {
  /// What it writes, by name.
  func files(_ entry: PluginEntry, of run: RunResults, in context: RunContext) async throws(Diagnostic) -> [String:
    [UInt8]]
  {
    let output = MemoryOutput(fileName: entry.fileName)
    try await export(run, to: output, in: context)
    return output.files
  }
}

extension PluginEntry {
  /// The name that conformance gives to the one file of an exporter; nil where it writes a folder.
  var fileName: String? {
    guard case .file(let ending)? = exportShape else { return nil }
    return "\(manifest.id).\(ending)"
  }
}

/// A table of results as CSV.
func csv(of table: ResultTable) -> String {
  String(decoding: delimitedText(of: table, rows: 0..<table.count, header: true), as: UTF8.self)
}

extension AnalysisResult {
  /// Everything in it, as lines that can be compared.
  var description: [String] {
    tables.map { "\($0.schema)\n\(csv(of: $0))" }
      + findings.map { "\($0.sentence) \($0.strength) \($0.events) \($0.numberText)" } + charts.map { "\($0)" }
  }
}
