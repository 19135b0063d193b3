import EventModel
import Foundation
import JSONText
import TestSupport
import Testing
import Workbench

/// A run with two analyses: a small table of every type, a long one, and findings.
func sampleRun(rows: Int = 100_000, files: [RunResults.RunFile] = []) -> RunResults {
  let schema = TableSchema(
    "all-types", "One row for each actor.", keys: ["actor"],
    columns: [
      ColumnSchema("actor", .text, "the actor"), ColumnSchema("events", .integer, unit: "events", "how many events"),
      ColumnSchema("score", .real, "the mean score"), ColumnSchema("first_day", .date, "the first day"),
      ColumnSchema("is_state", .boolean, "whether it is a state"),
    ])
  var builder = ResultTable.Builder(schema)
  builder.append(["TTP, \"the\" one", 3, .number(-0.1), "2021-12-09", false])
  builder.append(["Pakistan", .null, .null, .null, .null])
  builder.append(["=1+1", 9_007_199_254_740_993, .number(1e300), "1970-01-01", true])
  let long = ResultTable(
    TableSchema(
      "long", "One row for each number.", keys: ["number"],
      columns: [
        ColumnSchema("number", .integer, "a number"), ColumnSchema("square", .integer, "its square"),
        ColumnSchema("root", .real, "its square root"), ColumnSchema("name", .text, "its name"),
        ColumnSchema("day", .date, "its day"), ColumnSchema("odd", .boolean, "whether it is odd"),
      ]),
    columns: [
      .integers(Column((0..<rows).map { Int64($0) })), .integers(Column((0..<rows).map { Int64($0 * $0) })),
      .reals(Column((0..<rows).map { Double($0).squareRoot() })),
      .text(CodedColumn(codes: Column((0..<rows).map { UInt32($0 % 7) }), labels: (0..<7).map { "name \($0)" })),
      .dates(Column((0..<rows).map { Day(daysSinceEpoch: Int32($0 % 20_000)) })),
      .booleans(Column((0..<rows).map { UInt8($0 % 2) })),
    ], count: rows)
  let finding = Finding(
    "The ceasefire held for 9 days, \"they\" said.", numbers: ["days": 9, "rate": .number(0.25)], strength: .weak,
    events: ["e2", "e1"])
  return RunResults(
    workspace: WorkspaceDescription(name: "sample", title: "A sample", license: "CC-BY-4.0"), eventSets: [],
    analyses: [
      NamedAnalysis(
        name: "types", plugin: "test", result: AnalysisResult(tables: [builder.finish()], findings: [finding])),
      NamedAnalysis(name: "numbers", plugin: "test", result: AnalysisResult(tables: [long])),
    ],
    counts: testResults([]).counts, record: ["format": 1, "workspace": "sample"], files: files,
    citations: ["Someone (2026), Events."])
}

/// Writes files to a folder for one test and runs a program there; its answer and what it printed.
func inFolder(
  _ files: [String: [UInt8]],
  _ body: (_ run: (_ arguments: [String], _ within: String) throws -> (Int32, String)) throws -> Void
) throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "casus-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: folder) }
  for (name, bytes) in files {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }
  try body { arguments, within in
    let process = Process()
    process.currentDirectoryURL = folder.appending(path: within)
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}

/// Exports a run to memory.
func exported(
  _ exporter: some Exporter, _ run: RunResults, fileName: String? = nil, files: any InputFiles = MemoryFiles([:]),
  workers: Int = 2, warnings: Warnings = Warnings()
) async throws -> [String: [UInt8]] {
  let output = MemoryOutput(fileName: fileName)
  try await exporter.export(run, to: output, in: testContext(files: files, workers: workers, warnings: warnings))
  return output.files
}

/// An exporter without parameters.
func made<Made: Exporter>(_ type: Made.Type) -> Made {
  var reader = ParameterReader(reading: .emptyMap(at: SourceLocation(file: "test")))
  return Made(parameters: &reader)
}
