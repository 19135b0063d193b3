import Compression
import Crypto
import EventModel
import JSONText
import TestSupport
import Workbench

@testable import Snapshots

/// A run that comes to next to nothing, so that its snapshot is small.
func smallRun(withheld: Bool = false) -> (run: RunResults, files: MemoryFiles) {
  let workspace = Array("workspace: 1\nname: small\n".utf8)
  let secret = Array("event_id\n1\n".utf8)
  var files = [
    RunResults.RunFile(
      name: "workspace.yaml", path: InputPath("workspace.yaml"), digest: sha256(workspace), bytes: workspace.count,
      role: .workspace, mayRedistribute: true)
  ]
  if withheld {
    files.append(
      RunResults.RunFile(
        name: "data/secret.csv", path: InputPath("data/secret.csv"), digest: sha256(secret), bytes: secret.count,
        role: .source, mayRedistribute: false))
  }
  let run = RunResults(
    workspace: WorkspaceDescription(name: "small"), eventSets: [], analyses: [], counts: testResults([]).counts,
    record: [
      "casus": "test", "workspace": ["name": "small", "sha256": .string(sha256(workspace))], "sources": [],
      "analyses": [],
    ], files: files, citations: [])
  return (run, MemoryFiles(bytes: ["workspace.yaml": workspace, "data/secret.csv": secret]))
}

/// A run with tables of every type, findings and a withheld file.
func largerRun() -> (run: RunResults, files: MemoryFiles) {
  var (run, files) = smallRun(withheld: true)
  let schema = TableSchema(
    "all-types", "One row for each actor.", keys: ["actor"],
    columns: [
      ColumnSchema("actor", .text, "the actor"), ColumnSchema("events", .integer, unit: "events", "how many events"),
      ColumnSchema("score", .real, "the mean score"), ColumnSchema("first_day", .date, "the first day"),
      ColumnSchema("is_state", .boolean, "whether it is a state"),
    ])
  var table = ResultTable.Builder(schema)
  table.append(["TTP, \"the\" one", 3, .number(-0.1), "2021-12-09", false])
  table.append(["Pakistan", .null, .null, .null, .null])
  run.analyses = [
    NamedAnalysis(
      name: "types", plugin: "test",
      result: AnalysisResult(
        tables: [table.finish()],
        findings: [Finding("It held for 9 days.", numbers: ["days": 9], strength: .weak, events: ["e1"])]))
  ]
  return (run, files)
}

/// The snapshot of a run.
func snapshot(
  of run: (run: RunResults, files: MemoryFiles), workers: Int = 2
) throws(Diagnostic) -> (bytes: [UInt8], identity: SnapshotIdentity) {
  let output = MemoryOutput(fileName: "x.zip")
  var identity = SnapshotIdentity(id: "", files: 0, bytes: 0)
  try output.write("x.zip") { (file) throws(Diagnostic) in
    identity = try SnapshotWriter(run.run).write(into: file, in: testContext(files: run.files, workers: workers))
  }
  return (output.files["x.zip"] ?? [], identity)
}

/// What is wrong with a file that claims to be a snapshot; nil where everything is proved.
func fault(in bytes: [UInt8], id: String? = nil) -> Diagnostic? {
  do throws(Diagnostic) {
    _ = try Snapshot.verify(MemoryArchive(bytes), id: id, in: testContext(workers: 1))
    return nil
  } catch {
    return error
  }
}

/// The bytes with the digest that they ought to end with: what a forger would do.
func sealed(_ bytes: [UInt8]) -> [UInt8] {
  let start = bytes.dropLast(64)
  return start + Array(sha256(Array(start)).utf8)
}

