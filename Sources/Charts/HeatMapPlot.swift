import HTMLText
import Workbench

/// A cell for each value of x and each series: one path for each shade, nothing for nothing.
struct HeatMapPlot: Plot {
  private static let mostRows = 40
  private static let mostColumns = 40
  private let data: ChartData
  private let across: Across
  private let shades: Shades
  private let slotOf: [Int]
  private let order: [Int]
  private(set) var notes: [String] = []
  private(set) var rows: [Int]
  private var isText: Bool { if case .names = across.kind { true } else { false } }

  init(_ data: ChartData) {
    self.data = data
    let names = data.x.kind == .date ? nil : Categories([data.x], rows: data.table.count)
    rows = (0..<data.table.count).filter { row in
      data.series.codes[row] >= 0 && data.y[0][row] != nil
        && (names.map { $0.codes[row] >= 0 } ?? (data.xNumbers[row] != nil))
    }
    func weights(_ rows: [Int], _ codes: [Int], _ count: Int) -> [Double] {
      var weights = [Double](repeating: -.infinity, count: count)
      for row in rows { weights[codes[row]] = max(0, weights[codes[row]]) + abs(data.y[0][row] ?? 0) }
      return weights
    }
    let top = data.series.top(Self.mostRows, by: weights(rows, data.series.codes, data.series.labels.count))
    order = top.codes
    var slots = [Int](repeating: -1, count: data.series.labels.count)
    for (index, code) in order.enumerated() { slots[code] = index }
    slotOf = slots
    if top.left > 0 {
      notes.append(
        "The \(order.count) rows with most of \(counted(order.count + top.left, "row")) are drawn; the others are not.")
    }
    var columns: [Int]?
    if let names {
      let top = names.top(Self.mostColumns, by: weights(rows, names.codes, names.labels.count))
      columns = top.codes
      if top.left > 0 {
        notes.append(
          "The \(top.codes.count) columns with most of \(counted(top.codes.count + top.left, "column")) are drawn; the others are not."
        )
      }
    }
    let kept = columns.map(Set.init)
    rows = rows.filter { slots[data.series.codes[$0]] >= 0 && (kept?.contains(names?.codes[$0] ?? -1) ?? true) }
    across = Across(data, rows: rows, isStretched: true, order: columns)
    struct Cell: Hashable { var panel: Int, series: Int, start: Double }
    var cells: [Cell: Int] = [:]
    var sums: [Double] = []
    let isAdding = data.isCount
    for row in rows {
      let key = Cell(panel: data.panels.codes[row], series: data.series.codes[row], start: across.slot(row)?.start ?? 0)
      if let index = cells[key] {
        sums[index] += data.y[0][row] ?? 0
      } else {
        cells[key] = sums.count
        sums.append(data.y[0][row] ?? 0)
      }
    }
    if sums.count < rows.count {
      notes.append(isAdding ? "Cells are sums of several rows." : "Cells are means of several rows.")
    }
    shades = Shades(isAdding ? sums : rows.compactMap { data.y[0][$0] }, isCount: isAdding)
    notes.append("Blank: none, or no data.")
  }

  var legend: [LegendEntry] { [shades.legend] }
  private var nameRoom: Double { order.map { width(of: clean(data.series.labels[$0])) }.max() ?? 0 }
  private var headRoom: Double {
    guard case .names(let names, let order) = across.kind else { return 0 }
    return min(110, (order.map { width(of: clean(names.labels[$0])) }.max() ?? 0) * 0.62 + 16)
  }
  private var cellHeight: Double { isText ? 24 : order.count > 24 ? 15 : 20 }
  func height(of rows: [Int], width: Double, isPanel: Bool) -> Double {
    Double(order.count) * cellHeight + (isText ? headRoom + 8 : 42)
  }

