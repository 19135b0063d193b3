public import Workbench

/// A small table of delimited text read whole: a list of actors, of claims, of scores.
///
/// For tables of up to some hundred thousand rows; events are read in blocks.
public struct SmallTable: Sendable {
  /// A row, and where it stands.
  public struct Row: Sendable {
    /// The line of the file on which it begins.
    public let line: Int
    /// Its fields, as many as the header has; nil where there is nothing between two delimiters.
    public let fields: [String?]
  }
  /// The names of the columns.
  public let header: [String]
  /// The rows, in the order of the file.
  public let rows: [Row]

  /// Reads a table; throws where the file is empty or has a row with more or fewer fields than the header.
  public init(
    reading path: InputPath, format: DelimitedFormat = .csv, from files: any InputFiles
  ) throws(Diagnostic) {
    let file = try files.open(path)
    let reader = DelimitedReader(file, format: format)
    var header: [String]?
    var rows: [Row] = []
    var line = 1
    while let block = try reader.next() {
      var place = block.range.lowerBound
      while let start = block.firstRecord(from: place) {
        line += lineFeeds(in: block.bytes, place..<start)
        let record = block.record(at: start, format: format)
        let texts = record.fields.map(block.text)
        let location = SourceLocation(file: file.name, line: line)
        if let header {
          guard texts.count == header.count else {
            throw .error(
              .raggedRow, "the row has \(texts.count) fields, the header \(header.count)", at: location,
              hint: "put text that holds the delimiter in quotes")
          }
          rows.append(Row(line: line, fields: texts))
        } else {
          header = texts.map { $0 ?? "" }
        }
        line += lineFeeds(in: block.bytes, start..<record.range.upperBound)
        place = record.range.upperBound
      }
      line += lineFeeds(in: block.bytes, place..<block.range.upperBound)
      reader.recycle(block)
    }
    guard let header else {
      throw .error(.emptyFile, "the file is empty", at: SourceLocation(file: file.name), hint: "it needs a header")
    }
    self.header = header
    self.rows = rows
  }
}
