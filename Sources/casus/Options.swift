import ArgumentParser
import Engine
import FileStore
import JSONText
import Workbench
import WorkspaceFormat

/// How much a command says, and in which form.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Answer with JSON.") var json = false
  @Flag(name: .shortAndLong, help: "Say only what went wrong.") var quiet = false
  @Flag(name: .shortAndLong, help: "Say more.") var verbose = false
  @Flag(help: "Use no colour; NO_COLOR does the same.") var noColor = false

  /// The options among arguments that cannot be parsed as a whole.
  static func parsed(from arguments: [String]) -> OutputOptions {
    let known = arguments.filter { ["--json", "--quiet", "-q", "--no-color"].contains($0) }
    return (try? OutputOptions.parse(known)) ?? OutputOptions()
  }
}

/// Which workspace a command is about, and how it is read.
struct WorkspaceOptions: ParsableArguments {
  @Argument(help: "A workspace file, or a folder holding workspace.yaml.") var workspace = "."
  @OptionGroup var reading: ReadingOptions
  /// The profile applied.
  var profile: String? { reading.profile }
  /// The variables set.
  var variableSettings: [VariableSetting] { reading.variableSettings }
  /// The same options, for a further command.
  var arguments: String { reading.arguments }
}

/// How a workspace is read.
struct ReadingOptions: ParsableArguments {
  @Option(help: "Apply a profile of the workspace.") var profile: String?
  @Option(name: .customLong("set"), help: ArgumentHelp("Set a declared variable.", valueName: "name=value"))
  var settings: [String] = []
  @Option(
    name: .customLong("trust"),
    help: ArgumentHelp("Let a program of the workspace run that has this digest.", valueName: "sha256:digest"))
  var trusted: [String] = []

  /// The digests trusted for this command.
  var trust: [String] { trusted.map { String($0.dropFirst(7)) } }

  func validate() throws {
    for digest in trusted where digest.wholeMatch(of: /sha256:[0-9a-f]{64}/) == nil {
      throw ValidationError("'--trust \(digest)' must be sha256: and 64 hexadecimal digits")
    }
    for setting in settings where !setting.contains("=") {
      throw ValidationError("'--set \(setting)' must be of the form name=value")
    }
  }
  /// The variables set.
  var variableSettings: [VariableSetting] {
    settings.map { setting in
      let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return VariableSetting(name: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : "")
    }
  }
  /// The same options, for a further command.
  var arguments: String {
    (profile.map { " --profile \(argument($0))" } ?? "") + settings.map { " --set \(argument($0))" }.joined()
  }
}

extension OpenedWorkspace {
  /// Reads and checks the workspace for a command about a run: as the options say, else as the last run did, unless the
  /// workspace file was changed since.
  func check(like reading: ReadingOptions) async -> (checked: CheckedWorkspace?, problems: [Diagnostic]) {
    guard reading.profile == nil, reading.settings.isEmpty, let last = settingsOfLastRun else {
      return await check(profile: reading.profile, settings: reading.variableSettings)
    }
    return await check(profile: last.profile, settings: last.settings)
  }

  /// The profile and the variables of the last run; nil where there is none, or the workspace file is another by now.
  private var settingsOfLastRun: (profile: String?, settings: [VariableSetting])? {
    let history = RunHistory(store: store)
    guard let id = try? history.ids.last, let workspace = try? history.record(id)["workspace"],
      let digest = workspace["sha256"]?.text, digest == (try? store.digestAsRead(of: InputPath(file)))
    else { return nil }
    let settings = (workspace["vars"]?.members ?? []).compactMap { name, value in
      value.text.map { VariableSetting(name: name, value: $0) }
    }
    return (workspace["profile"]?.text, settings)
  }
}
