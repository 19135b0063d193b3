import EventModel
public import JSONText
public import Workbench

/// How a table differs from another of the same name: by its key columns, row by row.
public struct TableComparison: Sendable {
  /// A value that changed.
  public struct Change: Sendable {
    /// The values of the key columns.
    public var key: [JSONValue]
    /// The column.
    public var column: String
    /// What it was.
    public var old: JSONValue
    /// What it is.
    public var new: JSONValue
    /// By how much a number grew; nil where either is none.
    public var movement: Double? {
      guard let old = old.number, let new = new.number else { return nil }
      return new - old
    }
  }
  /// How many rows are in the new table alone.
  public private(set) var added = 0
  /// How many rows are in the old table alone.
  public private(set) var removed = 0
  /// How many rows are in both and have another value somewhere.
  public private(set) var changed = 0
  /// How many rows are in both, and equal.
  public private(set) var same = 0
  /// The first keys that are in the new table alone.
  public private(set) var addedKeys: [[JSONValue]] = []
  /// The first keys that are in the old table alone.
  public private(set) var removedKeys: [[JSONValue]] = []
  /// Of each column of numbers the change that is largest for the spread of the column's values, the largest first.
  ///
  /// Then the first change of each other column.
  public private(set) var movers: [Change] = []
  /// Columns that only one of the tables has.
  public private(set) var otherColumns: [String] = []
  /// Whether the tables are equal.
  public var isEmpty: Bool { added == 0 && removed == 0 && changed == 0 && otherColumns.isEmpty }
  private static let shown = 5

  /// Compares two tables of one analysis.
  public init(_ old: ResultTable, _ new: ResultTable) {
    let names = new.schema.columns.map(\.name)
    let shared = names.filter { old[$0] != nil }
    otherColumns = names.filter { old[$0] == nil } + old.schema.columns.map(\.name).filter { new[$0] == nil }
    let keys = new.schema.keys.filter(shared.contains)
    let keyColumns = keys.compactMap { name in old[name].flatMap { one in new[name].map { (one, $0) } } }
    let values = shared.filter { !keys.contains($0) }
      .compactMap { name in old[name].flatMap { one in new[name].map { (name: name, old: one, new: $0) } } }
    var places: [[JSONValue]: Int] = [:]
    places.reserveCapacity(old.count)
    for row in 0..<old.count { places[keyColumns.map { $0.0[row] }] = row }
    var largest = [(weight: Double, change: Change)?](repeating: nil, count: values.count)
    let spreads = values.map { spread($0.old, $0.new) }
    var found = 0
    for row in 0..<new.count {
      let key = keyColumns.map { $0.1[row] }
      guard let other = places[key] else {
        added += 1
        if addedKeys.count < Self.shown { addedKeys.append(key) }
        continue
      }
      found += 1
      var isSame = true
      for (index, column) in values.enumerated() {
        let change = Change(key: key, column: column.name, old: column.old[other], new: column.new[row])
        guard change.old != change.new else { continue }
        isSame = false
        let weight = change.movement.map { abs($0) / spreads[index] } ?? 0
        if largest[index].map({ $0.weight < weight }) ?? true { largest[index] = (weight, change) }
      }
      if isSame { same += 1 } else { changed += 1 }
    }
    removed = old.count - found
    if removed > 0 {
      var left = Set<[JSONValue]>()
      for row in 0..<new.count { left.insert(keyColumns.map { $0.1[row] }) }
      for row in 0..<old.count where removedKeys.count < Self.shown {
        let key = keyColumns.map { $0.0[row] }
        if !left.contains(key) { removedKeys.append(key) }
      }
    }
    movers = largest.compactMap { $0 }.enumerated()
      .sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }.map(\.element.change)
  }
}

/// How far the numbers of a column reach, to weigh changes of several columns; at least a small number.
private func spread(_ old: ResultColumn, _ new: ResultColumn) -> Double {
  var low = Double.infinity
  var high = -Double.infinity
  for column in [old, new] {
    for row in 0..<column.count {
      guard let value = column[row].number else { continue }
      low = min(low, value)
      high = max(high, value)
    }
  }
  return high > low ? high - low : 1
}
