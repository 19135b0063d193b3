public import Workbench
public import WorkspaceFormat

extension DiagnosticKind {
  static let unknownPlugin = DiagnosticKind(
    "workspace.unknown-plugin", "A step names a plugin that does not exist.",
    "`casus plugins` lists the plugins. A source takes a source plugin, an analysis an analyzer, an export an exporter."
  )
  static let unknownReference = DiagnosticKind(
    "workspace.unknown-reference", "A step reads from something that does not exist.",
    "`from` names sources in an event set, and event sets and analyses everywhere else.")
  static let cycle = DiagnosticKind(
    "workspace.cycle", "Analyses read each other in a circle.",
    "No order of work satisfies a circle. The notes show the whole of it: take one reference out.")
  static let nameClash = DiagnosticKind(
    "workspace.name-clash", "An analysis has the name of an event set.",
    "`from` names event sets and analyses alike, so a name may stand for one of them only.")
  static let ambiguousEventSet = DiagnosticKind(
    "workspace.ambiguous-event-set", "It is not clear which event set a step reads.",
    "An analysis reads one event set. Where the workspace has several, name it in `from`; to read several at once, make "
      + "an event set of their sources.")
  static let unusedInput = DiagnosticKind(
    "workspace.unused-input", "A step names something that it does not read.",
    "A step gets exactly what it names; what its plugin does not read is a mistake.")
  static let missingTable = DiagnosticKind(
    "workspace.missing-table", "An analysis needs a table that none of its inputs has.",
    "Name in `from` an analysis by the plugin that the message says.")
  static let namedTwice = DiagnosticKind(
    "workspace.named-twice", "A step names an input twice.",
    "`from` is a list of different inputs; events of a source named twice would count twice.")
  static let sharedExport = DiagnosticKind(
    "workspace.shared-export", "Two exports write to the same place.",
    "Each export has a place of its own, and none lies in the folder of another, so that neither replaces the other's "
      + "files.")

  /// The kinds that checking a workspace can report.
  public static let checkerKinds = [
    unknownPlugin, unknownReference, cycle, nameClash, ambiguousEventSet, unusedInput, missingTable,
    namedTwice, sharedExport,
  ]
}

/// Checks a workspace against the plugins: makes them, and follows every reference.
public struct Checker: Sendable {
  private let catalog: PluginCatalog
  private let unknown: Set<String>
  /// Checks against these plugins.
  /// - Parameter unknown: the ids of plugins that could not be asked what they are, which has been said.
  public init(catalog: PluginCatalog, unknown: Set<String> = []) {
    self.catalog = catalog
    self.unknown = unknown
  }

  /// Checks a workspace and says everything that is wrong with it, in file order.
  ///
  /// - Returns: the checked workspace, nil where there are errors.
  public func check(
    _ workspace: Workspace, file: String, profile: String? = nil, variables: [String: String] = [:]
  ) -> (checked: CheckedWorkspace?, problems: [Diagnostic]) {
    var problems: [Diagnostic] = []
    let sources = checkSources(workspace, &problems)
    let eventSets = checkEventSets(workspace, &problems)
    let analyses = checkAnalyses(workspace, eventSets, &problems)
    let exports = checkExports(workspace, eventSets, &problems)
    problems = problems.inFileOrder
    guard !problems.hasErrors else { return (nil, problems) }
    return (
      CheckedWorkspace(
        workspace: workspace, file: file, profile: profile, variables: variables, sources: sources,
        eventSets: eventSets, analyses: analyses, exports: exports), problems
    )
  }

  private func checkSources(_ workspace: Workspace, _ problems: inout [Diagnostic]) -> [SourceStep] {
    workspace.sources.entries.compactMap { item in
      makePlugin(.source, item.value.use, item.value.with, item.location, &problems) { instance in
        if case .source(let source) = instance { source } else { nil }
      }.map { SourceStep(name: item.name, entry: item.value, plugin: $0) }
    }
  }

