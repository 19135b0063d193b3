public import EventModel
public import Workbench
import WorkspaceFormat

/// The names in the sources of a workspace that its table of actors does not settle.
public struct ActorReview: Sendable {
  /// Why a name is not settled.
  public enum Status: String, Sendable {
    /// The table of actors does not have it.
    case unresolved
    /// Normalised it means several actors on the same day.
    case ambiguous
    /// The table has it for other days.
    case otherDays = "other-days"
  }
  /// A name that is not settled.
  public struct Name: Sendable {
    /// The name as the data have it.
    public var name: String
    /// Why it is not settled.
    public var status: Status
    /// How many events bear it, on days on which it is not settled.
    public var events: Int
    /// The first day of such an event.
    public var from: Day
    /// The first day of the last such event.
    public var to: Day
    /// What the dataset identifies it by, such as `ucdp:356`; nil where it does not.
    public var datasetID: String?
    /// The row and the column of the first such event.
    var row: Int
    var column: EventColumn
  }
  /// The names of one source.
  public struct Source: Sendable {
    /// The source.
    public var name: String
    /// How many events it has.
    public var events: Int
    /// How many different names they bear.
    public var names: Int
    /// Those that are not settled, the most frequent first.
    public var open: [Name]
  }
  /// The sources that name actors, in workspace order.
  public var sources: [Source]
  /// The columns of the table of actors; none where the workspace has no such table.
  public var header: [String]
  /// Proposes actors for names.
  public var suggestions: ActorSuggestions
}

extension Engine {
  /// Reads the sources of a workspace, from what is kept where that is enough, and says which names are not settled.
  ///
  /// - Parameter known: actors that are known beside those of the workspace, as a table of actors.
  /// - Returns: the review, nil where the workspace cannot be read, and what is wrong.
  public func reviewActors(
    _ checked: CheckedWorkspace, known: KnownActors, isCancelled: @escaping @Sendable () -> Bool = { false },
    report: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) async -> (review: ActorReview?, problems: [Diagnostic]) {
    let preparation = await prepare(checked, hashing: true, allowOutside: true, isCancelled: isCancelled)
    guard !preparation.problems.hasErrors else { return (nil, preparation.problems) }
    let table = preparation.actors?.table ?? ActorTable(entries: [])
    var review = ActorReview(
      sources: [], header: table.header, suggestions: ActorSuggestions(own: table, known: known.table))
    for source in checked.sources {
      guard let schema = preparation.schemas[source.name] else { continue }
      let actors = EventColumns.actors.intersection(schema.columns)
      guard !actors.isEmpty else { continue }
      let warnings = Collected<Diagnostic>()
      let context = context(
        for: StepID(.source, source.name), seed: 0, isCancelled: isCancelled, collecting: warnings, report: report)
      do throws(Diagnostic) {
        let columns = (preparation.requirements.ofSource[source.name] ?? .dates).union(actors)
        let needsRecords = !source.plugin.entry.manifest.actorIDs.isEmpty && schema.columns.contains(.record)
        let events = try await events(
          of: source, needsRecords ? columns.union(.record) : columns, needsRecords ? actors.union(.record) : actors,
          schema, preparation, context, warnings)
        var names = table.review(events, of: source.name)
        if needsRecords { try await identify(&names.open, in: events, of: source, context) }
        review.sources.append(names)
      } catch {
        return (nil, preparation.problems + [source.plugin.located(error)])
      }
    }
    return (review, preparation.problems)
  }

  /// Finds what the dataset identifies names by, in the first record that has each.
  private func identify(
    _ names: inout [ActorReview.Name], in events: EventTable, of source: SourceStep, _ context: RunContext
  ) async throws(Diagnostic) {
    let manifest = source.plugin.entry.manifest
    let references = names.compactMap { events.record?[$0.row] }
    guard !references.isEmpty, references.count == names.count else { return }
    let records = try await source.plugin.instance.records(references, in: context)
    for (number, record) in records.enumerated() where number < names.count {
      let fields = manifest.actorIDs[names[number].column] ?? []
      let found = fields.lazy.compactMap { name in record.fields.first { $0.name == name && !$0.value.isEmpty } }.first
      // A table that went through pandas has `356.0` for `356`.
      let id = found.map { $0.value.hasSuffix(".0") ? String($0.value.dropLast(2)) : $0.value }
      names[number].datasetID = id.map { "\(manifest.id):\($0)" }
    }
  }

  /// The actors of a source: from the columns kept, or read with what a run would read, so that the run need not.
  private func events(
    of source: SourceStep, _ columns: EventColumns, _ actors: EventColumns, _ schema: EventSchema,
    _ preparation: Preparation, _ context: RunContext, _ warnings: Collected<Diagnostic>
  ) async throws(Diagnostic) -> EventTable {
    let record = preparation.sourceRecords[source.name]
    if let record, record.holds(columns) {
      do throws(StepFailure) {
        return try load(source.name, record, actors, context)
      } catch {
        if case .problem(let problem) = error { throw problem }
      }
    }
    let earlier = record.flatMap { $0.outputs.values.allSatisfy(store.isKept) ? $0 : nil }
    return try await readAndKeep(
      source, preparation.inputs[StepID(.source, source.name)] ?? StepInputs(), columns, schema: schema,
      earlier: earlier, context: context, warnings: warnings
    ).events
  }
}

extension ActorTable {
  /// The names of a source's events that the table does not settle.
  fileprivate func review(_ events: EventTable, of source: String) -> ActorReview.Source {
    let sides = [EventColumn.actor1, .actor2].filter { events.codes($0) != nil }
    let columns = sides.compactMap { events.codes($0) }
    let names = CodedColumn.concatenating(columns)
    let matches = names.labels.map(match)
    var isBorne = [Bool](repeating: false, count: names.labels.count)
    var open = [ActorReview.Name?](repeating: nil, count: names.labels.count)
    let days = events.firstDay.values
    for row in 0..<events.count {
      var before: UInt32?
      for column in 0..<columns.count {
        guard let code = names.codes[column * events.count + row], code != before else { continue }
        before = code
        let name = Int(code)
        isBorne[name] = true
        let status: ActorReview.Status
        switch matches[name].role {
        case .own: continue
        case .nobody: status = matches[name].isAmbiguous ? .ambiguous : .unresolved
        case .alias:
          guard !matches[name].entries.contains(where: { $0.holds(on: days[row]) }) else { continue }
          status = .otherDays
        }
        let known =
          open[name]
          ?? ActorReview.Name(
            name: names.labels[name], status: status, events: 0, from: days[row], to: days[row], row: row,
            column: sides[column])
        open[name] = ActorReview.Name(
          name: known.name, status: status, events: known.events + 1, from: min(known.from, days[row]),
          to: max(known.to, days[row]), row: known.row, column: known.column)
      }
    }
    return ActorReview.Source(
      name: source, events: events.count, names: isBorne.count { $0 },
      open: open.compactMap { $0 }.sorted {
        ($1.events, $0.name) < ($0.events, $1.name)
      })
  }
}
