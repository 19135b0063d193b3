import EventModel

/// Puts a byte and moves on.
@inline(__always)
func putByte(_ byte: UInt8, at end: inout UnsafeMutablePointer<UInt8>) {
  unsafe end.pointee = byte
  unsafe end += 1
}

/// Puts bytes and moves on.
@inline(__always)
func putBytes(_ bytes: UnsafeBufferPointer<UInt8>, at end: inout UnsafeMutablePointer<UInt8>) {
  guard let base = bytes.baseAddress else { return }
  unsafe end.update(from: base, count: bytes.count)
  unsafe end += bytes.count
}

/// Puts a whole number in decimal digits; at most 20 bytes.
@inline(__always)
func putInteger(_ number: Int64, at end: inout UnsafeMutablePointer<UInt8>) {
  if number < 0 { unsafe putByte(45, at: &end) }
  unsafe putDigits(number.magnitude, at: &end)
}

/// Puts the decimal digits of a number.
@inline(__always)
func putDigits(_ number: UInt64, at end: inout UnsafeMutablePointer<UInt8>) {
  if number < 10 {
    unsafe putByte(UInt8(truncatingIfNeeded: 48 &+ number), at: &end)
    return
  }
  var count = 1
  var bound: UInt64 = 10
  while number >= bound, count < 20 {
    count += 1
    let (next, overflow) = bound.multipliedReportingOverflow(by: 10)
    if overflow { break }
    bound = next
  }
  unsafe putDigits(number, count: count, at: &end)
}

/// Puts the last decimal digits of a number, zeros first where it has fewer.
@inline(__always)
func putDigits(_ number: UInt64, count: Int, at end: inout UnsafeMutablePointer<UInt8>) {
  var rest = number
  var index = count
  while index > 0 {
    index -= 1
    let quotient = rest / 10
    unsafe end[index] = UInt8(truncatingIfNeeded: 48 + (rest - quotient * 10))
    rest = quotient
  }
  unsafe end += count
}

/// Puts the shortest text that reads back as the same number; nothing where it is not finite; at most 32 bytes.
///
/// A number with at most six decimals and fewer than fifteen digits is t / 10^6 for a whole t, which division, being
/// correctly rounded, proves; the digits of t are then the shortest text, since no two decimals of so few digits are the
/// same double.
func putReal(_ number: Double, at end: inout UnsafeMutablePointer<UInt8>) {
  guard number.isFinite else { return }
  let magnitude = number.magnitude
  let millionths = magnitude < 1e9 ? Int64(magnitude * 1e6 + 0.5) : .max
  guard magnitude < 1e9, Double(millionths) / 1e6 == magnitude else {
    // Swift writes whole numbers below 2^54 with all their digits and a fraction of zero.
    if magnitude < 0x1p54, magnitude == magnitude.rounded() {
      unsafe putInteger(Int64(number), at: &end)
    } else {
      var text = number.description
      text.withUTF8 { unsafe putBytes($0, at: &end) }
    }
    return
  }
  if number < 0 { unsafe putByte(45, at: &end) }
  let whole = millionths.magnitude / 1_000_000
  var fraction = millionths.magnitude - whole * 1_000_000
  unsafe putDigits(whole, at: &end)
  guard fraction > 0 else { return }
  unsafe putByte(46, at: &end)
  var decimals = 6
  if fraction % 100_000 == 0 {
    // Sums of scores have one decimal.
    fraction /= 100_000
    decimals = 1
  }
  while fraction % 10 == 0 {
    fraction /= 10
    decimals -= 1
  }
  unsafe putDigits(fraction, count: decimals, at: &end)
}

/// Puts a date as `2021-12-09`; at most 16 bytes.
func putDay(_ day: Day, at end: inout UnsafeMutablePointer<UInt8>) {
  let date = day.date
  if date.year < 0 { unsafe putByte(45, at: &end) }
  let year = UInt64(date.year.magnitude)
  if year < 10_000 { unsafe putDigits(year, count: 4, at: &end) } else { unsafe putDigits(year, at: &end) }
  unsafe putByte(45, at: &end)
  unsafe putDigits(UInt64(date.month), count: 2, at: &end)
  unsafe putByte(45, at: &end)
  unsafe putDigits(UInt64(date.day), count: 2, at: &end)
}
