import JSONText
import Workbench

/// Dots on two axes of numbers or dates, either logarithmic; series by colour and shape.
struct PointPlot: Plot {
  private let data: ChartData
  private let plane: Plane
  private let dots: Dots
  private(set) var notes: [String] = []
  let rows: [Int]

  init(_ data: ChartData) {
    self.data = data
    let (isLogUp, isLogAcross) = (data.chart.yScale == .logarithmic, data.chart.xScale == .logarithmic)
    let isText = data.x.kind == .text
    func has(_ row: Int, log: Bool) -> Bool {
      guard let y = data.y[0][row], data.series.codes[row] >= 0,
        isText ? data.x[row] != .null : data.xNumbers[row] != nil
      else { return false }
      return !log || !(isLogUp && y <= 0 || isLogAcross && !isText && (data.xNumbers[row] ?? 0) <= 0)
    }
    let rows = (0..<data.table.count).filter { has($0, log: true) }
    self.rows = rows
    let gone = (0..<data.table.count).count { has($0, log: false) } - rows.count
    if gone > 0 {
      notes.append("\(counted(gone, "row")) not drawn: zero and less have no place on a logarithmic axis.")
    }
    dots = Dots(data, rows: rows)
    notes += dots.notes
    let values =
      rows.compactMap { data.y[0][$0] } + [data.low, data.high].flatMap { values in rows.compactMap { values?[$0] } }
    plane = Plane(
      across: Across(data, rows: rows, isStretched: true),
      up: Axis(values, showing: [data.chart.reference].compactMap { $0 }, scale: data.chart.yScale),
      reference: data.chart.reference)
  }
  var legend: [LegendEntry] { dots.legend }
  func height(of rows: [Int], width: Double, isPanel: Bool) -> Double { isPanel ? 170 : 380 }

  func draw(_ rows: [Int], in outer: Frame, isPanel: Bool, on canvas: inout Canvas) {
    let frame = plane.inner(outer, right: 14, isPanel: isPanel)
    let across = plane.across.within(frame)
    var up = plane.up
    (up.start, up.end) = (frame.bottom, frame.top)
    Plane(across: across, up: up, reference: plane.reference).drawGrid(in: frame, isPanel: isPanel, on: &canvas)
    if let x = data.schema(data.chart.x), !isPanel, x.kind != .date {
      canvas.text(
        capitalized(words(x.name)) + (x.unit.map { $0 == words(x.name) ? "" : ", \($0)" } ?? ""), frame.right,
        frame.bottom + 31, "faint", .end)
    }
    Marks(data, rows: rows)?.draw(in: frame, isPanel: isPanel, on: &canvas, place: across.place)
    var whiskers = Path()
    let points = rows.compactMap { row -> (row: Int, x: Double, y: Double)? in
      guard let x = across.middle(row).flatMap({ across.axis($0) }), let y = data.y[0][row].flatMap({ up($0) }) else {
        return nil
      }
      if let low = data.low?[row].flatMap({ up($0) }), let high = data.high?[row].flatMap({ up($0) }) {
        whiskers.move(x, low)
        whiskers.line(x, high)
      }
      return (row, x, y)
    }
    canvas.path(whiskers, "whisker")
    dots.draw(points, in: frame, scale: isPanel ? 0.6 : 1, on: &canvas)
  }
}

/// Dots with their area, colour, shape and names: of points and of maps.
struct Dots {
  private let data: ChartData
  private let colours: [Int: Int]
  private let largest: Double
  private(set) var notes: [String] = []
  private static let mostNames = 14

  init(_ data: ChartData, rows: [Int]) {
    self.data = data
    var counts = [Double](repeating: -.infinity, count: data.series.labels.count)
    for row in rows { counts[data.series.codes[row]] = max(0, counts[data.series.codes[row]]) + 1 }
    let top = data.series.top(ChartStyle.seriesCount, by: counts)
    colours = Dictionary(uniqueKeysWithValues: top.codes.enumerated().map { ($1, $0) })
    if top.left > 0 {
      notes.append(
        "The \(top.codes.count) most frequent of \(top.codes.count + top.left) series have a colour; the others are grey."
      )
    }
    largest = rows.compactMap { data.size?[$0] }.max() ?? 1
  }

  var legend: [LegendEntry] {
    guard data.hasSeries, data.series.labels.count > 1 else { return [] }
    return colours.sorted { $0.value < $1.value }
      .map { .dot(index: $0.value, style: "s\($0.value) f", data.series.labels[$0.key]) }
  }

  func radius(_ row: Int, scale: Double) -> Double {
    guard let size = data.size else { return 3.4 * scale }
    let share = max(0, size[row] ?? 0) / max(1e-300, largest)
    return max(1.6, 16 * share.squareRoot()) * scale
  }

  /// Draws them, the large below the small: a path for each colour and faintness.
  func draw(_ points: [(row: Int, x: Double, y: Double)], in frame: Frame, scale: Double, on canvas: inout Canvas) {
    let sorted = points.sorted { (radius($1.row, scale: scale), $0.row) < (radius($0.row, scale: scale), $1.row) }
    var paths: [Int: Path] = [:]
    for point in sorted {
      let colour = colours[data.series.codes[point.row]] ?? ChartStyle.seriesCount
      let faint = min(2, max(0, Int(data.precision?[point.row] ?? 1) - 1))
      paths[colour * 3 + faint, default: Path()].shape(
        colour == ChartStyle.seriesCount || data.size != nil ? 0 : colour, point.x, point.y,
        radius(point.row, scale: scale))
      canvas.read(point.row, at: point.x, point.y)
    }
    for key in paths.keys.sorted() {
      let style = key / 3 == ChartStyle.seriesCount ? "other" : "s\(key / 3)"
      canvas.path(paths[key] ?? Path(), "\(style) f dots\(["", " vague", " vaguer"][key % 3])")
    }
    let isSized = data.size != nil
    drawNames(
      isSized ? sorted : sorted.sorted { ($0.y, $0.row) < ($1.y, $1.row) }, in: frame, scale: scale, on: &canvas)
  }

  /// The names of the largest dots, or of the first, where they do not lie over each other.
  private func drawNames(
    _ points: [(row: Int, x: Double, y: Double)], in frame: Frame, scale: Double, on canvas: inout Canvas
  ) {
    var taken: [Frame] = []
    for point in points where taken.count < Self.mostNames {
      guard let label = data.label(point.row) else { continue }
      let text = cut(clean(label), to: 150, size: 11)
      let (long, gap) = (width(of: text, size: 11), radius(point.row, scale: scale) + 3)
      let isLeft = point.x + gap + long > frame.right + 8
      let left = isLeft ? point.x - gap - long : point.x + gap
      let box = Frame(left: left, top: point.y - 7, right: left + long, bottom: point.y + 7)
      guard left > frame.left - 4,
        !taken.contains(where: {
          $0.left < box.right && box.left < $0.right && $0.top < box.bottom && box.top < $0.bottom
        })
      else { continue }
      taken.append(box)
      canvas.text(text, isLeft ? point.x - gap : point.x + gap, point.y + 4, "halo small", isLeft ? .end : .start)
    }
  }
}
