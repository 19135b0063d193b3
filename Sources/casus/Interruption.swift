import Dispatch
import Foundation
import Synchronization

/// Whether the user asked to stop: Ctrl-C or SIGTERM.
///
/// A second Ctrl-C ends the program at once. Signals are taken on a thread of their own, so that they are heard while every worker works.
final class Interruption: Sendable {
  private let requests = Mutex(0)

  init() {
    let queue = DispatchQueue(label: "casus.signals")
    let isListening = DispatchSemaphore(value: 0)
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      // The handler keeps its source, and this object, until the program ends.
      source.setEventHandler {
        _ = source
        self.request()
      }
      source.setRegistrationHandler { isListening.signal() }
      source.resume()
      // A signal that came before would be lost.
      isListening.wait()
    }
  }
  /// Whether the run shall stop.
  var isRequested: Bool { requests.withLock { $0 > 0 } }

  private func request() {
    let count = requests.withLock { count in
      count += 1
      return count
    }
    if count > 1 { exit(130) }
  }
}
