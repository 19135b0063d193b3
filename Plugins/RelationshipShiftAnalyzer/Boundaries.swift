import EventModel
import Workbench

/// The days on which an actor is no longer who it was: regimes of its dyads on two sides of such a day are not compared.
struct Boundaries: Sendable {
  /// Days from which on actors are others, by their names.
  private let days: [String: [Day]]
  /// The stretches of periods that are looked at by themselves, for each dyad.
  let parts: [[Range<Int>]]

  /// Those of the table of actors, and those of the parameter `boundaries`.
  init(
    _ events: EventTable, _ settings: ShiftSettings, _ histories: Histories, _ calendar: ShiftCalendar
  ) throws(Diagnostic) {
    var days = events.actorChanges
    let known = Set(histories.dyads.flatMap { [$0.actor1, $0.actor2] }).sorted { $0.precedes($1) }
    for entry in settings.boundaries.entries {
      guard known.contains(entry.name) else {
        throw .error(
          .shiftUnknownActor, "'boundaries' names '\(entry.name)', an actor of no dyad", at: entry.location,
          hint: suggestion(for: entry.name, among: known))
      }
      days[entry.name, default: []] += entry.value
    }
    self.days = days.mapValues { Set($0).sorted() }
    parts = histories.dyads.map { [days] dyad in
      let places = Set([dyad.actor1, dyad.actor2].flatMap { days[$0] ?? [] }.compactMap { calendar.boundary($0) })
      let starts = [0] + places.sorted() + [calendar.periods.count]
      return zip(starts, starts.dropFirst()).map { $0..<$1 }
    }
  }

  /// The days of an actor, in order.
  func days(of actor: String) -> [Day] { days[actor] ?? [] }
  /// The actors that change, in order of their names.
  var actors: [String] { days.keys.sorted { $0.precedes($1) } }
}

extension ShiftCalendar {
  /// The place of the first period after a boundary: that of its day, or the next where most of that lies before it; nil
  /// where there are no periods on one side.
  func boundary(_ day: Day) -> Int? {
    guard var place = place(of: day) else { return nil }
    let period = periods[place]
    if period.firstDay.days(until: day) * 2 > period.days { place += 1 }
    return 0 < place && place < periods.count ? place : nil
  }
}
