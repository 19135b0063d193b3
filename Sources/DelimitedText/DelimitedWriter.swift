public import EventModel

/// Writes records of delimited text, RFC 4180, ending lines with `\n`.
///
/// A field is quoted only where it must be: it holds the delimiter, a quote, a carriage return or a line feed, or it is
/// the empty text, which is written `""` so that it differs from a missing value. Numbers are written in the shortest
/// form that reads back as the same number.
public struct DelimitedWriter: Sendable {
  private let delimiter: UInt8
  /// What is written lies before `used`; the rest is room.
  private var storage: [UInt8]
  private var used = 0
  private var isFirstField = true

  /// Starts with nothing written.
  /// - Parameter delimiter: the byte between fields; a comma unless told otherwise.
  /// - Parameter reserving: how many bytes to make room for at once.
  public init(delimiter: UInt8 = 44, reserving: Int = 0) {
    self.delimiter = delimiter
    storage = [UInt8](repeating: 0, count: max(reserving, 256))
  }

  /// What has been written and not been taken yet.
  public var bytes: [UInt8] { Array(storage[..<used]) }
  /// How many bytes have been written and not been taken yet.
  public var count: Int { used }

  /// Hands over what has been written and starts anew.
  public mutating func takeBytes() -> [UInt8] {
    var taken: [UInt8] = []
    swap(&taken, &storage)
    taken.removeLast(taken.count - used)
    used = 0
    return taken
  }

  /// Adds a text.
  public mutating func field(_ text: String) {
    var text = text
    text.withUTF8 { unsafe put(text: $0) }
  }
  /// Adds a text given as UTF-8.
  public mutating func field(utf8: [UInt8]) {
    unsafe utf8.withUnsafeBufferPointer { unsafe put(text: $0) }
  }
  /// Adds a whole number.
  public mutating func field(_ number: Int64) {
    unsafe putField(upTo: 20) { unsafe putInteger(number, at: &$0) }
  }
  /// Adds a real number; one that is not finite is left out, as a missing value.
  public mutating func field(_ number: Double) {
    unsafe putField(upTo: 32) { unsafe putReal(number, at: &$0) }
  }
  /// Adds a date as `2021-12-09`.
  public mutating func field(_ day: Day) {
    unsafe putField(upTo: 16) { unsafe putDay(day, at: &$0) }
  }
  /// Adds a missing value: nothing between two delimiters.
  public mutating func emptyField() {
    unsafe putField(upTo: 0) { _ in }
  }
  /// Ends the record.
  public mutating func endRecord() {
    isFirstField = true
    unsafe put(upTo: 1) { unsafe putByte(10, at: &$0) }
  }

  private mutating func put(text: UnsafeBufferPointer<UInt8>) {
    // A mark of byte order is one only where a file begins: there, quotes keep it from being taken for one.
    if unsafe needsQuotes(text, delimiter: delimiter) || (used == 0 && text.first == 0xEF) {
      let quoted = unsafe quotedText(text)
      unsafe quoted.withUnsafeBufferPointer { quoted in
        unsafe putField(upTo: quoted.count) { unsafe putBytes(quoted, at: &$0) }
      }
    } else {
      unsafe putField(upTo: text.count) { unsafe putBytes(text, at: &$0) }
    }
  }
  @inline(__always)
  private mutating func putField(upTo room: Int, _ body: (inout UnsafeMutablePointer<UInt8>) -> Void) {
    let (isFirst, delimiter) = (isFirstField, delimiter)
    isFirstField = false
    unsafe put(upTo: room + 1) { end in
      if !isFirst { unsafe putByte(delimiter, at: &end) }
      unsafe body(&end)
    }
  }
  @inline(__always)
  private mutating func put(upTo room: Int, _ body: (inout UnsafeMutablePointer<UInt8>) -> Void) {
    if storage.count - used < room { makeRoom(room) }
    let start = used
    used = unsafe storage.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return start }
      var end = unsafe base + start
      unsafe body(&end)
      return unsafe end - base
    }
  }
  private mutating func makeRoom(_ room: Int) {
    storage += [UInt8](repeating: 0, count: max(storage.count, room + 256))
  }
}

/// Whether a text must stand in quotes to be read back as it is.
@inline(__always)
func needsQuotes(_ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8) -> Bool {
  var isSpecial = text.isEmpty
  for index in 0..<text.count {
    let byte = unsafe text[index]
    isSpecial = isSpecial || byte == delimiter || byte == 34 || byte == 10 || byte == 13
  }
  return isSpecial
}

/// A text in quotes, with every quote in it doubled.
func quotedText(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
  var quoted: [UInt8] = [34]
  quoted.reserveCapacity(text.count + 2)
  for index in 0..<text.count {
    let byte = unsafe text[index]
    if byte == 34 { quoted.append(34) }
    quoted.append(byte)
  }
  quoted.append(34)
  return quoted
}
