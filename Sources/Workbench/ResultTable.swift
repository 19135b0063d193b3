public import EventModel
public import JSONText

/// What a column of results holds: its type, unit and meaning.
public struct ColumnSchema: Sendable, Hashable {
  /// The type of a column's values.
  public enum Kind: String, Sendable, CaseIterable {
    case text, integer, real, date, boolean
  }
  /// The name, in snake case.
  public var name: String
  /// The type of the values.
  public var kind: Kind
  /// The unit, where there is one: `events`, `days`, `points`.
  public var unit: String?
  /// What it means, in one line.
  public var meaning: String
  /// Makes a column's description.
  public init(_ name: String, _ kind: Kind, unit: String? = nil, _ meaning: String) {
    self.name = name
    self.kind = kind
    self.unit = unit
    self.meaning = meaning
  }
}

/// What a table of results holds.
public struct TableSchema: Sendable, Hashable {
  /// The name, in kebab case, unique in its analysis.
  public var name: String
  /// What a row is, in one sentence.
  public var summary: String
  /// The columns that tell rows apart and by which rows are sorted; empty for a table of one row.
  public var keys: [String]
  /// The columns.
  public var columns: [ColumnSchema]
  /// Makes a table's description.
  public init(_ name: String, _ summary: String, keys: [String], columns: [ColumnSchema]) {
    self.name = name
    self.summary = summary
    self.keys = keys
    self.columns = columns
  }
}

/// The values of one column of results.
public enum ResultColumn: Sendable {
  case text(CodedColumn)
  case integers(Column<Int64>)
  case reals(Column<Double>)
  case dates(Column<Day>)
  case booleans(Column<UInt8>)

  /// The number of rows.
  public var count: Int {
    switch self {
    case .text(let column): column.count
    case .integers(let column): column.count
    case .reals(let column): column.count
    case .dates(let column): column.count
    case .booleans(let column): column.count
    }
  }
  /// The type of the values.
  public var kind: ColumnSchema.Kind {
    switch self {
    case .text: .text
    case .integers: .integer
    case .reals: .real
    case .dates: .date
    case .booleans: .boolean
    }
  }
  /// The value of a row; real numbers in shortest round-trip form, dates as text.
  public subscript(row: Int) -> JSONValue {
    switch self {
    case .text(let column): column[row].map(JSONValue.string) ?? .null
    case .integers(let column): column[row].map { .integer(Int($0)) } ?? .null
    case .reals(let column): column[row].map(JSONValue.number) ?? .null
    case .dates(let column): column[row].map { .string($0.description) } ?? .null
    case .booleans(let column): column[row].map { .boolean($0 != 0) } ?? .null
    }
  }
}

/// A named table of results: typed columns, rows sorted by key.
///
/// A number that does not exist is null, never NaN.
public struct ResultTable: Sendable {
  /// What it holds.
  public let schema: TableSchema
  /// The columns, in the order of the schema.
  public let columns: [ResultColumn]
  /// The number of rows.
  public let count: Int

  /// Makes a table.
  /// - Precondition: the columns fit the schema and have `count` rows.
  public init(_ schema: TableSchema, columns: [ResultColumn], count: Int) {
    precondition(
      columns.count == schema.columns.count
        && zip(columns, schema.columns).allSatisfy { $0.count == count && $0.kind == $1.kind },
      "the columns do not fit table \(schema.name)")
    self.schema = schema
    self.columns = columns
    self.count = count
  }
  /// The values of a column by name; nil where the table has none such.
  public subscript(column: String) -> ResultColumn? {
    schema.columns.firstIndex { $0.name == column }.map { columns[$0] }
  }
  /// The values of a row, in the order of the schema.
  public func row(_ index: Int) -> [JSONValue] { columns.map { $0[index] } }
}

