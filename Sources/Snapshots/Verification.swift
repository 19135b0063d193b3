import Crypto
import JSONText
public import Workbench

/// One thing that a verification has proved of a snapshot.
public struct SnapshotProof: Sendable, Hashable {
  /// What was looked at, in a word.
  public var subject: String
  /// What holds.
  public var statement: String
  /// Makes one.
  public init(_ subject: String, _ statement: String) {
    self.subject = subject
    self.statement = statement
  }
}

extension Snapshot {
  /// Proves all that can be proved of a snapshot without running it again; throws at the first thing that does not hold.
  ///
  /// - Parameter id: the id that it must have, or the first digits of it.
  /// - Parameter report: takes each proof when it is there.
  /// - Parameter taking: makes, of a snapshot whose structure holds, what takes the files: it is given each once, several
  ///   at the same time, and what it reads of one to the end is proved. Nothing is proved of the whole before the end.
  public static func verify(
    _ file: any PlacedFile, id: String? = nil, in context: RunContext, report: (SnapshotProof) -> Void = { _ in },
    taking: (Snapshot) throws(Diagnostic) -> Taker = { _ in { _, _ in } }
  ) throws(Diagnostic) -> Snapshot {
    try proveEnd(of: file, context)
    report(SnapshotProof("file", "\(file.bytes) bytes have the digest that ends the file"))
    let snapshot = try Snapshot(file)
    report(
      SnapshotProof(
        "structure", "\(snapshot.entries.count) entries in canonical form, safe names, nothing between or around them"))
    report(SnapshotProof("bag", "every file is listed, and every listing is there"))
    try snapshot.proveContents(context, try taking(snapshot))
    let bytes = snapshot.entries.reduce(0) { $0 + $1.bytes }
    report(SnapshotProof("digests", "\(snapshot.entries.count) files of \(bytes) bytes have the digests listed"))
    report(SnapshotProof("crate", try snapshot.proveCrate()))
    report(SnapshotProof("package", try snapshot.provePackage()))
    report(SnapshotProof("record", try snapshot.proveRecord()))
    if let id, !(id.utf8.count >= 12 && snapshot.id.hasPrefix(id.lowercased())) {
      throw Diagnostic.error(
        .otherSnapshot, "its id is \(snapshot.id), not '\(id)'", hint: "give all 64 digits of an id, or at least 12"
      ).refusal(of: file)
    }
    report(SnapshotProof("id", snapshot.id + (id == nil ? "" : ", as asked for")))
    return snapshot
  }

  /// Takes a file of a snapshot.
  public typealias Taker = @Sendable (_ name: String, _ file: any InputFile) throws(Diagnostic) -> Void

  /// The last 64 characters are the digest of all before them.
  private static func proveEnd(of file: any PlacedFile, _ context: RunContext) throws(Diagnostic) {
    var hash = SHA256()
    let end = file.bytes - 64
    var place = 0
    while place < end {
      try context.checkCancellation()
      let piece = try file.read(at: place, count: min(end - place, 4 << 20))
      hash.update(data: piece)
      place += piece.count
    }
    let digest = Array(hexadecimal(hash.finalize()).utf8)
    guard end > 0, try file.read(at: end, count: 64) == digest else {
      throw Diagnostic.error(
        .damaged, "it does not end with the digest of its bytes: it was changed or cut short, or it is no snapshot",
        hint: "fetch it again from where you have another copy"
      ).refusal(of: file)
    }
  }

  /// Reads every file to its end, several at the same time.
  private func proveContents(_ context: RunContext, _ take: Taker) throws(Diagnostic) {
    // The largest first, so that none of them is begun when all others are done.
    let order = entries.indices.sorted { (entries[$0].bytes, $1) > (entries[$1].bytes, $0) }
    _ = try context.concurrentMap(order.count) { (index) throws(Diagnostic) -> Bool in
      let file = try open(entries[order[index]])
      try take(entries[order[index]].name, file)
      var buffer = [UInt8](repeating: 0, count: min(entries[order[index]].bytes + 1, 1 << 18))
      while try file.read(into: &buffer, from: 0) == buffer.count { try context.checkCancellation() }
      return true
    }
  }

