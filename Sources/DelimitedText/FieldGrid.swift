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
  /// The first byte of each record in the block's bytes; lines without anything are no records.
  public private(set) var records: [UInt32] = []
  /// The fields: those of the wanted columns, in the order wanted, record after record; missing in a record of bad form.
  public private(set) var fields: [FieldSlice] = []
  /// Records of bad form, in order.
  public private(set) var problems: [Problem] = []
  /// How many columns are wanted.
  public let width: Int
  private let slots: [Int]

  /// Makes an empty grid.
  /// - Parameter wanted: the columns wanted, by place, each below `columnCount`.
  /// - Parameter columnCount: how many fields a record must have.
  public init(wanted: [Int], of columnCount: Int) {
    width = wanted.count
    var slots = [Int](repeating: -1, count: columnCount)
    for (slot, column) in wanted.enumerated() { slots[column] = slot }
    self.slots = slots
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
      let (first, range) = (records.count, next..<block.range.upperBound)
      records.append(addingCapacity: room - first) { output in
        next = unsafe block.bytes.withUnsafeBufferPointer { bytes in
          unsafe slots.withUnsafeBufferPointer { slots in
            unsafe fields.withUnsafeMutableBufferPointer { fields in
              let rest = unsafe UnsafeMutableBufferPointer(rebasing: fields[(first * width)...])
              return unsafe Self.scan(bytes, range, format, slots, width, rest, first, &output, &problems)
            }
          }
        }
      }
    }
  }

  /// Goes over records until the range or the room is used up, and returns where it stopped.
  private static func scan(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ format: DelimitedFormat,
    _ slots: UnsafeBufferPointer<Int>, _ width: Int, _ fields: UnsafeMutableBufferPointer<FieldSlice>, _ first: Int,
    _ records: inout OutputSpan<UInt32>, _ problems: inout [Problem]
  ) -> Int {
    guard let base = bytes.baseAddress else { return range.upperBound }
    let limit = unsafe base + bytes.count
    let end = unsafe base + range.upperBound
    let (delimiter, isQuoting, columnCount) = (format.delimiter, format.isQuoted, slots.count)
    var place = unsafe base + range.lowerBound
    while unsafe place < end, records.freeCapacity > 0 {
      if unsafe place.pointee == 10 || (place.pointee == 13 && place[1] == 10) {
        unsafe place += place.pointee == 10 ? 1 : 2
        continue
      }
      let row = records.count * width
      var column = 0
      var afterQuote: Int?
      unsafe records.append(UInt32(truncatingIfNeeded: place - base))
      while true {
        let field: FieldSlice
        if isQuoting, unsafe place.pointee == 34 {
          let start = unsafe place - base + 1
          unsafe place = find(34, from: place + 1, to: limit)
          var isEscaped = false
          while unsafe place[1] == 34 {
            isEscaped = true
            unsafe place = find(34, from: place + 2, to: limit)
          }
          field = unsafe FieldSlice(
            start: start, length: place - base - start, isQuoted: true, isEscaped: isEscaped)
          unsafe place += 1
          if unsafe place.pointee == 13, unsafe place[1] == 10 { unsafe place += 1 }
          if unsafe place.pointee != delimiter, unsafe place.pointee != 10 {
            if afterQuote == nil { afterQuote = unsafe place - base }
            unsafe place = findFieldEnd(delimiter, from: place, to: limit)
          }
        } else {
          let start = unsafe place
          unsafe place = findFieldEnd(delimiter, from: place, to: limit)
          let isAfterReturn = unsafe place.pointee == 10 && place > start && place[-1] == 13
          field = unsafe FieldSlice(start: start - base, length: place - start - (isAfterReturn ? 1 : 0))
        }
        if column < columnCount {
          let slot = unsafe slots[column]
          if slot >= 0 { unsafe fields[row + slot] = field }
        }
        column += 1
        let isLast = unsafe place.pointee == 10
        unsafe place += 1
        if isLast { break }
      }
      if column != columnCount || afterQuote != nil {
        for slot in 0..<width { unsafe fields[row + slot] = .missing }
        let kind = afterQuote == nil ? Problem.Kind.ragged(fields: column) : .textAfterQuote
        let record = records.count - 1
        problems.append(Problem(record: first + record, byte: afterQuote ?? Int(records[record]), kind: kind))
      }
    }
    return unsafe place - base
  }
}
