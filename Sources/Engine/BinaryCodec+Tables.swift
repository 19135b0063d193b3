import EventModel
import Workbench

extension EventTable.Values {
  /// Hands over the column as bytes, piece by piece.
  func encode(to take: @escaping BinaryEncoder.Taker) throws(Diagnostic) {
    var encoder = BinaryEncoder(to: take)
    encoder.number(count)
    switch self {
    case .days(let column):
      try encoder.validity(column.validity)
      try encoder.integers(column.values) { $0.daysSinceEpoch }
    case .integers(let column):
      try encoder.validity(column.validity)
      try encoder.integers(column.values)
    case .bytes(let column):
      try encoder.validity(column.validity)
      try encoder.integers(column.values)
    case .scores(let column):
      try encoder.validity(column.validity)
      try encoder.integers(column.values) { $0.millionths }
    case .reals(let column):
      try encoder.validity(column.validity)
      try encoder.reals(column.values)
    case .codes(let column):
      try encoder.codes(column)
    case .text(let column):
      try encoder.validity(column.validity)
      try encoder.integers(column.ends)
      try encoder.raw(column.bytes)
    case .records(let column):
      try encoder.validity(column.validity)
      try encoder.integers(column.values) { $0.packed }
    }
    try encoder.finish()
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
        self = .days(Column(try decoder.integers { Day(daysSinceEpoch: $0) }, validity: validity))
      case .integers: self = .integers(Column(try decoder.integers(Int32.self), validity: validity))
      case .bytes: self = .bytes(Column(try decoder.integers(UInt8.self), validity: validity))
      case .scores:
        self = .scores(
          Column(try decoder.integers { GoldsteinScore(millionths: $0) }, validity: validity))
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
          Column(try decoder.integers { RecordReference(packed: $0) }, validity: validity))
      case .codes: throw Undecodable()
      }
    }
    guard decoder.isAtEnd, count == rows else { throw Undecodable() }
  }
}

extension ResultTable {
  /// Hands over the rows as bytes, piece by piece; what the table holds is not among them, for its analyzer says that.
  func encode(to take: @escaping BinaryEncoder.Taker) throws(Diagnostic) {
    var encoder = BinaryEncoder(to: take)
    encoder.number(count)
    for (schema, column) in zip(schema.columns, columns) {
      encoder.text(schema.name)
      switch column {
      case .text(let values): try encoder.codes(values)
      case .integers(let values):
        try encoder.validity(values.validity)
        try encoder.integers(values.values)
      case .reals(let values):
        try encoder.validity(values.validity)
        try encoder.reals(values.values)
      case .dates(let values):
        try encoder.validity(values.validity)
        try encoder.integers(values.values) { $0.daysSinceEpoch }
      case .booleans(let values):
        try encoder.validity(values.validity)
        try encoder.integers(values.values)
      }
    }
    try encoder.finish()
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
          .dates(Column(try decoder.integers { Day(daysSinceEpoch: $0) }, validity: validity)))
      case .boolean: columns.append(.booleans(Column(try decoder.integers(UInt8.self), validity: validity)))
      case .text: throw Undecodable()
      }
    }
    guard decoder.isAtEnd, columns.allSatisfy({ $0.count == rows }) else { throw Undecodable() }
    self.init(schema, columns: columns, count: rows)
  }
}
