import ArgumentParser
import Engine
import FileStore
import JSONText
import Snapshots
import Workbench

/// The command `casus diff`.
struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two runs: parameters, sources, and tables row by row.",
    discussion: """
      Answers with 0 where the runs came to the same from the same, and with 1 where anything differs.

      EXAMPLES:
        casus diff 0001 0002
        casus diff 0001 last -C my-study
      """)

  @Argument(help: "The number of the older run.") var old: String
  @Argument(help: "The number of the newer run, or 'last'.") var new = "last"
  @Option(name: [.customShort("C"), .long], help: "A workspace file, or a folder holding workspace.yaml.")
  var workspace = "."
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let terminal = Terminal(output)
    let comparison = try await answering(output) { () throws(Diagnostic) in
      let history = RunHistory(store: try OpenedWorkspace(workspace).store)
      return try RunComparison(compared(old, history), compared(new, history))
    }
    try ComparisonAnswer(comparison: comparison, old: "run \(old)", new: "run \(new)", terminal: terminal).give(output)
  }

  private func compared(_ name: String, _ history: RunHistory) throws(Diagnostic) -> ComparedRun {
    let id = name == "last" ? try history.ids.last ?? "last" : Int(name).map(RunHistory.id) ?? name
    let record = try history.record(id)
    return ComparedRun(name: id, record: record) { (analysis) throws(Diagnostic) -> AnalysisResult? in
      try history.result(of: analysis, in: record)
    }
  }
}

/// The command `casus snapshot diff`.
struct SnapshotDiff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare the runs in two snapshots: parameters, sources, and tables row by row.",
    discussion: """
      Answers with 0 where the runs came to the same from the same, and with 1 where anything differs.

      EXAMPLES:
        casus snapshot diff my-study-0a1b2c3d4e5f.zip my-study-99aa88bb77cc.zip
      """)

  @Argument(help: "The older snapshot.") var old: String
  @Argument(help: "The newer snapshot.") var new: String
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let terminal = Terminal(output)
    let comparison = try await answering(output) { () throws(Diagnostic) in
      try RunComparison(
        Snapshot(StoredArchive(old)).compared(as: old), Snapshot(StoredArchive(new)).compared(as: new))
    }
    try ComparisonAnswer(comparison: comparison, old: old, new: new, terminal: terminal).give(output)
  }
}

/// What a comparison of two runs is answered with.
struct ComparisonAnswer {
  let comparison: RunComparison
  let old: String
  let new: String
  let terminal: Terminal
  private static let moversShown = 5

  /// Writes the answer; throws the exit code 1 where anything differs.
  func give(_ output: OutputOptions) throws {
    if output.json { terminal.answer(json) } else { write() }
    if !comparison.isEmpty { throw ExitCode(1) }
  }

  private func write() {
    guard !comparison.isEmpty else {
      terminal.answer("no difference: \(comparison.sameTables) tables are the same\n")
      return
    }
    terminal.answer("from \(DiagnosticRenderer.visible(old)) to \(DiagnosticRenderer.visible(new))\n")
    if !comparison.facts.isEmpty {
      var table = TextTable(["", "what", "before", "after"])
      for fact in comparison.facts { table.add([fact.subject, fact.aspect, shown(fact.old), shown(fact.new)]) }
      terminal.answer("\n" + terminal.bold("told and read") + "\n" + table.text(width: terminal.width, indent: "  "))
    }
    if !comparison.tables.isEmpty { terminal.answer("\n" + terminal.bold("tables") + "\n") }
    for table in comparison.tables { write(table) }
    for (title, findings) in [("found no more", comparison.goneFindings), ("found now", comparison.newFindings)]
    where !findings.isEmpty {
      var table = TextTable(["", ""])
      for (analysis, sentence) in findings { table.add([analysis, sentence]) }
      terminal.answer("\n" + terminal.bold(title) + "\n" + table.text(width: terminal.width, indent: "  "))
    }
    terminal.answer(
      "\n\(comparison.facts.count) of what was told and read differ, \(comparison.tables.count) of "
        + "\(comparison.tables.count + comparison.sameTables) tables\n")
  }

  private func write(_ table: RunComparison.Table) {
    let name = "  \(table.analysis)/\(table.name)"
    guard let rows = table.comparison else {
      terminal.answer("\(name)  differs; its rows are not kept in both\n")
      return
    }
    terminal.answer(
      "\(name)  \(grouped(rows.added)) rows added, \(grouped(rows.removed)) removed, \(grouped(rows.changed)) changed, "
        + "\(grouped(rows.same)) the same\n")
    if !rows.otherColumns.isEmpty {
      terminal.answer("    columns in one alone: \(rows.otherColumns.joined(separator: ", "))\n")
    }
    var lines = TextTable(["", "", "", "", ""])
    for (word, keys) in [("added", rows.addedKeys), ("removed", rows.removedKeys)] {
      for key in keys { lines.add([word, self.key(key), "", "", ""]) }
    }
    for change in rows.movers.prefix(Self.moversShown) {
      lines.add(["changed", key(change.key), change.column, shown(change.old), shown(change.new)])
    }
    if !rows.addedKeys.isEmpty || !rows.removedKeys.isEmpty || !rows.movers.isEmpty {
      terminal.answer(lines.text(width: terminal.width, indent: "    "))
    }
  }
  private func key(_ values: [JSONValue]) -> String { values.map(shown).joined(separator: ", ") }
  private func shown(_ value: JSONValue) -> String {
    switch value {
    case .null: "-"
    case .string(let text): isDigestText(text) ? "\(text.prefix(12))…" : text
    default: value.compact
    }
  }
  private func isDigestText(_ text: String) -> Bool {
    text.utf8.count == 64 && text.allSatisfy { $0.isHexDigit }
  }

  private var json: JSONValue {
    [
      "type": "difference", "old": .string(old), "new": .string(new), "same": .boolean(comparison.isEmpty),
      "facts": .array(
        comparison.facts.map {
          ["subject": .string($0.subject), "aspect": .string($0.aspect), "old": $0.old, "new": $0.new]
        }),
      "same_tables": .integer(comparison.sameTables), "tables": .array(comparison.tables.map(json)),
      "findings": [
        "gone": .array(comparison.goneFindings.map(json)), "new": .array(comparison.newFindings.map(json)),
      ],
    ]
  }
  private func json(_ finding: (analysis: String, sentence: String)) -> JSONValue {
    ["analysis": .string(finding.analysis), "sentence": .string(finding.sentence)]
  }
  private func json(_ table: RunComparison.Table) -> JSONValue {
    var members: [String: JSONValue] = ["analysis": .string(table.analysis), "table": .string(table.name)]
    guard let rows = table.comparison else { return .object(members) }
    members["added"] = .integer(rows.added)
    members["removed"] = .integer(rows.removed)
    members["changed"] = .integer(rows.changed)
    members["same"] = .integer(rows.same)
    members["added_keys"] = .array(rows.addedKeys.map(JSONValue.array))
    members["removed_keys"] = .array(rows.removedKeys.map(JSONValue.array))
    members["other_columns"] = .array(rows.otherColumns.map(JSONValue.string))
    members["movers"] = .array(
      rows.movers.map {
        ["key": .array($0.key), "column": .string($0.column), "old": $0.old, "new": $0.new]
      })
    return .object(members)
  }
}
