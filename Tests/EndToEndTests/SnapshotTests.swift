import Crypto
import Foundation
import TestSupport
import Testing

@Suite struct SnapshotTests {
  /// The steps of a run as `--json` tells of them, by name.
  private func steps(_ outcome: Program.Outcome) throws -> [String: [String: Any]] {
    let last = try #require(outcome.output.split(separator: "\n").last)
    let answer = try #require(try JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: Any])
    let steps = try #require(answer["steps"] as? [[String: Any]])
    return Dictionary(uniqueKeysWithValues: steps.map { ($0["name"] as? String ?? "", $0) })
  }
  /// Makes a snapshot of the workspace in a folder; its path and id.
  private func create(_ folder: TemporaryFolder, _ options: [String] = []) throws -> (file: String, id: String) {
    let made = try Program.run(["snapshot", "create", "--json"] + options, in: folder.url)
    let answer = try #require(try made.json() as? [String: Any], "\(made)")
    return (try #require(answer["file"] as? String), try #require(answer["id"] as? String))
  }

  @Test func aRestoredRunComputesNothingAndArchivesTheSame() throws {
    let folder = try copyOfWorkspace("durand-line")
    let (file, id) = try create(folder)
    #expect(file == "snapshots/durand-line-\(id.prefix(12)).zip")
    let proved = try Program.run(["snapshot", "verify", file, "--id", id, "--rerun"], in: folder.url)
    #expect(proved.exitCode == 0 && proved.output.contains(/reproduced (\d+) of \1 steps/), "\(proved)")
    #expect(try Program.run(["snapshot", "restore", file, "again"], in: folder.url).exitCode == 0)
    let run = try Program.run(["run", "again", "--json"], in: folder.url)
    #expect(run.exitCode == 0, "\(run)")
    // The report shows records as the file has them, so that the source may be read again.
    for name in ["all", "incidents", "panel"] {
      let step = try #require(try steps(run)[name])
      #expect(step["state"] as? String == "cached" && step["snapshot"] as? String == id, "\(step)")
    }
    let shown = try Program.run(["show", "last", "incidents", "-C", "again"], in: folder.url)
    #expect(shown.messages.contains("as archived in snapshot \(id.prefix(12))"))
    // The exporter writes the same file, and so does an archive of what was restored.
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    let archived = try Data(contentsOf: folder.url.appending(path: "out/durand-line.zip"))
    #expect(try Data(contentsOf: folder.url.appending(path: file)) == archived)
    #expect(try Data(contentsOf: folder.url.appending(path: "again/out/durand-line.zip")) == archived)
    // Computed here, results are archived ones no more.
    let fresh = try Program.run(["run", "again", "--fresh", "--json"], in: folder.url)
    #expect(try steps(fresh)["incidents"]?["snapshot"] is NSNull, "\(fresh)")
    #expect(try Program.run(["diff", "1", "-C", "again"], in: folder.url).exitCode == 0)
  }

  private let held = """
    {coded: {use: csv, redistribute: false, expect: {rows: {min: 1}}, \
    with: {path: data/events.csv, directed: true, ontology: cameo}}}
    """

  @Test func aWithheldSourceStandsByItsDigest() throws {
    let folder = try smallWorkspace(sources: held)
    let (file, id) = try create(folder)
    let verified = try Program.run(["snapshot", "verify", file], in: folder.url)
    #expect(verified.exitCode == 0 && verified.output.contains("1 of them withheld"), "\(verified)")
    let rerun = try Program.run(["snapshot", "verify", file, "--rerun"], in: folder.url)
    #expect(rerun.exitCode == 1 && rerun.output.contains("reproduced 0 of"), "\(rerun)")
    let restored = try Program.run(["snapshot", "restore", file, "again"], in: folder.url)
    #expect(restored.exitCode == 0 && restored.messages.contains("withheld: data/events.csv"), "\(restored)")
    #expect(!folder.has("again/data/events.csv"))
    let run = try Program.run(["run", "again", "--json"], in: folder.url)
    #expect(run.exitCode == 0, "\(run)")
    #expect(try steps(run)["coded"]?["state"] as? String == "cached")
    #expect(try create(folder, ["again"]).id == id, "an archive of what was restored is the same")
    // Another analysis needs the events, which are not there.
    let workspace = try folder.text("again/workspace.yaml")
      .replacingOccurrences(of: "period: month", with: "period: year")
    try folder.write(workspace, "again/workspace.yaml")
    let lacking = try Program.run(["run", "again"], in: folder.url)
    #expect(lacking.exitCode == 66 && lacking.messages.contains("data/events.csv"), "\(lacking)")
    try folder.write(folder.text("data/events.csv"), "again/data/events.csv")
    #expect(try Program.run(["run", "again"], in: folder.url).exitCode == 0)
  }

  @Test func mergesComeBack() throws {
    let folder = try smallWorkspace(
      events: "event_id,date_start,actor1,actor2,code\na,2021-11-09,TTP,Pakistan,1831\nb,2021-11-09,TTP,Pakistan,183\n")
    try folder.write(folder.text("workspace.yaml") + "events: {all: {deduplicate: one-a-day}}\n", "workspace.yaml")
    let (file, _) = try create(folder)
    #expect(try Program.run(["snapshot", "restore", file, "again"], in: folder.url).exitCode == 0)
    let before = try Program.run(["show", "last", "all", "--table", "merges", "--csv"], in: folder.url)
    let after = try Program.run(["show", "last", "all", "--table", "merges", "--csv", "-C", "again"], in: folder.url)
    #expect(before.exitCode == 0 && before.output == after.output && before.output.contains("one-a-day"), "\(after)")
    #expect(try steps(Program.run(["run", "again", "--json"], in: folder.url))["all"]?["state"] as? String == "cached")
  }

  @Test func theProfileIsRemembered() throws {
    let folder = try copyOfWorkspace("durand-line")
    let (file, _) = try create(folder, ["--profile", "quick", "--set", "last=2021-12-31"])
    let restored = try Program.run(["snapshot", "restore", file, "again"], in: folder.url)
    #expect(restored.messages.contains("casus run again --profile quick --set last=2021-12-31"), "\(restored)")
    let run = try Program.run(
      ["run", "again", "--profile", "quick", "--set", "last=2021-12-31", "--json"], in: folder.url)
    #expect(try steps(run)["incidents"]?["state"] as? String == "cached", "\(run)")
    #expect(try Program.run(["snapshot", "verify", file, "--rerun"], in: folder.url).exitCode == 0)
  }

  @Test func differencesAreToldRowByRow() throws {
    let folder = try smallWorkspace()
    let old = try create(folder).file
    let events = try folder.text("data/events.csv").replacingOccurrences(of: "TTP,190,4", with: "TTP,190,9")
    try folder.write(events + "d,2022-01-02,TTP,Pakistan,190,1\n", "data/events.csv")
    let new = try create(folder).file
    for command in [["snapshot", "diff", old, new], ["diff", "1", "2"]] {
      let told = try Program.run(command, in: folder.url)
      #expect(told.exitCode == 1, "\(told)")
      for text in ["input.data/events.csv", "panel/panel", "rows added", "2022-01-01"] {
        #expect(told.output.contains(text), "\(text): \(told)")
      }
      let json = try #require(try Program.run(command + ["--json"], in: folder.url).json() as? [String: Any])
      #expect(json["type"] as? String == "difference" && json["same"] as? Bool == false)
    }
    #expect(try Program.run(["snapshot", "diff", new, new], in: folder.url).exitCode == 0)
    let listed = try #require(try Program.run(["snapshot", "list", "--json"], in: folder.url).json() as? [String: Any])
    #expect((listed["snapshots"] as? [Any])?.count == 2)
    let shown = try Program.run(["snapshot", "show", new], in: folder.url)
    #expect(shown.exitCode == 0 && shown.output.contains("data/events.csv"), "\(shown)")
    let dry = try Program.run(["snapshot", "prune", "--keep-last", "1", "--dry-run"], in: folder.url)
    #expect(dry.output == "would remove \(old.split(separator: "/").last ?? "")\n", "\(dry)")
    #expect(folder.has(old))
    #expect(try Program.run(["snapshot", "prune", "--keep-last", "1"], in: folder.url).exitCode == 0)
    #expect(!folder.has(old) && folder.has(new))
  }

  @Test func refusedSnapshotsLeaveNothing() throws {
    let folder = try smallWorkspace()
    let (file, _) = try create(folder)
    let taken = try Program.run(["snapshot", "restore", file, "data"], in: folder.url)
    #expect(taken.exitCode == 73 && taken.messages.contains("there already"), "\(taken)")
    var bytes = try Data(contentsOf: folder.url.appending(path: file))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: folder.url.appending(path: "bad.zip"))
    let before = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    let refused = try Program.run(["snapshot", "restore", "bad.zip", "again"], in: folder.url)
    #expect(refused.exitCode == 65 && refused.messages.contains("snapshot.damaged"), "\(refused)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == before)
    #expect(try Program.run(["snapshot", "verify", "bad.zip"], in: folder.url).exitCode == 1)
    #expect(try Program.run(["snapshot", "verify", "none.zip"], in: folder.url).exitCode == 66)
    #expect(try Program.run(["snapshot", "verify", "workspace.yaml"], in: folder.url).exitCode == 1)
  }

