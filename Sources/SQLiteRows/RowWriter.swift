public import GRDB
import GRDBSQLite

/// Writes the rows of columns into a table of SQLite.
///
/// A value goes from its column to SQLite without becoming an object in between: the database of 1 million events takes
/// 3.4 s so, and 6.2 s by GRDB's own way, a list of values for each row. It is the one place beside those that read bytes
/// that writes `unsafe`: pointers to texts are given to SQLite, which reads them until the row is written, and this object
/// keeps them until it goes.
public final class RowWriter {
  private let db: Database
  private let statement: Statement
  private let cells: [Cell]

  /// Prepares to fill columns of a table.
  ///
  /// - Throws: `DatabaseError` where the table or a column is not there.
  public init(_ db: Database, table: String, columns: [(name: String, source: ColumnSource)]) throws {
    self.db = db
    let names = columns.map(\.name.quotedDatabaseIdentifier).joined(separator: ", ")
    let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
    statement = try db.makeStatement(
      sql: "INSERT INTO \(table.quotedDatabaseIdentifier) (\(names)) VALUES (\(marks))")
    cells = columns.map { Cell($0.source) }
  }

  /// Writes rows in order.
  ///
  /// - Throws: `DatabaseError` where SQLite refuses a row or cannot write.
  public func write(_ rows: Range<Int>) throws {
    let pointer = unsafe statement.sqliteStatement
    for row in rows {
      for (index, cell) in cells.enumerated() { try check(unsafe cell.bind(row, to: pointer, at: CInt(index + 1))) }
      let step = unsafe sqlite3_step(pointer)
      let reset = unsafe sqlite3_reset(pointer)
      if step != SQLITE_DONE { try check(reset == SQLITE_OK ? step : reset) }
    }
  }

  private func check(_ code: CInt) throws {
    guard code != SQLITE_OK else { return }
    let message = unsafe db.sqliteConnection.flatMap { unsafe sqlite3_errmsg($0) }.map { unsafe String(cString: $0) }
    throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
  }
}
