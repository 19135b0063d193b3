import DelimitedText
import FileStore
import Workbench

/// The numbers in a column of a delimited file, and the texts of another that name its rows.
struct NumberColumn {
  /// A number for each row; nil where it is missing.
  private(set) var values: [Double?] = []
  /// What each row is called; empty where no column of names was asked for.
  private(set) var labels: [String] = []
  /// The line on which each row begins, from 1.
  private(set) var lines: [Int] = []

  /// What stands for a missing number, besides nothing.
  static let missingWords: Set<String> = ["NA", "N/A", "NaN", "nan", "null"]

  /// Reads a column of a file, decompressed where it is compressed; a name that ends in `.tsv` means tabs.
  /// - Parameter label: the column of names, if there is one.
  /// - Parameter isCount: whether a negative number is a mistake.
  init(_ name: String, label: String?, of path: String, isCount: Bool) throws(Diagnostic) {
    let file = try Self.open(path)
    let isTabs = path.hasSuffix(".tsv") || path.hasSuffix(".tsv.gz")
    let format: DelimitedFormat = isTabs ? .tsv : .csv
    let reader = DelimitedReader(file, format: format)
    guard let header = try reader.peek() else {
      throw .error(.emptyFile, "the file is empty, expected a header", at: SourceLocation(file: path))
    }
    let names = header.record.fields.map { header.block.text($0) ?? "" }
    let column = try Self.place(of: name, among: names, in: path)
    var labelColumn: Int?
    if let label { labelColumn = try Self.place(of: label, among: names, in: path) }
    var (line, isFirst) = (1, true)
    while let block = try reader.next() {
      var (place, counted) = (block.range.lowerBound, block.range.lowerBound)
      while let start = block.firstRecord(from: place) {
        line += lineFeeds(in: block.bytes, counted..<start)
        counted = start
        let record = block.record(at: start, format: format)
        place = record.range.upperBound
        if isFirst {
          isFirst = false
          continue
        }
        let location = SourceLocation(file: path, line: line)
        guard record.textAfterQuote == nil else {
          throw .error(.textAfterQuote, "text follows the closing quote of a field", at: location, hint: quoteHint)
        }
        guard record.fields.count == names.count else {
          throw .error(
            .raggedRow, "the record has \(record.fields.count) fields, the header \(names.count)", at: location,
            hint: "is a field that holds the delimiter not quoted?")
        }
        values.append(try Self.number(record.fields[column], block, record, name, location, isCount: isCount))
        lines.append(line)
        if let labelColumn { labels.append(block.text(record.fields[labelColumn]) ?? "") }
      }
      line += lineFeeds(in: block.bytes, counted..<block.range.upperBound)
    }
  }

  private static func open(_ path: String) throws(Diagnostic) -> any InputFile {
    do throws(Diagnostic) {
      return try FileStore(folder: ".", workspaceFile: "workspace.yaml").open(InputPath(path))
    } catch {
      var problem = error
      if let hint = problem.hint, hint.contains("workspace") { problem.hint = "paths start from the current folder" }
      throw problem
    }
  }
  private static func place(of name: String, among names: [String], in path: String) throws(Diagnostic) -> Int {
    guard let place = names.firstIndex(of: name) else {
      throw .error(
        .unknownColumn, "'\(path)' has no column '\(name)'", hint: suggestion(for: name, among: names), exit: .usage)
    }
    guard names.lastIndex(of: name) == place else {
      throw .error(
        .unknownColumn, "'\(path)' has more than one column '\(name)'", hint: "give them different names", exit: .usage)
    }
    return place
  }
  private static func number(
    _ field: FieldSlice, _ block: DelimitedBlock, _ record: DelimitedRecord, _ name: String, _ location: SourceLocation,
    isCount: Bool
  ) throws(Diagnostic) -> Double? {
    let bytes = block.utf8(field)
    let text = String(decoding: bytes, as: UTF8.self).trimmed
    guard !text.isEmpty, !missingWords.contains(text) else { return nil }
    // Swift also reads hexadecimal digits and words for infinity.
    let isDecimal = text.utf8.allSatisfy { 48...57 ~= $0 || [43, 45, 46, 69, 101].contains($0) }
    let number = isDecimal ? Double(text) : nil
    guard let number, number.isFinite, !isCount || number >= 0 else {
      var place = location
      let before = block.bytes[record.range.lowerBound..<Int(field.start)]
      place.column = String(decoding: before, as: UTF8.self).unicodeScalars.count + 1
      place.length = max(1, text.unicodeScalars.count)
      let expected = isCount ? "a count, which is not negative," : "a number"
      throw .error(
        .notANumber, "'\(text)' in column '\(name)' is not \(isCount && number != nil ? "a count" : "a number")",
        at: place, hint: "expected \(expected) or nothing where it is missing (\(missingWords.sorted().joined(separator: ", ")) count as nothing)")
    }
    return number
  }
}

extension String {
  /// Without spaces and tabs around it.
  fileprivate var trimmed: String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else {
      return ""
    }
    return String(self[first...last])
  }
}

extension DiagnosticKind {
  static let unknownColumn = DiagnosticKind(
    "command.unknown-column", "A command names a column that the file does not have, or has more than once.",
    "The first record of the file names its columns.")
  static let notANumber = DiagnosticKind(
    "command.not-a-number", "A text in a column of numbers is no number, or a count is negative.",
    "Numbers are written with a point: 1234.5. Empty fields, NA, NaN and null are missing values.")
  static let tooFewValues = DiagnosticKind(
    "command.too-few-values", "A series is too short to have a change.",
    "At least four values are needed on which to find one.")
}
