import Dispatch
import Foundation
import Synchronization

/// Whether the user asked to stop: Ctrl-C or SIGTERM. A second Ctrl-C ends the program at once.
///
/// Signals are taken on a thread of their own, so that they are heard while every worker works.
final class Interruption: Sendable {
  private let requests = Mutex(0)
  private let sources: Mutex<[any DispatchSourceSignal]>

  init() {
    sources = Mutex([])
    let queue = DispatchQueue(label: "casus.signals")
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { [weak self] in self?.request() }
      source.resume()
      sources.withLock { $0.append(source) }
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
