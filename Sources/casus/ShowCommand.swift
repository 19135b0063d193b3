import ArgumentParser
import DelimitedText
import Engine
import JSONText
import Workbench

/// The command `casus show`.
struct Show: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a run, or the tables and findings of one of its analyses or event sets.",
    usage: "casus show [<run>] [<step>] [<options>]",
    discussion: """
      EXAMPLES:
        casus show                        the last run
        casus show 0003                   run 3: sources, event sets, analyses, warnings
        casus show last incidents         tables and findings of an analysis
        casus show last panel --rows 100
        casus show last panel --table panel --csv
        casus show last all               an event set: what became of its events, and merges
      """)

  @Argument(help: "The number of a run, or 'last'.") var run = "last"
  @Argument(help: "An analysis or an event set of the run.") var step: String?
  @Option(name: [.customShort("C"), .long], help: "A workspace file, or a folder holding workspace.yaml.")
  var workspace = "."
  @Option(help: "Only the table of this name.") var table: String?
  @Option(help: "Rows to show of each table.") var rows = 20
  @Flag(help: "Write the table as CSV, all its rows; give --table where there are several.") var csv = false
  @Flag(help: "Write tables with all rows and columns, a tab between values, for grep and awk.") var plain = false
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if csv, plain { throw ValidationError("'--csv' and '--plain' are two ways to write a table; choose one") }
    if rows < 0 { throw ValidationError("'--rows' must be at least 0") }
  }

  func run() async throws {
    let terminal = Terminal(output)
    let opened = try await answering(output) { () throws(Diagnostic) in try OpenedWorkspace(workspace) }
    let history = RunHistory(store: opened.store)
    let (id, record) = try await answering(output) { () throws(Diagnostic) in
      let id = run == "last" ? try history.ids.last ?? "last" : Int(run).map(RunHistory.id) ?? run
      do throws(Diagnostic) {
        return (id, try history.record(id))
      } catch {
        guard step == nil, Int(run) == nil, id != "last", let last = try history.ids.last,
          let near = nearestName(to: run, among: Self.analyses(of: try history.record(last)))
        else { throw error }
        var error = error
        error.hint = "for an analysis: casus show last \(near)\(opened.option)"
        throw error
      }
    }
    guard let step else {
      let headlines = Headline.first(
        of: try await answering(output) { () throws(Diagnostic) in
          try history.findings(in: record)
        })
      if output.json {
        terminal.answer([
          "type": "show", "run": .string(id), "record": record, "headlines": .array(headlines.map(\.json)),
        ])
      } else {
        showRun(id, record, headlines, opened, terminal)
      }
      return
    }
    let result = try await answering(output) { () throws(Diagnostic) in
      let (names, sets) = (Self.analyses(of: record), Self.eventSets(of: record))
      guard (names + sets).contains(step) else {
        throw .error(
          .unknownStep, "run \(id) has no analysis '\(step)'", hint: suggestion(for: step, among: names + sets),
          exit: .usage)
      }
      let result =
        sets.contains(step)
        ? try history.tables(ofSet: step, in: record).map { AnalysisResult(tables: $0) }
        : try history.result(of: step, in: record)
      guard let result else {
        throw .error(
          .notKept, "the results of '\(step)' in run \(id) are not kept",
          hint: "run `casus run\(opened.argument)` again",
          exit: .noInput)
      }
      return result
    }
    let snapshot = try? history.snapshot(of: step, in: record)
    if let snapshot, !output.json {
      terminal.note("as archived in snapshot \(snapshot.prefix(12)), not computed here\n")
    }
    try await show(result, of: step, run: id, snapshot: snapshot, opened, terminal)
  }

  private static func analyses(of record: JSONValue) -> [String] {
    (record["analyses"]?.elements ?? []).compactMap { $0["name"]?.text }
  }
  private static func eventSets(of record: JSONValue) -> [String] {
    (record["events"]?.elements ?? []).compactMap { $0["name"]?.text }
  }

  private func showRun(
    _ id: String, _ record: JSONValue, _ headlines: [Headline], _ opened: OpenedWorkspace, _ terminal: Terminal
  ) {
    let workspace = record["workspace"]
    terminal.answer(
      terminal.bold("run \(id)") + "  "
        + DiagnosticRenderer.visible(workspace?["title"]?.text ?? workspace?["name"]?.text ?? "") + "\n\n")
    if !headlines.isEmpty { terminal.answer(terminal.headlines(headlines) + "\n") }
    var sources = TextTable(["source", "plugin", "events", "input"], [.left, .left, .right])
    for source in record["sources"]?.elements ?? [] {
      let inputs = (source["inputs"]?.elements ?? []).map {
        "\($0["path"]?.text ?? "") sha256:\(($0["sha256"]?.text ?? "").prefix(12))"
      }
      sources.add([
        source["name"]?.text ?? "", source["plugin"]?.text ?? "",
        source["events"]?.integer.map(grouped) ?? source["state"]?.text ?? "", inputs.joined(separator: ", "),
      ])
    }
    terminal.answer(sources.text(width: terminal.width, bold: terminal.bold) + "\n")
    var sets = TextTable(["event set", "events", "made of"], [.left, .right])
    for set in record["events"]?.elements ?? [] {
      let counts = (set["counts"]?.elements ?? []).filter { count in
        count["item"] == "read" || count["item"] != "kept" && count["count"] != 0
      }.map { count in
        "\(count["source"]?.text.map { "\($0): " } ?? "")\(grouped(count["count"]?.integer ?? 0)) \(count["item"]?.text ?? "")"
      }
      sets.add([
        set["name"]?.text ?? "", set["events"]?.integer.map(grouped) ?? set["state"]?.text ?? "",
        counts.joined(separator: ", "),
      ])
    }
    terminal.answer(sets.text(width: terminal.width, bold: terminal.bold) + "\n")
    var analyses = TextTable(["analysis", "plugin", "findings", "tables"], [.left, .left, .right])
    for analysis in record["analyses"]?.elements ?? [] {
      let tables = (analysis["rows"]?.members ?? []).map { "\($0.key) (\(grouped($0.value.integer ?? 0)) rows)" }
      analyses.add([
        analysis["name"]?.text ?? "", "\(analysis["plugin"]?.text ?? "") \(analysis["version"]?.text ?? "")",
        analysis["findings"]?.integer.map(String.init) ?? analysis["state"]?.text ?? "", tables.joined(separator: ", "),
      ])
    }
    terminal.answer(analyses.text(width: terminal.width, bold: terminal.bold))
    showWarnings(record, terminal)
    var seen: Set<String> = []
    let citations = (record["sources"]?.elements ?? []).compactMap { $0["citation"]?.text }
    let cited = terminal.citations(citations.filter { seen.insert($0).inserted })
    if !cited.isEmpty { terminal.answer("\n" + cited) }
    if let first = record["analyses"]?.elements.first?["name"]?.text {
      terminal.note("next: casus show \(id) \(first)\(opened.option)\n")
    }
  }

  private func showWarnings(_ record: JSONValue, _ terminal: Terminal) {
    var table = TextTable(["", "", ""])
    var count = 0
    for kind in ["sources", "events", "analyses"] {
      for step in record[kind]?.elements ?? [] {
        for warning in step["warnings"]?.elements ?? [] {
          count += 1
          table.add(["", step["name"]?.text ?? "", warning["message"]?.text ?? ""])
        }
      }
    }
    if count > 0 {
      terminal.answer("\n" + terminal.bold("warnings") + "\n" + table.text(width: terminal.width))
    }
  }

  private func show(
    _ result: AnalysisResult, of step: String, run: String, snapshot: String?, _ opened: OpenedWorkspace,
    _ terminal: Terminal
  ) async throws {
    let names = result.tables.map(\.schema.name)
    if let table, !names.contains(table) {
      try Failure.exit(
        [
          .error(
            .unknownTable, "'\(step)' has no table '\(table)'", hint: suggestion(for: table, among: names), exit: .usage
          )
        ], output)
    }
    let tables = result.tables.filter { table == nil || $0.schema.name == table }
    if csv {
      guard tables.count == 1 else {
        try Failure.exit(
          [
            .error(
              .unknownTable, "'\(step)' has \(tables.count) tables; CSV holds one",
              hint: "add `--table` with one of \(names.joined(separator: ", "))", exit: .usage)
          ], output)
      }
      let text = delimitedText(of: tables[0], rows: 0..<tables[0].count, header: true)
      terminal.answer(String(decoding: text, as: UTF8.self))
      return
    }
    if output.json {
      terminal.answer([
        "type": "result", "run": .string(run), "analysis": .string(step),
        "snapshot": snapshot.map { .string($0) } ?? .null,
        "findings": .array(result.findings.map(\.json)), "charts": .array(result.charts.map(\.json)),
        "tables": .array(
          tables.map { table in
            [
              "schema": table.schema.json, "count": .integer(table.count),
              "rows": .array((0..<min(rows, table.count)).map { .array(table.row($0)) }),
            ]
          }),
      ])
      return
    }
    if plain {
      for table in tables { terminal.answer(table.plain(named: tables.count > 1)) }
      return
    }
    for table in tables {
      terminal.answer(table.fitted(rows: rows, to: terminal) + result.sparklines(of: table, to: terminal) + "\n")
    }
    if !result.findings.isEmpty, table == nil {
      terminal.answer(terminal.bold("findings") + "\n")
      var list = TextTable(["", "", ""])
      for finding in result.findings { list.add(["", finding.strength.rawValue, finding.sentence]) }
      terminal.answer(list.text(width: terminal.width))
      if let event = result.findings.lazy.compactMap(\.events.first).first {
        terminal.note(
          "events behind the findings: casus trace\(opened.argument) \(argument(DiagnosticRenderer.visible(event)))\n")
      }
    }
  }
}

extension DiagnosticKind {
  static let unknownTable = DiagnosticKind(
    "command.unknown-table", "A command names a table that the analysis does not have.",
    "`casus show RUN STEP` lists the tables of an analysis.")
  static let notKept = DiagnosticKind(
    "command.not-kept", "The results of a step are no longer kept.",
    "Results are kept in `.casus` until they are removed there. Running the workspace makes them again.")
}
