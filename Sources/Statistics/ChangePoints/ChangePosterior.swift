import Numerics

/// Where one change lies: a probability for each place it may have.
public struct ChangePosterior: Sendable, Hashable {
  /// The places: indices at which the new regime may begin, in rising order.
  public private(set) var places: [Int]
  /// The probability of each place.
  public let probabilities: [Double]

  /// The place of the greatest probability, the earliest of equals.
  public var mode: Int {
    let best = probabilities.indices.reduce(0) { probabilities[$1] > probabilities[$0] ? $1 : $0 }
    return places[best]
  }
  /// The probability of a place; 0 where the change cannot lie.
  public func probability(of place: Int) -> Double {
    places.firstIndex(of: place).map { probabilities[$0] } ?? 0
  }
  /// The smallest set of places that holds the given share of probability, in rising order; of equals the earliest first.
  public func set(holding share: Double = 0.95) -> [Int] {
    let order = probabilities.indices.sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }
    var (sum, chosen) = (0.0, [Int]())
    for index in order where sum < share && probabilities[index] > 0 {
      sum += probabilities[index]
      chosen.append(places[index])
    }
    return chosen.sorted()
  }
  /// The probability that the change lies at most so far from a place.
  public func probability(within distance: Int, of place: Int) -> Double {
    places.indices.reduce(0) { abs(places[$1] - place) <= distance ? $0 + probabilities[$1] : $0 }
  }
  /// The same with other names for the places.
  /// - Parameter name: must rise with the place.
  public func renamed(_ name: (Int) -> Int) -> ChangePosterior {
    var renamed = self
    renamed.places = places.map(name)
    return renamed
  }

  /// From logarithms of what the probabilities are proportional to; nil where none is finite.
  init?(places: [Int], logarithms: [Double]) {
    guard let greatest = logarithms.max(), greatest.isFinite else { return nil }
    let weights = logarithms.map { $0.isFinite ? Double.exp($0 - greatest) : 0 }
    let sum = weights.reduce(0, +)
    self.places = places
    probabilities = weights.map { $0 / sum }
  }
}

extension CountSeries {
  /// Where the one change of rate in this series lies.
  ///
  /// Rates before and after have Gamma priors of shape 1/2 and of the mean rate (Raftery and Akman 1986, Biometrika 73:85);
  /// counts and exposures are divided by the dispersion, so that clustered counts widen the answer.
  /// - Parameter dispersion: by how much counts vary more than Poisson's; their own where it is not given.
  /// - Parameter shape: the shape of the prior.
  /// - Parameter rate: the rate parameter of the prior; by default such that its mean is the mean rate.
  /// - Returns: nil where nothing was counted or there are fewer than two periods.
  public func changePosterior(dispersion: Double? = nil, shape: Double = 0.5, rate: Double? = nil) -> ChangePosterior? {
    guard let evidence = RateEvidence(self, dispersion ?? self.dispersion, shape, rate) else { return nil }
    return ChangePosterior(places: Array(1..<count), logarithms: (1..<count).map(evidence.ofChange))
  }

  /// The logarithm of the Bayes factor of one change, each place being as likely as another, against none.
  /// - Parameters: as of `changePosterior`.
  public func changeBayesFactor(dispersion: Double? = nil, shape: Double = 0.5, rate: Double? = nil) -> Double? {
    guard let evidence = RateEvidence(self, dispersion ?? self.dispersion, shape, rate) else { return nil }
    let logarithms = (1..<count).map(evidence.ofChange)
    let greatest = logarithms.reduce(-Double.infinity, max)
    let mean = logarithms.reduce(0) { $0 + Double.exp($1 - greatest) } / Double(count - 1)
    return greatest + Double.log(mean) - evidence.ofNone
  }
}

/// Marginal likelihoods of constant rates with Gamma priors.
private struct RateEvidence {
  private let sums: [SIMD2<Double>]
  private let dispersion: Double
  private let shape: Double
  private let rate: Double

  init?(_ series: CountSeries, _ dispersion: Double, _ shape: Double, _ rate: Double?) {
    sums = series.runningSums
    (self.dispersion, self.shape) = (dispersion, shape)
    guard series.count > 1, let all = sums.last, all.x > 0, all.y > 0 else { return nil }
    self.rate = rate ?? shape * all.y / all.x
  }
  private func logarithm(_ start: Int, _ end: Int) -> Double {
    let sum = (sums[end] - sums[start]) / dispersion
    return shape * Double.log(rate) - Double.logGamma(shape) + Double.logGamma(shape + sum.x)
      - (shape + sum.x) * Double.log(rate + sum.y)
  }
  var ofNone: Double { logarithm(0, sums.count - 1) }
  func ofChange(_ split: Int) -> Double { logarithm(0, split) + logarithm(split, sums.count - 1) }
}

/// Where the one change of a regime lies, from residual sums of squares.
///
/// Probabilities are proportional to exp(-RSS / (2 s^2 f)), s^2 being the variance and f = (1 + r) / (1 - r) for the first
/// autocorrelation r, at most .9, of the residuals at the best place: neighbours that are alike widen the answer.
/// - Parameter minimum: the least length of a regime.
/// - Parameter residuals: those of a change at a place.
func changePosterior(_ cost: some SegmentCost, minimum: Int, residuals: (Int) -> [Double]) -> ChangePosterior? {
  let count = cost.count
  guard count >= max(3, 2 * minimum) else { return nil }
  let places = Array(minimum...(count - minimum))
  let sums = places.map { cost.cost(0, $0) + cost.cost($0, count) }
  guard let least = sums.min(), let best = sums.firstIndex(of: least) else { return nil }
  let left = residuals(places[best])
  let squares = left.reduce(0) { $0 + $1 * $1 }
  let variance = squares / Double(count - 2)
  guard variance > 1e-12 * cost.cost(0, count) else {
    return ChangePosterior(places: places, logarithms: sums.map { $0 > least ? -.infinity : 0 })
  }
  let products = zip(left, left.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
  let correlation = min(0.9, max(0, products / squares + 1 / Double(count)))
  let scale = -1 / (2 * variance * (1 + correlation) / (1 - correlation))
  return ChangePosterior(places: places, logarithms: sums.map { scale * ($0 - least) })
}
