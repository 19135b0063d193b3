import EventModel
import Foundation

/// Finds records of different sources that are of one event: near in time and space, of one quad class, and with an actor
/// in common.
///
/// The rule prefers two events to a wrong one. Every two records of an event match each other, so that no chain of
/// near ones grows, and an event has one record of each source at most. After Donnay et al. (2019), "Integrating conflict
/// event data", Journal of Conflict Resolution 63(5).
struct CrossSource {
  private let sources: [Int32]
  private let days: Int32
  private let kilometres: Double
  private let first: [Int32]
  private let last: [Int32]
  private let datePrecision: [UInt8]
  private let quadClass: [UInt8]
  private let geoPrecision: Column<UInt8>?
  private let latitude: [Double]
  private let longitude: [Double]
  private let actors: ActorColumns
  /// Whether an actor says which event it is: unknown and generic ones, and civilians, are in many.
  private let isTelling: [Bool]
  /// Whether an actor is known at all.
  private let isKnown: [Bool]
  /// The rows that may match any.
  private let candidates: [Int32]

  /// The coarsest `geo_precision` that is a place: above are regions, whose coordinates are those of their middle.
  static let coarsestPlace: UInt8 = 2

  /// Prepares the search; nil where the events lack the columns of the rule.
  init?(_ events: EventTable, sources: [Int32], days: Int32, kilometres: Double) {
    guard let actors = events.actors, let quad = events.quadClass, let latitude = events.reals(.latitude),
      let longitude = events.reals(.longitude)
    else { return nil }
    self.sources = sources
    self.days = days
    self.kilometres = kilometres
    self.actors = actors
    self.latitude = latitude.values
    self.longitude = longitude.values
    first = events.firstDay.values.map(\.daysSinceEpoch)
    last = events.lastDay.values.map(\.daysSinceEpoch)
    datePrecision = events.datePrecision.values
    quadClass = quad.values
    let geoPrecision = events.bytes(.geoPrecision)
    self.geoPrecision = geoPrecision
    let isTelling = actors.labels.map { label in
      let kind = events.actorKinds[label]
      return kind != .civilians && kind?.hasDyads ?? true
    }
    self.isTelling = isTelling
    isKnown = actors.labels.map { events.actorKinds[$0]?.hasDyads ?? true }
    let precision = datePrecision
    candidates = (0..<Int32(events.count)).filter { row in
      let index = Int(row)
      return precision[index] <= DatePrecision.week.rawValue && quad.has(index) && latitude.has(index)
        && longitude.has(index) && geoPrecision?[index] ?? 0 <= Self.coarsestPlace
        && [actors.actor1, actors.actor2].contains { column in column[index].map { isTelling[Int($0)] } ?? false }
    }
  }

  /// Two records that match.
  private struct Pair {
    var days: Int32
    var kilometres: Double
    var first: Int32
    var second: Int32
    static func < (left: Pair, right: Pair) -> Bool {
      (left.days, left.kilometres, left.first, left.second) < (right.days, right.kilometres, right.first, right.second)
    }
  }

  /// The records of one event each, the nearest joined first.
  ///
  /// - Complexity: n log n in the records, and the pairs of records near each other.
  func merges() -> [Merge] {
    var clusterOfRow: [Int32: Int] = [:]
    var clusters: [[Int32]] = []
    for pair in pairs().sorted(by: <) {
      let (one, other) = (clusterOfRow[pair.first], clusterOfRow[pair.second])
      if let one, one == other { continue }
      let (left, right) = (one.map { clusters[$0] } ?? [pair.first], other.map { clusters[$0] } ?? [pair.second])
      guard left.allSatisfy({ row in right.allSatisfy { matches(row, $0) != nil } }) else { continue }
      if let other { clusters[other] = [] }
      let joined = one ?? clusters.count
      if one == nil { clusters.append([]) }
      clusters[joined] = left + right
      for row in clusters[joined] { clusterOfRow[row] = joined }
    }
    return inOrderOfKept(
      clusters.filter { !$0.isEmpty }.flatMap { cluster -> [Merge] in
        let rows = cluster.sorted()
        let kept = rows.dropFirst().reduce(rows[0]) { reason(for: $1, over: $0) == .order ? $0 : $1 }
        return rows.filter { $0 != kept }.map { row in
          Merge(kept: kept, merged: row, reason: reason(for: kept, over: row))
        }
      })
  }

