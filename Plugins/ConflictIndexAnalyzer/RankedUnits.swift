import EventModel
import Incidents
import Workbench

/// The indicators of each unit, and their ranks.
struct RankedUnits {
  /// The indicators, in the order of ACLED.
  enum Indicator: Int, CaseIterable { case deadliness, danger, diffusion, fragmentation }

  /// A unit and what was counted of it.
  struct Unit {
    let name: String
    var rows: [Int32] = []
    /// Low, best and high; nil where no incident gives one.
    var fatalities: [Int?] = [nil, nil, nil]
    var targetingCivilians: Int?
    var cells: Int?
    var cellsOfTen: Int?
    var groups: Int?
    /// Of each indicator how many of the other units it is worse than, as a share, ties by half.
    var ranks: [Double?] = [nil, nil, nil, nil]

    func value(_ indicator: Indicator) -> Double? {
      switch indicator {
      case .deadliness: fatalities[1].map(Double.init)
      case .danger: targetingCivilians.map(Double.init)
      case .diffusion:
        // Of fewer active cells a share says nothing.
        cells.flatMap { cells in cells >= 5 ? cellsOfTen.map { Double($0) / Double(cells) } : nil }
      case .fragmentation: groups.map(Double.init)
      }
    }
    /// The mean of the ranks that there are.
    var index: Double? {
      let known = ranks.compactMap(\.self)
      // To ten digits, so that equal means are equal.
      return known.isEmpty ? nil : rounded(known.reduce(0, +) / Double(known.count), digits: 10)
    }
  }
  let kind: IndexUnit
  private(set) var units: [Unit] = []
  let from: Day?
  let to: Day?
  let covered: Int
  /// How many incidents of the window name no unit.
  private(set) var unnamed = 0
  /// What cannot be said, and why, one line each.
  private(set) var notes: [String] = []

  /// Fewer units have no ranks.
  static let fewest = 5
  /// The side of a cell in degrees: some 11 km to the north, as ACLED's cells have 10.
  private static let side = 0.1

  init(_ records: IncidentRecords, _ events: EventTable, _ kind: IndexUnit, civilians: [String]?, days: Int) {
    self.kind = kind
    let stretches = events.daysCoveredByAll
    let last = stretches.stretches.last?.upperBound
    let first = last?.adding(days: 1 - days)
    (from, to) = (first, last)
    covered = first.map { start in (0..<days).count { stretches.contains(start.adding(days: $0)) } } ?? 0
    guard let first, let last else {
      notes = ["no day is covered by every source"]
      return
    }
    guard let column = events.codes(kind.column) else {
      notes = ["the events name no \(kind.rawValue)"]
      return
    }
    // A unit that once had an incident and has none now is the calmest, not absent.
    var places = [Int](repeating: -1, count: column.labels.count)
    let dates = events.firstDay.values
    for row in records.rows {
      let isInside = (first...last).contains(dates[Int(row)])
      guard let code = column.codes[Int(row)] else {
        unnamed += isInside ? 1 : 0
        continue
      }
      if places[Int(code)] < 0 {
        places[Int(code)] = units.count
        units.append(Unit(name: column.labels[Int(code)]))
      }
      if isInside { units[places[Int(code)]].rows.append(row) }
    }
    count(events, civilians)
    rank()
    if covered < days { notes.append("only \(covered) of \(days) days are covered") }
  }

  private mutating func count(_ events: EventTable, _ civilians: [String]?) {
    let fatalities = EventColumns.fatalities.columns.map { events.integers($0) }
    let targets = Targets(events, civilians)
    let (north, east, precision) = (events.reals(.latitude), events.reals(.longitude), events.bytes(.geoPrecision))
    let actors = events.actors
    let isArmed = actors.map { actors in actors.labels.map { events.actorKinds[$0] == .armed } } ?? []
    for place in units.indices {
      let rows = units[place].rows
      for (estimate, column) in fatalities.enumerated() {
        guard let column else { continue }
        let known = rows.compactMap { column[Int($0)] }
        units[place].fatalities[estimate] = known.isEmpty && !rows.isEmpty ? nil : known.reduce(0) { $0 + Int($1) }
      }
      if targets.isKnown { units[place].targetingCivilians = rows.count { targets.contains(Int($0)) } }
      if isArmed.contains(true), let actors {
        var groups = Set<UInt32>()
        for row in rows {
          for code in [actors.actor1[Int(row)], actors.actor2[Int(row)]] {
            if let code, isArmed[Int(code)] { groups.insert(code) }
          }
        }
        units[place].groups = groups.count
      }
      guard let north, let east else { continue }
      var cells: [SIMD2<Int32>: Int] = [:]
      for row in rows where precision?[Int(row)] ?? (precision == nil ? 1 : 9) <= 1 {
        guard let latitude = north[Int(row)], let longitude = east[Int(row)] else { continue }
        let cell = SIMD2(Int32((longitude / Self.side).rounded(.down)), Int32((latitude / Self.side).rounded(.down)))
        cells[cell, default: 0] += 1
      }
      units[place].cells = cells.count
      units[place].cellsOfTen = cells.values.count { $0 >= 10 }
    }
    if fatalities[1] == nil { notes.append("no deadliness: the events have no fatalities") }
    if !targets.isKnown { notes.append("no danger: neither classes nor kinds of actors say who is targeted") }
    if north == nil || east == nil { notes.append("no diffusion: the events have no coordinates") }
    if !isArmed.contains(true) { notes.append("no fragmentation: the table of actors says of nobody that it is armed") }
  }

  private mutating func rank() {
    guard units.count >= Self.fewest else {
      notes.append("no ranks: fewer than \(Self.fewest) \(kind.plural)")
      return
    }
    for indicator in Indicator.allCases {
      let values = units.map { $0.value(indicator) }
      let known = values.compactMap(\.self)
      guard known.count >= Self.fewest else { continue }
      for place in units.indices {
        guard let value = values[place] else { continue }
        let (less, equal) = (known.count { $0 < value }, known.count { $0 == value } - 1)
        units[place].ranks[indicator.rawValue] = (Double(less) + Double(equal) / 2) / Double(known.count - 1)
      }
    }
  }
}

/// Which incidents target civilians: by their class, or by the kind of an actor.
private struct Targets {
  private let classes: CodedColumn?
  private let isTargeting: [Bool]
  private let actors: ActorColumns?
  private let isCivilian: [Bool]

  init(_ events: EventTable, _ wanted: [String]?) {
    let standard = [
      "ucdp": ["one-sided"],
      "acled": ["Violence against civilians", "Sexual violence", "Attack", "Abduction/forced disappearance"],
    ]
    let chosen = wanted ?? events.ontology.flatMap { standard[$0] } ?? []
    classes = events.eventClass
    isTargeting = events.eventClass?.labels.map { chosen.contains($0) } ?? []
    actors = events.actors
    isCivilian = events.actors?.labels.map { events.actorKinds[$0] == .civilians } ?? []
  }
  var isKnown: Bool { isTargeting.contains(true) || isCivilian.contains(true) }

  func contains(_ row: Int) -> Bool {
    if let code = classes?.codes[row], isTargeting[Int(code)] { return true }
    guard let actors else { return false }
    return [actors.actor1[row], actors.actor2[row]].contains { $0.map { isCivilian[Int($0)] } ?? false }
  }
}
