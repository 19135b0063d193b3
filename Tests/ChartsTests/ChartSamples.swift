import EventModel
import JSONText
import Workbench

/// Random numbers for tests, the same for each seed.
struct Draws: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 11 | state << 53
  }
  mutating func share() -> Double { Double(next() >> 11) / 0x1p53 }
}

/// A table of rows as they are given.
func table(_ name: String, _ columns: [ColumnSchema], keys: [String] = [], _ rows: [[JSONValue]]) -> ResultTable {
  var builder = ResultTable.Builder(TableSchema(name, "A row is a row.", keys: keys, columns: columns))
  for row in rows { builder.append(row) }
  return builder.finish()
}

/// One small chart of each kind, of tables whose numbers can be checked by eye.
enum ChartSamples {
  private static let months = (0..<36).map { Period(length: .month, index: Int32(576 + $0)).firstDay.description }

  static let all: [(name: String, chart: Chart, result: AnalysisResult)] = [
    line, panels, bars, lying, grouped, stacked, heatMap, matrix, calendar, points, network, map, timeline,
  ]

  static let line = (
    name: "line",
    chart: Chart(
      "tone", "Tone of the relationship of A and B, in points", kind: .line, table: "series", x: "period", y: ["tone"],
      interval: ["low", "high"], marks: Chart.Marks("shifts", at: "date", interval: ["from", "to"], label: "label"),
      reference: 0, note: "Two shifts were planted."),
    result: AnalysisResult(tables: [
      table("series", toneColumns, months.enumerated().map { tone($1, $0, "A – B") }), shifts,
    ])
  )
  private static let toneColumns = [
    ColumnSchema("period", .date, "first day"), ColumnSchema("dyad", .text, "both actors"),
    ColumnSchema("tone", .real, unit: "points", "the tone at the end of the period"),
    ColumnSchema("low", .real, unit: "points", "lower end of its 95 % interval"),
    ColumnSchema("high", .real, unit: "points", "upper end of its 95 % interval"),
  ]
  private static func tone(_ month: String, _ index: Int, _ dyad: String) -> [JSONValue] {
    guard index != 20 else { return [.string(month), .string(dyad), nil, nil, nil] }
    let level: Double = index < 12 ? 2 : index < 24 ? -4 : -1
    let value = level + Double(index % 5) * 0.3
    return [.string(month), .string(dyad), .number(value), .number(value - 1), .number(value + 1)]
  }
  private static let shifts = table(
    "shifts",
    [
      ColumnSchema("dyad", .text, "both actors"), ColumnSchema("date", .date, "first day of the new regime"),
      ColumnSchema("from", .date, "earliest"), ColumnSchema("to", .date, "latest"),
      ColumnSchema("label", .text, "kind"),
    ],
    [
      ["A – B", "2019-01-01", "2018-11-01", "2019-02-01", "rupture"],
      ["A – B", "2020-01-01", "2019-12-01", "2020-03-01", "thaw"],
      ["C – D", "2018-06-01", nil, nil, "escalation"],
    ])

  static let panels = (
    name: "panels",
    chart: Chart(
      "tones", "Tone of each relationship, in points", kind: .line, table: "series", x: "period", y: ["tone"],
      series: "dyad", interval: ["low", "high"], panels: ["dyad"],
      marks: Chart.Marks("shifts", at: "date", label: "label", matching: ["dyad"])),
    result: AnalysisResult(tables: [
      table(
        "series", toneColumns,
        ["A – B", "C – D", "E – F", "G – H", "I – J"].flatMap { dyad in
          months.enumerated().map { tone($1, $0, dyad) }
        }), shifts,
    ])
  )