  private func checkEventSets(_ workspace: Workspace, _ problems: inout [Diagnostic]) -> [EventSetStep] {
    let sources = workspace.sources.entries.map(\.name)
    guard let sets = workspace.eventSets else {
      guard !sources.isEmpty else { return [] }
      return [
        EventSetStep(
          name: "all", sources: sources, filter: nil, groupActors: false, deduplicate: Deduplication(.none),
          location: nil)
      ]
    }
    return sets.entries.map { item in
      checkRepetition(item.value.from, &problems)
      if sources.isEmpty, item.value.from == nil {
        problems.append(
          .error(
            .unknownReference, "event set '\(item.name)' joins sources, but the workspace has none", at: item.location,
            hint: "add a source, or take the event set out"))
      }
      for name in item.value.from?.elements ?? [] where !sources.contains(name.value) {
        problems.append(
          .error(
            .unknownReference, "event set '\(item.name)' reads '\(name.value)', which is no source",
            at: name.location, hint: suggestion(for: name.value, among: sources)))
      }
      return EventSetStep(
        name: item.name, sources: item.value.from?.elements.map(\.value) ?? sources, filter: item.value.filter,
        groupActors: item.value.groupActors, deduplicate: item.value.deduplicate, location: item.location)
    }
  }

  private func checkAnalyses(
    _ workspace: Workspace, _ eventSets: [EventSetStep], _ problems: inout [Diagnostic]
  ) -> [AnalysisStep] {
    let setNames = eventSets.map(\.name)
    let analysisNames = workspace.analyses.entries.map(\.name)
    var steps: [AnalysisStep] = []
    for item in workspace.analyses.entries {
      if setNames.contains(item.name) {
        problems.append(
          .error(
            .nameClash, "'\(item.name)' is the name of an event set already", at: item.location,
            hint: "give the analysis another name"))
      }
      checkRepetition(item.value.from, &problems)
      let named = item.value.from?.elements ?? []
      for name in named where !setNames.contains(name.value) && !analysisNames.contains(name.value) {
        problems.append(
          .error(
            .unknownReference, "analysis '\(item.name)' reads '\(name.value)', which is no event set or analysis",
            at: name.location, hint: suggestion(for: name.value, among: setNames + analysisNames)))
      }
      let plugin = makePlugin(.analyzer, item.value.use, item.value.with, item.location, &problems) { instance in
        if case .analyzer(let analyzer) = instance { analyzer } else { nil }
      }
      guard let plugin else { continue }
      let namedSets = named.filter { setNames.contains($0.value) }
      if plugin.instance.needs.events == nil, item.value.filter != nil {
        problems.append(
          .error(
            .unusedInput, "'\(plugin.entry.manifest.id)' reads no events, so '\(item.name)' has nothing to filter",
            at: item.location, hint: "take 'where' out"))
      }
      let step = AnalysisStep(
        name: item.name, plugin: plugin,
        eventSet: eventSet(for: plugin, named: namedSets, of: item.name, eventSets: setNames, &problems),
        analyses: named.map(\.value).filter { analysisNames.contains($0) && !setNames.contains($0) },
        filter: item.value.filter)
      checkTables(step, workspace, at: item.value.use.location, &problems)
      steps.append(step)
    }
    return inOrder(steps, workspace, &problems)
  }

  /// The event set an analysis reads: the one it names, or the one there is.
  private func eventSet(
    for plugin: StepPlugin<any AnalyzerInstance>, named: [LocatedValue<String>], of name: String, eventSets: [String],
    _ problems: inout [Diagnostic]
  ) -> String? {
    guard plugin.instance.needs.events != nil else {
      if let first = named.first {
        problems.append(
          .error(
            .unusedInput,
            "'\(plugin.entry.manifest.id)' reads no events, but '\(name)' names the event set '\(first.value)'",
            at: first.location, hint: "take it out of 'from'"))
      }
      return nil
    }
    if named.count > 1 {
      problems.append(
        .error(
          .ambiguousEventSet, "analysis '\(name)' names \(named.count) event sets, but reads one",
          at: named[1].location,
          hint: "make one event set of their sources"))
    }
    if let first = named.first { return first.value }
    if eventSets.count == 1 { return eventSets[0] }
    problems.append(
      .error(
        .ambiguousEventSet,
        eventSets.isEmpty
          ? "analysis '\(name)' needs events, but the workspace has no source"
          : "analysis '\(name)' does not say which event set it reads",
        at: plugin.location,
        hint: eventSets.isEmpty ? "add a source" : "add `from:` with one of \(eventSets.joined(separator: ", "))"))
    return nil
  }

