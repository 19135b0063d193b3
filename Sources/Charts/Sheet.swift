import HTMLText
import Workbench

/// The sheet a chart stands on: title, what is measured, legend, panels, notes and source.
struct Sheet {
  static let width = 760.0
  private static let margin = 12.0
  private static let mostPanels = 24
  private let chart: Chart
  private let id: String
  private let credit: ChartCredit
  private var canvas = Canvas()
  private var y = 12.0
  private var room: Double { Self.width - 2 * Self.margin }

  init(_ chart: Chart, id: String, credit: ChartCredit) {
    (self.chart, self.id, self.credit) = (chart, id, credit)
  }

  /// The chart of no data, which says why.
  mutating func empty(_ reason: String) -> DrawnChart {
    head(nil)
    y += 36
    canvas.text(reason, Self.width / 2, y, "faint", .middle, room: room)
    y += 30
    return foot(notes: [], summary: reason)
  }

  mutating func drawing(_ plot: any Plot, _ data: ChartData) -> DrawnChart {
    guard !plot.rows.isEmpty else {
      return empty("Nothing to draw: no row of \(counted(data.table.count, "row")) has all the values it takes.")
    }
    head(data)
    legend(plot.legend)
    var notes = plot.notes
    let groups = panels(of: plot.rows, data, &notes)
    if data.chart.panels.isEmpty {
      let height = plot.height(of: plot.rows, width: room, isPanel: false)
      plot.draw(plot.rows, in: frame(Self.margin, y, room, height), isPanel: false, on: &canvas)
      y += height
    } else {
      draw(groups, plot, data)
    }
    if let few = few(plot.rows, data) { notes.append(few) }
    return foot(notes: notes, summary: summary(plot, data, panels: groups.count))
  }

  private func frame(_ left: Double, _ top: Double, _ width: Double, _ height: Double) -> Frame {
    Frame(left: left, top: top, right: left + width, bottom: top + height)
  }

  /// Small multiples: a panel for each combination of values, all on the same scales.
  private mutating func draw(_ groups: [(name: String, rows: [Int])], _ plot: any Plot, _ data: ChartData) {
    let columns = [.network, .map, .calendar, .heatMap, .timeline].contains(chart.kind) ? 2 : groups.count < 5 ? 2 : 3
    let gap = 14.0
    let width = (room - gap * Double(columns - 1)) / Double(columns)
    for start in stride(from: 0, to: groups.count, by: columns) {
      let row = groups[start..<min(start + columns, groups.count)]
      let height = row.map { plot.height(of: $0.rows, width: width, isPanel: true) }.max() ?? 0
      for (index, group) in row.enumerated() {
        let left = Self.margin + Double(index) * (width + gap)
        canvas.text(group.name, left, y + 14, "head", room: width - 6, size: 13)
        plot.draw(group.rows, in: frame(left, y + 18, width, height), isPanel: true, on: &canvas)
      }
      y += height + 24
    }
  }

  /// The rows of each panel; of many, those with marks first, then those with most rows that differ from nothing.
  private func panels(of rows: [Int], _ data: ChartData, _ notes: inout [String]) -> [(name: String, rows: [Int])] {
    guard !chart.panels.isEmpty else { return [] }
    var members = [[Int]](repeating: [], count: data.panels.labels.count)
    for row in rows where data.panels.codes[row] >= 0 { members[data.panels.codes[row]].append(row) }
    let weights = members.map { rows -> Double in
      guard !rows.isEmpty else { return -.infinity }
      let marks = Double(Marks(data, rows: rows)?.count ?? 0)
      return marks * 1e9 + Double(rows.count { row in data.y.contains { ($0[row] ?? 0) != 0 } })
    }
    let (codes, left) = data.panels.top(Self.mostPanels, by: weights)
    if left > 0 {
      notes.append(
        "\(codes.count) of \(counted(codes.count + left, "panel")) drawn: those with most marks, then most values.")
    }
    return codes.map { (data.panels.labels[$0], members[$0]) }
  }

  private mutating func head(_ data: ChartData?) {
    // Its letters are bold: a tenth wider than others of 15 pixels.
    for line in lines(chart.title, room: room - 10, size: 16.5) {
      y += 19
      canvas.text(line, Self.margin, y, "title")
    }
    y += 3
    for line in lines(data.map(measure) ?? "", room: room) {
      y += 16
      canvas.text(line, Self.margin, y, "faint")
    }
    y += 10
  }

