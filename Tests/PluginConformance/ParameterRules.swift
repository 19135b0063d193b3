import JSONText
import Workbench

/// Parameters are documented, declared whatever is written, and never confused with a mistyped name.
func parameterProblems(of entry: PluginEntry) -> [String] {
  var problems = Complaints()
  for problem in declarationProblems(entry.parameters, prefix: "") { problems.add(problem) }
  let empty = entry.make(.emptyMap(at: place(1)))
  problems.expect(
    empty.outcome.declarations == entry.parameters, "describing it twice gives two lists of parameters")
  for node in variations(of: entry) {
    problems.expect(
      entry.make(node).outcome.declarations == entry.parameters,
      "which parameters it has depends on the value of another")
  }
  let required = entry.parameters.filter(\.isRequired).map(\.name)
  let missed = empty.outcome.problems.filter { $0.id == "parameters.missing" }.map(\.message)
  problems.expect(
    Set(missed) == Set(required.map { "missing '\($0)'" }),
    "an empty map is refused for \(missed), the required parameters are \(required)")
  if required.isEmpty {
    for problem in empty.outcome.problems { problems.add("it cannot be made without parameters: \(problem.message)") }
  }
  for parameter in entry.parameters { check(parameter, of: entry, given: empty.outcome, &problems) }
  let unknown = entry.make(map([("zzzzzzzzzzzz", .scalar("1", isQuoted: false))])).outcome.problems
  problems.expect(
    unknown.contains { $0.id == "parameters.unknown" && $0.location == place(2) },
    "a key that nothing reads is not refused")
  return problems.list
}

private func declarationProblems(_ declarations: [ParameterDeclaration], prefix: String) -> [String] {
  var problems = Complaints()
  for name in repeated(declarations.map(\.name)) { problems.add("the parameter '\(prefix)\(name)' is declared twice") }
  for parameter in declarations {
    let name = prefix + parameter.name
    problems.expect(isName(parameter.name, joinedBy: "_"), "the parameter '\(name)' must be in snake case")
    problems.expect(
      isDocumentation(parameter.summary), "the summary of '\(name)' must be a sentence: '\(parameter.summary)'")
    problems.expect(!(parameter.isRequired && parameter.fallback != nil), "'\(name)' is required and has a default")
    for problem in declarationProblems(parameter.shape.fields, prefix: "\(name).") { problems.add(problem) }
  }
  return problems.list
}

extension ParameterShape {
  /// The declared names in it.
  fileprivate var fields: [ParameterDeclaration] {
    switch self {
    case .record(let fields): fields
    case .list(let element), .oneOrMore(let element), .map(let element): element.fields
    default: []
    }
  }
}

/// A default may be written out, and a name mistyped by one edit is found.
private func check(
  _ parameter: ParameterDeclaration, of entry: PluginEntry, given empty: ParameterReader.Outcome,
  _ problems: inout Complaints
) {
  let name = parameter.name
  if let fallback = parameter.fallback {
    let outcome = entry.make(map([(name, value(of: fallback))])).outcome
    let more = outcome.problems.map(\.message).filter { !empty.problems.map(\.message).contains($0) }
    for problem in more { problems.add("the default of '\(name)' is refused where it is written out: \(problem)") }
    problems.expect(
      outcome.json[name] == fallback,
      "the default of '\(name)' is \(fallback.compact), but reads back as \(outcome.json[name]?.compact ?? "nothing")")
  }
  let names = entry.parameters.map(\.name)
  for typo in misspellings(of: name) where !names.contains(typo) {
    let found = entry.make(map([(typo, .scalar("1", isQuoted: false))])).outcome.problems
      .filter { $0.id == "parameters.unknown" }
    problems.expect(found.count == 1, "'\(typo)' for '\(name)' is not refused")
    guard let problem = found.first else { continue }
    problems.expect(problem.location == place(2), "'\(typo)' for '\(name)' is refused at another place")
    let near = names.filter { $0 == name || misspellings(of: $0).contains(typo) }
    problems.expect(
      near.contains { problem.hint == "did you mean '\($0)'?" },
      "'\(typo)' for '\(name)' gets no suggestion: \(problem.hint ?? "none")")
  }
}

/// The names that one edit away: a letter left out, doubled, replaced, or swapped with its neighbour.
func misspellings(of name: String) -> Set<String> {
  let letters = Array(name)
  var found: Set<String> = []
  for index in letters.indices {
    let (before, after) = (letters[..<index], letters[(index + 1)...])
    found.insert(String(before + after))
    found.insert(String(before + [letters[index], letters[index]] + after))
    found.insert(String(before + ["x"] + after))
    if let next = after.first { found.insert(String(before + [next, letters[index]] + after.dropFirst())) }
  }
  return found.filter { !$0.isEmpty && $0 != name }
}

/// Maps with every value that a choice or a truth value can have, and with numbers, texts and lists in each place.
private func variations(of entry: PluginEntry) -> [ConfigNode] {
  entry.parameters.flatMap { parameter -> [ConfigNode] in
    let texts: [String]
    switch parameter.shape {
    case .choice(let names): texts = names
    case .boolean: texts = ["true", "false"]
    case .integer, .number: texts = ["0", "1", "1000000"]
    default: texts = ["", "x", "2021-12-09"]
    }
    return texts.map { map([(parameter.name, .scalar($0, isQuoted: false))]) }
      + [map([(parameter.name, .list([]))]), map([(parameter.name, .map([]))])]
  } + entry.examples.compactMap { example in try? entry.parameterNode(of: example) }
}

/// A place that tells lines apart: keys stand in column 1, values after them.
private func place(_ line: Int, column: Int = 1) -> SourceLocation {
  SourceLocation(file: "parameters", line: line, column: column)
}
private func map(_ entries: [(name: String, value: ConfigNode.Value)]) -> ConfigNode {
  ConfigNode(
    .map(
      entries.enumerated().map { index, entry in
        ConfigNode.Entry(
          key: entry.name, keyLocation: place(index + 2),
          value: ConfigNode(entry.value, at: place(index + 2, column: 20)))
      }), at: place(1))
}
/// A JSON value as a workspace would write it.
private func value(of json: JSONValue) -> ConfigNode.Value {
  switch json {
  case .null: .null
  case .string(let text): .scalar(text, isQuoted: true)
  case .array(let elements): .list(elements.map { ConfigNode(value(of: $0), at: place(2, column: 20)) })
  case .object: map(json.members.map { ($0.key, value(of: $0.value)) }).value
  default: .scalar(json.compact, isQuoted: false)
  }
}