  private func checkTables(
    _ step: AnalysisStep, _ workspace: Workspace, at location: SourceLocation, _ problems: inout [Diagnostic]
  ) {
    let plugins = step.analyses.compactMap { workspace.analyses[$0]?.use.value }
    for need in step.plugin.instance.needs.tables where !need.isOptional && !plugins.contains(need.plugin) {
      problems.append(
        .error(
          .missingTable,
          "analysis '\(step.name)' needs table '\(need.table)' of an analysis by '\(need.plugin)'", at: location,
          hint: "name such an analysis in 'from'"))
    }
    let wanted = Set(step.plugin.instance.needs.tables.map(\.plugin))
    for (name, plugin) in zip(step.analyses, plugins) where !wanted.contains(plugin) {
      problems.append(
        .error(
          .unusedInput, "'\(step.plugin.entry.manifest.id)' does not read analyses by '\(plugin)' such as '\(name)'",
          at: location, hint: "take '\(name)' out of 'from'"))
    }
  }

  private func checkExports(
    _ workspace: Workspace, _ eventSets: [EventSetStep], _ problems: inout [Diagnostic]
  ) -> [ExportStep] {
    let setNames = eventSets.map(\.name)
    let analysisNames = workspace.analyses.entries.map(\.name)
    checkPlaces(workspace, &problems)
    return workspace.exports.entries.compactMap { item in
      checkRepetition(item.value.from, &problems)
      for name in item.value.from?.elements ?? []
      where !setNames.contains(name.value) && !analysisNames.contains(name.value) {
        problems.append(
          .error(
            .unknownReference, "export '\(item.name)' writes '\(name.value)', which is no event set or analysis",
            at: name.location, hint: suggestion(for: name.value, among: setNames + analysisNames)))
      }
      let plugin = makePlugin(.exporter, item.value.use, item.value.with, item.location, &problems) { instance in
        if case .exporter(let exporter) = instance { exporter } else { nil }
      }
      guard let plugin else { return nil }
      let named = item.value.from?.elements.map(\.value)
      let namedSets = named?.filter { setNames.contains($0) }
      let writesEvents = !plugin.instance.columns.isEmpty
      if let set = namedSets?.first, !writesEvents {
        problems.append(
          .error(
            .unusedInput,
            "'\(plugin.entry.manifest.id)' writes no events, but export '\(item.name)' names the event set '\(set)'",
            at: item.value.from?.elements.first { $0.value == set }?.location, hint: "take it out of 'from'"))
      }
      return ExportStep(
        name: item.name, plugin: plugin, eventSets: writesEvents ? namedSets ?? setNames : [],
        analyses: named?.filter { analysisNames.contains($0) && !setNames.contains($0) } ?? analysisNames,
        to: item.value.to)
    }
  }

  private func makePlugin<Instance: Sendable>(
    _ kind: PluginKind, _ use: LocatedValue<String>, _ with: OpenMap?, _ location: SourceLocation,
    _ problems: inout [Diagnostic], _ cast: (PluginInstance) -> Instance?
  ) -> StepPlugin<Instance>? {
    // A step without a plugin has been told so already.
    guard !use.value.isEmpty, !unknown.contains(use.value) else { return nil }
    guard let entry = catalog[use.value, kind] else {
      let message =
        catalog[use.value].first.map { "'\(use.value)' is \($0.kind.phrase), but \(kind.phrase) is needed here" }
        ?? "no plugin '\(use.value)'"
      problems.append(
        .error(
          .unknownPlugin, message, at: use.location, hint: suggestion(for: use.value, among: catalog.ids(of: kind))))
      return nil
    }
    let made = entry.make(with?.node ?? .emptyMap(at: location))
    problems += made.outcome.problems
    guard let instance = made.instance.flatMap(cast) else { return nil }
    return StepPlugin(
      entry: entry, instance: instance, parameters: made.outcome.json, identity: made.outcome.identity,
      inputs: made.outcome.inputs, node: with?.node, location: use.location)
  }
}

extension PluginKind {
  /// The kind with its article.
  var phrase: String {
    switch self {
    case .source: "a source"
    case .analyzer: "an analyzer"
    case .exporter: "an exporter"
    }
  }
}