  /// What is measured, in which unit, and what interval is drawn.
  private func measure(_ data: ChartData) -> String {
    var parts: [String] = []
    if let first = data.schema(chart.y[0]), ![.timeline, .map].contains(chart.kind) {
      let meaning = chart.y.count == 1 ? first.meaning : chart.y.map(words).joined(separator: ", ")
      parts.append(capitalized(meaning) + (first.unit.map { meaning.contains($0) ? "" : ", in \($0)" } ?? "") + ".")
    }
    if chart.interval.count == 2, let low = data.schema(chart.interval[0]), let high = data.schema(chart.interval[1]) {
      parts.append("\(chart.kind == .line ? "Shaded" : "Whiskers"): \(low.meaning), to \(high.meaning).")
    }
    if let size = chart.size.flatMap({ data.schema($0) }) { parts.append("Area: \(size.meaning).") }
    if ![.calendar, .network, .map].contains(chart.kind), let marks = chart.marks, let table = data.result[marks.table],
      table.count > 0
    {
      let at = table.schema.columns.first { $0.name == marks.at }?.meaning ?? words(marks.at)
      parts.append("Dashed: \(at)" + (marks.interval.count == 2 ? ", shaded where it may lie." : "."))
    }
    if chart.yScale == .logarithmic { parts.append("Logarithmic scale.") }
    return parts.joined(separator: " ")
  }

  private mutating func legend(_ entries: [LegendEntry]) {
    guard !entries.isEmpty else { return }
    y += 14
    var x = Self.margin
    for entry in entries {
      if x > Self.margin, x + entry.width > Self.width {
        x = Self.margin
        y += 18
      }
      entry.draw(x, y, on: &canvas)
      x += entry.width
    }
    y += 12
  }

  /// A warning where there is too little to see a pattern in.
  private func few(_ rows: [Int], _ data: ChartData) -> String? {
    guard data.isCount, let unit = data.schema(chart.y[0])?.unit else {
      return rows.count < 5 && [.line, .points].contains(chart.kind)
        ? "Few data: \(counted(rows.count, "value"))." : nil
    }
    let total = data.y.reduce(0) { sum, column in rows.reduce(sum) { $0 + (column[$1] ?? 0) } }
    return total < 10 ? "Few data: \(readable(total)) \(unit) in all." : nil
  }

  private func summary(_ plot: any Plot, _ data: ChartData, panels: Int) -> String {
    var text = "\(capitalized(words(chart.kind.rawValue))) of \(counted(plot.rows.count, "row"))"
    if panels > 0 { text += " in \(counted(panels, "panel"))" }
    for (name, values) in zip(chart.y, data.y) {
      let drawn = plot.rows.compactMap { values[$0] }
      if let low = drawn.min(), let high = drawn.max(), chart.kind != .timeline {
        text += "; \(words(name)) from \(readable(low)) to \(readable(high))"
      }
    }
    if data.x.kind == .date {
      let days = plot.rows.compactMap { data.xNumbers[$0] }
      let calendar = Calendar(days)
      if let first = days.min(), let last = days.max() { text += "; \(calendar.name(first)) to \(calendar.name(last))" }
    }
    return text + "."
  }

  /// Notes and source, and the whole as one element.
  private mutating func foot(notes: [String], summary: String) -> DrawnChart {
    let notes = [chart.note].compactMap { $0 }.map(sentence) + notes
    y += 6
    for note in notes {
      for line in lines(note, room: room, size: 11.5) {
        y += 15
        canvas.text(line, Self.margin, y, "small")
      }
    }
    for line in lines(credit.source, room: room, size: 11, most: 4) where !credit.source.isEmpty {
      y += 15
      canvas.text(line, Self.margin, y, "faint small")
    }
    y += 12
    let description = ([summary] + notes).joined(separator: " ")
    let (width, name) = (Self.width, "\(id)-t \(id)-d")
    let svg: Markup = """
      <svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 \(width) \(y)" width="\(width)" height="\(y)" role="img" aria-labelledby="\(name)">
      <title id="\(id)-t">\(clean(chart.title))</title><desc id="\(id)-d">\(clean(description))</desc>
      <rect class="paper" width="\(width)" height="\(y)"/>
      \(canvas.markup)</svg>

      """
    return DrawnChart(
      svg: svg, description: clean(description), places: canvas.places.map { ($0.row, $0.x, $0.y) }, size: (width, y))
  }
}

/// A note as a sentence.
private func sentence(_ note: String) -> String {
  capitalized(note) + (note.last.map { ".!?".contains($0) } ?? true ? "" : ".")
}