  static let bars = (
    name: "bars",
    chart: Chart(
      "incidents", "Incidents by month, with bounds", kind: .bars, table: "months", x: "period", y: ["incidents"],
      interval: ["low", "high"]),
    result: AnalysisResult(tables: [
      table(
        "months",
        [
          ColumnSchema("period", .date, "first day"),
          ColumnSchema("incidents", .integer, unit: "incidents", "how many incidents"),
          ColumnSchema("low", .integer, unit: "incidents", "fewest credible"),
          ColumnSchema("high", .integer, unit: "incidents", "most credible"),
        ],
        months.prefix(14).enumerated().map { index, month in
          [.string(month), .integer(index * 3), .integer(index * 2), index == 13 ? nil : .integer(index * 4)]
        })
    ])
  )

  static let lying = (
    name: "names",
    chart: Chart("actors", "Events of each actor", kind: .bars, table: "actors", x: "actor", y: ["events"]),
    result: AnalysisResult(tables: [
      table(
        "actors",
        [ColumnSchema("actor", .text, "the actor"), ColumnSchema("events", .integer, unit: "events", "its events")],
        (0..<10_000).map { [.string("Armed group number \($0)"), .integer(10_000 / ($0 + 1))] })
    ])
  )

  static let grouped = (
    name: "grouped",
    chart: Chart(
      "ratios", "Rate after over rate before, by class", kind: .bars, table: "ratios", x: "class", y: ["ratio"],
      series: "side", interval: ["low", "high"], yScale: .logarithmic, reference: 1),
    result: AnalysisResult(tables: [
      table(
        "ratios",
        [
          ColumnSchema("class", .text, "class"), ColumnSchema("side", .text, "who acts"),
          ColumnSchema("ratio", .real, "rate after over before"), ColumnSchema("low", .real, "lower end"),
          ColumnSchema("high", .real, "upper end"),
        ],
        [
          ["Attack", "A", 2.5, 1.2, 6], ["Attack", "B", 0.4, 0.1, 0.9], ["Protest", "A", 1.1, 0.5, nil],
          ["Protest", "B", 9, 2, 40],
        ])
    ])
  )

  static let stacked = (
    name: "stacked-bars",
    chart: Chart(
      "mix", "Conflict and cooperation by quarter, incidents", kind: .stackedBars, table: "quarters", x: "period",
      y: ["conflict", "cooperation"]),
    result: AnalysisResult(tables: [
      table(
        "quarters",
        [
          ColumnSchema("period", .date, "first day"),
          ColumnSchema("conflict", .integer, unit: "incidents", "incidents of conflict"),
          ColumnSchema("cooperation", .integer, unit: "incidents", "incidents of cooperation"),
        ],
        (0..<12).map { index in
          [
            .string(Period(length: .quarter, index: Int32(192 + index)).firstDay.description), .integer(index * 2),
            .integer(12 - index),
          ]
        })
    ])
  )

  static let heatMap = (
    name: "heat-map",
    chart: Chart(
      "events", "Events by actor and month", kind: .heatMap, table: "cells", x: "period", y: ["events"],
      series: ["actor1", "actor2"]),
    result: AnalysisResult(tables: [
      table(
        "cells",
        [
          ColumnSchema("actor1", .text, "first"), ColumnSchema("actor2", .text, "second"),
          ColumnSchema("period", .date, "first day"), ColumnSchema("events", .integer, unit: "events", "events"),
        ],
        (0..<5).flatMap { actor in
          months.enumerated().map { index, month in
            [.string("Group \(actor)"), "State", .string(month), .integer(index * actor % 17)]
          }
        })
    ])
  )

  static let matrix = (
    name: "matrix",
    chart: Chart(
      "relationships", "Tone of each relationship on the last day, in points", kind: .heatMap, table: "dyads",
      x: "actor1", y: ["tone"], series: "actor2"),
    result: AnalysisResult(tables: [
      table(
        "dyads", tieColumns,
        [
          ["Afghan Taliban", "Pakistan", -2.5], ["Afghan Taliban", "TTP", 6.5], ["Pakistan", "TTP", -9.1],
          ["China", "Pakistan", 4],
        ])
    ])
  )
  private static let tieColumns = [
    ColumnSchema("actor1", .text, "first"), ColumnSchema("actor2", .text, "second"),
    ColumnSchema("tone", .real, unit: "points", "the tone on the last day"),
  ]

