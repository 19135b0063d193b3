import Workbench

/// The text of a file by lines, checked to be text that YAML allows.
struct SourceText {
  /// The most bytes a file may have.
  static let byteLimit = 8 << 20

  let name: String
  /// The Unicode scalars of each line, without its break.
  private(set) var lines: [[Unicode.Scalar]]

  init(_ bytes: [UInt8], name: String) throws(Diagnostic) {
    self.name = name
    guard bytes.count <= Self.byteLimit else {
      throw .error(
        .tooLarge, "the file has \(bytes.count) bytes, more than the \(Self.byteLimit) a workspace may have",
        at: SourceLocation(file: name))
    }
    lines = [[]]
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var isAfterReturn = false
    decoding: while true {
      switch decoder.decode(&iterator) {
      case .emptyInput: break decoding
      case .error:
        throw .error(
          .encoding, "the file is not valid UTF-8 from here on", at: end, hint: "save it as UTF-8")
      case .scalarValue(let scalar):
        if isAfterReturn, scalar != "\n" { throw Self.forbidden("\r", at: end) }
        isAfterReturn = scalar == "\r"
        switch scalar {
        case "\r": break
        case "\n": lines.append([])
        case "\u{FEFF}" where lines.count == 1 && lines[0].isEmpty: break
        default:
          guard Self.isAllowed(scalar) else { throw Self.forbidden(scalar, at: end) }
          lines[lines.count - 1].append(scalar)
        }
      }
    }
  }

  /// The text as YAML is to read it, its lines ended by `\n`.
  var text: String {
    var text = String.UnicodeScalarView()
    for (index, line) in lines.enumerated() {
      if index > 0 { text.append("\n") }
      text.append(contentsOf: line)
    }
    return String(text)
  }
  /// The place behind the last scalar.
  private var end: SourceLocation { location(lines.count, (lines.last?.count ?? 0) + 1) }

  /// A place, marking a number of scalars.
  func location(_ line: Int, _ column: Int, length: Int = 1) -> SourceLocation {
    SourceLocation(file: name, line: line, column: column, length: max(1, length))
  }
  /// The rest of a line from a column, both counted from 1; nothing where there is no such place.
  func rest(_ line: Int, _ column: Int) -> ArraySlice<Unicode.Scalar> {
    guard line >= 1, line <= lines.count, column >= 1, column <= lines[line - 1].count else { return [] }
    return lines[line - 1][(column - 1)...]
  }
  /// Writes other scalars over those of a line.
  mutating func overwrite(_ line: Int, _ columns: Range<Int>, with scalar: Unicode.Scalar) {
    for column in columns { lines[line - 1][column - 1] = scalar }
  }

  /// What YAML allows, but for the line breaks that editors do not show as such.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD: true
    case 0x10000...: true
    default: false
    }
  }
  private static func forbidden(_ scalar: Unicode.Scalar, at location: SourceLocation) -> Diagnostic {
    .error(
      .encoding, "the file holds the character U+\(hexadecimal(scalar)), which no workspace may hold", at: location,
      hint: "delete it" + (scalar.value == 0 ? "; is this a text file in UTF-8?" : ""))
  }
  private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