  /// Why a record is more precise than another; `order` where it is not.
  private func reason(for row: Int32, over other: Int32) -> Merge.Reason {
    let (one, two) = (precision(row), precision(other))
    guard one.date == two.date else { return one.date < two.date ? .datePrecision : .order }
    guard one.geo == two.geo else { return one.geo < two.geo ? .geoPrecision : .order }
    return one.unknownActors < two.unknownActors ? .actors : .order
  }
  private func precision(_ row: Int32) -> (date: UInt8, geo: UInt8, unknownActors: Int) {
    let index = Int(row)
    let known = [actors.actor1, actors.actor2].count { column in column[index].map { isKnown[Int($0)] } ?? false }
    return (datePrecision[index], geoPrecision?[index] ?? .max, 2 - known)
  }

  /// How many days and kilometres two records lie apart, where they may be of one event.
  private func matches(_ one: Int32, _ other: Int32) -> (days: Int32, kilometres: Double)? {
    let (a, b) = (Int(one), Int(other))
    guard sources[a] != sources[b], quadClass[a] == quadClass[b] else { return nil }
    let apart = max(abs(first[a] - first[b]), abs(last[a] - last[b]))
    guard apart <= days, sharedActor(a, b) else { return nil }
    let kilometres = distance(latitude[a], longitude[a], latitude[b], longitude[b])
    return kilometres <= self.kilometres ? (apart, kilometres) : nil
  }
  private func sharedActor(_ a: Int, _ b: Int) -> Bool {
    for column in [actors.actor1, actors.actor2] {
      guard let code = column[a], isTelling[Int(code)] else { continue }
      if actors.actor1[b] == code || actors.actor2[b] == code { return true }
    }
    return false
  }
}

// MARK: - Search

extension CrossSource {
  /// A day and a band of latitude.
  private struct Cell: Hashable {
    var day: Int32
    var band: Int32
  }
  /// How high a band is, in degrees: a little more than the distance, so that neighbours are enough.
  private var bandHeight: Double { max(kilometres, 0.1) / 111 }
  private func band(_ row: Int32) -> Int32 { Int32(((latitude[Int(row)] + 90) / bandHeight).rounded(.down)) }

  /// All pairs of records that match, each once.
  private func pairs() -> [Pair] {
    let bySource = Dictionary(grouping: candidates) { sources[Int($0)] }
    let order = bySource.keys.sorted()
    var pairs: [Pair] = []
    for (place, source) in order.enumerated().dropFirst() {
      // The rows of a source in each cell, by longitude.
      let cells = Dictionary(grouping: bySource[source] ?? []) { Cell(day: first[Int($0)], band: band($0)) }
        .mapValues { rows in rows.sorted { (longitude[Int($0)], $0) < (longitude[Int($1)], $1) } }
      for other in order[..<place] {
        for row in bySource[other] ?? [] { pairs += self.pairs(of: row, in: cells) }
      }
    }
    return pairs
  }

  private func pairs(of row: Int32, in cells: [Cell: [Int32]]) -> [Pair] {
    let (day, band, here) = (first[Int(row)], band(row), longitude[Int(row)])
    let reach = reach(at: latitude[Int(row)])
    var pairs: [Pair] = []
    for day in day - days...day + days {
      for band in band - 1...band + 1 {
        guard let rows = cells[Cell(day: day, band: band)] else { continue }
        // Once around the world lies the same place.
        for turn in reach >= 180 ? [0] : [-360.0, 0, 360] {
          let low = reach >= 180 ? -Double.infinity : here + turn - reach
          let high = reach >= 180 ? Double.infinity : here + turn + reach
          var (start, end) = (0, rows.count)
          while start < end {
            let middle = (start + end) / 2
            if longitude[Int(rows[middle])] < low { start = middle + 1 } else { end = middle }
          }
          while start < rows.count, longitude[Int(rows[start])] <= high {
            if let match = matches(row, rows[start]) {
              pairs.append(
                Pair(days: match.days, kilometres: match.kilometres, first: row, second: rows[start]))
            }
            start += 1
          }
        }
      }
    }
    return pairs
  }

  /// How many degrees of longitude the distance may be; 180 near a pole.
  private func reach(at latitude: Double) -> Double {
    let (angle, width) = (sin(kilometres / earthRadius), cos(latitude * .pi / 180))
    guard angle < width else { return 180 }
    return asin(angle / width) * 180 / .pi + 1e-9
  }
}

/// The mean radius of the earth in kilometres (IUGG).
private let earthRadius = 6371.0088

/// The distance of two places in kilometres, to the metre, on a sphere (haversine).
func distance(_ latitude1: Double, _ longitude1: Double, _ latitude2: Double, _ longitude2: Double) -> Double {
  let degree = Double.pi / 180
  let (dy, dx) = (sin((latitude2 - latitude1) * degree / 2), sin((longitude2 - longitude1) * degree / 2))
  let half = dy * dy + cos(latitude1 * degree) * cos(latitude2 * degree) * dx * dx
  let kilometres = 2 * earthRadius * asin(min(1, half.squareRoot()))
  return (kilometres * 1000).rounded() / 1000
}
