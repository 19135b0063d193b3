import Charts
import JSONText
import Workbench

/// A chart in the grammar of Vega-Lite 5 (https://vega.github.io/vega-lite), with its data.
///
/// Relationships become a matrix, for Vega-Lite lays out no networks; marks are drawn where there are no panels.
func vegaLite(_ chart: Chart, of result: AnalysisResult, credit: ChartCredit) -> JSONValue {
  var spec: [String: JSONValue] = [
    "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
    "title": ["text": .string(chart.title), "subtitle": .string(credit.source), "anchor": "start"],
    "description": .string(([chart.title] + [chart.note].compactMap { $0 } + [credit.source]).joined(separator: " ")),
    "config": ["view": ["stroke": .null], "axis": ["gridColor": "#e4e4e4"]],
  ]
  guard let table = result[chart.table], chart.columns.allSatisfy({ table[$0] != nil }) else {
    return .object(spec.merging(nothing) { $1 })
  }
  let grammar = Grammar(chart: chart, table: table)
  guard grammar.hasValues else { return .object(spec.merging(nothing) { $1 }) }
  spec["data"] = ["values": .array(rows(of: table, Array(Set(chart.columns)).sorted()))]
  var transforms = grammar.transforms
  var view: [String: JSONValue] = ["layer": .array(grammar.layers + marks(chart, result, grammar))]
  if chart.kind == .map { view["projection"] = ["type": "mercator"] }
  if chart.panels.isEmpty {
    spec.merge(view) { $1 }
    spec["width"] = chart.kind == .heatMap ? ["step": 14] : 640
    if chart.kind != .heatMap, chart.kind != .timeline { spec["height"] = 300 }
  } else {
    let joined = chart.panels.map { "datum['\($0)']" }.joined(separator: " + ' – ' + ")
    transforms.append(["calculate": .string(joined), "as": "panel"])
    view["width"] = 200
    view["height"] = 110
    spec["facet"] = ["field": "panel", "type": "nominal", "title": .null, "sort": .null]
    spec["columns"] = 3
    spec["spec"] = .object(view)
  }
  if !transforms.isEmpty { spec["transform"] = .array(transforms) }
  return .object(spec)
}

/// What is drawn where there is nothing to draw: a logarithmic axis without values has no size.
private let nothing: [String: JSONValue] = [
  "data": ["values": [["text": "No values to draw"]]], "width": 640, "height": 60,
  "mark": "text", "encoding": ["text": ["field": "text", "type": "nominal"]],
]

private func rows(of table: ResultTable, _ names: [String]) -> [JSONValue] {
  let columns = names.compactMap { name in table[name].map { (name, $0) } }
  return (0..<table.count).map { row in .object(Dictionary(uniqueKeysWithValues: columns.map { ($0, $1[row]) })) }
}

/// The rows of another table, as dashed lines across; in panels they would stand in all of them.
private func marks(_ chart: Chart, _ result: AnalysisResult, _ grammar: Grammar) -> [JSONValue] {
  guard chart.panels.isEmpty, let marks = chart.marks, let table = result[marks.table], let at = table[marks.at]
  else { return [] }
  let names = [marks.at] + [marks.label].compactMap { $0 }
  let channel = grammar.channel(marks.at, kind: at.kind, title: chart.x)
  return [
    [
      "data": ["values": .array(rows(of: table, names))],
      "mark": ["type": "rule", "strokeDash": [4, 3], "tooltip": true], "encoding": ["x": channel],
    ]
  ]
}

/// The channels of a chart.
private struct Grammar {
  let chart: Chart
  let table: ResultTable

