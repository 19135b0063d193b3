import EventModel
import JSONText
import Workbench

/// The units with their indicators, ranks and index.
struct IndexTable {
  private let ranked: RankedUnits

  init(_ ranked: RankedUnits) { self.ranked = ranked }

  static let schema = TableSchema(
    "index", "A row is a country or division with its four indicators; without any, the row says why.", keys: ["unit"],
    columns: [
      ColumnSchema("unit", .text, "the country or division"),
      ColumnSchema("from", .date, "the first day that counts"), ColumnSchema("to", .date, "the last"),
      ColumnSchema("days_covered", .integer, unit: "days", "days of these that every source covers"),
      ColumnSchema("incidents", .integer, unit: "records", "incident records"),
      ColumnSchema("fatalities_low", .integer, unit: "persons", "low estimates; empty where none gives one"),
      ColumnSchema("fatalities_best", .integer, unit: "persons", "best estimates: deadliness"),
      ColumnSchema("fatalities_high", .integer, unit: "persons", "high estimates; empty where none gives one"),
      ColumnSchema("targeting_civilians", .integer, unit: "records", "incidents that target civilians: danger"),
      ColumnSchema("cells", .integer, "cells of .1 degrees with an exactly placed incident"),
      ColumnSchema("cells_of_10", .integer, "those with at least ten"),
      ColumnSchema("diffusion", .real, "their share; empty below five cells"),
      ColumnSchema("armed_groups", .integer, "different actors of kind armed: fragmentation"),
      ColumnSchema("deadliness_rank", .real, "share of the other units that have less; ties by half"),
      ColumnSchema("danger_rank", .real, "the same of danger"),
      ColumnSchema("diffusion_rank", .real, "the same of diffusion"),
      ColumnSchema("fragmentation_rank", .real, "the same of fragmentation"),
      ColumnSchema("indicators", .integer, "how many of the four ranks there are"),
      ColumnSchema("index", .real, "the mean of these ranks, from 0 to 1"),
      ColumnSchema("rank", .integer, "1 for the highest index; equal ones share the smallest"),
      ColumnSchema("note", .text, "what cannot be said, and why"),
    ])

  var table: ResultTable {
    var table = ResultTable.Builder(Self.schema)
    let note = cell(ranked.notes.isEmpty ? nil : ranked.notes.joined(separator: "; "))
    let window: [JSONValue] = [cell(ranked.from), cell(ranked.to), .integer(ranked.covered)]
    if ranked.units.isEmpty {
      table.append([.null] + window + [JSONValue](repeating: .null, count: 16) + [note == .null ? "no incident" : note])
    }
    let indices = ranked.units.compactMap(\.index)
    for unit in ranked.units {
      let fatalities = unit.fatalities.map { cell($0) }
      let known = unit.ranks.compactMap(\.self).count
      table.append(
        [.string(unit.name)] + window + [.integer(unit.rows.count)] + fatalities
          + [
            cell(unit.targetingCivilians), cell(unit.cells), cell(unit.cellsOfTen), exact(unit.value(.diffusion)),
            cell(unit.groups),
          ] + unit.ranks.map { exact($0) }
          + [
            .integer(known), exact(unit.index), cell(unit.index.map { index in indices.count { $0 > index } + 1 }),
            note,
          ])
    }
    return table.finish()
  }

  /// The unit of the highest index, with what makes it so.
  func findings(_ events: EventTable) -> [Finding] {
    let order = ranked.units.filter { $0.index != nil && !$0.rows.isEmpty }.sorted { left, right in
      let (a, b) = (left.index ?? 0, right.index ?? 0)
      return a != b ? a > b : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
    guard let top = order.first, let index = top.index, let from = ranked.from, let to = ranked.to else {
      return [
        Finding(
          "No \(ranked.kind == .country ? "country" : "division") is ranked: "
            + "\(ranked.notes.first ?? "no incident lies in the last days covered").",
          numbers: ["units": .integer(ranked.units.count)], strength: .descriptive)
      ]
    }
    func isRanked(_ indicator: RankedUnits.Indicator) -> Bool { top.ranks[indicator.rawValue] != nil }
    let estimates = zip(["low", "best", "high"], top.fatalities).compactMap { name, sum in sum.map { "\(name) \($0)" } }
    var parts: [String] = []
    if isRanked(.deadliness) { parts.append("fatalities \(estimates.joined(separator: ", "))") }
    if isRanked(.danger), let number = top.targetingCivilians {
      parts.append("\(counted(number, "incident")) targeting civilians")
    }
    if isRanked(.diffusion), let share = top.value(.diffusion) {
      parts.append("\(short(share * 100)) % of \(top.cells ?? 0) active cells with ten incidents or more")
    }
    if isRanked(.fragmentation), let groups = top.groups { parts.append(counted(groups, "armed group")) }
    let known = top.ranks.compactMap(\.self).count
    let others = order.dropFirst().prefix { $0.index == index }.map(\.name)
    return [
      Finding(
        "Of \(ranked.units.count) \(ranked.kind.plural), \(top.name) has the highest index from \(from) to \(to): "
          + "\(short(index)), its mean rank in \(counted(known, "indicator")) (\(parts.joined(separator: "; ")))"
          + (others.isEmpty ? "" : "; so \(others.count == 1 ? "has" : "have") \(others.joined(separator: ", "))")
          + ".",
        numbers: [
          "index": exact(index), "units": .integer(ranked.units.count), "indicators": .integer(known),
          "incidents": .integer(top.rows.count),
        ], strength: .descriptive, events: top.rows.prefix(10).compactMap { events.id?[Int($0)] })
    ]
  }
}
