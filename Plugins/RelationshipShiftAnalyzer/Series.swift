import EventModel
import Statistics
import Workbench

/// The numbers of a dyad in each period: integer incidents for rates, weighted scores for tone.
struct DyadSeries: Sendable {
  /// Incidents by period, for each category.
  private(set) var incidents: [[Double]]
  private(set) var scoreSums: [Double]
  private(set) var scoreWeights: [Double]
  /// Events counted, and those of each category.
  private(set) var events = 0
  private(set) var eventsOf = [Int](repeating: 0, count: DyadEvent.Category.allCases.count)
  private(set) var scored = 0
  /// Incidents in which somebody died, by period.
  private(set) var fatal: [Double]

  /// - Parameter part: the periods whose events are looked at; all where it is not given.
  /// - Parameter leavingOut: whether an event is to be left out, as if it had not been reported.
  init(
    _ history: DyadHistory, _ calendar: ShiftCalendar, _ settings: ShiftSettings, part: Range<Int>? = nil,
    leavingOut: ((DyadEvent) -> Bool)? = nil
  ) {
    let none = [Double](repeating: 0, count: calendar.periods.count)
    incidents = DyadEvent.Category.allCases.map { _ in none }
    (scoreSums, scoreWeights, fatal) = (none, none, none)
    for event in history.events {
      guard let place = calendar.place(of: event, settings), part?.contains(place) ?? true,
        !(leavingOut?(event) ?? false)
      else { continue }
      if event.isFatal { fatal[place] += Double(event.incidents) }
      incidents[event.category.rawValue][place] += Double(event.incidents)
      events += 1
      eventsOf[event.category.rawValue] += 1
      guard let score = event.score, event.weight > 0 else { continue }
      scored += 1
      scoreSums[place] += event.weight * score
      scoreWeights[place] += event.weight
    }
  }

  /// Incidents of some categories, by period.
  func counts(_ isOf: (DyadEvent.Category) -> Bool) -> [Double] {
    let chosen = DyadEvent.Category.allCases.filter(isOf).map { incidents[$0.rawValue] }
    guard let first = chosen.first else { return scoreSums.map { _ in 0 } }
    return chosen.dropFirst().reduce(first) { zip($0, $1).map(+) }
  }
  /// How many events a channel has.
  func events(of channel: Channel) -> Int {
    switch channel {
    case .conflict: DyadEvent.Category.allCases.reduce(0) { $1.isConflict ? $0 + eventsOf[$1.rawValue] : $0 }
    case .cooperation: DyadEvent.Category.allCases.reduce(0) { $1.isCooperation ? $0 + eventsOf[$1.rawValue] : $0 }
    case .tone: scored
    }
  }
  var conflict: [Double] { counts(\.isConflict) }
  var cooperation: [Double] { counts(\.isCooperation) }
  var total: [Double] { counts { _ in true } }

  /// What changes are searched for in, with the first period of each of its steps; those in which nothing can have been
  /// reported, or without a score where the channel is tone, are missing.
  /// - Parameter step: how many periods are taken together.
  /// - Parameter longRun: how many steps show whether neighbours are alike.
  func channel(
    _ channel: Channel, _ exposure: [Double], in range: Range<Int>, step: Int, longRun: [Int]
  ) -> (series: ChangeFamily.Series, places: [Int]) {
    func sum(_ values: [Double], _ place: Int) -> Double {
      guard step > 1 else { return exposure[place] > 0 ? values[place] : 0 }
      let periods = place..<min(place + step, range.upperBound)
      return periods.reduce(0) { exposure[$1] > 0 ? $0 + values[$1] : $0 }
    }
    let steps = stride(from: range.lowerBound, to: range.upperBound, by: step)
    switch channel {
    case .tone:
      let places = steps.filter { sum(scoreWeights, $0) > 0 }
      let weights = places.map { sum(scoreWeights, $0) }
      let means = zip(places, weights).map { sum(scoreSums, $0) / $1 }
      return (.means(MeanSeries(means, weights: weights, longRun: longRun)), places)
    case .conflict, .cooperation:
      let all = channel == .conflict ? conflict : cooperation
      let places = steps.filter { sum(exposure, $0) > 0 }
      let series = CountSeries(
        places.map { sum(all, $0) }, exposure: places.map { sum(exposure, $0) }, longRun: longRun)
      return (.counts(series), places)
    }
  }

  /// How many of a stretch's periods are searched together: as many as leave at most nine of ten steps empty, or the most
  /// of which there are enough.
  func step(in range: Range<Int>, _ calendar: ShiftCalendar) -> Int {
    let total = total
    let steps = calendar.steps.filter { calendar.isLongEnough(range.count / $0, step: $0) }
    return steps.first { step in
      let all = stride(from: range.lowerBound, to: range.upperBound, by: step)
      let heard = all.count { place in total[place..<min(place + step, range.upperBound)].contains { $0 > 0 } }
      return heard * 10 >= all.reduce(0) { count, _ in count + 1 }
    } ?? steps.last ?? 1
  }
}
