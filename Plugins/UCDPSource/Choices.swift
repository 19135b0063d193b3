import EventModel
import Workbench

/// UCDP's estimates of the dead.
enum Estimate: String, ScalarParameter, CaseIterable {
  case best, low, high

  var column: EventColumn {
    switch self {
    case .best: .fatalitiesBest
    case .low: .fatalitiesLow
    case .high: .fatalitiesHigh
    }
  }
  /// The events with this estimate in the place of the best.
  func chosen(in table: EventTable) -> EventTable {
    guard self != .best, let values = table[column], table[.fatalitiesBest] != nil else { return table }
    return table.replacing([.fatalitiesBest: values])
  }
}

/// UCDP's types of violence, in the order of their numbers.
enum Violence: String, ScalarParameter, CaseIterable {
  case stateBased = "state-based"
  case nonState = "non-state"
  case oneSided = "one-sided"
  /// The number in the files.
  var number: UInt8 {
    switch self {
    case .stateBased: 1
    case .nonState: 2
    case .oneSided: 3
    }
  }
}
