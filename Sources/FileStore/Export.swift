import Crypto
import Glibc
import Synchronization
public import Workbench

extension FileStore {
  /// Starts an export to a path, which is checked; touches nothing before the first file is written.
  public func beginExport(
    to path: String, shape: ExportShape, protecting inputs: [InputPath], allowOutside: Bool
  ) throws(Diagnostic) -> any ExportTransaction {
    Export(self, try exportTarget(path, shape: shape, protecting: inputs, allowOutside: allowOutside))
  }

  /// Says what is wrong with the path of an export; touches nothing.
  public func checkExport(
    to path: String, shape: ExportShape, protecting inputs: [InputPath], allowOutside: Bool
  ) throws(Diagnostic) {
    _ = try exportTarget(path, shape: shape, protecting: inputs, allowOutside: allowOutside)
  }

  /// Whether the files of a finished export are as it left them, by size, inode and time of change.
  public func isUntouched(_ files: [ExportedFile]) -> Bool {
    files.allSatisfy { System.status(of: place(of: $0.path), following: false)?.stamp == $0.stamp }
  }
}

/// An export under way: files collect in a folder beside the target, and go to their places when all are whole.
///
/// A file goes to its place by a rename, and so does a folder that was not there. In a folder that was there, each
/// file is put in place by itself, and files of others stay.
final class Export: ExportTransaction {
  let fileName: String?
  private let store: FileStore
  private let target: ExportTarget
  private let staging: String
  private let progress = Mutex(Progress())

  private struct Progress {
    /// Holds the lock on the staging folder while it is in use.
    var lock: Descriptor?
    /// Folders made on the way, outermost first.
    var made: [String] = []
    /// What was written, by name.
    var files: [String: (bytes: Int, digest: String)] = [:]
    var isOver = false
  }

  init(_ store: FileStore, _ target: ExportTarget) {
    self.store = store
    self.target = target
    fileName = if case .file = target.shape { lastPart(of: target.path) } else { nil }
    staging = "\(parentFolder(of: target.path))/.\(lastPart(of: target.path)).casus-part"
  }
  deinit { abandon() }

