import EventModel
import JSONText
import Statistics
import Workbench

/// The mean centre of the incidents of each year, and how far they lie from it.
struct CentreTable {
  private struct Year {
    let year: Int
    let events: [Int]
    let centre: MeanCentre
  }
  private let years: [Year]

  /// Years of fewer incidents have a centre that says little: no shift is given from or to them.
  private static let fewest = 10

  init(_ placed: PlacedIncidents) {
    let days = placed.events.firstDay.values
    var members: [Int: [Int]] = [:]
    for index in placed.indices(precision: 3) {
      members[days[Int(placed.rows[index])].date.year, default: []].append(index)
    }
    years = members.keys.sorted().compactMap { year in
      let own = members[year] ?? []
      return MeanCentre(own.map { placed.points[$0] }).map { Year(year: year, events: own, centre: $0) }
    }
  }

  static let schema = TableSchema(
    "centres", "A row is a calendar year with incidents that have coordinates.", keys: ["year"],
    columns: [
      ColumnSchema("year", .integer, "the year, whether or not it is wholly covered"),
      ColumnSchema("incidents", .integer, unit: "records", "incident records of geo precision 3 or better, or unknown"),
      ColumnSchema("latitude", .real, unit: "degrees north", "of the mean centre"),
      ColumnSchema("longitude", .real, unit: "degrees east", "of the mean centre"),
      ColumnSchema("standard_distance", .real, unit: "km", "root of the mean squared distance from it"),
      ColumnSchema(
        "shift", .real, unit: "km", "from the centre of the year before; empty below 10 incidents in either"),
    ])

  private func shift(_ place: Int) -> Double? {
    guard place > 0, years[place].year == years[place - 1].year + 1, years[place].events.count >= Self.fewest,
      years[place - 1].events.count >= Self.fewest
    else { return nil }
    return years[place - 1].centre.centre.kilometres(to: years[place].centre.centre)
  }

  var table: ResultTable {
    var table = ResultTable.Builder(Self.schema)
    for (place, year) in years.enumerated() {
      table.append([
        .integer(year.year), .integer(year.events.count), exact(year.centre.centre.latitude),
        exact(year.centre.centre.longitude), exact(year.centre.standardDistance), exact(shift(place)),
      ])
    }
    return table.finish()
  }

  /// The greatest move from one year to the next.
  var findings: [Finding] {
    let moves = years.indices.compactMap { place in shift(place).map { (place, $0) } }
    guard moves.count >= 2, let most = moves.max(by: { ($0.1, $1.0) < ($1.1, $0.0) }) else { return [] }
    let (from, to) = (years[most.0 - 1], years[most.0])
    return [
      Finding(
        "The mean centre of incidents moved most from \(from.year) to \(to.year): \(short(most.1)) km (standard distance "
          + "\(short(from.centre.standardDistance)) and \(short(to.centre.standardDistance)) km, \(from.events.count) and "
          + "\(to.events.count) incidents).",
        numbers: [
          "shift": exact(most.1), "standard_distance": exact(to.centre.standardDistance),
          "incidents": .integer(to.events.count),
        ], strength: .descriptive)
    ]
  }
}
