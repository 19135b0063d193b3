/// The interval of a share by Jeffreys' prior: quantiles of a Beta variable of successes + 1/2 and failures + 1/2.
///
/// Its lower end is 0 without a success, its upper end 1 without a failure (Brown, Cai and DasGupta 2001, Statistical
/// Science 16:101).
/// - Returns: nil where successes are not between 0 and the trials, trials are none, or the confidence is not between 0
///   and 1.
public func jeffreysInterval(successes: Int, trials: Int, confidence: Double = 0.95) -> Interval? {
  guard trials > 0, successes >= 0, successes <= trials, confidence > 0, confidence < 1 else { return nil }
  let tail = (1 - confidence) / 2
  let (a, b) = (Double(successes) + 0.5, Double(trials - successes) + 0.5)
  guard let lower = successes == 0 ? 0 : betaQuantile(tail, a: a, b: b),
    let above = successes == trials ? 0 : betaQuantile(tail, a: b, b: a)
  else { return nil }
  return Interval(lower: lower, upper: 1 - above)
}

/// The interval that holds the middle 95 % of draws, by linear interpolation between them; nil where there are none.
/// - Parameter estimate: a value that it is widened to hold, as where all of few events are of one kind.
public func middleInterval(_ draws: [Double], holding estimate: Double? = nil) -> Interval? {
  let ordered = draws.filter(\.isFinite).sorted()
  guard !ordered.isEmpty else { return nil }
  func quantile(_ share: Double) -> Double {
    let place = share * Double(ordered.count - 1)
    let below = Int(place)
    let above = min(below + 1, ordered.count - 1)
    return ordered[below] + (place - Double(below)) * (ordered[above] - ordered[below])
  }
  let (lower, upper) = (quantile(0.025), quantile(0.975))
  return Interval(lower: min(lower, estimate ?? lower), upper: max(upper, estimate ?? upper))
}
