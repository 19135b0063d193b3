import EventModel
public import Workbench
import WorkspaceFormat

/// What a run would do with a step, and why.
public struct PlannedStep: Sendable {
  /// What a run would do with a step.
  public enum State: String, Sendable {
    /// It would work.
    case run
    /// Its results are kept.
    case cached
    /// Something it needs is missing.
    case blocked
    /// Its file is missing, which the workspace allows.
    case skipped
  }
  /// The step.
  public var step: StepID
  /// What would become of it.
  public var state: State
  /// Why.
  public var reason: String
  /// The steps it needs at once.
  public var needs: [StepID]
}

/// What a run would do.
public struct Plan: Sendable {
  /// The steps, in an order in which they can be done.
  public var steps: [PlannedStep]
  /// The files that lie outside the workspace's folder, and where they really are.
  public var outside: [FileIdentity]
  /// What is wrong; where there is any error, nothing would be run.
  public var problems: [Diagnostic]
}

extension Engine {
  /// Says what a run would do with each step, and why, naming the part of its key that changed.
  ///
  /// Files that changed since they were last read are hashed; nothing else is read but headers.
  public func plan(_ checked: CheckedWorkspace, options: RunOptions = RunOptions()) async throws(Diagnostic) -> Plan {
    let preparation = await prepare(
      checked, hashing: true, allowOutside: options.allowOutside, isCancelled: { false })
    let (scope, forced) = options.scope(of: checked)
    var planner = Planner(
      engine: self, checked: checked, preparation: preparation, forced: forced,
      reasons: try Reasons(records: records, history: RunHistory(store: store)))
    for step in scope { try planner.add(step) }
    return Plan(steps: planner.steps, outside: outside(checked, preparation), problems: preparation.problems)
  }
}

private struct Planner {
  let engine: Engine
  let checked: CheckedWorkspace
  let preparation: Preparation
  let forced: Set<StepID>
  var reasons: Reasons
  var steps: [PlannedStep] = []
  var records: [StepID: StepRecord] = [:]

  mutating func add(_ step: StepID) throws(Diagnostic) {
    let needs = checked.needs(of: step)
    let (state, reason) = try verdict(step, needs)
    steps.append(PlannedStep(step: step, state: state, reason: reason, needs: needs))
  }

  private func state(_ step: StepID) -> PlannedStep.State? { steps.first { $0.step == step }?.state }

  private mutating func verdict(_ step: StepID, _ needs: [StepID]) throws(Diagnostic) -> (PlannedStep.State, String) {
    let states = [PlannedStep.State.blocked: StepSummary.State.blocked, .skipped: .skipped]
    if let hindrance = checked.hindrance(of: step, by: needs, states: { state($0).flatMap { states[$0] } }) {
      return (hindrance.state == .blocked ? .blocked : .skipped, hindrance.reason)
    }
    if step.kind == .source { return try sourceVerdict(step) }
    if forced.contains(step) { return (.run, "asked for") }
    if let before = needs.first(where: { state($0) == .run }) { return (.run, "after \(before)") }
    let key: StepKey
    switch step.kind {
    case .source: return (.blocked, "")
    case .eventSet:
      guard let set = checked.eventSet(step.name) else { return (.blocked, "unknown") }
      let sources = Dictionary(
        uniqueKeysWithValues: records.filter { $0.key.kind == .source }.map { ($0.key.name, $0.value) })
      key = engine.setKey(set, checked, preparation, sources: sources)
    case .analysis:
      guard let analysis = checked.analysis(step.name) else { return (.blocked, "unknown") }
      let inputs = analysis.analyses.compactMap { name in records[StepID(.analysis, name)].map { (name, $0) } }
      key = engine.analysisKey(
        analysis, checked, preparation, set: analysis.eventSet.flatMap { records[StepID(.eventSet, $0)] },
        analyses: Dictionary(uniqueKeysWithValues: inputs))
    case .export: return try exportVerdict(step)
    }
    guard let record = try engine.records.record(step.kind, key) else {
      return (.run, try reasons.reason(step, key))
    }
    records[step] = record
    return (.cached, "nothing it depends on changed")
  }

