import EventModel
public import Workbench
import WorkspaceFormat

extension DiagnosticKind {
  static let missingColumns = DiagnosticKind(
    "plan.missing-columns", "A step needs columns that its events do not have.",
    "An event set has the columns that all of its sources have. Map the file's own headers with `columns:`, or choose a "
      + "source that has what the step needs.")
  static let needsDirection = DiagnosticKind(
    "plan.needs-direction", "A step needs to know who acted on whom, and its events do not say.",
    "UCDP and ACLED record two sides without saying who acted; GDELT, ICEWS and hand-coded CAMEO data do. A union is "
      + "directed only if all of its sources are. For a csv source whose actor1 acts on actor2 write `directed: true`.")
  static let emptyEventSet = DiagnosticKind(
    "plan.empty-event-set", "An event set has no source left.",
    "All of its sources are optional and their files are missing. It and what reads it are skipped.")
  static let skippedSource = DiagnosticKind(
    "plan.skipped-source", "A source is skipped, because its file is missing.",
    "The workspace says `optional: true` of it, so the run goes on without it. The run's record and the counts of the "
      + "event sets say so.")

  /// The kinds that planning can report.
  public static let planKinds = [missingColumns, needsDirection, emptyEventSet, skippedSource]
}

/// Which columns each source must read, each event set must hold and each analysis is given.
struct Requirements: Sendable {
  private(set) var ofSource: [String: EventColumns] = [:]
  private(set) var ofSet: [String: EventColumns] = [:]
  private(set) var ofAnalysis: [String: EventColumns] = [:]
  private(set) var schemaOfSet: [String: EventSchema] = [:]
  private(set) var problems: [Diagnostic] = []

  /// Works out what is needed; problems are told where the workspace asks for what is not there.
  /// - Parameter schemas: what each source promises; a source that is skipped is not among them.
  init(_ checked: CheckedWorkspace, schemas: [String: EventSchema]) {
    for set in checked.eventSets {
      let present = set.sources.compactMap { schemas[$0] }
      guard let first = present.first else { continue }
      var schema = present.dropFirst().reduce(first) { $0.intersection($1) }
      schema.columns.formUnion(set.deduplicate.added)
      schemaOfSet[set.name] = schema
      let filter = set.filter?.columns ?? []
      let rule = set.deduplicate
      demand(filter, of: set, by: "event set '\(set.name)'", at: set.location, sources: set.sources, schemas)
      demand(
        rule.columns.subtracting(filter), of: set,
        by: "'deduplicate: \(rule.rule.rawValue)' of event set '\(set.name)'", at: set.location, sources: set.sources,
        schemas)
      ofSet[set.name] = filter.union(rule.columns).intersection(schema.columns)
        .union(rule.optional.intersection(EventColumns(present.flatMap(\.columns.columns)))).union(rule.added)
    }
    for analysis in checked.analyses {
      guard let name = analysis.eventSet, let set = checked.eventSet(name), let schema = schemaOfSet[name],
        let needed = analysis.plugin.instance.needs.events
      else { continue }
      let filterColumns = analysis.filter?.columns ?? []
      demand(
        needed.columns.union(filterColumns), of: set, by: "analysis '\(analysis.name)'", at: analysis.plugin.location,
        sources: set.sources, schemas)
      if needed.direction == .directed, schema.direction == .undirected {
        let culprits = set.sources.filter { schemas[$0]?.direction == .undirected }
        problems.append(
          .error(
            .needsDirection,
            "analysis '\(analysis.name)' needs to know who acted on whom, and \(listed(culprits)) "
              + (culprits.count == 1 ? "does not say" : "do not say"),
            at: analysis.plugin.location, hint: "for a csv source whose actor1 acts on actor2, write `directed: true`"))
      }
      let given = needed.columns.union(analysis.plugin.instance.needs.optional)
      ofAnalysis[analysis.name] = given.intersection(schema.columns)
      ofSet[name, default: []].formUnion(given.union(filterColumns).intersection(schema.columns))
    }
    for export in checked.exports {
      for name in export.eventSets {
        let columns = export.plugin.instance.columns.intersection(schemaOfSet[name]?.columns ?? [])
        ofSet[name, default: []].formUnion(columns)
      }
    }
    for source in checked.sources {
      guard let expect = source.entry.expect, let schema = schemas[source.name] else { continue }
      for (column, location) in expect.named where !schema.columns.contains(column) {
        problems.append(
          .error(
            .missingColumns, "source '\(source.name)' does not have '\(column.name)', which 'expect' names",
            at: location, hint: "it has \(schema.columns.columns.map(\.name).joined(separator: ", "))"))
      }
      // The identifier and the record tell which rows break an expectation.
      ofSource[source.name, default: .dates].formUnion(
        expect.columns.union([.id, .record]).intersection(schema.columns))
    }
    for export in checked.exports where export.plugin.instance.eventsPerFinding > 0 {
      // What leads from an event that a finding names to its record.
      for set in export.analyses.compactMap({ checked.analysis($0)?.eventSet }).compactMap(checked.eventSet) {
        for source in set.sources {
          ofSource[source, default: .dates].formUnion(
            EventColumns([.id, .record]).intersection(schemas[source]?.columns ?? []))
        }
      }
    }
    for set in checked.eventSets {
      for source in set.sources {
        guard let schema = schemas[source] else { continue }
        ofSource[source, default: .dates].formUnion((ofSet[set.name] ?? []).intersection(schema.columns))
      }
    }
  }

  private mutating func demand(
    _ columns: EventColumns, of set: EventSetStep, by who: String, at location: SourceLocation?, sources: [String],
    _ schemas: [String: EventSchema]
  ) {
    for source in sources {
      guard let schema = schemas[source] else { continue }
      let missing = columns.subtracting(schema.columns).columns.map(\.name)
      guard !missing.isEmpty else { continue }
      problems.append(
        .error(
          .missingColumns, "\(who) needs \(listed(missing)), which source '\(source)' does not have", at: location,
          hint: "'\(source)' has \(schema.columns.columns.map(\.name).joined(separator: ", "))"))
    }
  }
  private func listed(_ names: [String]) -> String { names.map { "'\($0)'" }.joined(separator: ", ") }
}