extension ResultTable {
  /// Collects rows and hands them over as one table, sorted by key.
  ///
  /// For tables of up to some hundred thousand rows; a larger one is made from its columns.
  public struct Builder: ~Copyable, Sendable {
    private let schema: TableSchema
    private var rows: [[JSONValue]] = []

    /// Starts a table.
    public init(_ schema: TableSchema) { self.schema = schema }

    /// Adds a row: one value for each column, dates as text.
    ///
    /// A number that is not finite becomes null.
    /// - Precondition: as many values as the schema has columns, each of its column's kind or null.
    public mutating func append(_ values: [JSONValue]) {
      precondition(
        values.count == schema.columns.count, "a row of table \(schema.name) has \(schema.columns.count) values")
      rows.append(values)
    }

    /// Hands over the table.
    public consuming func finish() -> ResultTable {
      let keys = schema.keys.compactMap { key in schema.columns.firstIndex { $0.name == key } }
      let rows = rows.enumerated().sorted { left, right in
        for key in keys {
          let order = compare(left.element[key], right.element[key])
          if order != 0 { return order < 0 }
        }
        return left.offset < right.offset
      }.map(\.element)
      let columns = schema.columns.enumerated().map { index, column -> ResultColumn in
        let values = rows.map { $0[index] }
        return switch column.kind {
        case .text: .text(CodedColumn(values.map(\.text)))
        case .integer: .integers(Column(values.map { $0.integer.map(Int64.init) }, placeholder: 0))
        case .real: .reals(Column(values.map { $0.number.flatMap { $0.isFinite ? $0 : nil } }, placeholder: 0))
        case .date: .dates(Column(values.map { $0.text.flatMap { Day($0) } }, placeholder: Day(daysSinceEpoch: 0)))
        case .boolean: .booleans(Column(values.map { $0.boolean.map { $0 ? 1 : 0 } }, placeholder: 0))
        }
      }
      return ResultTable(schema, columns: columns, count: rows.count)
    }
  }
}

/// Negative where the left value comes first in a sorted table; null comes first.
private func compare(_ left: JSONValue, _ right: JSONValue) -> Int {
  switch (left, right) {
  case (.null, .null): return 0
  case (.null, _): return -1
  case (_, .null): return 1
  case (.string(let a), .string(let b)):
    return a == b ? 0 : a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
  default:
    let (a, b) = (left.number ?? 0, right.number ?? 0)
    return a == b ? 0 : a < b ? -1 : 1
  }
}

/// What an analysis came to.
public struct AnalysisResult: Sendable {
  /// The tables, all that the analyzer promised and in that order.
  public var tables: [ResultTable]
  /// Sentences with the numbers and events behind them, strongest first.
  public var findings: [Finding]
  /// Charts of the tables.
  public var charts: [Chart]
  /// Makes a result.
  public init(tables: [ResultTable], findings: [Finding] = [], charts: [Chart] = []) {
    self.tables = tables
    self.findings = findings
    self.charts = charts
  }
  /// A table by name.
  public subscript(table: String) -> ResultTable? { tables.first { $0.schema.name == table } }
}

/// A sentence that a run stands behind, with its numbers, its strength and the events that show it.
public struct Finding: Sendable, Hashable {
  /// How firmly it is said.
  public enum Strength: String, Sendable, CaseIterable {
    /// The data leave little doubt.
    case strong
    /// The data speak for it.
    case moderate
    /// Few events, or a wide interval.
    case weak
    /// A plain count or date, which needs no test.
    case descriptive
  }
  /// The sentence.
  public var sentence: String
  /// The numbers in it, by name.
  public var numbers: [String: JSONValue]
  /// How firmly it is said.
  public var strength: Strength
  /// The identifiers of events behind it, the most telling first.
  public var events: [String]
  /// Makes a finding.
  public init(_ sentence: String, numbers: [String: JSONValue] = [:], strength: Strength, events: [String] = []) {
    self.sentence = sentence
    self.numbers = numbers
    self.strength = strength
    self.events = events
  }
}
