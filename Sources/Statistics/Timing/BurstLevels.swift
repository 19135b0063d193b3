import Numerics

/// A stretch of days on which events come at a higher rate than before and after.
public struct Burst: Sendable, Hashable {
  /// How high: each level has the rate of the one below times the scaling.
  public var level: Int
  /// Its days, as indices of the series.
  public var days: Range<Int>
  /// How many events these have.
  public var count: Double
  /// By how much the series is more likely at this level than at the one below, as a difference of logarithms.
  public var weight: Double
}

/// Bursts in counts of days by Kleinberg's automaton (2003, Data Mining and Knowledge Discovery 7:373), batched.
///
/// State i has the mean daily rate times `scaling` to the power i. The sequence of states is found that costs least: a day
/// costs minus the logarithm of the Poisson probability of its count, a step from state i up to j costs
/// (j - i) * gamma * ln(days), a step down nothing. Kleinberg's batches have a total, of which a binomial share is relevant;
/// days have none, hence Poisson.
/// - Parameter counts: of consecutive days.
/// - Parameter levels: how many states there are above the base.
/// - Returns: the bursts of each level, by level, then by time; a burst of level 2 lies within one of level 1.
public func bursts(_ counts: [Double], scaling: Double = 2, gamma: Double = 1, levels: Int = 6) -> [Burst] {
  let (total, states) = (counts.reduce(0, +), levels + 1)
  guard counts.count > 1, total > 0, scaling > 1, levels > 0 else { return [] }
  var rates = [total / Double(counts.count)]
  for state in 1..<states { rates.append(rates[state - 1] * scaling) }
  let logarithms = rates.map { Double.log($0) }
  let step = gamma * Double.log(Double(counts.count))
  func cost(_ count: Double, _ state: Int) -> Double { rates[state] - count * logarithms[state] }

  var best = (0..<states).map { Double($0) * step + cost(counts[0], $0) }
  var origins = [UInt8](repeating: 0, count: counts.count * states)
  for day in counts.indices.dropFirst() {
    var next = best
    for state in 0..<states {
      var (least, origin) = (Double.infinity, 0)
      for before in 0..<states {
        let way = best[before] + Double(max(0, state - before)) * step
        if way < least { (least, origin) = (way, before) }
      }
      next[state] = least + cost(counts[day], state)
      origins[day * states + state] = UInt8(origin)
    }
    best = next
  }
  var path = [Int](repeating: 0, count: counts.count)
  path[counts.count - 1] = best.indices.min { best[$0] < best[$1] } ?? 0
  for day in counts.indices.dropFirst().reversed() { path[day - 1] = Int(origins[day * states + path[day]]) }

  return (1..<states).flatMap { level -> [Burst] in
    var found: [Burst] = []
    var start: Int?
    for day in 0...counts.count {
      let isIn = day < counts.count && path[day] >= level
      if isIn, start == nil { start = day }
      if !isIn, let first = start {
        let own = counts[first..<day]
        let weight = own.reduce(0) { $0 + cost($1, level - 1) - cost($1, level) }
        found.append(Burst(level: level, days: first..<day, count: own.reduce(0, +), weight: weight))
        start = nil
      }
    }
    return found
  }
}
