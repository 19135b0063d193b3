/// What kind of step a plugin is.
public enum PluginKind: String, Sendable, CaseIterable { case source, analyzer, exporter }

/// A plugin made from its parameters, ready to run.
public enum PluginInstance: Sendable {
  case source(any DataSource)
  case analyzer(any Analyzer)
  case exporter(any Exporter)
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
  private init<Made: Plugin>(
    _ type: Made.Type, kind: PluginKind, shape: ExportShape?, wrap: @escaping @Sendable (Made) -> PluginInstance
  ) {
    manifest = type.manifest
    self.kind = kind
    examples = type.examples
    exportShape = shape
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
