import EventModel
public import Workbench

extension ResultTable {
  /// Reads a table back from the CSV that `TableWriter` writes of it: equal rows, value for value.
  ///
  /// The header must name the columns of the schema, in their order; throws at the first field that is not of its column's
  /// kind. Memory: the table, and one block of the text.
  public init(reading file: any InputFile, schema: TableSchema) throws(Diagnostic) {
    try self.init(reading: file, schema: schema, blockBytes: 1 << 20)
  }

  init(reading file: any InputFile, schema: TableSchema, blockBytes: Int) throws(Diagnostic) {
    let reader = DelimitedReader(file, format: .csv, blockBytes: blockBytes)
    guard let head = try reader.peek() else {
      throw .error(.emptyFile, "the table is empty, expected a header", at: SourceLocation(file: reader.name))
    }
    let names = head.record.fields.map { head.block.text($0) ?? "" }
    guard names == schema.columns.map(\.name) else {
      throw .error(
        .otherTable, "the header is \(names), expected \(schema.columns.map(\.name))",
        at: SourceLocation(file: reader.name, line: 1))
    }
    reader.skip(head.record)
    var columns = schema.columns.map { ColumnReader($0) }
    var grid = FieldGrid(wanted: Array(columns.indices), of: columns.count, keepsEmptyLines: columns.count == 1)
    var count = 0
    while let block = try reader.next() {
      grid.fill(from: block, format: .csv)
      if let problem = grid.problems.first {
        throw .error(
          .raggedRow, "row \(count + problem.record + 1) is not of the form of the header",
          at: SourceLocation(file: reader.name))
      }
      for index in columns.indices {
        let rows = grid.records.count
        if let row = columns[index].append(grid, block, column: index, rows: rows) {
          throw .error(
            .otherTable, "row \(count + row + 1) has no \(schema.columns[index].kind.rawValue) in '\(names[index])'",
            at: SourceLocation(file: reader.name))
        }
      }
      count += grid.records.count
      reader.recycle(block)
    }
    self.init(schema, columns: columns.map { $0.finished }, count: count)
  }
}

/// The values of one column under reading.
private struct ColumnReader {
  private let kind: ColumnSchema.Kind
  private var codes: [UInt32] = []
  private var labels: [String] = []
  private var known: [[UInt8]: UInt32] = [:]
  /// The field before, with what it stood for: in sorted tables most are like it.
  private var last: (text: [UInt8], code: UInt32, day: Day)?
  private var integers: [Int64] = []
  private var reals: [Double] = []
  private var days: [Day] = []
  private var truths: [UInt8] = []
  /// The rows without a value.
  private var missing: [Int] = []
  private var count = 0

  init(_ schema: ColumnSchema) { kind = schema.kind }

  /// Takes the fields of a block; the first row whose field is not of the column's kind, or nil.
  mutating func append(_ grid: FieldGrid, _ block: DelimitedBlock, column: Int, rows: Int) -> Int? {
    for row in 0..<rows {
      let field = grid.fields[row * grid.width + column]
      if !field.isMissing, !field.isEscaped, appendQuickly(field, block) {
        count += 1
        continue
      }
      guard append(field, block) else { return row }
    }
    return nil
  }

  /// Takes a field that is like the one before, or a short whole number; false where it must be looked at as a text.
  private mutating func appendQuickly(_ field: FieldSlice, _ block: DelimitedBlock) -> Bool {
    switch kind {
    case .text, .date:
      guard let last, last.text.count == field.length, isSame(last.text, block, field) else { return false }
      if kind == .text { codes.append(last.code) } else { days.append(last.day) }
      return true
    case .integer:
      guard let value = shortInteger(field, block) else { return false }
      integers.append(value)
      return true
    case .real:
      guard let value = shortInteger(field, block), value != 0 else { return false }
      reals.append(Double(value))
      return true
    case .boolean: return false
    }
  }
  private func isSame(_ text: [UInt8], _ block: DelimitedBlock, _ field: FieldSlice) -> Bool {
    let start = field.range.lowerBound
    for index in text.indices where text[index] != block.bytes[start + index] { return false }
    return true
  }
  private func shortInteger(_ field: FieldSlice, _ block: DelimitedBlock) -> Int64? {
    var range = field.range
    guard 1...16 ~= range.count else { return nil }
    let isNegative = range.count > 1 && block.bytes[range.lowerBound] == UInt8(ascii: "-")
    if isNegative { range = range.lowerBound + 1..<range.upperBound }
    var value: Int64 = 0
    for place in range {
      let digit = block.bytes[place] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value * 10 + Int64(digit)
    }
    return isNegative ? -value : value
  }

  private mutating func append(_ field: FieldSlice, _ block: DelimitedBlock) -> Bool {
    let isMissing = field.isMissing
    if isMissing { missing.append(count) }
    count += 1
    switch kind {
    case .text:
      guard !isMissing else {
        codes.append(0)
        return true
      }
      let bytes = block.utf8(field)
      guard let code = code(of: bytes) else { return false }
      if !field.isEscaped { last = (bytes, code, Day(daysSinceEpoch: 0)) }
      codes.append(code)
    case .integer:
      guard let value = isMissing ? 0 : Int64(text(field, block)) else { return false }
      integers.append(value)
    case .real:
      guard let value = isMissing ? 0 : Double(text(field, block)), value.isFinite else { return false }
      reals.append(value)
    case .date:
      guard let day = isMissing ? Day(daysSinceEpoch: 0) : Day(text(field, block)) else { return false }
      if !isMissing { last = (block.utf8(field), 0, day) }
      days.append(day)
    case .boolean:
      let text = isMissing ? "false" : text(field, block)
      guard text == "true" || text == "false" else { return false }
      truths.append(text == "true" ? 1 : 0)
    }
    return true
  }
  private func text(_ field: FieldSlice, _ block: DelimitedBlock) -> String { block.text(field) ?? "" }

  private mutating func code(of bytes: [UInt8]) -> UInt32? {
    if let code = known[bytes] { return code }
    guard let label = String(validating: bytes, as: UTF8.self) else { return nil }
    let code = UInt32(labels.count)
    known[bytes] = code
    labels.append(label)
    return code
  }

  var finished: ResultColumn {
    var validity: Bitmap?
    if !missing.isEmpty {
      var bitmap = Bitmap(repeating: true, count: count)
      for row in missing { bitmap.set(row, to: false) }
      validity = bitmap
    }
    return switch kind {
    case .text: .text(CodedColumn(codes: Column(codes, validity: validity), labels: labels))
    case .integer: .integers(Column(integers, validity: validity))
    case .real: .reals(Column(reals, validity: validity))
    case .date: .dates(Column(days, validity: validity))
    case .boolean: .booleans(Column(truths, validity: validity))
    }
  }
}

extension DiagnosticKind {
  static let otherTable = DiagnosticKind(
    "delimited.other-table", "A table is not the one that its description speaks of.",
    "The header must name the columns of the description in their order, and each field must be of its column's kind. "
      + "Tables in archives are read back this way.")
}
