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
  /// - Returns: the table, and how many names and events the table of actors does not know.
  func resolve(_ events: EventTable, toGroups: Bool) -> (events: EventTable, unknown: [String]) {
    guard let actors = events.actors else { return (events, []) }
    let byAlias = Dictionary(grouping: entries, by: \.alias)
    var groupOfActor: [String: String] = [:]
    for entry in entries where groupOfActor[entry.actor] == nil { groupOfActor[entry.actor] = entry.group }
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
    var unknown: [String] = []
    let meanings = actors.labels.map { label -> Meaning in
      let otherwise = toGroups ? groupOfActor[label] ?? label : label
      guard let known = byAlias[label] else {
        if groupOfActor[label] == nil { unknown.append(label) }
        return .always(code(otherwise))
      }
      let coded = known.map { (entry: $0, code: code(toGroups ? $0.group : $0.actor)) }
      if coded.count == 1, known[0].from == nil, known[0].to == nil { return .always(coded[0].code) }
      return .dated(coded, otherwise: code(otherwise))
    }
    let days = events.firstDay.values
    func resolved(_ column: Column<UInt32>) -> EventTable.Values {
      var codes = column.values
      for row in codes.indices where column.has(row) {
        switch meanings[Int(codes[row])] {
        case .always(let code): codes[row] = code
        case .dated(let dated, let otherwise):
          codes[row] = dated.first { $0.entry.holds(on: days[row]) }?.code ?? otherwise
        }
      }
      return .codes(CodedColumn(codes: Column(codes, validity: column.validity), labels: labels))
    }
    // Both columns are coded before the labels are final, so they are made first and given the labels together.
    let (first, second) = (resolved(actors.actor1), resolved(actors.actor2))
    return (events.replacing([.actor1: first, .actor2: second]), unknown)
  }
}
