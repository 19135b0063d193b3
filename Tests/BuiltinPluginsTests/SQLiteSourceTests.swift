import EventModel
import Foundation
import SQLiteSource
import TabularEvents
import TestSupport
import Testing
import Workbench
import WorkspaceFormat

@Suite struct SQLiteSourceTests {
  private let warnings = Warnings()

  private func making(_ parameters: String) throws -> PluginMaking {
    let document = YAMLDocument(Array(parameters.utf8), name: "parameters")
    return PluginEntry(source: SQLiteSource.self).make(try #require(document.root))
  }
  private func source(_ parameters: String) throws -> any SourceInstance {
    let making = try making(parameters)
    #expect(making.outcome.problems.isEmpty, "\(making.outcome.problems)")
    guard case .source(let source)? = making.instance else { throw NoSource() }
    return source
  }
  private struct NoSource: Error {}
  private func context(_ sql: String) -> RunContext {
    testContext(files: MemoryFiles(["e.sqlite": sql]), warnings: warnings)
  }
  private func events(_ sql: String, _ parameters: String = "{path: e.sqlite, table: e}") async throws -> EventTable {
    let (source, context) = (try source(parameters), context(sql))
    return try await source.read(try await source.schema(in: context).columns, in: context)
  }
  private func problem(_ sql: String, _ parameters: String = "{path: e.sqlite, table: e}") async throws -> Diagnostic {
    do {
      _ = try await events(sql, parameters)
    } catch let problem as Diagnostic {
      return problem
    }
    Issue.record("it was read")
    throw NoSource()
  }

  // MARK: Values

  @Test func warnsOfARepeatedID() async throws {
    let table = try await events(
      "CREATE TABLE e (event_id, date_start); INSERT INTO e VALUES ('a', '2021-01-01'), ('b', '2021-01-02'), "
        + "('a', '2021-01-03'), (NULL, '2021-01-04'), (NULL, '2021-01-05');")
    #expect(table.count == 5)
    #expect(warnings.all.map(\.id) == ["events.duplicate-ids"])
    #expect(warnings.all.first?.notes == ["'a' occurs 2 times"])
    #expect(warnings.all.first?.location?.file == "e.sqlite/e")
  }

  @Test func valuesAreTakenByWhatTheyMean() async throws {
    let table = try await events(
      """
      CREATE TABLE e (event_id, date_start, date_end, date_precision, actor1, actor2, code, goldstein, quad_class,
        fatalities_best, latitude, geo_precision, confidence);
      INSERT INTO e VALUES (1, '2021-11-09', '2021-12-09', 'span', 'TTP', 'Pakistan', '0871', 9, 2, 0, 33, 1, 0.5);
      INSERT INTO e VALUES ('b', 20211210, NULL, '', 'Pakistan', 'TTP', '190', '-10', '4', '4', '-33.25', 2.0, 1);
      INSERT INTO e VALUES (NULL, '2021-12-11', '', NULL, '', NULL, NULL, 3.4, NULL, 12.0, NULL, '', NULL);
      """)
    #expect(
      canonicalCSV(of: table) == """
        event_id,date_start,date_end,date_precision,actor1,actor2,code,quad_class,goldstein,fatalities_best,latitude,geo_precision,confidence
        1,2021-11-09,2021-12-09,span,TTP,Pakistan,0871,2,9,0,33,1,0.5
        b,2021-12-10,2021-12-10,day,Pakistan,TTP,190,4,-10,4,-33.25,2,1
        ,2021-12-11,2021-12-11,day,,,,,3.4,12,,,

        """)
    #expect(table.actor1?.labels == ["TTP", "Pakistan"] && table.actor2?.labels == ["Pakistan", "TTP"])
  }

