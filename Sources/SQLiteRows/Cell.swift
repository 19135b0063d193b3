import EventModel
import GRDBSQLite

/// A column as SQLite is given it: its texts, if it has any, lie where they stay.
enum Cell {
  case integers((Int) -> Int64?)
  case reals((Int) -> Double?)
  case labels(PinnedText, (Int) -> Int?)
  case texts(PinnedText, Bitmap?)

  init(_ source: ColumnSource) {
    switch source {
    case .integers(let value): self = .integers(value)
    case .reals(let value): self = .reals(value)
    case .labels(let labels, let code): self = .labels(PinnedText(TextColumn(labels)), code)
    case .texts(let column): self = .texts(PinnedText(column), column.validity)
    }
  }

  /// Gives SQLite the value of a row, and gives back its code.
  @inline(__always) @unsafe func bind(_ row: Int, to statement: OpaquePointer, at index: CInt) -> CInt {
    switch self {
    case .integers(let value):
      guard let value = value(row) else { return unsafe sqlite3_bind_null(statement, index) }
      return unsafe sqlite3_bind_int64(statement, index, value)
    case .reals(let value):
      guard let value = value(row) else { return unsafe sqlite3_bind_null(statement, index) }
      return unsafe sqlite3_bind_double(statement, index, value)
    case .labels(let texts, let code):
      guard let code = code(row) else { return unsafe sqlite3_bind_null(statement, index) }
      return unsafe texts.bind(code, to: statement, at: index)
    case .texts(let texts, let validity):
      guard validity?[row] ?? true else { return unsafe sqlite3_bind_null(statement, index) }
      return unsafe texts.bind(row, to: statement, at: index)
    }
  }
}

/// Texts in memory that does not move.
@safe final class PinnedText {
  private let bytes: UnsafeMutableBufferPointer<CChar>
  private let ends: [Int]

  init(_ column: TextColumn) {
    ends = column.ends
    // A text of no bytes needs an address too: a null pointer would be NULL.
    unsafe bytes = .allocate(capacity: column.bytes.count + 1)
    _ = unsafe bytes.initialize(from: column.bytes.lazy.map { CChar(bitPattern: $0) })
  }
  deinit { unsafe bytes.deallocate() }

  @inline(__always) @unsafe func bind(_ index: Int, to statement: OpaquePointer, at position: CInt) -> CInt {
    let start = index == 0 ? 0 : ends[index - 1]
    let count = UInt64(ends[index] - start)
    // Without a destructor SQLite copies nothing: the text stays where it is until the row is written.
    return unsafe sqlite3_bind_text64(
      statement, position, bytes.baseAddress.map { unsafe $0 + start }, count, nil, UInt8(SQLITE_UTF8))
  }
}
