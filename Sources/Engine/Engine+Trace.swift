import EventModel
public import Workbench
import WorkspaceFormat

/// An event with the record that it was read from.
public struct TracedEvent: Sendable {
  /// The source's name in the workspace.
  public var source: String
  /// The id of the source's plugin.
  public var plugin: String
  /// The event's number among those of the source, from 1.
  public var number: Int
  /// The dataset's own identifier of the event, where it has one.
  public var id: String?
  /// The record, as the file has it.
  public var record: RawRecord
}

extension Engine {
  /// Finds events by their id, in every source that has it, and fetches the records they were read from.
  ///
  /// What an earlier run kept of ids and records is used; what it did not is read. A source without ids answers to
  /// `source:number`, the event's number among those of the source, from 1; one with ids does, where no event has that id.
  /// - Parameter only: the source to look in; nil for all.
  /// - Returns: the events, in the order of the sources and of their files; at least one.
  public func trace(
    _ id: String, only: String? = nil, in checked: CheckedWorkspace,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) async throws(Diagnostic) -> [TracedEvent] {
    if let only, checked.source(only) == nil {
      throw .error(
        .unknownSource, "the workspace has no source '\(only)'",
        hint: suggestion(for: only, among: checked.sources.map(\.name)), exit: .usage)
    }
    let preparation = await prepare(checked, hashing: true, allowOutside: true, isCancelled: isCancelled)
    let context = context(isCancelled: isCancelled)
    var searched: [SearchedSource] = []
    for source in checked.sources where (only ?? source.name) == source.name {
      guard preparation.skipped[source.name] == nil else { continue }
      guard let schema = preparation.schemas[source.name] else {
        if let problem = preparation.problems.first(where: { $0.severity == .error }) { throw problem }
        continue
      }
      let columns = schema.columns.intersection([.id, .record])
      searched.append(
        SearchedSource(source: source, events: try await events(of: source, columns, preparation, context)))
    }
    var found = searched.map { ($0, $0.rows(withID: id)) }
    if found.allSatisfy(\.1.isEmpty) { found = searched.map { ($0, $0.rows(numbered: id)) } }
    var traced: [TracedEvent] = []
    for (source, rows) in found where !rows.isEmpty { traced += try await source.fetch(rows, in: context) }
    guard traced.isEmpty else { return traced }
    let ids = searched.flatMap { $0.sampledIDs }
    // A number is no mistyped id where ids are no numbers.
    let number = ids.contains { Int($0) != nil } ? nil : Int(id)
    let numbered = number.flatMap { number in searched.first { 1...max(1, $0.events.count) ~= number } }
    throw .error(
      .unknownEvent, "no event has the id '\(id)'",
      hint: numbered.map { "the event of that number is '\($0.source.name):\(id)'" }
        ?? nearestName(to: id, among: ids).map { "did you mean '\($0)'?" },
      notes: searched.map(\.summary), exit: .failed)
  }

  /// The ids and records of a source's events: as kept, else read now.
  private func events(
    of source: SourceStep, _ columns: EventColumns, _ preparation: Preparation, _ context: RunContext
  ) async throws(Diagnostic) -> EventTable {
    if let record = preparation.sourceRecords[source.name], columns.isSubset(of: record.columns) {
      do throws(StepFailure) {
        return try load(source.name, record, columns, context)
      } catch {
        if case .problem(let problem) = error { throw problem }
        // What was kept is damaged or gone: it is read again.
      }
    }
    do throws(Diagnostic) {
      return try await source.plugin.instance.read(columns.union(.dates), in: context)
    } catch {
      throw source.plugin.located(error)
    }
  }
}

/// A source with the ids and records of its events.
private struct SearchedSource {
  let source: SourceStep
  let events: EventTable

  /// The most ids that are compared with one that is not there.
  private static let sampleLimit = 100_000

  func rows(withID id: String) -> [Int] {
    guard let ids = events.id else { return [] }
    let wanted = Array(id.utf8)
    let (bytes, ends) = (ids.bytes, ids.ends)
    var rows: [Int] = []
    var start = 0
    for row in ends.indices {
      let end = ends[row]
      if end - start == wanted.count, bytes[start..<end].elementsEqual(wanted), ids.validity?[row] ?? true {
        rows.append(row)
      }
      start = end
    }
    return rows
  }
  /// The row that `source:number` names.
  func rows(numbered text: String) -> [Int] {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == source.name, let number = Int(parts[1]), 1...max(1, events.count) ~= number,
      number <= events.count
    else { return [] }
    return [number - 1]
  }

  /// The first ids, to find the nearest among.
  var sampledIDs: [String] {
    guard let ids = events.id else { return [] }
    return (0..<min(ids.count, Self.sampleLimit)).compactMap { ids[$0] }
  }
  /// How events of this source can be named.
  var summary: String {
    let count = "source '\(source.name)' has \(events.count) event\(events.count == 1 ? "" : "s")"
    guard events.count > 0 else { return count }
    if let ids = events.id, let first = (0..<ids.count).lazy.compactMap({ ids[$0] }).first,
      let last = (0..<ids.count).reversed().lazy.compactMap({ ids[$0] }).first
    {
      return "\(count), with ids from '\(first)' in the first row to '\(last)' in the last"
    }
    return "\(count) without ids: name them by number, '\(source.name):1' to '\(source.name):\(events.count)'"
  }

  func fetch(_ rows: [Int], in context: RunContext) async throws(Diagnostic) -> [TracedEvent] {
    let references = rows.compactMap { events.record?[$0] }
    guard references.count == rows.count else {
      throw .error(
        .untraceable, "'\(source.plugin.entry.manifest.id)' does not say where the events of '\(source.name)' stand",
        exit: .plugin)
    }
    let records: [RawRecord]
    do throws(Diagnostic) {
      records = try await source.plugin.instance.records(references, in: context)
    } catch {
      throw source.plugin.located(error)
    }
    return zip(rows, records).map { row, record in
      TracedEvent(
        source: source.name, plugin: source.plugin.entry.manifest.id, number: row + 1, id: events.id?[row],
        record: record)
    }
  }
}

extension DiagnosticKind {
  static let unknownEvent = DiagnosticKind(
    "trace.unknown-event", "No event has the id that was asked for.",
    "Ids are those of the datasets, as findings and tables show them. An event of a source without ids is named by the "
      + "source and its number there, such as 'coded:17'.")
  static let unknownSource = DiagnosticKind(
    "trace.unknown-source", "The workspace has no source of that name.", "`casus plan` lists the sources.")
  static let untraceable = DiagnosticKind(
    "trace.no-record", "A source does not say where its events stand in its files.",
    "This is a fault of the source's plugin: tell its author.")

  /// The kinds that tracing an event can report.
  public static let traceKinds = [unknownEvent, unknownSource, untraceable]
}
