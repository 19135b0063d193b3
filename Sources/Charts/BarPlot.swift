import Workbench

/// Bars, grouped or stacked, over time upright and over many names lying, with whiskers for their interval.
struct BarPlot: Plot {
  private static let mostNames = 24
  private let data: ChartData
  private let isStacked: Bool
  private let isLying: Bool
  private let across: Across
  private var values: Axis
  private let baseline: Double
  private(set) var notes: [String] = []
  private(set) var rows: [Int]
  /// The layer of each key, series code times columns and column; the last is that of all others.
  private var layerOf: [Int: Int] = [:]
  private var names: [String] = []
  private var hasOthers = false
  private var columns: Int { data.y.count }
  /// How many names are added up in a bar of their own at the end.
  private var otherNames = 0
  private var drawsSeries: Bool { data.hasSeries && !data.isOneEach && !(columns > 1 && data.series.labels.count > 6) }

  init(_ data: ChartData) {
    self.data = data
    isStacked = data.chart.kind == .stackedBars
    let isLog = data.chart.yScale == .logarithmic
    let isText = data.x.kind == .text || data.x.kind == .boolean
    let names = isText ? Categories([data.x], rows: data.table.count) : nil
    let isStacked = isStacked
    rows = (0..<data.table.count).filter { row in
      (names.map { $0.codes[row] >= 0 } ?? (data.xNumbers[row] != nil)) && data.series.codes[row] >= 0
        && data.y.contains { $0[row].map { (!isLog || $0 > 0) && !(isStacked && $0 < 0) } ?? false }
    }
    var order: [Int]?
    if let names {
      var weights = [Double](repeating: -.infinity, count: names.labels.count)
      for row in rows {
        let sum = data.y.reduce(0) { $0 + abs($1[row] ?? 0) }
        weights[names.codes[row]] = max(0, weights[names.codes[row]]) + sum
      }
      let top = names.top(Self.mostNames, by: weights)
      let isBySize = top.codes.count > 12 || top.left > 0
      order =
        isBySize ? top.codes.sorted { weights[$0] != weights[$1] ? weights[$0] > weights[$1] : $0 < $1 } : top.codes
      if top.left > 0 {
        let adds = data.isCount && data.low == nil && data.chart.panels.isEmpty
        otherNames = adds ? top.left : 0
        notes.append(
          "The \(top.codes.count) largest of \(counted(top.codes.count + top.left, "name")) are drawn"
            + (adds
              ? "; the other \(readable(top.left)) together in the last bar."
              : "; the other \(readable(top.left)) are not."))
      }
      if otherNames == 0 {
        let kept = Set(order ?? [])
        rows = rows.filter { kept.contains(names.codes[$0]) }
      }
      let longest = (order ?? []).map { width(of: names.labels[$0]) }.max() ?? 0
      isLying =
        (order?.count ?? 0) > 8 || longest > 640 / Double(max(1, order?.count ?? 1)) || !data.chart.panels.isEmpty
    } else {
      isLying = false
    }
    across = Across(data, rows: rows, isStretched: true, order: order, extra: otherNames > 0 ? 1 : 0)
    baseline = isLog ? data.chart.reference ?? 1 : 0
    values = Axis([], showing: [0])
    makeLayers()
    let tallies = bars(rows)
    var ends: [Double] = [baseline]
    for (_, layers) in tallies {
      let sums = layers.map { $0.value(isCount: adds) ?? baseline }
      ends += isStacked ? [sums.reduce(0, +)] : sums
    }
    for interval in [data.low, data.high] where !isStacked { ends += rows.compactMap { interval?[$0] } }
    values = Axis(ends, showing: [data.chart.reference].compactMap { $0 }, scale: data.chart.yScale)
    if !isStacked, !adds, rows.count > tallies.reduce(0, { $0 + $1.layers.count { $0.count > 0 } }) {
      notes.append("Where several rows share a bar, it is their mean.")
    }
  }
  private var adds: Bool { isStacked || data.isCount }

