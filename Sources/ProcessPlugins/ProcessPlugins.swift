import EventModel
import JSONText
public import Workbench
public import WorkspaceFormat

/// Makes the entries of a catalog for the programs that a workspace names as plugins.
public struct ProcessPlugins: Sendable {
  let store: any ProgramStore
  let folder: String
  let environment: [String: String]
  let grace: Duration
  let descriptionLimit: Duration

  /// - Parameter folder: the folder of the workspace, on disk.
  /// - Parameter environment: the variables of this program, of which plugins get few.
  /// - Parameter grace: how long a program may take to end after SIGTERM.
  /// - Parameter descriptionLimit: how long a program may take to describe itself.
  public init(
    store: any ProgramStore, folder: String, environment: [String: String], grace: Duration = .seconds(5),
    descriptionLimit: Duration = .seconds(10)
  ) {
    self.store = store
    self.folder = folder
    self.environment = environment
    self.grace = grace
    self.descriptionLimit = descriptionLimit
  }

  /// What became of the programs of a workspace.
  public struct Outcome: Sendable {
    /// The plugins that could be made, in workspace order.
    public var entries: [PluginEntry] = []
    /// What each of them was trusted as.
    public var grants: [Trust.Grant] = []
    /// The ids of those that could not.
    public var unknown: Set<String> = []
    /// Why not.
    public var problems: [Diagnostic] = []
    /// Of a workspace that names no program.
    public init() {}
  }

  /// Makes an entry for each program that is trusted and describes itself well; the rest are problems.
  /// - Parameter shipped: the plugins whose ids are taken.
  public func entries(
    for programs: [ProcessEntry], trust: Trust, shipped: PluginCatalog, in context: RunContext
  ) async -> Outcome {
    var outcome = Outcome()
    var taken = Set(shipped.entries.map(\.manifest.id))
    for program in programs {
      do throws(Diagnostic) {
        guard taken.insert(program.id.value).inserted else {
          throw .error(
            .takenID, "there is a plugin '\(program.id.value)' already", at: program.id.location,
            hint: "give this one another id in 'as'", exit: .plugin)
        }
        let (entry, grant) = try await entry(for: program, trust, context)
        outcome.entries.append(entry)
        outcome.grants.append(grant)
      } catch {
        if error.id != DiagnosticKind.takenID.id { outcome.unknown.insert(program.id.value) }
        outcome.problems.append(error.location == nil ? error.at(program.exec.location) : error)
      }
    }
    return outcome
  }

  private func entry(
    for entry: ProcessEntry, _ trust: Trust, _ context: RunContext
  ) async throws(Diagnostic) -> (PluginEntry, Trust.Grant) {
    let program = try Program(entry, store: store, searchPath: environment["PATH"] ?? "")
    let grant = try await self.grant(program, entry, trust, context)
    let description = try ProgramDescription(line: grant.line, id: program.id)
    let process = ProcessPlugin(
      program: program, description: description, code: grant.code, store: store,
      environment: variables(of: entry), timeLimit: .seconds(entry.timeLimit), grace: grace)
    let made = PluginEntry(
      description.manifest, kind: description.kind, parameters: description.parameters,
      exportShape: description.exportShape, code: grant.code
    ) { parameters in
      switch description.kind {
      case .source:
        .source(ProcessSource(process: process, parameters: parameters))
      case .analyzer: .analyzer(ProcessAnalyzer(process: process, parameters: parameters))
      case .exporter: .exporter(ProcessExporter(process: process, parameters: parameters))
      }
    }
    return (made, grant)
  }

  /// What a program says of itself, if it may be started: as it said when it was trusted, else by asking it now.
  private func grant(
    _ program: Program, _ entry: ProcessEntry, _ trust: Trust, _ context: RunContext
  ) async throws(Diagnostic) -> Trust.Grant {
    let known = trust.grants.first { grant in
      grant.code.first == PluginCode(path: program.path, digest: program.digest)
        && grant.code.allSatisfy { (try? store.digest(of: $0.path)) == $0.digest }
    }
    if let known, !trust.isEverything { return known }
    guard trust.allows(program.digest) else { throw untrusted(program, [executable(of: program)]) }
    let line = try await describe(program, entry, context)
    let description = try ProgramDescription(line: line, id: program.id)
    var code = [executable(of: program)]
    for file in description.code {
      let path = program.path(of: file)
      do throws(Diagnostic) {
        code.append(PluginCode(path: path, digest: try store.digest(of: path)))
      } catch {
        throw .error(
          .missingProgram, "the code file '\(path.text)' of '\(program.id)' cannot be read: \(error.message)",
          at: program.location, exit: .noInput)
      }
    }
    let others = code.filter { !trust.allows($0.digest) }
    guard others.isEmpty else { throw untrusted(program, others) }
    return Trust.Grant(code: code, line: line)
  }
  private func executable(of program: Program) -> PluginCode { PluginCode(path: program.path, digest: program.digest) }

  private func untrusted(_ program: Program, _ files: [PluginCode]) -> Diagnostic {
    .error(
      .untrusted, "'\(program.id)' would run a program that is not trusted here", at: program.location,
      hint: "read it, then `casus trust` the workspace",
      notes: files.map { "\($0.path.text)  sha256:\($0.digest)" }, exit: .plugin)
  }

  /// The environment of a program: where programs are, a fixed language and time zone, and what its entry names.
  private func variables(of entry: ProcessEntry) -> [String: String] {
    var variables = ["LANG": "C.UTF-8", "TZ": "UTC"]
    for name in ["PATH"] + entry.environment { variables[name] = environment[name] }
    return variables
  }

  /// Asks a program what it is.
  private func describe(
    _ program: Program, _ entry: ProcessEntry, _ context: RunContext
  ) async throws(Diagnostic) -> String {
    let lines = Lines()
    let launch = Launch(
      program: program.place, arguments: ["describe"], environment: variables(of: entry), folder: folder,
      timeLimit: descriptionLimit, grace: grace)
    let (ending, tail) = await launch.run(in: context) { line in lines.append(line) }
    let shown = "'\(program.path.text) describe'"
    func failure(_ kind: DiagnosticKind, _ message: String, _ hint: String? = nil) -> Diagnostic {
      .error(kind, "\(shown) \(message)", at: program.location, hint: hint, notes: tail, exit: .plugin)
    }
    switch ending {
    case .exited(0): break
    case .exited(let code): throw failure(.failedDescription, "ended with exit code \(code)")
    case .signalled(let number): throw failure(.failedDescription, "was ended by signal \(number)")
    case .timedOut:
      throw failure(.slowDescription, "did not end within \(descriptionLimit.components.seconds) seconds")
    case .interrupted:
      try context.checkCancellation()
      throw failure(.failedDescription, "was ended")
    case .refused(let refusal): throw failure(.noJSON, "was ended: \(refusal.message)", refusal.hint)
    case .lost(let reason): throw failure(.notLaunched, "could not be started: \(reason)")
    }
    let printed = lines.all.filter { !$0.allSatisfy(\.isWhitespace) }
    guard printed.count <= 1 else {
      throw failure(
        .longDescription, "printed \(printed.count) lines, expected one", "print what is for people to standard error")
    }
    guard let line = printed.first else { throw failure(.noJSON, "printed nothing, expected one line of JSON") }
    return line
  }
}

extension Diagnostic {
  /// The same problem at a place.
  func at(_ place: SourceLocation) -> Diagnostic {
    var located = self
    located.location = place
    return located
  }
}
