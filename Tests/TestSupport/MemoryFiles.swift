import Crypto
import Synchronization
public import Workbench

/// Files that exist in memory only.
///
/// A file whose name ends with `.sqlite` is the database that its text, which is SQL, makes; see `databaseBytes`.
public struct MemoryFiles: InputFiles {
  private let files: [String: [UInt8]]
  private let lent = LentFiles()
  /// Files from their texts, by path.
  public init(_ files: [String: String]) {
    self.init(
      bytes: Dictionary(
        uniqueKeysWithValues: files.map { path, text in
          (path, path.hasSuffix(".sqlite") ? databaseBytes(fromSQL: text) ?? Array(text.utf8) : Array(text.utf8))
        }))
  }
  /// Files from their bytes, by path.
  public init(bytes files: [String: [UInt8]]) { self.files = files }

  /// Each path that is there as it is, and the files that a pattern stands for by their paths' bytes; no zip files.
  public func parts(of paths: InputPaths) throws(Diagnostic) -> [InputPart] {
    var parts: [InputPart] = []
    for path in paths.paths {
      guard files[path.text] == nil, PathPattern.isPattern(path.text) else {
        parts.append(InputPart(path))
        continue
      }
      let pattern = PathPattern(path.text)
      let found = files.keys.filter(pattern.matches).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      guard !found.isEmpty else {
        throw .error(noFile, "'\(path.text)' matches none of \(files.keys.sorted())", exit: .noInput)
      }
      parts += found.map { InputPart(InputPath($0)) }
    }
    guard Set(parts).count == parts.count else { throw .error(noFile, "a file is named twice") }
    return parts
  }
  /// Opens a file.
  public func open(_ part: InputPart) throws(Diagnostic) -> any InputFile {
    let path = part.path
    guard let bytes = files[path.text] else {
      throw .error(noFile, "no file '\(path.text)'", exit: .noInput)
    }
    return MemoryFile(name: path.text, bytes: bytes)
  }
  /// Opens a file; there are no compressed ones here.
  public func openStored(_ path: InputPath) throws(Diagnostic) -> any InputFile { try open(path) }
  /// The place of a copy on disk, which is gone when nobody holds these files any more.
  public func lend(_ path: InputPath) throws(Diagnostic) -> String {
    guard let bytes = files[path.text], let place = lent.place(of: path.text, bytes) else {
      throw .error(noFile, "no file '\(path.text)'", exit: .noInput)
    }
    return place
  }
}

private let noFile = DiagnosticKind("test.no-file", "There is no such file.", "Give it to the test.")

final class MemoryFile: InputFile {
  let name: String
  private let bytes: [UInt8]
  private let position = Mutex(0)
  init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
  var storedBytes: Int { bytes.count }
  var storedBytesRead: Int { position.withLock { $0 } }
  func read(into buffer: inout [UInt8], from start: Int) throws(Diagnostic) -> Int {
    let from = position.withLock { $0 }
    let count = min(buffer.count - start, bytes.count - from)
    buffer.replaceSubrange(start..<start + count, with: bytes[from..<from + count])
    position.withLock { $0 += count }
    return count
  }
}

/// A folder that exists in memory only.
public final class MemoryOutput: OutputDirectory {
  private let written = Mutex<[String: [UInt8]]>([:])
  /// The name of the one file; nil for a folder.
  public let fileName: String?
  private let earlier: [UInt8]?
  /// A folder, or one file of that name, which may be there already.
  public init(fileName: String? = nil, earlier: [UInt8]? = nil) {
    self.fileName = fileName
    self.earlier = earlier
  }
  /// What was written, by name.
  public var files: [String: [UInt8]] { written.withLock { $0 } }
  /// What was written under a name, as text.
  public func text(_ name: String) -> String? { files[name].map { String(decoding: $0, as: UTF8.self) } }

  /// Keeps what is written.
  @discardableResult
  public func write(
    _ name: String, _ body: (any OutputFile) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> (bytes: Int, digest: String) {
    let file = MemoryOutputFile()
    try body(file)
    return keep(file.bytes, name)
  }

  /// Keeps what is made at a place on disk.
  @discardableResult
  public func lend(
    _ name: String, _ body: (OutputPlace) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> (bytes: Int, digest: String) {
    let places = LentFiles()
    let earlier = earlier.flatMap { places.place(of: "earlier/\(name)", $0) }
    let place = places.newPlace(of: name)
    try body(OutputPlace(path: place, earlier: earlier))
    return keep(contents(of: place) ?? [], name)
  }

  private func keep(_ bytes: [UInt8], _ name: String) -> (bytes: Int, digest: String) {
    written.withLock { $0[name] = bytes }
    return (
      bytes.count, SHA256.hash(data: bytes).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    )
  }
}

final class MemoryOutputFile: OutputFile {
  private(set) var bytes: [UInt8] = []
  func append(_ bytes: [UInt8]) throws(Diagnostic) { self.bytes += bytes }
}
