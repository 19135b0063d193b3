import Numerics
import Statistics
import SyntheticNetwork
import Workbench

/// Series in which it is known what happened.
enum DrawnSeries {
  static let weeks = 313

  /// Normal errors about a level that changes about every hundred numbers.
  static func steps(count: Int) -> [Double] {
    var random = SeededGenerator(seed: 20_000)
    var level = 0.0
    return (0..<count).map { _ in
      if random.below(100) == 0 { level += 3 * random.normal() }
      return level + random.normal()
    }
  }

  /// Counts about a level that changes once, for good or until a week, or not at all.
  static func counts(
    base: Double, dispersion: Double, factor: Double = 1, at change: Int = weeks / 2, until end: Int = .max,
    weeks: Int = Self.weeks, seed: Int
  ) -> CountSeries {
    var random = SeededGenerator(seed: UInt64(seed) &* 7919 &+ 17)
    return CountSeries(
      (0..<weeks).map { week in
        Double(random.count(mean: change <= week && week < end ? base * factor : base, dispersion: dispersion))
      })
  }
  /// Counts whose logarithm of the level drifts with an autocorrelation and a standard deviation of .5.
  static func driftingCounts(base: Double, autocorrelation: Double, seed: Int) -> CountSeries {
    var random = SeededGenerator(seed: UInt64(seed) &* 104_729 &+ 3)
    let deviation = 0.5
    var level = deviation * random.normal()
    return CountSeries(
      (0..<weeks).map { _ in
        defer {
          let rest = (1 - autocorrelation * autocorrelation).squareRoot()
          level = autocorrelation * level + rest * deviation * random.normal()
        }
        return Double(random.poisson(base * Double.exp(level - deviation * deviation / 2)))
      })
  }
  /// Weekly means of events whose scores scatter by 4.5, about a level that changes once, or not at all.
  static func means(
    events: Double, shift: Double = 0, at change: Int = weeks / 2, autocorrelation: Double = 0, seed: Int
  ) -> (series: MeanSeries, weeks: [Int]) {
    var random = SeededGenerator(seed: UInt64(seed) &* 15_485_863 &+ 5)
    var (means, weights, observed) = ([Double](), [Double](), [Int]())
    var drift = random.normal()
    for week in 0..<weeks {
      let number = random.poisson(events)
      let level = (week < change ? 0 : shift) + (autocorrelation > 0 ? drift : 0)
      drift = autocorrelation * drift + (1 - autocorrelation * autocorrelation).squareRoot() * random.normal()
      guard number > 0 else { continue }
      means.append(level + 4.5 * random.normal() / Double(number).squareRoot())
      weights.append(Double(number))
      observed.append(week)
    }
    return (MeanSeries(means, weights: weights), observed)
  }
}
