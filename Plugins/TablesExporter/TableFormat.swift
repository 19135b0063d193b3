import DelimitedText
import JSONText
import Workbench

/// A format of tables beside CSV.
enum TableFormat: String, CaseIterable, ScalarParameter {
  /// An object for each row, a line each: https://jsonlines.org
  case jsonLines = "json-lines"
  /// A table of GitHub Flavored Markdown, for pasting.
  case markdown

  var ending: String {
    switch self {
    case .jsonLines: "jsonl"
    case .markdown: "md"
    }
  }
  /// How many rows are written; a table of Markdown is read by people.
  var mostRows: Int { self == .markdown ? 1_000 : .max }

  func header(of table: ResultTable) -> String {
    guard self == .markdown else { return "" }
    let columns = table.schema.columns
    let rule = columns.map { [.integer, .real].contains($0.kind) ? "---:" : "---" }
    return "| \(columns.map(\.name).joined(separator: " | ")) |\n| \(rule.joined(separator: " | ")) |\n"
  }
  /// A row; names of columns are JSON texts already.
  func line(_ row: Int, of table: ResultTable, names: [String]) -> String {
    switch self {
    case .jsonLines:
      let members = zip(names, table.columns).map { "\($0):\($1[row].compact)" }
      return "{\(members.joined(separator: ","))}\n"
    case .markdown:
      let cells = table.columns.map { column -> String in
        let value = column[row]
        return value == .null ? "" : escapedForMarkdown(value.text ?? value.compact)
      }
      return "| \(cells.joined(separator: " | ")) |\n"
    }
  }
  /// What follows the last row: how many were left out.
  func footer(of table: ResultTable) -> String {
    table.count > mostRows ? "\n\(table.count - mostRows) more rows\n" : ""
  }
}

/// A text that stands in a cell as it is: neither markup nor a new cell or line.
private func escapedForMarkdown(_ text: String) -> String {
  var escaped = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\\", "|", "`", "*", "_", "[", "]", "<", ">", "#", "~", "&": escaped += "\\\(scalar)"
    case "\n", "\r": escaped += " "
    default: escaped.unicodeScalars.append(scalar)
    }
  }
  return escaped
}

/// Writes all tables, the findings among them, in further formats, beside the CSV of the same name.
func writeFurtherFormats(
  _ formats: [TableFormat], _ run: RunResults, _ findings: ResultTable, to output: any OutputDirectory,
  in context: RunContext
) throws(Diagnostic) {
  guard !formats.isEmpty else { return }
  var tables = run.analyses.flatMap { analysis in
    analysis.result.tables.map { ("\(analysis.name)/\($0.schema.name)", $0) }
  }
  tables += [("findings", findings), ("event-sets", run.counts)]
  if let merges = run.merges { tables.append(("merges", merges)) }
  for format in TableFormat.allCases where formats.contains(format) {
    for (path, table) in tables {
      let names = table.schema.columns.map { JSONValue.string($0.name).compact }
      let chunks = table.rowChunks.prefix { $0.lowerBound < format.mostRows }
      try output.write("\(path).\(format.ending)") { (file) throws(Diagnostic) in
        try file.append(Array(format.header(of: table).utf8))
        let group = context.workerCount * 2
        for start in stride(from: 0, to: chunks.count, by: group) {
          let pieces = try context.concurrentMap(min(group, chunks.count - start)) { index in
            let rows = chunks[start + index]
            var text = ""
            for row in rows where row < format.mostRows { text += format.line(row, of: table, names: names) }
            return Array(text.utf8)
          }
          for piece in pieces { try file.append(piece) }
          try context.checkCancellation()
        }
        try file.append(Array(format.footer(of: table).utf8))
      }
    }
  }
}
