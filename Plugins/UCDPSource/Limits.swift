import EventModel
import TabularEvents
import Workbench

/// Which events are read.
struct Limits: Sendable {
  /// The types of violence, each once.
  let violence: [Violence]
  /// The highest `where_prec`.
  let wherePrecision: Int
  /// The highest `date_prec`.
  let datePrecision: Int
  /// The highest `event_clarity`.
  let clarity: Int

  static let typeOfViolence = "type_of_violence"
  static let datePrec = "date_prec"
  static let eventClarity = "event_clarity"

  /// Leaves out the events beyond the limits; what is not known is beyond any.
  func apply(to rows: inout TabularRows, counting tally: Tally<Count>) {
    var checks: [(parameter: String, column: Column<UInt8>, allowed: [UInt8])] = []
    func check(_ parameter: String, _ values: EventTable.Values?, _ allowed: [UInt8], of all: Int) {
      guard allowed.count < all, case .bytes(let column)? = values else { return }
      checks.append((parameter, column, allowed))
    }
    func upTo(_ limit: Int) -> [UInt8] { (1...limit).map { UInt8($0) } }
    check("violence", rows.extras[Self.typeOfViolence], violence.map(\.number), of: Violence.allCases.count)
    check("max_where_prec", rows.columns[.geoPrecision], upTo(wherePrecision), of: 7)
    check("max_date_prec", rows.extras[Self.datePrec], upTo(datePrecision), of: 5)
    check("max_event_clarity", rows.extras[Self.eventClarity], upTo(clarity), of: 2)
    guard !checks.isEmpty else { return }
    var kept: [Int32] = []
    kept.reserveCapacity(rows.count)
    for row in 0..<rows.count {
      if let broken = checks.first(where: { check in check.column[row].map { !check.allowed.contains($0) } ?? true }) {
        tally.add(1, to: .beyond(broken.parameter))
      } else {
        kept.append(Int32(row))
      }
    }
    tally.add(rows.count, to: .read)
    rows.keep(kept)
  }
}
