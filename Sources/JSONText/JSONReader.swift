extension JSONValue {
  /// Reads JSON text (RFC 8259) as UTF-8; nil where the bytes are none, or nest deeper than 200.
  ///
  /// Of a key given twice the last value counts. Integers stay integers; `1.0` is a real number.
  public init?(reading bytes: [UInt8]) {
    var reader = JSONReader(bytes: bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.place = 3 }
    guard let value = reader.value(depth: 0) else { return nil }
    reader.skipBlanks()
    guard reader.place == bytes.count else { return nil }
    self = value
  }
}

private struct JSONReader {
  let bytes: [UInt8]
  var place = 0

  mutating func skipBlanks() {
    while place < bytes.count, [32, 9, 10, 13].contains(bytes[place]) { place += 1 }
  }
  private mutating func take(_ byte: Character) -> Bool {
    skipBlanks()
    guard place < bytes.count, bytes[place] == byte.asciiValue else { return false }
    place += 1
    return true
  }
  private mutating func take(word: String, _ value: JSONValue) -> JSONValue? {
    guard bytes[place...].starts(with: word.utf8) else { return nil }
    place += word.utf8.count
    return value
  }

  mutating func value(depth: Int) -> JSONValue? {
    skipBlanks()
    guard place < bytes.count, depth < 200 else { return nil }
    switch bytes[place] {
    case UInt8(ascii: "{"): return object(depth)
    case UInt8(ascii: "["): return array(depth)
    case UInt8(ascii: "\""): return string().map(JSONValue.string)
    case UInt8(ascii: "t"): return take(word: "true", true)
    case UInt8(ascii: "f"): return take(word: "false", false)
    case UInt8(ascii: "n"): return take(word: "null", nil)
    default: return number()
    }
  }
  private mutating func object(_ depth: Int) -> JSONValue? {
    place += 1
    var members: [String: JSONValue] = [:]
    if take("}") { return .object(members) }
    repeat {
      skipBlanks()
      guard place < bytes.count, bytes[place] == UInt8(ascii: "\""), let key = string(), take(":"),
        let value = value(depth: depth + 1)
      else { return nil }
      members[key] = value
    } while take(",")
    return take("}") ? .object(members) : nil
  }
  private mutating func array(_ depth: Int) -> JSONValue? {
    place += 1
    var elements: [JSONValue] = []
    if take("]") { return .array(elements) }
    repeat {
      guard let value = value(depth: depth + 1) else { return nil }
      elements.append(value)
    } while take(",")
    return take("]") ? .array(elements) : nil
  }
  private mutating func number() -> JSONValue? {
    let start = place
    while place < bytes.count, "+-.eE0123456789".utf8.contains(bytes[place]) { place += 1 }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    let digits = text.trimmingPrefix("-")
    guard let first = digits.utf8.first, 48...57 ~= first, text.utf8.last.map({ 48...57 ~= $0 }) ?? false,
      first != 48 || digits.utf8.count == 1 || !(48...57 ~= Array(digits.utf8)[1])
    else { return nil }
    if let integer = Int(text) { return .integer(integer) }
    return Double(text).flatMap { $0.isFinite && !text.contains(".e") && !text.contains(".E") ? .number($0) : nil }
  }
  private mutating func string() -> String? {
    place += 1
    var text: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let scalar = escape() else { return nil }
        text += Array(String(scalar).utf8)
      case 0..<32: return nil
      default: text.append(byte)
      }
    }
    return nil
  }
  private mutating func escape() -> Unicode.Scalar? {
    guard place < bytes.count else { return nil }
    let byte = bytes[place]
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      guard let high = hexadecimal() else { return nil }
      guard 0xD800...0xDBFF ~= high else { return Unicode.Scalar(high) }
      guard bytes[min(place, bytes.count)...].starts(with: "\\u".utf8) else { return nil }
      place += 2
      guard let low = hexadecimal(), 0xDC00...0xDFFF ~= low else { return nil }
      return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    default: return nil
    }
  }
  private mutating func hexadecimal() -> UInt32? {
    guard place + 4 <= bytes.count, bytes[place] != UInt8(ascii: "+"), bytes[place] != UInt8(ascii: "-") else {
      return nil
    }
    place += 4
    return UInt32(String(decoding: bytes[place - 4..<place], as: UTF8.self), radix: 16)
  }
}
