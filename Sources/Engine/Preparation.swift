import EventModel
import JSONText
import Workbench
import WorkspaceFormat

/// What is known before a row is read: which files are there, what sources promise, and what steps need.
struct Preparation: Sendable {
  /// The table of actors with its digest.
  var actors: (table: ActorTable, digest: String)?
  /// Sources whose file is missing, which the workspace allows.
  var skipped: Set<String> = []
  /// The key of each source whose files' digests are known.
  var sourceKeys: [String: StepKey] = [:]
  /// The record of each source whose results are kept.
  var sourceRecords: [String: StepRecord] = [:]
  /// What each source promises.
  var schemas: [String: EventSchema] = [:]
  /// The files each source reads, with what is known of them.
  var inputs: [String: [FileIdentity]] = [:]
  /// What steps need.
  var requirements: Requirements
  /// Everything that is wrong, in file order.
  var problems: [Diagnostic]
}

extension Engine {
  /// Looks at files and headers, and works out what each step needs.
  ///
  /// - Parameter hashing: whether to hash a file that changed since it was last read, so that its key is known.
  /// - Parameter allowOutside: whether exports may write outside the workspace's folder.
  func prepare(_ checked: CheckedWorkspace, hashing: Bool, allowOutside: Bool) async -> Preparation {
    var preparation = Preparation(requirements: Requirements(checked, schemas: [:]), problems: [])
    var problems: [Diagnostic] = []
    if let actors = checked.workspace.actors {
      do throws(Diagnostic) {
        preparation.actors = (try ActorTable(reading: actors.value, from: store), try store.digest(of: actors.value))
      } catch {
        problems.append(error.placed(at: actors.location))
      }
    }
    for source in checked.sources {
      do throws(Diagnostic) {
        try await prepare(source, hashing: hashing, &preparation)
      } catch {
        if source.entry.isOptional, error.id == DiagnosticKind.missingFileID {
          preparation.skipped.insert(source.name)
        } else {
          problems.append(source.plugin.located(error))
        }
      }
    }
    problems += exportProblems(checked, allowOutside: allowOutside)
    preparation.requirements = Requirements(checked, schemas: preparation.schemas)
    preparation.problems = (problems + preparation.requirements.problems).inFileOrder
    return preparation
  }

  /// What is wrong with the places that exports would write to; nothing is touched there.
  private func exportProblems(_ checked: CheckedWorkspace, allowOutside: Bool) -> [Diagnostic] {
    let inputs = checked.inputs
    return checked.exports.compactMap { export in
      guard let shape = export.plugin.entry.exportShape else { return nil }
      do throws(Diagnostic) {
        let transaction = try store.beginExport(
          to: export.to.value, shape: shape, protecting: inputs, allowOutside: allowOutside)
        transaction.abandon()
        return nil
      } catch {
        return error.placed(at: export.to.location)
      }
    }
  }

  private func prepare(
    _ source: SourceStep, hashing: Bool, _ preparation: inout Preparation
  ) async throws(Diagnostic) {
    var identities: [FileIdentity] = []
    var digests: [String] = []
    for input in source.plugin.inputs {
      let identity: FileIdentity
      do throws(Diagnostic) {
        identity = try store.identity(of: input.path)
      } catch {
        throw error.placed(at: input.location)
      }
      identities.append(identity)
      if let digest = identity.digest {
        digests.append(digest)
      } else if hashing, identity.wasRead {
        digests.append(try store.digest(of: input.path))
      }
    }
    preparation.inputs[source.name] = identities
    if digests.count == identities.count {
      let key = sourceKey(source, digests: digests)
      preparation.sourceKeys[source.name] = key
      if let record = try records.record(.source, key), let schema = record.schema {
        preparation.sourceRecords[source.name] = record
        preparation.schemas[source.name] = schema
        return
      }
    }
    let context = context(for: StepID(.source, source.name), seed: 0, isCancelled: { false }, collecting: nil)
    preparation.schemas[source.name] = try await source.plugin.instance.schema(in: context)
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

extension DiagnosticKind {
  /// The id by which a store says that a file is missing.
  static let missingFileID = "input.missing"
}
