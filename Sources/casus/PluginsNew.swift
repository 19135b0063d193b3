public import ArgumentParser
import BuiltinPlugins
import FileStore
import JSONText
import Workbench

extension PluginKind: ExpressibleByArgument {}

/// The command `casus plugins new`.
struct PluginsNew: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Start a plugin in a clone of the repository: code, examples, page and test, registered and green.",
    discussion: """
      Writes Plugins/<Name>Analyzer/ (or Source, or Exporter) and its test, and adds the plugin to Package.swift and to \
      the list in Sources/BuiltinPlugins. What it writes does something small and true: edit it into what you need.

      EXAMPLES:
        casus plugins new analyzer Lethality
        casus plugins new source Telegrams
        casus plugins new exporter Briefing
      """)

  @Argument(help: "What it is: source, analyzer or exporter.") var kind: PluginKind
  @Argument(help: "Its name in camel case, such as Lethality.") var name: String
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let terminal = Terminal(output)
    let written = try await answering(output) { () throws(Diagnostic) in try write() }
    if output.json {
      terminal.answer(["type": "plugin-new", "files": .array(written.map { .string($0) })])
      return
    }
    for path in written { terminal.answer("\(path)\n") }
    terminal.note("next: Tools/test, then edit \(written[0])\n")
  }

  private func write() throws(Diagnostic) -> [String] {
    let scaffold = try PluginScaffold(kind: kind, name: name)
    guard let clone = PlainFolder.enclosing(PluginScaffold.list) else {
      throw .error(
        .notAClone, "this folder is not in a clone of the repository", hint: "go to the clone and say it again",
        exit: .usage)
    }
    let plugins = try clone.read(PluginScaffold.list)
    // The clone may have plugins that this program was built without.
    guard builtinPlugins[scaffold.id, kind] == nil, !scaffold.isNamed(inList: plugins) else {
      throw .error(
        .pluginExists, "there is a plugin '\(scaffold.id)' already", hint: "choose another name", exit: .usage)
    }
    var files = scaffold.files
    let list = try scaffold.registered(inList: plugins)
    let package = try scaffold.registered(inPackage: try clone.read(PluginScaffold.package))
    try clone.write(files, replacing: [])
    try clone.write(
      [(PluginScaffold.list, list), (PluginScaffold.package, package)],
      replacing: [
        PluginScaffold.list, PluginScaffold.package,
      ])
    files += [(PluginScaffold.list, list), (PluginScaffold.package, package)]
    return files.map(\.path)
  }
}

/// The files of a new plugin, and the lines that register it.
struct PluginScaffold {
  static let list = "Sources/BuiltinPlugins/BuiltinPlugins.swift"
  static let package = "Package.swift"

  let kind: PluginKind
  /// The name given, without what it is: `Lethality`.
  let stem: String
  /// The name of the type, the target and the folder: `LethalityAnalyzer`.
  let type: String
  /// The id in workspaces: `lethality`.
  let id: String
  /// The name in words: `Lethality`.
  let words: String

