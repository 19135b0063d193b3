/// Distinct texts, each with the number it was given when it was first met: a hash table of open addressing over bytes.
public struct LabelIndex: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var hashes: [UInt64] = []
  /// Codes plus one under the upper half of the hash, in places found by its lower half; 0 where a place is free; always
  /// a power of two of them.
  private var places = [UInt64](repeating: 0, count: 1024)

  /// Starts with none.
  public init() {}

  /// The number of texts.
  var count: Int { ends.count }
  /// The texts, by code.
  public var labels: [String] { (0..<count).map { String(decoding: utf8($0), as: UTF8.self) } }
  /// One text's bytes.
  func utf8(_ code: Int) -> ArraySlice<UInt8> { bytes[(code == 0 ? 0 : ends[code - 1])..<ends[code]] }

  /// The texts from a code on.
  func labels(from code: Int) -> Labels {
    guard code < count else { return Labels() }
    let start = code == 0 ? 0 : ends[code - 1]
    return Labels(bytes: Array(bytes[start...]), ends: ends[code...].map { $0 - start })
  }

  /// The code of a text, or nil where it has not been met.
  @inline(__always)
  func code(of text: FieldText, hash: UInt64) -> UInt32? {
    let mask = places.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    return unsafe places.withUnsafeBufferPointer { places in
      while true {
        let entry = unsafe places[place]
        if entry == 0 { return nil }
        if (entry ^ hash) >> 32 == 0 {
          let code = UInt32(truncatingIfNeeded: entry) &- 1
          if unsafe equals(Int(code), text) { return code }
        }
        place = (place + 1) & mask
      }
    }
  }
  /// Gives a text that has not been met the next code.
  mutating func insert(_ text: FieldText, hash: UInt64) -> UInt32 {
    if 2 * (count + 1) > places.count { grow() }
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: text.start, count: text.count))
    ends.append(bytes.count)
    hashes.append(hash)
    occupy(count - 1)
    return UInt32(count - 1)
  }
  /// The code of a text, given now where it has not been met.
  mutating func intern(_ text: FieldText) -> UInt32 {
    let hash = unsafe hashOf(text)
    return unsafe code(of: text, hash: hash) ?? insert(text, hash: hash)
  }

  /// The code of a text that is not empty, given now where it has not been met.
  public mutating func code(of text: String) -> UInt32 {
    var text = text
    return text.withUTF8 { utf8 in
      guard let start = utf8.baseAddress else { return 0 }
      return unsafe intern(FieldText(start: start, count: utf8.count))
    }
  }

  private mutating func grow() {
    places = [UInt64](repeating: 0, count: 4 * places.count)
    for code in 0..<count { occupy(code) }
  }
  private mutating func occupy(_ code: Int) {
    let mask = places.count - 1
    var place = Int(truncatingIfNeeded: hashes[code]) & mask
    while places[place] != 0 { place = (place + 1) & mask }
    places[place] = (hashes[code] & 0xFFFF_FFFF_0000_0000) | UInt64(code + 1)
  }
  @inline(__always)
  private func equals(_ code: Int, _ text: FieldText) -> Bool {
    unsafe ends.withUnsafeBufferPointer { ends in
      unsafe bytes.withUnsafeBufferPointer { bytes in
        let start = unsafe code == 0 ? 0 : ends[code - 1]
        let count = unsafe text.count
        guard unsafe ends[code] - start == count else { return false }
        guard let base = bytes.baseAddress else { return true }
        let label = unsafe FieldText(start: base + start, count: count)
        if count <= 32 { return unsafe TextWords(label) == TextWords(text) }
        return unsafe label.isSame(as: text)
      }
    }
  }
}

/// Texts one after another.
struct Labels: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var ends: [Int] = []
  /// The number of texts.
  var count: Int { ends.count }
  /// One text's bytes.
  subscript(number: Int) -> ArraySlice<UInt8> { bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]] }
  /// Adds texts at the end.
  mutating func append(_ more: Labels) {
    let start = bytes.count
    bytes += more.bytes
    ends += more.ends.map { $0 + start }
  }
}

/// A text of at most 32 bytes as four words, without a branch for each length: the words of one of eight bytes or more
/// overlap, and together they hold it all.
private struct TextWords: Equatable {
  private(set) var (first, second, third, fourth): (UInt64, UInt64, UInt64, UInt64)

  @inline(__always)
  init(_ text: FieldText) {
    let count = unsafe text.count
    (second, third, fourth) = (0, 0, 0)
    if count >= 8 {
      unsafe first = text.word(0)
      unsafe second = text.word(min(8, count &- 8))
      unsafe third = text.word(max(count &- 16, 0))
      unsafe fourth = text.word(count &- 8)
    } else if count >= 4 {
      unsafe first = text.half(0) << 32 | text.half(count &- 4)
    } else if count > 0 {
      unsafe first = UInt64(text.start[0]) << 16 | UInt64(text.start[count / 2]) << 8 | UInt64(text.start[count &- 1])
    } else {
      first = 0
    }
  }
}

extension FieldText {
  @inline(__always)
  fileprivate func half(_ index: Int) -> UInt64 {
    unsafe UInt64(UnsafeRawPointer(start + index).loadUnaligned(as: UInt32.self))
  }
  /// Whether another text of the same length, of eight bytes at least, is the same.
  fileprivate func isSame(as other: FieldText) -> Bool {
    var index = 0
    while unsafe index < count &- 8 {
      if unsafe word(index) != other.word(index) { return false }
      index += 8
    }
    return unsafe word(count &- 8) == other.word(count &- 8)
  }
}

/// A hash of bytes, whose order never reaches output.
///
/// Multiplications of 64 by 64 bits, folded (after wyhash, Wang Yi 2019).
@inline(__always)
func hashOf(_ text: FieldText) -> UInt64 {
  @inline(__always) func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }
  let (seed, last) = (0x9E37_79B9_7F4A_7C15 as UInt64, 0xE703_7ED1_A0B4_28DB as UInt64)
  let count = unsafe text.count
  var hash = seed ^ UInt64(truncatingIfNeeded: count)
  if count <= 32 {
    let words = unsafe TextWords(text)
    guard count >= 8 else { return fold(hash ^ words.first, last) }
    let left = fold(words.first, 0xA076_1D64_78BD_642F) &+ fold(words.second, 0x8EBC_6AF0_9C88_C6E3)
    let right = fold(words.third, 0x5899_65CC_7537_4CC3) &+ fold(words.fourth, 0x1D8E_4E27_C47D_124F)
    return fold(left &+ right ^ hash, last)
  }
  var index = 0
  while index < count &- 8 {
    hash = unsafe fold(hash ^ text.word(index), 0xA076_1D64_78BD_642F)
    index += 8
  }
  return unsafe fold(hash ^ text.word(count &- 8), last)
}
