import Engine
import Foundation
import JSONText
import Synchronization
import Testing
import Workbench

/// What goes wrong stops what depends on it and nothing else, is said with its place, and is made good by running again.
@Suite struct FailureTests {
  @Test func aFailedStepBlocksItsDependantsOnly() async throws {
    let bench = try Bench(
      small(
        "{bad: {use: fail}, good: {use: count}, sum: {use: join, from: good}}",
        exports: "{all: {use: dump, to: out/all}, one: {use: dump, from: good, to: out/one}}"))
    let run = try await bench.run()
    #expect(run.states["analysis 'bad'"] == "failed")
    #expect(run.states["analysis 'sum'"] == "done")
    #expect(run.states["export 'all'"] == "blocked")
    #expect(run.states["export 'one'"] == "done")
    #expect(run.outcome.exit == .failed)
    #expect(bench.has("out/one/good/counts.jsonl") && !bench.has("out/all"))
    let entry = try #require(try bench.record()["analyses"]?.elements.first)
    #expect(entry["state"] == "failed" && entry["error"]?["message"] == "it always fails")
    #expect(try await bench.plan()["bad"] == "run: it failed in run 0001")
    let again = try await bench.run()
    #expect(again.worked.isEmpty, "only what is left is done")
    #expect(again.outcome.exit == .failed)
  }

  @Test func aMendedStepRunsWithWhatItBlocked() async throws {
    let bench = try Bench(small("{step: {use: fail}, good: {use: count}}"))
    #expect(try await bench.run().states["export 'out'"] == "blocked")
    let plan = try await bench.plan()
    #expect(plan["step"] == "run: it failed in run 0001")
    try bench.replace("use: fail", with: "use: count")
    #expect(try await bench.run().worked == ["step", "out"])
  }

  @Test func aBrokenPromiseIsAFaultOfThePlugin() async throws {
    let run = try await Bench(small("{broken: {use: broken}}")).run()
    #expect(run.error(of: "broken")?.id == "run.broken-promise")
    #expect(run.outcome.exit == .plugin)
  }

  private static let optional = """
    workspace: 1
    name: small
    sources:
      here: {use: csv, with: {path: events.csv}}
      gone: {use: csv, with: {path: gone.csv}, optional: true}
    events: {all: {}, rest: {from: gone}}
    analyses: {both: {use: count, from: all}, one: {use: count, from: rest}, sum: {use: join, from: [both, one]}}
    exports: {out: {use: dump, to: out}}

    """

  @Test func aMissingOptionalFileIsSkippedWithANote() async throws {
    let bench = try Bench(Self.optional)
    #expect(try await bench.plan()["gone"] == "skipped: there is no file 'gone.csv'")
    let run = try await bench.run()
    #expect(run.states["source 'gone'"] == "skipped")
    #expect(run.states["event set 'all'"] == "done")
    #expect(run.states["event set 'rest'"] == "skipped")
    #expect(run.states["analysis 'one'"] == "skipped")
    #expect(run.states["analysis 'sum'"] == "skipped")
    #expect(run.states["export 'out'"] == "done")
    #expect(run.outcome.exit == nil)
    #expect(run.outcome.problems.map(\.id).sorted() == ["plan.empty-event-set", "plan.skipped-source"])
    #expect(run.outcome.problems.allSatisfy { $0.severity == .warning && $0.location != nil })
    let gone = try bench.record()["sources"]?.elements.last
    #expect(gone?["state"] == "skipped" && gone?["reason"] == "there is no file 'gone.csv'")
    #expect(try bench.text("out/counts.jsonl").contains("[\"all\",1,\"gone\",\"skipped: its file is missing\",0]"))
    #expect(try await bench.run().worked.isEmpty)

    try bench.write(Bench.events, "gone.csv")
    #expect(try await bench.run().worked == ["gone", "all", "rest", "both", "one", "sum", "out"])
    #expect(try !bench.text("out/counts.jsonl").contains("skipped"))
    try FileManager.default.removeItem(at: bench.url.appending(path: "gone.csv"))
    #expect(try await bench.run().worked == ["out"], "the results without it are kept")
  }

  @Test func aFolderInPlaceOfAnOptionalFileIsAnError() async throws {
    let bench = try Bench(Self.optional)
    try FileManager.default.createDirectory(
      at: bench.url.appending(path: "gone.csv"), withIntermediateDirectories: true)
    let run = try await bench.run()
    #expect(run.outcome.exit == .noInput && run.outcome.steps.isEmpty)
  }

