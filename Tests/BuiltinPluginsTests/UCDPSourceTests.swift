import EventModel
import Foundation
import TestSupport
import Testing
import UCDPSource
import Workbench

/// The traps of UCDP's files, one test each, over invented files with the table that must come out beside them.
@Suite struct UCDPQuirkTests {
  @Test(arguments: ["tag-row", "line-feeds", "articles", "provinces", "missing", "pandas"])
  func nothingIsWarnedOf(_ fixture: String) async throws {
    #expect(try await expectTable(UCDPSource.self, "ucdp/\(fixture)").isEmpty)
  }

  @Test func rowOfTagsIsNoEvent() async throws {
    try await expectTable(UCDPSource.self, "ucdp/tag-row")
  }

  @Test func lineFeedsStandInFieldsOfLinesThatEndWithCarriageReturns() async throws {
    try await expectTable(UCDPSource.self, "ucdp/line-feeds")
  }

  @Test func articlesAreFreeTextOrQuotedTriples() async throws {
    try await expectTable(UCDPSource.self, "ucdp/articles")
  }

  @Test func namesOfProvincesStayAsTheyAreSpelled() async throws {
    try await expectTable(UCDPSource.self, "ucdp/provinces")
  }

  @Test func datesHaveMidnightBehindThemAndPrecisionsKeepFirstAndLastDay() async throws {
    try await expectTable(UCDPSource.self, "ucdp/multi-day")
  }

