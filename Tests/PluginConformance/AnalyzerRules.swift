import Charts
import EventModel
import JSONText
import TestSupport
import Workbench

/// An analyzer gives the tables it promises, whatever it is given, and says only what its tables hold.
func check(
  _ analyzer: any AnalyzerInstance, of entry: PluginEntry, _ example: PluginExample, _ problems: inout Complaints
)
  async
{
  checkSchemas(analyzer.yields, &problems)
  guard let table = try? ExampleInput(example).table() else {
    await check(analyzer, nil, example, &problems)
    await problems.expectCancellation(files: MemoryFiles(example.files)) { (context) throws(Diagnostic) in
      _ = try await analyzer.analyze(input(analyzer, nil, example), in: context)
    }
    return
  }
  if let needed = analyzer.needs.events {
    for column in needed.columns.columns where table[column] == nil {
      problems.add("the events of the example have no '\(column.name)', which the analyzer needs")
    }
    guard table.columns.isSuperset(of: needed.columns) else { return }
  }
  await check(analyzer, table, example, &problems)
  // Without the columns it can do without, without events, with one, and with one of which little is known.
  guard table.count > 0 else { return }
  let needed = table.keeping(analyzer.needs.events?.columns ?? [])
  let poor: [(String, EventTable)] = [
    ("without its optional columns", needed),
    ("without events", table.selecting([]).covering([])),
    ("with one event", table.selecting([0])),
    ("with an event that has a date alone", bare(analyzer.needs.given(table).schema)),
  ]
  for (what, events) in poor {
    let result = await problems.attempting("it fails \(what)") { () throws(Diagnostic) in
      try await analyzer.analyze(input(analyzer, events, example), in: testContext(files: MemoryFiles(example.files)))
    }
    guard let result else { continue }
    problems.expect(result.tables.map(\.schema) == analyzer.yields, "\(what) it does not give the tables it promises")
    for table in result.tables { checkRows(of: table, &problems) }
    for chart in result.charts { checkDrawing(chart, of: result, &problems) }
  }
  await problems.expectCancellation(files: MemoryFiles(example.files)) { (context) throws(Diagnostic) in
    _ = try await analyzer.analyze(input(analyzer, table, example), in: context)
  }
}

private func input(_ analyzer: any AnalyzerInstance, _ events: EventTable?, _ example: PluginExample) -> AnalysisInput {
  AnalysisInput(events: analyzer.needs.given(events), analyses: example.analyses)
}

/// One event that has a date and nothing else.
private func bare(_ schema: EventSchema) -> EventTable {
  var builder = EventTable.Builder(schema)
  builder.append(Event(day: Day(daysSinceEpoch: 18_000)))
  return builder.finish()
}

/// What is promised of the tables is named and explained.
private func checkSchemas(_ schemas: [TableSchema], _ problems: inout Complaints) {
  problems.expect(!schemas.isEmpty, "it promises no table")
  for name in repeated(schemas.map(\.name)) { problems.add("two tables are called '\(name)'") }
  for schema in schemas {
    problems.expect(isName(schema.name, joinedBy: "-"), "the table '\(schema.name)' must be in kebab case")
    problems.expect(isDocumentation(schema.summary), "the summary of table '\(schema.name)' must be a sentence")
    let names = schema.columns.map(\.name)
    for name in repeated(names) { problems.add("table '\(schema.name)' has two columns '\(name)'") }
    for key in schema.keys where !names.contains(key) {
      problems.add("table '\(schema.name)' has no key column '\(key)'")
    }
    for column in schema.columns {
      problems.expect(
        isName(column.name, joinedBy: "_"), "the column '\(schema.name).\(column.name)' must be in snake case")
      problems.expect(!column.meaning.isEmpty, "the column '\(schema.name).\(column.name)' has no meaning")
    }
  }
}

