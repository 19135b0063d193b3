import ArgumentParser
import Engine
import FileStore
import Foundation
import JSONText
import Snapshots
import Workbench

/// The command `casus snapshot`.
struct SnapshotCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot",
    abstract: "Archive a run in one file that anyone can verify, restore it, compare two.",
    discussion: """
      A snapshot is a zip file that holds the workspace, its inputs, all results and the record of the run. It needs no \
      program of its own: unzip and sha256sum are enough to read and to check it.

      EXAMPLES:
        casus snapshot create my-study
        casus snapshot verify my-study-0a1b2c3d4e5f.zip --rerun
        casus snapshot restore my-study-0a1b2c3d4e5f.zip my-study-again
        casus snapshot diff old.zip new.zip
      """,
    subcommands: [
      SnapshotCreate.self, SnapshotVerify.self, SnapshotRestore.self, SnapshotList.self, SnapshotShow.self,
      SnapshotDiff.self, SnapshotPrune.self,
    ])
}

/// The command `casus snapshot create`.
struct SnapshotCreate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Do what is left to do, and archive the run.",
    usage: "casus snapshot create [<workspace>] [<options>]",
    discussion: """
      The file is named for the workspace and the first digits of the snapshot's id. Equal runs give equal files.

      EXAMPLES:
        casus snapshot create
        casus snapshot create my-study --to archive/
        casus snapshot create my-study --to study.zip --profile quick
      """)

  @OptionGroup var workspace: WorkspaceOptions
  @Option(
    help: ArgumentHelp("A folder, or a file whose name ends in .zip; else 'snapshots' in the workspace's folder."))
  var to: String?
  @Option(help: ArgumentHelp("Use this many processors; results do not depend on it.", valueName: "n")) var jobs: Int?
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("'--jobs' must be at least 1") }
  }

  func run() async throws {
    let terminal = Terminal(output)
    let opened = try await answering(output) { () throws(Diagnostic) in
      try OpenedWorkspace(workspace.workspace, trusting: workspace.reading.trust)
    }
    let (checked, problems) = await opened.check(profile: workspace.profile, settings: workspace.variableSettings)
    guard let checked else { try Failure.exit(problems, output, renderer: opened.renderer(terminal)) }
    let lock = try await answering(output) { () throws(Diagnostic) in try opened.store.lock() }
    defer { lock.release() }
    let interruption = Interruption()
    let recorder = ProgressRecorder(terminal, json: false, renderer: opened.renderer(terminal))
    let engine = opened.engine(jobs: jobs)
    let outcome = await engine.run(
      checked, options: RunOptions(isCollecting: true), isCancelled: { interruption.isRequested },
      report: { recorder.take($0) })
    recorder.finish()
    try? opened.store.saveDigests()
    guard let results = outcome.results else {
      try Failure.exit(
        problems + outcome.problems + outcome.steps.compactMap(\.error), output, renderer: opened.renderer(terminal),
        outcome: "nothing was archived")
    }
    let target = to ?? (opened.folder == "." ? "snapshots" : "\(opened.folder)/snapshots")
    let isFile = target.hasSuffix(".zip")
    let (folder, name) = isFile ? parts(of: target) : (target, "")
    let context = engine.context(isCancelled: { interruption.isRequested })
    let (identity, written) = try await answering(output) {
      () throws(Diagnostic) -> (SnapshotIdentity, (path: String, bytes: Int)) in
      var written: SnapshotIdentity?
      let file = try PlainFolder(folder).writeWhole(provisional: isFile ? name : results.workspace.name) {
        (file) throws(Diagnostic) in
        let identity = try SnapshotWriter(results).write(into: file, in: context)
        written = identity
        return isFile ? name : identity.fileName(of: results.workspace.name)
      }
      guard let written else { throw .error(.notASnapshot, "nothing was written", exit: .bug) }
      return (written, file)
    }
    if output.json {
      terminal.answer([
        "type": "snapshot", "id": .string(identity.id), "file": .string(written.path), "bytes": .integer(written.bytes),
        "files": .integer(identity.files), "content_bytes": .integer(identity.bytes),
      ])
      return
    }
    terminal.answer("\(written.path)\n")
    terminal.note(
      "snapshot \(identity.id)\n\(grouped(identity.files)) files of \(byteCount(identity.bytes)) in \(byteCount(written.bytes))\n"
    )
    terminal.note("next: casus snapshot verify \(written.path)\n")
  }

  private func parts(of path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
  }
}

/// The command `casus snapshot verify`.
struct SnapshotVerify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Prove that a snapshot is whole, unchanged and consistent; with --rerun also that it can be reproduced.",
    discussion: """
      Each line is a proof. Digests prove that nothing was changed since the snapshot was made, not who made it: compare \
      the id with the one that its author published.

      EXAMPLES:
        casus snapshot verify my-study-0a1b2c3d4e5f.zip
        casus snapshot verify my-study-0a1b2c3d4e5f.zip --id 0a1b2c3d4e5f
        casus snapshot verify my-study-0a1b2c3d4e5f.zip --rerun
      """)

  @Argument(help: "A snapshot.") var file: String
  @Option(help: "The id that it must have, or its first digits, 12 at least.") var id: String?
  @Flag(help: "Run it again in a temporary folder, and compare every digest.") var rerun = false
  @Option(help: ArgumentHelp("Use this many processors.", valueName: "n")) var jobs: Int?
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("'--jobs' must be at least 1") }
    if let id, id.count < 12 { throw ValidationError("'--id' must have at least 12 digits") }
  }

  func run() async throws {
    let terminal = Terminal(output)
    var proofs: [SnapshotProof] = []
    var snapshot = ""
    var reproduction: Reproduction?
    do throws(Diagnostic) {
      let report: (SnapshotProof) -> Void = { proof in
        proofs.append(proof)
        guard !output.json, !terminal.isQuiet else { return }
        terminal.answer("\(terminal.bold(proof.subject.padded(to: 10))) \(proof.statement)\n")
      }
      let context = outsideContext(jobs: jobs)
      let archive = try StoredArchive(file)
      if rerun {
        let reproduced = try await Reproduction(of: archive, id: id, in: context, jobs: jobs, report: report)
        snapshot = reproduced.snapshot
        reproduction = reproduced
      } else {
        snapshot = try Snapshot.verify(archive, id: id, in: context, report: report).id
      }
    } catch {
      var problem = error
      // The answer is no; a file that cannot be read at all is something else.
      if problem.id.hasPrefix("snapshot.") { problem.exit = .failed }
      try Failure.exit([problem], output)
    }
    if let reproduction, !output.json { reproduction.write(terminal) }
    if output.json {
      terminal.answer([
        "type": "verified", "id": .string(snapshot),
        "proofs": .array(
          proofs.map { ["subject": .string($0.subject), "statement": .string($0.statement)] }),
        "reproduction": reproduction?.json ?? .null,
      ])
    }
    if let reproduction, !reproduction.isComplete { throw ExitCode(1) }
    if !rerun, !output.json { terminal.note("next: casus snapshot verify \(file) --rerun\n") }
  }
}

/// A context for work on snapshots, which belong to no workspace.
func outsideContext(jobs: Int?, isCancelled: @escaping @Sendable () -> Bool = { false }) -> RunContext {
  let processors = ProcessInfo.processInfo.activeProcessorCount
  let engine = Engine(
    store: FileStore(folder: ".", workspaceFile: ""), workers: DispatchWorkers(count: jobs ?? processors),
    version: programVersion)
  return engine.context(isCancelled: isCancelled)
}

extension String {
  /// The text with blanks after it, up to a width.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
