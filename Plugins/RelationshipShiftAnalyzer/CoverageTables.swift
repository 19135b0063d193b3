import EventModel
import JSONText
import Statistics
import Workbench

extension ShiftReport {
  /// The table `coverage`.
  var coverage: ResultTable {
    var rows: [[JSONValue]] = []
    func row(_ kind: String, _ from: Day, to: Day? = nil, _ rest: [JSONValue]) {
      rows.append([.string(kind), day(from), day(to)] + rest)
    }
    let nobody: [JSONValue] = [.null, .null, .null]
    for stretch in calendar.covered.stretches {
      row("covered", stretch.lowerBound, to: stretch.upperBound, nobody + [.null, .null])
    }
    for (number, place) in network.breaks.enumerated() {
      row(
        "break", calendar.periods[place].firstDay,
        nobody + [exact(network.breakLevels[number + 1]), exact(network.breakLevels[number])])
    }
    for place in Set(network.documentedBreaks).sorted() {
      row("documented-break", calendar.periods[place].firstDay, nobody + [.null, .null])
    }
    for (dyad, parts) in network.boundaries.parts.enumerated() where states[dyad].events >= network.settings.minEvents {
      for part in parts.dropFirst() {
        row(
          "boundary", calendar.periods[part.lowerBound].firstDay,
          [.string(histories[dyad].actor1), .string(histories[dyad].actor2), .null, .null, .null])
      }
    }
    for (kind, changes) in [("artefact", search.artefacts), ("exposure-dependent", search.otherOnly)] {
      for change in changes {
        let history = histories[change.dyad]
        row(
          kind, calendar.periods[change.place].firstDay,
          [.string(history.actor1), .string(history.actor2), .string(change.channel.rawValue), .null, .null])
      }
    }
    var table = ResultTable.Builder(ShiftTables.coverage)
    for row in rows { table.append(row) }
    return table.finish()
  }

  /// The table `episodes`.
  var episodes: ResultTable {
    var table = ResultTable.Builder(ShiftTables.episodes)
    for episode in search.episodes {
      let (history, comparison) = (histories[episode.dyad], episode.comparison)
      let rate = comparison.rate(of: episode.channel)
      let (around, within) = (comparison.before, comparison.after)
      table.append([
        .string(history.actor1), .string(history.actor2), .string(episode.channel.rawValue), .string(episode.label),
        day(calendar.periods[episode.range.lowerBound].firstDay),
        day(calendar.periods[episode.range.upperBound - 1].lastDay), exact(rate?.ratio), exact(rate?.low),
        exact(rate?.high), exact(network.isOneSided ? nil : around.tone),
        exact(network.isOneSided ? nil : within.tone), exact(episode.p), exact(episode.q),
        .string(episode.channels.map(\.rawValue).joined(separator: "; ")), .integer(around.conflict),
        .integer(within.conflict), .integer(around.cooperation), .integer(within.cooperation), exact(around.exposure),
        exact(within.exposure), .boolean(episode.isArtefact),
      ])
    }
    return table.finish()
  }
}
