import Dispatch
import Synchronization
public import Workbench

/// Workers on the threads of Dispatch: the one place in the program that starts threads for work.
public struct DispatchWorkers: Workers {
  /// How many run at the same time, at most.
  public let count: Int
  /// Lends this many workers.
  public init(count: Int) { self.count = max(1, count) }

  /// Does pieces of work, numbered from 0, and returns when all are done.
  public func run(_ pieces: Int, _ body: @Sendable (Int) -> Void) {
    guard count > 1, pieces > 1 else {
      for piece in 0..<pieces { body(piece) }
      return
    }
    let taken = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: min(count, pieces)) { _ in
      while true {
        let piece = taken.add(1, ordering: .relaxed).oldValue
        guard piece < pieces else { return }
        body(piece)
      }
    }
  }
}
