import Numerics

/// The generalised zeta function of Hurwitz: the sum of 1 / (k + q)^s over all k from 0 on.
///
/// The first terms and the formula of Euler and Maclaurin for the rest (DLMF 25.11.5), to about 1e-13.
/// - Returns: nil where s is not above 1 or q not positive.
public func hurwitzZeta(_ s: Double, _ q: Double) -> Double? {
  guard s > 1, s.isFinite, q > 0, q.isFinite else { return nil }
  let terms = 10
  var sum = 0.0
  for term in 0..<terms { sum += Double.pow(q + Double(term), -s) }
  let end = q + Double(terms)
  let power = Double.pow(end, -s)
  sum += end * power / (s - 1) + power / 2
  // The coefficients are the Bernoulli numbers B2, B4, ... over the factorials 2!, 4!, ...
  let coefficients: [Double] = [
    1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1_209_600, 1.0 / 47_900_160, -691.0 / 1_307_674_368_000,
  ]
  var factor = s * power / end
  for (index, coefficient) in coefficients.enumerated() {
    sum += coefficient * factor
    let next = s + 2 * Double(index) + 1
    factor *= next * (next + 1) / (end * end)
  }
  return sum
}

/// Whole numbers from 1 on, such as fatalities of events, by how often each occurs.
public struct SeverityCounts: Sendable, Hashable {
  /// The numbers that occur, in rising order.
  public let values: [Int]
  /// How often each does.
  public let counts: [Int]

  /// Counts numbers; those below 1 are left out.
  public init(_ numbers: [Int]) {
    var (values, counts): ([Int], [Int]) = ([], [])
    for number in numbers.sorted() where number >= 1 {
      if values.last == number {
        counts[counts.count - 1] += 1
      } else {
        values.append(number)
        counts.append(1)
      }
    }
    (self.values, self.counts) = (values, counts)
  }
  init(values: [Int], counts: [Int]) { (self.values, self.counts) = (values, counts) }

  /// How many numbers there are.
  public var total: Int { counts.reduce(0, +) }
  /// How many of them are at least a number.
  public func count(atLeast number: Int) -> Int {
    zip(values, counts).reduce(0) { $1.0 >= number ? $0 + $1.1 : $0 }
  }
}

/// The power law that the greatest of many whole numbers follow best: the probability of x is proportional to x^-exponent,
/// from a least number on (Clauset, Shalizi and Newman 2009, SIAM Review 51:661).
public struct PowerLawTail: Sendable, Hashable {
  /// The least number of the tail.
  public let minimum: Int
  /// The exponent.
  public let exponent: Double
  /// Its standard error, from the information in the tail.
  public let standardError: Double
  /// How many numbers the tail has.
  public let count: Int
  /// The greatest distance between the tail's observed and expected distribution functions.
  public let distance: Double

  /// How many numbers a tail must have, so that an exponent can be told.
  public static let fewest = 50

  /// Fits a tail: of all least numbers the one where the distance is smallest, of equals the smallest.
  /// - Parameter fewest: how many numbers the tail has at least.
  /// - Returns: nil where there are fewer numbers, or all are equal.
  public init?(_ numbers: SeverityCounts, fewest: Int = PowerLawTail.fewest) {
    guard let best = TailSearch(numbers).best(fewest: fewest) else { return nil }
    self = best
  }
  init(minimum: Int, exponent: Double, standardError: Double, count: Int, distance: Double) {
    (self.minimum, self.exponent, self.standardError) = (minimum, exponent, standardError)
    (self.count, self.distance) = (count, distance)
  }

  /// The probability that a number of the tail is at least this.
  public func share(atLeast number: Int) -> Double {
    guard number > minimum else { return 1 }
    guard let above = hurwitzZeta(exponent, Double(number)), let all = hurwitzZeta(exponent, Double(minimum)) else {
      return 0
    }
    return above / all
  }

  /// How often numbers that do follow the law, with a body like the observed one, lie further from their best fit: below .1
  /// the law is ruled out.
  ///
  /// Semi-parametric bootstrap: each number is of the tail with the observed share, else one of the observed body; the least
  /// number and the exponent are fitted anew.
  /// - Parameter seed: of replicate 0; each has one of its own, so that they may be drawn in any order.
  /// - Parameter replicates: which replicates are drawn.
  /// - Returns: how many of them lie at least as far.
  public func exceedances(of numbers: SeverityCounts, seed: UInt64, replicates: Range<Int>, fewest: Int = fewest) -> Int
  {
    let body = zip(numbers.values, numbers.counts).filter { $0.0 < minimum }
    var sums = [0]
    for entry in body { sums.append(sums[sums.count - 1] + entry.1) }
    let total = numbers.total
    let sampler = TailSampler(minimum: minimum, exponent: exponent)
    var further = 0
    for replicate in replicates {
      var generator = PermutationGenerator(seed: seed &+ UInt64(replicate))
      var (bodyCounts, tail) = ([Int](repeating: 0, count: body.count), [Int]())
      for _ in 0..<total {
        let drawn = generator.below(total)
        if drawn < count {
          tail.append(sampler.number(generator.unit()))
        } else {
          // The number of the body at this place.
          let place = drawn - count
          var (low, high) = (0, body.count - 1)
          while low < high {
            let middle = (low + high + 1) / 2
            if sums[middle] <= place { low = middle } else { high = middle - 1 }
          }
          bodyCounts[low] += 1
        }
      }
      let drawnTail = SeverityCounts(tail)
      let kept = bodyCounts.indices.filter { bodyCounts[$0] > 0 }
      let drawn = SeverityCounts(
        values: kept.map { body[$0].0 } + drawnTail.values, counts: kept.map { bodyCounts[$0] } + drawnTail.counts)
      if let fit = PowerLawTail(drawn, fewest: fewest), fit.distance >= distance { further += 1 }
    }
    return further
  }
}

