import Foundation
import Statistics
import Testing
import Workbench

/// Methods of timing, space and forecasts beside Tools/oracles.py, beside textbooks, and on data whose truth is known.
extension OracleTests {
  @Test func burstinessAndGaps() throws {
    // methods.md: .273129 and .529416 of these ten gaps.
    let gaps: [Double] = [1, 1, 2, 1, 30, 1, 2, 45, 1, 1]
    let many = Self.draws(43, 60, 9).map { Double($0 * $0) }
    let (few, other) = (try #require(Burstiness(gaps: gaps)), try #require(Burstiness(gaps: many)))
    expect([few, other].flatMap { [$0.coefficient, $0.finite, $0.memory] }, equal: "burstiness")
    #expect(isNear(few.coefficient, 0.273129, within: 2e-6) && isNear(few.finite, 0.529416, within: 2e-6))
    expect(
      [(0.05, 400), (0.1, 150), (0.02, 12000)].map { kolmogorovPValue(distance: $0.0, count: $0.1) },
      equal: "kolmogorov")
  }

  @Test func excitationIsThatOfAGeneralOptimizer() throws {
    let (one, other) = (Self.draws(47, 240, 10), Self.draws(53, 240, 6))
    let parents = (0..<240).map { one[$0] / 8 + ($0 >= 150 ? other[$0] / 4 : 0) }
    var counts = parents.map(Double.init)
    for back in 1...6 {
      let brought = Self.draws(57 + 2 * back, 240, 9)
      for day in 0..<240 { counts[day] += Double(parents[(day + 240 - back) % 240] * (brought[day] / 7)) }
    }
    let days = ExcitedDays(counts, segments: (0..<240).map { $0 >= 150 ? 1 : 0 })
    let fit = try #require(SelfExcitation(days))
    expect(fit.background + [fit.branching, fit.halfLife, fit.gain], equal: "excitation", within: 1e-4)
  }

  @Test func burstsAreTheCheapestStates() {
    let counts: [Double] = [0, 0, 0, 2, 9, 8, 3, 0, 0, 0, 1]
    var levels = counts.map { _ in 0.0 }
    for burst in bursts(counts, levels: 2) { for day in burst.days { levels[day] = Double(burst.level) } }
    expect(levels, equal: "cheapestStates")
    #expect(levels.contains(2))
  }

  @Test func moranAndLocalConcentration() throws {
    let values: [Double] = [1, 2, 2, 1, 0, 2, 5, 6, 2, 1, 1, 6, 9, 4, 1, 0, 2, 4, 3, 1, 0, 1, 1, 1, 0]
    let cells = (0..<25).map { SIMD2(Int32($0 % 5), Int32($0 / 5)) }
    let kept = (0..<25).filter { $0 % 6 != 1 }
    let grids = [Array(0..<25), kept].map { places in
      (places.map { values[$0] }, Neighbourhood(rook: places.map { cells[$0] }))
    }
    let indices = try grids.map { try #require(MoranIndex($0.0, $0.1)) }
    expect(indices.flatMap { [$0.index, $0.normalVariance, $0.randomVariance] }, equal: "moran")
    // methods.md: .518222, 3.726700 of normal values, 3.893556 of values in random order.
    #expect(isNear(indices[0].index, 0.518222, within: 2e-6) && isNear(indices[0].z, 3.893556, within: 1e-6))
    let local = try grids.map { try #require(LocalConcentration($0.0, $0.1, draws: 999, seed: 3)) }
    expect(local.flatMap(\.z), equal: "giStar")
    // The cell of most has 9 with neighbours of 6, 6, 4 and 4: no other five of 25 have more than three of these.
    #expect(isNear(local[0].z[12], 3.938413, within: 1e-6) && local[0].pValues[12] <= 0.01)
    let permuted = indices[0].exceedances(grids[0].0, grids[0].1, seed: 5, permutations: 0..<999)
    #expect(permuted < 10, "\(permuted)")
  }

  @Test func knoxAndDistances() throws {
    expect(
      [
        GroundPoint(latitude: 33.6, longitude: 73.1).kilometres(to: GroundPoint(latitude: 34, longitude: 71.5)),
        GroundPoint(latitude: 0, longitude: 179.9).kilometres(to: GroundPoint(latitude: 0, longitude: -179.9)),
      ], equal: "greatCircle")
    let places = zip(Self.draws(61, 90, 9), Self.draws(67, 90, 7)).map {
      GroundPoint(latitude: 33 + Double($0) / 200, longitude: 71 + Double($1) / 160)
    }
    let table = KnoxTable(places, dates: Self.draws(71, 90, 120), strata: places.map { _ in 0 })
    expect(table.pairs.flatMap(\.self).map(Double.init), equal: "knox")
    #expect(table.all == 90 * 89 / 2)
    // A textbook's table: 67 near in both, 175 and 3,507 in one, 39,322 in neither.
    #expect(isNear(knoxExpectation(inSpace: 67 + 175, inTime: 67 + 3507, pairs: 43071), 20.081, within: 1e-5))
    let centre = try #require(
      MeanCentre([(10, 20), (10, 22)].map { GroundPoint(latitude: $0.0, longitude: $0.1) }))
    // The middle of two places of one latitude lies a little nearer to the pole, half of their distance away.
    #expect(isNear(centre.centre.longitude, 21, within: 1e-9) && centre.centre.latitude > 10)
    #expect(isNear(centre.standardDistance, 2 * 111.195 * cos(10 * .pi / 180) / 2, within: 1e-3))
  }

  @Test func forecastIsFarringtons() throws {
    let history = Self.draws(73, 51, 7).map(Double.init) + [40]
    let exposure = [Double](repeating: 7, count: 51) + [6]
    let forecast = try #require(CountForecast(history, exposure: exposure, ahead: 7))
    expect(
      [
        forecast.expected, forecast.variance, forecast.share(atLeast: 8), forecast.share(atLeast: 15),
        forecast.share(atMost: 2), Double(forecast.quantile(0.975)), Double(forecast.quantile(0.025)),
      ], equal: "forecast", within: 1e-6)
  }
}

/// What must hold of data whose truth is known.
@Suite struct PlantedTimingTests {
  @Test func plantedExcitationIsFound() throws {
    var held = 0
    for seed in 1...3 as ClosedRange<UInt64> {
      var draws = Draws(seed: seed)
      var (counts, memory) = ([Double](), 0.0)
      let persistence = pow(0.5, 1 / 4.0)
      for day in 0..<2_000 {
        let count = draws.poisson((day < 1_000 ? 0.2 : 0.6) + 0.5 * memory)
        counts.append(count)
        memory = persistence * memory + (1 - persistence) * count
      }
      let days = ExcitedDays(counts, segments: counts.indices.map { $0 < 1_000 ? 0 : 1 })
      let fit = try #require(SelfExcitation(days))
      #expect(abs(fit.branching - 0.5) < 0.2 && (2...10).contains(fit.halfLife), "\(fit)")
      // Intervals of 95 %: of three one may miss the truth.
      if (fit.branchingInterval.lower...(fit.branchingInterval.upper ?? 9)).contains(0.5) { held += 1 }
      if (fit.halfLifeInterval.lower...(fit.halfLifeInterval.upper ?? 999)).contains(4) { held += 1 }
      #expect(SelfExcitation.exceedances(of: days, seed: seed, permutations: 0..<39) == 0)
      #expect(try #require(fit.misfit(days, seed: seed)).pValue > 0.01)
    }
    #expect(held >= 5, "\(held) of 6 intervals hold the truth")
  }

  @Test func chanceIsRarelyTakenForExcitation() throws {
    var draws = Draws(seed: 8)
    var found = 0
    for _ in 0..<100 {
      let days = ExcitedDays((0..<200).map { _ in draws.count(mean: 0.5, dispersion: 2) })
      if SelfExcitation.exceedances(of: days, seed: draws.random.next(), permutations: 0..<39) == 0 { found += 1 }
    }
    // Each has a chance of 1 in 40.
    #expect(found <= 8, "\(found) of 100")
  }

  @Test(arguments: [1, 2, 4]) func alertsAreAsRareAsTheyShouldBe(dispersion: Double) throws {
    var draws = Draws(seed: UInt64(dispersion) + 20)
    var (high, low) = (0, 0)
    for _ in 0..<1_000 {
      let counts = (0..<52).map { _ in draws.count(mean: 5, dispersion: dispersion) }
      let forecast = try #require(CountForecast(counts, exposure: counts.map { _ in 7 }, ahead: 7))
      let next = Int(draws.count(mean: 5, dispersion: dispersion))
      if forecast.share(atLeast: next) <= 0.025 { high += 1 }
      if forecast.share(atMost: next) <= 0.025 { low += 1 }
    }
    // 2.5 % are due; reweighting makes the bounds a little narrow.
    #expect(high <= 50 && low <= 40, "\(high) high, \(low) low of 1000")
  }

  @Test func quietAndShortDataGiveNil() {
    #expect(Burstiness(gaps: [1, 2]) == nil && Burstiness(gaps: [0, 0, 0]) == nil)
    #expect(Burstiness(gaps: [2, 2, 2, 2])?.memory == nil)
    #expect(SelfExcitation(ExcitedDays([0, 3, 0])) == nil && bursts([0, 0]).isEmpty)
    #expect(MoranIndex([1, 1, 1, 1], Neighbourhood([[1], [0], [3], [2]])) == nil)
    #expect(MoranIndex([1, 2, 3, 4], Neighbourhood([[], [], [], []])) == nil)
    #expect(LocalConcentration([2, 2, 2, 2, 2], Neighbourhood([[], [], [], [], []]), seed: 1) == nil)
    #expect(MeanCentre([]) == nil && CountForecast([1], exposure: [1], ahead: 1) == nil)
    #expect(knoxExpectation(inSpace: 1, inTime: 1, pairs: 0) == 0)
    let none = CountForecast([0, 0, 0], exposure: [7, 7, 7], ahead: 7)
    #expect(none?.expected == 0.5 / 3 && none?.share(atLeast: 1) ?? 1 < 0.2)
  }
}
