import EventModel
import Workbench

/// Writes columns as bytes: small, equal for equal columns, and quick to read back.
///
/// Whole numbers are written as distances from their minimum in 1, 2, 4 or 8 bytes, whichever is enough; all numbers are
/// little-endian. An encoded column begins with the version of this form.
struct BinaryEncoder {
  /// The version of the form; part of every step key through the key format.
  static let version: UInt8 = 1
  /// Takes what is written, piece by piece; an encoded column is never in memory as a whole.
  typealias Taker = ([UInt8]) throws(Diagnostic) -> Void
  private let take: Taker
  private var piece: [UInt8] = [BinaryEncoder.version]
  /// About how many bytes a piece has.
  private static let pieceBytes = 1 << 18

  /// Writes to a taker.
  init(to take: @escaping Taker) { self.take = take }
  /// Hands over what is left.
  mutating func finish() throws(Diagnostic) { try flush() }

  private mutating func flush() throws(Diagnostic) {
    try take(piece)
    piece.removeAll(keepingCapacity: true)
  }
  mutating func number(_ value: Int) { fixed(UInt64(bitPattern: Int64(value))) }
  mutating func text(_ text: String) {
    number(text.utf8.count)
    piece += Array(text.utf8)
  }
  private mutating func fixed(_ value: UInt64) {
    for place in 0..<8 { piece.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * place))) }
  }

  /// Whole numbers as distances from their minimum.
  mutating func integers<Number: FixedWidthInteger>(_ values: [Number]) throws(Diagnostic) {
    try integers(values) { $0 }
  }
  /// What whole numbers stand for values, as distances from their minimum.
  @inline(__always)
  mutating func integers<Value, Number: FixedWidthInteger>(
    _ values: [Value], _ number: (Value) -> Number
  ) throws(Diagnostic) {
    var low = values.first.map(number) ?? 0
    var high = low
    for value in values {
      low = min(low, number(value))
      high = max(high, number(value))
    }
    let base = UInt64(truncatingIfNeeded: low)
    let reach = UInt64(truncatingIfNeeded: high) &- base
    let width = reach < 1 << 8 ? 1 : reach < 1 << 16 ? 2 : reach < 1 << 32 ? 4 : 8
    self.number(values.count)
    fixed(base)
    piece.append(UInt8(width))
    try pieces(of: values.count, width) { rows, bytes, start in
      func distance(_ row: Int) -> UInt64 { UInt64(truncatingIfNeeded: number(values[row])) &- base }
      switch width {
      case 1: for row in rows { bytes[start &+ row] = UInt8(truncatingIfNeeded: distance(row)) }
      case 2: for row in rows { putLowBytes(of: distance(row), width: 2, in: &bytes, at: start &+ 2 &* row) }
      case 4: for row in rows { putLowBytes(of: distance(row), width: 4, in: &bytes, at: start &+ 4 &* row) }
      default: for row in rows { putLowBytes(of: distance(row), width: 8, in: &bytes, at: start &+ 8 &* row) }
      }
    }
  }
  mutating func reals(_ values: [Double]) throws(Diagnostic) {
    number(values.count)
    try pieces(of: values.count, 8) { rows, bytes, start in
      for row in rows { putLowBytes(of: values[row].bitPattern, width: 8, in: &bytes, at: start &+ 8 &* row) }
    }
  }

  /// Makes room for rows of a width, some at a time, and hands over what is full.
  ///
  /// `body` writes row r at `start` + r times the width.
  @inline(__always)
  private mutating func pieces(
    of count: Int, _ width: Int, _ body: (_ rows: Range<Int>, _ bytes: inout [UInt8], _ start: Int) -> Void
  ) throws(Diagnostic) {
    let step = Self.pieceBytes / width
    for first in stride(from: 0, to: count, by: step) {
      let rows = first..<min(first + step, count)
      let start = piece.count
      piece += repeatElement(0, count: rows.count * width)
      body(rows, &piece, start - first * width)
      try flush()
    }
  }
  mutating func raw(_ values: [UInt8]) throws(Diagnostic) {
    number(values.count)
    try flush()
    try take(values)
  }
  mutating func validity(_ validity: Bitmap?) throws(Diagnostic) {
    piece.append(validity == nil ? 0 : 1)
    if let validity { try integers(validity.words) }
  }
  mutating func texts(_ texts: [String]) throws(Diagnostic) {
    var ends: [Int] = []
    var joined: [UInt8] = []
    for text in texts {
      joined += Array(text.utf8)
      ends.append(joined.count)
    }
    try integers(ends)
    try raw(joined)
  }
  mutating func codes(_ column: CodedColumn) throws(Diagnostic) {
    try validity(column.codes.validity)
    try integers(column.codes.values)
    try texts(column.labels)
  }
}

