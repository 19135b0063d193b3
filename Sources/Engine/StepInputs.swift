import JSONText
import Workbench
import WorkspaceFormat

/// The files that the parameters of a step stand for, as they are before a row is read.
struct StepInputs: Sendable {
  /// Each file once, in the order in which they are first read.
  var files: [FileIdentity] = []
  /// The streams, in the order in which they are read.
  var parts: [InputPart] = []
  /// Where the workspace names each of the files.
  var locations: [SourceLocation] = []

  /// Which members of zip files are read and when, as keys count it: the number of the file and the name of the member,
  /// for each stream; nil where no file is a zip file.
  ///
  /// The digests of the files say what the members hold, but not which of them a pattern chose.
  var streams: JSONValue? {
    guard parts.contains(where: { $0.member != nil }) else { return nil }
    let numbers = Dictionary(files.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    return .array(
      parts.map { part in .array([.integer(numbers[part.path] ?? 0), part.member.map { .string($0) } ?? .null]) })
  }
  /// The files as run records have them, each with its digest and with the members read where it is a zip file.
  func json(digests: [JSONValue]) -> JSONValue {
    let members = Dictionary(grouping: parts.filter { $0.member != nil }, by: \.path)
    return .array(
      zip(files, digests).map { file, digest in
        var record: [String: JSONValue] = [
          "path": .string(file.path.text), "bytes": .integer(file.bytes), "sha256": digest,
        ]
        if let members = members[file.path] {
          record["members"] = .array(members.map { .string($0.member ?? "") })
        }
        return .object(record)
      })
  }
}

extension Engine {
  /// Looks up which files the parameters of a step stand for; of files that were withheld from the snapshot that the
  /// workspace came in, those that the snapshot knows.
  func inputs(of plugin: StepPlugin<some Sendable>, _ step: StepID) throws(Diagnostic) -> StepInputs {
    do throws(Diagnostic) {
      return try inputs(of: plugin)
    } catch {
      guard DiagnosticKind.missingFileIDs.contains(error.id), let archived = try records.archivedInputs(of: step),
        let inputs = StepInputs(archived, at: plugin.location)
      else { throw error }
      return inputs
    }
  }

  /// Looks up which files the parameters of a step stand for.
  private func inputs(of plugin: StepPlugin<some Sendable>) throws(Diagnostic) -> StepInputs {
    var inputs = StepInputs()
    var known: Set<InputPath> = []
    var rest = plugin.inputs[...]
    while let first = rest.first {
      // A parameter that takes several paths is looked up as the plugin will: as a whole.
      let group =
        first.isPattern ? rest.prefix(while: { $0.isPattern && $0.parameter == first.parameter }) : rest.prefix(1)
      rest = rest.dropFirst(group.count)
      var parts = [InputPart(first.path)]
      if first.isPattern {
        do throws(Diagnostic) {
          parts = try store.parts(of: InputPaths(group.map(\.path)))
        } catch {
          let named = error.location.flatMap { location in group.first { $0.covers(InputPath(location.file)) } }
          throw error.placed(at: (named ?? first).location)
        }
      }
      for part in parts {
        inputs.parts.append(part)
        guard known.insert(part.path).inserted else { continue }
        let named = group.first { $0.covers(part.path) } ?? first
        do throws(Diagnostic) {
          inputs.files.append(try store.identity(of: part.path))
        } catch {
          throw error.placed(at: named.location)
        }
        inputs.locations.append(named.location)
      }
    }
    return inputs
  }

  /// The digests of a step's files; those that are not remembered are read, until the run is cancelled.
  func digests(of inputs: StepInputs, _ context: RunContext) throws(Diagnostic) -> [String] {
    var digests: [String] = []
    for (file, location) in zip(inputs.files, inputs.locations) {
      if let digest = file.digest {
        digests.append(digest)
        continue
      }
      try context.checkCancellation()
      do throws(Diagnostic) {
        let stored = try store.openStored(file.path)
        var buffer = [UInt8](repeating: 0, count: min(1 << 20, stored.storedBytes + 1))
        while try stored.read(into: &buffer, from: 0) == buffer.count { try context.checkCancellation() }
        digests.append(try store.digestAsRead(of: file.path))
      } catch {
        throw error.exit == .interrupted ? error : error.placed(at: location)
      }
    }
    return digests
  }

  /// Every path that the workspace names and every file that these stand for, which no export may touch.
  func protected(_ checked: CheckedWorkspace, _ preparation: Preparation) -> [InputPath] {
    let written =
      (checked.sources.flatMap(\.plugin.inputs) + checked.analyses.flatMap(\.plugin.inputs)
      + checked.exports.flatMap(\.plugin.inputs)).map(\.path) + checked.code.map(\.path)
    var seen: Set<InputPath> = []
    return
      ((checked.workspace.actors.map { [$0.value] } ?? []) + written
      + checked.steps.flatMap { preparation.inputs[$0]?.files.map(\.path) ?? [] }).filter { seen.insert($0).inserted }
  }

  /// The files named that lie outside the workspace's folder.
  func outside(_ checked: CheckedWorkspace, _ preparation: Preparation) -> [FileIdentity] {
    let actors = checked.workspace.actors.flatMap { try? store.identity(of: $0.value) }
    var seen: Set<InputPath> = []
    return ((actors.map { [$0] } ?? []) + checked.steps.flatMap { preparation.inputs[$0]?.files ?? [] })
      .filter { $0.isOutside && seen.insert($0.path).inserted }
  }
}

extension ParameterReading.Input {
  /// Whether it stands for a file.
  fileprivate func covers(_ file: InputPath) -> Bool {
    path == file || isPattern && PathPattern(path.text).matches(file.text)
  }
}

extension SourceStep {
  /// Refuses a pin of several files.
  func checkPin(of inputs: StepInputs) throws(Diagnostic) {
    guard let pin = entry.pin, inputs.files.count > 1 else { return }
    throw .error(
      .pinOfSeveral, "'pin' needs one file, and source '\(name)' reads \(inputs.files.count)", at: pin.location,
      hint: "take 'pin' out, or zip the files and pin the zip file")
  }
  /// Refuses a file that is not the pinned one.
  func checkPin(_ digests: [String]) throws(Diagnostic) {
    guard let pin = entry.pin, digests.contains(where: { "sha256:\($0)" != pin.value }) else { return }
    throw .error(
      .wrongPin, "the file of source '\(name)' is not the pinned one", at: pin.location,
      hint: "check which release it is; its digest is sha256:\(digests.joined(separator: ", sha256:"))",
      exit: .failed)
  }
  /// Whether its files may be passed on: as the workspace says, else as the plugin does; nil: if they lie in the
  /// workspace's folder.
  var mayRedistribute: Bool? { entry.mayRedistribute ?? (plugin.entry.manifest.mayRedistribute ? nil : false) }
}

extension DiagnosticKind {
  static let pinOfSeveral = DiagnosticKind(
    "run.pin-of-several", "A source that reads several files has a pin.",
    "`pin: sha256:...` is the digest of one file. The record of each run has the digests of all files, and "
      + "`casus plan` says where one changed. A zip file of several members is one file.")
  /// The ids by which a store says that a file is missing.
  static let missingFileIDs = ["input.missing", "input.no-match"]
}
