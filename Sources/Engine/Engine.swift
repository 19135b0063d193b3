import EventModel
import JSONText
import Synchronization
public import Workbench
import WorkspaceFormat

/// Plans and runs checked workspaces, and keeps what steps come to, so that running again does only what is left.
public struct Engine: Sendable {
  let store: any WorkspaceStore
  let workers: any Workers
  /// The version of the program, for run records.
  let version: String
  let records: StepRecords

  /// Makes an engine over a workspace's folder.
  public init(store: any WorkspaceStore, workers: any Workers, version: String) {
    self.store = store
    records = StepRecords(store: store)
    self.workers = workers
    self.version = version
  }

  /// Says everything that can be known to be wrong before a row is read; reads no more of data than a header.
  ///
  /// - Returns: what is wrong, in file order, and the files that lie outside the workspace's folder.
  public func findings(
    of checked: CheckedWorkspace, allowOutside: Bool = false
  ) async -> (problems: [Diagnostic], outside: [FileIdentity]) {
    let preparation = await prepare(checked, hashing: false, allowOutside: allowOutside, isCancelled: { false })
    let problems = preparation.problems + checked.sources.compactMap(\.citationNote)
    return (problems.inFileOrder, outside(checked, preparation))
  }

  /// A context for what is done outside of steps.
  public func context(isCancelled: @escaping @Sendable () -> Bool) -> RunContext {
    RunContext(files: store, services: RunContext.Services(workers: workers, isCancelled: isCancelled))
  }
  /// The context of a step; its warnings go to `collecting` and to `report`.
  func context(
    for step: StepID, seed: UInt64, isCancelled: @escaping @Sendable () -> Bool, collecting: Collected<Diagnostic>,
    report: @escaping @Sendable (RunEvent) -> Void
  ) -> RunContext {
    RunContext(
      files: store, seed: seed,
      services: RunContext.Services(
        workers: workers, isCancelled: isCancelled,
        warn: { warning in
          collecting.append(warning)
          report(.warned(step, warning))
        },
        progress: { report(.stepProgressed(step, $0)) }))
  }
}

/// A list that several threads may add to.
final class Collected<Element: Sendable>: Sendable {
  private let list = Mutex<[Element]>([])
  func append(_ element: Element) { list.withLock { $0.append(element) } }
  var all: [Element] { list.withLock { $0 } }
}

/// Which steps of a workspace a run looks at, and which of them must work though their results are kept.
public struct RunOptions: Sendable {
  /// Recompute everything.
  public var isFresh: Bool
  /// Only this step and what it needs; nil for all.
  public var only: StepID?
  /// This step, and all that need it, must work again.
  public var from: StepID?
  /// Whether exports may write outside the workspace's folder.
  public var allowOutside: Bool
  /// Whether the results are handed over instead of being written by the workspace's exports.
  public var isCollecting: Bool
  /// Makes options.
  public init(
    isFresh: Bool = false, only: StepID? = nil, from: StepID? = nil, allowOutside: Bool = false,
    isCollecting: Bool = false
  ) {
    self.isFresh = isFresh
    self.only = only
    self.from = from
    self.allowOutside = allowOutside
    self.isCollecting = isCollecting
  }

  /// The steps to look at, and those that must work.
  func scope(of checked: CheckedWorkspace) -> (steps: [StepID], forced: Set<StepID>) {
    var wanted = Set(checked.steps)
    if let only {
      wanted = [only]
      for step in checked.steps.reversed() where wanted.contains(step) { wanted.formUnion(checked.needs(of: step)) }
    }
    var forced: Set<StepID> = isFresh ? wanted : []
    if let from {
      forced.insert(from)
      for step in checked.steps where checked.needs(of: step).contains(where: forced.contains) { forced.insert(step) }
    }
    return (checked.steps.filter { wanted.contains($0) && !(isCollecting && $0.kind == .export) }, forced)
  }
}
