import Numerics

/// The interval of the sum of a number over records that come one by one, such as the fatalities of attacks.
///
/// Poisson bootstrap: in each draw each record occurs Poisson(1) times, so that both how many records there are and which
/// of them are large varies (Hanley and MacGibbon 2006, Computer Methods and Programs in Biomedicine 83:57). A Poisson
/// interval of the sum itself would take persons for independent events. By simulation 95 % intervals of sums of 15 to 100
/// records cover 94 to 95 % for geometric numbers, 91 to 93 % for log-normal ones with sigma 1, and 76 to 78 % for a power
/// law of exponent 2.5, whose worst events are mostly yet to come.
///
/// - Parameters:
///   - numbers: the number of each record; those of zero or below do not count.
///   - draws: how many sums are drawn.
///   - confidence: what share of the draws the interval holds.
/// - Returns: whole ends, by nearest rank; nil below ten records with a number.
/// - Complexity: O(d draws) for d different numbers.
public func bootstrapSumInterval(
  _ numbers: [Int], draws: Int = 1_000, confidence: Double = 0.95, using generator: inout some RandomNumberGenerator
) -> Interval? {
  let sorted = numbers.filter { $0 > 0 }.sorted()
  guard sorted.count >= 10, draws > 0, confidence > 0, confidence < 1 else { return nil }
  var sums = [Int](repeating: 0, count: draws)
  var start = 0
  while start < sorted.count {
    let end = sorted[start...].firstIndex { $0 != sorted[start] } ?? sorted.count
    let law = PoissonTable(mean: Double(end - start))
    for draw in sums.indices { sums[draw] += sorted[start] * law.value(at: .random(in: 0..<1, using: &generator)) }
    start = end
  }
  sums.sort()
  let beyond = Int((Double(draws) * (1 - confidence) / 2).rounded(.down))
  return Interval(lower: Double(sums[beyond]), upper: Double(sums[draws - 1 - beyond]))
}

/// The distribution function of a Poisson variate, as far from its mean as double precision tells.
struct PoissonTable {
  private let first: Int
  private let cumulative: [Double]

  /// - Parameter mean: above 0.
  init(mean: Double) {
    let spread = 10 * mean.squareRoot() + 20
    first = max(0, Int(mean - spread))
    var sum = 0.0
    var cumulative: [Double] = []
    for count in first...Int(mean + spread) {
      sum += Double.exp(Double(count) * Double.log(mean) - mean - Double.logGamma(Double(count) + 1))
      cumulative.append(sum)
    }
    self.cumulative = cumulative
  }

  /// The least count that has at least this probability at or below it.
  func value(at probability: Double) -> Int {
    var (low, high) = (0, cumulative.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] < probability { low = middle + 1 } else { high = middle }
    }
    return first + low
  }
}
