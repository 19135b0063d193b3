import DelimitedText
import Engine
import FileStore
import Foundation
import JSONText
import Snapshots
import Workbench
import WorkspaceFormat

/// What running a snapshot again came to: which steps gave the same digests.
struct Reproduction {
  /// How a step compares.
  enum State: String {
    case same = "reproduced"
    /// Real numbers differ in the last digits, as another mathematics library makes them.
    case close = "reproduced to 12 digits"
    case different
    case missing = "not run"
  }
  let snapshot: String
  private(set) var steps: [(kind: String, name: String, state: State)] = []
  /// Why steps did not come to their end.
  private(set) var problems: [Diagnostic] = []
  var isComplete: Bool { steps.allSatisfy { $0.state == .same || $0.state == .close } }

  /// Restores a snapshot to a temporary folder, runs it there from the start, and compares.
  init(
    of archive: StoredArchive, id: String?, in context: RunContext, jobs: Int?, report: (SnapshotProof) -> Void
  ) async throws(Diagnostic) {
    let temporary = FileManager.default.temporaryDirectory.path
    let restoration = try Restoration(
      of: archive, to: "\(temporary)/casus-rerun-\(ProcessInfo.processInfo.processIdentifier)", id: id, in: context,
      report: report)
    defer { restoration.folder.abandon() }
    snapshot = restoration.snapshot.id
    let archived = try restoration.snapshot.record
    let opened = try OpenedWorkspace("\(restoration.folder.staging)/\(restoration.workspaceFile)", isFresh: true)
    let settings = (archived["workspace"]?["vars"]?.members ?? []).map {
      VariableSetting(name: $0.key, value: $0.value.text ?? "")
    }
    let (checked, found) = await opened.check(profile: archived["workspace"]?["profile"]?.text, settings: settings)
    guard let checked else {
      throw found.first { $0.severity == .error } ?? .error(.notASnapshot, "the workspace cannot be read")
    }
    let outcome = await opened.engine(jobs: jobs).run(
      checked, options: RunOptions(isFresh: true, isCollecting: true))
    problems = outcome.problems.filter { $0.severity == .error } + outcome.steps.compactMap(\.error)
    var again = JSONValue.null
    if let run = outcome.id { again = try RunHistory(store: opened.store).record(run) }
    try compare(archived, again, restoration.snapshot, RunHistory(store: opened.store))
    report(SnapshotProof("rerun", "\(summary) in a temporary folder"))
  }

  private mutating func compare(
    _ archived: JSONValue, _ again: JSONValue, _ snapshot: Snapshot, _ history: RunHistory
  ) throws(Diagnostic) {
    for (kind, part) in [("source", "columns"), ("event set", "columns"), ("analysis", "results")] {
      let list = ["source": "sources", "event set": "events", "analysis": "analyses"][kind] ?? ""
      for step in archived[list]?.elements ?? [] where step["state"] == nil {
        let name = step["name"]?.text ?? ""
        let other = again[list]?.elements.first { $0["name"]?.text == name }
        var state: State = other == nil || other?["state"] != nil ? .missing : .different
        if state == .different {
          if step[part] == other?[part] {
            state = .same
          } else if kind == "analysis", let result = try history.result(of: name, in: again),
            try isClose(result, name, snapshot)
          {
            state = .close
          }
        }
        steps.append((kind, name, state))
      }
    }
  }

  /// Whether all tables agree but for the last digits of real numbers.
  private func isClose(_ result: AnalysisResult, _ name: String, _ snapshot: Snapshot) throws(Diagnostic) -> Bool {
    for table in result.tables {
      guard let file = try snapshot.table(table.schema.name, of: name) else { return false }
      let archived = try ResultTable(reading: file, schema: table.schema)
      guard archived.count == table.count else { return false }
      for row in 0..<table.count {
        for (old, new) in zip(archived.row(row), table.row(row)) where old != new {
          guard case .number(let old) = old, case .number(let new) = new,
            abs(old - new) <= 1e-12 * max(abs(old), abs(new))
          else { return false }
        }
      }
    }
    return true
  }

  private var summary: String {
    "reproduced \(steps.count { $0.state == .same || $0.state == .close }) of \(steps.count) steps"
  }
  func write(_ terminal: Terminal) {
    for problem in problems { terminal.error(DiagnosticRenderer(isColored: terminal.colorsErrors).render(problem)) }
    guard !isComplete || terminal.isVerbose else { return }
    var table = TextTable(["", "", ""])
    for step in steps where terminal.isVerbose || step.state != .same {
      table.add([step.kind, step.name, step.state.rawValue])
    }
    terminal.answer(table.text(width: terminal.width, indent: "  "))
  }
  var json: JSONValue {
    [
      "complete": .boolean(isComplete), "problems": .array(problems.map(\.json)),
      "steps": .array(
        steps.map { ["kind": .string($0.kind), "name": .string($0.name), "state": .string($0.state.rawValue)] }),
    ]
  }
}
