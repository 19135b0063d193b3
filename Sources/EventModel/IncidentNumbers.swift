/// How many incidents each row of a table stands for, and between which bounds.
public struct IncidentNumbers: Sendable {
  private let values: Column<Int32>?
  private let lows: Column<Int32>?
  private let highs: Column<Int32>?

  /// Takes the columns of a table; a table without them has one incident in each row.
  public init(_ events: EventTable) {
    values = events.integers(.incidents)
    lows = events.integers(.incidentsLow)
    highs = events.integers(.incidentsHigh)
  }

  /// Number, low and high of a row: one where none is given, and at least one where there is an upper bound alone.
  public subscript(row: Int) -> IncidentBounds {
    let value = values?[row].map(Int.init) ?? 1
    let (low, high) = (lows?[row].map(Int.init), highs?[row].map(Int.init))
    let isUpperBound = low == nil && high != nil
    return IncidentBounds(
      value: value, low: min(value, low ?? (isUpperBound ? 1 : value)),
      high: high.map { max($0, value) } ?? (low == nil ? value : nil), isUpperBound: isUpperBound)
  }
}

/// How many incidents a row stands for, and between which bounds.
public struct IncidentBounds: Sendable, Hashable {
  /// The number given.
  public var value: Int
  /// The lowest number it may be.
  public var low: Int
  /// The highest number it may be; nil where the row gives a lower bound only.
  public var high: Int?
  /// Whether the row gives an upper bound only.
  public var isUpperBound: Bool
}
