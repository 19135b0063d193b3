import EventModel
import Testing
import Workbench

@testable import Engine

/// Actors change on the days on which a name passes from one to another.
@Suite struct ActorChangesTests {
  private func changes(_ rows: String, ofGroups: Bool = false) throws -> [String: [String]] {
    let table = try KnownActors("alias,actor,group,from,to\n" + rows, name: "actors").table
    return table.changes(ofGroups: ofGroups).mapValues { $0.map(\.description) }
  }

  @Test func aNameThatPassesOnChangesBoth() throws {
    let rows = """
      Government of Afghanistan,Republic,Afghanistan,,2021-08-14
      Government of Afghanistan,Taliban,Taliban,2021-08-15,
      Taleban,Taliban,Taliban,,

      """
    #expect(try changes(rows) == ["Republic": ["2021-08-15"], "Taliban": ["2021-08-15"]])
    #expect(try changes(rows, ofGroups: true) == ["Afghanistan": ["2021-08-15"], "Taliban": ["2021-08-15"]])
  }

  @Test func aNameOfOneActorChangesNothingWhenItsTimeIsOver() throws {
    // A person speaks for a state while in office; a faction joins a group under a name of its own.
    #expect(try changes("Prime minister X,Pakistan,Pakistan,2018-08-18,2022-04-10\n") == [:])
    let factions = "JuA,Jamaat,TTP,2014-08-26,2020-08-17\nJuA,TTP,TTP,2020-08-18,\n"
    #expect(try changes(factions, ofGroups: true) == [:])
    #expect(try changes(factions) == ["Jamaat": ["2014-08-26", "2020-08-18"], "TTP": ["2020-08-18"]])
  }

  @Test func eventsKnowOfTheChangesOfTheirActorsAlone() throws {
    let table = try KnownActors(
      "alias,actor,from,to\nG,Old,,2020-12-31\nG,New,2021-01-01,\nH,Other,,2019-12-31\nH,Third,2020-01-01,\n", name: "a"
    ).table
    var builder = EventTable.Builder(EventSchema(columns: [.actors], direction: .directed))
    for day in ["2020-06-01", "2021-06-01"] {
      builder.append(Event(day: try #require(Day(day)), actor1: "G", actor2: "X"))
    }
    let events = table.resolve(builder.finish(), toGroups: false).events
    let changed = try #require(Day("2021-01-01"))
    #expect(events.actorChanges == ["Old": [changed], "New": [changed]])
    #expect(events.selecting([1]).keeping([.actors]).actorChanges == events.actorChanges)
    #expect(EventTable.concatenating([events, events]).actorChanges == events.actorChanges)
  }
}
