import EventModel
import JSONText
import Statistics
import Workbench

/// What else happened in the windows of an intervention: a part of its incidents, or those of other dyads.
///
/// A verdict that its fatal incidents share weighs more; one that all other dyads share says little of the intervention.
struct Composition: Sendable {
  /// Which events are compared.
  enum Part: String, Sendable, CaseIterable {
    case fatal = "fatal incidents"
    case verbalConflict = "verbal conflict"
    case materialConflict = "material conflict"
    case others = "other dyads"
  }
  let part: Part
  let later: Window.Part
  /// The rate of these events later over that before.
  let effect: Effect
  /// The intervention's own ratio over that of other dyads; nil for a part of its incidents.
  let relative: RelativeRateRatio?

  /// Compares a window with the days before.
  /// - Parameter records: the events of the part.
  init?(
    _ part: Part, _ later: Window.Part, in study: Study, _ records: [Incidents.Record], _ incidents: Incidents,
    dispersion: Double?
  ) {
    guard
      let late = study.window(later).flatMap({ Window(later, $0.from, $0.to, records, incidents) }),
      let early = study.window(.before).flatMap({ Window(.before, $0.from, $0.to, records, incidents) }),
      let effect = Effect(late, to: early, dispersion: dispersion)
    else { return nil }
    (self.part, self.later, self.effect) = (part, later, effect)
    let own = later == .during ? study.during : study.after
    guard part == .others, let own, own.isSure, effect.isSure else {
      relative = nil
      return
    }
    relative = RelativeRateRatio(
      later: own.later.count, earlier: own.earlier.count, dispersion: own.decidingDispersion,
      otherLater: late.count, otherEarlier: early.count, otherDispersion: effect.decidingDispersion)
  }
}

extension Study {
  static let compositionSchema = TableSchema(
    "composition", "A row compares other events in two windows of an intervention: a part of its own, or other dyads'.",
    keys: ["intervention", "comparison", "part"],
    columns: [
      ColumnSchema("intervention", .text, "its name"),
      ColumnSchema("comparison", .text, "the later window and the earlier: during/before or after/before"),
      ColumnSchema(
        "part", .text,
        "fatal incidents, verbal conflict or material conflict of its dyads; or incidents of all other dyads"),
      ColumnSchema("incidents", .integer, unit: "incidents", "how many in the later window; empty where left open"),
      ColumnSchema(
        "incidents_earlier", .integer, unit: "incidents", "how many in the earlier window; empty where left open"),
      ColumnSchema(
        "rate_ratio", .real,
        "incidents per covered day later over earlier; empty where earlier had none, or records leave a count open"),
      ColumnSchema("rate_ratio_low", .real, "lower end of its 95 % interval"),
      ColumnSchema("rate_ratio_high", .real, "upper end of it; empty where the data set no limit"),
      ColumnSchema("interval", .text, "exact, or tempered where the dispersion is above 1.2"),
      ColumnSchema("p", .real, "central exact p-value of equal rates; empty where records leave a count open"),
      ColumnSchema(
        "dispersion", .real,
        "variance over mean of their counts of the 26 weeks before, at least 1; empty where fewer than 8 are covered"),
      ColumnSchema(
        "relative_ratio", .real,
        "of other dyads: the intervention's own ratio over theirs, half an incident added to every count"),
      ColumnSchema("relative_ratio_low", .real, "lower end of its 95 % interval by Wald, widened by both dispersions"),
      ColumnSchema("relative_ratio_high", .real, "upper end of that interval"),
    ])

  /// The table `composition`.
  static func compositionTable(_ studies: [Study]) -> ResultTable {
    var table = ResultTable.Builder(compositionSchema)
    for study in studies {
      for composition in study.compositions {
        let effect = composition.effect
        func count(_ window: Window) -> JSONValue { window.isBounded ? .null : .integer(window.count) }
        table.append([
          .string(study.intervention.name), .string("\(composition.later.rawValue)/before"),
          .string(composition.part.rawValue), count(effect.later), count(effect.earlier), exact(effect.ratio),
          exact(effect.deciding.lower), exact(effect.deciding.upper),
          .string(effect.isTempered ? "tempered" : "exact"), exact(effect.pValue), exact(effect.dispersion),
          exact(composition.relative?.ratio), exact(composition.relative?.interval.lower),
          exact(composition.relative?.interval.upper),
        ])
      }
    }
    return table.finish()
  }

  /// How other dyads fared in the same days, where they are many enough to tell.
  func othersFinding(_ phrase: String) -> Finding? {
    guard hasBaseline, let others = compositions.first(where: { $0.part == .others && $0.later == .during }),
      let relative = others.relative, let ratio = others.effect.ratio, others.effect.earlier.count >= fewestOthers
    else { return nil }
    let (late, early) = (others.effect.later, others.effect.earlier)
    let isApart = relative.interval.isBelowOne || relative.interval.isAboveOne
    let text =
      "During \(intervention.title), incidents of \(phrase) in all other dyads were \(short(ratio)) times as frequent as "
      + "before (\(late.count) in \(counted(late.daysCovered, "day")), \(early.count) in "
      + "\(counted(early.daysCovered, "day")) before); those it was to stop changed by \(short(relative.ratio)) times "
      + "that ratio (95 % interval \(short(relative.interval.lower)) to "
      + "\(relative.interval.upper.map(short) ?? "no limit"), by Wald)"
      + (isApart ? "." : ", so no difference is shown.")
    return Finding(
      text,
      numbers: [
        "incidents_others": .integer(late.count), "incidents_others_earlier": .integer(early.count),
        "rate_ratio_others": exact(ratio), "relative_ratio": exact(relative.ratio),
        "relative_ratio_low": exact(relative.interval.lower),
      ].merging(relative.interval.upper.map { ["relative_ratio_high": exact($0)] } ?? [:]) { first, _ in first },
      strength: isApart && [.held, .partial, .violated].contains(verdict) ? .moderate : .weak)
  }
}

/// With fewer incidents of other dyads before, their ratio tells nothing.
private let fewestOthers = 10
