public import Workbench

/// A small delimited file read whole.
public struct SmallTable: Sendable {
  /// The header.
  public let header: [String]
  /// A row.
  public struct Row: Sendable {
    /// The line.
    public let line: Int
    /// The fields.
    public let fields: [String?]
  }
  /// The rows.
  public let rows: [Row]
  /// Reads.
  public init(reading path: InputPath, from files: any InputFiles) throws(Diagnostic) {
    let bytes = try files.open(path).readAll(limit: 64 << 20, tooLarge: DiagnosticKind("x", "x", "x"))
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true)
    header = lines.first?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
    rows = lines.dropFirst().enumerated().map { Row(line: $0.offset + 2, fields: $0.element.split(separator: ",", omittingEmptySubsequences: false).map { $0.isEmpty ? nil : String($0) }) }
  }
}
