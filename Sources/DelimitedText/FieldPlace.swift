/// The column, in Unicode scalars from 1, at which a field of a small file begins, for messages.
/// - Parameter field: its number in the record, from 0.
/// - Parameter line: the line on which the record begins, from 1.
/// - Parameter bytes: the file as a whole.
/// - Complexity: linear in the bytes before it.
public func fieldColumn(_ field: Int, line: Int, of bytes: [UInt8], format: DelimitedFormat = .csv) -> Int {
  var (lineFeeds, delimiters, scalars, isQuoted) = (0, 0, 1, false)
  let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  for byte in bytes[start...] {
    if lineFeeds == line - 1, delimiters == field { return scalars }
    if byte == 10 {
      lineFeeds += 1
    } else if lineFeeds == line - 1 {
      if byte == 34, format.isQuoted { isQuoted.toggle() }
      if byte == format.delimiter, !isQuoted { delimiters += 1 }
      // The bytes of a scalar after its first are no scalars of their own.
      if byte & 0xC0 != 0x80 { scalars += 1 }
    }
  }
  return scalars
}
