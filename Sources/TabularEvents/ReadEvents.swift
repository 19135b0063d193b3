import DelimitedText
import EventModel
import Workbench

/// Reads the events of one stream, on all workers at the same time.
///
/// Rows keep the order of the file. Labels are listed in the order of their first row, those of both actors in one list,
/// whatever the number of workers and the length of blocks.
/// - Parameter columns: the columns wanted; of them those that the layout fills are read, and always the dates.
/// - Parameter fileNumber: the stream's number among those of its source, for references to records.
func readEvents(
  _ part: InputPart, _ form: TabularForm, columns: EventColumns, fileNumber: Int, in context: RunContext,
  layout: (TabularHeader) throws(Diagnostic) -> TabularLayout, finish: (inout TabularRows) throws(Diagnostic) -> Void
) throws(Diagnostic) -> EventTable {
  let file = try context.files.open(part)
  let reader = DelimitedReader(file, format: form.format, blockBytes: form.blockBytes)
  let header = try TabularHeader(reader, part, form, in: context)
  let layout = try layout(header)
  // Which rows are left out must not depend on what is asked for: then every column is looked at.
  let wanted = layout.onBadRow == .skip ? layout.columns : columns.union(.dates).union(layout.needed)
  var fields: [BlockParser.Field] = []
  var places: [Int] = []
  var lists = 0
  var actorList: Int?
  for (part, field) in layout.allFields where field.column.map({ wanted.contains($0) }) ?? true {
    let place = try header.place(of: field.name)
    let slot = places.firstIndex(of: place) ?? places.count
    if slot == places.count { places.append(place) }
    var list: Int?
    if field.parser.kind == .codes {
      let isActor = field.column == .actor1 || field.column == .actor2
      list = isActor ? actorList ?? lists : lists
      if list == lists { lists += 1 }
      if isActor { actorList = list }
    }
    fields.append(BlockParser.Field(field: field, slot: slot, list: list, part: part))
  }
  let parser = BlockParser(
    fields: fields, wanted: places, columnCount: header.names.count, form: form,
    fileNumber: columns.contains(.record) ? fileNumber : nil)
  let workers = max(1, context.workerCount)
  let assembly = Assembly(fields: fields, workers: workers)
  _ = try context.concurrentMap(workers) { (worker) throws(Diagnostic) in
    try parse(part, reader, parser, into: assembly, worker, stopsAtBadRow: layout.onBadRow == .stop, in: context)
  }
  try report(assembly, of: part, named: reader.name, form, layout, in: context)
  try warnOfOutliers(assembly, fields, of: part, named: reader.name, in: context)
  let whole = try assembly.columns(in: context)
  var rows = TabularRows(count: assembly.count, columns: [:], extras: [:])
  var extras: [String: EventTable.Values] = [:]
  for (field, values) in zip(fields, whole) {
    if let column = field.field.column { rows.columns[column] = values } else { extras[field.field.name] = values }
  }
  if columns.contains(.record) { rows.columns[.record] = .records(Column(assembly.takeReferences())) }
  rows = TabularRows(count: rows.count, columns: rows.columns, extras: extras)
  try finish(&rows)
  let table = EventTable(
    count: rows.count, columns: rows.columns, direction: layout.direction, ontology: layout.ontology)
  if let ids = table.id, columns.contains(.id) { warnOfDuplicates(ids, named: reader.name, in: context) }
  return table.keeping(columns)
}

/// Parses blocks until there are no more.
private func parse(
  _ part: InputPart, _ reader: DelimitedReader, _ parser: BlockParser, into assembly: Assembly, _ worker: Int,
  stopsAtBadRow: Bool, in context: RunContext
) throws(Diagnostic) {
  var parser = parser
  while true {
    let next: DelimitedBlock?
    do throws(Diagnostic) { next = try reader.next() } catch {
      assembly.add(try placed(error, by: reader, in: part, context), of: worker)
      return
    }
    guard let block = next else { return }
    let parsed = parser.parse(block)
    let progress = RunContext.Progress(done: block.storedBytesRead, total: reader.storedBytes, unit: "bytes")
    reader.recycle(block)
    if stopsAtBadRow, parsed.badCount > 0 { reader.stop() }
    assembly.add(parsed, of: worker, growth: Double(reader.storedBytes) / Double(max(1, progress.done)))
    context.report(progress)
    try context.checkCancellation()
  }
}

