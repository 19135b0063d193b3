import Foundation
import TestSupport
import Testing

/// A run that is interrupted, killed, or joined by another loses nothing and leaves nothing in the way.
@Suite struct InterruptionTests {
  /// A workspace whose one file takes a while to read.
  private func long() throws -> TemporaryFolder {
    var events = "event_id,date_start,actor1,actor2,code,fatalities_best\n"
    for row in 0..<200_000 {
      events +=
        "e\(row),20\(10 + row % 12)-0\(1 + row % 9)-\(10 + row % 19),Actor \(row % 97),Actor \(row % 89),19\(row % 5),\(row % 7)\n"
    }
    return try smallWorkspace(events: events)
  }
  /// Starts a run and waits until it works.
  private func started(in folder: TemporaryFolder) throws -> Process {
    let process = try Program.start(["run", "--json"], in: folder)
    while try !folder.text("output").contains("step-began"), process.isRunning { usleep(5_000) }
    let said = try folder.text("output") + folder.text("messages")
    #expect(process.isRunning, "\(said)")
    return process
  }
  /// The next run comes to its end, with what an undisturbed one gives.
  private func expectRunsOn(_ folder: TemporaryFolder) throws {
    let run = try Program.run(["run"], in: folder.url)
    #expect(run.exitCode == 0, "\(run)")
    let undisturbed = try TemporaryFolder()
    for path in ["workspace.yaml", "data"] {
      try FileManager.default.copyItem(at: folder.url.appending(path: path), to: undisturbed.url.appending(path: path))
    }
    #expect(try Program.run(["run"], in: undisturbed.url).exitCode == 0)
    #expect(folder.files(below: "out") == undisturbed.files(below: "out"))
    let records = [folder, undisturbed].map {
      $0.files(below: ".casus/runs", ending: "run.json").sorted { $0.key < $1.key }.last?.value
    }
    #expect(records[0] != nil && records[0] == records[1])
  }

  @Test(arguments: [SIGINT, SIGTERM]) func anInterruptedRunSaysSoAndRunsOn(_ signal: Int32) throws {
    let folder = try long()
    let process = try started(in: folder)
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 130)
    #expect(!folder.has("out"))
    #expect(folder.files(below: ".casus/runs").isEmpty, "an interrupted run leaves no record")
    try expectRunsOn(folder)
  }

  @Test func aKilledRunLeavesNothingInTheWay() throws {
    let folder = try long()
    let process = try started(in: folder)
    let second = try Program.run(["run"], in: folder.url)
    #expect(second.exitCode == 75, "\(second)")
    #expect(second.messages.contains("\(process.processIdentifier)"), "it says who works: \(second)")
    for command in ["check", "plan", "runs"] {
      #expect(try Program.run([command], in: folder.url).exitCode == 0, "only a run needs the workspace to itself")
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try expectRunsOn(folder)
  }

  @Test func aReaderThatWentAwayStopsNoRun() throws {
    let folder = try smallWorkspace()
    for arguments in [["run", "--json"], ["run"], ["show"], ["show", "last", "panel", "--csv"], ["plan"], ["schema"]] {
      let pipe = Pipe()
      try pipe.fileHandleForReading.close()
      let process = try Program.start(arguments, in: folder, output: pipe.fileHandleForWriting)
      process.waitUntilExit()
      #expect(process.terminationReason == .exit && process.terminationStatus == 0, "\(arguments)")
    }
    #expect(folder.has("out/tables/panel/panel.csv"))
  }
}
