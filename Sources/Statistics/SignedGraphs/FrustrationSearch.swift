/// Finds the least frustration of a block by branch and bound.
///
/// Solves the last two nodes, the last three and so on, each with the least weight of the one before as a bound
/// (Russian doll search: Verfaillie, Lemaître and Schiex 1996, AAAI 181). A division of the first of them is given up
/// when its weight, plus for every other node the lesser weight of its two signs against the nodes divided, plus the
/// least weight among the others, does not come below the best known.
struct FrustrationSearch {
  /// The best signs found, 1 or -1.
  private(set) var signs: [Double]
  /// Whether the limit of steps ended the search before it was done.
  private(set) var isStopped = false
  private let count: Int
  private let weights: [Double]
  private let tolerance: Double
  private let known: [Double]?
  private let stepLimit: Int
  private var steps = 0
  /// The least weight among the nodes from each on.
  private var least: [Double]
  /// By depth and node: what the nodes divided so far say for the sign 1, less what they say for -1.
  private var pull: [Double]
  /// By depth: the weight of the edges between the nodes divided and the others.
  private var crossing: [Double]
  /// By node: the weight of its edges to the nodes divided before it.
  private var before: [Double]
  private var current: [Double]
  private var best = 0.0

  /// Prepares a search.
  /// - Parameter known: signs found already, whose weight serves as a bound.
  init(_ block: Block, from known: [Double]? = nil, stepLimit: Int = .max) {
    count = block.count
    var weights = [Double](repeating: 0, count: count * count)
    for edge in block.edges {
      weights[edge.first * count + edge.second] = edge.weight
      weights[edge.second * count + edge.first] = edge.weight
    }
    self.weights = weights
    self.known = known
    self.stepLimit = stepLimit
    tolerance = block.tolerance
    signs = [Double](repeating: 1, count: count)
    current = signs
    before = [Double](repeating: 0, count: count)
    least = [Double](repeating: 0, count: count + 1)
    crossing = least
    pull = [Double](repeating: 0, count: (count + 1) * count)
  }

  /// The least weight; where the search was stopped a lower bound of it, and the signs are not those of the whole.
  mutating func solve() -> Double {
    for start in stride(from: count - 2, through: 0, by: -1) {
      prepare(from: start)
      if best > least[start + 1] + tolerance {
        current[start] = 1
        divide(start, weight: 0, from: start)
      }
      if isStopped { return least[start + 1] }
      least[start] = best
    }
    return least[0]
  }

  /// Begins with the best signs of the nodes after `start`, or the known ones where they are better.
  private mutating func prepare(from start: Int) {
    for depth in start...count {
      crossing[depth] = (start..<depth).reduce(0) { sum, node in
        (depth..<count).reduce(sum) { $0 + abs(weights[node * count + $1]) }
      }
    }
    for node in start..<count {
      pull[start * count + node] = 0
      before[node] = (start..<node).reduce(0) { $0 + abs(weights[$1 * count + node]) }
    }
    let drawn = ((start + 1)..<count).reduce(0) { $0 + weights[start * count + $1] * signs[$1] }
    signs[start] = drawn < 0 ? -1 : 1
    best = weight(of: signs, from: start)
    if let known, weight(of: known, from: start) < best - tolerance {
      signs.replaceSubrange(start..., with: known[start...])
      best = weight(of: known, from: start)
    }
  }

  /// The weight of frustrated edges among the nodes from one on.
  private func weight(of signs: [Double], from start: Int) -> Double {
    var sum = 0.0
    for node in start..<count {
      for other in (node + 1)..<max(count, node + 1) {
        let weight = weights[node * count + other]
        if weight * signs[node] * signs[other] < 0 { sum += abs(weight) }
      }
    }
    return sum
  }

  private mutating func divide(_ node: Int, weight: Double, from start: Int) {
    steps += 1
    guard steps <= stepLimit else {
      isStopped = true
      return
    }
    guard node < count else {
      best = weight
      signs.replaceSubrange(start..., with: current[start...])
      return
    }
    let drawn = pull[node * count + node]
    let preferred: Double = drawn < 0 ? -1 : 1
    // The first node may have either sign: changing all of them changes nothing.
    for sign in node == start ? [1] : [preferred, -preferred] where !isStopped {
      let reached = weight + (before[node] - drawn * sign) / 2
      var settled = 0.0
      for other in (node + 1)..<max(count, node + 1) {
        let value = pull[node * count + other] + sign * weights[node * count + other]
        pull[(node + 1) * count + other] = value
        settled += abs(value)
      }
      guard reached + (crossing[node + 1] - settled) / 2 + least[node + 1] < best - tolerance else { continue }
      current[node] = sign
      divide(node + 1, weight: reached, from: start)
    }
  }
}
