import Numerics

extension SignedGraph {
  /// How balanced the closed walks of a network are: the trace of exp(A) over that of exp(|A|), where A has 1 for a
  /// positive edge and -1 for a negative one (Estrada 2019, Discrete Applied Mathematics 268:70).
  ///
  /// 1 where every cycle is balanced; longer walks count for less. Unlike the triangle index it sees cycles of any
  /// length.
  /// - Returns: nil where there is no edge.
  /// - Complexity: the cube of the number of nodes.
  public var walkIndex: Double? {
    guard !edges.isEmpty else { return nil }
    var signed = [Double](repeating: 0, count: nodeCount * nodeCount)
    for edge in edges {
      let value: Double = edge.isNegative ? -1 : 1
      signed[edge.first * nodeCount + edge.second] = value
      signed[edge.second * nodeCount + edge.first] = value
    }
    guard let above = symmetricEigenvalues(signed, order: nodeCount),
      let below = symmetricEigenvalues(signed.map(abs), order: nodeCount), let largest = below.last
    else { return nil }
    // Both sums are divided by the exponential of the largest value, which no other exceeds.
    func trace(_ values: [Double]) -> Double { values.reduce(0) { $0 + Double.exp($1 - largest) } }
    return trace(above) / trace(below)
  }
}

/// The eigenvalues of a symmetric matrix, rising.
///
/// Householder's reduction to three diagonals, then the implicit QL algorithm (Golub and Van Loan 2013, Matrix
/// Computations, 8.3; Dubrulle, Martin and Wilkinson 1968, Numerische Mathematik 12:377).
/// - Parameter matrix: its rows, one after another; only the lower triangle is read.
/// - Returns: nil where a value is not finite, or the iteration does not end.
/// - Complexity: the cube of the order.
func symmetricEigenvalues(_ matrix: [Double], order: Int) -> [Double]? {
  precondition(matrix.count == order * order, "the matrix has \(order) rows and columns")
  guard matrix.allSatisfy(\.isFinite) else { return nil }
  var (diagonal, beside) = threeDiagonals(of: matrix, order: order)
  for start in 0..<order {
    var rounds = 0
    while true {
      // The first place at which the matrix falls apart.
      var end = start
      while end < order - 1 {
        let size = abs(diagonal[end]) + abs(diagonal[end + 1])
        if abs(beside[end]) <= Double.ulpOfOne * size { break }
        end += 1
      }
      guard end > start else { break }
      rounds += 1
      guard rounds <= 60 else { return nil }
      turn(&diagonal, &beside, start, end)
    }
  }
  return diagonal.sorted()
}

/// One step of the implicit QL algorithm, with Wilkinson's shift, on the rows from `start` to `end`.
private func turn(_ diagonal: inout [Double], _ beside: inout [Double], _ start: Int, _ end: Int) {
  let half = (diagonal[start + 1] - diagonal[start]) / (2 * beside[start])
  let root = Double.hypot(half, 1)
  var g = diagonal[end] - diagonal[start] + beside[start] / (half + (half < 0 ? -root : root))
  var (sine, cosine, shift) = (1.0, 1.0, 0.0)
  for row in stride(from: end - 1, through: start, by: -1) {
    let f = sine * beside[row]
    let b = cosine * beside[row]
    let length = Double.hypot(f, g)
    beside[row + 1] = length
    guard length != 0 else {
      diagonal[row + 1] -= shift
      beside[end] = 0
      return
    }
    (sine, cosine) = (f / length, g / length)
    g = diagonal[row + 1] - shift
    let turned = (diagonal[row] - g) * sine + 2 * cosine * b
    shift = sine * turned
    diagonal[row + 1] = g + shift
    g = cosine * turned - b
  }
  diagonal[start] -= shift
  beside[start] = g
  beside[end] = 0
}

/// A symmetric matrix with the same eigenvalues that has nothing but its diagonal and what stands beside it.
private func threeDiagonals(of matrix: [Double], order n: Int) -> (diagonal: [Double], beside: [Double]) {
  var a = matrix
  var beside = [Double](repeating: 0, count: max(n, 1))
  for column in 0..<max(0, n - 2) {
    let rows = (column + 1)..<n
    let length = rows.reduce(0) { $0 + a[$1 * n + column] * a[$1 * n + column] }.squareRoot()
    let head = a[(column + 1) * n + column]
    let target = head > 0 ? -length : length
    beside[column] = target
    // The mirror: a unit vector that takes the column to a multiple of the first axis.
    var mirror = rows.map { a[$0 * n + column] }
    mirror[0] -= target
    let size = mirror.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard size > 0 else { continue }
    for index in mirror.indices { mirror[index] /= size }
    var image = rows.map { row in
      var sum = 0.0
      for other in rows { sum += a[max(row, other) * n + min(row, other)] * mirror[other - column - 1] }
      return sum
    }
    let along = zip(image, mirror).reduce(0) { $0 + $1.0 * $1.1 }
    for index in image.indices { image[index] -= along * mirror[index] }
    for row in rows {
      let (m, p) = (2 * mirror[row - column - 1], 2 * image[row - column - 1])
      for other in (column + 1)...row {
        a[row * n + other] -= m * image[other - column - 1] + p * mirror[other - column - 1]
      }
    }
  }
  if n > 1 { beside[n - 2] = a[(n - 1) * n + n - 2] }
  return ((0..<n).map { a[$0 * n + $0] }, beside)
}
