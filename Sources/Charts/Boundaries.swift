public import JSONText

/// Areas and lines beneath a map, read from GeoJSON (RFC 7946).
public struct Boundaries: Sendable {
  struct Point: Sendable { var longitude: Double, latitude: Double }
  struct Shape: Sendable {
    var rings: [[Point]]
    var isArea: Bool
    let west: Double, east: Double, south: Double, north: Double

    init?(_ rings: [[Point]], isArea: Bool) {
      let points = rings.joined()
      guard let west = points.map(\.longitude).min(), let east = points.map(\.longitude).max(),
        let south = points.map(\.latitude).min(), let north = points.map(\.latitude).max()
      else { return nil }
      (self.west, self.east, self.south, self.north) = (west, east, south, north)
      (self.rings, self.isArea) = (rings, isArea)
    }
  }
  let shapes: [Shape]
  /// Where they come from, as it stands below a map.
  public var credit: String

  /// The areas and lines of a GeoJSON text; nil where it is none, or has neither.
  public init?(geoJSON: JSONValue, credit: String) {
    let shapes = Self.shapes(geoJSON)
    guard !shapes.isEmpty else { return nil }
    self.shapes = shapes
    self.credit = credit
  }

  private static func shapes(_ value: JSONValue) -> [Shape] {
    func line(_ value: JSONValue) -> [Point] {
      value.elements.compactMap { pair in
        guard let longitude = pair.elements.first?.number, let latitude = pair.elements.dropFirst().first?.number,
          abs(longitude) <= 540, abs(latitude) <= 90
        else { return nil }
        return Point(longitude: longitude, latitude: latitude)
      }
    }
    func shape(_ rings: [JSONValue], isArea: Bool) -> [Shape] {
      [Shape(rings.map(line).filter { $0.count > 1 }, isArea: isArea)].compactMap { $0 }
    }
    let places = value["coordinates"] ?? .null
    switch value["type"]?.text {
    case "FeatureCollection": return (value["features"]?.elements ?? []).flatMap(shapes)
    case "Feature": return shapes(value["geometry"] ?? .null)
    case "GeometryCollection": return (value["geometries"]?.elements ?? []).flatMap(shapes)
    case "Polygon": return shape(places.elements, isArea: true)
    case "MultiPolygon": return places.elements.flatMap { shape($0.elements, isArea: true) }
    case "LineString": return shape([places], isArea: false)
    case "MultiLineString": return shape(places.elements, isArea: false)
    default: return []
    }
  }
}
