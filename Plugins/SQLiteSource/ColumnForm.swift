import EventModel
import GRDB
import JSONText
import Ontology
import TabularEvents
import Workbench

/// Which columns stand for what, and how their values are read.
struct ColumnForm: Sendable {
  let names: ParameterMap<String>
  let dates: DateFormat
  let direction: DyadDirection
  let ontology: Ontology?
  let onBadRow: BadRowPolicy

  /// Which columns of a selection make which columns of events.
  func layout(of selection: Selection, _ path: InputPath) throws -> SelectionLayout {
    var fields: [(column: EventColumn, place: Int)] = []
    for entry in names.entries {
      guard let column = EventColumn(canonicalName: entry.name) else { continue }
      fields.append((column, try place(of: entry.value, in: selection, parameter: "columns.\(entry.name)")))
    }
    for (place, name) in selection.columns.enumerated() {
      guard let column = EventColumn(canonicalName: name), !fields.contains(where: { $0.column == column }) else {
        continue
      }
      fields.append((column, place))
    }
    if !fields.contains(where: { $0.column == .firstDay }) {
      _ = try place(of: EventColumn.firstDay.name, in: selection, parameter: nil)
    }
    return SelectionLayout(fields: fields, form: self)
  }

  private func place(of name: String, in selection: Selection, parameter: String?) throws -> Int {
    let places = selection.columns.indices.filter { selection.columns[$0] == name }
    guard let place = places.first else {
      throw Diagnostic.error(
        .noColumn, "'\(selection.name)' has no column '\(name)'; it has \(selection.columns.joined(separator: ", "))",
        parameter: parameter,
        hint: nearestName(to: name, among: selection.columns).map { "did you mean '\($0)'?" }
          ?? "name the table's own column under 'columns'")
    }
    guard places.count == 1 else {
      throw Diagnostic.error(
        .noColumn, "the query has more than one column '\(name)'", parameter: parameter,
        hint: "name each with AS")
    }
    return place
  }
}

/// Which columns of a selection are read, and how.
struct SelectionLayout {
  let fields: [(column: EventColumn, place: Int)]
  let form: ColumnForm

  /// The most rows that a message shows.
  private static let shownRows = 20

  var schema: EventSchema {
    EventSchema(
      columns: EventColumns(fields.map(\.column)).union(.record), direction: form.direction,
      ontology: form.ontology?.name)
  }

  /// Reads the rows; only those values are looked at that are asked for, or all, where bad rows are left out.
  func events(
    _ wanted: EventColumns, of selection: Selection, in db: Database, _ context: RunContext
  ) throws -> EventTable {
    let looked = form.onBadRow == .skip ? EventColumns.all : wanted.union(.dates)
    let read = fields.filter { looked.contains($0.column) }
    let (statement, places) = try selection.statement(read.map(\.place), in: db)
    var columns = read.map { ValueColumn($0.column, form) }
    func index(of column: EventColumn) -> Int? { read.firstIndex { $0.column == column } }
    let (firstDays, lastDays) = (index(of: .firstDay), index(of: .lastDay))
    // A list of names for each column; both actors share one.
    var labels = [LabelIndex](repeating: LabelIndex(), count: columns.count)
    let lists = columns.indices.map { columns[$0].column == .actor2 ? index(of: .actor1) ?? $0 : $0 }
    var references: [RecordReference] = []
    let keepsReferences = wanted.contains(.record)
    var problems: [RowProblem] = []
    var (number, bad) = (0, 0)
    let rows = try Row.fetchCursor(statement)
    while let row = try rows.next() {
      number += 1
      let record = selection.hasRowID ? Int(row[0] as Int64) : number
      var problem: RowProblem?
      if !(0..<1 << 48 ~= record) {
        problem = RowProblem(row: record, kind: .badRowID, text: "its row id is \(record)")
      }
      for number in columns.indices {
        // The way by the row's indices is not generic, which saves half of the time.
        let value = row[row.index(row.startIndex, offsetBy: places[number])].1
        if let wrong = columns[number].append(value, &labels[lists[number]]), problem == nil {
          problem = RowProblem(
            row: record, kind: wrong.kind, text: "'\(selection.columns[read[number].place])' \(wrong.text)")
        }
      }
      if problem == nil, let first = firstDays.flatMap({ columns[$0].lastDay }),
        let last = lastDays.flatMap({ columns[$0].lastDay }), last < first
      {
        problem = RowProblem(
          row: record, kind: .badValue, text: "the event ends on \(last), before it begins on \(first)")
      }
      if let problem {
        guard form.onBadRow == .skip else { throw diagnostic(problem, selection) }
        bad += 1
        if problems.count < Self.shownRows { problems.append(problem) }
        for number in columns.indices { columns[number].removeLast() }
      } else if keepsReferences {
        references.append(RecordReference(file: 0, offset: record))
      }
      if number & 0xFFFF == 0 {
        try context.checkCancellation()
        context.report(.init(done: number, total: nil, unit: "rows"))
      }
    }
    if bad > 0 { context.warn(warning(problems, bad: bad, of: number, selection)) }
    var values: [EventColumn: EventTable.Values] = [:]
    for (column, list) in zip(columns, lists) { values[column.column] = column.values(labels[list]) }
    values[.lastDay] = lastDays.map { columns[$0].daysWithout(missing: firstDays.map { columns[$0] }) }
    values[.datePrecision] = index(of: .datePrecision).map { columns[$0].precisions }
    if keepsReferences { values[.record] = .records(Column(references)) }
    let count = number - bad
    for (column, field) in zip(columns, read) where !column.outliers.isEmpty {
      let name = selection.columns[field.place]
      context.warn(
        .takenAsUnknown(
          column.outliers.count, of: count, field: name, bounds: column.realBounds,
          at: SourceLocation(file: selection.name),
          notes: column.outliers.prefix(Self.shownRows).map { row, text in
            "\(keepsReferences ? "row \(references[row].offset)" : "event \(row + 1)"): '\(text)'"
          }))
    }
    if count == 0 { context.warn(.warning(.empty, "no row could be read", at: SourceLocation(file: selection.name))) }
    let table = EventTable(count: count, columns: values, direction: form.direction, ontology: form.ontology?.name)
      .keeping(wanted)
    if let ids = table.id { warnOfDuplicates(ids, named: selection.name, in: context) }
    return table
  }

