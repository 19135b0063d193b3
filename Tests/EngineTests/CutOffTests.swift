import Engine
import Foundation
import JSONText
import Testing
import Workbench

/// A run does what is left to do, no more and no less, and a plan says what that is and why.
@Suite struct CutOffTests {
  private static let two = "{counts: {use: count}, panel: {use: panel, with: {unit: dyad}}}"

  @Test func anUnchangedWorkspaceHasNothingToDo() async throws {
    let bench = try Bench(small(Self.two))
    let first = try await bench.run()
    #expect(first.worked == ["coded", "all", "counts", "panel", "out"])
    #expect(first.outcome.id == "0001" && first.outcome.isNew)
    let files = bench.files()
    let again = try await bench.run()
    #expect(again.worked.isEmpty && again.outcome.exit == nil)
    #expect(again.outcome.id == "0001" && !again.outcome.isNew)
    #expect(bench.files() == files)
    #expect(try await bench.plan().values.allSatisfy { $0 == "cached: nothing it depends on changed" })
  }

  @Test func touchedFilesAndAMovedFolderChangeNothing() async throws {
    let bench = try Bench(small(Self.two))
    try await bench.run()
    for path in bench.files().keys where !path.hasPrefix("out/") { try bench.write(try bench.text(path), path) }
    #expect(try await bench.run().worked.isEmpty)
    let other = try Bench()
    try FileManager.default.removeItem(at: other.url)
    try FileManager.default.copyItem(at: bench.url, to: other.url)
    let moved = try await other.run()
    // Copies of exported files are other files than those written, so they are written again.
    #expect(moved.worked == ["out"])
    #expect(try other.record() == bench.record())
    try FileManager.default.removeItem(at: other.url)
    try FileManager.default.moveItem(at: bench.url, to: other.url)
    #expect(try await other.run().worked.isEmpty)
  }

  @Test func aChangedTitleRewritesExportsOnly() async throws {
    let bench = try Bench(small(Self.two))
    try await bench.run()
    try bench.replace("A small workspace", with: "Another title")
    #expect(try await bench.plan()["out"] == "run: the workspace file changed")
    let run = try await bench.run()
    #expect(run.worked == ["out"])
    #expect(run.outcome.id == "0002")
    #expect(try bench.text("out/run.json").contains("Another title"))
  }

  @Test func aColumnNobodyReadsIsCutOffAtItsSource() async throws {
    let bench = try Bench(small(Self.two))
    try await bench.run()
    let record = try bench.record()
    try bench.replace("Khost", with: "Gardez", in: "events.csv")
    let plan = try await bench.plan()
    #expect(plan["coded"] == "run: its file changed")
    #expect(plan["all"] == "run: after source 'coded'")
    let run = try await bench.run()
    #expect(run.worked == ["coded", "out"], "the record of the run holds the digest of the file")
    #expect(try bench.record()["analyses"] == record["analyses"])
  }

  @Test func aColumnThatIsReadRunsWhatReadsIt() async throws {
    let bench = try Bench(small("{counts: {use: count}, panel: {use: panel, with: {unit: dyad}}}"))
    try await bench.run()
    try bench.replace("Khost,2", with: "Khost,3", in: "events.csv")
    #expect(try await bench.run().worked == ["coded", "all", "panel", "out"])
    let first = try #require(try bench.text("out/panel/panel.jsonl").split(separator: "\n").last)
    #expect(first.contains("7"), "three and four fatalities: \(first)")
  }

  @Test func aParameterRunsItsStepAndThoseThatReadIt() async throws {
    let bench = try Bench(
      small("{counts: {use: count, with: {factor: 2}}, other: {use: count}, sum: {use: join, from: [counts, other]}}"))
    try await bench.run()
    try bench.replace("factor: 2", with: "factor: 3")
    let plan = try await bench.plan()
    #expect(plan["counts"] == "run: parameter 'factor' was 2, is 3")
    #expect(plan["sum"] == "run: after analysis 'counts'")
    #expect(plan["other"]?.hasPrefix("cached") == true)
    #expect(try await bench.run().worked == ["counts", "sum", "out"])
    // Back again: everything is kept still.
    try bench.replace("factor: 3", with: "factor: 2")
    #expect(try await bench.run().worked == ["out"])
    try bench.replace("factor: 2", with: "factor: 4")
    #expect(try await bench.plan()["counts"] == "run: parameter 'factor' was 2, is 4", "the last run had 2")
  }

