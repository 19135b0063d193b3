import BuiltinPlugins
import FileStore
import Foundation
import JSONText
import ProcessPlugins
import Workbench
import WorkspaceFormat

// What plugins are tried for.

extension PluginBench {
  /// Trials that any plugin must pass, whatever it is written in.
  func trials(of entry: PluginEntry) async -> [Trial] {
    var trials = [
      Trial("describe: valid", .pass),
      Trial(
        "schema: closed", parameterSchema(of: entry)["additionalProperties"] == false,
        otherwise: "the schema takes any key"),
    ]
    trials += parameterTrials(of: entry)
    if case .failure(let problem) = Result(catching: { () throws(Diagnostic) in try instance(of: entry) }) {
      return trials + [Trial("runs", .skip, "\(problem.message); give parameters with --with")]
    }
    trials.append(await determinism(of: entry))
    guard entry.kind != .source else { return trials + [Trial("events", .skip, "a source is not given any")] }
    for (count, name) in [(0, "no events"), (1, "one event"), (100_000, "100,000 events")] {
      let progress = Collected()
      let start = ContinuousClock.now
      let failure = await problem(entry, count, context(progress: progress))
      let seconds = start.duration(to: .now).components
      let tenths = Int(seconds.seconds) * 10 + Int(seconds.attoseconds / 100_000_000_000_000_000)
      let said = count < 100_000 ? "" : "\(tenths / 10).\(tenths % 10) s, \(progress.all) reports of progress"
      trials.append(Trial(name, failure == nil ? .pass : .fail, failure?.message ?? said))
    }
    let failure = await problem(entry, 100_000, context(isCancelled: { true }))
    trials.append(
      Trial("cancellation", failure?.exit == .interrupted, otherwise: failure?.message ?? "it went on to its end"))
    return trials
  }

  private func parameterTrials(of entry: PluginEntry) -> [Trial] {
    let place = SourceLocation(file: "--with")
    func refuses(_ name: String, _ value: ConfigNode.Value) -> Bool {
      let kept = parameters.entries.filter { $0.key != name }
      let odd = ConfigNode.Entry(key: name, keyLocation: place, value: ConfigNode(value, at: place))
      return entry.make(ConfigNode(.map(kept + [odd]), at: place)).outcome.problems.contains { $0.severity == .error }
    }
    var trials = [
      Trial(
        "parameters: unknown name refused", refuses("no_such_parameter", .scalar("1", isQuoted: false)),
        otherwise: "'no_such_parameter' was taken")
    ]
    for parameter in entry.parameters {
      let value: ConfigNode.Value =
        switch parameter.shape {
        case .map, .record, .open: .scalar("x", isQuoted: false)
        default: .map([ConfigNode.Entry(key: "x", keyLocation: place, value: ConfigNode(.null, at: place))])
        }
      guard !refuses(parameter.name, value) else { continue }
      // Some shapes take a text as well as a map.
      guard !refuses(parameter.name, .scalar("\u{1}", isQuoted: false)) else { continue }
      trials.append(Trial("parameters: '\(parameter.name)' of a wrong kind refused", .fail, "it was taken"))
    }
    if trials.count == 1, !entry.parameters.isEmpty {
      trials.append(Trial("parameters: wrong kinds refused", .pass, "\(entry.parameters.count) parameters"))
    }
    return trials
  }

  private func determinism(of entry: PluginEntry) async -> Trial {
    let name = "two runs give the same bytes"
    let events = Self.events(3_000)
    do throws(Diagnostic) {
      let first = try await run(entry, on: events, in: context())
      let second = try await run(entry, on: events, in: context())
      return Trial(name, first == second, otherwise: "they differ")
    } catch {
      return Trial(name, .fail, error.message)
    }
  }

  private func problem(_ entry: PluginEntry, _ count: Int, _ context: RunContext) async -> Diagnostic? {
    do throws(Diagnostic) {
      _ = try await run(entry, on: Self.events(count), in: context)
      return nil
    } catch {
      return error
    }
  }
}

/// A script around a program that makes it fail in one way, and the problem that must come of it.
private struct Sabotage {
  let name: String
  /// The commands; `$program` is the program, and `request.json` what it is asked.
  let commands: String
  /// The problem; nil where there must be none.
  let expected: String?
  var timeLimit = 600
  /// The kinds of plugin that it can befall.
  var kinds: Set<PluginKind> = [.source, .analyzer, .exporter]