/// The search for the least number of a tail.
private struct TailSearch {
  let values: [Int]
  let counts: [Int]
  private let logarithms: [Double]
  /// Of each value and all greater ones: how many, and the sum of their logarithms.
  private let above: [(count: Int, logarithms: Double)]

  init(_ numbers: SeverityCounts) {
    (values, counts) = (numbers.values, numbers.counts)
    logarithms = values.map { Double.log(Double($0)) }
    var above = [(count: 0, logarithms: 0.0)]
    for place in values.indices.reversed() {
      let last = above[above.count - 1]
      above.append((last.count + counts[place], last.logarithms + Double(counts[place]) * logarithms[place]))
    }
    self.above = above.dropFirst().reversed()
  }

  func best(fewest: Int) -> PowerLawTail? {
    var best: PowerLawTail?
    // A tail has two values at least.
    for place in values.indices.dropLast() where above[place].count >= fewest {
      guard let fit = fit(place) else { continue }
      if fit.distance < best?.distance ?? .infinity { best = fit }
    }
    return best
  }

  /// The exponent of greatest likelihood from a place on, by Newton's steps on its derivative.
  private func fit(_ place: Int) -> PowerLawTail? {
    let minimum = Double(values[place])
    let (count, sum) = (Double(above[place].count), above[place].logarithms)
    let mean = sum / count
    // The approximation of their equation 3.7 is near enough to start from.
    let start = 1 + 1 / max(1e-6, mean - Double.log(minimum - 0.5))
    var exponent = min(max(start, 1.05), 12)
    var curvature = 0.0
    for _ in 0..<50 {
      let step = 1e-4 * exponent
      guard let here = hurwitzZeta(exponent, minimum), let right = hurwitzZeta(exponent + step, minimum),
        let left = hurwitzZeta(max(1.0001, exponent - step), minimum)
      else { return nil }
      let (l, m, r) = (Double.log(left), Double.log(here), Double.log(right))
      let slope = (r - l) / (2 * step)
      curvature = (r - 2 * m + l) / (step * step)
      guard curvature > 0 else { return nil }
      let move = (slope + mean) / curvature
      exponent = min(max(exponent - min(max(move, -1), 1), 1.01), 20)
      if abs(move) < 1e-9 { break }
    }
    guard exponent < 20, let all = hurwitzZeta(exponent, minimum) else { return nil }
    return PowerLawTail(
      minimum: values[place], exponent: exponent, standardError: 1 / (count * curvature).squareRoot(),
      count: above[place].count, distance: distance(from: place, exponent, all))
  }

  private func distance(from place: Int, _ exponent: Double, _ all: Double) -> Double {
    let total = Double(above[place].count)
    var greatest = 0.0
    // The expected share above each value, from sums over the gaps where they are short.
    var rest = all
    var next = values[place]
    for index in place..<values.count {
      let value = values[index]
      if value - next < 12 {
        while next <= value {
          rest -= Double.pow(Double(next), -exponent)
          next += 1
        }
      } else {
        next = value + 1
        rest = hurwitzZeta(exponent, Double(next)) ?? 0
      }
      let observed = index + 1 < values.count ? Double(above[index + 1].count) / total : 0
      greatest = max(greatest, abs(max(0, rest) / all - observed))
      // Just below the value, where the observed share still has all of it.
      let before = (max(0, rest) + Double.pow(Double(value), -exponent)) / all
      greatest = max(greatest, index == place ? 0 : abs(before - Double(above[index].count) / total))
    }
    return greatest
  }
}

/// Draws numbers of a tail by inversion.
private struct TailSampler {
  private let minimum: Int
  private let exponent: Double
  private let all: Double
  /// The share above each of the first numbers.
  private let table: [Double]

  init(minimum: Int, exponent: Double) {
    (self.minimum, self.exponent) = (minimum, exponent)
    all = hurwitzZeta(exponent, Double(minimum)) ?? 1
    var (rest, table) = (all, [Double]())
    for number in minimum..<minimum + 400 {
      rest -= Double.pow(Double(number), -exponent)
      table.append(max(0, rest) / all)
    }
    self.table = table
  }
  /// The least number above which there is at most this share.
  func number(_ share: Double) -> Int {
    if let last = table.last, share >= last {
      var (low, high) = (0, table.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if table[middle] <= share { high = middle } else { low = middle + 1 }
      }
      return minimum + low
    }
    func above(_ number: Int) -> Double { (hurwitzZeta(exponent, Double(number) + 1) ?? 0) / all }
    var (low, high) = (minimum + table.count - 1, 2 * (minimum + table.count))
    while above(high) > share, high < 1 << 40 { (low, high) = (high, 2 * high) }
    while high - low > 1 {
      let middle = (low + high) / 2
      if above(middle) <= share { high = middle } else { low = middle }
    }
    return high
  }
}

extension PermutationGenerator {
  /// A number from 0 up to, not including, 1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
