import EventModel
public import Workbench

/// Renders rows of a result table as CSV: any range of them, at the same time as others.
///
/// The labels of text columns are quoted once, when it is made. Missing values are empty, an empty text is `""`, truth
/// values are `true` and `false`.
public struct TableWriter: Sendable {
  private enum Content: Sendable {
    case text(codes: [UInt32], bytes: [UInt8], ends: [Int])
    case integers([Int64])
    case reals([Double])
    case dates([Day])
    case booleans([UInt8])
  }
  private let contents: [Content]
  private let validities: [[UInt64]]
  private let header: [String]
  /// The most bytes a row can take.
  private let rowLimit: Int
  /// The number of rows of the table.
  public let count: Int

  /// Prepares a table for writing.
  public init(_ table: ResultTable) {
    var limit = 1
    contents = table.columns.map { column in
      switch column {
      case .text(let column):
        var bytes: [UInt8] = []
        var ends: [Int] = []
        var longest = 0
        for label in column.labels {
          let start = bytes.count
          bytes += fieldText(label)
          ends.append(bytes.count)
          longest = max(longest, bytes.count - start)
        }
        bytes += repeatElement(0, count: labelStep)
        limit += longest + labelStep + 1
        return .text(codes: column.codes.values, bytes: bytes, ends: ends)
      case .integers(let column):
        limit += 21
        return .integers(column.values)
      case .reals(let column):
        limit += 33
        return .reals(column.values)
      case .dates(let column):
        limit += 17
        return .dates(column.values)
      case .booleans(let column):
        limit += 6
        return .booleans(column.values)
      }
    }
    validities = table.columns.map { $0.validity?.words ?? [] }
    header = table.schema.columns.map(\.name)
    rowLimit = limit
    count = table.count
  }

  /// The text of rows, each ending with a line feed.
  /// - Parameter rows: which rows; a range within the table.
  /// - Parameter header: whether the names of the columns come first.
  public func render(_ rows: Range<Int>, header isHeaderWanted: Bool) -> [UInt8] {
    var head = DelimitedWriter()
    if isHeaderWanted {
      for name in header { head.field(name) }
      head.endRecord()
    }
    let start = head.takeBytes()
    guard !rows.isEmpty, !contents.isEmpty else { return start }
    return unsafe withFields(contents[...], validities[...], []) { fields in
      var written = start
      // Room is made for a batch of rows at once, so that fields need not look for it.
      let batch = max(1, min(4096, (1 << 20) / rowLimit))
      for first in stride(from: rows.lowerBound, to: rows.upperBound, by: batch) {
        let rows = first..<min(first + batch, rows.upperBound)
        written.append(addingCapacity: rows.count * rowLimit) { output in
          unsafe output.withUnsafeMutableBufferPointer { buffer, initialized in
            guard let base = buffer.baseAddress else { return }
            var end = unsafe base + initialized
            unsafe render(rows, fields, at: &end)
            initialized = unsafe end - base
          }
        }
      }
      return written
    }
  }

  private func render(_ rows: Range<Int>, _ fields: [FieldPointer], at end: inout UnsafeMutablePointer<UInt8>) {
    var days = DayText()
    unsafe fields.withUnsafeBufferPointer { fields in
      for row in rows {
        for index in 0..<fields.count {
          if index > 0 { unsafe putByte(44, at: &end) }
          unsafe fields[index].put(row, &days, at: &end)
        }
        unsafe putByte(10, at: &end)
      }
    }
  }

  /// Lends the pointers of all columns at once, so that the loop over rows counts no references.
  private func withFields<Result>(
    _ contents: ArraySlice<Content>, _ validities: ArraySlice<[UInt64]>, _ fields: [FieldPointer],
    _ body: ([FieldPointer]) -> Result
  ) -> Result {
    guard let content = contents.first, let validity = validities.first else { return unsafe body(fields) }
    return unsafe validity.withUnsafeBufferPointer { validity in
      func lend(_ values: FieldPointer.Values) -> Result {
        unsafe withFields(
          contents.dropFirst(), validities.dropFirst(), fields + [FieldPointer(values: values, validity: validity)],
          body)
      }
      return switch content {
      case .text(let codes, let bytes, let ends):
        unsafe codes.withUnsafeBufferPointer { codes in
          unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe ends.withUnsafeBufferPointer { ends in unsafe lend(.text(codes: codes, bytes: bytes, ends: ends)) }
          }
        }
      case .integers(let values): unsafe values.withUnsafeBufferPointer { unsafe lend(.integers($0)) }
      case .reals(let values): unsafe values.withUnsafeBufferPointer { unsafe lend(.reals($0)) }
      case .dates(let values): unsafe values.withUnsafeBufferPointer { unsafe lend(.dates($0)) }
      case .booleans(let values): unsafe values.withUnsafeBufferPointer { unsafe lend(.booleans($0)) }
      }
    }
  }
}

