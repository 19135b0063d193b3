public import EventModel
import GRDB
public import Workbench

/// Writes a whole run as one SQLite database: events, every table, findings, charts, and the run's record.
public struct SQLiteExporter: Exporter {
  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "sqlite", name: "SQLite",
    summary: "Writes events, every table, findings, charts and the run's record as one SQLite database with views.",
    diagnostics: DiagnosticKind.databaseKinds)
  /// Whether it writes one file or a folder.
  public static let shape = ExportShape.file(extension: "sqlite")

  private let writesEvents: Bool
  /// It writes all that the events have, but for the place of the raw record, which is of use to `casus trace` alone.
  public var columns: EventColumns { writesEvents ? .all.subtracting(.record) : [] }

  /// Reads its parameters.
  public init(parameters: inout ParameterReader) {
    writesEvents = parameters.optional(
      "events", default: true, "Whether the events are written, and not only what was made of them.")
  }

  /// Writes the database whole; an earlier one is replaced, unless it is in use or no database of ours.
  public func export(_ run: RunResults, to output: any OutputDirectory, in context: RunContext) throws(Diagnostic) {
    let name = output.fileName ?? "\(run.workspace.name).sqlite"
    try output.lend(name) { (place) throws(Diagnostic) in
      if let earlier = place.earlier { try EarlierDatabase(path: earlier, name: name).check() }
      do {
        let queue = try DatabaseQueue(path: place.path, configuration: Self.configuration)
        try queue.inDatabase { db in
          try db.execute(sql: DatabaseSchema.beginning)
          try db.inTransaction(.exclusive) {
            try write(run, to: db, in: context)
            return .commit
          }
        }
        try queue.close()
      } catch {
        throw problem(error, name)
      }
    }
  }

  private func write(_ run: RunResults, to db: Database, in context: RunContext) throws {
    try db.execute(sql: DatabaseSchema.tables)
    try RunRows(run).insert(into: db)
    try EventRows(run.eventSets).insert(into: db, in: context)
    try ResultRows(run).insert(into: db, in: context)
    try db.execute(sql: DatabaseSchema.indexes)
    try db.execute(sql: DatabaseSchema.links)
    try db.execute(sql: DatabaseSchema.views)
  }

  /// The file appears whole or not at all by other means, so that SQLite need keep no journal and wait for no disk.
  ///
  /// SQLite sorts the rows of an index in portions as large as its cache. Two megabytes fit the processor's own: indexes of
  /// 1 million events take 1.8 s, and 4.7 s where one portion of memory is sorted as a whole; with two threads more 1.5 s.
  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { db in
      try db.execute(
        sql: """
          PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
          PRAGMA temp_store = FILE; PRAGMA cache_size = -2048; PRAGMA threads = 2
          """)
    }
    return configuration
  }

  private func problem(_ error: any Error, _ name: String) -> Diagnostic {
    if let diagnostic = error as? Diagnostic { return diagnostic }
    let location = SourceLocation(file: name)
    guard let error = error as? DatabaseError else {
      return .error(.unwritableDatabase, "the database cannot be written: \(error)", at: location, exit: .io)
    }
    let message = error.message ?? "error \(error.resultCode.rawValue)"
    switch error.resultCode.primaryResultCode {
    case .SQLITE_FULL:
      return .error(
        .unwritableDatabase, "there is no room for the database: \(message)", at: location,
        hint: "make room and run again", notes: ["what was there before is untouched"], exit: .io)
    case .SQLITE_TOOBIG:
      return .error(
        .unwritableDatabase, "a text is too long for SQLite: \(message)", at: location,
        hint: "write tables instead", notes: ["what was there before is untouched"], exit: .io)
    default:
      return .error(
        .unwritableDatabase, "the database cannot be written: \(message)", at: location,
        notes: ["what was there before is untouched"], exit: .io)
    }
  }
}

extension DiagnosticKind {
  static let unwritableDatabase = DiagnosticKind(
    "sqlite.unwritable", "The database cannot be written.",
    "The message is SQLite's: a disk that is full or fails. An earlier database is as it was.")
  static let foreignFile = DiagnosticKind(
    "sqlite.foreign-file", "The file that an export would replace is no database of Casus.",
    "An export replaces its own earlier file whole. It knows it by the number that SQLite keeps for programs "
      + "(`PRAGMA application_id`). Anything else at that place may be someone's work, and is left alone.")
  static let databaseInUse = DiagnosticKind(
    "sqlite.in-use", "Another program has the earlier database open for writing, or reads it just now.",
    "A database that is replaced while another program uses it would leave that program with a file that is gone. The "
      + "export waits for some seconds and then gives up. Close the other program and run again.")

  static let databaseKinds = [unwritableDatabase, foreignFile, databaseInUse]
}
