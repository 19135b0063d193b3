public import Workbench

/// A file that is to enter an archive.
public struct ZipEntry: Sendable {
  /// Where its bytes come from.
  ///
  /// Content may be asked for twice: an entry too large to be held that does not compress is read once for its checksum
  /// and once to be written. It must be the same both times.
  public enum Content: Sendable {
    /// Bytes at hand.
    case bytes([UInt8])
    /// A file, taken as it is stored.
    case file(InputPath, bytes: Int)
    /// Pieces that can be made at the same time, each a few megabytes at most.
    case pieces(count: Int, @Sendable (Int) throws(Diagnostic) -> [UInt8])
  }
  /// Its path in the archive: relative, with `/` between its parts, none of them `.` or `..`.
  public var name: String
  /// Where its bytes come from.
  public var content: Content

  /// Makes an entry.
  public init(_ name: String, _ content: Content) {
    self.name = name
    self.content = content
  }
}

/// What an archive holds under a name.
public struct ArchivedFile: Sendable, Hashable {
  /// Its path in the archive.
  public var name: String
  /// Its size, uncompressed.
  public var bytes: Int
  /// SHA-256 of its uncompressed bytes, in lower-case hexadecimal digits.
  public var digest: String
  /// Makes a record of a file.
  public init(name: String, bytes: Int, digest: String) {
    self.name = name
    self.bytes = bytes
    self.digest = digest
  }
}
