import Numerics

/// An upper bound of what any segmentation gains, in linear time: most permutations are decided by it.
///
/// A segment's gain over the common level is the greatest, over all levels, of a sum over its periods. Here the greatest is
/// taken over a grid of levels only, so that the best path through levels is found by going over the periods once
/// (Viterbi 1967). The best level of the grid reaches a known share of the gain, whatever the segment; what segments
/// gain whose level is nearer to the common one than any of the grid is bounded by a slack.
struct GainBound {
  /// How many levels lie above the common one, and how many below.
  static let levelsPerSide = 12
  /// What each period adds at each level, three vectors of eight levels for each.
  private var scores: [SIMD8<Double>]
  /// The least share of a segment's gain that the best level of the grid reaches.
  private let share: Double
  /// The most that a segment gains whose level is nearer to the common one than the grid's.
  private let slack: Double

  /// Makes a bound.
  /// - Parameter levels: as many as twice `levelsPerSide`.
  /// - Parameter score: what a period adds at a level.
  init(periods: Int, levels: [Double], share: Double, slack: Double, score: (_ period: Int, _ level: Double) -> Double) {
    (self.share, self.slack) = (share, slack)
    scores = []
    scores.reserveCapacity(3 * periods)
    for period in 0..<periods {
      for vector in 0..<3 {
        var added = SIMD8<Double>()
        for lane in 0..<8 { added[lane] = score(period, levels[8 * vector + lane]) }
        scores.append(added)
      }
    }
  }

  /// The levels from near the common one, at 0, to the farthest: each as many times as far as the one before.
  static func levels(from nearest: Double, to farthest: Double) -> [Double] {
    let last = Double(levelsPerSide - 1)
    let step = Double.log(max(farthest, nearest) / nearest) / last
    return (0..<levelsPerSide).map { nearest * Double.exp(step * Double($0)) }
  }

  /// No segmentation of the periods, in this order, gains more.
  /// - Parameter penalty: of each change.
  /// - Parameter minimum: the least length of a segment.
  /// - Parameter best: memory, used again and again.
  func bound(_ order: [Int], penalty: Double, minimum: Int, best: inout [Double]) -> Double {
    let price = share * (penalty - slack)
    guard price > 0 else { return .infinity }
    let none = -Double.greatestFiniteMagnitude / 4
    if best.count <= order.count { best = [Double](repeating: none, count: order.count + 1) }
    for end in 0..<min(minimum, best.count) { best[end] = none }
    // The best paths whose present segment has had its least length, by its level; 0 is the common level.
    var (low, middle, high) = (SIMD8(repeating: none), SIMD8(repeating: none), SIMD8(repeating: none))
    var common = none
    // The sums of the last periods, as many as a segment has at least.
    var (lowSum, middleSum, highSum) = (SIMD8<Double>.zero, SIMD8<Double>.zero, SIMD8<Double>.zero)
    for (place, period) in order.enumerated() {
      let (a, b, c) = (scores[3 * period], scores[3 * period + 1], scores[3 * period + 2])
      low += a
      middle += b
      high += c
      lowSum += a
      middleSum += b
      highSum += c
      let start = place + 1 - minimum
      guard start >= 0 else { continue }
      if start > 0 {
        let left = 3 * order[start - 1]
        lowSum -= scores[left]
        middleSum -= scores[left + 1]
        highSum -= scores[left + 2]
      }
      let entry = start == 0 ? 0 : best[start] - price
      let (first, second, third) = (lowSum + entry, middleSum + entry, highSum + entry)
      low.replace(with: first, where: first .> low)
      middle.replace(with: second, where: second .> middle)
      high.replace(with: third, where: third .> high)
      common = max(common, entry)
      var greatest = low.replacing(with: middle, where: middle .> low)
      greatest.replace(with: high, where: high .> greatest)
      let four = greatest.lowHalf.replacing(with: greatest.highHalf, where: greatest.highHalf .> greatest.lowHalf)
      let two = four.lowHalf.replacing(with: four.highHalf, where: four.highHalf .> four.lowHalf)
      best[place + 1] = max(common, two[0], two[1])
    }
    return max(0, best[order.count]) / share + slack + 1e-9
  }
}

extension CountSeries {
  /// Levels are logarithms of the ratio to the common rate.
  func gainBound(noise: Double) -> GainBound {
    let total = counts.reduce(0, +)
    let rate = total / exposure.reduce(0, +)
    guard total > 0 else {
      let levels = [Double](repeating: 0, count: 2 * GainBound.levelsPerSide)
      return GainBound(periods: count, levels: levels, share: 1, slack: 0) { _, _ in 0 }
    }
    // A segment of ratio e^t to the common rate gains 2 m (t e^t - e^t + 1), m being what the common rate expects.
    func gain(_ level: Double) -> Double { level * Double.exp(level) - Double.exp(level) + 1 }
    let nearest = (0.25 * noise / total).squareRoot()
    let greatest = counts.indices.reduce(0) { max($0, counts[$1] / (exposure[$1] * rate)) }
    let above = GainBound.levels(from: nearest, to: Double.log(max(greatest, 1)))
    let below = GainBound.levels(from: nearest, to: 4).map { -$0 }
    // Below the lowest level the share is least where nothing was counted.
    var share = 1 - Double.exp(below[below.count - 1])
    for side in [above, below] {
      for (one, other) in zip(side, side.dropFirst()) where one != other {
        // The share is least where both levels give the same.
        let ratio = (Double.exp(other) - Double.exp(one)) / (other - one)
        let reached = ratio * one - Double.exp(one) + 1
        let most = gain(Double.log(ratio))
        if most > 1e-9 { share = min(share, reached / most) }
      }
    }
    return GainBound(periods: count, levels: above + below, share: share, slack: 2 * total * gain(nearest)) {
      2 * (counts[$0] * $1 - rate * exposure[$0] * (Double.exp($1) - 1))
    }
  }
}

extension MeanSeries {
  /// Levels are differences from the common mean.
  func gainBound(noise: Double) -> GainBound {
    let total = weights.reduce(0, +)
    let mean = means.indices.reduce(0) { $0 + means[$1] * weights[$1] } / total
    let farthest = means.reduce(0) { max($0, abs($1 - mean)) }
    let nearest = max((0.25 * noise / total).squareRoot(), 1e-9)
    let levels = GainBound.levels(from: nearest, to: farthest)
    let step = levels[1] / levels[0]
    // A segment of weight w and of mean z from the common one gains w z^2; the level l gives w (2 z l - l^2).
    return GainBound(
      periods: count, levels: levels + levels.map { -$0 }, share: 4 * step / ((1 + step) * (1 + step)),
      slack: total * nearest * nearest
    ) { weights[$0] * (2 * (means[$0] - mean) * $1 - $1 * $1) }
  }
}
