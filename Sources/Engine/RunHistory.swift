public import JSONText
public import Workbench

/// The runs that a workspace remembers.
public struct RunHistory: Sendable {
  private let store: any WorkspaceStore
  /// Looks into the state of a workspace.
  public init(store: any WorkspaceStore) { self.store = store }

  /// The numbers of the runs, oldest first; what else lies in their folder is not ours.
  public var ids: [String] {
    get throws(Diagnostic) {
      try store.stateNames(in: "runs").filter { Self.id(Int($0) ?? 0) == $0 }.sorted {
        ($0.utf8.count, $0) < ($1.utf8.count, $1)
      }
    }
  }
  /// A run's number as it is written: `0003`.
  public static func id(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
  /// The record of a run: the content of its `run.json`.
  public func record(_ id: String) throws(Diagnostic) -> JSONValue {
    let known = try ids
    guard known.contains(id) else {
      throw .error(
        .unknownRun, "there is no run '\(id)'",
        hint: known.isEmpty ? "run `casus run` first" : "known: \(known.suffix(5).joined(separator: ", "))",
        exit: .usage)
    }
    guard let bytes = try store.state("runs/\(id)/run.json"), let record = JSONValue(reading: bytes) else {
      throw .error(.damagedRun, "the record of run '\(id)' is damaged", hint: "run `casus run` for a new one")
    }
    return record
  }
  /// How long the steps of a run took and which files it wrote; null where that is not known.
  public func timing(_ id: String) throws(Diagnostic) -> JSONValue {
    try store.state("runs/\(id)/timing.json").flatMap(JSONValue.init(reading:)) ?? .null
  }
  /// What an analysis of a run came to; nil where its results are no longer kept.
  public func result(of analysis: String, in record: JSONValue) throws(Diagnostic) -> AnalysisResult? {
    let entry = record["analyses"]?.elements.first { $0["name"]?.text == analysis }
    guard let results = entry?["results"] else { return nil }
    guard let schemas = try kept(results["schemas.json"])?.elements.map(TableSchema.init),
      let findings = try kept(results["findings.json"])?.elements,
      let charts = try kept(results["charts.json"])?.elements
    else { return nil }
    var tables: [ResultTable] = []
    for schema in schemas {
      guard let schema, let bytes = try store.kept(results[schema.name]?.text ?? ""),
        let table = try? ResultTable(bytes, schema: schema)
      else { return nil }
      tables.append(table)
    }
    return AnalysisResult(
      tables: tables, findings: findings.compactMap(Finding.init), charts: charts.compactMap(Chart.init))
  }
  /// What the analyses of a run found, as far as that is still kept; in workspace order.
  public func findings(in record: JSONValue) throws(Diagnostic) -> [(analysis: String, finding: Finding)] {
    var findings: [(analysis: String, finding: Finding)] = []
    for entry in record["analyses"]?.elements ?? [] {
      guard let name = entry["name"]?.text else { continue }
      findings += (try kept(entry["results"]?["findings.json"])?.elements ?? []).compactMap(Finding.init).map {
        (name, $0)
      }
    }
    return findings
  }
  /// What became of the events of an event set of a run, and its merges if it merges records; nil where these are no
  /// longer kept, or the run has no such set.
  public func tables(ofSet set: String, in record: JSONValue) throws(Diagnostic) -> [ResultTable]? {
    guard let entry = record["events"]?.elements.first(where: { $0["name"]?.text == set }) else { return nil }
    var builder = ResultTable.Builder(eventSetCounts)
    builder.append(entry["counts"], of: set)
    let counts = builder.finish()
    guard let facts = entry["merges"] else { return [counts] }
    return try store.merges(facts).map { [counts, $0] }
  }
  /// The snapshot that the results of a step came in; nil where they were computed here, or are no longer known.
  public func snapshot(of analysis: String, in record: JSONValue) throws(Diagnostic) -> String? {
    let entry = record["analyses"]?.elements.first { $0["name"]?.text == analysis }
    guard let key = entry?["key"]?.text else { return nil }
    return try StepRecords(store: store).record(.analysis, digest: key)?.snapshot
  }
  private func kept(_ digest: JSONValue?) throws(Diagnostic) -> JSONValue? {
    try store.kept(digest?.text ?? "").flatMap(JSONValue.init(reading:))
  }
}

extension DiagnosticKind {
  static let unknownRun = DiagnosticKind(
    "runs.unknown", "There is no run of that number.", "`casus runs` lists the runs of a workspace.")
  static let damagedRun = DiagnosticKind(
    "runs.damaged", "The record of a run cannot be read.",
    "A record is written whole or not at all, so the disk or someone else has changed it. Running again makes a new one."
  )

  /// The kinds that looking at earlier runs can report.
  public static let historyKinds = [unknownRun, damagedRun]

  /// The kinds that the engine can report.
  public static let engineKinds =
    checkerKinds + eventSetKinds + planKinds + runKinds + historyKinds + actorTableKinds + traceKinds
    + citationKinds + adoptionKinds
}