  /// Fetches rows with all their columns.
  func records(
    _ references: [RecordReference], of selection: Selection, in db: Database, _ context: RunContext
  ) throws -> [RawRecord] {
    var found: [Int: RawRecord] = [:]
    if selection.hasRowID {
      for reference in references {
        found[reference.offset] = try selection.row(id: reference.offset, in: db).map {
          record($0, at: reference.offset, selection.columns.indices.map { $0 }, selection)
        }
      }
    } else {
      let wanted = Set(references.map(\.offset))
      let (statement, places) = try selection.statement(Array(selection.columns.indices), in: db)
      let rows = try Row.fetchCursor(statement)
      var number = 0
      while found.count < wanted.count, let row = try rows.next() {
        number += 1
        if wanted.contains(number) { found[number] = record(row, at: number, places, selection) }
        if number & 0xFFFF == 0 { try context.checkCancellation() }
      }
    }
    return try references.map { reference in
      guard let record = found[reference.offset] else {
        throw Diagnostic.error(
          .noRow, "there is no row \(reference.offset)", at: SourceLocation(file: selection.name),
          hint: "the database is not the one the events were read from: run again", exit: .noInput)
      }
      return record
    }
  }

  private func record(_ row: Row, at line: Int, _ places: [Int], _ selection: Selection) -> RawRecord {
    let meanings = Dictionary(fields.map { ($0.place, $0.column.meaning) }, uniquingKeysWith: { first, _ in first })
    return RawRecord(
      location: SourceLocation(file: selection.name, line: line),
      fields: zip(selection.columns.indices, places).map { column, place in
        let value: DatabaseValue = row[place]
        return RawRecord.Field(
          name: selection.columns[column], value: shownText(value), meaning: meanings[column])
      })
  }

  private func diagnostic(_ problem: RowProblem, _ selection: Selection) -> Diagnostic {
    .error(
      problem.kind, problem.text, at: SourceLocation(file: selection.name, line: problem.row),
      notes: [
        selection.hasRowID ? "the line is the row id" : "the line is the row's number in order",
        "with 'on_bad_row: skip' such rows are left out and counted",
      ])
  }
  private func warning(_ problems: [RowProblem], bad: Int, of rows: Int, _ selection: Selection) -> Diagnostic {
    .warning(
      .rowsSkipped, "\(bad) of \(rows) rows cannot be read and were left out",
      at: SourceLocation(file: selection.name, line: problems.first?.row ?? 0),
      hint: "mend them, or count with what is left",
      notes: problems.map { "row \($0.row): \($0.text)" }
        + (bad > problems.count ? ["and \(bad - problems.count) more"] : []))
  }
}

/// A row that cannot be read, and why.
private struct RowProblem {
  var row: Int
  var kind: DiagnosticKind
  var text: String
}

/// A value as text, for people.
func shownText(_ value: DatabaseValue) -> String {
  switch value.storage {
  case .null: ""
  case .int64(let number): String(number)
  case .double(let number): JSONValue.number(number).compact
  case .string(let text): text
  case .blob: "(a blob)"
  }
}

extension DiagnosticKind {
  static let noColumn = DiagnosticKind(
    "sqlite.no-column", "The table or query lacks a column that is needed, or has it twice.",
    "The message lists the columns there are. Name the table's own column under `columns:`.")
  static let noRow = DiagnosticKind(
    "sqlite.no-row", "A row that events were read from is no longer there.",
    "The database has been changed since the run. Run again.")
  static let rowsSkipped = DiagnosticKind(
    "sqlite.rows-skipped", "Rows that cannot be read were left out.",
    "`on_bad_row: skip` leaves out rows that cannot be read and counts them; `stop` stops at the first.")
  static let badRowID = DiagnosticKind(
    "sqlite.row-id", "A row id is negative, or too large to be kept.",
    "Row ids from 0 to 281474976710655 lead back to their rows. Read such a table with `query:`, which counts its rows."
  )
  static let empty = DiagnosticKind(
    "sqlite.no-events", "The table or query has no rows.", "Nothing is wrong if that is so; results will be empty.")

  /// The kinds that reading an SQLite file can report.
  static let sqliteKinds = [
    notADatabase, writtenElsewhere, locked, damaged, badQuery, timeLimit, failed, noTable, view, noColumn, noRow,
    rowsSkipped, badRowID, empty, badValue, takenAsUnknown, duplicateIDs,
  ]
}
