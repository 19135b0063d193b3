import ArgumentParser
import Workbench

/// The version of the program.
let programVersion = "0.1.0"

@main struct Casus: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "casus",
    abstract: "An analytics workbench for conflict and security events.",
    discussion: """
      A workspace file wires data sources, analyzers and exporters into a run that can be repeated and checked.

      EXAMPLES:
        casus init my-study --example durand-line   start from an example
        casus check my-study                        find every mistake
        casus plan my-study                         see what would be done
        casus run my-study                          do what is left to do
        casus show last incidents -C my-study       look at the last results
        casus diff 0001 0002 -C my-study            see what changed between two runs
        casus trace my-study 17                     see the raw record of an event
        casus trust my-study                        let the programs it names as plugins run
        casus snapshot create my-study              archive a run, for anyone to verify

      EXIT CODES:
        0   done                        70  a fault of casus
        1   the answer is no            73  cannot create a file
        64  wrong usage                 74  cannot write: disk full
        65  the workspace is invalid    75  the workspace is busy
        66  an input is missing         130 interrupted
        69  a fault of a plugin
      """,
    version: programVersion,
    subcommands: [
      Init.self, Check.self, PlanCommand.self, RunCommand.self, Runs.self, Show.self, DiffCommand.self, Trace.self,
      ActorsCommand.self, TrustCommand.self, SnapshotCommand.self, Detect.self, Plugins.self, Schema.self, Explain.self,
    ])

  /// Runs the command that the arguments name; a mistyped one gets a suggestion, which the parser of arguments has for
  /// options only.
  static func main() async {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let names = configuration.subcommands.map { $0._commandName } + ["help"]
    if let first = arguments.first, !first.hasPrefix("-"), !names.contains(first) {
      let problem = Diagnostic.error(
        .unknownCommand, "no command '\(first)'", hint: suggestion(for: first, among: names), exit: .usage)
      let output = OutputOptions.parsed(from: arguments)
      do { try Failure.exit([problem], output) } catch { exit(withError: error) }
    }
    await main(arguments)
  }
}

extension DiagnosticKind {
  static let unknownCommand = DiagnosticKind(
    "command.unknown", "There is no command of that name.", "`casus --help` lists the commands.")
}
