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
  }
  private let fields: [Field]
  private let format: DelimitedFormat
  private let fileNumber: Int?
  private var grid: FieldGrid
  /// The lists of labels.
  private var lists: [LabelIndex]
  private var faults = Faults()

  /// Makes a parser.
  /// - Parameter fileNumber: the number for references to records; nil where none are wanted.
  init(fields: [Field], wanted: [Int], columnCount: Int, format: DelimitedFormat, fileNumber: Int?) {
    self.fields = fields
    self.format = format
    self.fileNumber = fileNumber
    grid = FieldGrid(wanted: wanted, of: columnCount)
    lists = [LabelIndex](repeating: LabelIndex(), count: (fields.compactMap(\.list).max() ?? -1) + 1)
  }

  /// Parses a block.
  mutating func parse(_ block: DelimitedBlock) -> ParsedBlock {
    grid.fill(from: block, format: format)
    let known = lists.map(\.count)
    let rows = grid.records.count
    faults.reset(rows: rows)
    for problem in grid.problems { faults.add(problem.record, .form(problem)) }
    var columns: [EventTable.Values] = []
    for (number, field) in fields.enumerated() { columns.append(parse(field, number, block, rows)) }
    completeDates(&columns, rows)
    var references: [RecordReference] = []
    if let fileNumber {
      references = grid.records.map { RecordReference(file: fileNumber, offset: block.offset + Int($0)) }
    }
    var parsed = ParsedBlock(
      index: block.index, recordCount: rows, count: rows, columns: columns, references: references, problems: [],
      badCount: faults.count)
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
    switch field.field.parser {
    case .day(.iso):
      let none = Day(daysSinceEpoch: 0)
      return unsafe .days(values(block, place, none) { text in unsafe parseISODay(text) })
    case .day(let format):
      let none = Day(daysSinceEpoch: 0)
      return unsafe .days(values(block, place, none) { text in unsafe format.day(text.bytes) })
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
  private struct Place {
    var slot: Int
    var width: Int
    var rows: Int
    /// The number of the field among those parsed.
    var number: Int
  }

  @inline(__always)
  private mutating func values<Value: BitwiseCopyable & Sendable>(
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
              faults.add(row, .value(place.number, field))
            }
          }
        }
      }
    }
    return Column(values, validity: missing.validity)
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
            let code: UInt32?
            if field.isEscaped {
              code = unsafe block.utf8(field).withUnsafeBufferPointer { text in
                unsafe text.baseAddress.flatMap {
                  unsafe labels.internChecked(FieldText(start: $0, count: text.count))
                }
              }
            } else {
              code = unsafe labels.internChecked(FieldText(start: base + Int(field.start), count: field.length))
            }
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
    return Column(codes, validity: missing.validity)
  }

  private mutating func texts(_ block: DelimitedBlock, _ place: Place) -> TextColumn {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    ends.reserveCapacity(place.rows)
    var missing = Missing(rows: place.rows)
    for row in 0..<place.rows {
      let field = grid.fields[row * place.width + place.slot]
      if field.length == 0 {
        missing.add(row)
      } else if isText(block.bytes, field.range) {
        if field.isEscaped { bytes += block.utf8(field) } else { bytes += block.bytes[field.range] }
      } else {
        missing.add(row)
        faults.add(row, .value(place.number, field))
      }
      ends.append(bytes.count)
    }
    return TextColumn(bytes: bytes, ends: ends, validity: missing.validity)
  }

  /// Fills in last days and precisions that are missing, and finds rows without a first day or with reversed dates.
  private mutating func completeDates(_ columns: inout [EventTable.Values], _ rows: Int) {
    func number(_ column: EventColumn) -> Int? { fields.firstIndex { $0.field.column == column } }
    if let precision = number(.datePrecision), case .bytes(let column) = columns[precision], column.missing > 0 {
      columns[precision] = .bytes(Column((0..<rows).map { column[$0] ?? DatePrecision.day.rawValue }))
    }
    guard let first = number(.firstDay), case .days(let firstDays) = columns[first] else { return }
    if firstDays.missing > 0 {
      for row in 0..<rows where !firstDays.has(row) { faults.add(row, .noDate(first)) }
    }
    guard let last = number(.lastDay), case .days(let lastDays) = columns[last] else { return }
    var completed = lastDays.values
    for row in 0..<rows {
      if !lastDays.has(row) { completed[row] = firstDays.values[row] }
      if completed[row] < firstDays.values[row] {
        faults.add(row, .reversed(grid.fields[row * grid.width + fields[last].slot], firstDays.values[row]))
      }
    }
    columns[last] = .days(Column(completed))
    columns[first] = .days(Column(firstDays.values))
  }

  private func describe(_ fault: Faults.Fault, _ block: DelimitedBlock) -> RowProblem {
    let record = Int(grid.records[fault.row])
    func problem(_ byte: Int, _ message: FaultMessage) -> RowProblem {
      RowProblem(record: fault.row, offset: block.offset + byte, message: message)
    }
    switch fault.kind {
    case .form(let form): return problem(form.byte, .form(form.kind))
    case .value(let number, let field):
      return problem(Int(field.start), .value(block.utf8(field), fields[number].field))
    case .noDate(let number): return problem(record, .noDate(fields[number].field))
    case .reversed(let field, let first): return problem(Int(field.start), .reversed(block.text(field) ?? "", first))
    }
  }
}

/// How many bad rows a message shows.
let shownProblems = 20
