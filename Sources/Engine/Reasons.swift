import JSONText
import Workbench

/// Says why a step has to work, by comparing its key with the one it had in the last run that knows it.
struct Reasons {
  let records: StepRecords
  let history: RunHistory
  /// The runs looked at so far, latest first, and those still to be looked at.
  private var known: [(id: String, record: JSONValue)] = []
  private var rest: [String]

  init(records: StepRecords, history: RunHistory) throws(Diagnostic) {
    self.records = records
    self.history = history
    rest = try history.ids
  }

  /// Why a source, an event set or an analysis has to work.
  mutating func reason(_ step: StepID, _ key: StepKey) throws(Diagnostic) -> String {
    var index = 0
    while let run = next(at: index) {
      index += 1
      let section = run.record[step.kind.section]?.elements ?? []
      guard let entry = section.first(where: { $0["name"]?.text == step.name }) else { continue }
      guard let before = entry["key"]?.text else {
        let state = entry["state"]?.text
        return state == "failed" ? "it failed in run \(run.id)" : "it was \(state ?? "left") in run \(run.id)"
      }
      if before == key.digest { return "its results are no longer kept" }
      guard let record = try records.record(step.kind, digest: before) else { return "something it depends on changed" }
      return Self.difference(record.parts, key.parts)
    }
    return "it has not run before"
  }

  private mutating func next(at index: Int) -> (id: String, record: JSONValue)? {
    while known.count <= index, let id = rest.popLast() {
      if let record = try? history.record(id) { known.append((id, record)) }
    }
    return index < known.count ? known[index] : nil
  }

  /// The first part of a key that changed, in words.
  static func difference(_ before: [String: JSONValue], _ after: [String: JSONValue]) -> String {
    let changed = Set(before.keys).union(after.keys).sorted().filter { before[$0] != after[$0] }
    // The record of the run holds the digest of the workspace file, so the more particular part is named.
    guard let part = changed.contains("workspace") ? "workspace" : changed.first else {
      return "something it depends on changed"
    }
    return difference(part, before[part] ?? .null, after[part] ?? .null)
  }

  private static func difference(_ part: String, _ before: JSONValue, _ after: JSONValue) -> String {
    switch part {
    case "file": return filesChanged(before.elements, after.elements)
    case "streams": return "other members of its zip files are read"
    case "skipped": return "the files of its sources came or went"
    case "format": return "the form of kept results changed"
    case "actors": return "the table of actors changed"
    case "behaviour": return "event sets are made otherwise than before"
    case "actor_kinds": return "what its actors are changed"
    case "actor_changes": return "when its actors change is another"
    case "coverage": return "the days its events cover changed"
    case "run": return "the record of the run changed"
    case "workspace": return "the workspace file changed"
    case "columns": return "it needs other columns: \(listed(before, after))"
    case "order": return "it reads \(listed(before, after))"
    default:
      let path = changedPath(before, after)
      let name = path.names.map { "'\($0)'" }.joined(separator: " of ")
      let subject =
        switch part {
        case "parameters": "parameter \(name)"
        case "plugin": path.names == ["behaviour"] ? "the behaviour version of its plugin" : "its plugin's \(name)"
        case "events": "column \(name) of its events"
        case "sources": "\(name) of its sources"
        case "tables": "table \(name)"
        case "filter", "where": "the filter \(name)"
        default: path.names.isEmpty ? "'\(part)'" : "\(name) of '\(part)'"
        }
      // Digests say nothing to people.
      let isDigest = [path.before, path.after].allSatisfy { $0 == .null || $0.text?.utf8.count == 64 }
      if isDigest, path.before == .null { return "\(subject) is new" }
      if isDigest { return "\(subject) changed" }
      return "\(subject) was \(path.before.compact), is \(path.after.compact)"
    }
  }

  /// What became of a step's files, by their digests.
  private static func filesChanged(_ before: [JSONValue], _ after: [JSONValue]) -> String {
    guard before.count != 1 || after.count != 1 else { return "its file changed" }
    func counted(_ count: Int, _ story: String) -> String {
      "\(count) \(count == 1 ? "file was" : "files were") \(story)"
    }
    let added = surplus(of: after, over: before)
    let removed = surplus(of: before, over: after)
    switch (added, removed) {
    case (0, 0): return "its files come in another order"
    case (_, 0): return counted(added, "added")
    case (0, _): return counted(removed, "removed")
    case let (added, removed) where added == removed: return counted(added, "changed")
    default: return "its files changed: \(before.count) before, \(after.count) now"
    }
  }
  /// How many of some values are not among others, each counted as often as it occurs.
  private static func surplus(of values: [JSONValue], over others: [JSONValue]) -> Int {
    var left: [String: Int] = [:]
    for other in others { left[other.compact, default: 0] += 1 }
    return values.count { value in
      guard let count = left[value.compact], count > 0 else { return true }
      left[value.compact] = count - 1
      return false
    }
  }
  /// Where in two values the first difference lies: names from the innermost outwards.
  private static func changedPath(
    _ before: JSONValue, _ after: JSONValue
  ) -> (names: [String], before: JSONValue, after: JSONValue) {
    guard case .object(let old) = before, case .object(let new) = after,
      let name = Set(old.keys).union(new.keys).sorted().first(where: { old[$0] != new[$0] })
    else { return ([], before, after) }
    let inner = changedPath(old[name] ?? .null, new[name] ?? .null)
    return (inner.names + [name], inner.before, inner.after)
  }
  /// Which names of a list are new and which are gone.
  private static func listed(_ before: JSONValue, _ after: JSONValue) -> String {
    let (old, new) = (before.elements.compactMap(\.text), after.elements.compactMap(\.text))
    let changes =
      new.filter { !old.contains($0) }.map { "also '\($0)'" }
      + old.filter { !new.contains($0) }.map { "no longer '\($0)'" }
    return changes.isEmpty ? "the same in another order" : changes.joined(separator: ", ")
  }
}

extension StepID.Kind {
  /// Where run records have the steps of this kind.
  var section: String {
    switch self {
    case .source: "sources"
    case .eventSet: "events"
    case .analysis: "analyses"
    case .export: "exports"
    }
  }
}
