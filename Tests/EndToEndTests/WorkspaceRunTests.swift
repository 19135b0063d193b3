import Foundation
import TestSupport
import Testing

/// The example workspaces, each run as a person would.
@Suite struct WorkspaceRunTests {
  /// The workspaces whose data are there; the others are named, once.
  ///
  /// Those with programs of their own must be trusted first, and are run by Tools/check-extensions.
  static let present: [String] = {
    let folder = packageFolder.appending(path: "Workspaces")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()) ?? []
    return names.filter { name in
      guard let text = try? String(contentsOf: folder.appending(path: "\(name)/workspace.yaml"), encoding: .utf8)
      else { return false }
      if text.contains("exec:") { return false }
      let paths = text.matches(of: /\bpath:\s*"?([^\s",}]+)/).map { String($0.output.1) }
      let missing = paths.filter { path in
        !FileManager.default.fileExists(atPath: folder.appending(path: "\(name)/\(path)").path)
      }
      if !missing.isEmpty { print("skipped: workspace \(name) has no \(missing.joined(separator: ", "))") }
      return missing.isEmpty
    }
  }()

  @Test func thereAreWorkspaces() { #expect(Set(Self.present).isSuperset(of: ["durand-line", "synthetic"])) }

  @Test(arguments: present) func twoRunsGiveTheSameBytes(_ name: String) throws {
    let (one, other) = (try copyOfWorkspace(name), try copyOfWorkspace(name))
    let first = try Program.run(
      ["run", one.url.path], in: packageFolder, environment: ["TZ": "UTC", "LC_ALL": "C"])
    let second = try Program.run(
      ["run"], in: other.url, environment: ["TZ": "Asia/Kathmandu", "LC_ALL": "de_DE.UTF-8", "LANG": "tr_TR.UTF-8"],
      through: ["/usr/bin/taskset", "-c", "0"])
    #expect(first.exitCode == 0, "\(first)")
    #expect(second.exitCode == 0, "\(second)")
    expectSame(one.files(below: "out"), other.files(below: "out"), "out")
    let records = one.files(below: ".casus/runs", ending: "/run.json")
    #expect(records.count == 1)
    let otherRecords = other.files(below: ".casus/runs", ending: "/run.json")
    #expect(records.values.map { $0 } == otherRecords.values.map { $0 }, "run.json differs")
    for record in records.values {
      let text = String(decoding: record, as: UTF8.self)
      #expect(!text.contains(one.url.path), "run.json names the folder")
    }
  }

  @Test(arguments: present) func runningAgainWritesNothing(_ name: String) throws {
    let folder = try copyOfWorkspace(name)
    let first = try Program.run(["run", folder.url.path], in: packageFolder)
    #expect(first.exitCode == 0, "\(first)")
    let (files, times) = (folder.files(below: "out"), changeTimes(below: folder.url.appending(path: "out")))
    #expect(!files.isEmpty)
    let second = try Program.run(["run", folder.url.path], in: packageFolder)
    #expect(second.exitCode == 0, "\(second)")
    expectSame(files, folder.files(below: "out"), "out")
    #expect(times == changeTimes(below: folder.url.appending(path: "out")), "an export was written again")
  }

  @Test(arguments: present) func freshRunGivesTheSameBytes(_ name: String) throws {
    let folder = try copyOfWorkspace(name)
    #expect(try Program.run(["run", folder.url.path], in: packageFolder).exitCode == 0)
    let files = folder.files(below: "out")
    #expect(try Program.run(["run", "--fresh", folder.url.path], in: packageFolder).exitCode == 0)
    expectSame(files, folder.files(below: "out"), "out")
  }

  @Test func runLeavesTablesAndArchive() throws {
    let folder = try copyOfWorkspace("durand-line")
    let run = try Program.run(["run"], in: folder.url)
    #expect(run.exitCode == 0, "\(run)")
    for path in [
      "panel/panel.csv", "incidents/summary.csv", "incidents/quality.csv", "datapackage.json",
    ] { #expect(folder.has("out/tables/\(path)"), "\(path)") }
    let archive = try Data(contentsOf: folder.url.appending(path: "out/durand-line.zip"))
    #expect(archive.prefix(4) == Data([0x50, 0x4B, 3, 4]), "the archive is a zip")
    // December 2021: one row for up to 45 attacks (DL-023), one army operation (DL-024); spans and demands left out.
    let summary = try folder.text("out/tables/incidents/summary.csv").split(separator: "\n")
    let header = try #require(summary.first).split(separator: ",", omittingEmptySubsequences: false)
    let december = try #require(summary.first { $0.hasPrefix("all,all,2021-12-01") })
    let incidents = try #require(header.firstIndex(of: "incidents"))
    #expect(december.split(separator: ",", omittingEmptySubsequences: false)[incidents] == "46")
  }

  @Test func sourcesAreLeftAsTheyWere() throws {
    let folder = try copyOfWorkspace("durand-line")
    let before = folder.files(below: "data")
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    expectSame(before, folder.files(below: "data"), "data")
  }

  @Test func deletedStateAndExportsComeBack() throws {
    let folder = try copyOfWorkspace("durand-line")
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    let files = folder.files(below: "out")
    for item in [".casus", "out"] { try FileManager.default.removeItem(at: folder.url.appending(path: item)) }
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    expectSame(files, folder.files(below: "out"), "out")
  }

  @Test func damagedStateIsNeverTrusted() throws {
    let folder = try copyOfWorkspace("durand-line")
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    let files = folder.files(below: "out")
    for path in folder.files(below: ".casus/objects").keys {
      try Data("damaged".utf8).write(to: folder.url.appending(path: ".casus/objects\(path)"))
    }
    try FileManager.default.removeItem(at: folder.url.appending(path: "out"))
    let run = try Program.run(["run"], in: folder.url)
    #expect(run.exitCode == 0, "\(run)")
    expectSame(files, folder.files(below: "out"), "out")
  }

  @Test(arguments: ["KILL", "INT"], ["0.005", "0.02", "0.05", "0.1", "0.3"])
  func stoppedRunLosesNothing(_ signal: String, _ seconds: String) throws {
    let (whole, stopped) = (try copyOfWorkspace("synthetic"), try copyOfWorkspace("synthetic"))
    #expect(try Program.run(["run"], in: whole.url).exitCode == 0)
    let timeout = ["/usr/bin/timeout", "--preserve-status", "-s", signal, seconds]
    let first = try Program.run(["run"], in: stopped.url, through: timeout)
    // A fast machine may be done before the signal.
    #expect([0, signal == "INT" ? 130 : 137].contains(first.exitCode), "\(first)")
    let second = try Program.run(["run"], in: stopped.url)
    #expect(second.exitCode == 0, "\(second)")
    expectSame(whole.files(below: "out"), stopped.files(below: "out"), "out")
    let rest = try FileManager.default.contentsOfDirectory(atPath: stopped.url.path).filter { $0.hasPrefix(".") }
    #expect(rest == [".casus"], "a stopped run left \(rest)")
  }

  @Test func secondRunAtTheSameTimeIs75() throws {
    let folder = try copyOfWorkspace("durand-line")
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    let busy = try Program.run(["run"], in: folder.url, through: ["/usr/bin/flock", ".casus/lock"])
    #expect(busy.exitCode == 75, "\(busy)")
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
  }

  private func expectSame(_ one: [String: Data], _ other: [String: Data], _ folder: String) {
    #expect(!one.isEmpty, "\(folder) is empty")
    #expect(one.keys.sorted() == other.keys.sorted())
    for (path, bytes) in one.sorted(by: { $0.key < $1.key }) where other[path] != bytes {
      Issue.record("\(folder)\(path) differs")
    }
  }

  private func changeTimes(below folder: URL) -> [String: Date] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var times: [String: Date] = [:]
    while let file = found?.nextObject() as? URL {
      let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
      times[file.path] = attributes?[.modificationDate] as? Date
    }
    return times
  }
}