  /// Which series and columns have a layer; of many the largest, and one for all others.
  private mutating func makeLayers() {
    var weights = [Double](repeating: -.infinity, count: drawsSeries ? data.series.labels.count * columns : columns)
    for row in rows {
      for (index, values) in data.y.enumerated() {
        guard let value = values[row] else { continue }
        let key = key(row, index)
        weights[key] = max(0, weights[key]) + abs(value)
      }
    }
    let used = weights.count { $0 > -.infinity }
    let top = Categories(codes: [], labels: weights.map { _ in "" }).top(
      used > ChartStyle.seriesCount ? ChartStyle.seriesCount - 1 : ChartStyle.seriesCount, by: weights)
    for (layer, key) in top.codes.enumerated() {
      layerOf[key] = layer
      let (code, column) = key.quotientAndRemainder(dividingBy: columns)
      names.append(
        drawsSeries
          ? data.series.labels[code] + (columns > 1 ? ", \(words(data.chart.y[column]))" : "") : data.name(ofY: column))
    }
    guard top.left > 0 else {
      if data.hasSeries, !drawsSeries, !data.isOneEach {
        notes.append("Added up over all \(readable(data.series.labels.count)) series.")
      }
      return
    }
    hasOthers = adds
    if hasOthers { names.append("\(readable(top.left)) others") }
    notes.append(
      "The \(top.codes.count) largest of \(used) series have a colour; the others are \(hasOthers ? "added up" : "not drawn")."
    )
  }
  private func key(_ row: Int, _ column: Int) -> Int {
    drawsSeries ? data.series.codes[row] * columns + column : column
  }

  /// The tallies of each place along x, layer by layer, in order.
  private func bars(_ rows: [Int]) -> [(slot: (start: Double, end: Double), layers: [Tally])] {
    var index: [Double: Int] = [:]
    var bars: [(slot: (start: Double, end: Double), layers: [Tally])] = []
    for row in rows {
      let slot = across.slot(row) ?? (across.axis.high - 1, across.axis.high)
      for (column, values) in data.y.enumerated() {
        guard let value = values[row], !(isStacked && value < 0),
          let layer = layerOf[key(row, column)] ?? (hasOthers ? names.count - 1 : nil)
        else { continue }
        let place = index[slot.start] ?? bars.count
        if place == bars.count {
          index[slot.start] = place
          bars.append((slot, [Tally](repeating: Tally(), count: names.count)))
        }
        bars[place].layers[layer].add(value, row: row)
      }
    }
    return bars.sorted { $0.slot.start < $1.slot.start }
  }
  private func style(_ layer: Int) -> String { hasOthers && layer == names.count - 1 ? "other" : "s\(layer)" }

  var legend: [LegendEntry] {
    names.count < 2 ? [] : names.indices.map { .area(style: style($0) + " f", names[$0]) }
  }

  func height(of rows: [Int], width: Double, isPanel: Bool) -> Double {
    guard isLying, case .names(_, let order) = across.kind else { return isPanel ? 132 : 300 }
    return Double(order.count + (otherNames > 0 ? 1 : 0)) * (isStacked ? 20 : max(20, 11 * Double(names.count) + 6))
      + 34
  }

  func draw(_ rows: [Int], in outer: Frame, isPanel: Bool, on canvas: inout Canvas) {
    var plane = Plane(across: across, up: values, reference: data.chart.reference)
    var frame = plane.inner(outer, isPanel: isPanel)
    if isLying {
      frame.left = outer.left + min(230, outer.width * 0.4, widestName + 10)
      frame.right = outer.right - 44
      frame.bottom = outer.bottom - 24
    }
    let along =
      isLying ? across.within(Frame(left: frame.top, top: 0, right: frame.bottom, bottom: 0)) : across.within(frame)
    plane.up.start = isLying ? frame.left : frame.bottom
    plane.up.end = isLying ? frame.right : frame.top
    if isLying {
      drawLyingGrid(plane.up, along, in: frame, on: &canvas)
    } else {
      Plane(across: along, up: plane.up, reference: plane.reference).drawGrid(in: frame, isPanel: isPanel, on: &canvas)
      Marks(data, rows: rows)?.draw(in: frame, isPanel: isPanel, on: &canvas, place: along.place)
    }
    drawBars(bars(rows), along, plane.up, isPanel: isPanel, on: &canvas)
  }

