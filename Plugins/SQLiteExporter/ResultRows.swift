import EventModel
import GRDB
import JSONText
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
    var analyses = try RowInserter(db, table: "analyses", columns: ["name", "position", "plugin"])
    for (position, analysis) in run.analyses.enumerated() {
      try analyses.add([analysis.name, position + 1, analysis.plugin])
    }
    try analyses.finish()
    var names = try RowInserter(db, table: "tables", columns: ["name", "analysis", "title", "summary", "rows"])
    var columns = try RowInserter(
      db, table: "columns", columns: ["table", "position", "name", "kind", "unit", "meaning"])
    try describeEvents(&names, &columns)
    for table in tables {
      try context.checkCancellation()
      let schema = table.table.schema
      try names.add([table.name, table.analysis, schema.name, schema.summary, table.table.count])
      for (position, column) in schema.columns.enumerated() {
        try columns.add([table.name, position + 1, column.name, column.kind.rawValue, column.unit, column.meaning])
      }
      try insert(table, into: db)
    }
    try names.finish()
    try columns.finish()
    try insertFindings(into: db)
    try insertCharts(into: db)
  }

  private func describeEvents(_ names: inout RowInserter, _ columns: inout RowInserter) throws {
    let count = run.eventSets.reduce(0) { $0 + $1.events.count }
    try names.add(["events", nil, "events", "A row is one event of one event set.", count])
    try columns.add(["events", 1, "event", "integer", nil, "the row's number in this database"])
    try columns.add(["events", 2, "event_set", "text", nil, "the event set, by its name in the workspace"])
    for (position, column) in DatabaseSchema.eventColumns.enumerated() {
      try columns.add(["events", position + 3, column.name, Self.kind(of: column), nil, column.meaning])
    }
  }

  private static func kind(of column: EventColumn) -> String {
    switch column.kind {
    case .days: "date"
    case .integers: "integer"
    case .bytes: column == .datePrecision ? "text" : "integer"
    case .scores, .reals: "real"
    case .codes, .text, .records: "text"
    }
  }

  private func insert(_ table: NamedTable, into db: Database) throws {
    let schema = table.table.schema
    let declarations = schema.columns.map { "\($0.name.quotedDatabaseIdentifier) \($0.kind.sqlType)" }
    try db.execute(
      sql: "CREATE TABLE \(table.name.quotedDatabaseIdentifier) (\(declarations.joined(separator: ", "))) STRICT")
    var rows = try RowInserter(db, table: table.name, columns: schema.columns.map(\.name))
    for row in 0..<table.table.count {
      for column in table.table.columns { try rows.add(column.databaseValue(row)) }
    }
    try rows.finish()
    guard !schema.keys.isEmpty else { return }
    let keys = schema.keys.map(\.quotedDatabaseIdentifier).joined(separator: ", ")
    try db.execute(
      sql: """
        CREATE UNIQUE INDEX \("\(table.name)_key".quotedDatabaseIdentifier)
        ON \(table.name.quotedDatabaseIdentifier) (\(keys))
        """)
  }

  private func insertFindings(into db: Database) throws {
    var findings = try RowInserter(
      db, table: "findings", columns: ["finding", "analysis", "rank", "strength", "sentence", "numbers"])
    var events = try RowInserter(db, table: "finding_events", columns: ["finding", "position", "event_id"])
    var number = 0
    for analysis in run.analyses {
      for (rank, finding) in analysis.result.findings.enumerated() {
        number += 1
        try findings.add([
          number, analysis.name, rank + 1, finding.strength.rawValue, finding.sentence,
          JSONValue.object(finding.numbers).compact,
        ])
        for (position, event) in finding.events.enumerated() { try events.add([number, position + 1, event]) }
      }
    }
    try findings.finish()
    try events.finish()
  }

  private func insertCharts(into db: Database) throws {
    var charts = try RowInserter(
      db, table: "charts", columns: ["analysis", "name", "title", "kind", "table", "specification"])
    for analysis in run.analyses {
      for chart in analysis.result.charts {
        let table = tables.first { $0.analysis == analysis.name && $0.table.schema.name == chart.table }
        try charts.add([
          analysis.name, chart.name, chart.title, chart.kind.rawValue, table?.name, chart.json.compact,
        ])
      }
    }
    try charts.finish()
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

extension ResultColumn {
  fileprivate func databaseValue(_ row: Int) -> DatabaseValue {
    switch self {
    case .text(let column): column[row]?.databaseValue ?? .null
    case .integers(let column): column[row]?.databaseValue ?? .null
    case .reals(let column): column[row]?.databaseValue ?? .null
    case .dates(let column): column[row]?.description.databaseValue ?? .null
    case .booleans(let column): column[row].map { Int($0).databaseValue } ?? .null
    }
  }
}