/// Throws the first problem of the file, or warns of the rows left out.
private func report(
  _ assembly: Assembly, of part: InputPart, named name: String, _ form: TabularForm, _ layout: TabularLayout,
  in context: RunContext
) throws(Diagnostic) {
  var shown: [RowProblem] = []
  var recordsBefore = 0
  let blocks = assembly.blocks
  for block in blocks {
    for var problem in block.problems.prefix(shownProblems - shown.count) {
      problem.record += recordsBefore
      shown.append(problem)
    }
    recordsBefore += block.recordCount
  }
  let bad = blocks.reduce(0) { $0 + $1.badCount }
  guard let first = shown.first, layout.onBadRow == .stop || assembly.failure == nil else {
    if let failure = assembly.failure { throw failure }
    if assembly.count == 0 {
      context.warn(
        .warning(
          .noEvents, form.names == .firstRecord ? "the file has a header and no events" : "the file has no events",
          at: SourceLocation(file: name, line: 1)))
    }
    return
  }
  let places = try locate(layout.onBadRow == .stop ? [first.offset] : shown.map(\.offset), in: part, context)
  func located(_ place: FilePlace) -> SourceLocation {
    SourceLocation(file: name, line: place.line, column: place.column)
  }
  if layout.onBadRow == .stop {
    let isTotals = first.mayBeTotals ? try isLastRecord(first.offset, of: part, form, in: context) : false
    let message = isTotals ? FaultMessage.totals(first.message) : first.message
    throw .error(
      message.kind, message.text, at: places.first.map(located), hint: message.hint,
      notes: [
        "record \(first.record + 1) of the file, byte \(first.offset)",
        "with 'on_bad_row: skip' such rows are left out and counted",
      ])
  }
  let notes = zip(shown, places).map { problem, place in
    let isTotals = problem.mayBeTotals && problem.record == recordsBefore - 1
    return "line \(place.line), column \(place.column): "
      + (isTotals ? FaultMessage.totals(problem.message) : problem.message).text
  }
  context.warn(
    .warning(
      .rowsSkipped, "\(bad) of \(recordsBefore) rows cannot be read and were left out", at: places.first.map(located),
      hint: "mend them, or count with what is left",
      notes: notes + (bad > shown.count ? ["and \(bad - shown.count) more"] : [])))
  if assembly.count == 0 { context.warn(.warning(.noEvents, "no row could be read", at: SourceLocation(file: name))) }
}

/// Warns of numbers that are taken as unknown because they are outside of their bounds.
private func warnOfOutliers(
  _ assembly: Assembly, _ fields: [BlockParser.Field], of part: InputPart, named name: String, in context: RunContext
) throws(Diagnostic) {
  for (number, field) in fields.enumerated() where field.field.isLenient {
    guard let bounds = field.field.parser.bounds else { continue }
    let found = assembly.blocks.flatMap { $0.outliers.filter { $0.number == number } }
    let (count, first) = (found.reduce(0) { $0 + $1.count }, found.flatMap(\.first).prefix(shownProblems))
    guard count > 0 else { continue }
    let places = try locate(first.map(\.offset), in: part, context)
    let notes = zip(first, places).map { "line \($1.line), column \($1.column): '\(shown($0.text))'" }
    context.warn(
      .warning(
        .takenAsUnknown,
        "\(count) of \(assembly.count) events \(count == 1 ? "has" : "have") a '\(field.field.name)' outside "
          + "\(inWords(bounds)); it is taken as unknown",
        at: places.first.map { SourceLocation(file: name, line: $0.line, column: $0.column) },
        hint: "such events are kept, without that number",
        notes: notes + (count > first.count ? ["and \(count - first.count) more"] : [])))
  }
}

/// Warns of ids that several events have.
private func warnOfDuplicates(_ ids: TextColumn, named name: String, in context: RunContext) {
  var index = LabelIndex()
  var repeats: [Int: Int] = [:]
  unsafe ids.bytes.withUnsafeBufferPointer { bytes in
    guard let base = bytes.baseAddress else { return }
    for row in 0..<ids.count where ids.validity?[row] ?? true {
      let range = ids.range(row)
      let known = index.count
      let code = unsafe Int(index.intern(FieldText(start: base + range.lowerBound, count: range.count)))
      if code < known { repeats[code, default: 0] += 1 }
    }
  }
  guard !repeats.isEmpty else { return }
  let total = repeats.values.reduce(0, +)
  let notes = repeats.keys.sorted().prefix(shownProblems).map { code in
    "'\(String(decoding: index.utf8(code), as: UTF8.self))' occurs \((repeats[code] ?? 0) + 1) times"
  }
  context.warn(
    .warning(
      .duplicateIDs, "\(total) event\(total == 1 ? "" : "s") repeat\(total == 1 ? "s" : "") the id of an earlier one",
      at: SourceLocation(file: name), hint: "'deduplicate: id' in the event set keeps the first of each",
      notes: notes + (repeats.count > shownProblems ? ["and \(repeats.count - shownProblems) more ids"] : [])))
}
