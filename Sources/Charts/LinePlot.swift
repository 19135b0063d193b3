import EventModel
import JSONText
import Workbench

/// Lines over time or numbers, with a band for their interval; of many the most lively have a colour.
struct LinePlot: Plot {
  private let data: ChartData
  private let plane: Plane
  private(set) var notes: [String] = []
  let rows: [Int]
  /// The colour of each line, by its key; grey where it has none.
  private let colours: [Int: Int]
  private var columns: Int { data.y.count }
  /// Below it nothing is drawn on a logarithmic axis: a decade under the least value of the first column, as what is expected
  /// may fall without end.
  private let floor: Double

  init(_ data: ChartData) {
    self.data = data
    let (data, columns) = (data, data.y.count)
    let isLog = data.chart.yScale == .logarithmic
    func isDrawn(_ row: Int) -> Bool { data.y.contains { $0[row].map { !isLog || $0 > 0 } ?? false } }
    let hasPlace =
      data.x.kind == .text ? (0..<data.table.count).map { data.x[$0] != .null } : data.xNumbers.map { $0 != nil }
    let isLogAcross = data.chart.xScale == .logarithmic && data.x.kind != .date && data.x.kind != .text
    let rows = (0..<data.table.count).filter {
      data.series.codes[$0] >= 0 && hasPlace[$0] && isDrawn($0) && !(isLogAcross && (data.xNumbers[$0] ?? 0) <= 0)
    }
    self.rows = rows
    var spans = [(low: Double, high: Double)](
      repeating: (.infinity, -.infinity), count: data.series.labels.count * columns)
    for row in rows {
      for (index, values) in data.y.enumerated() {
        guard let value = values[row] else { continue }
        let key = data.series.codes[row] * columns + index
        spans[key] = (min(spans[key].low, value), max(spans[key].high, value))
      }
    }
    let keys = Categories(codes: [], labels: spans.map { _ in "" })
    let (best, left) = keys.top(ChartStyle.seriesCount, by: spans.map { $0.high - $0.low })
    colours =
      data.isOneEach
      ? Dictionary(uniqueKeysWithValues: spans.indices.map { ($0, $0 % columns) })
      : Dictionary(uniqueKeysWithValues: best.enumerated().map { ($1, $0) })
    if left > 0, !data.isOneEach {
      notes.append(
        "\(best.count) of \(counted(best.count + left, "line")) in colour, those whose values range most; the others in grey."
      )
    }
    let intervals = [data.low, data.high].compactMap { $0 }.flatMap { values in rows.compactMap { values[$0] } }
    let reference = data.chart.reference
    let values = data.y.flatMap { values in rows.compactMap { values[$0] } }
    let least = isLog ? rows.compactMap { row in data.y[0][row].flatMap { $0 > 0 ? $0 : nil } }.min() : nil
    let floor = least.map { $0 / 10 } ?? -.infinity
    self.floor = floor
    plane = Plane(
      across: Across(data, rows: rows, isStretched: false),
      up: Axis(
        (values + intervals).filter { $0 >= floor }, showing: [reference].compactMap { $0 }, scale: data.chart.yScale),
      reference: reference)
  }

  private func name(_ key: Int) -> String {
    let (code, column) = key.quotientAndRemainder(dividingBy: columns)
    let series = data.series.labels[code]
    return data.hasSeries ? columns > 1 ? "\(series), \(words(data.chart.y[column]))" : series : data.name(ofY: column)
  }
  private var isManyNamed: Bool { data.isOneEach ? columns > 1 : colours.count > 1 }
  /// Panels are too small for names at the ends of lines.
  var legend: [LegendEntry] {
    guard !data.chart.panels.isEmpty, isManyNamed else { return [] }
    let keys = data.isOneEach ? Array(0..<columns) : colours.keys.sorted()
    return keys.map { .line(style: "s\(colours[$0] ?? 0) l", data.isOneEach ? data.name(ofY: $0) : name($0)) }
  }

  func height(of rows: [Int], width: Double, isPanel: Bool) -> Double { isPanel ? 132 : 330 }

