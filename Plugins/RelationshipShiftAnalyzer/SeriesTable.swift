import EventModel
import Workbench

extension ShiftReport {
  /// The table `series`, made by columns: it may have millions of rows.
  func series(in context: RunContext) throws(Diagnostic) -> ResultTable {
    let chosen = histories.indices.filter {
      states[$0].events >= network.settings.minEvents || states[$0].tone.map { $0.events >= Tone.fewest } ?? false
    }
    let parts = try context.concurrentMap(chosen.count) { place throws(Diagnostic) in
      try context.checkCancellation()
      return self.part(chosen[place])
    }
    let periods = calendar.periods.map(\.firstDay)
    let count = chosen.count * periods.count
    func names(_ name: (DyadHistory) -> String) -> ResultColumn {
      let labels = chosen.map { name(histories[$0]) }
      let codes = chosen.indices.flatMap { [UInt32](repeating: UInt32($0), count: periods.count) }
      return .text(CodedColumn(codes: Column(codes), labels: labels).compacted())
    }
    func integers(_ values: (SeriesPart) -> [Int64]) -> ResultColumn { .integers(Column(parts.flatMap(values))) }
    func tones(_ value: (Tone) -> Double) -> ResultColumn {
      let all = parts.flatMap { part in
        part.tones.map { tone in tone.flatMap { $0.events > 0 ? rounded(value($0), digits: 10) : nil } }
      }
      return .reals(Column(all, placeholder: 0))
    }
    func levels(_ value: (RegimeLevel) -> Double?) -> ResultColumn {
      .reals(
        Column(
          parts.flatMap { $0.levels.map { level in value(level).map { rounded($0, digits: 10) } } }, placeholder: 0))
    }
    let columns: [ResultColumn] = [
      names(\.actor1), names(\.actor2), names(\.name), .dates(Column(chosen.flatMap { _ in periods })),
      .reals(Column(chosen.flatMap { network.exposures[$0].used.map { rounded($0, digits: 10) } })),
      integers { $0.counts(.verbalCooperation) }, integers { $0.counts(.materialCooperation) },
      integers { $0.counts(.verbalConflict) }, integers { $0.counts(.materialConflict) },
      integers { $0.numbers.cooperation.map(Int64.init) }, integers { $0.numbers.conflict.map(Int64.init) },
      .reals(Column(parts.flatMap(\.means), placeholder: 0)), tones(\.value), tones(\.error), tones(\.low),
      tones(\.high),
      .integers(Column(parts.flatMap { $0.tones.map { $0.map { Int64($0.events) } } }, placeholder: 0)),
      .text(CodedColumn(parts.flatMap(\.classes))), integers(\.regimes), levels(\.cooperation), levels(\.conflict),
      levels(\.score), .integers(Column(parts.flatMap(\.fatal), placeholder: 0)),
      .reals(Column(parts.flatMap { $0.undated.map { rounded($0, digits: 10) } })),
    ]
    return ResultTable(ShiftTables.series, columns: columns, count: count)
  }

  private func part(_ dyad: Int) -> SeriesPart {
    let numbers = network.series(of: dyad)
    let periods = calendar.periods.indices
    let (state, regimes) = (states[dyad], regimes(of: dyad))
    let means = periods.map { place -> Double? in
      guard !network.isOneSided, numbers.scoreWeights[place] > 0 else { return nil }
      return rounded(numbers.scoreSums[place] / numbers.scoreWeights[place], digits: 10)
    }
    return SeriesPart(
      numbers: numbers, means: means, tones: periods.map { state.path.indices.contains($0) ? state.path[$0] : nil },
      classes: periods.map { state.classes.indices.contains($0) ? state.classes[$0].rawValue : nil },
      regimes: regimes.enumerated().flatMap { number, range in [Int64](repeating: Int64(number), count: range.count) },
      levels: regimes.flatMap { levels(of: $0, dyad, numbers) },
      fatal: numbers.fatal.map { network.histories.hasFatalities ? Int64($0) : nil }, undated: undated(of: dyad))
  }

  /// A dyad's regimes, between its shifts and boundaries; none where there are no periods.
  func regimes(of dyad: Int) -> [Range<Int>] {
    let changes = search.shifts.filter { $0.lead.dyad == dyad }.map(\.lead.place)
    let starts = Set(changes + network.boundaries.parts[dyad].map(\.lowerBound)).sorted()
    return zip(starts, starts.dropFirst() + [calendar.periods.count]).map { $0..<$1 }
  }
  /// What each period of a regime would be like by the regime's rates.
  private func levels(of range: Range<Int>, _ dyad: Int, _ numbers: DyadSeries) -> [RegimeLevel] {
    let exposure = network.exposures[dyad].used
    let seen = range.reduce(0) { $0 + exposure[$1] }
    func rate(_ counts: [Double]) -> Double {
      seen > 0 ? range.reduce(0) { exposure[$1] > 0 ? $0 + counts[$1] : $0 } / seen : 0
    }
    let rates = (rate(numbers.cooperation), rate(numbers.conflict))
    let weight = range.reduce(0) { $0 + numbers.scoreWeights[$1] }
    let mean = range.reduce(0) { $0 + numbers.scoreSums[$1] } / max(weight, 1e-12)
    let score = weight > 0 && !network.isOneSided ? mean : nil
    return range.map { place in
      let own = exposure[place]
      return RegimeLevel(
        cooperation: own > 0 && !network.isOneSided ? rates.0 * own : nil, conflict: own > 0 ? rates.1 * own : nil,
        score: score)
    }
  }
  /// Incidents that are not dated to one period, by the days they may have happened on.
  private func undated(of dyad: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: calendar.periods.count)
    for event in histories[dyad].events where isUndated(event) {
      for (place, part) in calendar.parts(of: event) { sums[place] += part * Double(event.incidents) }
    }
    return sums
  }
  /// Whether an event counts in no rate only because it is not dated to one period.
  func isUndated(_ event: DyadEvent) -> Bool {
    !event.isState && event.confidence >= network.settings.minConfidence && !calendar.isDated(event)
  }
}

/// What a period would be like by the rates of its regime.
private struct RegimeLevel: Sendable {
  var cooperation: Double?
  var conflict: Double?
  var score: Double?
}

/// The rows of one dyad.
private struct SeriesPart: Sendable {
  var numbers: DyadSeries
  var means: [Double?]
  var tones: [Tone?]
  var classes: [String?]
  var regimes: [Int64]
  var levels: [RegimeLevel]
  var fatal: [Int64?]
  var undated: [Double]

  func counts(_ category: DyadEvent.Category) -> [Int64] { numbers.incidents[category.rawValue].map(Int64.init) }
}
