import EventModel
import JSONText
import Statistics
import Workbench

extension Study {
  static let windowsSchema = TableSchema(
    "windows", "A row is one stretch of days before, during or after an intervention.",
    keys: ["intervention", "position"],
    columns: [
      ColumnSchema("intervention", .text, "its name"),
      ColumnSchema("position", .integer, "1 before, 2 anticipation, 3 during, 4 after"),
      ColumnSchema("window", .text, "which days these are: before, anticipation, during or after"),
      ColumnSchema("kind", .text, "what the intervention is"),
      ColumnSchema("parties", .text, "whom it binds"),
      ColumnSchema("start", .date, "first day of the window"),
      ColumnSchema("end", .date, "last day of the window; that of the coverage where the intervention has not ended"),
      ColumnSchema("days", .integer, unit: "days", "days of the window"),
      ColumnSchema("days_covered", .integer, unit: "days", "days of it that every source covers"),
      ColumnSchema(
        "incidents", .integer, unit: "incidents",
        "incidents that begin in the window, on covered days; empty where one record gives an upper bound alone"),
      ColumnSchema(
        "incidents_low", .integer, unit: "incidents",
        "lower bound: without records that reach beyond the window, and each by its own lower bound"),
      ColumnSchema(
        "incidents_high", .integer, unit: "incidents",
        "upper bound: with every record that reaches into the window; empty where one gives a lower bound alone"),
      ColumnSchema("per_30_days", .real, unit: "incidents", "incidents in 30 covered days"),
      ColumnSchema(
        "per_30_days_low", .real, unit: "incidents",
        "lower end of the exact 95 % Poisson interval of that rate, for the lower bound"),
      ColumnSchema(
        "per_30_days_high", .real, unit: "incidents",
        "upper end of that interval, for the upper bound; empty where there is none"),
    ])

  static let effectsSchema = TableSchema(
    "effects", "A row compares the rates of incidents in two windows of an intervention.",
    keys: ["intervention", "comparison"],
    columns: [
      ColumnSchema("intervention", .text, "its name"),
      ColumnSchema("comparison", .text, "the later window and the earlier: during/before, after/before, after/during"),
      ColumnSchema(
        "verdict", .text,
        "of during/before: held, held not robust to overdispersion, partial, no detectable effect, violated; of "
          + "after/before: rebound, resumed, resumed not robust to overdispersion, calm persisted, calmer, "
          + "undetermined; or insufficient data"
      ),
      ColumnSchema(
        "rate_ratio", .real,
        "incidents per covered day later over earlier; empty where earlier had none, or records leave a count open"),
      ColumnSchema(
        "rate_ratio_low", .real, "lower end of the 95 % interval that decides, widened by bounds of incidents"),
      ColumnSchema("rate_ratio_high", .real, "upper end of that interval; empty where the data set no limit"),
      ColumnSchema("bound", .text, "which ends the data set: both, lower, upper or none"),
      ColumnSchema("interval", .text, "exact, or tempered where the dispersion is above 1.2"),
      ColumnSchema("exact_low", .real, "lower end of the exact 95 % interval, widened by bounds of incidents"),
      ColumnSchema("exact_high", .real, "upper end of the exact interval; empty where the data set no limit"),
      ColumnSchema("p", .real, "central exact p-value of equal rates; empty where records leave a count open"),
      ColumnSchema("p_mid", .real, "central mid-p-value of equal rates"),
      ColumnSchema(
        "dispersion", .real,
        "variance over mean of the counts of the 26 weeks before, at least 1; empty where fewer than 8 are covered"),
      ColumnSchema("p_placebo", .real, "share of placebo dates with as great a fall, the real date among them"),
      ColumnSchema("placebos", .integer, "placebo dates"),
      ColumnSchema("placebos_apart", .real, "how many of them lie apart; below 20 the p-value shows little"),
      ColumnSchema(
        "detectable_fall", .real,
        "ratio nearest to 1 that would be found with a power of 80 %; empty where not even a stop would"),
      ColumnSchema("detectable_rise", .real, "the same for a rise; empty where the earlier window had none"),
      ColumnSchema(
        "level_change", .real,
        "ratio of levels at the start or the end by segmented quasi-Poisson regression; empty below 8 weeks a side"),
      ColumnSchema("level_change_low", .real, "lower end of its 95 % interval with Newey-West errors"),
      ColumnSchema("level_change_high", .real, "upper end of that interval"),
    ])

  /// The table `windows`.
  static func windowsTable(_ studies: [Study]) -> ResultTable {
    var table = ResultTable.Builder(windowsSchema)
    for study in studies {
      for window in study.windows {
        let (days, covered) = (Double(window.daysCovered), window.daysCovered > 0)
        let count = covered && !window.isOpen ? window.count : nil
        let low = poissonInterval(count: window.low)?.lower
        let high = window.high.flatMap { poissonInterval(count: $0)?.upper }
        table.append([
          .string(study.intervention.name), .integer((Window.Part.allCases.firstIndex(of: window.part) ?? 0) + 1),
          .string(window.part.rawValue), .string(study.intervention.kind), .string(study.intervention.parties),
          .string(window.from.description), .string(window.to.description), .integer(window.days),
          .integer(window.daysCovered), count.map { .integer($0) } ?? .null,
          covered ? .integer(window.low) : .null, covered ? window.high.map { .integer($0) } ?? .null : .null,
          exact(count.map { Double($0) * 30 / days }), exact(covered ? low.map { $0 * 30 / days } : nil),
          exact(covered ? high.map { $0 * 30 / days } : nil),
        ])
      }
    }
    return table.finish()
  }

  /// The table `effects`.
  static func effectsTable(_ studies: [Study]) -> ResultTable {
    var table = ResultTable.Builder(effectsSchema)
    for study in studies {
      let name = study.intervention.name
      table.append(
        row(name, "during/before", study.verdict.rawValue, study.during, study.placebo, study.levels?.during))
      guard let aftermath = study.aftermath else { continue }
      table.append(row(name, "after/before", aftermath.rawValue, study.after, nil, study.levels?.after))
      table.append(row(name, "after/during", nil, study.ending, nil, nil))
    }
    return table.finish()
  }

  private static func row(
    _ name: String, _ comparison: String, _ verdict: String?, _ effect: Effect?, _ placebo: PlaceboTest?,
    _ level: SegmentedLevels.Change?
  ) -> [JSONValue] {
    [
      .string(name), .string(comparison), verdict.map { .string($0) } ?? .null, exact(effect?.ratio),
      exact(effect?.deciding.lower), exact(effect?.deciding.upper),
      effect.map { .string($0.deciding.bound) } ?? .null,
      effect.map { .string($0.isTempered ? "tempered" : "exact") } ?? .null,
      exact(effect?.exact.lower), exact(effect?.exact.upper), exact(effect?.pValue), exact(effect?.midPValue),
      exact(effect?.dispersion), exact(placebo?.pValue), placebo.map { .integer($0.placebos) } ?? .null,
      exact(placebo?.effective), exact(effect?.fall), exact(effect?.rise), exact(level?.ratio),
      exact(level?.interval.lower),
      exact(level?.interval.upper),
    ]
  }
}
