import EventModel
import JSONText
import SQLiteExporter
import TestSupport
import Testing
import Workbench
import WorkspaceFormat

@Suite struct SQLiteExporterTests {
  private static let name = "results.sqlite"

  private func exporter(_ parameters: String = "{}") throws -> SQLiteExporter {
    let document = YAMLDocument(Array(parameters.utf8), name: "parameters")
    var reader = ParameterReader(reading: try #require(document.root))
    return SQLiteExporter(parameters: &reader)
  }

  /// Three events, of which two share an identifier, and one analysis with a table, a finding and a chart.
  private func run(_ sentence: String = "TTP killed \"two\".") -> RunResults {
    let events = EventTable(
      count: 3,
      columns: [
        .firstDay: .days(Column([Day("2021-11-09"), Day("2021-12-17"), Day("2022-01-31")].compactMap { $0 })),
        .id: .text(TextColumn(["7", "8", "7"])),
        .actor1: .codes(CodedColumn(["TTP", nil, "Pakistan"])),
        .actor2: .codes(CodedColumn(["Pakistan", "TTP", "TTP"])),
        .goldstein: .scores(
          Column([GoldsteinScore(tenths: 34), GoldsteinScore(tenths: -100)] + [GoldsteinScore(tenths: 0)])),
        .fatalitiesBest: .integers(Column([nil, 2, 4], placeholder: 0)),
      ], direction: .directed)
    let schema = TableSchema(
      "dyad-months", "A row is a month.", keys: ["month"],
      columns: [
        ColumnSchema("month", .date, "the month"), ColumnSchema("rate", .real, unit: "events", "how many"),
        ColumnSchema("is-known", .boolean, "whether it is known"),
      ])
    var table = ResultTable.Builder(schema)
    table.append(["2021-11-01", .number(0.1), .boolean(true)])
    table.append(["2021-12-01", .null, .boolean(false)])
    let result = AnalysisResult(
      tables: [table.finish()],
      findings: [Finding(sentence, numbers: ["killed": 2], strength: .weak, events: ["8", "7", "none"])],
      charts: [Chart("months", "Months", kind: .bars, table: "dyad-months", x: "month", y: ["rate"])])
    return testResults(
      [NamedAnalysis(name: "my-shifts", plugin: "example", result: result)],
      events: [RunResults.NamedEventSet(name: "all", events: events)])
  }

  private func database(
    of run: RunResults, _ parameters: String = "{}", earlier: [UInt8]? = nil
  ) throws -> [UInt8] {
    let output = MemoryOutput(fileName: Self.name, earlier: earlier)
    try exporter(parameters).export(run, to: output, in: testContext())
    return try #require(output.files[Self.name])
  }

  @Test func eventsAreWrittenWithNamesDatesAndGaps() throws {
    let rows = try answers(
      of: "SELECT event_set, event_id, date_start, date_precision, actor1, goldstein, fatalities_best FROM events",
      on: database(of: run()))
    #expect(rows[0] == ["all", "7", "2021-11-09", "day", "TTP", "3.4", nil])
    #expect(rows[1] == ["all", "8", "2021-12-17", "day", nil, "-10.0", "2"])
    #expect(rows.count == 3)
  }

  @Test func tablesOfAnalysesKeepTypesAndNulls() throws {
    let rows = try answers(
      of: #"SELECT month, typeof(month), rate, typeof(rate), "is-known" FROM my_shifts_dyad_months ORDER BY month"#,
      on: database(of: run()))
    #expect(rows == [["2021-11-01", "text", "0.1", "real", "1"], ["2021-12-01", "text", nil, "null", "0"]])
  }

  /// Texts reach SQLite by their address; each must end where it ends, and an empty one is no NULL.
  @Test func textsSurviveWhateverTheyHold() throws {
    let texts = [
      "", "a\0b", "\u{202E}تحریک طالبان 🕊️", String(repeating: "ü", count: 40_000), nil, "O'Brien\"; DROP", "",
    ]
    let days = Column((["2021-11-09"] + Array(repeating: "2021-11-10", count: 6)).compactMap { Day($0) })
    var results = run()
    results.eventSets = [
      RunResults.NamedEventSet(
        name: "all",
        events: EventTable(
          count: texts.count,
          columns: [
            .firstDay: .days(days), .id: .text(TextColumn(texts)), .actor1: .codes(CodedColumn(texts)),
          ], direction: .undirected))
    ]
    let rows = try answers(
      of: "SELECT hex(event_id), event_id IS NULL, hex(actor1), actor1 IS NULL, date_start FROM events ORDER BY event",
      on: database(of: results))
    let hex = { (text: String?) in
      (text ?? "").utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    }
    #expect(rows.map { $0[0] } == texts.map(hex))
    #expect(rows.map { $0[2] } == texts.map(hex))
    #expect(rows.map { $0[1] } == texts.map { $0 == nil ? "1" : "0" })
    #expect(rows.map { $0[3] } == texts.map { $0 == nil ? "1" : "0" })
    #expect(rows.last?[4] == "2021-11-10")
  }

  @Test func evidenceLinksFindingsToTheFirstEventOfTheirIdentifiers() throws {
    let rows = try answers(
      of: "SELECT sentence, position, date_start, event FROM evidence", on: database(of: run()))
    #expect(
      rows == [
        ["TTP killed \"two\".", "1", "2021-12-17", "2"], ["TTP killed \"two\".", "2", "2021-11-09", "1"],
        ["TTP killed \"two\".", "3", nil, nil],
      ])
  }

