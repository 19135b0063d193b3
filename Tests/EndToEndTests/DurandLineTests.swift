import Foundation
import TestSupport
import Testing

/// What the program says of 52 events coded by hand from one article; `data/claims.csv` says what can be expected.
@Suite struct DurandLineTests {
  /// The sentences as a person has read and compared them with the events.
  @Test func everySentenceIsTheOneThatWasRead() throws {
    let folder = try copyOfWorkspace("durand-line")
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    try expectGolden(folder.text("out/tables/findings.csv"), "durand-line-findings.csv")
  }

  @Test func noShiftIsClaimedOfAFewEvents() throws {
    let folder = try copyOfWorkspace("durand-line")
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    #expect(try folder.text("out/tables/shifts/shifts.csv").split(separator: "\n").count == 1, "the header alone")
    let dyads = try rows(folder.text("out/tables/shifts/dyads.csv"))
    #expect(dyads.count == 10 && dyads.allSatisfy { $0["reason"] == "few events" })
  }

  @Test func signsAreAsTheArticleSaysAndTheTriadIsUndetermined() throws {
    let folder = try copyOfWorkspace("durand-line")
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    func signs(_ one: String, _ other: String) throws -> [String: [String: String]] {
      let all = try rows(folder.text("out/tables/triads/relationships.csv"))
      return Dictionary(
        all.filter { $0["actor1"] == one && $0["actor2"] == other }.map { ($0["period"] ?? "", $0) }
      ) { $1 }
    }
    // C04: friends before August 2021 by three states of support, opponents after by deeds and words.
    let neighbours = try signs("Afghan Taliban", "Pakistan")
    #expect(neighbours["2021-04-01"]?["sign"] == "1" && neighbours["2021-04-01"]?["few_events"] == "true")
    #expect(neighbours["latest"]?["sign"] == "-1" && neighbours["latest"]?["few_events"] == "false")
    // C05 and C06.
    #expect(try signs("Afghan Taliban", "TTP")["latest"]?["sign"] == "1")
    let enemies = try signs("Pakistan", "TTP")
    #expect(try #require(Double(enemies["latest"]?["p_positive"] ?? "")) < 0.025)
    #expect(enemies["2021-04-01"] == nil, "no event between them is coded before November 2021")
    // C07: no triad before; undetermined after.
    let triads = try rows(folder.text("out/tables/triads/triads.csv")).filter {
      $0["actor1"] == "Afghan Taliban" && $0["actor2"] == "Pakistan" && $0["actor3"] == "TTP"
    }
    #expect(!triads.isEmpty && triads.allSatisfy { $0["verdict"] == "undetermined" && $0["period"] ?? "" > "2021-08" })
  }

  /// C02 and C03: the December row is not split at the end of the ceasefire, and nothing is coded before it.
  @Test func theTruceCannotBeJudged() throws {
    let folder = try copyOfWorkspace("durand-line")
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    let effects = try rows(folder.text("out/tables/truce/effects.csv"))
    let verdicts = Dictionary(effects.map { ($0["comparison"] ?? "", $0["verdict"] ?? "") }) { $1 }
    #expect(verdicts["during/before"] == "insufficient data" && verdicts["after/before"] == "insufficient data")
    let windows = try rows(folder.text("out/tables/truce/windows.csv"))
    let during = try #require(windows.first { $0["window"] == "during" })
    #expect(during["incidents_low"] == "0" && during["incidents_high"] == "45" && during["incidents"] == "")
  }

  /// C08 to C11: an assurance and a committee are no acts; Pakistan gave three of five kinds of help, then none of one.
  @Test func demandsAreNotMetAndHelpIsTooRareToCompare() throws {
    let folder = try copyOfWorkspace("durand-line")
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    let demands = try rows(folder.text("out/tables/leverage/demands.csv"))
    #expect(demands.count == 7 && demands.allSatisfy { $0["done"] == "" })
    let onTaliban = demands.filter { $0["target"] == "Afghan Taliban" }
    #expect(onTaliban.map { $0["outcome"] ?? "" } == ["promised and refused", "no answer"])
    let shares = try rows(folder.text("out/tables/leverage/dependence.csv")).filter {
      $0["actor"] == "Afghan Taliban" && $0["partner"] == "Pakistan"
    }
    #expect(shares.map { "\($0["events"] ?? "") of \($0["events_actor"] ?? "")" } == ["3 of 5", "0 of 1"])
  }
}

/// The rows of a table whose fields have no quotes, each by the names of its columns.
func rows(_ text: String) throws -> [[String: String]] {
  let lines = text.split(separator: "\n").filter { !$0.contains("\"") }
  let names = try #require(lines.first).split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
  return lines.dropFirst().map { line in
    let fields = line.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
    return Dictionary(zip(names, fields)) { $1 }
  }
}
