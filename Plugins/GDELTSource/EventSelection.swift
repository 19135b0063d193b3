import EventModel
import TabularEvents
import Workbench

/// Which events of a file are kept.
struct EventSelection: Sendable {
  /// Whether events from below a report's opening paragraph are left out.
  var rootEventsOnly: Bool
  /// How often an event must have been mentioned.
  var minimumMentions: Int

  /// What is counted.
  enum Count: Sendable { case all, future, leftOut }

  /// Leaves the other events out, and counts them.
  func apply(to rows: inout TabularRows, counting tally: Tally<Count>) {
    tally.add(rows.count, to: .all)
    var isKept = [Bool](repeating: true, count: rows.count)
    tally.add(exclude(eventsAfterTheirReport(rows), from: &isKept), to: .future)
    var chosen = 0
    if case .bytes(let isRoot)? = rows.extras["IsRootEvent"] {
      chosen += exclude(isRoot.values.map { $0 == 0 }, from: &isKept)
    }
    if case .integers(let mentions)? = rows.extras["NumMentions"] {
      let limit = Int32(clamping: minimumMentions)
      chosen += exclude(mentions.values.map { $0 < limit }, from: &isKept)
    }
    tally.add(chosen, to: .leftOut)
    guard isKept.contains(false) else { return }
    var kept: [Int32] = []
    for row in isKept.indices where isKept[row] { kept.append(Int32(row)) }
    rows.keep(kept)
  }

  /// Says how many events of all files were left out.
  func report(_ tally: Tally<Count>, in context: RunContext) {
    let (all, future) = (tally[.all], tally[.future])
    if future > 0 {
      context.warn(
        .warning(
          .gdeltFutureEvents, "\(future) of \(all) events are dated after the day they were added, and left out",
          hint: "an event cannot have been reported before it happened: its date was read wrongly"))
    }
    let leftOut = tally[.leftOut]
    if leftOut > 0 {
      context.warn(
        Diagnostic(.note, .gdeltLeftOut, "\(leftOut) of \(all) events were left out by 'root_events' or 'min_mentions'")
      )
    }
  }

  /// Takes the rows marked out of those kept, and counts those that were.
  private func exclude(_ marked: [Bool], from isKept: inout [Bool]) -> Int {
    var count = 0
    for row in marked.indices where marked[row] && isKept[row] {
      isKept[row] = false
      count += 1
    }
    return count
  }

  /// For each row, whether its event is dated after the day it was added; nothing where none is.
  private func eventsAfterTheirReport(_ rows: TabularRows) -> [Bool] {
    guard case .days(let days)? = rows.columns[.firstDay], case .days(let added)? = rows.extras["DATEADDED"] else {
      return []
    }
    let (first, last) = (days.values, added.values)
    var isLate = [Bool](repeating: false, count: rows.count)
    var found = false
    for row in first.indices where first[row] > last[row] && added.has(row) {
      isLate[row] = true
      found = true
    }
    return found ? isLate : []
  }
}

extension DiagnosticKind {
  static let gdeltOtherVersion = DiagnosticKind(
    "gdelt.other-version", "A file is of another version of GDELT than `version` says.",
    "Files of GDELT 2.0 have 61 fields. Those of 1.0 have 58, and 57 up to March 2013. Without `version`, the number of "
      + "fields tells, and files of both may stand in one list.")
  static let gdeltHeader = DiagnosticKind(
    "gdelt.header", "A file has a header, which files as GDELT publishes them have not.",
    "GDELT's files begin with the first event, and tabs stand between their fields. A copy with a header, as databases "
      + "export them, may differ in more: take its header off where all else is as published, or read it with `csv`.")
  static let gdeltFutureEvents = DiagnosticKind(
    "gdelt.future-events", "Events are dated after the day they were added.",
    "GDELT dates an event by the words of a report, and reads some of them wrongly. An event before the day it was added "
      + "may be right, even by decades: reports tell of the past. One after that day cannot be, and is left out.")
  static let gdeltLeftOut = DiagnosticKind(
    "gdelt.left-out", "Events were left out because the workspace asks for it.",
    "`root_events: true` keeps events from the opening paragraph of a report only, `min_mentions` those mentioned so "
      + "often.")

  /// The kinds that this source can report itself.
  static let gdeltKinds = [gdeltOtherVersion, gdeltHeader, gdeltFutureEvents, gdeltLeftOut]
}
