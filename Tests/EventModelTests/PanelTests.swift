import EventModel
import Testing

@Suite struct PanelKernelTests {
  /// What a panel says of one cell, by a dictionary over single events.
  private struct Cell: Equatable {
    var events: Int64 = 0
    var best: Int64 = 0
    var hasBest = false
    var score: Int64 = 0
    var scored: Int64 = 0
    var verbalConflict: Int64 = 0
  }
  private struct Key: Hashable, Comparable {
    var period: Int32
    var first: String
    var second: String
    static func < (left: Key, right: Key) -> Bool {
      if left.period != right.period { return left.period < right.period }
      if left.first != right.first { return left.first.utf8.lexicographicallyPrecedes(right.first.utf8) }
      return left.second.utf8.lexicographicallyPrecedes(right.second.utf8)
    }
  }

  private func naive(_ events: [Event], _ unit: PanelUnit, _ length: PeriodLength) -> [Key: Cell] {
    var cells: [Key: Cell] = [:]
    for event in events where event.datePrecision != .span {
      let period = length.index(of: event.firstDay)
      var keys: [Key] = []
      switch unit {
      case .dyad, .directedDyad:
        guard var first = event.actor1, var second = event.actor2 else { continue }
        if unit == .dyad, second.utf8.lexicographicallyPrecedes(first.utf8) { swap(&first, &second) }
        keys = [Key(period: period, first: first, second: second)]
      case .actor:
        keys = Set([event.actor1, event.actor2].compactMap { $0 }).map { Key(period: period, first: $0, second: "") }
      case .admin1: keys = [event.admin1].compactMap { $0 }.map { Key(period: period, first: $0, second: "") }
      case .country: keys = [event.country].compactMap { $0 }.map { Key(period: period, first: $0, second: "") }
      }
      for key in keys {
        var cell = cells[key] ?? Cell()
        cell.events += 1
        if let best = event.fatalities.best {
          cell.best += Int64(best)
          cell.hasBest = true
        }
        if let score = event.goldstein {
          cell.score += Int64(score.millionths)
          cell.scored += 1
        }
        if event.quadClass == .verbalConflict { cell.verbalConflict += 1 }
        cells[key] = cell
      }
    }
    return cells
  }

