import ArgumentParser
import FileStore
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
}

/// How a workspace is read.
struct ReadingOptions: ParsableArguments {
  @Option(help: "Apply a profile of the workspace.") var profile: String?
  @Option(name: .customLong("set"), help: ArgumentHelp("Set a declared variable.", valueName: "name=value"))
  var settings: [String] = []

  func validate() throws {
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
}
