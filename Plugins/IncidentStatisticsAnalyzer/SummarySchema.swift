import EventModel
import Incidents
import Workbench

extension SummaryTable {
  static func schema(_ length: PeriodLength) -> TableSchema {
    let period = length.rawValue
    func comparison(_ name: String, _ base: String) -> [ColumnSchema] {
      [
        ColumnSchema(
          "\(name)_ratio", .real,
          "incidents per covered day over those of \(base); empty where that had none or other "
            + "coverage"),
        ColumnSchema(
          "\(name)_ratio_low", .real, "lower end of the 95 % interval of the ratio, widened by the bounds of incidents"),
        ColumnSchema("\(name)_ratio_high", .real, "upper end of that interval; empty where the data set no limit"),
      ]
    }
    let before =
      switch length {
      case .day, .week: "the \(period) 52 weeks before"
      case .month, .quarter: "the same \(period) of the year before"
      case .year: "the year before, which rate_ratio has: always empty"
      }
    return TableSchema(
      "summary", "A row is one \(period) of which at least a day is covered, of all incidents or of a group.",
      keys: ["by", "group", "period"],
      columns: IncidentGroup.columns + [
        ColumnSchema("period", .date, "first day of the \(period)"),
        ColumnSchema(
          "events", .integer, unit: "events", "events of every class, states in force excepted; empty for groups"),
        ColumnSchema(
          "incidents", .integer, unit: "incidents", "incidents that the events of the chosen classes stand for"),
        ColumnSchema(
          "incidents_low", .integer, unit: "incidents",
          "lower bound; a record with an upper bound alone, 'up to 45', counts as one"),
        ColumnSchema(
          "incidents_high", .integer, unit: "incidents", "upper bound; empty where a record gives a lower bound alone"),
        ColumnSchema(
          "mean_of_4", .real, unit: "incidents", "mean of the \(period) and the three before, all wholly covered"),
        ColumnSchema(
          "fatal_events", .integer, unit: "events",
          "incident records with a fatality by the best estimate, or by the low one where there is no best"),
        ColumnSchema("fatal_share", .real, "their share of incident records"),
        ColumnSchema("fatal_share_low", .real, "lower end of its 95 % interval by Wilson"),
        ColumnSchema("fatal_share_high", .real, "upper end of that interval"),
        ColumnSchema(
          "fatalities_low", .integer, unit: "persons", "low estimates; empty where no incident record gives one"),
        ColumnSchema(
          "fatalities_best", .integer, unit: "persons", "best estimates; empty where no incident record gives one"),
        ColumnSchema(
          "fatalities_best_low", .integer, unit: "persons",
          "lower end of the 95 % interval of their sum by a bootstrap over records; empty below ten fatal ones"),
        ColumnSchema("fatalities_best_high", .integer, unit: "persons", "upper end of that interval"),
        ColumnSchema(
          "fatalities_high", .integer, unit: "persons", "high estimates; empty where no incident record gives one"),
        ColumnSchema(
          "fatalities_missing", .integer, unit: "events",
          "incident records without a best estimate, which may have cost lives that the sums lack"),
        ColumnSchema(
          "lethality", .real, unit: "persons", "best estimates over the incident records that give one"),
        ColumnSchema(
          "rank", .integer,
          "1 for the most incidents of wholly covered \(period)s; equal counts share the smallest rank"),
        ColumnSchema(
          "last_as_high", .date, "the latest earlier \(period) with at least as many; empty where there is none"),
        ColumnSchema("days_covered", .integer, unit: "days", "days that every source covers"),
        ColumnSchema("complete", .boolean, "whether every source covers every day; else it is no whole \(period)"),
        ColumnSchema("rate", .real, unit: "incidents per 30 days", "incidents by covered day, times 30"),
        ColumnSchema("rate_low", .real, unit: "incidents per 30 days", "lower end of its 95 % interval"),
        ColumnSchema("rate_high", .real, unit: "incidents per 30 days", "upper end of that interval"),
        ColumnSchema(
          "interval", .text, "exact, or tempered: widened since incidents vary more than 1.2 times as Poisson's do"),
      ] + comparison("rate", "the \(period) before") + comparison("year", before)
        + comparison("baseline", "the baseline") + [
          ColumnSchema(
            "low_base", .text,
            "the comparisons (previous, year-before, baseline) whose base has fewer than \(PeriodComparison.leastBase) "
              + "incidents: read their interval, not their ratio")
        ])
  }

  static func composition(_ length: PeriodLength) -> TableSchema {
    TableSchema(
      "composition", "A row is one class of incidents in one \(length.rawValue); without classes there are none.",
      keys: ["period", "event_class"],
      columns: [
        ColumnSchema("period", .date, "first day of the \(length.rawValue)"),
        ColumnSchema("event_class", .text, "one of the eight classes of most incidents, or \(others)"),
        ColumnSchema("incidents", .integer, unit: "incidents", "incidents of the class"),
        ColumnSchema("share", .real, "their share of the incidents of the \(length.rawValue)"),
      ])
  }
  static let days = TableSchema(
    "days", "A row is one covered day.", keys: ["day"],
    columns: [
      ColumnSchema("day", .date, "the day"),
      ColumnSchema("records", .integer, unit: "events", "incident records dated to this very day"),
    ])
}
