import DelimitedText
import Foundation
import TestSupport
import Testing

/// The 14 claims of one article, put to the events coded from it and to UCDP's: each verdict as its author expected it.
@Suite struct ClaimsTests {
  /// The rows of a table, each by the names of its columns; a missing value is empty.
  private func rows(_ text: String) throws -> [[String: String]] {
    let table = try DelimitedTable(text, name: "table")
    return table.records.map { Dictionary(zip(table.header, $0.map { $0 ?? "" })) { $1 } }
  }
  /// What became of each claim beside what its author expected: the expectation begins with the verdict or its reason.
  private func compare(_ folder: TemporaryFolder, claims: String, expected column: String) throws -> [String] {
    let found = try rows(folder.text("out/tables/claims/claims.csv"))
    let expected = try rows(folder.text(claims))
    #expect(found.count == 14 && expected.map { $0["claim"] } == found.map { $0["claim"] })
    return zip(expected, found).compactMap { claim, row in
      let (wanted, verdict, reason) = (claim[column] ?? "", row["verdict"] ?? "", row["reason"] ?? "")
      let agrees = wanted.hasPrefix(verdict) || wanted.hasPrefix(reason) || reason.hasPrefix(wanted)
      return !wanted.isEmpty && !reason.isEmpty && agrees
        ? nil : "\(claim["claim"] ?? ""): expected '\(wanted)', found '\(verdict) (\(reason))'"
    }
  }

  @Test func verdictsOnTheCodedEventsAreThoseExpected() throws {
    let folder = try copyOfWorkspace("durand-line")
    let run = try Program.run(["run"], in: folder.url)
    #expect(run.exitCode == 0, "\(run)")
    #expect(try compare(folder, claims: "data/claims.csv", expected: "expected_on_coded_events") == [])
    let claims = try rows(folder.text("out/tables/claims/claims.csv"))
    func row(_ name: String) throws -> [String: String] { try #require(claims.first { $0["claim"] == name }) }
    // By hand: 45 incidents of one row against none in any other month; one row less and nothing is left.
    #expect(try row("C01")["rank"] == "1" && row("C01")["tipping"] == "1")
    #expect(try row("C11")["n"] == "6" && row("C11")["estimate"] == "-0.6")
    #expect(try row("C14")["due"] == "2022-12-31")
    let tipping = try rows(folder.text("out/tables/claims/tipping.csv"))
    let turn = try #require(tipping.first { $0["claim"] == "C01" && $0["change"]?.hasPrefix("removed") == true })
    #expect(turn["events"] == "DL-023")
    let against = try rows(folder.text("out/tables/claims/evidence.csv")).filter { $0["side"] == "against" }
    #expect(against.contains { $0["claim"] == "C08" && $0["event_id"] == "DL-040" })
  }

  @Test func verdictsOnUCDPAreThoseExpected() throws {
    guard let data = sharedData("ucdp/ged-pakistan-1989-2021.csv") else { return }
    let folder = try copyOfWorkspace("ucdp-pakistan")
    let run = try Program.run(["run", "--set", "data=\(data.path)"], in: folder.url)
    #expect(run.exitCode == 0, "\(run)")
    #expect(try compare(folder, claims: "claims.csv", expected: "expected_on_ucdp") == [])
    let claims = try rows(folder.text("out/tables/claims/claims.csv"))
    func number(_ name: String, _ column: String) throws -> Double {
      try #require(claims.first { $0["claim"] == name }?[column].flatMap { Double($0) })
    }
    // methods.md 00, restated known answers: 2 v 15 in 31 days each; after / during 7.05 (1.50-66).
    #expect(abs(try number("C02", "estimate") - 2.0 / 15) < 1e-9)
    #expect(abs(try number("C02", "exact_low") - 0.0147950181) < 1e-6)
    #expect(abs(try number("C02", "exact_high") - 0.5733392308) < 1e-6)
    #expect(try number("C02", "high") > 1)
    #expect(abs(try number("C03", "estimate") - 7.0454545) < 1e-6)
    #expect(abs(try number("C03", "exact_low") - 1.5014255977) < 1e-6)
    #expect(abs(try number("C03", "exact_high") - 66.132631774) < 1e-5)
    // Ten in December against 17 in August: with 7 more nothing speaks against it.
    let windows = try rows(folder.text("out/tables/claims/windows.csv")).filter { $0["claim"] == "C01" }
    #expect(
      windows.compactMap { $0["incidents"] } == "10 11 7 6 7 9 6 17 11 15 3 10".split(separator: " ").map(String.init))
    let tipping = try rows(folder.text("out/tables/claims/tipping.csv")).filter { $0["claim"] == "C01" }
    #expect(tipping.contains { $0["change"] == "added" && $0["number"] == "7" }, "\(tipping)")
  }

  /// Without the columns `sign` and `actor3` the text says who is friendly, and the best observed triad is taken.
  @Test func fileAsItsAuthorWroteItGivesTheSameVerdicts() throws {
    guard let file = sharedData("durand-line/claims.csv") else { return }
    let folder = try copyOfWorkspace("durand-line")
    try folder.write(String(contentsOf: file, encoding: .utf8), "data/claims.csv")
    let run = try Program.run(["run"], in: folder.url)
    #expect(run.exitCode == 0 && run.messages.contains("is read from the text of C04, C05, C06"), "\(run)")
    #expect(try compare(folder, claims: "data/claims.csv", expected: "expected_on_coded_events") == [])
  }

  @Test func bothWorkspacesHoldTheSameClaims() throws {
    let (one, other) = (try copyOfWorkspace("durand-line"), try copyOfWorkspace("ucdp-pakistan"))
    #expect(try one.text("data/claims.csv") == other.text("claims.csv"))
  }

  @Test func mistypedKindEndsTheStepWithItsPlaceInTheFile() throws {
    let folder = try copyOfWorkspace("durand-line")
    try folder.write(
      folder.text("data/claims.csv").replacingOccurrences(of: "C05,sign,", with: "C05,sing,"), "data/claims.csv")
    let run = try Program.run(["run"], in: folder.url)
    #expect(run.exitCode == 1, "\(run)")
    #expect(run.messages.contains("claims.csv:6:5") && run.messages.contains("did you mean 'sign'?"), "\(run)")
  }
}
