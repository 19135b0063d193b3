import EventModel
import Foundation
import JSONText
import RelationshipShiftAnalyzer
import TestSupport
import Testing
import UCDPSource
import Workbench

/// UCDP's events in Pakistan, of which the counts were made by another program (Python, csv module).
@Suite struct RelationshipShiftPakistanTests {
  private func result(_ values: [(String, [String])]) async throws -> AnalysisResult? {
    guard let url = sharedData("ucdp/ged-pakistan-1989-2021.csv") else { return nil }
    let dataset = try Dataset(
      UCDPSource.self, "{path: ged.csv}", files: ["ged.csv": Array(try Data(contentsOf: url))])
    let events = try await dataset.events()
    let actors = try #require(events.actors)
    let rows = (0..<events.count).filter { row in
      let names = [actors.actor1[row], actors.actor2[row]].compactMap { $0.map { actors.labels[Int($0)] } }
      return names.contains("Government of Pakistan") && names.contains("TTP")
    }
    let days = try (#require(Day("1989-01-01")), #require(Day("2021-12-31")))
    let own = events.selecting(rows.map(Int32.init)).covering([Coverage(source: "ged", from: days.0, to: days.1)])
    return try await analysis(RelationshipShiftAnalyzer.self, of: own, with: values)
  }

  @Test func theWarOfTheTTPRisesIn2007AndFallsInTwoStepsAndCeasefiresAreNoShifts() async throws {
    guard let result = try await result([("period", ["month"])]) else { return }
    let series = try #require(result["series"])
    let months = try lines(series, ["period", "conflict"]).filter { $0 >= "2014" }
    #expect(
      months.prefix(12).compactMap { Int($0.split(separator: ",")[1]) } == [
        32, 21, 4, 12, 23, 46, 35, 12, 28, 23, 23, 34,
      ])
    // The months of both ceasefires: March 2014, and November 2021, whose month holds 3 events and its 31 days 2.
    #expect(months.contains("2014-03-01,4") && months.contains("2021-11-01,3"))
    let shifts = try #require(result["shifts"])
    let found = try lines(shifts, ["label", "channel", "tone_before", "tone_after"])
    #expect(found.count >= 2 && found.allSatisfy { $0.hasPrefix("violence ") && $0.hasSuffix(",conflict,,") })
    #expect(found.first == "violence rose,conflict,,")
    let dates = try lines(shifts, ["date"])
    let first = try #require(dates.first)
    #expect(first >= "2007-06-01" && first <= "2008-09-01", "\(dates)")
    #expect(try lines(shifts, ["label"]).contains("violence fell"))
    // A truce of a month is no regime: no shift begins with either.
    #expect(!dates.contains { ["2014-03-01", "2014-04-01", "2021-11-01", "2021-12-01"].contains($0) }, "\(dates)")
    #expect(result.findings.contains { $0.sentence.contains("the data have no cooperation") })
  }
}
