import Charts
import EventModel
import HTMLText
import JSONText
import TestSupport
import Testing
import Workbench

/// Whatever a table holds, a chart of it is a drawing.
@Suite struct AnyTableTests {
  private static let names = [
    "plain", "", " ", "with, comma & <b>tags</b>", "</script><script>alert(1)</script>", "\u{202E}txet tfel ot thgir",
    "مرحبا بالعالم", "中文名字", "👩‍👩‍👧‍👦 family", "\u{2066}\u{2069}\u{0}\u{1B}[31m", String(repeating: "long name ", count: 50),
    "e" + String(repeating: "\u{301}", count: 500), String(repeating: "🎈", count: 500), "two\nlines", "]]>", "--",
  ]
  private static let reals: [Double] = [
    0, -0.0, 1, -1, 0.1, 1e-300, -1e-300, 1e300, -1e300, 1e15, 123_456.789, .pi, .leastNonzeroMagnitude,
    .greatestFiniteMagnitude,
  ]

  /// A table of one column of each type, of rows as odd as may be.
  private static func oddTable(_ rows: Int, _ random: inout Draws) -> ResultTable {
    let kind = Int(random.next() % 4)
    func value(_ column: ColumnSchema.Kind, _ random: inout Draws) -> JSONValue {
      if random.next() % 5 == 0 || kind == 3 && random.next() % 2 == 0 { return .null }
      switch column {
      case .text: return .string(names[Int(random.next() % UInt64(names.count))])
      case .integer:
        return .integer(
          kind == 0
            ? Int(random.next() % 9) : kind == 1 ? Int(truncatingIfNeeded: random.next()) : -Int(random.next() % 99))
      case .real: return .number(kind == 0 ? random.share() : reals[Int(random.next() % UInt64(reals.count))])
      case .date:
        let day = kind == 1 ? Int32(random.next() % 3_600_000) - 719_162 : 18_000 + Int32(random.next() % 900)
        return .string(Day(daysSinceEpoch: min(day, 2_932_896)).description)
      case .boolean: return .boolean(random.next() % 2 == 0)
      }
    }
    let kinds: [ColumnSchema.Kind] = [.text, .text, .integer, .integer, .real, .real, .date, .date, .boolean]
    let columns = kinds.enumerated().map {
      ColumnSchema("c\($0)", $1, unit: $0 % 2 == 0 ? nil : "units", "what it means")
    }
    var builder = ResultTable.Builder(TableSchema("t", "A row is a row.", keys: [], columns: columns))
    for _ in 0..<rows { builder.append(kinds.map { value($0, &random) }) }
    return builder.finish()
  }

  @Test(arguments: Chart.Kind.allCases, [0, 1, 2, 40]) func anyChartOfAnyTableIsDrawn(_ kind: Chart.Kind, _ rows: Int) {
    var random = Draws(state: UInt64(rows * 31 + kind.rawValue.utf8.count))
    func column() -> String { "c\(random.next() % 9)" }
    func some(_ most: UInt64) -> [String] { (0..<Int(random.next() % (most + 1))).map { _ in column() } }
    for _ in 0..<25 {
      let table = Self.oddTable(rows, &random)
      let isSpan = kind == .timeline
      var chart = Chart(
        "any", Self.names[Int(random.next() % 16)], kind: kind, table: "t", x: column(), y: [column()] + some(2),
        series: some(2), interval: random.next() % 2 == 0 ? [] : isSpan ? [column()] : [column(), column()],
        panels: random.next() % 3 == 0 ? some(2) : [], size: some(1).first, precision: some(1).first,
        label: some(1).first, xScale: random.next() % 3 == 0 ? .logarithmic : .linear,
        yScale: random.next() % 3 == 0 ? .logarithmic : .linear, reference: random.next() % 3 == 0 ? 1 : nil,
        note: Self.names[Int(random.next() % 16)])
      if random.next() % 2 == 0 {
        let isDated = random.next() % 2 == 0
        chart.marks = Chart.Marks(
          "t", at: isDated ? chart.x : column(), interval: random.next() % 2 == 0 ? [] : [column(), column()],
          label: some(1).first, matching: some(1))
      }
      let drawing = draw(
        chart, of: AnalysisResult(tables: [table]), id: "a", credit: ChartCredit(source: Self.names[5]))
      let outline = XMLOutline(drawing.file)
      #expect(outline.problem == nil, "\(chart)")
      #expect(!drawing.file.contains("nan") && !drawing.file.contains("inf "), "\(chart)")
      #expect(!outline.elements.contains("script") && !outline.elements.contains("b"))
      #expect(drawing.places.allSatisfy { 0..<table.count ~= $0.row && $0.x.isFinite && $0.y.isFinite })
      #expect(drawing.file.utf8.count < 400_000)
    }
  }

