import EventModel
import Workbench

/// The blocks of a file, back in order, and how their columns become one table's.
struct Assembly: Sendable {
  /// Each block with the number of the worker that parsed it.
  let blocks: [(block: ParsedBlock, worker: Int)]
  /// What ended the reading, if it did not end well.
  let failure: Diagnostic?
  private let lists: [[LabelIndex]]
  private let fields: [BlockParser.Field]

  init(parts: [WorkerPart], fields: [BlockParser.Field]) {
    blocks = parts.enumerated().flatMap { worker, part in part.blocks.map { ($0, worker) } }
      .sorted { $0.0.index < $1.0.index }
    failure = parts.compactMap(\.failure).first
    lists = parts.map(\.lists)
    self.fields = fields
  }

  /// The number of rows.
  var count: Int { blocks.reduce(0) { $0 + $1.block.count } }

  /// The whole columns in the order of the fields, made at the same time.
  func columns(in context: RunContext) throws(Diagnostic) -> [EventTable.Values] {
    var found: [[Int]] = []
    for (number, field) in fields.enumerated() {
      if let list = field.list, let group = found.firstIndex(where: { fields[$0[0]].list == list }) {
        found[group].append(number)
      } else {
        found.append([number])
      }
    }
    let groups = found
    let made = try context.concurrentMap(groups.count) { (group) throws(Diagnostic) -> [EventTable.Values] in
      if let list = fields[groups[group][0]].list { return coded(groups[group], list: list) }
      return [joined(groups[group][0])]
    }
    var columns = [EventTable.Values?](repeating: nil, count: fields.count)
    for (group, values) in zip(groups, made) {
      for (number, values) in zip(group, values) { columns[number] = values }
    }
    return columns.compactMap { $0 }
  }

  /// One column's blocks, one after another.
  private func joined(_ number: Int) -> EventTable.Values {
    func parts<Part>(_ part: (EventTable.Values) -> Part?) -> [Part] {
      blocks.compactMap { part($0.block.columns[number]) }
    }
    return switch fields[number].field.parser.kind {
    case .days: .days(joined(parts { if case .days(let column) = $0 { column } else { nil } }))
    case .integers: .integers(joined(parts { if case .integers(let column) = $0 { column } else { nil } }))
    case .bytes: .bytes(joined(parts { if case .bytes(let column) = $0 { column } else { nil } }))
    case .scores: .scores(joined(parts { if case .scores(let column) = $0 { column } else { nil } }))
    case .reals: .reals(joined(parts { if case .reals(let column) = $0 { column } else { nil } }))
    case .text, .codes, .records:
      .text(joined(parts { if case .text(let column) = $0 { column } else { nil } }))
    }
  }
  private func joined<Value: BitwiseCopyable & Sendable>(_ columns: [Column<Value>]) -> Column<Value> {
    var values: [Value] = []
    values.reserveCapacity(count)
    for column in columns { values.append(contentsOf: column.values) }
    return Column(values, validity: Bitmap.concatenating(columns.map { ($0.validity, $0.count) }))
  }
  private func joined(_ columns: [TextColumn]) -> TextColumn {
    columns.isEmpty ? TextColumn(bytes: [], ends: []) : .concatenating(columns)
  }

  /// Columns whose labels are one list: codes are given anew, in the order in which rows first bear them.
  private func coded(_ numbers: [Int], list: Int) -> [EventTable.Values] {
    var index = LabelIndex()
    var newCodes = lists.map { [UInt32](repeating: .max, count: list < $0.count ? $0[list].count : 0) }
    var unmet = newCodes.map(\.count)
    var whole = numbers.map { _ in [UInt32]() }
    for column in whole.indices { whole[column].reserveCapacity(count) }
    var validities = numbers.map { _ in [(validity: Bitmap?, count: Int)]() }
    for (block, worker) in blocks {
      let parts = numbers.compactMap { number -> Column<UInt32>? in
        if case .codes(let column) = block.columns[number] { column.codes } else { nil }
      }
      // Once every label of the worker's list has been met, codes are only looked up.
      if unmet[worker] > 0 {
        for row in 0..<block.count {
          for part in parts where part.has(row) {
            let old = Int(part.values[row])
            guard newCodes[worker][old] == .max else { continue }
            newCodes[worker][old] = index.intern(utf8: lists[worker][list].utf8(old))
            unmet[worker] -= 1
          }
        }
      }
      for (column, part) in parts.enumerated() {
        append(part, to: &whole[column], through: newCodes[worker])
        validities[column].append((part.validity, block.count))
      }
    }
    let labels = index.labels
    // Names that differ in how their accents are encoded alone are one name, as everywhere else.
    let isDistinct = Set(labels).count == labels.count
    return zip(whole, validities).map { codes, validity in
      let column = CodedColumn(codes: Column(codes, validity: Bitmap.concatenating(validity)), labels: labels)
      return .codes(isDistinct ? column : column.compacted())
    }
  }
  /// Appends codes, each replaced by a new one; by zero in rows without a name, whose codes must not depend on which worker
  /// parsed them.
  private func append(_ column: Column<UInt32>, to whole: inout [UInt32], through newCodes: [UInt32]) {
    guard !newCodes.isEmpty else {
      whole.append(contentsOf: repeatElement(0, count: column.count))
      return
    }
    let start = whole.count
    whole.append(addingCapacity: column.count) { output in
      unsafe newCodes.withUnsafeBufferPointer { newCodes in
        for code in column.values {
          let new = unsafe newCodes[Int(code)]
          output.append(new == .max ? 0 : new)
        }
      }
    }
    guard let validity = column.validity else { return }
    for row in 0..<column.count where !validity[row] { whole[start + row] = 0 }
  }
}

extension LabelIndex {
  /// The code of a text, given now where it has not been met.
  mutating func intern(utf8: ArraySlice<UInt8>) -> UInt32 {
    unsafe utf8.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return 0 }
      return unsafe intern(FieldText(start: base, count: text.count))
    }
  }
}
