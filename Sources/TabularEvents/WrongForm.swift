import DelimitedText
import Workbench

extension DelimitedRecord {
  /// Whether it is one quoted field that itself holds a record: a line of CSV that was written as CSV again.
  ///
  /// Spreadsheets pad such lines with empty fields.
  func isEncodedTwice(in block: DelimitedBlock) -> Bool {
    guard let first = fields.first, first.isQuoted, fields.dropFirst().allSatisfy({ $0.length == 0 }) else {
      return false
    }
    let text = block.bytes[first.range]
    return delimiters.contains { delimiter in text.count { $0 == delimiter.byte } > 1 }
  }
  /// Why a record that is a single field looks as if something else divided it; nil where nothing does.
  func otherDelimiter(in block: DelimitedBlock, format: DelimitedFormat) -> String? {
    guard fields.count == 1, !fields[0].isQuoted else { return nil }
    let text = block.bytes[fields[0].range]
    return delimiters.first { $0.byte != format.delimiter && text.contains($0.byte) }?.word
  }
  /// Whether it holds tags of the Humanitarian Exchange Language under the header, and no event
  /// (https://hxlstandard.org): every field is empty, or `#` and a letter begin it.
  func isTagRow(in block: DelimitedBlock) -> Bool {
    func isTag(_ field: FieldSlice) -> Bool {
      let text = block.bytes[field.range].prefix(2)
      return text.first == UInt8(ascii: "#") && text.count == 2 && 97...122 ~= (text.last ?? 0) | 0x20
    }
    return fields.allSatisfy { $0.length == 0 || isTag($0) } && fields.contains { $0.length > 0 }
  }
  /// Whether it may be a row of totals: its first field is empty or a word, and numbers follow.
  func mayBeTotals(in block: DelimitedBlock) -> Bool {
    guard let first = fields.first, Double(String(decoding: block.bytes[first.range], as: UTF8.self)) == nil else {
      return false
    }
    return fields.dropFirst().contains { Double(String(decoding: block.bytes[$0.range], as: UTF8.self)) != nil }
  }
}

private let delimiters: [(byte: UInt8, word: String)] = [
  (9, "tabs"), (59, "semicolons"), (44, "commas"), (124, "bars"),
]
/// What divides the fields of a format, in words.
func word(for format: DelimitedFormat) -> String {
  delimiters.first { $0.byte == format.delimiter }?.word ?? "another character"
}

/// How to mend a file whose lines were written as CSV twice.
///
/// - Parameter isPadded: whether empty fields follow, of the format's own.
func encodedTwiceHint(_ format: DelimitedFormat, isPadded: Bool) -> String {
  let outer = isPadded || format.delimiter == 59 ? String(UnicodeScalar(format.delimiter)) : ";"
  return "take one encoding off: python3 -c \"import csv, sys; [print(row[0]) for row in csv.reader(sys.stdin, "
    + "delimiter='\(outer)')]\" < old.csv > new.csv"
}

extension DiagnosticKind {
  static let fieldCount = DiagnosticKind(
    "events.field-count", "The records of a file without a header have another number of fields than any release known.",
    "Such files name no columns: they are known by their number alone. Is the file of this dataset and version, whole, "
      + "and not saved again by a spreadsheet?")
  static let wrongDelimiter = DiagnosticKind(
    "events.wrong-delimiter", "The header is a single field that another delimiter seems to divide.",
    "A spreadsheet may have saved the file so. Save it as published, or say what divides its fields with `delimiter`, "
      + "where the source has that parameter.")
  static let encodedTwice = DiagnosticKind(
    "events.encoded-twice", "Each line is one quoted field that holds a whole record.",
    "A CSV file was opened as plain text and saved as CSV again, so that its lines became fields. Take one encoding off, "
      + "or download the file again.")
}
