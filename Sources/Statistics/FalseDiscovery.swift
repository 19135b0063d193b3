/// P-values adjusted for the false discovery rate over a family of tests (Benjamini and Hochberg 1995, JRSS B 57:289).
///
/// Rejecting those of at most q keeps the expected share of false rejections below q where tests are independent or
/// positively dependent.
/// - Returns: a q-value for each p-value, in their order; a value that is not a number stays so.
public func falseDiscoveryRates(_ pValues: [Double]) -> [Double] {
  let order = pValues.indices.filter { !pValues[$0].isNaN }.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
  var adjusted = pValues
  var least = 1.0
  for (rank, index) in order.enumerated().reversed() {
    least = min(least, pValues[index] * Double(order.count) / Double(rank + 1))
    adjusted[index] = least
  }
  return adjusted
}
