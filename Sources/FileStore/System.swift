import Glibc
import Workbench

/// An open file or folder, closed when nobody holds it any more.
final class Descriptor: Sendable {
  let number: Int32
  init(_ number: Int32) { self.number = number }
  deinit { close(number) }
}

/// Calls of the operating system in the form this target needs: paths in, `errno` out.
enum System {
  /// Opens a path; the number of the error where that fails.
  static func open(_ path: String, _ flags: Int32, mode: mode_t = 0o666) -> Result<Descriptor, SystemError> {
    let number = retrying { unsafe Glibc.open(path, flags | O_CLOEXEC, mode) }
    return number < 0 ? .failure(.last) : .success(Descriptor(number))
  }
  /// What the system says of an open file.
  static func status(of file: Descriptor) -> FileStatus? {
    var status = stat()
    return unsafe fstat(file.number, &status) == 0 ? FileStatus(status) : nil
  }
  /// What the system says of a path; of a symbolic link itself where it is not followed.
  static func status(of path: String, following: Bool = true) -> FileStatus? {
    var status = stat()
    let result = following ? unsafe stat(path, &status) : unsafe lstat(path, &status)
    return result == 0 ? FileStatus(status) : nil
  }
  /// Fills a buffer from `start`; returns how many bytes came, fewer only at the file's end.
  static func read(_ file: Descriptor, into buffer: inout [UInt8], from start: Int) throws(SystemError) -> Int {
    var filled = start
    while filled < buffer.count {
      let from = filled
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        retrying { unsafe Glibc.read(file.number, bytes.baseAddress.map { unsafe $0 + from }, bytes.count - from) }
      }
      if count < 0 { throw .last }
      if count == 0 { break }
      filled += count
    }
    return filled - start
  }
  /// As many bytes from a place of a file on as given, or those up to its end.
  static func read(_ file: Descriptor, at place: Int, count: Int) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let filled = try read(file, at: place, count: count, into: &bytes)
    if filled < count { bytes.removeSubrange(filled...) }
    return bytes
  }
  /// Fills a buffer's beginning from a place of a file on; returns how many bytes came, fewer only at the file's end.
  static func read(
    _ file: Descriptor, at place: Int, count: Int, into buffer: inout [UInt8]
  ) throws(SystemError) -> Int {
    let wanted = min(count, buffer.count)
    var filled = 0
    while filled < wanted {
      let from = filled
      let got = unsafe buffer.withUnsafeMutableBytes { bytes in
        retrying { unsafe pread(file.number, bytes.baseAddress.map { unsafe $0 + from }, wanted - from, place + from) }
      }
      if got < 0 { throw .last }
      if got == 0 { break }
      filled += got
    }
    return filled
  }
  /// A file's bytes, of which there are about as many as said; nil where it cannot be read.
  static func contents(of file: Descriptor, bytes: Int) -> [UInt8]? {
    var isWhole = false
    let contents = unsafe [UInt8](unsafeUninitializedCapacity: bytes + 1) { buffer, filled in
      while filled < buffer.count {
        let from = filled
        let count = retrying {
          unsafe Glibc.read(file.number, buffer.baseAddress.map { unsafe $0 + from }, buffer.count - from)
        }
        guard count > 0 else {
          isWhole = count == 0
          return
        }
        filled += count
      }
    }
    return isWhole ? contents : nil
  }
  /// Writes all bytes; returns how many were written before an error, and the error.
  static func write(_ bytes: [UInt8], to file: Descriptor) -> (written: Int, error: SystemError?) {
    var written = 0
    while written < bytes.count {
      let from = written
      let count = unsafe bytes.withUnsafeBytes { bytes in
        retrying { unsafe Glibc.write(file.number, bytes.baseAddress.map { unsafe $0 + from }, bytes.count - from) }
      }
      if count < 0 { return (written, .last) }
      written += count
    }
    return (written, nil)
  }
  /// Makes what was written to a file, or the names in a folder, survive a loss of power.
  static func synchronize(_ file: Descriptor) throws(SystemError) {
    if retrying({ fsync(file.number) }) != 0 { throw .last }
  }
  /// Makes the names in a folder survive a loss of power.
  static func synchronize(folder: String) throws(SystemError) {
    switch open(folder, O_RDONLY | O_DIRECTORY) {
    case .success(let file): try synchronize(file)
    case .failure(let error): throw error
    }
  }
  /// The path without symbolic links; nil where it does not lead to anything.
  static func realPath(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
  /// The names in a folder, in the order of their bytes; nil where it cannot be read.
  static func names(in folder: String) -> [String]? {
    guard let stream = unsafe opendir(folder) else { return nil }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
  /// Gives a file or folder another name, in place of what has it.
  static func rename(_ from: String, to: String) throws(SystemError) {
    if unsafe Glibc.rename(from, to) != 0 { throw .last }
  }
  /// Removes a file or an empty folder, if it is there.
  static func remove(_ path: String) { unsafe _ = Glibc.remove(path) }
  /// Removes a file, or a folder with all that is in it; follows no symbolic link.
  static func removeTree(_ path: String) {
    if status(of: path, following: false)?.isFolder == true {
      for name in names(in: path) ?? [] { removeTree("\(path)/\(name)") }
    }
    remove(path)
  }
  /// Makes a folder and those above it; returns those that were not there, outermost first.
  @discardableResult
  static func makeFolder(_ path: String) throws(SystemError) -> [String] {
    if let status = status(of: path) {
      if status.isFolder { return [] }
      throw SystemError(code: ENOTDIR)
    }
    var made: [String] = []
    let parent = parentFolder(of: path)
    if parent != path { made = try makeFolder(parent) }
    if unsafe mkdir(path, 0o777) != 0 {
      let error = SystemError.last
      // Another thread may have made it meanwhile.
      if error.code == EEXIST, status(of: path)?.isFolder == true { return made }
      throw error
    }
    return made + [path]
  }
  /// The time by the system's clock, in nanoseconds since 1970.
  static func now() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  /// Does a call again while a signal interrupts it.
  private static func retrying<Value: FixedWidthInteger & SignedInteger>(_ call: () -> Value) -> Value {
    while true {
      let result = call()
      if result != -1 || errno != EINTR { return result }
    }
  }
}

/// An error of the operating system.
struct SystemError: Error, Hashable {
  var code: Int32
  /// That of the last call.
  static var last: SystemError { SystemError(code: errno) }
  /// Whether there is no more room for what was to be written.
  var isAboutSpace: Bool { [ENOSPC, EDQUOT, EFBIG].contains(code) }
  /// What it means, in a few words.
  var reason: String {
    switch code {
    case EACCES, EPERM: "permission denied"
    case EROFS: "the file system is read-only"
    case ENOSPC, EDQUOT: "the disk is full"
    case EFBIG: "files may not grow larger here"
    case ENOENT: "no such file or folder"
    case ENOTDIR: "a part of the path is a file, not a folder"
    case EISDIR: "a folder stands there"
    case ELOOP: "symbolic links lead in a circle"
    case ENAMETOOLONG: "the name is too long"
    case EIO: "the disk reports an error"
    case EMFILE, ENFILE: "too many files are open"
    default: unsafe String(cString: strerror(code))
    }
  }
}

/// What the system says of a file.
struct FileStatus {
  private let status: stat
  init(_ status: stat) { self.status = status }

  var bytes: Int { Int(status.st_size) }
  /// Which file it is, whatever its names.
  var inode: Inode { Inode(device: UInt64(status.st_dev), number: UInt64(status.st_ino)) }
  struct Inode: Hashable {
    var device: UInt64
    var number: UInt64
  }
  var isRegular: Bool { status.st_mode & S_IFMT == S_IFREG }
  var isFolder: Bool { status.st_mode & S_IFMT == S_IFDIR }
  /// What it is, with its article.
  var kindName: String {
    switch status.st_mode & S_IFMT {
    case S_IFREG: "a file"
    case S_IFDIR: "a folder"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    case S_IFCHR, S_IFBLK: "a device"
    default: "something else"
    }
  }
  /// When the content was last changed, in nanoseconds since 1970; any program may set it.
  var modified: Int { status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec }
  /// When anything of it was last changed, in nanoseconds since 1970; only the system sets it.
  var changed: Int { status.st_ctim.tv_sec * 1_000_000_000 + status.st_ctim.tv_nsec }
  /// Size, inode and both times in one text: another one whenever the file was touched.
  var stamp: String { "\(bytes)-\(status.st_ino)-\(modified)-\(changed)" }
}

/// The folder a path lies in; of a relative path of one part `.`.
func parentFolder(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}
/// The last part of a path.
func lastPart(of path: String) -> String {
  path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.utf8.index(after: $0)...]) } ?? path
}
/// Whether a path without symbolic links is a folder's, or lies in it.
func lies(_ path: String, in folder: String) -> Bool {
  path == folder || folder == "/" || path.utf8.starts(with: (folder + "/").utf8)
}
