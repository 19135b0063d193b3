import BuiltinPlugins
import EventModel
import FileStore
import Foundation
import JSONText
import ProcessPlugins
import TestSupport
import Testing
import Workbench
import WorkspaceFormat

/// A folder with a program that serves as a plugin, gone with its last user.
final class ProgramBench {
  let url: URL
  let store: FileStore
  var trust = Trust(isEverything: true)
  let warnings = Warnings()
  /// Long, since nothing but a test of the limit itself may depend on how busy the machine is.
  var descriptionLimit = Duration.seconds(600)

  /// - Parameter program: the text of the program, with its first line.
  init(_ program: String? = nil, at path: String = "tools/x", isExecutable: Bool = true) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "casus-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    url = folder.resolvingSymlinksInPath()
    store = FileStore(folder: url.path, workspaceFile: url.path + "/workspace.yaml")
    if let program { try write(program, path, isExecutable: isExecutable) }
  }
  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ text: String, _ path: String, isExecutable: Bool = false) throws {
    let file = url.appending(path: path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: isExecutable ? 0o755 : 0o644], ofItemAtPath: file.path)
  }
  func text(_ path: String) throws -> String { try String(contentsOf: url.appending(path: path), encoding: .utf8) }
  /// The names in the folder where programs work.
  var leftOver: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: url.path + "/.casus/temporary")) ?? []
  }

  /// What the programs of a workspace's list came to.
  func entries(
    _ list: String = "[{exec: tools/x, as: x, time_limit: 600}]", grace: Duration = .milliseconds(300)
  ) async throws -> ProcessPlugins.Outcome {
    let file = WorkspaceFile(
      Array("workspace: 1\nname: w\nsources: {}\nplugins: \(list)\n".utf8), name: "workspace.yaml")
    let workspace = try #require(file.read().workspace)
    let host = ProcessPlugins(
      store: store, folder: url.path, environment: ProcessInfo.processInfo.environment, grace: grace,
      descriptionLimit: descriptionLimit)
    return await host.entries(
      for: workspace.plugins, trust: trust, shipped: builtinPlugins, in: context())
  }
  func context(isCancelled: @escaping @Sendable () -> Bool = { false }) -> RunContext {
    testContext(files: store, warnings: warnings, isCancelled: isCancelled)
  }

  /// The one entry, or the one problem.
  func entry(_ list: String = "[{exec: tools/x, as: x, time_limit: 600}]") async throws(Diagnostic) -> PluginEntry {
    let outcome: ProcessPlugins.Outcome
    do {
      outcome = try await entries(list)
    } catch {
      throw .error(.unexpected, "\(error)")
    }
    if let problem = outcome.problems.first { throw problem }
    guard let entry = outcome.entries.first else { throw .error(.unexpected, "no entry") }
    return entry
  }

  /// Runs the analyzer on events.
  func analyze(
    _ events: EventTable, with parameters: ConfigNode = .emptyMap(at: SourceLocation(file: "w.yaml")),
    list: String = "[{exec: tools/x, as: x, time_limit: 600}]", isCancelled: @escaping @Sendable () -> Bool = { false }
  ) async throws(Diagnostic) -> AnalysisResult {
    let made = try await entry(list).make(parameters)
    if let problem = made.outcome.problems.first { throw problem }
    guard case .analyzer(let analyzer) = made.instance else { throw .error(.unexpected, "no analyzer") }
    return try await analyzer.analyze(AnalysisInput(events: events), in: context(isCancelled: isCancelled))
  }

  /// The id of the problem that a body throws.
  func problem(_ body: () async throws(Diagnostic) -> some Any) async -> Diagnostic? {
    do throws(Diagnostic) {
      _ = try await body()
      return nil
    } catch {
      return error
    }
  }
}

extension DiagnosticKind {
  static let unexpected = DiagnosticKind("test.unexpected", "Something else happened.", "Tests only.")
}

/// A program in Python that counts the events of each actor, with parts to be replaced.
struct CountingProgram {
  var describe = "print(json.dumps(D))"
  var before = ""
  var rows = "rows = sorted(collections.Counter(row['actor1'] for row in csv.DictReader(open(path))).items())"
  var header = "actor,events"
  var count = "len(rows)"
  var after = ""
  var done = "say(type='done')"
  var description: [(member: String, value: String)] = []

  var text: String {
    """
    #!/usr/bin/env python3
    import collections, csv, json, os, signal, sys, time
    D = {"type": "describe", "protocol": 1, "id": "counting", "kind": "analyzer", "version": "1.0", "deterministic": True,
      "summary": "Counts events.", "requires": {"events": {"columns": ["actor1"]}},
      "outputs": [{"name": "counts", "summary": "A row is an actor.", "keys": ["actor"], "columns": [
        {"name": "actor", "kind": "text", "meaning": "the actor"},
        {"name": "events", "kind": "integer", "unit": "events", "meaning": "how many"}]}],
      "parameters": {"type": "object", "additionalProperties": False, "properties": {
        "least": {"type": "integer", "minimum": 0, "default": 0, "description": "Leaves out less."},
        "side": {"enum": ["first", "second"], "default": "first", "description": "Which side."}}}}
    \(description.map { "D['\($0.member)'] = \($0.value)" }.joined(separator: "\n"))
    def say(**message): print(json.dumps(message), flush=True)
    if sys.argv[1:] == ["describe"]:
      \(describe)
      sys.exit(0)
    request = json.loads(sys.stdin.readline())
    path = request["inputs"][0]["path"]
    \(before)
    \(rows)
    with open(request["output"] + "/counts.csv", "w", newline="") as file:
      file.write("\(header)\\n")
      for row in rows:
        if row[-1] >= request["parameters"]["least"]: file.write(",".join(map(str, row)) + "\\n")
    \(after)
    say(type="table", name="counts", path="counts.csv", rows=\(count))
    \(done)
    """
  }
}

/// Events among three actors.
func someEvents(_ count: Int = 6) -> EventTable {
  let names = ["TTP", "Pakistan", "Taliban"]
  let days = (0..<count).map { Day(daysSinceEpoch: Int32(18_000 + $0)) }
  return EventTable(
    count: count,
    columns: [
      .firstDay: .days(Column(days)), .lastDay: .days(Column(days)),
      .datePrecision: .bytes(Column([UInt8](repeating: DatePrecision.day.rawValue, count: count))),
      .actor1: .codes(CodedColumn((0..<count).map { names[$0 % 3] })),
    ], direction: .directed, ontology: "cameo")
}
