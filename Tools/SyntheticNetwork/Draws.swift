public import Workbench

import Numerics

/// Numbers drawn from distributions, the same everywhere for the same seed.
extension SeededGenerator {
  /// A number from 0 up to, not including, 1.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }
  /// A number below a bound, which lies far below 2^32.
  public mutating func below(_ bound: Int) -> Int { Int(((next() >> 32) &* UInt64(bound)) >> 32) }
  /// A number of the standard normal distribution (Box and Muller 1958).
  public mutating func normal() -> Double {
    (-2 * Double.log(1 - uniform())).squareRoot() * Double.cos(2 * .pi * uniform())
  }
  /// A number of a Gamma distribution with scale 1 (Marsaglia and Tsang 2000, ACM TOMS 26:363).
  public mutating func gamma(_ shape: Double) -> Double {
    guard shape >= 1 else { return gamma(shape + 1) * Double.pow(1 - uniform(), 1 / shape) }
    let third = shape - 1.0 / 3
    let scale = 1 / (9 * third).squareRoot()
    while true {
      let normal = normal()
      let root = 1 + scale * normal
      guard root > 0 else { continue }
      let cube = root * root * root
      if Double.log(1 - uniform()) < normal * normal / 2 + third * (1 - cube + Double.log(cube)) { return third * cube }
    }
  }
  /// A number of a Poisson distribution, in pieces of a mean of 16 at most (Knuth).
  public mutating func poisson(_ mean: Double) -> Int {
    var (rest, count) = (mean, 0)
    while rest > 0 {
      let limit = Double.exp(-min(rest, 16))
      rest -= 16
      var product = 1 - uniform()
      while product > limit {
        count += 1
        product *= 1 - uniform()
      }
    }
    return count
  }
  /// A count whose variance is its mean times a dispersion: negative binomial of the first kind, Poisson where it is 1.
  public mutating func count(mean: Double, dispersion: Double) -> Int {
    guard mean > 0 else { return 0 }
    guard dispersion > 1 else { return poisson(mean) }
    return poisson(gamma(mean / (dispersion - 1)) * (dispersion - 1))
  }
}
