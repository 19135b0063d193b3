import EventModel
import JSONText
import TestSupport
import Workbench

/// An exporter writes equal bytes for equal runs, and only where it may.
func check(
  _ exporter: any ExporterInstance, of entry: PluginEntry, _ example: PluginExample, _ problems: inout Complaints
)
  async
{
  if case .file(let ending)? = entry.exportShape {
    problems.expect(
      !ending.isEmpty && !ending.hasPrefix("."), "the ending of its file, '\(ending)', must be without the period")
  }
  if example.output.isEmpty,
    let run = try? await ExampleRun(of: entry, example, ExampleInput(example), in: testContext())
  {
    problems.expect(run.texts.isEmpty, "it writes text, but the example does not say which")
  }
  let events = try? ExampleInput(example).table()
  let sample = SampleRun(columns: exporter.columns, events: events)
  var outputs: [[String: [UInt8]]] = []
  for workers in [2, 2, 1, 5] {
    let context = testContext(files: sample.files, workers: workers)
    guard
      let files = await problems.attempting(
        "it fails on a larger run",
        { () throws(Diagnostic) in
          try await exporter.files(entry, of: sample.results, in: context)
        })
    else { return }
    outputs.append(files)
  }
  problems.expect(outputs[0] == outputs[1], "two exports of the same run differ")
  if outputs[0] == outputs[1] { problems.expect(outputs[2] == outputs[3], "one worker and five write different bytes") }
  checkNames(outputs[0].keys.sorted(), of: entry, &problems)
  await problems.expectCancellation(files: sample.files) { (context) throws(Diagnostic) in
    _ = try await exporter.files(entry, of: sample.results, in: context)
  }
  _ = await problems.attempting("it fails on a run without results") { () throws(Diagnostic) in
    try await exporter.files(entry, of: testResults([]), in: testContext())
  }
}

/// The files lie beneath the folder; an exporter of one file writes that one.
private func checkNames(_ names: [String], of entry: PluginEntry, _ problems: inout Complaints) {
  problems.expect(!names.isEmpty, "it writes nothing")
  if let only = entry.fileName {
    problems.expect(names == [only], "it writes \(names), not the one file '\(only)'")
    return
  }
  for name in names {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isSafe =
      parts.allSatisfy { !["", ".", ".."].contains($0) }
      && name.unicodeScalars.allSatisfy { $0 != "\\" && $0.properties.generalCategory != .control }
    problems.expect(isSafe, "it writes '\(name)', which does not lie beneath its folder")
  }
}

/// An invented run that holds one of everything: each type of column, missing values, texts that are hard to write.
struct SampleRun: Sendable {
  let files: MemoryFiles
  let results: RunResults

  init(columns: EventColumns, events: EventTable?) {
    let schema = TableSchema(
      "kinds", "One row for each kind of value.", keys: ["number"],
      columns: [
        ColumnSchema("number", .integer, "the row's number"), ColumnSchema("text", .text, "a text"),
        ColumnSchema("share", .real, unit: "share", "a real number"), ColumnSchema("day", .date, "a date"),
        ColumnSchema("is_odd", .boolean, "a truth value"),
      ])
    let texts = ["plain", "with, comma", "with \"quotes\"", "two\nlines", "=1+1", "ü и 中 \u{202E}", "<b>&amp;</b>", ""]
    var table = ResultTable.Builder(schema)
    for row in 0..<2_000 {
      table.append([
        .integer(row), row.isMultiple(of: 9) ? .null : .string(texts[row % texts.count]),
        row.isMultiple(of: 7) ? .null : .number(Double(row) / 3), row.isMultiple(of: 5) ? .null : "2021-12-09",
        row.isMultiple(of: 4) ? .null : .boolean(!row.isMultiple(of: 2)),
      ])
    }
    let result = AnalysisResult(
      tables: [table.finish()],
      findings: [
        Finding(
          "It was quiet, \"they\" said.", numbers: ["days": 9, "rate": .number(0.25)], strength: .weak, events: ["2"]),
        Finding("There are 2000 rows.", numbers: ["rows": 2000], strength: .descriptive),
      ],
      charts: [Chart("shares", "Shares", kind: .line, table: "kinds", x: "number", y: ["share"])])
    let stored = ["workspace.yaml": "workspace: 1\nname: example\n", "data/events.csv": "date_start\n2021-12-09\n"]
    var runFiles: [RunResults.RunFile] = []
    for (name, role) in [("workspace.yaml", RunResults.RunFile.Role.workspace), ("data/events.csv", .source)] {
      let bytes = Array((stored[name] ?? "").utf8)
      guard let written = try? MemoryOutput().write(bytes, named: name) else { continue }
      runFiles.append(
        RunResults.RunFile(
          name: name, path: InputPath(name), digest: written.digest, bytes: written.bytes, role: role,
          mayRedistribute: true))
    }
    files = MemoryFiles(stored)
    results = testResults(
      ["first", "second"].map { NamedAnalysis(name: $0, plugin: "example", result: result) },
      events: events.map { [RunResults.NamedEventSet(name: "all", events: $0.keeping(columns))] } ?? [],
      files: runFiles)
  }
}
