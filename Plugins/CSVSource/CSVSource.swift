import DelimitedText
public import EventModel
import EventScales
import Ontology
import TabularEvents
public import Workbench

/// Reads events from a file of delimited text, plain or compressed.
public struct CSVSource: DataSource {
  private let input: TabularInput
  private let direction: DyadDirection
  private let scheme: ClassScheme
  private let columns: ParameterMap<OwnColumns>
  private let dates: DateFormat
  private let missing: [String]
  private let onBadRow: BadRowPolicy

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "csv", name: "CSV", summary: "Reads events from delimited text, with canonical or your own column names.",
    diagnostics: DiagnosticKind.delimitedTextKinds + DiagnosticKind.tabularEventsKinds
      + DiagnosticKind.eventScalesKinds)

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    let paths = parameters.eventFiles()
    let isDirected = parameters.optional(
      "directed", default: false, "Whether actor1 acts on actor2, as in CAMEO-coded data.")
    direction = isDirected ? .directed : .undirected
    scheme = ClassScheme(parameters: &parameters)
    columns = parameters.optional(
      "columns", default: ParameterMap<OwnColumns>([]),
      "Which column of the file stands for which canonical name; for date_start also those of year, month and day.")
    let pattern = parameters.optional(
      "date_format", default: DateFormat.iso.pattern,
      "How the file writes dates: yyyy, m or mm, MMM or MMMM for English names, d or dd, and what stands between.",
      where: .datePattern)
    dates = DateFormat(pattern) ?? .iso
    let delimiter = parameters.optional("delimiter", default: Delimiter.comma, "What stands between two fields.")
    let isQuoted = parameters.optional(
      "quoting", default: true, "Whether fields may stand in quotes; false where a quote is a character like any other."
    )
    let encoding = parameters.optional(
      "encoding", default: TextEncoding.utf8,
      "What the bytes of text mean; with the second, fields that are not valid UTF-8 are Windows-1252.")
    input = TabularInput(
      paths, TabularForm(DelimitedFormat(delimiter: delimiter.byte, isQuoted: isQuoted), encoding: encoding))
    missing = parameters.optional(
      "missing", default: [String](), "Texts that mean that there is no value, beside an empty field: NA, '-99'.")
    onBadRow = parameters.onBadRow()
    parameters.checkColumns(columns)
    parameters.checkDateParts(columns)
  }

  /// What the events will have, from the files' headers.
  public func schema(in context: RunContext) throws(Diagnostic) -> EventSchema {
    try scheme.completing(input.schema(in: context, layout: layout), in: context)
  }

  /// Reads the events, in the order of the files.
  public func read(_ columns: EventColumns, in context: RunContext) throws(Diagnostic) -> EventTable {
    let own = try input.schema(in: context, layout: layout).columns
    let reading = try scheme.reading(columns, beside: own, in: context)
    return try reading.completing(input.events(reading.columns, in: context, layout: layout), in: context)
  }

  /// Fetches raw records.
  public func records(_ references: [RecordReference], in context: RunContext) throws(Diagnostic) -> [RawRecord] {
    var meanings: [String: String] = [:]
    for name in EventColumn.canonicalNames { meanings[name] = EventColumn(canonicalName: name)?.meaning }
    for entry in columns.entries {
      guard let meaning = EventColumn(canonicalName: entry.name)?.meaning else { continue }
      for (name, part) in zip(entry.value.names, OwnColumns.parts) {
        meanings[name] = entry.value.areParts ? "\(part) of the \(meaning)" : meaning
      }
    }
    return try input.records(references, meanings: meanings, in: context)
  }

  /// Which columns of the file are read, and how.
  @Sendable private func layout(of header: TabularHeader) throws(Diagnostic) -> TabularLayout {
    var fields: [TabularField] = []
    var dateParts: DateParts?
    func isFilled(_ column: EventColumn) -> Bool {
      fields.contains { $0.column == column } || (column == .firstDay && dateParts != nil)
    }
    for entry in columns.entries {
      guard let column = EventColumn(canonicalName: entry.name) else { continue }
      for name in entry.value.names { _ = try header.place(of: name, parameter: "columns.\(entry.name)") }
      guard !isFilled(column) else { continue }
      switch entry.value {
      case .one(let name): fields.append(field(name, column))
      case .parts(let names):
        dateParts = DateParts(
          year: names[0], month: names.count > 1 ? names[1] : nil, day: names.count > 2 ? names[2] : nil,
          missing: missing)
      }
    }
    for (name, column) in canonicalFields(of: header) where !isFilled(column) { fields.append(field(name, column)) }
    if !isFilled(.firstDay) { _ = try header.place(of: EventColumn.firstDay.name) }
    if scheme.hasOwnScale, !fields.contains(where: { $0.column == .eventClass }) {
      _ = try header.place(of: EventColumn.eventClass.name, parameter: "scale")
    }
    return TabularLayout(
      fields: fields, dateParts: dateParts, direction: direction, ontology: scheme.ontology?.name,
      onBadRow: onBadRow)
  }
  private func field(_ name: String, _ column: EventColumn) -> TabularField {
    TabularField(
      name, as: column, .canonical(column, dates: dates), missing: missing,
      isLenient: EventColumns.coordinates.contains(column))
  }
}

/// What can stand between two fields.
private enum Delimiter: String, ScalarParameter, CaseIterable {
  case comma, tab, semicolon, bar
  var byte: UInt8 {
    switch self {
    case .comma: 44
    case .tab: 9
    case .semicolon: 59
    case .bar: 124
    }
  }
}