  @Test func anUnchangedResultStopsPropagation() async throws {
    let bench = try Bench(small("{counts: {use: count}, sum: {use: join, from: counts}}"))
    try await bench.run()
    // A parameter whose other value gives the same table.
    try bench.replace("counts: {use: count}", with: "counts: {use: count, with: {places: true}}")
    try bench.write(
      Bench.events.replacing("Miranshah", with: "").replacing("Khost", with: "").replacing("Peshawar", with: ""),
      "events.csv")
    #expect(try await bench.run().worked == ["coded", "all", "counts", "out"])
  }

  @Test func seedAndBehaviourVersionAreInTheKey() async throws {
    let bench = try Bench(small("{counts: {use: count}}"))
    try await bench.run()
    let before = try bench.text("out/counts/counts.jsonl")
    try bench.write(try bench.text("workspace.yaml") + "seed: 2\n", "workspace.yaml")
    #expect(try await bench.plan()["counts"]?.hasPrefix("run: 'seed' was ") == true)
    #expect(try await bench.run().worked == ["counts", "out"])
    #expect(try bench.text("out/counts/counts.jsonl") != before)
    bench.catalog = PluginCatalog(
      bench.catalog.entries.filter { $0.manifest.id != "count" } + [PluginEntry(analyzer: CountAnalyzer<Two>.self)])
    #expect(try await bench.plan()["counts"] == "run: the behaviour version of its plugin was 1, is 2")
    #expect(try await bench.run().worked == ["counts", "out"])
  }

  @Test func stepsDoNotShareRandomNumbers() async throws {
    let bench = try Bench(small("{one: {use: count}, two: {use: count}}"))
    try await bench.run()
    #expect(try bench.text("out/one/counts.jsonl") != bench.text("out/two/counts.jsonl"))
  }

  @Test func freshWorksOnEverythingAndGivesTheSame() async throws {
    let bench = try Bench(small(Self.two))
    try await bench.run()
    let files = bench.files()
    #expect(try await bench.plan(RunOptions(isFresh: true)).values.allSatisfy { $0 == "run: asked for" })
    let fresh = try await bench.run(RunOptions(isFresh: true))
    #expect(fresh.worked == ["coded", "all", "counts", "panel", "out"])
    #expect(bench.files() == files)
    #expect(try bench.record("0001") == bench.record("0002"))
  }

  @Test func onlyAndFromChooseSteps() async throws {
    let bench = try Bench(
      small("{counts: {use: count}, panel: {use: panel, with: {unit: dyad}}, sum: {use: join, from: counts}}"))
    let only = try await bench.run(RunOptions(only: StepID(.analysis, "sum")))
    #expect(only.outcome.steps.map(\.step.name) == ["coded", "all", "counts", "sum"])
    #expect(!bench.has("out"))
    #expect(try await bench.run().worked == ["panel", "out"])
    let from = try await bench.run(RunOptions(from: StepID(.analysis, "counts")))
    #expect(from.worked == ["counts", "sum", "out"])
    #expect(try await bench.plan(RunOptions(from: StepID(.eventSet, "all")))["coded"]?.hasPrefix("cached") == true)
  }

  @Test func aNewAnalysisRunsAlone() async throws {
    let bench = try Bench(small("{counts: {use: count}}"))
    try await bench.run()
    try bench.write(small("{counts: {use: count}, more: {use: count, with: {factor: 2}}}"), "workspace.yaml")
    #expect(try await bench.run().worked == ["more", "out"])
  }

