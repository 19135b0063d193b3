import EventModel
import Testing

/// Numbers that depend on a seed alone.
struct Noise {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }
  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
  mutating func oneIn(_ bound: Int) -> Bool { below(bound) == 0 }
}

/// Events of every shape: missing values, states in force, long ones, several names with more than ASCII.
func randomEvents(_ count: Int, seed: Int) -> [Event] {
  var random = Noise(UInt64(seed))
  let names = ["TTP", "Pakistan", "Afghan Taliban", "al-Qaeda", "Élite", "elite", "e\u{301}lite 2", "A", "Ω", "日本"]
  return (0..<count).map { row in
    var event = Event(day: Day(daysSinceEpoch: Int32(18_900 + random.below(400))))
    event.id = random.oneIn(9) ? nil : "E\(row)"
    if random.oneIn(4) { event.lastDay = event.firstDay.adding(days: random.below(100)) }
    event.datePrecision = random.oneIn(12) ? .span : random.oneIn(3) ? .month : .day
    event.actor1 = random.oneIn(10) ? nil : names[random.below(names.count)]
    event.actor2 = random.oneIn(10) ? nil : names[random.below(names.count)]
    event.eventClass = random.oneIn(15) ? nil : ["190", "18", "051", "1823", "20"][random.below(5)]
    event.quadClass = random.oneIn(6) ? nil : QuadClass.allCases[random.below(4)]
    event.goldstein = random.oneIn(6) ? nil : GoldsteinScore(tenths: Int32(random.below(201) - 100))
    event.incidents = random.oneIn(3) ? nil : Int32(random.below(50))
    event.incidentsHigh = random.oneIn(3) ? Int32(random.below(90)) : nil
    event.fatalities.best = random.oneIn(3) ? nil : Int32(random.below(30))
    event.fatalities.low = random.oneIn(2) ? nil : Int32(random.below(20))
    event.latitude = random.oneIn(2) ? nil : Double(random.below(9000)) / 100
    event.geoPrecision = random.oneIn(2) ? nil : UInt8(1 + random.below(7))
    event.country = random.oneIn(8) ? nil : ["PAK", "AFG", "IND"][random.below(3)]
    event.admin1 = random.oneIn(3) ? nil : "admin \(random.below(6))"
    event.about = random.oneIn(3) ? "ceasefire" : nil
    event.record = RecordReference(file: row % 3, offset: row * 100)
    return event
  }
}

func table(of events: [Event], _ columns: EventColumns = .all, _ direction: DyadDirection = .directed) -> EventTable {
  var builder = EventTable.Builder(EventSchema(columns: columns, direction: direction, ontology: "cameo"))
  for event in events { builder.append(event) }
  return builder.finish()
}

@Suite struct EventTableTests {
  @Test(arguments: 1...5) func eventsComeBackFromTheTableAsTheyWentIn(seed: Int) {
    let events = randomEvents(150, seed: seed)
    let built = table(of: events)
    #expect((0..<built.count).map { built[$0] } == events)
  }

  @Test func columnsTheSchemaLacksAreLeftOut() {
    let built = table(of: randomEvents(20, seed: 1), [.actors, .fatalities])
    #expect(built.columns == EventColumns.dates.union(.actors).union(.fatalities))
    #expect(built.goldstein == nil)
    #expect(built.keeping(.actors).columns == EventColumns.dates.union(.actors))
  }

  @Test(arguments: 1...5) func selectionTakesTheRowsAskedForInThatOrder(seed: Int) {
    let events = randomEvents(130, seed: seed)
    var random = Noise(UInt64(seed) + 99)
    let rows = (0..<70).map { _ in Int32(random.below(events.count)) }
    let selected = table(of: events).selecting(rows)
    #expect((0..<selected.count).map { selected[$0] } == rows.map { events[Int($0)] })
    #expect(Set(selected.actor1?.labels ?? []) == Set(rows.compactMap { events[Int($0)].actor1 }))
  }

  @Test(arguments: 1...5) func tablesStandOneAfterAnother(seed: Int) {
    let first = randomEvents(65, seed: seed)
    let second = randomEvents(64, seed: seed + 50)
    let joined = EventTable.concatenating([table(of: first), table(of: second), table(of: [])])
    #expect((0..<joined.count).map { joined[$0] } == first + second)
  }

  @Test func aUnionHasTheColumnsOfAnyAndIsDirectedOnlyIfAllAre() {
    let first = table(of: randomEvents(10, seed: 1), [.actors, .goldstein])
    let second = table(of: randomEvents(10, seed: 2), [.actors, .fatalities], .undirected)
    let joined = EventTable.concatenating([first, second])
    #expect(joined.columns.isSuperset(of: [.actors, .goldstein, .fatalities]))
    #expect(joined.direction == .undirected)
    #expect((10..<20).allSatisfy { joined.goldstein?[$0] == nil })
    #expect((0..<10).allSatisfy { joined.integers(.fatalitiesBest)?[$0] == nil })
  }

  @Test func bothActorsShareOneListOfNames() throws {
    let events = randomEvents(200, seed: 3)
    let actors = try #require(table(of: events).actors)
    for (row, event) in events.enumerated() {
      #expect(actors.actor1[row].map { actors.labels[Int($0)] } == event.actor1)
      #expect(actors.actor2[row].map { actors.labels[Int($0)] } == event.actor2)
    }
    #expect(Set(actors.labels).count == actors.labels.count)
  }
}

@Suite struct ColumnTests {
  @Test(arguments: [0, 1, 63, 64, 65, 200]) func bitmapsHoldWhatWasSet(count: Int) {
    var random = Noise(UInt64(count))
    let bits = (0..<count).map { _ in random.oneIn(3) }
    var appended = Bitmap(repeating: false, count: 0)
    var set = Bitmap(repeating: true, count: count)
    for (row, bit) in bits.enumerated() {
      appended.append(bit)
      set.set(row, to: bit)
    }
    #expect(appended == set)
    #expect((0..<count).map { set[$0] } == bits)
    #expect(set.population == bits.count { $0 })
    #expect(Bitmap(words: [.max, .max, .max, .max, .max], count: count) == Bitmap(repeating: true, count: count))
  }

  @Test func aColumnWithoutMissingValuesHasNoValidity() {
    #expect(Column([1, 2, 3] as [Int32?], placeholder: 0).validity == nil)
    let column = Column([1, nil, 3] as [Int32?], placeholder: 0)
    #expect(column.missing == 1)
    #expect([column[0], column[1], column[2]] == [1, nil, 3])
  }

  @Test func labelsStandInTheOrderOfTheirFirstRow() {
    let column = CodedColumn(["b", nil, "a", "b", "c"])
    #expect(column.labels == ["b", "a", "c"])
    let selected = column.selecting([4, 1, 2])
    #expect((0..<3).map { selected[$0] } == ["c", nil, "a"])
    #expect(selected.labels == ["c", "a"])
  }
}
