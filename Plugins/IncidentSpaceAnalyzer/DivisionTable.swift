import EventModel
import Incidents
import JSONText
import Workbench

/// Incidents by country and first administrative division.
struct DivisionTable {
  static let schema = TableSchema(
    "divisions", "A row is a first administrative division with incidents.", keys: ["country", "admin1"],
    columns: [
      ColumnSchema("country", .text, "its country; empty where no incident names one"),
      ColumnSchema("admin1", .text, "the division; empty for incidents without one"),
      ColumnSchema("incidents", .integer, unit: "records", "incident records"),
      ColumnSchema("share", .real, "their share of all"),
      ColumnSchema(
        "rank", .integer, "1 for most incidents, of at least five divisions; equal counts share the smallest"),
      ColumnSchema("fatalities_low", .integer, unit: "persons", "low estimates; empty where none gives one"),
      ColumnSchema("fatalities_best", .integer, unit: "persons", "best estimates; empty where none gives one"),
      ColumnSchema("fatalities_high", .integer, unit: "persons", "high estimates; empty where none gives one"),
      ColumnSchema("first", .date, "the first day of the earliest"), ColumnSchema("last", .date, "of the latest"),
    ])

  private struct Division {
    let country: String?
    let admin1: String?
    var rows: [Int32] = []
  }
  private let events: EventTable
  private let divisions: [Division]
  private let total: Int

  init(_ records: IncidentRecords, _ events: EventTable) {
    self.events = events
    total = records.rows.count
    let (countries, names) = (events.codes(.country), events.codes(.admin1))
    var divisions: [Division] = []
    var places: [SIMD2<Int64>: Int] = [:]
    for row in records.rows {
      let (country, name) = (countries?.codes[Int(row)], names?.codes[Int(row)])
      let key = SIMD2(country.map(Int64.init) ?? -1, name.map(Int64.init) ?? -1)
      let place = places[key] ?? divisions.count
      if place == divisions.count {
        places[key] = place
        divisions.append(
          Division(
            country: country.map { countries?.labels[Int($0)] ?? "" }, admin1: name.map { names?.labels[Int($0)] ?? "" }
          ))
      }
      divisions[place].rows.append(row)
    }
    self.divisions = names == nil ? [] : divisions
  }

  private var named: [Division] { divisions.filter { $0.admin1 != nil } }

  var table: ResultTable {
    var table = ResultTable.Builder(Self.schema)
    let counts = named.map(\.rows.count)
    let days = events.firstDay.values
    for division in divisions {
      let estimates = EventColumns.fatalities.columns.map { column -> Int? in
        let numbers = events.integers(column).map { values in division.rows.compactMap { values[Int($0)] } } ?? []
        return numbers.isEmpty ? nil : numbers.reduce(0) { $0 + Int($1) }
      }
      let isRanked = counts.count >= 5 && division.admin1 != nil
      let own = division.rows.map { days[Int($0)] }
      table.append([
        cell(division.country), cell(division.admin1), .integer(division.rows.count),
        exact(Double(division.rows.count) / Double(total)),
        cell(isRanked ? counts.count { $0 > division.rows.count } + 1 : nil), cell(estimates[0]), cell(estimates[1]),
        cell(estimates[2]), cell(own.min()), cell(own.max()),
      ])
    }
    return table.finish()
  }

  /// Where most incidents are, of at least five divisions.
  var findings: [Finding] {
    let named = named.sorted { left, right in
      left.rows.count != right.rows.count
        ? left.rows.count > right.rows.count
        : (left.admin1 ?? "").utf8.lexicographicallyPrecedes((right.admin1 ?? "").utf8)
    }
    guard named.count >= 5, let most = named.first, total >= 10, most.rows.count > named[1].rows.count else {
      return []
    }
    let unnamed = divisions.filter { $0.admin1 == nil }.reduce(0) { $0 + $1.rows.count }
    return [
      Finding(
        "\(most.admin1 ?? "") has most incidents of \(named.count) divisions: \(most.rows.count) of \(total) "
          + "(\(short(100 * Double(most.rows.count) / Double(total))) %); \(named[1].admin1 ?? "") follows with "
          + "\(named[1].rows.count)" + (unnamed > 0 ? "; \(unnamed) name no division" : "") + ".",
        numbers: ["incidents": .integer(most.rows.count), "all": .integer(total), "divisions": .integer(named.count)],
        strength: .descriptive, events: most.rows.prefix(10).compactMap { events.id?[Int($0)] })
    ]
  }
}
