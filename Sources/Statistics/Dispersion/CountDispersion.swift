import Numerics

/// How much counts vary: their mean, variance, Fano factor, and a test of whether they could be Poisson's.
public struct CountDispersion: Sendable, Hashable {
  /// The mean.
  public let mean: Double
  /// The variance, its sum of squares over one less than the counts.
  public let variance: Double
  /// The variance over the mean: 1 for Poisson counts (Fano 1947, Physical Review 72:26).
  public var fano: Double { variance / mean }
  /// The sum of squared differences from the mean, over the mean: chi-squared where counts are Poisson's with one mean.
  public let statistic: Double
  /// The degrees of freedom.
  public let degrees: Int
  /// The probability of counts that vary at least so much (Fisher 1950, Biometrics 6:17).
  public let pValue: Double

  /// Measures counts of equal exposure.
  /// - Returns: nil where there are fewer than two or all are zero.
  public init?(_ counts: [Double]) {
    let sum = counts.reduce(0, +)
    guard counts.count > 1, sum > 0 else { return nil }
    let mean = sum / Double(counts.count)
    let squares = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    variance = squares / Double(counts.count - 1)
    statistic = squares / mean
    degrees = counts.count - 1
    guard let pValue = chiSquaredPValue(statistic, degrees: Double(degrees)) else { return nil }
    self.pValue = pValue
  }
}

/// By how much counts of neighbouring periods differ more than Poisson's of one rate would: successive differences, in
/// squares, to what they would be (von Neumann 1941, Annals of Mathematical Statistics 12:367); at least 1.
///
/// Lasting changes of level hardly enter. For what the rate of one period says of the next; over longer times neighbours
/// are alike, and `CountSeries.dispersion` is what counts.
/// - Parameter exposure: the exposure of each count, more than 0.
/// - Returns: nil where there are fewer than eight counts or all are zero: too few to tell.
public func successiveDispersion(_ counts: [Double], exposure: [Double]) -> Double? {
  guard counts.count >= 8, counts.count == exposure.count, exposure.allSatisfy({ $0 > 0 }) else { return nil }
  return CountSeries(counts, exposure: exposure).dispersion(ofSums: 1).map { max(1, $0) }
}

/// Whether counts are spread over categories as their exposure is: Pearson's chi-squared of goodness of fit.
public struct UniformityTest: Sendable {
  /// The statistic, over the dispersion.
  public let statistic: Double
  /// The degrees of freedom.
  public let degrees: Int
  /// The p-value of rates that are all equal.
  public let pValue: Double
  /// The category whose rate is highest, and that rate over the mean of all.
  public let highest: (category: Int, ratio: Double)

  /// Tests counts; categories without exposure are left out.
  /// - Parameter exposure: how much was observed of each category: days.
  /// - Parameter dispersion: by how much counts vary more than Poisson's; chi-squared is divided by it (McCullagh and
  ///   Nelder 1989, Generalized Linear Models, 4.5).
  /// - Returns: nil where fewer than two categories have an exposure, nothing was counted, or fewer than 5 are expected in
  ///   a category.
  public init?(_ counts: [Double], exposure: [Double], dispersion: Double = 1) {
    let used = counts.indices.filter { exposure[$0] > 0 }
    let (sum, all) = (used.reduce(0) { $0 + counts[$1] }, used.reduce(0) { $0 + exposure[$1] })
    guard used.count > 1, sum > 0, dispersion >= 1 else { return nil }
    var (statistic, highest) = (0.0, (category: 0, ratio: -1.0))
    for category in used {
      let expected = sum * exposure[category] / all
      guard expected >= 5 else { return nil }
      statistic += (counts[category] - expected) * (counts[category] - expected) / expected
      let ratio = counts[category] / expected
      if ratio > highest.ratio { highest = (category, ratio) }
    }
    self.statistic = statistic / dispersion
    degrees = used.count - 1
    self.highest = highest
    guard let pValue = chiSquaredPValue(self.statistic, degrees: Double(degrees)) else { return nil }
    self.pValue = pValue
  }
}
