import EventModel
import JSONText
public import Workbench
import WorkspaceFormat

/// What a run came to.
public struct RunOutcome: Sendable {
  /// The number of the run whose record holds, `0001`; nil where nothing could be recorded.
  public var id: String?
  /// Whether that record is new.
  public var isNew: Bool
  /// How each step ended, in order.
  public var steps: [StepSummary]
  /// The findings of the analyses, in workspace order; read only where something was new.
  public var findings: [(analysis: String, finding: Finding)]
  /// The files that exports wrote or had written, by export.
  public var files: [(export: String, files: [ExportedFile])]
  /// The warnings of all steps, those of cached ones included, in step order.
  public var warnings: [(step: StepID, warning: Diagnostic)]
  /// How the datasets read want to be cited, each citation once, in workspace order.
  public var citations: [String] = []
  /// All results, where they were asked for and every step came to its end.
  public var results: RunResults?
  /// What was wrong before a step could start; nothing was run where there is any error.
  public var problems: [Diagnostic]

  /// How a program that ran this should answer.
  public var exit: Diagnostic.Exit? {
    if let problem = problems.first(where: { $0.severity == .error }) { return problem.exit }
    let errors = steps.compactMap(\.error)
    if errors.contains(where: { $0.exit == .interrupted }) { return .interrupted }
    guard let first = errors.first else { return steps.contains { $0.state == .blocked } ? .failed : nil }
    // 65 says that nothing was run; here a step failed.
    return first.exit == .invalid ? .failed : first.exit
  }
}

/// One run under way: which steps are settled, and what of their results is in memory.
///
/// Everything here belongs to the one task that schedules; the work itself happens in child tasks, which are given
/// values and hand values back.
struct Run {
  let engine: Engine
  let checked: CheckedWorkspace
  let options: RunOptions
  let scope: [StepID]
  var forced: Set<StepID>
  let preparation: Preparation
  let report: @Sendable (RunEvent) -> Void
  let isCancelled: @Sendable () -> Bool

  /// What each step needs at once.
  let needs: [StepID: [StepID]]

  var settled: [StepID: StepSummary] = [:]
  /// Steps that are known to have to work, and wait for a worker.
  var queued: Set<StepID> = []
  var working: Set<StepID> = []
  var stepRecords: [StepID: StepRecord] = [:]
  var sourceTables: [String: EventTable] = [:]
  var setTables: [String: EventTable] = [:]
  var results: [String: AnalysisResult] = [:]
  var exported: [String: [ExportedFile]] = [:]
  /// How often a step found kept results of another damaged.
  var recoveries: [StepID: Int] = [:]
  /// What a child task hands back.
  struct Finished: Sendable {
    var step: StepID
    var outcome: Result<StepOutcome, StepFailure>
    var seconds: Double
  }

  init(
    _ engine: Engine, _ checked: CheckedWorkspace, _ options: RunOptions, _ preparation: Preparation,
    report: @escaping @Sendable (RunEvent) -> Void, isCancelled: @escaping @Sendable () -> Bool
  ) {
    self.engine = engine
    self.checked = checked
    self.options = options
    (scope, forced) = options.scope(of: checked)
    needs = Dictionary(uniqueKeysWithValues: scope.map { ($0, checked.needs(of: $0)) })
    self.preparation = preparation
    self.report = report
    self.isCancelled = isCancelled
  }

  /// Works until every step is settled.
  mutating func work() async {
    await withTaskGroup(of: Finished.self) { group in
      while true {
        let started = advance(&group)
        guard settled.count < scope.count else { return }
        guard started || !working.isEmpty, let finished = await group.next() else { return }
        settle(finished)
      }
    }
  }

  /// Settles what needs no work and starts what is ready, until nothing more can be; whether work was started.
  private mutating func advance(_ group: inout TaskGroup<Finished>) -> Bool {
    var hasStarted = false
    var hasMoved = true
    while hasMoved {
      hasMoved = false
      for step in scope where settled[step] == nil && !working.contains(step) {
        if working.count >= engine.workers.count, queued.contains(step) { continue }
        let needs = needs[step] ?? []
        guard needs.allSatisfy({ settled[$0] != nil }) else { continue }
        if step.kind == .export, scope.contains(where: { $0.kind != .export && settled[$0] == nil }) { continue }
        if let hindrance = checked.hindrance(of: step, by: needs, states: { settled[$0]?.state }) {
          settle(step, hindrance.state, hindrance.reason)
          hasMoved = true
          continue
        }
        do throws(Diagnostic) {
          switch try start(step, &group) {
          case .waiting: break
          case .settled: hasMoved = true
          case .started: (hasMoved, hasStarted) = (true, true)
          }
        } catch {
          fail(step, error, seconds: nil)
          hasMoved = true
        }
      }
    }
    return hasStarted
  }

  /// What became of an attempt to start a step.
  enum Progress { case waiting, settled, started }

  private mutating func start(_ step: StepID, _ group: inout TaskGroup<Finished>) throws(Diagnostic) -> Progress {
    switch step.kind {
    case .source: try startSource(step, &group)
    case .eventSet: try startSet(step, &group)
    case .analysis: try startAnalysis(step, &group)
    case .export: try startExport(step, &group)
    }
  }
}

/// A whole number with a comma before every third digit from the right.
public func grouped(_ number: Int) -> String {
  let digits = Array(String(abs(number)))
  var text = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
    text.append(digit)
  }
  return number < 0 ? "-\(text)" : text
}

extension DiagnosticKind {
  static let damagedCache = DiagnosticKind(
    "run.damaged-cache", "Results kept from an earlier run are damaged or gone.",
    "Kept results are checked by their digest whenever they are read. Damaged ones are never used: the step that made "
      + "them works again. The folder `.casus` may be deleted at any time.")
}

extension CheckedWorkspace {
  /// What keeps a step from working, by what became of the steps it needs; nil where nothing does.
  ///
  /// A step is blocked by one that failed. It is skipped with what it reads: an event set and an export where nothing is
  /// left, an analysis where any of its inputs is missing.
  func hindrance(
    of step: StepID, by needs: [StepID], states: (StepID) -> StepSummary.State?
  ) -> (state: StepSummary.State, reason: String)? {
    if let bad = needs.first(where: { states($0) == .failed || states($0) == .blocked }) {
      return (.blocked, "needs \(bad)")
    }
    let skipped = needs.filter { states($0) == .skipped }
    guard let first = skipped.first, step.kind == .analysis || skipped.count == needs.count else { return nil }
    return (.skipped, "\(first) is skipped")
  }
}

extension RunContext {
  /// Stops a step before its work where the run was cancelled.
  func proceed() throws(StepFailure) {
    do throws(Diagnostic) { try checkCancellation() } catch { throw .problem(error) }
  }
}