  /// Makes the names of a plugin from the one given, with or without what it is at its end.
  init(kind: PluginKind, name: String) throws(Diagnostic) {
    let suffix = kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst()
    let stem = name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
    let isCamelCase =
      stem.first.map { $0.isASCII && $0.isUppercase } ?? false
      && stem.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    guard isCamelCase else {
      throw .error(
        .badPluginName, "'\(name)' is no name for a plugin", hint: "write it in camel case, such as Lethality",
        exit: .usage)
    }
    self.kind = kind
    self.stem = stem
    type = stem + suffix
    var parts: [String] = []
    for character in stem {
      let startsPart = character.isUppercase && !(parts.last?.last?.isUppercase ?? false)
      if startsPart || parts.isEmpty {
        parts.append(String(character))
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    id = parts.joined(separator: "-").lowercased()
    words = parts.enumerated().map { $0 == 0 ? $1 : $1.lowercased() }.joined(separator: " ")
  }

  /// The files, code first.
  var files: [(path: String, text: String)] {
    let template: PluginTemplate =
      switch kind {
      case .source: .source
      case .analyzer: .analyzer
      case .exporter: .exporter
      }
    return [
      ("Plugins/\(type)/\(type).swift", filled(template.code)),
      ("Plugins/\(type)/Examples.swift", filled(template.examples)),
      ("Plugins/\(type)/\(type).docc/\(type).md", filled(template.page)),
      ("Tests/BuiltinPluginsTests/\(type)Tests.swift", filled(template.test)),
    ]
  }

  private func filled(_ template: String) -> String {
    var text = ""
    var rest = template[...]
    // `<TYPE>`, `<ID>` and `<WORDS>` stand for the names.
    while let open = rest.firstIndex(of: "<") {
      text += rest[..<open]
      rest = rest[open...]
      if let (mark, value) = [("<TYPE>", type), ("<ID>", id), ("<WORDS>", words)].first(where: { rest.hasPrefix($0.0) })
      {
        text += value
        rest = rest.dropFirst(mark.count)
      } else {
        text.append("<")
        rest = rest.dropFirst()
      }
    }
    return text + rest
  }

  /// Whether the list of plugins has one of this name, of whatever kind: its id would be the same.
  func isNamed(inList text: String) -> Bool {
    PluginKind.allCases.contains { kind in
      text.contains(
        "(\(kind.rawValue): \(stem)\(kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst()).self)")
    }
  }
  /// The list of plugins with this one at its end.
  func registered(inList text: String) throws(Diagnostic) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let firstImport = lines.firstIndex(where: { $0.hasPrefix("import ") }),
      let end = lines.firstIndex(of: "])")
    else { throw unknownForm(Self.list) }
    lines.insert("  PluginEntry(\(kind.rawValue): \(type).self),", at: end)
    let place = lines[firstImport...].firstIndex { !$0.hasPrefix("import ") || $0 > "import \(type)" } ?? firstImport
    lines.insert("import \(type)", at: place)
    return lines.joined(separator: "\n")
  }
  /// The package with this plugin's target at the end of the plugins.
  func registered(inPackage text: String) throws(Diagnostic) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let start = lines.firstIndex(of: "let plugins: [Target] = ["),
      let end = lines[start...].firstIndex(of: "]")
    else { throw unknownForm(Self.package) }
    let helpers = kind == .source ? ", [\"TabularEvents\", \"DelimitedText\"]" : ""
    lines.insert("  plugin(\"\(type)\"\(helpers)),", at: end)
    return lines.joined(separator: "\n")
  }
  private func unknownForm(_ path: String) -> Diagnostic {
    .error(
      .unknownListForm, "\(path) is not of the form that this program can add to", at: SourceLocation(file: path),
      hint: "add the plugin by hand, as CONTRIBUTING.md says")
  }
}

extension DiagnosticKind {
  static let notAClone = DiagnosticKind(
    "plugins.not-a-clone", "A plugin can be started in a clone of the repository only.",
    "Plugins written in Swift are compiled into the program. Clone the repository, and start the plugin there.")
  static let pluginExists = DiagnosticKind(
    "plugins.exists", "There is a plugin of that name already.",
    "Ids of plugins are unique. `casus plugins` lists them.")
  static let badPluginName = DiagnosticKind(
    "plugins.bad-name", "A name does not do for a plugin.",
    "The name becomes a type of Swift: letters and digits, each word with a capital: BorderIncidents.")
  static let unknownListForm = DiagnosticKind(
    "plugins.unknown-form", "The list of plugins or the package was rewritten in another form.",
    "The program adds a line before the closing bracket of `let plugins` in Package.swift and of the list in "
      + "Sources/BuiltinPlugins. Where these were rewritten, add the lines by hand.")

  /// The kinds that starting a plugin can report.
  static let scaffoldKinds = [notAClone, pluginExists, badPluginName, unknownListForm]
}
