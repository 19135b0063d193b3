import EventModel
import RealModule
import Workbench

/// How values lie along a stretch of the drawing, with the ticks a newspaper would print.
struct Axis {
  struct Tick {
    var value: Double
    var text: String
    /// What stands below it: the year of a month.
    var below: String?
  }
  private(set) var low: Double
  private(set) var high: Double
  let isLogarithmic: Bool
  var start = 0.0, end = 1.0

  /// An axis for values, wide enough for all of them and for those it must show.
  init(
    _ values: some Sequence<Double>, showing extra: [Double] = [], scale: Chart.Scale = .linear, isTight: Bool = false
  ) {
    isLogarithmic = scale == .logarithmic
    var low = Double.infinity, high = -Double.infinity
    func take(_ value: Double) {
      guard value.isFinite, !(scale == .logarithmic && value <= 0) else { return }
      low = min(low, value)
      high = max(high, value)
    }
    for value in values { take(value) }
    for value in extra { take(value) }
    if low > high { (low, high) = isLogarithmic ? (1, 10) : (0, 1) }
    if isLogarithmic { (low, high) = (Double.log10(low), Double.log10(high)) }
    if low == high {
      (low, high) =
        low == 0 && !isLogarithmic ? (0, 1) : (low - max(0.5, abs(low) / 10), high + max(0.5, abs(high) / 10))
    }
    if !isTight, !isLogarithmic {
      // Zero is shown where it is not far; the ends are ticks.
      if low > 0, low < high / 2 { low = 0 }
      if high < 0, high > low / 2 { high = 0 }
      let step = niceStep((high - low) / 8)
      (low, high) = ((low / step).rounded(.down) * step, (high / step).rounded(.up) * step)
    } else if !isTight {
      (low, high) = (low - (high - low) * 0.04, high + (high - low) * 0.04)
    }
    (self.low, self.high) = (low, high)
  }

  /// The place of a value; nil where it has none on this axis.
  func callAsFunction(_ value: Double) -> Double? {
    guard value.isFinite, !(isLogarithmic && value <= 0) else { return nil }
    return start + ((isLogarithmic ? Double.log10(value) : value) - low) / (high - low) * (end - start)
  }

  /// Round numbers along the axis, about `count` of them.
  func ticks(about count: Int) -> [Tick] {
    guard !isLogarithmic else { return decades(about: count) }
    let step = niceStep((high - low) / Double(max(1, count)))
    let (first, last) = ((low / step - 1e-9).rounded(.up), (high / step + 1e-9).rounded(.down))
    guard last - first < 100, first <= last else { return [] }
    return stride(from: first, through: last, by: 1).map {
      let value = $0 == 0 ? 0 : $0 * step
      return Tick(value: value, text: tickText(value, step: step))
    }
  }
  private func decades(about count: Int) -> [Tick] {
    let (first, last) = (Int(low.rounded(.up)), Int(high.rounded(.down)))
    var exponents: [Double] = []
    let every = max(1, (last - first) / max(1, count) + 1)
    for exponent in stride(from: first, through: max(first, last), by: every) where Double(exponent) <= high {
      exponents.append(Double(exponent))
    }
    if high - low < 2 {
      for exponent in Int(low.rounded(.down))...Int(high.rounded(.up)) {
        for part in [Double.log10(2), Double.log10(5)] where low...high ~= Double(exponent) + part {
          exponents.append(Double(exponent) + part)
        }
      }
    }
    return exponents.sorted().map { exponent in
      let value = Double.exp10(exponent)
      return Tick(value: value, text: readable(value))
    }
  }

  /// Days along the axis at the starts of days, months or years, so far apart that their names have room.
  func dayTicks(isCompact: Bool) -> [Tick] {
    let pixels = abs(end - start) / max(1e-9, high - low)
    let (first, last) = (dayNumber(low), dayNumber(high))
    let choices: [(PeriodLength, Int, Double)] =
      [
        (.day, 1, 1), (.day, 7, 7), (.day, 14, 14), (.month, 1, 30.4), (.month, 3, 91.3), (.month, 6, 182.6),
      ] + [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000].map { (.year, $0, 365.2 * Double($0)) }
    let fit = choices.first { length, _, days in
      days * pixels >= (length == .year ? 38 : length == .day ? 48 : isCompact ? 64 : 34)
    }
    let (length, every, _) = fit ?? (.year, 5_000, 0)
    var ticks: [Tick] = []
    var year: Int?
    var index = length.index(of: first)
    let stop = length.index(of: last)
    let origin = length == .year ? 1970 : length == .day ? 3 : 0
    while index <= stop, ticks.count < 200 {
      defer { index += 1 }
      guard (Int(index) + origin) % every == 0 else { continue }
      let day = length.firstDay(ofIndex: index)
      guard day >= first, day <= last else { continue }
      let date = day.date
      var tick = Tick(value: Double(day.daysSinceEpoch), text: "\(date.year)")
      if length != .year {
        tick.text = length == .month ? monthNames[date.month - 1] : "\(date.day) \(monthNames[date.month - 1])"
        if isCompact { tick.text += " \(date.year)" } else if date.year != year { tick.below = "\(date.year)" }
      }
      year = date.year
      ticks.append(tick)
    }
    return ticks
  }
}

let monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

private func dayNumber(_ value: Double) -> Day { Day(daysSinceEpoch: Int32(min(max(value, -4e6), 4e6))) }

/// The least of 1, 2, 5, 10 … that is not less.
private func niceStep(_ step: Double) -> Double {
  guard step > 0, step.isFinite else { return 1 }
  let power = Double.exp10(Double.log10(step).rounded(.down))
  let part = step / power
  return (part <= 1.0001 ? 1 : part <= 2.0001 ? 2 : part <= 5.0001 ? 5 : 10) * power
}

/// The periods that dates stand for, as far as the dates tell.
struct Calendar {
  let length: PeriodLength
  init(_ days: [Double]) {
    let days = Set(days).map(dayNumber)
    length =
      [.year, .quarter, .month, .week].first { length in
        days.count > 1 && days.allSatisfy { length.firstDay(ofIndex: length.index(of: $0)) == $0 }
      } ?? .day
  }
  /// Where the period of a date begins and where the next one does.
  func slot(_ value: Double) -> (start: Double, end: Double) {
    let day = dayNumber(value)
    guard length != .day else { return (value, value + 1) }
    let index = length.index(of: day)
    return (
      Double(length.firstDay(ofIndex: index).daysSinceEpoch), Double(length.firstDay(ofIndex: index + 1).daysSinceEpoch)
    )
  }
  /// The name of the period that begins on a date.
  func name(_ value: Double) -> String {
    let day = dayNumber(value)
    return length == .week || length == .day ? day.description : Period(length, holding: day).description
  }
}
