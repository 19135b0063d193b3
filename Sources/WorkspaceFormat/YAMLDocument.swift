public import Workbench
import Yams

/// A YAML file as located values, in the part of YAML that workspaces use.
///
/// Scalars stay text. Anchors, aliases, tags, merge keys and further documents are refused.
public struct YAMLDocument: Sendable {
  /// What is written; nil where that could not be read.
  public let root: ConfigNode?
  /// What is wrong with it as YAML, in file order.
  public let problems: [Diagnostic]

  /// Reads a file.
  /// - Parameter bytes: its content.
  /// - Parameter name: how messages name it.
  /// - Complexity: linear in the content; once more for each key written twice, up to 20.
  public init(_ bytes: [UInt8], name: String) {
    do throws(Diagnostic) {
      let source = try SourceText(bytes, name: name)
      var reading = YAMLReading(source)
      root = try reading.read()
      problems = reading.problems.inFileOrder
    } catch {
      root = nil
      problems = [error]
    }
  }
}

/// Turns Yams's nodes, which know where they begin, into located values, which know what text they mark.
private struct YAMLReading {
  private static let depthLimit = 32
  private static let duplicateLimit = 20
  private static let aliasLimit = 32
  private static let nulls: Set<String> = ["", "~", "null", "Null", "NULL"]

  private struct Place: Hashable {
    let line: Int
    let column: Int
  }
  private let source: SourceText
  /// Keys that were overwritten in the text given to Yams, by their places.
  private var overwritten: [Place: String] = [:]
  /// Where anchors stand: their second appearance in the tree is an alias.
  private var anchors: Set<Place> = []
  private(set) var problems: [Diagnostic] = []

  init(_ source: SourceText) { self.source = source }

  mutating func read() throws(Diagnostic) -> ConfigNode {
    try refuseManyAliases()
    guard let node = try compose() else {
      throw .error(
        .empty, "the file is empty", at: SourceLocation(file: source.name),
        hint: "`casus init` writes a workspace to start from")
    }
    return convert(node, key: nil, depth: 0)
  }

  /// Yams's node of the whole file, in which all keys of a map differ.
  ///
  /// Yams refuses a map with a key written twice and names the first of the two. That one is overwritten by characters for
  /// private use, and the text read again, until all keys differ; conversion undoes it and reports the second.
  private mutating func compose() throws(Diagnostic) -> Node? {
    var text = source
    while true {
      do {
        return try Yams.compose(yaml: text.text, .basic, .default, .utf8)
      } catch {
        guard case YamlError.duplicatedKeysInMapping(let names, let context) = error else { throw syntaxProblem(error) }
        let (line, column) = (context.mark.line, context.mark.column)
        let rest = source.rest(line, column)
        let name = names.first ?? ""
        let quote = rest.first.map { $0 == "\"" || $0 == "'" } ?? false ? 1 : 0
        let length = quote == 1 ? markedLength(at: line, column) - 2 : name.unicodeScalars.count
        guard length > 0, rest.count >= length + quote, overwritten.count < Self.duplicateLimit,
          quote == 1 || rest.starts(with: name.unicodeScalars), let filler = Unicode.Scalar(0xE000 + overwritten.count)
        else {
          throw .error(.duplicateKey, "the key '\(name)' is written more than once", at: source.location(line, column))
        }
        text.overwrite(line, (column + quote)..<(column + quote + length), with: filler)
        overwritten[Place(line: line, column: column)] = name
      }
    }
  }

  /// Refuses a file that could grow without bound while it is read; other uses of aliases are reported where they stand.
  private func refuseManyAliases() throws(Diagnostic) {
    guard source.lines.contains(where: { $0.contains("&") }) else { return }
    let openers: Set<Unicode.Scalar> = [" ", "\t", "[", "{", ",", ":", "?", "-"]
    var aliases = 0
    for (index, line) in source.lines.enumerated() where line.contains("*") {
      for column in line.indices.dropLast() where line[column] == "*" {
        let next = line[column + 1]
        guard column == 0 || openers.contains(line[column - 1]), next != " ", next != "*" else { continue }
        aliases += 1
        guard aliases > Self.aliasLimit else { continue }
        throw .error(
          .anchor, "workspaces do not use anchors and aliases", at: source.location(index + 1, column + 1),
          hint: "declare a value that is used twice under `vars` and write ${name}")
      }
    }
  }

