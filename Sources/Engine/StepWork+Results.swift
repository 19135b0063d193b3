import EventModel
import JSONText
import Workbench
import WorkspaceFormat

// The work of analyses and of exports.
extension Engine {
  func analyze(
    _ analysis: AnalysisStep, _ checked: CheckedWorkspace, _ preparation: Preparation, key: StepKey,
    events: EventTable?, analyses: [(name: String, result: AnalysisEvents)], context: RunContext,
    warnings: Collected<Diagnostic>
  ) async throws(StepFailure) -> StepOutcome {
    var named: [NamedAnalysis] = []
    for input in analyses {
      var loaded = try load(input.name, input.result, checked)
      // What the key does not count, the analyzer must not see.
      let wanted = analysis.plugin.instance.needs.tables.filter { $0.plugin == loaded.plugin }.map(\.table)
      loaded.result = AnalysisResult(
        tables: loaded.result.tables.filter { wanted.contains($0.schema.name) }, findings: [], charts: [])
      named.append(loaded)
    }
    do throws(Diagnostic) {
      var given = events ?? EventTable(count: 0, columns: [:], direction: .undirected)
      if let filter = analysis.filter {
        for (key, name, known) in filter.unmatched(in: given) {
          context.warn(
            .warning(
              .noSuchName, "no event has '\(name)', which '\(key)' of analysis '\(analysis.name)' names",
              hint: nearestName(to: name, among: known).map { "did you mean '\($0)'?" }))
        }
        given = filter.apply(to: given).events
      }
      given = given.keeping(preparation.requirements.ofAnalysis[analysis.name] ?? [])
      var result = try await analysis.plugin.instance.analyze(
        AnalysisInput(events: given, analyses: named), in: context)
      try context.checkCancellation()
      try check(result, of: analysis)
      result.tables = result.tables.map(\.canonical)
      let (store, made) = (store, result.tables)
      var outputs: [String: String] = [:]
      let tables = try context.concurrentMap(made.count) { (index: Int) throws(Diagnostic) -> String in
        try store.keep { (take) throws(Diagnostic) in try made[index].encode(to: take) }
      }
      for (table, digest) in zip(result.tables, tables) { outputs[table.schema.name] = digest }
      outputs["findings.json"] = try store.keep(Array(JSONValue.array(result.findings.map(\.json)).compact.utf8))
      outputs["charts.json"] = try store.keep(Array(JSONValue.array(result.charts.map(\.json)).compact.utf8))
      outputs["schemas.json"] = try store.keep(Array(JSONValue.array(promised(by: analysis)).compact.utf8))
      let rows = Dictionary(uniqueKeysWithValues: result.tables.map { ($0.schema.name, JSONValue.integer($0.count)) })
      let record = StepRecord(
        key: key, outputs: outputs, rows: result.tables.first?.count ?? 0,
        facts: ["rows": .object(rows), "findings": .integer(result.findings.count)], warnings: warnings.all)
      try records.keep(record, of: .analysis)
      return .analysis(result, record)
    } catch {
      throw .problem(analysis.plugin.located(error))
    }
  }

  private func promised(by analysis: AnalysisStep) -> [JSONValue] { analysis.plugin.instance.yields.map(\.json) }

  /// An analyzer gives the tables that it promised, in their order.
  private func check(_ result: AnalysisResult, of analysis: AnalysisStep) throws(Diagnostic) {
    let promised = analysis.plugin.instance.yields
    guard result.tables.map(\.schema) != promised else { return }
    throw .error(
      .brokenPromise,
      "'\(analysis.plugin.entry.manifest.id)' gave the tables \(result.tables.map(\.schema.name)), not \(promised.map(\.name)) as it promised",
      hint: "this is a fault of the plugin: tell its author", exit: .plugin)
  }

  /// An analysis by name, read back where it is not in memory.
  func load(_ name: String, _ result: AnalysisEvents, _ checked: CheckedWorkspace) throws(StepFailure) -> NamedAnalysis
  {
    guard let step = checked.analysis(name) else { throw .lost(StepID(.analysis, name)) }
    let plugin = step.plugin.entry.manifest.id
    switch result {
    case .inMemory(let result): return NamedAnalysis(name: name, plugin: plugin, result: result)
    case .kept(let record):
      let loaded: AnalysisResult?
      do throws(Diagnostic) {
        loaded = try loadResult(record, step.plugin.instance.yields)
      } catch {
        throw .problem(error)
      }
      guard let loaded else { throw .lost(StepID(.analysis, name)) }
      return NamedAnalysis(name: name, plugin: plugin, result: loaded)
    }
  }

  /// A kept result; nil where any part of it is damaged or gone.
  func loadResult(_ record: StepRecord, _ schemas: [TableSchema]) throws(Diagnostic) -> AnalysisResult? {
    var tables: [ResultTable] = []
    for schema in schemas {
      guard let bytes = try store.kept(record.outputs[schema.name] ?? ""),
        let table = try? ResultTable(bytes, schema: schema)
      else { return nil }
      tables.append(table)
    }
    guard let findings = try store.kept(record.outputs["findings.json"] ?? "").flatMap(JSONValue.init(reading:)),
      let charts = try store.kept(record.outputs["charts.json"] ?? "").flatMap(JSONValue.init(reading:))
    else { return nil }
    return AnalysisResult(
      tables: tables, findings: findings.elements.compactMap(Finding.init),
      charts: charts.elements.compactMap(Chart.init))
  }

  func export(
    _ export: ExportStep, _ checked: CheckedWorkspace, _ preparation: Preparation, key: StepKey, results: RunResults,
    analyses: [(name: String, result: AnalysisEvents)], sources: [String: StepRecord], earlier: [ExportedFile],
    allowOutside: Bool, context: RunContext
  ) async throws(StepFailure) -> StepOutcome {
    var results = results
    for input in analyses { results.analyses.append(try load(input.name, input.result, checked)) }
    results.evidence = try await evidence(
      behind: results.analyses.flatMap(\.result.findings), most: export.plugin.instance.eventsPerFinding, checked,
      sources, context)
    do throws(Diagnostic) {
      guard let shape = export.plugin.entry.exportShape else { return .export([]) }
      let transaction = try store.beginExport(
        to: export.to.value, shape: shape, protecting: protected(checked, preparation), allowOutside: allowOutside)
      do throws(Diagnostic) {
        try await export.plugin.instance.export(results, to: transaction, in: context)
        try context.checkCancellation()
        let files = try transaction.commit(replacing: earlier)
        try records.keep(ExportRecord(key: key, files: files), of: export)
        return .export(files)
      } catch {
        transaction.abandon()
        throw error
      }
    } catch {
      var located = error.parameter == nil ? error : export.plugin.located(error)
      if located.location == nil, located.exit != .interrupted { located.location = export.to.location }
      throw .problem(located)
    }
  }
}