  @Test(arguments: [
    ("'2021-02-30', 1, 1, '1'", "'date_start' is '2021-02-30', expected a date that exists"),
    ("2459275.5, 1, 1, '1'", "'date_start' is the number 2459275.5, expected a date"),
    ("1638748800, 1, 1, '1'", "'date_start' is the number 1638748800, expected a date"),
    ("NULL, 1, 1, '1'", "'date_start' is empty, expected the event's first day"),
    ("'2021-02-03', -9, 1, '1'", "'fatalities_best' is the number -9, expected a whole number of at least 0"),
    ("'2021-02-03', 1.5, 1, '1'", "'fatalities_best' is the number 1.5, expected a whole number"),
    ("'2021-02-03', 'many', 1, '1'", "'fatalities_best' is 'many', expected a whole number"),
    ("'2021-02-03', 3000000000, 1, '1'", "'fatalities_best' is the number 3000000000, expected a whole number"),
    ("'2021-02-03', 1, x'00ff', '1'", "'latitude' is a blob, expected a number"),
    ("'2021-02-03', 1, 1, x'00ff'", "'actor1' is a blob, expected text"),
    ("'2021-02-03', 1, 1, 1.5", "'actor1' is the number 1.5, expected text"),
  ])
  func wrongValueIsNamedWithColumnAndRow(_ values: String, _ message: String) async throws {
    let sql = """
      CREATE TABLE e (date_start, fatalities_best, latitude, actor1);
      INSERT INTO e (rowid, date_start) VALUES (3, '2021-01-01');
      INSERT INTO e (rowid, date_start, fatalities_best, latitude, actor1) VALUES (17, \(values));
      """
    let problem = try await problem(sql)
    #expect(problem.message.hasPrefix(message), "\(problem.message)")
    #expect(problem.location == SourceLocation(file: "e.sqlite/e", line: 17))
    let table = try await events(sql, "{path: e.sqlite, table: e, on_bad_row: skip}")
    #expect(table.count == 1 && table.record?.values == [RecordReference(file: 0, offset: 3)])
    #expect(warnings.all.map(\.message) == ["1 of 2 rows cannot be read and were left out"])
  }

  @Test func coordinatesOutsideTheWorldAreUnknownAndCounted() async throws {
    let table = try await events(
      """
      CREATE TABLE e (date_start, latitude, longitude);
      INSERT INTO e (rowid, date_start, latitude, longitude) VALUES
        (11, '2021-11-09', 91, 71), (12, '2021-11-10', -90, 180), (13, 'never', 99, 0), (14, '2021-11-11', '-91.5', 0);
      """, "{path: e.sqlite, table: e, on_bad_row: skip}")
    #expect((0..<3).map { table[$0].latitude } == [nil, -90, nil] && table.reals(.longitude)?.missing == 0)
    let warning = try #require(warnings.all.first { $0.id == "events.taken-as-unknown" })
    #expect(warning.message == "2 of 3 events have a 'latitude' outside -90 to 90; it is taken as unknown")
    #expect(warning.notes == ["row 11: '91'", "row 14: '-91.5'"])
  }
  @Test func codesKeptAsNumbersAreRefusedWhereTheirZerosCount() async throws {
    let sql = "CREATE TABLE e (date_start, code INTEGER); INSERT INTO e VALUES ('2021-01-01', '040');"
    let problem = try await problem(sql, "{path: e.sqlite, table: e, ontology: cameo}")
    #expect(problem.message.hasPrefix("'code' is the number 40, expected a code as text"))
    #expect(try await events(sql).eventClass?.labels == ["40"])
  }

  @Test func eventThatEndsBeforeItBeginsIsRefused() async throws {
    let problem = try await problem(
      "CREATE TABLE e (date_start, date_end); INSERT INTO e VALUES ('2021-01-02', '2021-01-01');")
    #expect(problem.message == "the event ends on 2021-01-01, before it begins on 2021-01-02")
  }

  // MARK: Rows

