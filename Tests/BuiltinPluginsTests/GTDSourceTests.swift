import EventModel
import Foundation
import GTDSource
import TestSupport
import Testing
import Workbench

/// What is peculiar to files of the Global Terrorism Database, each on invented rows with the table they must become.
@Suite struct GTDSourceTests {
  private func gtd(_ fixture: String, _ parameters: String = "") throws -> Dataset {
    try Dataset(GTDSource.self, fixture: "gtd/\(fixture)", parameters)
  }
  private func expectTable(_ fixture: String, _ parameters: String = "", is expected: String? = nil) async throws
    -> [String]
  {
    let dataset = try gtd("\(fixture).csv", parameters)
    try expect(try await dataset.events(), "gtd/\(expected ?? fixture).expected.csv")
    return dataset.warnings.all.map(\.id)
  }

  @Test func theColumnsOfTheDatabase() async throws {
    #expect(try await expectTable("columns").isEmpty)
    #expect(GTDSource.manifest.mayRedistribute == false)
  }
  @Test func theTargetIsTheSecondActor() async throws {
    _ = try await expectTable("columns", "target: nationality", is: "columns-nationality")
    _ = try await expectTable("columns", "target: organization", is: "columns-organization")
  }
  @Test func aCutOfTheDatabaseWithoutEventid() async throws {
    #expect(try await expectTable("cut").isEmpty)
  }
  @Test func anUnknownDayOrMonthIsPrecision() async throws {
    #expect(try await expectTable("unknown-days").isEmpty)
  }
  @Test func negativeCodesAndEmptyAreUnknownNotZero() async throws {
    #expect(try await expectTable("unknown-killed").isEmpty)
  }
  @Test func sharesOfATotalAreRoundedAndCounted() async throws {
    #expect(try await expectTable("shared-killed") == ["gtd.shared-fatalities"])
  }
  @Test func textIsWindows1252() async throws {
    #expect(try await expectTable("windows-1252").isEmpty)
  }
  @Test func bothEncodingsInOneFile() async throws {
    #expect(try await expectTable("both-encodings").isEmpty)
  }
  @Test func summariesHoldQuotesCommasAndLines() async throws {
    let record = try await gtd("columns.csv").firstRecord()
    let summary = record.fields.first { $0.name == "summary" }?.value
    #expect(summary?.contains(", placed by \"nobody\", went off.\nNothing") == true, "\(String(describing: summary))")
    _ = try await expectTable("columns")
  }
  @Test func resolutionIsAFreeDate() async throws {
    #expect(try await expectTable("resolution") == ["gtd.unreadable-end"])
  }
  @Test func failedAttacksScoreMinusNine() async throws {
    #expect(try await expectTable("failed") == ["scales.unknown-classes"])
  }
  @Test func aLongitudeOutsideTheWorldIsUnknown() async throws {
    let dataset = try gtd("coordinates.csv")
    try expect(try await dataset.events(), "gtd/coordinates.expected.csv")
    #expect(dataset.warnings.all.count == 1 && dataset.warnings.all.first?.message.contains("longitude") == true)
  }
  @Test func countriesAreNamedAsTheyWere() async throws {
    #expect(try await expectTable("countries") == ["scales.no-country-code"])
  }
  @Test func doubtfulIncidentsAreLeftOutOnlyIfAskedFor() async throws {
    #expect(try await expectTable("doubtful").isEmpty)
    #expect(try await expectTable("doubtful", "exclude_doubtful: true", is: "doubtful-excluded") == ["gtd.left-out"])
    #expect(try await expectTable("doubtful", "all_criteria: true", is: "all-criteria") == ["gtd.left-out"])
  }
  @Test func aFilterNeedsItsColumn() async throws {
    let problem = try await gtd("cut.csv", "exclude_doubtful: true").failure()
    #expect(problem?.id == "events.missing-column" && problem?.message.contains("'doubtterr'") == true)
  }

  @Test func aFileWithShiftedColumnsIsRefused() async throws {
    let problem = try #require(try await gtd("shifted.csv").failure())
    #expect(problem.id == "gtd.shifted-columns" && problem.message.hasPrefix("the columns look shifted: '"))
    #expect(problem.location?.line == 3 && problem.notes.first?.hasPrefix("record 2") == true, "\(problem)")
    let start = try #require(try await gtd("shifted-from-the-start.csv").failure())
    #expect(start.id == "gtd.shifted-columns" && start.location?.line == 2, "\(start)")
  }
  @Test func shiftedColumnsAreFoundWhateverIsAskedFor() async throws {
    let dataset = try gtd("shifted.csv")
    await #expect(throws: Diagnostic.self) { try await dataset.source.read(.country, in: dataset.context) }
  }
  @Test func linesEncodedTwiceAreTold() async throws {
    let padded = try #require(try await gtd("padded.csv").failure())
    #expect(padded.id == "gtd.padded-lines" && padded.location?.line == 1, "\(padded)")
    let twice = try #require(try await gtd("encoded-twice.csv").failure())
    #expect(twice.id == "events.encoded-twice" && twice.location?.line == 1, "\(twice)")
  }
  @Test func anotherDelimiterIsTold() async throws {
    let problem = try #require(try await gtd("semicolons.csv").failure())
    #expect(problem.location?.line == 1 && problem.hint?.contains("semicolons") == true, "\(problem)")
  }
  @Test func aRowOfTotalsIsRefused() async throws {
    let problem = try #require(try await gtd("totals.csv").failure())
    #expect(problem.location?.line == 5 && problem.hint?.contains("totals") == true, "\(problem)")
    let skipping = try gtd("totals.csv", "on_bad_row: skip")
    #expect(try await skipping.events().count == 3)
    #expect(skipping.warnings.all.map(\.id) == ["events.rows-skipped"])
  }
  @Test func eachFieldOfARecordHasAMeaning() async throws {
    let dataset = try gtd("columns.csv")
    let events = try await dataset.events()
    let reference = try #require(events[0].record)
    let record = try #require(try await dataset.source.records([reference], in: dataset.context).first)
    #expect(record.fields.count == 135)
    for field in record.fields { #expect(!(field.meaning ?? "").isEmpty, "\(field.name)") }
  }
  @Test func namesEveryFieldOfTheHeader() async throws {
    guard let url = sharedData("headers/gtd_0718_header.csv") else { return }
    let header = try String(contentsOf: url, encoding: .utf8)
    let fixture = String(decoding: try fixtureBytes("gtd/columns.csv"), as: UTF8.self)
    #expect(fixture.prefix { $0 != "\n" } == header.prefix { !$0.isNewline })
  }
}
