import EventModel
import TestSupport
import Workbench

/// A source keeps the promise of its schema, whatever is asked for, and finds its way back to each record.
func check(_ source: any SourceInstance, _ example: PluginExample, _ problems: inout Complaints) async {
  let files = MemoryFiles(example.files)
  let context = testContext(files: files)
  guard
    let schema = await problems.attempting(
      "schema fails", { () throws(Diagnostic) in try await source.schema(in: context) }),
    let whole = await problems.attempting(
      "read fails",
      { () throws(Diagnostic) in
        try await source.read(schema.columns, in: context)
      })
  else { return }
  checkPromise(schema, whole, asked: schema.columns, &problems)
  // Each column alone, none, and all that there are.
  for asked in schema.columns.columns.map({ EventColumns([$0]) }) + [[], .all] {
    guard
      let part = await problems.attempting(
        "reading \(asked.names) fails",
        { () throws(Diagnostic) in
          try await source.read(asked, in: context)
        })
    else { continue }
    checkPromise(schema, part, asked: asked, &problems)
    problems.expect(part.count == whole.count, "reading \(asked.names) gives another number of events")
    guard part.count == whole.count else { continue }
    for column in part.columns.intersection(whole.columns).columns {
      problems.expect(
        part[column]?.texts == whole[column]?.texts, "'\(column.name)' has other values where less is read")
    }
  }
  await checkRecords(source, whole, example, &problems)
  await problems.expectCancellation(files: files) { (context) throws(Diagnostic) in
    _ = try await source.read(schema.columns, in: context)
  }
  await checkPoorFiles(source, schema, example, &problems)
}

private func checkPromise(
  _ schema: EventSchema, _ events: EventTable, asked: EventColumns, _ problems: inout Complaints
) {
  for column in schema.columns.intersection(asked).columns where events[column] == nil {
    problems.add("'\(column.name)' is promised and asked for, and not there")
  }
  problems.expect(
    events.direction == schema.direction,
    "the events are \(events.direction), the schema promises \(schema.direction) ones")
  problems.expect(events.ontology == schema.ontology, "the events have another ontology than the schema promises")
}

/// Every event leads back to its record, in whatever order the records are asked for.
private func checkRecords(
  _ source: any SourceInstance, _ events: EventTable, _ example: PluginExample, _ problems: inout Complaints
) async {
  guard let references = events.record else {
    problems.add("no event leads back to its record: the schema must promise 'record'")
    return
  }
  problems.expect(references.missing == 0, "\(references.missing) events do not lead back to their record")
  let context = testContext(files: MemoryFiles(example.files))
  let wanted = Array(references.values.reversed())
  guard
    let records = await problems.attempting(
      "records cannot be fetched",
      { () throws(Diagnostic) in
        try await source.records(wanted, in: context)
      })
  else { return }
  problems.expect(records.count == wanted.count, "\(wanted.count) records were asked for, \(records.count) came")
  for record in records {
    let location = record.location
    problems.expect(!record.fields.isEmpty, "a record has no fields")
    if let database = example.files.first(where: { $0.key.hasSuffix(".sqlite") && location.file.hasPrefix($0.key) }) {
      for field in record.fields where field.value != "(a blob)" {
        problems.expect(
          field.value.isEmpty || database.value.contains(field.value),
          "a record has '\(field.value)', which is not in its database")
      }
      continue
    }
    guard let text = example.files[location.file] else {
      problems.add("a record is said to be in '\(location.file)', which is none of the files")
      continue
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.indices.contains(location.line - 1) else {
      problems.add("a record is said to be on line \(location.line) of \(location.file)")
      continue
    }
    let line = lines[location.line - 1]
    for field in record.fields where !field.value.contains(where: { $0 == "\"" || $0.isNewline }) {
      problems.expect(
        line.contains(field.value), "a record has '\(field.value)', which is not on line \(location.line) of its file")
    }
  }
}

/// Files with nothing, a header or a single event are read or refused, and missing ones refused.
private func checkPoorFiles(
  _ source: any SourceInstance, _ schema: EventSchema, _ example: PluginExample, _ problems: inout Complaints
) async {
  func read(_ files: [String: String]) async -> EventTable? {
    try? await source.read(schema.columns, in: testContext(files: MemoryFiles(files)))
  }
  func firstLines(_ count: Int) -> [String: String] {
    example.files.mapValues { text in
      text.split(separator: "\n", omittingEmptySubsequences: false).prefix(count).map { $0 + "\n" }.joined()
    }
  }
  _ = await read(example.files.mapValues { _ in "" })
  _ = await read(firstLines(1))
  _ = await read(firstLines(2))
  problems.expect(await read([:]) == nil, "a file that is missing is read as if it were empty")
}

extension EventColumns {
  /// The names, for messages.
  fileprivate var names: String { isEmpty ? "no columns" : columns.map(\.name).joined(separator: ", ") }
}

extension EventTable.Values {
  /// The values as texts, independent of how names are coded.
  var texts: [String] {
    func shown<Value>(_ value: Value?) -> String { value.map { "\($0)" } ?? "none" }
    return (0..<count).map { row in
      switch self {
      case .days(let column): shown(column[row])
      case .integers(let column): shown(column[row])
      case .bytes(let column): shown(column[row])
      case .scores(let column): shown(column[row])
      case .reals(let column): shown(column[row])
      case .codes(let column): shown(column[row])
      case .text(let column): shown(column[row])
      case .records(let column): shown(column[row])
      }
    }
  }
}
