import Numerics

/// How many further events each event of some days brings, and how soon: the fit of greatest likelihood.
public struct SelfExcitation: Sendable {
  /// The background of each segment: events a day that no earlier event brings.
  public let background: [Double]
  /// How many events one brings on average.
  public let branching: Double
  /// Its 95 % interval by the profile of the likelihood; without an upper end where the data set none.
  public let branchingInterval: Interval
  /// In how many days half of them have come.
  public let halfLife: Double
  /// Its 95 % interval; without an upper end where it may be longer than was tried.
  public let halfLifeInterval: Interval
  /// By how much the log-likelihood is above that without excitation.
  public let gain: Double

  /// The half-lives that are tried, in days.
  static let halfLives: [Double] = (0...28).map { 0.25 * Double.pow(2, Double($0) / 3) }
  /// The persistence of a half-life.
  static func persistence(_ halfLife: Double) -> Double { Double.pow(0.5, 1 / halfLife) }

  /// Fits days.
  /// - Returns: nil where fewer than two days have events.
  public init?(_ days: ExcitedDays) {
    guard days.active.count > 1 else { return nil }
    let slices = Self.halfLives.map { ExcitationSlice(days, persistence: Self.persistence($0)) }
    var fits: [ExcitationSlice.Fit] = []
    for slice in slices { fits.append(slice.best(from: fits.last)) }
    var place = 0
    for other in fits.indices where fits[other].likelihood > fits[place].likelihood + 1e-9 { place = other }
    var (best, halfLife) = (fits[place], Self.halfLives[place])
    // Between the neighbours of the best, by thirds of the logarithm.
    var low = Double.log(Self.halfLives[max(0, place - 1)])
    var high = Double.log(Self.halfLives[min(fits.count - 1, place + 1)])
    for _ in 0..<24 where high - low > 1e-6 {
      let tried = [low + (high - low) / 3, high - (high - low) / 3].map { place in
        (place, ExcitationSlice(days, persistence: Self.persistence(Double.exp(place))).best(from: best))
      }
      for (place, fit) in tried where fit.likelihood > best.likelihood {
        (best, halfLife) = (fit, Double.exp(place))
      }
      if tried[0].1.likelihood < tried[1].1.likelihood { low = tried[0].0 } else { high = tried[1].0 }
    }
    (background, branching, self.halfLife) = (best.background, best.branching, halfLife)
    gain = max(0, best.likelihood - days.quietLikelihood)

    // What lies within half the chi-squared quantile of one degree below the best.
    let floor = best.likelihood - 1.920729410347062
    let inside = fits.indices.filter { fits[$0].likelihood >= floor }
    func crossing(_ inner: Int, _ outer: Int) -> Double {
      let (a, b) = (fits[inner].likelihood, fits[outer].likelihood)
      let part = a > b ? (a - floor) / (a - b) : 1
      let (x, y) = (Double.log(Self.halfLives[inner]), Double.log(Self.halfLives[outer]))
      return Double.exp(x + part * (y - x))
    }
    let (first, last) = (inside.first ?? place, inside.last ?? place)
    halfLifeInterval = Interval(
      lower: min(halfLife, first == 0 ? 0 : crossing(first, first - 1)),
      upper: last == fits.count - 1 ? nil : max(halfLife, crossing(last, last + 1)))
    var (least, most) = (best.branching, best.branching)
    for place in inside.isEmpty ? [place] : inside {
      least = min(least, Self.end(slices[place], fits[place], floor, isUpper: false))
      most = max(most, Self.end(slices[place], fits[place], floor, isUpper: true))
    }
    branchingInterval = Interval(lower: least, upper: most < Self.mostBranching ? most : nil)
  }
  private static let mostBranching = 4.0

  /// Where the likelihood, at its best over backgrounds, falls below a floor.
  private static func end(
    _ slice: ExcitationSlice, _ fit: ExcitationSlice.Fit, _ floor: Double, isUpper: Bool
  ) -> Double {
    guard fit.likelihood > floor else { return fit.branching }
    let limit = isUpper ? mostBranching : 0
    func isInside(_ branching: Double) -> Bool {
      slice.best(holding: branching, from: fit).likelihood >= floor
    }
    if isInside(limit) { return limit }
    var (inside, outside) = (fit.branching, limit)
    for _ in 0..<40 where abs(outside - inside) > 1e-5 * max(0.01, inside) {
      let middle = (inside + outside) / 2
      if isInside(middle) { inside = middle } else { outside = middle }
    }
    return (inside + outside) / 2
  }

  /// How many of some permutations have as great a score of excitation as the days themselves, with their days in another
  /// order within each segment: whether events follow each other more than days of such counts do by chance.
  ///
  /// The score is the slope of the log-likelihood at no branching, in standard errors (Rao 1948, Mathematical Proceedings of
  /// the Cambridge Philosophical Society 44:50), the greatest of five half-lives. Several events of one day stay together,
  /// so that they are no excitation.
  /// - Parameter seed: of permutation 0; each has one of its own, so that they may be drawn in any order.
  public static func exceedances(of days: ExcitedDays, seed: UInt64, permutations: Range<Int>) -> Int {
    let tried = [0.5, 1.5, 5, 15, 45].map { persistence($0) }
    func score(_ days: ExcitedDays) -> Double { tried.reduce(-.infinity) { max($0, days.score($1)) } }
    let observed = score(days)
    return permutations.count { permutation in
      var generator = PermutationGenerator(seed: seed &+ UInt64(permutation))
      return score(days.permuted(&generator)) >= observed - 1e-9
    }
  }

  /// How far the days lie from what the fit lets expect: the greatest distance between the distribution of their
  /// probabilities and an even one, and its p-value.
  ///
  /// Each day's probability is drawn between those of less than its count and of its count (Brown et al. 2002, Neural
  /// Computation 14:325, for counts as by Smith 1985, Journal of Forecasting 4:283). The fit was made on the same days,
  /// so that p is rather too great.
  public func misfit(_ days: ExcitedDays, seed: UInt64) -> (distance: Double, pValue: Double)? {
    let memory = days.memory(Self.persistence(halfLife))
    var generator = PermutationGenerator(seed: seed)
    var shares: [Double] = []
    for day in days.counts.indices {
      let rate = background[days.segments[day]] + branching * memory[day]
      let count = days.counts[day]
      guard rate > 0 else {
        shares.append(generator.unit())
        continue
      }
      guard let upper = regularizedUpperGamma(count + 1, rate) else { return nil }
      let lower = count > 0 ? regularizedUpperGamma(count, rate) ?? 0 : 0
      shares.append(lower + generator.unit() * (upper - lower))
    }
    shares.sort()
    let count = Double(shares.count)
    var distance = 0.0
    for (index, share) in shares.enumerated() {
      distance = max(distance, share - Double(index) / count, Double(index + 1) / count - share)
    }
    return (distance, kolmogorovPValue(distance: distance, count: shares.count))
  }
}
