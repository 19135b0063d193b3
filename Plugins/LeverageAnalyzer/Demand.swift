import EventModel
import JSONText
import Workbench

/// What one actor demanded of another on one subject, and what came of it.
///
/// Demands on one subject that follow each other within 30 days are one; a state in force demands as long as it lasts.
struct Demand: Sendable {
  let demander: String
  let target: String
  /// The subject; nil where the events name none.
  let about: String?
  /// The first day of the first demand, and the last of the last.
  let first: Day
  let last: Day
  /// How many events demand it.
  var events: Int
  /// The day from which on it is sure that it has been demanded: an act must be later to be an answer.
  let knownBy: Day
  /// The last day of which anything is known.
  let followedTo: Day
  /// The days on which it was first promised, refused and met.
  var promised: Day?
  var refused: Day?
  var done: Day?
  /// The share of earlier dates that were followed by such an act; nil where none are covered.
  var placebo: Double?
  /// The identifiers of the demands and of the act that met it.
  var identifiers: [String]

  /// How long it was waited for: until it was met, or as long as anything is known.
  var days: Int { first.days(until: done ?? followedTo) }
  /// Whether it was followed for so many days.
  func isFollowed(for days: Int) -> Bool { first.days(until: followedTo) >= days }
  /// Whether something happened within so many days.
  func happened(_ day: Day?, within days: Int) -> Bool {
    day.map { first.days(until: $0) <= days } ?? false
  }

  /// What came of it, in words.
  var outcome: String {
    switch (done != nil, promised != nil, refused != nil) {
    case (true, _, _): about == nil ? "act followed" : "met"
    case (_, true, true): "promised and refused"
    case (_, true, _): "promised"
    case (_, _, true): "refused"
    default: "no answer"
    }
  }

  static let schema = TableSchema(
    "demands", "A row is what one actor demanded of another on one subject, and what came of it.",
    keys: ["demander", "target", "about", "first"],
    columns: [
      ColumnSchema("demander", .text, "who demands"),
      ColumnSchema("target", .text, "of whom"),
      ColumnSchema("about", .text, "the subject; empty where the events name none"),
      ColumnSchema("first", .date, "first day of the first demand"),
      ColumnSchema(
        "last", .date, "last day of the last demand, at most 30 days after the one before"),
      ColumnSchema("events", .integer, unit: "events", "how many events demand it"),
      ColumnSchema("promised", .date, "when the target first promised it; empty where it did not"),
      ColumnSchema("refused", .date, "when the target first refused it"),
      ColumnSchema("done", .date, "when a later act met it"),
      ColumnSchema(
        "outcome", .text, "met, promised, refused, promised and refused, no answer, or, without a subject, act followed"
      ),
      ColumnSchema(
        "days", .integer, unit: "days",
        "from the first demand until it was met, or until nothing is known"),
      ColumnSchema("until", .date, "the day of that act, or the last day covered"),
      ColumnSchema(
        "placebo_share", .real,
        "share of dates of the 180 days before that such an act followed; empty where none is"),
    ])

  /// The table `demands`.
  static func table(_ demands: [Demand]) -> ResultTable {
    var table = ResultTable.Builder(schema)
    for demand in demands {
      func day(_ day: Day?) -> JSONValue { day.map { .string($0.description) } ?? .null }
      table.append([
        .string(demand.demander), .string(demand.target), demand.about.map { .string($0) } ?? .null,
        day(demand.first),
        day(demand.last), .integer(demand.events), day(demand.promised), day(demand.refused),
        day(demand.done),
        .string(demand.outcome), .integer(demand.days), day(demand.done ?? demand.followedTo),
        exact(demand.placebo),
      ])
    }
    return table.finish()
  }
}
