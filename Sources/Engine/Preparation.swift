import EventModel
import JSONText
import Workbench
import WorkspaceFormat

/// What is known before a row is read: which files are there, what sources promise, and what steps need.
struct Preparation: Sendable {
  /// The table of actors with its digest.
  var actors: (table: ActorTable, digest: String)?
  /// Sources whose file is missing, which the workspace allows, with what is missing.
  var skipped: [String: String] = [:]
  /// The key of each source whose files' digests are known.
  var sourceKeys: [String: StepKey] = [:]
  /// The record of each source whose results are kept.
  var sourceRecords: [String: StepRecord] = [:]
  /// What each source promises.
  var schemas: [String: EventSchema] = [:]
  /// The files each step reads, with what is known of them.
  var inputs: [StepID: StepInputs] = [:]
  /// The digests of the files that the parameters of analyses and exports name.
  var references: [StepID: [String]] = [:]
  /// What steps need.
  var requirements: Requirements
  /// Everything that is wrong, in file order.
  var problems: [Diagnostic]
}

extension Engine {
  /// Looks at files and headers, and works out what each step needs.
  ///
  /// - Parameter hashing: whether to hash a source's file that changed since it was last read, so that its key is known.
  func prepare(
    _ checked: CheckedWorkspace, hashing: Bool, allowOutside: Bool, isCancelled: @escaping @Sendable () -> Bool
  ) async -> Preparation {
    var preparation = Preparation(requirements: Requirements(checked, schemas: [:]), problems: [])
    var problems: [Diagnostic] = []
    let context = context(isCancelled: isCancelled)
    func collecting(_ body: () throws(Diagnostic) -> Void) {
      do throws(Diagnostic) { try body() } catch { problems.append(error) }
    }
    if let actors = checked.workspace.actors {
      do throws(Diagnostic) {
        let table = try ActorTable(reading: actors.value, from: store)
        preparation.actors = (table, try store.digestAsRead(of: actors.value))
      } catch {
        problems.append(error.placed(at: actors.location))
      }
    }
    for source in checked.sources {
      do throws(Diagnostic) {
        try await prepare(source, hashing: hashing, context, &preparation)
      } catch {
        if source.entry.isOptional, DiagnosticKind.missingFileIDs.contains(error.id) {
          preparation.skipped[source.name] = error.message
          problems.append(
            .warning(.skippedSource, "source '\(source.name)' is skipped: \(error.message)", at: error.location))
        } else {
          problems.append(source.plugin.located(error))
        }
      }
    }
    for analysis in checked.analyses {
      collecting { () throws(Diagnostic) in
        try prepare(analysis.plugin, of: StepID(.analysis, analysis.name), context, &preparation)
      }
    }
    for export in checked.exports {
      collecting { () throws(Diagnostic) in
        try prepare(export.plugin, of: StepID(.export, export.name), context, &preparation)
      }
    }
    let inputs = protected(checked, preparation)
    for export in checked.exports {
      collecting { () throws(Diagnostic) in
        do throws(Diagnostic) {
          guard let shape = export.plugin.entry.exportShape else { return }
          try store.checkExport(to: export.to.value, shape: shape, protecting: inputs, allowOutside: allowOutside)
        } catch {
          throw error.placed(at: export.to.location)
        }
      }
    }
    preparation.requirements = Requirements(checked, schemas: preparation.schemas)
    for set in checked.eventSets where set.sources.allSatisfy({ preparation.skipped[$0] != nil }) {
      problems.append(
        .warning(.emptyEventSet, "event set '\(set.name)' is skipped: none of its sources is there", at: set.location))
    }
    preparation.problems = (problems + preparation.requirements.problems).inFileOrder
    return preparation
  }

  private func prepare(
    _ source: SourceStep, hashing: Bool, _ context: RunContext, _ preparation: inout Preparation
  ) async throws(Diagnostic) {
    let inputs = try inputs(of: source.plugin, StepID(.source, source.name))
    preparation.inputs[StepID(.source, source.name)] = inputs
    try source.checkPin(of: inputs)
    if inputs.files.allSatisfy({ $0.digest != nil || hashing && $0.wasRead }) {
      let key = sourceKey(source, inputs, digests: try digests(of: inputs, context))
      preparation.sourceKeys[source.name] = key
      if let record = try records.record(.source, key), let schema = record.schema {
        preparation.sourceRecords[source.name] = record
        preparation.schemas[source.name] = schema
        return
      }
    }
    preparation.schemas[source.name] = try await source.plugin.instance.schema(in: context)
  }

  private func prepare(
    _ plugin: StepPlugin<some Sendable>, of step: StepID, _ context: RunContext, _ preparation: inout Preparation
  ) throws(Diagnostic) {
    let inputs = try inputs(of: plugin, step)
    preparation.inputs[step] = inputs
    preparation.references[step] = try digests(of: inputs, context)
  }
}

extension Diagnostic {
  /// The same problem at a place in the workspace; the place it had becomes a note.
  func placed(at place: SourceLocation) -> Diagnostic {
    var placed = self
    if let location, location.line > 0 { placed.notes.insert("at \(location.file):\(location.line)", at: 0) }
    placed.location = place
    return placed
  }
}
