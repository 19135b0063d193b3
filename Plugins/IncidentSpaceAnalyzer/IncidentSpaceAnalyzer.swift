import EventModel
import Incidents
import Statistics
public import Workbench

/// The `incident-space` analyzer: where incidents are, whether that clusters, and whether one is followed by others nearby.
public struct IncidentSpaceAnalyzer: Analyzer {
  private let classes: [String]?
  private let cell: Double
  private let permutations: Int

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "incident-space", name: "Incidents in space",
    summary:
      "Counts incidents by division and cell, tests whether they cluster and repeat nearby, and follows their centre.",
    citation:
      "Moran 1950, Biometrika 37:17; Ord and Getis 1995, Geographical Analysis 27:286; Knox 1964, Applied Statistics 13:25; "
      + "Townsley, Johnson and Ratcliffe 2008, Security Journal 21:139",
    diagnostics: DiagnosticKind.incidentKinds)

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    classes = parameters.incidentClasses()
    cell = parameters.optional(
      "cell", default: 0.5,
      "The side of cells in degrees; below .25, about 25 km, only exactly placed incidents are counted in them.",
      where: ParameterRule("be from 0.01 to 10") { $0 >= 0.01 && $0 <= 10 })
    permutations = parameters.optional(
      "permutations", default: 999, "How many permutations show whether incidents cluster and repeat nearby.",
      where: ParameterRule("be from 19 to 9999") { $0 >= 19 && $0 <= 9_999 })
  }

  /// What it must be given.
  public var needs: Needs {
    Needs(
      events: EventSchema(columns: classes == nil ? [] : .eventClass, direction: .undirected),
      optional: EventColumns.id.union([.eventClass, .fatalities, .coordinates, .geoPrecision, .country, .admin1]))
  }
  /// The tables it makes.
  public var yields: [TableSchema] {
    [
      PlacedIncidents.schema, DivisionTable.schema, CellTable.schema, CellTable.clustering, RepeatTable.schema,
      CentreTable.schema, PlacedIncidents.sites,
    ]
  }

  /// Analyzes the events.
  public func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic) -> AnalysisResult {
    let events = input.events
    let records = try IncidentRecords(classes, events, in: context)
    let placed = PlacedIncidents(records, events)
    let divisions = DivisionTable(records, events)
    let cells = try CellTable(placed, side: cell, permutations: permutations, in: context)
    try context.checkCancellation()
    let repeats = try RepeatTable(placed, permutations: permutations, in: context)
    let centres = CentreTable(placed)
    return AnalysisResult(
      tables: [placed.table, divisions.table] + cells.tables + [repeats.table, centres.table, placed.siteTable],
      findings: divisions.findings + cells.findings + repeats.findings + centres.findings + placed.findings,
      charts: [
        Chart(
          "sites", "Incidents by place, fainter the less precisely they are placed", kind: .map, table: "sites",
          x: "longitude", y: ["latitude"], size: "incidents", precision: "geo_precision"),
        Chart(
          "cells", "Incidents by cell: hot spots and others", kind: .map, table: "cells", x: "longitude",
          y: ["latitude"], series: "verdict", size: "incidents",
          note: "a hot spot and its neighbours together have more than chance gives"),
        Chart(
          "divisions", "Incidents by first division", kind: .bars, table: "divisions", x: "admin1", y: ["incidents"]),
        Chart(
          "repeats", "How often an incident is followed by another nearby, over what chance gives", kind: .heatMap,
          table: "near-repeats", x: "days", y: ["ratio"], series: "distance"),
        Chart(
          "centres", "The mean centre of incidents by year", kind: .points, table: "centres", x: "longitude",
          y: ["latitude"], size: "incidents", label: "year"),
      ])
  }
}
