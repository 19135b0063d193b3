import EventModel
import GRDB
import Ontology
import TabularEvents
import Workbench

/// Why a value is none of its column's, as the end of a sentence that begins with the column's name.
struct WrongValue {
  var kind: DiagnosticKind = .badValue
  var text: String
}

/// A column of events that grows value by value.
///
/// SQLite gives each value a type of its own, so that a column may hold numbers, texts and blobs at once. A value is taken
/// where it means one thing; an empty text is a missing value, as where a table was made from CSV.
struct ValueColumn {
  let column: EventColumn
  private let form: ColumnForm
  private var days: [Day] = []
  private var integers: [Int32] = []
  private var bytes: [UInt8] = []
  private var scores: [GoldsteinScore] = []
  private var reals: [Double] = []
  private var codes: [UInt32] = []
  private var text: [UInt8] = []
  private var ends: [Int] = []
  private var isThere: [Bool] = []
  private var knownDays: [String: Day] = [:]
  /// Coordinates outside of the world, which are taken as unknown: each with its row among those kept, and its text.
  private(set) var outliers: [(row: Int, text: String)] = []

  init(_ column: EventColumn, _ form: ColumnForm) {
    self.column = column
    self.form = form
  }

  /// Adds a value; says what is wrong where it is none, and adds a missing one.
  /// - Parameter labels: the names of a column of names.
  mutating func append(_ value: DatabaseValue, _ labels: inout LabelIndex) -> WrongValue? {
    let isMissing: Bool
    switch value.storage {
    case .null: isMissing = true
    case .string(let text): isMissing = text.isEmpty
    case .int64, .double, .blob: isMissing = false
    }
    if isMissing {
      appendMissing()
      return column == .firstDay ? WrongValue(text: "is empty, expected the event's first day") : nil
    }
    if EventColumns.coordinates.contains(column), let number = number(value.storage), !realBounds.contains(number) {
      outliers.append((isThere.count, shownText(value)))
      appendMissing()
      return nil
    }
    guard take(value.storage, &labels) else {
      appendMissing()
      return WrongValue(text: "is \(shown(value)), expected \(expectation(value))")
    }
    isThere.append(true)
    return nil
  }

  /// Adds a value that is not missing, if it is one of the column's; says whether.
  private mutating func take(_ value: DatabaseValue.Storage, _ labels: inout LabelIndex) -> Bool {
    switch column.kind {
    case .days:
      guard let day = day(value) else { return false }
      days.append(day)
    case .integers:
      guard let number = integer(value, from: 0, to: Int64(Int32.max)) else { return false }
      integers.append(Int32(number))
    case .bytes:
      guard let byte = byte(value) else { return false }
      bytes.append(byte)
    case .scores:
      guard let score = score(value) else { return false }
      scores.append(score)
    case .reals:
      guard let real = real(value) else { return false }
      reals.append(real)
    case .codes:
      guard let name = name(value) else { return false }
      codes.append(labels.code(of: name))
    case .text, .records:
      guard let name = name(value) else { return false }
      text.append(contentsOf: name.utf8)
      ends.append(text.count)
    }
    return true
  }
  private mutating func appendMissing() {
    isThere.append(false)
    switch column.kind {
    case .days: days.append(Day(daysSinceEpoch: 0))
    case .integers: integers.append(0)
    case .bytes: bytes.append(0)
    case .scores: scores.append(GoldsteinScore(millionths: 0))
    case .reals: reals.append(0)
    case .codes: codes.append(0)
    case .text, .records: ends.append(text.count)
    }
  }
  /// Takes the last value back.
  mutating func removeLast() {
    isThere.removeLast()
    if outliers.last?.row == isThere.count { outliers.removeLast() }
    switch column.kind {
    case .days: days.removeLast()
    case .integers: integers.removeLast()
    case .bytes: bytes.removeLast()
    case .scores: scores.removeLast()
    case .reals: reals.removeLast()
    case .codes: codes.removeLast()
    case .text, .records:
      ends.removeLast()
      text.removeLast(text.count - (ends.last ?? 0))
    }
  }

  // MARK: - Values

