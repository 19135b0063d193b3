import Workbench

/// The rows of another table that are marked along x, those that belong to the rows drawn.
struct Marks {
  struct Mark {
    var at: Double, low: Double?, high: Double?
    var label: String?
  }
  let marks: [Mark]
  /// Which marks lie at which name, where x is text.
  let names: [String?]
  var count: Int { marks.count }
  private static let most = 60

  /// The marks of some rows; nil where the chart has none at all.
  init?(_ data: ChartData, rows: [Int]) {
    guard let wanted = data.chart.marks, let table = data.result[wanted.table], let at = table[wanted.at] else {
      return nil
    }
    let own = wanted.matching.compactMap { data.table[$0] }
    let theirs = wanted.matching.compactMap { table[$0] }
    guard own.count == wanted.matching.count, theirs.count == own.count else { return nil }
    let keys = own.isEmpty ? [] : Set(rows.map { row in own.map { $0[row] } })
    let numbers = at.numbers
    let interval = wanted.interval.count == 2 ? wanted.interval.compactMap { table[$0]?.numbers } : []
    let labels = wanted.label.flatMap { table[$0] }
    // A number alone would not say what it is.
    let meaning = labels.map { $0.kind == .text ? "" : words(wanted.label ?? "") + " " } ?? ""
    var marks: [Mark] = []
    var names: [String?] = []
    for row in 0..<table.count where own.isEmpty || keys.contains(theirs.map { $0[row] }) {
      let name = at.kind == .text ? at[row].shown : nil
      guard name != nil || numbers[row] != nil else { continue }
      let range = interval.count == 2 ? (interval[0][row], interval[1][row]) : (nil, nil)
      marks.append(
        Mark(at: numbers[row] ?? 0, low: range.0, high: range.1, label: labels?[row].shown.map { meaning + $0 }))
      names.append(name)
    }
    self.marks = marks
    self.names = names
  }

  /// Draws them behind what is drawn over them.
  func draw(in frame: Frame, isPanel: Bool, on canvas: inout Canvas, place: (Double, String?) -> Double?) {
    var lines = Path()
    var ends: [Double] = [-.infinity, -.infinity, -.infinity]
    let drawn = zip(marks, names).prefix(Self.most).compactMap { mark, name in
      place(mark.at, name).flatMap { frame.left - 0.5...frame.right + 0.5 ~= $0 ? (mark, $0) : nil }
    }
    for (mark, x) in drawn {
      if let low = mark.low.flatMap({ place($0, nil) }), let high = mark.high.flatMap({ place($0, nil) }) {
        let (left, right) = (max(frame.left, min(low, high)), min(frame.right, max(low, high)))
        if right > left {
          canvas.rectangle(Frame(left: left, top: frame.top, right: right, bottom: frame.bottom), "span")
        }
      }
      lines.move(x, frame.top)
      lines.line(x, frame.bottom)
      guard let label = mark.label, !isPanel || marks.count <= 3 else { continue }
      let text = cut(clean(label), to: isPanel ? 110 : 200, size: 11)
      let long = width(of: text, size: 11)
      let isLeft = x + long + 4 > frame.right
      let start = isLeft ? x - 4 - long : x + 4
      // No line is drawn through a label.
      guard start >= frame.left, !drawn.contains(where: { start - 2...start + long + 2 ~= $0.1 }),
        let level = ends.firstIndex(where: { start > $0 + 4 })
      else { continue }
      ends[level] = start + long
      canvas.text(
        text, isLeft ? x - 4 : x + 4, frame.top + 10 + Double(level) * 12, "halo small", isLeft ? .end : .start)
    }
    canvas.path(lines, "mark")
  }
}
