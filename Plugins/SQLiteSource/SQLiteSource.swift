public import EventModel
import EventScales
import TabularEvents
public import Workbench

/// Reads events from a table of an SQLite file, or from a query over it.
public struct SQLiteSource: DataSource {
  private let database: LentDatabase
  private let rows: RowsOfInterest
  private let form: ColumnForm
  private let scheme: ClassScheme

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "sqlite", name: "SQLite",
    summary: "Reads events from a table or a query of an SQLite file, which it never changes.",
    diagnostics: DiagnosticKind.sqliteKinds + DiagnosticKind.eventScalesKinds)

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    let path: InputPath = parameters.required("path", "The SQLite file.")
    let table: String? = parameters.optional("table", "The table to read, in the order of its row ids.")
    let query: String? = parameters.optional(
      "query", "The query to read instead of a table: one SELECT that ends with ORDER BY.")
    let columns = parameters.optional(
      "columns", default: ParameterMap<String>([]), "Which column of the table stands for which canonical name.")
    let isDirected = parameters.optional(
      "directed", default: false, "Whether actor1 acts on actor2, as in CAMEO-coded data.")
    scheme = ClassScheme(parameters: &parameters)
    let pattern = parameters.optional(
      "date_format", default: DateFormat.iso.pattern,
      "How texts write dates: yyyy, m or mm, MMM or MMMM for English names, d or dd, and what stands between.",
      where: .datePattern)
    let onBadRow = parameters.onBadRow()
    let seconds = parameters.optional(
      "time_limit", default: 300, "For how many seconds the database may work before it is stopped.", where: .atLeast(1)
    )
    parameters.check(
      (table == nil) != (query == nil), about: ["table", "query"],
      table == nil ? "one of 'table' and 'query' must be there" : "'table' and 'query' exclude each other",
      hint: table == nil ? "name the table" : "leave one out")
    let problem = query.flatMap { SelectText($0).problem }
    parameters.check(problem == nil, about: ["query"], problem?.message ?? "", hint: problem?.hint)
    parameters.checkColumns(columns)
    database = LentDatabase(path: path, seconds: seconds)
    rows = query.map { .query($0) } ?? .table(table ?? "")
    form = ColumnForm(
      names: columns, dates: DateFormat(pattern) ?? .iso, direction: isDirected ? .directed : .undirected,
      ontology: scheme.ontology, onBadRow: onBadRow)
  }

  /// What the events will have, from the names of the columns.
  public func schema(in context: RunContext) async throws(Diagnostic) -> EventSchema {
    try scheme.completing(await ownSchema(in: context), in: context)
  }
  private func ownSchema(in context: RunContext) async throws(Diagnostic) -> EventSchema {
    let (rows, form, path) = (rows, form, database.path)
    return try await database.read(in: context) { db in
      try form.layout(of: Selection(rows, in: db, path), path).schema
    }
  }

  /// Reads the events, in the order of the table's row ids or of the query.
  public func read(_ columns: EventColumns, in context: RunContext) async throws(Diagnostic) -> EventTable {
    let reading = try scheme.reading(columns, beside: await ownSchema(in: context).columns, in: context)
    return try reading.completing(await events(reading.columns, in: context), in: context)
  }
  private func events(_ columns: EventColumns, in context: RunContext) async throws(Diagnostic) -> EventTable {
    let (rows, form, path) = (rows, form, database.path)
    return try await database.read(in: context) { db in
      let selection = try Selection(rows, in: db, path)
      return try form.layout(of: selection, path).events(columns, of: selection, in: db, context)
    }
  }

  /// Fetches raw records: all columns of a row, as the database has them.
  public func records(_ references: [RecordReference], in context: RunContext) async throws(Diagnostic) -> [RawRecord] {
    let (rows, form, path) = (rows, form, database.path)
    return try await database.read(in: context) { db in
      let selection = try Selection(rows, in: db, path)
      return try form.layout(of: selection, path).records(references, of: selection, in: db, context)
    }
  }
}
