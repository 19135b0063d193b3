import BuiltinPlugins
import EventModel
import FileStore
import Foundation
import JSONText
import ProcessPlugins
import Synchronization
import Workbench
import WorkspaceFormat
import Engine

/// A folder in which a plugin is tried on invented events; gone when it is abandoned.
struct PluginBench {
  let folder: NewFolder
  let parameters: ConfigNode
  let isCancelled: @Sendable () -> Bool
  /// The id of a program under trial.
  static let id = "under-trial"

  init(parameters yaml: String, isCancelled: @escaping @Sendable () -> Bool) throws(Diagnostic) {
    let document = YAMLDocument(Array(yaml.utf8), name: "--with")
    if let problem = document.problems.first { throw problem }
    parameters = document.root ?? .emptyMap(at: SourceLocation(file: "--with"))
    self.isCancelled = isCancelled
    let temporary = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    folder = try NewFolder(
      "\(temporary)/casus-plugin-\(ProcessInfo.processInfo.processIdentifier)", workspaceFile: "workspace.yaml")
  }

  /// A context whose progress is counted.
  func context(
    progress: Collected = Collected(), isCancelled: (@Sendable () -> Bool)? = nil
  ) -> RunContext {
    RunContext(
      files: folder.store, seed: 1,
      services: RunContext.Services(
        workers: DispatchWorkers(count: ProcessInfo.processInfo.activeProcessorCount),
        isCancelled: isCancelled ?? self.isCancelled, progress: { _ in progress.count() }))
  }
  /// How often something was reported.
  final class Collected: Sendable {
    private let number = Mutex(0)
    func count() { number.withLock { $0 += 1 } }
    var all: Int { number.withLock { $0 } }
  }

  /// Invented events: directed, CAMEO-coded, a few every day, with every column but the record.
  static func events(_ count: Int) -> EventTable {
    let days = (0..<count).map { Day(daysSinceEpoch: Int32(18_000 + $0 * 700 / max(1, count))) }
    let actors = (0..<8).map { "Actor \($0)" }
    let codes = ["042", "051", "112", "138", "190", "194"]
    let scores: [Int32] = [19, 34, -20, -70, -100, -100]
    let quads: [UInt8] = [1, 1, 3, 3, 4, 4]
    func coded(_ labels: [String], _ code: (Int) -> Int) -> EventTable.Values {
      .codes(CodedColumn(codes: Column((0..<count).map { UInt32(code($0)) }), labels: labels))
    }
    func integers(_ value: (Int) -> Int) -> EventTable.Values {
      .integers(Column((0..<count).map { Int32(value($0)) }))
    }
    func reals(_ value: (Int) -> Double) -> EventTable.Values { .reals(Column((0..<count).map(value))) }
    let ids = TextColumn((0..<count).map { "e\($0)" as String? })
    return EventTable(
      count: count,
      columns: [
        .id: .text(ids), .firstDay: .days(Column(days)), .lastDay: .days(Column(days)),
        .datePrecision: .bytes(Column([UInt8](repeating: DatePrecision.day.rawValue, count: count))),
        .actor1: coded(actors) { $0 * 7 % 8 }, .actor2: coded(actors) { ($0 * 7 + 1 + $0 / 8 % 7) % 8 },
        .eventClass: coded(codes) { $0 * 5 % 6 },
        .goldstein: .scores(Column((0..<count).map { GoldsteinScore(tenths: scores[$0 * 5 % 6]) })),
        .quadClass: .bytes(Column((0..<count).map { quads[$0 * 5 % 6] })),
        .incidents: integers { 1 + $0 % 3 }, .incidentsLow: integers { _ in 1 },
        .incidentsHigh: integers { 1 + $0 % 5 },
        .fatalitiesLow: integers { $0 % 4 }, .fatalitiesBest: integers { $0 % 5 },
        .fatalitiesHigh: integers { $0 % 5 + 2 }, .latitude: reals { 33 + Double($0 % 50) / 10 },
        .longitude: reals { 70 + Double($0 % 30) / 10 },
        .geoPrecision: .bytes(Column((0..<count).map { UInt8(1 + $0 % 3) })),
        .country: coded(["AFG", "PAK"]) { $0 % 2 }, .admin1: coded(["North", "South", "East"]) { $0 % 3 },
        .place: coded(["Alpha", "Beta", "Gamma, upper", "\"Delta\""]) { $0 % 4 },
        .about: coded(["aid", "borders"]) { $0 % 2 }, .reports: integers { 1 + $0 % 9 },
        .outlet: coded(["Agency"]) { _ in 0 }, .confidence: reals { Double($0 % 10) / 10 },
      ], direction: .directed, ontology: "cameo",
      coverage: [Coverage(source: "invented", from: Day(daysSinceEpoch: 18_000), to: Day(daysSinceEpoch: 18_700))])
  }

