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
}
