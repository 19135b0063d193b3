import EventModel
import JSONText
import Workbench
import WorkspaceFormat

extension Engine {
  func sourceKey(_ source: SourceStep, _ inputs: StepInputs, digests: [String]) -> StepKey {
    var parts: [String: JSONValue] = [
      "kind": "source", "plugin": pluginIdentity(source.plugin), "parameters": source.plugin.identity,
      "file": .array(digests.map { .string($0) }),
    ]
    parts["streams"] = inputs.streams
    return StepKey(parts)
  }

  /// The key of an event set: the columns it is made of, and how.
  func setKey(
    _ set: EventSetStep, _ checked: CheckedWorkspace, _ preparation: Preparation, sources: [String: StepRecord]
  ) -> StepKey {
    let needed = preparation.requirements.ofSet[set.name] ?? []
    var parts: [String: JSONValue] = [
      "kind": "event-set", "columns": .array(needed.columns.map { .string($0.name) }),
      "filter": set.filter?.identity ?? .null, "deduplicate": set.deduplicate.json,
      "behaviour": .integer(EventSetAssembly.behaviour),
    ]
    if let actors = preparation.actors, !needed.isDisjoint(with: .actors) {
      parts["actors"] = .string(actors.digest)
      parts["group_actors"] = .boolean(set.groupActors)
    }
    var inputs: [String: JSONValue] = [:]
    var order: [JSONValue] = []
    for name in set.sources where sources[name] != nil {
      order.append(.string(name))
      guard let record = sources[name], let source = checked.source(name) else { continue }
      let columns = needed.union(.dates).intersection(record.columns)
      inputs[name] = [
        "columns": .object(
          Dictionary(uniqueKeysWithValues: columns.columns.map { ($0.name, .string(record.outputs[$0.name] ?? "")) })),
        "covers": source.entry.covers.map { .string("\($0.from)..\($0.to)") } ?? .null,
        "accessed": source.entry.cite?.accessed?.json ?? .null,
        "direction": record.facts["direction"] ?? .null, "ontology": record.facts["ontology"] ?? .null,
      ]
    }
    parts["sources"] = .object(inputs)
    parts["order"] = .array(order)
    let skipped = set.sources.filter { preparation.skipped[$0] != nil }
    if !skipped.isEmpty { parts["skipped"] = .array(skipped.map { .string($0) }) }
    return StepKey(parts)
  }

  /// The key of an analysis: of its events only the columns that it is given.
  func analysisKey(
    _ analysis: AnalysisStep, _ checked: CheckedWorkspace, _ preparation: Preparation, set: StepRecord?,
    analyses: [String: StepRecord]
  ) -> StepKey {
    var parts: [String: JSONValue] = [
      "kind": "analysis", "plugin": pluginIdentity(analysis.plugin), "parameters": analysis.plugin.identity,
      "seed": .string(String(seed(of: analysis.name, checked), radix: 16)),
      "where": analysis.filter?.identity ?? .null,
    ]
    if let set {
      let columns = (preparation.requirements.ofAnalysis[analysis.name] ?? [])
        .union(analysis.filter?.columns ?? []).union(.dates)
      parts["events"] = .object(
        Dictionary(uniqueKeysWithValues: columns.columns.map { ($0.name, .string(set.outputs[$0.name] ?? "")) }))
      parts["coverage"] = set.facts["coverage"] ?? .null
      if !columns.isDisjoint(with: .actors) {
        parts["actor_kinds"] = set.facts["actor_kinds"] ?? .null
        parts["actor_changes"] = set.facts["actor_changes"]
      }
      parts["direction"] = set.facts["direction"] ?? .null
      parts["ontology"] = set.facts["ontology"] ?? .null
    }
    var inputs: [String: JSONValue] = [:]
    var order: [JSONValue] = []
    for name in analysis.analyses {
      guard let record = analyses[name], let step = checked.analysis(name) else { continue }
      let wanted = analysis.plugin.instance.needs.tables.filter { $0.plugin == step.plugin.entry.manifest.id }
      inputs[name] = .object(
        Dictionary(wanted.map { ($0.table, .string(record.outputs[$0.table] ?? "")) }, uniquingKeysWith: { $1 }))
      order.append(.string(name))
    }
    parts["tables"] = .object(inputs)
    parts["order"] = .array(order)
    parts["file"] = references(of: StepID(.analysis, analysis.name), preparation)
    parts["streams"] = preparation.inputs[StepID(.analysis, analysis.name)]?.streams
    return StepKey(parts)
  }

  /// The key of an export: what it writes, where, and the record of the run.
  func exportKey(
    _ export: ExportStep, _ preparation: Preparation, run: JSONValue, sets: [String: StepRecord]
  ) -> StepKey {
    var events: [String: JSONValue] = [:]
    for name in export.eventSets {
      let columns = sets[name]?.outputs.filter { column, _ in
        export.plugin.instance.columns.union(.dates).columns.contains { $0.name == column }
      }
      events[name] = .object((columns ?? [:]).mapValues { .string($0) })
    }
    return StepKey([
      "kind": "export", "plugin": pluginIdentity(export.plugin), "parameters": export.plugin.identity,
      "to": .string(export.to.value), "run": .string(sha256(run.compact)), "events": .object(events),
      "order": .array((export.eventSets + export.analyses).map { .string($0) }),
      "file": references(of: StepID(.export, export.name), preparation),
      // Part of the run's record; by itself so that a plan can tell that it alone has changed.
      "workspace": run["workspace"]?["sha256"] ?? .null,
    ])
  }

  private func references(of step: StepID, _ preparation: Preparation) -> JSONValue {
    .array((preparation.references[step] ?? []).map { .string($0) })
  }

  private func pluginIdentity(_ plugin: StepPlugin<some Sendable>) -> JSONValue {
    var identity: [String: JSONValue] = [
      "id": .string(plugin.entry.manifest.id), "behaviour": .integer(plugin.entry.manifest.behaviourVersion),
    ]
    if !plugin.entry.code.isEmpty { identity["code"] = .array(plugin.entry.code.map { .string($0.digest) }) }
    return .object(identity)
  }

  /// The seed of a step: from the workspace's seed and the step's name, so that no two steps share their numbers.
  func seed(of step: String, _ checked: CheckedWorkspace) -> UInt64 {
    UInt64(sha256("\(checked.workspace.seed)/\(step)").prefix(16), radix: 16) ?? 0
  }
}

extension EventFilter {
  /// The filter as keys count it.
  var identity: JSONValue {
    [
      "between": between.map { .array($0.value.map(\.json)) } ?? .null,
      "countries": countries.map { $0.value.json } ?? .null,
      "actors": actors.map { $0.value.json } ?? .null,
      "classes": classes.map { $0.value.json } ?? .null,
    ]
  }
}
