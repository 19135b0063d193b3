import Engine
import Foundation
import TestSupport
import Testing
import Workbench
import WorkspaceFormat

/// An event leads back to the record of the file that it came from.
@Suite struct TraceTests {
  private func trace(_ bench: Bench, _ id: String, only: String? = nil) async throws -> [TracedEvent] {
    let (checked, problems) = try bench.check()
    let workspace = try #require(checked, "\(problems)")
    return try await bench.engine(bench.store()).trace(id, only: only, in: workspace)
  }
  private func problem(_ bench: Bench, _ id: String, only: String? = nil) async throws -> Diagnostic {
    do {
      _ = try await trace(bench, id, only: only)
    } catch let problem as Diagnostic {
      return problem
    }
    Issue.record("it was found")
    throw NothingThrown()
  }
  private struct NothingThrown: Error {}

  private static let two = """
    workspace: 1
    name: two
    sources:
      coded: {use: csv, with: {path: events.csv}}
      other: {use: csv, with: {path: other.csv}}
      plain: {use: csv, with: {path: plain.csv}}
    analyses: {panel: {use: panel, with: {unit: dyad, period: month}}}

    """
  private func two() throws -> Bench {
    let bench = try Bench(Self.two)
    try bench.write(
      "event_id,date_start,actor1,actor2,note\nb,2021-01-01,x,y,\"two\nlines\"\nb,2021-01-02,x,y,\n", "other.csv")
    try bench.write("date_start,actor1,actor2\n2021-01-03,p,q\n2021-01-04,r,s\n", "plain.csv")
    return bench
  }

  @Test func everyRecordWithTheIDIsFound() async throws {
    let bench = try two()
    let found = try await trace(bench, "b")
    #expect(found.map(\.source) == ["coded", "other", "other"])
    #expect(found.map(\.number) == [2, 1, 2])
    #expect(found.map(\.record.location.line) == [3, 2, 4])
    #expect(found[0].record.location.file == "events.csv" && found[0].plugin == "csv")
    #expect(found[0].record.fields.map(\.value) == ["b", "2021-12-17", "Pakistan", "TTP", "185", "AFG", "Khost", "2"])
    #expect(found[1].record.fields.last?.value == "two\nlines")
  }

  @Test func sourceCanBeNamed() async throws {
    #expect(try await trace(two(), "b", only: "other").map(\.number) == [1, 2])
    let problem = try await problem(two(), "b", only: "othr")
    #expect(problem.id == "trace.unknown-source" && problem.exit == .usage && problem.hint == "did you mean 'other'?")
  }

  @Test func eventWithoutIDIsNamedByItsNumber() async throws {
    let found = try await trace(two(), "plain:2")
    #expect(found.map(\.id) == [nil] && found[0].record.location.line == 3)
    #expect(found[0].record.fields.map(\.value) == ["2021-01-04", "r", "s"])
    #expect(try await trace(two(), "coded:3").map(\.id) == ["c"])
    #expect(try await problem(two(), "plain:0").id == "trace.unknown-event")
    #expect(try await problem(two(), "plain:3").id == "trace.unknown-event")
  }

  @Test func idThatIsNotThereIsAnsweredWithThoseThatAre() async throws {
    let bench = try two()
    let problem = try await problem(bench, "9")
    #expect(problem.id == "trace.unknown-event" && problem.exit == .failed)
    #expect(problem.notes.count == 3)
    #expect(problem.notes.first == "source 'coded' has 3 events, with ids from 'a' in the first row to 'c' in the last")
    #expect(problem.notes.last?.contains("'plain:1' to 'plain:2'") == true)
    try bench.write("event_id,date_start,actor1,actor2\nPAK1234,2021-01-01,x,y\n", "other.csv")
    #expect(try await self.problem(bench, "PAK1243").hint == "did you mean 'PAK1234'?")
    #expect(try await self.problem(bench, "2").hint == "the event of that number is 'coded:2'")
  }

  @Test func aRunBeforeChangesNothing() async throws {
    let bench = try Bench(small(exports: "{out: {use: dump, to: out, with: {events: true}}}"))
    let before = try await trace(bench, "c").map(\.record)
    try await bench.run()
    #expect(try await trace(bench, "c").map(\.record) == before)
    // What the run kept is of no use any more.
    try bench.write(Bench.events.replacing("a,2021-11-09", with: "z,2021-11-08\na,2021-11-09"), "events.csv")
    try bench.replace("z,2021-11-08", with: "z,2021-11-08,TTP,Pakistan,190,PAK,Khost,1", in: "events.csv")
    #expect(try await trace(bench, "c").map(\.record.location.line) == [5])
  }

  @Test func keptColumnsThatAreDamagedAreReadAgain() async throws {
    let bench = try Bench(small(exports: "{out: {use: dump, to: out, with: {events: true}}}"))
    try await bench.run()
    for (path, _) in bench.files(state: true) where path.contains("objects/") { try bench.write("damaged", path) }
    #expect(try await trace(bench, "c").map(\.record.location.line) == [4])
  }

  @Test func missingFileIsToldAtItsPlace() async throws {
    let bench = try two()
    try FileManager.default.removeItem(at: bench.url.appending(path: "other.csv"))
    let problem = try await problem(bench, "b")
    #expect(problem.id == "input.missing" && problem.location?.line == 5)
    #expect(try await trace(bench, "b", only: "coded").count == 1, "another source is none of its business")
  }

  @Test func rowOfADatabaseIsFound() async throws {
    let bench = try Bench(
      """
      workspace: 1
      name: base
      sources: {base: {use: sqlite, with: {path: e.sqlite, table: e, columns: {event_id: id}}}}
      analyses: {count: {use: count}}

      """)
    let sql = """
      CREATE TABLE e (id TEXT, date_start, actor1, actor2);
      INSERT INTO e (rowid, id, date_start) VALUES (40, 'x', '2021-01-01'), (50, 'y', '2021-01-02');
      """
    try Data(try #require(databaseBytes(fromSQL: sql))).write(to: bench.url.appending(path: "e.sqlite"))
    let found = try await trace(bench, "y")
    #expect(found.map(\.record.location) == [SourceLocation(file: "e.sqlite/e", line: 50)])
    #expect(found.map(\.number) == [2])
  }
}
