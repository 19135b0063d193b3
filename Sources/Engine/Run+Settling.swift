import EventModel
import JSONText
import Workbench
import WorkspaceFormat

// Taking what steps came to.
extension Run {
  mutating func settle(_ finished: Finished) {
    let step = finished.step
    working.remove(step)
    switch finished.outcome {
    case .success(.source(let table, let record)):
      sourceTables[step.name] = table
      stepRecords[step] = record
      settle(step, .done, eventCount(record.rows), seconds: finished.seconds)
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

  /// Has a step work again whose kept results turned out to be damaged; the step that missed them waits for it.
  private mutating func recover(_ lost: StepID, for step: StepID) {
    recoveries[step, default: 0] += 1
    guard recoveries[step, default: 0] <= scope.count else {
      fail(
        step, .error(.damagedCache, "results of \(lost) were damaged while the run used them", exit: .io), seconds: nil)
      return
    }
    if step.kind == .eventSet { settled[step] = nil }
    if step == lost { forced.insert(step) }
    // Several steps may have missed it; it is at work by now, or has worked.
    guard settled[lost]?.state == .cached else { return }
    forced.insert(lost)
    settled[lost] = nil
    if stepRecords[lost]?.snapshot != nil { return }
    let warning = Diagnostic.warning(
      .damagedCache, "kept results are damaged or gone: it works again", hint: "if this recurs, check the disk")
    report(.warned(lost, warning))
  }

  mutating func take(_ step: StepID, _ record: StepRecord) {
    stepRecords[step] = record
    for warning in record.warnings { report(.warned(step, warning)) }
    let detail =
      switch step.kind {
      case .source: eventCount(record.rows)
      case .eventSet: detail(ofSet: record)
      case .analysis, .export: detail(ofAnalysis: record)
      }
    settle(step, .cached, record.snapshot == nil ? detail : "\(detail), as archived", snapshot: record.snapshot)
  }

  mutating func fail(_ step: StepID, _ error: Diagnostic, seconds: Double?) {
    settle(step, .failed, error.message, seconds: seconds, error: error)
  }

  mutating func settle(
    _ step: StepID, _ state: StepSummary.State, _ detail: String, seconds: Double? = nil, error: Diagnostic? = nil,
    snapshot: String? = nil
  ) {
    let summary = StepSummary(
      step: step, state: state, detail: detail, seconds: seconds, error: error, snapshot: snapshot)
    settled[step] = summary
    report(.stepEnded(summary))
  }

  /// Frees the events of sources whose sets are all in memory or not needed there.
  private mutating func dropSourceTables() {
    for name in sourceTables.keys {
      let isDone = checked.eventSets.allSatisfy {
        !$0.sources.contains(name) || settled[StepID(.eventSet, $0.name)] != nil
      }
      if isDone { sourceTables[name] = nil }
    }
  }
  /// Frees the events of sets that no step has still to read.
  private mutating func dropSetTables() {
    for name in setTables.keys {
      let readers = scope.filter { needs[$0]?.contains(StepID(.eventSet, name)) ?? false }
      if readers.allSatisfy({ settled[$0] != nil }) { setTables[name] = nil }
    }
  }

  private func detail(ofSet record: StepRecord) -> String {
    let read = record.facts["counts"]?.elements.filter { $0["item"] == "read" }
      .reduce(0) { $0 + ($1["count"]?.integer ?? 0) }
    guard let read, read != record.rows else { return eventCount(record.rows) }
    return "\(grouped(record.rows)) of \(eventCount(read))"
  }
  private func detail(ofAnalysis record: StepRecord) -> String {
    let rows = record.facts["rows"]?.members ?? []
    let findings = record.facts["findings"]?.integer ?? 0
    let tables = rows.map { "\($0.key) \(grouped($0.value.integer ?? 0)) \($0.value == 1 ? "row" : "rows")" }
    return (tables + [findings == 1 ? "1 finding" : "\(findings) findings"]).joined(separator: ", ")
  }
  func detail(of files: [ExportedFile]) -> String {
    files.count == 1 ? "\(files[0].path)" : "\(files.count) files"
  }

  /// The record of the run as far as it has come: sources, event sets and analyses.
  var runRecord: JSONValue {
    engine.runRecord(
      checked, preparation, records: stepRecords,
      failed: settled.filter { $0.value.state != .done && $0.value.state != .cached },
      scope: scope)
  }
  var countsTable: ResultTable { engine.countsTable(checked, records: stepRecords) }
}

private func eventCount(_ count: Int) -> String { count == 1 ? "1 event" : "\(grouped(count)) events" }
