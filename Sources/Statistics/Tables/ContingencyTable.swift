import Numerics

/// Counts by two categories: how far they are from independent, and where.
public struct ContingencyTable: Sendable, Hashable {
  /// The counts, a row for each value of the first category; none negative.
  public let counts: [[Int]]
  /// The sums of rows.
  public let rowSums: [Int]
  /// The sums of columns.
  public let columnSums: [Int]
  /// The sum of all counts.
  public let total: Int

  /// Makes a table; rows and columns without a count are kept and told nothing from.
  /// - Returns: nil where rows differ in length, a count is negative, or all are zero.
  public init?(_ counts: [[Int]]) {
    let width = counts.first?.count ?? 0
    guard counts.allSatisfy({ $0.count == width && $0.allSatisfy { $0 >= 0 } }) else { return nil }
    self.counts = counts
    rowSums = counts.map { $0.reduce(0, +) }
    columnSums = (0..<width).map { column in counts.reduce(0) { $0 + $1[column] } }
    total = rowSums.reduce(0, +)
    guard total > 0 else { return nil }
  }

  /// How many rows and columns have a count.
  private var extent: (rows: Int, columns: Int) { (rowSums.count { $0 > 0 }, columnSums.count { $0 > 0 }) }
  /// The degrees of freedom of independence; 0 where one row or one column has all counts.
  public var degrees: Int { (extent.rows - 1) * (extent.columns - 1) }
  /// The count expected of independent categories.
  public func expected(_ row: Int, _ column: Int) -> Double {
    Double(rowSums[row]) * Double(columnSums[column]) / Double(total)
  }
  /// The least expected count of a row and a column that have counts.
  public var leastExpected: Double {
    let (row, column) = (rowSums.filter { $0 > 0 }.min() ?? 0, columnSums.filter { $0 > 0 }.min() ?? 0)
    return Double(row) * Double(column) / Double(total)
  }

  /// Pearson's chi-squared, without a correction for continuity (Pearson 1900, Philosophical Magazine 50:157).
  public var chiSquared: Double {
    var sum = 0.0
    for row in counts.indices where rowSums[row] > 0 {
      for column in columnSums.indices where columnSums[column] > 0 {
        let expected = expected(row, column)
        let difference = Double(counts[row][column]) - expected
        sum += difference * difference / expected
      }
    }
    return sum
  }
  /// The p-value of independence by chi-squared's distribution; nil without degrees of freedom.
  ///
  /// Unreliable where a count below 5 is expected.
  public var pValue: Double? { degrees > 0 ? chiSquaredPValue(chiSquared, degrees: Double(degrees)) : nil }

  /// Cramér's V, from 0 for none to 1 for the strongest association, corrected for its bias in small samples (Bergsma 2013,
  /// Journal of the Korean Statistical Society 42:323); nil without degrees of freedom or with one count.
  public var cramersV: Double? {
    guard degrees > 0, total > 1 else { return nil }
    let (rows, columns, n) = (Double(extent.rows), Double(extent.columns), Double(total))
    let excess = max(0, chiSquared / n - (rows - 1) * (columns - 1) / (n - 1))
    let least = min(rows - (rows - 1) * (rows - 1) / (n - 1), columns - (columns - 1) * (columns - 1) / (n - 1)) - 1
    return least > 0 ? min(1, (excess / least).squareRoot()) : nil
  }

  /// The adjusted standardized residual of a cell: how many standard errors its count is from what independence expects
  /// (Haberman 1973, Biometrics 29:205); nil where its row or column has no count or all.
  public func residual(_ row: Int, _ column: Int) -> Double? {
    let variance =
      expected(row, column) * (1 - Double(rowSums[row]) / Double(total))
      * (1 - Double(columnSums[column]) / Double(total))
    return variance > 0 ? (Double(counts[row][column]) - expected(row, column)) / variance.squareRoot() : nil
  }
}