  static let all = [
    Sabotage(name: "time-out", commands: "sleep 1000", expected: "process.time-limit", timeLimit: 1),
    Sabotage(
      name: "crash half-way publishes nothing", commands: "honest > said; head -n 1 said; kill -9 $$",
      expected: "process.failed"),
    Sabotage(
      name: "end without 'done'", commands: "honest > said; grep -v '\"type\": *\"done\"' said",
      expected: "process.failed"),
    Sabotage(
      name: "wrong counts", commands: "honest | sed 's/\"rows\": *[0-9]*/\"rows\": 123456789/'",
      expected: "process.wrong-count", kinds: [.source, .analyzer]),
    Sabotage(
      name: "undeclared columns",
      commands: "honest > said; for file in ../output/*.csv; do sed -i 's/$/,undeclared/' \"$file\"; done; cat said",
      expected: "process.bad-output", kinds: [.analyzer]),
    Sabotage(
      name: "non-UTF-8", commands: #"honest > said; printf '{"type":"log","message":"\377"}\n'; cat said"#,
      expected: "process.bad-message"),
    Sabotage(name: "stray output", commands: "echo hello; honest", expected: "process.bad-message"),
    Sabotage(
      name: "output after 'done'", commands: "honest; echo '{\"type\":\"log\"}'", expected: "process.bad-message"),
    Sabotage(
      name: "unknown message types ignored", commands: "echo '{\"type\":\"from-the-future\",\"x\":[1]}'; honest",
      expected: nil),
    Sabotage(
      name: "a 100 MB line", commands: "head -c 100000000 /dev/zero | tr '\\0' x; echo; honest",
      expected: "process.bad-message"),
  ]

  func script(around program: String) -> String {
    let quoted = program.replacing("'", with: #"'\''"#)
    return """
      #!/bin/sh
      program='\(quoted)'
      if [ "$1" = describe ]; then "$program" describe | sed 's/"code": *\\[[^]]*\\]/"code": []/'; exit; fi
      cat > request.json
      honest() { "$program" run < request.json; }
      \(commands)

      """
  }
}

extension PluginBench {
  /// Trials of a program: those of any plugin, and what becomes of faults that scripts put in its way.
  func trials(ofProgram path: String) async throws(Diagnostic) -> [Trial] {
    let absolute = URL(filePath: path).standardizedFileURL.path
    let (entry, problem) = try await self.entry(of: absolute, timeLimit: 600)
    guard let entry else {
      return [Trial("describe: valid", .fail, problem.map { "\($0.message) [\($0.id)]" } ?? "")]
    }
    var trials = await trials(of: entry)
    guard case .success = Result(catching: { () throws(Diagnostic) in try instance(of: entry) }) else { return trials }
    for (number, sabotage) in Sabotage.all.enumerated() {
      guard sabotage.kinds.contains(entry.kind) else { continue }
      let name = "wrapped/\(number)"
      _ = try folder.write(name, isExecutable: true) { (file) throws(Diagnostic) in
        try file.append(Array(sabotage.script(around: absolute).utf8))
      }
      let (wrapped, problem) = try await self.entry(of: name, timeLimit: sabotage.timeLimit)
      guard let wrapped else {
        trials.append(Trial(sabotage.name, .fail, problem?.message ?? ""))
        continue
      }
      let outcome = await outcome(of: wrapped)
      trials.append(
        Trial(sabotage.name, outcome?.id == sabotage.expected, otherwise: outcome?.message ?? "nobody noticed"))
    }
    let left = folder.store.stateNames(in: "temporary")
    trials.append(Trial("nothing is left over", left.isEmpty, otherwise: left.joined(separator: ", ")))
    return trials
  }

  private func outcome(of entry: PluginEntry) async -> Diagnostic? {
    do throws(Diagnostic) {
      _ = try await run(entry, on: Self.events(200), in: context())
      return nil
    } catch {
      return error
    }
  }

  /// The plugin that a program says it is; the user who asks for trials has trusted it.
  private func entry(of path: String, timeLimit: Int) async throws(Diagnostic) -> (PluginEntry?, Diagnostic?) {
    let program = JSONValue.string(path).compact
    let text =
      "workspace: 1\nname: trial\nsources: {}\nplugins: [{exec: \(program), as: \(Self.id), time_limit: \(timeLimit)}]\n"
    let reading = WorkspaceFile(Array(text.utf8), name: path).read()
    guard let workspace = reading.workspace, !reading.problems.hasErrors else {
      throw reading.problems.first ?? .error(.noTrial, "'\(path)' is no path")
    }
    let host = ProcessPlugins(
      store: folder.store, folder: folder.store.folder, environment: ProcessInfo.processInfo.environment,
      grace: .seconds(1))
    let outcome = await host.entries(
      for: workspace.plugins, trust: Trust(isEverything: true), shipped: builtinPlugins, in: context())
    return (outcome.entries.first, outcome.problems.first)
  }
}
