import EventModel
import Ontology
import TabularEvents
import Workbench

/// What is counted while rows are finished.
enum Count: Hashable, Sendable {
  /// Rows that limits were applied to.
  case read
  /// Rows left out, by the parameter that they break first.
  case beyond(String)
  /// Rows with a side that has not been identified.
  case unidentified
}

extension Tally<Count> {
  /// Notes what was left out and what was taken as unknown.
  func report(in context: RunContext) {
    let parameters = ["violence", "max_where_prec", "max_date_prec", "max_event_clarity"]
    let broken = parameters.map { ($0, self[.beyond($0)]) }.filter { $0.1 > 0 }
    if !broken.isEmpty {
      let total = broken.reduce(0) { $0 + $1.1 }
      let causes = broken.map { "\($0.1) by '\($0.0)'" }.joined(separator: ", ")
      context.warn(
        Diagnostic(
          .note, .eventsBeyondLimits, "\(total) of \(self[.read]) events were left out: \(causes)",
          parameter: broken[0].0))
    }
    if self[.unidentified] > 0 {
      let count = self[.unidentified]
      context.warn(
        Diagnostic(
          .note, .unidentifiedSides,
          "\(count) event\(count == 1 ? " has" : "s have") a side that UCDP has not identified, such as 'XXX770'",
          hint: "such a side is taken as unknown: the event counts, but in no dyad"))
    }
  }
}

/// Takes sides that UCDP could not identify as unknown: `XXX770` stands for an actor of country 770.
func identify(_ rows: inout TabularRows, counting tally: Tally<Count>) {
  var unknown = Set<Int>()
  for column in [EventColumn.actor1, .actor2] {
    guard case .codes(let names)? = rows.columns[column], names.labels.contains(where: isPlaceholder) else { continue }
    let known = names.renaming { isPlaceholder($0) ? nil : $0 }
    for row in 0..<known.count where names.codes.has(row) && !known.codes.has(row) { unknown.insert(row) }
    rows.columns[column] = .codes(known)
  }
  if !unknown.isEmpty { tally.add(unknown.count, to: .unidentified) }
}

private func isPlaceholder(_ name: String) -> Bool {
  name.hasPrefix("XXX") && name.utf8.count > 3 && name.utf8.dropFirst(3).allSatisfy { 48...57 ~= $0 }
}

/// Ids as UCDP writes them: a table that went through pandas has `300380.0` for `300380`.
func withoutDecimals(_ ids: TextColumn) -> TextColumn {
  func isDecimal(_ row: Int) -> Bool { ids.bytes[ids.range(row)].suffix(2).elementsEqual([46, 48]) }
  guard (0..<ids.count).contains(where: isDecimal) else { return ids }
  var bytes: [UInt8] = []
  var ends: [Int] = []
  for row in 0..<ids.count {
    bytes += ids.bytes[ids.range(row)].dropLast(isDecimal(row) ? 2 : 0)
    ends.append(bytes.count)
  }
  return TextColumn(bytes: bytes, ends: ends, validity: ids.validity)
}

/// Warns of events whose three estimates are not in order.
func warnOfEstimates(of table: EventTable, in context: RunContext) {
  guard let best = table.integers(.fatalitiesBest) else { return }
  func count(_ isWrong: (Int32, Int32) -> Bool, _ other: EventColumn) -> Int {
    guard let column = table.integers(other) else { return 0 }
    return (0..<table.count).count { best.has($0) && column.has($0) && isWrong(column.values[$0], best.values[$0]) }
  }
  let (low, high) = (count(>, .fatalitiesLow), count(<, .fatalitiesHigh))
  guard low + high > 0 else { return }
  let parts = [(low, "a low estimate above the best"), (high, "a best estimate above the high")].filter { $0.0 > 0 }
  context.warn(
    .warning(
      .estimatesOutOfOrder,
      "of \(table.count) events "
        + parts.map { "\($0.0) ha\($0.0 == 1 ? "s" : "ve") \($0.1)" }.joined(separator: " and "),
      hint: "the numbers are left as they are: UCDP rounds each estimate alone where it divides a report over places"))
}

extension DiagnosticKind {
  static let estimatesOutOfOrder = DiagnosticKind(
    "ucdp.estimates-out-of-order", "Some events have a low estimate above the best, or a best above the high.",
    "Where one report covers several places, UCDP divides its numbers over one event for each, and rounds each estimate "
      + "on its own. Such events share the beginning of their relid.")
  static let eventsBeyondLimits = DiagnosticKind(
    "ucdp.events-beyond-limits", "Events were left out because the parameters of the source say so.",
    "`violence`, `max_where_prec`, `max_date_prec` and `max_event_clarity` choose which events are read. An event is "
      + "counted under the first of them that it breaks; one whose precision is not given breaks any limit on it.")
  static let unidentifiedSides = DiagnosticKind(
    "ucdp.unidentified-sides", "Some events have a side that UCDP has not identified.",
    "Candidate releases write XXX and the number of a country for an actor that is still to be identified. Two such "
      + "sides need not be the same actor, so they are taken as unknown: the event is counted, but belongs to no dyad.")
}
