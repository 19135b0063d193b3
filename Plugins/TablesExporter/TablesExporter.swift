import DelimitedText
public import EventModel
import JSONText
public import Workbench

/// Writes every table as CSV, the findings, and a description of all of them that other programs understand.
public struct TablesExporter: Exporter {
  private let also: [TableFormat]

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "tables", name: "Tables",
    summary: "Writes every table as CSV, the findings, and a Frictionless data package that describes them.",
    citation: "Frictionless Data Package 1.0: https://specs.frictionlessdata.io/data-package/",
    diagnostics: [formula])
  /// Whether it writes one file or a folder.
  public static let shape = ExportShape.folder
  /// It writes results, no events.
  public var columns: EventColumns { [] }

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    also = parameters.optional(
      "also", default: [],
      "Further formats beside CSV: 'json-lines', one object for each row, and 'markdown', for pasting.")
  }

  /// Writes; at no time is more than a few pieces of a table in memory as text.
  public func export(
    _ run: RunResults, to output: any OutputDirectory, in context: RunContext
  ) async throws(Diagnostic) {
    var resources: [JSONValue] = []
    for analysis in run.analyses {
      for table in analysis.result.tables {
        let path = "\(analysis.name)/\(table.schema.name).csv"
        if let text = firstFormula(in: table) { context.warn(warning(about: text, in: path)) }
        let written = try write(table, path, to: output, in: context)
        resources.append(
          table.schema.resource(
            named: "\(analysis.name).\(table.schema.name)", path: path, bytes: written.bytes, digest: written.digest))
      }
    }
    let findings = findingsTable(run.analyses)
    let written = try write(findings, "findings.csv", to: output, in: context)
    resources.append(
      findings.schema.resource(
        named: "findings", path: "findings.csv", bytes: written.bytes, digest: written.digest))
    let counts = try write(run.counts, "event-sets.csv", to: output, in: context)
    resources.append(
      run.counts.schema.resource(
        named: "event-sets", path: "event-sets.csv", bytes: counts.bytes, digest: counts.digest))
    if let merges = run.merges {
      if let text = firstFormula(in: merges) { context.warn(warning(about: text, in: "merges.csv")) }
      let written = try write(merges, "merges.csv", to: output, in: context)
      resources.append(
        merges.schema.resource(
          named: "merges", path: "merges.csv", bytes: written.bytes, digest: written.digest))
    }
    try writeFurtherFormats(also, run, findings, to: output, in: context)
    try output.write(Array(dataPackage(run, resources).pretty.utf8), named: "datapackage.json")
    if !run.citations.isEmpty {
      let lines = run.citations.map { "\($0)\n" }
      try output.write(Array(("Cite the data as\n\n" + lines.joined(separator: "\n")).utf8), named: "CITATION.txt")
    }
  }

  /// Renders some pieces of a table at the same time and appends them in order, so that no more than those are in
  /// memory.
  private func write(
    _ table: ResultTable, _ path: String, to output: any OutputDirectory, in context: RunContext
  ) throws(Diagnostic) -> (bytes: Int, digest: String) {
    let writer = TableWriter(table)
    let chunks = table.rowChunks
    return try output.write(path) { (file) throws(Diagnostic) in
      let group = context.workerCount * 2
      for start in stride(from: 0, to: chunks.count, by: group) {
        let pieces = try context.concurrentMap(min(group, chunks.count - start)) { index in
          writer.render(chunks[start + index], header: start + index == 0)
        }
        for piece in pieces { try file.append(piece) }
        let last = min(start + group, chunks.count) - 1
        context.report(.init(done: chunks[last].upperBound, total: table.count, unit: "rows"))
      }
    }
  }

  /// The findings of all analyses, strongest first within each.
  private func findingsTable(_ analyses: [NamedAnalysis]) -> ResultTable {
    var table = ResultTable.Builder(Self.findingsSchema)
    let headlines = Headline.first(of: analyses.flatMap { one in one.result.findings.map { (one.name, $0) } })
    for analysis in analyses {
      for (index, finding) in analysis.result.findings.enumerated() {
        let place = headlines.firstIndex { $0.analysis == analysis.name && $0.finding == finding }
        table.append([
          .string(analysis.name), .integer(index + 1), .string(finding.strength.rawValue), .string(finding.sentence),
          .string(JSONValue.object(finding.numbers).compact),
          .string(JSONValue.array(finding.events.map(JSONValue.string)).compact),
          place.map { .integer($0 + 1) } ?? .null,
        ])
      }
    }
    return table.finish()
  }
  static let findingsSchema = TableSchema(
    "findings", "What the analyses found: one sentence with its numbers, its strength and the events behind it.",
    keys: ["analysis", "rank"],
    columns: [
      ColumnSchema("analysis", .text, "the analysis, by its name in the workspace"),
      ColumnSchema("rank", .integer, "its place among the findings of the analysis, the strongest first"),
      ColumnSchema("strength", .text, "how firmly it is said: strong, moderate, weak or descriptive"),
      ColumnSchema("sentence", .text, "the finding"),
      ColumnSchema("numbers", .text, "the numbers in the sentence, as a JSON object"),
      ColumnSchema("events", .text, "identifiers of the events behind it, the most telling first, as a JSON array"),
      ColumnSchema("headline", .integer, "its place among the headlines of the run; empty where it is none"),
    ])
}

// MARK: - Spreadsheet formulas

extension TablesExporter {
  static let formula = DiagnosticKind(
    "tables.formula", "A text in a table may be taken for a formula by a spreadsheet.",
    "The CSV holds the text as the data have it, for a program that reads CSV never computes. A spreadsheet that "
      + "opens the file by a double click takes texts that begin with =, +, - or @ for formulas, and a hostile one "
      + "may reach for the network or for programs. Import the file instead, with the type Text for columns of text."
  )

  /// The first text that a spreadsheet may take for a formula.
  private func firstFormula(in table: ResultTable) -> String? {
    for case .text(let column) in table.columns {
      if let label = column.labels.first(where: { isFormula($0) }) { return label }
    }
    return nil
  }
  private func isFormula(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count > 1 else { return false }
    return "=+-@\t\r".utf8.contains(first) && Double(text) == nil
  }
  private func warning(about text: String, in path: String) -> Diagnostic {
    .warning(
      Self.formula, "'\(text.prefix(40))' in '\(path)' may be taken for a formula by a spreadsheet",
      hint: "import the file with columns of type Text instead of opening it")
  }
}
