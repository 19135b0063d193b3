import CSVSource
import EventModel
import Foundation
import JSONText
import TabularEvents
import TestSupport
import Testing
import Workbench

@Suite struct CSVSourceTests {
  private static let place = SourceLocation(file: "workspace.yaml", line: 1)
  private func text(_ text: String) -> ConfigNode { ConfigNode(.scalar(text, isQuoted: false), at: Self.place) }
  private func map(_ entries: [(String, ConfigNode)]) -> ConfigNode {
    ConfigNode(.map(entries.map { ConfigNode.Entry(key: $0.0, keyLocation: Self.place, value: $0.1) }), at: Self.place)
  }
  private func making(_ parameters: [(String, ConfigNode)]) -> PluginMaking {
    PluginEntry(source: CSVSource.self).make(map([("path", text("e.csv"))] + parameters))
  }
  private func source(_ parameters: [(String, ConfigNode)] = []) throws -> any SourceInstance {
    let making = making(parameters)
    #expect(making.outcome.problems.isEmpty)
    guard case .source(let source)? = making.instance else { throw NoSource() }
    return source
  }
  private struct NoSource: Error {}

  private static let coded = """
    date_start,actor1,actor2,code
    2021-01-01,a,b,190
    2021-01-02,a,b,0871
    2021-01-03,a,b,999
    2021-01-04,a,b,

    """

  @Test func looksUpScoresAndClassesOfCodes() async throws {
    let warnings = Warnings()
    let context = testContext(files: MemoryFiles(["e.csv": Self.coded]), warnings: warnings)
    let source = try source([("ontology", text("cameo")), ("directed", text("true"))])
    let schema = try await source.schema(in: context)
    #expect(schema.columns.isSuperset(of: [.goldstein, .quadClass, .actors]))
    #expect(schema.direction == .directed && schema.ontology == "cameo")
    let table = try await source.read([.goldstein, .quadClass], in: context)
    #expect((0..<4).map { table[$0].goldstein?.value } == [-10, 9, nil, nil])
    #expect((0..<4).map { table[$0].quadClass } == [.materialConflict, .materialCooperation, nil, nil])
    #expect(warnings.all.map(\.id) == ["scales.unknown-classes"])
    #expect(warnings.all.first?.notes == ["'999': 1"])
  }

  @Test func twoNamesOfOneColumnAreRefused() {
    let both = making([("columns", map([("code", text("a")), ("event_class", text("b"))]))])
    #expect(both.outcome.problems.map(\.id) == ["parameters.conflict"])
    #expect(making([("columns", map([("event_class", text("b"))]))]).outcome.problems.isEmpty)
  }

  @Test func doesNotLookUpWhatNobodyAskedFor() async throws {
    let warnings = Warnings()
    let context = testContext(files: MemoryFiles(["e.csv": Self.coded]), warnings: warnings)
    let table = try await source([("ontology", text("cameo"))]).read(.actors, in: context)
    #expect(table.columns == EventColumns.actors.union(.dates))
    #expect(warnings.all.isEmpty)
  }

  @Test func keepsTheFilesOwnScores() async throws {
    let file = "date_start,code,goldstein\n2021-01-01,190,-3.3\n2021-01-02,190,\n"
    let context = testContext(files: MemoryFiles(["e.csv": file]))
    let table = try await source([("ontology", text("cameo"))]).read([.goldstein, .quadClass], in: context)
    #expect((0..<2).map { table[$0].goldstein?.value } == [-3.3, nil])
    #expect(table.quadClass?.values == [4, 4])
  }

  @Test func scoresAreThoseOfTheScaleChosen() async throws {
    let file = "date_start,code\n2021-01-01,016\n2021-01-02,165\n"
    let context = testContext(files: MemoryFiles(["e.csv": file]))
    for (scale, scores) in [("gdelt", [-2, -6.5]), ("icews", [-5.0, -7])] {
      let source = try source([("ontology", text("cameo")), ("scale", text(scale))])
      let table = try await source.read([.goldstein], in: context)
      #expect((0..<2).map { table[$0].goldstein?.value } == scores)
    }
  }

  @Test func theScaleIsRecordedWithItsDefault() {
    #expect(making([]).outcome.json["scale"] == "gdelt")
    let own = making([("scale", text("own.csv"))])
    #expect(own.outcome.json["scale"] == "own.csv" && own.outcome.identity["scale"] == "input")
    #expect(own.outcome.inputs.map(\.path.text) == ["e.csv", "own.csv"])
  }