  @Test func anotherFileThanThePinnedOneIsRefused() async throws {
    let digest = String(repeating: "0", count: 64)
    let bench = try Bench(small("{counts: {use: count}}"))
    try await bench.run()
    // Pinned afterwards, with results kept: refused all the same.
    try bench.replace("ontology: cameo}}", with: "ontology: cameo}, pin: \"sha256:\(digest)\"}")
    #expect(try await bench.plan()["coded"] == "blocked: the file of source 'coded' is not the pinned one")
    let run = try await bench.run()
    let error = try #require(run.error(of: "coded"))
    #expect(error.id == "run.wrong-pin" && error.location?.line == 5 && run.outcome.exit == .failed)
    #expect(run.states["analysis 'counts'"] == "blocked")
    let found = try #require(error.hint?.split(separator: "sha256:").last)
    try bench.replace(digest, with: String(found))
    #expect(try await bench.run().outcome.exit == nil)
    // And where nothing was kept.
    let fresh = try Bench(
      small("{counts: {use: count}}").replacing("cameo}}", with: "cameo}, pin: \"sha256:\(digest)\"}"))
    #expect(try await fresh.run().error(of: "coded")?.id == "run.wrong-pin")
  }

  @Test func anInterruptedRunGoesOnWhereItStopped() async throws {
    let analyses = (0..<6).map { "a\($0): {use: count, with: {factor: \($0)}}" }.joined(separator: ", ")
    let (bench, undisturbed) = (try Bench(small("{\(analyses)}")), try Bench(small("{\(analyses)}")))
    try await undisturbed.run()
    for limit in [0, 3, 8, 20, 40] {
      let asked = Mutex(0)
      let run = try await bench.run(isCancelled: {
        asked.withLock { count in
          count += 1
          return count > limit
        }
      })
      #expect(run.outcome.exit == .interrupted || run.outcome.exit == nil)
      #expect(run.outcome.id == nil || run.outcome.exit == nil, "an interrupted run leaves no record")
    }
    try await bench.run()
    #expect(bench.files() == undisturbed.files())
    #expect(try bench.record() == undisturbed.record())
  }

  // MARK: Refused before a row is read

  /// A fault of a workspace, the id of what is said, and where.
  struct Fault: Sendable, CustomTestStringConvertible {
    let title: String
    let text: String
    let id: String
    let line: Int
    let says: String
    var testDescription: String { title }
  }
  private static let undirected = small().replacing(", directed: true, ontology: cameo", with: "")
  private static let union = small("{}", events: "{all: {}}").replacing(
    "events:", with: "  bare: {use: csv, with: {path: bare.csv}}\nevents:")

