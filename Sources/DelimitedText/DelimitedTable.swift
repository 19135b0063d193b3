public import Workbench

/// A small table of delimited text as a whole: every field of every record.
public struct DelimitedTable: Sendable {
  /// The names in the first record.
  public var header: [String]
  /// The other records, each with as many fields as the header; nil for a missing value.
  public var records: [[String?]]
  /// The line on which each record begins, from 1.
  public var lines: [Int]

  /// Reads a file as a whole.
  ///
  /// Throws at the first record of bad form, with its place. For small files: every field becomes a text of its own.
  public init(_ file: any InputFile, format: DelimitedFormat = .csv) throws(Diagnostic) {
    header = []
    records = []
    lines = []
    let reader = DelimitedReader(file, format: format)
    var (line, isFirst) = (1, true)
    while let block = try reader.next() {
      var (place, counted) = (block.range.lowerBound, block.range.lowerBound)
      while let start = block.firstRecord(from: place) {
        line += lineFeeds(in: block.bytes, counted..<start)
        counted = start
        let record = block.record(at: start, format: format)
        let location = SourceLocation(file: reader.name, line: line)
        if record.textAfterQuote != nil {
          throw .error(.textAfterQuote, "text follows the closing quote of a field", at: location, hint: quoteHint)
        }
        var texts: [String?] = []
        for field in record.fields {
          guard !field.isMissing else {
            texts.append(nil)
            continue
          }
          guard let text = String(validating: block.utf8(field), as: UTF8.self) else {
            throw .error(.notUTF8, "a field is not valid UTF-8", at: location, hint: "convert the file to UTF-8")
          }
          texts.append(text)
        }
        if isFirst {
          header = texts.map { $0 ?? "" }
          isFirst = false
        } else {
          guard texts.count == header.count else {
            throw .error(
              .raggedRow, "the record has \(texts.count) fields, the header \(header.count)", at: location,
              hint: "is a field that holds the delimiter not quoted?")
          }
          records.append(texts)
          lines.append(line)
        }
        place = record.range.upperBound
      }
      line += lineFeeds(in: block.bytes, counted..<block.range.upperBound)
    }
    if isFirst {
      throw .error(.emptyFile, "the file is empty, expected a header", at: SourceLocation(file: reader.name))
    }
  }
  /// Reads a text as a whole.
  /// - Parameter name: what messages call it.
  public init(_ text: String, name: String, format: DelimitedFormat = .csv) throws(Diagnostic) {
    try self.init(TextFile(Array(text.utf8), name: name), format: format)
  }
}
