public import Workbench

/// How a file of delimited text is written.
public struct DelimitedFormat: Sendable, Hashable {
  /// The byte between fields; neither a quote nor a line end.
  public var delimiter: UInt8
  /// Whether a field may stand in quotes; without, a quote is a character like any other.
  public var isQuoted: Bool
  /// The longest record accepted, in bytes: a longer one is an error rather than a memory full of it.
  public var recordLimit: Int

  /// Makes a format.
  /// - Parameter recordLimit: at most 2^29 bytes; 64 MiB unless told otherwise.
  public init(delimiter: UInt8, isQuoted: Bool = true, recordLimit: Int = 64 << 20) {
    self.delimiter = delimiter
    self.isQuoted = isQuoted
    self.recordLimit = min(recordLimit, 1 << 29)
  }
  /// Commas, with quotes: RFC 4180.
  public static let csv = Self(delimiter: 44)
  /// Tabs, without quotes.
  public static let tsv = Self(delimiter: 9, isQuoted: false)
}

extension DiagnosticKind {
  /// A quote is never closed.
  public static let unterminatedQuote = DiagnosticKind(
    "delimited.unterminated-quote", "A quoted field is not closed before the file ends.",
    "Everything after the opening quote is taken for one field. Close the quote, double it where it is part of the text, "
      + "or turn quoting off where the file does not use quotes.")
  /// Text follows a closing quote.
  public static let textAfterQuote = DiagnosticKind(
    "delimited.text-after-quote", "Text follows the closing quote of a field.",
    "After the closing quote only a delimiter or the line's end may come. A quote inside a quoted field is doubled.")
  /// A record has more or fewer fields than the header.
  public static let raggedRow = DiagnosticKind(
    "delimited.ragged-row", "A record has more or fewer fields than the header.",
    "Often a field holds the delimiter and is not quoted, or a line was broken in two.")
  /// A record is longer than the limit.
  public static let recordTooLong = DiagnosticKind(
    "delimited.record-too-long", "A record is longer than the limit of 64 MiB.",
    "No event takes that much. Look for an opening quote that is never closed, or for a file without line feeds.")
  /// The text is not UTF-8.
  public static let notUTF8 = DiagnosticKind(
    "delimited.not-utf8", "A text is not valid UTF-8.",
    "Convert the file, for example `iconv -f WINDOWS-1252 -t UTF-8 old.csv > new.csv`.")
  /// The text holds a NUL byte.
  public static let nulByte = DiagnosticKind(
    "delimited.nul-byte", "A text holds a NUL byte.",
    "The file is damaged, binary, or in UTF-16. Convert it, for example `iconv -f UTF-16 -t UTF-8 old.csv > new.csv`.")
  /// Lines end with carriage returns alone.
  public static let carriageReturns = DiagnosticKind(
    "delimited.carriage-returns", "The lines end with carriage returns alone.",
    "Old Macintosh programs write such files. Convert the file, for example `tr '\\r' '\\n' < old.csv > new.csv`.")
  /// The file is empty.
  public static let emptyFile = DiagnosticKind(
    "delimited.empty-file", "The file has no header.",
    "The first record must name the columns. Was the file written whole?")

  /// The kinds that reading delimited text can report.
  public static let delimitedTextKinds = [
    unterminatedQuote, textAfterQuote, raggedRow, recordTooLong, notUTF8, nulByte, carriageReturns, emptyFile,
    otherTable,
  ]
}