  private func schema(_ name: String) -> ColumnSchema? { table.schema.columns.first { $0.name == name } }
  private func title(_ name: String) -> JSONValue {
    let words = String(name.map { $0 == "_" ? " " : $0 })
    return .string(words + (schema(name)?.unit.map { ", \($0)" } ?? ""))
  }
  /// The channel of a column.
  ///
  /// Layers that share an axis must name it alike, or it has all their names.
  func channel(_ name: String, kind: ColumnSchema.Kind, title shared: String? = nil) -> JSONValue {
    var channel: [String: JSONValue] = ["field": .string(name), "title": title(shared ?? name)]
    switch kind {
    case .date:
      channel["type"] = "temporal"
      channel["scale"] = ["type": "utc"]
    case .integer, .real: channel["type"] = "quantitative"
    case .text, .boolean:
      channel["type"] = "nominal"
      channel["sort"] = .null
    }
    return .object(channel)
  }
  private func channel(_ name: String, scale: Chart.Scale = .linear, title: String? = nil) -> JSONValue {
    let kind = schema(name)?.kind ?? .text
    guard case .object(var channel) = channel(name, kind: kind, title: title) else { return .null }
    if scale == .logarithmic { channel["scale"] = ["type": "log"] }
    return .object(channel)
  }
  /// Whether a row has a place on the axes.
  var hasValues: Bool {
    func has(_ name: String, _ row: Int, _ scale: Chart.Scale) -> Bool {
      guard let value = table[name]?[row], value != .null else { return false }
      return scale == .linear || value.number.map { $0 > 0 } ?? true
    }
    return (0..<table.count).contains { row in
      has(chart.x, row, chart.xScale) && (chart.kind == .timeline || chart.y.contains { has($0, row, chart.yScale) })
    }
  }
  private var isFolded: Bool { chart.y.count > 1 }
  private var isJoined: Bool { chart.series.count > 1 }
  /// One column to tell series apart by.
  private var series: String? {
    if isFolded { return "measure" }
    // What tells panels apart need not be told apart within them.
    let isPanels = !chart.series.isEmpty && Set(chart.series).isSubset(of: chart.panels)
    return isPanels ? nil : isJoined ? "series" : chart.series.first
  }

  var transforms: [JSONValue] {
    var transforms: [JSONValue] = []
    if isFolded {
      transforms.append(["fold": .array(chart.y.map(JSONValue.string)), "as": ["measure", "value"]])
    }
    if chart.kind == .map {
      transforms.append(["filter": .string("isValid(datum['\(chart.x)']) && isValid(datum['\(chart.y[0])'])")])
    }
    // A logarithmic axis has no place for zero and less.
    let logarithmic = (chart.xScale == .logarithmic ? [chart.x] : []) + (chart.yScale == .logarithmic ? chart.y : [])
    for name in logarithmic { transforms.append(["filter": .string("datum['\(name)'] > 0")]) }
    if isJoined {
      let joined = chart.series.map { "datum['\($0)']" }.joined(separator: " + ' – ' + ")
      transforms.append(["calculate": .string(joined), "as": "series"])
    }
    return transforms
  }

  private var y: JSONValue {
    guard isFolded else { return channel(chart.y[0], scale: chart.yScale) }
    return [
      "field": "value", "type": "quantitative", "title": schema(chart.y[0])?.unit.map(JSONValue.string) ?? "value",
    ]
  }
  private func encoding(_ members: [String: JSONValue?]) -> JSONValue { .object(members.compactMapValues { $0 }) }
  private func layer(_ mark: JSONValue, _ members: [String: JSONValue?]) -> JSONValue {
    ["mark": mark, "encoding": encoding(members)]
  }
  /// A dash or a shape for each series.
  private var cue: JSONValue? { series.map { ["field": .string($0), "type": "nominal", "title": .null] } }
  private var colour: JSONValue? {
    // In their own lanes, what happened is told apart by what it was.
    (chart.kind == .timeline ? chart.label ?? series : series).map { series in
      var channel: [String: JSONValue] = ["field": .string(series), "type": "nominal", "title": .null]
      channel["scale"] = ["range": ["#0072b2", "#b84a00", "#007a5a", "#a8548a", "#946400", "#2a7fae", "#8a8a8a"]]
      return .object(channel)
    }
  }
  private var shade: JSONValue {
    guard case .object(var channel) = channel(chart.y[0]) else { return .null }
    let isSigned =
      table[chart.y[0]].map { column in (0..<table.count).contains { (column[$0].number ?? 0) < 0 } } ?? false
    channel["scale"] = isSigned ? ["scheme": "blueorange", "domainMid": 0, "reverse": true] : ["scheme": "blues"]
    return .object(channel)
  }

