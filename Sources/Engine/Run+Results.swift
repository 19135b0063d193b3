import EventModel
import JSONText
import Workbench
import WorkspaceFormat

// What a run came to, as exports and archives are given it.
extension Run {
  /// Which records of event sets were merged.
  enum Merges {
    case kept([ResultTable])
    /// Those of a set are damaged or gone.
    case lost(String)
  }
  /// The merges of each event set that merges records, by the names of the sets.
  func merges() throws(Diagnostic) -> Merges {
    var tables: [ResultTable] = []
    for set in checked.eventSets.sorted(by: { $0.name < $1.name }) {
      guard let record = stepRecords[StepID(.eventSet, set.name)], record.mergesDigest != nil else { continue }
      guard let table = try engine.store.merges(record.facts["merges"]) else { return .lost(set.name) }
      tables.append(table)
    }
    return .kept(tables)
  }
  func damagedMerges(of set: String) -> Diagnostic {
    .error(.damagedCache, "the merges of \(set) were damaged while the run used them", hint: "run again", exit: .io)
  }

  /// The results but for those of the analyses.
  func results(_ eventSets: [RunResults.NamedEventSet], _ merges: [ResultTable]) throws(Diagnostic) -> RunResults {
    RunResults(
      workspace: checked.workspace.description, eventSets: eventSets, analyses: [], counts: countsTable,
      merges: merges.isEmpty ? nil : ResultTable.concatenating(merges, schema: mergesSchema), record: runRecord,
      files: try engine.files(of: checked, preparation), citations: checked.citations(without: preparation.skipped),
      plugins: checked.usedPlugins, steps: try archivedSteps())
  }

  /// All results of a run that has come to its end.
  func collected() throws(Diagnostic) -> RunResults {
    let tables: [ResultTable]
    switch try merges() {
    case .kept(let kept): tables = kept
    case .lost(let set): throw damagedMerges(of: set)
    }
    var collected = try results([], tables)
    for entry in checked.workspace.analyses.entries {
      guard let record = stepRecords[StepID(.analysis, entry.name)] else { continue }
      do throws(StepFailure) {
        collected.analyses.append(
          try engine.load(entry.name, results[entry.name].map(AnalysisEvents.inMemory) ?? .kept(record), checked))
      } catch {
        switch error {
        case .problem(let problem): throw problem
        case .lost(let step):
          throw .error(
            .damagedCache, "results of \(step) were damaged while the run used them", hint: "run again", exit: .io)
        }
      }
    }
    return collected
  }

  /// What is kept of the steps besides their results: what a restored workspace needs to compute nothing again.
  ///
  /// Of a source only the columns that this run needed count, so that earlier runs leave no trace.
  func archivedSteps() throws(Diagnostic) -> JSONValue {
    var steps: [JSONValue] = []
    for step in scope where step.kind != .export {
      guard var record = stepRecords[step] else { continue }
      var members: [String: JSONValue] = ["kind": .string(step.kind.key), "name": .string(step.name)]
      if step.kind == .source {
        // As it is kept: without the warnings of what is expected of the source, which have a record of their own.
        record.warnings = try engine.records.record(.source, digest: record.key)?.warnings ?? record.warnings
        let needed = (preparation.requirements.ofSource[step.name] ?? []).union(.dates).columns.map(\.name)
        record.outputs = record.outputs.filter { needed.contains($0.key) }
        if let source = checked.source(step.name) {
          members["expectation"] = try engine.archivedExpectation(of: source, stepRecords[step] ?? record, record)
        }
      }
      if let inputs = preparation.inputs[step], !inputs.files.isEmpty { members["inputs"] = inputs.archived }
      record.snapshot = nil
      members["record"] = record.json
      steps.append(.object(members))
    }
    return ["format": 1, "steps": .array(steps)]
  }
}

extension StepInputs {
  /// The files and streams as archives keep them, so that they are known where a file is withheld.
  var archived: JSONValue {
    [
      "files": .array(files.map { ["path": .string($0.path.text), "bytes": .integer($0.bytes)] }),
      "parts": .array(
        parts.map { ["path": .string($0.path.text), "member": $0.member.map { .string($0) } ?? .null] }),
    ]
  }
}
