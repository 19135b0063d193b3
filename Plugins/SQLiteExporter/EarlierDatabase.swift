import GRDB
import Workbench

/// The database that an export will replace: it must be one of ours, and nobody may be using it.
struct EarlierDatabase {
  let path: String
  let name: String
  /// For how many seconds another program is waited for.
  private static let patience = 5.0

  func check() throws(Diagnostic) {
    var configuration = Configuration()
    configuration.busyMode = .timeout(Self.patience)
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.inDatabase { db in
        guard try Int.fetchOne(db, sql: "PRAGMA application_id") == DatabaseSchema.applicationID else { throw foreign }
        // Brings in what a log beside the file may hold, which would else be taken for part of the new one.
        _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
        try db.execute(sql: "BEGIN EXCLUSIVE; ROLLBACK")
      }
      try queue.close()
    } catch {
      throw problem(error)
    }
  }

  private var foreign: Diagnostic {
    .error(
      .foreignFile, "'\(name)' is there already and is no database that Casus wrote", at: SourceLocation(file: name),
      hint: "choose another 'to', or move the file away", exit: .cannotCreate)
  }

  private func problem(_ error: any Error) -> Diagnostic {
    if let diagnostic = error as? Diagnostic { return diagnostic }
    switch (error as? DatabaseError)?.resultCode.primaryResultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return .error(
        .databaseInUse, "another program is using '\(name)'", at: SourceLocation(file: name),
        hint: "close it and run again", exit: .busy)
    default: return foreign
    }
  }
}
