import Compression
import Glibc
import Synchronization
public import Workbench

/// The folder of a workspace on disk: its inputs, its state in `.casus`, and its exports.
///
/// The one place that opens files. A store is made for one run: what a pattern stands for is looked up once, so that
/// whatever asks in a run gets one answer. Regular files only; read in blocks, never mapped: a mapped file
/// counts as memory, and one cut short meanwhile would end the process.
public final class FileStore: WorkspaceStore, Sendable {
  /// The folder, symbolic links followed.
  public let folder: String
  let workspaceFile: String
  let isFresh: Bool
  let memory: Mutex<DigestMemory>
  /// What patterns stood for when they were first asked for: the same throughout a run.
  let expansions = Mutex<[InputPaths: [InputPart]]>([:])
  /// The directories of zip files by path, each with the state of the file; nil for files that are none.
  let directories = Mutex<[String: (stamp: String, directory: ZipDirectory?)]>([:])
  let temporaryNumber = Atomic<Int>(0)

  /// A workspace's folder.
  ///
  /// Ignores the signal that would end the process where a file grows beyond a limit: writing then fails with a
  /// message.
  /// - Parameter folder: where the workspace file lies.
  /// - Parameter workspaceFile: the path of the workspace file, which exports must not touch.
  /// - Parameter isFresh: whether digests remembered from earlier runs are not trusted.
  public init(folder: String, workspaceFile: String, isFresh: Bool = false) {
    self.folder = System.realPath(folder) ?? folder
    self.workspaceFile = System.realPath(workspaceFile) ?? workspaceFile
    self.isFresh = isFresh
    _ = signal(SIGXFSZ, SIG_IGN)
    memory = Mutex(DigestMemory())
    let earlier = state(DigestMemory.stateName).map { DigestMemory.Entry.read($0) } ?? [:]
    memory.withLock { $0.earlier = earlier }
  }

  /// The place of a path that the workspace names.
  func place(of path: String) -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }

  /// A path as records have it: relative where it lies in the workspace's folder.
  func recorded(_ path: String) -> String {
    lies(path, in: folder) ? String(path.utf8.dropFirst(folder == "/" ? 1 : folder.utf8.count + 1)) ?? path : path
  }

  /// Opens a regular file, without waiting for anything, and says what it is.
  func openRegular(_ path: InputPath) throws(Diagnostic) -> (file: Descriptor, status: FileStatus) {
    let place = SourceLocation(file: path.text)
    guard !path.text.isEmpty, !path.text.utf8.contains(0) else {
      throw .error(.missingInput, "'\(path.text)' is no path of a file", at: place, exit: .noInput)
    }
    // Without O_NONBLOCK, opening a pipe would wait for its writer; for a regular file it means nothing.
    switch System.open(self.place(of: path.text), O_RDONLY | O_NONBLOCK | O_NOCTTY) {
    case .failure(let error): throw problem(opening: path, error)
    case .success(let file):
      guard let status = System.status(of: file) else { throw problem(opening: path, .last) }
      guard status.isRegular else { throw notAFile(path, status) }
      return (file, status)
    }
  }
  private func notAFile(_ path: InputPath, _ status: FileStatus) -> Diagnostic {
    .error(
      .notAFile, "'\(path.text)' is \(status.kindName), not a file", at: SourceLocation(file: path.text),
      hint: status.isFolder ? "name the file in it" : "write its content to a file and name that", exit: .noInput)
  }
  func problem(opening path: InputPath, _ error: SystemError) -> Diagnostic {
    let place = SourceLocation(file: path.text)
    // A socket cannot be opened at all, and a device without a driver neither.
    if error.code == ENXIO || error.code == ENODEV, let status = System.status(of: self.place(of: path.text)) {
      return notAFile(path, status)
    }
    guard error.code == ENOENT || error.code == ENOTDIR else {
      return .error(
        .unreadableInput, "cannot read '\(path.text)': \(error.reason)", at: place,
        hint: "check who may read it with `ls -l`", exit: .noInput)
    }
    let full = self.place(of: path.text)
    if System.status(of: full, following: false) != nil {
      return .error(
        .missingInput, "'\(path.text)' is a symbolic link that leads nowhere", at: place,
        hint: "put the file in its place, or name another", exit: .noInput)
    }
    let neighbours = System.names(in: parentFolder(of: full))
    let near = neighbours.flatMap { nearestName(to: lastPart(of: full), among: $0) }
    return .error(
      .missingInput, "there is no file '\(path.text)'", at: place,
      hint: near.map { "did you mean '\($0)'?" }
        ?? (neighbours == nil
          ? "there is no folder '\(parentFolder(of: path.text))' either"
          : "paths are relative to the workspace's folder"),
      exit: .noInput)
  }
}

