import ArgumentParser
import BuiltinPlugins
import FileStore
import Foundation
import JSONText
import ProcessPlugins
import Workbench
import WorkspaceFormat

/// The command `casus plugins test`.
struct PluginsTest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract:
      "Try a plugin, shipped or a program: what it says of itself, what it does with odd input, what it survives.",
    discussion: """
      A program is started many times, some of them within a script that makes it fail: the faults must be found and nothing \
      be published. Its events are invented. It runs with your rights: read it first.

      EXAMPLES:
        casus plugins test tools/negative_binomial.py
        casus plugins test tools/model.py --with '{lags: 3}'
        casus plugins test panel
      """)

  @Argument(help: "The path of a program, or the id of a plugin shipped.") var plugin: String
  @Option(help: ArgumentHelp("Parameters, as in a workspace.", valueName: "YAML")) var with = "{}"
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let terminal = Terminal(output)
    let interruption = Interruption()
    let results = try await answering(output) { () async throws(Diagnostic) in
      let bench = try PluginBench(parameters: with, isCancelled: { interruption.isRequested })
      defer { bench.folder.abandon() }
      let shipped = builtinPlugins[plugin]
      if let entry = shipped.first {
        return await bench.trials(of: entry)
      }
      return try await bench.trials(ofProgram: plugin)
    }
    let failed = results.count { $0.verdict == .fail }
    let counts = [Trial.Verdict.pass, .fail, .skip].map { verdict in
      (verdict, results.count { $0.verdict == verdict })
    }
    if output.json {
      terminal.answer([
        "type": "plugin-test", "plugin": .string(plugin), "ok": .boolean(failed == 0),
        "trials": .array(
          results.map {
            ["verdict": .string($0.verdict.rawValue), "trial": .string($0.name), "detail": .string($0.detail)]
          }),
      ])
    } else {
      for trial in results {
        let detail = trial.detail.isEmpty ? "" : ": \(DiagnosticRenderer.visible(trial.detail))"
        terminal.answer("\(trial.verdict.rawValue) \(trial.name)\(detail)\n")
      }
      terminal.answer("\(counts.map { "\($0.1) \($0.0.words)" }.joined(separator: ", "))\n")
    }
    if failed > 0 { throw ExitCode(Diagnostic.Exit.failed.rawValue) }
  }
}

/// One thing that a plugin was tried for.
struct Trial {
  enum Verdict: String {
    case pass = "PASS"
    case fail = "FAIL"
    case skip = "SKIP"
    var words: String {
      switch self {
      case .pass: "passed"
      case .fail: "failed"
      case .skip: "skipped"
      }
    }
  }
  var name: String
  var verdict: Verdict
  var detail = ""

  init(_ name: String, _ verdict: Verdict, _ detail: String = "") {
    self.name = name
    self.verdict = verdict
    self.detail = detail
  }
  /// A trial that passes where something holds.
  init(_ name: String, _ holds: Bool, otherwise detail: String) {
    self.init(name, holds ? .pass : .fail, holds ? "" : detail)
  }
}

extension DiagnosticKind {
  static let noTrial = DiagnosticKind(
    "plugins.no-trial", "A plugin could not be tried.",
    "The message says what was missing. A plugin with required parameters is given them by `--with '{name: value}'`.")

  /// The kinds that trying plugins can report.
  static let trialKinds = [noTrial]
}