  @Test func anOwnScaleStandsInPlaceOfTheFilesScores() async throws {
    let file = "date_start,code,goldstein,quad_class\n2021-01-01,190,-3,3\n2021-01-02,010,1,1\n"
    let files = MemoryFiles(["e.csv": file, "own.csv": "class,goldstein\n19,-7\n"])
    let source = try source([("ontology", text("cameo")), ("scale", text("own.csv"))])
    let table = try await source.read([.goldstein, .quadClass], in: testContext(files: files))
    #expect((0..<2).map { table[$0].goldstein?.value } == [-7, nil])
    #expect(table.quadClass?.values == [3, 1], "it has none, so the file's hold")
  }

  @Test func anOwnScaleWithoutSchemePromisesWhatItHas() async throws {
    let files = MemoryFiles(["e.csv": "date_start,code\n2021-01-01,raid\n", "own.csv": "class,goldstein\nraid,-7\n"])
    let source = try source([("scale", text("own.csv"))])
    let context = testContext(files: files)
    #expect(
      try await source.schema(in: context).columns == EventColumns.dates.union([.eventClass, .goldstein, .record]))
    #expect(try await source.read([.goldstein], in: context).goldstein?.values == [GoldsteinScore(tenths: -70)])
  }

  @Test func anOwnScaleNeedsClasses() async throws {
    let files = MemoryFiles(["e.csv": "date_start,place\n", "own.csv": "class,goldstein\nraid,-7\n"])
    let source = try source([("scale", text("own.csv"))])
    await #expect {
      _ = try await source.schema(in: testContext(files: files))
    } throws: {
      ($0 as? Diagnostic)?.id == "events.missing-column" && ($0 as? Diagnostic)?.parameter == "scale"
    }
  }

  @Test func scoresOfICEWSAreForCAMEOOnly() {
    let problems = making([("scale", text("icews")), ("ontology", text("plover"))]).outcome.problems
    #expect(problems.map(\.message) == ["'scale' icews has scores for CAMEO codes, but 'ontology' is plover"])
    #expect(making([("scale", text("icews"))]).outcome.problems.map(\.id) == ["parameters.conflict"])
    #expect(making([("scale", text("gdelt")), ("ontology", text("plover"))]).outcome.problems.isEmpty)
  }

  @Test func promisesWhatTheHeaderHas() async throws {
    let context = testContext(files: MemoryFiles(["e.csv": "date_start,place,x\n"]))
    let schema = try await source().schema(in: context)
    #expect(schema.columns == EventColumns.dates.union([.place, .record]))
    #expect(schema.direction == .undirected && schema.ontology == nil)
  }

  @Test func mapsTheFilesOwnNames() async throws {
    let file = "when,date_start,who\n03/02/2021,junk,a\n"
    let context = testContext(files: MemoryFiles(["e.csv": file]))
    let columns = map([("date_start", text("when")), ("actor1", text("who"))])
    let table = try await source([("columns", columns), ("date_format", text("dd/mm/yyyy"))]).read(.all, in: context)
    #expect(table[0].firstDay == Day(year: 2021, month: 2, day: 3) && table[0].actor1 == "a")
  }

  @Test func datesAreMadeOfSeveralColumns() async throws {
    let file = """
      when,month,day,date_end,date_precision
      2014,3,9,,
      2014,3,0,2014-03-20,
      2014,3,-99,,week
      2014,,7,,
      2014,0,0,2015-01-31,span

      """
    func events(_ parts: [String]) async throws -> [String] {
      let files = MemoryFiles(["e.csv": file])
      let source = try source([
        ("columns", map([("date_start", ConfigNode(.list(parts.map(text)), at: Self.place))])),
        ("missing", ConfigNode(.list([text("-99")]), at: Self.place)),
      ])
      let events = try await source.read(.dates, in: testContext(files: files))
      return (0..<events.count).map { "\(events[$0].firstDay) \(events[$0].lastDay) \(events[$0].datePrecision.name)" }
    }
    #expect(
      try await events(["when", "month", "day"]) == [
        "2014-03-09 2014-03-09 day", "2014-03-01 2014-03-20 month", "2014-03-01 2014-03-31 week",
        "2014-01-01 2014-12-31 year", "2014-01-01 2015-01-31 span",
      ])
    #expect(
      try await events(["when", "month"]).prefix(2) == ["2014-03-01 2014-03-31 month", "2014-03-01 2014-03-20 month"])
    #expect(try await events(["when"]).last == "2014-01-01 2015-01-31 span")
    #expect(try await events(["when"]).first == "2014-01-01 2014-12-31 year")
  }

  @Test func aPartOfADateThatCannotBeIsTold() async throws {
    let source = try source([
      ("columns", map([("date_start", ConfigNode(.list(["y", "m", "d"].map(text)), at: Self.place))]))
    ])
    func failure(_ rows: String) async throws -> Diagnostic? {
      let context = testContext(files: MemoryFiles(["e.csv": "y,m,d\n" + rows]))
      do throws(Diagnostic) { _ = try await source.read(.dates, in: context) } catch { return error }
      return nil
    }
    #expect(
      try await failure("2014,2,28\n2014,2,29\n")?.message
        == "'d' is '29', expected a day that the month has, or 0 where it is unknown")
    #expect(try await failure("2014,13,1\n")?.message.hasPrefix("'m' is '13', expected a month") == true)
    #expect(try await failure(",2,1\n2014,2,1\n")?.message == "'y' is empty, expected the event's first day")
  }

  @Test(arguments: [
    ("date_end", ["a", "b", "c"], "must be the name of one column"),
    ("date_start", ["a", "b", "c", "d"], "has 4 columns"),
    ("date_start", [], "has 0 columns"), ("date_start", ["a", "b", "a"], "names 'a' twice"),
  ])
  func datesOfSeveralColumnsAreChecked(name: String, parts: [String], says: String) {
    let list = ConfigNode(.list(parts.map(text)), at: Self.place)
    let problems = making([("columns", map([(name, list)]))]).outcome.problems
    #expect(problems.count == 1 && problems.first?.message.contains(says) == true, "\(problems)")
  }

  @Test func tellsAMappedColumnThatIsNotThere() async throws {
    let context = testContext(files: MemoryFiles(["e.csv": "date_start,killed\n"]))
    let source = try source([("columns", map([("fatalities_best", text("kiled"))]))])
    await #expect {
      _ = try await source.schema(in: context)
    } throws: { error in
      let diagnostic = error as? Diagnostic
      return diagnostic?.id == "events.missing-column" && diagnostic?.parameter == "columns.fatalities_best"
        && diagnostic?.hint == "did you mean 'killed'?"
    }
  }

  @Test func needsAFirstDay() async throws {
    let context = testContext(files: MemoryFiles(["e.csv": "actor1,code\n"]))
    let source = try source()
    await #expect { _ = try await source.schema(in: context) } throws: {
      ($0 as? Diagnostic)?.message == "the file has no column 'date_start'; it has actor1, code"
    }
  }

  @Test func refusesNamesAndPatternsItDoesNotKnow() {
    let columns = making([("columns", map([("date_strat", text("x"))]))]).outcome.problems
    #expect(columns.map(\.hint) == ["did you mean 'date_start'?"])
    #expect(making([("date_format", text("yy-mm-dd"))]).outcome.problems.map(\.id) == ["parameters.out-of-range"])
    #expect(making([("ontology", text("cameos"))]).outcome.problems.map(\.hint) == ["did you mean 'cameo'?"])
    #expect(making([("on_bad_row", text("ignore"))]).outcome.problems.map(\.id) == ["parameters.bad-value"])
  }

  @Test func fetchesRawRecords() async throws {
    let context = testContext(files: MemoryFiles(["e.csv": "date_start;note\n2021-01-01;\"a;b\"\n"]))
    let source = try source([("delimiter", text("semicolon"))])
    let table = try await source.read([.record], in: context)
    let records = try await source.records(table.record?.values ?? [], in: context)
    #expect(
      records.map(\.fields) == [
        [
          .init(name: "date_start", value: "2021-01-01", meaning: EventColumn.firstDay.meaning),
          .init(name: "note", value: "a;b"),
        ]
      ])
    #expect(records.first?.location == SourceLocation(file: "e.csv", line: 2))
  }

  @Test func theDurandLineEventsAreReadWhole() async throws {
    guard let url = sharedData("durand-line/events.csv") else { return }
    let file = try String(contentsOf: url, encoding: .utf8)
    let context = testContext(files: MemoryFiles(["e.csv": file]))
    let table = try await source([("ontology", text("cameo")), ("directed", text("true"))]).read(.all, in: context)
    #expect(table.count == file.split(separator: "\n").count - 1)
    #expect(table.goldstein?.missing == 0)
    #expect(try events(fromCSV: canonicalCSV(of: table), direction: .directed, ontology: "cameo").count == table.count)
  }
}
