import DelimitedText
public import EventModel
import EventScales
import Ontology
import TabularEvents
public import Workbench

/// Reads the events of ICEWS, the Integrated Crisis Early Warning System, from its files of tab-delimited text.
public struct ICEWSSource: DataSource {
  private let input: TabularInput
  private let actor: ActorField
  private let onBadRow: BadRowPolicy

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "icews", name: "ICEWS", summary: "Reads the events of ICEWS, coded in CAMEO from news: who did what to whom.",
    citation: """
      Boschee, Elizabeth, Jennifer Lautenschlager, Sean O'Brien, Steve Shellman, James Starz and Michael Ward (2015): \
      ICEWS Coded Event Data. Harvard Dataverse, https://doi.org/10.7910/DVN/28075.
      """,
    mayRedistribute: false,
    diagnostics: DiagnosticKind.delimitedTextKinds + DiagnosticKind.tabularEventsKinds
      + DiagnosticKind.eventScalesKinds + [.otherDataset])

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    input = TabularInput(parameters.eventFiles(), TabularForm(.tsv, encoding: .utf8OrWindows1252))
    actor = parameters.optional(
      "actor", default: .name, "Whether actors are those that the file names, or their countries.")
    onBadRow = parameters.onBadRow()
  }

  /// What the events will have, from the files' headers.
  public func schema(in context: RunContext) throws(Diagnostic) -> EventSchema {
    var schema = try input.schema(in: context, layout: layout)
    schema.columns.formUnion(.quadClass)
    return schema
  }

  /// Reads the events, in the order of the files.
  public func read(_ columns: EventColumns, in context: RunContext) throws(Diagnostic) -> EventTable {
    let wanted = columns.contains(.quadClass) ? columns.union(.eventClass) : columns
    let events = try input.events(wanted, in: context, layout: layout)
    return try events.namingCountries(by: Countries.iso3(name:), in: context).scored(
      columns.intersection(.quadClass), by: EventScale(.cameo, table: .icews), in: context
    ).keeping(columns)
  }

  /// Fetches raw records.
  public func records(_ references: [RecordReference], in context: RunContext) throws(Diagnostic) -> [RawRecord] {
    try input.records(references, meanings: fieldMeanings, in: context)
  }

  /// Which columns of the file are read, and how.
  @Sendable private func layout(of header: TabularHeader) throws(Diagnostic) -> TabularLayout {
    guard header.contains("CAMEO Code") || !header.contains("Event Mode") else {
      throw .error(
        .otherDataset, "the file holds events of POLECAT, which are coded in PLOVER",
        at: SourceLocation(file: header.file, line: 1), hint: "use: polecat")
    }
    let (source, target) = actor == .name ? ("Source Name", "Target Name") : ("Source Country", "Target Country")
    var fields: [TabularField] = []
    for (name, column) in [
      ("Event Date", EventColumn.firstDay), (source, .actor1), (target, .actor2), ("CAMEO Code", .eventClass),
      ("Intensity", .goldstein),
    ] {
      _ = try header.place(of: name)
      fields.append(field(name, column))
    }
    for (name, column) in [
      ("Event ID", EventColumn.id), ("Publisher", .outlet), ("City", .place), ("Province", .admin1),
      ("Country", .country), ("Latitude", .latitude), ("Longitude", .longitude),
    ] where header.contains(name) {
      fields.append(field(name, column))
    }
    return TabularLayout(fields: fields, direction: .directed, ontology: Ontology.cameo.name, onBadRow: onBadRow)
  }
  /// A coordinate outside of the world is unknown; a row is no worse for it.
  private func field(_ name: String, _ column: EventColumn) -> TabularField {
    TabularField(
      name, as: column, .canonical(column), missing: ["NA"], isLenient: EventColumns.coordinates.contains(column))
  }
}

/// What stands for an actor.
private enum ActorField: String, ScalarParameter, CaseIterable { case name, country }

/// What the dataset says of its fields, in our words.
private let fieldMeanings = [
  "Event ID": "identifier of the event",
  "Event Date": "day of the event, taken from the story",
  "Source Name": "actor who acts",
  "Source Sectors": "sectors the acting actor belongs to on that day, divided by commas",
  "Source Country": "country the acting actor belongs to",
  "Event Text": "name of the CAMEO category",
  "CAMEO Code": "category of the event; a text, whose leading zero counts",
  "Intensity": "score of the category, from -10 (most hostile) to 10 (most cooperative), by the table of ICEWS",
  "Target Name": "actor acted on",
  "Target Sectors": "sectors the actor acted on belongs to on that day, divided by commas",
  "Target Country": "country the actor acted on belongs to",
  "Story ID": "identifier of the story the event was coded from",
  "Sentence Number": "number of the sentence in the story",
  "Publisher": "who published the story",
  "City": "city where the event is placed",
  "District": "district where the event is placed",
  "Province": "province where the event is placed",
  "Country": "country where the event is placed",
  "Latitude": "degrees north of the place",
  "Longitude": "degrees east of the place",
]

extension DiagnosticKind {
  static let otherDataset = DiagnosticKind(
    "icews.other-dataset", "The file holds events of POLECAT, not of ICEWS.",
    "POLECAT follows ICEWS, with other columns and another scheme of codes. It has a source of its own: `use: polecat`."
  )
}