  private func syntaxProblem(_ error: any Error) -> Diagnostic {
    guard let error = error as? YamlError else { return .error(.syntax, "the file is not valid YAML") }
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
      let indentation = source.rest(mark.line, 1).prefix { $0 == " " || $0 == "\t" }
      if let tab = indentation.firstIndex(of: "\t") {
        return .error(
          .syntax, "a tab indents this line", at: source.location(mark.line, tab + 1),
          hint: "indent with spaces: YAML does not allow tabs here")
      }
      let reason = [context?.text, problem].compactMap { $0 }
      if let begin = context?.mark, source.rest(mark.line, mark.column).isEmpty {
        return .error(
          .syntax, "not valid YAML: what begins here does not end: \(reason.joined(separator: ": "))",
          at: source.location(begin.line, begin.column), hint: "close the bracket or the quotes")
      }
      return .error(
        .syntax, "not valid YAML: \(reason.joined(separator: ": "))", at: source.location(mark.line, mark.column),
        hint: hint(for: problem, at: mark))
    case .composer(let context, let problem, let mark, _):
      let place = source.location(mark.line, mark.column)
      if problem.contains("another document") {
        return .error(.documents, "a second YAML document begins here", at: place, hint: "a workspace is one document")
      }
      if problem.contains("alias") {
        return .error(
          .anchor, "workspaces do not use anchors and aliases", at: place,
          hint: "put text that begins with '*' in quotes")
      }
      return .error(.syntax, "not valid YAML: \(context.map { "\($0.text): " } ?? "")\(problem)", at: place)
    default:
      return .error(.syntax, "not valid YAML: \(error)", at: SourceLocation(file: source.name))
    }
  }
  private func hint(for problem: String, at mark: Mark) -> String? {
    let rest = source.rest(mark.line, mark.column)
    if rest.first == "{", source.rest(mark.line, mark.column - 1).first == "$" {
      return "put '${name}' in quotes where it stands within brackets"
    }
    if problem.contains("mapping values are not allowed") { return "put text that holds ': ' in quotes" }
    if problem.contains("could not find expected ':'") { return "write `key: value`, with a space after the colon" }
    if let first = rest.first, "@`%&*!|>".unicodeScalars.contains(first) {
      return "put text that begins with '\(first)' in quotes"
    }
    return nil
  }

  // MARK: Conversion

  private mutating func convert(_ node: Node, key: SourceLocation?, depth: Int) -> ConfigNode {
    let place = Place(line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
    let location = source.location(place.line, place.column, length: 1)
    let first = source.rest(place.line, place.column).first
    if let refused = refuseProperty(first, at: place) { return ConfigNode(.unreadable, at: refused) }
    guard depth <= Self.depthLimit else {
      problems.append(.error(.tooDeep, "this is nested more than \(Self.depthLimit) levels deep", at: location))
      return ConfigNode(.unreadable, at: location)
    }
    switch node {
    case .scalar(let scalar):
      let marked = source.location(place.line, place.column, length: length(of: scalar, at: place))
      guard scalar.style == .plain else { return ConfigNode(.scalar(scalar.string, isQuoted: true), at: marked) }
      guard Self.nulls.contains(scalar.string) else {
        return ConfigNode(.scalar(scalar.string, isQuoted: false), at: marked)
      }
      return ConfigNode(.null, at: scalar.string.isEmpty ? key ?? marked : marked)
    case .sequence(let nodes):
      let list = nodes.map { convert($0, key: nil, depth: depth + 1) }
      return ConfigNode(.list(list), at: first == "[" ? location : key ?? location)
    case .mapping(let mapping):
      let entries = entries(of: mapping, depth: depth)
      return ConfigNode(entries.map(ConfigNode.Value.map) ?? .unreadable, at: first == "{" ? location : key ?? location)
    case .alias:
      return ConfigNode(.unreadable, at: location)
    }
  }

  /// Reports an anchor or a tag at the beginning of a node, and its place; nil where there is none.
  private mutating func refuseProperty(_ first: Unicode.Scalar?, at place: Place) -> SourceLocation? {
    guard first == "&" || first == "!" else { return nil }
    let marked = source.location(
      place.line, place.column, length: source.rest(place.line, place.column).prefix { $0 != " " && $0 != "," }.count)
    guard anchors.insert(place).inserted else { return marked }
    problems.append(
      first == "&"
        ? .error(
          .anchor, "workspaces do not use anchors and aliases", at: marked,
          hint:
            "declare a value that is used twice under `vars` and write ${name}; text that begins with '&' needs quotes")
        : .error(
          .tag, "workspaces do not use YAML tags", at: marked,
          hint: "leave it out: a parameter's own type decides; text that begins with '!' needs quotes"))
    return marked
  }

  /// The entries of a map; nil where a merge key hides which it has.
  private mutating func entries(of mapping: Node.Mapping, depth: Int) -> [ConfigNode.Entry]? {
    var isMerged = false
    var entries: [ConfigNode.Entry] = []
    var seen: [String: SourceLocation] = [:]
    for (key, value) in mapping {
      let place = Place(line: key.mark?.line ?? 0, column: key.mark?.column ?? 0)
      let first = source.rest(place.line, place.column).first
      guard refuseProperty(first, at: place) == nil else { continue }
      guard let scalar = key.scalar else {
        problems.append(
          .error(.badKey, "a key must be a name, not a list or a map", at: source.location(place.line, place.column)))
        continue
      }
      let name = overwritten[place] ?? scalar.string
      let length =
        overwritten[place] == nil ? length(of: scalar, at: place) : markedLength(at: place.line, place.column, name)
      let location = source.location(place.line, place.column, length: length)
      if name == "<<", scalar.style == .plain {
        problems.append(
          .error(
            .anchor, "workspaces do not use merge keys", at: location, hint: "write the keys out, or use a profile"))
        isMerged = depth > 0
        continue
      }
      if let earlier = seen[name] {
        problems.append(
          .error(
            .duplicateKey, "the key '\(name)' is written twice", at: location,
            notes: ["first written at \(earlier.file):\(earlier.line):\(earlier.column)"]))
        continue
      }
      seen[name] = location
      entries.append(
        ConfigNode.Entry(key: name, keyLocation: location, value: convert(value, key: location, depth: depth + 1)))
    }
    return isMerged ? nil : entries
  }

  private func length(of scalar: Node.Scalar, at place: Place) -> Int {
    markedLength(at: place.line, place.column, scalar.style == .plain ? scalar.string : nil)
  }
  /// How many scalars of a line a value marks that begins there: a plain text as far as it stands there, a quoted one to
  /// its closing quote, and what goes on in the next line to the end of this.
  private func markedLength(at line: Int, _ column: Int, _ plain: String? = nil) -> Int {
    let rest = source.rest(line, column)
    guard let first = rest.first else { return 1 }
    if let plain, first != "\"", first != "'", rest.starts(with: plain.unicodeScalars) {
      return plain.unicodeScalars.count
    }
    if first == "|" || first == ">" { return 1 }
    guard first == "\"" || first == "'" else { return rest.count }
    var index = rest.index(after: rest.startIndex)
    while index < rest.endIndex {
      if rest[index] == "\\", first == "\"" {
        index += 2
      } else if rest[index] != first {
        index += 1
      } else if first == "'", index + 1 < rest.endIndex, rest[index + 1] == "'" {
        index += 2
      } else {
        return index - rest.startIndex + 1
      }
    }
    return rest.count
  }
}