  @Test func viewsCountDyadsAndMonths() throws {
    let bytes = try database(of: run())
    #expect(
      try answers(of: "SELECT actor_a, actor_b, events, fatalities_best FROM dyads", on: bytes) == [
        ["Pakistan", "TTP", "2", "4"]
      ])
    #expect(
      try answers(of: "SELECT month, events FROM months", on: bytes) == [
        ["2021-11", "1"], ["2021-12", "1"], ["2022-01", "1"],
      ])
  }

  @Test func everyColumnOfEveryTableIsExplained() throws {
    let bytes = try database(of: run())
    let unexplained = try answers(
      of: """
        SELECT tables.name, described.name FROM tables, pragma_table_info(tables.name) AS described
        WHERE NOT EXISTS (
          SELECT 1 FROM columns WHERE columns."table" = tables.name AND columns.name = described.name AND meaning <> '')
        """, on: bytes)
    #expect(unexplained.isEmpty)
    #expect(
      try answers(of: #"SELECT unit FROM dictionary WHERE name = 'rate'"#, on: bytes) == [["events"]])
  }

  @Test func databaseIsWholeStrictAndLinked() throws {
    let bytes = try database(of: run())
    #expect(try answers(of: "PRAGMA integrity_check", on: bytes) == [["ok"]])
    #expect(try answers(of: "PRAGMA foreign_key_check", on: bytes).isEmpty)
    #expect(try answers(of: "PRAGMA user_version", on: bytes) == [["1"]])
    #expect(
      try answers(
        of: "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE 'sqlite%'",
        on: bytes
      ).isEmpty)
    #expect(try answers(of: "SELECT json_extract(specification, '$.kind') FROM charts", on: bytes) == [["bars"]])
  }

  @Test func equalRunsGiveEqualBytes() throws {
    let bytes = try database(of: run())
    #expect(try database(of: run()) == bytes)
    #expect(try database(of: run("It was quiet.")) != bytes)
  }

  @Test func eventsAreLeftOutWhereNobodyWantsThem() throws {
    #expect(try exporter("{events: false}").columns.isEmpty)
    var results = run()
    results.eventSets = []
    let bytes = try database(of: results, "{events: false}")
    #expect(try answers(of: "SELECT count(*), count(event) FROM evidence", on: bytes) == [["3", "0"]])
  }

  @Test func tableNamesThatMeetAreKeptApart() throws {
    var results = run()
    let second = results.analyses[0].result
    results.analyses = [
      NamedAnalysis(name: "my", plugin: "example", result: renamed(second, "shifts-dyad-months")), results.analyses[0],
    ]
    let names = try answers(
      of: "SELECT name FROM tables WHERE analysis IS NOT NULL ORDER BY 1", on: database(of: results))
    #expect(names == [["my_shifts_dyad_months"], ["my_shifts_dyad_months_2"]])
  }
  private func renamed(_ result: AnalysisResult, _ name: String) -> AnalysisResult {
    AnalysisResult(
      tables: result.tables.map { table in
        var schema = table.schema
        schema.name = name
        return ResultTable(schema, columns: table.columns, count: table.count)
      })
  }

  @Test func itsOwnEarlierDatabaseIsReplacedAndNoOther() throws {
    let bytes = try database(of: run())
    #expect(try database(of: run(), earlier: database(of: run("It was quiet."))) == bytes)
    let foreign = try #require(databaseBytes(fromSQL: "CREATE TABLE diary (day TEXT)"))
    for earlier in [foreign, Array("my notes".utf8), Array("SQLite format 3\0 and no more".utf8)] {
      let error = try #require(throws: Diagnostic.self) { try database(of: run(), earlier: earlier) }
      #expect(error.id == "sqlite.foreign-file")
      #expect(error.exit == .cannotCreate)
    }
  }
}
