import JSONText
import Workbench

/// The records of earlier runs, in the state of the workspace: one small file for each step key, one for each export.
///
/// Each begins with the SHA-256 of what follows, so that a damaged one is found, told of, and not used.
struct StepRecords: Sendable {
  let store: any WorkspaceStore
  /// The names of records that turned out to be damaged.
  let damaged = Collected<String>()

  /// The record under a key, if there is one and all it names is kept.
  func record(_ kind: StepID.Kind, _ key: StepKey) throws(Diagnostic) -> StepRecord? {
    guard let record = try record(kind, digest: key.digest) else { return nil }
    // A source that came in a snapshot stands by its digest; it is read where a step needs its events.
    if kind == .source, record.snapshot != nil { return record }
    // The events of a set are made again where they are needed; its merges are not.
    let kept = kind == .eventSet ? record.mergesDigest.map { [$0] } ?? [] : Array(record.outputs.values)
    return kept.allSatisfy(store.isKept) ? record : nil
  }
  /// The record under the digest of a key, whether or not what it names is kept.
  func record(_ kind: StepID.Kind, digest: String) throws(Diagnostic) -> StepRecord? {
    guard let json = try read("steps/\(kind.key)/\(digest)"), let record = StepRecord(json), record.key == digest
    else { return nil }
    return record
  }
  /// Keeps a record under its key.
  func keep(_ record: StepRecord, of kind: StepID.Kind) throws(Diagnostic) {
    try write(record.json, "steps/\(kind.key)/\(record.key)")
  }

  /// The warnings of what is expected of a source; nil where that was not checked yet.
  func expectation(_ key: StepKey) throws(Diagnostic) -> [Diagnostic]? {
    guard let json = try read("steps/expectation/\(key.digest)"), json["key"]?.text == key.digest else { return nil }
    return json["warnings"]?.elements.compactMap(Diagnostic.init(recordJSON:))
  }
  /// Keeps that a source's events were checked, with the warnings.
  func keep(_ warnings: [Diagnostic], expectation key: StepKey) throws(Diagnostic) {
    try keep(.array(warnings.map(\.recordJSON)), expectation: key.digest)
  }

  /// The files of a step as they were when its results were archived, each with its digest; nil where none are known.
  func archivedInputs(of step: StepID) throws(Diagnostic) -> JSONValue? {
    try read("archived/\(step.kind.key)/\(step.name)")
  }
  /// Remembers the files of a step whose results came in a snapshot.
  func keep(archivedInputs inputs: JSONValue, of kind: StepID.Kind, _ name: String) throws(Diagnostic) {
    try write(inputs, "archived/\(kind.key)/\(name)")
  }
  /// Keeps what is expected of a source under the digest of its key.
  func keep(_ warnings: JSONValue, expectation digest: String) throws(Diagnostic) {
    try write(["key": .string(digest), "warnings": warnings], "steps/expectation/\(digest)")
  }

  /// What an export wrote last, and under which key.
  func exported(_ export: ExportStep) throws(Diagnostic) -> ExportRecord? {
    try read("exports/\(export.name)").flatMap(ExportRecord.init)
  }
  /// Remembers what an export wrote.
  func keep(_ record: ExportRecord, of export: ExportStep) throws(Diagnostic) {
    try write(record.json, "exports/\(export.name)")
  }

  private func write(_ json: JSONValue, _ name: String) throws(Diagnostic) {
    let text = json.compact
    try store.writeState(Array("\(sha256(text))\n\(text)\n".utf8), name, isDurable: false)
  }
  private func read(_ name: String) throws(Diagnostic) -> JSONValue? {
    guard let bytes = try store.state(name) else { return nil }
    let text = bytes.dropFirst(65).dropLast()
    guard bytes.count > 66, sha256(Array(text)).utf8.elementsEqual(bytes.prefix(64)) else {
      damaged.append(name)
      return nil
    }
    return JSONValue(reading: Array(text))
  }
}

/// What an export wrote, and under which key.
struct ExportRecord: Sendable {
  /// The digest of the export's key.
  var key: String
  /// The parts of the key, so that a later plan can name the one that changed.
  var parts: [String: JSONValue]
  /// The files.
  var files: [ExportedFile]

  init(key: StepKey, files: [ExportedFile]) {
    self.key = key.digest
    parts = key.parts
    self.files = files
  }
  var json: JSONValue {
    ["key": .string(key), "parts": .object(parts), "files": .array(files.map(\.json))]
  }
  /// Reads a record; nil where it is not one.
  init?(_ json: JSONValue) {
    guard let key = json["key"]?.text, case .object(let parts)? = json["parts"],
      case .array(let elements)? = json["files"]
    else { return nil }
    self.key = key
    self.parts = parts
    files = elements.compactMap(ExportedFile.init)
    if files.count != elements.count { return nil }
  }
}

extension ExportedFile {
  fileprivate var json: JSONValue {
    ["path": .string(path), "bytes": .integer(bytes), "digest": .string(digest), "stamp": .string(stamp)]
  }
  fileprivate init?(_ json: JSONValue) {
    guard let path = json["path"]?.text, let bytes = json["bytes"]?.integer, let digest = json["digest"]?.text,
      let stamp = json["stamp"]?.text
    else { return nil }
    self.init(path: path, bytes: bytes, digest: digest, stamp: stamp)
  }
}
