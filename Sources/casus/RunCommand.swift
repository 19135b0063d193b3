import ArgumentParser
import Engine
import FileStore
import JSONText
import Workbench

/// The command `casus run`.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a workspace: do what is left to do.",
    usage: "casus run [<workspace>] [<options>]",
    discussion: """
      Steps whose results are kept and whose inputs did not change are not done again. A failed step blocks the steps \
      that need it and no others; run again to go on. Ctrl-C stops at once and loses nothing.

      EXAMPLES:
        casus run
        casus run my-study --profile quick --set last=2021-12-31
        casus run my-study --only incidents
        casus run my-study --fresh --json
      """)

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var steps: StepOptions
  @Option(help: ArgumentHelp("Use this many processors; results do not depend on it.", valueName: "n")) var jobs: Int?
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("'--jobs' must be at least 1") }
  }

  func run() async throws {
    let terminal = Terminal(output)
    let opened = try await answering(output) { () throws(Diagnostic) in
      try OpenedWorkspace(workspace.workspace, isFresh: steps.fresh, trusting: workspace.reading.trust)
    }
    let (checked, problems) = await opened.check(profile: workspace.profile, settings: workspace.variableSettings)
    guard let checked else { try Failure.exit(problems, output, renderer: opened.renderer(terminal)) }
    let options = try await answering(output) { () throws(Diagnostic) in try steps.options(for: checked) }
    let lock = try await answering(output) { () throws(Diagnostic) in try opened.store.lock() }
    defer { lock.release() }
    let interruption = Interruption()
    let recorder = ProgressRecorder(terminal, json: output.json, renderer: opened.renderer(terminal))
    var outcome = await opened.engine(jobs: jobs).run(
      checked, options: options, isCancelled: { interruption.isRequested }, report: { recorder.take($0) })
    outcome.problems = (problems + outcome.problems).inFileOrder
    recorder.finish()
    try? opened.store.saveDigests()
    let summary = RunSummary(outcome: outcome, opened: opened, terminal: terminal)
    if output.json { terminal.answer(summary.json) } else { summary.write() }
    if let exit = outcome.exit { throw ExitCode(exit.rawValue) }
  }
}

/// What `casus run` says at its end.
struct RunSummary {
  let outcome: RunOutcome
  let opened: OpenedWorkspace
  let terminal: Terminal

  func write() {
    let renderer = opened.renderer(terminal)
    for problem in outcome.problems { terminal.error(renderer.render(problem)) }
    for step in outcome.steps {
      if let error = step.error, error.exit != .interrupted { terminal.error(renderer.render(error)) }
    }
    if outcome.exit == .interrupted {
      terminal.error("interrupted: what was finished is kept; run again to go on\n")
      return
    }
    if outcome.problems.hasErrors, outcome.steps.isEmpty {
      terminal.error("\(DiagnosticRenderer.summary(of: outcome.problems)); nothing was run\n")
      return
    }
    guard !terminal.isQuiet else { return }
    let archived = outcome.steps.compactMap(\.snapshot)
    if let snapshot = archived.first {
      terminal.note(
        "results of \(archived.count) steps are as archived in snapshot \(snapshot.prefix(12)), not computed here; "
          + "to compute them: casus run\(opened.argument) --fresh\n")
    }
    if let id = outcome.id, !outcome.isNew {
      terminal.answer(
        outcome.exit == nil
          ? "nothing to do: run \(id) is up to date\n" : "nothing more can be done than in run \(id)\n")
      terminal.note("next: casus show \(id)\(opened.option)\n")
      return
    }
    let states: [StepSummary.State] = [.done, .cached, .skipped, .failed, .blocked]
    let counts = states.compactMap { state -> String? in
      let count = outcome.steps.count { $0.state == state }
      return count == 0 ? nil : "\(count) \(state.rawValue)"
    }
    writeFindings()
    writeFiles()
    terminal.answer(terminal.citations(outcome.citations))
    terminal.answer("run \(outcome.id ?? "not recorded"): \(counts.joined(separator: ", "))\n")
    let isBroken = outcome.exit != nil
    terminal.note(
      isBroken
        ? "next: mend the cause and `casus run\(opened.argument)` again: only what is left is done\n"
        : "next: casus show \(outcome.id ?? "last")\(opened.option)\n")
  }

