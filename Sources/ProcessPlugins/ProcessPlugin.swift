import JSONText
import Synchronization
import Workbench

/// A program that serves as a plugin, ready to be started.
struct ProcessPlugin: Sendable {
  let program: Program
  let description: ProgramDescription
  let code: [PluginCode]
  let store: any ProgramStore
  let environment: [String: String]
  let timeLimit: Duration
  let grace: Duration

  var id: String { program.id }

  /// Starts the program on a request and listens until it ends.
  /// - Parameter request: what is asked beside what every request has.
  /// - Returns: what it said; throws unless it said `done` and ended well.
  func run(
    _ request: [String: JSONValue], parameters: JSONValue, work: any WorkFolder, in context: RunContext
  ) async throws(Diagnostic) -> Transcript.Said {
    try work.makeFolder("output")
    try work.makeFolder("work")
    var request = request
    request["type"] = "run"
    request["protocol"] = .integer(ProgramDescription.protocolVersion)
    request["plugin"] = .string(id)
    request["parameters"] = try onDisk(parameters, .record(description.parameters), context)
    // 53 bits, which every reader of JSON keeps.
    var numbers = context.randomNumbers(for: "process")
    request["seed"] = .integer(Int(numbers.next() >> 11))
    request["output"] = .string("\(work.path)/output")
    request["work"] = .string("\(work.path)/work")
    let line = Array((JSONValue.object(request).compact + "\n").utf8)
    try work.write("request.json") { (file) throws(Diagnostic) in try file.append(line) }
    let transcript = Transcript(id: id, context: context)
    let launch = Launch(
      program: program.place, arguments: ["run"], environment: environment, folder: "\(work.path)/work",
      input: try work.lendInput("request.json"), timeLimit: timeLimit, grace: grace)
    let (ending, tail) = await launch.run(in: context) { (line) throws(Diagnostic) in try transcript.take(line) }
    let said = transcript.said
    for warning in said.warnings { context.warn(warning) }
    func failure(_ message: String, _ hint: String? = nil, _ kind: DiagnosticKind = .failedProgram) -> Diagnostic {
      .error(kind, "'\(id)' \(message)", hint: hint, notes: tail, exit: .plugin)
    }
    switch ending {
    case .timedOut:
      throw failure(
        "did not end within \(timeLimit.components.seconds) seconds",
        "give it more: `time_limit` of its entry under `plugins`", .timeLimit)
    case .interrupted:
      try context.checkCancellation()
      throw failure("was ended")
    case .refused(var refusal):
      refusal.message = "'\(id)': \(refusal.message)"
      refusal.notes += tail
      throw refusal
    case .lost(let reason): throw failure("could not be started: \(reason)", nil, .notLaunched)
    case .signalled(let number): throw failure("was ended by signal \(number)")
    case .exited(let code):
      if var error = said.error {
        error.notes += tail
        throw error
      }
      guard code == 0 else { throw failure("ended with exit code \(code)") }
      guard said.isDone else { throw failure("ended without saying `done`") }
    }
    for file in code where (try? store.digest(of: file.path)) != file.digest {
      throw failure("was changed while it ran", "run again")
    }
    return said
  }

  /// Parameters with every path as it is on disk, since the program works in a folder of its own.
  private func onDisk(
    _ value: JSONValue, _ shape: ParameterShape, _ context: RunContext
  ) throws(Diagnostic) -> JSONValue {
    switch (shape, value) {
    case (.inputPath, .string(let path)): return .string(try context.files.lend(InputPath(path)))
    case (.list(let element), .array(let values)), (.oneOrMore(let element), .array(let values)):
      var elements: [JSONValue] = []
      for value in values { elements.append(try onDisk(value, element, context)) }
      return .array(elements)
    case (.map(let element), .object(let members)):
      var changed: [String: JSONValue] = [:]
      for (name, value) in members { changed[name] = try onDisk(value, element, context) }
      return .object(changed)
    case (.record(let fields), .object(var members)):
      for field in fields {
        if let value = members[field.name] { members[field.name] = try onDisk(value, field.shape, context) }
      }
      return .object(members)
    default: return value
    }
  }
}

/// Lines that a program wrote.
final class Lines: Sendable {
  private let list = Mutex<[String]>([])
  func append(_ line: String) { list.withLock { if $0.count < 100 { $0.append(line) } } }
  var all: [String] { list.withLock { $0 } }
}
