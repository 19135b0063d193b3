import EventModel
import JSONText
import Statistics
import Workbench

/// Incidents by cell of a grid of degrees, whether cells of many lie together, and which stand out with their neighbours.
struct CellTable {
  private struct Cell {
    let place: SIMD2<Int32>
    var members: [Int] = []
  }
  private let placed: PlacedIncidents
  private let side: Double
  private let most: UInt8
  private let cells: [Cell]
  private let used: Int
  private let index: MoranIndex?
  private let p: Double?
  private let local: LocalConcentration?
  private let q: [Double]
  private let neighbourhood: Neighbourhood

  /// Fewer cells have no ranks and no tests.
  private static let fewest = 5

  init(_ placed: PlacedIncidents, side: Double, permutations: Int, in context: RunContext) throws(Diagnostic) {
    (self.placed, self.side) = (placed, side)
    // What is placed to some 25 km is in no smaller cell.
    most = side < 0.25 ? 1 : 2
    let indices = placed.indices(precision: most)
    used = indices.count
    var places: [SIMD2<Int32>: Int] = [:]
    var found: [Cell] = []
    for index in indices {
      let point = placed.points[index]
      let place = SIMD2(Int32((point.longitude / side).rounded(.down)), Int32((point.latitude / side).rounded(.down)))
      if places[place] == nil {
        places[place] = found.count
        found.append(Cell(place: place))
      }
      if let slot = places[place] { found[slot].members.append(index) }
    }
    let cells = found.sorted { ($0.place.y, $0.place.x) < ($1.place.y, $1.place.x) }
    let neighbourhood = Neighbourhood(rook: cells.map(\.place))
    let values = cells.map { Double($0.members.count) }
    (self.cells, self.neighbourhood) = (cells, neighbourhood)
    var random = context.randomNumbers(for: "cells")
    let (seed, other) = (random.next(), random.next())
    guard cells.count >= Self.fewest, let index = MoranIndex(values, neighbourhood) else {
      (self.index, p, local, q) = (nil, nil, nil, [])
      return
    }
    let pieces = 20
    let exceeding = try context.concurrentMap(pieces) { piece throws(Diagnostic) in
      try context.checkCancellation()
      return index.exceedances(
        values, neighbourhood, seed: seed,
        permutations: piece * permutations / pieces..<(piece + 1) * permutations / pieces)
    }
    self.index = index
    p = Double(exceeding.reduce(0, +) + 1) / Double(permutations + 1)
    let local = LocalConcentration(values, neighbourhood, seed: other)
    self.local = local
    q = falseDiscoveryRates(local?.pValues ?? [])
  }

  private var note: String? {
    if used == 0 {
      return placed.rows.isEmpty
        ? "no incident has coordinates" : "no incident is placed precisely enough for such cells"
    }
    if cells.count < Self.fewest { return "fewer than \(Self.fewest) cells have incidents" }
    return index == nil ? "all cells have as many incidents, or none lies beside another" : nil
  }

  static let schema = TableSchema(
    "cells", "A row is a cell of the grid that has an incident.", keys: ["latitude", "longitude"],
    columns: [
      ColumnSchema("latitude", .real, unit: "degrees north", "of its middle"),
      ColumnSchema("longitude", .real, unit: "degrees east", "of its middle"),
      ColumnSchema("incidents", .integer, unit: "records", "incident records placed precisely enough"),
      ColumnSchema("share", .real, "their share of those in any cell"),
      ColumnSchema("neighbours", .integer, "cells beside it, sharing a side, that have incidents"),
      ColumnSchema("gi_star", .real, "of it and these together: standard errors above what chance gives (Gi*)"),
      ColumnSchema("p", .real, "p of so many, by drawing as many cells at random"),
      ColumnSchema("q", .real, "that p adjusted for the cells of this table (Benjamini and Hochberg)"),
      ColumnSchema(
        "verdict", .text, "hot spot where q is at most .05, else other; not tested where the table clustering says why"),
    ])
  static let clustering = TableSchema(
    "clustering", "The row is whether cells of many incidents lie beside each other.", keys: [],
    columns: [
      ColumnSchema("side", .real, unit: "degrees", "the side of cells"),
      ColumnSchema("geo_precision", .integer, "incidents placed less precisely are left out"),
      ColumnSchema("incidents", .integer, unit: "records", "incident records in cells"),
      ColumnSchema("cells", .integer, "cells with an incident"),
      ColumnSchema("moran", .real, "Moran's I: 1 where neighbours are equal, below 0 where high lies beside low"),
      ColumnSchema("expected", .real, "what chance gives"),
      ColumnSchema("z", .real, "the difference in standard errors of counts in random order"),
      ColumnSchema("p", .real, "one-sided p, by permutation of counts over cells"),
      ColumnSchema("hot_spots", .integer, "cells that are hot spots"),
      ColumnSchema("cells_of_10", .integer, "cells of at least ten incidents"),
      ColumnSchema("diffusion", .real, "their share of cells with an incident"),
      ColumnSchema("note", .text, "what cannot be said, and why"),
    ])