  @Test func tenThousandNamesAreAFewAndTheOthers() {
    for kind in Chart.Kind.allCases {
      let rows = (0..<10_000).map { [.string("Name \($0)"), .integer($0 % 40 + 1), "2021-03-01"] as [JSONValue] }
      let columns = [
        ColumnSchema("name", .text, "name"), ColumnSchema("count", .integer, unit: "events", "how many"),
        ColumnSchema("day", .date, "day"),
      ]
      var builder = ResultTable.Builder(TableSchema("t", "A row is a name.", keys: ["name"], columns: columns))
      for row in rows { builder.append(row) }
      let x =
        kind == .calendar || kind == .timeline || kind == .line
        ? "day" : kind == .map || kind == .points ? "count" : "name"
      let chart = Chart(
        "names", "Names", kind: kind, table: "t", x: x, y: ["count"],
        series: x == "name" && kind == .bars ? nil : "name")
      let drawing = draw(
        chart, of: AnalysisResult(tables: [builder.finish()]), id: "n", credit: ChartCredit(source: "S"))
      #expect(drawing.svg.text.utf8.count < 1_500_000, "\(kind) \(drawing.svg.text.utf8.count)")
      guard ![.calendar, .network].contains(kind) else { continue }
      #expect(drawing.description.contains(/of 10,?000|others|grey/), "\(kind): \(drawing.description)")
    }
  }

  @Test func theBarOfTheOthersHoldsWhatIsLeft() {
    let rows = (1...100).map { [.string("N\($0)"), .integer($0)] as [JSONValue] }
    let names = table(
      "t", [ColumnSchema("name", .text, "name"), ColumnSchema("count", .integer, unit: "events", "how many")], rows)
    let chart = Chart("names", "Names", kind: .bars, table: "t", x: "name", y: ["count"])
    let text = draw(chart, of: AnalysisResult(tables: [names]), id: "n", credit: ChartCredit(source: "S")).svg.text
    // 1 + … + 76, for the 24 largest are 77 to 100.
    #expect(
      text.contains(">2,926<") && text.contains(">76 others<") && text.contains(">N77<") && !text.contains(">N76<"))
  }

  @Test func whatCannotBeDrawnSaysSo() {
    let none = table("t", [ColumnSchema("a", .integer, "a"), ColumnSchema("b", .integer, "b")], [])
    let nulls = table(
      "t", [ColumnSchema("a", .integer, "a"), ColumnSchema("b", .integer, "b")], [[1, nil], [nil, 2]])
    for kind in Chart.Kind.allCases {
      let chart = Chart("c", "Title", kind: kind, table: "t", x: "a", y: ["b"])
      for (table, reason) in [(none, "there are no rows"), (nulls, "Nothing to draw")] {
        let drawing = draw(chart, of: AnalysisResult(tables: [table]), id: "c", credit: ChartCredit(source: "S"))
        #expect(drawing.svg.text.contains(reason), "\(kind)")
        #expect(drawing.places.isEmpty)
      }
      let lost = draw(chart, of: AnalysisResult(tables: []), id: "c", credit: ChartCredit(source: "S"))
      #expect(lost.svg.text.contains("Nothing to draw"))
    }
  }

  @Test func fewDataAreCalledFew() {
    let few = table(
      "t", [ColumnSchema("day", .date, "day"), ColumnSchema("n", .integer, unit: "incidents", "incidents")],
      [["2021-01-01", 1], ["2021-02-01", 2]])
    let chart = Chart("c", "Incidents", kind: .bars, table: "t", x: "day", y: ["n"])
    let drawing = draw(chart, of: AnalysisResult(tables: [few]), id: "c", credit: ChartCredit(source: "S"))
    #expect(drawing.description.contains("Few data: 3 incidents in all."))
  }
}
