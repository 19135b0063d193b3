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
    var kind: ActorKind?
    /// What datasets identify the alias by: `ucdp:356`.
    var datasetIDs: [String] = []
    var line: Int

    func holds(on day: Day) -> Bool { (from.map { $0 <= day } ?? true) && (to.map { day <= $0 } ?? true) }
    func overlaps(_ other: Entry) -> Bool {
      let (farPast, farFuture) = (Day(daysSinceEpoch: .min), Day(daysSinceEpoch: .max))
      return max(from ?? farPast, other.from ?? farPast) <= min(to ?? farFuture, other.to ?? farFuture)
    }
    /// Whether two entries give one name two meanings on the same day.
    func contradicts(_ other: Entry) -> Bool { overlaps(other) && (actor, group) != (other.actor, other.group) }
  }

  /// What the table knows of a name.
  struct Match: Sendable {
    /// As what it knows the name.
    enum Role: Sendable { case alias, own, nobody }
    var role: Role
    /// The entries that the name may mean, by their days.
    var entries: [Entry]
    /// Whether the name is written as in the table, byte for byte.
    var isExact = true
    /// Whether normalised it means different actors on the same day; then it stands for none of them.
    var isAmbiguous = false
  }

  /// The entries in the order of the file.
  let entries: [Entry]
  /// The columns of the file.
  let header: [String]
  private let byAlias: [String: [Entry]]
  private let byActor: [String: [Entry]]
  private let byNormalAlias: [String: [Entry]]
  private let byNormalActor: [String: [Entry]]
  private let groups: Set<String>

  init(entries: [Entry], header: [String] = []) {
    self.entries = entries
    self.header = header
    byAlias = Dictionary(grouping: entries, by: \.alias)
    byActor = Dictionary(grouping: entries, by: \.actor)
    byNormalAlias = Dictionary(grouping: entries) { normalizedName($0.alias) }
    byNormalActor = Dictionary(grouping: entries) { normalizedName($0.actor) }
    groups = Set(entries.map(\.group))
  }

  /// What the table knows of a name: as an alias, else as an actor's or a group's own name, else as either of them
  /// normalised.
  func match(_ name: String) -> Match {
    // Texts of one meaning are equal in whatever Unicode form, so whether they are written alike is asked of their bytes.
    func isWritten(_ known: String) -> Bool { known.utf8.elementsEqual(name.utf8) }
    if let known = byAlias[name] { return Match(role: .alias, entries: known, isExact: isWritten(known[0].alias)) }
    if let known = byActor[name] { return Match(role: .own, entries: known, isExact: isWritten(known[0].actor)) }
    if groups.contains(name) { return Match(role: .own, entries: []) }
    let normal = normalizedName(name)
    if let known = byNormalAlias[normal] {
      let isAmbiguous = known.indices.contains { index in known[..<index].contains { $0.contradicts(known[index]) } }
      return Match(role: isAmbiguous ? .nobody : .alias, entries: known, isExact: false, isAmbiguous: isAmbiguous)
    }
    guard let known = byNormalActor[normal] else { return Match(role: .nobody, entries: []) }
    let isAmbiguous = known.contains { $0.actor != known[0].actor }
    return Match(role: isAmbiguous ? .nobody : .own, entries: known, isExact: false, isAmbiguous: isAmbiguous)
  }

  /// The kind of each actor, or of each group: that of the rows of the actor whose group it is, else the one kind that
  /// all rows of the group share.
  func kinds(ofGroups: Bool) -> [String: ActorKind] {
    var kinds: [String: ActorKind] = [:]
    for entry in entries { if let kind = entry.kind { kinds[entry.actor] = kind } }
    guard ofGroups else { return kinds }
    var shared: [String: ActorKind?] = [:]
    for entry in entries {
      guard let kind = kinds[entry.actor] else { continue }
      let other = shared[entry.group] ?? kind
      shared[entry.group] = .some(other == kind ? kind : nil)
    }
    return groups.reduce(into: [:]) { $0[$1] = kinds[$1] ?? shared[$1] ?? nil }
  }

  /// The days on which actors, or groups, change what they are: those on which a name passes from one to another.
  ///
  /// A name that stands for one actor alone changes nothing where it begins and ends.
  func changes(ofGroups: Bool) -> [String: [Day]] {
    func name(_ entry: Entry) -> String { ofGroups ? entry.group : entry.actor }
    var changes: [String: Set<Day>] = [:]
    for (_, entries) in byAlias {
      for entry in entries where entries.contains(where: { name($0) != name(entry) }) {
        let days = [entry.from, entry.to?.adding(days: 1)].compactMap { $0 }
        changes[name(entry), default: []].formUnion(days)
      }
    }
    return changes.filter { !$0.value.isEmpty }.mapValues { $0.sorted() }
  }
}

