import Numerics

/// Pairs of events that are near in space and in time, by band, beside what dates in another order give (Knox 1964, Applied
/// Statistics 13:25; permutations as by Townsley, Johnson and Ratcliffe 2008, Security Journal 21:139).
public struct KnoxTable: Sendable {
  /// The least distance above each band of space in kilometres; the first band, of the very same place, is one more.
  public let distances: [Double]
  /// The most days of each band of time.
  public let days: [Int]
  /// How many pairs there are, by band of space, then of time; each pair once.
  public let pairs: [[Int]]
  /// How many pairs are in each band of space and in each band of time, whatever the other.
  public let inSpace: [Int], inTime: [Int]
  /// How many pairs there are in all.
  public let all: Int
  private let pattern: SpacePattern
  /// The days of events in order of time, and which event has each.
  private let dates: [Int], holders: [Int]
  /// The places in that order of each stratum.
  private let strata: [[Int]]

  /// Counts pairs.
  /// - Parameter places: of each event.
  /// - Parameter dates: the day of each event.
  /// - Parameter strata: of each event; dates are exchanged within a stratum alone, since coverage changes over years.
  /// - Parameter distances: ends of the bands beyond the very same place, rising: a pair at such a distance or less.
  /// - Parameter days: ends of the bands of time, rising.
  public init(
    _ places: [GroundPoint], dates: [Int], strata: [Int], distances: [Double] = [1, 5, 10],
    days: [Int] = [2, 7, 14, 28]
  ) {
    (self.distances, self.days) = (distances, days)
    let holders = dates.indices.sorted { (dates[$0], $0) < (dates[$1], $1) }
    let dates = holders.map { dates[$0] }
    (self.dates, self.holders) = (dates, holders)
    let pattern = SpacePattern(places, distances)
    self.pattern = pattern
    var members: [Int: [Int]] = [:]
    for (slot, event) in holders.enumerated() { members[strata[event], default: []].append(slot) }
    self.strata = members.keys.sorted().map { members[$0] ?? [] }
    pairs = pattern.pairs(dates, holders, days)
    inSpace = pattern.total
    let everywhere = SpacePattern(dates.map { _ in GroundPoint(latitude: 0, longitude: 0) }, [])
    inTime = everywhere.pairs(dates, holders, days)[0]
    all = places.count * (places.count - 1) / 2
  }

  /// The pairs that Knox expects of a band: those near in space times those near in time, over all.
  public func expected(space: Int, time: Int) -> Double {
    knoxExpectation(inSpace: inSpace[space], inTime: inTime[time], pairs: all)
  }

  /// The counts of each permutation, by band of space, then of time.
  /// - Parameter seed: of permutation 0; each has one of its own, so that they may be drawn in any order.
  public func permuted(seed: UInt64, permutations: Range<Int>) -> [[[Int]]] {
    permutations.map { permutation in
      var generator = PermutationGenerator(seed: seed &+ UInt64(permutation))
      var exchanged = holders
      for slots in strata {
        var order = slots
        generator.shuffle(&order)
        for (slot, other) in zip(slots, order) { exchanged[slot] = holders[other] }
      }
      return pattern.pairs(dates, exchanged, days)
    }
  }
}

/// The pairs that chance gives where nearness in space says nothing of nearness in time.
public func knoxExpectation(inSpace: Int, inTime: Int, pairs: Int) -> Double {
  pairs > 0 ? Double(inSpace) * Double(inTime) / Double(pairs) : 0
}

/// Which places lie near each other, whatever happens there when.
private struct SpacePattern: Sendable {
  /// The place of each event.
  private let sites: [Int]
  /// Where the events of each place begin among all, by place.
  private let starts: [Int]
  /// Pairs of different places that are near, with their band.
  private let near: [(Int, Int, Int)]
  private let bands: Int
  /// How many pairs of events are in each band.
  let total: [Int]

  init(_ places: [GroundPoint], _ distances: [Double]) {
    var codes: [GroundPoint: Int] = [:]
    var points: [GroundPoint] = []
    let sites = places.map { place in
      if let code = codes[place] { return code }
      codes[place] = points.count
      points.append(place)
      return points.count - 1
    }
    self.sites = sites
    bands = distances.count + 1
    var sizes = [Int](repeating: 0, count: points.count)
    for site in sites { sizes[site] += 1 }
    var starts = [0]
    for size in sizes { starts.append(starts[starts.count - 1] + size) }
    self.starts = starts
    var near: [(Int, Int, Int)] = []
    if let most = distances.last {
      // By latitude, so that only a strip of places is looked at.
      let order = points.indices.sorted { (points[$0].latitude, $0) < (points[$1].latitude, $1) }
      let reach = most / (GroundPoint.earthRadius * .pi / 180) * 1.0001
      for (place, one) in order.enumerated() {
        for other in order[(place + 1)...] {
          guard points[other].latitude - points[one].latitude <= reach else { break }
          let distance = points[one].kilometres(to: points[other])
          if let band = distances.firstIndex(where: { distance <= $0 }) { near.append((one, other, band + 1)) }
        }
      }
    }
    self.near = near
    var total = [Int](repeating: 0, count: bands)
    for size in sizes { total[0] += size * (size - 1) / 2 }
    for (one, other, band) in near { total[band] += sizes[one] * sizes[other] }
    self.total = total
  }

  /// Pairs by band of space, then of time.
  /// - Parameter dates: in order.
  /// - Parameter holders: the event that has each of them.
  func pairs(_ dates: [Int], _ holders: [Int], _ days: [Int]) -> [[Int]] {
    // The dates of each place, sorted.
    var sorted = [Int](repeating: 0, count: dates.count)
    var next = starts
    for (date, event) in zip(dates, holders) {
      sorted[next[sites[event]]] = date
      next[sites[event]] += 1
    }
    // Of each band of time the pairs up to its end, from which those up to the end before are taken later.
    var counts = [Int](repeating: 0, count: bands * days.count)
    for site in 0..<starts.count - 1 {
      let own = starts[site]..<starts[site + 1]
      guard own.count > 1 else { continue }
      for (time, most) in days.enumerated() {
        var first = own.lowerBound
        for index in own {
          while sorted[index] - sorted[first] > most { first += 1 }
          counts[time] += index - first
        }
      }
    }
    for (one, other, band) in near {
      let there = starts[other]..<starts[other + 1]
      for (time, most) in days.enumerated() {
        var (first, last) = (there.lowerBound, there.lowerBound)
        for index in starts[one]..<starts[one + 1] {
          while first < there.upperBound, sorted[first] < sorted[index] - most { first += 1 }
          while last < there.upperBound, sorted[last] <= sorted[index] + most { last += 1 }
          counts[band * days.count + time] += last - first
        }
      }
    }
    return (0..<bands).map { band in
      days.indices.map { time in
        counts[band * days.count + time] - (time > 0 ? counts[band * days.count + time - 1] : 0)
      }
    }
  }
}
