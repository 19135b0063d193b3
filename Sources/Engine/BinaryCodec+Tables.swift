import EventModel
import Workbench

extension EventTable.Values {
  /// The column as bytes.
  var encoded: [UInt8] {
    var encoder = BinaryEncoder()
    encoder.number(count)
    switch self {
    case .days(let column):
      encoder.validity(column.validity)
      encoder.integers(column.values.map(\.daysSinceEpoch))
    case .integers(let column):
      encoder.validity(column.validity)
      encoder.integers(column.values)
    case .bytes(let column):
      encoder.validity(column.validity)
      encoder.integers(column.values)
    case .scores(let column):
      encoder.validity(column.validity)
      encoder.integers(column.values.map(\.millionths))
    case .reals(let column):
      encoder.validity(column.validity)
      encoder.reals(column.values)
    case .codes(let column):
      encoder.codes(column)
    case .text(let column):
      encoder.validity(column.validity)
      encoder.integers(column.ends)
      encoder.raw(column.bytes)
    case .records(let column):
      encoder.validity(column.validity)
      encoder.integers(column.values.map(\.packed))
    }
    return encoder.bytes
  }

  /// Reads a column of a kind from its bytes.
  init(_ bytes: [UInt8], kind: EventColumn.Kind) throws(Undecodable) {
    var decoder = try BinaryDecoder(bytes)
    let rows = try decoder.number()
    if kind == .codes {
      self = .codes(try decoder.codes(rows: rows))
    } else {
      let validity = try decoder.validity(rows: rows)
      switch kind {
      case .days:
        self = .days(Column(try decoder.integers(Int32.self).map { Day(daysSinceEpoch: $0) }, validity: validity))
      case .integers: self = .integers(Column(try decoder.integers(Int32.self), validity: validity))
      case .bytes: self = .bytes(Column(try decoder.integers(UInt8.self), validity: validity))
      case .scores:
        self = .scores(
          Column(try decoder.integers(Int32.self).map { GoldsteinScore(millionths: $0) }, validity: validity))
      case .reals: self = .reals(Column(try decoder.reals(), validity: validity))
      case .text:
        let ends = try decoder.integers(Int.self)
        let joined = try decoder.raw()
        guard ends.first ?? 0 >= 0, ends.last ?? 0 <= joined.count, zip(ends, ends.dropFirst()).allSatisfy({ $0 <= $1 })
        else {
          throw Undecodable()
        }
        self = .text(TextColumn(bytes: joined, ends: ends, validity: validity))
      case .records:
        self = .records(
          Column(try decoder.integers(UInt64.self).map { RecordReference(packed: $0) }, validity: validity))
      case .codes: throw Undecodable()
      }
    }
    guard decoder.isAtEnd, count == rows else { throw Undecodable() }
  }
}

extension ResultTable {
  /// The rows as bytes; what the table holds is not among them, for its analyzer says that.
  var encoded: [UInt8] {
    var encoder = BinaryEncoder()
    encoder.number(count)
    for (schema, column) in zip(schema.columns, columns) {
      encoder.text(schema.name)
      switch column {
      case .text(let values): encoder.codes(values)
      case .integers(let values):
        encoder.validity(values.validity)
        encoder.integers(values.values)
      case .reals(let values):
        encoder.validity(values.validity)
        encoder.reals(values.values)
      case .dates(let values):
        encoder.validity(values.validity)
        encoder.integers(values.values.map(\.daysSinceEpoch))
      case .booleans(let values):
        encoder.validity(values.validity)
        encoder.integers(values.values)
      }
    }
    return encoder.bytes
  }

  /// Reads the rows of a table of known schema.
  init(_ bytes: [UInt8], schema: TableSchema) throws(Undecodable) {
    var decoder = try BinaryDecoder(bytes)
    let rows = try decoder.number()
    var columns: [ResultColumn] = []
    for column in schema.columns {
      guard try decoder.text() == column.name else { throw Undecodable() }
      if column.kind == .text {
        columns.append(.text(try decoder.codes(rows: rows)))
        continue
      }
      let validity = try decoder.validity(rows: rows)
      switch column.kind {
      case .integer: columns.append(.integers(Column(try decoder.integers(Int64.self), validity: validity)))
      case .real: columns.append(.reals(Column(try decoder.reals(), validity: validity)))
      case .date:
        columns.append(
          .dates(Column(try decoder.integers(Int32.self).map { Day(daysSinceEpoch: $0) }, validity: validity)))
      case .boolean: columns.append(.booleans(Column(try decoder.integers(UInt8.self), validity: validity)))
      case .text: throw Undecodable()
      }
    }
    guard decoder.isAtEnd, columns.allSatisfy({ $0.count == rows }) else { throw Undecodable() }
    self.init(schema, columns: columns, count: rows)
  }
}
