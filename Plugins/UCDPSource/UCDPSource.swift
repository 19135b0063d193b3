import DelimitedText
public import EventModel
import EventScales
import Ontology
import TabularEvents
public import Workbench

/// Reads the events of the UCDP Georeferenced Event Dataset, of its yearly releases and of its Candidate releases.
public struct UCDPSource: DataSource {
  private let input: TabularInput
  private let estimate: Estimate
  private let limits: Limits
  private let scale: InputPath?
  private let onBadRow: BadRowPolicy

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "ucdp", name: "UCDP GED",
    summary: "Reads the events of the UCDP Georeferenced Event Dataset, yearly and Candidate releases.",
    citation: """
      Sundberg, R. and E. Melander (2013). Introducing the UCDP Georeferenced Event Dataset. Journal of Peace Research \
      50(4), 523-532. Davies, S., T. Pettersson, M. Sollenberg and M. Öberg (2025). Organized violence 1989-2024, and \
      the challenges of identifying civilian victims. Journal of Peace Research 62(4), 1223-1240. Uppsala Conflict \
      Data Program, Department of Peace and Conflict Research, Uppsala University, ucdp.uu.se.
      """,
    actorIDs: [.actor1: ["side_a_new_id", "side_a_id"], .actor2: ["side_b_new_id", "side_b_id"]],
    diagnostics: DiagnosticKind.delimitedTextKinds + DiagnosticKind.tabularEventsKinds
      + DiagnosticKind.eventScalesKinds + [.estimatesOutOfOrder, .eventsBeyondLimits, .unidentifiedSides])

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    input = TabularInput(parameters.eventFiles())
    estimate = parameters.optional(
      "estimate", default: .best, "Which of UCDP's estimates of the dead fills fatalities_best.")
    let violence: [Violence]? = parameters.optional(
      "violence", "Types of violence whose events are read; left out: all three.", where: .nonemptyList())
    limits = Limits(
      violence: Violence.allCases.filter { violence?.contains($0) ?? true },
      wherePrecision: parameters.optional(
        "max_where_prec", default: 7,
        "Highest where_prec of the events read: 1 exact place, 2 near it, 3 district, 4 province, 5 estimated, "
          + "6 country, 7 sea or air.", where: .inside(1...7)),
      datePrecision: parameters.optional(
        "max_date_prec", default: 5,
        "Highest date_prec of the events read: 1 exact day, 2 two to six days, 3 week, 4 month, 5 longer than a month.",
        where: .inside(1...5)),
      clarity: parameters.optional(
        "max_event_clarity", default: 2,
        "Highest event_clarity of the events read: 1 for events told apart, 2 also for sums over several.",
        where: .inside(1...2)))
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
    var read = scored.isEmpty ? columns : columns.union(.eventClass)
    // What is put for the best estimate, and what its order is checked against.
    if read.contains(.fatalitiesBest) { read.insert(EventColumns([estimate.column])) }
    let wanted = read
    let tally = Tally<Count>()
    let table = try input.events(wanted, in: context) { header throws(Diagnostic) in
      try layout(of: header, for: wanted)
    } finish: { rows throws(Diagnostic) in
      try finish(&rows, counting: tally)
    }
    tally.report(in: context)
    warnOfEstimates(of: table, in: context)
    return try estimate.chosen(in: table).namingCountries(by: Countries.iso3(name:), in: context)
      .scored(scored, by: scale(in: context), in: context).keeping(columns)
  }

  private func scale(in context: RunContext) throws(Diagnostic) -> EventScale {
    guard let scale else { return EventScale(.ucdp) }
    return try EventScale(reading: scale, for: .ucdp, in: context)
  }

  /// Fetches raw records, each field with what the codebook says of it.
  public func records(_ references: [RecordReference], in context: RunContext) throws(Diagnostic) -> [RawRecord] {
    try input.records(references, meanings: fieldMeanings, in: context)
  }

  /// Which columns of a file are read, and how; releases differ in names and in what they have.
  private func layout(
    of header: TabularHeader, for wanted: EventColumns
  ) throws(Diagnostic) -> TabularLayout {
    try header.require(["type_of_violence", "date_start", "side_a", "side_b"], of: "UCDP GED")
    var fields: [TabularField] = []
    func add(
      _ column: EventColumn, _ name: String?, _ parser: FieldParser, missing: [String] = [], isLenient: Bool = false
    ) {
      guard let name else { return }
      fields.append(TabularField(name, as: column, parser, missing: missing, isLenient: isLenient))
    }
    add(.id, header.name(of: "id"), .text)
    add(.firstDay, header.name(of: "date_start"), .day(.isoWithTime))
    add(.lastDay, header.name(of: "date_end"), .day(.isoWithTime))
    add(.datePrecision, header.name(of: "date_prec"), .word(datePrecisions))
    add(.actor1, header.name(of: "side_a"), .label)
    add(.actor2, header.name(of: "side_b"), .label)
    for estimate in Estimate.allCases {
      add(estimate.column, header.name(of: estimate.rawValue, estimate.rawValue + "_est"), .integer(0...Int32.max))
    }
    add(.latitude, header.name(of: "latitude"), .canonical(.latitude), isLenient: true)
    add(.longitude, header.name(of: "longitude"), .canonical(.longitude), isLenient: true)
    add(.geoPrecision, header.name(of: "where_prec"), .byte(1...7))
    add(.country, header.name(of: "iso3"), .label)
    add(.admin1, header.name(of: "adm_1"), .label)
    add(.place, header.name(of: "where_coordinates"), .label)
    add(.reports, header.name(of: "number_of_sources"), .integer(0...Int32.max), missing: ["-1", "-1.0"])
    add(.outlet, header.name(of: "source_office"), .label)

    var made: EventColumns = .eventClass
    var needed: EventColumns = []
    func isNeeded(_ columns: EventColumns) -> Bool { onBadRow == .skip || !wanted.isDisjoint(with: columns) }
    if limits.violence.count < Violence.allCases.count || isNeeded(.eventClass) {
      fields.append(TabularField(extra: Limits.typeOfViolence, .byte(1...3)))
    }
    if limits.wherePrecision < 7 { needed.insert(.geoPrecision) }
    if limits.datePrecision < 5 { fields.append(TabularField(extra: Limits.datePrec, .byte(1...5))) }
    if limits.clarity < 2 { fields.append(TabularField(extra: Limits.eventClarity, .byte(1...2))) }
    if header.name(of: "iso3") == nil {
      let names = ["country_id", "country"].filter(header.contains)
      if !names.isEmpty { made.insert(.country) }
      if isNeeded(.country) { fields += names.map { TabularField(extra: $0, .label) } }
    }
    return TabularLayout(
      fields: fields, direction: .undirected, ontology: Ontology.ucdp.name, onBadRow: onBadRow, needed: needed,
      made: made)
  }

  /// Leaves out what is beyond the limits, and makes the columns that no field has as they are.
  private func finish(_ rows: inout TabularRows, counting tally: Tally<Count>) throws(Diagnostic) {
    limits.apply(to: &rows, counting: tally)
    if case .bytes(let types)? = rows.extras[Limits.typeOfViolence] {
      rows.columns[.eventClass] = .codes(
        CodedColumn(
          codes: Column(types.values.map { $0 == 0 ? 0 : UInt32($0) - 1 }, validity: types.validity),
          labels: Violence.allCases.map(\.rawValue)
        ).compacted())
    }
    func names(_ field: String) -> CodedColumn? {
      if case .codes(let column)? = rows.extras[field] { column } else { nil }
    }
    let countries = CodedColumn.countries(
      numbers: names("country_id"), by: Countries.iso3(gwno:), names: names("country"))
    if let countries { rows.columns[.country] = .codes(countries) }
    identify(&rows, counting: tally)
    if case .text(let ids)? = rows.columns[.id] { rows.columns[.id] = .text(withoutDecimals(ids)) }
  }
}

/// What `date_prec` says, on the scale of all datasets; tables that went through pandas write `1.0` for `1`.
private let datePrecisions: [FieldParser.Word] = [DatePrecision.day, .week, .week, .month, .year].enumerated()
  .flatMap { number, precision in
    ["\(number + 1)", "\(number + 1).0"].map { FieldParser.Word($0, precision.rawValue) }
  }
