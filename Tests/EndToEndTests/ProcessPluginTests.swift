import Foundation
import TestSupport
import Testing

/// A program of the workspace's own, as a person meets it: refused, trusted, run, kept, changed.
@Suite struct ProcessPluginTests {
  private static let program = """
    #!/usr/bin/env python3
    import csv, json, sys
    D = {"type": "describe", "protocol": 1, "id": "busiest", "kind": "analyzer", "version": "1.0", "deterministic": True,
      "summary": "Counts the events of each actor.", "requires": {"events": {"columns": ["event_id", "actor1"]}},
      "outputs": [{"name": "actors", "summary": "A row is an actor.", "keys": ["actor"], "columns": [
        {"name": "actor", "kind": "text", "meaning": "the actor"},
        {"name": "events", "kind": "integer", "unit": "events", "meaning": "how many"}]}],
      "parameters": {"type": "object", "additionalProperties": False, "properties": {
        "least": {"type": "integer", "minimum": 1, "default": 1, "description": "Leaves out less."}}}}
    if sys.argv[1:] == ["describe"]:
      print(json.dumps(D)); sys.exit(0)
    request = json.loads(sys.stdin.readline())
    counts = {}
    for row in csv.DictReader(open(request["inputs"][0]["path"], encoding="utf-8")):
      counts[row["actor1"]] = counts.get(row["actor1"], 0) + 1
    rows = [(a, n) for a, n in counts.items() if n >= request["parameters"]["least"]]
    with open(request["output"] + "/actors.csv", "w", encoding="utf-8") as file:
      file.write("actor,events\\n" + "".join(f"{a},{n}\\n" for a, n in rows))
    print(json.dumps({"type": "table", "name": "actors", "path": "actors.csv", "rows": len(rows)}))
    print(json.dumps({"type": "finding", "sentence": f"{len(rows)} actors act.", "strength": "descriptive",
      "numbers": {"actors": len(rows)}, "events": ["a"]}))
    print(json.dumps({"type": "done"}))
    """
  private static let workspace = """
    workspace: 1
    name: own
    plugins: [{exec: tools/busiest.py, as: busiest}]
    sources:
      coded: {use: csv, with: {path: events.csv, directed: true, ontology: cameo}}
    analyses:
      actors: {use: busiest, with: {least: 1}}
    exports:
      archive: {use: archive, to: out/own.zip}
    """
  private static let events = """
    event_id,date_start,actor1,actor2,code
    a,2021-11-09,TTP,Pakistan,0871
    b,2021-12-17,Pakistan,TTP,185
    c,2021-12-30,TTP,Pakistan,190

    """

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (path, text) in [("w/workspace.yaml", Self.workspace), ("w/events.csv", Self.events)] {
      try write(text, path, folder)
    }
    try write(Self.program, "w/tools/busiest.py", folder)
    return folder
  }
  private func write(_ text: String, _ path: String, _ folder: TemporaryFolder) throws {
    let url = folder.url.appending(path: path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    if path.contains("tools/") {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
    }
  }
  private func casus(_ arguments: [String], _ folder: TemporaryFolder) throws -> Program.Outcome {
    try Program.run(
      arguments, in: folder.url, environment: ["XDG_STATE_HOME": folder.url.appending(path: "state").path])
  }

  @Test func aProgramIsRefusedTrustedRunKeptAndAskedForAgain() throws {
    let folder = try folder()
    for command in ["run", "check", "plan"] {
      let refused = try casus([command, "w"], folder)
      #expect(refused.exitCode == 69, "\(command): \(refused)")
      #expect(refused.messages.contains("tools/busiest.py  sha256:"), "\(refused)")
    }
    #expect(try casus(["trust", "w"], folder).exitCode == 0)
    let first = try casus(["run", "w"], folder)
    #expect(first.exitCode == 0 && first.output.contains("2 actors act."), "\(first)")
    #expect(try casus(["run", "w"], folder).output.contains("nothing to do"))
    let known = try casus(["plugins", "busiest", "-C", "w"], folder)
    #expect(known.output.contains("Leaves out less."), "\(known)")
    try write(Self.program + "\n# changed\n", "w/tools/busiest.py", folder)
    #expect(try casus(["run", "w"], folder).exitCode == 69)
    #expect(try casus(["trust", "w"], folder).exitCode == 0)
    let again = try casus(["plan", "w"], folder)
    #expect(again.output.contains("run") && !again.output.contains("actors  cached"), "\(again)")
  }

  @Test func aDigestOnTheCommandLineIsTrustForOneCommand() throws {
    let folder = try folder()
    let refused = try casus(["run", "w"], folder)
    let digest = try #require(refused.messages.firstMatch(of: /sha256:[0-9a-f]{64}/)).output
    #expect(try casus(["run", "w", "--trust", String(digest)], folder).exitCode == 0)
    #expect(try casus(["run", "w"], folder).exitCode == 69)
    #expect(try casus(["run", "w", "--trust", "sha256:12"], folder).exitCode == 64)
  }

  @Test func aRestoredSnapshotIsNotTrustedByItself() throws {
    let folder = try folder()
    #expect(try casus(["trust", "w"], folder).exitCode == 0)
    #expect(try casus(["run", "w"], folder).exitCode == 0)
    let restored = try casus(["snapshot", "restore", "w/out/own.zip", "again"], folder)
    #expect(restored.exitCode == 0, "\(restored)")
    #expect(try casus(["run", "again"], folder).exitCode == 69)
    #expect(try casus(["trust", "again"], folder).exitCode == 0)
    let run = try casus(["run", "again", "--only", "actors"], folder)
    #expect(run.exitCode == 0 && run.output.contains("up to date") || run.output.contains("cached"), "\(run)")
  }

  @Test func aMistypedParameterHasItsPlaceAndASuggestion() throws {
    let folder = try folder()
    #expect(try casus(["trust", "w"], folder).exitCode == 0)
    try write(Self.workspace.replacing("least: 1", with: "laest: 1"), "w/workspace.yaml", folder)
    let checked = try casus(["check", "w"], folder)
    #expect(checked.exitCode == 65)
    #expect(checked.messages.contains("w/workspace.yaml:7:33") && checked.messages.contains("did you mean 'least'?"))
  }

  @Test func theKitPassesAGoodProgramAndFailsABadOne() throws {
    let folder = try folder()
    let good = try casus(["plugins", "test", "w/tools/busiest.py"], folder)
    #expect(good.exitCode == 0 && good.output.contains(" 0 failed"), "\(good)")
    let unsteady = Self.program.replacing(
      "len(rows)} actors act.", with: "id(request)} actors act {__import__('time').time_ns()}.")
    try write(unsteady, "w/tools/busiest.py", folder)
    let bad = try casus(["plugins", "test", "w/tools/busiest.py"], folder)
    #expect(bad.exitCode == 1 && bad.output.contains("FAIL two runs give the same bytes"), "\(bad)")
    let shipped = try casus(["plugins", "test", "panel"], folder)
    #expect(shipped.exitCode == 0, "\(shipped)")
  }
}
