public import JSONText

/// What kind of step a plugin is.
public enum PluginKind: String, Sendable, CaseIterable { case source, analyzer, exporter }

/// A plugin made from its parameters, ready to run.
public enum PluginInstance: Sendable {
  case source(any SourceInstance)
  case analyzer(any AnalyzerInstance)
  case exporter(any ExporterInstance)
}

/// A plugin that a workspace can name: all that the core knows of it, however it is made.
public struct PluginEntry: Sendable {
  /// What it is called and what it is for.
  public let manifest: PluginManifest
  /// What kind of step it is.
  public let kind: PluginKind
  /// Its examples.
  public let examples: [PluginExample]
  /// Its parameters.
  public let parameters: [ParameterDeclaration]
  /// Whether it writes a file or a folder; nil for all but exporters.
  public let exportShape: ExportShape?
  /// The files of the program that it is, the executable first; none for a plugin of this program.
  public let code: [PluginCode]
  /// Makes it from a map of parameters, or says everything that is wrong with them.
  public let make: @Sendable (ConfigNode) -> PluginMaking

  /// An entry for a source written in Swift.
  public init(source type: (some DataSource).Type) {
    self.init(type, kind: .source, shape: nil) { .source($0) }
  }
  /// An entry for an analyzer written in Swift.
  public init(analyzer type: (some Analyzer).Type) {
    self.init(type, kind: .analyzer, shape: nil) { .analyzer($0) }
  }
  /// An entry for an exporter written in Swift.
  public init(exporter type: (some Exporter).Type) {
    self.init(type, kind: .exporter, shape: type.shape) { .exporter($0) }
  }
  /// An entry for a plugin that describes itself as the program runs.
  /// - Parameter make: makes it from its parameters as JSON, of which each is as declared.
  public init(
    _ manifest: PluginManifest, kind: PluginKind, examples: [PluginExample] = [],
    parameters: [ParameterDeclaration], exportShape: ExportShape? = nil, code: [PluginCode],
    make: @escaping @Sendable (JSONValue) -> PluginInstance
  ) {
    self.manifest = manifest
    self.kind = kind
    self.examples = examples
    self.parameters = parameters
    self.exportShape = exportShape
    self.code = code
    self.make = { node in
      var reader = ParameterReader(reading: node)
      for parameter in parameters { reader.declare(parameter) }
      let outcome = reader.finish()
      return PluginMaking(instance: outcome.isSound ? make(outcome.json) : nil, outcome: outcome)
    }
  }
  private init<Made: Plugin>(
    _ type: Made.Type, kind: PluginKind, shape: ExportShape?, wrap: @escaping @Sendable (Made) -> PluginInstance
  ) {
    manifest = type.manifest
    self.kind = kind
    examples = type.examples
    exportShape = shape
    code = []
    var reader = ParameterReader.describing()
    _ = type.init(parameters: &reader)
    parameters = reader.declarations
    make = { node in
      var reader = ParameterReader(reading: node)
      let plugin = Made(parameters: &reader)
      let outcome = reader.finish()
      return PluginMaking(instance: outcome.isSound ? wrap(plugin) : nil, outcome: outcome)
    }
  }
}

/// A file of the program that a plugin is.
public struct PluginCode: Sendable, Hashable {
  /// Its path, as the workspace would write it.
  public var path: InputPath
  /// SHA-256 of its bytes, in lower-case hexadecimal digits.
  public var digest: String
  /// Names a file.
  public init(path: InputPath, digest: String) {
    self.path = path
    self.digest = digest
  }
}

/// What making a plugin from its parameters came to.
public struct PluginMaking: Sendable {
  /// The plugin; nil where its parameters have errors.
  public let instance: PluginInstance?
  /// Its parameters as read, and what is wrong with them.
  public let outcome: ParameterReader.Outcome
}

/// The plugins a program offers, in the order its documentation lists them.
public struct PluginCatalog: Sendable {
  /// The plugins.
  public let entries: [PluginEntry]
  /// Makes a catalog.
  /// - Precondition: no two entries of a kind have the same id.
  public init(_ entries: [PluginEntry]) {
    let names = Set(entries.map { "\($0.kind) \($0.manifest.id)" })
    precondition(names.count == entries.count, "two plugins of a kind have the same id")
    self.entries = entries
  }
  /// The plugins with an id: one of a kind at most, as a source and an exporter may share the name of their format.
  public subscript(id: String) -> [PluginEntry] { entries.filter { $0.manifest.id == id } }
  /// The plugin of a kind with an id.
  public subscript(id: String, kind: PluginKind) -> PluginEntry? { self[id].first { $0.kind == kind } }
  /// The ids of the plugins of a kind, in order.
  public func ids(of kind: PluginKind) -> [String] { entries.filter { $0.kind == kind }.map(\.manifest.id) }
}