  private func writeFindings() {
    let headlines = Headline.first(of: outcome.findings)
    guard !headlines.isEmpty else { return }
    terminal.answer(terminal.headlines(headlines))
    let more = outcome.findings.count - headlines.count
    if more > 0 { terminal.answer("  and \(more) more: casus show \(outcome.id ?? "last") STEP\(opened.option)\n") }
  }

  private func writeFiles() {
    guard !outcome.files.isEmpty else { return }
    terminal.answer(terminal.bold("files") + "\n")
    var table = TextTable(["", "", ""], [.left, .right, .left])
    for (_, files) in outcome.files {
      guard files.count > Self.mostFilesListed, let folder = commonFolder(of: files.map(\.path)) else {
        for file in files { table.add(["", byteCount(file.bytes), file.path]) }
        continue
      }
      table.add(["", byteCount(files.reduce(0) { $0 + $1.bytes }), "\(folder)/ (\(files.count) files)"])
    }
    terminal.answer(table.text(width: terminal.width))
  }
  /// Of an export with more files its folder is named alone.
  private static var mostFilesListed: Int { 6 }

  /// The innermost folder that holds all files, if there is one.
  private func commonFolder(of paths: [String]) -> String? {
    let folders = paths.map { $0.split(separator: "/").dropLast() }
    guard let first = folders.first else { return nil }
    let shared = folders.dropFirst().reduce(first.count) { shared, folder in
      min(shared, zip(first, folder).prefix { $0 == $1 }.count)
    }
    return shared == 0 ? nil : first.prefix(shared).joined(separator: "/")
  }

  var json: JSONValue {
    [
      "type": "run", "run": outcome.id.map { .string($0) } ?? .null, "new": .boolean(outcome.isNew),
      "exit": .integer(Int(outcome.exit?.rawValue ?? 0)), "problems": .array(outcome.problems.map(\.json)),
      "steps": .array(outcome.steps.map(\.json)),
      "findings": .array(
        outcome.findings.map { analysis, finding in
          ["analysis": .string(analysis), "finding": finding.json]
        }),
      "headlines": .array(Headline.first(of: outcome.findings).map(\.json)),
      "citations": .array(outcome.citations.map { .string($0) }),
      "files": .array(
        outcome.files.flatMap { export, files in
          files.map { file -> JSONValue in
            [
              "export": .string(export), "path": .string(file.path), "bytes": .integer(file.bytes),
              "sha256": .string(file.digest),
            ]
          }
        }),
    ]
  }
}

extension Headline {
  /// A headline as `--json` shows it.
  var json: JSONValue { ["analysis": .string(analysis), "finding": finding.json] }
}

extension Terminal {
  /// The strongest findings of a run, each with the analysis and how firmly it is said.
  func headlines(_ headlines: [Headline]) -> String {
    var table = TextTable(["", "", "", ""])
    for headline in headlines {
      table.add(["", headline.analysis, headline.finding.strength.rawValue, headline.finding.sentence])
    }
    return bold("findings") + "\n" + table.text(width: width)
  }
}

extension StepSummary {
  /// The step's end as `--json` shows it.
  var json: JSONValue {
    [
      "kind": .string(step.kind.rawValue), "name": .string(step.name), "state": .string(state.rawValue),
      "snapshot": snapshot.map { .string($0) } ?? .null, "detail": .string(detail),
      "seconds": seconds.map { .number(($0 * 1e6).rounded() / 1e6) } ?? .null,
      "error": error?.json ?? .null,
    ]
  }
}

/// A number of bytes as people read it.
func byteCount(_ bytes: Int) -> String {
  guard bytes >= 1000 else { return "\(bytes) B" }
  var value = Double(bytes)
  for unit in ["kB", "MB", "GB", "TB"] {
    value /= 1000
    if value < 999.5 || unit == "TB" {
      let rounded = value < 9.95 ? (value * 10).rounded() / 10 : value.rounded()
      return value < 9.95 ? "\(rounded) \(unit)" : "\(Int(rounded)) \(unit)"
    }
  }
  return "\(bytes) B"
}
