import Foundation
import TestSupport
import Testing

/// `casus actors`, as a person works with it until every name is settled.
@Suite struct ActorsTests {
  private func workspace(actors: String?) throws -> TemporaryFolder {
    let folder = try smallWorkspace(
      events: """
        event_id,date_start,actor1,actor2,code
        a,2021-11-09,TTP: Tehreek-i-Taliban Pakistan,Government of Pakistan,190
        b,2021-12-17,Government of Pakistan,Government of Afghanistan,112
        c,2021-12-30,Government of Pakistan,A new one,190

        """)
    if let actors {
      try folder.write(actors, "actors.csv")
      try folder.write("actors: actors.csv\n" + folder.text("workspace.yaml"), "workspace.yaml")
    }
    return folder
  }

  @Test func rowsAppendedToTheTableSettleEveryName() throws {
    let folder = try workspace(actors: "alias,actor,group,from,to,kind\nIslamabad,Pakistan,,,,state\n")
    let listed = try Program.run(["actors"], in: folder.url)
    #expect(listed.exitCode == 0)
    #expect(listed.output.hasPrefix("coded  3 events, 4 names: 4 not settled\n"), "\(listed)")
    #expect(listed.output.contains("3  Government of Pakistan"), "\(listed)")
    #expect(listed.messages.contains("next: casus actors --csv"))
    let rows = try Program.run(["actors", "--csv"], in: folder.url)
    #expect(
      rows.output == """
        Government of Pakistan,Pakistan,,,,state
        A new one,A new one,,,,
        Government of Afghanistan,Islamic State of Afghanistan (1992-2001),Afghanistan,1992-04-28,1996-09-26,state
        Government of Afghanistan,Afghan Taliban,,1996-09-27,2001-12-21,armed
        Government of Afghanistan,Islamic Republic of Afghanistan,Afghanistan,2001-12-22,2021-08-14,state
        Government of Afghanistan,Afghan Taliban,,2021-08-15,,armed
        TTP: Tehreek-i-Taliban Pakistan,TTP,,,,armed

        """, "\(rows)")
    try folder.write(folder.text("actors.csv") + rows.output, "actors.csv")
    let settled = try Program.run(["actors"], in: folder.url)
    #expect(
      settled.output == "coded  3 events, 4 names: all in the table of actors\nevery name in the data is settled\n")
    #expect(settled.messages == "next: casus run\n")
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    let panel = try folder.text("out/tables/panel/panel.csv")
    #expect(panel.contains("2021-12-01,Pakistan,Afghan Taliban,1"), "\(panel)")
    #expect(!folder.has("out/tables/merges.csv"), "no set merges records")
  }

  @Test func withoutATableTheRowsAreOne() throws {
    let folder = try workspace(actors: nil)
    let rows = try Program.run(["actors", "--csv", "--limit", "1"], in: folder.url)
    #expect(rows.output == "alias,actor,group,from,to,kind\nGovernment of Pakistan,Pakistan,,,,state\n")
    let answer = try #require(try Program.run(["actors", "--json"], in: folder.url).json() as? [String: Any])
    #expect(answer["type"] as? String == "actors")
    let source = try #require((answer["sources"] as? [[String: Any]])?.first)
    #expect(source["open"] as? Int == 4 && source["events"] as? Int == 3)
    let names = try #require(source["list"] as? [[String: Any]])
    #expect(names.map { $0["events"] as? Int } == [3, 1, 1, 1])
    #expect(names[0]["status"] as? String == "unresolved" && names[0]["from"] as? String == "2021-11-09")
    let suggestion = try #require((names[0]["suggestions"] as? [[String: Any]])?.first)
    #expect((suggestion["rows"] as? [[String: Any]])?.first?["kind"] as? String == "state")
  }

  @Test func theActorsOfTheExampleAreSettled() throws {
    let folder = try copyOfWorkspace("durand-line")
    let answer = try #require(try Program.run(["actors", "--json"], in: folder.url).json() as? [String: Any])
    let source = try #require((answer["sources"] as? [[String: Any]])?.first)
    #expect(source["open"] as? Int ?? 99 < 20)
  }
}