/// The result of an example: tables as promised, sorted, of numbers that exist; findings and charts that hold.
private func check(
  _ analyzer: any AnalyzerInstance, _ events: EventTable?, _ example: PluginExample, _ problems: inout Complaints
) async {
  let given = input(analyzer, events, example)
  let result = await problems.attempting("it fails") { () throws(Diagnostic) in
    try await analyzer.analyze(given, in: testContext(files: MemoryFiles(example.files)))
  }
  guard let result else { return }
  problems.expect(
    result.tables.map(\.schema) == analyzer.yields,
    "it gives the tables \(result.tables.map(\.schema.name)), not as promised \(analyzer.yields.map(\.name))")
  for table in result.tables { checkRows(of: table, &problems) }
  let ids = given.events.id.map { column in Set((0..<given.events.count).compactMap { column[$0] }) }
  for finding in result.findings {
    problems.expect(isSentence(finding.sentence), "a finding must be a sentence: '\(finding.sentence)'")
    problems.expect(
      finding.numbers.values.allSatisfy { $0.number?.isFinite ?? true }, "a finding has a number that is not finite")
    for event in finding.events where !(ids?.contains(event) ?? false) {
      problems.add("a finding names the event '\(event)', which it was not given")
    }
  }
  for name in repeated(result.charts.map(\.name)) { problems.add("two charts are called '\(name)'") }
  for chart in result.charts { check(chart, of: result, &problems) }
}

/// Rows are told apart and sorted by their keys; a number is a number.
private func checkRows(of table: ResultTable, _ problems: inout Complaints) {
  let name = table.schema.name
  let keys = table.schema.keys.compactMap { table[$0] }
  if keys.isEmpty {
    problems.expect(table.count <= 1, "table '\(name)' has \(table.count) rows and no keys")
  } else {
    for row in 1..<max(1, table.count) {
      switch order(keys.map { $0[row - 1] }, keys.map { $0[row] }) {
      case .rising: break
      case .equal: problems.add("two rows of table '\(name)' have the same keys")
      case .falling: problems.add("the rows of table '\(name)' are not sorted by their keys")
      }
    }
  }
  for (column, values) in zip(table.schema.columns, table.columns) {
    guard case .reals(let numbers) = values else { continue }
    for row in 0..<table.count where !(numbers[row]?.isFinite ?? true) {
      problems.add("the column '\(name).\(column.name)' has a number that is not finite")
    }
  }
}

private enum Order { case rising, equal, falling }

/// How two keys follow each other: missing values first, names by their bytes, dates by their days.
private func order(_ left: [JSONValue], _ right: [JSONValue]) -> Order {
  for (a, b) in zip(left, right) where a != b {
    switch (a, b) {
    case (.null, _): return .rising
    case (_, .null): return .falling
    case (.string(let a), .string(let b)): return a.utf8.lexicographicallyPrecedes(b.utf8) ? .rising : .falling
    case (.boolean(let a), .boolean): return a ? .falling : .rising
    default: return (a.number ?? 0) < (b.number ?? 0) ? .rising : .falling
    }
  }
  return .equal
}

/// A chart draws columns that are there.
private func check(_ chart: Chart, of result: AnalysisResult, _ problems: inout Complaints) {
  problems.expect(isName(chart.name, joinedBy: "-"), "the chart '\(chart.name)' must be in kebab case")
  problems.expect(!chart.title.isEmpty, "the chart '\(chart.name)' has no title")
  problems.expect(!chart.y.isEmpty, "the chart '\(chart.name)' draws nothing")
  problems.expect(
    (chart.kind == .timeline ? [0, 1] : [0, 2]).contains(chart.interval.count),
    "the interval of chart '\(chart.name)' needs two columns, that of a timeline one")
  guard let table = result[chart.table] else {
    problems.add("the chart '\(chart.name)' draws the table '\(chart.table)', which is not there")
    return
  }
  for column in chart.columns where table[column] == nil {
    problems.add("the chart '\(chart.name)' draws the column '\(chart.table).\(column)', which is not there")
  }
  checkDrawing(chart, of: result, &problems)
  guard let marks = chart.marks else { return }
  guard let marked = result[marks.table] else {
    problems.add("the chart '\(chart.name)' marks the table '\(marks.table)', which is not there")
    return
  }
  let columns = [marks.at] + marks.interval + [marks.label].compactMap { $0 } + marks.matching
  for column in columns where marked[column] == nil {
    problems.add("the chart '\(chart.name)' marks the column '\(marks.table).\(column)', which is not there")
  }
}

/// A chart can be drawn, whatever its table holds.
private func checkDrawing(_ chart: Chart, of result: AnalysisResult, _ problems: inout Complaints) {
  let drawing = draw(chart, of: result, id: "chart", credit: ChartCredit(source: "conformance"))
  if let problem = XMLOutline(drawing.file).problem {
    problems.add("the drawing of chart '\(chart.name)' is no sound SVG: \(problem)")
  }
}
