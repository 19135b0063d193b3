import EventModel

/// Writes columns as bytes: small, equal for equal columns, and quick to read back.
///
/// Whole numbers are written as distances from their minimum in 1, 2, 4 or 8 bytes, whichever is enough; all numbers are
/// little-endian. An encoded column begins with the version of this form.
struct BinaryEncoder {
  /// The version of the form; part of every step key through the key format.
  static let version: UInt8 = 1
  private(set) var bytes: [UInt8] = [BinaryEncoder.version]

  mutating func number(_ value: Int) { fixed(UInt64(bitPattern: Int64(value)), width: 8) }
  mutating func text(_ text: String) {
    number(text.utf8.count)
    bytes += Array(text.utf8)
  }

  private mutating func fixed(_ value: UInt64, width: Int) {
    var value = value
    for _ in 0..<width {
      bytes.append(UInt8(truncatingIfNeeded: value))
      value >>= 8
    }
  }

  /// Whole numbers as distances from their minimum.
  mutating func integers<Value: FixedWidthInteger>(_ values: [Value]) {
    let low = values.min() ?? 0
    let high = values.max() ?? 0
    let reach = UInt64(truncatingIfNeeded: high) &- UInt64(truncatingIfNeeded: low)
    let width = reach < 1 << 8 ? 1 : reach < 1 << 16 ? 2 : reach < 1 << 32 ? 4 : 8
    number(values.count)
    fixed(UInt64(truncatingIfNeeded: low), width: 8)
    bytes.append(UInt8(width))
    let start = bytes.count
    bytes += [UInt8](repeating: 0, count: values.count * width)
    let base = UInt64(truncatingIfNeeded: low)
    var at = start
    for value in values {
      var distance = UInt64(truncatingIfNeeded: value) &- base
      for _ in 0..<width {
        bytes[at] = UInt8(truncatingIfNeeded: distance)
        distance >>= 8
        at += 1
      }
    }
  }
  mutating func reals(_ values: [Double]) {
    number(values.count)
    let start = bytes.count
    bytes += [UInt8](repeating: 0, count: values.count * 8)
    var at = start
    for value in values {
      var bits = value.bitPattern
      for _ in 0..<8 {
        bytes[at] = UInt8(truncatingIfNeeded: bits)
        bits >>= 8
        at += 1
      }
    }
  }
  mutating func raw(_ values: [UInt8]) {
    number(values.count)
    bytes += values
  }
  mutating func validity(_ validity: Bitmap?) {
    bytes.append(validity == nil ? 0 : 1)
    if let validity { integers(validity.words) }
  }
  mutating func texts(_ texts: [String]) {
    var ends: [Int] = []
    var joined: [UInt8] = []
    for text in texts {
      joined += Array(text.utf8)
      ends.append(joined.count)
    }
    integers(ends)
    raw(joined)
  }
  mutating func codes(_ column: CodedColumn) {
    validity(column.codes.validity)
    integers(column.codes.values)
    texts(column.labels)
  }
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
    let start = try take(8)
    var value: UInt64 = 0
    for index in 0..<8 { value |= UInt64(bytes[start + index]) << UInt64(8 * index) }
    return Int(Int64(bitPattern: value))
  }
  mutating func text() throws(Undecodable) -> String {
    let count = try number()
    let start = try take(count)
    return String(decoding: bytes[start..<start + count], as: UTF8.self)
  }
  mutating func integers<Value: FixedWidthInteger>(_ type: Value.Type = Value.self) throws(Undecodable) -> [Value] {
    let count = try number()
    let base = UInt64(bitPattern: Int64(try number()))
    let width = Int(try byte())
    guard [1, 2, 4, 8].contains(width), count >= 0, count <= (bytes.count - position) / width else {
      throw Undecodable()
    }
    var at = try take(count * width)
    var values = [Value](repeating: 0, count: count)
    for index in 0..<count {
      var distance: UInt64 = 0
      for place in 0..<width { distance |= UInt64(bytes[at + place]) << UInt64(8 * place) }
      at += width
      values[index] = Value(truncatingIfNeeded: base &+ distance)
    }
    return values
  }
  mutating func reals() throws(Undecodable) -> [Double] {
    let count = try number()
    guard count >= 0, count <= (bytes.count - position) / 8 else { throw Undecodable() }
    var at = try take(count * 8)
    var values = [Double](repeating: 0, count: count)
    for index in 0..<count {
      var bits: UInt64 = 0
      for place in 0..<8 { bits |= UInt64(bytes[at + place]) << UInt64(8 * place) }
      at += 8
      values[index] = Double(bitPattern: bits)
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
