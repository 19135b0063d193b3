import JSONText
public import Workbench

/// What lies beneath maps, as exporters take it: a GeoJSON file and whom to name for it.
public struct MapParameters: Sendable {
  private let path: InputPath?
  private let credit: String?

  /// Reads the parameters.
  public init(_ parameters: inout ParameterReader) {
    path = parameters.optional(
      "boundaries", "A GeoJSON file of areas or lines to draw beneath maps; without it maps show degrees.")
    credit = parameters.optional(
      "boundaries_credit", "Whom to name for the boundaries below each map; without it, the file's name.")
    parameters.check(
      credit == nil || path != nil, about: ["boundaries_credit", "boundaries"],
      "'boundaries_credit' names the source of 'boundaries', which are not given",
      hint: "add `boundaries:` or take 'boundaries_credit' out")
  }

  /// The boundaries, read; nil where none are asked for.
  public func boundaries(in context: RunContext) throws(Diagnostic) -> Boundaries? {
    guard let path else { return nil }
    let bytes = try context.files.open(path).readAll(limit: 1 << 26, tooLarge: Self.tooLarge)
    try context.checkCancellation()
    let credit = credit ?? path.text.split(separator: "/").last.map(String.init) ?? path.text
    guard let json = JSONValue(reading: bytes), let boundaries = Boundaries(geoJSON: json, credit: credit) else {
      throw .error(
        Self.badBoundaries, "'\(path.text)' is no GeoJSON file with areas or lines",
        at: SourceLocation(file: path.text),
        parameter: "boundaries", hint: "give a FeatureCollection of polygons or lines, longitude first")
    }
    return boundaries
  }

  static let badBoundaries = DiagnosticKind(
    "charts.bad-boundaries", "A file of boundaries is no GeoJSON, or holds neither areas nor lines.",
    "Maps take GeoJSON (RFC 7946): a FeatureCollection, a Feature or a geometry, of polygons or lines, with longitude "
      + "before latitude in degrees. Other formats become GeoJSON with `ogr2ogr -f GeoJSON out.json in.shp`.")
  static let tooLarge = DiagnosticKind(
    "charts.large-boundaries", "A file of boundaries is larger than 64 MB.",
    "A map is 760 pixels wide: simplified boundaries look the same. `ogr2ogr -simplify 0.01` makes them small.")
  /// The kinds of problems that reading boundaries can report.
  public static let diagnostics = [badBoundaries, tooLarge]
}
