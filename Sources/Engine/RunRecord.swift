import EventModel
import JSONText
import Workbench
import WorkspaceFormat

extension Engine {
  /// What a run did and what it came to, without clock, host, number or exports: the content of `run.json`.
  func runRecord(
    _ checked: CheckedWorkspace, _ preparation: Preparation, records: [StepID: StepRecord],
    failed: [StepID: StepSummary], scope: [StepID]
  ) -> JSONValue {
    func state(_ step: StepID, _ members: [String: JSONValue]) -> JSONValue {
      var members = members
      members["name"] = .string(step.name)
      if let summary = failed[step] {
        members["state"] = .string(summary.state.rawValue)
        members["reason"] = .string(summary.detail)
        members["error"] = summary.error?.recordJSON
      } else if let record = records[step] {
        members["key"] = .string(record.key)
        members["warnings"] = .array(record.warnings.map(\.recordJSON))
      }
      return .object(members)
    }
    let sources = checked.sources.filter { scope.contains(StepID(.source, $0.name)) }.map { source in
      let step = StepID(.source, source.name)
      var members = plugin(source.plugin)
      let digests = records[step]?.parts["file"]?.elements ?? []
      members["inputs"] = (preparation.inputs[step] ?? StepInputs()).json(digests: digests)
      members["citation"] = source.citation.map { .string($0) } ?? .null
      if let cite = source.entry.cite {
        members["release"] = cite.release.map { .string($0) } ?? .null
        members["accessed"] = cite.accessed.map { $0.json } ?? .null
      }
      members["redistribute"] = .boolean(mayRedistribute(source, preparation))
      if let record = records[step] {
        members["events"] = .integer(record.rows)
        // Columns that earlier runs asked for are no part of this one.
        let needed = (preparation.requirements.ofSource[source.name] ?? []).union(.dates).columns.map(\.name)
        members["columns"] = .object(record.outputs.filter { needed.contains($0.key) }.mapValues { .string($0) })
        members["direction"] = record.facts["direction"]
        members["ontology"] = record.facts["ontology"]
      }
      return state(step, members)
    }
    let sets = checked.eventSets.filter { scope.contains(StepID(.eventSet, $0.name)) }.map { set in
      let step = StepID(.eventSet, set.name)
      var members: [String: JSONValue] = [
        "sources": .array(set.sources.map { .string($0) }), "filter": set.filter?.identity ?? .null,
        "group_actors": .boolean(set.groupActors), "deduplicate": set.deduplicate.json,
      ]
      if let record = records[step] {
        members["events"] = .integer(record.rows)
        members["columns"] = .object(record.outputs.mapValues { .string($0) })
        members["coverage"] = record.facts["coverage"]
        members["counts"] = record.facts["counts"]
        members["merges"] = record.facts["merges"]
      }
      return state(step, members)
    }
    let analyses = checked.workspace.analyses.entries.compactMap { entry -> JSONValue? in
      guard let analysis = checked.analysis(entry.name), scope.contains(StepID(.analysis, entry.name)) else {
        return nil
      }
      let step = StepID(.analysis, analysis.name)
      var members = plugin(analysis.plugin)
      members["from"] = .array(((analysis.eventSet.map { [$0] } ?? []) + analysis.analyses).map { .string($0) })
      members["where"] = analysis.filter?.identity ?? .null
      let digests = (preparation.references[step] ?? []).map { JSONValue.string($0) }
      members["inputs"] = (preparation.inputs[step] ?? StepInputs()).json(digests: digests)
      if let record = records[step] {
        members["results"] = .object(record.outputs.mapValues { .string($0) })
        members["rows"] = record.facts["rows"]
        members["findings"] = record.facts["findings"]
      }
      return state(step, members)
    }
    let workspace = checked.workspace
    return [
      "casus": .string(version), "record": 1,
      "workspace": [
        "name": .string(workspace.description.name), "title": workspace.description.title.map { .string($0) } ?? .null,
        "license": workspace.description.license.map { .string($0) } ?? .null, "seed": .integer(workspace.seed),
        "profile": checked.profile.map { .string($0) } ?? .null,
        "vars": .object(checked.variables.mapValues { .string($0) }),
        "sha256": (try? store.digestAsRead(of: InputPath(checked.file))).map { .string($0) } ?? .null,
        "actors": preparation.actors.map { .string($0.digest) } ?? .null,
      ],
      "sources": .array(sources), "events": .array(sets), "analyses": .array(analyses),
    ]
  }

