import DelimitedText
import EventModel
import JSONText
import Workbench

// What a program is given: tables as CSV files, with what their columns mean.

extension WorkFolder {
  /// Writes events; the input as a request names it.
  func hand(
    _ events: EventTable, named name: String, in context: RunContext
  ) throws(Diagnostic) -> [String: JSONValue] {
    let columns = events.columns.columns.filter { $0 != .record }
    let schema = TableSchema(
      name, "The events.", keys: [],
      columns: columns.map { ColumnSchema($0.name, $0.resultKind, $0.meaning) })
    let table = ResultTable(
      schema, columns: columns.map { events.resultColumn($0) }, count: events.count)
    var input = try hand(table, to: "\(name).csv", in: context)
    input["directed"] = .boolean(events.direction == .directed)
    input["ontology"] = events.ontology.map { .string($0) } ?? .null
    input["coverage"] = .array(
      events.coverage.map {
        ["source": .string($0.source), "from": .string("\($0.from)"), "to": .string("\($0.to)")]
      })
    return input
  }

  /// Writes a table, rendered on all workers; the input as a request names it.
  func hand(
    _ table: ResultTable, to path: String, in context: RunContext
  ) throws(Diagnostic) -> [String: JSONValue] {
    let writer = TableWriter(table)
    let chunks = table.rowChunks
    try write(path) { (file) throws(Diagnostic) in
      for first in stride(from: 0, to: chunks.count, by: context.workerCount) {
        let batch = Array(chunks[first..<min(first + context.workerCount, chunks.count)])
        let texts = try context.concurrentMap(batch.count) { (index: Int) throws(Diagnostic) -> [UInt8] in
          writer.render(batch[index], header: first + index == 0)
        }
        for text in texts { try file.append(text) }
      }
    }
    guard case .object(var input) = table.schema.json else { return [:] }
    input["path"] = .string("\(self.path)/\(path)")
    input["rows"] = .integer(table.count)
    return input
  }

  /// Writes the tables of analyses.
  func hand(_ analyses: [NamedAnalysis], in context: RunContext) throws(Diagnostic) -> [JSONValue] {
    var inputs: [JSONValue] = []
    for analysis in analyses {
      for table in analysis.result.tables {
        try makeFolder("tables/\(analysis.name)")
        var input = try hand(table, to: "tables/\(analysis.name)/\(table.schema.name).csv", in: context)
        input["analysis"] = .string(analysis.name)
        input["plugin"] = .string(analysis.plugin)
        inputs.append(.object(input))
      }
    }
    return inputs
  }
}

extension EventColumn {
  /// The kind that the column's values have in a table.
  var resultKind: ColumnSchema.Kind {
    switch kind {
    case .days: .date
    case .integers: .integer
    case .bytes: self == .datePrecision ? .text : .integer
    case .scores, .reals: .real
    case .codes, .text, .records: .text
    }
  }
}

extension EventTable {
  /// A column as tables have it; without values where the events lack it.
  func resultColumn(_ column: EventColumn) -> ResultColumn {
    switch self[column] {
    case .days(let days): .dates(days)
    case .integers(let numbers): .integers(Column(numbers.values.map { Int64($0) }, validity: numbers.validity))
    case .bytes(let numbers) where column == .datePrecision:
      .text(CodedColumn(numbers.values.map { DatePrecision(rawValue: $0)?.name }))
    case .bytes(let numbers): .integers(Column(numbers.values.map { Int64($0) }, validity: numbers.validity))
    case .scores(let scores): .reals(Column(scores.values.map(\.value), validity: scores.validity))
    case .reals(let numbers): .reals(numbers)
    case .codes(let names): .text(names)
    case .text(let texts):
      .text(
        CodedColumn(
          codes: Column((0..<count).map { UInt32($0) }, validity: texts.validity),
          labels: (0..<count).map { texts[$0] ?? "" }))
    case .records, nil: .text(CodedColumn([String?](repeating: nil, count: count)))
    }
  }
}
