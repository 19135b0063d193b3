import EventModel

/// Who is who: the names that datasets use, the actors they stand for, and the groups those belong to.
///
/// An alias may stand for different actors at different times: "Government of Afghanistan" is the Taliban from
/// 2021-08-15 on.
struct ActorTable: Sendable {
  /// One alias and what it stands for while it does.
  struct Entry: Sendable, Hashable {
    var alias: String
    var actor: String
    var group: String
    var from: Day?
    var to: Day?
    var line: Int

    func holds(on day: Day) -> Bool { (from.map { $0 <= day } ?? true) && (to.map { day <= $0 } ?? true) }
    func overlaps(_ other: Entry) -> Bool {
      let (farPast, farFuture) = (Day(daysSinceEpoch: .min), Day(daysSinceEpoch: .max))
      return max(from ?? farPast, other.from ?? farPast) <= min(to ?? farFuture, other.to ?? farFuture)
    }
  }
  /// The entries in the order of the file.
  let entries: [Entry]

  /// Replaces the names in an event table by actors, or by their groups.
  ///
  /// A name that is an actor's own, and nobody's alias, stands for that actor.
  /// - Returns: the table, and the names that it has on days for which the table of actors does not know them.
  func resolve(_ events: EventTable, toGroups: Bool) -> (events: EventTable, unknown: [String]) {
    let columns: [EventColumn] = [.actor1, .actor2].filter { events[$0] != nil }
    let names = CodedColumn.concatenating(columns.compactMap(events.codes))
    let (byAlias, byActor) = (Dictionary(grouping: entries, by: \.alias), Dictionary(grouping: entries, by: \.actor))
    var labels: [String] = []
    var codeOfLabel: [String: UInt32] = [:]
    func code(_ label: String) -> UInt32 {
      if let code = codeOfLabel[label] { return code }
      let code = UInt32(labels.count)
      labels.append(label)
      codeOfLabel[label] = code
      return code
    }
    /// What a name stands for: at all times, or with days.
    enum Meaning {
      case always(UInt32)
      case dated([(entry: Entry, code: UInt32)], otherwise: UInt32)
    }
    var isUnknown = [Bool](repeating: false, count: names.labels.count)
    let meanings = names.labels.enumerated().map { index, label -> Meaning in
      guard let known = byAlias[label] ?? byActor[label] else {
        isUnknown[index] = true
        return .always(code(label))
      }
      let coded = known.map { (entry: $0, code: code(toGroups ? $0.group : $0.actor)) }
      if known[0].from == nil, known[0].to == nil { return .always(coded[0].code) }
      return .dated(coded, otherwise: code(label))
    }
    let days = events.firstDay.values
    let count = events.count
    var codes = names.codes.values
    for row in codes.indices where names.codes.has(row) {
      let name = Int(codes[row])
      switch meanings[name] {
      case .always(let code): codes[row] = code
      case .dated(let dated, let otherwise):
        let day = days[row % count]
        if let meaning = dated.first(where: { $0.entry.holds(on: day) }) {
          codes[row] = meaning.code
        } else {
          codes[row] = otherwise
          isUnknown[name] = true
        }
      }
    }
    var replaced: [EventColumn: EventTable.Values] = [:]
    for (place, column) in columns.enumerated() {
      let own = Array(codes[place * count..<(place + 1) * count])
      replaced[column] = .codes(
        CodedColumn(codes: Column(own, validity: events.codes(column)?.codes.validity), labels: labels))
    }
    return (events.replacing(replaced), zip(names.labels, isUnknown).filter(\.1).map(\.0))
  }
}
