/// A stream of bytes that an input consists of: a file, or one member of a zip file.
public struct InputPart: Sendable, Hashable {
  /// The file.
  public var path: InputPath
  /// The member's name in a zip file; nil for the file itself.
  public var member: String?
  /// Names a stream.
  public init(_ path: InputPath, member: String? = nil) {
    self.path = path
    self.member = member
  }
  /// The stream's name, for messages: `events.zip/2018.csv`.
  public var name: String { member.map { "\(path.text)/\($0)" } ?? path.text }
}

/// The files a run may read.
public protocol InputFiles: Sendable {
  /// The streams that paths and patterns stand for: the files of a pattern in the order of their names' bytes, the members
  /// of a zip file in the order in which they lie there.
  func parts(of paths: InputPaths) throws(Diagnostic) -> [InputPart]
  /// Opens a stream, decompressed where its bytes say that it is compressed.
  func open(_ part: InputPart) throws(Diagnostic) -> any InputFile
  /// Opens a file as it is stored, compressed or not: for passing it on.
  func openStored(_ path: InputPath) throws(Diagnostic) -> any InputFile
  /// The place of a regular file on disk, for a library that opens files itself.
  func lend(_ path: InputPath) throws(Diagnostic) -> String
}

extension InputFiles {
  /// Opens a file, decompressed where its bytes say that it is compressed.
  public func open(_ path: InputPath) throws(Diagnostic) -> any InputFile { try open(InputPart(path)) }
}

/// An open file, read from its beginning to its end in blocks.
///
/// One caller at a time. The digest of a file that was read to its end enters the run's record; a file that changed
/// meanwhile is an error at its end.
public protocol InputFile: AnyObject, Sendable {
  /// The file as the user named it, for messages.
  var name: String { get }
  /// How many bytes are stored, for progress; not how many will be read, where the file is compressed.
  var storedBytes: Int { get }
  /// How many of the stored bytes have been read.
  var storedBytesRead: Int { get }
  /// Fills a buffer from `start` to its end and returns how many bytes were put there: fewer only at the file's end.
  func read(into buffer: inout [UInt8], from start: Int) throws(Diagnostic) -> Int
}

extension InputFile {
  /// Reads what is left of the file, up to a limit.
  public func readAll(limit: Int, tooLarge: DiagnosticKind) throws(Diagnostic) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try read(into: &buffer, from: 0)
      guard count > 0 else { return bytes }
      guard bytes.count + count <= limit else {
        throw .error(tooLarge, "the file is larger than \(limit) bytes", at: SourceLocation(file: name))
      }
      bytes += buffer[..<count]
    }
  }
}

/// An open file that is read at any place, by any thread: an archive.
public protocol PlacedFile: Sendable {
  /// The file as the user named it, for messages.
  var name: String { get }
  /// How many bytes it has.
  var bytes: Int { get }
  /// The bytes from a place on; an error where the file does not have as many, or changed since it was opened.
  func read(at place: Int, count: Int) throws(Diagnostic) -> [UInt8]
}

/// The place an export may write to: a folder, or one file.
public protocol OutputDirectory: Sendable {
  /// The name of the one file that an exporter of that shape writes; nil for a folder.
  var fileName: String? { get }
  /// Writes a file: it appears whole when the whole export has succeeded, or not at all.
  ///
  /// - Parameter name: the file's path in the folder, with `/` between its parts.
  /// - Parameter body: appends the bytes.
  /// - Returns: how many bytes were written, and their SHA-256 in lower-case hexadecimal digits.
  @discardableResult
  func write(
    _ name: String, _ body: (any OutputFile) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> (bytes: Int, digest: String)
  /// Lends a place on disk to a library that writes files itself; the file appears as one of `write` does.
  ///
  /// - Parameter body: makes a file at the place, which holds none, and leaves nothing beside it.
  @discardableResult
  func lend(
    _ name: String, _ body: (OutputPlace) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> (bytes: Int, digest: String)
}

/// A place on disk where a library makes a file.
public struct OutputPlace: Sendable {
  /// The path of the file to be made.
  public let path: String
  /// The path of the file that it will replace; nil where there is none yet.
  public let earlier: String?
  /// Names a place.
  public init(path: String, earlier: String?) {
    self.path = path
    self.earlier = earlier
  }
}

/// A file that is being written, from its beginning to its end.
public protocol OutputFile: AnyObject {
  /// Appends bytes.
  func append(_ bytes: [UInt8]) throws(Diagnostic)
}

extension OutputDirectory {
  /// Writes a file of these bytes.
  @discardableResult
  public func write(_ bytes: [UInt8], named name: String) throws(Diagnostic) -> (bytes: Int, digest: String) {
    try write(name) { (file) throws(Diagnostic) in try file.append(bytes) }
  }
}
