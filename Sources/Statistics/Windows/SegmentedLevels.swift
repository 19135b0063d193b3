import Numerics

/// How the level of weekly counts changed when something began, and when it ended: a segmented regression.
///
/// ln m = b0 + b1 t + b2 D + b3 (t - s) D + b4 A + b5 (t - e) A, and two harmonics of the year where the weeks span two
/// years: t the time, D the weeks in force from s, A those after the end e (Bernal, Cummins and Gasparrini 2017,
/// International Journal of Epidemiology 46:348). A quasi-Poisson fit with the errors by Newey and West.
public struct SegmentedLevels: Sendable, Hashable {
  /// The weeks of which part a count is.
  public enum Part: Sendable, Hashable { case before, during, after }
  /// The count of a week.
  public struct Week: Sendable, Hashable {
    /// The number of its first day.
    public var day: Int
    /// What was counted.
    public var count: Int
    /// Where it belongs.
    public var part: Part
    /// Makes a week.
    public init(day: Int, count: Int, part: Part) {
      self.day = day
      self.count = count
      self.part = part
    }
  }
  /// A level over the one that the weeks before would have led to.
  public struct Change: Sendable, Hashable {
    /// The ratio of levels.
    public var ratio: Double
    /// Its 95 % interval.
    public var interval: Interval
  }
  /// The change at the start.
  public let during: Change
  /// The change at the end, against the weeks before; nil where there are not 8 weeks after.
  public let after: Change?

  /// Fits the weeks.
  /// - Parameter start: the number of the first day in force.
  /// - Parameter end: the number of the first day after.
  /// - Returns: nil where there are not 8 weeks before and in force, or no finite fit.
  public init?(_ weeks: [Week], start: Int, end: Int) {
    func number(_ part: Part) -> Int { weeks.count { $0.part == part } }
    guard number(.before) >= 8, number(.during) >= 8 else { return nil }
    let hasAfter = number(.after) >= 8
    let used = weeks.filter { hasAfter || $0.part != .after }.sorted { $0.day < $1.day }
    let isSeasonal = (used.last?.day ?? 0) - (used.first?.day ?? 0) >= 728
    let design = used.map { week -> [Double] in
      let time = Double(week.day - start) / 364
      let isDuring = week.part == .during
      var values = [1, time, isDuring ? 1 : 0, isDuring ? time : 0]
      if hasAfter { values += week.part == .after ? [1, Double(week.day - end) / 364] : [0, 0] }
      if isSeasonal {
        let angle = 2 * Double.pi * Double(week.day) / 365.25
        values += [Double.sin(angle), Double.cos(angle), Double.sin(2 * angle), Double.cos(2 * angle)]
      }
      return values
    }
    guard let fit = LogLinearFit(used.map { Double($0.count) }, on: design) else { return nil }
    let errors = fit.neweyWestErrors()
    func change(_ column: Int) -> Change? {
      let (value, error) = (fit.coefficients[column], errors[column])
      guard abs(value) < 20, error < 20 else { return nil }
      let reach = 1.959963985 * error
      return Change(
        ratio: Double.exp(value), interval: Interval(lower: Double.exp(value - reach), upper: Double.exp(value + reach))
      )
    }
    guard let during = change(2) else { return nil }
    self.during = during
    after = hasAfter ? change(4) : nil
  }
}
