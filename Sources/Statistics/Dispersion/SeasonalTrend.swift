/// A series split into a season, a trend and a rest by local regression: STL (Cleveland, Cleveland, McRae and Terpenning
/// 1990, Journal of Official Statistics 6:3), without its outer, robust loop.
public struct SeasonalTrend: Sendable {
  /// What recurs with the cycle.
  public private(set) var season: [Double]
  /// The slow change of level.
  public private(set) var trend: [Double]
  /// What is left.
  public let rest: [Double]

  /// Splits a series.
  /// - Parameter cycle: how many values a cycle has: 12 months of a year.
  /// - Parameter window: over how many cycles the season is smoothed, odd.
  /// - Returns: nil where the series has not two cycles, or the cycle not two values.
  public init?(_ values: [Double], cycle: Int, window: Int = 7) {
    guard cycle > 1, values.count >= 2 * cycle, window >= 3, window % 2 == 1 else { return nil }
    func odd(_ number: Int) -> Int { number % 2 == 1 ? number : number + 1 }
    let wanted = (1.5 * Double(cycle) / (1 - 1.5 / Double(window))).rounded(.up)
    let (trendWindow, lowPass) = (odd(Int(wanted)), odd(cycle + 1))
    let count = values.count
    var trend = [Double](repeating: 0, count: count)
    var season = trend
    for _ in 0..<5 {
      let detrended = zip(values, trend).map { $0 - $1 }
      // Each place of the cycle smoothed by itself, one cycle further at both ends.
      var extended = [Double](repeating: 0, count: count + 2 * cycle)
      for place in 0..<cycle {
        let part = stride(from: place, to: count, by: cycle).map { detrended[$0] }
        let smooth =
          [
            localRegression(part, window: window, at: 0, (1, min(window, part.count))) ?? part[0]
          ] + localRegression(part, window: window) + [
            localRegression(
              part, window: window, at: Double(part.count + 1), (max(1, part.count - window + 1), part.count))
              ?? part[part.count - 1]
          ]
        for (index, value) in smooth.enumerated() { extended[place + index * cycle] = value }
      }
      let passed = movingAverage(movingAverage(movingAverage(extended, cycle), cycle), 3)
      let low = localRegression(passed, window: lowPass)
      season = (0..<count).map { extended[$0 + cycle] - low[$0] }
      trend = localRegression(zip(values, season).map { $0 - $1 }, window: trendWindow)
    }
    self.season = season
    self.trend = trend
    rest = values.indices.map { values[$0] - season[$0] - trend[$0] }
  }

  /// How strong the season is, from 0 to 1: what the rest varies less than season and rest together (Wang, Smith and
  /// Hyndman 2006, Data Mining and Knowledge Discovery 13:335).
  public var strength: Double {
    let both = variance(zip(season, rest).map { $0 + $1 })
    // Of a constant series nothing is left but errors of rounding.
    let least = 1e-20 * trend.reduce(0) { max($0, $1 * $1) }
    return both > least ? max(0, 1 - variance(rest) / both) : 0
  }

  private func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
  }
}

private func movingAverage(_ values: [Double], _ length: Int) -> [Double] {
  var sum = values[..<length].reduce(0, +)
  var averages = [sum / Double(length)]
  for index in length..<values.count {
    sum += values[index] - values[index - length]
    averages.append(sum / Double(length))
  }
  return averages
}

/// Values smoothed by local lines: at each place a regression on its neighbours, the nearer the heavier (loess).
private func localRegression(_ values: [Double], window: Int) -> [Double] {
  let count = values.count
  guard count > 1 else { return values }
  let half = (window + 1) / 2
  return (1...count).map { place in
    var (left, right) = (1, count)
    if window < count {
      left = min(max(1, place - half + 1), count - window + 1)
      right = left + window - 1
    }
    return localRegression(values, window: window, at: Double(place), (left, right)) ?? values[place - 1]
  }
}

/// The local line's value at one place, which may lie outside; nil where no neighbour has weight.
///
/// Places are counted from 1.
private func localRegression(
  _ values: [Double], window: Int, at place: Double, _ neighbours: (left: Int, right: Int)
) -> Double? {
  let count = values.count
  var reach = max(place - Double(neighbours.left), Double(neighbours.right) - place)
  if window > count { reach += Double((window - count) / 2) }
  var weights: [Double] = []
  var sum = 0.0
  for index in neighbours.left...neighbours.right {
    let distance = abs(Double(index) - place)
    var weight = 0.0
    if distance <= 0.999 * reach {
      let share = distance / reach
      weight =
        distance <= 0.001 * reach
        ? 1 : (1 - share * share * share) * (1 - share * share * share) * (1 - share * share * share)
    }
    weights.append(weight)
    sum += weight
  }
  guard sum > 0 else { return nil }
  for index in weights.indices { weights[index] /= sum }
  if reach > 0 {
    let mean = weights.enumerated().reduce(0.0) { $0 + $1.element * Double(neighbours.left + $1.offset) }
    let spread = weights.enumerated().reduce(0.0) { sum, entry in
      let distance = Double(neighbours.left + entry.offset) - mean
      return sum + entry.element * distance * distance
    }
    if spread.squareRoot() > 0.001 * Double(count - 1) {
      let slope = (place - mean) / spread
      for index in weights.indices { weights[index] *= 1 + slope * (Double(neighbours.left + index) - mean) }
    }
  }
  return weights.enumerated().reduce(0.0) { $0 + $1.element * values[neighbours.left - 1 + $1.offset] }
}
