/// A count over an exposure, of which records may leave open how large it is.
public struct BoundedCount: Sendable, Hashable {
  /// The count as the records have it.
  public var count: Int
  /// The fewest that it may be.
  public var low: Int
  /// The most that it may be; nil where that has no limit.
  public var high: Int?
  /// What it was observed over.
  public var exposure: Double
  /// Makes a count.
  public init(_ count: Int, low: Int, high: Int?, over exposure: Double) {
    (self.count, self.low, self.high, self.exposure) = (count, low, high, exposure)
  }
  /// Whether the records leave it open.
  public var isBounded: Bool { low != count || high != count }
  /// The count, or another, over the same exposure.
  public func exposed(_ count: Int? = nil) -> ExposedCount { ExposedCount(count ?? self.count, over: exposure) }
}

/// The ratio of two rates whose counts may be bounded, and may vary more than Poisson's.
public struct BoundedRateRatio: Sendable, Hashable {
  /// The later count.
  public let later: BoundedCount
  /// The earlier count.
  public let earlier: BoundedCount
  /// By how much counts vary more than Poisson's; nil where that is not known.
  public let dispersion: Double?
  /// The ratio of rates; nil where records leave a count open, or there was none earlier.
  public let ratio: Double?
  /// The largest that the ratio may be; nil where that has no limit.
  public let largestRatio: Double?
  /// The exact interval, whatever the true counts within their bounds were.
  public let exact: Interval
  /// The interval that decides: the exact one, or the tempered one where the dispersion is above `mostDispersion`.
  public let deciding: Interval
  /// The deciding interval if the counts were sure.
  public let narrow: Interval
  /// The central exact p-value of equal rates; nil where records leave a count open.
  public let pValue: Double?
  /// The mid-p-value of the same.
  public let midPValue: Double?

  /// Beyond this the tempered interval decides.
  public static let mostDispersion = 1.2
  /// Whether the tempered interval decides.
  public var isTempered: Bool { (dispersion ?? 1) > Self.mostDispersion }

  /// Compares two counts.
  /// - Returns: nil where a count is negative or an exposure not positive and finite.
  public init?(_ later: BoundedCount, to earlier: BoundedCount, dispersion: Double?) {
    (self.later, self.earlier, self.dispersion) = (later, earlier, dispersion)
    let phi = (dispersion ?? 1) > Self.mostDispersion ? dispersion ?? 1 : 1
    guard let plain = RateRatio(later.exposed(), to: earlier.exposed()),
      let mid = Statistics.midPValue(later.exposed(), to: earlier.exposed()),
      let narrow = temperedInterval(later.exposed(), to: earlier.exposed(), dispersion: phi),
      let exact = Self.widened(later, earlier, dispersion: 1),
      let deciding = Self.widened(later, earlier, dispersion: phi)
    else { return nil }
    let isSure = !later.isBounded && !earlier.isBounded
    ratio = isSure ? plain.ratio : nil
    (pValue, midPValue) = isSure ? (plain.pValue, mid) : (nil, nil)
    largestRatio =
      earlier.low == 0
      ? nil : later.high.map { Double($0) * earlier.exposure / (Double(earlier.low) * later.exposure) }
    (self.exact, self.deciding, self.narrow) = (exact, deciding, narrow)
  }

  /// Which other ratios the test would have found, from as few earlier events as there may have been; nil of none.
  public var power: DetectableRatio? {
    DetectableRatio(
      earlier: Double(earlier.low) / (isTempered ? dispersion ?? 1 : 1), over: earlier.exposure,
      later: later.exposure)
  }

  /// From the lower end for the fewest later against the most earlier, to the upper end for the reverse.
  private static func widened(_ later: BoundedCount, _ earlier: BoundedCount, dispersion: Double) -> Interval? {
    var lower = 0.0
    if let most = earlier.high {
      guard
        let interval = temperedInterval(later.exposed(later.low), to: earlier.exposed(most), dispersion: dispersion)
      else { return nil }
      lower = interval.lower
    }
    guard let most = later.high else { return Interval(lower: lower, upper: nil) }
    guard
      let interval = temperedInterval(later.exposed(most), to: earlier.exposed(earlier.low), dispersion: dispersion)
    else { return nil }
    return Interval(lower: lower, upper: interval.upper)
  }
}
