import EventModel
import Foundation
import GDELTSource
import TestSupport
import Testing
import Workbench

/// What is peculiar to GDELT's files, each on invented rows with the table they must become.
@Suite struct GDELTSourceTests {
  private func gdelt(_ fixture: String, _ parameters: String = "") throws -> Dataset {
    try Dataset(GDELTSource.self, fixture: "gdelt/\(fixture)", parameters)
  }
  private func expectTable(_ fixture: String, _ parameters: String = "", is expected: String) async throws -> Dataset {
    let dataset = try gdelt(fixture, parameters)
    try expect(try await dataset.events(), "gdelt/\(expected).expected.csv")
    return dataset
  }

  @Test func filesHaveNoHeader() async throws {
    let dataset = try await expectTable("headerless.export.CSV", is: "headerless")
    #expect(dataset.warnings.all.isEmpty)
    let schema = try await dataset.source.schema(in: dataset.context)
    #expect(schema.direction == .directed && schema.ontology == "cameo")
  }
  @Test func aQuoteIsACharacter() async throws {
    _ = try await expectTable("quotes.export.CSV", is: "quotes")
  }
  @Test func namesAreUTF8() async throws {
    _ = try await expectTable("non-ascii.export.CSV", is: "non-ascii")
  }
  @Test func eventsMayLieLongBeforeTheDayTheyWereAdded() async throws {
    let dataset = try await expectTable("dated-before.export.CSV", is: "dated-before")
    #expect(dataset.warnings.all.isEmpty)
  }
  @Test func eventsAfterTheDayTheyWereAddedAreCountedAndExcluded() async throws {
    let dataset = try await expectTable("dated-after.export.CSV", is: "dated-after")
    #expect(dataset.warnings.all.map(\.id) == ["gdelt.future-events"])
    #expect(dataset.warnings.all.first?.message.hasPrefix("2 of 4 events") == true)
  }
  @Test func version1Has58FieldsAndDaysOfAdding() async throws {
    let dataset = try await expectTable("version-1.export.CSV", is: "version-1")
    #expect(dataset.warnings.all.map(\.id) == ["gdelt.future-events"])
  }
  @Test func upToMarch2013ThereIsNoSource() async throws {
    let dataset = try await expectTable("backfile.csv", is: "backfile")
    let events = try await dataset.events()
    let reference = try #require(events[1].record)
    let record = try #require(try await dataset.source.records([reference], in: dataset.context).first)
    #expect(record.fields.count == 57 && record.fields.last?.name == "DATEADDED")
    #expect(record.location == SourceLocation(file: "backfile.csv", line: 2))
  }
  @Test func rowsWithOneOrNoActorAreKept() async throws {
    _ = try await expectTable("one-actor.export.CSV", is: "one-actor")
  }
  @Test func actorsAreWholeCodesUnlessTheWorkspaceSaysCountry() async throws {
    _ = try await expectTable("actors.export.CSV", is: "actors")
    _ = try await expectTable("actors.export.CSV", "actor: country", is: "actors-by-country")
  }
  @Test func placesAreInFIPSAndBecomeISO() async throws {
    let dataset = try await expectTable("places.export.CSV", is: "places")
    let unknown = try #require(dataset.warnings.all.first { $0.id == "scales.no-country-code" })
    #expect(unknown.notes == ["'OS': 1"])
  }
  @Test func coordinatesOutsideTheWorldAreCountedAndUnknown() async throws {
    let dataset = try gdelt("places.export.CSV")
    let events = try await dataset.events()
    #expect((0..<events.count).map { events[$0].longitude } == [-0.116667, nil, nil, nil, 70])
    let messages = dataset.warnings.all.map(\.message)
    #expect(messages.contains { $0.contains("ActionGeo_Long") && $0.contains("1") }, "\(messages)")
  }
  @Test func goldsteinScoresAreTheFilesOwnAndMayBeMissing() async throws {
    _ = try await expectTable("goldstein.export.CSV", is: "goldstein")
  }
  @Test(arguments: [
    ("root_events: true", "mentions-root", 1), ("min_mentions: 5", "mentions-five", 1),
    ("root_events: true, min_mentions: 5", "mentions-root-five", 2),
  ])
  func filtersCountWhatTheyLeaveOut(_ parameters: String, _ expected: String, _ leftOut: Int) async throws {
    let dataset = try await expectTable("mentions.export.CSV", parameters, is: expected)
    #expect(dataset.warnings.all.map(\.id) == ["gdelt.left-out"])
    #expect(dataset.warnings.all.first?.message.hasPrefix("\(leftOut) of 4 events") == true)
  }
  @Test func noFilterIsOnByItself() async throws {
    #expect(try await expectTable("mentions.export.CSV", is: "mentions").warnings.all.isEmpty)
  }

