import Synchronization

/// Places for results that come in any order from several threads.
final class Slots<Element: Sendable>: Sendable {
  private let slots: Mutex<[Element?]>
  init(count: Int) { slots = Mutex([Element?](repeating: nil, count: count)) }
  func set(_ element: Element, at index: Int) { slots.withLock { $0[index] = element } }
  func take() -> [Element?] { slots.withLock { $0 } }
}
