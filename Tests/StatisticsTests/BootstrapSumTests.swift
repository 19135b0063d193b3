import RealModule
import Testing
import Workbench

@testable import Statistics

@Suite struct BootstrapSumTests {
  @Test func theSpreadIsTheRootOfTheSumOfSquares() throws {
    // A sum of Poisson(1) times each number has the variance of the sum of their squares; it is near normal here.
    let numbers = (0..<900).map { 1 + $0 % 3 }
    let (sum, spread) = (1_800.0, 4_200.0.squareRoot())
    for seed in 1...5 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let interval = try #require(bootstrapSumInterval(numbers, draws: 4_000, using: &generator))
      #expect(abs(interval.lower - (sum - 1.96 * spread)) < 0.25 * spread)
      #expect(abs(try #require(interval.upper) - (sum + 1.96 * spread)) < 0.25 * spread)
    }
  }

  @Test func fewerThanTenRecordsHaveNone() throws {
    var generator = SeededGenerator(seed: 1)
    #expect(bootstrapSumInterval([Int](repeating: 5, count: 9) + [0, 0, -1], using: &generator) == nil)
    #expect(bootstrapSumInterval([Int](repeating: 5, count: 10), using: &generator) != nil)
    #expect(bootstrapSumInterval([Int](repeating: 5, count: 10), draws: 0, using: &generator) == nil)
  }

  @Test func theOrderOfRecordsIsNothing() throws {
    let numbers = (1...40).map { $0 * $0 % 13 }
    var (one, other) = (SeededGenerator(seed: 3), SeededGenerator(seed: 3))
    #expect(bootstrapSumInterval(numbers, using: &one) == bootstrapSumInterval(numbers.reversed(), using: &other))
  }

  @Test(arguments: [0.5, 1, 7, 300, 50_000])
  func drawsFollowPoissonsLaw(mean: Double) throws {
    let table = PoissonTable(mean: mean)
    for share in [0.001, 0.025, 0.3, 0.5, 0.9, 0.999] {
      let value = table.value(at: share)
      #expect(try #require(poissonProbability(atMost: value, mean: mean)) >= share - 1e-9)
      if value > 0 { #expect(try #require(poissonProbability(atMost: value - 1, mean: mean)) < share + 1e-9) }
    }
  }

  /// Of sums of 30 geometric numbers 94 % are covered, of a power law's 76 %: what the documentation says.
  @Test func coverageIsAsSaid() throws {
    var random = SeededGenerator(seed: 7)
    func coverage(mean: Double, _ draw: (Double) -> Int) throws -> Double {
      let law = PoissonTable(mean: 30)
      var (held, tried) = (0, 0)
      for _ in 0..<600 {
        let records = law.value(at: .random(in: 0..<1, using: &random))
        let numbers = (0..<records).map { _ in draw(.random(in: 0..<1, using: &random)) }
        guard let interval = bootstrapSumInterval(numbers, draws: 400, using: &random) else { continue }
        tried += 1
        if interval.lower <= 30 * mean, 30 * mean <= interval.upper ?? .infinity { held += 1 }
      }
      return Double(held) / Double(tried)
    }
    // Geometric on 1, 2, ... with probability .3, of mean 1 / .3: the number of failures and one.
    let logarithm = Double.log(0.7)
    let geometric = try coverage(mean: 1 / 0.3) { 1 + Int((Double.log(1 - $0) / logarithm).rounded(.down)) }
    #expect(geometric > 0.91 && geometric < 0.97)
    // Whole part of a Pareto variate with exponent 2.5 of the density: its mean is zeta(1.5).
    let tailed = try coverage(mean: 2.612375) { Int(Double.pow(1 - $0, -1 / 1.5)) }
    #expect(tailed > 0.68 && tailed < 0.86)
  }
}
