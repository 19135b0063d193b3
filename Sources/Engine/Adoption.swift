import DelimitedText
import EventModel
public import JSONText
public import Workbench

/// The results of a run that came in a snapshot, on their way into the state of a restored workspace.
///
/// Nothing is believed: each table and each list of findings must have the digest that the record of its step gives. The
/// events of sources do not come along; a source stands by its record until a step needs its events.
public struct Adoption: Sendable {
  /// A step as the snapshot keeps it.
  private struct Step: Sendable {
    var kind: StepID.Kind
    var name: String
    var record: StepRecord
    var json: JSONValue
  }
  private let engine: Engine
  private let steps: [Step]

  /// Prepares the state of a workspace for the steps of a snapshot.
  /// - Parameter snapshot: the snapshot's id, by which results are labelled.
  /// - Parameter steps: the content of `steps.json`.
  public init(into engine: Engine, snapshot: String, steps json: JSONValue) throws(Diagnostic) {
    self.engine = engine
    guard json["format"]?.integer == 1 else {
      throw .error(
        .foreignSteps, "its steps are kept in a form that this version of casus does not read",
        hint: "take a newer version of casus")
    }
    var steps: [Step] = []
    for element in json["steps"]?.elements ?? [] {
      guard let kind = StepID.Kind.allCases.first(where: { $0.key == element["kind"]?.text }), kind != .export,
        let name = element["name"]?.text, var record = element["record"].flatMap(StepRecord.init)
      else { throw .error(.foreignSteps, "its steps are not as snapshots keep them") }
      record.snapshot = snapshot
      steps.append(Step(kind: kind, name: name, record: record, json: element))
    }
    self.steps = steps
  }

  /// Keeps a table of an analysis.
  public func keep(_ table: ResultTable, of analysis: String) throws(Diagnostic) {
    let digest = try engine.store.keep { (take) throws(Diagnostic) in try table.encode(to: take) }
    guard digest == output(table.schema.name, of: analysis) else { throw otherResult(table.schema.name, analysis) }
  }
  /// Keeps what an analysis came to beside its tables' rows: `findings`, `charts`, `tables`.
  public func keep(_ result: JSONValue, of analysis: String) throws(Diagnostic) {
    for (name, key) in [("findings.json", "findings"), ("charts.json", "charts"), ("schemas.json", "tables")] {
      let digest = try engine.store.keep(Array((result[key] ?? .null).compact.utf8))
      guard digest == output(name, of: analysis) else { throw otherResult(name, analysis) }
    }
  }
  /// Keeps the merges of all event sets, which are given as CSV.
  public func keep(merges file: any InputFile) throws(Diagnostic) {
    let merges = try ResultTable(reading: file, schema: mergesSchema)
    guard case .text(let sets)? = merges["event_set"] else { return }
    for step in steps where step.kind == .eventSet && step.record.mergesDigest != nil {
      let rows = (0..<merges.count).filter { sets[$0] == step.name }
      let own = merges.selecting(rows).canonical
      let digest = try engine.store.keep { (take) throws(Diagnostic) in try own.encode(to: take) }
      guard digest == step.record.mergesDigest else { throw otherResult("merges", step.name) }
    }
  }
  /// Keeps the records of the steps whose results are kept, and the record of the run.
  /// - Parameter digests: the digest of each file that the run read, by path.
  public func finish(record: [UInt8], digests: [String: String]) throws(Diagnostic) {
    for step in steps {
      if step.kind == .analysis {
        guard step.record.outputs.values.allSatisfy(engine.store.isKept) else { continue }
      }
      try engine.records.keep(step.record, of: step.kind)
      if let expectation = step.json["expectation"], let key = expectation["key"]?.text {
        try engine.records.keep(expectation["warnings"] ?? [], expectation: key)
      }
      guard var inputs = step.json["inputs"] else { continue }
      inputs = StepInputs.archived(inputs, digests: digests)
      try engine.records.keep(archivedInputs: inputs, of: step.kind, step.name)
    }
    try engine.store.writeState(record, "runs/\(RunHistory.id(1))/run.json", isDurable: false)
  }

  private func output(_ name: String, of analysis: String) -> String? {
    steps.first { $0.kind == .analysis && $0.name == analysis }?.record.outputs[name]
  }
  private func otherResult(_ name: String, _ step: String) -> Diagnostic {
    .error(
      .foreignSteps, "'\(name)' of '\(step)' is not what the record of the run speaks of",
      hint: "the snapshot was put together by hand, or made by another version of casus")
  }
}

extension StepInputs {
  /// Files as they were archived, with the digests that stand for them.
  static func archived(_ inputs: JSONValue, digests: [String: String]) -> JSONValue {
    let files = (inputs["files"]?.elements ?? []).map { file -> JSONValue in
      [
        "path": file["path"] ?? .null, "bytes": file["bytes"] ?? .null,
        "sha256": file["path"]?.text.flatMap { digests[$0] }.map { .string($0) } ?? .null,
      ]
    }
    return ["files": .array(files), "parts": inputs["parts"] ?? []]
  }
  /// Reads what `archived` gives; nil where it is not that.
  init?(_ json: JSONValue, at location: SourceLocation) {
    for file in json["files"]?.elements ?? [] {
      guard let path = file["path"]?.text, let bytes = file["bytes"]?.integer, let digest = file["sha256"]?.text else {
        return nil
      }
      let isOutside = path.hasPrefix("/") || path.split(separator: "/").contains("..")
      files.append(
        FileIdentity(
          path: InputPath(path), realPath: path, bytes: bytes, digest: digest, wasRead: true, isOutside: isOutside,
          isHere: false))
      locations.append(location)
    }
    for part in json["parts"]?.elements ?? [] {
      guard let path = part["path"]?.text else { return nil }
      parts.append(InputPart(InputPath(path), member: part["member"]?.text))
    }
  }
}

extension DiagnosticKind {
  static let foreignSteps = DiagnosticKind(
    "snapshot.foreign-steps", "The steps in a snapshot cannot be taken over.",
    "A restored workspace takes over the results of the snapshot, so that nothing need be computed again. Each result "
      + "must have the digest that the run's record gives for it, in a form that this version knows.")
  /// The kinds that taking over archived results can report.
  static let adoptionKinds = [foreignSteps]
}