  @Test func estimatesOfSplitReportsAreOutOfOrderAndCounted() async throws {
    let warnings = try await expectTable(UCDPSource.self, "ucdp/estimates")
    #expect(warnings.map(\.id) == ["ucdp.estimates-out-of-order"])
    #expect(
      warnings.first?.message
        == "of 5 events 1 has a low estimate above the best and 1 has a best estimate above the high")
  }

  @Test(arguments: ["low", "high"]) func estimateChoosesWhatIsBest(_ estimate: String) async throws {
    let warnings = try await expectTable(
      UCDPSource.self, "ucdp/estimates", "ucdp/estimates-\(estimate)", with: "estimate: \(estimate)")
    #expect(warnings.map(\.id) == ["ucdp.estimates-out-of-order"], "the file's own estimates are compared")
  }

  @Test func uncountedSourcesAndEmptyFieldsAreMissing() async throws {
    try await expectTable(UCDPSource.self, "ucdp/missing")
  }

  @Test func coordinatesOutsideTheWorldAreUnknownAndCounted() async throws {
    let warnings = try await expectTable(UCDPSource.self, "ucdp/outside-the-world")
    #expect(warnings.map(\.id) == ["events.taken-as-unknown", "events.taken-as-unknown"])
    #expect(
      warnings.map(\.message) == [
        "1 of 3 events has a 'latitude' outside -90 to 90; it is taken as unknown",
        "1 of 3 events has a 'longitude' outside -180 to 180; it is taken as unknown",
      ])
  }

  @Test func tableThatWentThroughPandasHasTheSameEvents() async throws {
    try await expectTable(UCDPSource.self, "ucdp/pandas")
  }

  @Test func candidateReleaseHasUnidentifiedSides() async throws {
    let warnings = try await expectTable(UCDPSource.self, "ucdp/candidate")
    #expect(warnings.map(\.id) == ["ucdp.unidentified-sides"])
    #expect(warnings.first?.message.hasPrefix("2 events have a side") == true)
  }

  @Test func candidateReleaseHasTruthValuesAndIdsThatAreText() async throws {
    let record = try await Dataset(UCDPSource.self, fixture: "ucdp/candidate.csv").firstRecord()
    let values = Dictionary(uniqueKeysWithValues: record.fields.map { ($0.name, $0.value) })
    #expect(values["active_year"] == "true" && values["code_status"] == "Check geography")
    #expect(values["conflict_dset_id"] == "2-XXX771" && values["dyad_new_id"] == "16825")
  }

  @Test func eventsMayHaveNoDeathAndAHighEstimateAllTheSame() async throws {
    let table = try await Dataset(UCDPSource.self, fixture: "ucdp/candidate.csv").events()
    #expect(table[0].fatalities.best == 0 && table[0].fatalities.high == 1)
    #expect(table[1].fatalities.best == 0 && table[1].fatalities.high == 34)
  }

  @Test func theHighEstimateStandsBeforeTheLow() async throws {
    let names = try await Dataset(UCDPSource.self, fixture: "ucdp/estimates.csv").firstRecord().fields.map(\.name)
    #expect(names.filter { ["best", "high", "low"].contains($0) } == ["best", "high", "low"])
    try await expectTable(UCDPSource.self, "ucdp/estimates")
  }

  @Test func numbersOfStatesMayBeListsAndStayInTheFile() async throws {
    let text = "id,type_of_violence,side_a,side_b,date_start,best,gwnoa\n1,1,a,b,2021-01-01,1,\"651, 666\"\n"
    let dataset = try Dataset(UCDPSource.self, text)
    #expect(try await dataset.events().count == 1)
    let field = try await dataset.firstRecord().fields.last
    #expect(field?.value == "651, 666" && field?.meaning?.contains("a list if it is several") == true)
  }

  @Test func oldReleaseHasOtherNamesAndCountryNumbers() async throws {
    let warnings = try await expectTable(UCDPSource.self, "ucdp/release-17")
    #expect(warnings.map(\.id) == ["scales.no-country-code"])
    #expect(warnings.first?.notes == ["'Nowhere': 1"])
  }

  @Test func limitsLeaveOutAndCount() async throws {
    let warnings = try await expectTable(
      UCDPSource.self, "ucdp/limits",
      with: "violence: [non-state, state-based], max_where_prec: 4, max_date_prec: 3, max_event_clarity: 1")
    #expect(warnings.map(\.id) == ["ucdp.events-beyond-limits"])
    #expect(
      warnings.first?.message
        == "5 of 7 events were left out: 1 by 'violence', 2 by 'max_where_prec', 1 by 'max_date_prec', "
        + "1 by 'max_event_clarity'")
  }

  @Test func limitsCountOverAllFiles() async throws {
    let one = Self.header + "1,1,a,b,2021-01-01,2021-01-01,1\n2,3,a,b,2021-01-02,2021-01-02,1\n"
    let two = Self.header + "3,3,a,b,2021-02-01,2021-02-01,1\n"
    let dataset = try Dataset(
      UCDPSource.self, "{path: [1.csv, 2.csv], violence: [state-based]}",
      files: ["1.csv": Array(one.utf8), "2.csv": Array(two.utf8)])
    #expect(try await dataset.events().count == 1)
    let note = try #require(dataset.warnings.all.first { $0.id == "ucdp.events-beyond-limits" })
    #expect(note.message == "2 of 3 events were left out: 2 by 'violence'")
  }

  @Test func scaleOfOnesOwnTakesThePlaceOfTheDefaults() async throws {
    let text = Self.header + "1,1,a,b,2021-01-01,2021-01-01,1\n2,3,a,b,2021-01-02,2021-01-02,1\n"
    let dataset = try Dataset(
      UCDPSource.self, "{path: e.csv, scale: scale.csv}",
      files: ["e.csv": Array(text.utf8), "scale.csv": Array("class,goldstein\nstate-based,-7.5\none-sided,-10\n".utf8)])
    let table = try await dataset.events()
    #expect((0..<2).map { table[$0].goldstein?.value } == [-7.5, -10])
    #expect(table.quadClass?.values == [4, 4])
  }

  static let header = "id,type_of_violence,side_a,side_b,date_start,date_end,best\n"

  @Test func promisesWhatTheHeaderHas() async throws {
    let dataset = try Dataset(UCDPSource.self, Self.header)
    let schema = try await dataset.source.schema(in: dataset.context)
    #expect(schema.direction == .undirected && schema.ontology == "ucdp")
    #expect(
      schema.columns
        == EventColumns.dates.union([.id, .actors, .eventClass, .goldstein, .quadClass, .record])
        .union(EventColumns([.fatalitiesBest])))
  }

  @Test func recordsSayWhatTheirFieldsMean() async throws {
    let text = Self.header + "1,1,Government of Arnor,Rangers,2021-01-01,2021-01-01,4\n"
    let record = try await Dataset(UCDPSource.self, text).firstRecord()
    #expect(record.fields.map(\.name) == Self.header.dropLast().split(separator: ",").map { String($0) })
    #expect(record.fields[6].value == "4" && record.fields[6].meaning?.hasPrefix("best estimate of the dead") == true)
  }

  @Test(arguments: ["tag-row", "candidate", "release-17"])
  func everyFieldHasAMeaning(_ fixture: String) async throws {
    let record = try await Dataset(UCDPSource.self, fixture: "ucdp/\(fixture).csv").firstRecord()
    #expect(record.fields.filter { $0.meaning == nil }.map(\.name) == [])
  }
}

