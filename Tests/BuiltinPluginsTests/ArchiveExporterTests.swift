import ArchiveExporter
import Foundation
import TestSupport
import Testing
import Workbench

@Suite struct ArchiveExporterTests {
  private let stored: [String: String] = [
    "workspace.yaml": "workspace: 1\n", "data/events.csv": "event_id\n1\n", "secret.csv": "x",
  ]
  /// The run's files, with the digests that `sha256sum` gives them.
  private func files() throws -> [RunResults.RunFile] {
    var files: [RunResults.RunFile] = []
    try inFolder(stored.mapValues { Array($0.utf8) }) { run in
      for (name, role) in [
        ("workspace.yaml", RunResults.RunFile.Role.workspace), ("data/events.csv", .source), ("secret.csv", .source),
      ] {
        files.append(
          RunResults.RunFile(
            name: name, path: InputPath(name), digest: String(try run(["sha256sum", name], "").1.prefix(64)),
            bytes: stored[name]?.utf8.count ?? 0, role: role, mayRedistribute: name != "secret.csv"))
      }
    }
    return files
  }
  private func archive(_ run: RunResults, workers: Int = 2) async throws -> [UInt8] {
    let files = try await exported(
      made(ArchiveExporter.self), run, fileName: "x.zip", files: MemoryFiles(stored), workers: workers)
    return try #require(files["x.zip"])
  }

  @Test func holdsTheRunAndProvesIt() async throws {
    let zip = try await archive(sampleRun(rows: 1_000, files: files()))
    try inFolder(["x.zip": zip]) { run in
      #expect(try run(["unzip", "-tqq", "x.zip"], "").0 == 0)
      #expect(try run(["unzip", "-qq", "x.zip"], "").0 == 0)
      let manifests = ["manifest-sha256.txt", "tagmanifest-sha256.txt"]
      #expect(try run(["sha256sum", "--strict", "-c"] + manifests, "sample").0 == 0)
      let names = try run(["python3", "-c", "import zipfile; print(*zipfile.ZipFile('x.zip').namelist())"], "").1
      #expect(
        names.split(whereSeparator: \.isWhitespace).map(String.init)
          == [
            "bag-info.txt", "bagit.txt", "data/README.md", "data/analyses/numbers/long.csv",
            "data/analyses/numbers/result.json", "data/analyses/types/all-types.csv", "data/analyses/types/result.json",
            "data/counts/event-sets.csv", "data/datapackage.json", "data/inputs.json", "data/ro-crate-metadata.json",
            "data/run.json", "data/steps.json", "data/withheld/secret.csv.json", "data/workspace/data/events.csv",
            "data/workspace/workspace.yaml", "manifest-sha256.txt", "tagmanifest-sha256.txt",
          ].map { "sample/" + $0 })
      #expect(try run(["cat", "data/workspace/data/events.csv"], "sample").1 == "event_id\n1\n")
      // sha256sum of "x"
      let digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
      #expect(try run(["cat", "data/inputs.json"], "sample").1.contains(digest))
      #expect(try run(["cat", "data/withheld/secret.csv.json"], "sample").1.contains(digest))
      let readMe = try run(["cat", "data/README.md"], "sample").1
      #expect(readMe.contains("- `secret.csv`, 1 bytes, SHA-256 `\(digest)`"))
      #expect(readMe.contains("Someone (2026), Events."))
      #expect(readMe.contains("The ceasefire held for 9 days"))
    }
  }

  @Test func equalRunsGiveEqualBytes() async throws {
    let run = try sampleRun(rows: 200_000, files: files())
    #expect(try await archive(run, workers: 1) == archive(run, workers: 4))
  }

  @Test func refusesAnInputThatIsNoLongerWhatWasRead() async throws {
    var files = try files()
    files[1].digest = String(repeating: "0", count: 64)
    let run = sampleRun(rows: 10, files: files)
    let error = await #expect(throws: Diagnostic.self) { try await archive(run) }
    #expect(error?.id == "archive.other-input")
    #expect(error?.exit == .noInput)
  }
}
