import Numerics

/// How many are still waiting after so many days, where some were not followed to the end (Kaplan and Meier 1958, JASA
/// 53:457).
public struct KaplanMeier: Sendable, Hashable {
  /// How long one was followed, and whether it ended with what was waited for.
  public struct Wait: Sendable, Hashable {
    /// The days.
    public var days: Int
    /// Whether it came to an end; else nothing is known of later days.
    public var isOver: Bool
    /// Makes a wait.
    public init(days: Int, isOver: Bool) {
      self.days = days
      self.isOver = isOver
    }
  }
  /// A day on which some waits were over.
  public struct Step: Sendable, Hashable {
    /// The day, counted from the start of each wait.
    public var day: Int
    /// How many were followed until then.
    public var atRisk: Int
    /// How many were over on that day.
    public var over: Int
    /// The share still waiting after it.
    public var waiting: Double
    /// The 95 % interval of that share; nil where the share is 0.
    public var interval: Interval?
  }
  /// The days on which some were over, in order.
  public let steps: [Step]
  /// The longest time anyone was followed.
  public let longest: Int

  /// Follows waits.
  ///
  /// The variance is Greenwood's (1926), the interval that of the logarithm of the negative logarithm (Kalbfleisch and
  /// Prentice 1980), which stays between 0 and 1. A wait that is lost on a day is at risk on it.
  /// - Returns: nil where there are none, or one is negative.
  public init?(_ waits: [Wait]) {
    guard !waits.isEmpty, waits.allSatisfy({ $0.days >= 0 }) else { return nil }
    let ordered = waits.sorted { $0.days < $1.days }
    var steps: [Step] = []
    var (index, waiting, greenwood) = (0, 1.0, 0.0)
    while index < ordered.count {
      let day = ordered[index].days
      let same = ordered[index...].prefix { $0.days == day }
      let (atRisk, over) = (ordered.count - index, same.count { $0.isOver })
      index += same.count
      guard over > 0 else { continue }
      waiting *= Double(atRisk - over) / Double(atRisk)
      greenwood += Double(over) / (Double(atRisk) * Double(atRisk - over))
      var interval: Interval?
      if over < atRisk {
        let reach = 1.959963984540054 * greenwood.squareRoot() / -Double.log(waiting)
        interval = Interval(
          lower: Double.pow(waiting, Double.exp(reach)), upper: Double.pow(waiting, Double.exp(-reach)))
      }
      steps.append(Step(day: day, atRisk: atRisk, over: over, waiting: waiting, interval: interval))
    }
    self.steps = steps
    longest = ordered.last?.days ?? 0
  }

  /// The share still waiting after a day, with its interval, which there is none of before the first end.
  /// - Returns: nil where nobody was followed so long.
  public func waiting(after day: Int) -> (share: Double, interval: Interval?)? {
    guard day <= longest || steps.last?.waiting == 0 else { return nil }
    guard let step = steps.last(where: { $0.day <= day }) else { return (1, nil) }
    return (step.waiting, step.interval)
  }
  /// The first day after which at most half are still waiting; nil where more than half were to the end.
  public var median: Int? { steps.first { $0.waiting <= 0.5 + 1e-12 }?.day }
}
