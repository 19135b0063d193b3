import DelimitedText
import EventModel
import Workbench

/// The rows of one block as columns.
struct ParsedBlock: Sendable {
  /// The block's number in the file.
  var index: Int
  /// How many records it has, bad ones included.
  var recordCount: Int
  /// How many rows the columns have.
  var count: Int
  /// One column for each field parsed; the codes of labels belong to the lists of the parser that made them.
  var columns: [EventTable.Values]
  /// The labels that the parser's lists have gained with it.
  var newLabels: [Labels] = []
  /// Where each row's record begins; empty unless asked for.
  var references: [RecordReference]
  /// The first of its bad rows, in order.
  var problems: [RowProblem]
  /// How many rows are bad.
  var badCount: Int
  /// The numbers out of bounds that are taken as unknown, in rows that are not bad.
  var outliers: [Outliers] = []
}

/// Turns the fields of a block into columns: one tight loop for each column.
///
/// One worker's own: it keeps the labels met so far from block to block.
struct BlockParser: Sendable {
  /// A field to be parsed.
  struct Field: Sendable {
    var field: TabularField
    /// Its place among the fields of the grid.
    var slot: Int
    /// The list of labels its codes belong to.
    var list: Int?
    /// The part of a date that it holds, if it does.
    var part: DatePart?
  }
  let fields: [Field]
  private let missingTexts: [[[UInt8]]]
  let form: TabularForm
  let columnCount: Int
  private let fileNumber: Int?
  private(set) var grid: FieldGrid
  /// The lists of labels.
  private var lists: [LabelIndex]
  var faults = Faults()

  /// Makes a parser.
  /// - Parameter fileNumber: the number for references to records; nil where none are wanted.
  init(fields: [Field], wanted: [Int], columnCount: Int, form: TabularForm, fileNumber: Int?) {
    self.fields = fields
    missingTexts = fields.map { $0.field.missing.map { Array($0.utf8) } }
    self.form = form
    self.columnCount = columnCount
    self.fileNumber = fileNumber
    grid = FieldGrid(wanted: wanted, of: columnCount)
    lists = [LabelIndex](repeating: LabelIndex(), count: (fields.compactMap(\.list).max() ?? -1) + 1)
  }

  /// Parses a block.
  mutating func parse(_ block: DelimitedBlock) -> ParsedBlock {
    grid.fill(from: block, format: form.format)
    let known = lists.map(\.count)
    let rows = grid.records.count
    faults.reset(rows: rows)
    for problem in grid.problems { faults.add(problem.record, .form(problem)) }
    var columns: [EventTable.Values] = []
    for (number, field) in fields.enumerated() { columns.append(parse(field, number, block, rows)) }
    combineDateParts(&columns, rows)
    completeDates(&columns, rows)
    var references: [RecordReference] = []
    if let fileNumber {
      references = grid.records.map { RecordReference(file: fileNumber, offset: block.offset + Int($0)) }
    }
    var parsed = ParsedBlock(
      index: block.index, recordCount: rows, count: rows, columns: columns, references: references, problems: [],
      badCount: faults.count, outliers: faults.outliers(in: block))
    parsed.newLabels = zip(lists, known).map { $0.labels(from: $1) }
    if faults.count > 0 {
      let kept = faults.goodRows
      parsed.count = kept.count
      parsed.columns = columns.map { values in
        // Codes belong to the parser's lists, which the column does not carry.
        guard case .codes(let column) = values else { return values.selecting(kept) }
        return .codes(CodedColumn(codes: column.codes.selecting(kept), labels: []))
      }
      parsed.references = references.isEmpty ? [] : kept.map { references[Int($0)] }
      parsed.problems = faults.first(shownProblems).map { describe($0, block) }
    }
    return parsed
  }

