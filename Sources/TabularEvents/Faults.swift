import DelimitedText
import EventModel
public import Workbench

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
      let range =
        bounds.upperBound == .max
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
    }
  }
}

/// A text from the data, short enough for a message and without control characters.
func shown(_ text: String) -> String {
  let start = text.unicodeScalars.prefix(60).map { scalar -> Character in
    scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
      ? "\u{FFFD}" : Character(scalar)
  }
  return String(start) + (text.unicodeScalars.count > 60 ? "..." : "")
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

extension DiagnosticKind {
  static let badDate = DiagnosticKind(
    "events.bad-date", "A date has another form, or does not exist.",
    "Dates are written yyyy-mm-dd unless the source says otherwise with `date_format`. 30 February does not exist.")
  static let missingDate = DiagnosticKind(
    "events.missing-date", "An event has no first day.",
    "Every event needs a first day. Where only the month or year is known, give its first day and say so in "
      + "`date_precision`.")
  static let reversedDates = DiagnosticKind(
    "events.reversed-dates", "An event ends before it begins.", "The last day must not be before the first.")
  static let badNumber = DiagnosticKind(
    "events.bad-number", "A field that must hold a number holds something else.",
    "Numbers have a point before their decimals and no separators between thousands: 1234.5. Empty means unknown.")
  static let numberOutOfRange = DiagnosticKind(
    "events.out-of-range", "A number is outside of what its column can hold.",
    "Fatalities and counts are not negative, latitudes lie in -90 to 90, longitudes in -180 to 180, confidence in 0 to 1, "
      + "Goldstein scores in -10 to 10 and quad classes in 1 to 4. Codes such as -9 for unknown are written as empty.")
  static let takenAsUnknown = DiagnosticKind(
    "events.taken-as-unknown", "Numbers outside of what they can be were taken as unknown.",
    "Coordinates outside of the world, for example. The events are kept, without that number.")
  static let unknownWord = DiagnosticKind(
    "events.unknown-word", "A field holds a word that its column does not know.",
    "The message lists the words it knows.")
  static let missingColumn = DiagnosticKind(
    "events.missing-column", "The file lacks a column that is needed.",
    "The message lists the columns the file has. Name the file's own header under `columns:`.")
  static let repeatedColumn = DiagnosticKind(
    "events.repeated-column", "Two columns of the file have the same name.",
    "Which of them is meant cannot be known: rename one.")
  static let rowsSkipped = DiagnosticKind(
    "events.rows-skipped", "Rows that cannot be read were left out.",
    "`on_bad_row: skip` leaves out rows that cannot be read and counts them; `stop` stops at the first.")
  static let duplicateIDs = DiagnosticKind(
    "events.duplicate-ids", "Several events have the same id.",
    "Ids are meant to be unique. `deduplicate: id` in the event set keeps the first of each.")
  static let noEvents = DiagnosticKind(
    "events.none", "The file has a header and no events.", "Nothing is wrong if that is so; results will be empty.")

  /// The kinds that reading tables of events can report, beside those of delimited text.
  public static let tabularEventsKinds = [
    noRecord, badDate, missingDate, reversedDates, badNumber, numberOutOfRange, unknownWord, missingColumn,
    repeatedColumn, rowsSkipped, takenAsUnknown, duplicateIDs, noEvents, fieldCount, wrongDelimiter, encodedTwice,
  ]
}
