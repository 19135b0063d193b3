import JSONText
import Workbench
import WorkspaceFormat

extension Engine {
  /// Runs a workspace: does what is left to do, and records it.
  ///
  /// A failed step blocks the steps that need it and no others. A run whose record would equal the last one's, and that
  /// wrote nothing, leaves no record of its own; neither does one that was interrupted.
  public func run(
    _ checked: CheckedWorkspace, options: RunOptions = RunOptions(),
    isCancelled: @escaping @Sendable () -> Bool = { false },
    report: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) async -> RunOutcome {
    var outcome = RunOutcome(
      id: nil, isNew: false, steps: [], findings: [], files: [], warnings: [], problems: [])
    let preparation = await prepare(
      checked, hashing: !options.isFresh, allowOutside: options.allowOutside, isCancelled: isCancelled)
    outcome.problems = preparation.problems
    guard !preparation.problems.hasErrors else { return outcome }
    var run = Run(self, checked, options, preparation, report: report, isCancelled: isCancelled)
    report(.began(steps: run.scope))
    await run.work()
    outcome.steps = run.scope.compactMap { run.settled[$0] }
    outcome.citations = checked.citations(without: preparation.skipped)
    outcome.files = checked.exports.compactMap { export in run.exported[export.name].map { (export.name, $0) } }
    outcome.warnings = run.scope.flatMap { step in
      (run.stepRecords[step]?.warnings ?? []).map { (step, $0) }
    }
    do throws(Diagnostic) {
      if outcome.exit != .interrupted { try record(run, &outcome) }
      if outcome.isNew { outcome.findings = try findings(of: run) }
      if options.isCollecting, outcome.exit == nil { outcome.results = try run.collected() }
    } catch {
      outcome.problems.append(error)
    }
    outcome.problems += Set(records.damaged.all).sorted().map { name in
      .warning(.damagedCache, "'.casus/\(name)' was damaged: it was not used", hint: "if this recurs, check the disk")
    }
    return outcome
  }

  private func record(_ run: Run, _ outcome: inout RunOutcome) throws(Diagnostic) {
    let bytes = Array(run.runRecord.pretty.utf8)
    let last = try RunHistory(store: store).ids.last
    let hasWorked = outcome.steps.contains { $0.state == .done || $0.state == .failed }
    if let last, !hasWorked, try store.state("runs/\(last)/run.json") == bytes {
      outcome.id = last
      return
    }
    let id = RunHistory.id((last.flatMap { Int($0) } ?? 0) + 1)
    let steps = outcome.steps.map { step -> JSONValue in
      [
        "kind": .string(step.step.kind.rawValue), "name": .string(step.step.name),
        "state": .string(step.state.rawValue),
        "seconds": step.seconds.map { .number(($0 * 1000).rounded() / 1000) } ?? .null,
      ]
    }
    let files = outcome.files.flatMap { export, files in
      files.map { file -> JSONValue in
        [
          "export": .string(export), "path": .string(file.path), "bytes": .integer(file.bytes),
          "sha256": .string(file.digest),
        ]
      }
    }
    let timing: JSONValue = ["steps": .array(steps), "files": .array(files)]
    try store.writeState(bytes, "runs/\(id)/run.json", isDurable: true)
    try store.writeState(Array(timing.pretty.utf8), "runs/\(id)/timing.json", isDurable: false)
    outcome.id = id
    outcome.isNew = true
  }

  private func findings(of run: Run) throws(Diagnostic) -> [(analysis: String, finding: Finding)] {
    var findings: [(analysis: String, finding: Finding)] = []
    for entry in run.checked.workspace.analyses.entries {
      guard let record = run.stepRecords[StepID(.analysis, entry.name)] else { continue }
      if let result = run.results[entry.name] {
        findings += result.findings.map { (entry.name, $0) }
      } else if let bytes = try store.kept(record.outputs["findings.json"] ?? "") {
        findings += (JSONValue(reading: bytes)?.elements ?? []).compactMap(Finding.init).map { (entry.name, $0) }
      } else {
        throw .warning(
          .damagedCache, "the findings of '\(entry.name)' were damaged and are not shown", hint: "run again")
      }
    }
    return findings
  }
}