  private mutating func parse(_ field: Field, _ number: Int, _ block: DelimitedBlock, _ rows: Int) -> EventTable.Values
  {
    let place = Place(slot: field.slot, width: grid.width, rows: rows, number: number)
    if let part = field.part { return dateParts(part, block, place) }
    switch field.field.parser {
    case .day(.iso):
      let none = Day(daysSinceEpoch: 0)
      return unsafe .days(values(block, place, none) { text in unsafe parseISODay(text) })
    case .day(.isoWithTime):
      let none = Day(daysSinceEpoch: 0)
      return unsafe .days(values(block, place, none) { text in unsafe parseISODayWithTime(text) })
    case .day(.digits):
      let none = Day(daysSinceEpoch: 0)
      var days = DaysOfDigits()
      return unsafe .days(values(block, place, none) { text in unsafe days.day(text) })
    case .day(.digitsWithTime):
      let none = Day(daysSinceEpoch: 0)
      var days = DaysOfDigits()
      return unsafe .days(values(block, place, none) { text in unsafe days.dayWithTime(text) })
    case .day(let format):
      let none = Day(daysSinceEpoch: 0)
      return unsafe .days(values(block, place, none) { text in unsafe format.day(text) })
    case .integer(let bounds):
      return .integers(
        unsafe values(block, place, 0) { text in
          guard let number = unsafe Decimal(text)?.scaled(toDecimals: 0), bounds ~= Int32(clamping: number) else {
            return nil
          }
          return Int32(exactly: number)
        })
    case .byte(let bounds):
      return .bytes(
        unsafe values(block, place, 0) { text in
          guard let number = unsafe Decimal(text)?.scaled(toDecimals: 0), let byte = UInt8(exactly: number) else {
            return nil
          }
          return bounds ~= byte ? byte : nil
        })
    case .word(let words):
      let known = words.map { (Array($0.text.utf8), $0.value) }
      return .bytes(
        unsafe values(block, place, 0) { text in
          for word in known { if unsafe text.equals(word.0) { return word.1 } }
          return nil
        })
    case .score:
      return .scores(
        unsafe values(block, place, GoldsteinScore(millionths: 0)) { text in
          guard let millionths = unsafe Decimal(text)?.scaled(toDecimals: 6), -10_000_000...10_000_000 ~= millionths
          else { return nil }
          return GoldsteinScore(millionths: Int32(millionths))
        })
    case .real(let bounds):
      return .reals(
        unsafe values(block, place, 0) { text in
          guard let number = unsafe parseReal(text), bounds ~= number else { return nil }
          return number
        })
    case .label: return .codes(CodedColumn(codes: codes(block, place, list: field.list ?? 0), labels: []))
    case .text: return .text(texts(block, place))
    }
  }

  /// Where a column's fields are in the grid.
  struct Place {
    var slot: Int
    var width: Int
    var rows: Int
    /// The number of the field among those parsed.
    var number: Int
  }

  @inline(__always)
  mutating func values<Value: BitwiseCopyable & Sendable>(
    _ block: DelimitedBlock, _ place: Place, _ none: Value, _ parse: (FieldText) -> Value?
  ) -> Column<Value> {
    var values = [Value](repeating: none, count: place.rows)
    var missing = Missing(rows: place.rows)
    unsafe block.bytes.withUnsafeBufferPointer { bytes in
      unsafe grid.fields.withUnsafeBufferPointer { fields in
        unsafe values.withUnsafeMutableBufferPointer { values in
          guard let base = bytes.baseAddress else { return }
          for row in 0..<place.rows {
            let field = unsafe fields[row * place.width + place.slot]
            if field.length == 0 {
              missing.add(row)
              continue
            }
            let text = unsafe FieldText(start: base + Int(field.start), count: field.length)
            if let value = unsafe parse(text) {
              unsafe values[row] = value
              continue
            }
            missing.add(row)
            let trimmed = unsafe text.trimmed()
            if unsafe trimmed.count == 0 { continue }
            if unsafe trimmed.count < text.count, let value = unsafe parse(trimmed) {
              unsafe values[row] = value
              missing.remove(row)
            } else {
              unsafe reject(trimmed, row, place.number, field)
            }
          }
        }
      }
    }
    for row in rowsOfMissingTexts(block, place) where missing.has(row) {
      values[row] = none
      missing.add(row)
    }
    return Column(values, validity: missing.validity)
  }

