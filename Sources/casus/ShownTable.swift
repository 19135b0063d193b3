import Engine
import EventModel
import JSONText
import Workbench

extension ResultTable {
  /// The first rows, fitted to the terminal: columns that do not fit are named below.
  func fitted(rows: Int, to terminal: Terminal) -> String {
    let shown = 0..<min(rows, count)
    var fitting: [Int] = []
    var width = 0
    for (index, column) in columns.enumerated() {
      let cells = shown.map { cell(column[$0]) } + [schema.columns[index].name]
      let needed = (cells.map(displayWidth).max() ?? 0) + 2
      guard width + needed <= terminal.width + 2 || fitting.isEmpty else { break }
      fitting.append(index)
      width += needed
    }
    var table = TextTable(
      fitting.map { schema.columns[$0].name },
      fitting.map { [.integer, .real].contains(schema.columns[$0].kind) ? .right : .left })
    for row in shown { table.add(fitting.map { cell(columns[$0][row]) }) }
    let title = wrapped("\(schema.name)  \(schema.summary)", to: terminal.width)
    var text = terminal.bold(schema.name) + title.joined(separator: "\n").dropFirst(schema.name.count) + "\n"
    text += table.text(width: terminal.width, bold: terminal.bold)
    let hidden = schema.columns.dropFirst(fitting.count).map(\.name)
    if !hidden.isEmpty {
      for line in wrapped("not shown: \(hidden.joined(separator: ", "))", to: terminal.width - 2) {
        text += terminal.faint("  " + line) + "\n"
      }
    }
    if count > rows { text += terminal.faint("  \(grouped(count - rows)) more rows: --rows") + "\n" }
    return text
  }

  /// All rows and columns, a tab between values and none within; as exact as CSV.
  func plain(named: Bool) -> String {
    var text = named ? "# \(schema.name)\n" : ""
    text += schema.columns.map(\.name).joined(separator: "\t") + "\n"
    for row in 0..<count {
      let cells = columns.map { column -> String in
        switch column[row] {
        case .null: ""
        case .string(let text): DiagnosticRenderer.visible(text)
        case let value: value.compact
        }
      }
      text += cells.joined(separator: "\t") + "\n"
    }
    return text
  }
}

extension AnalysisResult {
  /// How many lines are drawn; more would hide the table they stand under.
  private static let mostLines = 12

  /// A small line for each series of a table that a chart draws over time; nothing where none does.
  func sparklines(of table: ResultTable, to terminal: Terminal) -> String {
    guard
      let chart = charts.first(where: { chart in
        [.line, .bars, .stackedBars].contains(chart.kind) && chart.table == table.schema.name
          && table[chart.x]?.kind == .date
      }), let times = table[chart.x], let name = chart.y.first, let values = table[name]
    else { return "" }
    let keys = (chart.panels + chart.series).compactMap { table[$0] }
    var order: [String] = []
    var rows: [String: [Int]] = [:]
    for row in 0..<table.count {
      let label = keys.map { cell($0[row]) }.joined(separator: ", ")
      if rows[label, default: []].isEmpty { order.append(label) }
      rows[label, default: []].append(row)
    }
    let lines = order.filter { (rows[$0]?.count ?? 0) > 2 }
    guard !lines.isEmpty else { return "" }
    var drawn = TextTable(["", "", ""])
    for label in lines.prefix(Self.mostLines) {
      let rows = (rows[label] ?? []).sorted { (times[$0].text ?? "") < (times[$1].text ?? "") }
      let room = max(8, min(60, terminal.width - 50))
      let line = Sparkline(rows.map { values[$0].number }, width: room)
      drawn.add([label.isEmpty ? name : label, line.text, line.range])
    }
    let first = cell(times[rows[lines[0], default: []].first ?? 0])
    let last = cell(times[rows[lines[0], default: []].last ?? 0])
    var text = "\n" + terminal.bold(name) + "  \(first) to \(last)\n" + drawn.text(width: terminal.width)
    if lines.count > Self.mostLines {
      text += terminal.faint("  \(grouped(lines.count - Self.mostLines)) more series") + "\n"
    }
    return text
  }
}

/// Values in a row as blocks of eight heights, from the smallest to the largest; a gap where there is none.
struct Sparkline {
  /// The blocks.
  let text: String
  /// The smallest and the largest value.
  let range: String
  private static let blocks = Array("▁▂▃▄▅▆▇█")

  /// Draws values; of more than fit, those that fall on one place are averaged.
  init(_ values: [Double?], width: Int) {
    let places = min(width, values.count)
    let drawn = (0..<places).map { place -> Double? in
      let part = values[place * values.count / places..<(place + 1) * values.count / places].compactMap { $0 }
      return part.isEmpty ? nil : part.reduce(0, +) / Double(part.count)
    }
    let known = drawn.compactMap { $0 }
    guard let low = known.min(), let high = known.max() else {
      (text, range) = (String(repeating: " ", count: places), "no values")
      return
    }
    let top = Double(Self.blocks.count - 1)
    text = String(
      drawn.map { value in
        value.map { Self.blocks[high > low ? Int((($0 - low) / (high - low) * top).rounded()) : 0] } ?? " "
      })
    let all = values.compactMap { $0 }
    range = "\(fourDigits(all.min() ?? low)) to \(fourDigits(all.max() ?? high))"
  }
}

/// A value as a cell: real numbers with four significant digits.
func cell(_ value: JSONValue) -> String {
  switch value {
  case .null: ""
  case .string(let text): text
  case .number(let number): fourDigits(number)
  case .boolean(let truth): truth ? "yes" : "no"
  default: value.compact
  }
}

/// A number with four significant digits.
func fourDigits(_ number: Double) -> String {
  guard number != 0 else { return "0" }
  let text = JSONValue.number(number).compact
  guard text.utf8.count > 6 else { return text }
  var scale = 1.0
  while abs(number) * scale < 1000, scale < 1e12 { scale *= 10 }
  return JSONValue.number((number * scale).rounded() / scale).compact
}
