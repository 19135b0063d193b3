import BuiltinPlugins
import EventModel
import Foundation
import TabularEvents
import TestSupport
import Testing
import Workbench
import WorkspaceFormat

/// What making a plugin of parameters comes to, written as in a workspace.
func making(_ plugin: String, _ parameters: String) throws -> PluginMaking {
  let node = try #require(YAMLDocument(Array(parameters.utf8), name: "parameters").root)
  return try #require(builtinPlugins[plugin]).make(node)
}
/// A source, from its parameters as a workspace would write them.
func source(_ plugin: String, _ parameters: String) throws -> any DataSource {
  let making = try making(plugin, parameters)
  #expect(making.outcome.problems.isEmpty)
  guard case .source(let source)? = making.instance else { throw NotMade() }
  return source
}

/// Reads a text as a file of a dataset, every column that it has.
func events(
  _ plugin: String, of text: String, _ parameters: String = "{path: events.csv}", warnings: Warnings = Warnings()
) async throws -> EventTable {
  try await events(plugin, of: ["events.csv": Array(text.utf8)], parameters, warnings: warnings)
}
/// Reads files of a dataset, every column that they have.
func events(
  _ plugin: String, of files: [String: [UInt8]], _ parameters: String, warnings: Warnings = Warnings()
) async throws -> EventTable {
  let context = testContext(files: MemoryFiles(bytes: files), warnings: warnings)
  let source = try source(plugin, parameters)
  return try await source.read(try await source.schema(in: context).columns, in: context)
}

/// Compares what a source reads of an invented file with the table beside it, and returns what was warned of.
/// - Parameter fixture: the file's path in Fixtures, without its ending: `ucdp/tag-row`.
/// - Parameter expected: the table's path, likewise; nil where it has the name of the file.
/// - Parameter parameters: YAML of the parameters beside `path`: `estimate: high`.
@discardableResult
func expectTable(
  _ plugin: String, _ fixture: String, _ expected: String? = nil, with parameters: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) async throws -> [Diagnostic] {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
  let bytes = try Data(contentsOf: folder.appending(path: "\(fixture).csv"))
  let table = try String(
    contentsOf: folder.appending(path: "\(expected ?? fixture).expected.csv"), encoding: .utf8)
  let warnings = Warnings()
  let events = try await events(
    plugin, of: ["events.csv": Array(bytes)], "path: events.csv\n\(parameters)\n", warnings: warnings)
  let (actual, wanted) = (lines(canonicalCSV(of: events)), lines(table))
  for number in 0..<max(actual.count, wanted.count) {
    let (one, other) = (number < actual.count ? actual[number] : "", number < wanted.count ? wanted[number] : "")
    #expect(one == other, "line \(number + 1)", sourceLocation: sourceLocation)
  }
  return warnings.all
}
private func lines(_ text: String) -> [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

/// The problem that reading ends with.
func problem(_ body: () async throws -> EventTable) async throws -> Diagnostic {
  do {
    _ = try await body()
  } catch let problem as Diagnostic {
    return problem
  }
  Issue.record("it was read")
  throw NotMade()
}
