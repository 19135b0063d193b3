import EventModel
import FileStore
import Testing
import Workbench

@testable import Engine

/// Names that the table of actors does not settle are listed with what they may stand for.
@Suite struct ActorReviewTests {
  private static let known = """
    alias,actor,group,from,to,kind
    Government of Afghanistan,Islamic Republic,Afghanistan,,2021-08-14,state
    Government of Afghanistan,Taliban,Taliban,2021-08-15,,armed
    Taleban,Taliban,Taliban,,,armed
    PAK,Pakistan,Pakistan,,,state
    Government of Pakistan,Pakistan,Pakistan,,,state
    TTP,TTP,TTP,,,armed
    Tehrik-i-Taliban Pakistan,TTP,TTP,,,armed
    Government of Iran,Iran,Iran,,,state

    """
  private func suggestions(_ name: String, own: String = "alias,actor\n") throws -> [ActorSuggestions.Suggestion] {
    ActorSuggestions(
      own: try KnownActors(own, name: "own").table, known: try KnownActors(Self.known, name: "known").table
    ).suggestions(for: name)
  }
  private func first(_ name: String, own: String = "alias,actor\n") throws -> String? {
    try suggestions(name, own: own).first.map { "\($0.rows.map(\.actor).joined(separator: "|")): \($0.reason)" }
  }

  @Test(arguments: [
    ("Government of Pakistan", "Pakistan: a known name"), (" government  of pakistan", "Pakistan: a known name"),
    ("Pakistan", "Pakistan: a known actor"), ("Government of Afghanistan", "Islamic Republic|Taliban: a known name"),
    ("PAKMIL", "Pakistan: CAMEO: PAK is Pakistan, MIL military"),
    ("PAKCVL", "Civilians (Pakistan): CAMEO: PAK is Pakistan, CVL civilians"),
    ("TTP: Tehreek-i-Taliban Pakistan", "TTP: holds 'TTP'"),
    ("Tehreek-e-Taliban Pakistan", "TTP: like 'Tehrik-i-Taliban Pakistan'"),
    ("Military Forces of Pakistan (2018-2022)", "Pakistan: like 'Pakistan'"),
  ])
  func aNameGetsWhatItMayStandFor(_ name: String, _ suggestion: String) throws {
    #expect(try first(name) == suggestion)
  }

  @Test(arguments: ["Government of Iraq", "Pakistan People's Party", "Nobody at all", "XYZGOV", "the of", ""])
  func aNameLikeNoneGetsNone(_ name: String) throws {
    #expect(try suggestions(name).map(\.reason) == [])
  }

  @Test func theWorkspacesOwnWordForAnActorIsTaken() throws {
    let own = "alias,actor,group,kind\nTaleban,Afghan Taliban,Kabul,armed\nIslamabad,Pakistan,South,state\n"
    #expect(try first("Government of Afghanistan", own: own) == "Islamic Republic|Afghan Taliban: a known name")
    let row = try #require(try suggestions("Government of Pakistan", own: own).first?.rows.first)
    #expect(row == ActorSuggestions.Row(actor: "Pakistan", group: "South", from: nil, to: nil, kind: .state))
    #expect(try first("Islamabadd", own: own) == "Pakistan: like 'Islamabad'")
  }

  private static let workspace = """
    workspace: 1
    name: small
    actors: actors.csv
    sources:
      coded: {use: csv, with: {path: events.csv}}
      plain: {use: csv, with: {path: plain.csv}}
    events: {all: {from: coded}}
    analyses: {count: {use: count}}

    """
  private func review(_ bench: Bench) async throws -> ActorReview {
    let checked = try #require(try bench.check().checked)
    let store = bench.store()
    let (review, problems) = await bench.engine(store).reviewActors(
      checked, known: try KnownActors(Self.known, name: "known"))
    try store.saveDigests()
    return try #require(review, "\(problems)")
  }

  @Test func namesAreListedBySourceTheMostFrequentFirst() async throws {
    let bench = try Bench(
      Self.workspace,
      events: """
        event_id,date_start,actor1,actor2
        1,2021-01-01,Old,Two
        2,2021-07-01,Old,Two
        3,2021-02-01,Gov,gOV
        4,2021-03-01,Two,Two
        5,2021-04-01,pak,PAK
        6,2021-05-01,,Solo

        """)
    try bench.write("date_start,country\n2021-01-01,PAK\n", "plain.csv")
    try bench.write(
      "alias,actor,from\nOld,Alpha,2021-06-01\nGov,One,\nPak,Beta,\nPaK,Gamma,\n", "actors.csv")
    _ = try await bench.run()
    let review = try await review(bench)
    #expect(review.sources.map(\.name) == ["coded"], "the other names no actors")
    let source = try #require(review.sources.first)
    #expect(source.events == 6 && source.names == 7)
    let open = source.open.map { "\($0.name) \($0.status.rawValue) \($0.events) \($0.from) \($0.to)" }
    #expect(
      open == [
        "Two unresolved 3 2021-01-01 2021-07-01", "Old other-days 1 2021-01-01 2021-01-01",
        "PAK ambiguous 1 2021-04-01 2021-04-01", "Solo unresolved 1 2021-05-01 2021-05-01",
        "pak ambiguous 1 2021-04-01 2021-04-01",
      ])
    #expect(try await bench.plan()["coded"] == "cached: nothing it depends on changed")
  }

  @Test func keptColumnsAreUsedAndARunNeedNotReadAgain() async throws {
    let bench = try Bench(Self.workspace)
    try bench.write("date_start,country\n2021-01-01,PAK\n", "plain.csv")
    try bench.write("alias,actor\nTTP,TTP\nPakistan,Pakistan\n", "actors.csv")
    #expect(try await review(bench).sources.first?.open.isEmpty == true)
    #expect(try await bench.run().states["source 'coded'"] == "cached")
  }
}
