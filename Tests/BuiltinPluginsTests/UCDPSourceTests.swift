import EventModel
import Foundation
import TestSupport
import Testing
import UCDPSource
import Workbench

/// The traps of UCDP's files, one test each, over invented files with the table that must come out beside them.
@Suite struct UCDPQuirkTests {
  @Test(arguments: ["tag-row", "line-feeds", "articles", "provinces", "missing", "pandas", "release-17"])
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

  @Test func oldReleaseHasOtherNamesAndCountryNumbers() async throws {
    try await expectTable(UCDPSource.self, "ucdp/release-17")
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

/// The real file of Pakistan, against counts made by another program.
@Suite struct UCDPPakistanTests {
  /// The file's events and what was warned of; nil where the file is not here.
  private func read(_ parameters: String = "") async throws -> (table: EventTable, warnings: [Diagnostic])? {
    guard let url = sharedData("ucdp/ged-pakistan-1989-2021.csv") else { return nil }
    let dataset = try Dataset(
      UCDPSource.self, "{path: ged.csv\(parameters)}", files: ["ged.csv": Array(try Data(contentsOf: url))])
    return (try await dataset.events(), dataset.warnings.all)
  }
  private func sum(_ column: EventColumn, _ table: EventTable, where isCounted: (Int) -> Bool = { _ in true }) -> Int {
    (0..<table.count).filter(isCounted).reduce(0) { $0 + Int(table.integers(column)?[$1] ?? 0) }
  }

  @Test func countsAreThoseOfThePublishedFile() async throws {
    guard let (table, warnings) = try await read() else { return }
    #expect(table.count == 6416)
    #expect(sum(.fatalitiesBest, table) == 43_225)
    #expect(sum(.fatalitiesLow, table) == 41_089)
    #expect(sum(.fatalitiesHigh, table) == 49_713)
    let classes = try #require(table.eventClass)
    let types = ["state-based", "non-state", "one-sided"].map { name in (0..<table.count).count { classes[$0] == name }
    }
    #expect(types == [5388, 469, 559])
    let best = try #require(table.integers(.fatalitiesBest))
    #expect((0..<table.count).count { best[$0] == 0 } == 527)
    #expect((0..<table.count).count { table.firstDay.values[$0] < table.lastDay.values[$0] } == 348)
    let precisions = table.datePrecision.values
    #expect(DatePrecision.allCases.map { one in precisions.count { $0 == one.rawValue } } == [6068, 297, 41, 0, 10, 0])
    #expect(Set((0..<table.count).map { table.codes(.country)?[$0] }) == ["PAK"])
    #expect(table.integers(.reports)?.missing == 4268 && table.codes(.outlet)?.codes.missing == 4268)
    #expect(table.codes(.admin1)?.codes.missing == 45)
    #expect(Set((0..<table.count).map { table.id?[$0] }).count == 6416)
    #expect(table.goldstein?.missing == 0 && Set(table.quadClass?.values ?? []) == [4])
    #expect(
      warnings.map(\.message) == [
        "of 6416 events 61 have a low estimate above the best and 139 have a best estimate above the high"
      ])
  }

  @Test func dyadOfTheGovernmentAndTheTTP() async throws {
    guard let (table, _) = try await read() else { return }
    func isTTP(_ row: Int) -> Bool {
      table.actor1?[row] == "Government of Pakistan" && table.actor2?[row] == "TTP"
    }
    #expect((0..<table.count).count(where: isTTP) == 3770)
    #expect(sum(.fatalitiesBest, table, where: isTTP) == 27_862)
    var months: [String] = []
    for month in 1...12 {
      let counted = { (row: Int) in
        let date = table.firstDay.values[row].date
        return isTTP(row) && date.year == 2021 && date.month == month
      }
      months.append("\((0..<table.count).count(where: counted))/\(sum(.fatalitiesBest, table, where: counted))")
    }
    #expect(
      months == [
        "10/21", "11/34", "7/21", "6/11", "7/20", "9/18", "6/21", "17/27", "11/38", "15/26", "3/7", "10/15",
      ])
  }

  @Test func parametersChooseEstimatesAndEvents() async throws {
    guard let (high, _) = try await read(", estimate: high") else { return }
    #expect(sum(.fatalitiesBest, high) == 49_713 && sum(.fatalitiesHigh, high) == 49_713)
    let (kept, warnings) = try #require(
      try await read(", violence: [one-sided], max_where_prec: 3, max_date_prec: 1, max_event_clarity: 1"))
    #expect(Set((0..<kept.count).map { kept.eventClass?[$0] }) == ["one-sided"])
    #expect(kept.lastDay.values == kept.firstDay.values)
    let note = try #require(warnings.first { $0.id == "ucdp.events-beyond-limits" })
    #expect(note.message.hasPrefix("\(6416 - kept.count) of 6416 events were left out: 5857 by 'violence', "))
  }
}
