public import EventModel
public import Workbench

/// Tables of events in files: which files, and how they are written.
///
/// A source keeps one, and says with a layout, for the header of each file, which fields make which columns.
public struct TabularInput: Sendable, Hashable {
  /// The files.
  public var paths: InputPaths
  /// How they are written.
  public var form: TabularForm
  /// Names files and how they are written.
  public init(_ paths: InputPaths, _ form: TabularForm = .csv) {
    self.paths = paths
    self.form = form
  }

  /// What the events of all files have, from their headers.
  public func schema(
    in context: RunContext, layout: (TabularHeader) throws(Diagnostic) -> TabularLayout
  ) throws(Diagnostic) -> EventSchema {
    var schema: EventSchema?
    for part in try context.files.parts(of: paths) {
      let header = try TabularHeader(part, form, in: context)
      let layout = try layout(header)
      for (_, field) in layout.allFields { _ = try header.place(of: field.name) }
      schema = schema?.intersection(layout.schema) ?? layout.schema
    }
    return schema ?? EventSchema(columns: [], direction: .undirected)
  }

  /// Reads the events of all files at the same time; they keep the order of the files and of their records.
  ///
  /// The columns are those that all files have; a warning names others that were asked for.
  /// - Parameter columns: the columns wanted; of them those that the layout fills are read, and always the dates.
  /// - Parameter layout: which fields of a file make which columns, by its header.
  /// - Parameter finish: leaves rows of a file out, and makes columns from others.
  public func events(
    _ columns: EventColumns, in context: RunContext,
    layout: @Sendable (TabularHeader) throws(Diagnostic) -> TabularLayout,
    finish: @Sendable (inout TabularRows) throws(Diagnostic) -> Void = { _ in }
  ) throws(Diagnostic) -> EventTable {
    let parts = try context.files.parts(of: paths)
    let queue = FileQueue(count: parts.count)
    _ = try context.concurrentMap(max(1, context.workerCount)) { (_) throws(Diagnostic) -> Int in
      var taken = 0
      while let job = queue.take({ (number) throws(Diagnostic) in
        try OpenedFile(parts[number], form, columns: columns, number: number, in: context, layout: layout)
      }) {
        try parse(job, of: queue, in: context)
        queue.finish(job.number)
        taken += 1
      }
      return taken
    }
    var (files, failure) = queue.results()
    let common = warnOfDifferences(files.map { ($0.name, $0.layout.columns) }, asked: columns, in: context)
    var tables: [EventTable] = []
    while !files.isEmpty {
      // What was parsed of a file is given up as soon as its table is made.
      tables.append(try files.removeFirst().table(columns, in: context, finish: finish).keeping(common))
    }
    if let failure { throw failure }
    let table = EventTable.concatenating(tables)
    if let ids = table.id { warnOfDuplicates(ids, named: parts.count == 1 ? parts[0].name : nil, in: context) }
    return table
  }

  /// The columns that all files have; warns of others that were asked for.
  private func warnOfDifferences(
    _ files: [(name: String, columns: EventColumns)], asked: EventColumns, in context: RunContext
  ) -> EventColumns {
    let common = files.reduce(EventColumns.all) { $0.intersection($1.columns) }
    let dropped = files.reduce(EventColumns()) { $0.union($1.columns) }.subtracting(common).intersection(asked)
    guard !dropped.isEmpty else { return common }
    let notes = dropped.columns.map { column in
      let without = files.filter { !$0.columns.contains(column) }.map(\.name)
      let rest = without.count > 3 ? " and \(without.count - 3) more" : ""
      return "'\(column.name)' is not in \(without.prefix(3).joined(separator: ", "))\(rest)"
    }
    let names = dropped.columns.map { "'\($0.name)'" }.joined(separator: ", ")
    context.warn(
      .warning(
        .columnsDiffer, "the files differ: \(names) left out, which not all of them have",
        hint: "read the files that have more columns as a source of their own", notes: notes))
    return common
  }

  /// Fetches records: each with all its fields, as its file has them.
  /// - Parameter meanings: what the dataset says of its fields, by name.
  public func records(
    _ references: [RecordReference], meanings: [String: String] = [:], in context: RunContext
  ) throws(Diagnostic) -> [RawRecord] {
    let parts = try context.files.parts(of: paths)
    var found: [RecordReference: RawRecord] = [:]
    for (file, own) in Dictionary(grouping: references, by: \.file).sorted(by: { $0.key < $1.key }) {
      guard parts.indices.contains(file) else {
        throw .error(
          .noRecord, "the source has no file number \(file + 1)", hint: "files were removed since the run: run again",
          exit: .noInput)
      }
      let records = try readRecords(own, of: parts[file], form, meanings: meanings, in: context)
      for (reference, record) in zip(own, records) { found[reference] = record }
    }
    return references.compactMap { found[$0] }
  }
}

extension DiagnosticKind {
  static let columnsDiffer = DiagnosticKind(
    "events.columns-differ", "The files of a source do not have the same columns.",
    "The events of a source have the columns that all its files have; others are left out. Make two sources of files that "
      + "differ, and an event set of both.")
}
