import EventModel
import Incidents
import Workbench

/// The parameters.
struct IncidentSettings: Sendable {
  let period: PeriodLength
  let classes: [String]?
  let tables: [TableChoice]
  let by: [Dimension]
  let groups: Int
  let baseline: Baseline?

  init(_ parameters: inout ParameterReader) {
    period = parameters.optional("period", default: .month, "The length of the periods; weeks are ISO weeks.")
    classes = parameters.incidentClasses()
    let tables: OneOrMore<TableChoice>? = parameters.optional(
      "tables",
      "The tables to make, in this order; left out: all. What the data do not support is said in a line.",
      where: ParameterRule("have at least one table, none of them twice") {
        !$0.elements.isEmpty && Set($0.elements).count == $0.elements.count
      })
    self.tables = tables?.elements ?? TableChoice.allCases
    let by: OneOrMore<Dimension>? = parameters.optional(
      "by", "What incidents are grouped by as well: the tables have then rows for each group.",
      where: ParameterRule("have none twice") { Set($0.elements).count == $0.elements.count })
    self.by = by?.elements ?? []
    groups = parameters.optional(
      "groups", default: 10, "How many groups of each kind have rows of their own, those of most incidents first.",
      where: ParameterRule("be from 1 to 1000") { $0 >= 1 && $0 <= 1000 })
    baseline = parameters.optional("baseline", "A stretch of days with which each period is compared.")
  }
}

/// A named stretch of days that periods are compared with.
struct Baseline: ParameterRecord, Sendable {
  let name: String
  let from: Day
  let to: Day

  init(parameters: inout ParameterReader) {
    let (name, from, to): (String, Day, Day) = (
      parameters.required(
        "name", "What to call it in findings: before the operation.",
        where: ParameterRule("not be empty") { !$0.isEmpty }),
      parameters.required("from", "Its first day."), parameters.required("to", "Its last day.")
    )
    parameters.check(from <= to, about: ["from", "to"], "'from' must not be after 'to'")
    (self.name, self.from, self.to) = (name, from, to)
  }
}

/// What incidents are grouped by.
enum Dimension: String, CaseIterable, ScalarParameter {
  case actor1, actor2, admin1, country
  case eventClass = "event_class"
  case outlet, place

  /// The column.
  var column: EventColumn {
    switch self {
    case .actor1: .actor1
    case .actor2: .actor2
    case .admin1: .admin1
    case .country: .country
    case .eventClass: .eventClass
    case .outlet: .outlet
    case .place: .place
    }
  }
  /// Whether a record tells it: a place known no more precisely than to a region is none (geo precision above 2, on the
  /// scales of UCDP, ACLED and GTD).
  func isTold(in events: EventTable) -> (Int) -> Bool {
    let validity = events.codes(column)?.codes.validity
    let precisions = self == .place ? events.bytes(.geoPrecision) : nil
    return { row in (validity?[row] ?? true) && precisions?[row] ?? 0 <= 2 }
  }
  /// Whether it says who.
  var isActor: Bool { self == .actor1 || self == .actor2 }
}
