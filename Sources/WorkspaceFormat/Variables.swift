import Workbench

/// Puts the values of variables in the places that name them.
struct Substitution {
  /// The value of each variable; nil for one that is declared but cannot be read.
  let values: [String: ConfigNode.Value?]
  /// The names declared, in the order written.
  let names: [String]
  private(set) var problems: [Diagnostic] = []

  init(values: [String: ConfigNode.Value?], names: [String]) {
    self.values = values
    self.names = names
  }

  /// A node with every reference in its values resolved; one that cannot be is reported, and unreadable.
  mutating func resolve(_ node: ConfigNode) -> ConfigNode {
    switch node.value {
    case .null, .unreadable: return node
    case .list(let nodes): return ConfigNode(.list(nodes.map { resolve($0) }), at: node.location)
    case .map(let entries):
      let resolved = entries.map {
        ConfigNode.Entry(key: $0.key, keyLocation: $0.keyLocation, value: resolve($0.value))
      }
      return ConfigNode(.map(resolved), at: node.location)
    case .scalar(let text, let isQuoted):
      guard text.contains("${") else { return node }
      return ConfigNode(resolve(text, isQuoted: isQuoted, at: node.location), at: node.location)
    }
  }

  private mutating func resolve(_ text: String, isQuoted: Bool, at location: SourceLocation) -> ConfigNode.Value {
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var isReadable = true
    var index = 0
    while index < scalars.count {
      guard scalars[index] == "$", index + 1 < scalars.count else {
        result.append(scalars[index])
        index += 1
        continue
      }
      if scalars[index + 1] == "$", index + 2 < scalars.count, scalars[index + 2] == "{" {
        result.append(contentsOf: "${".unicodeScalars)
        index += 3
        continue
      }
      guard scalars[index + 1] == "{" else {
        result.append("$")
        index += 1
        continue
      }
      let end = scalars[index...].firstIndex(of: "}") ?? scalars.count
      let name = String(String.UnicodeScalarView(scalars[(index + 2)..<end]))
      let reference = index..<min(end + 1, scalars.count)
      index = reference.upperBound
      switch value(of: name, isClosed: end < scalars.count, at: place(of: reference, in: text, isQuoted, location)) {
      case let value? where reference.count == scalars.count: return value
      case .scalar(let text, _)?: result.append(contentsOf: text.unicodeScalars)
      default: isReadable = false
      }
    }
    return isReadable ? .scalar(String(result), isQuoted: isQuoted) : .unreadable
  }

  private mutating func value(of name: String, isClosed: Bool, at place: SourceLocation) -> ConfigNode.Value? {
    if let value = values[name], isClosed { return value }
    let escape = "a literal '${' is written '$${'"
    if isClosed, isName(name) {
      let hint = names.isEmpty ? "declare it under `vars`; \(escape)" : suggestion(for: name, among: names)
      problems.append(.error(.unknownVariable, "no variable '\(name)' is declared", at: place, hint: hint))
    } else {
      let written = isClosed ? "'${\(name)}'" : "'${' without '}'"
      problems.append(
        .error(.badReference, "a reference to a variable must be '${name}', not \(written)", at: place, hint: escape))
    }
    return nil
  }

  /// Where a reference stands, if the text stands in the file as it is; else where the text begins.
  private func place(
    of reference: Range<Int>, in text: String, _ isQuoted: Bool, _ location: SourceLocation
  ) -> SourceLocation {
    let quote = isQuoted ? 1 : 0
    guard location.length == text.unicodeScalars.count + 2 * quote else { return location }
    var place = location
    place.column += quote + reference.lowerBound
    place.length = reference.count
    return place
  }
}

extension ConfigNode {
  /// This value with another's changes: maps merge, anything else is replaced.
  func merged(with change: ConfigNode) -> ConfigNode {
    guard case .map(var entries) = value, case .map(let changes) = change.value else { return change }
    var positions = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($0.element.key, $0.offset) })
    for entry in changes {
      if let position = positions[entry.key] {
        entries[position].value = entries[position].value.merged(with: entry.value)
      } else {
        positions[entry.key] = entries.count
        entries.append(entry)
      }
    }
    return ConfigNode(.map(entries), at: location)
  }
}