  /// Makes the plugin from its parameters.
  func instance(of entry: PluginEntry) throws(Diagnostic) -> PluginInstance {
    let made = entry.make(parameters)
    if let problem = made.outcome.problems.first { throw problem }
    guard let instance = made.instance else {
      throw .error(.noTrial, "'\(entry.manifest.id)' cannot be made from these parameters")
    }
    return instance
  }

  /// What the plugin gives for events, as text that can be compared.
  func run(_ entry: PluginEntry, on events: EventTable, in context: RunContext) async throws(Diagnostic) -> String {
    switch try instance(of: entry) {
    case .source(let source):
      let schema = try await source.schema(in: context)
      let events = try await source.read(schema.columns, in: context)
      return "\(events)"
    case .analyzer(let analyzer):
      let analyses = try await self.analyses(for: analyzer.needs, on: events, in: context)
      let result = try await analyzer.analyze(
        AnalysisInput(events: analyzer.needs.given(events), analyses: analyses), in: context)
      guard result.tables.map(\.schema) == analyzer.yields else {
        throw .error(.noTrial, "the tables are not those that were promised", exit: .plugin)
      }
      // Findings and charts as records show them: a dictionary is printed in another order each time.
      let shown = (result.findings.map(\.json) + result.charts.map(\.json)).map(\.compact)
      return "\(result.tables.map { table in (0..<table.count).map { table.row($0) } }) \(shown)"
    case .exporter(let exporter):
      let sets = [RunResults.NamedEventSet(name: "all", events: events.keeping(exporter.columns))]
      let panel = Needs.TableNeed(plugin: "panel", table: "panel")
      let analyses = try await self.analyses(for: Needs(events: nil, tables: [panel]), on: events, in: context)
      let counts = ResultTable.Builder(
        TableSchema("event-sets", "None.", keys: [], columns: [ColumnSchema("count", .integer, "none")]))
      let results = RunResults(
        workspace: WorkspaceDescription(name: "trial"), eventSets: exporter.columns.isEmpty ? [] : sets,
        analyses: analyses, counts: counts.finish(), record: [:], files: [], citations: [])
      let transaction = try folder.store.beginExport(
        to: "out", shape: entry.exportShape ?? .folder, protecting: [], allowOutside: false)
      do throws(Diagnostic) {
        try await exporter.export(results, to: transaction, in: context)
        return try transaction.commit(replacing: []).map { "\($0.path) \($0.bytes) \($0.digest)" }.joined(
          separator: "\n")
      } catch {
        transaction.abandon()
        throw error
      }
    }
  }

  /// The analyses whose tables a plugin needs, by plugins shipped with their defaults.
  private func analyses(
    for needs: Needs, on events: EventTable, in context: RunContext
  ) async throws(Diagnostic) -> [NamedAnalysis] {
    var analyses: [NamedAnalysis] = []
    for plugin in Set(needs.tables.map(\.plugin)).sorted() {
      let made = builtinPlugins[plugin, .analyzer]?.make(.emptyMap(at: SourceLocation(file: "")))
      guard case .analyzer(let analyzer)? = made?.instance, analyzer.needs.tables.isEmpty else {
        throw .error(.noTrial, "the tables of '\(plugin)' that it needs cannot be made here")
      }
      let input = AnalysisInput(events: analyzer.needs.given(events))
      let result = try await analyzer.analyze(input, in: context.quiet)
      analyses.append(NamedAnalysis(name: plugin, plugin: plugin, result: result))
    }
    return analyses
  }
}

extension RunContext {
  /// The same files and workers, and nobody to hear of progress.
  fileprivate var quiet: RunContext {
    RunContext(
      files: files, seed: 1,
      services: Services(workers: DispatchWorkers(count: workerCount)))
  }
}

extension Needs {
  /// The events as a run hands them over: the columns needed, and the optional ones.
  fileprivate func given(_ table: EventTable) -> EventTable {
    guard let events else { return EventTable(count: 0, columns: [:], direction: .undirected) }
    return table.keeping(events.columns.union(optional))
  }
}