  /// Here the fault shows when files have been unpacked already: they lie beside the folder's place, and go.
  @Test func aFaultFoundLateLeavesNothing() throws {
    let folder = try copyOfWorkspace("durand-line")
    let (file, _) = try create(folder)
    var bytes = [UInt8](try Data(contentsOf: folder.url.appending(path: file)))
    bytes[bytes.count / 2] ^= 1
    let digest = SHA256.hash(data: bytes.dropLast(64)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    bytes.replaceSubrange(bytes.count - 64..<bytes.count, with: digest.utf8)
    try Data(bytes).write(to: folder.url.appending(path: "bad.zip"))
    let before = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    let refused = try Program.run(["snapshot", "restore", "bad.zip", "again"], in: folder.url)
    #expect(refused.exitCode == 65 && !refused.messages.contains("snapshot.damaged"), "\(refused)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == before)
  }

  @Test func chartsAreThoseOfTheExporter() throws {
    let folder = try copyOfWorkspace("durand-line")
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    let unzip = Process()
    unzip.executableURL = URL(filePath: "/usr/bin/unzip")
    unzip.arguments = ["-qq", "out/durand-line.zip", "-d", "unpacked"]
    unzip.currentDirectoryURL = folder.url
    try unzip.run()
    unzip.waitUntilExit()
    let drawn = folder.files(below: "out/charts", ending: ".svg")
    #expect(drawn.count > 2)
    #expect(folder.files(below: "unpacked/durand-line/data/analyses", ending: ".svg") == drawn)
  }

  @Test func aFullDiskLeavesWhatWasThere() throws {
    let folder = try copyOfWorkspace("synthetic")
    let (file, _) = try create(folder, ["--to", "kept.zip"])
    let before = try Data(contentsOf: folder.url.appending(path: file))
    let full = try Program.run(
      ["snapshot", "create", "--to", "kept.zip"], in: folder.url, through: ["/usr/bin/prlimit", "--fsize=20000"])
    #expect(full.exitCode == 74 && full.messages.contains("export.unwritable"), "\(full)")
    #expect(try Data(contentsOf: folder.url.appending(path: file)) == before)
    #expect(!folder.has(".kept.zip.casus-part"))
    let restore = try Program.run(
      ["snapshot", "restore", "kept.zip", "again"], in: folder.url, through: ["/usr/bin/prlimit", "--fsize=20000"])
    #expect(restore.exitCode == 74, "\(restore)")
    #expect(!folder.has("again") && !folder.has(".again.casus-part"))
  }

  @Test func aKilledCommandLeavesTheOldFileOrTheNew() throws {
    let folder = try copyOfWorkspace("durand-line")
    let (file, _) = try create(folder, ["--to", "kept.zip"])
    let before = try Data(contentsOf: folder.url.appending(path: file))
    for milliseconds in stride(from: 2, through: 40, by: 6) {
      let process = try Program.start(["snapshot", "create", "--to", "kept.zip"], in: folder)
      Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      #expect(try Data(contentsOf: folder.url.appending(path: file)) == before, "after \(milliseconds) ms")
    }
    #expect(try create(folder, ["--to", "kept.zip"]).file == file)
    #expect(try Data(contentsOf: folder.url.appending(path: file)) == before)
  }
}
