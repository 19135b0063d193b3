import DelimitedText
import JSONText
public import Workbench

/// Which snapshot was written, and how much it holds.
public struct SnapshotIdentity: Sendable, Hashable {
  /// SHA-256 of `tagmanifest-sha256.txt`, which stands for all content whatever compressed it.
  public var id: String
  /// How many files the payload has.
  public var files: Int
  /// How many bytes these have, uncompressed.
  public var bytes: Int
  /// The name that a file of this snapshot is given: the workspace's and the first 12 digits of the id.
  public func fileName(of workspace: String) -> String { "\(workspace)-\(id.prefix(12)).zip" }
}

/// Writes a run as a snapshot: one deterministic zip file, which holds one BagIt bag, whose payload is an RO-Crate and a
/// Frictionless data package.
///
/// Equal runs give equal bytes for one version of the compressor, and an equal id whatever compressed them. Everything is
/// written in the order of names, in one go: what the descriptions say of files is known when their turn comes, as the
/// tables stand before them and the digests of the inputs come from the run.
public struct SnapshotWriter: Sendable {
  private let run: RunResults
  private let folder: String

  /// A writer of a run.
  public init(_ run: RunResults) {
    self.run = run
    folder = run.workspace.name
  }

  /// Writes the snapshot; see `ZipWriter` for what is in memory meanwhile.
  public func write(into file: any OutputFile, in context: RunContext) throws(Diagnostic) -> SnapshotIdentity {
    var archive = ZipWriter(to: file, in: context)
    var payload = Payload(run)
    let tags = [(Bag.informationName, Bag.information(run)), (Bag.declarationName, Bag.declaration)]
    var tagFiles = try archive.add(tags.map { ZipEntry("\(folder)/\($0.0)", .bytes(Array($0.1.utf8))) })
    var files = try add(payload.tables, to: &archive)
    payload.describe(files)
    files += try add(payload.rest, to: &archive)
    try check(files)
    let manifest = Bag.manifest(files.map { (name: "\(Bag.payload)\($0.name)", digest: $0.digest) })
    tagFiles += try archive.add([ZipEntry("\(folder)/\(Bag.manifestName)", .bytes(Array(manifest.utf8)))])
    let listed = zip(Bag.tagNames, tagFiles).map { (name: $0, digest: $1.digest) }
    let tagManifest = try archive.add([
      ZipEntry("\(folder)/\(Bag.tagManifestName)", .bytes(Array(Bag.manifest(listed).utf8)))
    ])
    try archive.finish()
    return SnapshotIdentity(
      id: tagManifest[0].digest, files: files.count, bytes: files.reduce(0) { $0 + $1.bytes })
  }

  /// Adds files of the payload, and gives them back under their names in it.
  private func add(_ entries: [ZipEntry], to archive: inout ZipWriter) throws(Diagnostic) -> [ArchivedFile] {
    let start = "\(folder)/\(Bag.payload)"
    let files = try archive.add(entries.map { ZipEntry(start + $0.name, $0.content) })
    return files.map { file in
      var file = file
      file.name.removeFirst(start.count)
      return file
    }
  }

  /// The archive must hold what the run read, not what has become of it since.
  private func check(_ files: [ArchivedFile]) throws(Diagnostic) {
    let digests = Dictionary(files.map { ($0.name, $0.digest) }, uniquingKeysWith: { $1 })
    for file in run.files where file.mayRedistribute {
      guard digests[Payload.place(of: file)] != file.digest else { continue }
      throw .error(
        .otherInput, "'\(file.path.text)' is no longer what the run read", at: SourceLocation(file: file.path.text),
        hint: "run again", exit: .noInput)
    }
  }
}
