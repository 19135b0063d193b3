import DelimitedText
public import EventModel
import Foundation
public import Workbench

/// Actors that are known beside those of a workspace.
public struct KnownActors: Sendable {
  let table: ActorTable
  /// Reads a table of actors: CSV with alias, actor, group, from, to, kind.
  public init(_ text: String, name: String) throws(Diagnostic) {
    table = try ActorTable(DelimitedTable(text, name: name), at: InputPath(name))
  }
  /// How many aliases there are.
  public var count: Int { table.entries.count }
}

/// Proposes actors for names that a table of actors does not have.
public struct ActorSuggestions: Sendable {
  /// What a name may stand for, as rows of a table of actors.
  public struct Suggestion: Sendable, Hashable {
    /// The rows: one, or one for each stretch of days.
    public var rows: [Row]
    /// What speaks for it, in a few words.
    public var reason: String
  }
  /// An actor, and the days on which the name stands for it.
  public struct Row: Sendable, Hashable {
    /// The actor.
    public var actor: String
    /// Its group.
    public var group: String
    /// The first day; nil for all before.
    public var from: Day?
    /// The last day; nil for all after.
    public var to: Day?
    /// What the actor is.
    public var kind: ActorKind?
  }
  /// How many are given of each name.
  static let limit = 3

  private let own: ActorTable
  private let known: ActorTable
  private let entries: [(entry: ActorTable.Entry, isOwn: Bool, words: [String], short: String)]

  init(own: ActorTable, known: ActorTable) {
    self.own = own
    self.known = known
    var seen: Set<String> = []
    entries = (own.entries.map { ($0, true) } + known.entries.map { ($0, false) }).flatMap { entry, isOwn in
      [entry.alias, entry.actor].compactMap { name in
        seen.insert("\(isOwn) \(name)").inserted ? (entry, isOwn, tellingWords(name), name) : nil
      }
    }
  }

  /// What a name may stand for, the likeliest first.
  ///
  /// First what is known of the very name, then what is known by the dataset's identifier, then codes of CAMEO by their
  /// parts, then names that hold a known short name, then names whose telling words are alike.
  /// - Parameter datasetID: what the dataset identifies the name by, such as `ucdp:356`; nil where that is not known.
  public func suggestions(for name: String, datasetID: String? = nil) -> [Suggestion] {
    var found: [Suggestion] = []
    let match = known.match(name)
    switch match.role {
    case .alias: found.append(Suggestion(rows: match.entries.map(translated), reason: "a known name"))
    case .own where !match.entries.isEmpty:
      found.append(Suggestion(rows: [undated(match.entries[0])], reason: "a known actor"))
    case .own, .nobody: break
    }
    if let datasetID { found += bearing(datasetID) }
    if let code = cameoActor(name) { found.append(code) }
    found += holdingShortName(name) + alike(name)
    var actors: Set<[String]> = []
    return Array(found.filter { actors.insert($0.rows.map(\.actor)).inserted }.prefix(Self.limit))
  }

  /// What bears a dataset's identifier in the tables, the workspace's own first.
  private func bearing(_ id: String) -> [Suggestion] {
    [(own, true), (known, false)].compactMap { table, isOwn in
      let entries = table.entries.filter { $0.datasetIDs.contains(id) }
      guard let alias = entries.first?.alias else { return nil }
      let rows = entries.filter { $0.alias == alias }.map { entry in
        isOwn
          ? Row(actor: entry.actor, group: entry.group, from: entry.from, to: entry.to, kind: entry.kind)
          : translated(entry)
      }
      return Suggestion(rows: rows, reason: "\(id) is '\(alias)'")
    }
  }

  /// A known actor by the name that the workspace has for it.
  private func translated(_ entry: ActorTable.Entry) -> Row {
    var row = Row(actor: entry.actor, group: entry.group, from: entry.from, to: entry.to, kind: entry.kind)
    let aliases = known.entries.filter { $0.actor == entry.actor && $0.from == nil && $0.to == nil }.map(\.alias)
    for name in [entry.actor] + aliases {
      let match = own.match(name)
      guard match.role != .nobody, let first = match.entries.first, first.from == nil, first.to == nil else { continue }
      row.actor = first.actor
      row.group = first.group
      row.kind = own.kinds(ofGroups: false)[first.actor] ?? entry.kind
      break
    }
    return row
  }
  private func undated(_ entry: ActorTable.Entry) -> Row {
    var row = translated(entry)
    (row.from, row.to) = (nil, nil)
    return row
  }
  private func row(of entry: ActorTable.Entry, isOwn: Bool) -> Row {
    isOwn
      ? Row(actor: entry.actor, group: entry.group, kind: own.kinds(ofGroups: false)[entry.actor]) : undated(entry)
  }

