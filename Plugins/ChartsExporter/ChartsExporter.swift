import Charts
public import EventModel
import JSONText
public import Workbench

/// Writes every chart as an SVG file, and as Vega-Lite with its data, for any tool that reads either.
public struct ChartsExporter: Exporter {
  private let map: MapParameters

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "charts", name: "Charts",
    summary: "Writes every chart as an SVG file that stands alone, and as Vega-Lite with its data.",
    citation:
      "Vega-Lite: Satyanarayan and others 2017, IEEE Transactions on Visualization and Computer Graphics 23:341",
    diagnostics: MapParameters.diagnostics)
  /// Whether it writes one file or a folder.
  public static let shape = ExportShape.folder
  /// It writes results, no events.
  public var columns: EventColumns { [] }

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) { map = MapParameters(&parameters) }

  /// Writes; as many charts at the same time as there are workers.
  public func export(
    _ run: RunResults, to output: any OutputDirectory, in context: RunContext
  ) async throws(Diagnostic) {
    let boundaries = try map.boundaries(in: context)
    let credit = ChartCredit(run)
    let all = run.analyses.flatMap { analysis in analysis.result.charts.map { (analysis, $0) } }
    let files = try context.concurrentMap(all.count) { index throws(Diagnostic) in
      try context.checkCancellation()
      let (analysis, chart) = all[index]
      let drawing = draw(chart, of: analysis.result, id: chart.name, credit: credit, boundaries: boundaries)
      let spec = vegaLite(chart, of: analysis.result, credit: credit)
      return (svg: Array(drawing.file.utf8), vega: Array(spec.compact.utf8), description: drawing.description)
    }
    var list: [JSONValue] = []
    for ((analysis, chart), file) in zip(all, files) {
      let path = "\(analysis.name)/\(chart.name)"
      try output.write(file.svg, named: "\(path).svg")
      try output.write(file.vega, named: "\(path).vl.json")
      list.append([
        "analysis": .string(analysis.name), "name": .string(chart.name), "title": .string(chart.title),
        "kind": .string(chart.kind.rawValue), "table": .string(chart.table), "description": .string(file.description),
        "svg": .string("\(path).svg"), "vega_lite": .string("\(path).vl.json"),
      ])
    }
    let index: JSONValue = ["charts": .array(list), "source": .string(credit.source)]
    try output.write(Array(index.pretty.utf8), named: "charts.json")
  }
}