  private mutating func sourceVerdict(_ step: StepID) throws(Diagnostic) -> (PlannedStep.State, String) {
    if let missing = preparation.skipped[step.name] { return (.skipped, missing) }
    guard let source = checked.source(step.name), preparation.schemas[step.name] != nil else {
      return (.blocked, "its file cannot be read")
    }
    do throws(Diagnostic) {
      if let key = preparation.sourceKeys[step.name] { try source.checkPin(key.files) }
    } catch {
      return (.blocked, error.message)
    }
    if forced.contains(step) { return (.run, "asked for") }
    guard let key = preparation.sourceKeys[step.name] else {
      let files = preparation.inputs[step]?.files ?? []
      let unread = files.count { !$0.wasRead }
      guard files.count > 1 else { return (.run, "its file has not been read yet") }
      return (.run, "\(unread) of its \(files.count) files \(unread == 1 ? "has" : "have") not been read yet")
    }
    guard let record = preparation.sourceRecords[step.name] else {
      return (.run, try reasons.reason(step, key))
    }
    let missing = (preparation.requirements.ofSource[step.name] ?? []).subtracting(record.columns)
    guard missing.isEmpty else {
      return (.run, "columns not kept yet: \(missing.columns.map(\.name).joined(separator: ", "))")
    }
    guard record.holds(preparation.requirements.ofSource[step.name] ?? []) else {
      return (.run, "it left out rows, and other columns are read now")
    }
    guard let expected = try engine.expected(of: source, record) else {
      return (.run, "what is expected of it is to be checked")
    }
    records[step] = expected
    return (.cached, "nothing it depends on changed")
  }

  private mutating func exportVerdict(_ step: StepID) throws(Diagnostic) -> (PlannedStep.State, String) {
    guard let export = checked.exports.first(where: { $0.name == step.name }) else { return (.blocked, "unknown") }
    // The run's record is part of what is written, so an export follows every other step.
    if let before = steps.first(where: { $0.state == .run && $0.step.kind != .export }) {
      return (.run, "after \(before.step)")
    }
    let run = engine.runRecord(checked, preparation, records: records, failed: planned, scope: steps.map(\.step))
    let sets = Dictionary(
      uniqueKeysWithValues: export.eventSets.compactMap { name in
        records[StepID(.eventSet, name)].map { (name, $0) }
      })
    let key = engine.exportKey(export, preparation, run: run, sets: sets)
    guard let earlier = try engine.records.exported(export) else { return (.run, "it has not run before") }
    guard earlier.key == key.digest else { return (.run, Reasons.difference(earlier.parts, key.parts)) }
    guard engine.store.isUntouched(earlier.files) else { return (.run, "its files were changed or removed") }
    return (.cached, "nothing it depends on changed")
  }

  /// Steps that a run would not settle with results, as its record would show them.
  private var planned: [StepID: StepSummary] {
    var summaries: [StepID: StepSummary] = [:]
    for step in steps where step.state == .skipped || step.state == .blocked {
      let state: StepSummary.State = step.state == .skipped ? .skipped : .blocked
      summaries[step.step] = StepSummary(step: step.step, state: state, detail: step.reason)
    }
    return summaries
  }
}

/// How a graph of steps is written.
public enum GraphFormat: String, Sendable, CaseIterable { case text, mermaid, dot }

extension Plan {
  /// The graph of steps, for people or for a program that draws it.
  public func graph(_ format: GraphFormat) -> String {
    switch format {
    case .text:
      return steps.map { planned in
        let needs = planned.needs.isEmpty ? "" : "  <-  " + planned.needs.map(\.name).joined(separator: ", ")
        return "\(planned.step.kind.rawValue) \(planned.step.name)\(needs)\n"
      }.joined()
    case .mermaid:
      var text = "flowchart LR\n"
      for planned in steps { text += "  \(node(planned.step))[\"\(planned.step.name)\"]:::\(planned.state.rawValue)\n" }
      for planned in steps { for need in planned.needs { text += "  \(node(need)) --> \(node(planned.step))\n" } }
      return text + "  classDef cached fill:#eee\n  classDef run fill:#cde\n  classDef blocked fill:#fcc\n"
    case .dot:
      var text = "digraph workspace {\n  rankdir=LR;\n"
      for planned in steps {
        text += "  \(node(planned.step)) [label=\"\(planned.step.name)\\n\(planned.state.rawValue)\"];\n"
      }
      for planned in steps { for need in planned.needs { text += "  \(node(need)) -> \(node(planned.step));\n" } }
      return text + "}\n"
    }
  }
  /// A name that both drawing programs take.
  private func node(_ step: StepID) -> String {
    let place = steps.firstIndex { $0.step == step } ?? 0
    return "\(step.kind.key.prefix(1))\(place)"
  }
}
