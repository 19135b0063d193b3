import ACLEDSource
import EventModel
import Foundation
import TestSupport
import Testing
import Workbench

/// The traps of ACLED's files, one test each, over invented files with the table that must come out beside them.
@Suite struct ACLEDQuirkTests {
  @Test func layoutOf2015HasCapitalsOtherNamesAndDaysFirst() async throws {
    let warnings = try await expectTable(ACLEDSource.self, "acled/layout-2015")
    #expect(warnings.map(\.id) == ["acled.no-sub-event-types"])
  }
  @Test func layoutOf2015GivesEventTypesInSilenceWhereTheyAreAskedFor() async throws {
    let warnings = try await expectTable(ACLEDSource.self, "acled/layout-2015", with: "class: event-type")
    #expect(warnings.isEmpty)
  }
  @Test func layoutOf2022HasNumbersOfKinds() async throws {
    let warnings = try await expectTable(ACLEDSource.self, "acled/layout-2022")
    #expect(warnings.isEmpty)
  }
  @Test func misspeltDisorderTypeIsLeftInTheFile() async throws {
    let dataset = try Dataset(ACLEDSource.self, fixture: "acled/layout-2022.csv")
    let references = try #require(try await dataset.events().record)
    let record = try #require(try await dataset.source.records([references.values[1]], in: dataset.context).first)
    #expect(record.fields.first { $0.name == "disorder_type" }?.value == "Demostrations")
  }
  @Test func associatedActorsAreNoSides() async throws {
    let table = try await Dataset(ACLEDSource.self, fixture: "acled/layout-2022.csv").events()
    #expect(table[1].actor1 == "Protesters (Arnor)" && table[1].actor2 == nil)
    #expect(table.actor1?.labels.contains { $0.contains("Labour") } == false)
  }
  @Test func yearsOfARegimeStayInItsName() async throws {
    let table = try await Dataset(ACLEDSource.self, fixture: "acled/layout-2022.csv").events()
    #expect(table[0].actor1 == "Military Forces of Arnor (2018-2022)")
    #expect(table[3].actor1 == "Military Forces of Arnor (2022-)")
  }
  @Test func precisionsOfTimeAndPlaceGoFromOneToThree() async throws {
    let table = try await Dataset(ACLEDSource.self, fixture: "acled/layout-2022.csv").events()
    #expect((0..<3).map { table[$0].datePrecision } == [.day, .week, .month])
    #expect(table.columns.contains(.geoPrecision))
  }
  @Test func kindsOfBothSidesAndTheTimeOfChangeAreLeftInTheFile() async throws {
    let record = try await Dataset(ACLEDSource.self, fixture: "acled/layout-2022.csv").firstRecord()
    let values = Dictionary(uniqueKeysWithValues: record.fields.map { ($0.name, $0.value) })
    #expect(values["interaction"] == "12" && values["timestamp"] == "1643760000")
  }
  @Test func eventTypeMayBeTheClass() async throws {
    try await expectTable(
      ACLEDSource.self, "acled/layout-2022", "acled/layout-2022-event-type", with: "class: event-type")
  }
  @Test func currentLayoutHasNamesOfKindsNamesOfMonthsAndAByteOrderMark() async throws {
    let warnings = try await expectTable(ACLEDSource.self, "acled/current")
    #expect(warnings.map(\.id) == ["events.taken-as-unknown", "events.taken-as-unknown"], "two coordinates")
  }
  @Test func civilianTargetingMayBeAskedFor() async throws {
    let warnings = try await expectTable(
      ACLEDSource.self, "acled/layout-2022", "acled/layout-2022-civilians", with: "civilian_targeting: true")
    #expect(warnings.map(\.message) == ["3 of 4 events were left out: 3 by 'civilian_targeting'"])
  }
  @Test func kindsOfActorsMayBeAskedFor() async throws {
    let warnings = try await expectTable(
      ACLEDSource.self, "acled/layout-2022", "acled/layout-2022-rebels", with: "kinds: [rebels, external]")
    #expect(warnings.map(\.message) == ["2 of 4 events were left out: 2 by 'kinds'"])
  }
  @Test func oneNumberOfFatalitiesIsTheBestEstimate() async throws {
    let table = try await Dataset(ACLEDSource.self, Self.header + "A1,2022-01-31,Battles,a,1,b,2,7\n").events()
    #expect(table[0].fatalities == Fatalities(low: nil, best: 7, high: nil))
    #expect(!table.columns.contains(.fatalitiesLow) && !table.columns.contains(.fatalitiesHigh))
  }
  @Test func unknownKindOfActorIsWarnedOf() async throws {
    let text =
      Self.header + "A1,2022-01-31,Battles,a,1,b,9,7\nA2,2022-01-31,Battles,a,1,b,Bree,7\n"
      + "A3,2022-02-01,Battles,a,,b,Bree,7\n"
    let dataset = try Dataset(ACLEDSource.self, text)
    #expect(try await dataset.events().count == 3)
    let warning = try #require(dataset.warnings.all.first { $0.id == "acled.unknown-kinds" })
    #expect(warning.notes == ["'Bree': 2", "'9': 1"])
  }
  @Test(arguments: ["18/04/2001", "18 April 2001", "2001-04-18", "2001-04-18T00:00:00Z", "18 april 2001"])
  func datesAreReadInEveryStyle(_ date: String) async throws {
    let table = try await Dataset(ACLEDSource.self, Self.header + "A1,\(date),Battles,a,1,b,2,7\n").events()
    #expect(table[0].firstDay == Day(year: 2001, month: 4, day: 18))
  }

