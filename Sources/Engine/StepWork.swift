import EventModel
import JSONText
public import Workbench
import WorkspaceFormat

/// Why a step did not come to its end.
enum StepFailure: Error {
  /// It cannot be done.
  case problem(Diagnostic)
  /// Results of an earlier step, which were kept, are damaged or gone: that step must work again.
  case lost(StepID)
}

/// What a step of one kind came to.
enum StepOutcome: Sendable {
  case source(EventTable, StepRecord)
  case eventSet(EventTable, StepRecord)
  case analysis(AnalysisResult, StepRecord)
  case export([ExportedFile])
}

/// A source's events: in memory, or kept column by column.
enum SourceEvents: Sendable {
  case inMemory(EventTable)
  case kept(StepRecord)
}
/// An analysis's result: in memory, or kept table by table.
enum AnalysisEvents: Sendable {
  case inMemory(AnalysisResult)
  case kept(StepRecord)
}

extension Engine {
  func read(
    _ source: SourceStep, _ inputs: StepInputs, _ columns: EventColumns, schema: EventSchema, earlier: StepRecord?,
    context: RunContext, warnings: Collected<Diagnostic>
  ) async throws(StepFailure) -> StepOutcome {
    do throws(Diagnostic) {
      let (events, record) = try await readAndKeep(
        source, inputs, columns, schema: schema, earlier: earlier, context: context, warnings: warnings)
      return .source(events, try await checkExpectations(of: source, events, record, context))
    } catch {
      throw .problem(source.plugin.located(error))
    }
  }

  /// Reads a source and keeps its columns.
  func readAndKeep(
    _ source: SourceStep, _ inputs: StepInputs, _ columns: EventColumns, schema: EventSchema, earlier: StepRecord?,
    context: RunContext, warnings: Collected<Diagnostic>
  ) async throws(Diagnostic) -> (events: EventTable, record: StepRecord) {
    let events = try await source.plugin.instance.read(columns.union(.dates), in: context)
    try context.checkCancellation()
    var digests: [String] = []
    for file in inputs.files { digests.append(try store.digestAsRead(of: file.path)) }
    try source.checkPin(digests)
    try check(events, of: source, columns, schema)
    let outputs = try keep(events.keeping(columns), context)
    let record = StepRecord(
      key: sourceKey(source, inputs, digests: digests), outputs: outputs, rows: events.count,
      facts: StepRecord.facts(schema), warnings: warnings.all
    ).joining(earlier)
    try records.keep(record, of: .source)
    return (events, record)
  }

  /// A source gives the columns and the direction that it promised when the run was planned.
  private func check(
    _ events: EventTable, of source: SourceStep, _ columns: EventColumns, _ promised: EventSchema
  ) throws(Diagnostic) {
    let missing = columns.intersection(promised.columns).subtracting(events.columns)
    guard !missing.isEmpty || events.direction != promised.direction || events.ontology != promised.ontology else {
      return
    }
    throw .error(
      .brokenPromise, "'\(source.plugin.entry.manifest.id)' gave other events than it promised",
      hint: "if the file was not changed meanwhile, this is a fault of the plugin: tell its author",
      notes: missing.columns.map { "missing: '\($0.name)'" }, exit: .plugin)
  }

  /// Keeps every column of a table and returns their digests by name.
  private func keep(_ events: EventTable, _ context: RunContext) throws(Diagnostic) -> [String: String] {
    let columns = events.columns.columns
    let store = store
    let digests = try context.concurrentMap(columns.count) { (index: Int) throws(Diagnostic) -> String in
      try context.checkCancellation()
      guard let values = events[columns[index]] else { return "" }
      return try store.keep { (take) throws(Diagnostic) in try values.encode(to: take) }
    }
    return Dictionary(uniqueKeysWithValues: zip(columns.map(\.name), digests))
  }

  func load(
    _ source: String, _ record: StepRecord, _ columns: EventColumns, _ context: RunContext
  ) throws(StepFailure) -> EventTable {
    let wanted = columns.union(.dates).intersection(record.columns).columns
    let store = store
    let parts: [EventTable.Values?]
    do throws(Diagnostic) {
      parts = try context.concurrentMap(wanted.count) { (index: Int) throws(Diagnostic) -> EventTable.Values? in
        guard let bytes = try store.kept(record.outputs[wanted[index].name] ?? "") else { return nil }
        return try? EventTable.Values(bytes, kind: wanted[index].kind)
      }
    } catch {
      throw .problem(error)
    }
    guard let schema = record.schema, !parts.contains(where: { $0?.count != record.rows }) else {
      throw .lost(StepID(.source, source))
    }
    return EventTable(
      count: record.rows,
      columns: Dictionary(uniqueKeysWithValues: zip(wanted, parts.compactMap { $0 })), direction: schema.direction,
      ontology: schema.ontology)
  }

