import EventModel
import TestSupport
import Testing
import Workbench

/// Compares what a source reads of an invented file with the table beside it, and returns what was warned of.
/// - Parameter fixture: the file's path in Fixtures, without its ending: `ucdp/tag-row`.
/// - Parameter expected: the table's path, likewise; nil where it has the name of the file.
/// - Parameter parameters: those beside `path`: `estimate: high`.
@discardableResult
func expectTable<Source: DataSource>(
  _ type: Source.Type, _ fixture: String, _ expected: String? = nil, with parameters: String = "",
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) async throws -> [Diagnostic] {
  let dataset = try Dataset(type, fixture: "\(fixture).csv", parameters)
  try expect(
    try await dataset.events(), "\(expected ?? fixture).expected.csv", sourceLocation: sourceLocation)
  return dataset.warnings.all
}

extension Dataset {
  /// Over one text.
  init<Source: DataSource>(_ type: Source.Type, _ text: String, _ parameters: String = "") throws {
    try self.init(
      type, "{path: events.csv\(parameters.isEmpty ? "" : ", ")\(parameters)}", files: ["events.csv": Array(text.utf8)])
  }
  /// The problem that reading ends with.
  func problem() async throws -> Diagnostic { try #require(try await failure(), "it was read") }
  /// The first record, with all its fields.
  func firstRecord() async throws -> RawRecord {
    let references = try await source.read([.record], in: context).record?.values ?? []
    return try #require(try await source.records(references, in: context).first)
  }
}
