import EventModel
import Workbench

/// Where rows lie along x: days, numbers, or names at equal distances.
struct Across {
  enum Kind { case days(Calendar), numbers, names(Categories, order: [Int]) }
  let kind: Kind
  private(set) var axis: Axis
  private let positions: [Double]
  /// Where each code stands among the names; -1 where it is left out.
  private let slots: [Int]

  /// An axis for the values of x that are drawn.
  /// - Parameters:
  ///   - isStretched: each date stands for its whole period, as bars do.
  ///   - order: which names are drawn, and in which order; nil for all, in that of the table.
  init(_ data: ChartData, rows: [Int], isStretched: Bool, order: [Int]? = nil, extra: Int = 0) {
    positions = data.xNumbers.map { $0 ?? .nan }
    switch data.x.kind {
    case .date:
      let days = rows.compactMap { data.xNumbers[$0] }
      let calendar = Calendar(days)
      kind = .days(calendar)
      let ends = [days.min(), days.max()].compactMap { $0 }.map(calendar.slot)
      axis = Axis(
        ends.flatMap { isStretched || calendar.length != .day ? [$0.start, $0.end] : [$0.start] }, isTight: true)
      slots = []
    case .integer where order == nil, .real where order == nil:
      kind = .numbers
      let numbers = rows.compactMap { data.xNumbers[$0] }
      axis = Axis(numbers, scale: data.chart.xScale, isTight: !isStretched && data.chart.kind == .line)
      slots = []
    default:
      let names = Categories([data.x], rows: data.table.count)
      let used = Set(rows.map { names.codes[$0] })
      let order = order ?? names.labels.indices.filter { used.contains($0) }
      kind = .names(names, order: order)
      axis = Axis([-0.5, Double(order.count + extra) - 0.5], isTight: true)
      var slots = [Int](repeating: -1, count: names.labels.count)
      for (index, code) in order.enumerated() { slots[code] = index }
      self.slots = slots
    }
  }

  var isDays: Bool { if case .days = kind { true } else { false } }
  /// The stretch of a row on the axis; nil where it has none.
  func slot(_ row: Int) -> (start: Double, end: Double)? {
    switch kind {
    case .days(let calendar): positions[row].isFinite ? calendar.slot(positions[row]) : nil
    case .numbers: positions[row].isFinite ? (positions[row], positions[row]) : nil
    case .names(let names, _):
      names.codes[row] < 0 || slots[names.codes[row]] < 0
        ? nil : (Double(slots[names.codes[row]]) - 0.5, Double(slots[names.codes[row]]) + 0.5)
    }
  }
  /// The point of a row on the axis: the middle of its period, so that a mark at a first day stands between two points.
  func middle(_ row: Int) -> Double? {
    guard let slot = slot(row) else { return nil }
    if case .days(let calendar) = kind, calendar.length == .day { return slot.start }
    return (slot.start + slot.end) / 2
  }
  /// The place of a mark on the drawing.
  func place(_ value: Double, _ name: String?) -> Double? {
    guard case .names(let names, _) = kind else { return axis(value) }
    guard let name, let code = names.labels.firstIndex(of: name), slots[code] >= 0 else { return nil }
    return axis(Double(slots[code]))
  }
  /// The same axis, with room up to a later value.
  func reaching(_ end: Double) -> Across {
    var copy = self
    copy.axis = Axis([axis.low, end], isTight: true)
    return copy
  }
  func within(_ frame: Frame) -> Across {
    var copy = self
    (copy.axis.start, copy.axis.end) = (frame.left, frame.right)
    return copy
  }
}

/// The axes of a plane, drawn round a frame.
struct Plane {
  let across: Across
  var up: Axis
  let reference: Double?

  /// The room for the numbers at the left and the dates below.
  func inner(_ frame: Frame, right: Double = 8, isPanel: Bool) -> Frame {
    let widest = up.ticks(about: 5).map { width(of: $0.text) }.max() ?? 20
    return Frame(
      left: frame.left + min(widest + 8, 90), top: frame.top + 8, right: frame.right - right,
      bottom: frame.bottom - (isPanel ? 20 : 34))
  }

  func drawGrid(in frame: Frame, isPanel: Bool, on canvas: inout Canvas) {
    for tick in up.ticks(about: isPanel ? 3 : 5) {
      guard let y = up(tick.value) else { continue }
      canvas.line(frame.left, y, frame.right, y, tick.value == 0 ? "axis" : "grid")
      canvas.text(tick.text, frame.left - 6, y + 4, "faint", .end)
    }
    if let y = reference.flatMap({ up($0) }), reference != 0 {
      canvas.line(frame.left, y, frame.right, y, "axis")
      if !up.ticks(about: isPanel ? 3 : 5).contains(where: { $0.value == reference }) {
        canvas.text(readable(reference ?? 0), frame.right, y - 3, "faint small halo", .end)
      }
    }
    drawBottom(in: frame, isPanel: isPanel, on: &canvas)
  }

  private func drawBottom(in frame: Frame, isPanel: Bool, on canvas: inout Canvas) {
    canvas.line(frame.left, frame.bottom, frame.right, frame.bottom, "axis")
    var taken = -Double.infinity
    func tick(_ x: Double, _ text: String, below: String?, room: Double) {
      canvas.line(x, frame.bottom, x, frame.bottom + 4, "axis")
      let long = width(of: cut(text, to: room))
      let anchor: Canvas.Anchor = x + long / 2 > frame.right + 8 ? .end : .middle
      let at = anchor == .end ? frame.right + 8 : x
      // The last label, moved inward, may have no room left.
      guard anchor == .middle || at - long > taken + 4 else { return }
      taken = at + long / 2
      canvas.text(text, at, frame.bottom + 16, "faint", anchor, room: room)
      if let below { canvas.text(below, at, frame.bottom + 30, "faint", anchor) }
    }
    switch across.kind {
    case .days:
      for day in across.axis.dayTicks(isCompact: isPanel) {
        guard let x = across.axis(day.value) else { continue }
        tick(x, day.text, below: day.below, room: 100)
      }
    case .numbers:
      for number in across.axis.ticks(about: isPanel ? 4 : 8) {
        guard let x = across.axis(number.value), x >= frame.left - 1, x <= frame.right + 1 else { continue }
        tick(x, number.text, below: nil, room: 80)
      }
    case .names(let names, let order):
      let room = frame.width / Double(max(1, order.count))
      let every = max(1, Int((36 / room).rounded(.up)))
      for (index, code) in order.enumerated() where index % every == 0 {
        guard let x = across.axis(Double(index)) else { continue }
        tick(x, names.labels[code], below: nil, room: room * Double(every) - 6)
      }
    }
  }
}