/// Writes a number's lower bytes; the last of them first, so that one check of bounds does for all.
@inline(__always)
private func putLowBytes(of number: UInt64, width: Int, in bytes: inout [UInt8], at start: Int) {
  var place = width
  while place > 0 {
    place &-= 1
    bytes[start &+ place] = UInt8(truncatingIfNeeded: number >> UInt64(8 &* place))
  }
}
/// A number from its lower bytes.
@inline(__always)
private func lowBytes(_ bytes: [UInt8], at start: Int, width: Int) -> UInt64 {
  var number: UInt64 = 0
  var place = width
  while place > 0 {
    place &-= 1
    number |= UInt64(bytes[start &+ place]) << UInt64(8 &* place)
  }
  return number
}

/// Bytes that are not what they should be.
struct Undecodable: Error {}

/// Reads what `BinaryEncoder` wrote; throws on anything else, never traps.
struct BinaryDecoder {
  private let bytes: [UInt8]
  private var position = 1

  init(_ bytes: [UInt8]) throws(Undecodable) {
    guard bytes.first == BinaryEncoder.version else { throw Undecodable() }
    self.bytes = bytes
  }
  var isAtEnd: Bool { position == bytes.count }

  private mutating func take(_ count: Int) throws(Undecodable) -> Int {
    guard count >= 0, count <= bytes.count - position else { throw Undecodable() }
    defer { position += count }
    return position
  }
  mutating func byte() throws(Undecodable) -> UInt8 { bytes[try take(1)] }
  mutating func number() throws(Undecodable) -> Int {
    Int(Int64(bitPattern: lowBytes(bytes, at: try take(8), width: 8)))
  }
  mutating func text() throws(Undecodable) -> String {
    let count = try number()
    let start = try take(count)
    return String(decoding: bytes[start..<start + count], as: UTF8.self)
  }
  mutating func integers<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) throws(Undecodable) -> [Number] {
    try integers { (number: Number) in number }
  }
  /// The values that whole numbers stand for.
  @inline(__always)
  mutating func integers<Number: FixedWidthInteger, Value>(
    _ value: (Number) -> Value
  ) throws(Undecodable) -> [Value] {
    let count = try number()
    let base = UInt64(bitPattern: Int64(try number()))
    let width = Int(try byte())
    guard [1, 2, 4, 8].contains(width), count >= 0, count <= (bytes.count - position) / width else {
      throw Undecodable()
    }
    let (bytes, start) = (bytes, try take(count * width))
    func decoded(_ width: Int) -> [Value] {
      var values: [Value] = []
      values.append(addingCapacity: count) { output in
        for row in 0..<count {
          let distance = lowBytes(bytes, at: start &+ row &* width, width: width)
          output.append(value(Number(truncatingIfNeeded: base &+ distance)))
        }
      }
      return values
    }
    return switch width {
    case 1: decoded(1)
    case 2: decoded(2)
    case 4: decoded(4)
    default: decoded(8)
    }
  }
  mutating func reals() throws(Undecodable) -> [Double] {
    let count = try number()
    guard count >= 0, count <= (bytes.count - position) / 8 else { throw Undecodable() }
    let (bytes, start) = (bytes, try take(count * 8))
    var values: [Double] = []
    values.append(addingCapacity: count) { output in
      for row in 0..<count {
        output.append(Double(bitPattern: lowBytes(bytes, at: start &+ 8 &* row, width: 8)))
      }
    }
    return values
  }
  mutating func raw() throws(Undecodable) -> [UInt8] {
    let count = try number()
    let start = try take(count)
    return Array(bytes[start..<start + count])
  }
  mutating func validity(rows: Int) throws(Undecodable) -> Bitmap? {
    guard try byte() == 1 else { return nil }
    let words = try integers(UInt64.self)
    guard rows >= 0, words.count == rows / 64 + (rows % 64 == 0 ? 0 : 1) else { throw Undecodable() }
    return Bitmap(words: words, count: rows)
  }
  mutating func texts() throws(Undecodable) -> [String] {
    let ends = try integers(Int.self)
    let joined = try raw()
    var start = 0
    var texts: [String] = []
    texts.reserveCapacity(ends.count)
    for end in ends {
      guard end >= start, end <= joined.count else { throw Undecodable() }
      texts.append(String(decoding: joined[start..<end], as: UTF8.self))
      start = end
    }
    return texts
  }
  mutating func codes(rows: Int) throws(Undecodable) -> CodedColumn {
    let validity = try validity(rows: rows)
    let codes = try integers(UInt32.self)
    let labels = try texts()
    let column = CodedColumn(codes: Column(codes, validity: validity), labels: labels)
    guard codes.count == rows, codes.indices.allSatisfy({ Int(codes[$0]) < labels.count || !column.codes.has($0) })
    else {
      throw Undecodable()
    }
    return column
  }
}
