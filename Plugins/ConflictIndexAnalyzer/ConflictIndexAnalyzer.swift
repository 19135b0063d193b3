import EventModel
import Incidents
public import Workbench

/// The `conflict-index` analyzer: countries or divisions by deadliness, danger to civilians, diffusion and fragmentation.
public struct ConflictIndexAnalyzer: Analyzer {
  private let classes: [String]?
  private let civilians: [String]?
  private let unit: IndexUnit
  private let days: Int

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "conflict-index", name: "Conflict index",
    summary: "Ranks countries or divisions by deadliness, danger to civilians, diffusion and fragmentation.",
    citation:
      "The four indicators are those of the ACLED Conflict Index (Armed Conflict Location & Event Data, acleddata.com); its "
      + "own scaling is not reproduced",
    diagnostics: DiagnosticKind.incidentKinds)

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    classes = parameters.incidentClasses()
    let civilians: OneOrMore<String>? = parameters.optional(
      "civilians",
      "The event classes that target civilians; left out: one-sided in ucdp, violence against civilians in acled. Incidents "
        + "with an actor of kind civilians do so as well.")
    self.civilians = civilians?.elements
    unit = parameters.optional("unit", default: .country, "What is ranked.")
    days = parameters.optional(
      "days", default: 365, "How many days count, up to the last that every source covers.",
      where: ParameterRule("be from 28 to 3660") { $0 >= 28 && $0 <= 3_660 })
  }

  /// What it must be given.
  public var needs: Needs {
    Needs(
      events: EventSchema(columns: classes == nil ? [] : .eventClass, direction: .undirected),
      optional: EventColumns.id.union([
        .actors, .eventClass, .fatalities, .coordinates, .geoPrecision, .country, .admin1,
      ]))
  }
  /// The tables it makes.
  public var yields: [TableSchema] { [IndexTable.schema] }

  /// Analyzes the events.
  public func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic) -> AnalysisResult {
    let records = try IncidentRecords(classes, input.events, in: context)
    let table = IndexTable(RankedUnits(records, input.events, unit, civilians: civilians, days: days))
    return AnalysisResult(
      tables: [table.table], findings: table.findings(input.events),
      charts: [
        Chart(
          "index", "Mean of the ranks of four indicators: 1 is worst of all units in each", kind: .bars, table: "index",
          x: "unit", y: ["index"]),
        Chart(
          "deadliness", "Fatalities by unit, best, low and high estimate", kind: .bars, table: "index", x: "unit",
          y: ["fatalities_best"], interval: ["fatalities_low", "fatalities_high"]),
      ])
  }
}

/// What is ranked.
enum IndexUnit: String, CaseIterable, ScalarParameter {
  case country, admin1

  var column: EventColumn { self == .country ? .country : .admin1 }
  var plural: String { self == .country ? "countries" : "divisions" }
}
