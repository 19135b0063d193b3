import EventModel
import JSONText
import Workbench

/// What the table of merges holds.
let mergesSchema = TableSchema(
  "merges", "A row is a record that was merged into another, because both are of one event.",
  keys: ["event_set", "kept_source", "kept_record", "merged_source", "merged_record"],
  columns: [
    ColumnSchema("event_set", .text, "name of the event set"),
    ColumnSchema("rule", .text, "rule that found the two to be of one event: id, one-a-day or cross-source"),
    ColumnSchema("kept_source", .text, "source of the record that is kept"),
    ColumnSchema("kept_id", .text, "the source's own identifier of the record that is kept"),
    ColumnSchema("kept_record", .integer, "place of the record that is kept among those read of its source, from 1"),
    ColumnSchema("merged_source", .text, "source of the record that is merged into it"),
    ColumnSchema("merged_id", .text, "the source's own identifier of the merged record"),
    ColumnSchema("merged_record", .integer, "place of the merged record among those read of its source, from 1"),
    ColumnSchema(
      "days_apart", .integer, unit: "days", "the larger of the distances of their first days and of their last days"),
    ColumnSchema("kilometres_apart", .real, unit: "km", "distance of their places; empty where either is not known"),
    ColumnSchema("shared_actor", .text, "an actor that both name, after resolution"),
    ColumnSchema("kept_because", .text, "why the one is kept and not the other"),
  ])

extension WorkspaceStore {
  /// The merges of an event set, by what its record says of them; nil where they are damaged or gone.
  func merges(_ facts: JSONValue?) throws(Diagnostic) -> ResultTable? {
    guard let bytes = try kept(facts?["sha256"]?.text ?? "") else { return nil }
    return try? ResultTable(bytes, schema: mergesSchema)
  }
}

/// From which record of which source each row of a set came.
struct RowOrigins: Sendable {
  /// The names of the sources, in their order.
  var names: [String] = []
  /// The source of each row, as an index into the names.
  var sources: [Int32] = []
  /// The place of each row among the records read of its source, from 1.
  var places: [Int32] = []

  /// Adds the rows of a source.
  mutating func append(_ name: String, places new: some Sequence<Int32>) {
    let before = places.count
    places += new
    sources += [Int32](repeating: Int32(names.count), count: places.count - before)
    names.append(name)
  }
  /// Keeps some rows, in that order; nil keeps all.
  ///
  /// Origins that were not noted stay so.
  func selecting(_ rows: [Int32]?) -> RowOrigins {
    guard let rows, !names.isEmpty else { return self }
    var kept = RowOrigins(names: names)
    kept.sources = rows.map { sources[Int($0)] }
    kept.places = rows.map { places[Int($0)] }
    return kept
  }
}

extension ResultTable {
  /// The merges of one event set.
  init(_ merges: [Merge], of set: String, rule: String, in events: EventTable, _ origins: RowOrigins) {
    let ranks = origins.names.utf8Ranks
    func key(_ merge: Merge) -> (Int, Int32, Int, Int32) {
      let (kept, merged) = (Int(merge.kept), Int(merge.merged))
      return (
        ranks[Int(origins.sources[kept])], origins.places[kept], ranks[Int(origins.sources[merged])],
        origins.places[merged]
      )
    }
    let merges = merges.map { (key: key($0), merge: $0) }.sorted { $0.key < $1.key }.map(\.merge)
    let (kept, merged) = (merges.map { Int($0.kept) }, merges.map { Int($0.merged) })
    func constant(_ text: String) -> ResultColumn {
      .text(
        CodedColumn(
          codes: Column([UInt32](repeating: 0, count: merges.count)), labels: merges.isEmpty ? [] : [text]))
    }
    func sources(_ rows: [Int]) -> ResultColumn {
      let codes = rows.map { UInt32(origins.sources[$0]) }
      return .text(CodedColumn(codes: Column(codes), labels: origins.names).compacted())
    }
    func ids(_ rows: [Int]) -> ResultColumn { .text(CodedColumn(rows.map { events.id?[$0] })) }
    func places(_ rows: [Int]) -> ResultColumn { .integers(Column(rows.map { Int64(origins.places[$0]) })) }
    let (first, last) = (events.firstDay.values, events.lastDay.values)
    let days = zip(kept, merged).map { one, other in
      Int64(max(abs(first[one].days(until: first[other])), abs(last[one].days(until: last[other]))))
    }
    let (latitude, longitude) = (events.reals(.latitude), events.reals(.longitude))
    let kilometres = zip(kept, merged).map { one, other -> Double? in
      guard let y1 = latitude?[one], let x1 = longitude?[one], let y2 = latitude?[other], let x2 = longitude?[other]
      else { return nil }
      return distance(y1, x1, y2, x2)
    }
    let actors = zip(kept, merged).map { one, other in events.sharedActor(one, other) }
    self.init(
      mergesSchema,
      columns: [
        constant(set), constant(rule), sources(kept), ids(kept), places(kept), sources(merged), ids(merged),
        places(merged), .integers(Column(days)), .reals(Column(kilometres, placeholder: 0)),
        .text(CodedColumn(actors)), .text(CodedColumn(merges.map(\.reason.rawValue))),
      ], count: merges.count)
  }

  /// The rows of several tables of one schema, one after another.
  static func concatenating(_ tables: [ResultTable], schema: TableSchema) -> ResultTable {
    let columns = schema.columns.indices.map { index -> ResultColumn in
      let parts = tables.map { $0.columns[index] }
      return switch schema.columns[index].kind {
      case .text:
        .text(
          parts.isEmpty
            ? CodedColumn([])
            : CodedColumn.concatenating(parts.compactMap { if case .text(let part) = $0 { part } else { nil } }))
      case .integer:
        .integers(.concatenating(parts.compactMap { if case .integers(let part) = $0 { part } else { nil } }))
      case .real: .reals(.concatenating(parts.compactMap { if case .reals(let part) = $0 { part } else { nil } }))
      case .date: .dates(.concatenating(parts.compactMap { if case .dates(let part) = $0 { part } else { nil } }))
      case .boolean:
        .booleans(.concatenating(parts.compactMap { if case .booleans(let part) = $0 { part } else { nil } }))
      }
    }
    return ResultTable(schema, columns: columns, count: tables.reduce(0) { $0 + $1.count })
  }
}

extension EventTable {
  /// An actor that two events have in common, those who stand for somebody first; nil where there is none.
  fileprivate func sharedActor(_ one: Int, _ other: Int) -> String? {
    let own = [actor1?[one], actor2?[one]].compactMap { $0 }
    let others = [actor1?[other], actor2?[other]]
    let shared = own.filter(others.contains)
    return shared.first { name in actorKinds[name].map { [.state, .armed].contains($0) } ?? true } ?? shared.first
  }
}

extension [String] {
  /// The place of each text in the order of their UTF-8 bytes.
  fileprivate var utf8Ranks: [Int] {
    var ranks = [Int](repeating: 0, count: count)
    let order = indices.sorted { self[$0].utf8.lexicographicallyPrecedes(self[$1].utf8) }
    for (rank, index) in order.enumerated() { ranks[index] = rank }
    return ranks
  }
}
