import Charts
public import EventModel
import HTMLText
public import Workbench

/// Writes one HTML page that needs nothing else: findings with the events behind them, charts, tables, methods, and how
/// to do it all again.
public struct ReportExporter: Exporter {
  private let rows: Int
  private let map: MapParameters

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "report", name: "Report",
    summary: "Writes one HTML page that needs nothing else, with findings, charts, tables, methods and sources.",
    diagnostics: MapParameters.diagnostics)
  /// Whether it writes one file or a folder.
  public static let shape = ExportShape.file(extension: "html")
  /// It writes results, no events.
  public var columns: EventColumns { [] }
  /// The records of so many events stand behind each finding.
  public var eventsPerFinding: Int { 5 }

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    rows = parameters.optional(
      "rows", default: 50, "How many rows of each table the page shows; the exporter 'tables' writes them all.",
      where: .inside(1...10_000))
    map = MapParameters(&parameters)
  }

  /// Writes; charts are drawn at the same time, as many as there are workers.
  public func export(
    _ run: RunResults, to output: any OutputDirectory, in context: RunContext
  ) async throws(Diagnostic) {
    let boundaries = try map.boundaries(in: context)
    let credit = ChartCredit(run)
    let all = run.analyses.flatMap { analysis in analysis.result.charts.map { (analysis, $0) } }
    let figures = try context.concurrentMap(all.count) { index throws(Diagnostic) in
      try context.checkCancellation()
      return figure(all[index].1, of: all[index].0, credit: credit, boundaries: boundaries)
    }
    var rest = figures[...]
    var sections: [Markup] = []
    for analysis in run.analyses {
      try context.checkCancellation()
      let count = analysis.result.charts.count
      sections.append(section(of: analysis, of: run, figures: Array(rest.prefix(count)), rows: rows))
      rest = rest.dropFirst(count)
    }
    let page = page(of: run, analyses: sections)
    try output.write(page.bytes, named: output.fileName ?? "\(run.workspace.name).html")
  }
}
