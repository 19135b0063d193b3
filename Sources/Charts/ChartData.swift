import EventModel
import JSONText
import Workbench

/// Rows told apart by the values of a column, or of several together.
struct Categories {
  /// For each row the place of its name in `labels`; -1 where it has none.
  var codes: [Int]
  var labels: [String]

  /// Names joined: the actors of a dyad.
  init(_ columns: [ResultColumn], rows: Int, joint: String = " – ") {
    guard let first = columns.first else {
      self.init(codes: [Int](repeating: 0, count: rows), labels: rows > 0 ? [""] : [])
      return
    }
    self.init(first)
    for column in columns.dropFirst() { self = joined(with: Categories(column), by: joint) }
  }
  init(codes: [Int], labels: [String]) { (self.codes, self.labels) = (codes, labels) }

  private init(_ column: ResultColumn) {
    if case .text(let text) = column {
      codes = text.codes.values.indices.map { text.codes[$0].map(Int.init) ?? -1 }
      labels = text.labels
      return
    }
    let numbers = column.numbers
    let distinct = Set(numbers.compactMap { $0 }).sorted()
    let index = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
    codes = numbers.map { $0.flatMap { index[$0] } ?? -1 }
    let calendar = Calendar(column.kind == .date ? distinct : [])
    labels = distinct.map { value in
      switch column.kind {
      case .date: calendar.name(value)
      case .boolean: value != 0 ? "yes" : "no"
      default: readable(value)
      }
    }
  }

  private func joined(with other: Categories, by joint: String) -> Categories {
    var index: [Int: Int] = [:]
    var labels: [String] = []
    let merged = codes.indices.map { row -> Int in
      guard codes[row] >= 0, other.codes[row] >= 0 else { return -1 }
      let both = codes[row] * (other.labels.count + 1) + other.codes[row]
      if let code = index[both] { return code }
      index[both] = labels.count
      labels.append("\(self.labels[codes[row]])\(joint)\(other.labels[other.codes[row]])")
      return labels.count - 1
    }
    return Categories(codes: merged, labels: labels)
  }

  /// The codes with the greatest weights, at most so many, in the order of the labels; and how many are left out.
  func top(_ most: Int, by weight: [Double]) -> (codes: [Int], left: Int) {
    let used = labels.indices.filter { weight[$0] > -.infinity }
    guard used.count > most else { return (used, 0) }
    let best = used.sorted { weight[$0] != weight[$1] ? weight[$0] > weight[$1] : $0 < $1 }.prefix(most)
    return (best.sorted(), used.count - most)
  }
}

extension ResultColumn {
  /// Its values as numbers: days since 1970 of dates, 0 and 1 of truth values; none of texts, nor of what is beyond 10^15.
  var numbers: [Double?] {
    switch self {
    case .text(let column): [Double?](repeating: nil, count: column.count)
    case .integers(let column): column.values.indices.map { column[$0].map(Double.init).flatMap(drawable) }
    case .reals(let column): column.values.indices.map { column[$0].flatMap(drawable) }
    case .dates(let column): column.values.indices.map { column[$0].map { Double($0.daysSinceEpoch) } }
    case .booleans(let column): column.values.indices.map { column[$0].map { $0 == 0 ? 0 : 1 } }
    }
  }
}
private func drawable(_ value: Double) -> Double? { abs(value) <= 1e15 ? value : nil }

/// A chart with the columns that it draws.
struct ChartData {
  let chart: Chart
  let table: ResultTable
  let result: AnalysisResult
  let x: ResultColumn
  let xNumbers: [Double?]
  let y: [[Double?]]
  let low: [Double?]?
  let high: [Double?]?
  let series: Categories
  let panels: Categories
  let size: [Double?]?
  let precision: [Double?]?
  /// Whether each panel has one series, so that colours need not tell series apart.
  let isOneEach: Bool

  /// The columns of a chart; nil where its table or one of them is not there.
  init?(_ chart: Chart, of result: AnalysisResult) {
    guard let table = result[chart.table], let x = table[chart.x],
      chart.columns.allSatisfy({ table[$0] != nil }), !chart.y.isEmpty
    else { return nil }
    (self.chart, self.table, self.result, self.x) = (chart, table, result, x)
    func numbers(_ name: String?) -> [Double?]? { name.flatMap { table[$0]?.numbers } }
    xNumbers = x.numbers
    y = chart.y.compactMap { numbers($0) }
    let isSpan = chart.kind == .timeline
    low = isSpan || chart.interval.count < 2 ? nil : numbers(chart.interval[0])
    high = isSpan ? numbers(chart.interval.first) : chart.interval.count < 2 ? nil : numbers(chart.interval[1])
    series = Categories(chart.series.compactMap { table[$0] }, rows: table.count)
    panels = Categories(chart.panels.compactMap { table[$0] }, rows: table.count)
    size = numbers(chart.size)
    precision = numbers(chart.precision)
    var only = [Int?](repeating: nil, count: panels.labels.count)
    var isOne = !chart.panels.isEmpty && !chart.series.isEmpty
    for (panel, code) in zip(panels.codes, series.codes) where isOne && panel >= 0 && code >= 0 {
      isOne = (only[panel] ?? code) == code
      only[panel] = code
    }
    isOneEach = isOne
  }

  var hasSeries: Bool { !chart.series.isEmpty }
  func schema(_ column: String) -> ColumnSchema? { table.schema.columns.first { $0.name == column } }
  /// Whether values of y may be added up: whole numbers of something.
  var isCount: Bool { chart.y.allSatisfy { schema($0)?.kind == .integer } }
  /// The words of a row beside its mark; a whole number of nothing, such as a year, is a name.
  func label(_ row: Int) -> String? {
    guard let column = chart.label, let value = table[column]?[row] else { return nil }
    if case .integer(let number) = value, schema(column)?.unit == nil { return String(number) }
    return value.shown
  }
  /// What a y column is called in a legend.
  func name(ofY index: Int) -> String { capitalized(words(chart.y[index])) }
}

extension JSONValue {
  /// A value of a table as a person reads it; nil where there is none.
  var shown: String? {
    switch self {
    case .null: nil
    case .string(let text): text
    case .boolean(let value): value ? "yes" : "no"
    case .integer(let value): readable(value)
    default: number.map { readable($0) }
    }
  }
}

/// Values that fall on the same place are added up where they are counts, else averaged.
struct Tally {
  private(set) var sum = 0.0
  private(set) var count = 0
  private(set) var row = -1
  mutating func add(_ value: Double, row: Int) {
    sum += value
    count += 1
    if self.row < 0 { self.row = row }
  }
  func value(isCount: Bool) -> Double? { count == 0 ? nil : isCount ? sum : sum / Double(count) }
}