  func draw(_ rows: [Int], in outer: Frame, isPanel: Bool, on canvas: inout Canvas) {
    let isNamed = !isPanel && isManyNamed
    let room = isNamed ? min(170, colours.keys.map { width(of: clean(name($0))) }.max() ?? 0) + 14 : 10
    let frame = plane.inner(outer, right: room, isPanel: isPanel)
    let across = plane.across.within(frame)
    var up = plane.up
    (up.start, up.end) = (frame.bottom, frame.top)
    Plane(across: across, up: up, reference: plane.reference).drawGrid(in: frame, isPanel: isPanel, on: &canvas)
    Marks(data, rows: rows)?.draw(in: frame, isPanel: isPanel, on: &canvas, place: across.place)

    var strands: [Int: [Int]] = [:]
    for row in rows { strands[data.series.codes[row], default: []].append(row) }
    var others = Path()
    var ends: [(y: Double, x: Double, key: Int)] = []
    for code in strands.keys.sorted() {
      let rows = (strands[code] ?? []).sorted { (across.middle($0) ?? 0, $0) < (across.middle($1) ?? 0, $1) }
      for column in 0..<columns {
        let key = code * columns + column
        let points = rows.compactMap { row -> (row: Int, x: Double, y: Double)? in
          guard let x = across.middle(row).flatMap({ across.axis($0) }), let value = data.y[column][row], value >= floor
          else { return nil }
          return up(value).map { (row, x, $0) }
        }
        guard let colour = colours[key] else {
          append(points, across, to: &others)
          continue
        }
        if column == 0, let low = data.low, let high = data.high, colours.count <= 3 || isPanel {
          band(points, low, high, across, up, "s\(colour) f band", on: &canvas)
        }
        var path = Path()
        var dots = Path()
        append(points, across, to: &path, dots: &dots)
        canvas.path(path, "s\(colour) l" + (isPanel ? " thin" : ""))
        canvas.path(dots, "s\(colour) f")
        for point in points where column == 0 { canvas.read(point.row, at: point.x, point.y) }
        if let last = points.last { ends.append((last.y, last.x, key)) }
      }
    }
    canvas.path(others, "other l")
    if isNamed { drawNames(ends, in: frame, on: &canvas) }
  }

  /// The pieces of a line: it is broken where a period is missing; what stands alone is a dot.
  private func pieces(_ points: [(row: Int, x: Double, y: Double)], _ across: Across) -> [ArraySlice<
    (row: Int, x: Double, y: Double)
  >] {
    var pieces: [ArraySlice<(row: Int, x: Double, y: Double)>] = []
    var start = 0
    for index in points.indices.dropFirst() {
      guard case .days(let calendar) = across.kind, calendar.length != .day,
        let before = across.slot(points[index - 1].row), let after = across.slot(points[index].row),
        after.start > before.end + 0.5
      else { continue }
      pieces.append(points[start..<index])
      start = index
    }
    if start < points.count { pieces.append(points[start...]) }
    return pieces
  }
  private func append(
    _ points: [(row: Int, x: Double, y: Double)], _ across: Across, to path: inout Path, dots: inout Path
  ) {
    for piece in pieces(points, across) {
      if piece.count == 1, let only = piece.first { dots.circle(only.x, only.y, 2.2) }
      var column = Int.min
      var extremes: (low: Double, high: Double) = (0, 0)
      for (index, point) in piece.enumerated() {
        if index == 0 {
          path.move(point.x, point.y)
          continue
        }
        // Of more points than pixels only those are drawn that reach further.
        if piece.count > 3_000, Int(point.x) == column, point.y >= extremes.low, point.y <= extremes.high { continue }
        if Int(point.x) != column { (column, extremes) = (Int(point.x), (point.y, point.y)) }
        extremes = (min(extremes.low, point.y), max(extremes.high, point.y))
        path.line(point.x, point.y)
      }
    }
  }
  private func append(_ points: [(row: Int, x: Double, y: Double)], _ across: Across, to path: inout Path) {
    var dots = Path()
    append(points, across, to: &path, dots: &dots)
  }

  private func band(
    _ points: [(row: Int, x: Double, y: Double)], _ low: [Double?], _ high: [Double?], _ across: Across, _ up: Axis,
    _ style: String, on canvas: inout Canvas
  ) {
    var path = Path()
    for piece in pieces(points.filter { low[$0.row] != nil && high[$0.row] != nil }, across) where piece.count > 1 {
      let top = piece.compactMap { point in high[point.row].flatMap { up($0) }.map { (point.x, $0) } }
      let bottom = piece.compactMap { point in low[point.row].flatMap { up(max($0, floor)) }.map { (point.x, $0) } }
      for (index, corner) in (top + bottom.reversed()).enumerated() {
        if index == 0 { path.move(corner.0, corner.1) } else { path.line(corner.0, corner.1) }
      }
      if !path.isEmpty { path.close() }
    }
    canvas.path(path, style)
  }

  /// Names at the ends of lines, moved apart where they would touch.
  private func drawNames(_ ends: [(y: Double, x: Double, key: Int)], in frame: Frame, on canvas: inout Canvas) {
    var y = frame.top - 8
    let sorted = ends.sorted { ($0.y, $0.key) < ($1.y, $1.key) }
    var places = sorted.map { end -> Double in
      y = max(end.y + 4, y + 14)
      return y
    }
    var limit = frame.bottom + 4
    for index in places.indices.reversed() {
      places[index] = min(places[index], limit)
      limit = places[index] - 14
    }
    for (end, y) in zip(sorted, places) {
      canvas.text(name(end.key), frame.right + 8, y, "s\(colours[end.key] ?? 0)", room: Sheet.width - frame.right - 14)
    }
  }
}
