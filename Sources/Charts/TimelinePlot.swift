import Workbench

/// What happened or lasted: a lane for each series, and in it as many tracks as things overlap.
struct TimelinePlot: Plot {
  private static let mostLanes = 24
  private static let mostTracks = 8
  private let data: ChartData
  private let across: Across
  private let order: [Int]
  private(set) var notes: [String] = []
  private(set) var rows: [Int]
  /// What is called the same has one colour; where nearly each has words of its own, or none, all have the first.
  private let colours: [String: Int]

  init(_ data: ChartData) {
    self.data = data
    rows =
      data.x.kind == .date
      ? (0..<data.table.count).filter { data.series.codes[$0] >= 0 && data.xNumbers[$0] != nil } : []
    var counts = [Double](repeating: -.infinity, count: data.series.labels.count)
    for row in rows { counts[data.series.codes[row]] = max(0, counts[data.series.codes[row]]) + 1 }
    let top = data.series.top(Self.mostLanes, by: counts)
    order = top.codes
    if top.left > 0 {
      let kept = Set(order)
      rows = rows.filter { kept.contains(data.series.codes[$0]) }
      notes.append("The \(order.count) fullest of \(order.count + top.left) lanes are drawn.")
    }
    var colours: [String: Int] = [:]
    for label in rows.compactMap(data.label) where colours[label] == nil { colours[label] = colours.count }
    let isTelling = colours.count <= ChartStyle.seriesCount && colours.count < rows.count
    self.colours = isTelling ? colours : [:]
    var axis = Across(data, rows: rows, isStretched: true)
    let ends = rows.compactMap { data.high?[$0] }.max()
    if let ends, ends + 1 > axis.axis.high { axis = axis.reaching(ends + 1) }
    across = axis
  }
  var legend: [LegendEntry] { [] }

  private struct Item { var row: Int, track: Int, start: Double, end: Double, isNamed: Bool }

  /// The tracks of each lane, packed from the left; what has a name takes room for it where it can.
  private func lanes(_ rows: [Int], width lane: Double) -> [(code: Int, items: [Item], tracks: Int, left: Int)] {
    let pixel = lane / max(1, across.axis.high - across.axis.low)
    var members: [Int: [Int]] = [:]
    for row in rows { members[data.series.codes[row], default: []].append(row) }
    return order.compactMap { code in
      guard let rows = members[code] else { return nil }
      var ends: [Double] = []
      var items: [Item] = []
      var left = 0
      for row in rows.sorted(by: { (data.xNumbers[$0] ?? 0, $0) < (data.xNumbers[$1] ?? 0, $1) }) {
        let start = ((data.xNumbers[row] ?? 0) - across.axis.low) * pixel
        let last = max(data.high?[row] ?? -.infinity, data.xNumbers[row] ?? 0) + 1
        let end = max(start + 5, (last - across.axis.low) * pixel)
        let name = data.label(row).map { min(width(of: clean($0), size: 11), 220) + 8 } ?? 0
        let named = end - start > name ? end : end + name
        let track = ends.firstIndex { $0 <= start - 2 } ?? ends.count
        guard track < Self.mostTracks else {
          left += 1
          continue
        }
        let isNamed = name > 0 && named <= lane
        if track == ends.count { ends.append(0) }
        ends[track] = isNamed ? named : end
        items.append(Item(row: row, track: track, start: start, end: end, isNamed: isNamed))
      }
      return (code, items, max(1, ends.count), left)
    }
  }
  private func names(_ width: Double) -> Double {
    guard data.hasSeries else { return 8 }
    return min(width * 0.32, (order.map { Charts.width(of: clean(data.series.labels[$0])) }.max() ?? 0) + 12)
  }
  func height(of rows: [Int], width: Double, isPanel: Bool) -> Double {
    lanes(rows, width: width - names(width) - 10).reduce(44) { $0 + Double($1.tracks) * 17 + 8 }
  }

  func draw(_ rows: [Int], in outer: Frame, isPanel: Bool, on canvas: inout Canvas) {
    let frame = Frame(
      left: outer.left + names(outer.width), top: outer.top + 4, right: outer.right - 10, bottom: outer.bottom - 36)
    let across = across.within(frame)
    for tick in across.axis.dayTicks(isCompact: isPanel) {
      guard let x = across.axis(tick.value) else { continue }
      canvas.line(x, frame.top, x, frame.bottom, "grid")
      canvas.text(tick.text, x, frame.bottom + 16, "faint", x > frame.right - 12 ? .end : .middle)
      if let below = tick.below { canvas.text(below, x, frame.bottom + 30, "faint", .middle) }
    }
    Marks(data, rows: rows)?.draw(in: frame, isPanel: isPanel, on: &canvas, place: across.place)
    var y = frame.top
    var hidden = 0
    for (number, lane) in lanes(rows, width: frame.width).enumerated() {
      if number > 0 { canvas.line(outer.left, y, frame.right, y, "grid") }
      if data.hasSeries {
        canvas.text(data.series.labels[lane.code], frame.left - 8, y + 16, "", .end, room: frame.left - outer.left - 10)
      }
      var paths = [Path](repeating: Path(), count: ChartStyle.seriesCount)
      for item in lane.items {
        let top = y + 5 + Double(item.track) * 17
        paths[data.label(item.row).flatMap { colours[$0] } ?? 0].rectangle(
          frame.left + item.start, top, frame.left + item.end - 1, top + 13)
        canvas.read(item.row, at: frame.left + (item.start + item.end) / 2, top + 6)
      }
      for (colour, path) in paths.enumerated() { canvas.path(path, "s\(colour) f dots") }
      for item in lane.items where item.isNamed || item.end - item.start > 50 {
        guard let label = data.label(item.row) else { continue }
        let fits = !item.isNamed || item.end - item.start > width(of: clean(label), size: 11) + 8
        let x = frame.left + (fits ? item.start + 3 : item.end + 3)
        canvas.text(
          label, x, y + 15.5 + Double(item.track) * 17, fits ? "small" : "small halo",
          room: item.isNamed ? 220 : item.end - item.start - 8, size: 11)
      }
      hidden += lane.left
      y += Double(lane.tracks) * 17 + 8
    }
    canvas.line(frame.left, frame.bottom, frame.right, frame.bottom, "axis")
    if hidden > 0 {
      canvas.text(
        "\(readable(hidden)) more at the same times", frame.right, outer.bottom, "faint small", .end)
    }
  }
}
