import Glibc
import Synchronization
public import Workbench

/// A folder that appears whole or not at all: its files collect beside it, and it gets its name when all are there.
public final class NewFolder: Sendable {
  /// The place it will have.
  public let path: String
  /// The files that are there so far, as those of a workspace.
  public let store: FileStore
  /// Where its files lie until it has its name.
  public let staging: String
  private let lock: Descriptor
  private let isOver = Mutex(false)

  /// Begins a folder where nothing may stand yet.
  /// - Parameter workspaceFile: the name of the workspace file that will lie in it.
  public init(_ path: String, workspaceFile: String) throws(Diagnostic) {
    let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    self.path = trimmed
    let parent = parentFolder(of: trimmed)
    guard System.status(of: trimmed, following: false) == nil else {
      throw .error(
        .fileExists, "'\(path)' is there already", at: SourceLocation(file: path),
        hint: "nothing was written; name a folder that is not there yet", exit: .cannotCreate)
    }
    staging = "\(parent)/.\(lastPart(of: trimmed)).casus-part"
    do throws(SystemError) {
      try System.makeFolder(parent)
      // What a killed command left is removed, unless another is still at it.
      if case .success(let left) = System.open(staging, O_RDONLY | O_DIRECTORY | O_NOFOLLOW) {
        guard flock(left.number, LOCK_EX | LOCK_NB) == 0 else { throw SystemError(code: EWOULDBLOCK) }
        System.removeTree(staging)
      } else {
        System.remove(staging)
      }
      try System.makeFolder(staging)
      lock = try System.open(staging, O_RDONLY | O_DIRECTORY).get()
      guard flock(lock.number, LOCK_EX | LOCK_NB) == 0 else { throw SystemError(code: EWOULDBLOCK) }
    } catch {
      throw Self.failure(trimmed, error)
    }
    store = FileStore(folder: staging, workspaceFile: "\(staging)/\(workspaceFile)")
  }
  deinit { abandon() }

  /// Writes a file below the folder, for the store to know as the input of a path; its size and SHA-256.
  /// - Parameter name: relative, with `/` between its parts.
  /// - Parameter known: the path by which the workspace names it.
  /// - Parameter isExecutable: whether it may be executed.
  public func write(
    _ name: String, knownAs known: InputPath? = nil, isExecutable: Bool = false,
    _ body: (any OutputFile) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> (bytes: Int, digest: String) {
    guard
      name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy({ part in
        !part.isEmpty && part != "." && part != ".." && !part.utf8.contains(0)
      })
    else { throw .error(.unwritableFolder, "'\(name)' is no name of a file in a folder", exit: .invalid) }
    let target = "\(staging)/\(name)"
    let output: ExportFile
    do throws(SystemError) {
      try System.makeFolder(parentFolder(of: target))
      output = ExportFile(
        shownName: "\(path)/\(name)",
        file: try System.open(target, O_WRONLY | O_CREAT | O_EXCL, mode: isExecutable ? 0o777 : 0o666).get())
    } catch {
      throw Self.failure(path, error)
    }
    do throws(Diagnostic) {
      try body(output)
    } catch {
      output.wait()
      throw error
    }
    let (bytes, digest) = try output.finish()
    if let known, let status = System.status(of: target) {
      // Written just now, so the times would not show another change: the first run hashes it again.
      store.memory.withLock {
        $0.remember(known.text, DigestMemory.Entry(digest: digest, stamp: status.stamp, isSettled: false))
      }
    }
    return (bytes, digest)
  }

  /// Gives the folder its name.
  public func commit() throws(Diagnostic) {
    try store.saveDigests()
    do throws(SystemError) {
      // A folder of that name that came meanwhile must not be replaced; a rename replaces only an empty one.
      guard System.status(of: path, following: false) == nil else { throw SystemError(code: EEXIST) }
      try System.rename(staging, to: path)
      try System.synchronize(folder: parentFolder(of: path))
    } catch {
      throw Self.failure(path, error)
    }
    isOver.withLock { $0 = true }
  }

  /// Forgets what was written.
  public func abandon() {
    let wasOver = isOver.withLock { isOver in exchange(&isOver, with: true) }
    if !wasOver { System.removeTree(staging) }
  }

  static func failure(_ path: String, _ error: SystemError) -> Diagnostic {
    if error.code == EWOULDBLOCK {
      return .error(.busy, "another command is writing '\(path)'", hint: "wait until it is done", exit: .busy)
    }
    return .error(
      .unwritableFolder, "cannot write '\(path)': \(error.reason)", at: SourceLocation(file: path),
      hint: error.isAboutSpace ? "make room, or choose another place" : "choose another place",
      notes: ["nothing was changed"], exit: error.isAboutSpace ? .io : .cannotCreate)
  }
}