  private func drawBars(
    _ bars: [(slot: (start: Double, end: Double), layers: [Tally])], _ along: Across, _ up: Axis, isPanel: Bool,
    on canvas: inout Canvas
  ) {
    var paths = [Path](repeating: Path(), count: names.count)
    var whiskers = Path()
    var others = Path()
    let zero = up(baseline) ?? up.start
    for (slot, layers) in bars {
      guard let start = along.axis(slot.start), let end = along.axis(slot.end) else { continue }
      let isPoint = start == end
      let gap = isPoint ? 0 : along.isDays ? end - start < 4 ? 0 : min((end - start) * 0.15, 6) : (end - start) * 0.25
      let (first, last) =
        isPoint ? (start - 3, start + 3) : (start + gap / 2, max(start + gap / 2 + 0.6, end - gap / 2))
      var base = 0.0
      let thick = isStacked ? last - first : (last - first) / Double(names.count)
      for (layer, tally) in layers.enumerated() {
        guard let value = tally.value(isCount: adds), let foot = isStacked ? up(base) : zero,
          let top = up(isStacked ? base + value : value)
        else { continue }
        if isStacked { base += value }
        let from = isStacked ? first : first + Double(layer) * thick
        let to = from + thick
        if !isLying {
          paths[layer].rectangle(from, min(foot, top), to, max(foot, top))
        } else if otherNames > 0, slot.end > along.axis.high - 0.5 {
          others.rectangle(min(foot, top), from, max(foot, top), to)
        } else {
          paths[layer].rectangle(min(foot, top), from, max(foot, top), to)
        }
        let middle = (from + to) / 2
        if !isStacked, tally.count == 1 { whisker(tally.row, middle, up, thick, &whiskers) }
        if layer < names.count - (hasOthers ? 1 : 0), !isStacked || layer == layers.firstIndex(where: { $0.count > 0 })
        {
          canvas.read(tally.row, at: isLying ? top : middle, isLying ? middle : top)
        }
        if isLying, !isPanel, !isStacked, thick >= 9, data.low == nil {
          canvas.text(readable(value), max(zero, top) + 5, middle + 4, "faint")
        }
      }
      if isLying, isStacked, let top = up(base) {
        canvas.text(readable(base), top + 5, (first + last) / 2 + 4, "faint")
      }
    }
    for (layer, path) in paths.enumerated() { canvas.path(path, style(layer) + (whiskers.isEmpty ? " f" : " f soft")) }
    canvas.path(others, "other f")
    canvas.path(whiskers, "whisker")
  }

  /// The interval of a row; an end that the data set no limit to goes to the edge, without a cap.
  private func whisker(_ row: Int, _ middle: Double, _ up: Axis, _ thick: Double, _ path: inout Path) {
    guard data.low?[row] != nil || data.high?[row] != nil else { return }
    let low = data.low?[row].flatMap { up($0) }
    let high = data.high?[row].flatMap { up($0) }
    let cap = min(4, thick / 3)
    func move(_ a: Double, _ b: Double) { if isLying { path.move(a, b) } else { path.move(b, a) } }
    func line(_ a: Double, _ b: Double) { if isLying { path.line(a, b) } else { path.line(b, a) } }
    move(low ?? up.start, middle)
    line(high ?? up.end, middle)
    for end in [low, high].compactMap({ $0 }) where cap > 1 {
      move(end, middle - cap)
      line(end, middle + cap)
    }
  }

  private var widestName: Double {
    guard case .names(let names, let order) = across.kind else { return 0 }
    return order.map { width(of: clean(names.labels[$0])) }.max() ?? 0
  }
  private func drawLyingGrid(_ up: Axis, _ along: Across, in frame: Frame, on canvas: inout Canvas) {
    for tick in up.ticks(about: 6) {
      guard let x = up(tick.value) else { continue }
      canvas.line(x, frame.top, x, frame.bottom, tick.value == baseline ? "axis" : "grid")
      canvas.text(tick.text, x, frame.bottom + 16, "faint", .middle)
    }
    if let x = data.chart.reference.flatMap({ up($0) }) { canvas.line(x, frame.top, x, frame.bottom, "axis") }
    guard case .names(let names, let order) = across.kind else { return }
    for (index, code) in order.enumerated() {
      canvas.text(
        names.labels[code], frame.left - 6, (along.axis(Double(index)) ?? 0) + 4, "", .end, room: frame.left - 16)
    }
    if otherNames > 0, let y = along.axis(Double(order.count)) {
      canvas.text("\(readable(otherNames)) others", frame.left - 6, y + 4, "faint", .end)
    }
  }
}
