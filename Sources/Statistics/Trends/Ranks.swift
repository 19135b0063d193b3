/// The rank of each value from 1, equal ones sharing the mean of theirs.
public func averageRanks(_ values: [Double]) -> [Double] {
  let order = values.indices.sorted { values[$0] < values[$1] }
  var ranks = [Double](repeating: 0, count: values.count)
  var start = 0
  while start < order.count {
    var end = start + 1
    while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
    for place in start..<end { ranks[order[place]] = Double(start + 1 + end) / 2 }
    start = end
  }
  return ranks
}

/// The number of distinct values below each value.
func denseRanks(_ values: [Double]) -> [Int] {
  let order = values.indices.sorted { values[$0] < values[$1] }
  var ranks = [Int](repeating: 0, count: values.count)
  var rank = 0
  for (place, index) in order.enumerated() {
    if place > 0, values[index] != values[order[place - 1]] { rank += 1 }
    ranks[index] = rank
  }
  return ranks
}
