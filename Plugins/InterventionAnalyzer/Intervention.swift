import EventModel
import Workbench

/// A ceasefire or another measure: whom it binds, and when it was in force.
struct Intervention: ParameterRecord {
  let name: String
  let kind: String
  /// The dyads it binds; empty where it binds `actors`.
  let dyads: [[String]]
  /// The actors whose every event it concerns.
  let actors: [String]
  let start: Day
  /// The last day in force; nil where it has not ended.
  let end: Day?

  init(parameters: inout ParameterReader) {
    let name: String? = parameters.optional("name", "Its name in tables; left out: kind and start.", where: .nonempty)
    let dyads: [[String]]? = parameters.optional(
      "dyads", "The dyads it binds, each two actors in any order: [[A, B], [A, C]].", where: .nonemptyList(),
      ParameterRule("hold dyads, each of two different actors") {
        $0.allSatisfy { $0.count == 2 && $0[0] != $0[1] && !$0.contains("") }
      })
    let actors: OneOrMore<String>? = parameters.optional(
      "actors", "In place of dyads: actors of whom every event counts, whoever the other one is.",
      where: ParameterRule("have at least one actor, none of them empty") {
        !$0.elements.isEmpty && $0.elements.allSatisfy { !$0.isEmpty }
      })
    let kind = parameters.optional(
      "kind", default: "ceasefire", "What it is, in a word or two: ceasefire, truce, operation, law.", where: .nonempty)
    let start: Day = parameters.required("start", "The first day in force.")
    let end: Day? = parameters.optional("end", "The last day in force; left out: it has not ended.")
    self.name = name ?? "\(kind) \(start)"
    self.dyads = dyads ?? []
    self.actors = actors?.elements ?? []
    (self.kind, self.start, self.end) = (kind, start, end)
    parameters.check(
      end.map { $0 >= start } ?? true, about: ["end", "start"],
      "'end' \(end?.description ?? "") lies before 'start' \(start)")
    parameters.check(
      (dyads == nil) != (actors == nil), about: ["actors", "dyads"],
      "an intervention has either 'dyads' or 'actors'", hint: "give one of the two")
  }

  /// Everyone named, once and in order.
  var everyone: [String] {
    var names: [String] = []
    for name in dyads.flatMap({ $0 }) + actors where !names.contains(name) { names.append(name) }
    return names
  }
  /// Whom it binds, in words.
  var parties: String {
    actors.isEmpty
      ? dyads.map { "\($0[0]) and \($0[1])" }.joined(separator: ", ")
      : "\(actors.joined(separator: ", ")) and anyone"
  }
  /// Its name in a sentence, with its dates.
  var title: String {
    let dates = end.map { "\(start) to \($0)" } ?? "since \(start)"
    return name == "\(kind) \(start)" ? "the \(kind) of \(dates)" : "the \(kind) '\(name)' (\(dates))"
  }
  /// How many days before are looked at, where the end is known: its length, at least 28 and at most 180.
  var baseLength: Int { baseLength(until: end) }
  func baseLength(until end: Day?) -> Int { min(max(end.map { start.days(until: $0) + 1 } ?? 180, 28), 180) }

  /// Whether an event between two actors is of its dyads.
  func binds(_ actor: String?, _ other: String?) -> Bool {
    if !actors.isEmpty { return [actor, other].contains { $0.map { actors.contains($0) } ?? false } }
    guard let actor, let other else { return false }
    return dyads.contains { $0 == [actor, other] || $0 == [other, actor] }
  }
  /// Whether another one concerns the same events.
  func shares(_ other: Intervention) -> Bool {
    if actors.isEmpty { return dyads.contains { other.binds($0[0], $0[1]) } }
    return other.everyone.contains { actors.contains($0) }
  }
}

/// A quad class by name.
enum QuadName: String, ScalarParameter, CaseIterable {
  case verbalCooperation = "verbal-cooperation"
  case materialCooperation = "material-cooperation"
  case verbalConflict = "verbal-conflict"
  case materialConflict = "material-conflict"

  var quadClass: QuadClass {
    switch self {
    case .verbalCooperation: .verbalCooperation
    case .materialCooperation: .materialCooperation
    case .verbalConflict: .verbalConflict
    case .materialConflict: .materialConflict
    }
  }
}