  @Test func aColumnNotHeldIsReadAgain() async throws {
    let bench = try Bench(small("{counts: {use: count}}"))
    try await bench.run()
    try bench.write(small("{counts: {use: count}, panel: {use: panel, with: {unit: dyad}}}"), "workspace.yaml")
    let plan = try await bench.plan()
    #expect(plan["coded"]?.hasPrefix("run: columns not kept yet: ") == true)
    #expect(plan["coded"]?.contains("fatalities_best") == true)
    #expect(try await bench.run().worked == ["coded", "all", "panel", "out"], "what was counted is the same")
    let both = try bench.record()
    // Taken out and put in again, nothing is read: both readings are kept.
    try bench.write(small("{counts: {use: count}}"), "workspace.yaml")
    #expect(try await bench.run().worked == ["out"])
    let one = try bench.record()
    #expect(one["sources"]?.elements.first?["columns"]?["fatalities_best"] == nil, "not a part of this run")
    #expect(try bench.record("0001") == one)
    try bench.write(small("{counts: {use: count}, panel: {use: panel, with: {unit: dyad}}}"), "workspace.yaml")
    #expect(try await bench.run().worked == ["out"])
    #expect(try bench.record() == both)
  }

  @Test func rowsLeftOutForAColumnAreReadAgainWithoutIt() async throws {
    // The second row is bad only for those who read fatalities.
    let events = Bench.events.replacing("Khost,2", with: "Khost,many")
    func text(_ analyses: String) -> String {
      small(analyses).replacing("ontology: cameo", with: "ontology: cameo, on_bad_row: skip")
    }
    let bench = try Bench(text("{counts: {use: count}, panel: {use: panel, with: {unit: dyad}}}"), events: events)
    let both = try await bench.run()
    #expect(both.warned.contains { $0.severity == .warning })
    try bench.write(text("{counts: {use: count}}"), "workspace.yaml")
    try await bench.run()
    let fresh = try Bench(text("{counts: {use: count}}"), events: events)
    try await fresh.run()
    #expect(try bench.text("out/counts/counts.jsonl") == fresh.text("out/counts/counts.jsonl"))
    #expect(try bench.record() == fresh.record())
  }

  @Test func filesOfAnalysesAreInTheirKeys() async throws {
    let bench = try Bench(small("{reading: {use: reading, with: {path: notes.txt}}, counts: {use: count}}"))
    try bench.write("one", "notes.txt")
    try await bench.run()
    #expect(try bench.text("out/reading/lengths.jsonl") == "[3]\n")
    #expect(try bench.text("out/run.json").contains("notes.txt"))
    try bench.write("three", "notes.txt")
    #expect(try await bench.plan()["reading"] == "run: its file changed")
    #expect(try await bench.run().worked == ["reading", "out"])
    #expect(try bench.text("out/reading/lengths.jsonl") == "[5]\n")
    try FileManager.default.removeItem(at: bench.url.appending(path: "notes.txt"))
    let problem = try #require(try await bench.problems().first)
    #expect(problem.id == "input.missing" && problem.location?.line == 6, "\(problem)")
  }

