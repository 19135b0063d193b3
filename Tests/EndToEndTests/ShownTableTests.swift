import Foundation
import TestSupport
import Testing

/// What `casus show` makes of tables.
@Suite struct ShownTableTests {
  private static let folder: TemporaryFolder? = {
    guard let folder = try? copyOfWorkspace("durand-line"),
      (try? Program.run(["run", "-q"], in: folder.url).exitCode) == 0
    else { return nil }
    return folder
  }()

  private func show(_ arguments: String...) throws -> Program.Outcome {
    let folder = try #require(Self.folder)
    return try Program.run(["show"] + arguments, in: folder.url, environment: ["COLUMNS": "80"])
  }

  @Test func plainTablesHaveEveryRowAndColumnBetweenTabs() throws {
    let shown = try show("last", "incidents", "--table", "summary", "--plain").output
    let lines = shown.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let folder = try #require(Self.folder)
    let written = try folder.text("out/tables/incidents/summary.csv").split(separator: "\n")
    #expect(lines.count == written.count)
    #expect(
      lines.first?.split(separator: "\t").joined(separator: ",") == written.first.map { String($0) })
    #expect(Set(lines.map { $0.count { $0 == "\t" } }).count == 1, "each line has as many values")
  }

  @Test func seriesOverTimeIsDrawnWithItsRange() throws {
    let shown = try show("last", "incidents", "--table", "summary").output
    let line = try #require(shown.split(separator: "\n").last { $0.contains("█") }, "\(shown)")
    #expect(line.contains("0 to 46"), "\(line)")
    #expect(shown.contains("2017-01-01 to 2022-01-01"))
    #expect(shown.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func oneWayToWriteATableIsChosen() throws {
    let both = try show("last", "panel", "--csv", "--plain")
    #expect(both.exitCode == 64)
    #expect(both.messages.contains("--plain"))
  }
}
