import DelimitedText
import EventModel
import TabularEvents
import TestSupport
import Testing
import Workbench

/// What goes wrong in files as they are published, each handled here once for all sources.
@Suite struct TrapTests {
  /// Reads a file in small blocks and as a whole, which must give the same.
  private func read(
    _ bytes: [UInt8], _ form: TabularForm = .csv, columns: EventColumns = .all, warnings: Warnings = Warnings(),
    layout: @Sendable (TabularHeader) throws(Diagnostic) -> TabularLayout
  ) throws -> [Event] {
    var found: [[Event]] = []
    for (blockBytes, workers) in [(1 << 16, 1), (8, 3)] {
      let own = found.isEmpty ? warnings : Warnings()
      let context = testContext(files: MemoryFiles(bytes: ["e.csv": bytes]), workers: workers, warnings: own)
      var form = form
      form.blockBytes = blockBytes
      let table = try TabularInput(InputPaths("e.csv"), form).events(columns, in: context, layout: layout)
      found.append((0..<table.count).map { table[$0] })
      #expect(own.all == warnings.all)
    }
    #expect(found[0] == found[1])
    return found[0]
  }
  private func read(
    _ text: String, _ form: TabularForm = .csv, columns: EventColumns = .all, warnings: Warnings = Warnings(),
    layout: @Sendable (TabularHeader) throws(Diagnostic) -> TabularLayout
  ) throws -> [Event] {
    try read(Array(text.utf8), form, columns: columns, warnings: warnings, layout: layout)
  }
  private func expect(
    _ id: String, line: Int?, _ text: String, _ form: TabularForm = .csv, hint: String? = nil,
    layout: @Sendable (TabularHeader) throws(Diagnostic) -> TabularLayout
  ) {
    let error = #expect(throws: Diagnostic.self) { try read(text, form, layout: layout) }
    #expect(error?.id == id)
    #expect(error?.location?.line == line)
    if let hint { #expect(error?.hint?.contains(hint) == true, "\(error?.hint ?? "no hint")") }
  }
  private static let fields = [
    TabularField("day", as: .firstDay, .day(.iso)), TabularField("a", as: .actor1, .label),
    TabularField("dead", as: .fatalitiesBest, .integer(0...Int32.max)),
  ]
  @Sendable private static func plain(_ header: TabularHeader) -> TabularLayout {
    TabularLayout(fields: fields, direction: .undirected)
  }
  @Sendable private static func skipping(_ header: TabularHeader) -> TabularLayout {
    TabularLayout(fields: fields, direction: .undirected, onBadRow: .skip)
  }
  private static let nameless = TabularForm(
    .tsv, names: .fixed([["day", "a", "dead"], ["day", "a", "dead", "url"]]))

  // MARK: Without a header

  @Test func aFileWithoutAHeaderHasTheNamesOfItsNumberOfFields() throws {
    for (text, url) in [
      ("2021-01-01\tX\t1\n2021-01-02\tY\t\n", ""), ("2021-01-01\tX\t1\tu\n\n2021-01-02\tY\t\tv", "u"),
    ] {
      let events = try read(text, Self.nameless, layout: Self.plain)
      #expect(events.map(\.actor1) == ["X", "Y"])
      #expect(events.map(\.fatalities.best) == [1, nil])
      let references = events.compactMap(\.record)
      #expect(references.first?.offset == 0)
      let context = testContext(files: MemoryFiles(["e.csv": text]))
      let records = try TabularInput(InputPaths("e.csv"), Self.nameless).records(references, in: context)
      #expect(records.map(\.location.line) == (url.isEmpty ? [1, 2] : [1, 3]))
      #expect(records[0].fields.prefix(3).map(\.value) == ["2021-01-01", "X", "1"])
      #expect(records[1].fields.map(\.name) == ["day", "a", "dead"] + (url.isEmpty ? [] : ["url"]))
    }
  }
  @Test func aFileWithoutAHeaderOfAnotherWidthIsRefused() throws {
    expect("events.field-count", line: 1, "2021-01-01\tX\n", Self.nameless, layout: Self.plain)
    let error = #expect(throws: Diagnostic.self) {
      try read("2021-01-01,X,1\n", Self.nameless, layout: Self.plain)
    }
    #expect(error?.message == "the first record has 1 field, expected 3 or 4")
    #expect(error?.hint?.contains("commas, not tabs") == true)
  }
  @Test func aRecordOfAnotherWidthBelowIsABadRow() {
    let error = #expect(throws: Diagnostic.self) {
      try read("2021-01-01\tX\t1\n2021-01-02\tY\n", Self.nameless, layout: Self.plain)
    }
    #expect(error?.message == "the record has 2 fields, expected 3 as in the first record")
    #expect(error?.location?.line == 2)
  }
  @Test func anEmptyFileWithoutAHeaderHasNoEvents() throws {
    let warnings = Warnings()
    #expect(try read("", Self.nameless, warnings: warnings, layout: Self.plain).isEmpty)
    #expect(warnings.all.map(\.message) == ["the file has no events"])
  }
  @Test func theFirstRecordIsShownToTheLayout() throws {
    for (text, form, expected) in [
      ("2021-01-01\tX\t\n", Self.nameless, ["2021-01-01", "X", nil]),
      ("day,a,dead\n#date,,#x\n2021-01-01,\"Y, Z\",\n", TabularForm.csv, ["2021-01-01", "Y, Z", nil]),
      ("day,a,dead\n", TabularForm.csv, []),
    ] {
      _ = try read(text, form) { header in
        #expect(header.firstRecord == expected)
        return Self.plain(header)
      }
    }
  }

  // MARK: Rows that are no events

  @Test func aRowOfTagsUnderTheHeaderIsNoEvent() throws {
    let text = "day,a,dead\r\n#date+start,,#affected+killed\r\n2021-01-01,X,1\r\nbad,Y,2\r\n"
    let warnings = Warnings()
    let events = try read(text, warnings: warnings, layout: Self.skipping)
    #expect(events.map(\.actor1) == ["X"])
    #expect(warnings.all.first?.message == "1 of 2 rows cannot be read and were left out")
    #expect(warnings.all.first?.location?.line == 4)
    expect("events.bad-date", line: 4, text, layout: Self.plain)
    let context = testContext(files: MemoryFiles(["e.csv": text]))
    let input = TabularInput(InputPaths("e.csv"))
    #expect(try input.records(events.compactMap(\.record), in: context).map(\.location.line) == [3])
    let tags = RecordReference(file: 0, offset: 12)
    #expect(throws: Diagnostic.self) { try input.records([tags], in: context) }
  }
  @Test(arguments: ["2021-01-01,#x,\n", "#1,,\n", "# date,,\n", "#,,\n"])
  func aRowOfAnythingButTagsIsARecord(_ row: String) {
    _ = try? read("day,a,dead\n\(row)") { header in
      #expect(header.firstRecord.isEmpty == false)
      return Self.plain(header)
    }
  }
  @Test func tagsBelowTheFirstRecordAreABadRow() {
    expect("events.bad-date", line: 3, "day,a,dead\n2021-01-01,X,1\n#date,#x,\n", layout: Self.plain)
  }
  @Test func aRowOfTotalsAtTheEndIsTold() throws {
    let text = "n,day,a,dead\n1,2021-01-01,X,2\n2,2021-01-02,X,3\n,,,5\n"
    expect("events.missing-date", line: 4, text, hint: "totals", layout: Self.plain)
    let warnings = Warnings()
    #expect(try read(text, warnings: warnings, layout: Self.skipping).map(\.fatalities.best) == [2, 3])
    #expect(warnings.all.first?.notes.first?.contains("looks like a row of totals") == true)
    for other in [text + "3,2021-01-03,X,1\n", text.replacing("\n,,,5", with: "\n3,,X,5")] {
      let error = #expect(throws: Diagnostic.self) { try read(other, layout: Self.plain) }
      #expect(error?.id == "events.missing-date" && error?.message.contains("totals") == false)
    }
  }

  // MARK: Values

  @Test func wordsForMissingAreNoValues() throws {
    let words = ["NA", "-99", "n\u{E9}ant", "a\"b"]
    let events = try read(
      "day,id,a,b,dead,x,g,quad\n2021-01-01,NA,NA,B,NA,-99,-9,NA\n2021-01-02,-99,B,NA,-99,NA,-99,2\n"
        + "2021-01-03,i,\"a\"\"b\",n\u{E9}ant,7, -99 ,3,-99\n2021-01-04,na,NAN,\"NA\",0,1,,1\n"
    ) { _ in
      TabularLayout(
        fields: [
          TabularField("day", as: .firstDay, .day(.iso)), TabularField("id", as: .id, .text, missing: words),
          TabularField("a", as: .actor1, .label, missing: words), TabularField("b", as: .actor2, .label, missing: words),
          TabularField("dead", as: .fatalitiesBest, .integer(0...Int32.max), missing: words),
          TabularField("x", as: .longitude, .real(-180...180), missing: words),
          TabularField("g", as: .goldstein, .score, missing: words),
          TabularField("quad", as: .quadClass, .byte(1...4), missing: words),
        ], direction: .undirected)
    }
    #expect(events.map(\.id) == [nil, nil, "i", "na"])
    #expect(events.map(\.actor1) == [nil, "B", nil, "NAN"])
    #expect(events.map(\.actor2) == ["B", nil, nil, nil])
    #expect(events.map(\.fatalities.best) == [nil, nil, 7, 0])
    #expect(events.map(\.longitude) == [nil, nil, nil, 1])
    #expect(events.map(\.goldstein?.millionths) == [-9_000_000, nil, 3_000_000, nil])
    #expect(events.map(\.quadClass?.rawValue) == [nil, 2, nil, 1])
  }
  @Test func aWordForMissingMeantForOneActorLeavesTheOther() throws {
    let table = try TabularInput(InputPaths("e.csv")).events(
      .all, in: testContext(files: MemoryFiles(["e.csv": "day,a,b\n2021-01-01,NA,NA\n2021-01-02,X,NA\n"]))
    ) { _ in
      TabularLayout(
        fields: [
          TabularField("day", as: .firstDay, .day(.iso)), TabularField("a", as: .actor1, .label, missing: ["NA"]),
          TabularField("b", as: .actor2, .label),
        ], direction: .undirected)
    }
    #expect(table.actor1?.codes.values.count == 2 && table.actor1?[0] == nil && table.actor1?[1] == "X")
    #expect(table.actor2?[0] == "NA" && table.actor2?[1] == "NA")
    #expect(table.actor1?.labels == ["NA", "X"])
  }

  @Test func coordinatesOutsideTheWorldAreUnknownAndCounted() throws {
    let text = "day,lat,lon\n2021-01-01,91,0\n2021-01-02,-90,180.5\n2021-01-03,1,\n2021-01-04,-1e3,1\nbad,99,1\n"
    @Sendable func layout(_ policy: BadRowPolicy) -> TabularLayout {
      TabularLayout(
        fields: [
          TabularField("day", as: .firstDay, .day(.iso)),
          TabularField("lat", as: .latitude, .real(-90...90), isLenient: true),
          TabularField("lon", as: .longitude, .real(-180...180), isLenient: true),
        ], direction: .undirected, onBadRow: policy)
    }
    let warnings = Warnings()
    let events = try read(text, warnings: warnings) { _ in layout(.skip) }
    #expect(events.map(\.latitude) == [nil, -90, 1, nil])
    #expect(events.map(\.longitude) == [0, nil, nil, 1])
    #expect(warnings.all.map(\.id) == ["events.rows-skipped", "events.taken-as-unknown", "events.taken-as-unknown"])
    #expect(warnings.all[1].message == "2 of 4 events have a 'lat' outside -90 to 90; it is taken as unknown")
    #expect(warnings.all[1].notes == ["line 2, column 12: '91'", "line 5, column 12: '-1e3'"])
    #expect(warnings.all[2].message == "1 of 4 events has a 'lon' outside -180 to 180; it is taken as unknown")
    expect("events.bad-number", line: 2, "day,lat,lon\n2021-01-01,north,0\n") { _ in layout(.stop) }
  }

  // MARK: Text

  @Test func textThatIsNotUTF8IsWindows1252WhereTheFormSaysSo() throws {
    let form = TabularForm(encoding: .utf8OrWindows1252)
    var bytes = Array("d\u{E4}y,a,b,note\n".utf8)
    bytes += Array("2021-01-01,Caf".utf8) + [0xE9] + Array(",Caf\u{E9},".utf8) + [0x93, 0x80, 0x94, 10]
    bytes += Array("2021-01-02,\"".utf8) + [0x96] + Array("\"\"\",x,y\n".utf8)
    @Sendable func layout(_ header: TabularHeader) -> TabularLayout {
      TabularLayout(
        fields: [
          TabularField("d\u{E4}y", as: .firstDay, .day(.iso)), TabularField("a", as: .actor1, .label),
          TabularField("b", as: .actor2, .label), TabularField("note", as: .id, .text),
        ], direction: .undirected)
    }
    let events = try read(bytes, form, layout: layout)
    #expect(events.map(\.actor1) == ["Caf\u{E9}", "\u{2013}\""])
    #expect(events.map(\.actor2) == ["Caf\u{E9}", "x"])
    #expect(events.map(\.id) == ["\u{201C}\u{20AC}\u{201D}", "y"])
    let context = testContext(files: MemoryFiles(bytes: ["e.csv": bytes]))
    let input = TabularInput(InputPaths("e.csv"), form)
    let table = try input.events(.all, in: context, layout: layout)
    #expect(table.actor1?.codes.values[0] == table.actor2?.codes.values[0])
    let records = try input.records(events.compactMap(\.record), in: context)
    #expect(records[0].fields.map(\.value) == ["2021-01-01", "Caf\u{E9}", "Caf\u{E9}", "\u{201C}\u{20AC}\u{201D}"])
    // A header in Windows-1252 names columns like any other.
    let latin = Array("d".utf8) + [0xE4] + Array("y,a,b,note\n2021-01-01,x,y,z\n".utf8)
    #expect(try read(latin, form, layout: layout).count == 1)
    let nul = Array("d\u{E4}y,a,b,note\n2021-01-01,".utf8) + [0xE9, 0, 44, 44, 10]
    #expect { try read(nul, form, layout: layout) } throws: { ($0 as? Diagnostic)?.id == "delimited.nul-byte" }
  }

  // MARK: Dates

  @Test func datesInThreeColumnsAreAsPreciseAsTheyAre() throws {
    let text = """
      y,m,d,dead
      2014,3,9,1
      2014,2,0,2
      2016,2,,3
      2014,0,0,4
      2014,,5,5
      2014,-9,-9,6
      2014.0,12, 31 ,7

      """
    let events = try read(text) { _ in
      TabularLayout(
        fields: [TabularField("dead", as: .fatalitiesBest, .integer(0...99))],
        dateParts: DateParts(year: "y", month: "m", day: "d", missing: ["-9"]), direction: .undirected)
    }
    let expected: [(String, String, DatePrecision)] = [
      ("2014-03-09", "2014-03-09", .day), ("2014-02-01", "2014-02-28", .month), ("2016-02-01", "2016-02-29", .month),
      ("2014-01-01", "2014-12-31", .year), ("2014-01-01", "2014-12-31", .year), ("2014-01-01", "2014-12-31", .year),
      ("2014-12-31", "2014-12-31", .day),
    ]
    #expect(events.map(\.firstDay.description) == expected.map(\.0))
    #expect(events.map(\.lastDay.description) == expected.map(\.1))
    #expect(events.map(\.datePrecision) == expected.map(\.2))
    #expect(events.map(\.fatalities.best) == [1, 2, 3, 4, 5, 6, 7])
  }
  @Test(arguments: [
    ("2014,2,29", "events.bad-date", 8), ("2014,13,1", "events.bad-date", 6), ("2014,1,32", "events.bad-date", 8),
    (",1,1", "events.missing-date", 1), ("0,1,1", "events.bad-date", 1), ("14.5,1,1", "events.bad-date", 1),
    ("2014,-9,1", "events.bad-date", 6), ("2014,4,31", "events.bad-date", 8),
  ]) func aDateInThreeColumnsThatDoesNotExistIsABadRow(_ row: String, _ id: String, _ column: Int) throws {
    @Sendable func layout(_ policy: BadRowPolicy) -> TabularLayout {
      TabularLayout(
        fields: [], dateParts: DateParts(year: "y", month: "m", day: "d"), direction: .undirected, onBadRow: policy)
    }
    let text = "y,m,d\n2014,2,28\n\(row)\n2014,2,1\n"
    let error = #expect(throws: Diagnostic.self) { try read(text) { _ in layout(.stop) } }
    #expect(error?.id == id)
    #expect(error?.location == SourceLocation(file: "e.csv", line: 3, column: column))
    #expect(try read(text) { _ in layout(.skip) }.map(\.firstDay.description) == ["2014-02-28", "2014-02-01"])
  }
  @Test func aFileMayWriteDatesInSeveralWays() throws {
    let ways = try #require(DateFormat("yyyy-mm-dd* | dd/mm/yyyy | d MMMM yyyy"))
    let text = "day\n2021-12-09\n2021-12-09 00:00:00.000\n09/12/2021\n9 December 2021\n"
    for (format, count) in [(ways, 4), (.isoWithTime, 2), (.iso, 1)] {
      let events = try read(text) { _ in
        TabularLayout(
          fields: [TabularField("day", as: .firstDay, .day(format))], direction: .undirected, onBadRow: .skip)
      }
      #expect(events.map(\.firstDay.description) == [String](repeating: "2021-12-09", count: count))
    }
    let digits = try read("day\n20211209\n2021120\n202112090\n2021x209\n20211309\n") { _ in
      TabularLayout(
        fields: [TabularField("day", as: .firstDay, .day(.digits))], direction: .undirected, onBadRow: .skip)
    }
    #expect(digits.map(\.firstDay.description) == ["2021-12-09"])
  }

  // MARK: Other forms

  @Test func anotherDelimiterIsNamed() {
    for (header, word) in [("day\ta\tdead", "tabs"), ("day;a;dead", "semicolons"), ("day|a|dead", "bars")] {
      expect("events.wrong-delimiter", line: 1, header + "\n", hint: word, layout: Self.plain)
    }
  }
  @Test func linesEncodedTwiceAreNamed() {
    let doubled = "\"day,a,dead\"\n\"2021-01-01,\"\"X\"\",1\"\n"
    expect("events.encoded-twice", line: 1, doubled, hint: "delimiter=';'", layout: Self.plain)
    expect(
      "events.encoded-twice", line: 1, doubled.replacing("\"\n", with: "\";;;\n"), hint: "delimiter=';'",
      layout: Self.plain)
    expect(
      "events.encoded-twice", line: 1, doubled.replacing("\"\n", with: "\",,\n"), hint: "delimiter=','",
      layout: Self.plain)
    expect(
      "events.encoded-twice", line: 2, "day,a,dead\n\"2021-01-01,\"\"X\"\",1\"\n", hint: "delimiter=';'",
      layout: Self.plain)
  }
  @Test func aColumnThatIsNotThereIsToldBeforeAnyRowIsRead() {
    let context = testContext(files: MemoryFiles(["e.csv": "day,a\n2021-01-01,X\n"]))
    #expect {
      try TabularInput(InputPaths("e.csv")).schema(in: context, layout: Self.plain)
    } throws: {
      ($0 as? Diagnostic)?.id == "events.missing-column"
    }
  }
}
