import Compression
public import JSONText
public import Workbench

/// A snapshot that was opened: its structure, its names and its lists hold; the content of a file is proved when that is
/// read.
///
/// What is accepted has exactly one form: the directory and the end of the zip file are made again from what they say and
/// must be the same bytes, entries follow one another without a gap, names are safe, and what is there is what is listed.
public struct Snapshot: Sendable {
  /// A file in it.
  public struct Entry: Sendable {
    /// Its name, without the folder that holds the whole bag.
    public let name: String
    /// Its size.
    public var bytes: Int { member.bytes }
    /// How many bytes of the archive hold it.
    public var storedBytes: Int { member.storedBytes }
    /// SHA-256 in lower-case hexadecimal digits, as the manifest gives it; the tag manifest's is the snapshot's id.
    public fileprivate(set) var digest: String
    let member: ZipMember
    let record: ZipRecord
  }
  /// The name of the folder that holds the whole, which is the workspace's.
  public let folder: String
  /// SHA-256 of the tag manifest.
  public let id: String
  /// What compressed it.
  public let compressor: String
  /// All files, in the order of their names.
  public let entries: [Entry]
  let file: any PlacedFile
  private let places: [String: Int]

  /// Opens a snapshot.
  public init(_ file: any PlacedFile) throws(Diagnostic) {
    self.file = file
    do throws(Diagnostic) {
      let structure = try ZipStructure(file)
      compressor = structure.compressor
      folder = try Self.folder(of: structure.members)
      let start = folder.utf8.count + 1
      var entries: [Entry] = []
      for (member, record) in zip(structure.members, structure.records) {
        entries.append(Entry(name: String(member.name.dropFirst(start)), digest: "", member: member, record: record))
      }
      places = Dictionary(entries.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { $1 })
      (id, self.entries) = try Self.listed(entries, places, in: file)
    } catch {
      throw error.refusal(of: file)
    }
  }

  /// The one folder in which everything lies.
  private static func folder(of members: [ZipMember]) throws(Diagnostic) -> String {
    let folder = members.first?.name.split(separator: "/", maxSplits: 1).first.map(String.init) ?? ""
    let isName =
      !folder.isEmpty
      && folder.utf8.allSatisfy {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
          || $0 == UInt8(ascii: "-")
      }
    guard isName, members.allSatisfy({ $0.name.utf8.starts(with: "\(folder)/".utf8) }) else {
      throw .error(.notASnapshot, "it does not hold one folder that is named for a workspace")
    }
    return folder
  }

  /// Reads the manifests and compares them with what is there; the id, and the entries with their digests.
  private static func listed(
    _ entries: [Entry], _ places: [String: Int], in file: any PlacedFile
  ) throws(Diagnostic) -> (id: String, entries: [Entry]) {
    func text(_ name: String) throws(Diagnostic) -> [UInt8] {
      guard let place = places[name] else {
        throw .error(
          places[Bag.declarationName] == nil ? .notASnapshot : .openWorld, "it has no '\(name)'")
      }
      return try EntryFile(entries[place], in: file).readAll(limit: listLimit, tooLarge: .tooLarge)
    }
    guard try text(Bag.declarationName).elementsEqual(Bag.declaration.utf8) else {
      throw .error(.notASnapshot, "'\(Bag.declarationName)' is not that of BagIt 1.0")
    }
    let tagBytes = try text(Bag.tagManifestName)
    let tags = try Bag.files(in: tagBytes, name: Bag.tagManifestName)
    guard tags.map(\.name) == Bag.tagNames else {
      throw .error(.openWorld, "'\(Bag.tagManifestName)' does not list \(Bag.tagNames.joined(separator: ", "))")
    }
    for tag in tags where try sha256(text(tag.name)) != tag.digest {
      throw .error(.wrongDigest, "'\(tag.name)' does not have the digest that is given for it")
    }
    let files = try Bag.files(in: try text(Bag.manifestName), name: Bag.manifestName)
    let own = sha256(tagBytes)
    let digests = Dictionary(
      (files + tags + [(Bag.tagManifestName, own)]).map { ($0.0, $0.1) }, uniquingKeysWith: { $1 })
    for file in files {
      guard file.name.hasPrefix(Bag.payload), places[file.name] != nil else {
        throw .error(.openWorld, "'\(file.name)' is listed and not there")
      }
    }
    var listed = entries
    for index in listed.indices {
      guard let digest = digests[listed[index].name] else {
        throw .error(.openWorld, "'\(listed[index].name)' is there and not listed")
      }
      listed[index].digest = digest
    }
    return (own, listed)
  }
  /// How large a list or a record may be: 256 MiB.
  public static let listLimit = 256 << 20

  /// The file of a name.
  public subscript(_ name: String) -> Entry? { places[name].map { entries[$0] } }
  /// The files of the payload, by their names in it.
  public var payload: [(name: String, entry: Entry)] {
    entries.filter { $0.name.hasPrefix(Bag.payload) }.map { (String($0.name.dropFirst(Bag.payload.count)), $0) }
  }

  /// Opens a file; when it has been read to its end, its bytes were the ones the manifest speaks of.
  public func open(_ entry: Entry) throws(Diagnostic) -> any InputFile {
    do throws(Diagnostic) { return try EntryFile(entry, in: file) } catch { throw error.refusal(of: file) }
  }
  /// The whole of a file of the payload.
  public func read(_ name: String, limit: Int = listLimit) throws(Diagnostic) -> [UInt8] {
    guard let entry = self[Bag.payload + name] else {
      throw Diagnostic.error(.contradiction, "it has no '\(Bag.payload)\(name)'").refusal(of: file)
    }
    return try open(entry).readAll(limit: limit, tooLarge: .tooLarge)
  }
  /// A file of the payload that is JSON, in the one form in which snapshots write it.
  public func json(_ name: String) throws(Diagnostic) -> JSONValue {
    let bytes = try read(name)
    let read = JSONValue(reading: bytes)
    // A reader takes 1e+16 for the whole number that it is.
    guard
      let value = [read, read?.withRealLargeNumbers].compactMap({ $0 }).first(where: {
        $0.pretty.utf8.elementsEqual(bytes)
      })
    else {
      throw Diagnostic.error(.contradiction, "'\(name)' is not JSON as snapshots write it").refusal(of: file)
    }
    return value
  }
}

extension Diagnostic {
  /// The same problem as one of the snapshot in a file.
  func refusal(of file: any PlacedFile) -> Diagnostic {
    var refusal = self
    if ["input.damaged-zip", "input.unsupported-zip", "input.bomb"].contains(id) {
      let story = message.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? message
      refusal = .error(.notCanonical, story, notes: notes)
    }
    if refusal.id.hasPrefix("snapshot."), refusal.location == nil {
      refusal.location = SourceLocation(file: file.name)
      refusal.exit = .invalid
    }
    return refusal
  }
}
