import Charts
import HTMLText
import JSONText
import Workbench

/// A chart with the values that are drawn, from which the page reads them out and writes its CSV.
func figure(_ chart: Chart, of analysis: NamedAnalysis, credit: ChartCredit, boundaries: Boundaries?) -> Markup {
  let id = "\(analysis.name)-\(chart.name)"
  let drawing = draw(chart, of: analysis.result, id: id, credit: credit, boundaries: boundaries)
  let values = drawing.places.isEmpty ? Markup() : values(of: chart, analysis.result, drawing)
  return """
    <figure id="\(id)" class="figure">
    <figcaption class="hidden">\(chart.title)</figcaption>
    <div class="plot" tabindex="0" role="group" aria-label="\(chart.title)">\(drawing.svg)</div>
    <p class="swipe">Swipe sideways to see the whole chart.</p>
    <output class="reading" aria-live="polite"></output>
    \(values)</figure>
    """
}

/// The rows drawn, column by column, and where they lie: `columns`, `keys` (how many tell rows apart), `units`, `data`,
/// `rows` (how many), `x`, `y`.
private func values(of chart: Chart, _ result: AnalysisResult, _ drawing: DrawnChart) -> Markup {
  guard let table = result[chart.table] else { return "" }
  var names: [String] = []
  let keys = chart.kind == .network ? [chart.x] + chart.series : chart.panels + chart.series + [chart.x]
  let measures = chart.y + chart.interval + [chart.size, chart.label].compactMap { $0 }
  for name in keys + measures where !names.contains(name) { names.append(name) }
  let rows = drawing.places.map(\.row)
  let schemas = names.compactMap { name in table.schema.columns.first { $0.name == name } }
  let json: JSONValue = [
    "name": .string(chart.name), "columns": .array(names.map(JSONValue.string)),
    "keys": .integer(names.count { keys.contains($0) }),
    "units": .array(schemas.map { $0.unit.map(JSONValue.string) ?? "" }),
    "data": .array(names.compactMap { table[$0] }.map { packed($0, rows) }),
    "rows": .integer(rows.count), "x": .string(packed(drawing.places.map { Int($0.x.rounded()) })),
    "y": .string(packed(drawing.places.map { Int($0.y.rounded()) })),
  ]
  return "<script type=\"application/json\">\(Markup(trusted: json.compact))</script>\n"
}

/// The values of rows: numbers packed, texts and dates as packed places in a list of `labels`, each once.
private func packed(_ column: ResultColumn, _ rows: [Int]) -> JSONValue {
  switch column {
  case .integers, .reals: return packed(rows.map { column[$0] })
  case .text, .dates, .booleans:
    var codes: [String: Int] = [:]
    var labels: [JSONValue] = []
    let coded = rows.map { row -> Int in
      let value = column[row]
      guard value != .null else { return -1 }
      let text = value.text ?? shown(value)
      if let code = codes[text] { return code }
      codes[text] = labels.count
      labels.append(.string(text))
      return labels.count - 1
    }
    return ["labels": .array(labels), "codes": .string(packed(coded))]
  }
}
