import Numerics
import Workbench

/// Events among fictional actors, of whom some change how they deal with each other, on days that are known.
///
/// Counts of a week are negative binomial with a variance that is a multiple of the mean (NB1), about a level that is
/// constant between shifts, or that drifts where an autocorrelation is asked for. From one day on everything is reported
/// more often; one dyad has a ceasefire; some events are reported twice.
public struct SyntheticNetwork: Sendable {
  /// What is drawn.
  public struct Settings: Sendable {
    public var seed: UInt64 = 1
    public var actors = 14
    public var dyads = 60
    /// How many dyads have a shift: kinds in turn.
    public var shifts = 30
    public var weeks = 313
    /// The first autocorrelation of the logarithm of each dyad's weekly level.
    public var autocorrelation = 0.0
    /// The standard deviation of that logarithm, where there is an autocorrelation.
    public var drift = 0.5
    /// How many times as often events are reported from `jumpDay` on.
    public var jump = 2.0
    /// The day of the jump, counted from the first.
    public var jumpDay = 912
    /// The share of events that is reported twice.
    public var duplicates = 0.05
    /// The days of the ceasefire of the first dyad, counted from the first; empty for none.
    public var ceasefire = 1408..<1439
    public init() {}
  }
  /// Two actors.
  public struct Dyad: Sendable {
    public var actor1: Int
    public var actor2: Int
    /// How many events a week has, before any shift and before the jump.
    public var baseWeekly: Double
    /// The variance of a week's number over its mean.
    public var dispersion: Double
    public var shift: (day: Int, kind: ShiftKind)?
  }
  /// An event, of which day and actors count from 0.
  public struct Event: Sendable {
    public var day: Int
    public var actor1: Int
    public var actor2: Int
    public var eventClass: Int
    public var fatalities: Int
    public var outlet: Int
    /// The event of which this is another report.
    public var duplicateOf: Int?
  }

  public let settings: Settings
  public private(set) var dyads: [Dyad] = []
  /// In order of day, then of dyad.
  public private(set) var events: [Event] = []

  /// Draws a network; the same for the same settings.
  public init(_ settings: Settings) {
    self.settings = settings
    var random = SeededGenerator(seed: settings.seed)
    drawDyads(&random)
    var drawn: [(day: Int, dyad: Int, event: Event)] = []
    for number in dyads.indices {
      // A generator of its own for each dyad: what one draws does not move another.
      var own = SeededGenerator(seed: random.next())
      for event in events(of: number, &own) { drawn.append((event.day, number, event)) }
    }
    let order = drawn.indices.sorted { (drawn[$0].day, $0) < (drawn[$1].day, $1) }
    var places = [Int](repeating: 0, count: drawn.count)
    for (place, index) in order.enumerated() { places[index] = place }
    // What is reported twice names the other by its place within the dyad, which is now known among all.
    var first = [Int](repeating: 0, count: dyads.count)
    for index in drawn.indices.reversed() { first[drawn[index].dyad] = index }
    events = order.map { index in
      var event = drawn[index].event
      event.duplicateOf = event.duplicateOf.map { places[first[drawn[index].dyad] + $0] }
      return event
    }
  }

  private mutating func drawDyads(_ random: inout SeededGenerator) {
    var all = (0..<settings.actors).flatMap { one in (one + 1..<settings.actors).map { (one, $0) } }
    for index in all.indices.dropFirst().reversed() { all.swapAt(index, random.below(index + 1)) }
    let days = settings.weeks * 7
    dyads = all.prefix(settings.dyads).enumerated().map { number, actors in
      let base = [0.6, 1.5, 4, 8][random.below(4)]
      let dispersion = Double(1 + random.below(3))
      var shift: (day: Int, kind: ShiftKind)?
      if number < settings.shifts {
        // At least a seventh of the time on either side.
        let kinds = ShiftKind.allCases
        shift = (days / 7 + random.below(max(1, days * 5 / 7)), kinds[number % kinds.count])
      }
      return Dyad(actor1: actors.0, actor2: actors.1, baseWeekly: base, dispersion: dispersion, shift: shift)
    }
  }

  /// The events of a dyad, in the order drawn.
  private func events(of number: Int, _ random: inout SeededGenerator) -> [Event] {
    let dyad = dyads[number]
    let calm = [Mixture.friendly, .mixed, .hostile][random.below(3)]
    var drift = random.normal() * settings.drift
    var events: [Event] = []
    for week in 0..<settings.weeks {
      if week > 0 {
        let rest = 1 - settings.autocorrelation * settings.autocorrelation
        drift = settings.autocorrelation * drift + rest.squareRoot() * settings.drift * random.normal()
      }
      let variance = settings.drift * settings.drift
      let level = settings.autocorrelation > 0 ? Double.exp(drift - variance / 2) : 1
      // The rates of each day and quad class.
      let rates = (week * 7..<week * 7 + 7).map { day -> [Double] in
        let mixture = dyad.shift.map { day < $0.day ? $0.kind.before : $0.kind.after } ?? calm
        let reported = day >= settings.jumpDay ? settings.jump : 1
        let isCeasefire = number == 0 && settings.ceasefire.contains(day)
        return mixture.rates.enumerated().map { quad, rate in
          rate * reported * level * dyad.baseWeekly / 7 * (isCeasefire && quad == 3 ? 0.15 : 1)
        }
      }
      let mean = rates.reduce(0) { $0 + $1.reduce(0, +) }
      for _ in 0..<random.count(mean: mean, dispersion: dyad.dispersion) {
        var place = random.uniform() * mean
        var cell = 0
        while cell < 27, place >= rates[cell / 4][cell % 4] {
          place -= rates[cell / 4][cell % 4]
          cell += 1
        }
        events.append(event(of: dyad, day: week * 7 + cell / 4, quad: cell % 4, &random))
        guard random.uniform() < settings.duplicates else { continue }
        var again = events[events.count - 1]
        again.day = min(again.day + random.below(2), settings.weeks * 7 - 1)
        again.outlet = random.below(8)
        again.duplicateOf = events.count - 1
        events.append(again)
      }
    }
    return events
  }
  private func event(of dyad: Dyad, day: Int, quad: Int, _ random: inout SeededGenerator) -> Event {
    let isForward = random.uniform() < 0.6
    let classes = SyntheticClass.ofQuadClass[quad]
    return Event(
      day: day, actor1: isForward ? dyad.actor1 : dyad.actor2, actor2: isForward ? dyad.actor2 : dyad.actor1,
      eventClass: classes[random.below(classes.count)], fatalities: quad == 3 ? random.poisson(1.2) : 0,
      outlet: random.below(8), duplicateOf: nil)
  }
}
