/// What a row of a panel is about, beside its period.
public enum PanelUnit: String, Sendable, CaseIterable, BitwiseCopyable {
  /// Two actors, in no order.
  case dyad
  /// Two actors of whom the first acted on the second.
  case directedDyad = "directed-dyad"
  /// One actor, whichever side of the event it is on.
  case actor
  /// A first administrative division, by its name.
  case admin1
  /// A country.
  case country

  /// The event columns that say which unit an event belongs to; of actors, one where the data name one only.
  public var columns: EventColumns {
    switch self {
    case .dyad, .directedDyad: .actors
    case .actor: EventColumns([.actor1])
    case .admin1: .admin1
    case .country: .country
    }
  }
  /// Whether a unit is two actors.
  public var isPair: Bool { self == .dyad || self == .directedDyad }
}

/// What becomes of an event that lasts over several periods.
public enum MultiPeriodRule: String, Sendable, CaseIterable, BitwiseCopyable {
  /// It counts in the period of its first day.
  case firstDay = "first-day"
  /// Its numbers are shared out over its periods, by the days in each.
  case spread
  /// It counts nowhere.
  case exclude
}

/// Events by unit and period: for each cell the rows of its events, and the sums over them.
///
/// Cells are in the order of their periods, then of their units' names as UTF-8 bytes. Every sum is made of whole
/// numbers, so that no order of summing can change it. A sum takes 3 to 20 ns for each event on one core; sums of
/// different columns may be made at the same time.
public struct Panel: Sendable {
  /// The events the cells refer to.
  public let events: EventTable
  /// How many cells there are.
  public let cellCount: Int
  /// The names of the units, or of the actors that make them, in the order of their UTF-8 bytes.
  public let names: [String]
  let layout: PanelLayout
  /// The keys of all cells, in ascending order and in several stretches.
  let keys: [[UInt64]]
  let sections: [PanelSection]
  /// The cell of each group of rows, where some cells have no rows; nil where group and cell are the same.
  let cellOfGroup: [UInt32]?
  let isEvent: Bitmap?

  /// How many cells have no events, nor a part of one.
  public var quietCellCount: Int { cellOfGroup.map { cellCount - $0.count } ?? 0 }

  /// The period of each cell.
  public var periods: [Period] { decoded { layout.period(of: $0) } }
  /// The first day of each cell's period.
  public var firstDays: [Day] {
    // Few periods, many cells: each day is computed once.
    var last = UInt64.max
    var day = Day(daysSinceEpoch: 0)
    return decoded { key in
      let period = key >> layout.unitBits
      if period != last {
        last = period
        day = layout.period(of: key).firstDay
      }
      return day
    }
  }
  /// The unit of each cell, or its first actor, as an index into `names`.
  public var firstUnits: [UInt32] { decoded { layout.first(of: $0) } }
  /// The second actor of each cell, as an index into `names`; of no meaning where units are not pairs.
  public var secondUnits: [UInt32] { decoded { layout.second(of: $0) } }

