/// A piece of HTML or SVG, escaped by construction.
///
/// What stands in the literal is markup; what is interpolated is text, and is escaped, unless it is markup itself. So no
/// value from data can become an element, an attribute or a script by being forgotten.
///
///     let cell: Markup = "<td>\(event.note)</td>"
public struct Markup: Sendable, Hashable {
  /// The markup as text.
  public private(set) var text: String

  /// Markup that was made elsewhere and is known to be sound: a style sheet, a script, canonical JSON.
  public init(trusted text: String) { self.text = text }
  /// A text, escaped.
  public init(_ text: String) { self.text = escaped(text) }
  /// Nothing.
  public init() { text = "" }

  /// Whether there is nothing in it.
  public var isEmpty: Bool { text.isEmpty }
  /// Its bytes as UTF-8.
  public var bytes: [UInt8] { Array(text.utf8) }
  /// Appends more.
  public static func += (left: inout Markup, right: Markup) { left.text += right.text }
  /// One piece after the other.
  public static func + (left: Markup, right: Markup) -> Markup { Markup(trusted: left.text + right.text) }
}

extension Markup: ExpressibleByStringInterpolation {
  /// Markup as it is written.
  public init(stringLiteral value: String) { text = value }
  /// Markup with texts in it.
  public init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// Puts markup together from literals and values.
  public struct StringInterpolation: StringInterpolationProtocol {
    var text = ""
    /// Starts.
    public init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }
    /// Takes markup as it is written.
    public mutating func appendLiteral(_ literal: String) { text += literal }
    /// Takes a text and escapes it.
    public mutating func appendInterpolation(_ value: String) { escape(value, into: &text) }
    /// Takes markup as it is.
    public mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
    /// Takes a whole number.
    public mutating func appendInterpolation(_ number: Int) { text += String(number) }
    /// Takes a length or a place on a drawing, rounded to a tenth: small, and the same everywhere.
    public mutating func appendInterpolation(_ place: Double) { text += rounded(place) }
  }
}

extension Sequence<Markup> {
  /// All pieces, one after another.
  public func joined(separator: Markup = "") -> Markup {
    var text = ""
    for (index, piece) in enumerated() {
      if index > 0 { text += separator.text }
      text += piece.text
    }
    return Markup(trusted: text)
  }
}

/// A place on a drawing, rounded to a tenth, in the shortest form: `12`, `.5`, `-3.2`.
public func rounded(_ place: Double) -> String {
  let tenths = Int((min(max(place.isFinite ? place : 0, -1e9), 1e9) * 10).rounded())
  let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
  let sign = tenths < 0 ? "-" : ""
  guard rest > 0 else { return "\(sign)\(whole)" }
  return whole == 0 ? "\(sign).\(rest)" : "\(sign)\(whole).\(rest)"
}
