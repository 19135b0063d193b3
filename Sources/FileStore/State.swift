import Crypto
import Glibc
import Synchronization
public import Workbench

/// The folder `.casus`: small state files under their names, and objects under their SHA-256.
///
/// Nothing in it is trusted: what cannot be read, or is not what it was when it was written, counts as not there; what
/// stands in the way of a folder or a file is removed.
extension FileStore {
  var stateFolder: String { "\(folder)/.casus" }

  /// A small state file; nil where there is none that can be read.
  public func state(_ name: String) -> [UInt8]? {
    isStateName(name) ? contents(of: "\(stateFolder)/\(name)") : nil
  }

  /// Writes a small state file whole or not at all.
  public func writeState(_ bytes: [UInt8], _ name: String, isDurable: Bool) throws(Diagnostic) {
    guard isStateName(name) else {
      throw .error(.unwritableState, "'\(name)' is no name of a state file", exit: .bug)
    }
    try writeWhole(to: "\(stateFolder)/\(name)", isDurable: isDurable) { (take) throws(Diagnostic) in try take(bytes) }
  }

  /// The names in a folder of the state, in order; none where there is no such folder.
  public func stateNames(in folder: String) -> [String] {
    isStateName(folder) ? System.names(in: "\(stateFolder)/\(folder)") ?? [] : []
  }

  /// Removes a small state file, if it is there.
  public func removeState(_ name: String) {
    if isStateName(name) { System.removeTree("\(stateFolder)/\(name)") }
  }

  /// Keeps bytes under their SHA-256 and returns it; writes nothing where they are kept already.
  public func keep(
    _ give: (_ take: @escaping ([UInt8]) throws(Diagnostic) -> Void) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> String {
    let hash = RunningDigest()
    var count = 0
    try give { piece in
      hash.update(piece, 0..<piece.count)
      count += piece.count
    }
    let digest = hash.finish()
    let path = objectPath(digest)
    if let status = System.status(of: path), status.isRegular, status.bytes == count { return digest }
    try writeWhole(to: path, isDurable: false, give)
    return digest
  }

  /// The bytes with a digest, checked against it; nil where they are not kept, or kept damaged (then they are removed).
  public func kept(_ digest: String) -> [UInt8]? {
    guard isDigest(digest), let bytes = contents(of: objectPath(digest)) else { return nil }
    if hexadecimal(SHA256.hash(data: bytes)) == digest { return bytes }
    System.removeTree(objectPath(digest))
    return nil
  }

  /// Whether bytes with a digest are kept, by a look at the folder alone.
  public func isKept(_ digest: String) -> Bool {
    isDigest(digest) && System.status(of: objectPath(digest))?.isRegular == true
  }

  private func objectPath(_ digest: String) -> String {
    "\(stateFolder)/objects/\(digest.prefix(2))/\(digest.dropFirst(2))"
  }

  /// Letters, digits, `.`, `-` and `_` in parts between `/`, none of which begins with a point.
  private func isStateName(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
        part.first.map { $0 != UInt8(ascii: ".") } ?? false
          && part.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
              UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
              true
            default: false
            }
          }
      }
  }

  private func contents(of path: String) -> [UInt8]? {
    guard case .success(let file) = System.open(path, O_RDONLY | O_NONBLOCK), let status = System.status(of: file),
      status.isRegular
    else { return nil }
    return System.contents(of: file, bytes: status.bytes)
  }

  /// Writes a file of the state under a temporary name, and gives it its own when it is whole.
  private func writeWhole(
    to path: String, isDurable: Bool,
    _ give: (_ take: @escaping ([UInt8]) throws(Diagnostic) -> Void) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let number = temporaryNumber.add(1, ordering: .relaxed).newValue
    let temporary = "\(stateFolder)/temporary/\(getpid())-\(number)"
    do throws(Diagnostic) {
      let file = try writing { () throws(SystemError) in
        try makeStateFolder(parentFolder(of: temporary))
        try makeStateFolder(parentFolder(of: path))
        return try System.open(temporary, O_WRONLY | O_CREAT | O_TRUNC).get()
      }
      try give { [self] piece throws(Diagnostic) in
        if let error = System.write(piece, to: file).error { throw unwritable(error) }
      }
      try writing { () throws(SystemError) in
        if isDurable { try System.synchronize(file) }
        if System.status(of: path, following: false)?.isRegular == false { System.removeTree(path) }
        try System.rename(temporary, to: path)
        if isDurable { try System.synchronize(folder: parentFolder(of: path)) }
      }
    } catch {
      System.remove(temporary)
      throw error
    }
  }
  /// Writes to the state; an error says so.
  private func writing<Result>(_ body: () throws(SystemError) -> Result) throws(Diagnostic) -> Result {
    do throws(SystemError) { return try body() } catch { throw unwritable(error) }
  }

  /// Makes a folder of the state; what stands in its way there is damage, and removed.
  ///
  /// A symbolic link is no folder: whoever made the workspace could have it lead to anything, and names in it are
  /// replaced and removed.
  func makeStateFolder(_ path: String) throws(SystemError) {
    if path != stateFolder { try makeStateFolder(parentFolder(of: path)) }
    if let status = System.status(of: path, following: false) {
      if status.isFolder { return }
      guard path != stateFolder else { throw SystemError(code: ENOTDIR) }
      System.removeTree(path)
    }
    let isNew = try !System.makeFolder(path).isEmpty
    // So that nobody commits the state by accident.
    if path == stateFolder, isNew,
      case .success(let file) = System.open("\(path)/.gitignore", O_WRONLY | O_CREAT | O_TRUNC)
    {
      if let error = System.write(Array("*\n".utf8), to: file).error { throw error }
    }
  }

  func unwritable(_ error: SystemError) -> Diagnostic {
    let isTaken = error.code == ENOTDIR || error.code == EEXIST
    return .error(
      .unwritableState,
      isTaken ? "'.casus' is not a folder" : "cannot write the state in '.casus': \(error.reason)",
      at: SourceLocation(file: stateFolder),
      hint: isTaken ? "remove the file of that name" : "make room, or make the folder writable, or copy the workspace",
      exit: error.isAboutSpace ? .io : .cannotCreate)
  }
}

