import Numerics

/// How much of the same activity would be reported in each period, as far as everybody else's events tell.
///
/// A relative level, constant between breaks: when all others are reported twice as much from one week on, then rather
/// reporting changed than all of them.
public struct ReportingExposure: Sendable, Hashable {
  /// The exposure of each period, on average 1; 0 where nobody else was reported, so that nothing is known.
  public let levels: [Double]
  /// The first period of each new level.
  public let breaks: [Int]

  /// Fits levels to the numbers of everybody else's events, by the best segmentation of which each break costs 3 ln n.
  /// - Parameter totals: the events of all others in each period, none negative.
  /// - Parameter minimum: the least length of a level: 13 weeks, or as long in other periods.
  public init(ofOthers totals: [Double], minimum: Int = 13) {
    let series = CountSeries(totals)
    let penalty = 3 * Double.log(Double(max(totals.count, 2)))
    let breaks = series.changes(penalty: penalty, minimum: minimum).changePoints
    let mean = totals.isEmpty ? 0 : totals.reduce(0, +) / Double(totals.count)
    var levels: [Double] = []
    for (start, end) in zip([0] + breaks, breaks + [totals.count]) where end > start {
      let own = totals[start..<end].reduce(0, +) / Double(end - start)
      levels += [Double](repeating: mean > 0 ? own / mean : 0, count: end - start)
    }
    (self.levels, self.breaks) = (levels, breaks)
  }
}
