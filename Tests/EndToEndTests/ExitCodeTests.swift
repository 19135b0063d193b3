import Foundation
import TestSupport
import Testing

/// How the program ends when something is wrong, what it says, and that nothing is lost.
@Suite struct ExitCodeTests {
  @Test(arguments: [["no-such-command"], ["run", "--no-such-flag"], ["plan", "--graph", "picture"]])
  func misuseIs64(_ arguments: [String]) throws {
    let outcome = try Program.run(arguments, in: packageFolder)
    #expect(outcome.exitCode == 64, "\(outcome)")
    #expect(outcome.output.isEmpty)
  }

  /// A fault in the workspace file, where it is shown, and what is said of it.
  struct Fault: Sendable, CustomTestStringConvertible {
    let title: String
    let old: String
    let new: String
    let place: String
    let says: String
    var testDescription: String { title }
  }

  @Test(arguments: [
    Fault(title: "unknown key", old: "seed:", new: "sede:", place: "workspace.yaml:6:1", says: "seed"),
    Fault(title: "unknown plugin", old: "use: panel", new: "use: pannel", place: "workspace.yaml:31:", says: "panel"),
    Fault(title: "unknown parameter", old: "unit: dir", new: "untit: dir", place: "workspace.yaml:31:", says: "unit"),
    Fault(
      title: "unknown choice", old: "directed-dyad", new: "directed-diad", place: "workspace.yaml:31:",
      says: "directed-dyad"),
    Fault(title: "unknown reference", old: "[coded]", new: "[codde]", place: "workspace.yaml:24:", says: "coded"),
    Fault(
      title: "unknown variable", old: "${last}\"]}\n\n", new: "${lst}\"]}\n\n", place: "workspace.yaml:24:",
      says: "last"),
    Fault(
      title: "wrong type", old: "directed: true", new: "directed: perhaps", place: "workspace.yaml:15:", says: "true"),
    Fault(
      title: "impossible date", old: "from: 2017-01-01", new: "from: 2017-02-30", place: "workspace.yaml:16:",
      says: "2017-02-30"),
    Fault(title: "newer format", old: "workspace: 1", new: "workspace: 2", place: "workspace.yaml:2:", says: "1"),
    Fault(
      title: "output outside", old: "to: out/tables", new: "to: ../tables", place: "workspace.yaml:54:",
      says: "../tables"),
    Fault(
      title: "output onto a source", old: "to: out/tables", new: "to: data", place: "workspace.yaml:54:", says: "data"),
  ])
  func faultInTheWorkspaceIs65WithItsPlace(_ fault: Fault) throws {
    let folder = try copyOfWorkspace("durand-line")
    let text = try folder.text("workspace.yaml")
    let faulty = text.replacing(fault.old, with: fault.new)
    #expect(faulty != text, "the fault was not made")
    try folder.write(faulty, "workspace.yaml")
    for command in ["check", "run"] {
      let outcome = try Program.run([command], in: folder.url)
      #expect(outcome.exitCode == 65, "\(command): \(outcome)")
      #expect(outcome.messages.contains(fault.place), "\(command): \(outcome)")
      #expect(outcome.messages.contains(fault.says), "\(command): \(outcome)")
      #expect(outcome.messages.contains("^"), "the place is marked: \(outcome)")
    }
    #expect(!folder.has("out"), "nothing was written")
  }

  @Test func allFaultsAreSaidAtOnceInFileOrder() throws {
    let folder = try smallWorkspace(
      analyses: "{one: {use: panel, with: {unti: dyad}}, two: {use: panle}}", exports: "{x: {use: tables, too: out}}")
    let outcome = try Program.run(["check"], in: folder.url)
    #expect(outcome.exitCode == 65)
    let words = ["unti", "panle", "too"].map { outcome.messages.firstRange(of: $0)?.lowerBound }
    let found = words.compactMap { $0 }
    #expect(found.count == 3 && found == found.sorted(), "\(outcome)")
  }

  @Test func missingWorkspaceIs66() throws {
    let folder = try TemporaryFolder()
    #expect(try Program.run(["run"], in: folder.url).exitCode == 66)
    #expect(try Program.run(["run", "nowhere"], in: folder.url).exitCode == 66)
  }

  @Test func inputThatCannotBeReadIs66() throws {
    for path in ["data/missing.csv", "data", "data/pipe"] {
      let folder = try smallWorkspace(
        sources: "{coded: {use: csv, with: {path: \(path), directed: true, ontology: cameo}}}")
      let pipe = folder.url.appending(path: "data/pipe").path
      try Process.run(URL(filePath: "/usr/bin/mkfifo"), arguments: [pipe]).waitUntilExit()
      let outcome = try Program.run(["run"], in: folder.url)
      #expect(outcome.exitCode == 66, "\(path): \(outcome)")
      #expect(outcome.messages.contains(path), "\(outcome)")
      #expect(!folder.has("out"))
    }
  }