  static let calendar = (
    name: "calendar",
    chart: Chart("days", "Incidents by day", kind: .calendar, table: "days", x: "day", y: ["incidents"]),
    result: AnalysisResult(tables: [
      table(
        "days",
        [ColumnSchema("day", .date, "the day"), ColumnSchema("incidents", .integer, unit: "incidents", "incidents")],
        (0..<500).map { [.string(Day(daysSinceEpoch: Int32(18_500 + $0)).description), .integer($0 * $0 % 23 / 4)] })
    ])
  )

  static let points = (
    name: "points",
    chart: Chart(
      "activity", "Events and fatalities of each actor", kind: .points, table: "actors", x: "events", y: ["fatalities"],
      series: "side", label: "actor", xScale: .logarithmic, yScale: .logarithmic),
    result: AnalysisResult(tables: [
      table(
        "actors",
        [
          ColumnSchema("actor", .text, "the actor"), ColumnSchema("side", .text, "its side"),
          ColumnSchema("events", .integer, unit: "events", "its events"),
          ColumnSchema("fatalities", .integer, unit: "people", "fatalities, best estimate"),
        ],
        (0..<30).map { index in
          [
            .string("Actor \(index)"), .string(index % 3 == 0 ? "state" : "rebels"), .integer(1 + index * index),
            .integer(index * 7 % 40 * index),
          ]
        })
    ])
  )

  static let network = (
    name: "network",
    chart: Chart(
      "relationships", "Friends and foes on the last day", kind: .network, table: "dyads", x: "actor1", y: ["tone"],
      series: "actor2"),
    result: AnalysisResult(tables: [
      table(
        "dyads", tieColumns,
        [
          ["Afghan Taliban", "Pakistan", -2.5], ["Afghan Taliban", "TTP", 6.5], ["Pakistan", "TTP", -9.1],
          ["China", "Pakistan", 4], ["China", "Russia", 3], ["Russia", "Syria", 8], ["Syria", "TTP", nil],
        ])
    ])
  )

  static let map = (
    name: "map",
    chart: Chart(
      "places", "Incidents by place", kind: .map, table: "places", x: "longitude", y: ["latitude"], size: "incidents",
      precision: "precision", label: "place"),
    result: AnalysisResult(tables: [
      table(
        "places",
        [
          ColumnSchema("place", .text, "the place"), ColumnSchema("longitude", .real, unit: "degrees", "degrees east"),
          ColumnSchema("latitude", .real, unit: "degrees", "degrees north"),
          ColumnSchema("incidents", .integer, unit: "incidents", "incidents at the place"),
          ColumnSchema("precision", .integer, "1 is exact"),
        ],
        [
          ["Kabul", 69.2, 34.5, 40, 1], ["Peshawar", 71.6, 34, 25, 1], ["Quetta", 67, 30.2, 12, 2],
          ["Karachi", 67, 24.9, 6, 3], ["Nowhere", nil, nil, 3, 1],
        ])
    ])
  )

  static let timeline = (
    name: "timeline",
    chart: Chart(
      "truces", "Truces and demands", kind: .timeline, table: "acts", x: "from", y: ["number"], series: "kind",
      interval: ["to"], label: "what"),
    result: AnalysisResult(tables: [
      table(
        "acts",
        [
          ColumnSchema("from", .date, "first day"), ColumnSchema("to", .date, "last day"),
          ColumnSchema("kind", .text, "kind"), ColumnSchema("what", .text, "words"),
          ColumnSchema("number", .integer, "its number"),
        ],
        [
          ["2021-08-15", nil, "event", "Kabul falls", 1], ["2021-11-09", "2021-12-09", "truce", "ceasefire", 2],
          ["2021-11-01", "2021-11-30", "demand", "release of prisoners", 3],
          ["2021-11-20", "2022-01-10", "demand", "no merger of the tribal districts", 4],
        ])
    ])
  )
}
