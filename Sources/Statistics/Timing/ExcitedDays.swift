import Numerics

/// Counts of days in which each event may raise the rate of those after it: a Hawkes process in discrete time.
///
/// The expected count of day t is mu of its segment, plus eta times the mean of the counts before it, those k days back
/// weighed by (1 - rho) rho^(k-1) (Hawkes 1971, Biometrika 58:83; in days: Ozaki 1979, and Porter and White 2012, Annals of
/// Applied Statistics 6:106). So eta, the branching, is how many further events one event brings on average; with several
/// on a day the continuous likelihood has no maximum. A rate that changes slowly looks like excitation, hence segments.
public struct ExcitedDays: Sendable {
  /// The counts, day by day.
  let counts: [Double]
  /// The segment of each day, from 0 on.
  let segments: [Int]
  /// The days before which nothing is known: the first, and those after a gap.
  let starts: [Int]
  /// How many days each segment has.
  let lengths: [Double]
  /// The days with events.
  let active: [Int]

  /// Takes counts of days.
  /// - Parameter segments: the segment of each day, from 0 on, each with a background of its own; all in one where left out.
  /// - Parameter gaps: days before which nothing is known, beside the first.
  public init(_ counts: [Double], segments: [Int]? = nil, gaps: [Int] = []) {
    let segments = segments ?? [Int](repeating: 0, count: counts.count)
    (self.counts, self.segments) = (counts, segments)
    starts = ([0] + gaps).sorted()
    var lengths = [Double](repeating: 0, count: (segments.max() ?? -1) + 1)
    for segment in segments { lengths[segment] += 1 }
    self.lengths = lengths
    active = counts.indices.filter { counts[$0] > 0 }
  }

  /// The weighed mean of the counts before each day.
  func memory(_ persistence: Double) -> [Double] {
    var (memory, value, next) = ([Double](repeating: 0, count: counts.count), 0.0, 0)
    for day in counts.indices {
      if next < starts.count, starts[next] == day { (value, next) = (0, next + 1) }
      memory[day] = value
      value = persistence * value + (1 - persistence) * counts[day]
    }
    return memory
  }

  /// The same with the days of each segment in another order.
  func permuted(_ generator: inout PermutationGenerator) -> ExcitedDays {
    var members = [[Int]](repeating: [], count: lengths.count)
    for day in segments.indices { members[segments[day]].append(day) }
    var permuted = counts
    for days in members {
      var order = days
      generator.shuffle(&order)
      for (day, other) in zip(days, order) { permuted[day] = counts[other] }
    }
    return ExcitedDays(permuted, segments: segments, gaps: Array(starts.dropFirst()))
  }

  /// The slope of the log-likelihood where there is no branching, in standard errors; 0 where it has none.
  func score(_ persistence: Double) -> Double {
    var (sums, squares, joints) = (lengths.map { _ in 0.0 }, lengths.map { _ in 0.0 }, lengths.map { _ in 0.0 })
    var (totals, value, next) = (lengths.map { _ in 0.0 }, 0.0, 0)
    for day in counts.indices {
      if next < starts.count, starts[next] == day { (value, next) = (0, next + 1) }
      let (segment, count) = (segments[day], counts[day])
      sums[segment] += value
      squares[segment] += value * value
      joints[segment] += value * count
      totals[segment] += count
      value = persistence * value + (1 - persistence) * count
    }
    var (slope, information) = (0.0, 0.0)
    for segment in lengths.indices where totals[segment] > 0 {
      let mean = totals[segment] / lengths[segment]
      slope += (joints[segment] - mean * sums[segment]) / mean
      information += (squares[segment] - sums[segment] * sums[segment] / lengths[segment]) / mean
    }
    return information > 1e-12 ? slope / information.squareRoot() : 0
  }

  /// The log-likelihood without excitation, up to what depends on the counts alone.
  var quietLikelihood: Double {
    var totals = [Double](repeating: 0, count: lengths.count)
    for day in active { totals[segments[day]] += counts[day] }
    return zip(totals, lengths).reduce(0) { $1.0 > 0 ? $0 + $1.0 * Double.log($1.0 / $1.1) - $1.0 : $0 }
  }
}