  /// What the crate says of each file is so, and it speaks of every file of the payload but itself.
  private func proveCrate() throws(Diagnostic) -> String {
    let graph = try json(Payload.crate)["@graph"]?.elements ?? []
    var described: Set<String> = []
    for entity in graph {
      guard let digest = entity["sha256"]?.text, let name = entity["@id"]?.text.flatMap(unescaped) else { continue }
      guard let entry = self[Bag.payload + name], entry.digest == digest,
        entity["contentSize"]?.text == String(entry.bytes), described.insert(name).inserted
      else { throw contradiction("the crate says something else of '\(name)' than the manifest") }
    }
    for (name, _) in payload where name != Payload.crate && !described.contains(name) {
      throw contradiction("the crate does not speak of '\(name)'")
    }
    return "RO-Crate: size and digest of \(described.count) files agree with the manifest"
  }

  /// What the data package says of each table is so, and it speaks of every table.
  private func provePackage() throws(Diagnostic) -> String {
    let resources = try json(Payload.package)["resources"]?.elements ?? []
    var described: Set<String> = []
    for resource in resources {
      let path = resource["path"]?.text ?? ""
      guard let entry = self[Bag.payload + path], resource["hash"]?.text == "sha256:\(entry.digest)",
        resource["bytes"]?.integer == entry.bytes, described.insert(path).inserted
      else { throw contradiction("the data package says something else of '\(path)' than the manifest") }
    }
    for (name, _) in payload where Payload.isTable(name) && !described.contains(name) {
      throw contradiction("the data package does not speak of '\(name)'")
    }
    return "Frictionless data package: size and digest of \(described.count) tables agree with the manifest"
  }

  /// The list of inputs is that of the files archived or withheld, and the run's record speaks of the same.
  private func proveRecord() throws(Diagnostic) -> String {
    let inputs = try inputs
    var described: Set<String> = []
    for input in inputs {
      guard let entry = self[Bag.payload + input.archived], described.insert(input.archived).inserted,
        input.isWithheld || entry.digest == input.digest && entry.bytes == input.bytes
      else { throw contradiction("the list of inputs says something else of '\(input.path)' than the manifest") }
    }
    for (name, _) in payload
    where (name.hasPrefix(Payload.workspace) || name.hasPrefix(Payload.withheld)) && !described.contains(name) {
      throw contradiction("the list of inputs does not speak of '\(name)'")
    }
    let record = try json(Payload.record)
    let digests = Set(inputs.map { "\($0.path) \($0.digest)" })
    for step in (record["sources"]?.elements ?? []) + (record["analyses"]?.elements ?? []) {
      for input in step["inputs"]?.elements ?? [] {
        guard digests.contains("\(input["path"]?.text ?? "") \(input["sha256"]?.text ?? "")") else {
          throw contradiction("the run's record names another '\(input["path"]?.text ?? "")' than the list of inputs")
        }
      }
    }
    guard record["workspace"]?["name"]?.text == folder,
      inputs.first?.isWithheld == false, record["workspace"]?["sha256"]?.text == inputs.first?.digest
    else { throw contradiction("the run's record is that of another workspace") }
    let withheld = inputs.count { $0.isWithheld }
    return "\(inputs.count) inputs are those that the run's record names"
      + (withheld == 0 ? "" : "; \(withheld) of them withheld, known by their digest")
  }

  private func contradiction(_ message: String) -> Diagnostic { .error(.contradiction, message).refusal(of: file) }
}

/// A relative reference (RFC 3986) as the name it stands for; nil where it is garbled.
private func unescaped(_ reference: String) -> String? {
  var bytes: [UInt8] = []
  var rest = reference.utf8[...]
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "%") else {
      bytes.append(byte)
      continue
    }
    guard rest.count >= 2, let code = UInt8(Substring(rest.prefix(2)), radix: 16) else { return nil }
    bytes.append(code)
    rest = rest.dropFirst(2)
  }
  return String(validating: bytes, as: UTF8.self)
}
