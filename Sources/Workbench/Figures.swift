public import JSONText

/// A number and a word, which gets an s unless the number is one: `3 dyads`.
public func counted(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }

/// A number as sentences show it: to three digits that count.
public func short(_ value: Double) -> String { JSONValue.number(rounded(value, digits: 3)).compact }

/// A number as tables hold it: to ten digits that count, since further ones are those of the exponentials and logarithms
/// a machine happens to have; null where there is none.
public func exact(_ value: Double?) -> JSONValue {
  guard let value, value.isFinite else { return .null }
  return .number(rounded(value, digits: 10))
}

/// A number to some digits that count; never a negative zero.
public func rounded(_ value: Double, digits: Int) -> Double {
  guard value != 0, value.isFinite else { return value == 0 ? 0 : value }
  var scale = 1.0
  for _ in 1..<digits { scale *= 10 }
  var size = abs(value)
  while size < 1, scale < 1e300 { (size, scale) = (size * 10, scale * 10) }
  while size >= 10, scale > 1 { (size, scale) = (size / 10, scale / 10) }
  return (value * scale).rounded() / scale
}

/// How often something doubles that grows by a positive ratio, negative where it halves; to compare by, as it is exact for
/// powers of two alone and a straight line between them.
public func doublings(_ ratio: Double) -> Double { Double(ratio.exponent) + ratio.significand - 1 }
