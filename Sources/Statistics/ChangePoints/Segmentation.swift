/// A series cut into segments, each of its own level: where, and at what cost.
public struct Segmentation: Sendable, Hashable {
  /// The first index of each new segment, in rising order; none where the series is one segment.
  public var changePoints: [Int]
  /// The cost of the segments and the penalty of each change.
  public var cost: Double
  /// The cost of the series as one segment, less `cost`: how much the changes gain; 0 where there are none.
  public var gain: Double
}

/// The cost of any segment of a series, in constant time from running sums.
protocol SegmentCost {
  /// The length of the series.
  var count: Int { get }
  /// The cost of the values from `start` up to, not including, `end`.
  func cost(_ start: Int, _ end: Int) -> Double
  /// What two neighbouring segments may cost more than the one they make, negated: 0 where they never do.
  var pruningConstant: Double { get }
}

/// The cost of consecutive values of a series.
struct PartCost<Whole: SegmentCost>: SegmentCost {
  let whole: Whole
  let range: Range<Int>
  var count: Int { range.count }
  var pruningConstant: Double { whole.pruningConstant }
  func cost(_ start: Int, _ end: Int) -> Double {
    whole.cost(range.lowerBound + start, range.lowerBound + end)
  }
}

/// The segmentation of least penalised cost, exactly, by dynamic programming with pruning (PELT).
///
/// Killick, Fearnhead and Eckley 2012, JASA 107:1590. A start that can no longer be best is dropped only when a segment of
/// least length has passed since: until then, the split that beats it is not yet admissible. Of equal costs the smallest
/// start wins.
///
/// Complexity: linear where changes keep coming as the series grows, quadratic at worst.
/// - Parameter penalty: the cost of each change.
/// - Parameter minimum: the least length of a segment, at least 1.
func leastCost<Cost: SegmentCost>(_ series: Cost, penalty: Double, minimum: Int) -> Segmentation {
  let count = series.count
  let whole = count > 0 ? series.cost(0, count) : 0
  guard count >= 2 * minimum else { return Segmentation(changePoints: [], cost: whole, gain: 0) }
  var best = [Double](repeating: .infinity, count: count + 1)
  var previous = [Int](repeating: 0, count: count + 1)
  best[0] = -penalty
  var candidates: [Candidate] = []
  var values: [Double] = []
  var nextDrop = Int.max
  for end in minimum...count {
    let latest = end - minimum
    if latest == 0 || latest >= minimum {
      candidates.append(Candidate(start: latest, best: best[latest]))
      values.append(0)
    }
    if nextDrop <= end {
      candidates.removeAll { $0.drop <= end }
      values.removeLast(values.count - candidates.count)
      nextDrop = candidates.reduce(.max) { min($0, $1.drop) }
    }
    var (least, from) = (Double.infinity, 0)
    for place in candidates.indices {
      let candidate = candidates[place]
      let value = candidate.best + series.cost(candidate.start, end)
      values[place] = value
      if value < least { (least, from) = (value, candidate.start) }
    }
    best[end] = least + penalty
    previous[end] = from
    let limit = best[end] - series.pruningConstant
    for place in candidates.indices where values[place] >= limit && candidates[place].drop == .max {
      candidates[place].drop = end + minimum
      nextDrop = min(nextDrop, end + minimum)
    }
  }
  var changes: [Int] = []
  var end = count
  while previous[end] > 0 {
    end = previous[end]
    changes.append(end)
  }
  return Segmentation(changePoints: changes.reversed(), cost: best[count], gain: max(0, whole - best[count]))
}

/// Where the last segment may begin.
private struct Candidate {
  let start: Int
  /// The least penalised cost of what lies before.
  let best: Double
  /// The end from which on it can no longer be best.
  var drop = Int.max
}
