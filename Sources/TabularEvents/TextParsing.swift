import EventModel

/// The bytes of one field, in place.
@unsafe struct FieldText {
  let start: UnsafePointer<UInt8>
  let count: Int

  /// The same without spaces at either end.
  func trimmed() -> FieldText {
    var (start, count) = unsafe (start, count)
    while count > 0, unsafe start.pointee == 32 { unsafe (start, count) = (start + 1, count - 1) }
    while count > 0, unsafe start[count - 1] == 32 { count -= 1 }
    return unsafe FieldText(start: start, count: count)
  }
  /// Whether it is the same text.
  func equals(_ other: [UInt8]) -> Bool {
    guard unsafe other.count == count else { return false }
    for index in other.indices { if unsafe start[index] != other[index] { return false } }
    return true
  }
  /// Eight bytes from a place on, all of them the text's.
  @inline(__always)
  func word(_ index: Int) -> UInt64 { unsafe UnsafeRawPointer(start + index).loadUnaligned(as: UInt64.self) }
  /// The bytes on their own.
  var bytes: [UInt8] { unsafe Array(UnsafeBufferPointer(start: start, count: count)) }
}

/// A decimal number as it is written: all its digits as one whole number, and how many of them are decimals.
struct Decimal {
  var digits: UInt64
  var decimals: Int
  var isNegative: Bool

  /// Reads `-12.50`; nil for any other form or more than 18 digits.
  @inline(__always)
  init?(_ text: FieldText) {
    var place = unsafe text.start
    let end = unsafe place + text.count
    (digits, decimals, isNegative) = (0, 0, false)
    guard unsafe place < end else { return nil }
    if unsafe place.pointee == 45 {
      isNegative = true
      unsafe place += 1
    } else if unsafe place.pointee == 43 {
      unsafe place += 1
    }
    let first = unsafe place
    var point = unsafe end
    while unsafe place < end {
      let digit = unsafe place.pointee &- 48
      if digit < 10 {
        digits = digits &* 10 &+ UInt64(digit)
      } else if unsafe place.pointee == 46, unsafe point == end {
        unsafe point = place
      } else {
        return nil
      }
      unsafe place += 1
    }
    decimals = unsafe point == end ? 0 : end - point - 1
    let count = unsafe end - first - (point == end ? 0 : 1)
    guard 1...18 ~= count else { return nil }
  }

  /// The number times a power of ten, up to the sixth, where that is whole.
  @inline(__always)
  func scaled(toDecimals wanted: Int) -> Int64? {
    var (value, decimals) = (digits, decimals)
    while decimals > wanted {
      guard value % 10 == 0 else { return nil }
      value /= 10
      decimals -= 1
    }
    if decimals < wanted {
      let (scaled, overflow) = value.multipliedReportingOverflow(by: wholePowersOfTen[wanted - decimals])
      guard !overflow, scaled < 1 << 62 else { return nil }
      value = scaled
    }
    return isNegative ? -Int64(value) : Int64(value)
  }
}

/// The double nearest to a decimal number; nil for what is not one.
@inline(__always)
func parseReal(_ text: FieldText) -> Double? {
  // A whole number below 2^53 divided by a power of ten up to 10^22 is rounded once, hence correctly (Clinger 1990).
  if let decimal = unsafe Decimal(text), decimal.digits < 1 << 53 {
    let magnitude = Double(decimal.digits) / powersOfTen[decimal.decimals]
    return decimal.isNegative ? -magnitude : magnitude
  }
  return unsafe parseLongReal(text)
}

/// The same for numbers with many digits or an exponent.
private func parseLongReal(_ text: FieldText) -> Double? {
  let bytes = unsafe text.bytes
  guard bytes.allSatisfy({ 48...57 ~= $0 || [43, 45, 46, 69, 101].contains($0) }) else { return nil }
  return Double(String(decoding: bytes, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
}

private let wholePowersOfTen: [UInt64] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]
private let powersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
]

/// The day that `2021-12-09` names; nil for any other form, or a day that does not exist.
@inline(__always)
func parseISODay(_ text: FieldText) -> Day? {
  guard unsafe text.count == 10, unsafe text.start[4] == 45, unsafe text.start[7] == 45 else { return nil }
  var isNumber = true
  @inline(__always) func digit(_ index: Int) -> Int {
    let value = unsafe text.start[index] &- 48
    isNumber = isNumber && value < 10
    return Int(value)
  }
  let year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3)
  let month = digit(5) * 10 + digit(6)
  let day = digit(8) * 10 + digit(9)
  return isNumber ? Day(year: year, month: month, day: day) : nil
}

/// The day that `2021-12-09` names, alone or with a time of day after `T` or a space.
@inline(__always)
func parseISODayWithTime(_ text: FieldText) -> Day? {
  guard unsafe text.count > 10 else { return unsafe parseISODay(text) }
  guard unsafe text.start[10] == 32 || text.start[10] == UInt8(ascii: "T") else { return nil }
  return unsafe parseISODay(FieldText(start: text.start, count: 10))
}

/// Reads the days that texts such as `20211209` name, one after another: dates of files repeat from row to row, and one
/// that does is not read again.
struct DaysOfDigits {
  private var last: (text: UInt64, day: Day?) = (0, nil)

  /// The day that eight digits name.
  @inline(__always)
  mutating func day(_ text: FieldText) -> Day? {
    guard unsafe text.count == 8 else { return nil }
    return unsafe firstDay(text)
  }
  /// The same, with or without a time of day of six digits after it.
  @inline(__always)
  mutating func dayWithTime(_ text: FieldText) -> Day? {
    guard unsafe text.count == 14 else { return unsafe day(text) }
    guard unsafe digits(text.word(6)) != nil else { return nil }
    return unsafe firstDay(text)
  }

  @inline(__always)
  private mutating func firstDay(_ text: FieldText) -> Day? {
    let word = unsafe text.word(0)
    if word != last.text {
      last = (word, digits(word).flatMap { Day(year: $0 / 10_000, month: $0 / 100 % 100, day: $0 % 100) })
    }
    return last.day
  }
  /// The number that eight digits write, the first in the lowest byte; nil where one is none.
  @inline(__always)
  private func digits(_ word: UInt64) -> Int? {
    let (high, zeros) = (0xF0F0_F0F0_F0F0_F0F0 as UInt64, 0x3030_3030_3030_3030 as UInt64)
    guard word & high == zeros, (word &+ 0x0606_0606_0606_0606) & high == zeros else { return nil }
    // Neighbours are joined: digits to pairs, pairs to fours, fours to eight.
    var value = word & 0x0F0F_0F0F_0F0F_0F0F
    value = (value &* 10 &+ value &>> 8) & 0x00FF_00FF_00FF_00FF
    value = (value &* 100 &+ value &>> 16) & 0x0000_FFFF_0000_FFFF
    return Int(truncatingIfNeeded: (value &* 10_000 &+ value &>> 32) & 0xFFFF_FFFF)
  }
}
