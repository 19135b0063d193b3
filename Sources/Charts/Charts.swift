public import HTMLText
public import Workbench

/// What stands below every chart, so that an image taken out of its page still says where it is from.
public struct ChartCredit: Sendable, Hashable {
  /// Where the data come from, with their release and the days they cover.
  public var source: String
  /// Makes a credit.
  public init(source: String) { self.source = source }
}

/// A chart as SVG, and what of its table is drawn where.
public struct DrawnChart: Sendable {
  /// The drawing for a page that has `ChartStyle`.
  public let svg: Markup
  /// What it shows, for those who do not see it.
  public let description: String
  /// The rows drawn and the points at which they can be read.
  public let places: [(row: Int, x: Double, y: Double)]
  /// How wide and how high it is, in pixels.
  public let size: (width: Double, height: Double)

  /// The drawing as a file of its own, which brings its style with it.
  public var file: String {
    let style: Markup = "<style>\(Markup(trusted: ChartStyle.sheet))</style>\n"
    guard let start = svg.text.firstRange(of: ">\n")?.upperBound else { return svg.text }
    return svg.text[..<start] + style.text + svg.text[start...]
  }
}

/// Draws a chart; never fails: of what cannot be drawn, the drawing says so.
///
/// - Parameters:
///   - id: a name that is unique in the page.
///   - boundaries: what lies beneath maps.
public func draw(
  _ chart: Chart, of result: AnalysisResult, id: String, credit: ChartCredit, boundaries: Boundaries? = nil
) -> DrawnChart {
  var sheet = Sheet(chart, id: id, credit: credit)
  guard let data = ChartData(chart, of: result) else {
    return sheet.empty("Nothing to draw: the table \(chart.table) lacks a column that the chart names.")
  }
  guard data.table.count > 0 else { return sheet.empty("Nothing to draw: there are no rows.") }
  let plot: any Plot =
    switch chart.kind {
    case .line: LinePlot(data)
    case .bars, .stackedBars: BarPlot(data)
    case .heatMap: HeatMapPlot(data)
    case .calendar: CalendarPlot(data)
    case .points: PointPlot(data)
    case .network: NetworkPlot(data)
    case .map: MapPlot(data, boundaries: boundaries, id: id)
    case .timeline: TimelinePlot(data)
    }
  return sheet.drawing(plot, data)
}

/// A way of drawing rows into a frame, with scales that are common to all panels.
protocol Plot {
  /// What colours and shapes stand for.
  var legend: [LegendEntry] { get }
  /// What a reader must know: what was left out, added up, or is hatched.
  var notes: [String] { get }
  /// The rows that have something to draw.
  var rows: [Int] { get }
  func height(of rows: [Int], width: Double, isPanel: Bool) -> Double
  func draw(_ rows: [Int], in frame: Frame, isPanel: Bool, on canvas: inout Canvas)
}

/// An entry of a legend.
enum LegendEntry {
  case line(style: String, String)
  case area(style: String, String)
  case dot(index: Int, style: String, String)
  /// Shades from the least to the most, each with its name at the ends.
  case shades([String], from: String, to: String)

  private var symbolWidth: Double {
    switch self {
    case .line: 26
    case .area, .dot: 16
    case .shades(let styles, let from, _): Double(styles.count) * 20 + Charts.width(of: from) + 12
    }
  }
  private var text: String {
    switch self {
    case .line(_, let text), .area(_, let text), .dot(_, _, let text), .shades(_, _, let text): text
    }
  }
  /// How wide it is, with the gap after it.
  var width: Double { symbolWidth + min(Charts.width(of: text), 220) + 18 }

  func draw(_ x: Double, _ y: Double, on canvas: inout Canvas) {
    switch self {
    case .line(let style, _): canvas.line(x, y - 4, x + 20, y - 4, style)
    case .area(let style, _):
      canvas.rectangle(Frame(left: x, top: y - 10, right: x + 11, bottom: y + 1), style)
    case .dot(let index, let style, _):
      var path = Path()
      path.shape(index, x + 5, y - 4, 4.5)
      canvas.path(path, style)
    case .shades(let styles, let from, _):
      canvas.text(from, x, y)
      var left = x + Charts.width(of: from) + 6
      for style in styles {
        canvas.rectangle(Frame(left: left, top: y - 10, right: left + 19, bottom: y + 1), style)
        left += 20
      }
    }
    canvas.text(text, x + symbolWidth, y, room: 220)
  }
}

extension Path {
  /// A circle, square, triangle, diamond, cross or turned triangle: a second cue beside colour.
  mutating func shape(_ index: Int, _ x: Double, _ y: Double, _ radius: Double) {
    let r = radius
    let corners: [(Double, Double)] =
      switch index % 6 {
      case 1: [(-r, -r), (r, -r), (r, r), (-r, r)]
      case 2: [(0, -1.25 * r), (1.2 * r, r), (-1.2 * r, r)]
      case 3: [(0, -1.3 * r), (1.3 * r, 0), (0, 1.3 * r), (-1.3 * r, 0)]
      case 4:
        [
          (-r, -0.35 * r), (-0.35 * r, -0.35 * r), (-0.35 * r, -r), (0.35 * r, -r), (0.35 * r, -0.35 * r),
          (r, -0.35 * r), (r, 0.35 * r), (0.35 * r, 0.35 * r), (0.35 * r, r), (-0.35 * r, r), (-0.35 * r, 0.35 * r),
          (-r, 0.35 * r),
        ]
      case 5: [(-1.2 * r, -r), (1.2 * r, -r), (0, 1.25 * r)]
      default: []
      }
    guard let first = corners.first else {
      circle(x, y, r)
      return
    }
    move(x + first.0, y + first.1)
    for corner in corners.dropFirst() { line(x + corner.0, y + corner.1) }
    close()
  }
}