  func draw(_ rows: [Int], in outer: Frame, isPanel: Bool, on canvas: inout Canvas) {
    let names = min(nameRoom + 10, outer.width * 0.36)
    var frame = Frame(
      left: outer.left + names, top: outer.top + (isText ? headRoom : 6), right: outer.right - 8, bottom: 0)
    if case .names(_, let order) = across.kind {
      frame.right = min(outer.right - (isPanel ? 8 : 60), frame.left + Double(order.count) * 90)
    }
    frame.bottom = frame.top + Double(order.count) * cellHeight
    let across = across.within(frame)
    canvas.rectangle(frame, "zero")
    for (index, code) in order.enumerated() {
      canvas.text(
        data.series.labels[code], frame.left - 6, frame.top + (Double(index) + 0.5) * cellHeight + 4, "", .end,
        room: names - 8)
    }
    drawColumns(across, in: frame, isPanel: isPanel, on: &canvas)
    draw(cells(rows, across), across, in: frame, on: &canvas)
    Marks(data, rows: rows)?.draw(in: frame, isPanel: isPanel, on: &canvas, place: across.place)
  }

  /// The cells in order: by row, then along.
  private func cells(_ rows: [Int], _ across: Across) -> [(
    slot: (start: Double, end: Double), level: Int, tally: Tally
  )] {
    var cells: [Int: [Double: (slot: (start: Double, end: Double), tally: Tally)]] = [:]
    for row in rows {
      guard let slot = across.slot(row), let value = data.y[0][row] else { continue }
      let level = slotOf[data.series.codes[row]]
      var cell = cells[level, default: [:]][slot.start] ?? (slot, Tally())
      cell.tally.add(value, row: row)
      cells[level, default: [:]][slot.start] = cell
    }
    return cells.keys.sorted().flatMap { level in
      (cells[level] ?? [:]).sorted { $0.key < $1.key }.map { ($0.value.slot, level, $0.value.tally) }
    }
  }

  private func draw(
    _ cells: [(slot: (start: Double, end: Double), level: Int, tally: Tally)], _ across: Across, in frame: Frame,
    on canvas: inout Canvas
  ) {
    var paths: [String: Path] = [:]
    var texts: [(text: String, x: Double, y: Double, style: String)] = []
    var hasRoom = cellHeight >= 18
    // Cells of a shade that touch are one.
    var run: (style: String, level: Int, left: Double, right: Double)?
    func end() {
      guard let run else { return }
      let top = frame.top + Double(run.level) * cellHeight
      paths[run.style, default: Path()].rectangle(run.left, top + 0.5, run.right, top + cellHeight - 0.5)
    }
    for (slot, level, tally) in cells {
      guard let value = tally.value(isCount: data.isCount), let left = across.axis(slot.start),
        let right = across.axis(slot.end), let style = shades.style(value)
      else { continue }
      let top = frame.top + Double(level) * cellHeight
      let gap = right - left > 4 ? 1.0 : 0
      if let last = run, last.style == style, last.level == level, abs(left - last.right) < 0.01 {
        run?.right = right - gap
      } else {
        end()
        run = (style, level, left, right - gap)
      }
      let text = readable(value)
      hasRoom = hasRoom && right - left > width(of: text) + 4
      texts.append((text, (left + right) / 2, top + cellHeight / 2 + 4, "\(style)t"))
      canvas.read(tally.row, at: (left + right) / 2, top + cellHeight / 2)
    }
    end()
    for style in paths.keys.sorted() { canvas.path(paths[style] ?? Path(), style) }
    for text in texts where hasRoom { canvas.text(text.text, text.x, text.y, text.style, .middle) }
  }

  private func drawColumns(_ across: Across, in frame: Frame, isPanel: Bool, on canvas: inout Canvas) {
    guard case .names(let names, let order) = across.kind else {
      for tick in across.axis.dayTicks(isCompact: isPanel) {
        guard let x = across.axis(tick.value) else { continue }
        canvas.line(x, frame.bottom, x, frame.bottom + 4, "axis")
        canvas.text(tick.text, x, frame.bottom + 16, "faint", x > frame.right - 14 ? .end : .middle)
        if let below = tick.below { canvas.text(below, x, frame.bottom + 30, "faint", .middle) }
      }
      return
    }
    for (index, code) in order.enumerated() {
      guard let x = across.axis(Double(index)) else { continue }
      let text = cut(clean(names.labels[code]), to: 150)
      canvas.add("<text transform=\"translate(\(x - 2) \(frame.top - 6))rotate(-38)\">\(text)</text>\n")
    }
  }
}
