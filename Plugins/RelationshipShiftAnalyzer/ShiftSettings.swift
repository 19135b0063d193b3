import EventModel
import Workbench

/// The parameters.
struct ShiftSettings: Sendable {
  /// How long periods are.
  enum PeriodChoice: String, CaseIterable, ScalarParameter { case auto, day, week, month, quarter }
  /// Whether rates are seen against how much is reported of everybody else.
  enum ExposureChoice: String, CaseIterable, ScalarParameter { case auto, on, off }

  /// What a row of the tables is.
  enum UnitChoice: String, CaseIterable, ScalarParameter {
    case dyad
    case directedDyad = "directed-dyad"
  }

  let unit: UnitChoice
  let period: PeriodChoice
  let halfLife: Double
  let minConfidence: Double
  let exposure: ExposureChoice
  let level: Double
  let minEvents: Int
  let channels: [Channel]
  let breaks: [Day]
  let boundaries: ParameterMap<[Day]>

  init(_ parameters: inout ParameterReader) {
    unit = parameters.optional(
      "unit", default: .dyad,
      "Whether two actors are one dyad, or one for each who acts on the other; that takes directed data.")
    period = parameters.optional(
      "period", default: .auto,
      "The length of the periods; auto takes weeks for six dyads or more, else the shortest of which there are 24 and "
        + "the busiest dyad has an event in each on average, and searches dyads that are silent in nine of ten periods "
        + "by several together.")
    halfLife = parameters.optional(
      "half_life", default: 60, "After how many days an event counts half in the tone of a relationship.",
      where: ParameterRule("be more than 0 and at most 36500") { $0 > 0 && $0 <= 36_500 })
    minConfidence = parameters.optional(
      "min_confidence", default: 0, "Events of less confidence are not counted in rates and tests.",
      where: ParameterRule("be from 0 to 1") { $0 >= 0 && $0 <= 1 })
    exposure = parameters.optional(
      "exposure", default: .auto,
      "Whether rates are taken relative to how much is reported of all other dyads; auto does so for data in the "
        + "ontologies cameo and plover.")
    level = parameters.optional(
      "q", default: 0.05, "The share of false ones that is tolerated among the series in which shifts are found.",
      where: ParameterRule("be more than 0 and at most 0.2") { $0 > 0 && $0 <= 0.2 })
    minEvents = parameters.optional(
      "min_events", default: 10, "A series of fewer events is described, not tested.",
      where: ParameterRule("be at least 5") { $0 >= 5 })
    let all: [Channel] = Channel.allCases
    channels = parameters.optional(
      "channels", default: all, "What is searched for shifts.",
      where: ParameterRule("have at least one channel, none of them twice") {
        !$0.isEmpty && Set($0).count == $0.count
      })
    breaks = parameters.optional(
      "breaks", default: [], "Days on which the collection of the data is known to have changed.")
    boundaries = parameters.optional(
      "boundaries", default: ParameterMap([]),
      "Days from which on an actor is not the one it was, by its name: after a split, or a change of who bears the name. "
        + "Regimes on two sides of such a day are not compared. Those of the table of actors are known already.")
  }
}

/// What is searched for shifts.
enum Channel: String, CaseIterable, ScalarParameter {
  /// The rate of conflict.
  case conflict
  /// The rate of cooperation.
  case cooperation
  /// The mean score.
  case tone
}
