import Numerics

extension ContingencyTable {
  /// Fisher's exact p-value: the probability, given the sums of rows and columns, of a table that is not more probable
  /// than this one (Freeman and Halton 1951, Biometrika 38:141).
  ///
  /// Every table with these sums is visited, column by column.
  /// - Parameter limit: how many parts of tables are visited at most.
  /// - Returns: nil where there are more, for which `simulatedPValue` is meant, or without degrees of freedom.
  public func exactPValue(limit: Int = 200_000) -> Double? {
    guard degrees > 0 else { return nil }
    let rows = counts.indices.filter { rowSums[$0] > 0 }
    let columns = columnSums.indices.filter { columnSums[$0] > 0 }
    let logarithms = LogFactorials(upTo: total)
    // Of a table with these sums, without what all have in common.
    let observed = -rows.reduce(0.0) { sum, row in
      columns.reduce(sum) { $0 + logarithms[counts[row][$1]] }
    }
    let constant =
      rows.reduce(0.0) { $0 + logarithms[rowSums[$1]] } + columns.reduce(0.0) { $0 + logarithms[columnSums[$1]] }
      - logarithms[total]
    var search = TableSearch(
      columnSums: columns.map { columnSums[$0] }, left: rows.map { rowSums[$0] }, logarithms: logarithms,
      observed: observed + 1e-7, constant: constant, visits: limit)
    search.visit(column: 0, row: 0, rest: columnSums[columns[0]], logarithm: 0)
    return search.visits > 0 ? min(1, search.sum) : nil
  }

  /// The p-value of independence by tables drawn at random with the same sums: the share of those, and of this one, whose
  /// chi-squared is at least as great (Hope 1968, JRSS B 30:582).
  ///
  /// Tables are drawn cell by cell from hypergeometric distributions. Drawing ends early when 50 were as great: then the
  /// share is known well enough (Besag and Clifford 1991, Biometrika 78:301).
  /// - Parameter draws: how many tables are drawn at most.
  /// - Returns: nil without degrees of freedom.
  public func simulatedPValue(
    draws: Int = 9_999, using generator: inout some RandomNumberGenerator
  ) -> Double? {
    guard degrees > 0 else { return nil }
    let rows = rowSums.filter { $0 > 0 }
    let columns = columnSums.filter { $0 > 0 }
    let logarithms = LogFactorials(upTo: total)
    let inverses = rows.map { row in columns.map { Double(total) / (Double(row) * Double($0)) } }
    // Chi-squared is this sum less the total.
    let observed = (chiSquared + Double(total)) * (1 - 1e-12)
    var asGreat = 0
    for drawn in 1...max(1, draws) {
      var (left, rest, sum) = (columns, total, 0.0)
      for row in rows.indices {
        var (open, pool) = (rows[row], rest)
        for column in columns.indices where left[column] > 0 {
          let count =
            row == rows.count - 1
            ? left[column]
            : hypergeometric(marked: left[column], all: pool, drawn: open, logarithms, &generator)
          pool -= left[column]
          open -= count
          left[column] -= count
          sum += Double(count) * Double(count) * inverses[row][column]
        }
        rest -= rows[row]
      }
      if sum >= observed { asGreat += 1 }
      if asGreat == 50 { return 50 / Double(drawn) }
    }
    return Double(asGreat + 1) / Double(max(1, draws) + 1)
  }

  /// Fisher's exact p-value where the tables with these sums can be visited, else the simulated one, and which it is.
  public func independence(using generator: inout some RandomNumberGenerator) -> (pValue: Double, isExact: Bool)? {
    if let exact = exactPValue(limit: 20_000) { return (exact, true) }
    return simulatedPValue(using: &generator).map { ($0, false) }
  }
}

/// A table of two rows and two columns: by how much the odds of one row exceed those of the other.
public struct OddsRatio: Sendable, Hashable {
  /// The ratio of the sample, ad / bc; nil where b or c is zero.
  public let ratio: Double?
  /// The conditional estimate of greatest likelihood, given all sums; 0 or nil at the ends of what is possible.
  public let conditional: Double?
  /// The exact interval of the conditional ratio; without an upper end where the data set none.
  public let interval: Interval

