/// Where a field's text lies in a block.
@frozen public struct FieldSlice: Sendable, Hashable, BitwiseCopyable {
  /// The first byte of the text, after an opening quote.
  public var start: UInt32
  /// The length in the lower 30 bits; above them whether it stands in quotes, and whether quotes in it are doubled.
  @usableFromInline var bits: UInt32
  @inlinable init(start: Int, length: Int, isQuoted: Bool = false, isEscaped: Bool = false) {
    self.start = UInt32(truncatingIfNeeded: start)
    bits = UInt32(truncatingIfNeeded: length) | (isQuoted ? 1 << 31 : 0) | (isEscaped ? 1 << 30 : 0)
  }
  /// A field with nothing in it.
  static let missing = FieldSlice(start: 0, length: 0)

  /// How many bytes the text has; where quotes in it are doubled, both count.
  @inlinable public var length: Int { Int(bits & 0x3FFF_FFFF) }
  /// Whether the text stands in quotes.
  @inlinable public var isQuoted: Bool { bits >> 31 == 1 }
  /// Whether quotes in the text are doubled.
  @inlinable public var isEscaped: Bool { bits >> 30 & 1 == 1 }
  /// Whether there is no text and no quotes around it: a missing value.
  @inlinable public var isMissing: Bool { bits == 0 }
  /// Where the text lies in its block's bytes.
  @inlinable public var range: Range<Int> { Int(start)..<Int(start) + length }
}

extension DelimitedBlock {
  /// The bytes of a field's text, with doubled quotes made one.
  public func utf8(_ field: FieldSlice) -> [UInt8] {
    guard field.isEscaped else { return Array(bytes[field.range]) }
    var text: [UInt8] = []
    var isSecond = false
    for byte in bytes[field.range] {
      isSecond = byte == 34 && !isSecond
      if !isSecond { text.append(byte) }
    }
    return text
  }
  /// A field's text, or nil for a missing value; bytes that are not UTF-8 show as replacement characters.
  public func text(_ field: FieldSlice) -> String? {
    field.isMissing ? nil : String(decoding: utf8(field), as: UTF8.self)
  }
}

/// The fields of some columns of a block, found in one pass over its bytes.
///
/// Made once and filled with block after block, so that its memory is used again.
public struct FieldGrid: Sendable {
  /// What can be wrong with the form of a record.
  public struct Problem: Sendable, Hashable {
    /// What is wrong.
    public enum Kind: Sendable, Hashable {
      /// The record has this number of fields, and not that of the header.
      case ragged(fields: Int)
      /// Text follows the closing quote of a field.
      case textAfterQuote
    }
    /// The record's number in the grid.
    public var record: Int
    /// The byte in the block that shows it.
    public var byte: Int
    /// What is wrong.
    public var kind: Kind
  }
  /// The first byte of each record in the block's bytes.
  public private(set) var records: [UInt32] = []
  /// The fields: those of the wanted columns, in the order wanted, record after record; missing in a record of bad form.
  public private(set) var fields: [FieldSlice] = []
  /// Records of bad form, in order.
  public private(set) var problems: [Problem] = []
  /// How many columns are wanted.
  public let width: Int
  private let wanted: [Int]
  private let columnCount: Int
  private let keepsEmptyLines: Bool

  /// Makes an empty grid.
  /// - Parameter wanted: the columns wanted, by place, each below `columnCount`.
  /// - Parameter columnCount: how many fields a record must have.
  /// - Parameter keepsEmptyLines: whether a line without anything is a record without values, as it is in a table of one
  ///   column; else it is none.
  public init(wanted: [Int], of columnCount: Int, keepsEmptyLines: Bool = false) {
    width = wanted.count
    self.wanted = wanted
    self.columnCount = columnCount
    self.keepsEmptyLines = keepsEmptyLines
  }

  /// Finds the fields of a block, instead of those it held.
  public mutating func fill(from block: DelimitedBlock, format: DelimitedFormat) {
    records.removeAll(keepingCapacity: true)
    problems.removeAll(keepingCapacity: true)
    var next = block.range.lowerBound
    while next < block.range.upperBound {
      let room = records.count + 512
      if fields.count < room * width {
        fields += [FieldSlice](repeating: .missing, count: max(fields.count, room * width - fields.count))
      }
      let first = records.count
      var isOdd = false
      records.append(addingCapacity: room - first) { output in
        unsafe block.bytes.withUnsafeBufferPointer { bytes in
          unsafe fields.withUnsafeMutableBufferPointer { fields in
            guard let base = bytes.baseAddress else { return }
            let rest = unsafe UnsafeMutableBufferPointer(rebasing: fields[(first * width)...])
            let scan = unsafe RecordScan(
              base: base, limit: base + bytes.count, end: block.range.upperBound, format: format,
              columnCount: columnCount, keepsEmptyLines: keepsEmptyLines)
            (next, isOdd) = unsafe scan.run(from: next, wanted, into: rest, first, &output, &problems)
          }
        }
      }
      if isOdd { next = fill(oddRecord: block.record(at: next, format: format)) }
    }
  }

  /// Takes up a record in which a quote stands where none belongs, and returns where the next begins.
  private mutating func fill(oddRecord record: DelimitedRecord) -> Int {
    let number = records.count
    if fields.count < (number + 1) * width {
      fields += [FieldSlice](repeating: .missing, count: (number + 1) * width - fields.count)
    }
    records.append(UInt32(truncatingIfNeeded: record.range.lowerBound))
    let isGood = record.textAfterQuote == nil && record.fields.count == columnCount
    for (slot, column) in wanted.enumerated() {
      fields[number * width + slot] = isGood ? record.fields[column] : .missing
    }
    if !isGood {
      problems.append(
        Problem(
          record: number, byte: record.textAfterQuote ?? record.range.lowerBound,
          kind: record.textAfterQuote == nil ? .ragged(fields: record.fields.count) : .textAfterQuote))
    }
    return record.range.upperBound
  }
}
