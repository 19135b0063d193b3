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
  /// What was wrong before a step could start; nothing was run where there is any error.
  public var problems: [Diagnostic]

  /// How a program that ran this should answer.
  public var exit: Diagnostic.Exit? {
    if let problem = problems.first(where: { $0.severity == .error }) { return problem.exit }
    let errors = steps.compactMap(\.error)
    if errors.contains(where: { $0.exit == .interrupted }) { return .interrupted }
    guard let first = errors.first else { return steps.contains { $0.state == .blocked } ? .failed : nil }
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

  var settled: [StepID: StepSummary] = [:]
  var working: Set<StepID> = []
  var stepRecords: [StepID: StepRecord] = [:]
  var sourceTables: [String: EventTable] = [:]
  var setTables: [String: EventTable] = [:]
  var results: [String: AnalysisResult] = [:]
  var exported: [String: [ExportedFile]] = [:]
  var seconds: [StepID: Double] = [:]
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
        let needs = checked.needs(of: step)
        guard needs.allSatisfy({ settled[$0] != nil }) else { continue }
        if step.kind == .export, scope.contains(where: { $0.kind != .export && settled[$0] == nil }) { continue }
        if isBlocked(step, by: needs) {
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

  private enum Progress { case waiting, settled, started }

  private mutating func isBlocked(_ step: StepID, by needs: [StepID]) -> Bool {
    let bad = needs.filter { settled[$0]?.state == .failed || settled[$0]?.state == .blocked }
    let missing = needs.filter { settled[$0]?.state == .skipped }
    guard let first = bad.first ?? (missing.count == needs.count ? missing.first : nil) else { return false }
    settle(step, .blocked, "needs \(first)")
    return true
  }

  private mutating func start(_ step: StepID, _ group: inout TaskGroup<Finished>) throws(Diagnostic) -> Progress {
    switch step.kind {
    case .source: try startSource(step, &group)
    case .eventSet: try startSet(step, &group)
    case .analysis: try startAnalysis(step, &group)
    case .export: try startExport(step, &group)
    }
  }

  // MARK: Starting steps

  private mutating func startSource(_ step: StepID, _ group: inout TaskGroup<Finished>) throws(Diagnostic) -> Progress {
    guard let source = checked.source(step.name) else { return .waiting }
    if preparation.skipped.contains(step.name) {
      settle(step, .skipped, "its file is missing, which the workspace allows")
      return .settled
    }
    guard let schema = preparation.schemas[step.name] else { return .waiting }
    let columns = preparation.requirements.ofSource[step.name] ?? .dates
    if !forced.contains(step), let record = preparation.sourceRecords[step.name],
      columns.isSubset(of: record.columns)
    {
      try checkPin(source, record)
      take(step, record)
      return .settled
    }
    begin(step, seed: 0, &group) { [engine] context, warnings throws(StepFailure) in
      try await engine.read(source, columns, schema: schema, context: context, warnings: warnings)
    }
    return .started
  }

  private func checkPin(_ source: SourceStep, _ record: StepRecord) throws(Diagnostic) {
    guard let pin = source.entry.pin else { return }
    let digests = record.parts["file"]?.elements.compactMap(\.text) ?? []
    guard digests.contains(where: { "sha256:\($0)" != pin.value }) else { return }
    throw .error(
      .wrongPin, "the file of source '\(source.name)' is not the pinned one", at: pin.location,
      hint: "check which release it is; its digest is sha256:\(digests.joined(separator: ", sha256:"))")
  }

  private mutating func startSet(_ step: StepID, _ group: inout TaskGroup<Finished>) throws(Diagnostic) -> Progress {
    guard let set = checked.eventSet(step.name) else { return .waiting }
    let key = engine.setKey(set, checked, preparation, sources: sourceRecords)
    if !forced.contains(step), let record = try engine.records.record(.eventSet, key) {
      take(step, record)
      return .settled
    }
    assemble(set, key, &group)
    return .started
  }

  private var sourceRecords: [String: StepRecord] {
    Dictionary(uniqueKeysWithValues: stepRecords.filter { $0.key.kind == .source }.map { ($0.key.name, $0.value) })
  }

  private mutating func assemble(_ set: EventSetStep, _ key: StepKey, _ group: inout TaskGroup<Finished>) {
    let sources = set.sources.compactMap { name in
      stepRecords[StepID(.source, name)].map { record in
        (name: name, events: sourceTables[name].map(SourceEvents.inMemory) ?? .kept(record), record: record)
      }
    }
    begin(StepID(.eventSet, set.name), seed: 0, &group) { [engine, checked, preparation] context, warnings throws(StepFailure) in
      try engine.assemble(
        set, checked, preparation, key: key, sources: sources, context: context, warnings: warnings)
    }
  }

  private mutating func startAnalysis(
    _ step: StepID, _ group: inout TaskGroup<Finished>
  ) throws(Diagnostic) -> Progress {
    guard let analysis = checked.analysis(step.name) else { return .waiting }
    let set = analysis.eventSet.flatMap { stepRecords[StepID(.eventSet, $0)] }
    let inputs = analysis.analyses.compactMap { name in
      stepRecords[StepID(.analysis, name)].map { (name, $0) }
    }
    let key = engine.analysisKey(
      analysis, checked, preparation, set: set, analyses: Dictionary(uniqueKeysWithValues: inputs))
    if !forced.contains(step), let record = try engine.records.record(.analysis, key) {
      take(step, record)
      return .settled
    }
    var events: EventTable?
    if let name = analysis.eventSet {
      guard let table = setTables[name] else { return materialize(name, &group) }
      events = table
    }
    let results = inputs.map { name, record in
      (name: name, result: self.results[name].map(AnalysisEvents.inMemory) ?? .kept(record))
    }
    begin(step, seed: engine.seed(of: step.name, checked), &group) { [engine, checked, preparation, events] context, warnings throws(StepFailure) in
      try await engine.analyze(
        analysis, checked, preparation, key: key, events: events, analyses: results, context: context,
        warnings: warnings)
    }
    return .started
  }

  /// Brings the events of a settled set into memory, for a step that waits for them.
  private mutating func materialize(_ name: String, _ group: inout TaskGroup<Finished>) -> Progress {
    let step = StepID(.eventSet, name)
    guard let set = checked.eventSet(name), !working.contains(step) else { return .waiting }
    assemble(set, engine.setKey(set, checked, preparation, sources: sourceRecords), &group)
    return .started
  }

  private mutating func startExport(_ step: StepID, _ group: inout TaskGroup<Finished>) throws(Diagnostic) -> Progress {
    guard let export = checked.exports.first(where: { $0.name == step.name }) else { return .waiting }
    let run = runRecord
    let sets = Dictionary(
      uniqueKeysWithValues: export.eventSets.compactMap { name in
        stepRecords[StepID(.eventSet, name)].map { (name, $0) }
      })
    let key = engine.exportKey(export, run: run, sets: sets)
    let earlier = try engine.records.exported(export)
    if !forced.contains(step), let earlier, earlier.key == key.digest, engine.store.isUntouched(earlier.files) {
      exported[step.name] = earlier.files
      settle(step, .cached, detail(of: earlier.files))
      return .settled
    }
    var eventSets: [RunResults.NamedEventSet] = []
    for name in export.eventSets {
      guard let table = setTables[name] else { return materialize(name, &group) }
      eventSets.append(RunResults.NamedEventSet(name: name, events: table))
    }
    let results = RunResults(
      workspace: checked.workspace.description, eventSets: eventSets, analyses: [], counts: countsTable, record: run,
      files: try engine.files(of: checked, preparation), citations: engine.citations(of: checked, preparation))
    let analyses = export.analyses.compactMap { name in
      stepRecords[StepID(.analysis, name)].map { record in
        (name: name, result: self.results[name].map(AnalysisEvents.inMemory) ?? .kept(record))
      }
    }
    let inputs = checked.inputs
    begin(step, seed: 0, &group) { [engine, checked, options] context, _ throws(StepFailure) in
      try await engine.export(
        export, checked, key: key, results: results, analyses: analyses, earlier: earlier?.files ?? [],
        inputs: inputs, allowOutside: options.allowOutside, context: context)
    }
    return .started
  }

  /// Starts a step's work in a child task.
  private mutating func begin(
    _ step: StepID, seed: UInt64, _ group: inout TaskGroup<Finished>,
    _ work: @escaping @Sendable (RunContext, Collected<Diagnostic>) async throws(StepFailure) -> StepOutcome
  ) {
    working.insert(step)
    report(.stepBegan(step))
    let warnings = Collected<Diagnostic>()
    let context = engine.context(
      for: step, seed: seed, isCancelled: isCancelled, collecting: warnings, report: report)
    group.addTask {
      let clock = ContinuousClock()
      let start = clock.now
      let outcome: Result<StepOutcome, StepFailure>
      do throws(StepFailure) {
        try context.proceed()
        outcome = .success(try await work(context, warnings))
      } catch {
        outcome = .failure(error)
      }
      let elapsed = start.duration(to: clock.now).components
      return Finished(
        step: step, outcome: outcome, seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18)
    }
  }

  // MARK: Settling steps

  private mutating func settle(_ finished: Finished) {
    let step = finished.step
    working.remove(step)
    seconds[step, default: 0] += finished.seconds
    switch finished.outcome {
    case .success(.source(let table, let record)):
      sourceTables[step.name] = table
      stepRecords[step] = record
      settle(step, .done, "\(grouped(record.rows)) events", seconds: finished.seconds)
    case .success(.eventSet(let table, let record)):
      setTables[step.name] = table
      stepRecords[step] = record
      if settled[step] == nil { settle(step, .done, detail(ofSet: record), seconds: finished.seconds) }
      dropSourceTables()
    case .success(.analysis(let result, let record)):
      results[step.name] = result
      stepRecords[step] = record
      settle(step, .done, detail(ofAnalysis: record), seconds: finished.seconds)
      dropSetTables()
    case .success(.export(let files)):
      exported[step.name] = files
      settle(step, .done, detail(of: files), seconds: finished.seconds)
    case .failure(.problem(let diagnostic)):
      fail(step, diagnostic, seconds: finished.seconds)
    case .failure(.lost(let lost)):
      recover(lost, for: step)
    }
  }

  /// Has a step work again whose kept results turned out to be damaged.
  private mutating func recover(_ lost: StepID, for step: StepID) {
    let warning = Diagnostic.warning(
      .damagedCache, "kept results of \(lost) are damaged or gone: it works again",
      hint: "if this recurs, check the disk")
    report(.warned(lost, warning))
    guard !forced.contains(lost) else {
      fail(step, .error(.damagedCache, "results of \(lost) were damaged while the run used them", exit: .io), seconds: nil)
      return
    }
    forced.insert(lost)
    settled[lost] = nil
    if step.kind == .eventSet { settled[step] = nil }
  }

  private mutating func take(_ step: StepID, _ record: StepRecord) {
    stepRecords[step] = record
    for warning in record.warnings { report(.warned(step, warning)) }
    let detail =
      switch step.kind {
      case .source: "\(grouped(record.rows)) events"
      case .eventSet: detail(ofSet: record)
      case .analysis, .export: detail(ofAnalysis: record)
      }
    settle(step, .cached, detail)
  }

  private mutating func fail(_ step: StepID, _ error: Diagnostic, seconds: Double?) {
    settle(step, .failed, error.message, seconds: seconds, error: error)
  }

  private mutating func settle(
    _ step: StepID, _ state: StepSummary.State, _ detail: String, seconds: Double? = nil, error: Diagnostic? = nil
  ) {
    let summary = StepSummary(step: step, state: state, detail: detail, seconds: seconds, error: error)
    settled[step] = summary
    report(.stepEnded(summary))
  }

  /// Frees the events of sources whose sets are all in memory or not needed there.
  private mutating func dropSourceTables() {
    for name in sourceTables.keys {
      let isDone = checked.eventSets.allSatisfy { !$0.sources.contains(name) || settled[StepID(.eventSet, $0.name)] != nil }
      if isDone { sourceTables[name] = nil }
    }
  }
  /// Frees the events of sets that no step has still to read.
  private mutating func dropSetTables() {
    for name in setTables.keys {
      let readers = scope.filter { checked.needs(of: $0).contains(StepID(.eventSet, name)) }
      if readers.allSatisfy({ settled[$0] != nil }) { setTables[name] = nil }
    }
  }

  // MARK: Words and records

  private func detail(ofSet record: StepRecord) -> String {
    let read = record.facts["counts"]?.elements.filter { $0["item"] == "read" }
      .reduce(0) { $0 + ($1["count"]?.integer ?? 0) }
    guard let read, read != record.rows else { return "\(grouped(record.rows)) events" }
    return "\(grouped(record.rows)) of \(grouped(read)) events"
  }
  private func detail(ofAnalysis record: StepRecord) -> String {
    let rows = record.facts["rows"]?.members ?? []
    let findings = record.facts["findings"]?.integer ?? 0
    let tables = rows.map { "\($0.key) \(grouped($0.value.integer ?? 0)) rows" }
    return (tables + [findings == 1 ? "1 finding" : "\(findings) findings"]).joined(separator: ", ")
  }
  private func detail(of files: [ExportedFile]) -> String {
    files.count == 1 ? "\(files[0].path)" : "\(files.count) files"
  }

  /// The record of the run as far as it has come: sources, event sets and analyses.
  var runRecord: JSONValue {
    engine.runRecord(
      checked, preparation, records: stepRecords, failed: settled.filter { $0.value.state != .done && $0.value.state != .cached },
      scope: scope)
  }
  private var countsTable: ResultTable { engine.countsTable(checked, records: stepRecords) }
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

extension RunContext {
  /// Stops a step before its work where the run was cancelled.
  fileprivate func proceed() throws(StepFailure) {
    do throws(Diagnostic) { try checkCancellation() } catch { throw .problem(error) }
  }
}
