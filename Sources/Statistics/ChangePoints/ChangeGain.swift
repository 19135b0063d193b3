extension ChangeFamily.Series {
  /// How much better two levels fit than one: twice the log-likelihood ratio of a change, over the noise of the series.
  ///
  /// Comparable between counts and means, so that of several channels the one that shows a change best can be told.
  /// - Parameters: the first index of the regime before, of the new regime, and past the new regime.
  public func gain(from start: Int, of change: Int, to end: Int) -> Double {
    func gain(_ series: some PeriodSeries) -> Double {
      let cost = series.cost(noise: series.noise)
      return cost.cost(start, end) - cost.cost(start, change) - cost.cost(change, end)
    }
    switch self {
    case .counts(let series): return gain(series)
    case .means(let series): return gain(series)
    }
  }
}
