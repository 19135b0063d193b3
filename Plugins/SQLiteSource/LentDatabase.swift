import GRDB
import Workbench

/// An SQLite file that is opened for reading alone, and closed after each use.
///
/// Of what SQLite advises for files of strangers this does what can be done without the C interface: the file is opened
/// read-only, `query_only` and `cell_size_check` are on, `trusted_schema` is off, so that views cannot call functions with
/// effects, its memory is limited, and a query is a single SELECT. Extensions cannot be loaded. The database works on a thread of its own, which
/// is stopped when the run is cancelled or the time is over.
struct LentDatabase: Sendable {
  let path: InputPath
  /// For how long it may work.
  let seconds: Int

  /// Does something with the open database, in one transaction.
  func read<Result: Sendable>(
    in context: RunContext, _ body: @escaping @Sendable (Database) throws -> Result
  ) async throws(Diagnostic) -> Result {
    try context.checkCancellation()
    let place = try checkedPlace(in: context)
    let queue: DatabaseQueue
    do {
      queue = try DatabaseQueue(path: place, configuration: Self.configuration)
    } catch {
      throw problem(error)
    }
    let outcome = await withTaskGroup(of: Ending<Result>.self) { group in
      group.addTask {
        do { return .done(.success(try await queue.read(body))) } catch { return .done(.failure(error)) }
      }
      group.addTask { await watch(queue, context) }
      var wasStopped = false
      while let ending = await group.next() {
        switch ending {
        case .stopped(let isLate): wasStopped = isLate
        case .done(let outcome):
          group.cancelAll()
          for await case .stopped(let isLate) in group where isLate { wasStopped = true }
          return (outcome, wasStopped)
        }
      }
      return (.failure(CancellationError()), wasStopped)
    }
    try context.checkCancellation()
    switch outcome {
    case (.success(let result), _): return result
    case (.failure, true):
      throw .error(
        .timeLimit, "the database worked for more than \(seconds) seconds", at: SourceLocation(file: path.text),
        parameter: "time_limit", hint: "raise 'time_limit', or give the table an index that the query can use",
        exit: .noInput)
    case (.failure(let error), false): throw problem(error)
    }
  }

  private enum Ending<Result: Sendable>: Sendable {
    case done(Swift.Result<Result, any Error>)
    /// The watch is over; whether because it was late.
    case stopped(Bool)
  }

  /// Stops the database when the run is cancelled or the time is over; ends when it is cancelled itself.
  private func watch<Result: Sendable>(_ queue: DatabaseQueue, _ context: RunContext) async -> Ending<Result> {
    let deadline = ContinuousClock.now + .seconds(seconds)
    var isLate = false
    while !Task.isCancelled {
      do throws(Diagnostic) { try context.checkCancellation() } catch { queue.interrupt() }
      if ContinuousClock.now >= deadline {
        isLate = true
        queue.interrupt()
      }
      try? await Task.sleep(for: .milliseconds(20))
    }
    return .stopped(isLate)
  }

