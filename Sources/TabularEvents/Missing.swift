import EventModel

/// Which rows of a block lack a value.
struct Missing {
  private var words: [UInt64]
  private let rows: Int
  private var count = 0
  init(rows: Int) {
    self.rows = rows
    words = [UInt64](repeating: .max, count: (rows + 63) / 64)
  }
  @inline(__always) mutating func add(_ row: Int) {
    words[row >> 6] &= ~(1 << UInt64(row & 63))
    count += 1
  }
  /// Whether a row has a value.
  func has(_ row: Int) -> Bool { words[row >> 6] >> UInt64(row & 63) & 1 == 1 }
  mutating func remove(_ row: Int) {
    words[row >> 6] |= 1 << UInt64(row & 63)
    count -= 1
  }
  var validity: Bitmap? { count == 0 ? nil : Bitmap(words: words, count: rows) }
}

extension LabelIndex {
  /// Takes the place of a list, which is left empty, so that it is changed in place.
  init(taking list: inout LabelIndex) {
    self.init()
    swap(&self, &list)
  }
  /// The code of a text, or nil where it has not been met.
  func code(ofUTF8 text: [UInt8]) -> UInt32? {
    unsafe text.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return nil }
      let text = unsafe FieldText(start: base, count: text.count)
      return unsafe code(of: text, hash: hashOf(text))
    }
  }
  /// The code of a text, or nil where it is not valid UTF-8 or holds a NUL byte.
  @inline(__always)
  mutating func internChecked(_ text: FieldText) -> UInt32? {
    let hash = unsafe hashOf(text)
    if let code = unsafe code(of: text, hash: hash) { return code }
    let bytes = unsafe text.bytes
    return isText(bytes, 0..<bytes.count) ? unsafe insert(text, hash: hash) : nil
  }
}

/// Whether bytes are valid UTF-8 without NUL.
func isText(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
  var isPlain = true
  for index in range { isPlain = isPlain && bytes[index] &- 1 < 127 }
  return isPlain || (!bytes[range].contains(0) && String(validating: bytes[range], as: UTF8.self) != nil)
}