  @Test(arguments: [
    Fault(
      title: "cycle", text: small("{a: {use: join, from: c}, b: {use: join, from: a}, c: {use: join, from: b}}"),
      id: "workspace.cycle", line: 6, says: "'a' reads 'c' reads 'b' reads 'a'"),
    Fault(
      title: "own cycle", text: small("{a: {use: join, from: a}}"), id: "workspace.cycle", line: 6,
      says: "'a' reads 'a'"),
    Fault(title: "direction", text: undirected, id: "plan.needs-direction", line: 6, says: "directed: true"),
    Fault(
      title: "column of a set",
      text: small(events: "{all: {countries: [PAK]}}").replacing("events.csv", with: "bare.csv"),
      id: "plan.missing-columns", line: 6, says: "'country'"),
    Fault(
      title: "column of a where",
      text: small("{p: {use: panel, where: {countries: [PAK]}}}").replacing("events.csv", with: "bare.csv"),
      id: "plan.missing-columns", line: 6, says: "'country'"),
    Fault(
      title: "column of one source of two",
      text: union.replacing("analyses: {}", with: "analyses: {p: {use: panel, with: {unit: country}}}"),
      id: "plan.missing-columns", line: 8, says: "source 'bare'"),
    Fault(
      title: "two event sets", text: small("{a: {use: count, from: [x, y]}}", events: "{x: {}, y: {}}"),
      id: "workspace.ambiguous-event-set", line: 7, says: "one"),
    Fault(
      title: "which event set", text: small("{a: {use: count}}", events: "{x: {}, y: {}}"),
      id: "workspace.ambiguous-event-set", line: 7, says: "x, y"),
    Fault(
      title: "no such input", text: small("{a: {use: join, from: [countz]}, counts: {use: count}}"),
      id: "workspace.unknown-reference", line: 6, says: "counts"),
    Fault(
      title: "input twice", text: small("{a: {use: count}, b: {use: join, from: [a, a]}}"), id: "workspace.named-twice",
      line: 6, says: "'a'"),
    Fault(
      title: "source twice", text: small(events: "{all: {from: [coded, coded]}}"), id: "workspace.named-twice", line: 6,
      says: "'coded'"),
    Fault(
      title: "export input twice", text: small(exports: "{x: {use: dump, from: [panel, panel], to: out}}"),
      id: "workspace.named-twice", line: 7, says: "'panel'"),
    Fault(
      title: "unread input", text: small("{a: {use: count}, b: {use: count, from: [all, a]}}"),
      id: "workspace.unused-input", line: 6, says: "'a'"),
    Fault(
      title: "events not read", text: small("{a: {use: count}, b: {use: join, from: [all, a]}}"),
      id: "workspace.unused-input", line: 6, says: "'all'"),
    Fault(
      title: "nothing to filter", text: small("{a: {use: count}, b: {use: join, from: a, where: {actors: [x]}}}"),
      id: "workspace.unused-input", line: 6, says: "'b'"),
    Fault(
      title: "missing table", text: small("{b: {use: join}}"), id: "workspace.missing-table", line: 6, says: "'counts'"),
    Fault(
      title: "name of an event set", text: small("{all: {use: count}}"), id: "workspace.name-clash", line: 6,
      says: "'all'"),
    Fault(
      title: "plugin of another kind", text: small("{a: {use: csv}}"), id: "workspace.unknown-plugin", line: 6,
      says: "an analyzer is needed"),
    Fault(
      title: "same place", text: small(exports: "{x: {use: dump, to: out}, y: {use: dump, to: ./out/}}"),
      id: "workspace.shared-export", line: 7, says: "'x'"),
    Fault(
      title: "place in another's", text: small(exports: "{x: {use: dump, to: out/x}, y: {use: dump, to: out}}"),
      id: "workspace.shared-export", line: 7, says: "'x'"),
    Fault(
      title: "outside", text: small(exports: "{x: {use: dump, to: ../x}}"), id: "export.outside", line: 7, says: "../x"),
    Fault(
      title: "onto git", text: small(exports: "{x: {use: dump, to: .git/x}}"), id: "export.protected", line: 7,
      says: ".git"),
    Fault(
      title: "onto the state", text: small(exports: "{x: {use: dump, to: .casus}}"), id: "export.protected", line: 7,
      says: ".casus"),
    Fault(
      title: "onto itself", text: small(exports: "{x: {use: dump, to: .}}"), id: "export.protected", line: 7,
      says: "'.'"),
  ])
  func whatCannotRunIsRefusedWithItsPlace(_ fault: Fault) async throws {
    let bench = try Bench(fault.text)
    try bench.write("event_id,date_start,actor1,actor2\na,2021-01-01,A,B\n", "bare.csv")
    let problems = try await bench.problems()
    let problem = try #require(problems.first { $0.id == fault.id }, "\(problems)")
    #expect(problem.location?.file == "workspace.yaml" && problem.location?.line == fault.line, "\(problem)")
    #expect(([problem.message, problem.hint ?? ""] + problem.notes).contains { $0.contains(fault.says) }, "\(problem)")
    #expect(problem.exit == .invalid)
  }

  @Test func exportsOntoInputsAreRefused() async throws {
    let bench = try Bench(small(exports: "{x: {use: dump, to: data}}").replacing("events.csv", with: "data/events.csv"))
    try bench.write(Bench.events, "data/events.csv")
    let problem = try #require(try await bench.problems().first)
    #expect(problem.id == "export.protected" && problem.location?.line == 7)
    let run = try await bench.run()
    #expect(run.outcome.steps.isEmpty && run.outcome.exit == .invalid, "nothing was run")
  }

  @Test func exportsMayLieOutsideWhereAllowed() async throws {
    let bench = try Bench(small(exports: "{x: {use: dump, to: ../\(UUID().uuidString)/x}}"))
    #expect(try await bench.problems(allowOutside: true).isEmpty)
    #expect(try await !bench.problems().isEmpty)
  }

  @Test func aColumnOfOneSourceIsNoColumnOfTheUnion() async throws {
    let bench = try Bench(
      Self.union.replacing("analyses: {}", with: "analyses: {c: {use: count, with: {places: true}}}"))
    try bench.write("event_id,date_start,actor1,actor2\nz,2021-01-01,A,B\n", "bare.csv")
    try await bench.run()
    let rows = try bench.text("out/c/counts.jsonl").split(separator: "\n")
    #expect(rows.count == 3 && rows.allSatisfy { $0.hasSuffix("null]") }, "optional where all have it: \(rows)")
    let columns = try bench.record()["sources"]?.elements.first?["columns"]
    #expect(columns?["place"] == nil, "nobody gets it, so it is not read")
  }
}
