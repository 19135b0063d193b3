public import Foundation
import GRDB
import Synchronization

/// The bytes of the SQLite file that statements make; nil where they are none.
public func databaseBytes(fromSQL sql: String) -> [UInt8]? {
  let folder = temporaryFolder()
  defer { try? FileManager.default.removeItem(at: folder) }
  do {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let place = folder.appending(path: "made.sqlite")
    let queue = try DatabaseQueue(path: place.path)
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
    let bytes = [UInt8](try Data(contentsOf: place))
    return bytes.isEmpty ? nil : bytes
  } catch {
    return nil
  }
}

private func temporaryFolder() -> URL {
  FileManager.default.temporaryDirectory.appending(path: "casus-\(UUID().uuidString)")
}

/// What a query gives on an SQLite file: rows of values as text; NULL is nil.
public func answers(of query: String, on database: [UInt8]) throws -> [[String?]] {
  let files = LentFiles()
  guard let place = files.place(of: "asked.sqlite", database) else { return [] }
  let queue = try DatabaseQueue(path: place)
  return try queue.read { db in
    try Row.fetchAll(db, sql: query).map { row in row.databaseValues.map { String.fromDatabaseValue($0) ?? "\($0)" } }
      .map { row in row.map { $0 == "NULL" ? nil : $0 } }
  }
}

/// The bytes of a file on disk; nil where there is none.
func contents(of path: String) -> [UInt8]? { (try? Data(contentsOf: URL(filePath: path))).map { [UInt8]($0) } }

/// Copies on disk of files in memory.
final class LentFiles: Sendable {
  private let folder = temporaryFolder()
  private let written = Mutex<Set<String>>([])
  deinit { try? FileManager.default.removeItem(at: folder) }

  /// A place where there is no file yet.
  func newPlace(of name: String) -> String {
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.appending(path: name).path
  }
  func place(of name: String, _ bytes: [UInt8]) -> String? {
    let file = folder.appending(path: name)
    return written.withLock { written in
      guard !written.contains(name) else { return file.path }
      do {
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
      } catch {
        return nil
      }
      written.insert(name)
      return file.path
    }
  }
}

/// An SQLite file that another program, as it were, has open for writing.
public final class WrittenDatabase: Sendable {
  private let queue: DatabaseQueue

  /// Opens a file, or makes it.
  /// - Parameter writesAhead: whether what is written goes to a `-wal` beside the file.
  public init(at place: URL, writesAhead: Bool = false) throws {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    if writesAhead { configuration.journalMode = .wal }
    queue = try DatabaseQueue(path: place.path, configuration: configuration)
  }
  /// Does what statements say.
  public func execute(_ sql: String) throws { try queue.inDatabase { try $0.execute(sql: sql) } }
  /// Closes the file, into which SQLite then puts everything.
  public func close() throws { try queue.close() }
}
