import EventModel
import Incidents
import JSONText
import Statistics
import Workbench

/// How incidents and fatalities concentrate on few places, actors or classes.
struct ConcentrationTable {
  private let all: AllSeries
  private var rows: [Row] = []
  private var curves: [(dimension: Dimension, points: [(units: Double, total: Double)])] = []
  private var findings: [RankedFinding] = []

  private struct Row {
    let series: IncidentSeries
    let unit: String
    let measure: String
    var units = 0
    var total = 0
    var missing: Double?
    var parts: Concentration?
    var top: String?
    var note: String?
  }

  init(_ incidents: Incidents, _ all: AllSeries, in context: RunContext) throws(Diagnostic) {
    self.all = all
    for dimension in Dimension.allCases where dimension != .outlet {
      try context.checkCancellation()
      guard let units = Grouping(incidents, dimension, most: 1) else {
        rows.append(
          Row(
            series: all.all, unit: dimension.rawValue, measure: "incidents",
            note: "no incident has a \(dimension.rawValue)"))
        continue
      }
      var start = 0
      for grouping in [nil] + all.groupings.map(Optional.some) {
        let number = grouping?.largest.count ?? 1
        let list = all.list[start..<start + number]
        start += number
        guard grouping?.dimension != dimension else { continue }
        add(incidents, Array(list), grouping, units)
      }
    }
  }

  private mutating func add(
    _ incidents: Incidents, _ list: [IncidentSeries], _ grouping: Grouping?, _ units: Grouping
  ) {
    let width = units.labels.count
    let slots = grouping?.slots
    var numbers = [Double](repeating: 0, count: list.count * width)
    var fatalities = numbers
    var missing = [(incidents: Int, all: Int)](repeating: (0, 0), count: list.count)
    var withBest = [Int](repeating: 0, count: list.count)
    let best = incidents.fatalities[1]
    for index in incidents.rows.indices {
      var slot = 0
      if let grouping, let slots {
        let code = grouping.codes[index]
        slot = code < 0 ? -1 : Int(slots[Int(code)])
        guard slot >= 0 else { continue }
      }
      let number = Int(incidents.values[index])
      missing[slot].all += number
      let unit = Int(units.codes[index])
      guard unit >= 0 else {
        missing[slot].incidents += number
        continue
      }
      numbers[slot * width + unit] += Double(number)
      if let deaths = best?[Int(incidents.rows[index])] {
        fatalities[slot * width + unit] += Double(deaths)
        withBest[slot] += 1
      }
    }
    for (slot, series) in list.enumerated() {
      for (measure, values) in [("incidents", numbers), ("fatalities", fatalities)] {
        if measure == "fatalities", withBest[slot] == 0 { continue }
        let own = values[slot * width..<(slot + 1) * width]
        // Units that took part in any incident of the group: fatalities may be none there.
        let used = (0..<width).filter { numbers[slot * width + $0] > 0 }
        let parts = used.map { own[own.startIndex + $0] }
        var row = Row(series: series, unit: units.dimension.rawValue, measure: measure)
        (row.units, row.total) = (used.count, Int(parts.reduce(0, +)))
        row.missing = missing[slot].all > 0 ? Double(missing[slot].incidents) / Double(missing[slot].all) : nil
        row.parts = Concentration(parts)
        var largest = 0
        for place in parts.indices where parts[place] > parts[largest] { largest = place }
        row.top = row.parts == nil ? nil : units.labels[used[largest]]
        row.note =
          row.parts == nil ? "no \(measure)" : used.count == 1 ? "one \(units.dimension.rawValue) has all" : nil
        rows.append(row)
        guard series.grouping == nil, measure == "incidents", let shares = row.parts else { continue }
        curves.append((units.dimension, shares.lorenz()))
        if units.dimension == .place || units.dimension == .admin1, shares.count >= 5, row.total >= 10 {
          findings.append(finding(row, shares, units, Int32(used[largest])))
        }
      }
    }
  }