  private mutating func day(_ value: DatabaseValue.Storage) -> Day? {
    switch value {
    case .string(let text):
      if let known = knownDays[text] { return known }
      let day = form.dates.day(Array(text.utf8))
      if knownDays.count < 100_000 { knownDays[text] = day }
      return day
    case .int64(let number) where 1_01_01...9999_12_31 ~= number:
      return Day(year: Int(number / 10_000), month: Int(number / 100 % 100), day: Int(number % 100))
    default: return nil
    }
  }
  private func integer(_ value: DatabaseValue.Storage, from low: Int64, to high: Int64) -> Int64? {
    let number: Int64?
    switch value {
    case .int64(let whole): number = whole
    case .double(let real): number = Int64(exactly: real)
    case .string(let text): number = Int64(text)
    default: number = nil
    }
    return number.flatMap { low...high ~= $0 ? $0 : nil }
  }
  private func byte(_ value: DatabaseValue.Storage) -> UInt8? {
    switch column {
    case .datePrecision:
      guard case .string(let word) = value else { return nil }
      return DatePrecision(name: word)?.rawValue
    case .quadClass: return integer(value, from: 1, to: 4).map(UInt8.init)
    default: return integer(value, from: 0, to: 255).map(UInt8.init)
    }
  }
  private func number(_ value: DatabaseValue.Storage) -> Double? {
    switch value {
    case .int64(let whole): Double(whole)
    case .double(let real): real
    case .string(let text): Double(parameterText: text)
    default: nil
    }
  }
  private func score(_ value: DatabaseValue.Storage) -> GoldsteinScore? {
    guard let number = number(value), abs(number) <= 10 else { return nil }
    let millionths = (number * 1_000_000).rounded()
    guard millionths / 1_000_000 == number else { return nil }
    return GoldsteinScore(millionths: Int32(millionths))
  }
  private func real(_ value: DatabaseValue.Storage) -> Double? {
    guard let number = number(value), realBounds.contains(number) else { return nil }
    return number
  }
  /// The least and the greatest number that it can hold.
  var realBounds: ClosedRange<Double> {
    switch column {
    case .latitude: -90...90
    case .longitude: -180...180
    default: 0...1
    }
  }
  private func name(_ value: DatabaseValue.Storage) -> String? {
    switch value {
    case .string(let text): text
    // A CAMEO code kept as a number has lost its leading zero: 040 and 40 cannot be told apart.
    case .int64(let number): column == .eventClass && form.ontology == .cameo ? nil : String(number)
    default: nil
    }
  }

  // MARK: - Results

  private var validity: Bitmap? {
    guard isThere.contains(false) else { return nil }
    var words = [UInt64](repeating: 0, count: (isThere.count + 63) / 64)
    for row in isThere.indices where isThere[row] { words[row >> 6] |= 1 << UInt64(row & 63) }
    return Bitmap(words: words, count: isThere.count)
  }
  /// The column as events have it.
  /// - Parameter labels: the names of a column of names.
  func values(_ labels: LabelIndex) -> EventTable.Values {
    switch column.kind {
    case .days: .days(Column(days))
    case .integers: .integers(Column(integers, validity: validity))
    case .bytes: .bytes(Column(bytes, validity: validity))
    case .scores: .scores(Column(scores, validity: validity))
    case .reals: .reals(Column(reals, validity: validity))
    case .codes: .codes(CodedColumn(codes: Column(codes, validity: validity), labels: labels.labels).compacted())
    case .text, .records: .text(TextColumn(bytes: text, ends: ends, validity: validity))
    }
  }
  /// The day of the last row; nil where it has none.
  var lastDay: Day? { isThere.last == true ? days.last : nil }
  /// The days, those of another column where there is none.
  func daysWithout(missing other: ValueColumn?) -> EventTable.Values {
    guard let other else { return .days(Column(days)) }
    return .days(Column(zip(isThere.indices, isThere).map { row, isThere in isThere ? days[row] : other.days[row] }))
  }
  /// The precisions, a day where there is none.
  var precisions: EventTable.Values {
    .bytes(Column(zip(bytes, isThere).map { $1 ? $0 : DatePrecision.day.rawValue }))
  }

  // MARK: - Messages

  private func shown(_ value: DatabaseValue) -> String {
    switch value.storage {
    case .blob: return "a blob"
    case .int64, .double: return "the number \(shownText(value))"
    case .string(let text):
      let start = String(String.UnicodeScalarView(text.unicodeScalars.prefix(60)))
      return "'\(start)\(text.unicodeScalars.count > 60 ? "..." : "")'"
    case .null: return "missing"
    }
  }
  private func expectation(_ value: DatabaseValue) -> String {
    switch column.kind {
    case .days:
      return "a date that exists, as a text \(form.dates.pattern) or a number yyyymmdd; "
        + "a query makes one of any time: date(the_time, 'unixepoch')"
    case .integers: return "a whole number of at least 0"
    case .bytes:
      switch column {
      case .datePrecision: return "one of \(DatePrecision.allCases.map(\.name).joined(separator: ", "))"
      case .quadClass: return "a whole number from 1 to 4"
      default: return "a whole number from 0 to 255"
      }
    case .scores: return "a score from -10 to 10 with at most six decimals"
    case .reals: return "a number from \(Int(realBounds.lowerBound)) to \(Int(realBounds.upperBound))"
    case .codes where column == .eventClass: return "a code as text, for a number has lost its leading zeros"
    case .codes, .text, .records: return "text"
    }
  }
}

extension DiagnosticKind {
  static let badValue = DiagnosticKind(
    "sqlite.bad-value", "A value is not one that its column can hold.",
    "The message names the column and what was expected; the line is the row id. Dates are texts or whole numbers "
      + "yyyymmdd; counts are not negative; CAMEO codes are texts, for a number has lost its leading zeros. NULL and an "
      + "empty text are missing values.")
}
