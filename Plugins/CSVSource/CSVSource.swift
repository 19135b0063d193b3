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
  private let ontology: Ontology?
  private let scale: ScaleChoice
  private let columns: ParameterMap<String>
  private let dates: DateFormat
  private let onBadRow: BadRowPolicy

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "csv", name: "CSV", summary: "Reads events from delimited text, with canonical or your own column names.",
    diagnostics: DiagnosticKind.delimitedTextKinds + DiagnosticKind.tabularEventsKinds
      + DiagnosticKind.eventScalesKinds)

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    let paths: InputPaths = parameters.required(
      "path", "The file, plain or compressed with gzip or zip; a pattern such as data/*.csv, or a list.")
    let isDirected = parameters.optional(
      "directed", default: false, "Whether actor1 acts on actor2, as in CAMEO-coded data.")
    direction = isDirected ? .directed : .undirected
    let scheme = parameters.optional(
      "ontology", default: Scheme.none,
      "The scheme of the codes; Goldstein score and quad class are looked up where the file has no such column.")
    ontology = Ontology(rawValue: scheme.rawValue)
    scale = parameters.optional(
      "scale", default: ScaleChoice.published(.gdelt),
      "Whose scores CAMEO codes have, gdelt or icews; or a CSV of your own with class, goldstein and quad_class.")
    parameters.check(
      scale != .published(.icews) || scheme == .cameo, about: ["scale", "ontology"],
      "'scale' icews has scores for CAMEO codes, but 'ontology' is \(scheme.rawValue)", hint: "write ontology: cameo")
    columns = parameters.optional(
      "columns", default: ParameterMap<String>([]), "Which column of the file stands for which canonical name.")
    let pattern = parameters.optional(
      "date_format", default: DateFormat.iso.pattern,
      "How the file writes dates: yyyy, m or mm, MMM or MMMM for English names, d or dd, and what stands between.",
      where: .datePattern)
    dates = DateFormat(pattern) ?? .iso
    let delimiter = parameters.optional("delimiter", default: Delimiter.comma, "What stands between two fields.")
    let isQuoted = parameters.optional(
      "quoting", default: true, "Whether fields may stand in quotes; false where a quote is a character like any other."
    )
    input = TabularInput(paths, TabularForm(DelimitedFormat(delimiter: delimiter.byte, isQuoted: isQuoted)))
    onBadRow = parameters.optional(
      "on_bad_row", default: BadRowPolicy.stop,
      "Whether a row that cannot be read stops the run, or is left out and counted.")
    for entry in columns.entries {
      parameters.check(
        canonicalNames.contains(entry.name), about: ["columns"],
        "'columns' has '\(entry.name)', which is not a canonical name",
        hint: suggestion(for: entry.name, among: canonicalNames))
    }
    parameters.check(
      columns["code"] == nil || columns["event_class"] == nil, about: ["columns"],
      "'columns' has both 'code' and 'event_class', which are one column", hint: "leave one out")
  }

  /// What the events will have, from the files' headers.
  public func schema(in context: RunContext) throws(Diagnostic) -> EventSchema {
    var schema = try input.schema(in: context, layout: layout)
    if schema.columns.contains(.eventClass), let scale = try scale.scale(for: ontology, in: context) {
      schema.columns.formUnion(scale.columns)
    }
    return schema
  }

  /// Reads the events, in the order of the files.
  public func read(_ columns: EventColumns, in context: RunContext) throws(Diagnostic) -> EventTable {
    let own = try input.schema(in: context, layout: layout).columns
    guard own.contains(.eventClass), let scale = try scale.scale(for: ontology, in: context) else {
      return try input.events(columns, in: context, layout: layout)
    }
    let lookedUp = columns.intersection(scale.columns).subtracting(own.subtracting(scale.replaces))
    let table = try input.events(
      lookedUp.isEmpty ? columns : columns.union(.eventClass), in: context, layout: layout)
    return try table.scored(lookedUp, by: scale, in: context)
  }

  /// Fetches raw records.
  public func records(_ references: [RecordReference], in context: RunContext) throws(Diagnostic) -> [RawRecord] {
    try input.records(references, in: context)
  }

  /// Which columns of the file are read, and how.
  @Sendable private func layout(of header: TabularHeader) throws(Diagnostic) -> TabularLayout {
    var fields: [TabularField] = []
    for entry in columns.entries {
      guard let column = canonicalColumn(entry.name) else { continue }
      _ = try header.place(of: entry.value, parameter: "columns.\(entry.name)")
      if !fields.contains(where: { $0.column == column }) { fields.append(field(entry.value, column)) }
    }
    for (name, column) in canonicalFields(of: header) where !fields.contains(where: { $0.column == column }) {
      fields.append(field(name, column))
    }
    if !fields.contains(where: { $0.column == .firstDay }) { _ = try header.place(of: EventColumn.firstDay.name) }
    if case .own = scale, !fields.contains(where: { $0.column == .eventClass }) {
      _ = try header.place(of: EventColumn.eventClass.name, parameter: "scale")
    }
    return TabularLayout(
      fields: fields, direction: direction, ontology: ontology?.name, onBadRow: onBadRow)
  }
  private func field(_ name: String, _ column: EventColumn) -> TabularField {
    TabularField(name, as: column, .canonical(column, dates: dates))
  }
}

/// The names that `columns` may give a column of the file.
private let canonicalNames =
  EventColumn.allCases.filter { $0 != .record }.flatMap { $0 == .eventClass ? [$0.name, "event_class"] : [$0.name] }

private func canonicalColumn(_ name: String) -> EventColumn? {
  name == "event_class" ? .eventClass : EventColumn.allCases.first { $0.name == name && $0 != .record }
}

/// The schemes a workspace can name.
private enum Scheme: String, ScalarParameter, CaseIterable { case cameo, plover, ucdp, acled, gtd, none }

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

extension ParameterRule where Value == String {
  fileprivate static var datePattern: Self {
    Self("hold yyyy, one of m, mm, MMM, MMMM, and one of d, dd, once each") { DateFormat($0) != nil }
  }
}
