import Charts
import HTMLText
import JSONText
import Workbench

/// An analysis: what it is, its charts, its tables, how it was done and by whom it was thought of.
func section(of analysis: NamedAnalysis, of run: RunResults, figures: [Markup], rows: Int) -> Markup {
  let number = (run.analyses.firstIndex { $0.name == analysis.name } ?? 0) + 1
  let used = run.plugins.first { $0.manifest.id == analysis.plugin }
  let record = run.record["analyses"]?.elements.first { $0["name"]?.text == analysis.name }
  let tables = analysis.result.tables.map { table -> Markup in
    let long = table.count > rows ? ", the first \(readable(rows)) shown" : ""
    return """
      <details class="table"><summary>Table \(table.schema.name): \(counted(table.count, "row"))\(long)</summary>
      \(dataTable(table, name: "\(analysis.name): \(table.schema.name)", rows: rows))</details>
      """
  }
  return """
    <section id="a\(number)"><h2>\(analysis.name)</h2>
    <p>\(used?.manifest.summary ?? "")</p>
    \(figures.joined())
    <h3>Tables</h3>
    \(tables.joined())
    \(method(used, record, name: analysis.name))
    </section>
    """
}

/// What the method is, which values its parameters had and what they mean, and its references.
private func method(_ used: RunResults.UsedPlugin?, _ record: JSONValue?, name: String) -> Markup {
  guard let used else { return "" }
  let rows = used.parameters.compactMap { parameter -> Markup? in
    guard let value = record?["parameters"]?[parameter.name], value != .null else { return nil }
    return """
      <tr><th scope="row"><code>\(parameter.name)</code></th><td dir="auto">\(shown(value))</td><td>\(parameter.summary)</td></tr>
      """
  }
  let citation: Markup =
    used.manifest.citation.map { "<p>References: \(Markup.linking($0))\($0.hasSuffix(".") ? "" : ".")</p>" } ?? ""
  return """
    <h3>Method</h3>
    <p>\(used.manifest.name), version \(used.manifest.version).</p>
    \(table("Parameters of \(name)", ["Parameter", "Value", "Meaning"], rows))
    \(citation)
    """
}

/// A table of results, as far as it is shown, with what its columns mean.
func dataTable(_ table: ResultTable, name: String, rows: Int) -> Markup {
  let columns = table.schema.columns
  let heads = columns.map { column -> Markup in
    let unit: Markup = column.unit.map { " <span class=\"faint\">\($0)</span>" } ?? ""
    let style: Markup = [.integer, .real].contains(column.kind) ? " class=\"n\"" : ""
    return "<th scope=\"col\"\(style)>\(column.name.replacing("_", with: " "))\(unit)</th>"
  }
  var body = Markup()
  for row in 0..<min(rows, table.count) {
    body += "<tr>"
    for (column, values) in zip(columns, table.columns) {
      switch column.kind {
      case .integer, .real: body += "<td class=\"n\">\(shown(values[row]))</td>"
      case .text: body += "<td dir=\"auto\">\(shown(values[row]))</td>"
      case .date: body += "<td class=\"d\">\(shown(values[row]))</td>"
      case .boolean: body += "<td>\(shown(values[row]))</td>"
      }
    }
    body += "</tr>\n"
  }
  let meanings = columns.map { column -> Markup in
    "<div><dt>\(column.name.replacing("_", with: " "))</dt><dd>\(column.meaning)\(column.unit.map { ", in \($0)" } ?? "")</dd></div>"
  }
  return """
    <div class="scroll" role="region" tabindex="0" aria-label="Table \(name)">
    <table class="data"><caption>\(table.schema.summary)</caption><thead><tr>\(heads.joined())</tr></thead>
    <tbody>\(body)</tbody></table></div>
    <details class="meanings"><summary>What the columns mean</summary><dl>\(meanings.joined())</dl></details>
    """
}
