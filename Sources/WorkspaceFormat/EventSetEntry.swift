public import JSONText
public import Workbench

/// An event set of a workspace: sources made into one table.
public struct EventSetEntry: ParameterRecord {
  /// The sources, in the order in which they are joined; nil: all.
  public let from: OneOrMore<LocatedValue<String>>?
  /// Which events to keep.
  public let filter: EventFilter
  /// Whether actors give way to their groups.
  public let groupActors: Bool
  /// How events reported more than once are made one.
  public let deduplicate: Deduplication
  /// Declares the keys of an event set.
  public init(parameters: inout ParameterReader) {
    from = parameters.optional("from", "The sources, in the order in which they are joined; default: all.")
    filter = EventFilter(parameters: &parameters)
    groupActors = parameters.optional("group_actors", default: false, "Whether actors give way to their groups.")
    deduplicate = parameters.optional(
      "deduplicate", default: Deduplication(.none),
      "Which records are one event: none, those of one id, one a day per dyad and class, or those of different sources "
        + "near in time and space.")
  }
}

/// How events reported more than once are made one.
public struct Deduplication: DefaultParameterValue, Hashable {
  /// Which records are one event.
  public enum Rule: String, CaseIterable, ScalarParameter {
    /// Every record is an event.
    case none
    /// Of records with the same identifier the first is kept.
    case id
    /// Of records with the same day, actors and class the first is kept.
    case oneADay = "one-a-day"
    /// Of records of different sources that are near in time and space, of one quad class and with an actor in common,
    /// the most precise is kept.
    case crossSource = "cross-source"
  }
  /// Which records are one event.
  public var rule: Rule
  /// How many days records of one event may lie apart; for `cross-source`.
  public var days: Int
  /// How many kilometres records of one event may lie apart; for `cross-source`.
  public var kilometres: Double
  /// Makes a rule.
  public init(_ rule: Rule, days: Int = 1, kilometres: Double = 10) {
    self.rule = rule
    self.days = days
    self.kilometres = kilometres
  }

  /// The name of a rule, or a rule with its limits.
  public static var shape: ParameterShape { .either(Rule.shape, Limits.shape) }
  /// No rule.
  public static var placeholder: Deduplication { Deduplication(.none) }
  /// The rule's name; with its limits, where it has any.
  public var json: JSONValue {
    guard rule == .crossSource else { return rule.json }
    return ["rule": rule.json, "days": .integer(days), "kilometres": .number(kilometres)]
  }
  /// Reads the name of a rule, or a map of rule, days and kilometres.
  public static func read(
    _ node: ConfigNode, as name: String, in reading: inout ParameterReading
  ) -> ParsedParameter<Deduplication>? {
    let rule: Deduplication?
    if case .map = node.value {
      rule = Limits.read(node, as: name, in: &reading).map {
        Deduplication($0.value.rule, days: $0.value.days ?? 1, kilometres: $0.value.kilometres ?? 10)
      }
    } else {
      rule = Rule.read(node, as: name, in: &reading).map { Deduplication($0.value) }
    }
    return rule.map { ParsedParameter($0, json: $0.json) }
  }

  /// A rule with its limits, as a map.
  private struct Limits: ParameterRecord {
    let rule: Rule
    let days: Int?
    let kilometres: Double?
    init(parameters: inout ParameterReader) {
      let rule: Rule = parameters.required("rule", "Which records are one event.")
      let days: Int? = parameters.optional(
        "days", "How many days the first days, and the last days, may lie apart; default 1.", where: .inside(0...31))
      let kilometres: Double? = parameters.optional(
        "kilometres", "How many kilometres the places may lie apart; default 10.", where: .inside(0...500))
      (self.rule, self.days, self.kilometres) = (rule, days, kilometres)
      parameters.check(
        rule == .crossSource || days == nil && kilometres == nil, about: ["days", "kilometres", "rule"],
        "'days' and 'kilometres' are limits of 'cross-source' only")
    }
  }
}
