import DelimitedText
import EventModel
import TabularEvents
import TestSupport
import Testing
import Workbench

/// Several files, and files without a header, are read alike whatever the blocks and the workers.
@Suite struct SeveralFilesTests {
  private static let words = ["x", "y", "NA", "Caf\u{E9}", "\"a \"\"b\"\"\"", "", "-99", "z\tz"]
  private static let names = ["day", "a", "b", "c", "n", "id"]

  private func row(_ random: inout SeededGenerator, _ delimiter: String) -> [UInt8] {
    func word() -> String { Self.words[Int.random(in: 0..<Self.words.count, using: &random)] }
    func maybe(_ text: String) -> String { Int.random(in: 0..<12, using: &random) == 0 ? "bad" : text }
    let day = maybe("2021-01-\(10 + Int.random(in: 0...19, using: &random))")
    let number = maybe(String(Int.random(in: -99...99, using: &random)))
    let id = String(Int.random(in: 0..<40, using: &random))
    var fields = [day, word(), word(), word(), number, id].map { $0.replacing("\t", with: " ") }
    if Int.random(in: 0..<30, using: &random) == 0 { fields.removeLast() }
    var bytes = Array(fields.joined(separator: delimiter).utf8)
    if Int.random(in: 0..<8, using: &random) == 0 { bytes = bytes.filter { $0 != 0xC3 } }
    return bytes + (Bool.random(using: &random) ? [10] : [13, 10])
  }
  private func layout(_ policy: BadRowPolicy) -> TabularLayout {
    TabularLayout(
      fields: [
        TabularField("day", as: .firstDay, .day(.iso)),
        TabularField("a", as: .actor1, .label, missing: ["NA"]), TabularField("b", as: .actor2, .label),
        TabularField("c", as: .place, .label, missing: ["-99", "Caf\u{E9}"]),
        TabularField("n", as: .latitude, .real(-90...90), missing: ["3"], isLenient: true),
        TabularField("id", as: .id, .text),
      ], direction: .undirected, onBadRow: policy)
  }
  private func outcome(
    _ files: [String: [UInt8]], _ form: TabularForm, _ policy: BadRowPolicy, _ blockBytes: Int, _ workers: Int
  ) -> [String] {
    let warnings = Warnings()
    let context = testContext(files: MemoryFiles(bytes: files), workers: workers, warnings: warnings)
    var form = form
    form.blockBytes = blockBytes
    let input = TabularInput(InputPaths(files.keys.sorted().map { InputPath($0) }), form)
    do {
      let table = try input.events(.all, in: context) { _ in layout(policy) }
      let labels = [table.actor1?.labels, table.actor2?.labels, table.codes(.place)?.labels]
      let records = try input.records(table.record?.values ?? [], in: context).map { "\($0.location) \($0.fields)" }
      return (0..<table.count).map { "\(table[$0])" } + records + ["\(labels)"] + warnings.all.map { "\($0)" }
    } catch { return ["\(error)"] }
  }

  @Test(arguments: 0..<16) func anyBlocksAndWorkersGiveTheSame(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let isNameless = seed % 2 == 0
    let format = DelimitedFormat(delimiter: seed % 4 < 2 ? 44 : 9)
    let delimiter = seed % 4 < 2 ? "," : "\t"
    let form = TabularForm(
      format, names: isNameless ? .fixed([["day"], Self.names]) : .firstRecord,
      encoding: seed % 3 == 0 ? .utf8 : .utf8OrWindows1252)
    var files: [String: [UInt8]] = [:]
    for number in 0..<Int.random(in: 1...5, using: &random) {
      var bytes: [UInt8] = []
      if isNameless {
        bytes = Array(["2021-01-01", "x", "", "y", "1", "0"].joined(separator: delimiter).utf8) + [10]
      } else {
        bytes = Array((Self.names.joined(separator: delimiter) + "\n").utf8)
      }
      for _ in 0..<Int.random(in: 0...60, using: &random) { bytes += row(&random, delimiter) }
      files["\(number).csv"] = bytes
    }
    for policy in BadRowPolicy.allCases {
      let whole = outcome(files, form, policy, 1 << 16, 1)
      for _ in 0..<6 {
        let size = Int.random(in: 4...400, using: &random)
        let workers = Int.random(in: 1...6, using: &random)
        #expect(outcome(files, form, policy, size, workers) == whole, "blocks of \(size), \(workers) workers")
      }
    }
  }