  private func panel(
    _ table: EventTable, _ unit: PanelUnit, _ length: PeriodLength, _ rule: MultiPeriodRule = .firstDay
  ) throws -> Panel {
    // Sixteen pieces, the last of them short.
    let kernel = try #require(
      PanelKernel(table, unit: unit, period: length, multiPeriod: rule, rowsInPiece: table.count / 16 + 1))
    let pieces = (0..<kernel.pieceCount).map { kernel.partition($0) }
    return kernel.panel(of: kernel.sections(of: pieces).map { kernel.group($0, of: pieces) })
  }

  private func keys(_ panel: Panel, _ unit: PanelUnit) -> [Key] {
    let (periods, first, second) = (panel.periods, panel.firstUnits, panel.secondUnits)
    return (0..<panel.cellCount).map {
      Key(
        period: periods[$0].index, first: panel.names[Int(first[$0])],
        second: unit.isPair ? panel.names[Int(second[$0])] : "")
    }
  }

  @Test(arguments: PanelUnit.allCases, 1...4) func cellsAreThoseOfADictionary(unit: PanelUnit, seed: Int) throws {
    // The larger size has several partitions.
    let events = randomEvents(seed == 1 ? 20_000 : 300 * seed, seed: seed)
    let table = table(of: events)
    for length in PeriodLength.allCases {
      let panel = try panel(table, unit, length)
      let expected = naive(events, unit, length)
      let found = keys(panel, unit)
      try #require(found == expected.keys.sorted())
      #expect(panel.firstDays == panel.periods.map(\.firstDay))
      let counts = panel.eventCounts()
      let best = panel.sums(of: try #require(table.integers(.fatalitiesBest)))
      let (scores, means) = panel.scores(in: try #require(table.goldstein))
      let conflict = panel.counts(in: try #require(table.quadClass))[2]
      for (cell, key) in found.enumerated() {
        let expected = expected[key] ?? Cell()
        try #require(counts[cell] == expected.events)
        try #require(best[cell] == (expected.hasBest ? expected.best : nil))
        try #require(conflict[cell] == expected.verbalConflict)
        try #require(scores[cell] == (expected.scored > 0 ? Double(expected.score) / 1e6 : nil))
        try #require(
          means[cell] == (expected.scored > 0 ? Double(expected.score) / (1e6 * Double(expected.scored)) : nil))
      }
    }
  }

  @Test(arguments: 1...6) func fillingAddsExactlyTheQuietCells(seed: Int) throws {
    let events = randomEvents(40, seed: seed)
    let table = table(of: events)
    let plain = try panel(table, .dyad, .month)
    var random = Noise(UInt64(seed))
    let start = (plain.periods.first?.index ?? 0) - 3
    let periods = (start..<start + 20).filter { _ in random.oneIn(2) }.map { Period(length: .month, index: $0) }
    let filled = plain.filling(periods)
    let before = keys(plain, .dyad)
    var expected = Set(before)
    for key in before {
      for period in periods { expected.insert(Key(period: period.index, first: key.first, second: key.second)) }
    }
    #expect(keys(filled, .dyad) == expected.sorted())
    #expect(filled.cellCount <= plain.cellCountFilling(periods))
    let best = try #require(table.integers(.fatalitiesBest))
    let was = Dictionary(uniqueKeysWithValues: zip(before, plain.eventCounts()))
    let wasBest = Dictionary(uniqueKeysWithValues: before.indices.map { (before[$0], plain.sums(of: best)[$0]) })
    let (counts, sums) = (filled.eventCounts(), filled.sums(of: best))
    let (scores, means) = filled.scores(in: try #require(table.goldstein))
    for (cell, key) in keys(filled, .dyad).enumerated() {
      #expect(counts[cell] == was[key] ?? 0)
      #expect(sums[cell] == (wasBest[key] ?? 0))
      if was[key] == nil {
        #expect(scores[cell] == 0)
        #expect(means[cell] == nil)
      }
    }
  }

  @Test(arguments: 1...6) func spreadingKeepsEverySum(seed: Int) throws {
    let events = randomEvents(400, seed: seed)
    let table = table(of: events)
    let kernel = try #require(PanelKernel(table, unit: .country, period: .month, multiPeriod: .spread))
    let spread = try panel(table, .country, .month, .spread)
    let plain = try panel(table, .country, .month)
    #expect(kernel.multiPeriodEvents > 10)
    #expect(spread.eventCounts().reduce(0, +) == plain.eventCounts().reduce(0, +))
    func total(_ panel: Panel, _ column: EventColumn) throws -> Int64 {
      panel.sums(of: try #require(panel.events.integers(column)), missing: 1).reduce(0, +)
    }
    #expect(try total(spread, .incidents) == total(plain, .incidents))
    let best = (
      spread.sums(of: try #require(spread.events.integers(.fatalitiesBest))),
      plain.sums(of: try #require(table.integers(.fatalitiesBest)))
    )
    func known(_ column: Column<Int64>) -> Int64 { (0..<column.count).reduce(0) { $0 + (column[$1] ?? 0) } }
    #expect(known(best.0) == known(best.1))
    func points(_ panel: Panel) throws -> Double {
      let sums = panel.scores(in: try #require(panel.events.goldstein)).sums
      return (0..<sums.count).reduce(0) { $0 + (sums[$1] ?? 0) }
    }
    #expect(abs(try points(spread) - points(plain)) < 1e-6)
  }

  @Test func anEventIsSpreadByTheDaysInEachPeriod() throws {
    var event = Event(day: try #require(Day("2021-01-22")), actor1: "A", actor2: "B")
    event.lastDay = try #require(Day("2021-03-12"))
    event.incidents = 100
    event.country = "X"
    let panel = try panel(table(of: [event]), .country, .month, .spread)
    // 10, 28 and 12 of 50 days; the middle of the event lies in February.
    #expect(panel.periods.map(\.description) == ["2021-01", "2021-02", "2021-03"])
    #expect(panel.sums(of: try #require(panel.events.integers(.incidents)), missing: 1) == [20, 56, 24])
    #expect(panel.eventCounts() == [0, 1, 0])
  }

  @Test func whatIsLeftOutIsCounted() throws {
    let events = randomEvents(500, seed: 4)
    let kernel = try #require(PanelKernel(table(of: events), unit: .dyad, period: .week, multiPeriod: .exclude))
    let pieces = (0..<kernel.pieceCount).map { kernel.partition($0) }
    let panel = kernel.panel(of: kernel.sections(of: pieces).map { kernel.group($0, of: pieces) })
    let spans = events.filter { $0.datePrecision == .span }
    let lasting = events.filter {
      $0.datePrecision != .span && Period(.week, holding: $0.firstDay) != Period(.week, holding: $0.lastDay)
    }
    #expect(pieces.reduce(0) { $0 + $1.spans } == spans.count)
    #expect(pieces.reduce(0) { $0 + $1.excluded } == lasting.count)
    #expect(kernel.multiPeriodEvents == lasting.count)
    let counted = Int(panel.eventCounts().reduce(0, +))
    #expect(counted + spans.count + lasting.count + pieces.reduce(0) { $0 + $1.withoutUnit } == events.count)
  }

  @Test func anEmptyTableGivesAnEmptyPanel() throws {
    let panel = try panel(table(of: []), .dyad, .month)
    #expect(panel.cellCount == 0)
    #expect(panel.filling([Period(length: .month, index: 3)]).cellCount == 0)
    #expect(PanelKernel(table(of: [], .dates), unit: .dyad, period: .month) == nil)
  }
}
