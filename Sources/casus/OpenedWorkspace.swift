import ArgumentParser
import BuiltinPlugins
import Engine
import FileStore
import Foundation
import JSONText
import ProcessPlugins
import Snapshots
import Workbench
import WorkspaceFormat

/// A workspace that a command has opened: where everything is joined.
struct OpenedWorkspace {
  let store: FileStore
  /// The folder of the workspace, as the user named it.
  let folder: String
  /// The name of the workspace file in its folder.
  let file: String
  /// How messages name the workspace file.
  let shownName: String
  let bytes: [UInt8]
  let document: WorkspaceFile
  /// The programs that it may start.
  let trust: Trust

  /// Opens the workspace file; the largest that is read is 8 MiB.
  /// - Parameter trusted: digests of programs that are trusted beside those that the user trusted here before.
  init(_ path: String, isFresh: Bool = false, trusting trusted: [String] = []) throws(Diagnostic) {
    let place = try WorkspaceLocation(path)
    store = FileStore(folder: place.folder, workspaceFile: place.path, isFresh: isFresh)
    trust = Trust(TrustBook(of: store).content, and: trusted)
    folder = place.folder
    file = place.file
    shownName = place.shownName
    bytes = try store.open(InputPath(place.file)).readAll(limit: 8 << 20, tooLarge: .tooLarge)
    document = WorkspaceFile(bytes, name: shownName)
  }

  /// Reads and checks the workspace; everything that is wrong is among the problems, in file order, each once.
  ///
  /// - Parameter checksAllProfiles: whether the mistakes of the profiles that are not chosen are looked for too.
  func check(
    profile: String?, settings: [VariableSetting], checksAllProfiles: Bool = false
  ) async -> (checked: CheckedWorkspace?, problems: [Diagnostic]) {
    let reading = document.read(profile: profile, settings: settings, checksAllProfiles: checksAllProfiles)
    var problems = reading.problems
    var checked: CheckedWorkspace?
    if let workspace = reading.workspace {
      let programs = await programs(of: workspace, trust: trust)
      problems += programs.problems
      let checker = Checker(
        catalog: PluginCatalog(builtinPlugins.entries + programs.entries), unknown: programs.unknown)
      let variables = Dictionary(reading.variables.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
      let outcome = checker.check(workspace, file: file, profile: profile, variables: variables)
      checked = outcome.checked
      problems += outcome.problems
    }
    var seen: Set<Diagnostic> = []
    problems = problems.filter { seen.insert($0).inserted }.inFileOrder
    return (problems.hasErrors ? nil : checked, problems)
  }

  /// Asks the programs of the workspace that may be started what they are.
  func programs(of workspace: Workspace, trust: Trust) async -> ProcessPlugins.Outcome {
    guard !workspace.plugins.isEmpty else { return ProcessPlugins.Outcome() }
    let host = ProcessPlugins(
      store: store, folder: store.folder, environment: ProcessInfo.processInfo.environment)
    return await host.entries(
      for: workspace.plugins, trust: trust, shipped: builtinPlugins, in: engine(jobs: 1).context { false })
  }
  /// The plugins shipped and those of the workspace that may be started; the rest are problems.
  func catalog() async -> (catalog: PluginCatalog, problems: [Diagnostic]) {
    let reading = document.read()
    guard let workspace = reading.workspace else { return (builtinPlugins, reading.problems) }
    let programs = await programs(of: workspace, trust: trust)
    return (PluginCatalog(builtinPlugins.entries + programs.entries), programs.problems)
  }

  /// An engine over this workspace.
  func engine(jobs: Int? = nil) -> Engine {
    let processors = ProcessInfo.processInfo.activeProcessorCount
    return Engine(store: store, workers: DispatchWorkers(count: jobs ?? processors), version: programVersion)
  }

  /// A renderer that can quote the workspace file.
  func renderer(_ terminal: Terminal) -> DiagnosticRenderer {
    DiagnosticRenderer(sources: [shownName: String(decoding: bytes, as: UTF8.self)], isColored: terminal.colorsErrors)
  }
}

extension DiagnosticKind {
  /// Every kind of problem that the program can report, in the order of its parts.
  static var all: [DiagnosticKind] {
    let kinds =
      parameterKinds + contextKinds + workspaceFormatKinds + engineKinds + fileStoreKinds
      + folderKinds + processKinds + snapshotKinds + builtinKinds + scaffoldKinds + trialKinds
    var seen: Set<String> = []
    return kinds.filter { seen.insert($0.id).inserted }
  }
}

/// Answers with the diagnostics of a command that cannot go on.
struct Failure {
  /// Writes diagnostics and throws the exit code that belongs to them.
  static func exit(
    _ problems: [Diagnostic], _ output: OutputOptions, renderer: DiagnosticRenderer? = nil,
    outcome: String = "nothing was run"
  ) throws -> Never {
    let terminal = Terminal(output)
    if output.json {
      terminal.answer(["type": "problems", "problems": .array(problems.map(\.json))])
    } else {
      let renderer = renderer ?? DiagnosticRenderer(isColored: terminal.colorsErrors)
      let text =
        problems.count == 1 ? renderer.render(problems[0]) : renderer.render(problems, outcome: outcome)
      terminal.error(text)
    }
    throw ExitCode((problems.first { $0.severity == .error }?.exit ?? .failed).rawValue)
  }
}

/// Does something that ends in a diagnostic where it fails, and answers with that.
func answering<Result>(
  _ output: OutputOptions, _ body: () async throws(Diagnostic) -> Result
) async throws -> Result {
  do throws(Diagnostic) {
    return try await body()
  } catch {
    try Failure.exit([error], output)
  }
}
