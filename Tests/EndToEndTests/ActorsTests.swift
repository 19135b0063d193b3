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

  @Test func namesAreKnownByTheNumbersOfTheirDataset() throws {
    let folder = try smallWorkspace(
      sources: "{ged: {use: ucdp, with: {path: data/events.csv}}}",
      analyses: "{panel: {use: panel, with: {unit: dyad, period: month}}}",
      events: """
        id,type_of_violence,date_start,side_a_new_id,side_a,side_b_new_id,side_b
        1,1,2021-11-09,142,State of Arnor,9999,Nobody
        2,1,2021-12-17,142,State of Arnor,356.0,The Students

        """)
    let listed = try Program.run(["actors"], in: folder.url)
    #expect(listed.output.contains("TTP (ucdp:356 is 'TTP')"), "\(listed)")
    #expect(listed.output.contains("Pakistan (ucdp:142 is 'Government of Pakistan')"), "\(listed)")
    // The workspace's own table comes first, and gets the numbers where it has a column for them.
    try folder.write("alias,actor,dataset_id\nKing,Arnor,ucdp:142;other:7\n", "actors.csv")
    try folder.write("actors: actors.csv\n" + folder.text("workspace.yaml"), "workspace.yaml")
    let rows = try Program.run(["actors", "--csv"], in: folder.url)
    #expect(
      rows.output == "State of Arnor,Arnor,ucdp:142\nNobody,Nobody,ucdp:9999\nThe Students,TTP,ucdp:356\n", "\(rows)")
    try folder.write("alias,actor,dataset_id\nKing,Arnor,142\n", "actors.csv")
    let wrong = try Program.run(["actors"], in: folder.url)
    #expect(wrong.exitCode == 65 && wrong.messages.contains("such as ucdp:356, not '142'"), "\(wrong)")
  }

  @Test func theActorsOfTheExampleAreSettled() throws {
    let folder = try copyOfWorkspace("durand-line")
    let answer = try #require(try Program.run(["actors", "--json"], in: folder.url).json() as? [String: Any])
    let source = try #require((answer["sources"] as? [[String: Any]])?.first)
    #expect(source["open"] as? Int ?? 99 < 20)
  }
}