  @Test func theOrderOfInputsIsInTheKey() async throws {
    let analyses = "{a: {use: count}, b: {use: count, with: {factor: 2}}, sum: {use: join, from: [a, b]}}"
    let bench = try Bench(small(analyses))
    try await bench.run()
    try bench.replace("[a, b]", with: "[b, a]")
    #expect(try await bench.run().worked == ["sum", "out"])
    #expect(
      try bench.text("out/sum/joined.jsonl") == "[0,\"b\",6,0]\n[1,\"a\",3,0]\n", "findings are no part of the key")
  }

  @Test func aMissingOrChangedExportIsWrittenAgain() async throws {
    let bench = try Bench(small("{counts: {use: count}}"))
    try await bench.run()
    let files = bench.files()
    try bench.write("edited", "out/counts.jsonl")
    #expect(try await bench.plan()["out"] == "run: its files were changed or removed")
    #expect(try await bench.run().worked == ["out"])
    #expect(bench.files() == files)
    try FileManager.default.removeItem(at: bench.url.appending(path: "out"))
    try await bench.run()
    #expect(bench.files() == files)
  }

  @Test func exportsOfEventsFollowTheirColumns() async throws {
    let bench = try Bench(
      small(
        "{}", exports: "{out: {use: dump, from: all, to: out, with: {events: true}}}",
        events: "{all: {actors: [Pakistan]}}"))
    try await bench.run()
    #expect(try bench.text("out/events/all.txt") == "a TTP Pakistan\nb Pakistan TTP\nc TTP Pakistan\n")
    try bench.replace("b,2021", with: "x,2021", in: "events.csv")
    try await bench.run()
    #expect(try bench.text("out/events/all.txt").contains("x Pakistan TTP"))
  }

  @Test func profilesTakeTurnsWithoutWork() async throws {
    let bench = try Bench(
      small(Self.two, more: "profiles: {late: {events: {all: {between: [2021-12-01, 2021-12-31]}}}}"))
    try await bench.run()
    #expect(try await bench.run(profile: "late").worked == ["all", "counts", "panel", "out"])
    #expect(try await bench.run().worked == ["out"])
    #expect(try await bench.run(profile: "late").worked == ["out"])
    #expect(try bench.record()["workspace"]?["profile"] == "late")
  }

  @Test func aWhereFiltersAsAnEventSetDoes() async throws {
    let keys = "{between: [2021-12-01, 2021-12-31], countries: [PAK], actors: [TTP], classes: [\"19\"]}"
    let bench = try Bench(
      small(
        "{whole: {use: count, from: all, where: \(keys)}, part: {use: count, from: some}}",
        events: "{all: {}, some: \(keys)}"))
    try await bench.run()
    func events(_ name: String) throws -> [JSONValue] {
      try bench.text("out/\(name)/counts.jsonl").split(separator: "\n").compactMap { JSONValue(reading: Array($0.utf8)) }
        .map { .array(Array($0.elements.prefix(2))) }
    }
    #expect(try events("whole") == [["TTP", 1]])
    #expect(try events("whole") == events("part"))
    try bench.replace("where: {between: [2021-12-01", with: "where: {between: [2021-12-02")
    #expect(
      try await bench.plan()["whole"]
        == "run: the filter 'between' was [\"2021-12-01\",\"2021-12-31\"], is [\"2021-12-02\",\"2021-12-31\"]")
  }

  @Test func theTableOfActorsCountsOnlyWhereActorsAreRead() async throws {
    let bench = try Bench(
      small("{counts: {use: count}, summary: {use: incident-statistics}}", more: "actors: actors.csv"))
    try bench.write("alias,actor\nTTP,Tehrik\n", "actors.csv")
    try await bench.run()
    #expect(try bench.text("out/counts/counts.jsonl").contains("Tehrik"))
    try bench.write("alias,actor\nTTP,Taliban of Pakistan\n", "actors.csv")
    #expect(try await bench.plan()["all"] == "run: the table of actors changed")
    #expect(try await bench.run().worked.contains("counts"))
    #expect(try bench.text("out/counts/counts.jsonl").contains("Taliban of Pakistan"))
  }

  @Test(arguments: [1, 2, 8]) func resultsDoNotDependOnTheNumberOfWorkers(_ jobs: Int) async throws {
    let analyses = (0..<12).map { "a\($0): {use: count, with: {factor: \($0 + 1)}}" }.joined(separator: ", ")
    let events =
      Bench.events
      + (0..<5000).map { "e\($0),2021-0\($0 % 9 + 1)-1\($0 % 10),A\($0 % 7),B\($0 % 11),19\($0 % 4),PAK,,\($0 % 5)\n" }
      .joined()
    func bench() throws -> Bench {
      try Bench(
        small("{\(analyses), panel: {use: panel, with: {unit: dyad}}, sum: {use: join, from: [a3, a1]}}"),
        events: events)
    }
    let (one, other) = (try bench(), try bench())
    try await one.run(jobs: 1)
    try await other.run(jobs: jobs)
    #expect(one.files() == other.files())
    #expect(try one.record() == other.record())
  }
}
