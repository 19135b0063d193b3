import DelimitedText
import EventModel
import Workbench

/// A file that is being read: what is in it, and what the workers have made of it so far.
struct OpenedFile: Sendable {
  /// The stream.
  let part: InputPart
  /// Its name, for messages.
  let name: String
  let form: TabularForm
  let layout: TabularLayout
  let fields: [BlockParser.Field]
  /// A parser for each worker that takes blocks of it.
  let parser: BlockParser
  /// Hands out its blocks; nil when there are no more, so that the file is closed.
  var reader: DelimitedReader?
  /// How many bytes are stored, and how many of them have been read.
  let storedBytes: Int
  var storedBytesRead = 0
  /// How many workers take blocks of it.
  var workerCount = 0
  /// How many have joined in reading it.
  var joined = 0
  /// What they have parsed.
  let assembly: Assembly

  /// Opens a stream and reads its header.
  /// - Parameter columns: the columns wanted; of them those that the layout fills are read, and always the dates.
  /// - Parameter number: the stream's number among those of its source, for references to records.
  init(
    _ part: InputPart, _ form: TabularForm, columns: EventColumns, number: Int, in context: RunContext,
    layout: (TabularHeader) throws(Diagnostic) -> TabularLayout
  ) throws(Diagnostic) {
    let reader = DelimitedReader(try context.files.open(part), format: form.format, blockBytes: form.blockBytes)
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
    parser = BlockParser(
      fields: fields, wanted: places, columnCount: header.names.count, form: form,
      fileNumber: columns.contains(.record) ? number : nil)
    self.part = part
    self.form = form
    self.layout = layout
    self.fields = fields
    self.reader = reader
    assembly = Assembly(fields: fields, workers: max(1, context.workerCount))
    name = reader.name
    storedBytes = reader.storedBytes
  }

  /// The events of what was parsed; throws the first problem of the file.
  ///
  /// Rows keep the order of the file. Labels are listed in the order of their first row, those of both actors in one
  /// list, whatever the number of workers and the length of blocks.
  func table(
    _ columns: EventColumns, in context: RunContext, finish: (inout TabularRows) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> EventTable {
    try report(assembly, in: context)
    try warnOfOutliers(assembly, in: context)
    let whole = try assembly.columns(in: context)
    var read: [EventColumn: EventTable.Values] = [:]
    var extras: [String: EventTable.Values] = [:]
    for (field, values) in zip(fields, whole) {
      if let column = field.field.column { read[column] = values } else { extras[field.field.name] = values }
    }
    if columns.contains(.record) { read[.record] = .records(Column(assembly.takeReferences())) }
    var rows = TabularRows(count: assembly.count, columns: read, extras: extras)
    try finish(&rows)
    return EventTable(
      count: rows.count, columns: rows.columns, direction: layout.direction, ontology: layout.ontology
    ).keeping(columns)
  }
}

/// Parses blocks of a file until there are no more.
func parse(_ job: FileQueue.Job, of queue: FileQueue, in context: RunContext) throws(Diagnostic) {
  var parser = job.parser
  while true {
    let next: DelimitedBlock?
    do throws(Diagnostic) { next = try job.reader.next() } catch {
      job.assembly.add(try placed(error, by: job.reader, in: job.part, context), of: job.worker)
      queue.fail(job.number)
      return
    }
    guard let block = next else { return }
    let parsed = parser.parse(block)
    let read = block.storedBytesRead
    job.reader.recycle(block)
    if job.stopsAtBadRow, parsed.badCount > 0 { queue.fail(job.number) }
    job.assembly.add(parsed, of: job.worker, growth: Double(job.reader.storedBytes) / Double(max(1, read)))
    context.report(queue.progress(of: job.number, read))
    try context.checkCancellation()
  }
}

extension OpenedFile {
  /// Throws the first problem of the file, or warns of the rows left out.
  private func report(_ assembly: Assembly, in context: RunContext) throws(Diagnostic) {
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
  private func warnOfOutliers(_ assembly: Assembly, in context: RunContext) throws(Diagnostic) {
    let blocks = assembly.blocks
    for (number, field) in fields.enumerated() where field.field.isLenient {
      guard let bounds = field.field.parser.bounds else { continue }
      let found = blocks.flatMap { $0.outliers.filter { $0.number == number } }
      let (count, first) = (found.reduce(0) { $0 + $1.count }, found.flatMap(\.first).prefix(shownProblems))
      guard count > 0 else { continue }
      let places = try locate(first.map(\.offset), in: part, context)
      let notes = zip(first, places).map { "line \($1.line), column \($1.column): '\(shown($0.text))'" }
      context.warn(
        .takenAsUnknown(
          count, of: assembly.count, field: field.field.name, bounds: bounds,
          at: places.first.map { SourceLocation(file: name, line: $0.line, column: $0.column) }, notes: notes))
    }
  }
}
