import EventModel
import JSONText
import Statistics
import Workbench

/// What can be said in words of who depends on whom.
struct DependenceFindings {
  /// The rows of the last window.
  private let last: [Dependence]
  private let windows: [TimeWindow]
  private let named: [String]?

  /// Below so many events of an actor nothing is said of shares but that they are few.
  private static let fewEvents = 10
  private static let mostSentences = 3

  init(_ rows: [Dependence], windows: [TimeWindow], named: [String]?) {
    last = rows.filter { $0.window.from == windows.last?.from }
    (self.windows, self.named) = (windows, named)
  }

  /// The changes and the one-sided relationships that are beyond chance; of actors named, also what cannot be told.
  var all: [Finding] {
    let changed = clear(last) { ($0.change, $0.changeInterval) }
    let lopsided = clear(last) { ($0.leverage, $0.leverageInterval) }.filter {
      ($0.leverage ?? 0) > 0
    }
    return changed.map(changeFinding) + lopsided.map(leverageFinding)
      + (named ?? []).compactMap(uncertain)
  }

  /// The rows of enough events whose interval does not hold 0, the greatest first.
  private func clear(_ rows: [Dependence], _ value: (Dependence) -> (Double?, Interval?))
    -> [Dependence]
  {
    let found = rows.filter { row in
      guard isTelling(row), let interval = value(row).1 else { return false }
      return interval.lower > 0 || (interval.upper ?? 1) < 0
    }
    let order = found.indices.sorted {
      (-abs(value(found[$0]).0 ?? 0), $0) < (-abs(value(found[$1]).0 ?? 0), $1)
    }
    return order.prefix(Self.mostSentences).map { found[$0] }
  }
  private func isTelling(_ row: Dependence) -> Bool {
    row.actorEvents >= Self.fewEvents && row.partnerEvents >= Self.fewEvents
      && (row.earlier.map { $0.events >= Self.fewEvents } ?? true)
  }

  private func changeFinding(_ row: Dependence) -> Finding {
    let text =
      "The share of \(row.actor)'s reported cooperation that is with \(row.partner) "
      + ((row.change ?? 0) < 0 ? "fell" : "rose") + " \(change(row))"
    return Finding(
      text + "; difference \(short(row.change ?? 0)), 95 % interval \(ends(row.changeInterval)).",
      numbers: numbers(row), strength: .moderate)
  }

  /// The share before and now, with counts.
  private func change(_ row: Dependence) -> String {
    guard let earlier = row.earlier, windows.count > 1 else { return "" }
    let before = windows[windows.count - 2]
    return "from \(share(earlier.common, earlier.events)) (\(before.from) to \(before.to)) to "
      + "\(share(row.common, row.actorEvents)) (\(row.window.from) to \(row.window.to))"
  }

  private func leverageFinding(_ row: Dependence) -> Finding {
    let text =
      "From \(row.window.from) to \(row.window.to) \(row.actor) depended more on \(row.partner) than the reverse: "
      + "\(share(row.common, row.actorEvents)) of its reported cooperative events were with \(row.partner), of "
      + "\(row.partner)'s \(share(row.common, row.partnerEvents)) with it"
    return Finding(
      text
        + "; difference \(short(row.leverage ?? 0)), 95 % interval \(ends(row.leverageInterval)).",
      numbers: numbers(row), strength: .moderate)
  }

  /// What cannot be told of an actor that the workspace names: of the partner it had most events with in a window.
  private func uncertain(_ name: String) -> Finding? {
    let rows = last.filter { $0.actor == name }
    func events(_ row: Dependence) -> Int { max(row.common, row.earlier?.common ?? 0) }
    guard let place = rows.indices.min(by: { (-events(rows[$0]), $0) < (-events(rows[$1]), $1) })
    else {
      return Finding("No cooperation of \(name) with anyone is reported.", strength: .descriptive)
    }
    let row = rows[place]
    if windows.count > 1, let earlier = row.earlier {
      guard clear([row], { ($0.change, $0.changeInterval) }).isEmpty else { return nil }
      let before = windows[windows.count - 2]
      let counts =
        "\(share(earlier.common, earlier.events)) events from \(before.from) to \(before.to), "
        + "\(share(row.common, row.actorEvents)) from \(row.window.from) to \(row.window.to)"
      let subject = "the share of \(name)'s reported cooperation that is with \(row.partner)"
      guard isTelling(row) else {
        return Finding(
          "Too few events to say whether \(subject) changed: \(counts).", numbers: numbers(row),
          strength: .weak)
      }
      return Finding(
        "No change of \(subject) beyond chance: \(counts); difference \(short(row.change ?? 0)), 95 % interval "
          + "\(ends(row.changeInterval)).", numbers: numbers(row), strength: .descriptive)
    }
    let interval = row.shareInterval.map { ", 95 % interval \(ends($0))" } ?? ""
    return Finding(
      "Of \(name)'s reported cooperative events \(share(row.common, row.actorEvents)) were with \(row.partner), its "
        + "largest partner\(interval).", numbers: numbers(row), strength: .descriptive)
  }

  private func share(_ part: Int, _ whole: Int) -> String { "\(part) of \(whole)" }
  private func ends(_ interval: Interval?) -> String {
    interval.map { "\(short($0.lower)) to \(short($0.upper ?? 1))" } ?? "none"
  }
  private func numbers(_ row: Dependence) -> [String: JSONValue] {
    [
      "events": .integer(row.common), "events_actor": .integer(row.actorEvents),
      "share": exact(row.share),
      "partner_share": exact(row.partnerShare), "leverage": exact(row.leverage),
      "change": exact(row.change),
    ].filter { $0.value != .null }
  }
}
