import GRDB
import Workbench

/// Which rows a workspace asks for.
enum RowsOfInterest: Sendable {
  case table(String)
  case query(String)
}

/// The rows of a table or query in an open database: their columns, and the statement that reads them.
struct Selection {
  /// What identifies a row.
  enum Identity {
    /// The row id, under a name that no column of the table takes.
    case rowID(String)
    /// Its number in order, from 1.
    case number
  }
  /// How messages and records name it: the file, and the table in it.
  let name: String
  /// The names of its columns, in order.
  let columns: [String]
  let identity: Identity
  private let source: String
  private let order: String

  init(_ rows: RowsOfInterest, in db: Database, _ path: InputPath) throws {
    switch rows {
    case .query(let query):
      let statement = try db.makeStatement(sql: query)
      guard statement.isReadonly else {
        throw Diagnostic.error(
          .badQuery, "the query would change the database", parameter: "query", hint: "write a SELECT")
      }
      name = path.text
      columns = statement.columnNames
      identity = .number
      source = query
      order = ""
    case .table(let table):
      let tables = try String.fetchAll(
        db,
        sql:
          "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
      )
      guard try db.tableExists(table) else {
        guard try db.viewExists(table) else {
          throw Diagnostic.error(
            .noTable, "the database has no table '\(table)'", at: SourceLocation(file: path.text), parameter: "table",
            hint: suggestion(for: table, among: tables))
        }
        throw Diagnostic.error(
          .view, "'\(table)' is a view, whose rows have no order of their own", parameter: "table",
          hint: "read it with 'query': SELECT * FROM \(quoted(table)) ORDER BY ...")
      }
      name = "\(path.text)/\(table)"
      let columns = try db.columns(in: table).map(\.name)
      let taken = Set(columns.map { $0.lowercased() })
      let rowID = ["rowid", "_rowid_", "oid"].first { !taken.contains($0) }
      let isThere = rowID.map { (try? db.makeStatement(sql: "SELECT \($0) FROM \(quoted(table))")) != nil } ?? false
      self.columns = columns
      if let rowID, isThere {
        identity = .rowID(rowID)
        order = rowID
      } else {
        identity = .number
        order = try db.primaryKey(table).columns.map(quoted).joined(separator: ", ")
      }
      source = quoted(table)
    }
  }

  /// A statement whose rows begin with their identity, where that is a row id, followed by the columns at these places.
  ///
  /// A query has all its columns.
  func statement(_ places: [Int], in db: Database) throws -> (Statement, places: [Int]) {
    guard !order.isEmpty else { return (try db.makeStatement(sql: source), places) }
    var names = places.map { quoted(columns[$0]) }
    if case .rowID(let name) = identity { names.insert(name, at: 0) }
    if names.isEmpty { names = ["1"] }
    let sql = "SELECT \(names.joined(separator: ", ")) FROM \(source) ORDER BY \(order)"
    return (try db.makeStatement(sql: sql), Array(places.indices).map { $0 + (hasRowID ? 1 : 0) })
  }
  var hasRowID: Bool { if case .rowID = identity { true } else { false } }

  /// The values of a row of a table by its row id; nil where there is none.
  func row(id: Int, in db: Database) throws -> Row? {
    guard case .rowID(let name) = identity else { return nil }
    let names = columns.map(quoted).joined(separator: ", ")
    return try Row.fetchOne(db, sql: "SELECT \(names) FROM \(source) WHERE \(name) = ?", arguments: [id])
  }
}

/// A name as SQL writes it.
func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

extension DiagnosticKind {
  static let noTable = DiagnosticKind(
    "sqlite.no-table", "The database has no such table.", "The message lists the tables it has.")
  static let view = DiagnosticKind(
    "sqlite.view", "A view is named where a table is needed.",
    "The rows of a table are read in the order of their row ids, which leads back to each. A view has neither: read it "
      + "with `query:` and an ORDER BY.")
}
