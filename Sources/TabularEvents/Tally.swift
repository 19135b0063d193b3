import Synchronization

/// Counts of what befell rows, made while several files are read at the same time.
///
/// One for each reading of a source; `finish` adds to it, and the source tells what it came to once all files are read.
public final class Tally<Subject: Hashable & Sendable>: Sendable {
  private let counts = Mutex<[Subject: Int]>([:])
  /// Counts from zero.
  public init() {}
  /// Counts more.
  public func add(_ count: Int, to subject: Subject) {
    counts.withLock { $0[subject, default: 0] += count }
  }
  /// All that has been counted, in no order.
  public var subjects: [Subject] { counts.withLock { Array($0.keys) } }
  /// What was counted so far.
  public subscript(subject: Subject) -> Int { counts.withLock { $0[subject] ?? 0 } }
}