  private func events(
    _ files: [String: String], _ columns: EventColumns = .all, workers: Int = 3, warnings: Warnings = Warnings()
  ) throws -> EventTable {
    let context = testContext(files: MemoryFiles(files), workers: workers, warnings: warnings)
    let input = TabularInput(InputPaths(files.keys.sorted().map { InputPath($0) }))
    return try input.events(columns, in: context) { header in
      let fields = canonicalFields(of: header).map { TabularField($0.name, as: $0.column, .canonical($0.column)) }
      return TabularLayout(fields: fields, direction: .undirected)
    }
  }
  @Test func rowsKeepTheOrderOfTheFiles() throws {
    var files: [String: String] = [:]
    for file in 10..<30 {
      files["\(file).csv"] = "date_start,actor1\n" + (0..<file).map { "2021-01-01,\(file)-\($0)\n" }.joined()
    }
    let table = try events(files)
    #expect(
      (0..<table.count).map { table[$0].actor1 } == (10..<30).flatMap { file in (0..<file).map { "\(file)-\($0)" } })
    #expect(table.record?.values.last?.file == 19)
  }
  @Test func idsAreComparedAcrossFilesAndToldOnce() throws {
    let warnings = Warnings()
    _ = try events(
      ["a.csv": "event_id,date_start\n1,2021-01-01\n2,2021-01-01\n", "b.csv": "event_id,date_start\n2,2021-01-01\n"],
      warnings: warnings)
    #expect(warnings.all.map(\.message) == ["1 event repeats the id of an earlier one"])
    #expect(warnings.all.first?.notes == ["'2' occurs 2 times"])
  }
  @Test func columnsThatAFileLacksAreLeftOutAndTold() throws {
    let files = ["a.csv": "date_start,actor1,place\n2021-01-01,X,P\n", "b.csv": "date_start,actor1\n2021-01-02,Y\n"]
    let warnings = Warnings()
    let table = try events(files, warnings: warnings)
    #expect(table.columns == EventColumns.dates.union(EventColumns([.actor1, .record])))
    #expect(warnings.all.map(\.id) == ["events.columns-differ"])
    #expect(warnings.all.first?.notes == ["'place' is not in b.csv"])
    let silent = Warnings()
    _ = try events(files, [.actors], warnings: silent)
    #expect(silent.all.isEmpty)
  }
  @Test func theFirstBadFileIsTold() {
    let good = "date_start,actor1\n" + String(repeating: "2021-01-01,X\n", count: 500)
    let files = [
      "0.csv": good, "1.csv": good + "bad,X\n", "2.csv": "actor1\nX\n", "3.csv": good.replacing("2021", with: "x"),
      "4.csv": "",
    ]
    for workers in [1, 2, 5] {
      let error = #expect(throws: Diagnostic.self) { try events(files, workers: workers) }
      #expect(error?.location == SourceLocation(file: "1.csv", line: 502, column: 1))
    }
  }
  @Test func aFileThatIsNotThereEndsTheReading() {
    let context = testContext(files: MemoryFiles(["a.csv": "date_start\n2021-01-01\n"]))
    let input = TabularInput(InputPaths([InputPath("a.csv"), InputPath("none.csv")]))
    #expect {
      try input.events(.dates, in: context) { _ in
        TabularLayout(fields: [TabularField("date_start", as: .firstDay, .day(.iso))], direction: .undirected)
      }
    } throws: {
      ($0 as? Diagnostic)?.id == "test.no-file"
    }
  }
}