  func assemble(
    _ set: EventSetStep, _ checked: CheckedWorkspace, _ preparation: Preparation, key: StepKey,
    sources: [(name: String, events: SourceEvents, record: StepRecord)], context: RunContext,
    warnings: Collected<Diagnostic>
  ) throws(StepFailure) -> StepOutcome {
    let columns = preparation.requirements.ofSet[set.name] ?? []
    var tables: [(source: String, events: EventTable)] = []
    for source in sources {
      let events: EventTable
      switch source.events {
      case .inMemory(let table): events = table
      case .kept(let record): events = try load(source.name, record, columns, context)
      }
      tables.append((source.name, events.keeping(columns)))
    }
    var covers: [String: CoverageEntry] = [:]
    var accessed: [String: Day] = [:]
    for source in checked.sources {
      covers[source.name] = source.entry.covers
      accessed[source.name] = source.entry.cite?.accessed
    }
    let actorsAreWanted = !columns.isDisjoint(with: .actors)
    let assembly = EventSetAssembly(
      step: set, actors: actorsAreWanted ? preparation.actors?.table : nil, covers: covers, accessed: accessed)
    var result = assembly.assemble(tables)
    for source in set.sources where preparation.skipped[source] != nil {
      result.counts.insert(SetCount(source: source, item: "skipped: its file is missing", count: 0), at: 0)
    }
    for warning in result.warnings { context.warn(warning) }
    let events = result.events.keeping(columns)
    // A set that is its one source as it is has that source's digests; any other has its own.
    let outputs: [String: String]
    if assembly.isIdentity(actorsAreWanted: actorsAreWanted), let only = sources.first,
      events.count == only.record.rows
    {
      let held = Set(events.columns.columns.map(\.name))
      outputs = only.record.outputs.filter { held.contains($0.key) }
    } else {
      do throws(Diagnostic) {
        let held = events.columns.columns
        let digests = try context.concurrentMap(held.count) { (index: Int) throws(Diagnostic) -> String in
          try context.checkCancellation()
          guard let values = events[held[index]] else { return "" }
          return try sha256 { (take) throws(Diagnostic) in try values.encode(to: take) }
        }
        outputs = Dictionary(uniqueKeysWithValues: zip(held.map(\.name), digests))
      } catch {
        throw .problem(error)
      }
    }
    var facts = StepRecord.facts(events.schema)
    facts["coverage"] = .array(
      events.coverage.map {
        ["source": .string($0.source), "from": .string("\($0.from)"), "to": .string("\($0.to)")]
      })
    facts["counts"] = .array(
      result.counts.map {
        ["source": $0.source.map { .string($0) } ?? .null, "item": .string($0.item), "count": .integer($0.count)]
      })
    facts["actor_kinds"] = .object(events.actorKinds.mapValues { .string($0.rawValue) })
    if !events.actorChanges.isEmpty {
      facts["actor_changes"] = .object(
        events.actorChanges.mapValues { days in .array(days.map { .string($0.description) }) })
    }
    do throws(Diagnostic) {
      if let merges = result.merges?.canonical {
        let digest = try store.keep { (take) throws(Diagnostic) in try merges.encode(to: take) }
        facts["merges"] = ["rows": .integer(merges.count), "sha256": .string(digest)]
      }
      let record = StepRecord(key: key, outputs: outputs, rows: events.count, facts: facts, warnings: warnings.all)
      try records.keep(record, of: .eventSet)
      return .eventSet(events, record)
    } catch {
      throw .problem(error)
    }
  }
}

extension DiagnosticKind {
  static let wrongPin = DiagnosticKind(
    "run.wrong-pin", "A source's file is not the one that the workspace pins.",
    "`pin: sha256:...` says which bytes the workspace was made for. Publishers reissue files: look at what changed, then "
      + "pin the new digest.")
  static let brokenPromise = DiagnosticKind(
    "run.broken-promise", "A plugin gave something else than it promised.",
    "An analyzer must give exactly the tables it declares, so that plans can be checked. This is a fault of the plugin."
  )

  /// The kinds that steps can report.
  public static let runKinds = [wrongPin, pinOfSeveral, brokenPromise, damagedCache, unmetExpectation]
}