  /// How many bytes of memory SQLite may take: a single row of a stranger's file can ask for a gigabyte.
  private static let heapLimit = 512 << 20

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.foreignKeysEnabled = false
    configuration.busyMode = .timeout(1)
    configuration.prepareDatabase { db in
      try db.execute(
        sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON; "
          + "PRAGMA hard_heap_limit = \(heapLimit)")
    }
    return configuration
  }

  /// The file's place, for SQLite; throws where it is no database or not all of its content is in it.
  private func checkedPlace(in context: RunContext) throws(Diagnostic) -> String {
    let location = SourceLocation(file: path.text)
    let file = try context.files.openStored(path)
    var header = [UInt8](repeating: 0, count: 100)
    var length = 0
    while length < header.count {
      let count = try file.read(into: &header, from: length)
      guard count > 0 else { break }
      length += count
    }
    guard length == header.count, header.starts(with: Array("SQLite format 3".utf8) + [0]) else {
      let isCompressed = header.starts(with: [0x1F, 0x8B]) || header.starts(with: Array("PK".utf8))
      throw .error(
        .notADatabase, "the file is no SQLite database", at: location,
        hint: isCompressed ? "it is compressed: unpack it" : "for delimited text use the source 'csv'", exit: .noInput)
    }
    let place = try context.files.lend(path)
    if let log = try? context.files.openStored(InputPath(place + "-wal")), log.storedBytes > 0 {
      throw .error(
        .writtenElsewhere, "part of the data is in '\(path.text)-wal', which the file's digest does not cover",
        at: location,
        hint: "close the program that writes it, or: sqlite3 \(path.text) 'PRAGMA wal_checkpoint(TRUNCATE)'",
        exit: .noInput
      )
    }
    guard header[18] == 2 || header[19] == 2 else { return place }
    // SQLite would write files beside one in this mode, even to read it; as all of its content is in it, there is no need.
    var escaped = ""
    for byte in place.utf8 {
      let isPlain = 48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte || [45, 46, 47, 95].contains(byte)
      let digits = String(byte, radix: 16)
      escaped += isPlain ? String(UnicodeScalar(byte)) : "%" + (digits.count == 1 ? "0" : "") + digits
    }
    return "file:\(escaped)?immutable=1"
  }

  /// An error of SQLite's in our words.
  private func problem(_ error: any Error) -> Diagnostic {
    if let diagnostic = error as? Diagnostic { return diagnostic }
    let location = SourceLocation(file: path.text)
    guard let error = error as? DatabaseError else {
      return .error(.failed, "the database cannot be read: \(error)", at: location, exit: .noInput)
    }
    let message = error.message ?? "error \(error.resultCode.rawValue)"
    switch error.resultCode.primaryResultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return .error(
        .locked, "another program is writing to the database", at: location, hint: "wait for it, or close it",
        exit: .noInput)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT:
      return .error(
        .damaged, "the database is damaged: \(message)", at: location,
        hint: "fetch it again, or save what is left: sqlite3 \(path.text) .recover", exit: .noInput)
    case .SQLITE_READONLY, .SQLITE_CANTOPEN:
      return .error(
        .writtenElsewhere, "the database was left in the middle of a change: \(message)", at: location,
        hint: "open it once with a program that may write, such as: sqlite3 \(path.text) 'SELECT 1'", exit: .noInput)
    case .SQLITE_NOMEM:
      return .error(
        .failed, "the database needs more than \(Self.heapLimit >> 20) MiB of memory", at: location,
        hint: "a value or a query in it is too large: leave that column or row out with 'query'", exit: .noInput)
    case .SQLITE_ERROR, .SQLITE_MISUSE, .SQLITE_AUTH:
      return .error(.badQuery, "the database refuses the query: \(message)", parameter: "query")
    default:
      return .error(.failed, "the database cannot be read: \(message)", at: location, exit: .noInput)
    }
  }
}

extension DiagnosticKind {
  static let notADatabase = DiagnosticKind(
    "sqlite.not-a-database", "The file is no SQLite database.",
    "An SQLite file begins with the words 'SQLite format 3'. A compressed one must be unpacked first.")
  static let writtenElsewhere = DiagnosticKind(
    "sqlite.unfinished", "Not all of the data is in the database file.",
    "A program that writes keeps part of the data beside the file, in one that ends with -wal or -journal. A digest of the "
      + "file alone would not say what was read, so nothing is: close that program, which puts everything into the file."
  )
  static let locked = DiagnosticKind(
    "sqlite.locked", "Another program holds the database.",
    "A program that is writing keeps others from reading. Close it, or wait until it has finished.")
  static let damaged = DiagnosticKind(
    "sqlite.damaged", "The database is damaged.",
    "SQLite found its structure broken. `sqlite3 FILE 'PRAGMA integrity_check'` says where; no part of it is used.")
  static let badQuery = DiagnosticKind(
    "sqlite.bad-query", "SQLite cannot do what the query says.",
    "The message is SQLite's. Queries are one SELECT; names of tables and columns stand in double quotes, texts in single "
      + "ones.")
  static let timeLimit = DiagnosticKind(
    "sqlite.time-limit", "The database worked for too long.",
    "`time_limit` says for how many seconds it may work. A query that joins large tables without an index can take hours."
  )
  static let failed = DiagnosticKind(
    "sqlite.failed", "The database cannot be read.",
    "The message is SQLite's: a disk that fails, or memory that is short.")
}
