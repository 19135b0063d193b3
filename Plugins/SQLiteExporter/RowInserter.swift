import GRDB
import Workbench

/// Puts rows into a table, many at a time: SQLite is called once for a batch of them.
struct RowInserter {
  private let db: Database
  private let batch: Statement
  private let single: Statement
  private let width: Int
  private let batchSize: Int
  private var values: [DatabaseValue] = []

  /// Prepares to fill columns of a table, which are quoted as they are.
  init(_ db: Database, table: String, columns: [String]) throws {
    self.db = db
    width = columns.count
    // SQLite takes 32,766 values at a time and is no faster with more than some hundreds.
    batchSize = max(1, min(50, 1_000 / width))
    let names = columns.map(\.quotedDatabaseIdentifier).joined(separator: ", ")
    let row = "(\(Array(repeating: "?", count: width).joined(separator: ", ")))"
    let insert = "INSERT INTO \(table.quotedDatabaseIdentifier) (\(names)) VALUES "
    single = try db.makeStatement(sql: insert + row)
    batch = try db.makeStatement(sql: insert + Array(repeating: row, count: batchSize).joined(separator: ", "))
    values.reserveCapacity(width * batchSize)
  }

  /// Adds the next value of a row; a row is complete when each column has one.
  mutating func add(_ value: DatabaseValue) throws {
    values.append(value)
    guard values.count == width * batchSize else { return }
    batch.setUncheckedArguments(StatementArguments(values))
    try batch.execute()
    values.removeAll(keepingCapacity: true)
  }
  /// Adds a row.
  mutating func add(_ row: [(any DatabaseValueConvertible)?]) throws {
    for value in row { try add(value?.databaseValue ?? .null) }
  }
  /// Puts the last rows in.
  mutating func finish() throws {
    for start in stride(from: 0, to: values.count, by: width) {
      single.setUncheckedArguments(StatementArguments(values[start..<start + width]))
      try single.execute()
    }
    values.removeAll()
  }
}