  private func verdict(_ slot: Int) -> String {
    guard let local, q.indices.contains(slot) else { return "not tested" }
    return local.z[slot] > 0 && q[slot] <= 0.05 ? "hot spot" : "other"
  }
  private func middle(_ cell: Cell) -> GroundPoint {
    GroundPoint(latitude: (Double(cell.place.y) + 0.5) * side, longitude: (Double(cell.place.x) + 0.5) * side)
  }

  var tables: [ResultTable] {
    var table = ResultTable.Builder(Self.schema)
    for (slot, entry) in cells.enumerated() {
      table.append([
        exact(middle(entry).latitude), exact(middle(entry).longitude), .integer(entry.members.count),
        exact(Double(entry.members.count) / Double(used)), .integer(neighbourhood.neighbours[slot].count),
        exact(local?.z[slot]), exact(local?.pValues[slot]), exact(local.map { _ in q[slot] }), .string(verdict(slot)),
      ])
    }
    var clustering = ResultTable.Builder(Self.clustering)
    let many = cells.count { $0.members.count >= 10 }
    clustering.append([
      exact(side), .integer(Int(most)), .integer(used), .integer(cells.count), exact(index?.index),
      exact(index?.expected), exact(index?.z), exact(p),
      cell(local.map { _ in cells.indices.count { verdict($0) == "hot spot" } }), .integer(many),
      exact(cells.isEmpty ? nil : Double(many) / Double(cells.count)), cell(note),
    ])
    return [table.finish(), clustering.finish()]
  }

  /// Whether incidents cluster, and the hot spot of most incidents.
  var findings: [Finding] {
    guard let index, let p else { return [] }
    let size = "\(short(side))-degree cells"
    guard p <= 0.05 else {
      return [
        Finding(
          "It cannot be told from chance whether \(size) of many incidents lie beside each other (Moran's I "
            + "\(short(index.index)), p \(short(p)), \(cells.count) cells).",
          numbers: ["moran": exact(index.index), "p": exact(p), "cells": .integer(cells.count)], strength: .descriptive)
      ]
    }
    var findings = [
      Finding(
        "Incidents cluster: \(size) of many lie beside others of many (Moran's I \(short(index.index)), p \(short(p)), "
          + "\(cells.count) cells of \(counted(used, "incident"))).",
        numbers: [
          "moran": exact(index.index), "p": exact(p), "cells": .integer(cells.count), "incidents": .integer(used),
        ], strength: p <= 0.01 ? .strong : .moderate)
    ]
    let hot = cells.indices.filter { verdict($0) == "hot spot" }
    if let top = hot.max(by: { (cells[$0].members.count, $1) < (cells[$1].members.count, $0) }) {
      let (point, members) = (middle(cells[top]), cells[top].members)
      findings.append(
        Finding(
          "\(hot.count == 1 ? "1 cell is a hot spot" : "\(hot.count) cells are hot spots"); the one of most incidents lies "
            + "around \(short(point.latitude)) north, \(short(point.longitude)) east: \(members.count) of \(used) "
            + "(Gi* \(short(local?.z[top] ?? 0)), q \(short(q[top]))).",
          numbers: [
            "hot_spots": .integer(hot.count), "incidents": .integer(members.count), "q": exact(q[top]),
            "gi_star": exact(local?.z[top]),
          ], strength: q[top] <= 0.01 ? .strong : .moderate,
          events: members.prefix(10).compactMap { placed.events.id?[Int(placed.rows[$0])] }))
    }
    return findings
  }
}
