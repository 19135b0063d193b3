import Numerics

/// Whether events prefer one time of a cycle, such as a season of the year (Rayleigh; Mardia and Jupp 2000, Directional
/// Statistics, 6.3).
public struct RayleighTest: Sendable, Hashable {
  /// How concentrated the times are: 0 where they point everywhere alike, 1 where all are one.
  public let concentration: Double
  /// The mean time as a share of the cycle, from 0 to 1.
  public let meanShare: Double
  /// The p-value of times that prefer none.
  public let pValue: Double

  /// Tests the sums of cosines and sines of times.
  /// - Parameter count: how many times; over their dispersion where they come in clusters.
  /// - Returns: nil where there are none.
  public init?(cosines: Double, sines: Double, count: Double, dispersion: Double = 1) {
    guard count > 0, dispersion >= 1 else { return nil }
    concentration = min(1, (cosines * cosines + sines * sines).squareRoot() / count)
    let turn = Double.atan2(y: sines, x: cosines) / (2 * Double.pi)
    meanShare = turn < 0 ? turn + 1 : turn
    pValue = Self.pValue(concentration: concentration, count: count / dispersion)
  }
  /// Tests times of a cycle.
  /// - Parameter shares: the times as shares of the cycle.
  /// - Parameter weights: how many events each time has; one where they are not given.
  public init?(shares: [Double], weights: [Double]? = nil, dispersion: Double = 1) {
    var (cosines, sines, count) = (0.0, 0.0, 0.0)
    for (share, weight) in zip(shares, weights ?? shares.map { _ in 1 }) {
      cosines += weight * Double.cos(2 * Double.pi * share)
      sines += weight * Double.sin(2 * Double.pi * share)
      count += weight
    }
    self.init(cosines: cosines, sines: sines, count: count, dispersion: dispersion)
  }

  /// The p-value of a concentration of so many times (Zar 2010, Biostatistical Analysis, 27.2).
  public static func pValue(concentration: Double, count: Double) -> Double {
    let length = concentration * count
    let root = (1 + 4 * count + 4 * (count * count - length * length)).squareRoot()
    return min(1, Double.exp(root - (1 + 2 * count)))
  }
}
