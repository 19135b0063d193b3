import Glibc
public import Workbench

/// An archive on disk, opened for reading at any place.
public final class StoredArchive: PlacedFile {
  /// The file as the user named it.
  public let name: String
  /// How many bytes it has.
  public let bytes: Int
  private let file: Descriptor
  private let stamp: String

  /// Opens a regular file.
  public init(_ path: String) throws(Diagnostic) {
    name = path
    let place = SourceLocation(file: path)
    // Without O_NONBLOCK, opening a pipe would wait for its writer.
    switch System.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY) {
    case .failure(let error):
      let near = System.names(in: parentFolder(of: path)).flatMap { nearestName(to: lastPart(of: path), among: $0) }
      throw .error(
        error.code == ENOENT ? .missingInput : .unreadableInput, "cannot open '\(path)': \(error.reason)", at: place,
        hint: error.code == ENOENT ? near.map { "did you mean '\($0)'?" } : nil, exit: .noInput)
    case .success(let file):
      guard let status = System.status(of: file), status.isRegular else {
        throw .error(.notAFile, "'\(path)' is not a file", at: place, exit: .noInput)
      }
      self.file = file
      bytes = status.bytes
      stamp = status.stamp
    }
  }

  /// The bytes from a place on.
  public func read(at place: Int, count: Int) throws(Diagnostic) -> [UInt8] {
    let found: [UInt8]
    do throws(SystemError) { found = try System.read(file, at: place, count: count) } catch {
      throw .error(
        .unreadableInput, "cannot read on in '\(name)': \(error.reason)", at: SourceLocation(file: name), exit: .io)
    }
    guard found.count == count, System.status(of: file)?.stamp == stamp else {
      throw .error(
        .changedInput, "'\(name)' changed while it was read", at: SourceLocation(file: name),
        hint: "try again when nobody writes to it any more", exit: .noInput)
    }
    return found
  }
}
