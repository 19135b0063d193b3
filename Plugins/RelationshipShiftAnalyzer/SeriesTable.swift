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
    let columns: [ResultColumn] = [
      names(\.actor1), names(\.actor2), names(\.name), .dates(Column(chosen.flatMap { _ in periods })),
      .reals(Column(chosen.flatMap { network.exposures[$0].used.map { rounded($0, digits: 10) } })),
      integers { $0.counts(.verbalCooperation) }, integers { $0.counts(.materialCooperation) },
      integers { $0.counts(.verbalConflict) }, integers { $0.counts(.materialConflict) },
      integers { $0.numbers.cooperation.map(Int64.init) }, integers { $0.numbers.conflict.map(Int64.init) },
      .reals(Column(parts.flatMap(\.means), placeholder: 0)), tones(\.value), tones(\.error), tones(\.low),
      tones(\.high),
      .integers(Column(parts.flatMap { $0.tones.map { $0.map { Int64($0.events) } } }, placeholder: 0)),
      .text(CodedColumn(parts.flatMap(\.classes))), integers(\.regimes),
    ]
    return ResultTable(ShiftTables.series, columns: columns, count: count)
  }

  private func part(_ dyad: Int) -> SeriesPart {
    let numbers = network.series(of: dyad)
    let periods = calendar.periods.indices
    let state = states[dyad]
    let changes = search.shifts.filter { $0.lead.dyad == dyad }.map(\.lead.place)
    let means = periods.map { place -> Double? in
      guard !network.isOneSided, numbers.scoreWeights[place] > 0 else { return nil }
      return rounded(numbers.scoreSums[place] / numbers.scoreWeights[place], digits: 10)
    }
    return SeriesPart(
      numbers: numbers, means: means, tones: periods.map { state.path.indices.contains($0) ? state.path[$0] : nil },
      classes: periods.map { state.classes.indices.contains($0) ? state.classes[$0].rawValue : nil },
      regimes: periods.map { place in Int64(changes.count { $0 <= place }) })
  }
}

/// The rows of one dyad.
private struct SeriesPart: Sendable {
  var numbers: DyadSeries
  var means: [Double?]
  var tones: [Tone?]
  var classes: [String?]
  var regimes: [Int64]

  func counts(_ category: DyadEvent.Category) -> [Int64] { numbers.incidents[category.rawValue].map(Int64.init) }
}
