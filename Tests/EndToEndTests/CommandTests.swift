import Foundation
import TestSupport
import Testing

/// Each command does what its help says, with results on stdout and messages on stderr.
@Suite struct CommandTests {
  @Test func versionIsOneLine() throws {
    let outcome = try Program.run(["--version"], in: packageFolder)
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.contains(/^\S*\s*\d+\.\d+/), "\(outcome)")
    #expect(outcome.messages.isEmpty)
  }

  @Test(arguments: [
    "init", "check", "plan", "run", "runs", "show", "trace", "actors", "detect", "plugins", "schema", "explain",
  ])
  func helpLeadsWithAnExample(_ command: String) throws {
    let outcome = try Program.run([command, "--help"], in: packageFolder)
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.contains("casus \(command)"), "\(outcome)")
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func completionsAreThere(_ shell: String) throws {
    let outcome = try Program.run(["--generate-completion-script", shell], in: packageFolder)
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.contains("plugins"))
  }

  @Test(arguments: WorkspaceRunTests.present) func exampleWorkspacesAreSound(_ name: String) throws {
    let outcome = try Program.run(["check", "Workspaces/\(name)"], in: packageFolder)
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(!outcome.messages.contains("error"))
  }

  @Test func planSaysWhatWillRunAndThenThatNothingWill() throws {
    let folder = try copyOfWorkspace("durand-line")
    let before = try Program.run(["plan"], in: folder.url)
    #expect(before.exitCode == 0, "\(before)")
    for step in ["coded", "all", "incidents", "panel", "tables", "archive"] {
      #expect(before.output.contains(step), "\(step) is missing: \(before)")
    }
    #expect(!before.output.contains("cached"))
    #expect(!folder.has("out"), "plan writes nothing")
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    let after = try Program.run(["plan"], in: folder.url)
    #expect(after.output.contains("cached"), "\(after)")
  }

  @Test func planNamesTheReason() throws {
    let folder = try copyOfWorkspace("durand-line")
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    let text = try folder.text("workspace.yaml")
    try folder.write(text.replacing("unit: directed-dyad", with: "unit: dyad"), "workspace.yaml")
    let plan = try Program.run(["plan"], in: folder.url)
    #expect(plan.exitCode == 0)
    let panel = try #require(plan.output.split(separator: "\n").first { $0.contains("panel") })
    #expect(panel.contains("unit") || panel.contains("parameter"), "\(plan)")
    let incidents = try #require(plan.output.split(separator: "\n").first { $0.contains("incidents") })
    #expect(incidents.contains("cached"), "\(plan)")
  }

  @Test(arguments: [("mermaid", "-->"), ("dot", "digraph"), ("text", "panel")])
  func planDrawsTheGraph(_ form: String, _ sign: String) throws {
    let outcome = try Program.run(["plan", "--graph", form, "Workspaces/durand-line"], in: packageFolder)
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.contains(sign), "\(outcome)")
  }

  @Test func runsAndShowTellWhatWasDone() throws {
    let folder = try copyOfWorkspace("durand-line")
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    let runs = try Program.run(["runs"], in: folder.url)
    #expect(runs.exitCode == 0)
    #expect(!runs.output.isEmpty)
    let show = try Program.run(["show"], in: folder.url)
    #expect(show.exitCode == 0)
    for word in ["coded", "52", "incidents", "panel"] { #expect(show.output.contains(word), "\(show)") }
    let table = try Program.run(["show", "last", "incidents", "--table", "summary", "--csv"], in: folder.url)
    #expect(table.exitCode == 0)
    #expect(try table.output == folder.text("out/tables/incidents/summary.csv"))
  }

  @Test func traceShowsTheRecordOfAnEvent() throws {
    let folder = try copyOfWorkspace("durand-line")
    let text = try folder.text("data/events.csv")
    let line = try #require(text.split(separator: "\n").firstIndex { $0.hasPrefix("DL-017,") })
    let here = try Program.run(["trace", "DL-017"], in: folder.url)
    #expect(here.exitCode == 0, "\(here)")
    for word in ["event DL-017 of coded", "data/events.csv:\(line + 1)", "first day of the event", "empty: "] {
      #expect(here.output.contains(word), "'\(word)' is missing: \(here)")
    }
    let there = try Program.run(["trace", folder.url.path, "DL-017"], in: packageFolder)
    #expect(there.output == here.output)
    let json = try #require(try Program.run(["trace", "coded:3", "--json"], in: folder.url).json() as? [String: Any])
    let records = try #require(json["records"] as? [[String: Any]])
    #expect(json["type"] as? String == "trace" && records.count == 1 && records[0]["line"] as? Int == 4)
    let none = try Program.run(["trace", "DL-999"], in: folder.url)
    #expect(none.exitCode == 1 && none.messages.contains("trace.unknown-event"), "\(none)")
    #expect(try Program.run(["trace"], in: folder.url).exitCode == 64)
  }

  @Test func traceShowsHostileTextHarmlessly() throws {
    let folder = try TemporaryFolder()
    try folder.write("workspace: 1\nname: w\nsources: {a: {use: csv, with: {path: e.csv}}}\n", "workspace.yaml")
    try folder.write("event_id,date_start,no\u{1B}te\n1,2021-01-01,\"\u{1B}[2J\u{202E}txt\nx\"\n", "e.csv")
    let outcome = try Program.run(["trace", "1"], in: folder.url)
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(!outcome.output.contains("\u{1B}") && !outcome.output.contains("\u{202E}"))
    #expect(outcome.output.contains("\\u{1B}[2J\\u{202E}txt"), "\(outcome)")
  }

  @Test func everyOutputCitesTheDatasets() throws {
    let folder = try copyOfWorkspace("durand-line")
    let citation = "facts coded from one article published by TRT World"
    func isCited(in text: String) -> Bool {
      text.split { $0.isWhitespace }.joined(separator: " ").contains(citation)
    }
    let run = try Program.run(["run"], in: folder.url)
    #expect(isCited(in: run.output), "\(run)")
    #expect(isCited(in: try Program.run(["show"], in: folder.url).output))
    #expect(isCited(in: try folder.text("out/tables/CITATION.txt")))
    #expect(isCited(in: try folder.text("out/tables/datapackage.json")))
  }

  @Test func onlyOneStepRunsWhenAsked() throws {
    let folder = try copyOfWorkspace("durand-line")
    let run = try Program.run(["run", "--only", "panel"], in: folder.url)
    #expect(run.exitCode == 0, "\(run)")
    let plan = try Program.run(["plan"], in: folder.url)
    let lines = plan.output.split(separator: "\n")
    #expect(try #require(lines.first { $0.contains("panel") }).contains("cached"), "\(plan)")
    #expect(!(try #require(lines.first { $0.contains("incidents") }).contains("cached")), "\(plan)")
  }

  @Test func profileAndVariableChangeTheEvents() throws {
    let folder = try copyOfWorkspace("durand-line")
    func months(_ arguments: [String]) throws -> [Substring] {
      let run = try Program.run(["run"] + arguments, in: folder.url)
      #expect(run.exitCode == 0, "\(run)")
      return try folder.text("out/tables/panel/panel.csv").split(separator: "\n").dropFirst().map { $0.prefix(7) }
    }
    #expect(try months([]).contains { $0 < "2021-08" })
    #expect(try !months(["--profile", "quick"]).contains { $0 < "2021-08" })
    #expect(try months(["--set", "last=2021-11-30"]).max() == "2021-11")
  }

  @Test func pluginsAreListedAndDescribed() throws {
    let list = try Program.run(["plugins"], in: packageFolder)
    #expect(list.exitCode == 0)
    for id in ["csv", "panel", "incident-statistics", "tables", "archive"] { #expect(list.output.contains(id)) }
    let panel = try Program.run(["plugins", "panel"], in: packageFolder)
    #expect(panel.exitCode == 0)
    for word in ["unit", "period", "zero_fill", "multi_period", "directed-dyad"] {
      #expect(panel.output.contains(word))
    }
  }

  @Test func schemaIsAJSONSchema() throws {
    let whole = try Program.run(["schema"], in: packageFolder)
    let schema = try #require(try whole.json() as? [String: Any])
    #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    #expect(whole.output.contains("zero_fill"), "the parameters of plugins are in it")
    let panel = try Program.run(["schema", "panel"], in: packageFolder)
    let properties = try #require((try panel.json() as? [String: Any])?["properties"] as? [String: Any])
    #expect(properties.keys.contains("zero_fill"))
  }

  @Test func everyKindOfProblemIsExplained() throws {
    let sources = ["Sources", "Plugins"].flatMap { folder -> [String] in
      let found = FileManager.default.enumerator(
        at: packageFolder.appending(path: folder), includingPropertiesForKeys: nil)
      return (found?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
        .compactMap { try? String(contentsOf: $0, encoding: .utf8) }
    }
    let ids = sources.flatMap { $0.matches(of: /DiagnosticKind\(\s*"([^"]*)"/).map { String($0.output.1) } }
    #expect(!ids.isEmpty)
    for id in ids.sorted() {
      let outcome = try Program.run(["explain", id], in: packageFolder)
      #expect(outcome.exitCode == 0 && outcome.output.contains(id), "casus explain \(id)")
    }
  }

  @Test func initMakesAWorkspaceThatRuns() throws {
    let folder = try TemporaryFolder()
    let made = try Program.run(["init", "mine", "--example", "durand-line"], in: folder.url)
    #expect(made.exitCode == 0, "\(made)")
    #expect(folder.has("mine/workspace.yaml"))
    let run = try Program.run(["run", "mine"], in: folder.url)
    #expect(run.exitCode == 0, "\(run)")
    let text = try folder.text("mine/workspace.yaml")
    #expect(try Program.run(["init", "mine"], in: folder.url).exitCode != 0, "init must not write over a workspace")
    #expect(try folder.text("mine/workspace.yaml") == text)
  }

  @Test func everyCommandSpeaksJSON() throws {
    let folder = try copyOfWorkspace("durand-line")
    for command in [
      ["check"], ["plan"], ["run"], ["runs"], ["show"], ["show", "last", "panel"], ["plugins"], ["plugins", "panel"],
      ["schema"],
    ] {
      let outcome = try Program.run(command + ["--json"], in: folder.url)
      #expect(outcome.exitCode == 0, "\(command): \(outcome)")
      #expect(!outcome.output.isEmpty, "\(command) wrote nothing")
      // A run writes a line for each event, every other command one value.
      for text in command == ["run"] ? outcome.output.split(separator: "\n").map(String.init) : [outcome.output] {
        #expect(throws: Never.self, "\(command): \(text.prefix(200))") {
          try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        }
      }
    }
  }
}
