import Dispatch
import Synchronization
public import Workbench

/// Workers for tests: as many as asked for, on real threads.
public struct TestWorkers: Workers {
  /// How many run at the same time, at most.
  public let count: Int
  /// Workers, as many as given.
  public init(count: Int = 2) { self.count = count }
  /// Does pieces of work.
  public func run(_ count: Int, _ body: @Sendable (Int) -> Void) {
    if self.count == 1 {
      for index in 0..<count { body(index) }
    } else {
      DispatchQueue.concurrentPerform(iterations: count, execute: body)
    }
  }
}

/// Warnings that a context was given.
public final class Warnings: Sendable {
  private let list = Mutex<[Diagnostic]>([])
  /// No warnings yet.
  public init() {}
  /// All so far.
  public var all: [Diagnostic] { list.withLock { $0 } }
  func add(_ diagnostic: Diagnostic) { list.withLock { $0.append(diagnostic) } }
}

/// A context for a test, over files in memory.
public func testContext(
  files: any InputFiles = MemoryFiles([:]), workers: Int = 2, warnings: Warnings = Warnings(),
  isCancelled: @escaping @Sendable () -> Bool = { false }
) -> RunContext {
  RunContext(
    files: files, seed: 1,
    services: RunContext.Services(
      workers: TestWorkers(count: workers), isCancelled: isCancelled, warn: { warnings.add($0) }))
}
