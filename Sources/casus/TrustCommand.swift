import ArgumentParser
import BuiltinPlugins
import FileStore
import JSONText
import ProcessPlugins
import Workbench
import WorkspaceFormat

/// The command `casus trust`.
struct TrustCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trust",
    abstract: "Let the programs that a workspace names as plugins run here.",
    usage: "casus trust [<workspace>] [<options>]",
    discussion: """
      A program runs with your rights: read it first. What is remembered are the digests of its files for this folder; a \
      file that is changed asks again, and so does a copy of the workspace elsewhere. A program is started here once, to \
      say what it is.

      EXAMPLES:
        casus trust my-study
      """)

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let terminal = Terminal(output)
    let opened = try await answering(output) { () throws(Diagnostic) in try OpenedWorkspace(workspace.workspace) }
    let reading = opened.document.read(profile: workspace.profile, settings: workspace.variableSettings)
    guard let declared = reading.workspace, !reading.problems.hasErrors else {
      try Failure.exit(reading.problems, output, renderer: opened.renderer(terminal))
    }
    let programs = await opened.programs(of: declared, trust: Trust(isEverything: true))
    guard programs.problems.isEmpty else {
      try Failure.exit(
        programs.problems, output, renderer: opened.renderer(terminal), outcome: "nothing was trusted")
    }
    try await answering(output) { () throws(Diagnostic) in
      var book = opened.trust
      book.grants += programs.grants.filter { !book.grants.contains($0) }
      try TrustBook(of: opened.store).write(book.json)
    }
    if output.json {
      terminal.answer(["type": "trust", "programs": .array(programs.entries.map(\.json))])
      return
    }
    for entry in programs.entries {
      terminal.answer("trusted: \(entry.manifest.id), \(entry.kind.rawValue), version \(entry.manifest.version)\n")
      for file in entry.code {
        terminal.answer("  \(DiagnosticRenderer.visible(file.path.text))  sha256:\(file.digest)\n")
      }
    }
    if programs.entries.isEmpty { terminal.answer("the workspace names no program under 'plugins'\n") }
    terminal.note("next: casus run\(opened.argument)\(workspace.arguments)\n")
  }
}

extension Trust {
  /// What the user trusted in a folder before, and digests trusted for one command.
  init(_ content: [UInt8]?, and digests: [String]) {
    self.init(content.flatMap(JSONValue.init(reading:)) ?? .null)
    self.digests = Set(digests)
  }
}

extension TrustBook {
  func write(_ json: JSONValue) throws(Diagnostic) { try write(Array(json.pretty.utf8)) }
}
