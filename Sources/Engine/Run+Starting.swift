import EventModel
import JSONText
import Workbench
import WorkspaceFormat

// Starting the work of steps.
extension Run {
  mutating func startSource(_ step: StepID, _ group: inout TaskGroup<Finished>) throws(Diagnostic) -> Progress {
    guard let source = checked.source(step.name) else { return .waiting }
    if let missing = preparation.skipped[step.name] {
      settle(step, .skipped, missing)
      return .settled
    }
    guard let schema = preparation.schemas[step.name] else { return .waiting }
    let columns = preparation.requirements.ofSource[step.name] ?? .dates
    if let key = preparation.sourceKeys[step.name] { try source.checkPin(key.files) }
    let earlier = forced.contains(step) ? nil : preparation.sourceRecords[step.name]
    if let earlier, earlier.holds(columns) {
      if let expected = try engine.expected(of: source, earlier) {
        take(step, expected)
        return .settled
      }
      return begin(step, seed: 0, &group) { [engine] context, _ throws(StepFailure) in
        try await engine.recheck(source, columns, earlier, context: context)
      }
    }
    let inputs = preparation.inputs[step] ?? StepInputs()
    return begin(step, seed: 0, &group) { [engine] context, warnings throws(StepFailure) in
      try await engine.read(
        source, inputs, columns, schema: schema, earlier: earlier, context: context, warnings: warnings)
    }
  }

  mutating func startSet(_ step: StepID, _ group: inout TaskGroup<Finished>) throws(Diagnostic) -> Progress {
    guard let set = checked.eventSet(step.name) else { return .waiting }
    let key = engine.setKey(set, checked, preparation, sources: sourceRecords)
    if !forced.contains(step), let record = try engine.records.record(.eventSet, key) {
      take(step, record)
      return .settled
    }
    return assemble(set, key, &group)
  }

  private var sourceRecords: [String: StepRecord] {
    Dictionary(uniqueKeysWithValues: stepRecords.filter { $0.key.kind == .source }.map { ($0.key.name, $0.value) })
  }

  private mutating func assemble(
    _ set: EventSetStep, _ key: StepKey, _ group: inout TaskGroup<Finished>
  ) -> Progress {
    let sources = set.sources.compactMap { name in
      stepRecords[StepID(.source, name)].map { record in
        (name: name, events: sourceTables[name].map(SourceEvents.inMemory) ?? .kept(record), record: record)
      }
    }
    let step = StepID(.eventSet, set.name)
    return begin(step, seed: 0, &group) { [engine, checked, preparation] context, warnings throws(StepFailure) in
      try engine.assemble(
        set, checked, preparation, key: key, sources: sources, context: context, warnings: warnings)
    }
  }

  mutating func startAnalysis(
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
    let seed = engine.seed(of: step.name, checked)
    return begin(step, seed: seed, &group) {
      [engine, checked, preparation, events] context, warnings throws(StepFailure) in
      try await engine.analyze(
        analysis, checked, preparation, key: key, events: events, analyses: results, context: context,
        warnings: warnings)
    }
  }

  /// Brings the events of a settled set into memory, for a step that waits for them.
  private mutating func materialize(_ name: String, _ group: inout TaskGroup<Finished>) -> Progress {
    let step = StepID(.eventSet, name)
    guard let set = checked.eventSet(name), !working.contains(step) else { return .waiting }
    return assemble(set, engine.setKey(set, checked, preparation, sources: sourceRecords), &group)
  }

  mutating func startExport(_ step: StepID, _ group: inout TaskGroup<Finished>) throws(Diagnostic) -> Progress {
    guard let export = checked.exports.first(where: { $0.name == step.name }) else { return .waiting }
    let run = runRecord
    let sets = Dictionary(
      uniqueKeysWithValues: export.eventSets.compactMap { name in
        stepRecords[StepID(.eventSet, name)].map { (name, $0) }
      })
    let key = engine.exportKey(export, preparation, run: run, sets: sets)
    let earlier = try engine.records.exported(export)
    if !forced.contains(step), let earlier, earlier.key == key.digest, engine.store.isUntouched(earlier.files) {
      exported[step.name] = earlier.files
      settle(step, .cached, detail(of: earlier.files))
      return .settled
    }
    var eventSets: [RunResults.NamedEventSet] = []
    for name in export.eventSets where sets[name] != nil {
      guard let table = setTables[name] else { return materialize(name, &group) }
      eventSets.append(RunResults.NamedEventSet(name: name, events: table))
    }
    let merges: [ResultTable]
    switch try self.merges() {
    case .kept(let tables): merges = tables
    case .lost(let set):
      recoveries[step, default: 0] += 1
      guard recoveries[step, default: 0] <= scope.count else { throw damagedMerges(of: set) }
      return materialize(set, &group)
    }
    let results = try results(eventSets, merges)
    let analyses = export.analyses.compactMap { name in
      stepRecords[StepID(.analysis, name)].map { record in
        (name: name, result: self.results[name].map(AnalysisEvents.inMemory) ?? .kept(record))
      }
    }
    return begin(step, seed: 0, &group) {
      [engine, checked, preparation, options, sourceRecords] context, _ throws(StepFailure) in
      try await engine.export(
        export, checked, preparation, key: key, results: results, analyses: analyses, sources: sourceRecords,
        earlier: earlier?.files ?? [], allowOutside: options.allowOutside, context: context)
    }
  }

  /// Starts a step's work in a child task, unless as many work already as there are workers.
  private mutating func begin(
    _ step: StepID, seed: UInt64, _ group: inout TaskGroup<Finished>,
    _ work: @escaping @Sendable (RunContext, Collected<Diagnostic>) async throws(StepFailure) -> StepOutcome
  ) -> Progress {
    guard working.count < engine.workers.count else {
      queued.insert(step)
      return .waiting
    }
    queued.remove(step)
    working.insert(step)
    // A set whose record is kept has been told of already; only its events are made again, for another step.
    if settled[step] == nil { report(.stepBegan(step)) }
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
    return .started
  }
}
