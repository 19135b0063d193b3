public import JSONText
public import Workbench

/// A file that the run of a snapshot read.
public struct SnapshotInput: Sendable, Hashable {
  /// The path by which the workspace names it.
  public let path: String
  /// Its path in the workspace's folder when that is restored.
  public let name: String
  /// What it is to the run: `workspace`, `actors`, `source` or `reference`.
  public let role: String
  /// Its size.
  public let bytes: Int
  /// SHA-256 in lower-case hexadecimal digits.
  public let digest: String
  /// Where it lies in the payload, or what stands for it there.
  public let archived: String
  /// Whether it is not in the snapshot, as it may not be passed on.
  public let isWithheld: Bool

  init?(_ json: JSONValue) {
    guard let path = json["path"]?.text, let name = json["name"]?.text, let role = json["role"]?.text,
      let bytes = json["bytes"]?.integer, let digest = json["sha256"]?.text, isDigest(digest),
      let archived = json["archived"]?.text, let isWithheld = json["withheld"]?.boolean,
      archived == (isWithheld ? "\(Payload.withheld)\(name).json" : "\(Payload.workspace)\(name)")
    else { return nil }
    self.path = path
    self.name = name
    self.role = role
    self.bytes = bytes
    self.digest = digest
    self.archived = archived
    self.isWithheld = isWithheld
  }
}

extension Payload {
  /// Whether a file of the payload is a table of results.
  static func isTable(_ name: String) -> Bool {
    (name.hasPrefix(analyses) || name == counts || name == merges) && name.hasSuffix(".csv")
  }
}

extension Snapshot {
  /// The files that the run read, workspace file first.
  public var inputs: [SnapshotInput] {
    get throws(Diagnostic) {
      let listed = try json(Payload.inputs).elements
      let inputs = listed.compactMap(SnapshotInput.init)
      guard inputs.count == listed.count, inputs.first?.role == "workspace" else {
        throw Diagnostic.error(.contradiction, "'\(Payload.inputs)' is not as snapshots write it").refusal(of: file)
      }
      return inputs
    }
  }
  /// The record of the run: the content of `run.json`.
  public var record: JSONValue { get throws(Diagnostic) { try json(Payload.record) } }
  /// What is kept of the steps besides their results.
  public var steps: JSONValue { get throws(Diagnostic) { try json(Payload.steps) } }
  /// The bytes of `run.json`.
  public var recordBytes: [UInt8] { get throws(Diagnostic) { try read(Payload.record) } }

  /// The analyses whose results it holds, in the order of the run's record.
  public var analyses: [String] {
    get throws(Diagnostic) {
      try record["analyses"]?.elements.compactMap { $0["name"]?.text }.filter {
        self[Bag.payload + "\(Payload.analyses)\($0)/\(Payload.resultName)"] != nil
      } ?? []
    }
  }
  /// What an analysis came to beside its tables' rows: `findings`, `charts`, `tables`.
  public func result(of analysis: String) throws(Diagnostic) -> JSONValue {
    try json("\(Payload.analyses)\(analysis)/\(Payload.resultName)")
  }
  /// A table of an analysis, as CSV; nil where it has none of that name.
  public func table(_ table: String, of analysis: String) throws(Diagnostic) -> (any InputFile)? {
    try self[Bag.payload + "\(Payload.analyses)\(analysis)/\(table).csv"].map { (entry) throws(Diagnostic) in
      try open(entry)
    }
  }
  /// The merges of all event sets, as CSV; nil where no set merges records.
  public func merges() throws(Diagnostic) -> (any InputFile)? {
    try self[Bag.payload + Payload.merges].map { (entry) throws(Diagnostic) in try open(entry) }
  }
}
