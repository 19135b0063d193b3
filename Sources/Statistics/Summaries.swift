import Numerics

/// What is left of 1 after some time, of which half is left after the half-life.
public func decay(after time: Double, halfLife: Double) -> Double { Double.exp2(-time / halfLife) }

/// How many equally large parts would be as diverse as these: the exponential of Shannon's entropy (Hill 1973, Ecology
/// 54:427); 0 where there are none.
public func effectiveNumber(_ parts: [Double]) -> Double {
  let total = parts.reduce(0, +)
  guard total > 0 else { return 0 }
  return Double.exp(-parts.reduce(0) { $1 > 0 ? $0 + $1 / total * Double.log($1 / total) : $0 })
}

/// The geometric mean of numbers from 0; 0 where one is 0 or there are none.
public func geometricMean(_ values: [Double]) -> Double {
  guard !values.isEmpty, values.allSatisfy({ $0 > 0 }) else { return 0 }
  return Double.exp(values.reduce(0) { $0 + Double.log($1) } / Double(values.count))
}
