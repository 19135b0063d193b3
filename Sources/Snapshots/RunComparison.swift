import DelimitedText
public import JSONText
public import Workbench

/// A run as it is compared with another: one of a workspace, or one in a snapshot.
public struct ComparedRun: Sendable {
  /// What it is called.
  public var name: String
  /// The content of its `run.json`.
  public var record: JSONValue
  /// What an analysis came to; nil where that is not kept.
  public var result: @Sendable (_ analysis: String) throws(Diagnostic) -> AnalysisResult?
  /// Makes one.
  public init(
    name: String, record: JSONValue, result: @escaping @Sendable (String) throws(Diagnostic) -> AnalysisResult?
  ) {
    self.name = name
    self.record = record
    self.result = result
  }
}

/// What is different between two runs: parameters, sources by their digest, counts, tables row by row, findings.
public struct RunComparison: Sendable {
  /// Something said of a step that is not the same.
  public struct Fact: Sendable, Hashable {
    /// What it is about: `workspace`, or a step as `analysis incidents`.
    public var subject: String
    /// What of it: `parameters.period`, `input data/events.csv`.
    public var aspect: String
    /// What it was; null where there was none.
    public var old: JSONValue
    /// What it is; null where there is none.
    public var new: JSONValue
  }
  /// A table that is not the same.
  public struct Table: Sendable {
    /// The analysis.
    public var analysis: String
    /// The table.
    public var name: String
    /// How it differs; nil where the rows of either are not kept.
    public var comparison: TableComparison?
  }
  /// What the workspace and its steps were told, and what they read, that differs.
  public private(set) var facts: [Fact] = []
  /// The tables that differ.
  public private(set) var tables: [Table] = []
  /// How many tables are the same.
  public private(set) var sameTables = 0
  /// Findings in the new run alone, each with its analysis.
  public private(set) var newFindings: [(analysis: String, sentence: String)] = []
  /// Findings in the old run alone.
  public private(set) var goneFindings: [(analysis: String, sentence: String)] = []
  /// Whether the runs came to the same from the same.
  public var isEmpty: Bool { facts.isEmpty && tables.isEmpty && newFindings.isEmpty && goneFindings.isEmpty }

  /// Compares two runs.
  public init(_ old: ComparedRun, _ new: ComparedRun) throws(Diagnostic) {
    add("workspace", "", old.record["workspace"] ?? .null, new.record["workspace"] ?? .null)
    add("program", "casus", old.record["casus"] ?? .null, new.record["casus"] ?? .null)
    for (list, kind) in [("sources", "source"), ("events", "event set"), ("analyses", "analysis")] {
      let (before, after) = (steps(old.record[list]), steps(new.record[list]))
      for name in after.names + before.names.filter({ after.byName[$0] == nil }) {
        let subject = "\(kind) \(name)"
        guard let one = before.byName[name], let other = after.byName[name] else {
          facts.append(
            Fact(
              subject: subject, aspect: "", old: before.byName[name] == nil ? .null : "there",
              new: after.byName[name] == nil ? .null : "there"))
          continue
        }
        for aspect in Self.aspects { add(subject, aspect, one[aspect] ?? .null, other[aspect] ?? .null) }
        addInputs(subject, one["inputs"], other["inputs"])
        addCounts(subject, one["counts"], other["counts"])
        if kind == "analysis", one["results"] != other["results"] {
          try addTables(of: name, old, new, one["results"], other["results"])
        } else if kind == "analysis" {
          sameTables += (one["rows"]?.members ?? []).count
        }
      }
    }
  }
  /// What a record says of a step that is compared as it stands.
  private static let aspects = [
    "state", "plugin", "version", "behaviour", "parameters", "from", "where", "sources", "filter", "group_actors",
    "deduplicate", "release", "accessed", "events", "direction", "ontology", "redistribute",
  ]

  private func steps(_ list: JSONValue?) -> (names: [String], byName: [String: JSONValue]) {
    let steps = (list?.elements ?? []).compactMap { step in step["name"]?.text.map { ($0, step) } }
    return (steps.map(\.0), Dictionary(steps, uniquingKeysWith: { $1 }))
  }

  /// Notes what differs between two values, member by member.
  private mutating func add(_ subject: String, _ aspect: String, _ old: JSONValue, _ new: JSONValue) {
    guard old != new else { return }
    guard case .object = old, case .object = new else {
      facts.append(Fact(subject: subject, aspect: aspect, old: old, new: new))
      return
    }
    var names = new.members.map(\.key)
    names += old.members.map(\.key).filter { new[$0] == nil }
    for name in names {
      add(subject, aspect.isEmpty ? name : "\(aspect).\(name)", old[name] ?? .null, new[name] ?? .null)
    }
  }
  private mutating func addInputs(_ subject: String, _ old: JSONValue?, _ new: JSONValue?) {
    func digests(_ list: JSONValue?) -> JSONValue {
      .object(
        Dictionary(
          (list?.elements ?? []).map { ($0["path"]?.text ?? "", $0["sha256"] ?? .null) }, uniquingKeysWith: { $1 }))
    }
    add(subject, "input", digests(old), digests(new))
  }
  private mutating func addCounts(_ subject: String, _ old: JSONValue?, _ new: JSONValue?) {
    func counts(_ list: JSONValue?) -> JSONValue {
      .object(
        Dictionary(
          (list?.elements ?? []).map { count in
            let source = count["source"]?.text.map { "\($0): " } ?? ""
            return ("\(source)\(count["item"]?.text ?? "")", count["count"] ?? .null)
          }, uniquingKeysWith: { $1 }))
    }
    add(subject, "count", counts(old), counts(new))
  }

  private mutating func addTables(
    of analysis: String, _ old: ComparedRun, _ new: ComparedRun, _ before: JSONValue?, _ after: JSONValue?
  ) throws(Diagnostic) {
    let (one, other) = (try old.result(analysis), try new.result(analysis))
    let lists = ["findings.json", "charts.json", "schemas.json"]
    let names = (after?.members ?? []).map(\.key) + (before?.members ?? []).map(\.key).filter { after?[$0] == nil }
    for name in names where !lists.contains(name) {
      guard before?[name] != after?[name] else {
        sameTables += 1
        continue
      }
      let comparison = one?[name].flatMap { old in other?[name].map { TableComparison(old, $0) } }
      tables.append(Table(analysis: analysis, name: name, comparison: comparison))
    }
    let (said, says) = (one?.findings.map(\.sentence) ?? [], other?.findings.map(\.sentence) ?? [])
    newFindings += says.filter { !said.contains($0) }.map { (analysis, $0) }
    goneFindings += said.filter { !says.contains($0) }.map { (analysis, $0) }
  }
}

extension Snapshot {
  /// The run in a snapshot, to be compared.
  public func compared(as name: String) throws(Diagnostic) -> ComparedRun {
    let snapshot = self
    return ComparedRun(name: name, record: try record) { (analysis) throws(Diagnostic) -> AnalysisResult? in
      guard try snapshot.analyses.contains(analysis) else { return nil }
      let result = try snapshot.result(of: analysis)
      var tables: [ResultTable] = []
      for schema in (result["tables"]?.elements ?? []).compactMap(TableSchema.init) {
        guard let file = try snapshot.table(schema.name, of: analysis) else { return nil }
        tables.append(try ResultTable(reading: file, schema: schema))
      }
      return AnalysisResult(tables: tables, findings: (result["findings"]?.elements ?? []).compactMap(Finding.init))
    }
  }
}