  private func finding(_ row: Row, _ shares: Concentration, _ units: Grouping, _ label: Int32) -> RankedFinding {
    let tenth = (shares.count + 9) / 10
    let (one, many) = units.dimension == .place ? ("place", "places") : ("division", "divisions")
    var text = "Of \(shares.count) \(many)"
    if tenth > 1 {
      text += " \(tenth) have \(percent(shares.topShare(tenth))) of the \(row.total) incidents that have one"
      if let top = row.top { text += ", \(top) alone \(percent(shares.topShare(1)))" }
    } else if let top = row.top {
      text += " \(top) alone has \(percent(shares.topShare(1))) of the \(row.total) incidents that have one"
    }
    if let missing = row.missing, missing > 0 { text += "; \(percent(missing)) of all have no known \(one)" }
    return RankedFinding(
      Finding(
        text + ".",
        numbers: [
          "units": .integer(shares.count), "gini": exact(shares.gini), "share": exact(shares.topShare(tenth)),
          "incidents": .integer(row.total),
        ], strength: .descriptive, events: all.incidents.ids { units.codes[$0] == label }))
  }

  static let schema = TableSchema(
    "concentration", "A row is how incidents or fatalities, of all or of a group, are shared among units.",
    keys: ["by", "group", "unit", "measure"],
    columns: IncidentGroup.columns + [
      ColumnSchema("unit", .text, "what shares them: actor1, actor2, admin1, country, event_class, place"),
      ColumnSchema("measure", .text, "incidents, or fatalities by the best estimates"),
      ColumnSchema("units", .integer, unit: "units", "units with at least one incident; others nobody has counted"),
      ColumnSchema("total", .integer, "what they share: incidents or persons"),
      ColumnSchema(
        "missing_share", .real, "incidents without such a unit, of an unknown actor, or placed less precisely, over all"
      ),
      ColumnSchema("gini", .real, "0 where all units have the same, towards 1 where one has all"),
      ColumnSchema("top", .text, "the unit that has most"),
      ColumnSchema("top_1_share", .real, "its share"),
      ColumnSchema("top_5_share", .real, "the share of the five that have most"),
      ColumnSchema("top_tenth_share", .real, "the share of the tenth of units that have most"),
      ColumnSchema("herfindahl", .real, "the sum of squared shares, by Herfindahl and Hirschman"),
      ColumnSchema(
        "effective_units", .real, unit: "units", "its inverse: how many equal units would be as concentrated"),
      ColumnSchema("note", .text, "what cannot be said, and why"),
    ])
  static let lorenz = TableSchema(
    "lorenz", "A row is a point of the curve by Lorenz of all incidents, units of fewest incidents first.",
    keys: ["unit", "units_share"],
    columns: [
      ColumnSchema("unit", .text, "what shares them"),
      ColumnSchema("units_share", .real, "this share of units"),
      ColumnSchema("incidents_share", .real, "has this share of incidents"),
    ])

  var part: TablePart {
    var table = ResultTable.Builder(Self.schema)
    for row in rows {
      let parts = row.parts
      table.append([
        .string(row.series.by), .string(row.series.group), .string(row.unit), .string(row.measure),
        .integer(row.units), .integer(row.total), exact(row.missing), exact(parts?.gini), cell(row.top),
        exact(parts?.topShare(1)), exact(parts?.topShare(5)), exact(parts?.topShare(ofUnits: 0.1)),
        exact(parts?.herfindahl), exact(parts?.effectiveUnits), cell(row.note),
      ])
    }
    var points = ResultTable.Builder(Self.lorenz)
    for (dimension, curve) in curves {
      for point in curve {
        points.append([.string(dimension.rawValue), exact(point.units), exact(point.total)])
      }
    }
    return TablePart(tables: [table.finish(), points.finish()], findings: findings)
  }
}
