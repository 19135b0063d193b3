import ArgumentParser

/// The version of the program.
let programVersion = "0.1.0"

@main struct Casus: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "casus",
    abstract: "An analytics workbench for conflict and security events.",
    discussion: """
      A workspace file wires data sources, analyzers and exporters into a run that can be repeated and checked.

      EXAMPLES:
        casus init my-study --example durand-line   start from a complete example
        casus check my-study                        find every mistake in the workspace file
        casus plan my-study                         see what a run would do, and why
        casus run my-study                          do what is left to do
        casus show last incidents -C my-study       look at the tables of the last run

      EXIT CODES:
        0 done; 1 the answer is no (a step failed); 64 wrong usage; 65 the workspace is invalid and nothing was run;
        66 an input is missing or unreadable; 69 a fault of a plugin; 70 a fault of casus; 73, 74 cannot write;
        75 the workspace is busy; 130 interrupted.
      """,
    version: programVersion,
    subcommands: [
      Init.self, Check.self, PlanCommand.self, RunCommand.self, Runs.self, Show.self, Plugins.self, Schema.self,
      Explain.self,
    ])
}