/// The rows of a result table as CSV; for many ranges of one table, make a `TableWriter` once.
public func delimitedText(of table: ResultTable, rows: Range<Int>, header: Bool) -> [UInt8] {
  TableWriter(table).render(rows, header: header)
}

/// A text as it stands in a field: in quotes where it needs them.
private func fieldText(_ text: String) -> [UInt8] {
  var text = text
  return text.withUTF8 { utf8 in
    unsafe needsQuotes(utf8, delimiter: 44) ? unsafe quotedText(utf8) : unsafe Array(utf8)
  }
}

/// The values of one column where they lie.
@unsafe private struct FieldPointer {
  @unsafe enum Values {
    case text(codes: UnsafeBufferPointer<UInt32>, bytes: UnsafeBufferPointer<UInt8>, ends: UnsafeBufferPointer<Int>)
    case integers(UnsafeBufferPointer<Int64>)
    case reals(UnsafeBufferPointer<Double>)
    case dates(UnsafeBufferPointer<Day>)
    case booleans(UnsafeBufferPointer<UInt8>)
  }
  let values: Values
  /// One bit for each row; empty where every row has a value.
  let validity: UnsafeBufferPointer<UInt64>

  @inline(__always)
  func put(_ row: Int, _ days: inout DayText, at end: inout UnsafeMutablePointer<UInt8>) {
    if unsafe !validity.isEmpty, unsafe validity[row >> 6] >> UInt64(row & 63) & 1 == 0 { return }
    switch unsafe values {
    case .text(let codes, let bytes, let ends):
      let code = unsafe Int(codes[row])
      let start = unsafe code == 0 ? 0 : ends[code - 1]
      unsafe putLabel(bytes, start..<ends[code], at: &end)
    case .integers(let values): unsafe putInteger(values[row], at: &end)
    case .reals(let values): unsafe putReal(values[row], at: &end)
    case .dates(let values): unsafe days.put(values[row], at: &end)
    case .booleans(let values):
      let word: StaticString = unsafe values[row] != 0 ? "true" : "false"
      unsafe putBytes(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount), at: &end)
    }
  }
}

/// How many bytes of a label are copied at once: as many may be written, and read, past its end.
private let labelStep = 32

/// Puts a label and moves on.
@inline(__always)
private func putLabel(
  _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, at end: inout UnsafeMutablePointer<UInt8>
) {
  typealias Step = SIMD32<UInt8>
  guard let base = bytes.baseAddress else { return }
  var place = 0
  while place < range.count {
    let step = unsafe UnsafeRawPointer(base + (range.lowerBound + place)).loadUnaligned(as: Step.self)
    unsafe UnsafeMutableRawPointer(end + place).storeBytes(of: step, as: Step.self)
    place += labelStep
  }
  unsafe end += range.count
}

/// The last day that was put, as text: rows in order seldom have another than the row before.
private struct DayText {
  private var day: Day?
  private var text = SIMD16<UInt8>()
  private var count = 0

  @inline(__always)
  mutating func put(_ day: Day, at end: inout UnsafeMutablePointer<UInt8>) {
    if day != self.day {
      let start = unsafe end
      unsafe putDay(day, at: &end)
      self.day = day
      count = unsafe end - start
      unsafe text = UnsafeRawPointer(start).loadUnaligned(as: SIMD16<UInt8>.self)
    } else {
      unsafe UnsafeMutableRawPointer(end).storeBytes(of: text, as: SIMD16<UInt8>.self)
      unsafe end += count
    }
  }
}

extension ResultColumn {
  /// Which rows have a value; nil where all do.
  fileprivate var validity: Bitmap? {
    switch self {
    case .text(let column): column.codes.validity
    case .integers(let column): column.validity
    case .reals(let column): column.validity
    case .dates(let column): column.validity
    case .booleans(let column): column.validity
    }
  }
}
