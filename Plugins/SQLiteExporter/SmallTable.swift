import GRDB

extension Database {
  /// Puts a few rows into a table; those of events and results go through `RowWriter`.
  func insert(
    _ rows: [[(any DatabaseValueConvertible)?]], into table: String, _ columns: [String]
  ) throws {
    let names = columns.map(\.quotedDatabaseIdentifier).joined(separator: ", ")
    let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
    let statement = try makeStatement(
      sql: "INSERT INTO \(table.quotedDatabaseIdentifier) (\(names)) VALUES (\(marks))")
    for row in rows { try statement.execute(arguments: StatementArguments(row)) }
  }
}
