import DelimitedText
import EventModel
import Workbench

/// The bad rows of a block, each with the first thing found wrong.
struct Faults: Sendable {
  /// What is wrong with a row.
  enum Kind: Sendable {
    /// Its form.
    case form(FieldGrid.Problem)
    /// The text of a field, by the field's number.
    case value(Int, FieldSlice)
    /// It has no first day.
    case noDate(Int)
    /// Its last day comes before its first.
    case reversed(FieldSlice, Day)
  }
  struct Fault: Sendable {
    var row: Int
    var kind: Kind
  }
  private var rows = 0
  private var isBad: Set<Int> = []
  private var faults: [Fault] = []
  private var outliers: [(row: Int, number: Int, field: FieldSlice)] = []

  /// How many rows are bad.
  var count: Int { faults.count }
  /// The rows that are not, in order.
  var goodRows: [Int32] { (0..<rows).filter { !isBad.contains($0) }.map { Int32($0) } }
  /// Forgets what was found.
  mutating func reset(rows: Int) {
    self.rows = rows
    isBad.removeAll(keepingCapacity: true)
    faults.removeAll(keepingCapacity: true)
    outliers.removeAll(keepingCapacity: true)
  }
  /// Notes what is wrong with a row, unless something is already.
  mutating func add(_ row: Int, _ kind: Kind) {
    if isBad.insert(row).inserted { faults.append(Fault(row: row, kind: kind)) }
  }
  /// Notes a number out of bounds that is taken as unknown.
  mutating func addOutlier(_ row: Int, _ number: Int, _ field: FieldSlice) { outliers.append((row, number, field)) }
  /// The numbers out of bounds in rows that are not bad, for each field that has any, in the order of the fields.
  func outliers(in block: DelimitedBlock) -> [Outliers] {
    var found: [Outliers] = []
    for (row, number, field) in outliers where !isBad.contains(row) {
      if found.last?.number != number { found.append(Outliers(number: number)) }
      found[found.count - 1].add(block.offset + Int(field.start), block.text(field) ?? "")
    }
    return found
  }
  /// The first faults by row.
  func first(_ limit: Int) -> ArraySlice<Fault> { faults.sorted { $0.row < $1.row }.prefix(limit) }
}

/// The numbers out of bounds in one field, of which only the first are kept.
struct Outliers: Sendable {
  /// The field's number.
  var number: Int
  /// How many there are.
  var count = 0
  /// The offset in the file and the text of the first.
  var first: [(offset: Int, text: String)] = []
  mutating func add(_ offset: Int, _ text: String) {
    count += 1
    if first.count < shownProblems { first.append((offset, text)) }
  }
  init(number: Int) { self.number = number }
}

/// A bad row, where it is and what is wrong with it.
struct RowProblem: Sendable {
  /// The record's number in its block.
  var record: Int
  /// The offset in the file of the byte that shows it.
  var offset: Int
  /// What is wrong.
  var message: FaultMessage
  /// Whether it has no date, begins with nothing, and holds numbers: a row of totals, where it is the file's last.
  var mayBeTotals = false
}

extension BlockParser {
  /// Says what is wrong with a row, and where.
  func describe(_ fault: Faults.Fault, _ block: DelimitedBlock) -> RowProblem {
    let record = Int(grid.records[fault.row])
    func problem(_ byte: Int, _ message: FaultMessage, mayBeTotals: Bool = false) -> RowProblem {
      RowProblem(record: fault.row, offset: block.offset + byte, message: message, mayBeTotals: mayBeTotals)
    }
    switch fault.kind {
    case .form(let form):
      let whole = block.record(at: record, format: self.form.format)
      if whole.isEncodedTwice(in: block) {
        return problem(form.byte, .encodedTwice(self.form.format, isPadded: whole.fields.count > 1))
      }
      return problem(form.byte, .form(form.kind, columnCount: columnCount, self.form.names))
    case .value(let number, let field):
      let text = form.encoding.decoded(block.utf8(field)) ?? block.utf8(field)
      return problem(Int(field.start), .value(text, fields[number].field, fields[number].part))
    case .noDate(let number):
      let whole = block.record(at: record, format: form.format)
      return problem(record, .noDate(fields[number].field), mayBeTotals: whole.mayBeTotals(in: block))
    case .reversed(let field, let first):
      return problem(Int(field.start), .reversed(block.text(field) ?? "", first))
    }
  }
}

/// What is wrong with a row, in words.
struct FaultMessage: Sendable {
  var kind: DiagnosticKind
  var text: String
  var hint: String?

