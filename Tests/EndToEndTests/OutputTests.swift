import Foundation
import TestSupport
import Testing

/// What commands write: JSON of the documented shape, lines that fit, suggestions for what was mistyped.
@Suite struct OutputTests {
  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text.prefix(300))")
  }

  @Test func jsonHasTheDocumentedShape() throws {
    let document = try String(contentsOf: packageFolder.appending(path: "docs/json-output.md"), encoding: .utf8)
    let folder = try smallWorkspace()
    let commands = [
      ["check"], ["plan"], ["run"], ["runs"], ["show"], ["show", "last", "panel"], ["plugins"], ["explain"],
      ["run", "--only", "nothing"],
    ]
    for command in commands {
      let outcome = try Program.run(command + ["--json"], in: folder.url)
      for line in outcome.output.split(separator: "\n") {
        let answer = try object(String(line))
        let type = try #require(answer["type"] as? String, "\(command): \(line.prefix(200))")
        let section = try #require(document.range(of: "### `\(type)`"), "'\(type)' is not documented")
        let text = document[section.upperBound...].prefix { _ in true }
        let end = text.range(of: "\n###")?.lowerBound ?? text.endIndex
        for key in answer.keys where key != "type" {
          #expect(text[..<end].contains("`\(key)`"), "\(command): '\(key)' of '\(type)' is not documented")
        }
      }
    }
  }

  @Test func aRunTellsItsStepsInOrder() throws {
    let folder = try smallWorkspace()
    let lines = try Program.run(["run", "--json"], in: folder.url).output.split(separator: "\n").map {
      try object(String($0))
    }
    #expect(lines.first?["type"] as? String == "began" && lines.last?["type"] as? String == "run")
    let ended = lines.filter { $0["type"] as? String == "step-ended" }.compactMap { $0["step"] as? [String: Any] }
    #expect(ended.compactMap { $0["name"] as? String } == ["coded", "all", "panel", "tables"])
    #expect(lines.last?["new"] as? Bool == true && lines.last?["exit"] as? Int == 0)
  }

  @Test func problemsAreJSONToo() throws {
    let folder = try smallWorkspace(analyses: "{panel: {use: pannel}}")
    let outcome = try Program.run(["check", "--json"], in: folder.url)
    #expect(outcome.exitCode == 65)
    let problems = try #require(try object(outcome.output)["problems"] as? [[String: Any]])
    #expect(problems.first?["id"] as? String == "workspace.unknown-plugin" && problems.first?["line"] as? Int == 4)
  }

  @Test(arguments: [
    (["show", "last", "pannel"], "panel"), (["show", "7"], "0001"),
    (["show", "last", "panel", "--table", "panl"], "panel"),
    (["plugins", "pannel"], "panel"), (["schema", "pannel"], "panel"), (["explain", "input.mising"], "input.missing"),
    (["run", "--only", "pannel"], "panel"), (["run", "--from", "codd"], "coded"),
    (["run", "--profile", "x"], "profile"),
    (["run", "--set", "lst=1"], "lst"), (["run", "--frsh"], "--fresh"), (["plan", "workspace.yml"], "workspace.yaml"),
  ])
  func whatWasMistypedIsSuggested(_ arguments: [String], _ says: String) throws {
    let folder = try smallWorkspace()
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    let outcome = try Program.run(arguments, in: folder.url)
    #expect([64, 65, 66].contains(outcome.exitCode), "\(outcome)")
    #expect(outcome.messages.contains(says), "\(outcome)")
    #expect(outcome.output.isEmpty, "\(outcome)")
  }

  @Test func linesFitEightyColumns() throws {
    let folder = try copyOfWorkspace("durand-line")
    let commands = [
      ["run"], ["run", "--fresh"], ["plan"], ["runs"], ["show"], ["show", "last", "panel"],
      ["show", "last", "incidents"],
      ["check"], ["plugins"], ["plugins", "panel"], ["plugins", "csv"], ["explain"], ["explain", "run.wrong-pin"],
      ["--help"], ["run", "--help"], ["plan", "--help"], ["check", "--help"], ["init", "--help"], ["show", "--help"],
    ]
    for command in commands {
      let outcome = try Program.run(command, in: folder.url, environment: ["COLUMNS": "80"])
      #expect(outcome.exitCode == 0, "\(outcome)")
      let isData = command == ["plugins", "csv"] || command == ["plugins", "panel"]
      for line in outcome.output.split(separator: "\n") where line.count > 80 && !(isData && line.hasPrefix("    ")) {
        Issue.record("\(command): \(line.count) columns: \(line)")
      }
      #expect(!outcome.output.contains("\u{1B}") && !outcome.messages.contains("\u{1B}"), "no colours in files")
    }
  }

  @Test func aLongWorkspaceIsCheckedAndRun() throws {
    let analyses = (0..<600).map { "  a\($0):\n    use: panel\n    with: {unit: dyad, period: month}\n" }.joined()
    let folder = try smallWorkspace(analyses: "\n\(analyses)", exports: "{}")
    let check = try Program.run(["check"], in: folder.url)
    #expect(check.exitCode == 0 && check.output.contains("600 analyses"), "\(check)")
    #expect(try Program.run(["run", "-q"], in: folder.url).exitCode == 0)
    #expect(try Program.run(["plan"], in: folder.url).output.contains("nothing to run"))
  }

  @Test func titlesReachNoTerminalUnescaped() throws {
    let folder = try smallWorkspace()
    try folder.write("title: \"\\e[31mred\\u202E\"\n" + (try folder.text("workspace.yaml")), "workspace.yaml")
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    for command in [["run"], ["show"], ["runs"], ["plan"]] {
      let outcome = try Program.run(command, in: folder.url)
      let text = outcome.output + outcome.messages
      #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E }, "\(command): \(outcome)")
    }
  }

  @Test func profilesAreCheckedWithTheirPlugins() throws {
    let folder = try smallWorkspace()
    try folder.write(
      (try folder.text("workspace.yaml")) + "profiles: {weekly: {analyses: {panel: {with: {period: wek}}}}}\n",
      "workspace.yaml")
    let outcome = try Program.run(["check"], in: folder.url)
    #expect(outcome.exitCode == 65 && outcome.messages.contains("week"), "\(outcome)")
  }

  @Test func filesOutsideTheFolderAreShown() throws {
    let other = try TemporaryFolder()
    try other.write("event_id,date_start,actor1,actor2,code\na,2021-11-09,TTP,Pakistan,190\n", "far.csv")
    let folder = try smallWorkspace(
      sources: "{coded: {use: csv, with: {path: data/link.csv, directed: true, ontology: cameo}}}")
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appending(path: "data/link.csv").path,
      withDestinationPath: other.url.appending(path: "far.csv").path)
    for command in ["check", "plan"] {
      let outcome = try Program.run([command], in: folder.url)
      #expect(outcome.exitCode == 0 && outcome.output.contains("far.csv"), "\(outcome)")
    }
  }

  @Test func manyFilesOfOneFolderOutsideAreCountedAndLinksAreShown() throws {
    let other = try TemporaryFolder()
    for number in 1...1200 {
      try other.write("event_id,date_start\na\(number),2021-11-09\n", "many/\(number).csv")
    }
    try other.write("event_id,date_start\nb,2021-11-09\n", "secret/far.csv")
    try FileManager.default.createSymbolicLink(
      atPath: other.url.appending(path: "many/700-link.csv").path,
      withDestinationPath: other.url.appending(path: "secret/far.csv").path)
    let folder = try smallWorkspace(
      sources: "{coded: {use: csv, with: {path: '\(other.url.path)/many/*.csv'}}}", analyses: "{}", exports: "{}")
    for command in ["check", "plan"] {
      let outcome = try Program.run([command], in: folder.url)
      let lines = outcome.output.split(separator: "\n").filter { $0.hasPrefix("outside") }
      #expect(outcome.exitCode == 0 && lines.count == 5, "\(outcome)")
      #expect(lines.contains { $0.contains("1,197 more of \(other.url.path)/many/") }, "\(lines)")
      #expect(lines.contains { $0.contains("700-link.csv is ") && $0.hasSuffix("secret/far.csv") }, "\(lines)")
    }
  }
}
