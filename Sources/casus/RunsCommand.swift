import ArgumentParser
import Engine
import JSONText
import Workbench

/// The command `casus runs`.
struct Runs: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the runs of a workspace.",
    discussion: "EXAMPLES:\n  casus runs\n  casus runs my-study --json")

  @Argument(help: "A workspace file, or a folder holding workspace.yaml.") var workspace = "."
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let terminal = Terminal(output)
    let opened = try await answering(output) { () throws(Diagnostic) in try OpenedWorkspace(workspace) }
    let history = RunHistory(store: opened.store)
    let runs = try await answering(output) { () throws(Diagnostic) in
      var runs: [(id: String, record: JSONValue)] = []
      for id in try history.ids { if let record = try? history.record(id) { runs.append((id, record)) } }
      return runs
    }
    if output.json {
      terminal.answer([
        "type": "runs",
        "runs": .array(
          runs.map { id, record in
            [
              "run": .string(id), "profile": record["workspace"]?["profile"] ?? .null,
              "events": .integer(record.events), "analyses": .integer(record["analyses"]?.elements.count ?? 0),
              "failed": .integer(record.failed.count),
            ]
          }),
      ])
      return
    }
    guard !runs.isEmpty else {
      terminal.answer("no run yet\n")
      terminal.note("next: casus run\(opened.argument)\n")
      return
    }
    var table = TextTable(["run", "profile", "events", "analyses", "outcome"], [.left, .left, .right, .right])
    for (id, record) in runs {
      let failed = record.failed
      table.add([
        id, record["workspace"]?["profile"]?.text ?? "-", grouped(record.events),
        String(record["analyses"]?.elements.count ?? 0),
        failed.isEmpty ? "complete" : "not complete: \(failed.joined(separator: ", "))",
      ])
    }
    terminal.answer(table.text(width: terminal.width, bold: terminal.bold))
    terminal.note("next: casus show \(runs[runs.count - 1].id)\(opened.option)\n")
  }
}

extension JSONValue {
  /// The events of a run record's sources.
  fileprivate var events: Int { (self["sources"]?.elements ?? []).reduce(0) { $0 + ($1["events"]?.integer ?? 0) } }
  /// The steps of a run record that did not come to their end.
  fileprivate var failed: [String] {
    ["sources", "events", "analyses"].flatMap { self[$0]?.elements ?? [] }
      .filter { $0["state"] != nil && $0["state"]?.text != "skipped" }.compactMap { $0["name"]?.text }
  }
}