/// What is known of one persistence: the memory of the active days, and of all days the sum.
struct ExcitationSlice: Sendable {
  private let counts: [Double]
  private let segments: [Int]
  private let memory: [Double]
  private let total: Double
  private let lengths: [Double]

  /// A fit: the background of each segment, the branching, and the log-likelihood.
  struct Fit: Sendable {
    var background: [Double]
    var branching: Double
    var likelihood: Double
  }

  init(_ days: ExcitedDays, persistence: Double) {
    let memory = days.memory(persistence)
    counts = days.active.map { days.counts[$0] }
    segments = days.active.map { days.segments[$0] }
    self.memory = days.active.map { memory[$0] }
    total = memory.reduce(0, +)
    lengths = days.lengths
  }

  private func likelihood(_ background: [Double], _ branching: Double) -> Double {
    var sum = -branching * total
    for segment in lengths.indices { sum -= background[segment] * lengths[segment] }
    for index in counts.indices {
      let rate = background[segments[index]] + branching * memory[index]
      guard rate > 0 else { return -.infinity }
      sum += counts[index] * Double.log(rate)
    }
    return sum
  }

  /// The greatest likelihood: it is concave, and Newton's steps stay within what may be, halved until they gain.
  /// - Parameter held: the branching, where it is given rather than sought.
  func best(holding held: Double? = nil, from start: Fit? = nil) -> Fit {
    var totals = [Double](repeating: 0, count: lengths.count)
    for index in counts.indices { totals[segments[index]] += counts[index] }
    let share = min(held ?? 0.3, 0.9)
    var background = start?.background ?? zip(totals, lengths).map { $0 / $1 * (1 - share) }
    for segment in lengths.indices where totals[segment] > 0 {
      background[segment] = max(background[segment], 1e-3 * totals[segment] / lengths[segment])
    }
    var branching = held ?? max(start?.branching ?? share, 1e-3)
    var value = likelihood(background, branching)
    let tiny = 1e-9
    for _ in 0..<80 {
      // The slope, and the curvature, which joins each background to the branching alone.
      var (slopes, curves, joints) = (lengths.map { -$0 }, lengths.map { _ in 0.0 }, lengths.map { _ in 0.0 })
      var (slope, curve) = (-total, 0.0)
      for index in counts.indices {
        let segment = segments[index]
        let part = 1 / (background[segment] + branching * memory[index])
        let weight = counts[index] * part
        slopes[segment] += weight
        curves[segment] += weight * part
        joints[segment] += weight * part * memory[index]
        slope += weight * memory[index]
        curve += weight * part * memory[index] * memory[index]
      }
      let isFree = lengths.indices.map { totals[$0] > 0 && !(background[$0] <= tiny && slopes[$0] < 0) }
      let isBranchingFree = held == nil && !(branching <= tiny && slope < 0)
      var (top, bottom) = (slope, curve)
      for segment in lengths.indices where isFree[segment] {
        top -= joints[segment] * slopes[segment] / curves[segment]
        bottom -= joints[segment] * joints[segment] / curves[segment]
      }
      let turn = isBranchingFree && bottom > 1e-12 * curve ? top / bottom : 0
      let moves = lengths.indices.map { segment in
        isFree[segment] ? (slopes[segment] - joints[segment] * turn) / curves[segment] : 0
      }
      var (reach, gain) = (1.0, 0.0)
      for _ in 0..<30 {
        let further = zip(background, moves).map { $1 == 0 ? $0 : max($0 * 0.05, $0 + reach * $1) }
        let more = held ?? max(branching * 0.05, branching + reach * turn)
        let next = likelihood(further, more)
        if next >= value {
          (gain, background, branching, value) = (next - value, further, more, next)
          break
        }
        reach /= 2
      }
      if gain < 1e-10 { break }
    }
    if held == nil, branching < 1e-6 { branching = 0 }
    return Fit(background: background, branching: branching, likelihood: value)
  }
}