  static func form(_ kind: FieldGrid.Problem.Kind, columnCount: Int, _ names: TabularForm.Names) -> Self {
    switch kind {
    case .ragged(let fields):
      Self(
        kind: .raggedRow,
        text: "the record has \(fields) field\(fields == 1 ? "" : "s"), expected \(columnCount) as in the "
          + (names == .firstRecord ? "header" : "first record"),
        hint: "is a field that holds the delimiter not quoted?")
    case .textAfterQuote:
      Self(kind: .textAfterQuote, text: "text follows the closing quote of a field", hint: quoteHint)
    }
  }
  static func encodedTwice(_ format: DelimitedFormat, isPadded: Bool) -> Self {
    Self(
      kind: .encodedTwice, text: "the record is one quoted field that holds a whole record",
      hint: encodedTwiceHint(format, isPadded: isPadded))
  }
  /// Says that the last record of a file is no event.
  static func totals(_ message: Self) -> Self {
    Self(
      kind: message.kind, text: message.text + "; the last record of the file looks like a row of totals",
      hint: "totals are no events: take the row out of the file, or leave it out with 'on_bad_row: skip'")
  }
  static func noDate(_ field: TabularField) -> Self {
    Self(
      kind: .missingDate, text: "'\(field.name)' is empty, expected the event's first day",
      hint: "an event that is not dated cannot be counted: date it, with date_precision, or leave it out")
  }
  static func reversed(_ last: String, _ first: Day) -> Self {
    Self(
      kind: .reversedDates, text: "the event ends on '\(shown(last))', before it begins on \(first)",
      hint: "are the two dates exchanged?")
  }
  /// Says why the text of a field is no value of its column.
  static func value(_ bytes: [UInt8], _ field: TabularField, _ part: DatePart?) -> Self {
    if bytes.contains(0) {
      return Self(kind: .nulByte, text: "'\(field.name)' holds a NUL byte", hint: "is the file damaged, or in UTF-16?")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let shownText = shown(String(decoding: bytes, as: UTF8.self))
      return Self(
        kind: .notUTF8, text: "'\(field.name)' is not valid UTF-8: '\(shownText)'",
        hint: "convert the file: iconv -f WINDOWS-1252 -t UTF-8 old.csv > new.csv")
    }
    let start = "'\(field.name)' is '\(shown(text))', expected"
    if let part { return Self(kind: .badDate, text: "\(start) \(expected(part))") }
    let number = Double(text.trimmingSpaces)
    switch field.parser {
    case .day(let format):
      return Self(
        kind: .badDate, text: "\(start) a date that exists, as \(format.pattern)",
        hint: format == .iso ? "if the file writes dates otherwise, say how: date_format: dd/mm/yyyy" : nil)
    case .integer(let bounds):
      let isTooGreat = (number ?? 0) > Double(bounds.upperBound)
      let range =
        bounds.upperBound == .max && !isTooGreat
        ? "of at least \(bounds.lowerBound)" : "from \(bounds.lowerBound) to \(bounds.upperBound)"
      return Self(kind: number == nil ? .badNumber : .numberOutOfRange, text: "\(start) a whole number \(range)")
    case .byte(let bounds):
      return Self(
        kind: number == nil ? .badNumber : .numberOutOfRange,
        text: "\(start) a whole number from \(bounds.lowerBound) to \(bounds.upperBound)")
    case .score:
      return Self(
        kind: number == nil ? .badNumber : .numberOutOfRange,
        text: "\(start) a score from -10 to 10 with at most six decimals")
    case .real(let bounds):
      return Self(
        kind: number == nil ? .badNumber : .numberOutOfRange,
        text: "\(start) a number from \(inWords(bounds))")
    case .word(let words):
      let known = words.map(\.text)
      return Self(
        kind: .unknownWord, text: "\(start) one of \(known.joined(separator: ", "))",
        hint: nearestName(to: text, among: known).map { "did you mean '\($0)'?" })
    case .label, .text:
      return Self(kind: .notUTF8, text: "\(start) text")
    }
  }
  private static func expected(_ part: DatePart) -> String {
    switch part {
    case .year: "a year from 1 to 9999"
    case .month: "a month from 1 to 12, or 0 where it is unknown"
    case .day: "a day that the month has, or 0 where it is unknown"
    case .unknown: "a date"
    }
  }
}

/// A text from the data, short enough for a message and without control characters.
func shown(_ text: String, upTo limit: Int = 60) -> String {
  let start = text.unicodeScalars.prefix(limit).map { scalar -> Character in
    scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
      ? "\u{FFFD}" : Character(scalar)
  }
  return String(start) + (text.unicodeScalars.count > limit ? "..." : "")
}

/// The bounds of a number: `-90 to 90`.
func inWords(_ bounds: ClosedRange<Double>) -> String {
  func bound(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? String(Int(value)) : String(value)
  }
  return "\(bound(bounds.lowerBound)) to \(bound(bounds.upperBound))"
}

extension String {
  fileprivate var trimmingSpaces: Substring {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}
