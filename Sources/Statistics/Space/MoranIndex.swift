import Numerics

/// Units that lie beside each other: of each unit its neighbours, without itself.
public struct Neighbourhood: Sendable, Hashable {
  /// The neighbours of each unit.
  public let neighbours: [[Int]]
  /// Takes the neighbours of each unit.
  public init(_ neighbours: [[Int]]) { self.neighbours = neighbours }

  /// Cells of a grid that share a side (rook's case), of those that there are.
  /// - Parameter cells: column and row of each.
  public init(rook cells: [SIMD2<Int32>]) {
    var places: [SIMD2<Int32>: Int] = [:]
    for (place, cell) in cells.enumerated() { places[cell] = place }
    let steps: [SIMD2<Int32>] = [SIMD2(-1, 0), SIMD2(0, -1), SIMD2(0, 1), SIMD2(1, 0)]
    neighbours = cells.map { cell in steps.compactMap { places[cell &+ $0] } }
  }
}

/// Whether units beside each other are alike: Moran's I with weights that sum to one for each unit that has neighbours
/// (Moran 1950, Biometrika 37:17; moments by Cliff and Ord 1981, Spatial Processes, chapter 2).
public struct MoranIndex: Sendable, Hashable {
  /// The index: above its expectation where high lies beside high.
  public let index: Double
  /// What chance gives: -1/(n - 1).
  public let expected: Double
  /// Its variance where the values are normal, and where they are put in random order.
  public let normalVariance: Double, randomVariance: Double

  /// Measures values of units.
  /// - Returns: nil where there are fewer than four units, values are all equal, or no unit has a neighbour.
  public init?(_ values: [Double], _ neighbourhood: Neighbourhood) {
    let neighbours = neighbourhood.neighbours
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    guard values.count > 3, squares > 0, neighbours.contains(where: { !$0.isEmpty }) else { return nil }
    // Sums of the weights: all; of squares of both directions; of squares of rows and columns together.
    var (s0, cross, columns) = (0.0, 0.0, [Double](repeating: 0, count: values.count))
    for (unit, others) in neighbours.enumerated() where !others.isEmpty {
      let weight = 1 / Double(others.count)
      s0 += 1
      for other in others {
        cross += weight * (values[unit] - mean) * (values[other] - mean)
        columns[other] += weight
      }
    }
    var (s1, s2) = (0.0, 0.0)
    for (unit, others) in neighbours.enumerated() {
      let row = others.isEmpty ? 0.0 : 1.0
      s2 += (row + columns[unit]) * (row + columns[unit])
      for other in others {
        // The weight back, where the other has this unit as its neighbour.
        let (there, isMutual) = (1 / Double(others.count), neighbours[other].contains(unit))
        let back = isMutual ? 1 / Double(neighbours[other].count) : 0
        s1 += (there + back) * (there + back) * (isMutual ? 0.5 : 1)
      }
    }
    index = n / s0 * cross / squares
    expected = -1 / (n - 1)
    let square = expected * expected
    normalVariance = (n * n * s1 - n * s2 + 3 * s0 * s0) / ((n * n - 1) * s0 * s0) - square
    let fourth = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) * ($1 - mean) * ($1 - mean) }
    let kurtosis = n * fourth / (squares * squares)
    let top =
      n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0) - kurtosis * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)
    randomVariance = top / ((n - 1) * (n - 2) * (n - 3) * s0 * s0) - square
  }

  /// The index in standard errors, of values in random order; nil where these are none.
  public var z: Double? { randomVariance > 0 ? (index - expected) / randomVariance.squareRoot() : nil }

  /// How many of some permutations of the values have an index at least as high.
  /// - Parameter seed: of permutation 0; each has one of its own, so that they may be drawn in any order.
  public func exceedances(
    _ values: [Double], _ neighbourhood: Neighbourhood, seed: UInt64, permutations: Range<Int>
  ) -> Int {
    let mean = values.reduce(0, +) / Double(values.count)
    let differences = values.map { $0 - mean }
    func cross(_ order: [Int]) -> Double {
      var sum = 0.0
      for (unit, others) in neighbourhood.neighbours.enumerated() where !others.isEmpty {
        var own = 0.0
        for other in others { own += differences[order[other]] }
        sum += differences[order[unit]] * own / Double(others.count)
      }
      return sum
    }
    let observed = cross(Array(values.indices))
    return permutations.count { permutation in
      var generator = PermutationGenerator(seed: seed &+ UInt64(permutation))
      var order = Array(values.indices)
      generator.shuffle(&order)
      return cross(order) >= observed - 1e-12 * abs(observed)
    }
  }
}
