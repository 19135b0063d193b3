/// A chart as a statement of what to draw: which table, which columns on which axis.
///
/// Whoever draws it decides on colours, ticks and size; the analyzer says what the marks mean. What `x`, `y` and
/// `series` stand for depends on the kind.
public struct Chart: Sendable, Hashable {
  /// How it is drawn.
  public enum Kind: String, Sendable, CaseIterable {
    /// Lines of `y` over `x`, one for each value of `series`, with a band between the columns of `interval`.
    case line
    /// A bar of `y` for each value of `x`, beside each other for each value of `series`, with whiskers of `interval`.
    case bars
    /// Bars of `x` with a layer for each column of `y`, or, of one column, for each value of `series`.
    case stackedBars = "stacked-bars"
    /// A cell of `y` for each value of `x` (across) and `series` (down).
    case heatMap = "heat-map"
    /// A cell of `y` for each day of `x`, weeks across and weekdays down.
    case calendar
    /// A dot at each `x` and `y`, by `size` and `precision`; one colour for each value of `series`.
    case points
    /// The actors of `x` and `series` as nodes, an edge for each row, its colour and dash by the sign of `y`.
    case network
    /// A dot at each longitude `x` and latitude `y`, its area by `size`, fainter the higher its `precision` number.
    case map
    /// What happened or lasted, from the day `x` to the day of `interval`, in a lane for each value of `series`.
    case timeline
  }
  /// How values lie along an axis.
  public enum Scale: String, Sendable, CaseIterable {
    case linear
    /// Decades at equal distances; values of zero and less are left out and counted.
    case logarithmic
  }
  /// Rows of another table that are marked along the horizontal axis: dates of shifts, windows of ceasefires.
  public struct Marks: Sendable, Hashable {
    /// The table.
    public var table: String
    /// Its column with the place of the mark, of the kind of the chart's `x`.
    public var at: String
    /// Its columns of the interval around the mark, lower then upper; empty where there is none.
    public var interval: [String]
    /// Its column with the words beside the mark.
    public var label: String?
    /// Its columns, which the charted table has too, whose values must agree: a shift belongs to its own dyad alone.
    public var matching: [String]
    /// Makes marks.
    public init(
      _ table: String, at: String, interval: [String] = [], label: String? = nil, matching: [String] = []
    ) {
      self.table = table
      self.at = at
      self.interval = interval
      self.label = label
      self.matching = matching
    }
  }
  /// The name, in kebab case, unique in its analysis.
  public var name: String
  /// What it shows; with the unit.
  public var title: String
  /// How it is drawn.
  public var kind: Kind
  /// The table it draws.
  public var table: String
  /// The column along the horizontal axis.
  public var x: String
  /// The columns along the vertical axis: one, or one for each layer of a stack.
  public var y: [String]
  /// The columns that together tell lines, colours, lanes or rows apart.
  public var series: [String]
  /// The columns of the interval around `y`, lower then upper; of a timeline the last day.
  public var interval: [String]
  /// The columns that tell panels apart: small multiples, one for each combination of values.
  public var panels: [String]
  /// The column that decides the area of dots.
  public var size: String?
  /// The column of a map's geographic precision: 1 is exact.
  public var precision: String?
  /// The column with the words beside a bar, dot, edge or stretch of time.
  public var label: String?
  /// What is marked along the horizontal axis.
  public var marks: Marks?
  /// How values lie along the horizontal axis.
  public var xScale: Scale
  /// How values lie along the vertical axis.
  public var yScale: Scale
  /// A value of `y` that is drawn as a line of reference: 1 for ratios, 0 for scores.
  public var reference: Double?
  /// What a reader must know beside the title: "rates alone: the data have no cooperation".
  public var note: String?

  /// Makes a chart; one column of series may be named by itself.
  public init(
    _ name: String, _ title: String, kind: Kind, table: String, x: String, y: [String], series: String? = nil,
    interval: [String] = [], panels: [String] = [], size: String? = nil, precision: String? = nil,
    label: String? = nil, marks: Marks? = nil, xScale: Scale = .linear, yScale: Scale = .linear,
    reference: Double? = nil, note: String? = nil
  ) {
    self.init(
      name, title, kind: kind, table: table, x: x, y: y, series: series.map { [$0] } ?? [], interval: interval,
      panels: panels, size: size, precision: precision, label: label, marks: marks, xScale: xScale, yScale: yScale,
      reference: reference, note: note)
  }
  /// Makes a chart.
  public init(
    _ name: String, _ title: String, kind: Kind, table: String, x: String, y: [String], series: [String],
    interval: [String] = [], panels: [String] = [], size: String? = nil, precision: String? = nil,
    label: String? = nil, marks: Marks? = nil, xScale: Scale = .linear, yScale: Scale = .linear,
    reference: Double? = nil, note: String? = nil
  ) {
    self.name = name
    self.title = title
    self.kind = kind
    self.table = table
    self.x = x
    self.y = y
    self.series = series
    self.interval = interval
    self.panels = panels
    self.size = size
    self.precision = precision
    self.label = label
    self.marks = marks
    self.xScale = xScale
    self.yScale = yScale
    self.reference = reference
    self.note = note
  }

  /// The columns of its table that it names.
  public var columns: [String] {
    [x] + y + series + interval + panels + [size, precision, label].compactMap { $0 } + (marks?.matching ?? [])
  }
}
