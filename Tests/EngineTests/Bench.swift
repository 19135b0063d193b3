import BuiltinPlugins
import Engine
import FileStore
import Foundation
import JSONText
import Synchronization
import Testing
import Workbench
import WorkspaceFormat

/// A workspace in a folder of its own, which is gone when nobody holds it any more.
final class Bench {
  let url: URL
  /// The plugins that workspaces here can name.
  var catalog = PluginCatalog(builtinPlugins.entries.filter { $0.kind != .exporter } + testPlugins)

  /// Makes a folder with a workspace file and three events.
  init(_ workspace: String = "", events: String? = Bench.events) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "casus-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    url = folder.resolvingSymlinksInPath()
    try write(workspace, "workspace.yaml")
    if let events { try write(events, "events.csv") }
  }
  deinit { try? FileManager.default.removeItem(at: url) }

  static let events = """
    event_id,date_start,actor1,actor2,code,country,place,fatalities_best
    a,2021-11-09,TTP,Pakistan,0871,PAK,Miranshah,
    b,2021-12-17,Pakistan,TTP,185,AFG,Khost,2
    c,2021-12-30,TTP,Pakistan,190,PAK,Peshawar,4

    """

  func write(_ text: String, _ path: String) throws {
    let file = url.appending(path: path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
  func text(_ path: String) throws -> String { try String(contentsOf: url.appending(path: path), encoding: .utf8) }
  func has(_ path: String) -> Bool { FileManager.default.fileExists(atPath: url.appending(path: path).path) }
  func replace(_ old: String, with new: String, in path: String = "workspace.yaml") throws {
    let before = try text(path)
    let after = before.replacing(old, with: new)
    #expect(after != before, "'\(old)' is not in \(path)")
    try write(after, path)
  }
  /// The bytes of every file beneath, by path, those of the state left out unless asked for.
  func files(state: Bool = false) -> [String: Data] {
    let found = FileManager.default.enumerator(at: url, includingPropertiesForKeys: [.isRegularFileKey])
    var files: [String: Data] = [:]
    while let file = found?.nextObject() as? URL {
      let path = String(file.resolvingSymlinksInPath().path.dropFirst(url.path.count + 1))
      guard path.hasPrefix(".casus/") == state,
        (try? file.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true
      else { continue }
      files[path] = try? Data(contentsOf: file)
    }
    return files
  }

  /// Reads and checks the workspace, as a new process would.
  func check(_ profile: String? = nil) throws -> (checked: CheckedWorkspace?, problems: [Diagnostic]) {
    let file = WorkspaceFile(Array(try text("workspace.yaml").utf8), name: "workspace.yaml")
    let reading = file.read(profile: profile)
    let workspace = try #require(reading.workspace, "\(reading.problems)")
    let outcome = Checker(catalog: catalog).check(workspace, file: "workspace.yaml", profile: profile)
    return (outcome.checked, (reading.problems + outcome.problems).inFileOrder)
  }
  private func checked(_ profile: String?) throws -> CheckedWorkspace {
    let (checked, problems) = try check(profile)
    return try #require(problems.hasErrors ? nil : checked, "\(problems)")
  }

  func store(isFresh: Bool = false) -> FileStore {
    FileStore(folder: url.path, workspaceFile: url.path + "/workspace.yaml", isFresh: isFresh)
  }
  func engine(_ store: FileStore, jobs: Int = 2) -> Engine {
    Engine(store: store, workers: DispatchWorkers(count: jobs), version: "test")
  }

  /// What a run came to, with its results in a form that tests can compare.
  struct Ran {
    let outcome: RunOutcome
    let warned: [Diagnostic]
    /// The state in which each step ended, by the step in words.
    var states: [String: String] {
      Dictionary(uniqueKeysWithValues: outcome.steps.map { ("\($0.step)", $0.state.rawValue) })
    }
    /// The names of the steps that worked, in order.
    var worked: [String] { outcome.steps.filter { $0.state == .done }.map(\.step.name) }
    func error(of step: String) -> Diagnostic? { outcome.steps.first { $0.step.name == step }?.error }
  }
  @discardableResult
  func run(
    _ options: RunOptions = RunOptions(), profile: String? = nil, jobs: Int = 2,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) async throws -> Ran {
    let store = store(isFresh: options.isFresh)
    // As the program does, so that its digest is that of the bytes read.
    _ = try store.open(InputPath("workspace.yaml")).readAll(limit: 1 << 20, tooLarge: .unreadable)
    let warned = Mutex<[Diagnostic]>([])
    let outcome = await engine(store, jobs: jobs).run(
      try checked(profile), options: options, isCancelled: isCancelled,
      report: { event in if case .warned(_, let warning) = event { warned.withLock { $0.append(warning) } } })
    try store.saveDigests()
    return Ran(outcome: outcome, warned: warned.withLock { $0 })
  }
  /// What a run would do: state and reason by the name of the step.
  func plan(_ options: RunOptions = RunOptions(), profile: String? = nil) async throws -> [String: String] {
    let store = store(isFresh: options.isFresh)
    _ = try store.open(InputPath("workspace.yaml")).readAll(limit: 1 << 20, tooLarge: .unreadable)
    let plan = try await engine(store).plan(try checked(profile), options: options)
    #expect(!plan.problems.hasErrors, "\(plan.problems)")
    return Dictionary(plan.steps.map { ($0.step.name, "\($0.state.rawValue): \($0.reason)") }, uniquingKeysWith: { $1 })
  }
  /// Everything wrong that can be known before a row is read.
  func problems(allowOutside: Bool = false) async throws -> [Diagnostic] {
    let (checked, problems) = try check()
    guard let checked, !problems.hasErrors else { return problems }
    return (problems + (await engine(store()).findings(of: checked, allowOutside: allowOutside).problems)).inFileOrder
  }
  /// The record of a run, of the last if none is named.
  func record(_ id: String? = nil) throws -> JSONValue {
    let history = RunHistory(store: store())
    return try history.record(try id ?? #require(try history.ids.last))
  }
}

extension DiagnosticKind {
  static let unreadable = DiagnosticKind("test.unreadable", "A file is too large.", "Tests write small ones.")
}

/// A workspace over `events.csv` with the analyses and exports given.
func small(
  _ analyses: String = "{panel: {use: panel, with: {unit: directed-dyad, period: month}}}",
  exports: String = "{out: {use: dump, to: out}}", events: String? = nil, more: String = ""
) -> String {
  """
  workspace: 1
  name: small
  title: A small workspace
  sources:
    coded: {use: csv, with: {path: events.csv, directed: true, ontology: cameo}}
  \(events.map { "events: \($0)\n" } ?? "")analyses: \(analyses)
  exports: \(exports)
  \(more)

  """
}