  /// `PAKMIL`: a country and a role.
  private func cameoActor(_ name: String) -> Suggestion? {
    guard name.utf8.count >= 6, name.utf8.count.isMultiple(of: 3), name.utf8.allSatisfy({ 65...90 ~= $0 }) else {
      return nil
    }
    let (country, role) = (String(name.prefix(3)), String(name.dropFirst(3).prefix(3)))
    guard let entry = (known.match(country).entries + own.match(country).entries).first, entry.kind == .state,
      let (word, kind) = cameoRoles[role]
    else { return nil }
    let state = undated(entry)
    let row =
      kind == .state
      ? state : Row(actor: "\(word) (\(state.actor))", group: "\(word) (\(state.actor))", kind: kind)
    return Suggestion(rows: [row], reason: "CAMEO: \(country) is \(state.actor), \(role) \(word.lowercased())")
  }

  /// `TTP: Tehreek-i-Taliban Pakistan` holds `TTP`.
  private func holdingShortName(_ name: String) -> [Suggestion] {
    let parts = name.split { !$0.isLetter }.map(String.init).filter { part in
      part.count >= 3 && part == part.uppercased() && part != name
    }
    return entries.filter { parts.contains($0.short) }.map {
      Suggestion(rows: [row(of: $0.entry, isOwn: $0.isOwn)], reason: "holds '\($0.short)'")
    }
  }

  /// Names whose telling words are alike, the most alike first.
  private func alike(_ name: String) -> [Suggestion] {
    let words = tellingWords(name)
    guard !words.isEmpty else { return [] }
    return entries.compactMap { candidate -> (likeness: Double, Suggestion)? in
      let likeness = likeness(words, candidate.words)
      guard likeness >= 0.8 else { return nil }
      return (
        likeness,
        Suggestion(rows: [row(of: candidate.entry, isOwn: candidate.isOwn)], reason: "like '\(candidate.short)'")
      )
    }.enumerated().sorted { (-$0.element.likeness, $0.offset) < (-$1.element.likeness, $1.offset) }.map(\.element.1)
  }
}

/// The words of a name that tell it from others: without accents, years, and words that many names have.
private func tellingWords(_ name: String) -> [String] {
  name.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    .split { !$0.isLetter && !$0.isNumber }.map(String.init)
    .filter { $0.count > 1 && !$0.allSatisfy(\.isNumber) && !commonWords.contains($0) }
}
private let commonWords: Set<String> = [
  "the", "of", "and", "in", "for", "government", "military", "forces", "force", "police", "army", "armed", "group",
  "groups", "movement", "front", "party", "national", "security",
]

/// How alike two lists of words are, from 0 to 1.
///
/// The words of the shorter list are counted by how like a word of the other they are, as a share of the longer list.
/// Words of fewer than six letters must be equal: Iran is not Iraq.
private func likeness(_ one: [String], _ other: [String]) -> Double {
  let (few, many) = one.count <= other.count ? (one, other) : (other, one)
  guard !few.isEmpty, Double(few.count) >= 0.8 * Double(many.count) else { return 0 }
  let sum = few.reduce(0.0) { sum, word in
    sum
      + (many.map { candidate -> Double in
        if word == candidate { return 1 }
        guard min(word.count, candidate.count) >= 6, abs(word.count - candidate.count) <= 3 else { return 0 }
        let distance = alignmentDistance(Array(word.unicodeScalars), Array(candidate.unicodeScalars))
        let alike = 1 - Double(distance) / Double(max(word.count, candidate.count))
        return alike >= 0.7 ? alike : 0
      }.max() ?? 0)
  }
  return sum / Double(many.count)
}

/// What the roles of CAMEO's actor codes are (Gerner, Schrodt and Yilmaz, CAMEO codebook, chapter 3).
private let cameoRoles: [String: (word: String, kind: ActorKind)] = [
  "GOV": ("Government", .state), "MIL": ("Military", .state), "COP": ("Police", .state), "JUD": ("Judiciary", .state),
  "LEG": ("Legislature", .state), "SPY": ("Intelligence", .state), "REB": ("Rebels", .generic),
  "INS": ("Insurgents", .generic), "SEP": ("Separatists", .generic), "UAF": ("Unaligned armed forces", .unknown),
  "OPP": ("Opposition", .generic), "CVL": ("Civilians", .civilians), "REF": ("Refugees", .civilians),
  "EDU": ("Education", .civilians), "MED": ("Media", .civilians), "HLH": ("Health", .civilians),
  "BUS": ("Business", .civilians), "LAB": ("Labour", .civilians), "AGR": ("Agriculture", .civilians),
  "CRM": ("Criminals", .generic), "ELI": ("Elites", .generic), "MOD": ("Moderates", .generic),
  "RAD": ("Radicals", .generic),
]
