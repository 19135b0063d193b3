public import EventModel
public import Workbench

/// What incidents are grouped by.
public enum IncidentDimension: String, CaseIterable, ScalarParameter {
  /// Either actor: an incident of two counts for both.
  case actor
  /// The first, the second actor.
  case actor1, actor2
  /// The first administrative division, the country.
  case admin1, country
  /// The dataset's own category.
  case eventClass = "event_class"

  /// The columns that hold it.
  public var columns: [EventColumn] {
    switch self {
    case .actor: [.actor1, .actor2]
    case .actor1: [.actor1]
    case .actor2: [.actor2]
    case .admin1: [.admin1]
    case .country: [.country]
    case .eventClass: [.eventClass]
    }
  }
  /// Whether it says who.
  public var isActor: Bool { self == .actor || self == .actor1 || self == .actor2 }
}

extension ParameterReader {
  /// The parameters `by` and `groups`, which say of whom there are rows beside those of all incidents.
  public mutating func incidentGroups() -> (by: [IncidentDimension], most: Int) {
    let by: OneOrMore<IncidentDimension>? = optional(
      "by", "What incidents are grouped by as well: the tables have then rows for each group.",
      where: ParameterRule("have none twice") { Set($0.elements).count == $0.elements.count })
    let most = optional(
      "groups", default: 10, "How many groups of each kind have rows of their own, those of most incidents first.",
      where: ParameterRule("be from 1 to 1000") { $0 >= 1 && $0 <= 1000 })
    return (by?.elements ?? [], most)
  }
}
