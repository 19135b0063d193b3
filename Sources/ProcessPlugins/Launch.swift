import Glibc
import Subprocess
import Synchronization
import SystemPackage
import Workbench

/// One start of a program: its own process group, an environment of its own, a limit of time, and lines as they come.
struct Launch: Sendable {
  /// The executable, on disk.
  var program: String
  /// Its arguments.
  var arguments: [String]
  /// The whole of its environment.
  var environment: [String: String]
  /// Its current folder.
  var folder: String
  /// The number of an open file that becomes its standard input; nil for none.
  var input: Int32?
  /// How long it may run.
  var timeLimit: Duration
  /// How long it may take to end after SIGTERM.
  var grace: Duration = .seconds(5)

  /// The longest line that is taken, in bytes.
  static let lineLimit = 1 << 20
  /// How many of the last lines of its standard error are kept.
  static let keptLines = 50

  /// How a program came to its end.
  enum Ending: Sendable {
    case exited(Int32)
    case signalled(Int32)
    case timedOut
    case interrupted
    /// It wrote what was not accepted, and was ended for it.
    case refused(Diagnostic)
    /// It could not be started, or not be listened to.
    case lost(String)
  }

  private struct State {
    var group: pid_t?
    var reason: Ending?
    var tail: [String] = []
  }

  /// Runs the program to its end.
  /// - Parameter take: takes each line of its standard output; what it throws ends the program.
  func run(
    in context: RunContext, take: @escaping @Sendable (String) throws(Diagnostic) -> Void
  ) async -> (ending: Ending, tail: [String]) {
    let state = Mutex(State())
    let watched = Watched(state)
    let ending = await withTaskGroup(of: Ending?.self) { group in
      group.addTask { await self.execute(watched, take) }
      group.addTask {
        await self.watch(watched, context)
        return nil
      }
      var ending = Ending.interrupted
      for await finished in group {
        if let finished { ending = finished }
        // Whichever is first ends the other: a program without end, or a watch without a program.
        group.cancelAll()
      }
      return ending
    }
    return watched.settle(ending)
  }

  /// What both tasks know of the program.
  private final class Watched: Sendable {
    private let state: Mutex<State>
    init(_ state: consuming Mutex<State>) { self.state = state }
    func started(_ group: pid_t) { state.withLock { $0.group = group } }
    func note(_ reason: Ending) { state.withLock { if $0.reason == nil { $0.reason = reason } } }
    func keep(_ line: String) {
      state.withLock { state in
        state.tail.append(String(line.prefix(400)))
        if state.tail.count > Launch.keptLines { state.tail.removeFirst() }
      }
    }
    /// Ends what the program left behind, and says how it ended.
    func settle(_ ending: Ending) -> (Ending, [String]) {
      let (group, reason, tail) = state.withLock { ($0.group, $0.reason, $0.tail) }
      if let group { _ = kill(-group, SIGKILL) }
      return (reason ?? ending, tail)
    }
  }

  private func watch(_ watched: Watched, _ context: RunContext) async {
    let end = ContinuousClock.now + timeLimit
    while !Task.isCancelled {
      if ContinuousClock.now >= end { return watched.note(.timedOut) }
      do throws(Diagnostic) { try context.checkCancellation() } catch { return watched.note(.interrupted) }
      try? await Task.sleep(for: .milliseconds(25))
    }
  }

  private func execute(
    _ watched: Watched, _ take: @escaping @Sendable (String) throws(Diagnostic) -> Void
  ) async -> Ending {
    if let input {
      let file = FileDescriptor(rawValue: input)
      return await execute(.fileDescriptor(file, closeAfterSpawningProcess: true), watched, take)
    }
    return await execute(.none, watched, take)
  }

  private func execute<Input: InputProtocol>(
    _ input: Input, _ watched: Watched, _ take: @escaping @Sendable (String) throws(Diagnostic) -> Void
  ) async -> Ending {
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: grace)]
    let variables = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
    do {
      let result = try await Subprocess.run(
        .path(FilePath(program)), arguments: Arguments(arguments),
        environment: .custom(Dictionary(uniqueKeysWithValues: variables)), workingDirectory: FilePath(folder),
        platformOptions: options, input: input, output: .sequence, error: .sequence
      ) { execution in
        watched.started(execution.processIdentifier.value)
        try await Self.listen(execution.standardOutput, execution.standardError, watched, take) {
          // What it wrote was refused, so nothing that it still does can matter.
          try? execution.send(signal: .kill, toProcessGroup: true)
        }
      }
      switch result.terminationStatus {
      case .exited(let code): return .exited(code)
      case .signaled(let number): return .signalled(number)
      }
    } catch let refusal as Diagnostic {
      return .refused(refusal)
    } catch let error as SubprocessError {
      if error.code == .outputLimitExceeded {
        return .refused(
          .error(
            .badMessage, "it wrote a line of more than \(Self.lineLimit) bytes", hint: "write large results to files",
            exit: .plugin))
      }
      return .lost(error.description)
    } catch {
      return .lost("\(error)")
    }
  }

  /// Reads both outputs at the same time, so that neither fills up.
  /// - Parameter stop: ends the program; without that, the other output would not end.
  private static func listen(
    _ output: SubprocessOutputSequence, _ errors: SubprocessOutputSequence, _ watched: Watched,
    _ take: @escaping @Sendable (String) throws(Diagnostic) -> Void, stop: @escaping @Sendable () -> Void
  ) async throws {
    @Sendable func hear(_ output: SubprocessOutputSequence, _ body: @Sendable (String) throws -> Void) async throws {
      do {
        for try await line in lines(of: output) { try body(line) }
      } catch {
        stop()
        throw error
      }
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await hear(output) { try take($0) } }
      group.addTask { try await hear(errors) { watched.keep($0) } }
      try await group.waitForAll()
    }
  }
  private static func lines(
    of output: SubprocessOutputSequence
  ) -> SubprocessOutputSequence.StringSequence<UTF8> {
    output.strings(
      separatedBy: .unicodeScalarSequence(["\n"] as [Unicode.Scalar]), bufferingPolicy: .maxLineLength(lineLimit))
  }
}
