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
    let opened = try await answering(output) { () throws(Diagnostic) in
      try OpenedWorkspace(workspace.workspace, trusting: workspace.reading.trust)
    }
    let outcome = await opened.check(
      profile: workspace.profile, settings: workspace.variableSettings, checksAllProfiles: true)
    var problems = outcome.problems
    var outside: [FileIdentity] = []
    let others = workspace.profile == nil ? opened.document.profiles : []
    for profile in [workspace.profile] + others {
      // What a profile changes may be wrong with the plugins and the data, too.
      let (checked, more) =
        profile == workspace.profile
        ? (outcome.checked, []) : await opened.check(profile: profile, settings: workspace.variableSettings)
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
    terminal.answer(outside.text)
    let words = counts.map { name, count in "\(count) \(plural(name, count))" }
    terminal.answer("\(opened.shownName): ok: \(words.joined(separator: ", "))\n")
    terminal.note("next: casus plan\(opened.argument)\(workspace.arguments)\n")
  }
}

extension FileIdentity {
  /// Where a file outside the workspace's folder really is, as `--json` shows it.
  var json: JSONValue { ["path": .string(path.text), "real_path": .string(realPath)] }
}

/// The folder that a file is named in, and the one that it is really in.
private struct Folders: Hashable {
  var written: Substring
  var real: Substring
}

extension [FileIdentity] {
  /// Where files outside the workspace's folder really are, for people.
  ///
  /// Of files that a pattern finds in one folder the first are shown, and the others counted. One that is really in another
  /// folder, or has another name there, is not counted with them: links are always shown.
  var text: String {
    let places = map { file -> Folders? in
      let (written, real) = (file.path.text[...].folderAndName, file.realPath[...].folderAndName)
      return written.name == real.name ? Folders(written: written.folder, real: real.folder) : nil
    }
    let counts = Dictionary(places.map { ($0, 1) }, uniquingKeysWith: +)
    var shown: [Folders: Int] = [:]
    var text = ""
    for (file, folders) in zip(self, places) {
      if let folders, let count = counts[folders], count > Self.shownWhole {
        shown[folders, default: 0] += 1
        let number = shown[folders, default: 0]
        if number == Self.shownOfMany + 1 {
          let rest = grouped(count - Self.shownOfMany)
          text += "outside the workspace: \(rest) more of \(DiagnosticRenderer.visible(String(folders.written)))"
          let real = DiagnosticRenderer.visible(String(folders.real))
          text += folders.written == folders.real ? "\n" : " are in \(real)\n"
        }
        if number > Self.shownOfMany { continue }
      }
      text += "outside the workspace: \(DiagnosticRenderer.visible(file.path.text))"
      text += file.path.text == file.realPath ? "\n" : " is \(DiagnosticRenderer.visible(file.realPath))\n"
    }
    return text
  }
  /// So many files of one folder are all shown, and of more so many.
  private static var shownWhole: Int { 5 }
  private static var shownOfMany: Int { 3 }
}

extension Substring {
  /// A path's folder, with the slash at its end, and the name in it.
  fileprivate var folderAndName: (folder: Substring, name: Substring) {
    let start = lastIndex(of: "/").map(index(after:)) ?? startIndex
    return (self[..<start], self[start...])
  }
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
