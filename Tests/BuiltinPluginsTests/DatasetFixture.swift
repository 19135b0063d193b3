import EventModel
import Foundation
import TabularEvents
import TestSupport
import Testing
import Workbench
import WorkspaceFormat

/// A data source over invented files in the form of a dataset.
struct Dataset {
  let source: any SourceInstance
  let warnings = Warnings()
  let context: RunContext

  /// - Parameter parameters: as YAML, among them the paths.
  init<Source: DataSource>(_ type: Source.Type, _ parameters: String, files: any InputFiles) throws {
    let document = YAMLDocument(Array(parameters.utf8), name: "parameters")
    if let problem = document.problems.first { throw problem }
    let making = PluginEntry(source: type).make(try #require(document.root))
    if let problem = making.outcome.problems.first { throw problem }
    guard case .source(let source)? = making.instance else { throw NoSource() }
    self.source = source
    context = testContext(files: files, warnings: warnings)
  }
  /// Over files in memory.
  init<Source: DataSource>(_ type: Source.Type, _ parameters: String, files: [String: [UInt8]]) throws {
    try self.init(type, parameters, files: MemoryFiles(bytes: files))
  }
  /// Over one fixture.
  init<Source: DataSource>(_ type: Source.Type, fixture: String, _ parameters: String = "") throws {
    let name = fixture.split(separator: "/").last.map(String.init) ?? fixture
    try self.init(
      type, "{path: \(name)\(parameters.isEmpty ? "" : ", ")\(parameters)}", files: [name: try fixtureBytes(fixture)])
  }
  private struct NoSource: Error {}

  /// Every column that it promises.
  func events() async throws -> EventTable {
    try await source.read(try await source.schema(in: context).columns, in: context)
  }
  /// What reading ends with, where it fails.
  func failure() async throws -> Diagnostic? {
    do {
      _ = try await events()
      return nil
    } catch let problem as Diagnostic {
      return problem
    }
  }
}

/// The bytes of a file in Fixtures/.
func fixtureBytes(_ path: String, file: String = #filePath) throws -> [UInt8] {
  Array(try Data(contentsOf: URL(filePath: file).deletingLastPathComponent().appending(path: "Fixtures/\(path)")))
}

/// Compares events with the table beside a fixture, which was made by a program of its own.
func expect(
  _ events: EventTable, _ expected: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
) throws {
  let text = String(decoding: try fixtureBytes(expected), as: UTF8.self).split(
    separator: "\n", omittingEmptySubsequences: false)
  let found = canonicalCSV(of: events).split(separator: "\n", omittingEmptySubsequences: false)
  for line in 0..<max(text.count, found.count) {
    let (old, new) = (line < text.count ? text[line] : "the end", line < found.count ? found[line] : "the end")
    if old != new {
      Issue.record("\(expected):\(line + 1): expected '\(old)', got '\(new)'", sourceLocation: sourceLocation)
      return
    }
  }
}
