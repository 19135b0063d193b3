import ArgumentParser
import DelimitedText
import Engine
import EventModel
import FileStore
import JSONText
import Workbench
import WorkspaceFormat

/// The command `casus actors`.
struct ActorsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "actors",
    abstract: "List the names in the data that the table of actors does not settle, with suggestions.",
    usage: "casus actors [<workspace>] [<options>]",
    discussion: """
      Reads the sources, from what is kept where that is enough, and lists by source the names that are not in the table \
      of actors, that mean several actors, or that occur on days for which the table does not have them; the most \
      frequent first. No analysis and no export is run.

      Suggestions come from the workspace's own table and from one that the program carries; look at each of them. With \
      --csv they are rows to append to the table; a name without a suggestion then stands for itself. Without --profile \
      and --set the workspace is read as the last run read it, unless its file was changed since.

      EXAMPLES:
        casus actors
        casus actors my-study --limit 50
        casus actors my-study --csv >> my-study/actors.csv
      """)

  @OptionGroup var workspace: WorkspaceOptions
  @Option(
    help: ArgumentHelp("Show this many names of each source; default 20, with --json and --csv all.", valueName: "n"))
  var limit: Int?
  @Flag(help: "Write rows for the table of actors.") var csv = false
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let limit, limit < 0 { throw ValidationError("'--limit' must be at least 0") }
    if csv, output.json { throw ValidationError("'--csv' and '--json' exclude each other") }
  }

  func run() async throws {
    let terminal = Terminal(output)
    let opened = try await answering(output) { () throws(Diagnostic) in
      try OpenedWorkspace(workspace.workspace, trusting: workspace.reading.trust)
    }
    let (checked, problems) = await opened.check(like: workspace.reading)
    guard let checked else { try Failure.exit(problems, output, renderer: opened.renderer(terminal)) }
    let known = try await answering(output) { () throws(Diagnostic) in try knownActors() }
    let lock = try await answering(output) { () throws(Diagnostic) in try opened.store.lock() }
    defer { lock.release() }
    let interruption = Interruption()
    let (review, more) = await opened.engine().reviewActors(
      checked, known: known, isCancelled: { interruption.isRequested })
    try? opened.store.saveDigests()
    guard let review else {
      try Failure.exit((problems + more).inFileOrder, output, renderer: opened.renderer(terminal))
    }
    if output.json {
      terminal.answer(json(review))
    } else if csv {
      writeRows(review, terminal, opened)
    } else {
      write(review, terminal, opened)
    }
  }

  private func suggestions(_ review: ActorReview, _ name: ActorReview.Name) -> [ActorSuggestions.Suggestion] {
    review.suggestions.suggestions(for: name.name, datasetID: name.datasetID)
  }
  private func shown(_ source: ActorReview.Source, otherwise: Int) -> ArraySlice<ActorReview.Name> {
    source.open.prefix(limit ?? otherwise)
  }

  // MARK: Answers

  private func write(_ review: ActorReview, _ terminal: Terminal, _ opened: OpenedWorkspace) {
    for source in review.sources {
      let state =
        source.open.isEmpty ? "all in the table of actors" : "\(grouped(source.open.count)) not settled"
      terminal.answer(
        "\(terminal.bold(DiagnosticRenderer.visible(source.name)))  \(grouped(source.events)) events, "
          + "\(grouped(source.names)) names: \(state)\n")
      guard !source.open.isEmpty else { continue }
      var table = TextTable(["events", "name", "days", "suggestion"], [.right])
      for name in shown(source, otherwise: 20) {
        let suggestion = suggestions(review, name).first
        let words = [name.status.words, suggestion.map(words)].compactMap { $0 }
        table.add([grouped(name.events), name.name, "\(name.from) to \(name.to)", words.joined(separator: "; ")])
      }
      terminal.answer(table.text(width: terminal.width, indent: "  ", bold: terminal.bold))
      let hidden = source.open.count - shown(source, otherwise: 20).count
      if hidden > 0 { terminal.answer(terminal.faint("  \(grouped(hidden)) more names: --limit") + "\n") }
    }
    guard review.sources.contains(where: { !$0.open.isEmpty }) else {
      terminal.answer(
        review.sources.isEmpty ? "no source names actors\n" : "every name in the data is settled\n")
      terminal.note("next: casus run\(place(opened))\n")
      return
    }
    terminal.note(
      review.header.isEmpty
        ? "next: casus actors\(place(opened)) --csv > actors.csv, and `actors: actors.csv` in \(opened.shownName)\n"
        : "next: casus actors\(place(opened)) --csv, whose rows fit the table of actors once you looked at them\n")
  }
  /// The workspace and how it is read, for a further command.
  private func place(_ opened: OpenedWorkspace) -> String { opened.argument + workspace.arguments }

  private func words(_ suggestion: ActorSuggestions.Suggestion) -> String {
    let actors = suggestion.rows.map { row -> String in
      let days = [row.from.map { "from \($0)" }, row.to.map { "to \($0)" }].compactMap { $0 }.joined(separator: " ")
      return row.actor + (days.isEmpty ? "" : " \(days)")
    }
    return "\(actors.joined(separator: ", ")) (\(suggestion.reason))"
  }

  private func json(_ review: ActorReview) -> JSONValue {
    [
      "type": "actors",
      "sources": .array(
        review.sources.map { source in
          [
            "source": .string(source.name), "events": .integer(source.events), "names": .integer(source.names),
            "open": .integer(source.open.count),
            "list": .array(
              shown(source, otherwise: .max).map { name in
                [
                  "name": .string(name.name), "status": .string(name.status.rawValue), "events": .integer(name.events),
                  "from": .string("\(name.from)"), "to": .string("\(name.to)"),
                  "dataset_id": name.datasetID.map { .string($0) } ?? .null,
                  "suggestions": .array(suggestions(review, name).map(\.json)),
                ]
              }),
          ]
        }),
    ]
  }

  /// Rows with the columns of the table that there is, each name once.
  private func writeRows(_ review: ActorReview, _ terminal: Terminal, _ opened: OpenedWorkspace) {
    let header = review.header.isEmpty ? ["alias", "actor", "group", "from", "to", "kind"] : review.header
    var writer = DelimitedWriter()
    func write(_ fields: [String: String]) {
      for name in header {
        if let text = fields[name], !text.isEmpty { writer.field(text) } else { writer.emptyField() }
      }
      writer.endRecord()
    }
    if review.header.isEmpty { write(Dictionary(uniqueKeysWithValues: header.map { ($0, $0) })) }
    var seen: Set<String> = []
    var own = 0
    for name in review.sources.flatMap({ shown($0, otherwise: .max) }) where seen.insert(name.name).inserted {
      guard let suggestion = suggestions(review, name).first else {
        own += 1
        write(["alias": name.name, "actor": name.name, "dataset_id": name.datasetID ?? ""])
        continue
      }
      for row in suggestion.rows {
        write([
          "alias": name.name, "actor": row.actor, "group": row.group == row.actor ? "" : row.group,
          "from": row.from.map { "\($0)" } ?? "", "to": row.to.map { "\($0)" } ?? "", "kind": row.kind?.rawValue ?? "",
          "dataset_id": name.datasetID ?? "",
        ])
      }
    }
    terminal.answer(String(decoding: writer.bytes, as: UTF8.self))
    terminal.note(
      seen.isEmpty
        ? "every name in the data is settled\nnext: casus run\(place(opened))\n"
        : "names: \(seen.count), of which \(own) stand for themselves, as nothing like them is known; look at each\n")
    if !seen.isEmpty, !header.contains("kind") {
      terminal.note("the table of actors has no column 'kind', so kinds are left out\n")
    }
  }

  private func knownActors() throws(Diagnostic) -> KnownActors {
    try KnownActors(
      String(decoding: PackageResources.known_actors_csv, as: UTF8.self), name: "the actors that casus knows")
  }
}

extension ActorReview.Status {
  /// The status in words; nil where it goes without saying.
  fileprivate var words: String? {
    switch self {
    case .unresolved: nil
    case .ambiguous: "means several actors"
    case .otherDays: "known for other days only"
    }
  }
}

extension ActorSuggestions.Suggestion {
  /// The suggestion as `--json` shows it.
  fileprivate var json: JSONValue {
    [
      "reason": .string(reason),
      "rows": .array(
        rows.map { row in
          [
            "actor": .string(row.actor), "group": .string(row.group),
            "from": row.from.map { .string("\($0)") } ?? .null,
            "to": row.to.map { .string("\($0)") } ?? .null, "kind": row.kind.map { .string($0.rawValue) } ?? .null,
          ]
        }),
    ]
  }
}
