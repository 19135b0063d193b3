import RealModule

/// The classes of shade of a heat map: from nothing to most, or from one pole over nothing to the other.
struct Shades {
  private let most: Double
  let hasPoles: Bool
  private let isCount: Bool

  init(_ values: some Sequence<Double>, isCount: Bool) {
    var (low, high) = (0.0, 0.0)
    for value in values { (low, high) = (min(low, value), max(high, value)) }
    hasPoles = low < 0
    most = max(-low, high)
    self.isCount = isCount
  }
  /// The style of a value; nil for nothing, where that is not the middle of two poles.
  func style(_ value: Double) -> String? {
    guard most > 0 else { return hasPoles ? "d3" : nil }
    if hasPoles { return "d\(min(6, max(0, Int((value / most * 3).rounded()) + 3)))" }
    guard value > 0 else { return nil }
    // By the square root, so that a single great value does not make all others pale.
    let share = (value / most).squareRoot()
    if isCount, most <= Double(ChartStyle.shadeCount) {
      return "q\(Int(value) - 1 + ChartStyle.shadeCount - Int(most))"
    }
    return "q\(min(ChartStyle.shadeCount - 1, Int(share * Double(ChartStyle.shadeCount))))"
  }
  var legend: LegendEntry {
    if hasPoles {
      return .shades((0..<7).map { "d\($0)" }, from: readable(-most), to: readable(most))
    }
    let count = isCount && most <= Double(ChartStyle.shadeCount) ? max(1, Int(most)) : ChartStyle.shadeCount
    let first = ChartStyle.shadeCount - count
    let from = isCount ? "1" : readable(most / 36)
    return .shades((first..<ChartStyle.shadeCount).map { "q\($0)" }, from: most > 0 ? from : "0", to: readable(most))
  }
}
