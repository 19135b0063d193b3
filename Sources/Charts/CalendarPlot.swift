import EventModel
import Workbench

/// A cell for each day: a block for each year, weeks across and weekdays down.
struct CalendarPlot: Plot {
  private static let mostYears = 20
  private let data: ChartData
  private let tallies: [Int: Tally]
  private let shades: Shades
  private(set) var notes: [String] = []
  private(set) var rows: [Int]

  init(_ data: ChartData) {
    self.data = data
    rows =
      data.x.kind == .date ? (0..<data.table.count).filter { data.xNumbers[$0] != nil && data.y[0][$0] != nil } : []
    let years = Set(rows.map { Self.year(data.xNumbers[$0] ?? 0) }).sorted()
    if years.count > Self.mostYears {
      let kept = Set(years.suffix(Self.mostYears))
      rows = rows.filter { kept.contains(Self.year(data.xNumbers[$0] ?? 0)) }
      notes.append("The last \(Self.mostYears) of \(years.count) years are drawn.")
    }
    var tallies: [Int: Tally] = [:]
    for row in rows { tallies[Int(data.xNumbers[row] ?? 0), default: Tally()].add(data.y[0][row] ?? 0, row: row) }
    self.tallies = tallies
    let isCount = data.isCount
    shades = Shades(tallies.values.compactMap { $0.value(isCount: isCount) }, isCount: isCount)
    notes.append("Blank: none, or no data.")
  }
  private static func year(_ day: Double) -> Int { Day(daysSinceEpoch: Int32(day)).date.year }
  private func years(_ rows: [Int]) -> [Int] { Set(rows.map { Self.year(data.xNumbers[$0] ?? 0) }).sorted() }

  var legend: [LegendEntry] { [shades.legend] }
  private func cell(_ width: Double) -> Double { min(13, (width - 72) / 54) }
  func height(of rows: [Int], width: Double, isPanel: Bool) -> Double {
    Double(years(rows).count) * (cell(width) * 7 + 14) + 18
  }

  func draw(_ rows: [Int], in frame: Frame, isPanel: Bool, on canvas: inout Canvas) {
    let size = cell(frame.width)
    var paths: [String: Path] = [:]
    let isWhole = data.chart.panels.isEmpty
    for (index, year) in years(rows).enumerated() {
      let top = frame.top + 18 + Double(index) * (size * 7 + 14)
      let left = frame.left + 72
      canvas.text("\(year)", frame.left, top + 11, "head")
      if !isPanel {
        for (row, name) in [(0, "Mon"), (4, "Fri")] {
          canvas.text(name, left - 4, top + (Double(row) + 0.8) * size, "faint small", .end)
        }
      }
      guard let first = Day(year: year, month: 1, day: 1), let last = Day(year: year, month: 12, day: 31) else {
        continue
      }
      func corner(_ day: Day) -> (x: Double, y: Double) {
        let week = (first.days(until: day) + first.weekday - 1) / 7
        return (left + Double(week) * size, top + Double(day.weekday - 1) * size)
      }
      for month in 1...12 {
        guard let day = Day(year: year, month: month, day: 1) else { continue }
        if index == 0, !isPanel || month % 3 == 1 {
          canvas.text(monthNames[month - 1], corner(day).x + size, frame.top + 12, "faint small")
        }
      }
      var days = Path()
      for start in stride(from: 1 - first.weekday, through: first.days(until: last), by: 7) {
        let (top, bottom) = (
          corner(first.adding(days: max(0, start))), corner(min(last, first.adding(days: start + 6)))
        )
        days.rectangle(top.x, top.y, top.x + size - 1, bottom.y + size - 1)
      }
      canvas.path(days, "zero")
      let tallies = isWhole ? self.tallies : local(rows)
      for day in tallies.keys.sorted() where first.daysSinceEpoch <= day && day <= last.daysSinceEpoch {
        guard let tally = tallies[day], let value = tally.value(isCount: data.isCount),
          let style = shades.style(value)
        else { continue }
        let (x, y) = corner(Day(daysSinceEpoch: Int32(day)))
        paths[style, default: Path()].rectangle(x, y, x + size - 1, y + size - 1)
        canvas.read(tally.row, at: x + size / 2, y + size / 2)
      }
    }
    for style in paths.keys.sorted() { canvas.path(paths[style] ?? Path(), style) }
  }
  private func local(_ rows: [Int]) -> [Int: Tally] {
    rows.reduce(into: [:]) { $0[Int(data.xNumbers[$1] ?? 0), default: Tally()].add(data.y[0][$1] ?? 0, row: $1) }
  }
}
