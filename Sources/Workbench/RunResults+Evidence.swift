public import JSONText

extension RunResults {
  /// A plugin of the run with its parameters, for those who explain what was done.
  public struct UsedPlugin: Sendable {
    /// What it is called and what it is for.
    public var manifest: PluginManifest
    /// Its parameters, with what they mean.
    public var parameters: [ParameterDeclaration]
    /// All that it says of itself, as `casus plugins ID --json` shows it.
    public var description: JSONValue
    /// Makes one.
    public init(manifest: PluginManifest, parameters: [ParameterDeclaration], description: JSONValue) {
      self.manifest = manifest
      self.parameters = parameters
      self.description = description
    }
  }
  /// An event behind a finding, as its file has it.
  public struct Evidence: Sendable, Hashable {
    /// The identifier by which findings name it.
    public var event: String
    /// The source's name in the workspace.
    public var source: String
    /// The record it was read from.
    public var record: RawRecord
    /// Makes one.
    public init(event: String, source: String, record: RawRecord) {
      self.event = event
      self.source = source
      self.record = record
    }
  }
}
