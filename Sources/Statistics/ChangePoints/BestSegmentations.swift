/// The segmentations of least cost with 1, 2 and more changes, one after the other.
///
/// Auger and Lawrence 1989, Bull. Math. Biol. 51:39. Complexity: linear for one change, then the square of the length for
/// each more.
struct BestSegmentations<Cost: SegmentCost> {
  private let series: Cost
  private let minimum: Int
  /// The least cost of the periods before each index, with one change less than was last asked for.
  private var best: [Double]
  /// For each number of changes, where the last of them lies in the best segmentation before each index.
  private var last: [[Int]] = []
  /// How many changes were last asked for.
  private var number = 0

  init(of series: Cost, minimum: Int) {
    (self.series, self.minimum) = (series, minimum)
    best = (0...series.count).map { $0 >= minimum ? series.cost(0, $0) : .infinity }
  }

  /// The best segmentation with one change more; nil where segments of least length would not fit.
  mutating func next() -> [Int]? {
    guard series.count >= (number + 2) * minimum else { return nil }
    if number > 0 { addChange() }
    number += 1
    var end = bestSplit(before: series.count, changes: number).place
    var changes = [end]
    for from in last.reversed() {
      end = from[end]
      changes.append(end)
    }
    return changes.reversed()
  }
  private func bestSplit(before end: Int, changes: Int) -> (place: Int, cost: Double) {
    var found = (place: 0, cost: Double.infinity)
    for start in changes * minimum...(end - minimum) {
      let value = best[start] + series.cost(start, end)
      if value < found.cost { found = (start, value) }
    }
    return found
  }
  private mutating func addChange() {
    var next = [Double](repeating: .infinity, count: series.count + 1)
    var from = [Int](repeating: 0, count: series.count + 1)
    for end in (number + 1) * minimum...series.count {
      (from[end], next[end]) = bestSplit(before: end, changes: number)
    }
    best = next
    last.append(from)
  }
}