  /// The odds ratio of [[a, b], [c, d]], conditional on the sums (Cornfield 1956, Berkeley Symposium 4:135; Fisher 1935, JRSS 98:39).
  /// - Returns: nil where a count is negative or a row or column is empty.
  public init?(_ a: Int, _ b: Int, _ c: Int, _ d: Int, confidence: Double = 0.95) {
    guard min(a, b, c, d) >= 0, a + b > 0, c + d > 0, a + c > 0, b + d > 0, confidence > 0, confidence < 1 else {
      return nil
    }
    ratio = b * c == 0 ? nil : Double(a) * Double(d) / (Double(b) * Double(c))
    let (least, most) = (max(0, a + c - (c + d)), min(a + b, a + c))
    let logarithms = LogFactorials(upTo: a + b + c + d)
    let weights = (least...most).map { x in
      -logarithms[x] - logarithms[a + b - x] - logarithms[a + c - x] - logarithms[d - a + x]
    }
    /// Mean and tails of the first cell where the logarithm of the ratio is known.
    func moments(_ logOdds: Double) -> (mean: Double, atLeast: Double, atMost: Double) {
      let terms = weights.indices.map { weights[$0] + Double(least + $0) * logOdds }
      let greatest = terms.max() ?? 0
      var (sum, mean, atLeast, atMost) = (0.0, 0.0, 0.0, 0.0)
      for (index, term) in terms.enumerated() {
        let (weight, x) = (Double.exp(term - greatest), least + index)
        sum += weight
        mean += weight * Double(x)
        if x >= a { atLeast += weight }
        if x <= a { atMost += weight }
      }
      return (mean / sum, atLeast / sum, atMost / sum)
    }
    func root(_ isBelow: (Double) -> Bool) -> Double {
      var (low, high) = (-50.0, 50.0)
      for _ in 0..<100 {
        let middle = (low + high) / 2
        if isBelow(middle) { low = middle } else { high = middle }
      }
      return Double.exp((low + high) / 2)
    }
    let tail = (1 - confidence) / 2
    conditional = a == least ? 0 : a == most ? nil : root { moments($0).mean < Double(a) }
    interval = Interval(
      lower: a == least ? 0 : root { moments($0).atLeast < tail },
      upper: a == most ? nil : root { moments($0).atMost > tail })
  }
}

/// The visit of all tables with given sums.
private struct TableSearch {
  let columnSums: [Int]
  /// What is left of each row.
  var left: [Int]
  let logarithms: LogFactorials
  let observed: Double
  let constant: Double
  /// How many more parts of tables may be visited.
  var visits: Int
  var sum = 0.0

  init(
    columnSums: [Int], left: [Int], logarithms: LogFactorials, observed: Double, constant: Double, visits: Int
  ) {
    (self.columnSums, self.left, self.logarithms) = (columnSums, left, logarithms)
    (self.observed, self.constant, self.visits) = (observed, constant, visits)
  }

  mutating func visit(column: Int, row: Int, rest: Int, logarithm: Double) {
    guard visits > 0 else { return }
    visits -= 1
    if column == columnSums.count - 1 {
      let whole = left.reduce(logarithm) { $0 - logarithms[$1] }
      if whole <= observed { sum += Double.exp(whole + constant) }
      return
    }
    if row == left.count - 1 {
      guard rest <= left[row] else { return }
      left[row] -= rest
      visit(column: column + 1, row: 0, rest: columnSums[column + 1], logarithm: logarithm - logarithms[rest])
      left[row] += rest
      return
    }
    let later = left[(row + 1)...].reduce(0, +)
    let (least, most) = (max(0, rest - later), min(left[row], rest))
    guard least <= most else { return }
    for count in least...most {
      left[row] -= count
      visit(column: column, row: row + 1, rest: rest - count, logarithm: logarithm - logarithms[count])
      left[row] += count
    }
  }
}

/// Logarithms of the factorials from 0 to a number.
struct LogFactorials: Sendable {
  private let values: [Double]
  init(upTo number: Int) {
    var values = [0.0]
    values.reserveCapacity(number + 1)
    for next in 1...max(1, number) { values.append(Double.logGamma(Double(next) + 1)) }
    self.values = values
  }
  subscript(number: Int) -> Double { values[number] }
}

/// How many marked ones are among those drawn, without putting back: by inversion, from the mode outward.
private func hypergeometric(
  marked: Int, all: Int, drawn: Int, _ logarithms: LogFactorials, _ generator: inout some RandomNumberGenerator
) -> Int {
  let (least, most) = (max(0, drawn + marked - all), min(marked, drawn))
  guard least < most else { return least }
  let mode = min(most, max(least, Int(Double(marked + 1) * Double(drawn + 1) / Double(all + 2))))
  let unmarked = all - marked
  let probability = Double.exp(
    logarithms[marked] - logarithms[mode] - logarithms[marked - mode] + logarithms[unmarked]
      - logarithms[drawn - mode] - logarithms[unmarked - drawn + mode] - logarithms[all] + logarithms[drawn]
      + logarithms[all - drawn])
  var rest = Double.random(in: 0..<1, using: &generator) - probability
  guard rest >= 0 else { return mode }
  var (below, above) = (mode, mode)
  var (belowShare, aboveShare) = (probability, probability)
  while below > least || above < most {
    if above < most {
      aboveShare *=
        Double(marked - above) * Double(drawn - above)
        / (Double(above + 1) * Double(unmarked - drawn + above + 1))
      above += 1
      rest -= aboveShare
      if rest < 0 { return above }
    }
    if below > least {
      belowShare *=
        Double(below) * Double(unmarked - drawn + below)
        / (Double(marked - below + 1) * Double(drawn - below + 1))
      below -= 1
      rest -= belowShare
      if rest < 0 { return below }
    }
  }
  return mode
}
