import ArgumentParser
import DelimitedText
import Engine
import FileStore
import Foundation
import JSONText
import Snapshots
import Workbench
import WorkspaceFormat

/// The command `casus snapshot restore`.
struct SnapshotRestore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Unpack a snapshot to a new folder, where nothing need be computed again.",
    discussion: """
      The snapshot is verified meanwhile; where anything does not hold, no folder appears. Results are kept as archived, \
      and labelled so, until a run computes them.

      EXAMPLES:
        casus snapshot restore my-study-0a1b2c3d4e5f.zip my-study-again
      """)

  @Argument(help: "A snapshot.") var file: String
  @Argument(help: "A folder that is not there yet.") var folder: String
  @Option(help: "The id that it must have, or its first digits, 12 at least.") var id: String?
  @Option(help: ArgumentHelp("Use this many processors.", valueName: "n")) var jobs: Int?
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("'--jobs' must be at least 1") }
    if let id, id.count < 12 { throw ValidationError("'--id' must have at least 12 digits") }
  }

  func run() async throws {
    let terminal = Terminal(output)
    let interruption = Interruption()
    let (restoration, record) = try await answering(output) { () throws(Diagnostic) in
      let context = outsideContext(jobs: jobs, isCancelled: { interruption.isRequested })
      let restoration = try Restoration(of: StoredArchive(file), to: folder, id: id, in: context)
      let record = try restoration.snapshot.record
      try restoration.folder.commit()
      return (restoration, record)
    }
    let place = restoration.workspaceFile == "workspace.yaml" ? folder : "\(folder)/\(restoration.workspaceFile)"
    let command = "casus run \(argument(place))" + restoration.options(for: record, in: place)
    let withheld = restoration.inputs.filter(\.isWithheld)
    if output.json {
      terminal.answer([
        "type": "restored", "id": .string(restoration.snapshot.id), "folder": .string(folder),
        "workspace": .string(restoration.workspaceFile), "command": .string(command),
        "withheld": .array(
          withheld.map { ["path": .string($0.path), "bytes": .integer($0.bytes), "sha256": .string($0.digest)] }),
      ])
      return
    }
    terminal.answer("\(folder)\n")
    terminal.note("snapshot \(restoration.snapshot.id)\n")
    for input in withheld {
      terminal.note(
        "withheld: \(DiagnosticRenderer.visible(input.path)), known by its SHA-256 \(input.digest.prefix(12))…\n")
    }
    terminal.note("results are as archived, until a run computes them: add --fresh\nnext: \(command)\n")
  }
}

/// A snapshot that was verified, and its files and results in a folder that waits for its name.
struct Restoration {
  let snapshot: Snapshot
  let folder: NewFolder
  let inputs: [SnapshotInput]
  /// The name of the workspace file in the folder.
  var workspaceFile: String { inputs[0].name }

  /// Verifies a snapshot and fills a folder from it, in one pass over its files.
  init(
    of archive: StoredArchive, to path: String, id: String?, in context: RunContext,
    report: (SnapshotProof) -> Void = { _ in }
  ) throws(Diagnostic) {
    var begun: (folder: NewFolder, adoption: Adoption, inputs: [SnapshotInput])?
    snapshot = try Snapshot.verify(archive, id: id, in: context, report: report) {
      (snapshot) throws(Diagnostic) -> Snapshot.Taker in
      let inputs = try snapshot.inputs
      let folder = try NewFolder(path, workspaceFile: inputs[0].name)
      let engine = Engine(store: folder.store, workers: DispatchWorkers(count: 1), version: programVersion)
      let adoption = try Adoption(into: engine, snapshot: snapshot.id, steps: snapshot.steps)
      begun = (folder, adoption, inputs)
      return try Self.taker(of: snapshot, to: folder, adoption, inputs)
    }
    guard let begun else {
      throw .error(.notASnapshot, "the snapshot was not read", exit: .bug)
    }
    (folder, inputs) = (begun.folder, begun.inputs)
    try begun.adoption.finish(
      record: snapshot.recordBytes,
      digests: Dictionary(inputs.map { ($0.path, $0.digest) }, uniquingKeysWith: { first, _ in first }))
  }

  /// What writes the files of the workspace, and keeps the results for its runs.
  private static func taker(
    of snapshot: Snapshot, to folder: NewFolder, _ adoption: Adoption, _ inputs: [SnapshotInput]
  ) throws(Diagnostic) -> Snapshot.Taker {
    let files = Dictionary(inputs.filter { !$0.isWithheld }.map { ("data/\($0.archived)", $0) }) { first, _ in first }
    var tables: [String: (analysis: String, schema: TableSchema)] = [:]
    for analysis in try snapshot.analyses {
      let result = try snapshot.result(of: analysis)
      try adoption.keep(result, of: analysis)
      for schema in (result["tables"]?.elements ?? []).compactMap(TableSchema.init) {
        tables["data/analyses/\(analysis)/\(schema.name).csv"] = (analysis, schema)
      }
    }
    let known = tables
    return { (name, file) throws(Diagnostic) in
      if let input = files[name] {
        _ = try folder.write(
          input.name, knownAs: InputPath(input.path),
          isExecutable: input.role == RunResults.RunFile.Role.plugin.rawValue
        ) { (output) throws(Diagnostic) in
          var buffer = [UInt8](repeating: 0, count: 1 << 20)
          while case let count = try file.read(into: &buffer, from: 0), count > 0 {
            try output.append(count == buffer.count ? buffer : Array(buffer[..<count]))
          }
        }
      } else if let (analysis, schema) = known[name] {
        try adoption.keep(ResultTable(reading: file, schema: schema), of: analysis)
      } else if name == "data/counts/merges.csv" {
        try adoption.keep(merges: file)
      }
    }
  }

  /// The options by which the run was made, for a further command.
  func options(for record: JSONValue, in place: String) -> String {
    let profile = record["workspace"]?["profile"]?.text
    let declared = (try? OpenedWorkspace(place))?.document.read(profile: profile, settings: []).variables ?? []
    let defaults = Dictionary(declared.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    let settings = (record["workspace"]?["vars"]?.members ?? []).filter { defaults[$0.key] != $0.value.text }
    return (profile.map { " --profile \($0)" } ?? "")
      + settings.map { " --set \(argument("\($0.key)=\($0.value.text ?? "")"))" }.joined()
  }
}