  var layers: [JSONValue] {
    let x = channel(chart.x, scale: chart.xScale)
    let ends = chart.interval.count == 2 ? chart.interval : nil
    let low = ends.map { channel($0[0], scale: chart.yScale, title: chart.y[0]) }
    let high = ends.map { encoding(["field": .string($0[1])]) }
    var layers: [JSONValue] = []
    switch chart.kind {
    case .line:
      if low != nil, chart.series.isEmpty || !chart.panels.isEmpty {
        layers.append(layer(["type": "area", "opacity": 0.2], ["x": x, "y": low, "y2": high, "color": colour]))
      }
      layers.append(layer(["type": "line", "tooltip": true], ["x": x, "y": y, "color": colour, "strokeDash": cue]))
    case .bars:
      let offset: JSONValue? = series.map { ["field": .string($0), "type": "nominal"] }
      let isText = schema(chart.x)?.kind == .text
      var up = y
      if case .object(var members) = up, isText || chart.yScale == .logarithmic {
        members["stack"] = .null
        up = .object(members)
      }
      let foot: JSONValue? = chart.yScale == .logarithmic ? ["datum": .number(chart.reference ?? 1)] : nil
      layers.append(
        layer(
          ["type": "bar", "tooltip": true],
          ["x": x, "y": up, "y2": foot, "xOffset": isText ? offset : nil, "color": colour]))
      if low != nil {
        layers.append(layer("rule", ["x": x, "y": low, "y2": high, "xOffset": isText ? offset : nil]))
      }
    case .stackedBars:
      layers.append(layer(["type": "bar", "tooltip": true], ["x": x, "y": y, "color": colour]))
    case .heatMap, .network:
      let down: JSONValue? = series.map { ["field": .string($0), "type": "nominal", "title": .null, "sort": .null] }
      var across = channel(chart.x)
      if schema(chart.x)?.kind == .date {
        across = ["field": .string(chart.x), "type": "ordinal", "title": .null, "axis": ["labelOverlap": true]]
      }
      layers.append(layer(["type": "rect", "tooltip": true], ["x": across, "y": down, "color": shade]))
    case .calendar:
      let week: JSONValue = [
        "field": .string(chart.x), "timeUnit": "utcweek", "type": "ordinal", "title": .null, "axis": .null,
      ]
      let day: JSONValue = ["field": .string(chart.x), "timeUnit": "utcday", "type": "ordinal", "title": .null]
      let year: JSONValue = ["field": .string(chart.x), "timeUnit": "utcyear", "type": "ordinal", "title": .null]
      layers.append(
        layer(
          ["type": "rect", "tooltip": true],
          ["x": week, "y": day, "color": shade, "facet": chart.panels.isEmpty ? year : nil]))
    case .points:
      let size = chart.size.map { channel($0) }
      layers.append(
        layer(
          ["type": "point", "filled": true, "opacity": 0.65, "tooltip": true],
          ["x": x, "y": y, "color": colour, "shape": size == nil ? cue : nil, "size": size]))
      if low != nil { layers.append(layer("rule", ["x": x, "y": low, "y2": high])) }
    case .map:
      let size = chart.size.map { channel($0) }
      layers.append(
        layer(
          ["type": "circle", "opacity": 0.65, "tooltip": true],
          ["longitude": channel(chart.x), "latitude": channel(chart.y[0]), "color": colour, "size": size]))
    case .timeline:
      let end: JSONValue? = chart.interval.first.map { ["field": .string($0)] }
      let lane: JSONValue? = series.map { ["field": .string($0), "type": "nominal", "title": .null, "sort": .null] }
      layers.append(
        layer(
          ["type": end == nil ? "tick" : "bar", "tooltip": true, "opacity": 0.65],
          ["x": x, "x2": end, "y": lane, "color": colour]))
    }
    if let reference = chart.reference, [.line, .bars, .points].contains(chart.kind) {
      layers.append(["mark": ["type": "rule", "color": "#767676"], "encoding": ["y": ["datum": .number(reference)]]])
    }
    return layers
  }
}