  private func plugin(_ plugin: StepPlugin<some Sendable>) -> [String: JSONValue] {
    var members: [String: JSONValue] = [
      "plugin": .string(plugin.entry.manifest.id), "version": .string(plugin.entry.manifest.version),
      "behaviour": .integer(plugin.entry.manifest.behaviourVersion), "parameters": plugin.parameters,
    ]
    if !plugin.entry.code.isEmpty {
      members["code"] = .array(
        plugin.entry.code.map { ["path": .string($0.path.text), "sha256": .string($0.digest)] })
    }
    return members
  }

  private func mayRedistribute(_ source: SourceStep, _ preparation: Preparation) -> Bool {
    source.mayRedistribute
      ?? !(preparation.inputs[StepID(.source, source.name)]?.files ?? []).contains(where: \.isOutside)
  }

  /// The files that a run read, workspace file first, each with its name in an archive.
  func files(of checked: CheckedWorkspace, _ preparation: Preparation) throws(Diagnostic) -> [RunResults.RunFile] {
    var files: [RunResults.RunFile] = []
    var names: Set<String> = []
    var known: Set<InputPath> = []
    let store = store
    func add(_ identity: FileIdentity, _ role: RunResults.RunFile.Role, _ may: Bool?) throws(Diagnostic) {
      let path = identity.path
      guard known.insert(path).inserted else { return }
      let parts = path.text.split(separator: "/").filter { $0 != "." }.map(String.init)
      var name = parts.joined(separator: "/")
      if identity.isOutside || path.text.hasPrefix("/") || parts.contains("..") {
        name = "outside/\(parts.last ?? "file")"
      }
      var number = files.count
      while !names.insert(name).inserted {
        name = "outside/\(number)-\(parts.last ?? "file")"
        number += 1
      }
      // A file that was withheld from an archive is not here, and stands by its digest.
      let digest = identity.isHere ? try store.digestAsRead(of: path) : identity.digest ?? ""
      files.append(
        RunResults.RunFile(
          name: name, path: path, digest: digest, bytes: identity.bytes, role: role,
          mayRedistribute: identity.isHere && may ?? !identity.isOutside))
    }
    try add(try store.identity(of: InputPath(checked.file)), .workspace, true)
    if let actors = checked.workspace.actors { try add(try store.identity(of: actors.value), .actors, nil) }
    for source in checked.sources where preparation.skipped[source.name] == nil {
      for file in preparation.inputs[StepID(.source, source.name)]?.files ?? [] {
        try add(file, .source, source.mayRedistribute)
      }
    }
    for analysis in checked.analyses {
      for file in preparation.inputs[StepID(.analysis, analysis.name)]?.files ?? [] {
        try add(file, .reference, nil)
      }
    }
    for file in checked.code { try add(try store.identity(of: file.path), .plugin, nil) }
    return files
  }

  /// What became of the events of each set, as a table.
  func countsTable(_ checked: CheckedWorkspace, records: [StepID: StepRecord]) -> ResultTable {
    var table = ResultTable.Builder(eventSetCounts)
    for set in checked.eventSets {
      table.append(records[StepID(.eventSet, set.name)]?.facts["counts"], of: set.name)
    }
    return table.finish()
  }
}

extension ResultTable.Builder {
  /// Adds the counts of an event set, as its record has them.
  mutating func append(_ counts: JSONValue?, of set: String) {
    for (order, count) in (counts?.elements ?? []).enumerated() {
      append([
        .string(set), .integer(order + 1), count["source"] ?? .null, count["item"] ?? .null, count["count"] ?? .null,
      ])
    }
  }
}

/// What the table of event sets' counts holds.
let eventSetCounts = TableSchema(
  "event-sets", "What became of the events of each set: read, kept, and dropped for which reason.",
  keys: ["event_set", "order"],
  columns: [
    ColumnSchema("event_set", .text, "name of the event set"),
    ColumnSchema("order", .integer, "order in which the set is made"),
    ColumnSchema("source", .text, "source the events came from; empty for the set as a whole"),
    ColumnSchema("item", .text, "what is counted: read, kept, or why events were dropped"),
    ColumnSchema("count", .integer, "how many events; how many names, or mentions of them, where the item says so"),
  ])
