import DelimitedText
import Testing
import Workbench

@Suite struct ReaderTests {
  /// All fields of all records, through blocks of a length.
  private func records(
    _ bytes: [UInt8], format: DelimitedFormat = .csv, blockBytes: Int = 1 << 20
  ) throws(Diagnostic) -> [[String?]] {
    let reader = DelimitedReader(TextFile(bytes, name: "t.csv"), format: format, blockBytes: blockBytes)
    var records: [[String?]] = []
    while let block = try reader.next() {
      var place = block.range.lowerBound
      while let start = block.firstRecord(from: place) {
        let record = block.record(at: start, format: format)
        records.append(record.fields.map { block.text($0) })
        place = record.range.upperBound
      }
      reader.recycle(block)
    }
    return records
  }
  private func records(_ text: String, format: DelimitedFormat = .csv) throws -> [[String?]] {
    try records(Array(text.utf8), format: format)
  }

  @Test func readsPlainRecords() throws {
    #expect(try records("a,b\n1,2\n") == [["a", "b"], ["1", "2"]])
    #expect(try records("a,b\r\n1,2\r\n") == [["a", "b"], ["1", "2"]])
    #expect(try records("a,b\n1,2") == [["a", "b"], ["1", "2"]])
    #expect(try records("\u{FEFF}a,b\n1,2") == [["a", "b"], ["1", "2"]])
    #expect(try records("") == [])
    #expect(try records("\u{FEFF}") == [])
  }

  @Test func tellsEmptyFromMissing() throws {
    #expect(try records("a,,\"\"\n,\n") == [["a", nil, ""], [nil, nil]])
  }

  @Test func readsQuotedFields() throws {
    #expect(try records("\"a,b\",\"c\nd\",\"e\"\"f\"\n") == [["a,b", "c\nd", "e\"f"]])
    #expect(try records("\"\"\"\",\"\"\"a\"\"\"\r\n") == [["\"", "\"a\""]])
    #expect(try records("\"a\r\nb\"\r\n1") == [["a\r\nb"], ["1"]])
  }

  @Test func takesAQuoteWithinAnUnquotedFieldAsItIs() throws {
    #expect(try records("5\" gun,b\nc,\"d\ne\"\n") == [["5\" gun", "b"], ["c", "d\ne"]])
  }

  @Test func leavesOutLinesWithoutAnything() throws {
    #expect(try records("a\n\n\r\nb\n\n") == [["a"], ["b"]])
  }

  @Test func keepsACarriageReturnWithinALine() throws {
    #expect(try records("a\rb,c\n") == [["a\rb", "c"]])
  }

  @Test func takesQuotesForCharactersWithoutQuoting() throws {
    #expect(try records("\"a\t\"\"b\"\nc\td\n", format: .tsv) == [["\"a", "\"\"b\""], ["c", "d"]])
  }

