import Foundation
import Workbench

/// Numbers drawn for tests, the same for the same seed.
struct Draws {
  var random: SeededGenerator
  init(seed: UInt64) { random = SeededGenerator(seed: seed &* 0x9E37_79B9 &+ 11) }

  mutating func uniform() -> Double { Double.random(in: 0..<1, using: &random) }
  mutating func normal() -> Double { sqrt(-2 * log(1 - uniform())) * cos(2 * .pi * uniform()) }
  mutating func poisson(_ mean: Double) -> Double {
    var (count, product) = (0.0, 1 - uniform())
    while product > exp(-mean) {
      count += 1
      product *= 1 - uniform()
    }
    return count
  }
  /// A count whose variance is `dispersion` times its mean: a Poisson number of clusters, each of so many events on
  /// average as a logarithmic distribution has.
  mutating func count(mean: Double, dispersion: Double) -> Double {
    guard dispersion > 1 else { return poisson(mean) }
    let share = 1 - 1 / dispersion
    let clusters = poisson(mean * log(dispersion) / (dispersion - 1))
    var sum = 0.0
    for _ in 0..<Int(clusters) {
      var (size, probability) = (1.0, -share / log(1 - share))
      var rest = uniform()
      while rest > probability, size < 1000 {
        rest -= probability
        probability *= share * size / (size + 1)
        size += 1
      }
      sum += size
    }
    return sum
  }
}