  private func decoded<Value>(_ value: (UInt64) -> Value) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(cellCount)
    for stretch in keys {
      for key in stretch { values.append(value(key)) }
    }
    return values
  }

  /// How many events each cell has.
  public func eventCounts() -> [Int64] {
    var counts = [Int64](repeating: 0, count: cellCount)
    if let isEvent {
      forEachEntry { cell, row in if isEvent[row] { counts[cell] &+= 1 } }
    } else {
      forEachEntry { cell, _ in counts[cell] &+= 1 }
    }
    return counts
  }

  /// How many events of each cell are of each quad class, in the order of the classes; events without one do not count.
  public func counts(in quadClass: Column<UInt8>) -> [[Int64]] {
    // One array, cell by cell: a second one to be changed in the loop would double its cost.
    var counts = [UInt32](repeating: 0, count: 4 * cellCount)
    let (values, validity) = (quadClass.values, quadClass.validity)
    if let validity {
      forEachEntry { cell, row in
        if validity[row], values[row] &- 1 < 4 { counts[4 &* cell &+ Int(values[row] &- 1)] &+= 1 }
      }
    } else {
      forEachEntry { cell, row in if values[row] &- 1 < 4 { counts[4 &* cell &+ Int(values[row] &- 1)] &+= 1 } }
    }
    return (0..<4).map { quad in (0..<cellCount).map { Int64(counts[4 * $0 + quad]) } }
  }

  /// The sum of a column over each cell's events; missing where the cell has events but none of them a value.
  public func sums(of column: Column<Int32>) -> Column<Int64> {
    var sums = [Int64](repeating: 0, count: cellCount)
    let values = column.values
    guard let validity = column.validity else {
      forEachEntry { cell, row in sums[cell] &+= Int64(values[row]) }
      return Column(sums)
    }
    var hasValue = [Bool](repeating: false, count: cellCount)
    forEachEntry { cell, row in
      if validity[row] {
        sums[cell] &+= Int64(values[row])
        hasValue[cell] = true
      }
    }
    return Column(sums, validity: validityOfSums(hasValue))
  }

  /// The sum of a column over each cell's events, of which a missing value counts as a number given.
  public func sums(of column: Column<Int32>, missing: Int32) -> [Int64] {
    guard let validity = column.validity else { return sums(of: column).values }
    var sums = [Int64](repeating: 0, count: cellCount)
    let values = column.values
    forEachEntry { cell, row in sums[cell] &+= Int64(validity[row] ? values[row] : missing) }
    return sums
  }

  /// Sum and mean of the scores of each cell's events that have one.
  ///
  /// The sum is missing where the cell has events but none with a score, the mean also where it has no events.
  public func scores(in column: Column<GoldsteinScore>) -> (sums: Column<Double>, means: Column<Double>) {
    var totals = [Int64](repeating: 0, count: cellCount)
    var counts = [UInt32](repeating: 0, count: cellCount)
    let values = column.values
    if let validity = column.validity {
      forEachEntry { cell, row in
        if validity[row] {
          totals[cell] &+= Int64(values[row].millionths)
          counts[cell] &+= 1
        }
      }
    } else {
      forEachEntry { cell, row in
        totals[cell] &+= Int64(values[row].millionths)
        counts[cell] &+= 1
      }
    }
    var sums: [Double] = []
    var means: [Double] = []
    sums.reserveCapacity(cellCount)
    means.reserveCapacity(cellCount)
    var isEveryScored = true
    for cell in 0..<cellCount {
      let total = Double(totals[cell])
      let count = counts[cell]
      if count == 0 { isEveryScored = false }
      sums.append(total / 1_000_000)
      means.append(count == 0 ? 0 : total / (1_000_000 * Double(count)))
    }
    guard !isEveryScored else { return (Column(sums), Column(means)) }
    let hasScore = counts.map { $0 > 0 }
    return (Column(sums, validity: validityOfSums(hasScore)), Column(means, validity: Bitmap(hasScore)))
  }

  /// Which cells have a sum: those with a value, and those without events, whose sum is zero.
  private func validityOfSums(_ hasValue: [Bool]) -> Bitmap? {
    guard hasValue.contains(false) else { return nil }
    guard let cellOfGroup else { return Bitmap(hasValue) }
    var hasSum = [Bool](repeating: true, count: cellCount)
    for cell in cellOfGroup { hasSum[Int(cell)] = hasValue[Int(cell)] }
    return Bitmap(hasSum)
  }

  /// Calls `body` for each event of each cell, cell by cell.
  @inline(__always) private func forEachEntry(_ body: (_ cell: Int, _ row: Int) -> Void) {
    var group = -1
    if let cellOfGroup {
      for section in sections {
        for entry in section.entries {
          group &+= Int(entry >> 31)
          body(Int(cellOfGroup[group]), Int(entry & 0x7FFF_FFFF))
        }
      }
    } else {
      for section in sections {
        for entry in section.entries {
          group &+= Int(entry >> 31)
          body(group, Int(entry & 0x7FFF_FFFF))
        }
      }
    }
  }
}

extension Bitmap {
  /// The bits of truth values.
  init(_ values: [Bool]) {
    self.init(repeating: false, count: values.count)
    for (row, value) in values.enumerated() where value { words[row >> 6] |= 1 << UInt64(row & 63) }
  }
}
