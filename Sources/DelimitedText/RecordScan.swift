/// One pass over the records of a block, 64 bytes at a time.
///
/// The places of delimiters are noted up to the end of the last field wanted, and only counted from there to the line's
/// end. Quotes are taken as toggles, which holds where each opens a field or closes one; at a record where one does not,
/// the pass ends.
@unsafe struct RecordScan {
  let base: UnsafePointer<UInt8>
  /// The end of the bytes that can be read.
  let limit: UnsafePointer<UInt8>
  /// The end of the records.
  let end: Int
  let format: DelimitedFormat
  let columnCount: Int
  let keepsEmptyLines: Bool

  /// Goes over records until they or the room are used up, or an odd one comes; returns where it stopped, and whether
  /// at an odd one.
  func run(
    from start: Int, _ wanted: [Int], into fields: UnsafeMutableBufferPointer<FieldSlice>, _ first: Int,
    _ records: inout OutputSpan<UInt32>, _ problems: inout [FieldGrid.Problem]
  ) -> (next: Int, isOdd: Bool) {
    let (delimiter, isQuoting, columnCount) = unsafe (format.delimiter, format.isQuoted, columnCount)
    let needed = (wanted.max() ?? -1) + 1
    // Where each field of the record ends; first where the one before it does. Places are noted eight at a time.
    var ends = [Int](repeating: 0, count: columnCount + 1 + 64 + 8)
    return unsafe wanted.withUnsafeBufferPointer { wanted in
      unsafe ends.withUnsafeMutableBufferPointer { ends in
        var (record, place) = (start, start)
        // How many delimiters of the record were seen, and whether the bytes are in quotes.
        var (count, quoted) = (0, 0 as UInt64)
        unsafe ends[0] = record - 1
        while true {
          if !isQuoting, count >= needed {
            let passed = unsafe ByteMasks.count(delimiter, from: base + place, toLineEndBefore: limit)
            place += passed.bytes
            count += passed.count
          }
          let masks = unsafe ByteMasks(at: base + place, before: limit)
          let folded = unsafe masks.folded(delimiter, 10)
          var delimiters: UInt64
          var lineEnds: UInt64
          let quotes = isQuoting ? unsafe masks.folded(34) : 0
          var isOdd = false
          if quotes | quoted != 0 {
            let quotes = unfolded(quotes)
            let within = oddBefore(quotes) ^ quoted
            let places = unfolded(folded)
            (delimiters, lineEnds) = (places.x, places.y)
            let odd = unsafe firstOdd(quotes, within, delimiters | lineEnds, at: place, of: record)
            isOdd = odd != 0
            let known = ~within & (odd &- 1)
            (delimiters, lineEnds) = (delimiters & known, lineEnds & known)
            quoted = within >> 63 == 0 ? 0 : .max
          } else {
            if folded.y == 0, count >= needed {
              count += folded.x.nonzeroBitCount
              place += 64
              continue
            }
            let places = unfolded(folded)
            (delimiters, lineEnds) = (places.x, places.y)
          }
          while true {
            let lineEnd = lineEnds & (0 &- lineEnds)
            var own = delimiters & (lineEnd &- 1)
            let total = count + own.nonzeroBitCount
            while own != 0, count < needed {
              for index in 1...8 {
                unsafe ends[count &+ index] = place &+ own.trailingZeroBitCount
                own &= own &- 1
              }
              count &+= 8
            }
            guard lineEnd != 0 else {
              count = total
              break
            }
            let last = place &+ lineEnd.trailingZeroBitCount
            if unsafe last > record + 1 || (last > record && base[record] != 13) {
              let row = records.count &* wanted.count
              if total + 1 == columnCount {
                // A carriage return before the line feed belongs to the line's end, not to the last field.
                unsafe ends[columnCount] = base[last &- 1] == 13 ? last &- 1 : last
                for slot in 0..<wanted.count {
                  let column = unsafe wanted[slot]
                  unsafe fields[row &+ slot] = field(from: ends[column] &+ 1, to: ends[column &+ 1], isQuoting)
                }
              } else {
                for slot in 0..<wanted.count { unsafe fields[row + slot] = .missing }
                problems.append(
                  FieldGrid.Problem(record: first + records.count, byte: record, kind: .ragged(fields: total + 1)))
              }
              records.append(UInt32(truncatingIfNeeded: record))
            } else if unsafe keepsEmptyLines {
              for slot in 0..<wanted.count { unsafe fields[records.count &* wanted.count &+ slot] = .missing }
              records.append(UInt32(truncatingIfNeeded: record))
            }
            unsafe ends[0] = last
            record = last + 1
            count = 0
            if unsafe record >= end || records.freeCapacity == 0 { return (record, false) }
            lineEnds &= lineEnds &- 1
            delimiters &= ~(lineEnd | (lineEnd &- 1))
          }
          if isOdd { return (record, true) }
          place += 64
        }
      }
    }
  }

  /// The bit of the first quote that neither opens a field nor closes one, or zero.
  @inline(__always)
  private func firstOdd(
    _ quotes: UInt64, _ within: UInt64, _ ends: UInt64, at place: Int, of record: Int
  ) -> UInt64 {
    // A quote that opens again at once one that closes is the second of two, which stand for one.
    let opening = quotes & within & ~((ends | quotes) << 1)
    let closing = quotes & ~within & ~((ends | quotes) >> 1)
    var doubtful = opening | closing
    while doubtful != 0 {
      let bit = doubtful & (0 &- doubtful)
      let index = place + bit.trailingZeroBitCount
      if unsafe index >= end { return 0 }
      let isGood =
        bit & opening != 0
        ? unsafe index == record || isEnd(base[index - 1])
        : unsafe isEnd(base[index + 1]) || (base[index + 1] == 13 && base[index + 2] == 10)
      if !isGood { return bit }
      doubtful &= doubtful &- 1
    }
    return 0
  }
  @inline(__always)
  private func isEnd(_ byte: UInt8) -> Bool { unsafe byte == format.delimiter || byte == 10 || byte == 34 }

  /// The field between two delimiters.
  @inline(__always)
  private func field(from start: Int, to last: Int, _ isQuoting: Bool) -> FieldSlice {
    let length = last &- start
    guard isQuoting, length > 1, unsafe base[start] == 34 else { return FieldSlice(start: start, length: length) }
    let text = unsafe base + start + 1
    let textEnd = unsafe text + (length - 2)
    return unsafe FieldSlice(
      start: start + 1, length: length - 2, isQuoted: true, isEscaped: find(34, from: text, to: textEnd) < textEnd)
  }
}
