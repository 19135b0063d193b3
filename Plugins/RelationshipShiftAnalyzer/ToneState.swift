import EventModel
import Statistics

/// What a relationship is at a time, as far as its tone tells.
enum RelationshipClass: String, Sendable {
  case allied, adversarial, mixed, uncertain, unknown, stale
}

/// How friendly two actors are at a time, in points of the score, with an interval that widens with silence.
struct Tone: Sendable {
  /// How many scored events there were up to then.
  var events: Int
  /// The sum of the events' weights, each halved with every half-life since.
  var weight: Double
  var value: Double
  var error: Double
  var low: Double { max(-10, value - 1.96 * error) }
  var high: Double { min(10, value + 1.96 * error) }

  /// Fewer events make no class.
  static let fewest = 5
  /// The class without regard to what was reported lately.
  var bareClass: RelationshipClass {
    if events < Self.fewest { return .unknown }
    if low > 1 { return .allied }
    if high < -1 { return .adversarial }
    return low > -1 && high < 1 ? .mixed : .uncertain
  }
}

/// The tone of a dyad as time goes on.
///
/// It is the shrunken mean of the scores with the weights w_e 2^(-(t - t_e) / h) of the events up to t. An event counts
/// from its last day on; a state counts whole while in force and fades after.
struct ToneWalk {
  private let halfLife: Double
  private let events: [DyadEvent]
  private let states: [DyadEvent]
  private var next = 0
  private var day: Day?
  /// Sums over the events so far: of weights, their squares, and weights times scores and squares of scores.
  private var sums = (weight: 0.0, squares: 0.0, scores: 0.0, scoreSquares: 0.0)

  init(_ history: DyadHistory, halfLife: Double) {
    self.halfLife = halfLife
    let scored = history.events.filter { $0.score != nil && $0.weight > 0 }
    states = scored.filter(\.isState)
    events = scored.filter { !$0.isState }.sorted { ($0.lastDay, $0.row) < ($1.lastDay, $1.row) }
  }

  /// The tone at the end of a day; days must be asked for in order.
  mutating func tone(on day: Day) -> Tone {
    while next < events.count, events[next].lastDay <= day {
      fade(to: events[next].lastDay)
      add(events[next], 1, to: &sums)
      next += 1
    }
    fade(to: day)
    var (all, number) = (sums, next)
    for state in states where state.firstDay <= day {
      number += 1
      let since = max(0, state.lastDay.days(until: day))
      add(state, decay(after: Double(since), halfLife: halfLife), to: &all)
    }
    let mean = ShrunkenMean(
      weight: all.weight, squares: all.squares, scores: all.scores, scoreSquares: all.scoreSquares)
    return Tone(events: number, weight: all.weight, value: mean.value, error: mean.error)
  }
  private mutating func fade(to other: Day) {
    if let day, day != other {
      let left = decay(after: Double(day.days(until: other)), halfLife: halfLife)
      sums = (sums.weight * left, sums.squares * left * left, sums.scores * left, sums.scoreSquares * left)
    }
    day = other
  }
  private func add(
    _ event: DyadEvent, _ part: Double,
    to sums: inout (weight: Double, squares: Double, scores: Double, scoreSquares: Double)
  ) {
    guard let score = event.score else { return }
    let weight = event.weight * part
    sums.weight += weight
    sums.squares += weight * weight
    sums.scores += weight * score
    sums.scoreSquares += weight * score * score
  }
}
