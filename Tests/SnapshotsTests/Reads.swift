import Synchronization

/// Counts.
final class Reads: Sendable {
  private let number = Atomic<Int>(0)
  func count() -> Int { number.add(1, ordering: .relaxed).newValue * 8 }
}
