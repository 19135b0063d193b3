import EventModel
import FileStore
import Foundation
import GDELTSource
import TestSupport
import Testing
import Workbench

/// What a published file of GDELT 2.0 holds, counted by other programs; skipped where it is absent.
@Suite struct GDELTFileTests {
  /// Every column of the file, with some parameters.
  private func events(_ parameters: String = "") async throws -> (events: EventTable, warnings: [Diagnostic])? {
    guard let url = sharedData("gdelt/20180101000000.export.CSV.zip") else { return nil }
    let folder = url.deletingLastPathComponent().path(percentEncoded: false)
    let dataset = try Dataset(
      GDELTSource.self, "{path: \(url.lastPathComponent)\(parameters)}",
      files: FileStore(folder: folder, workspaceFile: folder + "/workspace.yaml"))
    return (try await dataset.events(), dataset.warnings.all)
  }

  @Test func countsOfEventsClassesCodesAndDays() async throws {
    guard let (events, warnings) = try await events() else { return }
    #expect(events.count == 2414)
    let classes = try #require(events.quadClass)
    #expect([1, 2, 3, 4].map { number in classes.values.count { $0 == number } } == [1401, 254, 281, 478])
    #expect(classes.missing == 0 && events.goldstein?.missing == 0)
    #expect(events.eventClass?.labels.count == 95)
    let days = Dictionary(grouping: events.firstDay.values) { $0.description }.mapValues(\.count)
    #expect(days == ["2018-01-01": 2391, "2017-12-31": 15, "2017-12-02": 6, "2017-12-25": 2])
    // Nothing is left out, and a few places lie in no country.
    #expect(warnings.map(\.id) == ["scales.no-country-code"], "\(warnings)")
    let actors = try #require(events.actors)
    #expect((0..<2414).count { actors.actor1.has($0) && actors.actor2.has($0) } == 1404)
  }

  @Test(arguments: [
    ("ISR", "PSE", 17, -51.9), ("PSE", "ISR", 17, -42.8), ("CHN", "RUS", 8, 12), ("USA", "PRK", 10, -24.2),
  ])
  func sumsOfDirectedDyads(_ first: String, _ second: String, _ count: Int, _ sum: Double) async throws {
    guard let (events, _) = try await events(", actor: country") else { return }
    let scores = try #require(events.goldstein)
    let rows = (0..<events.count).filter { events.actor1?[$0] == first && events.actor2?[$0] == second }
    #expect(rows.count == count)
    #expect(rows.reduce(0) { $0 + Int(scores.values[$1].millionths) } == Int((sum * 1_000_000).rounded()))
  }

  @Test func filters() async throws {
    guard let (roots, _) = try await events(", root_events: true") else { return }
    #expect(roots.count == 1363)
    guard let (mentioned, _) = try await events(", min_mentions: 2") else { return }
    #expect(mentioned.count == 2414 - 269)
  }
}
