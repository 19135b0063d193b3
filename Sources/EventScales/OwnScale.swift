import DelimitedText
import EventModel
public import Ontology
public import Workbench

extension EventScale {
  /// Reads a user's own scale: a CSV file with the columns `class`, `goldstein` and, where wanted, `quad_class`.
  ///
  /// A class is a code or category as the events have it; case does not matter. A row for a CAMEO code holds for the codes
  /// below it that have no row of their own, a row for a top category (`RETREAT`, `Battles`) for its classes. Scores lie
  /// in -10 to 10 and have at most six decimals; quad classes are 1 to 4. Throws with file, line and column where
  /// something else stands there, or a class stands there twice.
  /// - Parameter ontology: the scheme of the classes, if any; CAMEO codes and PLOVER classes must be of their scheme.
  public init(
    reading path: InputPath, for ontology: Ontology?, in context: RunContext
  ) throws(Diagnostic) {
    let bytes = try context.files.open(path).readAll(limit: 1 << 24, tooLarge: .tooLarge)
    let table = try DelimitedTable(TextFile(bytes, name: path.text))
    let rows = ScaleRows(table, bytes: bytes, file: path.text)
    self.init(try rows.entries(for: ontology), for: ontology, name: path.text)
  }
}

/// The rows of a user's own scale, and where they stand.
private struct ScaleRows {
  let table: DelimitedTable
  let bytes: [UInt8]
  let file: String

  init(_ table: DelimitedTable, bytes: [UInt8], file: String) {
    (self.table, self.bytes, self.file) = (table, bytes, file)
  }

  func entries(for ontology: Ontology?) throws(Diagnostic) -> [String: EventScale.Entry] {
    for (index, name) in table.header.enumerated() {
      guard columnNames.contains(name) else {
        throw fault(
          "unknown column '\(name)', expected class, goldstein or quad_class", line: 1, field: index,
          hint: suggestion(for: name, among: columnNames))
      }
      guard table.header.firstIndex(of: name) == index else {
        throw fault("the column '\(name)' stands here twice", line: 1, field: index)
      }
    }
    let classColumn = try column("class")
    let scoreColumn = try column("goldstein")
    let quadColumn = table.header.firstIndex(of: "quad_class")
    var entries: [String: EventScale.Entry] = [:]
    var lines: [String: Int] = [:]
    for (fields, line) in zip(table.records, table.lines) {
      guard let name = fields[classColumn], !name.isEmpty else {
        throw fault("the class is missing", line: line, field: classColumn)
      }
      if let ontology, ontology == .cameo || ontology == .plover, ontology.root(of: name) == nil {
        throw fault(
          "'\(name)' is not a class of \(ontology.name.uppercased())", line: line, field: classColumn,
          hint: ontology == .cameo ? "codes are two to four digits and keep their leading zeros: 010, not 10" : nil)
      }
      let key = name.lowercased()
      if let first = lines.updateValue(line, forKey: key) {
        throw fault("the class '\(name)' stands here twice, first on line \(first)", line: line, field: classColumn)
      }
      let written = fields[scoreColumn] ?? ""
      guard let score = GoldsteinScore(scaleText: written) else {
        throw fault(
          "'goldstein' must be a number from -10 to 10 with at most six decimals, not '\(written)'", line: line,
          field: scoreColumn)
      }
      var quadClass: QuadClass?
      if let quadColumn, let text = fields[quadColumn], !text.isEmpty {
        quadClass = UInt8(text).flatMap { QuadClass(rawValue: $0) }
        guard quadClass != nil else {
          throw fault(
            "'quad_class' must be 1, 2, 3 or 4, not '\(text)'", line: line, field: quadColumn,
            hint: "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict")
        }
      }
      entries[key] = EventScale.Entry(score: score, quadClass: quadClass)
    }
    guard !entries.isEmpty else { throw fault("the scale has no rows", line: 1, field: 0) }
    return entries
  }

  private func column(_ name: String) throws(Diagnostic) -> Int {
    guard let index = table.header.firstIndex(of: name) else {
      throw fault(
        "the scale has no column '\(name)'", line: 1, field: 0, hint: "its first line is: class,goldstein,quad_class")
    }
    return index
  }
  private func fault(_ message: String, line: Int, field: Int, hint: String? = nil) -> Diagnostic {
    .error(
      .badScale, message, at: SourceLocation(file: file, line: line, column: fieldColumn(field, line: line, of: bytes)),
      hint: hint)
  }
}

private let columnNames = ["class", "goldstein", "quad_class"]

extension GoldsteinScore {
  /// Reads a score as a scale's file writes it; nil for what is none.
  fileprivate init?(scaleText text: String) {
    guard text.utf8.allSatisfy({ 48...57 ~= $0 || [43, 45, 46].contains($0) }), let number = Double(text),
      -10...10 ~= number
    else { return nil }
    let millionths = (number * 1e6).rounded()
    guard millionths / 1e6 == number else { return nil }
    self.init(millionths: Int32(millionths))
  }
}

extension DiagnosticKind {
  static let badScale = DiagnosticKind(
    "scales.bad-scale", "A scale of the user's own makes no sense.",
    "It is a CSV file with the columns class, goldstein and, where wanted, quad_class, and one row for a class. A class is "
      + "a code or category as the events have it; scores lie in -10 to 10.")
  static let tooLarge = DiagnosticKind(
    "scales.too-large", "A scale of the user's own is larger than a scale can be.",
    "It has one row for a class and fits into 16 MiB. Is it the file of events?")
}