  @Test(arguments: [
    ("impossible date", "a,2021-02-30,TTP,Pakistan,190,1\n", "2021-02-30", 1),
    ("ragged row", "a,2021-02-03,TTP,Pakistan\n", "events.csv:2", 1),
    ("open quote", "a,2021-02-03,\"TTP,Pakistan,190,1\n", "events.csv:2", 65),
    ("fatalities no number", "a,2021-02-03,TTP,Pakistan,190,many\n", "many", 1),
    ("number out of range", "a,2021-02-03,TTP,Pakistan,190,99999999999999999999\n", "99999999999999999999", 1),
  ])
  func badRowIsNamedAndFailsItsStepOrTheCheckBefore(
    _ title: String, _ row: String, _ says: String, _ exitCode: Int32
  ) throws {
    let folder = try smallWorkspace(events: "event_id,date_start,actor1,actor2,code,fatalities_best\n\(row)")
    let outcome = try Program.run(["run"], in: folder.url)
    #expect(outcome.exitCode == exitCode, "\(title): \(outcome)")
    #expect(outcome.messages.contains(says), "\(title): \(outcome)")
    #expect(!folder.has("out/tables/panel/panel.csv"))
  }

  @Test func badRowsCanBeSkippedAndAreCounted() throws {
    let folder = try smallWorkspace(
      sources: "{coded: {use: csv, with: {path: data/events.csv, directed: true, ontology: cameo, on_bad_row: skip}}}",
      events: """
        event_id,date_start,actor1,actor2,code,fatalities_best
        a,2021-02-30,TTP,Pakistan,190,1
        b,2021-02-03,TTP,Pakistan,190,1

        """)
    let outcome = try Program.run(["run"], in: folder.url)
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.messages.contains("2021-02-30"), "\(outcome)")
    #expect(try folder.text("out/tables/panel/panel.csv").split(separator: "\n").count == 2)
  }

  @Test func headerWithoutANeededColumnSaysWhichAreThere() throws {
    let folder = try smallWorkspace(events: "event_id,when,actor1,actor2,code\na,2021-02-03,TTP,Pakistan,190\n")
    let outcome = try Program.run(["run"], in: folder.url)
    #expect(outcome.exitCode == 65, "\(outcome)")
    for word in ["date_start", "when"] { #expect(outcome.messages.contains(word), "\(outcome)") }
  }

  @Test func controlCharactersReachNoTerminal() throws {
    let folder = try smallWorkspace()
    let text = try folder.text("workspace.yaml")
    try folder.write(text + "\"\\e[31mred\\u202E\": 1\n", "workspace.yaml")
    let outcome = try Program.run(["check"], in: folder.url)
    #expect(outcome.exitCode == 65)
    #expect(!outcome.messages.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E }, "\(outcome)")
  }

  @Test func unknownIdIsNotExplained() throws {
    let outcome = try Program.run(["explain", "no.such-thing"], in: packageFolder)
    #expect(outcome.exitCode != 0)
    #expect(!outcome.messages.isEmpty)
  }

  @Test func wrapperPassesArgumentsOutputAndExitCodeOn() throws {
    let wrapper = packageFolder.appending(path: "Tools/casus").path
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    // A package of its own, whose program echoes and fails: nothing is built.
    try folder.write(try String(contentsOfFile: wrapper, encoding: .utf8), "Tools/casus")
    let setup = packageFolder.appending(path: "Tools/lib/setup.sh")
    try folder.write(try String(contentsOf: setup, encoding: .utf8), "Tools/lib/setup.sh")
    for path in ["Sources/x", "Plugins/x", "Package.swift"] { try folder.write("", path) }
    let program = ".build/release/casus"
    try folder.write("#!/bin/bash\nprintf '<%s>' \"$@\"\npwd >&2\nexit 75\n", program)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder.url.appending(path: program).path)
    try folder.write("", ".build/casus.stamp")
    try folder.write("", "elsewhere/x")
    let output = folder.url.appending(path: "output")
    try Data().write(to: output)
    process.arguments = [folder.url.appending(path: "Tools/casus").path, "run", "a b", "--set", "x=1"]
    process.currentDirectoryURL = folder.url.appending(path: "elsewhere")
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 75)
    #expect(try folder.text("output") == "<run><a b><--set><x=1>")
  }
}
