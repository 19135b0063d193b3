import DelimitedText
public import EventModel
import EventScales
import Ontology
import TabularEvents
public import Workbench

/// Reads the incidents of the Global Terrorism Database.
public struct GTDSource: DataSource {
  private let input: TabularInput
  private let target: Target
  private let selection: IncidentSelection
  private let onBadRow: BadRowPolicy

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "gtd", name: "GTD", summary: "Reads the incidents of the Global Terrorism Database, saved as CSV.",
    citation: "START (National Consortium for the Study of Terrorism and Responses to Terrorism). Global Terrorism "
      + "Database [data file]. University of Maryland, https://www.start.umd.edu/gtd.",
    mayRedistribute: false,
    diagnostics: DiagnosticKind.delimitedTextKinds + DiagnosticKind.tabularEventsKinds
      + DiagnosticKind.eventScalesKinds + DiagnosticKind.gtdKinds)

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    // What was put together over the years is in Windows-1252, copies of it in UTF-8, and some in both.
    input = TabularInput(parameters.eventFiles(), TabularForm(encoding: .utf8OrWindows1252))
    target = parameters.optional(
      "target", default: Target.type,
      "What the second actor is: the type of the target, its nationality, or the organization it belonged to.")
    selection = IncidentSelection(
      excludesDoubtful: parameters.optional(
        "exclude_doubtful", default: false,
        "Whether incidents are left out of which the coders doubt that they are terrorism."),
      needsAllCriteria: parameters.optional(
        "all_criteria", default: false,
        "Whether incidents are left out that meet two of the three criteria of inclusion only."))
    onBadRow = parameters.onBadRow()
  }

  /// What the events will have, from the files' headers.
  public func schema(in context: RunContext) throws(Diagnostic) -> EventSchema {
    var schema = try input.schema(in: context, layout: layout)
    if schema.columns.contains(.eventClass) { schema.columns.formUnion([.goldstein, .quadClass]) }
    return schema
  }

  /// Reads the events, in the order of the files.
  public func read(_ columns: EventColumns, in context: RunContext) throws(Diagnostic) -> EventTable {
    let scored = columns.intersection([.goldstein, .quadClass])
    let tally = Tally<Count>()
    do throws(Diagnostic) {
      let table = try input.events(
        scored.isEmpty ? columns : columns.union(.eventClass), in: context, layout: layout
      ) { rows in
        rows.selectIncidents(selection, counting: tally)
        rows.makeFatalities(counting: tally)
        rows.makeLastDays(counting: tally)
        rows.scoreFailures()
      }
      tally.report(in: context)
      return try table.namingCountries(by: Countries.iso3(name:), in: context)
        .scoringAttacks(scored, in: context).keeping(columns)
    } catch {
      throw error.explainedForGTD
    }
  }

  /// Fetches raw records, each field with what the codebook says of it.
  public func records(_ references: [RecordReference], in context: RunContext) throws(Diagnostic) -> [RawRecord] {
    try input.records(references, meanings: GTDFields.meanings, in: context)
  }

  /// Which columns of a file are read, and how; cuts of the database lack some.
  @Sendable private func layout(of header: TabularHeader) throws(Diagnostic) -> TabularLayout {
    if let last = header.names.last, last.hasSuffix(";") {
      throw .error(
        .gtdPaddedLines, "each line ends with semicolons: its fields were written as CSV twice",
        at: SourceLocation(file: header.file, line: 1),
        hint: "download the file again, and save it as CSV with commas; do not open the CSV in a spreadsheet")
    }
    let columns: [TabularField] = [
      TabularField("eventid", as: .id, .text),
      TabularField("gname", as: .actor1, .label),
      TabularField(target.column, as: .actor2, .label),
      TabularField("attacktype1_txt", as: .eventClass, .label),
      TabularField("country_txt", as: .country, .label),
      TabularField("provstate", as: .admin1, .label, missing: ["Unknown"]),
      TabularField("city", as: .place, .label, missing: ["Unknown"]),
      TabularField("latitude", as: .latitude, .real(-90...90), isLenient: true),
      TabularField("longitude", as: .longitude, .real(-180...180), isLenient: true),
      TabularField("specificity", as: .geoPrecision, .byte(1...5)),
      // Read as numbers too, so that a row whose columns are shifted is found.
      TabularField(extra: "eventid", .real(190_000_000_000...219_999_999_999)),
      TabularField(extra: "iyear", .integer(1900...2199)),
      TabularField(extra: GTDField.killed, .real(0...1_000_000), missing: unknownCount),
      TabularField(extra: GTDField.success, .byte(0...1)),
      TabularField(extra: GTDField.resolution, .label),
    ]
    // These stand beside texts, which fall into them where columns are shifted either way.
    let codes = ["attacktype1", "attacktype2", "targtype1", "targsubtype1", "natlty1", "weaptype1", "weapsubtype1"]
      .map { TabularField(extra: $0, .integer(-99...99_999)) }
    var fields = (columns + codes).filter { header.contains($0.name) }
    for name in selection.fields {
      _ = try header.place(of: name)
      fields.append(TabularField(extra: name, .integer(-9...1)))
    }
    var made: EventColumns = []
    if header.contains(GTDField.killed) { made.formUnion(EventColumns([.fatalitiesBest])) }
    if header.contains(GTDField.success), header.contains("attacktype1_txt") { made.formUnion(.goldstein) }
    return TabularLayout(
      fields: fields, dateParts: DateParts(year: "iyear", month: "imonth", day: "iday"), direction: .directed,
      ontology: Ontology.gtd.name, onBadRow: onBadRow,
      made: made)
  }
}

/// How the database writes a number that is not known, alone and in copies that were made of it.
private let unknownCount = ["-9", "-99", "-9.0", "-99.0"]

/// What the target of an attack is called.
private enum Target: String, ScalarParameter, CaseIterable {
  case type, nationality, organization
  var column: String {
    switch self {
    case .type: "targtype1_txt"
    case .nationality: "natlty1_txt"
    case .organization: "corp1"
    }
  }
}
