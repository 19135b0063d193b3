import EventModel
import Testing
import Workbench

@testable import DelimitedText

@Suite struct WriterTests {
  private func text(_ write: (inout DelimitedWriter) -> Void) -> String {
    var writer = DelimitedWriter()
    write(&writer)
    return String(decoding: writer.takeBytes(), as: UTF8.self)
  }

  @Test func quotesOnlyWhatMustBeQuoted() {
    let written = text {
      for field in ["plain", " spaced ", "a,b", "a\"b", "a\nb", "a\rb", "", "tab\there", "ünï"] { $0.field(field) }
      $0.emptyField()
      $0.endRecord()
    }
    #expect(written == "plain, spaced ,\"a,b\",\"a\"\"b\",\"a\nb\",\"a\rb\",\"\",tab\there,ünï,\n")
  }

  @Test func quotesTheDelimiterInUse() {
    var writer = DelimitedWriter(delimiter: 59)
    writer.field("a;b")
    writer.field("a,b")
    writer.endRecord()
    #expect(String(decoding: writer.bytes, as: UTF8.self) == "\"a;b\";a,b\n")
  }

  @Test func handsOverAndStartsAnew() {
    var writer = DelimitedWriter()
    writer.field(utf8: Array("one".utf8))
    writer.endRecord()
    #expect(writer.takeBytes() == Array("one\n".utf8))
    #expect(writer.count == 0)
    writer.field(Int64(2))
    writer.endRecord()
    #expect(writer.takeBytes() == Array("2\n".utf8))
  }

  @Test(
    arguments: [
      (0.0, "0"), (-0.0, "0"), (1, "1"), (-3.4, "-3.4"), (0.1, "0.1"), (25.2854, "25.2854"), (-9.25, "-9.25"),
      (1e-7, "1e-07"), (0.000001, "0.000001"), (123456789.125, "123456789.125"), (1.0 / 3, "0.3333333333333333"),
      (1e15, "1000000000000000"), (0x1p54, "1.8014398509481984e+16"), (0x1p53 + 2, "9007199254740994"),
      (999_999_999_999_999, "999999999999999"), (1e22, "1e+22"), (0.30000000000000004, "0.30000000000000004"),
      (-120.000001, "-120.000001"), (Double.leastNonzeroMagnitude, "5e-324"),
      (1.7976931348623157e308, "1.7976931348623157e+308"),
    ] as [(Double, String)]) func writesTheShortestNumber(_ number: Double, _ expected: String)
  {
    #expect(text { $0.field(number) } == expected)
  }

  @Test func leavesOutNumbersThatAreNotFinite() {
    #expect(
      text {
        $0.field(Double.nan)
        $0.field(Double.infinity)
        $0.field(1.5)
      } == ",,1.5")
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64]) func everyNumberReadsBackAndNoneIsLongerThanItsDescription(
    seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let decimals = Int.random(in: 0...8, using: &random)
      let scale = (0..<decimals).reduce(1.0) { result, _ in result * 10 }
      let short = Double(Int64.random(in: -9_999_999_999...9_999_999_999, using: &random)) / scale
      let any = Double(bitPattern: random.next())
      for number in [short, any] where number.isFinite {
        let written = text { $0.field(number) }
        #expect(Double(written) == number)
        let described = number.description.hasSuffix(".0") ? String(number.description.dropLast(2)) : number.description
        // Swift writes numbers from 1e-4 down with an exponent; plain decimals may be longer than that.
        if !described.contains("e") { #expect(written.utf8.count <= described.utf8.count) }
      }
    }
  }

  @Test func writesIntegersAtTheirLimits() {
    let written = text {
      for number in [Int64.min, .max, 0, -1, 10, 99, 100] { $0.field(number) }
    }
    #expect(written == "-9223372036854775808,9223372036854775807,0,-1,10,99,100")
  }

  @Test func writesDays() {
    let written = text {
      for (year, month, day) in [(2021, 12, 9), (1969, 12, 31), (1, 1, 1), (9999, 12, 31)] {
        if let date = Day(year: year, month: month, day: day) { $0.field(date) }
      }
    }
    #expect(written == "2021-12-09,1969-12-31,0001-01-01,9999-12-31")
  }

  private func table() -> ResultTable {
    let schema = TableSchema(
      "t", "A test.", keys: [],
      columns: [
        ColumnSchema("name, first", .text, ""), ColumnSchema("n", .integer, ""), ColumnSchema("x", .real, ""),
        ColumnSchema("day", .date, ""), ColumnSchema("is", .boolean, ""),
      ])
    let days = (0..<5).map { Day(daysSinceEpoch: Int32($0 * 400)) }
    return ResultTable(
      schema,
      columns: [
        .text(CodedColumn(["a,b", nil, "", "plain", "a,b"])), .integers(Column([1, nil, -3, 4, 5], placeholder: 0)),
        .reals(Column([nil, 0.5, 2, -1.25, 1e300], placeholder: 0)), .dates(Column(days)),
        .booleans(Column([1, 0, nil, 1, 0], placeholder: 0)),
      ], count: 5)
  }

  @Test func rendersATable() {
    let expected = """
      "name, first",n,x,day,is
      "a,b",1,,1970-01-01,true
      ,,0.5,1971-02-05,false
      "",-3,2,1972-03-11,
      plain,4,-1.25,1973-04-15,true
      "a,b",5,1e+300,1974-05-20,false

      """
    #expect(String(decoding: delimitedText(of: table(), rows: 0..<5, header: true), as: UTF8.self) == expected)
  }

  @Test(arguments: ["\"\"", "-", "1.5", "+", "9223372036854775808", "1 "]) func whatIsNoNumberIsRefused(_ field: String)
  {
    let schema = TableSchema("t", "A test.", keys: [], columns: [ColumnSchema("n", .integer, "")])
    #expect(throws: Diagnostic.self) {
      try ResultTable(reading: TextFile(Array("n\n7\n\(field)\n".utf8), name: "t.csv"), schema: schema)
    }
  }

  @Test func everyTypeIsReadBack() throws {
    let writer = TableWriter(table())
    let file = TextFile(writer.render(0..<5, header: true) + writer.render(0..<5, header: false), name: "t.csv")
    let read = try ResultTable(reading: file, schema: table().schema)
    #expect((0..<10).map { read.row($0) } == (0..<10).map { table().row($0 % 5) })
  }

  /// A row without a value is a line without anything, in whichever block of the reader it lies.
  @Test(arguments: [[1, nil, 3], [nil, nil], [nil, 2, nil, nil], []] as [[Int64?]], [4, 5, 1 << 20])
  func aTableOfOneColumnIsReadBack(_ values: [Int64?], blockBytes: Int) throws {
    let schema = TableSchema("t", "A test.", keys: [], columns: [ColumnSchema("n", .integer, "")])
    let column = ResultColumn.integers(Column(values, placeholder: 0))
    let table = ResultTable(schema, columns: [column], count: values.count)
    let written = delimitedText(of: table, rows: 0..<values.count, header: true)
    let read = try ResultTable(reading: TextFile(written, name: "t.csv"), schema: schema, blockBytes: blockBytes)
    #expect((0..<read.count).map { read.row($0) } == (0..<values.count).map { table.row($0) })
  }

  @Test func rangesOfATableAddUpToTheWhole() {
    let writer = TableWriter(table())
    let whole = writer.render(0..<5, header: true)
    for cut in 0...5 {
      #expect(writer.render(0..<cut, header: true) + writer.render(cut..<5, header: false) == whole)
    }
  }
}
