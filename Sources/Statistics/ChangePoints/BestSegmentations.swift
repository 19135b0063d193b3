/// The segmentations of least cost with 1, 2 and more changes, one after the other.
///
/// Auger and Lawrence 1989, Bull. Math. Biol. 51:39. Complexity: the square of the length for each.
struct BestSegmentations<Cost: SegmentCost> {
  private let series: Cost
  private let minimum: Int
  /// The least cost of the periods before each index with as many changes as were made.
  private var best: [Double]
  /// For each number of changes, where the last of them lies in the best segmentation before each index.
  private var last: [[Int]] = []

  init(of series: Cost, minimum: Int) {
    (self.series, self.minimum) = (series, minimum)
    best = (0...series.count).map { $0 >= minimum ? series.cost(0, $0) : .infinity }
  }

  /// The best segmentation with one change more; nil where segments of least length would not fit.
  mutating func next() -> [Int]? {
    let number = last.count + 1
    guard series.count >= (number + 1) * minimum else { return nil }
    var next = [Double](repeating: .infinity, count: series.count + 1)
    var from = [Int](repeating: 0, count: series.count + 1)
    for end in (number + 1) * minimum...series.count {
      for start in number * minimum...(end - minimum) {
        let value = best[start] + series.cost(start, end)
        if value < next[end] { (next[end], from[end]) = (value, start) }
      }
    }
    best = next
    last.append(from)
    var (changes, end) = ([Int](), series.count)
    for from in last.reversed() {
      end = from[end]
      changes.append(end)
    }
    return changes.reversed()
  }
}
