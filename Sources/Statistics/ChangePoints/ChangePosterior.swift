import Numerics

/// Where one change lies: a probability for each place it may have.
public struct ChangePosterior: Sendable, Hashable {
  /// The probability that the new regime begins at each index; 0 at the first.
  public let probabilities: [Double]
  /// The index of the greatest probability, the earliest of equals.
  public let mode: Int

  /// The smallest set of indices that holds the given share of probability, in rising order; of equals the earliest first.
  public func set(holding share: Double = 0.95) -> [Int] {
    let order = probabilities.indices.sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }
    var (sum, chosen) = (0.0, [Int]())
    for index in order where sum < share && probabilities[index] > 0 {
      sum += probabilities[index]
      chosen.append(index)
    }
    return chosen.sorted()
  }
  /// The probability that the change lies at most so far from the mode.
  public func probability(within distance: Int) -> Double {
    probabilities.indices.filter { abs($0 - mode) <= distance }.reduce(0) { $0 + probabilities[$1] }
  }

  /// From logarithms of what the probabilities are proportional to; nil where none is finite.
  init?(logarithms: [Double]) {
    guard let greatest = logarithms.max(), greatest.isFinite else { return nil }
    let weights = logarithms.map { $0.isFinite ? Double.exp($0 - greatest) : 0 }
    let sum = weights.reduce(0, +)
    probabilities = weights.map { $0 / sum }
    mode = logarithms.firstIndex(of: greatest) ?? 0
  }
}

extension CountSeries {
  /// Where the one change of rate in this series lies.
  ///
  /// Rates before and after have Gamma priors of shape 1/2 and of the mean rate (Raftery and Akman 1986, Biometrika 73:85);
  /// counts and exposures are divided by the dispersion, so that clustered counts widen the answer.
  /// - Parameter dispersion: by how much counts vary more than Poisson's; their own where it is not given.
  /// - Parameter shape: the shape of the prior.
  /// - Parameter rate: the rate parameter of the prior; by default such that its mean is the mean rate.
  /// - Returns: nil where nothing was counted or there are fewer than two periods.
  public func changePosterior(dispersion: Double? = nil, shape: Double = 0.5, rate: Double? = nil) -> ChangePosterior? {
    let phi = dispersion ?? self.dispersion
    let (sums, exposures) = (runningSums(counts), runningSums(exposure))
    guard count > 1, sums[count] > 0, exposures[count] > 0 else { return nil }
    let (total, all) = (sums[count] / phi, exposures[count] / phi)
    let inverse = rate ?? shape / (total / all)
    var logarithms = [Double](repeating: -.infinity, count: count)
    for index in 1..<count {
      let (before, seen) = (shape + sums[index] / phi, inverse + exposures[index] / phi)
      let (after, left) = (shape + total - sums[index] / phi, inverse + all - exposures[index] / phi)
      logarithms[index] =
        Double.logGamma(before) - before * Double.log(seen) + Double.logGamma(after) - after * Double.log(left)
    }
    return ChangePosterior(logarithms: logarithms)
  }

  /// The logarithm of the Bayes factor of one change, of unknown place, against none.
  /// - Parameters: as of `changePosterior`.
  public func changeBayesFactor(dispersion: Double? = nil, shape: Double = 0.5, rate: Double? = nil) -> Double? {
    let phi = dispersion ?? self.dispersion
    let (sums, exposures) = (runningSums(counts), runningSums(exposure))
    guard count > 1, sums[count] > 0, exposures[count] > 0 else { return nil }
    let (total, all) = (sums[count] / phi, exposures[count] / phi)
    let inverse = rate ?? shape / (total / all)
    func evidence(_ sum: Double, _ seen: Double) -> Double {
      shape * Double.log(inverse) - Double.logGamma(shape) + Double.logGamma(shape + sum)
        - (shape + sum) * Double.log(inverse + seen)
    }
    let none = evidence(total, all)
    let logarithms = (1..<count).map { index in
      evidence(sums[index] / phi, exposures[index] / phi)
        + evidence(total - sums[index] / phi, all - exposures[index] / phi)
    }
    guard let greatest = logarithms.max() else { return nil }
    let mean = logarithms.reduce(0) { $0 + Double.exp($1 - greatest) } / Double(count - 1)
    return greatest + Double.log(mean) - none
  }
}
