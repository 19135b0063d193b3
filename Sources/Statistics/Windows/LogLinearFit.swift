import Numerics

/// A quasi-Poisson regression: the logarithm of an expected count is a sum of explanatory values times coefficients.
///
/// Fitted by iteratively reweighted least squares (McCullagh and Nelder 1989, Generalized Linear Models, 2.5); the
/// dispersion is Pearson's chi-squared over the degrees of freedom. A step costs rows times the square of the columns.
public struct LogLinearFit: Sendable {
  /// The coefficients, one for each column.
  public let coefficients: [Double]
  /// The expected counts.
  public let means: [Double]
  /// The variance of a count over its expected value.
  public let dispersion: Double
  /// The inverse of the information matrix at a dispersion of 1.
  private let inverse: [[Double]]
  private let rows: [[Double]]
  private let residuals: [Double]

  /// Fits counts.
  /// - Parameter counts: the counts, none negative.
  /// - Parameter rows: the explanatory values of each count; a constant is a column of ones.
  /// - Parameter exposure: what each count was observed over; 1 for each where it is not given.
  /// - Returns: nil where there are not more rows than columns, the columns are not independent, or there is no finite
  ///   best fit, as where all counts of a level are zero.
  public init?(_ counts: [Double], on rows: [[Double]], exposure: [Double]? = nil) {
    let width = rows.first?.count ?? 0
    let offset = (exposure ?? counts.map { _ in 1 }).map { Double.log($0) }
    guard width > 0, counts.count > width, rows.count == counts.count, offset.count == counts.count else { return nil }
    guard rows.allSatisfy({ $0.count == width }), offset.allSatisfy(\.isFinite) else { return nil }
    guard counts.allSatisfy({ $0 >= 0 && $0.isFinite }), counts.contains(where: { $0 > 0 }) else { return nil }
    var means = counts.map { $0 + 0.1 }
    var coefficients = [Double](repeating: 0, count: width)
    var (last, isSettled) = (Double.infinity, false)
    var factor: [[Double]] = []
    for _ in 0..<60 {
      let working = counts.indices.map { Double.log(means[$0]) - offset[$0] + (counts[$0] - means[$0]) / means[$0] }
      var target = [Double](repeating: 0, count: width)
      for (index, row) in rows.enumerated() {
        for column in 0..<width { target[column] += means[index] * row[column] * working[index] }
      }
      guard let triangle = choleskyFactor(weightedSquares(rows, means)) else { return nil }
      factor = triangle
      coefficients = solved(factor, target)
      let predictors = rows.indices.map { index in
        zip(rows[index], coefficients).reduce(offset[index]) { $0 + $1.0 * $1.1 }
      }
      // A mean that falls towards nothing, or grows without end, has no finite coefficient.
      guard predictors.indices.allSatisfy({ abs(predictors[$0] - offset[$0]) < 30 }) else { return nil }
      means = predictors.map { Double.exp($0) }
      let deviance =
        2
        * counts.indices.reduce(0.0) { sum, index in
          let (count, mean) = (counts[index], means[index])
          return sum + (count > 0 ? count * Double.log(count / mean) : 0) - (count - mean)
        }
      if abs(deviance - last) <= 1e-13 * (abs(deviance) + 0.1) {
        isSettled = true
        break
      }
      last = deviance
    }
    guard isSettled, let final = choleskyFactor(weightedSquares(rows, means)) else { return nil }
    self.coefficients = coefficients
    self.means = means
    self.rows = rows
    let residuals = zip(counts, means).map { $0 - $1 }
    self.residuals = residuals
    let pearson = zip(residuals, means).reduce(0.0) { $0 + $1.0 * $1.0 / $1.1 }
    dispersion = pearson / Double(counts.count - width)
    inverse = (0..<width).map { column in
      solved(final, (0..<width).map { $0 == column ? 1 : 0 })
    }
  }

  /// The standard errors of the coefficients if counts are independent.
  public var standardErrors: [Double] {
    inverse.indices.map { (inverse[$0][$0] * dispersion).squareRoot() }
  }
  /// The standard errors of the coefficients if neighbours are alike (Newey and West 1987, Econometrica 55:703).
  ///
  /// Rows are taken as consecutive; the sandwich of the scores with Bartlett's weights, without a factor for small
  /// samples.
  /// - Parameter lag: how far alike counts lie apart; the floor of 4 (n / 100)^(2/9) where it is not given.
  public func neweyWestErrors(lag: Int? = nil) -> [Double] {
    let count = rows.count
    let width = coefficients.count
    let lag = lag ?? Int(4 * Double.pow(Double(count) / 100, 2.0 / 9))
    let scores = rows.indices.map { index in rows[index].map { $0 * residuals[index] } }
    var middle = [[Double]](repeating: [Double](repeating: 0, count: width), count: width)
    for distance in 0...min(lag, count - 1) {
      let weight = 1 - Double(distance) / Double(lag + 1)
      for index in distance..<count {
        for row in 0..<width {
          for column in 0..<width {
            let product = scores[index][row] * scores[index - distance][column]
            let mirrored = scores[index - distance][row] * scores[index][column]
            middle[row][column] += distance == 0 ? product : weight * (product + mirrored)
          }
        }
      }
    }
    return inverse.indices.map { coefficient in
      let row = inverse[coefficient]
      var sum = 0.0
      for a in 0..<width { for b in 0..<width { sum += row[a] * middle[a][b] * row[b] } }
      return max(0, sum).squareRoot()
    }
  }
}

/// The sums of squares and products of columns, each row with its weight.
func weightedSquares(_ rows: [[Double]], _ weights: [Double]) -> [[Double]] {
  let width = rows.first?.count ?? 0
  var sums = [[Double]](repeating: [Double](repeating: 0, count: width), count: width)
  for (row, weight) in zip(rows, weights) {
    for a in 0..<width { for b in 0...a { sums[a][b] += weight * row[a] * row[b] } }
  }
  return sums
}

/// The lower triangle whose square a symmetric matrix is, of which the lower half is read; nil where there is none.
func choleskyFactor(_ matrix: [[Double]]) -> [[Double]]? {
  let size = matrix.count
  var factor = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
  for row in 0..<size {
    for column in 0...row {
      var sum = matrix[row][column]
      for other in 0..<column { sum -= factor[row][other] * factor[column][other] }
      if row == column {
        guard sum > 1e-11 * abs(matrix[row][row]), sum.isFinite else { return nil }
        factor[row][row] = sum.squareRoot()
      } else {
        factor[row][column] = sum / factor[column][column]
      }
    }
  }
  return factor
}

/// The solution of a system of equations whose matrix has a known factor.
func solved(_ factor: [[Double]], _ target: [Double]) -> [Double] {
  var values = target
  for row in values.indices {
    for other in 0..<row { values[row] -= factor[row][other] * values[other] }
    values[row] /= factor[row][row]
  }
  for row in values.indices.reversed() {
    for other in row + 1..<values.count { values[row] -= factor[other][row] * values[other] }
    values[row] /= factor[row][row]
  }
  return values
}
