import Numerics

/// Of each unit whether it and its neighbours together have more than chance gives: Gi* with weights of 1 (Ord and Getis
/// 1995, Geographical Analysis 27:286).
public struct LocalConcentration: Sendable, Hashable {
  /// The statistic of each unit, in standard errors.
  public let z: [Double]
  /// The one-sided p-value of so high a one, by drawing as many units at random as a unit has with its neighbours.
  ///
  /// Counts are skewed: one unit that has most of all makes its neighbours' statistic far from normal.
  public let pValues: [Double]

  /// Measures values of units.
  /// - Returns: nil where there are fewer than five units, or values are all equal.
  public init?(_ values: [Double], _ neighbourhood: Neighbourhood, draws: Int = 99_999, seed: UInt64) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let deviation = max(0, values.reduce(0) { $0 + $1 * $1 } / n - mean * mean).squareRoot()
    guard values.count > 4, values.contains(where: { $0 != values[0] }), deviation > 0 else { return nil }
    let sums = neighbourhood.neighbours.enumerated().map { unit, others in
      others.reduce(values[unit]) { $0 + values[$1] }
    }
    let sizes = neighbourhood.neighbours.map { $0.count + 1 }
    z = zip(sums, sizes).map { sum, size in
      let k = Double(size)
      let spread = deviation * (k * (n - k) / (n - 1)).squareRoot()
      return spread > 0 ? (sum - k * mean) / spread : 0
    }
    var pValues = [Double](repeating: 1, count: values.count)
    for size in Set(sizes).sorted() where size < values.count {
      var generator = PermutationGenerator(seed: seed &+ UInt64(size))
      var order = Array(values.indices)
      var drawn = (0..<draws).map { _ in
        var sum = 0.0
        for place in 0..<size {
          order.swapAt(place, place + generator.below(order.count - place))
          sum += values[order[place]]
        }
        return sum
      }
      drawn.sort()
      for unit in sums.indices where sizes[unit] == size {
        let tolerance = 1e-9 * abs(sums[unit])
        let below = drawn.partition { $0 < sums[unit] - tolerance }
        pValues[unit] = Double(draws - below + 1) / Double(draws + 1)
      }
    }
    self.pValues = pValues
  }
}

extension [Double] {
  /// How many elements of a sorted array fulfil a condition that those before the first which does not all fulfil.
  fileprivate func partition(_ holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