  /// Notes what is wrong with a text that is no value, unless it is one that stands for none.
  private mutating func reject(_ text: FieldText, _ row: Int, _ number: Int, _ slice: FieldSlice) {
    let field = fields[number].field
    if missingTexts[number].contains(where: { unsafe text.equals($0) }) { return }
    if field.isLenient, let bounds = field.parser.bounds, let value = unsafe parseReal(text), !bounds.contains(value) {
      faults.addOutlier(row, number, slice)
    } else {
      faults.add(row, .value(number, slice))
    }
  }
  /// The rows whose text stands for no value, though it may be a number like others.
  private func rowsOfMissingTexts(_ block: DelimitedBlock, _ place: Place) -> [Int] {
    let texts = missingTexts[place.number]
    guard !texts.isEmpty else { return [] }
    return (0..<place.rows).filter { row in
      let field = grid.fields[row * place.width + place.slot]
      guard field.length > 0 else { return false }
      var text = block.bytes[field.range]
      while text.first == 32 { text.removeFirst() }
      while text.last == 32 { text.removeLast() }
      return texts.contains { $0.elementsEqual(text) }
    }
  }

  private mutating func codes(_ block: DelimitedBlock, _ place: Place, list: Int) -> Column<UInt32> {
    var codes = [UInt32](repeating: 0, count: place.rows)
    var missing = Missing(rows: place.rows)
    var labels = LabelIndex(taking: &lists[list])
    defer { lists[list] = labels }
    unsafe block.bytes.withUnsafeBufferPointer { bytes in
      unsafe grid.fields.withUnsafeBufferPointer { fields in
        unsafe codes.withUnsafeMutableBufferPointer { codes in
          guard let base = bytes.baseAddress else { return }
          for row in 0..<place.rows {
            let field = unsafe fields[row * place.width + place.slot]
            if field.length == 0 {
              missing.add(row)
              continue
            }
            var code: UInt32?
            if field.isEscaped {
              code = unsafe block.utf8(field).withUnsafeBufferPointer { text in
                unsafe text.baseAddress.flatMap {
                  unsafe labels.internChecked(FieldText(start: $0, count: text.count))
                }
              }
            } else {
              code = unsafe labels.internChecked(FieldText(start: base + Int(field.start), count: field.length))
            }
            if code == nil { code = form.encoding.decoded(block.utf8(field)).map { labels.intern(utf8: $0[...]) } }
            if let code {
              unsafe codes[row] = code
            } else {
              missing.add(row)
              faults.add(row, .value(place.number, field))
            }
          }
        }
      }
    }
    for code in missingTexts[place.number].compactMap({ labels.code(ofUTF8: $0) }) {
      for row in 0..<place.rows where codes[row] == code && missing.has(row) { missing.add(row) }
    }
    return Column(codes, validity: missing.validity)
  }

  private mutating func texts(_ block: DelimitedBlock, _ place: Place) -> TextColumn {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    ends.reserveCapacity(place.rows)
    var missing = Missing(rows: place.rows)
    let missingTexts = missingTexts[place.number]
    for row in 0..<place.rows {
      let field = grid.fields[row * place.width + place.slot]
      if field.length == 0 {
        missing.add(row)
      } else if !missingTexts.isEmpty, form.encoding.decoded(block.utf8(field)).map(missingTexts.contains) ?? false {
        missing.add(row)
      } else if isText(block.bytes, field.range) {
        if field.isEscaped { bytes += block.utf8(field) } else { bytes += block.bytes[field.range] }
      } else if let decoded = form.encoding.decoded(block.utf8(field)) {
        bytes += decoded
      } else {
        missing.add(row)
        faults.add(row, .value(place.number, field))
      }
      ends.append(bytes.count)
    }
    return TextColumn(bytes: bytes, ends: ends, validity: missing.validity)
  }
}

/// How many bad rows a message shows.
let shownProblems = 20