/// A name without what does not tell names apart: case, blanks around it, doubled blanks, Unicode form.
func normalizedName(_ name: String) -> String {
  name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
}

/// What became of one name of the events.
struct NameUse: Sendable, Hashable {
  /// The name as the data have it.
  var name: String
  /// How often it was replaced by an actor whose alias it is.
  var resolved = 0
  /// How often it was an actor's own name.
  var own = 0
  /// How often the table of actors did not know it on the day.
  var unresolved = 0
  /// What it is in the table of actors, where only its normalised form is there.
  var normalizedTo: String?
}

extension ActorTable {
  /// Replaces the names in an event table by actors, or by their groups, and gives actors their kinds.
  ///
  /// A name that is an actor's own, and nobody's alias, stands for that actor.
  func resolve(_ events: EventTable, toGroups: Bool) -> (events: EventTable, names: [NameUse]) {
    let columns: [EventColumn] = [.actor1, .actor2].filter { events[$0] != nil }
    let names = CodedColumn.concatenating(columns.compactMap(events.codes))
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
    var uses = names.labels.map { NameUse(name: $0) }
    let matches = names.labels.map(match)
    let meanings = zip(names.labels, matches).enumerated().map { index, pair -> Meaning in
      let (label, match) = pair
      guard let first = match.entries.first, match.role != .nobody else { return .always(code(label)) }
      if !match.isExact { uses[index].normalizedTo = match.role == .alias ? first.alias : first.actor }
      if match.role == .own, !toGroups { return .always(code(first.actor)) }
      let coded = match.entries.map { (entry: $0, code: code(toGroups ? $0.group : $0.actor)) }
      if first.from == nil, first.to == nil { return .always(coded[0].code) }
      return .dated(coded, otherwise: code(match.role == .own ? first.actor : label))
    }
    let days = events.firstDay.values
    let count = events.count
    var codes = names.codes.values
    for row in codes.indices where names.codes.has(row) {
      let name = Int(codes[row])
      var isKnown = matches[name].role != .nobody
      switch meanings[name] {
      case .always(let code): codes[row] = code
      case .dated(let dated, let otherwise):
        let day = days[row % count]
        let meaning = dated.first { $0.entry.holds(on: day) }
        codes[row] = meaning?.code ?? otherwise
        isKnown = meaning != nil || matches[name].role == .own
      }
      switch matches[name].role {
      case .alias where isKnown: uses[name].resolved += 1
      case .own: uses[name].own += 1
      case .alias, .nobody: uses[name].unresolved += 1
      }
    }
    var replaced: [EventColumn: EventTable.Values] = [:]
    for (place, column) in columns.enumerated() {
      let own = Array(codes[place * count..<(place + 1) * count])
      replaced[column] = .codes(
        CodedColumn(codes: Column(own, validity: events.codes(column)?.codes.validity), labels: labels))
    }
    let kinds = kinds(ofGroups: toGroups).filter { codeOfLabel[$0.key] != nil }
    let changes = changes(ofGroups: toGroups).filter { codeOfLabel[$0.key] != nil }
    return (events.replacing(replaced).knowing(kinds, changes: changes), uses)
  }
}
