import Foundation
import TestSupport
import Testing

/// Workspaces/gdelt-day over a published file, where that is there.
@Suite struct GDELTDayTests {
  /// A run of a fresh copy of the workspace, in a folder of its own.
  private func run(_ data: URL, environment: [String: String] = [:], through wrapper: [String] = []) throws
    -> TemporaryFolder
  {
    let folder = try copyOfWorkspace("gdelt-day")
    let outcome = try Program.run(
      ["run", "--set", "data=\(data.path)"], in: folder.url, environment: environment, through: wrapper)
    #expect(outcome.exitCode == 0, "\(outcome)")
    return folder
  }

  @Test func twoRunsGiveTheSameBytes() throws {
    guard let data = sharedData("gdelt/20180101000000.export.CSV.zip") else { return }
    let one = try run(data, environment: ["TZ": "UTC", "LC_ALL": "C"])
    let other = try run(
      data, environment: ["TZ": "Asia/Kathmandu", "LC_ALL": "de_DE.UTF-8"], through: ["/usr/bin/taskset", "-c", "0"])
    let (first, second) = (one.files(below: "out"), other.files(below: "out"))
    #expect(!first.isEmpty && first.keys.sorted() == second.keys.sorted())
    for (path, bytes) in first.sorted(by: { $0.key < $1.key }) {
      #expect(bytes == second[path], "\(path) differs")
    }
  }

  @Test func panelHasTheDyadsThatACountByHandHas() throws {
    guard let data = sharedData("gdelt/20180101000000.export.CSV.zip") else { return }
    let folder = try run(data)
    let rows = try folder.text("out/tables/panel/panel.csv").split(separator: "\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let header = try #require(rows.first)
    func number(_ column: String, _ first: String, _ second: String) throws -> Double? {
      let (actor1, actor2) = (
        try #require(header.firstIndex(of: "actor1")), try #require(header.firstIndex(of: "actor2"))
      )
      let row = rows.first { $0[actor1] == first && $0[actor2] == second }
      return try row.flatMap { Double($0[try #require(header.firstIndex(of: column))]) }
    }
    for (first, second, events, sum) in [
      ("ISR", "PSE", 17, -51.9), ("PSE", "ISR", 17, -42.8), ("CHN", "RUS", 8, 12), ("USA", "PRK", 10, -24.2),
    ] as [(String, String, Double, Double)] {
      #expect(try number("events", first, second) == events, "\(first) \(second)")
      #expect(try number("goldstein_sum", first, second) == sum, "\(first) \(second)")
    }
  }
}
