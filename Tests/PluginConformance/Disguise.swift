/// Another way of writing the same delimited text: whoever reads it must see the same values.
public enum Disguise: String, Sendable, CaseIterable {
  case carriageReturns, byteOrderMark, noFinalNewline, extraFinalNewline, allQuoted, shuffledColumns

  /// The text written in this way; nil where that cannot be done to it.
  ///
  /// Text of tabs has no quotes, so that none can be added to it.
  public func applied(to text: String) -> String? {
    switch self {
    case .byteOrderMark: return "\u{FEFF}" + text
    case .noFinalNewline: return text.hasSuffix("\n") ? String(text.dropLast()) : nil
    case .extraFinalNewline: return text + (text.hasSuffix("\n") ? "\n" : "\n\n")
    case .carriageReturns: return PlainRecords(text).text(lineEnd: "\r\n")
    case .allQuoted:
      let records = PlainRecords(text)
      return records.delimiter == "\t" ? nil : records.text(quotesAll: true)
    case .shuffledColumns:
      var records = PlainRecords(text)
      guard let width = records.rows.first?.count, width > 1, records.hasHeader else { return nil }
      // Neither the old order nor its reverse: the second half, backwards, goes to the front.
      let order = Array((width / 2..<width).reversed()) + Array(0..<width / 2)
      // A row that is not as long as the header is meant to be wrong, and stays so.
      records.rows = records.rows.map { row in row.count == width ? order.map { row[$0] } : row }
      return records.text()
    }
  }
}

/// Delimited text taken apart the plain way, one character after another, independent of the reader under test.
struct PlainRecords {
  /// What stands between two fields: the likeliest candidate in the first line.
  let delimiter: Character
  /// The fields of each record.
  var rows: [[String]]

  init(_ text: String) {
    // Carriage return and line feed are one character to Swift; the texts of examples have line feeds only.
    let header = text.prefix { $0 != "\n" }
    let candidates: [Character] = ["\t", ";", "|"]
    let delimiter = candidates.first { header.contains($0) } ?? ","
    self.delimiter = delimiter
    let isQuoted = delimiter != "\t"
    rows = []
    var row: [String] = []
    var field = ""
    var isInQuotes = false
    var rest = text[...]
    while let character = rest.popFirst() {
      if isInQuotes {
        if character != "\"" {
          field.append(character)
        } else if rest.first == "\"" {
          field.append("\"")
          rest.removeFirst()
        } else {
          isInQuotes = false
        }
      } else if isQuoted, character == "\"", field.isEmpty {
        isInQuotes = true
      } else if character == delimiter {
        row.append(field)
        field = ""
      } else if character == "\n" {
        rows.append(row + [field])
        (row, field) = ([], "")
      } else {
        field.append(character)
      }
    }
    if !row.isEmpty || !field.isEmpty { rows.append(row + [field]) }
  }

  /// Whether the first record names the columns: each by a name of its own.
  ///
  /// Where it does not, the columns are known by their places alone.
  var hasHeader: Bool {
    rows.first.map { names in !names.contains("") && Set(names).count == names.count } ?? false
  }

  /// The records as text again.
  func text(lineEnd: String = "\n", quotesAll: Bool = false) -> String {
    rows.map { row in
      row.map { field in
        let needsQuotes = delimiter != "\t" && field.contains { $0 == delimiter || $0 == "\"" || $0.isNewline }
        return quotesAll || needsQuotes
          ? "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
          : field
      }.joined(separator: String(delimiter)) + lineEnd
    }.joined()
  }
}
