import Testing

@testable import Statistics

@Suite struct ChangePosteriorTests {
  @Test func coalMinesBecameSaferAbout1892() throws {
    let series = CountSeries(KnownSeries.coal)
    let posterior = try #require(series.changePosterior(dispersion: 1))
    #expect(posterior.mode == 41)
    #expect(abs(posterior.probability(of: 41) - 0.2416) < 5e-5)
    #expect(posterior.set().map { 1851 + $0 } == Array(1887...1894) + [1897])
    #expect(abs((series.changeBayesFactor(dispersion: 1) ?? 0) - 29.13) < 0.005)
    #expect(abs(posterior.probabilities.reduce(0, +) - 1) < 1e-12)
    #expect(posterior.probability(within: 0, of: 41) == posterior.probability(of: 41))
    #expect(posterior.probability(within: 2, of: 41) > posterior.probability(within: 1, of: 41))
  }

  @Test func coalMinesWithThePriorOfCarlinAndOthers() throws {
    // Carlin, Gelfand and Smith 1992, Applied Statistics 41:389, with both rates Gamma(1, 1).
    let series = CountSeries(KnownSeries.coal)
    let posterior = try #require(series.changePosterior(dispersion: 1, shape: 1, rate: 1))
    #expect(posterior.mode == 41)
    #expect(abs(posterior.probability(of: 41) - 0.2450) < 5e-5)
    #expect(abs(posterior.probability(of: 40) - 0.1848) < 5e-5)
    #expect(abs(posterior.probability(of: 39) - 0.1432) < 5e-5)
    #expect(abs(posterior.probability(of: 37) - 0.0931) < 5e-5)
    #expect(abs((series.changeBayesFactor(dispersion: 1, shape: 1, rate: 1) ?? 0) - 28.94) < 0.005)
  }

  @Test func clusteredCountsWidenTheAnswer() throws {
    let series = CountSeries(KnownSeries.coal)
    let narrow = try #require(series.changePosterior(dispersion: 1)).set()
    let wide = try #require(series.changePosterior(dispersion: 3)).set()
    #expect(wide.count > 2 * narrow.count)
    // Counts and exposures over the dispersion are all that enters.
    let scaled = CountSeries(
      KnownSeries.coal.map { $0 / 3 }, exposure: KnownSeries.coal.map { _ in 1.0 / 3 })
    let same = try #require(scaled.changePosterior(dispersion: 1))
    let tempered = try #require(series.changePosterior(dispersion: 3))
    for (one, other) in zip(same.probabilities, tempered.probabilities) { #expect(abs(one - other) < 1e-12) }
  }

  @Test func nileFellIn1899() throws {
    // numpy, by the formula: exp(-(RSS - min RSS) / (2 s^2 f)), s^2 = min RSS / 98, r = .1698561521570631.
    let nile = MeanSeries(KnownSeries.nile, weights: KnownSeries.nile.map { _ in 1 })
    let posterior = try #require(nile.changePosterior())
    #expect(posterior.mode == 28)
    #expect(abs(posterior.probability(of: 28) - 0.6248183875004717) < 1e-9)
    #expect(abs(posterior.probability(of: 27) - 0.16328697315362947) < 1e-9)
    #expect(posterior.set() == [26, 27, 28, 29])
    let values = KnownSeries.nile.map(Optional.some)
    #expect(meanOrTrendChanges(values) == [28])
    let general = meanOrTrendPosteriors(of: [28], in: values)
    #expect(general.map(\.mode) == [28] && general[0].set().contains(27))
  }

  @Test func meansCountAsMuchAsTheirObservations() throws {
    // numpy, by the same formula with weights.
    let means = [-4.2, -3.1, -5.0, -2.2, -4.4, -3.9, -1.0, 0.5, 1.2, 0.4, 2.2, 1.9]
    let posterior = try #require(
      MeanSeries(means, weights: [3, 1, 4, 2, 5, 3, 1, 2, 6, 2, 3, 4]).changePosterior())
    #expect(posterior.mode == 6)
    #expect(abs(posterior.probability(of: 6) - 0.688321099807272) < 1e-9)
    #expect(abs(posterior.probability(of: 7) - 0.3114051667971153) < 1e-9)
    #expect(abs(posterior.probability(of: 5) - 5.564349286456713e-07) < 1e-12)
    #expect(posterior.set() == [6, 7])
  }

  @Test func missingValuesKeepTheirPlaces() {
    var values = KnownSeries.nile.map(Optional.some)
    values.insert(nil, at: 10)
    values.insert(.nan, at: 25)
    #expect(meanOrTrendChanges(values) == [30])
    let posteriors = meanOrTrendPosteriors(of: [30], in: values)
    #expect(posteriors.map(\.mode) == [30])
    #expect(posteriors.allSatisfy { !$0.places.contains(10) && !$0.places.contains(25) })
  }

  @Test func whatHasNoChangeHasNoPosterior() {
    #expect(CountSeries([0, 0, 0]).changePosterior() == nil)
    #expect(CountSeries([3]).changePosterior() == nil)
    #expect(MeanSeries([1, 2], weights: [1, 1]).changePosterior() == nil)
    let step = MeanSeries([1, 1, 1, 5, 5, 5], weights: [1, 1, 1, 1, 1, 1]).changePosterior()
    #expect(step?.mode == 3 && step?.probability(of: 3) == 1)
  }

  /// How often the date set holds the true place; the long calibration is `calibrate dates`.
  @Test(arguments: [1.0, 2, 4]) func dateSetsCoverAsOftenAsTheySay(dispersion: Double) {
    var covered = 0
    for seed in 0..<80 {
      var draws = Draws(seed: UInt64(seed))
      let counts = (0..<200).map { draws.count(mean: $0 < 90 ? 4 : 10, dispersion: dispersion) }
      if CountSeries(counts).changePosterior()?.set().contains(90) == true { covered += 1 }
    }
    #expect(covered >= 72, "\(covered) of 80")
  }
}
