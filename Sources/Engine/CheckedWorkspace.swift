public import JSONText
public import Workbench
public import WorkspaceFormat

/// A workspace whose plugins are made and whose references are known to lead somewhere.
public struct CheckedWorkspace: Sendable {
  /// The workspace as written.
  public let workspace: Workspace
  /// The name of the workspace file.
  public let file: String
  /// The profile chosen, if any.
  public let profile: String?
  /// The variables with their values.
  public let variables: [String: String]
  /// The sources, in workspace order.
  public let sources: [SourceStep]
  /// The event sets, in workspace order.
  public let eventSets: [EventSetStep]
  /// The analyses, each after those it reads, otherwise in workspace order.
  public let analyses: [AnalysisStep]
  /// The exports, in workspace order.
  public let exports: [ExportStep]
}

/// A plugin of a step, made from its parameters.
public struct StepPlugin<Instance: Sendable>: Sendable {
  /// What is known of the plugin.
  public let entry: PluginEntry
  /// The plugin.
  public let instance: Instance
  /// Its parameters with their values, defaults included.
  public let parameters: JSONValue
  /// The same, as the step's key counts them.
  public let identity: JSONValue
  /// The files its parameters name.
  public let inputs: [ParameterReading.Input]
  /// Its parameters as written.
  let node: ConfigNode?
  /// Where the workspace names it.
  public let location: SourceLocation

  /// A problem of the plugin's with its place in the workspace, where the plugin could not know it.
  func located(_ diagnostic: Diagnostic) -> Diagnostic {
    guard diagnostic.location == nil, diagnostic.exit != .interrupted else { return diagnostic }
    var located = diagnostic
    var place = node
    for part in diagnostic.parameter?.split(separator: ".") ?? [] { place = place?[String(part)] ?? place }
    located.location = diagnostic.parameter == nil ? location : place?.location ?? location
    return located
  }
}

/// A source of the run.
public struct SourceStep: Sendable {
  /// Its name.
  public let name: String
  /// What the workspace says of it.
  public let entry: SourceEntry
  /// Its plugin.
  public let plugin: StepPlugin<any SourceInstance>
}

/// An event set of the run.
public struct EventSetStep: Sendable {
  /// Its name.
  public let name: String
  /// The names of its sources, in the order in which they are joined.
  public let sources: [String]
  /// Which events to keep.
  public let filter: EventFilter?
  /// Whether actors give way to their groups.
  public let groupActors: Bool
  /// How events reported more than once are made one.
  public let deduplicate: Deduplication
  /// Where the workspace names it; nil for the set of all sources that it need not name.
  public let location: SourceLocation?
}

/// An analysis of the run.
public struct AnalysisStep: Sendable {
  /// Its name.
  public let name: String
  /// Its plugin.
  public let plugin: StepPlugin<any AnalyzerInstance>
  /// The event set it reads, if any.
  public let eventSet: String?
  /// The analyses it reads, in the order named.
  public let analyses: [String]
  /// Which events to keep of the set.
  public let filter: EventFilter?
}

/// An export of the run.
public struct ExportStep: Sendable {
  /// Its name.
  public let name: String
  /// Its plugin.
  public let plugin: StepPlugin<any ExporterInstance>
  /// The event sets it writes.
  public let eventSets: [String]
  /// The analyses it writes.
  public let analyses: [String]
  /// Where it writes.
  public let to: LocatedValue<String>
}

/// A step of a run: what it is, and its name in the workspace.
public struct StepID: Hashable, Sendable, CustomStringConvertible {
  /// What a step is.
  public enum Kind: String, Sendable, CaseIterable {
    case source
    case eventSet = "event set"
    case analysis
    case export
    /// The name used in file names and records.
    var key: String { self == .eventSet ? "event-set" : rawValue }
  }
  /// What it is.
  public var kind: Kind
  /// Its name in the workspace.
  public var name: String
  /// Names a step.
  public init(_ kind: Kind, _ name: String) {
    self.kind = kind
    self.name = name
  }
  /// The step in words: `source 'coded'`.
  public var description: String { "\(kind.rawValue) '\(name)'" }
}

extension CheckedWorkspace {
  /// The files of the programs that serve as its plugins, each once.
  var code: [PluginCode] {
    var known: Set<PluginCode> = []
    return
      (sources.flatMap(\.plugin.entry.code) + analyses.flatMap(\.plugin.entry.code)
      + exports.flatMap(\.plugin.entry.code)).filter { known.insert($0).inserted }
  }
  /// Every step, sources first, each after those it needs.
  public var steps: [StepID] {
    sources.map { StepID(.source, $0.name) } + eventSets.map { StepID(.eventSet, $0.name) }
      + analyses.map { StepID(.analysis, $0.name) } + exports.map { StepID(.export, $0.name) }
  }
  /// The steps that a step needs at once.
  public func needs(of step: StepID) -> [StepID] {
    switch step.kind {
    case .source: []
    case .eventSet:
      eventSets.first { $0.name == step.name }?.sources.map { StepID(.source, $0) } ?? []
    case .analysis:
      analyses.first { $0.name == step.name }.map {
        ($0.eventSet.map { [StepID(.eventSet, $0)] } ?? []) + $0.analyses.map { StepID(.analysis, $0) }
      } ?? []
    case .export:
      exports.first { $0.name == step.name }.map {
        $0.eventSets.map { StepID(.eventSet, $0) } + $0.analyses.map { StepID(.analysis, $0) }
      } ?? []
    }
  }
  func source(_ name: String) -> SourceStep? { sources.first { $0.name == name } }
  func eventSet(_ name: String) -> EventSetStep? { eventSets.first { $0.name == name } }
  func analysis(_ name: String) -> AnalysisStep? { analyses.first { $0.name == name } }
}