  func write(
    _ name: String, _ body: (any OutputFile) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> (bytes: Int, digest: String) {
    let path = try begin(name)
    let output: ExportFile
    do throws(SystemError) {
      output = ExportFile(
        shownName: fileName == nil ? "\(target.text)/\(name)" : target.text,
        file: try System.open(path, O_WRONLY | O_CREAT | O_EXCL).get())
    } catch {
      throw failure(error)
    }
    do throws(Diagnostic) {
      try body(output)
    } catch {
      // What is still being written would hold room on the disk after the export is abandoned.
      output.wait()
      throw error
    }
    let (bytes, digest) = try output.finish()
    progress.withLock { $0.files[name] = (bytes, digest) }
    return (bytes, digest)
  }

  func lend(
    _ name: String, _ body: (OutputPlace) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> (bytes: Int, digest: String) {
    let path = try begin(name)
    let earlier = place(of: name)
    try body(OutputPlace(path: path, earlier: System.status(of: earlier) == nil ? nil : earlier))
    do throws(SystemError) {
      let written = try digest(of: try System.open(path, O_RDONLY | O_NOFOLLOW).get())
      progress.withLock { $0.files[name] = written }
      return written
    } catch {
      throw failure(error)
    }
  }

  /// The place in the staging folder where a file is to be made.
  private func begin(_ name: String) throws(Diagnostic) -> String {
    try checkName(name)
    do throws(SystemError) {
      try prepare()
      let path = "\(staging)/\(name)"
      try System.makeFolder(parentFolder(of: path))
      return path
    } catch {
      throw failure(error)
    }
  }

  private func digest(of file: Descriptor) throws(SystemError) -> (bytes: Int, digest: String) {
    var (hash, bytes) = (SHA256(), 0)
    var buffer = [UInt8](repeating: 0, count: 1 << 19)
    while true {
      let count = try System.read(file, into: &buffer, from: 0)
      hash.update(data: buffer[..<count])
      bytes += count
      if count < buffer.count { return (bytes, hexadecimal(hash.finalize())) }
    }
  }

  private func checkName(_ name: String) throws(Diagnostic) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isSafe = parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0) }
    let isNew = progress.withLock { $0.files[name] == nil && !$0.isOver }
    guard isSafe, isNew, fileName == nil || fileName == name else {
      throw .error(.exportFault, "the exporter may not write a file '\(name)' here", exit: .plugin)
    }
  }

  /// Makes the staging folder before the first file, in place of one that a killed run left.
  private func prepare() throws(SystemError) {
    try progress.withLock { (progress) throws(SystemError) in
      guard progress.lock == nil else { return }
      progress.made = try System.makeFolder(parentFolder(of: staging))
      if case .success(let left) = System.open(staging, O_RDONLY | O_DIRECTORY | O_NOFOLLOW) {
        guard flock(left.number, LOCK_EX | LOCK_NB) == 0 else { throw SystemError(code: EWOULDBLOCK) }
        System.removeTree(staging)
      } else {
        System.remove(staging)
      }
      try System.makeFolder(staging)
      let lock = try System.open(staging, O_RDONLY | O_DIRECTORY).get()
      guard flock(lock.number, LOCK_EX | LOCK_NB) == 0 else { throw SystemError(code: EWOULDBLOCK) }
      progress.lock = lock
    }
  }

  func commit(replacing earlier: [ExportedFile]) throws(Diagnostic) -> [ExportedFile] {
    let files = progress.withLock { $0.files.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) } }
    do throws(SystemError) {
      try prepare()
      try checkPlaces(files.map(\.key))
      for (name, _) in files { try System.synchronize(try System.open("\(staging)/\(name)", O_RDONLY).get()) }
      try place(files.map(\.key))
    } catch {
      throw failure(error)
    }
    let exported = files.map { name, written in
      let path = fileName == nil ? "\(target.path)/\(name)" : target.path
      return ExportedFile(
        path: store.recorded(path), bytes: written.bytes, digest: written.digest,
        stamp: System.status(of: path, following: false)?.stamp ?? "")
    }
    removeEarlier(earlier, keeping: Set(exported.map(\.path)))
    finish()
    return exported
  }

  func abandon() {
    let made = progress.withLock { $0.made }
    finish()
    // Only those that are empty go.
    for folder in made.reversed() { System.remove(folder) }
  }

  private func finish() {
    progress.withLock { progress in
      if progress.lock != nil, !progress.isOver { System.removeTree(staging) }
      progress = Progress(isOver: true)
    }
  }

  /// Where a file goes.
  private func place(of name: String) -> String { fileName == nil ? "\(target.path)/\(name)" : target.path }

  /// Refuses places that cannot be taken before any is: a folder where a file goes, a file or a link where a folder
  /// goes.
  private func checkPlaces(_ names: [String]) throws(SystemError) {
    for name in names {
      if System.status(of: place(of: name), following: false)?.isFolder == true { throw SystemError(code: EISDIR) }
      var folder = parentFolder(of: place(of: name))
      while fileName == nil, folder != target.path, lies(folder, in: target.path) {
        if let status = System.status(of: folder, following: false), !status.isFolder {
          throw SystemError(code: ENOTDIR)
        }
        folder = parentFolder(of: folder)
      }
    }
  }

  private func place(_ names: [String]) throws(SystemError) {
    let parent = parentFolder(of: target.path)
    if fileName == nil, System.status(of: target.path) == nil {
      for folder in folders(of: names, in: staging) { try System.synchronize(folder: folder) }
      try System.rename(staging, to: target.path)
    } else {
      for name in names {
        try System.makeFolder(parentFolder(of: place(of: name)))
        try System.rename("\(staging)/\(name)", to: place(of: name))
      }
      if fileName == nil {
        for folder in folders(of: names, in: target.path) { try System.synchronize(folder: folder) }
      }
    }
    try System.synchronize(folder: parent)
  }

  /// The folders that hold the files of these names, innermost first, and the folder itself last.
  private func folders(of names: [String], in folder: String) -> [String] {
    var all: Set<String> = []
    for name in names {
      var inner = parentFolder(of: "\(folder)/\(name)")
      while inner != folder, all.insert(inner).inserted { inner = parentFolder(of: inner) }
    }
    return all.sorted { $0.utf8.count > $1.utf8.count || $0.utf8.count == $1.utf8.count && $0 < $1 } + [folder]
  }

  /// Removes what an earlier export left here, this one did not write, and nobody touched.
  private func removeEarlier(_ earlier: [ExportedFile], keeping kept: Set<String>) {
    for file in earlier where !kept.contains(file.path) && fileName == nil {
      let path = store.place(of: file.path)
      let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
      // The record of an earlier export is state, and state is not trusted: nothing outside the target is removed.
      guard path != target.path, lies(path, in: target.path),
        !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }),
        System.realPath(parentFolder(of: path)).map({ lies($0, in: target.path) }) ?? false,
        System.status(of: path, following: false)?.stamp == file.stamp
      else { continue }
      System.remove(path)
      var folder = parentFolder(of: path)
      while folder != target.path, System.names(in: folder)?.isEmpty == true {
        System.remove(folder)
        folder = parentFolder(of: folder)
      }
    }
  }

  private func failure(_ error: SystemError) -> Diagnostic {
    if error.code == EWOULDBLOCK {
      return .error(.busy, "another run is writing '\(target.text)'", hint: "wait until it is done", exit: .busy)
    }
    return .error(
      .unwritableExport, "cannot write '\(target.text)': \(error.reason)", at: SourceLocation(file: target.text),
      hint: error.isAboutSpace ? "make room and run again" : "choose another 'to', or mend the folder and run again",
      notes: ["what was there before is untouched"], exit: error.isAboutSpace ? .io : .cannotCreate)
  }
}
