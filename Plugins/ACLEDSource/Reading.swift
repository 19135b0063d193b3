import EventModel
import Ontology
import TabularEvents
import Workbench

/// What is counted while rows are finished.
enum Count: Hashable, Sendable {
  /// Rows that were chosen from.
  case read
  /// Rows left out, by the parameter that leaves them out first.
  case left(String)
  /// Actors of a kind that is not known.
  case unknownKind(String)
  /// Files that have no sub-event types.
  case withoutSubEventTypes
}

extension Tally<Count> {
  /// Notes what was left out and what was not known.
  func report(in context: RunContext) {
    let left = ["kinds", "civilian_targeting"].map { ($0, self[.left($0)]) }.filter { $0.1 > 0 }
    if !left.isEmpty {
      let total = left.reduce(0) { $0 + $1.1 }
      let causes = left.map { "\($0.1) by '\($0.0)'" }.joined(separator: ", ")
      context.warn(
        Diagnostic(
          .note, .otherEvents, "\(total) of \(self[.read]) events were left out: \(causes)", parameter: left[0].0))
    }
    if self[.withoutSubEventTypes] > 0 {
      let count = self[.withoutSubEventTypes]
      context.warn(
        Diagnostic(
          .note, .noSubEventTypes,
          "\(count) file\(count == 1 ? " has" : "s have") no sub-event types: the event type is the class there",
          parameter: "class", hint: "'class: event-type' says so, and gives files of all years the same classes"))
    }
    let kinds = subjects.compactMap { if case .unknownKind(let kind) = $0 { (kind, self[$0]) } else { nil } }
      .sorted { (-$0.1, $0.0) < (-$1.1, $1.0) }
    if !kinds.isEmpty {
      context.warn(
        .warning(
          .unknownKinds, "'inter1' and 'inter2' have kinds of actor that ACLED does not know",
          hint: "are the columns of the file shifted? Such an actor is of no kind",
          notes: kinds.prefix(20).map { "'\($0.0)': \($0.1)" }))
    }
  }
}

extension DiagnosticKind {
  static let noSubEventTypes = DiagnosticKind(
    "acled.no-sub-event-types", "A file has event types, but no sub-event types.",
    "ACLED has coded sub-event types since 2018. In older files the event type is the event class, so classes of two "
      + "levels meet where old and new files are read together: `class: event-type` avoids that.")
  static let otherEvents = DiagnosticKind(
    "acled.other-events", "Events were left out because the parameters of the source say so.",
    "`kinds` and `civilian_targeting` choose which events are read. An event is counted under the first of them that "
      + "leaves it out.")
  static let unknownKinds = DiagnosticKind(
    "acled.unknown-kinds", "An actor is of a kind that ACLED does not have.",
    "ACLED numbers the kinds of actors: 1 state forces, 2 rebels, 3 political militias, 4 identity militias, 5 rioters, "
      + "6 protesters, 7 civilians, 8 external forces; newer files write names. 0 or nothing means no second actor.")
}
