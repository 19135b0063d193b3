import ArgumentParser
import Engine
import JSONText
import Workbench
import WorkspaceFormat

/// The command `casus check`.
struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find every mistake in a workspace before anything runs.",
    usage: "casus check [<workspace>] [<options>]",
    discussion: """
      Reads the workspace file, all its profiles, and the headers of its data. Every mistake is shown with its place; \
      nothing is run and nothing is written.

      EXAMPLES:
        casus check
        casus check my-study --profile quick
        casus check my-study --json
      """)

  @OptionGroup var workspace: WorkspaceOptions
  @Flag(help: "Let exports write outside the workspace's folder.") var allowOutside = false
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let terminal = Terminal(output)
    let opened = try await answering(output) { () throws(Diagnostic) in try OpenedWorkspace(workspace.workspace) }
    let outcome = opened.check(
      profile: workspace.profile, settings: workspace.variableSettings, checksAllProfiles: true)
    var problems = outcome.problems
    var outside: [FileIdentity] = []
    let others = workspace.profile == nil ? opened.document.profiles : []
    for profile in [workspace.profile] + others {
      // What a profile changes may be wrong with the plugins and the data, too.
      let (checked, more) =
        profile == workspace.profile
        ? (outcome.checked, []) : opened.check(profile: profile, settings: workspace.variableSettings)
      problems += more
      guard let checked else { continue }
      let findings = await opened.engine().findings(of: checked, allowOutside: allowOutside)
      problems += findings.problems
      outside += findings.outside
    }
    var seen: Set<Diagnostic> = []
    problems = problems.filter { seen.insert($0).inserted }.inFileOrder
    var shown: Set<FileIdentity> = []
    outside = outside.filter { shown.insert($0).inserted }
    if problems.hasErrors {
      try Failure.exit(problems, output, renderer: opened.renderer(terminal), outcome: "nothing was run")
    }
    let checked = outcome.checked
    let counts = [
      ("source", checked?.sources.count ?? 0), ("event set", checked?.eventSets.count ?? 0),
      ("analysis", checked?.analyses.count ?? 0), ("export", checked?.exports.count ?? 0),
      ("profile", opened.document.profiles.count),
    ]
    if output.json {
      terminal.answer([
        "type": "check", "ok": true, "problems": .array(problems.map(\.json)),
        "outside": .array(outside.map(\.json)),
        "counts": .object(Dictionary(uniqueKeysWithValues: counts.map { ($0.0, .integer($0.1)) })),
      ])
      return
    }
    for problem in problems { terminal.error(opened.renderer(terminal).render(problem)) }
    for file in outside { terminal.answer(file.line) }
    let words = counts.map { name, count in "\(count) \(plural(name, count))" }
    terminal.answer("\(opened.shownName): ok: \(words.joined(separator: ", "))\n")
    terminal.note("next: casus plan\(opened.argument)\n")
  }
}

extension FileIdentity {
  /// Where a file outside the workspace's folder really is, for people.
  var line: String {
    "outside the workspace: \(DiagnosticRenderer.visible(path.text)) is \(DiagnosticRenderer.visible(realPath))\n"
  }
  /// The same as `--json` shows it.
  var json: JSONValue { ["path": .string(path.text), "real_path": .string(realPath)] }
}

/// The word for one or several.
func plural(_ word: String, _ count: Int) -> String {
  guard count != 1 else { return word }
  return word.hasSuffix("sis") ? word.dropLast(2) + "es" : word + "s"
}

extension OpenedWorkspace {
  /// The workspace as an argument of a further command; nothing for the current folder.
  var argument: String { shownName == "workspace.yaml" ? "" : " \(shownFolder)" }
  /// The workspace as an option of a further command.
  var option: String { shownName == "workspace.yaml" ? "" : " -C \(shownFolder)" }
  private var shownFolder: String {
    shownName.hasSuffix("/workspace.yaml") ? String(shownName.dropLast(15)) : shownName
  }
}
