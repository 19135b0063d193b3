import Foundation
import Testing

/// A scale of the user's own is an input of its source like the events themselves.
@Suite struct ScaleTests {
  private func workspace(_ scale: String) throws -> TemporaryFolder {
    let folder = try smallWorkspace(
      sources: """
        {coded: {use: csv, with: {path: data/events.csv, directed: true, ontology: cameo, scale: data/scale.csv}}}
        """)
    try folder.write(scale, "data/scale.csv")
    return folder
  }

  @Test func aChangedScaleMakesItsSourceRunAgain() throws {
    let folder = try workspace("class,goldstein\n08,5\n18,-9\n19,-10\n")
    let first = try Program.run(["run"], in: folder.url)
    #expect(first.exitCode == 0, "\(first)")
    let record = try #require(folder.files(below: ".casus/runs", ending: "run.json").values.first)
    let text = String(decoding: record, as: UTF8.self)
    #expect(text.contains(/"scale":\s*"data\/scale.csv"/), "\(text)")
    #expect(text.contains(/"path":\s*"data\/scale.csv"/), "its digest is among the inputs")
    let panel = try folder.text("out/tables/panel/panel.csv")
    #expect(!(try Program.run(["plan"], in: folder.url)).output.contains(/coded +run/))

    try folder.write("class,goldstein\n08,5\n18,-9\n19,-4\n", "data/scale.csv")
    let second = try Program.run(["run"], in: folder.url)
    #expect(second.exitCode == 0, "\(second)")
    #expect(try folder.text("out/tables/panel/panel.csv") != panel)
  }

  @Test func aMistakeInAScaleIsShownAtItsPlace() throws {
    let folder = try workspace("class,goldstein\n08,5\n19,-11\n")
    let outcome = try Program.run(["run"], in: folder.url)
    #expect(outcome.exitCode == 65, "\(outcome)")
    #expect(outcome.messages.contains("data/scale.csv:3:4"), "\(outcome)")
    #expect(outcome.messages.contains("must be a number from -10 to 10"), "\(outcome)")
  }

  @Test func aScaleThatIsNotThereIsNamed() throws {
    let folder = try smallWorkspace(sources: "{coded: {use: csv, with: {path: data/events.csv, scale: icew.csv}}}")
    let outcome = try Program.run(["run"], in: folder.url)
    #expect(outcome.exitCode == 66, "\(outcome)")
    #expect(outcome.messages.contains("icew.csv"), "\(outcome)")
  }

  @Test func theDefaultScaleIsRecorded() throws {
    let folder = try smallWorkspace()
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    let record = try #require(folder.files(below: ".casus/runs", ending: "run.json").values.first)
    #expect(String(decoding: record, as: UTF8.self).contains(/"scale":\s*"gdelt"/))
  }
}
