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

  /// Reads the events of all files, in the order of the files and of their records.
  /// - Parameter columns: the columns wanted; of them those that the layout fills are read, and always the dates.
  /// - Parameter layout: which fields of a file make which columns, by its header.
  /// - Parameter finish: leaves rows of a file out, and makes columns from others.
  public func events(
    _ columns: EventColumns, in context: RunContext,
    layout: @Sendable (TabularHeader) throws(Diagnostic) -> TabularLayout,
    finish: @Sendable (inout TabularRows) throws(Diagnostic) -> Void = { _ in }
  ) throws(Diagnostic) -> EventTable {
    var tables: [EventTable] = []
    for (number, part) in try context.files.parts(of: paths).enumerated() {
      tables.append(
        try readEvents(
          part, form, columns: columns, fileNumber: number, in: context, layout: layout, finish: finish))
    }
    return .concatenating(tables)
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
