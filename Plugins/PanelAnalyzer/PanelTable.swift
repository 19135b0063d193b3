import EventModel
import JSONText
import Workbench

extension PanelUnit {
  /// The names of the columns that say the unit.
  var columnNames: [String] {
    switch self {
    case .dyad, .directedDyad: ["actor1", "actor2"]
    case .actor, .admin1, .country: [rawValue]
    }
  }
}

/// The table `panel`: what its columns are, how they are made, and what can be said of it.
enum PanelTable {
  static func schema(_ unit: PanelUnit, _ period: PeriodLength) -> TableSchema {
    let units =
      switch unit {
      case .dyad:
        [
          ColumnSchema("actor1", .text, "the actor of the two whose name comes first"),
          ColumnSchema("actor2", .text, "the actor of the two whose name comes last"),
        ]
      case .directedDyad:
        [
          ColumnSchema("actor1", .text, "the actor who acted"), ColumnSchema("actor2", .text, "the actor acted on"),
        ]
      case .actor: [ColumnSchema("actor", .text, "the actor, on whichever side of the event")]
      case .admin1: [ColumnSchema("admin1", .text, "first administrative division, by its name alone")]
      case .country: [ColumnSchema("country", .text, "country where the events happened")]
      }
    return TableSchema(
      "panel", "A row is one \(unit.rawValue) in one \(period.rawValue).", keys: ["period"] + unit.columnNames,
      columns: [ColumnSchema("period", .date, "first day of the \(period.rawValue)")] + units + [
        ColumnSchema("events", .integer, unit: "events", "events, states in force excepted"),
        ColumnSchema(
          "incidents", .integer, unit: "incidents", "incidents the events stand for; one each where the data do not say"
        ),
        ColumnSchema(
          "fatalities_low", .integer, unit: "persons",
          "sum of the low estimates; empty where events of the row have none at all"),
        ColumnSchema(
          "fatalities_best", .integer, unit: "persons",
          "sum of the best estimates; empty where events of the row have none at all"),
        ColumnSchema(
          "fatalities_high", .integer, unit: "persons",
          "sum of the high estimates; empty where events of the row have none at all"),
        ColumnSchema("goldstein_sum", .real, unit: "points", "sum of the Goldstein scores of events that have one"),
        ColumnSchema("goldstein_mean", .real, unit: "points", "mean of the Goldstein scores of events that have one"),
        ColumnSchema("verbal_cooperation", .integer, unit: "events", "events of quad class 1"),
        ColumnSchema("material_cooperation", .integer, unit: "events", "events of quad class 2"),
        ColumnSchema("verbal_conflict", .integer, unit: "events", "events of quad class 3"),
        ColumnSchema("material_conflict", .integer, unit: "events", "events of quad class 4"),
      ])
  }

  private typealias Named = (name: String, column: ResultColumn)

  /// Makes the columns, several at the same time, those that take longest first.
  static func make(
    of panel: Panel, unit: PanelUnit, period: PeriodLength, in context: RunContext
  ) throws(Diagnostic) -> ResultTable {
    let events = panel.events
    var work: [@Sendable () -> [Named]] = []
    var absent: [String] = []
    if let scores = events.goldstein {
      work.append {
        let (sums, means) = panel.scores(in: scores)
        return [("goldstein_sum", .reals(sums)), ("goldstein_mean", .reals(means))]
      }
    }
    for column in EventColumns.fatalities.columns {
      guard let values = events.integers(column) else {
        absent.append(column.name)
        continue
      }
      work.append { [(column.name, .integers(panel.sums(of: values)))] }
    }
    if let classes = events.quadClass {
      work.append { zip(quadNames, panel.counts(in: classes)).map { ($0, .integers(Column($1))) } }
    } else {
      absent += quadNames
    }
    work.append {
      let counts = Column(panel.eventCounts())
      // Without a column of incidents each event is one, and both columns share their memory.
      let incidents = events.integers(.incidents).map { Column(panel.sums(of: $0, missing: 1)) } ?? counts
      return [("events", .integers(counts)), ("incidents", .integers(incidents))]
    }
    work.append { [("period", .dates(Column(panel.firstDays)))] }
    work.append { [(unit.columnNames[0], .text(CodedColumn(codes: Column(panel.firstUnits), labels: panel.names)))] }
    if unit.isPair {
      work.append { [(unit.columnNames[1], .text(CodedColumn(codes: Column(panel.secondUnits), labels: panel.names)))] }
    }
    let list = work
    let made = try context.concurrentMap(list.count) { piece throws(Diagnostic) in
      try context.checkCancellation()
      return list[piece]()
    }
    var columns = Dictionary(uniqueKeysWithValues: made.joined().map { ($0.name, $0.column) })
    let nothing = Bitmap(repeating: false, count: panel.cellCount)
    if !absent.isEmpty {
      let missing = Column([Int64](repeating: 0, count: panel.cellCount), validity: nothing)
      for name in absent { columns[name] = .integers(missing) }
    }
    if events.goldstein == nil {
      let missing = Column([Double](repeating: 0, count: panel.cellCount), validity: nothing)
      for name in ["goldstein_sum", "goldstein_mean"] { columns[name] = .reals(missing) }
    }
    let schema = schema(unit, period)
    return ResultTable(schema, columns: schema.columns.compactMap { columns[$0.name] }, count: panel.cellCount)
  }
  private static let quadNames = ["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"]

  /// What can be said of the panel: its extent, and its largest cell.
  static func findings(
    _ panel: Panel, _ table: ResultTable, unit: PanelUnit, period: PeriodLength, events: Int
  ) -> [Finding] {
    guard case .integers(let column)? = table["events"], case .dates(let days)? = table["period"],
      let first = days.values.first, let last = days.values.last
    else {
      return [
        Finding(
          "No event has a \(unit.rawValue), so the panel is empty.", numbers: ["events": 0], strength: .descriptive)
      ]
    }
    let quiet = panel.quietCellCount
    var (largest, ties) = (0, 0)
    let counts = column.values
    for cell in counts.indices {
      if counts[cell] > counts[largest] {
        (largest, ties) = (cell, 0)
      } else if cell > 0, counts[cell] == counts[largest] {
        ties += 1
      }
    }
    let cell = "\(unit.rawValue)-\(period.rawValue)"
    let names = unit.columnNames.compactMap { table[$0]?[largest].text }
    let name = names.joined(separator: unit == .directedDyad ? " → " : " – ")
    let (from, to) = (Period(period, holding: first), Period(period, holding: last))
    return [
      Finding(
        "\(counted(events, "event")) from \(from) to \(to) \(events == 1 ? "makes" : "make") "
          + counted(panel.cellCount - quiet, cell)
          + (quiet > 0 ? "; \(counted(quiet, "further one")) \(quiet == 1 ? "was" : "were") covered and quiet" : "")
          + ".",
        numbers: ["events": .integer(events), "rows": .integer(panel.cellCount), "quiet": .integer(quiet)],
        strength: .descriptive),
      Finding(
        "The \(cell) with the most events is \(name) in \(Period(period, holding: days.values[largest])): "
          + "\(counts[largest])"
          + (ties > 0 ? "; \(counted(ties, "other")) \(ties == 1 ? "has" : "have") as many" : "") + ".",
        numbers: ["events": .integer(Int(counts[largest])), "ties": .integer(ties)], strength: .descriptive),
    ]
  }

  private static func counted(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
}
