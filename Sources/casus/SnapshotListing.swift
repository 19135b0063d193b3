import ArgumentParser
import FileStore
import JSONText
import Snapshots
import Workbench

/// The command `casus snapshot list`.
struct SnapshotList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the snapshots in a folder, the oldest first.",
    discussion: "EXAMPLES:\n  casus snapshot list\n  casus snapshot list my-study/snapshots")

  @Argument(help: "A folder.") var folder = "snapshots"
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let terminal = Terminal(output)
    let found = PlainFolder(folder).snapshots(below: folder)
    if output.json {
      terminal.answer(["type": "snapshots", "snapshots": .array(found.map(\.json))])
      return
    }
    guard !found.isEmpty else {
      terminal.answer("no snapshot in '\(DiagnosticRenderer.visible(folder))'\n")
      terminal.note("next: casus snapshot create\n")
      return
    }
    var table = TextTable(["file", "id", "size", "files", "what"], [.left, .left, .right, .right])
    for item in found {
      table.add([
        item.name, item.snapshot.map { String($0.id.prefix(12)) } ?? "-", byteCount(item.bytes),
        item.snapshot.map { String($0.entries.count) } ?? "-", item.title ?? item.problem?.message ?? "",
      ])
    }
    terminal.answer(table.text(width: terminal.width, bold: terminal.bold))
    terminal.note("next: casus snapshot verify \(folder)/\(found[found.count - 1].name)\n")
  }
}

/// A zip file that is or claims to be a snapshot.
struct ListedSnapshot {
  let name: String
  let bytes: Int
  var snapshot: Snapshot?
  var title: String?
  var problem: Diagnostic?

  var json: JSONValue {
    [
      "file": .string(name), "bytes": .integer(bytes), "id": snapshot.map { .string($0.id) } ?? .null,
      "workspace": snapshot.map { .string($0.folder) } ?? .null, "title": title.map { .string($0) } ?? .null,
      "problem": problem?.json ?? .null,
    ]
  }
}

extension PlainFolder {
  /// The zip files in the folder, opened but not verified.
  func snapshots(below folder: String) -> [ListedSnapshot] {
    files(ending: ".zip").map { file in
      var listed = ListedSnapshot(name: file.name, bytes: file.bytes)
      do throws(Diagnostic) {
        let snapshot = try Snapshot(StoredArchive("\(folder)/\(file.name)"))
        listed.title = try snapshot.record["workspace"]?["title"]?.text ?? snapshot.folder
        listed.snapshot = snapshot
      } catch {
        listed.problem = error
      }
      return listed
    }
  }
}

/// The command `casus snapshot show`.
struct SnapshotShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what a snapshot holds, without unpacking it.",
    discussion: "EXAMPLES:\n  casus snapshot show my-study-0a1b2c3d4e5f.zip")

  @Argument(help: "A snapshot.") var file: String
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let terminal = Terminal(output)
    let (snapshot, record, inputs, findings) = try await answering(output) { () throws(Diagnostic) in
      let snapshot = try Snapshot(StoredArchive(file))
      var findings: [(analysis: String, finding: Finding)] = []
      for analysis in try snapshot.analyses {
        findings += (try snapshot.result(of: analysis)["findings"]?.elements ?? []).compactMap(Finding.init)
          .map { (analysis, $0) }
      }
      return (snapshot, try snapshot.record, try snapshot.inputs, findings)
    }
    if output.json {
      terminal.answer([
        "type": "snapshot-content", "id": .string(snapshot.id), "workspace": .string(snapshot.folder),
        "compressor": .string(snapshot.compressor), "record": record,
        "entries": .array(
          snapshot.entries.map {
            ["name": .string($0.name), "bytes": .integer($0.bytes), "sha256": .string($0.digest)]
          }),
      ])
      return
    }
    let workspace = record["workspace"]
    terminal.answer(
      terminal.bold(DiagnosticRenderer.visible(workspace?["title"]?.text ?? snapshot.folder))
        + "\nid \(snapshot.id)\nmade by casus \(record["casus"]?.text ?? "?"), \(snapshot.compressor)\n\n")
    var files = TextTable(["input", "size", "", ""], [.left, .right])
    for input in inputs {
      files.add([input.path, byteCount(input.bytes), input.role, input.isWithheld ? "withheld" : ""])
    }
    terminal.answer(files.text(width: terminal.width, bold: terminal.bold) + "\n")
    var tables = TextTable(["table", "size"], [.left, .right])
    for (name, entry) in snapshot.payload where name.hasSuffix(".csv") && !name.hasPrefix("workspace/") {
      tables.add([name, byteCount(entry.bytes)])
    }
    terminal.answer(tables.text(width: terminal.width, bold: terminal.bold))
    if !findings.isEmpty {
      terminal.answer("\n" + terminal.bold("findings, as archived") + "\n")
      var table = TextTable(["", "", ""])
      for (analysis, finding) in findings.prefix(20) { table.add(["", analysis, finding.sentence]) }
      terminal.answer(table.text(width: terminal.width))
      if findings.count > 20 { terminal.answer("  and \(findings.count - 20) more\n") }
    }
    terminal.note("nothing of this is verified yet; next: casus snapshot verify \(argument(file))\n")
  }
}

/// The command `casus snapshot prune`.
struct SnapshotPrune: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Remove old snapshots from a folder, but for the last of each workspace.",
    discussion: """
      Only whole snapshots are removed whose file has the name that `snapshot create` chose.

      EXAMPLES:
        casus snapshot prune --keep-last 3 --dry-run
        casus snapshot prune my-study/snapshots --keep-last 3
      """)

  @Argument(help: "A folder.") var folder = "snapshots"
  @Option(help: ArgumentHelp("How many of each workspace stay, the youngest files.", valueName: "n")) var keepLast: Int
  @Flag(help: "Only say what would be removed.") var dryRun = false
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if keepLast < 1 { throw ValidationError("'--keep-last' must be at least 1") }
  }

  func run() async throws {
    let terminal = Terminal(output)
    var kept: [String: Int] = [:]
    var old: [ListedSnapshot] = []
    for item in PlainFolder(folder).snapshots(below: folder).reversed() {
      guard let snapshot = item.snapshot, item.name == "\(snapshot.folder)-\(snapshot.id.prefix(12)).zip" else {
        continue
      }
      kept[snapshot.folder, default: 0] += 1
      if kept[snapshot.folder, default: 0] > keepLast { old.insert(item, at: 0) }
    }
    if !dryRun {
      let removed = old
      try await answering(output) { () throws(Diagnostic) in
        for item in removed { try PlainFolder(folder).remove(item.name) }
      }
    }
    if output.json {
      terminal.answer([
        "type": "pruned", "dry_run": .boolean(dryRun), "removed": .array(old.map { .string($0.name) }),
        "bytes": .integer(old.reduce(0) { $0 + $1.bytes }),
      ])
      return
    }
    for item in old {
      terminal.answer("\(dryRun ? "would remove" : "removed") \(DiagnosticRenderer.visible(item.name))\n")
    }
    let bytes = byteCount(old.reduce(0) { $0 + $1.bytes })
    terminal.note(old.isEmpty ? "nothing to remove\n" : "\(old.count) snapshots of \(bytes)\n")
  }
}
