import Foundation
import Testing

/// A workspace may do without sources where its analyses read files of their own.
@Suite struct EdgeListTests {
  private func workspace(_ edges: String, events: String = "") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      workspace: 1
      name: alliances
      sources: {}
      \(events)
      analyses:
        balance: {use: structural-balance, with: {edges: edges.csv, permutations: 100}}
      exports:
        tables: {use: tables, to: out}

      """, "workspace.yaml")
    try folder.write(edges, "edges.csv")
    return folder
  }
  private let edges = "actor1,actor2,sign\nA,B,1\nA,C,-1\nB,C,-1\nA,D,1\nC,D,1\n"

  @Test func aNetworkIsJudgedWithoutSources() throws {
    let folder = try workspace(edges)
    let outcome = try Program.run(["run"], in: folder.url)
    #expect(outcome.exitCode == 0, "\(outcome)")
    let rows = try folder.text("out/balance/network.csv").split(whereSeparator: \.isNewline)
    #expect(
      rows.count == 2 && rows[0].hasPrefix("period,nodes,edges,negative,triangles_balanced,triangles_unbalanced,"))
    #expect(rows[1].hasPrefix("all,4,5,2,1,1,0.5,"))
    let plan = try Program.run(["plan"], in: folder.url)
    #expect(plan.exitCode == 0 && !plan.output.contains(/balance +run/), "\(plan)")

    try folder.write(edges.replacing("C,D,1", with: "C,D,-1"), "edges.csv")
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    #expect(try folder.text("out/balance/network.csv").contains("\nall,4,5,3,2,0,1,"))
  }

  @Test func aSignThatIsNoneIsShownAtItsPlace() throws {
    let folder = try workspace(edges.replacing("B,C,-1", with: "B,C,x"))
    let outcome = try Program.run(["run"], in: folder.url)
    #expect(outcome.exitCode == 1 && outcome.messages.contains("edges.csv:4:5"), "\(outcome)")
    #expect(outcome.messages.contains("'sign' must be 1 or -1, not 'x'"), "\(outcome)")
  }

  @Test func anEventSetNeedsASource() throws {
    let folder = try workspace(edges, events: "events: {all: {}}")
    let outcome = try Program.run(["check"], in: folder.url)
    #expect(outcome.exitCode == 65 && outcome.messages.contains("the workspace has none"), "\(outcome)")
  }

  @Test func anEdgeListThatIsNotThereIsNamed() throws {
    let folder = try workspace(edges)
    try folder.write(try folder.text("workspace.yaml").replacing("edges.csv", with: "edge.csv"), "workspace.yaml")
    let outcome = try Program.run(["run"], in: folder.url)
    #expect(outcome.exitCode == 66 && outcome.messages.contains("edge.csv"), "\(outcome)")
  }
}
