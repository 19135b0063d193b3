import EventModel
import Incidents
import JSONText
import Statistics
import Workbench

/// The incidents that have coordinates, and how precise these are.
struct PlacedIncidents: Sendable {
  let events: EventTable
  let all: Int
  /// The rows of those with coordinates, and their places.
  private(set) var rows: [Int32] = []
  private(set) var points: [GroundPoint] = []
  /// The geo precision of each; 0 where it is not known.
  private(set) var precisions: [UInt8] = []
  let hasPrecision: Bool

  init(_ records: IncidentRecords, _ events: EventTable) {
    self.events = events
    all = records.rows.count
    let codes = events.bytes(.geoPrecision)
    hasPrecision = codes != nil
    guard let north = events.reals(.latitude), let east = events.reals(.longitude) else { return }
    for row in records.rows {
      guard let latitude = north[Int(row)], let longitude = east[Int(row)] else { continue }
      rows.append(row)
      points.append(GroundPoint(latitude: latitude, longitude: longitude))
      precisions.append(codes?[Int(row)] ?? 0)
    }
  }

  /// The indices of those placed at least as precisely as so.
  ///
  /// Where the data have no precision all are taken, else those without one are left out.
  func indices(precision most: UInt8) -> [Int] {
    hasPrecision ? precisions.indices.filter { 1...most ~= precisions[$0] } : Array(precisions.indices)
  }

  static let schema = TableSchema(
    "placement", "A row is how precisely some incidents are placed.", keys: ["geo_precision"],
    columns: [
      ColumnSchema(
        "geo_precision", .text,
        "on the scale of the dataset, less is more precise; none: unknown; no place: no "
          + "coordinates"),
      ColumnSchema("incidents", .integer, unit: "records", "incident records"),
      ColumnSchema("share", .real, "their share"),
      ColumnSchema("sites", .integer, "different coordinates that they have"),
    ])
  var table: ResultTable {
    var rows: [(name: String, count: Int, sites: Int)] = []
    for value in Set(precisions).sorted() {
      let own = precisions.indices.filter { precisions[$0] == value }
      rows.append((value == 0 ? "none" : String(value), own.count, Set(own.map { points[$0] }).count))
    }
    let without = all - precisions.count
    if without > 0 { rows.append(("no place", without, 0)) }
    var table = ResultTable.Builder(Self.schema)
    for row in rows {
      table.append([
        .string(row.name), .integer(row.count), exact(Double(row.count) / Double(all)), .integer(row.sites),
      ])
    }
    return table.finish()
  }

  static let sites = TableSchema(
    "sites", "A row is a place: coordinates with their precision; the 2,000 of most incidents.",
    keys: ["latitude", "longitude", "geo_precision"],
    columns: [
      ColumnSchema("latitude", .real, unit: "degrees north", "WGS 84"),
      ColumnSchema("longitude", .real, unit: "degrees east", "WGS 84"),
      ColumnSchema("geo_precision", .integer, "on the scale of the dataset, less is more precise; empty: unknown"),
      ColumnSchema("incidents", .integer, unit: "records", "incident records"),
    ])
  var siteTable: ResultTable {
    struct Site: Hashable {
      var point: GroundPoint
      var precision: UInt8
    }
    var counts: [Site: Int] = [:]
    for index in rows.indices { counts[Site(point: points[index], precision: precisions[index]), default: 0] += 1 }
    let most = counts.sorted { left, right in
      let (a, b) = (left.key, right.key)
      if left.value != right.value { return left.value > right.value }
      return (a.point.latitude, a.point.longitude, a.precision) < (b.point.latitude, b.point.longitude, b.precision)
    }.prefix(2_000)
    var table = ResultTable.Builder(Self.sites)
    for (site, count) in most {
      table.append([
        exact(site.point.latitude), exact(site.point.longitude),
        site.precision > 0 ? .integer(Int(site.precision)) : .null,
        .integer(count),
      ])
    }
    return table.finish()
  }

  var findings: [Finding] {
    guard rows.count < all else { return [] }
    return [
      Finding(
        rows.isEmpty
          ? "None of \(counted(all, "incident")) has coordinates: nothing is said of clusters or repeats."
          : "Of \(counted(all, "incident")), \(all - rows.count) without coordinates appear on no map.",
        numbers: ["incidents": .integer(all), "without": .integer(all - rows.count)], strength: .descriptive)
    ]
  }
}
