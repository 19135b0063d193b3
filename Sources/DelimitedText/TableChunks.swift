public import Workbench

extension ResultTable {
  /// Ranges of rows that are rendered at the same time: of half a million cells each, which make a few megabytes.
  ///
  /// A table without rows has one range, so that its header is written.
  public var rowChunks: [Range<Int>] {
    let rows = max(1, (1 << 19) / max(1, schema.columns.count))
    return stride(from: 0, to: max(1, count), by: rows).map { $0..<min($0 + rows, count) }
  }
}
