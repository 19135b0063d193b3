import ArgumentParser
import BuiltinPlugins
import Compression
import DelimitedText
import JSONText
import Workbench
import WorkspaceFormat

/// The command `casus plugins`.
struct Plugins: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List plugins, describe one, try one, or start a new one.",
    discussion: """
      EXAMPLES:
        casus plugins
        casus plugins incident-statistics
        casus plugins new analyzer Lethality
      """,
    subcommands: [PluginsShow.self, PluginsNew.self, PluginsTest.self], defaultSubcommand: PluginsShow.self)
}

/// Which plugins a command knows: those shipped, and with a workspace its programs.
struct PluginOptions: ParsableArguments {
  @Option(
    name: [.customShort("C"), .customLong("workspace")],
    help: "A workspace, whose programs are plugins too.") var workspace: String?

  /// The plugins; ends the command where a program of the workspace may not be started, or says nothing sensible.
  func catalog(_ output: OutputOptions) async throws -> PluginCatalog {
    guard let workspace else { return builtinPlugins }
    let opened = try await answering(output) { () throws(Diagnostic) in try OpenedWorkspace(workspace) }
    let (catalog, problems) = await opened.catalog()
    guard !problems.hasErrors else { try Failure.exit(problems, output, renderer: opened.renderer(Terminal(output))) }
    return catalog
  }
}

/// The command `casus plugins [ID]`.
struct PluginsShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "List plugins, or describe one with its parameters and examples.")

  @Argument(help: "The id of a plugin.") var id: String?
  @OptionGroup var workspace: PluginOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let terminal = Terminal(output)
    let catalog = try await workspace.catalog(output)
    guard let id else {
      list(catalog, terminal)
      return
    }
    for (place, entry) in try plugins(named: id, in: catalog, output).enumerated() {
      if output.json {
        terminal.answer(entry.json)
      } else {
        if place > 0 { terminal.answer("\n") }
        describe(entry, terminal)
      }
    }
  }

  private func list(_ catalog: PluginCatalog, _ terminal: Terminal) {
    if output.json {
      terminal.answer(["type": "plugins", "plugins": .array(catalog.entries.map(\.json))])
      return
    }
    var table = TextTable(["plugin", "is", "version", "what it does"])
    for entry in catalog.entries {
      table.add([entry.manifest.id, entry.kind.rawValue, entry.manifest.version, entry.manifest.summary])
    }
    terminal.answer(table.text(width: terminal.width, bold: terminal.bold))
    terminal.note("next: casus plugins ID\n")
  }

  private func describe(_ entry: PluginEntry, _ terminal: Terminal) {
    let manifest = entry.manifest
    terminal.answer(
      "\(terminal.bold(manifest.id))  \(entry.kind.rawValue), version \(manifest.version), behaviour \(manifest.behaviourVersion)\n"
        + wrapped(manifest.summary, to: terminal.width).joined(separator: "\n") + "\n\n")
    if entry.parameters.isEmpty {
      terminal.answer("It has no parameters.\n")
    } else {
      var table = TextTable(["parameter", "type", "default", "meaning"])
      for parameter in entry.parameters {
        let rules = parameter.rules.map { " Must \($0.phrase)." }.joined()
        let fallback = parameter.isRequired ? "required" : parameter.fallback?.compact ?? "-"
        // A long list of choices would leave no room for what they mean.
        let type = parameter.shape.typeName
        let isLong = type.utf8.count > 24
        table.add([
          parameter.name, isLong ? "choice" : type, fallback,
          parameter.summary + rules + (isLong ? " One of \(type)." : ""),
        ])
        if case .record(let fields) = parameter.shape {
          for field in fields {
            table.add([
              "  \(field.name)", field.shape.typeName, field.isRequired ? "required" : field.fallback?.compact ?? "-",
              field.summary,
            ])
          }
        }
      }
      terminal.answer(table.text(width: terminal.width, bold: terminal.bold))
    }
    if let citation = manifest.citation {
      terminal.answer("\n" + wrapped("To be cited: \(citation)", to: terminal.width).joined(separator: "\n") + "\n")
    }
    if !manifest.mayRedistribute {
      terminal.answer("\nIts files enter no archive, unless the workspace says `redistribute: true`.\n")
    }
    if let program = entry.code.first {
      terminal.answer("\nIt is the program \(DiagnosticRenderer.visible(program.path.text)).\n")
    }
    for example in entry.examples { show(example, terminal) }
    if !manifest.diagnostics.isEmpty {
      terminal.answer("\nProblems it reports (casus explain ID):\n")
      var table = TextTable(["", ""])
      for kind in manifest.diagnostics { table.add([kind.id, kind.summary]) }
      terminal.answer(table.text(width: terminal.width, indent: "  "))
    }
  }

  private func show(_ example: PluginExample, _ terminal: Terminal) {
    let title = wrapped("Example: \(example.title)", to: terminal.width)
    terminal.answer("\n" + title.map { terminal.bold($0) + "\n" }.joined())
    func block(_ title: String, _ text: String) {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      terminal.answer("  \(title)\n" + lines.map { "    \(DiagnosticRenderer.visible(String($0)))\n" }.joined())
    }
    if example.parameters != "{}" { block("with:", example.parameters) }
    for name in example.files.keys.sorted() { block("\(name):", example.files[name] ?? "") }
    if let events = example.events { block("events:", events) }
    for name in example.output.keys.sorted() { block("gives \(name):", example.output[name] ?? "") }
  }
}

