import EventModel
import GRDB
import JSONText
import SQLiteRows
import Workbench

/// What the analyses came to: a table of its own for each of theirs, findings, charts, and what every column means.
struct ResultRows {
  private let run: RunResults
  private let tables: [NamedTable]

  /// A table of results and what it is called in the database.
  private struct NamedTable {
    let name: String
    let analysis: String?
    let table: ResultTable
  }

  init(_ run: RunResults) {
    self.run = run
    var taken: Set<String> = [
      "workspace", "files", "citations", "event_sets", "actors", "events", "analyses", "tables", "columns", "findings",
      "finding_events", "charts", "evidence", "dyads", "months", "dictionary",
    ]
    func name(_ parts: String...) -> String {
      let plain = parts.joined(separator: "_").split(separator: "-").joined(separator: "_")
      var (name, number) = (plain, 2)
      while !taken.insert(name).inserted {
        name = "\(plain)_\(number)"
        number += 1
      }
      return name
    }
    var tables = [NamedTable(name: name("event_set_counts"), analysis: nil, table: run.counts)]
    if let merges = run.merges { tables.append(NamedTable(name: name("merges"), analysis: nil, table: merges)) }
    for analysis in run.analyses {
      for table in analysis.result.tables {
        tables.append(
          NamedTable(name: name(analysis.name, table.schema.name), analysis: analysis.name, table: table))
      }
    }
    self.tables = tables
  }

  func insert(into db: Database, in context: RunContext) throws {
    try db.insert(
      run.analyses.enumerated().map { [$0.element.name, $0.offset + 1, $0.element.plugin] },
      into: "analyses", ["name", "position", "plugin"])
    try insertMeanings(into: db)
    for table in tables {
      try context.checkCancellation()
      try insert(table, into: db)
    }
    try insertFindings(into: db)
    try insertCharts(into: db)
  }

  /// What the tables and their columns mean, those of events included.
  private func insertMeanings(into db: Database) throws {
    let events = run.eventSets.reduce(0) { $0 + $1.events.count }
    try db.insert(
      [["events", nil, "events", "A row is one event of one event set.", events]]
        + tables.map { [$0.name, $0.analysis, $0.table.schema.name, $0.table.schema.summary, $0.table.count] },
      into: "tables", ["name", "analysis", "title", "summary", "rows"])
    let own: [ColumnSchema] = [
      .init("event", .integer, "the row's number in this database"),
      .init("event_set", .text, "the event set, by its name in the workspace"),
    ]
    let described = DatabaseSchema.eventColumns.map { ColumnSchema($0.name, $0.resultKind, $0.meaning) }
    let meanings = [("events", own + described)] + tables.map { ($0.name, $0.table.schema.columns) }
    for (table, columns) in meanings {
      try db.insert(
        columns.enumerated().map { position, column in
          [table, position + 1, column.name, column.kind.rawValue, column.unit, column.meaning]
        },
        into: "columns", ["table", "position", "name", "kind", "unit", "meaning"])
    }
  }

  private func insert(_ table: NamedTable, into db: Database) throws {
    let schema = table.table.schema
    let declarations = schema.columns.map { "\($0.name.quotedDatabaseIdentifier) \($0.kind.sqlType)" }
    try db.execute(
      sql: "CREATE TABLE \(table.name.quotedDatabaseIdentifier) (\(declarations.joined(separator: ", "))) STRICT")
    let columns = zip(schema.columns, table.table.columns).map { (name: $0.name, source: $1.source) }
    try RowWriter(db, table: table.name, columns: columns).write(0..<table.table.count)
    guard !schema.keys.isEmpty else { return }
    let keys = schema.keys.map(\.quotedDatabaseIdentifier).joined(separator: ", ")
    try db.execute(
      sql: """
        CREATE UNIQUE INDEX \("\(table.name)_key".quotedDatabaseIdentifier)
        ON \(table.name.quotedDatabaseIdentifier) (\(keys))
        """)
  }

  private func insertFindings(into db: Database) throws {
    let findings = run.analyses.flatMap { analysis in
      analysis.result.findings.enumerated().map { (analysis: analysis.name, rank: $0.offset + 1, finding: $0.element) }
    }
    try db.insert(
      findings.enumerated().map { number, ranked in
        [
          number + 1, ranked.analysis, ranked.rank, ranked.finding.strength.rawValue, ranked.finding.sentence,
          JSONValue.object(ranked.finding.numbers).compact,
        ]
      },
      into: "findings", ["finding", "analysis", "rank", "strength", "sentence", "numbers"])
    try db.insert(
      findings.enumerated().flatMap { number, ranked in
        ranked.finding.events.enumerated().map { [number + 1, $0.offset + 1, $0.element] }
      },
      into: "finding_events", ["finding", "position", "event_id"])
  }

  private func insertCharts(into db: Database) throws {
    let charts = run.analyses.flatMap { analysis in analysis.result.charts.map { (analysis.name, $0) } }
    try db.insert(
      charts.map { analysis, chart in
        let table = tables.first { $0.analysis == analysis && $0.table.schema.name == chart.table }
        return [analysis, chart.name, chart.title, chart.kind.rawValue, table?.name, chart.json.compact]
      },
      into: "charts", ["analysis", "name", "title", "kind", "table", "specification"])
  }
}

extension ColumnSchema.Kind {
  fileprivate var sqlType: String {
    switch self {
    case .text, .date: "TEXT"
    case .integer, .boolean: "INTEGER"
    case .real: "REAL"
    }
  }
}

extension EventColumn {
  /// What its values are where they stand in a table of results.
  fileprivate var resultKind: ColumnSchema.Kind {
    switch kind {
    case .days: .date
    case .integers: .integer
    case .bytes: self == .datePrecision ? .text : .integer
    case .scores, .reals: .real
    case .codes, .text, .records: .text
    }
  }
}

extension ResultColumn {
  fileprivate var source: ColumnSource {
    switch self {
    case .text(let column): .labels(column)
    case .integers(let column): .integers { row in column[row].map { Int64($0) } }
    case .reals(let column): .reals { column[$0] }
    case .dates(let column): .days(column)
    case .booleans(let column): .integers { row in column[row].map { Int64($0) } }
    }
  }
}
