import Charts
import JSONText
import TestSupport
import Testing
import Workbench

@Suite struct ChartTests {
  private static let credit = ChartCredit(source: "Source: invented data. Data from 2018-01-01 to 2020-12-31.")
  private static let square = Boundaries(
    geoJSON: [
      "type": "Polygon",
      "coordinates": [
        .array([[60, 23], [75, 23], [75, 38], [60, 38], [60, 23]].map { .array($0.map { .integer($0) }) })
      ],
    ], credit: "a square")

  @Test(arguments: ChartSamples.all.map(\.name)) func eachKindIsDrawnAsItWas(_ name: String) throws {
    let sample = try #require(ChartSamples.all.first { $0.name == name })
    let drawing = draw(
      sample.chart, of: sample.result, id: name, credit: Self.credit, boundaries: name == "map" ? Self.square : nil)
    let outline = XMLOutline(drawing.file)
    #expect(outline.problem == nil)
    #expect(outline.content.contains("Source: invented data."))
    #expect(outline.attributes.first?["role"] == "img")
    try expectGolden(drawing.file, "\(name).svg")
  }

  /// A chart of lines, or of points with labels.
  private func drawn(
    _ title: String, _ rows: [[JSONValue]], y: [String], scale: Chart.Scale, label: Bool = false
  ) -> String {
    let columns = [
      ColumnSchema("at", .integer, unit: "days", "when"), ColumnSchema("seen", .real, "a share"),
      ColumnSchema("expected", .real, "another"), ColumnSchema("year", .integer, "a year"),
    ]
    var builder = ResultTable.Builder(TableSchema("t", "A row is a day.", keys: ["at"], columns: columns))
    for row in rows { builder.append(row) }
    let chart = Chart(
      "c", title, kind: label ? .points : .line, table: "t", x: "at", y: y, label: label ? "year" : nil, yScale: scale)
    return draw(chart, of: AnalysisResult(tables: [builder.finish()]), id: "c", credit: Self.credit).file
  }

  @Test func aLogarithmicAxisEndsADecadeBelowWhatWasSeen() {
    let rows = (0...300).map { day in
      [.integer(day), .number(1 / Double(1 + day)), .number(Double(sign: .plus, exponent: -day, significand: 1)), 2000]
        as [JSONValue]
    }
    let file = drawn("Gaps", rows, y: ["seen", "expected"], scale: .logarithmic)
    #expect(file.contains(">0.001<") && !file.contains(">0.0001<") && !file.contains(">1e-"))
  }

  @Test func aTitleStaysOnItsSheetAndAYearIsNoThousand() {
    let title = "Incidents by quarter, their mean over four, and lasting changes with their 95 % sets of dates"
    let file = drawn(title, [[1, 0.5, 0.5, 2003], [2, 0.4, 0.4, 2004]], y: ["seen"], scale: .linear, label: true)
    #expect(file.contains("y=\"31\">Incidents by quarter") && !file.contains("y=\"31\">\(title)"))
    #expect(file.contains(">2003<") && !file.contains("2,003"))
  }
}
