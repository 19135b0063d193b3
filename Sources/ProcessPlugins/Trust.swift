public import JSONText
public import Workbench

/// Which programs may be started for a workspace.
public struct Trust: Sendable {
  /// A program that was trusted, with what it said of itself then.
  public struct Grant: Sendable, Hashable {
    /// Its files with their digests, the executable first.
    public var code: [PluginCode]
    /// Its description, as it printed it.
    var line: String
  }
  /// The programs trusted in this folder.
  public var grants: [Grant]
  /// Digests of files that are trusted for one command.
  public var digests: Set<String>
  /// Whether all that the workspace names is trusted, because the user is asking for it.
  public var isEverything: Bool

  /// Makes a statement of trust.
  public init(grants: [Grant] = [], digests: Set<String> = [], isEverything: Bool = false) {
    self.grants = grants
    self.digests = digests
    self.isEverything = isEverything
  }
  /// Reads what `json` gives; trusts nothing where it is not that.
  public init(_ json: JSONValue) {
    self.init(
      grants: (json["programs"]?.elements ?? []).compactMap { program in
        let code = (program["code"]?.elements ?? []).compactMap { file -> PluginCode? in
          guard let path = file["path"]?.text, let digest = file["sha256"]?.text else { return nil }
          return PluginCode(path: InputPath(path), digest: digest)
        }
        guard let line = program["description"]?.text, !code.isEmpty else { return nil }
        return Grant(code: code, line: line)
      })
  }
  /// The programs trusted, to be kept.
  public var json: JSONValue {
    let programs = grants.map { grant -> JSONValue in
      let code = grant.code.map { ["path": .string($0.path.text), "sha256": .string($0.digest)] as JSONValue }
      return ["code": .array(code), "description": .string(grant.line)]
    }
    return ["trust": 1, "programs": .array(programs)]
  }

  func allows(_ digest: String) -> Bool { isEverything || digests.contains(digest) }
}
