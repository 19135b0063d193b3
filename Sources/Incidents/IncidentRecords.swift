public import EventModel
public import Workbench

/// The records that are incidents, in the order of the table: of the chosen classes, states in force excepted.
public struct IncidentRecords: Sendable {
  /// Their rows.
  public let rows: [Int32]
  /// Which classes are incidents.
  public let classes: IncidentClasses

  /// Chooses the records.
  /// - Parameter classes: as the parameter `classes` says.
  public init(_ classes: [String]?, _ events: EventTable, in context: RunContext) throws(Diagnostic) {
    self.classes = try IncidentClasses(classes, events, in: context)
    let precisions = events.datePrecision.values
    var rows: [Int32] = []
    for row in 0..<events.count {
      if row & 0xFFFF == 0 { try context.checkCancellation() }
      if precisions[row] != DatePrecision.span.rawValue, self.classes.contains(row) { rows.append(Int32(row)) }
    }
    self.rows = rows
  }

  /// All records, then those of each group of most records, dimension by dimension.
  ///
  /// An actor whom nobody knows is no group.
  public func groups(
    _ events: EventTable, by dimensions: [IncidentDimension], most: Int, in context: RunContext
  ) throws(Diagnostic) -> [IncidentGroup] {
    var groups = [IncidentGroup(by: "all", group: "all", rows: rows)]
    for dimension in dimensions {
      try context.checkCancellation()
      let columns = codes(dimension, events)
      guard let labels = columns.first?.labels else { continue }
      let isKnown = labels.map { !dimension.isActor || events.actorKinds[$0] != .unknown }
      var counts = [Int](repeating: 0, count: labels.count)
      func visit(_ body: (Int, Int32) -> Void) {
        for row in rows {
          var last: UInt32?
          for column in columns {
            guard let code = column.codes[Int(row)], code != last, isKnown[Int(code)] else { continue }
            body(Int(code), row)
            last = code
          }
        }
      }
      visit { code, _ in counts[code] += 1 }
      let chosen = labels.indices.filter { counts[$0] > 0 }.sorted { left, right in
        counts[left] != counts[right]
          ? counts[left] > counts[right] : labels[left].utf8.lexicographicallyPrecedes(labels[right].utf8)
      }.prefix(most)
      var places = [Int](repeating: -1, count: labels.count)
      for (place, label) in chosen.enumerated() { places[label] = place }
      var members = [[Int32]](repeating: [], count: chosen.count)
      visit { code, row in if places[code] >= 0 { members[places[code]].append(row) } }
      groups += zip(chosen, members).map { IncidentGroup(by: dimension.rawValue, group: labels[$0], rows: $1) }
    }
    return groups
  }

  /// The columns of a dimension, all with the same labels.
  private func codes(_ dimension: IncidentDimension, _ events: EventTable) -> [CodedColumn] {
    if dimension == .actor, let actors = events.actors {
      return [actors.actor1, actors.actor2].map { CodedColumn(codes: $0, labels: actors.labels) }
    }
    return dimension.columns.compactMap { events.codes($0) }
  }
}

/// The incident records of one group.
public struct IncidentGroup: Sendable {
  /// What it is a group by; `all` for all incidents.
  public let by: String
  /// Its name; `all` for all incidents.
  public let group: String
  /// The rows of its records, in the order of the table.
  public let rows: [Int32]

  /// In words, for findings: `incidents`, or `incidents of actor1 'TTP'`.
  public var phrase: String { by == "all" ? "incidents" : "incidents of \(by) '\(group)'" }

  /// The columns that say of which group a row is.
  public static let columns = [
    ColumnSchema("by", .text, "what incidents are grouped by; all for those of every group together"),
    ColumnSchema("group", .text, "the group; all for every group together"),
  ]
}

extension EventTable {
  /// The days that every source covers; from the first event to the last where the sources say nothing.
  public var daysCoveredByAll: CoveredDays {
    guard coverage.isEmpty else { return CoveredDays(byAll: coverage) }
    guard let first = firstDay.values.min(), let last = lastDay.values.max() else { return CoveredDays([]) }
    return CoveredDays([(first, last)])
  }
}