  @Test func filesOfBothVersionsStandInOneList() async throws {
    let dataset = try Dataset(
      GDELTSource.self, "{path: [new.CSV, old.CSV]}",
      files: [
        "new.CSV": fixtureBytes("gdelt/headerless.export.CSV"), "old.CSV": fixtureBytes("gdelt/version-1.export.CSV"),
      ])
    let events = try await dataset.events()
    let ids = (0..<events.count).map { events[$0].id }
    #expect(ids == ["900000001", "900000002", "900000003", "700000001", "700000002"])
    let references = try #require(events.record).values
    let records = try await dataset.source.records(references, in: dataset.context)
    #expect(records.map(\.location.file) == ["new.CSV", "new.CSV", "new.CSV", "old.CSV", "old.CSV"])
    #expect(records.map(\.fields.count) == [61, 61, 61, 58, 58])
  }

  @Test func version1GivenAsVersion2IsRefused() async throws {
    let problem = try await gdelt("version-1.export.CSV", "version: 2").failure()
    #expect(problem?.id == "gdelt.other-version")
    #expect(
      problem?.message == "the file has 58 fields, as GDELT 1.0 has; 'version' says 2.0"
        && problem?.parameter == "version"
    )
    #expect(problem?.location == SourceLocation(file: "version-1.export.CSV", line: 1))
    #expect(try await gdelt("version-1.export.CSV", "version: 1").failure() == nil)
  }
  @Test func anotherFileOfTheProjectIsRefused() async throws {
    let mentions = Array(repeating: "1", count: 16).joined(separator: "\t") + "\n"
    let problem = try await Dataset(GDELTSource.self, "{path: m.CSV}", files: ["m.CSV": Array(mentions.utf8)]).failure()
    #expect(problem?.id == "events.field-count" && problem?.location?.line == 1, "\(String(describing: problem))")
    #expect(problem?.message.contains("16 fields") == true)
  }
  @Test func aSpreadsheetsCommasAreTold() async throws {
    let text = String(decoding: try fixtureBytes("gdelt/headerless.export.CSV"), as: UTF8.self)
    let commas = Array(text.map { $0 == "\t" ? "," : String($0) }.joined().utf8)
    let problem = try await Dataset(GDELTSource.self, "{path: e.CSV}", files: ["e.CSV": commas]).failure()
    #expect(problem?.hint?.contains("commas") == true, "\(String(describing: problem))")
  }
  @Test func aCopyWithAHeaderIsRefused() async throws {
    let dataset = try gdelt("headerless.export.CSV")
    let reference = try #require(try await dataset.events()[0].record)
    let names = try await dataset.source.records([reference], in: dataset.context)[0].fields.map(\.name)
    let bytes = Array((names.joined(separator: "\t") + "\n").utf8) + (try fixtureBytes("gdelt/headerless.export.CSV"))
    let problem = try await Dataset(GDELTSource.self, "{path: e.CSV}", files: ["e.CSV": bytes]).failure()
    #expect(problem?.id == "gdelt.header" && problem?.location == SourceLocation(file: "e.CSV", line: 1))
  }
  @Test func aBadRowIsNamedByFieldRecordAndLine() async throws {
    let text = String(decoding: try fixtureBytes("gdelt/headerless.export.CSV"), as: UTF8.self)
    let damaged = Array(text.replacing("-10", with: "minus ten").utf8)
    let problem = try await Dataset(GDELTSource.self, "{path: e.CSV}", files: ["e.CSV": damaged]).failure()
    #expect(problem?.message.hasPrefix("'GoldsteinScale' is 'minus ten'") == true)
    #expect(problem?.location?.line == 3)
    #expect(problem?.notes.first?.hasPrefix("record 3 of the file") == true)
    let rest = try await Dataset(
      GDELTSource.self, "{path: e.CSV, on_bad_row: skip}", files: ["e.CSV": damaged]
    ).events()
    #expect(rest.count == 2)
  }
  @Test func eachFieldOfARecordHasAMeaning() async throws {
    let dataset = try gdelt("headerless.export.CSV")
    let events = try await dataset.events()
    let reference = try #require(events[2].record)
    let record = try #require(try await dataset.source.records([reference], in: dataset.context).first)
    #expect(record.fields.count == 61)
    for field in record.fields { #expect(!(field.meaning ?? "").isEmpty, "\(field.name)") }
    #expect(record.fields.first { $0.name == "SOURCEURL" }?.value == "https://news.example/900000003")
  }
}