  static let header = "event_id_cnty,event_date,event_type,actor1,inter1,actor2,inter2,fatalities\n"

  @Test func mayNotBePassedOn() {
    #expect(!ACLEDSource.manifest.mayRedistribute)
    #expect(ACLEDSource.manifest.citation?.contains("www.acleddata.com") == true)
  }
  @Test(arguments: ["layout-2015", "layout-2022", "current"])
  func everyFieldHasAMeaning(_ fixture: String) async throws {
    let record = try await Dataset(ACLEDSource.self, fixture: "acled/\(fixture).csv").firstRecord()
    #expect(record.fields.filter { $0.meaning == nil }.map(\.name) == [])
  }
  @Test(arguments: ["acled_v1_2015_header.csv", "acled_v3_2023_header.csv"])
  func publishedHeaderIsKnown(_ name: String) async throws {
    guard let url = sharedData("headers/\(name)") else { return }
    let dataset = try Dataset(ACLEDSource.self, String(contentsOf: url, encoding: .utf8))
    let schema = try await dataset.source.schema(in: dataset.context)
    #expect(
      schema.columns.isSuperset(
        of: EventColumns.dates.union([
          .id, .actors, .eventClass, .goldstein, .quadClass, .coordinates, .geoPrecision, .country, .admin1, .place,
          .outlet,
          .record,
        ])))
    #expect(!schema.columns.contains(.reports) && !schema.columns.contains(.confidence))
  }
}

/// Files that are not what they are said to be.
@Suite struct ACLEDBadInputTests {
  private static let header = ACLEDQuirkTests.header
  private func problem(_ text: String) async throws -> Diagnostic {
    try await Dataset(ACLEDSource.self, text).problem()
  }
  @Test func fileOfUCDPIsNamed() async throws {
    let found = try await problem("id,type_of_violence,side_a,side_b,date_start,date_end,best\n")
    #expect(found.message == "the file looks like one of UCDP GED, not of ACLED")
    #expect(found.hint == "read it with 'use: ucdp'")
  }
  @Test func fileOfGTDIsNamed() async throws {
    let found = try await problem("eventid,iyear,imonth,iday,gname,nkill\n")
    #expect(found.id == "events.other-dataset" && found.message.contains("GTD"))
  }
  @Test func missingColumnsAreAllNamed() async throws {
    let found = try await problem("event_id_cnty,event_type,actor1,actor2\n")
    #expect(found.message.contains("'event_date', 'fatalities'"), "\(found.message)")
  }
  @Test func fileWrittenAsCSVTwiceIsTold() async throws {
    let found = try await problem("\"\(Self.header.dropLast())\"\n\"A1,2022-01-31,Battles,a,1,b,2,7\"\n")
    #expect(found.id == "events.encoded-twice", "\(found)")
  }
  @Test func shiftedColumnsArePlaced() async throws {
    let found = try await problem(Self.header + "A1,2022-01-31,Battles,a,1,b,2,7\nA2,Battles,a,1,b,2,7,\n")
    #expect(found.id == "events.bad-date" && found.location?.line == 3, "\(found)")
    #expect(found.message.contains("'event_date' is 'Battles'"))
  }
  @Test(arguments: ["31/02/2022", "12/31/2022", "31.01.2022", "2022-13-01", "31 Foo 2022", "44592"])
  func dateThatIsNoneIsRefused(_ date: String) async throws {
    let found = try await problem(Self.header + "A1,\(date),Battles,a,1,b,2,7\n")
    #expect(found.id == "events.bad-date" && found.message.contains("'\(date)'"), "\(found)")
  }
  @Test func rowOfTotalsIsPlaced() async throws {
    let found = try await problem(Self.header + "A1,2022-01-31,Battles,a,1,b,2,7\nTotal,,,,,,,7\n")
    #expect(found.id == "events.missing-date" && found.location?.line == 3, "\(found)")
  }
}
