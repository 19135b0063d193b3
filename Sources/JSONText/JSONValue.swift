/// A JSON value whose text depends on its content alone.
///
/// Objects are written with their keys in the order of UTF-8 bytes, whatever the order they were given in, so that equal
/// values have equal text. Numbers are written in their shortest form that reads back as the same number.
public indirect enum JSONValue: Sendable, Hashable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// An integer.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// An array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// An object; of a key given twice the last value counts.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
  }
  /// Null.
  public init(nilLiteral: ()) { self = .null }
}

extension JSONValue {
  /// The member of an object, or nil where there is none.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }
  /// The text of a string, or nil for any other value.
  public var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }
  /// The value of an integer, or nil for any other value.
  public var integer: Int? {
    guard case .integer(let integer) = self else { return nil }
    return integer
  }
  /// The value of a number or an integer, or nil for any other value.
  public var number: Double? {
    switch self {
    case .number(let number): number
    case .integer(let integer): Double(integer)
    default: nil
    }
  }
  /// The value of a truth value, or nil for any other value.
  public var boolean: Bool? {
    guard case .boolean(let boolean) = self else { return nil }
    return boolean
  }
  /// The elements of an array; none for any other value.
  public var elements: [JSONValue] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }
  /// The members of an object in the order of their keys' UTF-8 bytes; none for any other value.
  public var members: [(key: String, value: JSONValue)] {
    guard case .object(let members) = self else { return [] }
    return members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { (key: $0.key, value: $0.value) }
  }
}

extension JSONValue {
  /// The canonical text on one line, without white space: what keys and digests are computed from.
  public var compact: String {
    var text = ""
    write(to: &text, indentation: nil)
    return text
  }
  /// The canonical text for people: two spaces per level, ending with a newline.
  public var pretty: String {
    var text = ""
    write(to: &text, indentation: 0)
    text += "\n"
    return text
  }

  private func write(to text: inout String, indentation: Int?) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): text += Self.numberText(value)
    case .string(let value): Self.writeString(value, to: &text)
    case .array(let elements):
      Self.writeSequence(elements, open: "[", close: "]", to: &text, indentation: indentation) { element, text, inner in
        element.write(to: &text, indentation: inner)
      }
    case .object:
      Self.writeSequence(members, open: "{", close: "}", to: &text, indentation: indentation) { member, text, inner in
        Self.writeString(member.key, to: &text)
        text += inner == nil ? ":" : ": "
        member.value.write(to: &text, indentation: inner)
      }
    }
  }

  private static func writeSequence<Element>(
    _ elements: [Element], open: String, close: String, to text: inout String, indentation: Int?,
    _ write: (Element, inout String, Int?) -> Void
  ) {
    text += open
    let inner = indentation.map { $0 + 2 }
    for (index, element) in elements.enumerated() {
      if index > 0 { text += "," }
      if let inner { text += "\n" + String(repeating: " ", count: inner) }
      write(element, &text, inner)
    }
    if let indentation, !elements.isEmpty { text += "\n" + String(repeating: " ", count: indentation) }
    text += close
  }

  /// The shortest text that reads back as the same number; a number JSON has no text for is null.
  static func numberText(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    if value == value.rounded(.towardZero), abs(value) < 0x1p53 { return String(Int(value)) }
    return value.description
  }

  private static func writeString(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      // Escaped so that the text can stand inside a script element and on one line of any reader.
      case "\u{0}"..."\u{1F}", "\u{7F}", "\u{2028}", "\u{2029}", "<":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
