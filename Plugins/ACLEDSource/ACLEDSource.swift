import DelimitedText
public import EventModel
import EventScales
import Ontology
import TabularEvents
public import Workbench

/// Reads the events of ACLED, the Armed Conflict Location & Event Data, in the layouts it has had since 2015.
public struct ACLEDSource: DataSource {
  private let input: TabularInput
  private let eventClass: ClassLevel
  private let selection: Selection
  private let scale: InputPath?
  private let onBadRow: BadRowPolicy

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "acled", name: "ACLED", summary: "Reads events of ACLED as exported since 2015.",
    citation: """
      ACLED (Armed Conflict Location & Event Data), www.acleddata.com. Raleigh, C., R. Kishi and A. Linke (2023). \
      Political instability patterns are obscured by conflict dataset scope conditions, sources, and coding choices. \
      Humanities and Social Sciences Communications 10, 74. Raleigh, C., A. Linke, H. Hegre and J. Karlsen (2010). \
      Introducing ACLED: an Armed Conflict Location and Event Dataset. Journal of Peace Research 47(5), 651-660.
      """,
    mayRedistribute: false,
    diagnostics: DiagnosticKind.delimitedTextKinds + DiagnosticKind.tabularEventsKinds
      + DiagnosticKind.eventScalesKinds + [.noSubEventTypes, .otherEvents, .unknownKinds])

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    input = TabularInput(parameters.eventFiles())
    eventClass = parameters.optional(
      "class", default: .subEventType, "Which of ACLED's categories is the event class.")
    let kinds: [ActorKind]? = parameters.optional(
      "kinds", "Kinds of actor of which at least one takes part in the events read; left out: any.",
      where: .nonemptyList())
    selection = Selection(
      kinds: kinds ?? ActorKind.allCases,
      needsCivilians: parameters.optional(
        "civilian_targeting", default: false, "Whether only events are read in which civilians are the main target."))
    scale = parameters.optional(
      "scale", "A CSV of your own with class, goldstein and quad_class, in place of the defaults.")
    onBadRow = parameters.onBadRow()
  }

  /// What the events will have, from the files' headers.
  public func schema(in context: RunContext) throws(Diagnostic) -> EventSchema {
    var schema = try input.schema(in: context) { header throws(Diagnostic) in try layout(of: header, for: .all) }
    schema.columns.formUnion([.goldstein, .quadClass])
    return schema
  }

  /// Reads the events, in the order of the files.
  public func read(_ columns: EventColumns, in context: RunContext) throws(Diagnostic) -> EventTable {
    let scored = columns.intersection([.goldstein, .quadClass])
    let wanted = scored.isEmpty ? columns : columns.union(.eventClass)
    let tally = Tally<Count>()
    let table = try input.events(wanted, in: context) { header throws(Diagnostic) in
      if wanted.contains(.eventClass), eventClass == .subEventType, header.name(of: "sub_event_type") == nil {
        tally.add(1, to: .withoutSubEventTypes)
      }
      return try layout(of: header, for: wanted)
    } finish: { rows throws(Diagnostic) in
      selection.apply(to: &rows, counting: tally)
      // Up to 2015 countries have Gleditsch and Ward's numbers.
      let (iso, gwno) = (rows.extra("iso"), rows.extra("gwno"))
      let countries = CodedColumn.countries(
        numbers: iso ?? gwno, by: { iso != nil ? Countries.iso3(numeric: $0) : Countries.iso3(gwno: $0) },
        names: rows.extra("country"))
      if let countries { rows.columns[.country] = .codes(countries) }
    }
    tally.report(in: context)
    return try table.namingCountries(by: Countries.iso3(name:), in: context)
      .scored(scored, by: scale(in: context), in: context).keeping(columns)
  }

  private func scale(in context: RunContext) throws(Diagnostic) -> EventScale {
    guard let scale else { return EventScale(.acled) }
    return try EventScale(reading: scale, for: .acled, in: context)
  }

  /// Fetches raw records, each field with what the codebook says of it.
  public func records(_ references: [RecordReference], in context: RunContext) throws(Diagnostic) -> [RawRecord] {
    try input.records(references, meanings: fieldMeanings, in: context)
  }

  /// Which columns of a file are read, and how; layouts differ in names, in their case and in what they have.
  private func layout(
    of header: TabularHeader, for wanted: EventColumns
  ) throws(Diagnostic) -> TabularLayout {
    try header.require(["event_date", "event_type", "actor1", "actor2", "fatalities"], of: "ACLED")
    var fields: [TabularField] = []
    func add(_ column: EventColumn, _ name: String?, _ parser: FieldParser, isLenient: Bool = false) {
      if let name { fields.append(TabularField(name, as: column, parser, isLenient: isLenient)) }
    }
    add(.id, header.name(of: "event_id_cnty", "data_id"), .text)
    add(.firstDay, header.name(of: "event_date"), .day(dates))
    add(.datePrecision, header.name(of: "time_precision"), .word(datePrecisions))
    add(.actor1, header.name(of: "actor1"), .label)
    add(.actor2, header.name(of: "actor2"), .label)
    switch eventClass {
    case .subEventType: add(.eventClass, header.name(of: "sub_event_type", "event_type"), .label)
    case .eventType: add(.eventClass, header.name(of: "event_type"), .label)
    }
    add(.fatalitiesBest, header.name(of: "fatalities"), .integer(0...Int32.max))
    add(.latitude, header.name(of: "latitude"), .canonical(.latitude), isLenient: true)
    add(.longitude, header.name(of: "longitude"), .canonical(.longitude), isLenient: true)
    add(.geoPrecision, header.name(of: "geo_precision"), .byte(1...3))
    add(.country, header.name(of: "iso3"), .label)
    add(.admin1, header.name(of: "admin1"), .label)
    add(.place, header.name(of: "location"), .label)
    add(.outlet, header.name(of: "source"), .label)
    var extras = selection.fields(of: header)
    var made: EventColumns = []
    if header.name(of: "iso3") == nil {
      let names = [header.name(of: "iso", "gwno"), header.name(of: "country")].compactMap { $0 }
      if !names.isEmpty { made = .country }
      if onBadRow == .skip || wanted.contains(.country) { extras += names.map { TabularField(extra: $0, .label) } }
    }
    return TabularLayout(
      fields: fields + extras, direction: .undirected, ontology: Ontology.acled.name, onBadRow: onBadRow, made: made)
  }
}

/// The three ways in which ACLED has written dates: `18/04/2001`, `16 May 2025`, `2023-01-31`.
private let dates = DateFormat("yyyy-mm-dd* | d MMMM yyyy | d/m/yyyy") ?? .iso

/// What `time_precision` says, on the scale of all datasets.
private let datePrecisions = [("1", DatePrecision.day), ("2", .week), ("3", .month)].map { text, precision in
  FieldParser.Word(text, precision.rawValue)
}

/// Which of ACLED's categories is the event class.
private enum ClassLevel: String, ScalarParameter, CaseIterable {
  case subEventType = "sub-event-type"
  case eventType = "event-type"
}
