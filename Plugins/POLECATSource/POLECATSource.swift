import DelimitedText
public import EventModel
import EventScales
import Ontology
import TabularEvents
public import Workbench

/// Reads the events of POLECAT, the Political Event Classification, Attributes, and Types dataset.
public struct POLECATSource: DataSource {
  private let input: TabularInput
  private let actor: ActorField
  private let onBadRow: BadRowPolicy

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "polecat", name: "POLECAT",
    summary: "Reads the events of POLECAT, coded in PLOVER from news: who did what to whom.",
    citation: """
      Halterman, Andrew, Benjamin E. Bagozzi, Andreas Beger, Philip A. Schrodt and Grace I. Scarborough (2023): PLOVER \
      and POLECAT: A New Political Event Ontology and Dataset. SocArXiv, https://doi.org/10.31235/osf.io/rm5dw. Data: \
      Harvard Dataverse, https://doi.org/10.7910/DVN/AJGVIT.
      """,
    mayRedistribute: false,
    diagnostics: DiagnosticKind.delimitedTextKinds + DiagnosticKind.tabularEventsKinds
      + DiagnosticKind.eventScalesKinds + [.otherDataset, .severalActors])

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
    let events = try input.events(wanted, in: context, layout: layout) { rows in
      if case .codes(let types)? = rows.extras[typeField], case .codes(let modes)? = rows.extras[modeField] {
        rows.columns[.eventClass] = .codes(joined(types, modes))
      }
    }
    return try withOneActor(events, in: context).namingCountries(by: Countries.iso3(name:), in: context)
      .scored(columns.intersection(.quadClass), by: EventScale(.plover), in: context).keeping(columns)
  }

  /// Fetches raw records.
  public func records(_ references: [RecordReference], in context: RunContext) throws(Diagnostic) -> [RawRecord] {
    try input.records(references, meanings: fieldMeanings, in: context)
  }

  /// Which columns of the file are read, and how.
  @Sendable private func layout(of header: TabularHeader) throws(Diagnostic) -> TabularLayout {
    guard header.contains(modeField) || !header.contains("CAMEO Code") else {
      throw .error(
        .otherDataset, "the file holds events of ICEWS, which are coded in CAMEO",
        at: SourceLocation(file: header.file, line: 1), hint: "use: icews")
    }
    let (actor, recipient) =
      actor == .name ? ("Actor Name", "Recipient Name") : ("Actor Country", "Recipient Country")
    var fields: [TabularField] = []
    for (name, column) in [
      ("Event Date", EventColumn.firstDay), (actor, .actor1), (recipient, .actor2),
      // The older files call it so.
      (header.contains("Event Intensity") ? "Event Intensity" : "Intensity", .goldstein),
    ] {
      _ = try header.place(of: name)
      fields.append(field(name, column))
    }
    for name in [typeField, modeField] {
      _ = try header.place(of: name)
      fields.append(TabularField(extra: name, .label, missing: missingWords))
    }
    for (name, column) in [
      ("Event ID", EventColumn.id), ("Source", .outlet), ("City", .place), ("Province", .admin1),
      ("Country", .country), ("Latitude", .latitude), ("Longitude", .longitude),
    ] where header.contains(name) {
      fields.append(field(name, column))
    }
    return TabularLayout(
      fields: fields, direction: .directed, ontology: Ontology.plover.name, onBadRow: onBadRow, made: .eventClass)
  }
  /// A number outside of what it can be is unknown; a row is no worse for it.
  private func field(_ name: String, _ column: EventColumn) -> TabularField {
    TabularField(
      name, as: column, .canonical(column), missing: missingWords,
      isLenient: EventColumns.coordinates.contains(column))
  }

  /// Where a field names several actors, the first of them.
  private func withOneActor(_ events: EventTable, in context: RunContext) -> EventTable {
    var replaced: [EventColumn: EventTable.Values] = [:]
    var count = 0
    for column in [EventColumn.actor1, .actor2] {
      guard let actors = events.codes(column), actors.labels.contains(where: { $0.contains(";") }) else { continue }
      let isSeveral = actors.labels.map { $0.contains(";") }
      let codes = actors.codes
      for row in 0..<codes.count where codes.has(row) && isSeveral[Int(codes.values[row])] { count += 1 }
      replaced[column] = .codes(actors.renaming(firstActor))
    }
    guard count > 0 else { return events }
    context.warn(
      Diagnostic(
        .note, .severalActors,
        "\(count) field\(count == 1 ? "" : "s") for one actor name\(count == 1 ? "s" : "") several",
        hint: "the first of each is taken; `casus trace` shows all"))
    return events.replacing(replaced)
  }
}

private let typeField = "Event Type"
private let modeField = "Event Mode"
/// What stands where there is nothing.
private let missingWords = ["None", "NA"]

/// What stands for an actor.
private enum ActorField: String, ScalarParameter, CaseIterable { case name, country }

/// The first of the actors that a field names; nil where it names none.
private func firstActor(_ field: String) -> String? {
  field.split(separator: ";").lazy.map { part in
    var name = part.drop { $0 == " " }
    while name.last == " " { name.removeLast() }
    return String(name)
  }.first { !$0.isEmpty }
}

/// Type and mode as one class: `RETREAT-ceasefire`, or `RETREAT` where there is no mode.
private func joined(_ types: CodedColumn, _ modes: CodedColumn) -> CodedColumn {
  let (typeCodes, modeCodes) = (types.codes, modes.codes)
  let width = modes.labels.count + 1
  var codeOfPair = [UInt32](repeating: .max, count: types.labels.count * width)
  var labels: [String] = []
  var codes: [UInt32?] = []
  codes.reserveCapacity(types.count)
  for row in 0..<types.count {
    guard typeCodes.has(row) else {
      codes.append(nil)
      continue
    }
    let type = Int(typeCodes.values[row])
    let mode = modeCodes.has(row) ? Int(modeCodes.values[row]) : modes.labels.count
    let pair = type * width + mode
    if codeOfPair[pair] == .max {
      codeOfPair[pair] = UInt32(labels.count)
      labels.append(mode < modes.labels.count ? "\(types.labels[type])-\(modes.labels[mode])" : types.labels[type])
    }
    codes.append(codeOfPair[pair])
  }
  return CodedColumn(codes: Column(codes, placeholder: 0), labels: labels)
}

extension DiagnosticKind {
  static let otherDataset = DiagnosticKind(
    "polecat.other-dataset", "The file holds events of ICEWS, not of POLECAT.",
    "ICEWS is the forerunner of POLECAT, with other columns and another scheme of codes. It has a source of its own: "
      + "`use: icews`.")
  static let severalActors = DiagnosticKind(
    "polecat.several-actors", "Fields that stand for one actor name several.",
    "An event has two actors. Of a field that names several, divided by semicolons, the first is taken; how many there are "
      + "is counted, and the raw record has them all.")
}
