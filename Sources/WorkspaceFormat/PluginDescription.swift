public import JSONText
public import Workbench

extension PluginEntry {
  /// What a plugin says of itself, as `--json` and archives show it.
  public var json: JSONValue {
    var members: [String: JSONValue] = [
      "id": .string(manifest.id), "kind": .string(kind.rawValue), "name": .string(manifest.name),
      "summary": .string(manifest.summary), "version": .string(manifest.version),
      "behaviour": .integer(manifest.behaviourVersion), "citation": manifest.citation.map { .string($0) } ?? .null,
      "redistribute": .boolean(manifest.mayRedistribute),
      "parameters": parameterSchema(of: self),
      "diagnostics": .array(manifest.diagnostics.map { .string($0.id) }),
    ]
    if !code.isEmpty {
      members["code"] = .array(code.map { ["path": .string($0.path.text), "sha256": .string($0.digest)] })
    }
    return .object(members)
  }
}
