import Engine
import Foundation
import JSONText
import TestSupport
import Testing
import Workbench

/// SQLite files on disk, which other programs may be writing.
@Suite struct SQLiteFileTests {
  private static let table =
    "CREATE TABLE e (date_start, actor1, actor2); INSERT INTO e VALUES ('2021-01-01', 'a', 'b');"
  private func bench() throws -> Bench {
    try Bench(
      """
      workspace: 1
      name: base
      sources: {base: {use: sqlite, with: {path: e.sqlite, table: e}}}
      analyses: {count: {use: count}}

      """)
  }
  private func place(_ bench: Bench) -> URL { bench.url.appending(path: "e.sqlite") }
  private func error(_ bench: Bench) async throws -> Diagnostic? {
    try await bench.problems().first { $0.severity == .error }
  }

  @Test func recordHasTheDigestOfTheFile() async throws {
    let bench = try bench()
    let writer = try WrittenDatabase(at: place(bench))
    try writer.execute(Self.table)
    try writer.close()
    let before = bench.files()
    #expect(try await bench.run().outcome.exit == nil)
    #expect(bench.files() == before, "nothing is left beside the file")
    let input = try bench.record()["sources"]?.elements.first?["inputs"]?.elements.first
    #expect(input?["bytes"]?.integer == before["e.sqlite"]?.count)
    #expect(try await bench.run().worked.isEmpty)
    let again = try WrittenDatabase(at: place(bench))
    try again.execute("INSERT INTO e VALUES ('2021-01-02', 'c', 'd')")
    try again.close()
    #expect(try await bench.run().worked == ["base", "all", "count"])
  }

  @Test func databaseThatIsBeingWrittenIsRefused() async throws {
    let bench = try bench()
    let writer = try WrittenDatabase(at: place(bench))
    try writer.execute(Self.table)
    try writer.execute("BEGIN EXCLUSIVE")
    #expect(try await error(bench)?.id == "sqlite.locked")
    try writer.execute("COMMIT")
    #expect(try await error(bench) == nil)
    try writer.close()
  }

  @Test func dataBesideTheFileAreRefusedAndReadOnceTheyAreInIt() async throws {
    let bench = try bench()
    let writer = try WrittenDatabase(at: place(bench), writesAhead: true)
    try writer.execute(Self.table)
    let problem = try #require(try await error(bench))
    #expect(problem.id == "sqlite.unfinished")
    #expect(problem.message.contains("'e.sqlite-wal'") && problem.hint?.contains("wal_checkpoint") == true)
    try writer.close()
    let before = bench.files()
    #expect(before.keys.contains { $0.hasSuffix("-wal") } == false)
    #expect(try await error(bench) == nil)
    #expect(try await bench.run().outcome.exit == nil)
    #expect(bench.files() == before, "SQLite left files beside the database")
  }

  @Test func namesAreNotTakenForAddresses() async throws {
    let bench = try bench()
    let name = "a b%20?mode=rw#x.sqlite"
    try bench.replace("e.sqlite", with: "\"\(name)\"")
    let writer = try WrittenDatabase(at: bench.url.appending(path: name), writesAhead: true)
    try writer.execute(Self.table)
    try writer.close()
    #expect(try await error(bench) == nil)
  }
}