/// A snapshot taken apart, to be changed and put together again with every digest and every list as it should be, but
/// for what a test spoils.
struct Forgery {
  /// The files by their names in the bag, without the manifests.
  var files: [(name: String, bytes: [UInt8])] = []
  var folder = "small"
  /// Changes of the text of the manifests.
  var manifest: (String) -> String = { $0 }
  var tagManifest: (String) -> String = { $0 }
  /// Names that no manifest lists.
  var unlisted: Set<String> = []
  /// Changes of what the headers of an entry are made from.
  var record: (inout ZipRecord) -> Void = { _ in }
  /// Changes of the finished headers, by the entry's name.
  var localHeader: (String, inout [UInt8]) -> Void = { _, _ in }
  var centralHeader: (String, inout [UInt8]) -> Void = { _, _ in }
  /// Bytes before the first entry, between the last entry and the directory, and after the end.
  var before: [UInt8] = []
  var between: [UInt8] = []
  var after: [UInt8] = []
  var isSorted = true
  /// Entries whose bytes are stored though they are said to be deflated, so that they are garbled.
  var stored: (String, [UInt8]) -> (stored: [UInt8], isDeflated: Bool, bytes: Int)? = { _, _ in nil }

  init(_ bytes: [UInt8]) throws(Diagnostic) {
    let snapshot = try Snapshot(MemoryArchive(bytes))
    for entry in snapshot.entries where !entry.name.contains("manifest-") {
      files.append((entry.name, try snapshot.open(entry).readAll(limit: 1 << 24, tooLarge: .tooLarge)))
    }
  }

  /// Has the crate say what is so of every other file.
  mutating func mendCrate() {
    guard let place = files.firstIndex(where: { $0.name == "data/ro-crate-metadata.json" }),
      var crate = JSONValue(reading: files[place].bytes), case .object(var members) = crate
    else { return }
    members["@graph"] = .array(
      (crate["@graph"]?.elements ?? []).map { entity in
        guard case .object(var facts) = entity, facts["sha256"] != nil,
          let file = files.first(where: { $0.name == "data/\(entity["@id"]?.text ?? "")" })
        else { return entity }
        facts["contentSize"] = .string(String(file.bytes.count))
        facts["sha256"] = .string(sha256(file.bytes))
        return .object(facts)
      })
    crate = .object(members)
    files[place].bytes = Array(crate.pretty.utf8)
  }

  /// The snapshot put together.
  var archive: [UInt8] {
    var files = files
    func listed(_ names: [(String, [UInt8])]) -> String {
      Bag.manifest(
        names.filter { !unlisted.contains($0.0) }.map { (name: $0.0, digest: sha256($0.1)) }
          .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
    }
    let payload = files.filter { $0.name.hasPrefix("data/") }
    files.append(("manifest-sha256.txt", Array(manifest(listed(payload)).utf8)))
    let tags = files.filter { !$0.name.contains("/") }
    let tagText = tagManifest(listed(tags))
    if !tagText.isEmpty { files.append(("tagmanifest-sha256.txt", Array(tagText.utf8))) }
    if isSorted { files.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } }
    var archive = before
    var directory: [UInt8] = []
    for file in files {
      let packed = stored(file.name, file.bytes)
      let content = packed?.stored ?? file.bytes
      var entry = ZipRecord(
        name: Array("\(folder)/\(file.name)".utf8), isDeflated: packed?.isDeflated ?? false,
        crc: crc32(file.bytes), storedBytes: content.count, bytes: packed?.bytes ?? file.bytes.count,
        offset: archive.count)
      record(&entry)
      var (local, central) = (entry.localHeader, entry.centralHeader)
      localHeader(file.name, &local)
      centralHeader(file.name, &central)
      archive += local + content
      directory += central
    }
    archive += between
    let start = archive.count
    archive += directory
    archive += ZipRecord.end(entries: files.count, listOffset: start, listBytes: directory.count)
    let comment = Array("forged sha256:".utf8)
    archive.append(little: comment.count + 64, bytes: 2)
    archive += comment
    return archive + Array(sha256(archive).utf8) + after
  }
}
