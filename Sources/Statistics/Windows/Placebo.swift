/// A change from some days to later ones, compared with the same change about every earlier date.
public struct PlaceboTest: Sendable, Hashable {
  /// How many dates were compared.
  public let placebos: Int
  /// At how many of them the change was a fall as great, or greater.
  public let asLow: Int
  /// How many of them lie apart: the placebo dates over the days of a before, a gap and a during.
  public let effective: Double
  /// The share of dates, the real one among them, at which the fall was as great or greater.
  public var pValue: Double { Double(1 + asLow) / Double(1 + placebos) }

  /// Slides a pair of windows over daily counts.
  ///
  /// The change is (y1 + 1/2) / T1 over (y0 + 1/2) / T0. Near dates share most of their days, so many placebos are few
  /// that tell anything: `effective` says how few.
  /// - Parameter real: counts and days of the real windows, `during` and `before`.
  /// - Parameter counts: the daily counts.
  /// - Parameter isBlocked: which days no placebo window may hold.
  /// - Parameter lengths: the days of a before, of the gap between, and of a during.
  /// - Parameter starts: the days on which a placebo's during may begin.
  /// - Precondition: the two arrays are of one length.
  public init(
    real: (during: ExposedCount, before: ExposedCount), counts: [Int], isBlocked: [Bool],
    lengths: (before: Int, gap: Int, during: Int), starts: Range<Int>
  ) {
    precondition(counts.count == isBlocked.count, "counts and blocked days differ in number")
    var (sums, blocked) = ([0], [0])
    for (count, isBlocked) in zip(counts, isBlocked) {
      sums.append(sums[sums.count - 1] + count)
      blocked.append(blocked[blocked.count - 1] + (isBlocked ? 1 : 0))
    }
    func change(_ during: Int, _ days: Double, _ before: Int, _ daysBefore: Double) -> Double {
      (Double(during) + 0.5) * daysBefore / ((Double(before) + 0.5) * days)
    }
    let observed = change(
      real.during.count, real.during.exposure, real.before.count, real.before.exposure)
    var (placebos, asLow) = (0, 0)
    let lead = lengths.before + lengths.gap
    for start in max(starts.lowerBound, lead)..<max(lead, starts.upperBound, starts.lowerBound) {
      let (first, middle, end) = (start - lead, start - lengths.gap, start + lengths.during)
      guard end <= counts.count else { break }
      guard blocked[middle] == blocked[first], blocked[end] == blocked[start] else { continue }
      let placebo = change(
        sums[end] - sums[start], Double(lengths.during), sums[middle] - sums[first], Double(lengths.before))
      placebos += 1
      if placebo <= observed * (1 + 1e-12) { asLow += 1 }
    }
    (self.placebos, self.asLow) = (placebos, asLow)
    effective = Double(placebos) / Double(lead + lengths.during)
  }
}
