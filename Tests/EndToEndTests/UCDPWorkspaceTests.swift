import Foundation
import TestSupport
import Testing

/// The workspace of UCDP's events in Pakistan, over the file that lies outside the repository.
@Suite struct UCDPWorkspaceTests {
  private static let data = sharedData("ucdp/ged-pakistan-1989-2021.csv")

  private func run(_ folder: TemporaryFolder, _ file: URL, through wrapper: [String] = []) throws -> Program.Outcome {
    try Program.run(["run", "--set", "data=\(file.path)"], in: folder.url, through: wrapper)
  }
  /// The rows of a table of the run, each by the names of its columns.
  private func rows(_ path: String, of folder: TemporaryFolder) throws -> [[String: String]] {
    let lines = try folder.text(path).split(separator: "\n")
    let names = try #require(lines.first).split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
    return lines.dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
      return Dictionary(zip(names, fields)) { $1 }
    }
  }

  @Test func twoRunsGiveTheSameBytes() throws {
    guard let data = Self.data else { return }
    let (one, other) = (try copyOfWorkspace("ucdp-pakistan"), try copyOfWorkspace("ucdp-pakistan"))
    let (first, second) = (try run(one, data), try run(other, data, through: ["/usr/bin/taskset", "-c", "0"]))
    #expect(first.exitCode == 0, "\(first)")
    #expect(second.exitCode == 0, "\(second)")
    let (files, others) = (one.files(below: "out"), other.files(below: "out"))
    #expect(files.keys.contains("/ucdp-pakistan.zip") && files.keys.contains("/tables/dyads/panel.csv"))
    #expect(files.keys.sorted() == others.keys.sorted())
    for (path, bytes) in files.sorted(by: { $0.key < $1.key }) { #expect(bytes == others[path], "\(path) differs") }
  }

  @Test func runGivesTheKnownAnswers() throws {
    guard let data = Self.data else { return }
    let folder = try copyOfWorkspace("ucdp-pakistan")
    let run = try run(folder, data)
    #expect(run.exitCode == 0, "\(run)")
    #expect(run.messages.contains("61 have a low estimate above the best and 139 have a best estimate above the high"))
    let dyads = try rows("out/tables/dyads/panel.csv", of: folder)
    func sum(_ column: String, _ rows: [[String: String]]) -> Int {
      rows.reduce(0) { $0 + (Int($1[column] ?? "") ?? 0) }
    }
    #expect(sum("events", dyads) == 6416)
    #expect(
      ["fatalities_best", "fatalities_low", "fatalities_high"].map { sum($0, dyads) } == [43_225, 41_089, 49_713])
    let ttp = dyads.filter { $0["actor1"] == "Government of Pakistan" && $0["actor2"] == "TTP" }
    #expect(sum("events", ttp) == 3770 && sum("fatalities_best", ttp) == 27_862)
    let last = ttp.filter { $0["period"]?.hasPrefix("2021") == true }
    #expect(
      last.map { "\($0["events"] ?? "")/\($0["fatalities_best"] ?? "")" } == [
        "10/21", "11/34", "7/21", "6/11", "7/20", "9/18", "6/21", "17/27", "11/38", "15/26", "3/7", "10/15",
      ])
    let months = try rows("out/tables/ttp-months/summary.csv", of: folder).filter {
      $0["period"]?.hasPrefix("2021") == true
    }
    #expect(
      months.compactMap { $0["incidents"] } == "10 11 7 6 7 9 6 17 11 15 3 10".split(separator: " ").map { String($0) })
    // The war began in 2007, and the offensive of June 2014 was followed by less of it within a year.
    let changes = try rows("out/tables/ttp-months/changes.csv", of: folder)
    #expect(changes.compactMap { $0["date"] } == ["2007-10-22", "2015-06-22"])
    // The one event in which the new rulers of Afghanistan take part is theirs.
    #expect(sum("events", dyads.filter { $0.values.contains("Afghan Taliban") && $0["period"] == "2021-10-01" }) > 0)
  }

  @Test func runAgainDoesNothing() throws {
    guard let data = Self.data else { return }
    let folder = try copyOfWorkspace("ucdp-pakistan")
    #expect(try run(folder, data).exitCode == 0)
    let second = try run(folder, data)
    #expect(second.exitCode == 0 && second.output.contains("nothing to do"), "\(second)")
  }

  @Test func anEventIsTracedInTheFileThatTheRunRead() throws {
    guard let data = Self.data else { return }
    let folder = try copyOfWorkspace("ucdp-pakistan")
    #expect(try Program.run(["trace", "57152"], in: folder.url).exitCode == 66, "there is no run yet")
    #expect(try run(folder, data).exitCode == 0)
    let asInTheRun = try Program.run(["trace", "57152"], in: folder.url)
    #expect(asInTheRun.exitCode == 0 && asInTheRun.output.contains("\(data.path):1893"), "\(asInTheRun)")
    #expect(asInTheRun.output.contains("PAK-2009-1-768-566"))
    let actors = try Program.run(["actors"], in: folder.url)
    #expect(actors.exitCode == 0 && actors.output.contains("6,416 events, 68 names"), "\(actors)")
    // Once the workspace is another, what is set must be said.
    try folder.write(folder.text("workspace.yaml") + "# changed\n", "workspace.yaml")
    #expect(try Program.run(["trace", "57152"], in: folder.url).exitCode == 66)
    let said = try Program.run(["trace", "57152", "--set", "data=\(data.path)"], in: folder.url)
    #expect(said.exitCode == 0 && said.output == asInTheRun.output, "\(said)")
    let names = try Program.run(["actors", "--set", "data=\(data.path)"], in: folder.url)
    #expect(names.exitCode == 0 && names.messages.contains("next: casus run --set data=\(data.path)\n"), "\(names)")
  }

  @Test func withoutTheFileItSaysSo() throws {
    let folder = try copyOfWorkspace("ucdp-pakistan")
    guard !folder.has("data/ged-pakistan.csv") else { return }
    let outcome = try Program.run(["run"], in: folder.url)
    #expect(outcome.exitCode == 66 && outcome.messages.contains("data/ged-pakistan.csv"), "\(outcome)")
  }
}
