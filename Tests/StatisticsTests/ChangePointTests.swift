import Foundation
import TestSupport
import Testing
import Workbench

@testable import Statistics

@Suite struct ChangePointTests {
  private struct Dataset: Decodable {
    struct Series: Decodable { var raw: [Double?] }
    var series: [Series]
  }
  private struct Expected: Decodable {
    var dataset: String
    var change_points: [Int]
  }

  @Test func meanOrTrendFindsWhatIsExpectedOfEveryTuringSeries() throws {
    guard let file = sharedData("tcpd/expected-mean-or-trend.json") else { return }
    let expected = try JSONDecoder().decode([Expected].self, from: Data(contentsOf: file))
    #expect(expected.count == 15)
    for one in expected {
      let url = file.deletingLastPathComponent().appending(path: "\(one.dataset).json")
      let values = try JSONDecoder().decode(Dataset.self, from: Data(contentsOf: url)).series[0].raw
      #expect(meanOrTrendChanges(values) == one.change_points, "\(one.dataset)")
    }
  }

  /// The least penalised cost by trying every split, without pruning.
  private func exhaustive(_ series: some SegmentCost, penalty: Double, minimum: Int) -> Double {
    var best = [Double](repeating: .infinity, count: series.count + 1)
    best[0] = -penalty
    for end in minimum...series.count {
      for start in 0...(end - minimum) where best[start] < .infinity {
        best[end] = min(best[end], best[start] + series.cost(start, end) + penalty)
      }
    }
    return best[series.count]
  }

  @Test(arguments: 0..<500) func pruningLosesNothing(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let count = Int.random(in: 40...160, using: &random)
    var level = 0.0
    let values = (0..<count).map { _ -> Double in
      if Int.random(in: 0..<25, using: &random) == 0 { level += Double.random(in: -4...4, using: &random) }
      return level + Double.random(in: -2...2, using: &random)
    }
    let counts = CountSeries(
      values.map { max(0, $0.rounded() + 2) },
      exposure: (0..<count).map { _ in Double.random(in: 0.5...2, using: &random) })
    for minimum in [1, 3, 8, 20] {
      for penalty in [1.5, 8] {
        func check(_ series: some SegmentCost) {
          let found = leastCost(series, penalty: penalty, minimum: minimum)
          let bounds = [0] + found.changePoints + [count]
          var own = penalty * Double(found.changePoints.count)
          for (start, end) in zip(bounds, bounds.dropFirst()) {
            own += series.cost(start, end)
            #expect(end - start >= minimum)
          }
          let least = exhaustive(series, penalty: penalty, minimum: minimum)
          #expect(abs(found.cost - least) < 1e-8)
          #expect(abs(own - least) < 1e-8)
        }
        check(MeanCost(values))
        check(MeanOrTrendCost(values, surcharge: 4))
        check(RateCost(counts, 1.5))
      }
    }
  }

  @Test func coalMineDisastersFellIn1892() {
    let counts = KnownSeries.coal
    let series = CountSeries(counts)
    #expect(counts.reduce(0, +) == 191 && counts.count == 112)
    // 339 is the sum of the squared differences, by hand; the ratio to the sum of neighbours would be .8992.
    #expect(abs((series.dispersion(ofSums: 1) ?? 0) - 339 / (2 * 111 * 191.0 / 112)) < 1e-12)
    let strict = series.changes(dispersion: 1, penalty: 3 * log(112), minimum: 1)
    #expect(strict.changePoints == [41])
    #expect(abs(strict.gain + 3 * log(112) - 69.98834) < 5e-6)
    #expect(series.changes(dispersion: 1, minimum: 1).changePoints == [41, 97])
  }

  @Test func aConstantOrShortSeriesHasNoChange() {
    #expect(meanOrTrendChanges([Double?](repeating: 3, count: 50)) == [])
    #expect(meanOrTrendChanges([1, 2, nil, .nan, 9]) == [])
    #expect(meanOrTrendChanges([]) == [])
    #expect(CountSeries([0, 0, 0, 0, 0, 0]).changes(minimum: 1).changePoints == [])
    #expect(CountSeries([]).changes(minimum: 3).changePoints == [])
    #expect(meanChanges([]).changePoints == [])
  }
}
