import DelimitedText

/// What the bytes of a file's text mean.
public enum TextEncoding: String, Sendable, Hashable, CaseIterable {
  /// UTF-8; any other byte makes its row a bad one.
  case utf8 = "utf-8"
  /// UTF-8, and a field that is not valid UTF-8 is Windows-1252, of which ISO 8859-1 is a part: for files put together
  /// from both.
  case utf8OrWindows1252 = "utf-8-or-windows-1252"

  /// The UTF-8 of a field's bytes; nil where they have no meaning, or hold a NUL byte.
  func decoded(_ bytes: [UInt8]) -> [UInt8]? {
    if isText(bytes, 0..<bytes.count) { return bytes }
    guard self == .utf8OrWindows1252, !bytes.contains(0) else { return nil }
    return windows1252(bytes)
  }
  /// A field as text, for headers, messages and raw records; replacement characters stand for what has no meaning.
  func text(_ bytes: [UInt8]) -> String { String(decoding: decoded(bytes) ?? bytes, as: UTF8.self) }
}

extension TabularForm {
  /// A field of a record as text; nil for a missing value.
  func text(_ field: FieldSlice, of block: DelimitedBlock) -> String? {
    field.isMissing ? nil : encoding.text(block.utf8(field))
  }
}

/// The UTF-8 of text in Windows-1252, by the index of the WHATWG Encoding Standard: every byte means something.
private func windows1252(_ bytes: [UInt8]) -> [UInt8] {
  var text = String.UnicodeScalarView()
  for byte in bytes {
    let value = 0x80...0x9F ~= byte ? upperControls[Int(byte) - 0x80] : UInt16(byte)
    if let scalar = Unicode.Scalar(value) { text.append(scalar) }
  }
  return Array(String(text).utf8)
}

/// What the bytes 0x80 to 0x9F stand for.
private let upperControls: [UInt16] = [
  0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
  0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
  0x017E, 0x0178,
]
