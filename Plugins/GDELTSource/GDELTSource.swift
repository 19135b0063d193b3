import DelimitedText
public import EventModel
import EventScales
import Ontology
import TabularEvents
public import Workbench

/// Reads the event files of GDELT 1.0 and 2.0.
public struct GDELTSource: DataSource {
  private let input: TabularInput
  private let version: Version?
  private let actors: ActorField
  private let rootEventsOnly: Bool
  private let minimumMentions: Int
  private let onBadRow: BadRowPolicy

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "gdelt", name: "GDELT", summary: "Reads the event files of GDELT 1.0 and 2.0, as they are published.",
    citation: "Leetaru, Kalev, and Philip A. Schrodt (2013). GDELT: Global Data on Events, Location and Tone, "
      + "1979-2012. Annual meeting of the International Studies Association. The GDELT Project, "
      + "https://www.gdeltproject.org.",
    diagnostics: DiagnosticKind.delimitedTextKinds + DiagnosticKind.tabularEventsKinds + DiagnosticKind.gdeltKinds
      + [.noCountryCode])

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    let paths: InputPaths = parameters.required(
      "path", "The file as published, zipped or not; a pattern such as data/*.export.CSV.zip, or a list.")
    version = parameters.optional(
      "version", "The version that the files must be of; without it the number of fields tells.")
    actors = parameters.optional(
      "actor", default: ActorField.code,
      "Whether an actor is its whole CAMEO code, such as PAKGOV, or its country alone, such as PAK.")
    rootEventsOnly = parameters.optional(
      "root_events", default: false, "Whether only events from the opening paragraph of a report are kept.")
    minimumMentions = parameters.optional(
      "min_mentions", default: 1, "How often an event must have been mentioned at least to be kept.",
      where: .atLeast(1))
    onBadRow = parameters.onBadRow()
    // Fields stand between tabs alone: a quote is a character like any other.
    input = TabularInput(paths, TabularForm(.tsv, names: .fixed(GDELTFields.nameLists)))
  }

  /// What the events will have, from the number of fields of each file.
  public func schema(in context: RunContext) throws(Diagnostic) -> EventSchema {
    try input.schema(in: context, layout: layout)
  }

  /// Reads the events, in the order of the files.
  public func read(_ columns: EventColumns, in context: RunContext) throws(Diagnostic) -> EventTable {
    let selection = EventSelection(rootEventsOnly: rootEventsOnly, minimumMentions: minimumMentions)
    let tally = Tally<EventSelection.Count>()
    let table = try input.events(columns, in: context, layout: layout) { rows in
      selection.apply(to: &rows, counting: tally)
    }
    selection.report(tally, in: context)
    return table.namingCountries(by: Countries.iso3(fips:), in: context)
  }

  /// Fetches raw records.
  public func records(_ references: [RecordReference], in context: RunContext) throws(Diagnostic) -> [RawRecord] {
    try input.records(references, meanings: GDELTFields.meanings, in: context)
  }

  /// Which fields are read, and how.
  @Sendable private func layout(of header: TabularHeader) throws(Diagnostic) -> TabularLayout {
    if header.firstRecord.first??.uppercased() == header.names.first {
      throw .error(
        .gdeltHeader, "the file has a header, which files as GDELT publishes them have not",
        at: SourceLocation(file: header.file, line: 1),
        hint: "take the first line off: tail -n +2 old.tsv > new.tsv; or read the file with 'use: csv'")
    }
    let found: Version = header.contains("ActionGeo_ADM2Code") ? .two : .one
    if let version, version != found {
      throw .error(
        .gdeltOtherVersion,
        "the file has \(header.names.count) fields, as GDELT \(found.name) has; 'version' says \(version.name)",
        at: SourceLocation(file: header.file, line: 1), parameter: "version",
        hint: "leave 'version' out: the number of fields tells")
    }
    var fields = [
      TabularField("GLOBALEVENTID", as: .id, .text),
      TabularField("SQLDATE", as: .firstDay, .day(.digits)),
      TabularField("Actor1\(actors.suffix)", as: .actor1, .label),
      TabularField("Actor2\(actors.suffix)", as: .actor2, .label),
      TabularField("EventCode", as: .eventClass, .label),
      TabularField("QuadClass", as: .quadClass, .byte(1...4)),
      TabularField("GoldsteinScale", as: .goldstein, .score),
      TabularField("NumArticles", as: .reports, .integer(0...Int32.max)),
      TabularField("ActionGeo_Type", as: .geoPrecision, .word(placeTypes), missing: ["0"]),
      TabularField("ActionGeo_FullName", as: .place, .label),
      TabularField("ActionGeo_CountryCode", as: .country, .label),
      TabularField("ActionGeo_ADM1Code", as: .admin1, .label),
      TabularField("ActionGeo_Lat", as: .latitude, .real(-90...90), isLenient: true),
      TabularField("ActionGeo_Long", as: .longitude, .real(-180...180), isLenient: true),
      TabularField(extra: "DATEADDED", .day(.digitsWithTime)),
    ]
    if rootEventsOnly { fields.append(TabularField(extra: "IsRootEvent", .byte(0...1))) }
    if minimumMentions > 1 { fields.append(TabularField(extra: "NumMentions", .integer(0...Int32.max))) }
    return TabularLayout(fields: fields, direction: .directed, ontology: Ontology.cameo.name, onBadRow: onBadRow)
  }
}

/// How precisely each type of place is known, on UCDP's scale, as GDELT's own numbers have no order: a city, in the United
/// States or elsewhere, 1; a state or division 4; a country 6.
private let placeTypes: [FieldParser.Word] = [
  .init("3", 1), .init("4", 1), .init("2", 4), .init("5", 4), .init("1", 6),
]

/// The versions of the format.
private enum Version: String, ScalarParameter, CaseIterable {
  case one = "1"
  case two = "2"
  var name: String { "\(rawValue).0" }
}

/// What of an actor is its name.
private enum ActorField: String, ScalarParameter, CaseIterable {
  case code, country
  var suffix: String {
    switch self {
    case .code: "Code"
    case .country: "CountryCode"
    }
  }
}
