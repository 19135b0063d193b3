import DelimitedText
import EventModel
import TabularEvents
import TestSupport
import Testing
import Workbench

@Suite struct ReadEventsTests {
  static let text = #"""
    event_id,date_start,date_end,date_precision,actor1,actor2,code,goldstein,quad_class,fatalities_best,latitude,confidence,note
    1,2021-11-09,2021-12-09,span,Pakistan,TTP,0871,9,2,,33.7,0.9,"a truce, ""signed"""
    2,2021-12-10,,,TTP,Pakistan,190,-10,4,4,-33.25,,"two
    lines"
    3,2021-12-11,2021-12-11,day,"Army, the",TTP,190,3.4,1,0,0,1,
    4,2021-12-12,,month,,"O""Neil",010,-0.1,,12.0,, .5 ,x

    """#

  private func layout(_ header: TabularHeader, _ onBadRow: BadRowPolicy = .stop) -> TabularLayout {
    let fields = canonicalFields(of: header).map { TabularField($0.name, as: $0.column, .canonical($0.column)) }
    return TabularLayout(fields: fields, direction: .directed, onBadRow: onBadRow)
  }
  private func read(
    _ text: String, columns: EventColumns = .all, blockBytes: Int = 1 << 20, workers: Int = 2,
    onBadRow: BadRowPolicy = .stop, warnings: Warnings = Warnings()
  ) throws -> EventTable {
    let context = testContext(files: MemoryFiles(["e.csv": text]), workers: workers, warnings: warnings)
    var form = TabularForm.csv
    form.blockBytes = blockBytes
    return try TabularInput(InputPaths("e.csv"), form).events(columns, in: context) { layout($0, onBadRow) }
  }
  private func rows(_ table: EventTable) -> [Event] { (0..<table.count).map { table[$0] } }
  /// Rows without the way back to their records, which differs where the bytes do.
  private func contents(_ table: EventTable) -> [Event] {
    rows(table).map {
      var event = $0
      event.record = nil
      return event
    }
  }

  @Test func namesThatDifferInTheEncodingOfAccentsAreOne() throws {
    let table = try read("date_start,actor1,actor2\n2021-01-01,Zo\u{EB},B\n2021-01-02,B,Zoe\u{308}\n")
    let actors = try #require(table.actors)
    #expect(actors.actor1.values[0] == actors.actor2.values[1])
    #expect(actors.actor1.values[1] == actors.actor2.values[0])
    #expect(actors.labels.count == 2)
  }

  @Test func readsEveryKindOfField() throws {
    let table = try read(Self.text)
    var first = Event(
      id: "1", day: try #require(Day("2021-11-09")), actor1: "Pakistan", actor2: "TTP", eventClass: "0871")
    first.lastDay = try #require(Day("2021-12-09"))
    first.datePrecision = .span
    first.goldstein = GoldsteinScore(tenths: 90)
    first.quadClass = .materialCooperation
    first.latitude = 33.7
    first.confidence = 0.9
    #expect(contents(table)[0] == first)
    #expect(table.count == 4)
    let fourth = table[3]
    #expect(fourth.actor1 == nil && fourth.actor2 == "O\"Neil" && fourth.fatalities.best == 12)
    #expect(fourth.confidence == 0.5 && fourth.latitude == nil && fourth.quadClass == nil)
    #expect(fourth.goldstein == GoldsteinScore(millionths: -100_000))
    #expect(fourth.lastDay == fourth.firstDay && fourth.datePrecision == .month)
  }

  @Test func bothActorsShareOneListInTheOrderOfTheirFirstRow() throws {
    let table = try read(Self.text)
    #expect(table.actor1?.labels == ["Pakistan", "TTP", "Army, the", "O\"Neil"])
    #expect(table.actor1?.labels == table.actor2?.labels)
    #expect(table.actor2?.codes.values == [1, 0, 1, 3])
  }

  @Test func readsOnlyWhatIsAskedFor() throws {
    let table = try read(Self.text, columns: .actors)
    #expect(table.columns == EventColumns.actors.union(.dates))
    let damaged = Self.text.replacing(",-10,4,4,", with: ",none,9,many,")
    #expect(try read(damaged, columns: .actors).count == 4)
    #expect(throws: Diagnostic.self) { try read(damaged) }
  }

  @Test func referencesLeadToTheRecords() throws {
    let table = try read(Self.text)
    let context = testContext(files: MemoryFiles(["e.csv": Self.text]))
    let references = try #require(table.record).values
    let asked = [references[3], references[1], references[1]]
    let input = TabularInput(InputPaths("e.csv"))
    let records = try input.records(asked, in: context)
    #expect(records.map(\.location.line) == [6, 3, 3])
    #expect(records[0].fields.first == RawRecord.Field(name: "event_id", value: "4"))
    #expect(records[1].fields.last == RawRecord.Field(name: "note", value: "two\nlines"))
    #expect(throws: Diagnostic.self) {
      try input.records([RecordReference(file: 0, offset: 3)], in: context)
    }
  }

  @Test func everyDisguiseGivesTheSameEvents() throws {
    let plain = try contents(read(Self.text))
    let simple = try contents(read(Self.text.replacing("two\nlines", with: "two lines")))
    #expect(simple == plain)
    let crlf = Self.text.replacing("\n", with: "\r\n")
    let records = try DelimitedLines(Self.text)
    for (name, disguised) in [
      ("CRLF", crlf), ("mark", "\u{FEFF}" + Self.text), ("no final newline", String(Self.text.dropLast())),
      ("quoted", records.quoted), ("reversed columns", records.reversed), ("CRLF and mark", "\u{FEFF}" + crlf),
    ] {
      #expect(try contents(read(disguised)) == plain, "\(name)")
    }
  }

  @Test func everyBlockLengthAndNumberOfWorkersGivesTheSameTable() throws {
    let whole = try read(Self.text, workers: 1)
    for length in 4...(Self.text.utf8.count + 1) {
      let table = try read(Self.text, blockBytes: length, workers: 1 + length % 4)
      #expect(rows(table) == rows(whole), "blocks of \(length)")
      #expect(table.actor1?.labels == whole.actor1?.labels)
      #expect(table.eventClass?.labels == whole.eventClass?.labels)
    }
  }

  @Test(arguments: 1...12) func whatIsWrittenAsCanonicalCSVIsReadBack(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let names = ["a", "A\"B", "x,y", "line\nbreak", "مرحبا", "👩‍👩‍👧", "\u{202E}rtl", " lead", "\r", "é", "\u{FEFF}"]
    func name() -> String? {
      let number = Int.random(in: 0...names.count, using: &random)
      return number == names.count ? nil : names[number]
    }
    func maybe<Value>(_ value: Value) -> Value? { Bool.random(using: &random) ? value : nil }
    var builder = EventTable.Builder(
      EventSchema(columns: EventColumns.all.subtracting(.record), direction: .directed, ontology: "cameo"))
    for number in 0..<300 {
      let day = Day(daysSinceEpoch: Int32.random(in: -200_000...200_000, using: &random))
      var event = Event(id: "e\(number)", day: day, actor1: name(), actor2: name(), eventClass: name())
      event.lastDay = day.adding(days: Int.random(in: 0...3, using: &random))
      event.datePrecision = DatePrecision.allCases[Int.random(in: 0..<6, using: &random)]
      event.goldstein = maybe(GoldsteinScore(millionths: Int32.random(in: -10_000_000...10_000_000, using: &random)))
      event.quadClass = maybe(QuadClass.materialConflict)
      event.fatalities = Fatalities(low: maybe(0), best: maybe(Int32.random(in: 0...Int32.max, using: &random)))
      event.latitude = maybe(Double.random(in: -90...90, using: &random))
      event.longitude = maybe(Double(Int.random(in: -1800...1800, using: &random)) / 10)
      event.geoPrecision = maybe(UInt8.random(in: 0...255, using: &random))
      event.place = name()
      event.about = name()
      event.confidence = maybe(Double.random(in: 0...1, using: &random))
      builder.append(event)
    }
    let table = builder.finish()
    let read = try events(fromCSV: canonicalCSV(of: table), direction: .directed, ontology: "cameo")
    #expect(rows(read) == rows(table))
    #expect(canonicalCSV(of: read) == canonicalCSV(of: table))
  }

  private static let header =
    "event_id,date_start,date_end,actor1,goldstein,quad_class,fatalities_best,latitude,confidence\n"
  private static let good = "1,2021-01-01,,a,1,1,1,1,1\n"

  @Test(arguments: [
    ("2,2021-02-30,,a,,,,,", "events.bad-date", 3), ("2,21-02-03,,a,,,,,", "events.bad-date", 3),
    ("2,,,a,,,,,", "events.missing-date", 1), ("2,2021-02-03,2021-02-02,a,,,,,", "events.reversed-dates", 14),
    ("2,2021-02-03,,a,10.5,,,,", "events.out-of-range", 17), ("2,2021-02-03,,a,x,,,,", "events.bad-number", 17),
    ("2,2021-02-03,,a,0.1234567,,,,", "events.out-of-range", 17), ("2,2021-02-03,,a,,5,,,", "events.out-of-range", 18),
    ("2,2021-02-03,,a,,,-9,,", "events.out-of-range", 19), ("2,2021-02-03,,a,,,1.5,,", "events.out-of-range", 19),
    ("2,2021-02-03,,a,,,9999999999,,", "events.out-of-range", 19),
    ("2,2021-02-03,,a,,,,90.1,", "events.out-of-range", 20),
    ("2,2021-02-03,,a,,,,nan,", "events.out-of-range", 20), ("2,2021-02-03,,a,,,,,1.01", "events.out-of-range", 21),
    ("2,2021-02-03,,a,,,,", "delimited.ragged-row", 1), ("2,2021-02-03,,a,,,,,,", "delimited.ragged-row", 1),
    ("2,2021-02-03,,\"a\"x,,,,,", "delimited.text-after-quote", 18),
    ("2,2021-02-03,,a\0,,,,,", "delimited.nul-byte", 15),
  ]) func aBadRowStopsWithItsPlace(_ row: String, _ id: String, _ column: Int) throws {
    let text = Self.header + Self.good + row + "\n" + Self.good
    for length in [16, 1 << 20] {
      #expect { try read(text, blockBytes: length) } throws: { error in
        let diagnostic = error as? Diagnostic
        return diagnostic?.id == id && diagnostic?.location == SourceLocation(file: "e.csv", line: 3, column: column)
      }
    }
    let warnings = Warnings()
    let table = try read(text, onBadRow: .skip, warnings: warnings)
    #expect(table.count == 2)
    #expect(table.actor1?.labels == ["a"])
    #expect(warnings.all.first?.id == "events.rows-skipped")
    #expect(warnings.all.first?.message.hasPrefix("1 of 3 rows") == true)
  }

  @Test func textThatIsNotUTF8IsABadRow() throws {
    let bytes = Array("date_start,actor1\n2021-01-01,Caf".utf8) + [0xE9] + Array("\n2021-01-02,b\n".utf8)
    let context = testContext(files: MemoryFiles(bytes: ["e.csv": bytes]))
    let input = TabularInput(InputPaths("e.csv"))
    #expect {
      try input.events(.all, in: context) { layout($0) }
    } throws: {
      let diagnostic = $0 as? Diagnostic
      return diagnostic?.id == "delimited.not-utf8" && diagnostic?.location?.column == 12
    }
    #expect(try input.events(.dates, in: context, layout: { layout($0) }).count == 2)
  }

  @Test func skippedRowsAreCountedAndTheFirstTwentyShown() throws {
    var text = "date_start,actor1\n"
    for row in 0..<500 { text += row % 10 == 3 ? "2021-13-01,bad\(row)\n" : "2021-01-01,good\n" }
    var notes: [[String]] = []
    for (length, workers) in [(32, 1), (64, 3), (1 << 20, 2)] {
      let warnings = Warnings()
      let table = try read(text, blockBytes: length, workers: workers, onBadRow: .skip, warnings: warnings)
      #expect(table.count == 450)
      #expect(table.actor1?.labels == ["good"])
      let warning = try #require(warnings.all.first)
      #expect(warning.message.hasPrefix("50 of 500 rows"))
      #expect(warning.location?.line == 5)
      #expect(warning.notes.count == 21 && warning.notes.last == "and 30 more")
      notes.append(warning.notes)
    }
    #expect(notes[0] == notes[1] && notes[1] == notes[2])
  }

  @Test func theFirstBadRowIsFoundWhateverTheWorkers() throws {
    var text = "date_start,actor1\n"
    for row in 0..<2000 { text += row == 700 || row > 900 ? "bad,a\n" : "2021-01-01,b\n" }
    for workers in [1, 2, 4, 8] {
      #expect { try read(text, blockBytes: 200, workers: workers) } throws: { error in
        let diagnostic = error as? Diagnostic
        return diagnostic?.location?.line == 702 && diagnostic?.notes.first?.hasPrefix("record 701 ") == true
      }
    }
  }

  @Test func aBadRowComesBeforeAQuoteThatIsNeverClosed() throws {
    let text = "date_start,actor1\nbad,a\n" + String(repeating: "2021-01-01,b\n", count: 100) + "2021-01-01,\"c\n"
    #expect { try read(text, blockBytes: 64) } throws: { ($0 as? Diagnostic)?.id == "events.bad-date" }
    #expect { try read(text, blockBytes: 64, onBadRow: .skip) } throws: {
      ($0 as? Diagnostic)?.id == "delimited.unterminated-quote"
    }
  }

  @Test func repeatedIDsAreCounted() throws {
    let warnings = Warnings()
    let text = "event_id,date_start\n" + ["a", "b", "a", "c", "a", "c", "", ""].map { "\($0),2021-01-01\n" }.joined()
    #expect(try read(text, warnings: warnings).count == 8)
    #expect(warnings.all.map(\.id) == ["events.duplicate-ids"])
    #expect(warnings.all.first?.message == "3 events repeat the id of an earlier one")
    #expect(warnings.all.first?.notes == ["'a' occurs 3 times", "'c' occurs 2 times"])
    let silent = Warnings()
    _ = try read(text, columns: .dates, warnings: silent)
    #expect(silent.all.isEmpty)
  }

  @Test func emptyFilesAndHeadersAloneAreTold() throws {
    let warnings = Warnings()
    #expect(try read("date_start,actor1\n", warnings: warnings).count == 0)
    #expect(warnings.all.map(\.id) == ["events.none"])
    for (text, id) in [
      ("", "delimited.empty-file"), ("\n\n", "delimited.empty-file"), ("a\0,b\n", "delimited.nul-byte"),
      ("a,b\rc,d\r", "delimited.carriage-returns"),
    ] {
      #expect { try read(text) } throws: { ($0 as? Diagnostic)?.id == id }
    }
  }

  @Test func aMissingColumnIsToldWithThoseThatAreThere() throws {
    let context = testContext(
      files: MemoryFiles(["e.csv": "date_strat,actor1,x,x\n", "t.csv": "date_start\tactor1\n"]))
    func place(of name: String, in path: String) throws {
      _ = try TabularInput(InputPaths(path)).schema(in: context) { (header) throws(Diagnostic) in
        _ = try header.place(of: name)
        return layout(header)
      }
    }
    #expect { try place(of: "date_start", in: "e.csv") } throws: { error in
      let diagnostic = error as? Diagnostic
      return diagnostic?.message == "the file has no column 'date_start'; it has date_strat, actor1, x, x"
        && diagnostic?.hint == "did you mean 'date_strat'?"
    }
    #expect { try place(of: "x", in: "e.csv") } throws: { ($0 as? Diagnostic)?.id == "events.repeated-column" }
    #expect { try place(of: "date_start", in: "t.csv") } throws: { ($0 as? Diagnostic)?.hint?.contains("tabs") == true }
  }

  @Test func cancellationStopsTheReading() throws {
    let context = testContext(files: MemoryFiles(["e.csv": Self.text]), isCancelled: { true })
    let input = TabularInput(InputPaths("e.csv"))
    #expect { try input.events(.all, in: context) { layout($0) } } throws: {
      ($0 as? Diagnostic)?.id == "run.cancelled"
    }
  }
}

/// The records of a small text, written in other ways.
private struct DelimitedLines {
  private let records: [[String]]
  init(_ text: String) throws {
    let table = try DelimitedTable(text, name: "e.csv")
    records = [table.header] + table.records.map { $0.map { $0 ?? "" } }
  }
  /// Every field in quotes.
  var quoted: String { written(records) }
  /// The columns in the opposite order, every field in quotes.
  var reversed: String { written(records.map { $0.reversed() }) }
  private func written(_ records: [[String]]) -> String {
    records.map { $0.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") }.joined(separator: "\n")
      + "\n"
  }
}
