import Numerics

/// The log-normal distribution of whole numbers from a least one on: the probability of x is that of x - 1/2 to x + 1/2,
/// over that of all from the least on.
public struct LogNormalTail: Sendable, Hashable {
  /// The least number.
  public let minimum: Int
  /// The mean of the logarithms, of the distribution without a least number.
  public let location: Double
  /// Their standard deviation.
  public let scale: Double

  /// The lowest location that is tried: with far lower ones the distribution is a power law by another name.
  private static let lowestLocation = -5.0

  /// The distribution of greatest likelihood, by a search with a simplex (Nelder and Mead 1965, Computer Journal 7:308).
  /// - Returns: nil where the tail has fewer than 10 numbers or one value.
  public init?(_ numbers: SeverityCounts, minimum: Int) {
    let tail = zip(numbers.values, numbers.counts).filter { $0.0 >= minimum }
    let total = Double(tail.reduce(0) { $0 + $1.1 })
    guard total >= 10, tail.count > 1 else { return nil }
    let mean = tail.reduce(0) { $0 + Double($1.1) * Double.log(Double($1.0)) } / total
    let variance =
      tail.reduce(0) { sum, entry in
        let distance = Double.log(Double(entry.0)) - mean
        return sum + Double(entry.1) * distance * distance
      } / total
    func loss(_ location: Double, _ logScale: Double) -> Double {
      guard location >= Self.lowestLocation else { return .infinity }
      let law = LogNormalTail(minimum: minimum, location: location, scale: Double.exp(logScale))
      return -tail.reduce(0) { $0 + Double($1.1) * law.logarithm($1.0) }
    }
    let start = (mean, Double.log(max(0.1, variance.squareRoot())))
    let (location, logScale) = leastPoint(from: start, loss)
    self.init(minimum: minimum, location: location, scale: Double.exp(logScale))
    guard location.isFinite, scale.isFinite, scale > 0 else { return nil }
  }
  init(minimum: Int, location: Double, scale: Double) {
    (self.minimum, self.location, self.scale) = (minimum, location, scale)
  }

  /// The logarithm of the probability that the distribution without a least number is above this.
  private func logarithmAbove(_ value: Double) -> Double {
    let z = (Double.log(value) - location) / (scale * 2.squareRoot())
    let above = Double.erfc(z) / 2
    // Far out, Mill's ratio: erfc(z) is near exp(-z^2) / (z sqrt(pi)).
    return above > 1e-300
      ? Double.log(above) : -z * z - Double.log(z * (4 * Double.pi).squareRoot()) - 1 / (2 * z * z)
  }
  /// The logarithm of the probability of a number of the tail.
  func logarithm(_ number: Int) -> Double {
    let low = logarithmAbove(Double(number) - 0.5)
    let high = logarithmAbove(Double(number) + 0.5)
    return low + Double.log(onePlus: -Double.exp(min(-1e-15, high - low))) - logarithmAbove(Double(minimum) - 0.5)
  }
  /// The probability that a number of the tail is at least this.
  public func share(atLeast number: Int) -> Double {
    number <= minimum
      ? 1 : Double.exp(logarithmAbove(Double(number) - 0.5) - logarithmAbove(Double(minimum) - 0.5))
  }
}

/// Which of two laws of a tail is nearer to the truth (Vuong 1989, Econometrica 57:307).
public struct VuongTest: Sendable, Hashable {
  /// The logarithm of the ratio of likelihoods: positive where the power law is nearer.
  public let ratio: Double
  /// The same over its standard error.
  public let z: Double
  /// The p-value of laws that are equally near.
  public let pValue: Double

  /// Compares a power law with a log-normal distribution of the same tail.
  /// - Returns: nil where the two do not differ anywhere.
  public init?(_ powerLaw: PowerLawTail, _ logNormal: LogNormalTail, _ numbers: SeverityCounts) {
    guard let all = hurwitzZeta(powerLaw.exponent, Double(powerLaw.minimum)) else { return nil }
    var (sum, squares, count) = (0.0, 0.0, 0.0)
    for (value, number) in zip(numbers.values, numbers.counts) where value >= powerLaw.minimum {
      let difference =
        -powerLaw.exponent * Double.log(Double(value)) - Double.log(all) - logNormal.logarithm(value)
      sum += Double(number) * difference
      squares += Double(number) * difference * difference
      count += Double(number)
    }
    let variance = squares / count - (sum / count) * (sum / count)
    guard count > 1, variance > 1e-20 else { return nil }
    ratio = sum
    z = sum / (count * variance).squareRoot()
    pValue = normalPValue(z)
  }
}

/// The point of two coordinates at which a function is least.
private func leastPoint(
  from start: (Double, Double), _ function: (Double, Double) -> Double
) -> (Double, Double) {
  typealias Corner = (x: Double, y: Double, value: Double)
  func corner(_ x: Double, _ y: Double) -> Corner { (x, y, function(x, y)) }
  var corners = [
    corner(start.0, start.1), corner(start.0 + 0.5, start.1), corner(start.0, start.1 + 0.5),
  ]
  for _ in 0..<2_000 {
    corners.sort { $0.value < $1.value }
    let (best, middle, worst) = (corners[0], corners[1], corners[2])
    if abs(worst.value - best.value) <= 1e-12 * (1 + abs(best.value)),
      abs(worst.x - best.x) + abs(worst.y - best.y) < 1e-8
    {
      break
    }
    let (x, y) = ((best.x + middle.x) / 2, (best.y + middle.y) / 2)
    func along(_ step: Double) -> Corner { corner(x + step * (worst.x - x), y + step * (worst.y - y)) }
    let mirrored = along(-1)
    if mirrored.value < best.value {
      let further = along(-2)
      corners[2] = further.value < mirrored.value ? further : mirrored
    } else if mirrored.value < middle.value {
      corners[2] = mirrored
    } else {
      let nearer = mirrored.value < worst.value ? along(-0.5) : along(0.5)
      if nearer.value < min(worst.value, mirrored.value) {
        corners[2] = nearer
      } else {
        corners[1] = corner((best.x + middle.x) / 2, (best.y + middle.y) / 2)
        corners[2] = corner((best.x + worst.x) / 2, (best.y + worst.y) / 2)
      }
    }
  }
  let best = corners.min { $0.value < $1.value } ?? corners[0]
  return (best.x, best.y)
}