/// Files that are not what they are said to be.
@Suite struct UCDPBadInputTests {
  private static let header = UCDPQuirkTests.header
  private func problem(_ text: String) async throws -> Diagnostic {
    try await Dataset(UCDPSource.self, text).problem()
  }

  @Test func fileOfACLEDIsNamed() async throws {
    let found = try await problem("event_id_cnty,event_date,event_type,actor1,inter1,actor2,inter2,fatalities\n")
    #expect(found.id == "events.other-dataset")
    #expect(found.message == "the file looks like one of ACLED, not of UCDP GED")
    #expect(found.hint == "read it with 'use: acled'")
  }
  @Test func fileOfTheDyadicDatasetIsNamed() async throws {
    let found = try await problem("dyad_id,conflict_id,location,side_a,side_b,year,intensity_level,start_date\n")
    #expect(found.message.contains("UCDP Dyadic") && found.hint?.contains("UCDP GED") == true)
  }
  @Test func missingColumnsAreAllNamed() async throws {
    let found = try await problem("id,side_a,date_start,deaths\n")
    #expect(found.id == "events.missing-column")
    #expect(found.message.contains("'type_of_violence', 'side_b'"), "\(found.message)")
    #expect(found.location == SourceLocation(file: "events.csv", line: 1))
  }
  @Test func releaseWithoutHeaderIsTold() async throws {
    let found = try await problem("900001,ARN-1,2024,true,Clear,1,2024-01-01\n")
    #expect(found.id == "events.missing-column" && found.hint?.contains("looks like an event") == true)
  }
  @Test func otherDelimiterIsTold() async throws {
    let text = Self.header.split(separator: ",", omittingEmptySubsequences: false).joined(separator: ";")
    let found = try await problem(text + "1;1;a;b;2021-01-01;2021-01-01;1\n")
    #expect(found.id == "events.wrong-delimiter" && found.hint?.contains("semicolons") == true, "\(found)")
  }
  @Test func fileWrittenAsCSVTwiceIsTold() async throws {
    let found = try await problem("\"\(Self.header.dropLast())\"\n\"1,1,a,b,2021-01-01,2021-01-01,1\"\n")
    #expect(found.id == "events.encoded-twice", "\(found)")
  }
  @Test func rowOfTotalsIsPlaced() async throws {
    let found = try await problem(Self.header + "1,1,a,b,2021-01-01,2021-01-01,1\n,,,,,,43225\n")
    #expect(found.id == "events.missing-date" && found.location?.line == 3, "\(found)")
    #expect(found.message.contains("'date_start'"))
  }
  @Test func rowOfTotalsIsLeftOutWhereAskedFor() async throws {
    let text = Self.header + "1,1,a,b,2021-01-01,2021-01-01,1\n,,,,,,43225\n"
    let dataset = try Dataset(UCDPSource.self, text, "on_bad_row: skip")
    #expect(try await dataset.events().count == 1)
    #expect(dataset.warnings.all.map(\.id) == ["events.rows-skipped"])
  }
  @Test(
    arguments: [
      ("1,1,a,b,2021-02-30,2021-03-01,1", "events.bad-date", "'date_start'"),
      ("1,1,a,b,2021-02-28,28/02/2021,1", "events.bad-date", "'date_end'"),
      ("1,1,a,b,2021-02-28,2021-02-27,1", "events.reversed-dates", "2021-02-27"),
      ("1,4,a,b,2021-02-28,2021-02-28,1", "events.out-of-range", "'type_of_violence'"),
      ("1,1,a,b,2021-02-28,2021-02-28,-1", "events.out-of-range", "'best'"),
      ("1,1,a,b,2021-02-28,2021-02-28,many", "events.bad-number", "'best'"),
    ])
  func badFieldIsNamedWithItsLine(_ row: String, _ id: String, _ word: String) async throws {
    let found = try await problem(Self.header + "1,1,a,b,2021-01-01,2021-01-01,1\n\(row)\n")
    #expect(found.id == id && found.message.contains(word) && found.location?.line == 3, "\(found)")
  }
  @Test(
    arguments: [
      "estimate: beste", "violence: []", "violence: [state]", "max_where_prec: 8", "max_date_prec: 0",
      "max_event_clarity: 3",
    ])
  func badParameterIsRefused(_ parameter: String) throws {
    #expect(throws: Diagnostic.self) { try Dataset(UCDPSource.self, "", parameter) }
  }
}
