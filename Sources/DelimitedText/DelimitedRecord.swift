/// One record with all its fields: for headers, and for the few records that are shown.
public struct DelimitedRecord: Sendable {
  /// Where it lies in its block's bytes, the line's end included.
  public var range: Range<Int>
  /// Its fields.
  public var fields: [FieldSlice]
  /// The byte after a closing quote where text follows one.
  public var textAfterQuote: Int?
}

extension DelimitedBlock {
  /// The first byte of the first record from a place on, where it is one of a record's beginning; nil where none follows.
  public func firstRecord(from place: Int) -> Int? {
    var place = place
    while place < range.upperBound {
      if bytes[place] == 10 {
        place += 1
      } else if bytes[place] == 13, bytes[place + 1] == 10 {
        place += 2
      } else {
        return place
      }
    }
    return nil
  }

  /// The record that begins at a byte of the block.
  public func record(at start: Int, format: DelimitedFormat) -> DelimitedRecord {
    var record = DelimitedRecord(range: start..<start, fields: [])
    var place = start
    while true {
      if format.isQuoted, bytes[place] == 34 {
        let textStart = place + 1
        var isEscaped = false
        place += 1
        while bytes[place] != 34 || bytes[place + 1] == 34 {
          isEscaped = isEscaped || bytes[place] == 34
          place += bytes[place] == 34 ? 2 : 1
        }
        record.fields.append(
          FieldSlice(start: textStart, length: place - textStart, isQuoted: true, isEscaped: isEscaped))
        place += 1
        if bytes[place] == 13, bytes[place + 1] == 10 { place += 1 }
        if bytes[place] != format.delimiter, bytes[place] != 10 {
          record.textAfterQuote = record.textAfterQuote ?? place
          while bytes[place] != format.delimiter, bytes[place] != 10 { place += 1 }
        }
      } else {
        let textStart = place
        while bytes[place] != format.delimiter, bytes[place] != 10 { place += 1 }
        let isAfterReturn = bytes[place] == 10 && place > textStart && bytes[place - 1] == 13
        record.fields.append(FieldSlice(start: textStart, length: place - textStart - (isAfterReturn ? 1 : 0)))
      }
      place += 1
      if bytes[place - 1] == 10 {
        record.range = start..<place
        return record
      }
    }
  }
}

/// What to do about text after a closing quote.
public let quoteHint = "a quote inside a quoted field is doubled"
