import DelimitedText
public import EventModel
public import Workbench

/// Events as CSV with canonical names, the columns that the table has in their fixed order.
///
/// `date_end` is left out where every event lasts one day, `date_precision` where every date is known to the day, and
/// `record` always.
public func canonicalCSV(of table: EventTable) -> String {
  let columns = table.columns.columns.filter { column in
    switch column {
    case .lastDay: table.lastDay.values != table.firstDay.values
    case .datePrecision: table.datePrecision.values.contains { $0 != DatePrecision.day.rawValue }
    case .record: false
    default: true
    }
  }
  var writer = DelimitedWriter()
  for column in columns { writer.field(column.name) }
  writer.endRecord()
  for row in 0..<table.count {
    for column in columns { writer.field(table[column], of: column, row) }
    writer.endRecord()
  }
  return String(decoding: writer.takeBytes(), as: UTF8.self)
}

extension DelimitedWriter {
  fileprivate mutating func field(_ values: EventTable.Values?, of column: EventColumn, _ row: Int) {
    switch values {
    case .days(let days): if let day = days[row] { field(day) } else { emptyField() }
    case .integers(let numbers): if let number = numbers[row] { field(Int64(number)) } else { emptyField() }
    case .bytes(let numbers):
      guard let number = numbers[row] else { return emptyField() }
      if column == .datePrecision, let precision = DatePrecision(rawValue: number) {
        field(precision.name)
      } else {
        field(Int64(number))
      }
    case .scores(let scores): if let score = scores[row] { field(score.value) } else { emptyField() }
    case .reals(let numbers): if let number = numbers[row] { field(number) } else { emptyField() }
    case .codes(let names): if let name = names[row] { field(name) } else { emptyField() }
    case .text(let texts): if let text = texts[row] { field(text) } else { emptyField() }
    case .records, nil: emptyField()
    }
  }
}

/// Events from CSV with canonical names: for examples and tests.
public func events(
  fromCSV text: String, direction: DyadDirection, ontology: String? = nil, name: String = "events.csv"
) throws(Diagnostic) -> EventTable {
  let context = RunContext(
    files: OneText(bytes: Array(text.utf8), name: name), services: RunContext.Services(workers: OneWorker()))
  return try TabularInput(InputPaths(name)).events(.all, in: context) { header in
    TabularLayout(
      fields: canonicalFields(of: header).map { TabularField($0.name, as: $0.column, .canonical($0.column)) },
      direction: direction, ontology: ontology)
  }.keeping(.all.subtracting(.record))
}

/// The columns of a header that have canonical names; `event_class` stands for `code` where there is no `code`.
public func canonicalFields(of header: TabularHeader) -> [(name: String, column: EventColumn)] {
  EventColumn.allCases.compactMap { column in
    guard column != .record else { return nil }
    if header.contains(column.name) { return (column.name, column) }
    return column == .eventClass && header.contains("event_class") ? ("event_class", column) : nil
  }
}

/// One text, whatever the path.
private struct OneText: InputFiles {
  let bytes: [UInt8]
  let name: String
  func parts(of paths: InputPaths) throws(Diagnostic) -> [InputPart] { paths.paths.map { InputPart($0) } }
  func open(_ part: InputPart) throws(Diagnostic) -> any InputFile { TextFile(bytes, name: name) }
  func openStored(_ path: InputPath) throws(Diagnostic) -> any InputFile { try open(path) }
  func lend(_ path: InputPath) throws(Diagnostic) -> String {
    throw .error(.emptyFile, "'\(name)' is not on disk")
  }
}

/// Does one piece of work after another.
private struct OneWorker: Workers {
  var count: Int { 1 }
  func run(_ count: Int, _ body: @Sendable (Int) -> Void) { for index in 0..<count { body(index) } }
}