/// The plugins with an id, which a source and an exporter may share; ends the command where there is none.
private func plugins(
  named id: String, in catalog: PluginCatalog, _ output: OutputOptions
) throws -> [PluginEntry] {
  let entries = catalog[id]
  guard entries.isEmpty else { return entries }
  try Failure.exit(
    [
      .error(
        .noSuchPlugin, "no plugin '\(id)'",
        hint: suggestion(for: id, among: catalog.entries.map(\.manifest.id)), exit: .usage)
    ], output)
}

/// The command `casus schema`.
struct Schema: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the JSON Schema of a workspace file, or of one plugin's parameters.",
    discussion: """
      An editor that knows YAML and JSON Schema completes and checks a workspace with it.

      EXAMPLES:
        casus schema > workspace.schema.json
        casus schema panel
      """)

  @Argument(help: "The id of a plugin.") var id: String?
  @Option(help: "Its kind, where plugins of two kinds share the id: source, analyzer or exporter.")
  var kind: PluginKind?
  @OptionGroup var workspace: PluginOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let terminal = Terminal(output)
    let catalog = try await workspace.catalog(output)
    guard let id else {
      let schema = workspaceSchema(catalog: catalog)
      terminal.answer(output.json ? schema.compact + "\n" : schema.pretty)
      return
    }
    let entries = try plugins(named: id, in: catalog, output).filter { kind == nil || $0.kind == kind }
    guard entries.count == 1, let entry = entries.first else {
      try Failure.exit(
        [
          .error(
            .noSuchPlugin, "'\(id)' is the id of \(entries.count) plugins",
            hint: "say --kind source or --kind exporter", exit: .usage)
        ], output)
    }
    let schema = parameterSchema(of: entry)
    terminal.answer(output.json ? schema.compact + "\n" : schema.pretty)
  }
}

/// The command `casus explain`.
struct Explain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a kind of problem, by the id in brackets at the end of its message.",
    discussion: "EXAMPLES:\n  casus explain\n  casus explain parameters.unknown")

  @Argument(help: "The id of a kind of problem.") var id: String?
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let terminal = Terminal(output)
    let kinds = DiagnosticKind.all
    guard let id else {
      if output.json {
        terminal.answer(["type": "problems", "problems": .array(kinds.map(\.json))])
        return
      }
      var table = TextTable(["problem", "what is wrong"])
      for kind in kinds { table.add([kind.id, kind.summary]) }
      terminal.answer(table.text(width: terminal.width, bold: terminal.bold))
      return
    }
    guard let kind = kinds.first(where: { $0.id == id }) else {
      try Failure.exit(
        [
          .error(
            .noSuchProblem, "no kind of problem '\(id)'", hint: suggestion(for: id, among: kinds.map(\.id)),
            exit: .usage)
        ], output)
    }
    if output.json {
      terminal.answer(kind.json)
    } else {
      terminal.answer("\(terminal.bold(kind.id))\n\(kind.summary)\n\n")
      terminal.answer(wrapped(kind.explanation, to: min(terminal.width, 100)).joined(separator: "\n") + "\n")
    }
  }
}

extension DiagnosticKind {
  static let noSuchPlugin = DiagnosticKind(
    "command.unknown-plugin", "A command names a plugin that does not exist.", "`casus plugins` lists the plugins.")
  static let noSuchProblem = DiagnosticKind(
    "command.unknown-problem", "A command names a kind of problem that does not exist.",
    "`casus explain` lists the kinds; a message ends with the id of its kind in brackets.")

  /// The kinds that commands can report.
  static let commandKinds = [
    unknownCommand,
    unknownStep, unknownTable, notKept, noSuchPlugin, noSuchProblem, unknownColumn, notANumber, tooFewValues,
  ]
  /// The kinds that the plugins shipped can report, and the parts they share.
  static var builtinKinds: [DiagnosticKind] {
    commandKinds + compressionKinds + delimitedTextKinds + builtinPlugins.entries.flatMap(\.manifest.diagnostics)
  }
  /// The kind as `--json` shows it.
  var json: JSONValue {
    ["id": .string(id), "summary": .string(summary), "explanation": .string(explanation)]
  }
}