/// The right to work on a workspace, held by one process at a time.
///
/// It ends with `release`, with the last reference to it, and with the process, however that ends.
public final class WorkspaceLock: Sendable {
  private let file: Mutex<Descriptor?>
  init(_ file: Descriptor) { self.file = Mutex(file) }
  /// Gives the right back.
  public func release() { file.withLock { $0 = nil } }
}

extension FileStore {
  /// Takes the right to work on this workspace, or says who has it.
  public func lock() throws(Diagnostic) -> WorkspaceLock {
    let path = "\(stateFolder)/lock"
    let file: Descriptor
    do throws(SystemError) {
      try makeStateFolder(stateFolder)
      if System.status(of: path, following: false)?.isRegular == false { System.removeTree(path) }
      file = try System.open(path, O_RDWR | O_CREAT).get()
    } catch {
      throw unwritable(error)
    }
    guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else {
      guard errno == EWOULDBLOCK else { throw unwritable(.last) }
      let holder = contents(of: path).map { String(decoding: $0, as: UTF8.self) }.flatMap { Int32($0) }
      throw .error(
        .busy, "another run of this workspace is under way\(holder.map { " (process \($0))" } ?? "")",
        at: SourceLocation(file: folder), hint: "wait until it is done, or end it with Ctrl-C in its terminal",
        exit: .busy)
    }
    // Who holds the lock is for the message above only: the lock itself lies in the open file.
    if ftruncate(file.number, 0) == 0 { _ = System.write(Array("\(getpid())".utf8), to: file) }
    // Whoever was killed left its temporary files; nobody else is writing now.
    let temporary = "\(stateFolder)/temporary"
    guard System.status(of: temporary, following: false)?.isFolder == true else { return WorkspaceLock(file) }
    for name in System.names(in: temporary) ?? [] { System.removeTree("\(temporary)/\(name)") }
    return WorkspaceLock(file)
  }
}
