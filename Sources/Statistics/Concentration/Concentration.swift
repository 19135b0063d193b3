/// How unequally a total is shared among units: places, actors, days.
public struct Concentration: Sendable, Hashable {
  /// The units' parts, the smallest first.
  private let parts: [Double]
  /// Their sum.
  public let total: Double

  /// Measures parts, zeros of units that could have had one among them.
  /// - Returns: nil where a part is negative or the sum is not positive and finite.
  public init?(_ parts: [Double]) {
    total = parts.reduce(0, +)
    guard total > 0, total.isFinite, parts.allSatisfy({ $0 >= 0 }) else { return nil }
    self.parts = parts.sorted()
  }

  /// How many units there are.
  public var count: Int { parts.count }

  /// Gini's coefficient, from 0 where all parts are equal towards 1 where one unit has all: half the mean difference of two
  /// units over the mean (Gini 1914), without a correction for few units.
  public var gini: Double {
    let n = Double(parts.count)
    let weighted = parts.enumerated().reduce(0.0) { $0 + Double($1.offset + 1) * $1.element }
    return 2 * weighted / (n * total) - (n + 1) / n
  }

  /// The share of the total that the largest units have.
  public func topShare(_ units: Int) -> Double { parts.suffix(max(0, units)).reduce(0, +) / total }
  /// The share that a share of all units, the largest, has: at least one unit, and as many as the share rounds up to.
  public func topShare(ofUnits share: Double) -> Double {
    topShare(max(1, Int((share * Double(parts.count) - 1e-9).rounded(.up))))
  }

  /// The Herfindahl-Hirschman index: the sum of squared shares, from 1 / n to 1 (Hirschman 1945; Herfindahl 1950).
  public var herfindahl: Double { parts.reduce(0) { $0 + ($1 / total) * ($1 / total) } }
  /// How many equal units would be as concentrated: the inverse of that index (Laakso and Taagepera 1979, Comparative
  /// Political Studies 12:3).
  public var effectiveUnits: Double { 1 / herfindahl }

  /// The curve of Lorenz 1905: after each share of units, the smallest first, their share of the total.
  /// - Parameter points: how many points at most after that at 0; one for each unit where there are not more.
  public func lorenz(points: Int = 100) -> [(units: Double, total: Double)] {
    let steps = min(max(1, points), parts.count)
    var (curve, sum, next) = ([(units: 0.0, total: 0.0)], 0.0, 0)
    for step in 1...steps {
      let end = step * parts.count / steps
      while next < end {
        sum += parts[next]
        next += 1
      }
      curve.append((Double(end) / Double(parts.count), step == steps ? 1 : sum / total))
    }
    return curve
  }
}
