import Statistics

/// A period from which on a measure of the network is another.
struct BalanceChange: Sendable {
  /// What is measured of the network of each period.
  enum Measure: String, CaseIterable, Sendable {
    case triangleIndex = "triangle_index"
    case frustrationShare = "frustration_share"
    case meanTension = "mean_tension"

    func value(of balance: NetworkBalance) -> Double? {
      switch self {
      case .triangleIndex: balance.counts.index
      case .frustrationShare: balance.balance.map { (1 - $0) / 2 }
      case .meanTension: balance.meanTension
      }
    }
  }
  var measure: Measure
  /// The first period of the new regime, and the ends of the 95 % set of where that is.
  var first: NetworkBalance
  var low: NetworkBalance
  var high: NetworkBalance
  /// How many periods there are from the one to the other.
  var setSize: Int
  /// Means since the change before and up to the next.
  var before: Double
  var after: Double
}

extension BalanceChange {
  /// Fewer networks are described, not searched.
  static var fewest: Int { 24 }

  /// The changes of level or trend of each measure, in order; of fewer than 24 values none.
  static func all(in balances: [NetworkBalance]) -> [BalanceChange] {
    Measure.allCases.flatMap { measure -> [BalanceChange] in
      let values = balances.map { measure.value(of: $0) }
      guard values.count(where: { $0 != nil }) >= fewest else { return [] }
      let places = meanOrTrendChanges(values)
      let ends = [0] + places + [values.count]
      func mean(_ range: Range<Int>) -> Double {
        let present = range.compactMap { values[$0] }
        return present.reduce(0, +) / Double(max(1, present.count))
      }
      return zip(places, meanOrTrendPosteriors(of: places, in: values)).enumerated().map { number, found in
        let (place, set) = (found.0, found.1.set())
        let (low, high) = (min(set.first ?? place, place), max(set.last ?? place, place))
        return BalanceChange(
          measure: measure, first: balances[place], low: balances[low], high: balances[high], setSize: high - low + 1,
          before: mean(ends[number]..<place),
          after: mean(place..<ends[number + 2]))
      }
    }
  }
}
