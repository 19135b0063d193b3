import Foundation
import TestSupport
import Testing

/// The shifts that the program finds among invented events, of which it is known which were planted.
@Suite struct SyntheticShiftsTests {
  private struct Truth: Decodable {
    struct Planted: Decodable {
      let date: String
      let label: String
    }
    let shifts: [Planted]
  }

  /// The file of truths: its key `_meta` says how it was made, every other is a dyad.
  private struct Truths: Decodable {
    let ofDyads: [String: Truth]

    init(from decoder: any Decoder) throws {
      let keyed = try decoder.container(keyedBy: Name.self)
      ofDyads = try Dictionary(
        uniqueKeysWithValues: keyed.allKeys.filter { $0.stringValue != "_meta" }.map {
          ($0.stringValue, try keyed.decode(Truth.self, forKey: $0))
        })
    }

    struct Name: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }
  }

  private func day(_ text: String) throws -> Double {
    try Date(text + "T00:00:00Z", strategy: .iso8601).timeIntervalSinceReferenceDate / 86_400
  }

  @Test func plantedShiftsAreFoundAndQuietDyadsAreLeftInPeace() throws {
    // Thousands of permutations of 180 series take minutes in a program that is not optimised.
    let program = try Program.url().resolvingSymlinksInPath().path
    guard ProcessInfo.processInfo.environment["CASUS"] != nil || program.contains("/release/") else {
      print("skipped: build the program with `-c release`, or name it in CASUS")
      return
    }
    let folder = try copyOfWorkspace("synthetic")
    let run = try Program.run(["run", "--profile", "shifts"], in: folder.url)
    #expect(run.exitCode == 0, "\(run)")
    let truth = try JSONDecoder().decode(
      Truths.self, from: Data(contentsOf: folder.url.appending(path: "data/truth.json"))
    ).ofDyads
    var (found, rightLabels, falseOnes, quietFlagged) = (Set<String>(), 0, 0, Set<String>())
    var shifted: Set<String> = []
    for row in try rows(folder.text("out/tables/shifts/shifts.csv")) {
      let dyad = "\(row["actor1"] ?? "")|\(row["actor2"] ?? "")"
      shifted.insert(dyad)
      let planted = truth[dyad]?.shifts.first
      let dates = try ["date", "date_low", "date_high"].map { try day(row[$0] ?? "") }
      let isRight = try planted.map { planted in
        let real = try day(planted.date)
        let isInSet = dates[1] <= real && real <= dates[2] && dates[2] - dates[1] < 105 * 7
        return isInSet || abs(dates[0] - real) <= 56
      }
      if isRight ?? false {
        if found.insert(dyad).inserted, row["label"] == planted?.label { rightLabels += 1 }
      } else {
        falseOnes += 1
        if planted == nil { quietFlagged.insert(dyad) }
      }
    }
    #expect(truth.values.count { !$0.shifts.isEmpty } == 30)
    #expect(found.count >= 25, "\(found.count) found")
    #expect(falseOnes <= 3, "\(falseOnes) false")
    #expect(quietFlagged.count <= 1, "\(quietFlagged)")
    #expect(rightLabels * 5 >= found.count * 4, "\(rightLabels) of \(found.count) labels")
    // Each shift with a triad before and after is seen with its third parties; quarters have changes looked for.
    let parties = try rows(folder.text("out/tables/triads/third-parties.csv"))
    #expect(Set(parties.map { "\($0["actor1"] ?? "")|\($0["actor2"] ?? "")" }).isSubset(of: shifted))
    #expect(parties.contains { $0["contradicts"] == "true" } && parties.contains { $0["contradicts"] == "false" })
    let quarters = try rows(folder.text("out/tables/triads/network.csv"))
    #expect(quarters.count == 25 && quarters.dropFirst().allSatisfy { $0["edges"] == "60" })
    let breaks = try rows(folder.text("out/tables/shifts/coverage.csv")).filter { $0["kind"] == "break" }
    #expect(breaks.count == 1)
    #expect(abs(try day(breaks.first?["date"] ?? "") - day("2020-07-01")) <= 28)
  }
}