  @Test func saysThatAQuoteIsNeverClosed() {
    #expect { try records("a,b\n1,\"2\n3,4\n") } throws: { error in
      let diagnostic = error as? Diagnostic
      return diagnostic?.id == "delimited.unterminated-quote" && diagnostic?.message.contains("byte 6") == true
    }
  }

  @Test func refusesARecordAboveTheLimit() throws {
    let format = DelimitedFormat(delimiter: 44, recordLimit: 1000)
    let long = "a,b\n" + String(repeating: "x", count: 999) + "\n"
    #expect(try records(Array(long.utf8), format: format, blockBytes: 64).count == 2)
    let longer = "a,b\n" + String(repeating: "x", count: 100_000) + "\n"
    #expect { try records(Array(longer.utf8), format: format, blockBytes: 64) } throws: { error in
      let diagnostic = error as? Diagnostic
      return diagnostic?.id == "delimited.record-too-long" && diagnostic?.message.contains("byte 4") == true
    }
  }

  @Test func readsNoMoreOfALongLineThanTheLimit() throws {
    let file = TextFile([UInt8](repeating: 120, count: 100_000_000), name: "long.csv")
    let reader = DelimitedReader(
      file, format: DelimitedFormat(delimiter: 44, recordLimit: 1 << 20), blockBytes: 1 << 16)
    #expect(throws: Diagnostic.self) { try reader.next() }
    #expect(file.storedBytesRead <= (1 << 20) + 1)
    #expect(try reader.next() == nil)
  }

  @Test func refusesUTF16() {
    #expect { try records([0xFF, 0xFE, 97, 0, 10, 0]) } throws: { ($0 as? Diagnostic)?.id == "delimited.nul-byte" }
  }

  @Test func everyBlockLengthGivesTheSameRecords() throws {
    let text = "\u{FEFF}a,\"b\"\"\nc\",\r\n\"\",5\" x,\"é,\r\n\"\r\n\n\"\"\"\",\"q\"\"\",\"\"\"\n\"\nlast,,\"z\""
    let bytes = Array(text.utf8)
    let whole = try records(bytes)
    #expect(whole.count == 4)
    for length in 4...(bytes.count + 2) {
      #expect(try records(bytes, blockBytes: length) == whole, "blocks of \(length)")
    }
  }

  /// Texts of what breaks readers: quotes, delimiters, line ends, marks, emoji, right-to-left.
  private func hostileText(_ random: inout SeededGenerator) -> String? {
    let pieces = [
      "\"", "\"\"", ",", "\n", "\r\n", "\r", ";", "\t", "a", " ", "'", "\u{FEFF}", "👩‍👩‍👧", "مرحبا", "\u{202E}", "é", "\\",
      "0",
    ]
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return nil
    case 1: return ""
    default:
      let count = Int.random(in: 1...12, using: &random)
      return (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined()
    }
  }

  @Test(arguments: 1...20) func whatIsWrittenIsReadBack(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let delimiter: UInt8 = [44, 59, 9][seed % 3]
    let width = Int.random(in: 2...5, using: &random)
    let table = (0..<50).map { _ in (0..<width).map { _ in hostileText(&random) } }
    var writer = DelimitedWriter(delimiter: delimiter)
    for record in table {
      for field in record { if let field { writer.field(field) } else { writer.emptyField() } }
      writer.endRecord()
    }
    let bytes = writer.takeBytes()
    let format = DelimitedFormat(delimiter: delimiter)
    #expect(try records(bytes, format: format) == table)
    #expect(try records(bytes, format: format, blockBytes: Int.random(in: 4...200, using: &random)) == table)
  }

  @Test(arguments: 1...10) func theGridFindsWhatRecordsHave(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var writer = DelimitedWriter()
    for _ in 0..<700 {
      for _ in 0..<4 { if let text = hostileText(&random) { writer.field(text) } else { writer.emptyField() } }
      writer.endRecord()
    }
    let bytes = writer.takeBytes()
    let reader = DelimitedReader(TextFile(bytes, name: "t.csv"), format: .csv)
    var grid = FieldGrid(wanted: [3, 1], of: 4)
    let block = try #require(try reader.next())
    grid.fill(from: block, format: .csv)
    let whole = try records(bytes)
    #expect(grid.records.count == whole.count)
    #expect(grid.problems.isEmpty)
    for (number, record) in whole.enumerated() {
      #expect(block.text(grid.fields[2 * number]) == record[3])
      #expect(block.text(grid.fields[2 * number + 1]) == record[1])
    }
  }

  @Test(arguments: 1...40) func theGridFindsTheFieldsWantedAmongMany(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let columnCount = Int.random(in: 1...90, using: &generator)
    let longest = [1, 8, 80, 300].randomElement(using: &generator) ?? 1
    let records = (0..<30).map { _ in
      (0..<columnCount).map { _ in String(repeating: "x", count: Int.random(in: 0...longest, using: &generator)) }
    }
    let text = records.map { $0.joined(separator: "\t") + "\n" }.joined()
    let wanted = (0..<columnCount).shuffled(using: &generator).prefix(Int.random(in: 1...5, using: &generator))
    let reader = DelimitedReader(TextFile(Array(text.utf8), name: "t"), format: .tsv, blockBytes: 1 << 20)
    let block = try #require(try reader.next())
    var grid = FieldGrid(wanted: Array(wanted), of: columnCount)
    grid.fill(from: block, format: .tsv)
    let expected = records.filter { columnCount > 1 || !$0[0].isEmpty }
    try #require(grid.records.count == expected.count && grid.problems.isEmpty)
    for (number, record) in expected.enumerated() {
      for (slot, column) in wanted.enumerated() {
        #expect(block.text(grid.fields[number * wanted.count + slot]) ?? "" == record[column])
      }
    }
  }

  @Test(arguments: 1...40) func theGridAgreesWithRecordsOnAnyBytes(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let alphabets = ["aa,,\n", "abcdefghijklmnopqrstuvwxyz,\"\n", "a,\"\n", "aa,\"\r\n", "bbbbbbbbb,,\r\n"].map {
      Array($0.utf8)
    }
    for format in [DelimitedFormat.csv, DelimitedFormat(delimiter: 44, isQuoted: false)] {
      let alphabet = alphabets.randomElement(using: &generator) ?? []
      let length = Int.random(in: 1...700, using: &generator)
      let bytes = (0..<length).map { _ in alphabet.randomElement(using: &generator) ?? 10 }
      let reader = DelimitedReader(TextFile(bytes, name: "t"), format: format, blockBytes: 1 << 12)
      // A quote that is never closed is an error of the reader's.
      guard let block = try? reader.next() else { continue }
      let columnCount = Int.random(in: 1...4, using: &generator)
      let wantedCount = Int.random(in: 0...columnCount, using: &generator)
      let wanted = (0..<columnCount).shuffled(using: &generator).prefix(wantedCount)
      var grid = FieldGrid(wanted: Array(wanted), of: columnCount)
      grid.fill(from: block, format: format)
      var place = block.range.lowerBound
      var (number, problems) = (0, 0)
      while let start = block.firstRecord(from: place), start < block.range.upperBound {
        let record = block.record(at: start, format: format)
        try #require(number < grid.records.count)
        #expect(Int(grid.records[number]) == start)
        let isGood = record.textAfterQuote == nil && record.fields.count == columnCount
        for (slot, column) in wanted.enumerated() {
          let field = grid.fields[number * wanted.count + slot]
          #expect(isGood ? field == record.fields[column] : field.isMissing)
        }
        if !isGood {
          try #require(problems < grid.problems.count)
          #expect(grid.problems[problems].record == number)
          #expect(grid.problems[problems].byte == record.textAfterQuote ?? start)
          problems += 1
        }
        (number, place) = (number + 1, record.range.upperBound)
      }
      #expect(grid.records.count == number)
      #expect(grid.problems.count == problems)
    }
  }

  @Test func theGridFindsRecordsOfBadForm() throws {
    let text = "1,2,3\n1,2\n1,2,3,4\n\"a\"b,2,3\n4,5,6\n"
    let block = try #require(try DelimitedReader(TextFile(Array(text.utf8), name: "t"), format: .csv).next())
    var grid = FieldGrid(wanted: [0], of: 3)
    grid.fill(from: block, format: .csv)
    #expect(grid.problems.map(\.record) == [1, 2, 3])
    #expect(grid.problems.map(\.kind) == [.ragged(fields: 2), .ragged(fields: 4), .textAfterQuote])
    #expect(grid.problems[2].byte == 21)
    #expect(block.text(grid.fields[4]) == "4")
    #expect(grid.fields[1].isMissing)
  }

  @Test func wholeTablesKnowTheirLines() throws {
    let table = try DelimitedTable("a,b\n\"x\ny\",2\n\n,\"\"\n", name: "t.csv")
    #expect(table.header == ["a", "b"])
    #expect(table.records == [["x\ny", "2"], [nil, ""]])
    #expect(table.lines == [2, 5])
  }

  @Test(arguments: [
    ("a,b\n1\n", "delimited.ragged-row", 2), ("a,b\n\"1\"x,2\n", "delimited.text-after-quote", 2),
    ("", "delimited.empty-file", 0),
  ]) func wholeTablesThrowAtBadForm(_ text: String, _ id: String, _ line: Int) {
    #expect { try DelimitedTable(text, name: "t.csv") } throws: { error in
      let diagnostic = error as? Diagnostic
      return diagnostic?.id == id && diagnostic?.location?.line == line
    }
  }

  @Test func wholeTablesRefuseWhatIsNotUTF8() {
    #expect { try DelimitedTable(TextFile([97, 10, 0xE9, 10], name: "t.csv")) } throws: {
      ($0 as? Diagnostic)?.id == "delimited.not-utf8"
    }
  }
}