// MARK: - Inputs

extension FileStore {
  /// Opens a stream, decompressed where its bytes say that it is compressed.
  public func open(_ part: InputPart) throws(Diagnostic) -> any InputFile {
    guard let name = part.member else {
      let opened = try openRegular(part.path)
      switch try form(of: part.path, opened.file, opened.status) {
      case .plain: return StoredFile(part.path, opened.file, opened.status, store: self, isGzip: false)
      case .gzip: return StoredFile(part.path, opened.file, opened.status, store: self, isGzip: true)
      case .zip: return try open(try onlyMember(of: part.path))
      }
    }
    let opened = try openRegular(part.path)
    guard let directory = try directory(of: part.path, opened.file, opened.status) else {
      throw .error(
        .missingInput, "'\(part.path.text)' is no zip file, so there is no '\(part.name)'",
        at: SourceLocation(file: part.path.text), hint: "name the file itself", exit: .noInput)
    }
    guard let member = directory[name: name] else {
      throw noMember(name, in: part.path, directory)
    }
    do throws(Diagnostic) {
      return try StoredMember(part, member, opened.file, opened.status, store: self)
    } catch {
      throw error.inFile(part.path)
    }
  }
  /// The place of a regular file on disk, for a library that opens files itself.
  ///
  /// The file must be the same from now until the run asks for its digest. Files that belong to it, such as the log
  /// beside a database, are not looked at.
  public func lend(_ path: InputPath) throws(Diagnostic) -> String {
    let status = try openRegular(path).status
    try readInPieces(path, status)
    return System.realPath(place(of: path.text)) ?? place(of: path.text)
  }
  /// Opens a file as it is stored.
  public func openStored(_ path: InputPath) throws(Diagnostic) -> any InputFile {
    let opened = try openRegular(path)
    return StoredFile(path, opened.file, opened.status, store: self, isGzip: false)
  }

  /// What is known of a file without reading it.
  public func identity(of path: InputPath) throws(Diagnostic) -> FileIdentity {
    let status = try openRegular(path).status
    let realPath = System.realPath(place(of: path.text)) ?? place(of: path.text)
    return memory.withLock { memory in
      FileIdentity(
        path: path, realPath: realPath, bytes: status.bytes,
        digest: memory.digest(of: path.text, stamp: status.stamp, isFresh: isFresh),
        wasRead: memory.knows(path.text), isOutside: !lies(realPath, in: folder))
    }
  }

  /// SHA-256 of a file's bytes: remembered where the file has not been touched since it was read, else read now.
  public func digest(of path: InputPath) throws(Diagnostic) -> String {
    let (file, status) = try openRegular(path)
    if let digest = memory.withLock({ $0.digest(of: path.text, stamp: status.stamp, isFresh: isFresh) }) {
      return digest
    }
    return try StoredFile(path, file, status, store: self, isGzip: false).digestOfAll()
  }

  /// SHA-256 of the bytes that were read last, though the file may have been changed since.
  ///
  /// A file that was lent, or of which members were read, did not pass through here from its beginning to its end: it
  /// is hashed now, unless it was before, and must have been the same file all along.
  public func digestAsRead(of path: InputPath) throws(Diagnostic) -> String {
    if memory.withLock({ $0.stampInPieces(of: path.text) }) != nil {
      try readInPieces(path, try openRegular(path).status)
      let digest = try digest(of: path)
      try readInPieces(path, try openRegular(path).status)
      return digest
    }
    if let digest = memory.withLock({ $0.digestAsRead(of: path.text) }) { return digest }
    return try digest(of: path)
  }

  /// Notes that a file is not read from its beginning to its end; an error if it has been touched since that was first
  /// noted.
  func readInPieces(_ path: InputPath, _ status: FileStatus) throws(Diagnostic) {
    let first = memory.withLock { $0.readInPieces(path.text, stamp: status.stamp) }
    guard first == status.stamp else { throw changed(path.text, "changed while it was read") }
  }
  func changed(_ name: String, _ story: String) -> Diagnostic {
    .error(
      .changedInput, "'\(name)' \(story)", at: SourceLocation(file: name),
      hint: "run again when nobody writes to it any more", exit: .noInput)
  }

  /// Keeps the digests of the files read for the next run; to be called once, at the end of a run.
  public func saveDigests() throws(Diagnostic) {
    let bytes = memory.withLock { memory in
      memory.hasNews ? DigestMemory.Entry.written(memory.entries) : nil
    }
    if let bytes { try writeState(bytes, DigestMemory.stateName, isDurable: false) }
  }
}

/// Lower-case hexadecimal digits.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}