  @Test func rowsComeInTheOrderOfTheirRowIDsAndLeadBack() async throws {
    let sql = """
      CREATE TABLE e (id INTEGER PRIMARY KEY, date_start, note);
      INSERT INTO e VALUES (900, '2021-01-03', 'last'), (5, '2021-01-01', 'first'), (70, '2021-01-02', NULL);
      """
    let (source, context) = (try source("{path: e.sqlite, table: e, columns: {event_id: id}}"), context(sql))
    let table = try await source.read([.id, .record], in: context)
    #expect((0..<3).map { table[$0].id } == ["5", "70", "900"])
    let records = try await source.records(table.record?.values.reversed() ?? [], in: context)
    #expect(records.map(\.location.line) == [900, 70, 5])
    #expect(records[0].location.file == "e.sqlite/e")
    #expect(records[0].fields.map(\.value) == ["900", "2021-01-03", "last"])
    #expect(records[0].fields.map(\.meaning) == [EventColumn.id.meaning, EventColumn.firstDay.meaning, nil])
    await #expect { _ = try await source.records([RecordReference(file: 0, offset: 6)], in: context) } throws: {
      ($0 as? Diagnostic)?.id == "sqlite.no-row"
    }
  }

  @Test func columnNamedRowidIsNotTakenForTheRowID() async throws {
    let table = try await events(
      """
      CREATE TABLE e (rowid, date_start);
      INSERT INTO e (rowid, date_start) VALUES ('z', '2021-01-01'), ('a', '2021-01-02');
      """)
    #expect(table.record?.values.map(\.offset) == [1, 2])
  }

  @Test func tableWithoutRowIDsIsReadByItsPrimaryKey() async throws {
    let sql = """
      CREATE TABLE e (event_id TEXT PRIMARY KEY, date_start) WITHOUT ROWID;
      INSERT INTO e VALUES ('b', '2021-01-01'), ('a', '2021-01-02');
      """
    let (source, context) = (try source("{path: e.sqlite, table: e}"), context(sql))
    let table = try await source.read(.all, in: context)
    #expect((0..<2).map { table[$0].id } == ["a", "b"])
    #expect(try await source.records([RecordReference(file: 0, offset: 2)], in: context)[0].fields[0].value == "b")
  }

  @Test func rowIDThatCannotBeKeptIsRefused() async throws {
    let problem = try await problem(
      "CREATE TABLE e (date_start); INSERT INTO e (rowid, date_start) VALUES (-5, '2021-01-01');")
    #expect(problem.id == "sqlite.row-id")
  }

  @Test func queryKeepsItsOrder() async throws {
    let sql = "CREATE TABLE t (d, n); INSERT INTO t VALUES ('2021-01-01', 'x'), ('2021-01-02', 'y');"
    let parameters =
      "{path: e.sqlite, query: 'SELECT d AS date_start, n AS actor1, 7 AS seven FROM t ORDER BY d DESC;'}"
    let (source, context) = (try source(parameters), context(sql))
    let table = try await source.read(.all, in: context)
    #expect((0..<2).map { table[$0].actor1 } == ["y", "x"])
    let records = try await source.records([RecordReference(file: 0, offset: 2)], in: context)
    #expect(records[0].fields.map(\.value) == ["2021-01-01", "x", "7"])
    #expect(records[0].location == SourceLocation(file: "e.sqlite", line: 2))
  }

  // MARK: What is not there

  @Test func missingTableIsToldWithTheTablesThereAre() async throws {
    let sql = "CREATE TABLE incidents (date_start); CREATE TABLE actors (name);"
    let problem = try await problem(sql, "{path: e.sqlite, table: incident}")
    #expect(problem.message == "the database has no table 'incident'" && problem.parameter == "table")
    #expect(problem.hint == "did you mean 'incidents'?")
    #expect(try await self.problem(sql, "{path: e.sqlite, table: x}").hint == "known: actors, incidents")
  }

  @Test func missingColumnIsToldWithTheColumnsThereAre() async throws {
    let sql = "CREATE TABLE e (day, killed);"
    let problem = try await problem(
      sql, "{path: e.sqlite, table: e, columns: {date_start: day, fatalities_best: kiled}}")
    #expect(problem.message == "'e.sqlite/e' has no column 'kiled'; it has day, killed")
    #expect(problem.parameter == "columns.fatalities_best" && problem.hint == "did you mean 'killed'?")
    #expect(try await self.problem(sql).message == "'e.sqlite/e' has no column 'date_start'; it has day, killed")
  }

  @Test func viewIsToldToBeReadByAQuery() async throws {
    let sql = "CREATE TABLE t (date_start); INSERT INTO t VALUES ('2021-01-01'); CREATE VIEW e AS SELECT * FROM t;"
    let problem = try await problem(sql)
    #expect(problem.id == "sqlite.view" && problem.hint?.contains("SELECT * FROM \"e\" ORDER BY") == true)
    #expect(try await events(sql, "{path: e.sqlite, query: SELECT * FROM e ORDER BY date_start}").count == 1)
  }

  // MARK: Queries

  @Test(arguments: [
    ("DELETE FROM e ORDER BY 1", "must be a SELECT"),
    ("ATTACH 'x' AS y", "must be a SELECT"),
    ("PRAGMA writable_schema = ON", "must be a SELECT"),
    ("SELECT 1; DROP TABLE e", "more than one statement"),
    ("SELECT ';' /* ; */ AS x -- ;\n FROM e", "in which order"),
    ("SELECT * FROM (SELECT * FROM e ORDER BY 1)", "in which order"),
    ("SELECT 'order by' FROM e", "in which order"),
    ("SELECT load_extension('x') ORDER BY 1", "may not use 'load_extension'"),
    ("SELECT \"fts3_tokenizer\"('x', x'00') ORDER BY 1", "may not use 'fts3_tokenizer'"),
  ])
  func queryThatIsNoOrderedSelectIsRefusedBeforeAFileIsOpened(_ query: String, _ message: String) throws {
    let place = SourceLocation(file: "w")
    let entries = [("path", "e.sqlite"), ("query", query)].map { name, text in
      ConfigNode.Entry(key: name, keyLocation: place, value: ConfigNode(.scalar(text, isQuoted: true), at: place))
    }
    let making = PluginEntry(source: SQLiteSource.self).make(ConfigNode(.map(entries), at: place))
    #expect(making.outcome.problems.count == 1)
    #expect(making.outcome.problems.first?.message.contains(message) == true, "\(making.outcome.problems)")
  }

  @Test func queryThatWouldWriteIsRefused() async throws {
    let problem = try await problem(
      "CREATE TABLE e (date_start);",
      "{path: e.sqlite, query: 'WITH x AS (SELECT 1) UPDATE e SET date_start = (SELECT 1) WHERE 1 ORDER BY 1 LIMIT 1'}")
    #expect(problem.id == "sqlite.bad-query", "\(problem)")
  }

  @Test func mistakeInAQueryIsToldInTheWordsOfSQLite() async throws {
    let problem = try await problem(
      "CREATE TABLE e (date_start);", "{path: e.sqlite, query: SELECT dte_start FROM e ORDER BY 1}")
    #expect(problem.message == "the database refuses the query: no such column: dte_start")
    #expect(problem.parameter == "query")
  }

  @Test func tableOrQuery() throws {
    #expect(try making("{path: e.sqlite}").outcome.problems.map(\.id) == ["parameters.conflict"])
    #expect(
      try making("{path: e.sqlite, table: e, query: SELECT 1 ORDER BY 1}").outcome.problems.map(\.id)
        == ["parameters.conflict"])
  }

  private static let endless =
    "{path: e.sqlite, time_limit: 1, query: 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS date_start FROM n ORDER BY 1'}"

  @Test func endlessQueryIsStoppedAtTheTimeLimit() async throws {
    #expect(try await problem("CREATE TABLE e (date_start);", Self.endless).id == "sqlite.time-limit")
  }

  @Test func endlessQueryIsStoppedWhenTheRunIsCancelled() async throws {
    let source = try source(Self.endless.replacing("time_limit: 1,", with: "time_limit: 100000,"))
    let start = ContinuousClock.now
    let context = testContext(
      files: MemoryFiles(["e.sqlite": "CREATE TABLE e (date_start);"]),
      isCancelled: { start.duration(to: .now) > .milliseconds(300) })
    await #expect { _ = try await source.read(.all, in: context) } throws: {
      ($0 as? Diagnostic)?.id == "run.cancelled"
    }
  }

  // MARK: Files

  @Test func fileThatIsNoDatabaseIsRefused() async throws {
    #expect(try await problem("date_start,actor1\n").id == "sqlite.not-a-database")
    let packed = testContext(files: MemoryFiles(bytes: ["e.sqlite": [0x1F, 0x8B] + [UInt8](repeating: 0, count: 200)]))
    await #expect { _ = try await source("{path: e.sqlite, table: e}").schema(in: packed) } throws: {
      ($0 as? Diagnostic)?.hint == "it is compressed: unpack it"
    }
  }

  @Test func damagedDatabaseIsRefused() async throws {
    var bytes = try #require(
      databaseBytes(
        fromSQL: """
          CREATE TABLE e (date_start, note);
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
          INSERT INTO e SELECT '2021-01-01', 'a note of some length, number ' || i FROM n;
          """))
    for page in stride(from: 4096 * 5, to: 4096 * 9, by: 4096) {
      for index in page..<page + 200 { bytes[index] = 0xA5 }
    }
    let context = testContext(files: MemoryFiles(bytes: ["e.sqlite": bytes]))
    await #expect { _ = try await source("{path: e.sqlite, table: e}").read(.all, in: context) } throws: {
      ($0 as? Diagnostic)?.id == "sqlite.damaged"
    }
  }
}
