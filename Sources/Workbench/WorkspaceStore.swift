/// What is known of an input file without reading it.
public struct FileIdentity: Sendable, Hashable {
  /// The path as the workspace writes it.
  public var path: InputPath
  /// Where the file really is, symbolic links followed; for people, never for records.
  public var realPath: String
  /// Its size in bytes.
  public var bytes: Int
  /// SHA-256 of its bytes in lower-case hexadecimal digits, where it is remembered from an earlier reading and the file
  /// has not been touched since; nil otherwise.
  public var digest: String?
  /// Whether the file has been read here before, in whatever state.
  public var wasRead: Bool
  /// Whether it lies outside the workspace's folder.
  public var isOutside: Bool
  /// Whether it is there; if not, its digest came in an archive from which it was withheld.
  public var isHere: Bool
  /// Makes an identity.
  public init(
    path: InputPath, realPath: String, bytes: Int, digest: String?, wasRead: Bool, isOutside: Bool, isHere: Bool = true
  ) {
    self.path = path
    self.realPath = realPath
    self.bytes = bytes
    self.digest = digest
    self.wasRead = wasRead
    self.isOutside = isOutside
    self.isHere = isHere
  }
}

/// The folder of a workspace as the engine sees it: its input files, its state under `.casus/`, and its exports.
///
/// Every method may be called from any thread.
public protocol WorkspaceStore: InputFiles {
  /// What is known of a file without reading it; throws where it is missing, unreadable or no regular file.
  func identity(of path: InputPath) throws(Diagnostic) -> FileIdentity
  /// SHA-256 of a file's bytes: remembered where the file has not been touched since it was read, else read now.
  ///
  /// After a file was opened and read to its end, its digest is remembered.
  func digest(of path: InputPath) throws(Diagnostic) -> String
  /// SHA-256 of the bytes that were read last, though the file may have been changed since; of a file not read here, as
  /// `digest` gives it.
  func digestAsRead(of path: InputPath) throws(Diagnostic) -> String

  /// A small state file, `runs/0001/run.json`; nil where there is none.
  func state(_ name: String) throws(Diagnostic) -> [UInt8]?
  /// Writes a small state file whole or not at all; `isDurable` survives a loss of power.
  func writeState(_ bytes: [UInt8], _ name: String, isDurable: Bool) throws(Diagnostic)
  /// The names in a folder of the state, in order; none where there is no such folder.
  func stateNames(in folder: String) throws(Diagnostic) -> [String]
  /// Removes a small state file, if it is there.
  func removeState(_ name: String) throws(Diagnostic)

  /// Keeps bytes under their SHA-256 and returns it; writes nothing where they are kept already.
  /// - Parameter give: hands over the bytes piece by piece, the same whenever it is called: once to find their digest,
  ///   and again where they must be written.
  func keep(
    _ give: (_ take: @escaping ([UInt8]) throws(Diagnostic) -> Void) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> String
  /// The bytes with a digest, checked against it; nil where they are not kept, or kept damaged (then they are removed).
  func kept(_ digest: String) throws(Diagnostic) -> [UInt8]?
  /// Whether bytes with a digest are kept, by a look at the folder alone.
  func isKept(_ digest: String) -> Bool

  /// Says what is wrong with the path of an export, as `beginExport` would; touches nothing.
  func checkExport(to path: String, shape: ExportShape, protecting inputs: [InputPath], allowOutside: Bool)
    throws(Diagnostic)
  /// Starts an export to a path, which is checked: beneath the workspace's folder, or anywhere with `allowOutside`, and
  /// never onto the workspace file, a source, `.git` or `.casus`.
  func beginExport(to path: String, shape: ExportShape, protecting inputs: [InputPath], allowOutside: Bool)
    throws(Diagnostic) -> any ExportTransaction
  /// Whether the files of a finished export are as it left them, by size, inode and time of change.
  func isUntouched(_ files: [ExportedFile]) -> Bool
}

extension WorkspaceStore {
  /// Keeps bytes under their SHA-256 and returns it; writes nothing where they are kept already.
  public func keep(_ bytes: [UInt8]) throws(Diagnostic) -> String {
    try keep { (take) throws(Diagnostic) in try take(bytes) }
  }
}

/// A file that an export wrote.
public struct ExportedFile: Sendable, Hashable {
  /// Its path, relative to the workspace's folder where it lies beneath.
  public var path: String
  /// Its size in bytes.
  public var bytes: Int
  /// SHA-256 of its bytes in lower-case hexadecimal digits.
  public var digest: String
  /// Size, inode and times in one text: changes whenever the file is touched.
  public var stamp: String
  /// Makes a record of a file.
  public init(path: String, bytes: Int, digest: String, stamp: String) {
    self.path = path
    self.bytes = bytes
    self.digest = digest
    self.stamp = stamp
  }
}

/// An export under way: files appear when it is committed, all or none.
public protocol ExportTransaction: OutputDirectory {
  /// Puts the files in their places, durably, and removes those of `earlier` that this export did not write again, if
  /// nobody touched them since. Returns the files, by path.
  func commit(replacing earlier: [ExportedFile]) throws(Diagnostic) -> [ExportedFile]
  /// Forgets what was written.
  func abandon()
}
