import Crypto
import EventModel
import JSONText
import Workbench

/// What a step's result depends on, part by part; equal parts give equal results.
struct StepKey: Sendable {
  /// The version of the form of keys and of what is kept under them.
  static let format = 2
  let parts: [String: JSONValue]
  /// SHA-256 of the parts, in lower-case hexadecimal digits.
  let digest: String

  init(_ parts: [String: JSONValue]) {
    var parts = parts
    parts["format"] = .integer(Self.format * 256 + Int(BinaryEncoder.version))
    self.parts = parts
    digest = sha256(JSONValue.object(parts).compact)
  }
}

/// SHA-256 of a text, in lower-case hexadecimal digits.
func sha256(_ text: String) -> String { sha256(Array(text.utf8)) }

/// SHA-256 of bytes, in lower-case hexadecimal digits.
func sha256(_ bytes: [UInt8]) -> String {
  var hash = SHA256()
  hash.update(data: bytes)
  return hexadecimal(hash)
}
/// SHA-256 of bytes that are handed over piece by piece.
func sha256(_ give: (_ take: @escaping BinaryEncoder.Taker) throws(Diagnostic) -> Void) throws(Diagnostic) -> String {
  var hash = SHA256()
  try give { hash.update(data: $0) }
  return hexadecimal(hash)
}
private func hexadecimal(_ hash: SHA256) -> String {
  hash.finalize().map { byte in
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }.joined()
}

/// What a step came to: the digests of its results, and what later runs need to know without reading them.
struct StepRecord: Sendable {
  /// The digest of the step's key.
  var key: String
  /// The parts of the key, so that a later plan can name the one that changed.
  var parts: [String: JSONValue]
  /// The digest of each result: of each column of events by its name, of each table by its name, and of `findings.json`,
  /// `charts.json` and `schemas.json`.
  var outputs: [String: String]
  /// How many events there are, or rows of the first table.
  var rows: Int
  /// What else there is to know, by kind of step.
  var facts: [String: JSONValue]
  /// What the step warned of.
  var warnings: [Diagnostic]
  /// The snapshot that the results came in; nil where they were computed here.
  var snapshot: String?

  var json: JSONValue {
    var members: [String: JSONValue] = [
      "key": .string(key), "parts": .object(parts), "outputs": .object(outputs.mapValues { .string($0) }),
      "rows": .integer(rows), "facts": .object(facts), "warnings": .array(warnings.map(\.recordJSON)),
    ]
    members["snapshot"] = snapshot.map { .string($0) }
    return .object(members)
  }
  init(
    key: StepKey, outputs: [String: String], rows: Int, facts: [String: JSONValue] = [:], warnings: [Diagnostic]
  ) {
    self.key = key.digest
    parts = key.parts
    self.outputs = outputs
    self.rows = rows
    self.facts = facts
    self.warnings = warnings
  }
  /// Reads a record; nil where it is not one.
  init?(_ json: JSONValue) {
    guard let key = json["key"]?.text, let rows = json["rows"]?.integer, case .object(let parts)? = json["parts"],
      case .object(let outputs)? = json["outputs"], case .object(let facts)? = json["facts"]
    else { return nil }
    self.key = key
    self.rows = rows
    self.parts = parts
    self.facts = facts
    self.outputs = outputs.compactMapValues(\.text)
    warnings = json["warnings"]?.elements.compactMap(Diagnostic.init(recordJSON:)) ?? []
    snapshot = json["snapshot"]?.text
  }
}

extension StepKey {
  /// The digests of the files it counts.
  var files: [String] { parts["file"]?.elements.compactMap(\.text) ?? [] }
}

extension StepRecord {
  /// Whether a source need not read again for these columns.
  ///
  /// Which rows are bad depends on the columns read, and where any were left out, a warning says so: then the record
  /// serves the very same columns only.
  func holds(_ needed: EventColumns) -> Bool {
    warnings.isEmpty ? needed.isSubset(of: columns) : needed.union(.dates) == columns
  }
  /// The columns of an earlier reading of the same files, where it found the same rows, beside those of this one.
  func joining(_ earlier: StepRecord?) -> StepRecord {
    guard let earlier, earlier.key == key, earlier.rows == rows, earlier.warnings.isEmpty, warnings.isEmpty else {
      return self
    }
    var joined = self
    joined.outputs.merge(earlier.outputs) { own, _ in own }
    return joined
  }
  /// The digest of the merges of an event set, if it merges records.
  var mergesDigest: String? { facts["merges"]?["sha256"]?.text }
  /// Which columns of events it holds.
  var columns: EventColumns { EventColumns(EventColumn.allCases.filter { outputs[$0.name] != nil }) }
  /// What a source promises of its events, of which it holds those that were asked for.
  var schema: EventSchema? {
    guard let direction = facts["direction"]?.text.flatMap(DyadDirection.init(rawValue:)),
      let promised = facts["promises"]?.elements.compactMap(\.text)
    else { return nil }
    return EventSchema(
      columns: EventColumns(EventColumn.allCases.filter { promised.contains($0.name) }), direction: direction,
      ontology: facts["ontology"]?.text)
  }
  static func facts(_ schema: EventSchema) -> [String: JSONValue] {
    [
      "direction": .string(schema.direction.rawValue), "ontology": schema.ontology.map { .string($0) } ?? .null,
      "promises": .array(schema.columns.columns.map { .string($0.name) }),
    ]
  }
}

extension Diagnostic {
  /// The diagnostic as records keep it: without a place, which belongs to the file and not to the result.
  var recordJSON: JSONValue {
    [
      "severity": .string(severity.rawValue), "id": .string(id), "message": .string(message),
      "parameter": parameter.map { .string($0) } ?? .null, "hint": hint.map { .string($0) } ?? .null,
      "notes": .array(notes.map { .string($0) }),
    ]
  }
  init?(recordJSON json: JSONValue) {
    guard let severity = json["severity"]?.text.flatMap(Severity.init(rawValue:)), let id = json["id"]?.text,
      let message = json["message"]?.text
    else { return nil }
    self.init(
      severity, DiagnosticKind(id, "", ""), message, parameter: json["parameter"]?.text, hint: json["hint"]?.text,
      notes: json["notes"]?.elements.compactMap(\.text) ?? [])
  }
}
