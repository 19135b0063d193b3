/// The delimiters of a record at which a wanted field begins or ends, by their numbers in it.
struct Stops: Sendable {
  /// The numbers, from 1, in rising order; the line's end counts as the delimiter after the last field.
  let numbers: [Int]
  /// For each wanted column the stop at which it begins, or -1 for the record's beginning, and that at which it ends.
  let bounds: [Bounds]
  struct Bounds: Sendable {
    var first: Int
    var last: Int
  }

  init(_ wanted: [Int]) {
    let numbers = Set(wanted.flatMap { [$0, $0 + 1] }).subtracting([0]).sorted()
    self.numbers = numbers
    bounds = wanted.map { column in
      Bounds(
        first: numbers.firstIndex(of: column) ?? -1, last: numbers.firstIndex(of: column + 1) ?? numbers.count - 1)
    }
  }
}

/// One pass over the records of a block, 64 bytes at a time.
///
/// Bytes between two stops cost a count of the delimiters among them. Quotes are taken as toggles, which holds where
/// each opens a field or closes one; at a record where one does not, the pass ends.
@unsafe struct RecordScan {
  let base: UnsafePointer<UInt8>
  /// The end of the bytes that can be read.
  let limit: UnsafePointer<UInt8>
  /// The end of the records.
  let end: Int
  let format: DelimitedFormat
  let columnCount: Int

  /// Goes over records until they or the room are used up, or an odd one comes; returns where it stopped, and whether
  /// at an odd one.
  func run(
    from start: Int, _ stops: Stops, into fields: UnsafeMutableBufferPointer<FieldSlice>, _ first: Int,
    _ records: inout OutputSpan<UInt32>, _ problems: inout [FieldGrid.Problem]
  ) -> (next: Int, isOdd: Bool) {
    let (delimiter, isQuoting, columnCount) = unsafe (format.delimiter, format.isQuoted, columnCount)
    var stopPlaces = [Int](repeating: 0, count: stops.numbers.count)
    return unsafe stops.numbers.withUnsafeBufferPointer { numbers in
      unsafe stops.bounds.withUnsafeBufferPointer { bounds in
        unsafe stopPlaces.withUnsafeMutableBufferPointer { places in
          var (record, place) = (start, start)
          // How many delimiters of the record were seen, how many of its stops, and whether the bytes are in quotes.
          var (count, stop, quoted) = (0, 0, 0 as UInt64)
          while true {
            let masks = unsafe ByteMasks(at: base + place, before: limit)
            var delimiters = unsafe masks.folded(delimiter)
            var lineEnds = unsafe masks.folded(10)
            let quotes = isQuoting ? unsafe masks.folded(34) : 0
            var isOdd = false
            if quotes | quoted != 0 {
              let within = oddBefore(unfolded(quotes)) ^ quoted
              (delimiters, lineEnds) = (unfolded(delimiters), unfolded(lineEnds))
              let odd = unsafe firstOdd(
                unfolded(quotes), within, delimiters | lineEnds, at: place, of: record)
              isOdd = odd != 0
              let known = ~within & (odd &- 1)
              (delimiters, lineEnds) = (delimiters & known, lineEnds & known)
              quoted = within >> 63 == 0 ? 0 : .max
            } else {
              if lineEnds == 0 {
                let total = count + delimiters.nonzeroBitCount
                if unsafe stop == numbers.count || total < numbers[stop] {
                  count = total
                  place += 64
                  continue
                }
              }
              (delimiters, lineEnds) = (unfolded(delimiters), unfolded(lineEnds))
            }
            while true {
              let lineEnd = lineEnds & (0 &- lineEnds)
              var own = delimiters & (lineEnd &- 1)
              let total = count + own.nonzeroBitCount
              while stop < numbers.count, unsafe numbers[stop] <= total {
                while unsafe count + 1 < numbers[stop] {
                  own &= own &- 1
                  count += 1
                }
                unsafe places[stop] = place + own.trailingZeroBitCount
                stop += 1
              }
              guard lineEnd != 0 else {
                count = total
                break
              }
              let last = place + lineEnd.trailingZeroBitCount
              if unsafe last > record + 1 || (last > record && base[record] != 13) {
                let row = records.count
                records.append(UInt32(truncatingIfNeeded: record))
                if total + 1 == columnCount {
                  if stop < numbers.count { unsafe places[stop] = last }
                  for slot in 0..<bounds.count {
                    let bound = unsafe bounds[slot]
                    let start = unsafe bound.first < 0 ? record : places[bound.first] + 1
                    unsafe fields[row * bounds.count + slot] = unsafe field(from: start, to: places[bound.last], isQuoting)
                  }
                } else {
                  for slot in 0..<bounds.count { unsafe fields[row * bounds.count + slot] = .missing }
                  problems.append(
                    FieldGrid.Problem(record: first + row, byte: record, kind: .ragged(fields: total + 1)))
                }
              }
              record = last + 1
              (count, stop) = (0, 0)
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
    var length = last - start
    if length > 0, unsafe base[last] == 10, unsafe base[last - 1] == 13 { length -= 1 }
    guard isQuoting, length > 1, unsafe base[start] == 34 else { return FieldSlice(start: start, length: length) }
    let text = unsafe base + start + 1
    let textEnd = unsafe text + (length - 2)
    return unsafe FieldSlice(
      start: start + 1, length: length - 2, isQuoted: true, isEscaped: find(34, from: text, to: textEnd) < textEnd)
  }
}
