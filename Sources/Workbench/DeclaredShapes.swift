import EventModel
import JSONText

// Reading values whose shape is known only as the program runs: the parameters of plugins that describe themselves.

extension ParameterShape {
  /// Reads a value of this shape as JSON, or adds to the problems why it cannot.
  func read(
    _ node: ConfigNode, as name: String, in reading: inout ParameterReading
  ) -> ParsedParameter<JSONValue>? {
    switch self {
    case .text: return json(String.read(node, as: name, in: &reading))
    case .integer: return json(Int.read(node, as: name, in: &reading))
    case .number: return json(Double.read(node, as: name, in: &reading))
    case .boolean: return json(Bool.read(node, as: name, in: &reading))
    case .date: return json(Day.read(node, as: name, in: &reading))
    case .inputPath: return json(InputPath.read(node, as: name, in: &reading))
    case .choice(let names):
      return readScalar(node, as: name, in: &reading) { names.contains($0) ? $0 : nil }
        .map { ParsedParameter(.string($0), json: .string($0)) }
    case .list(let element): return list(of: element, node, as: name, in: &reading)
    case .oneOrMore(let element):
      if case .list = node.value { return list(of: element, node, as: name, in: &reading) }
      return list(of: element, ConfigNode(.list([node]), at: node.location), as: name, in: &reading)
    case .map(let value): return map(to: value, node, as: name, in: &reading)
    case .record(let fields): return record(of: fields, node, as: name, in: &reading)
    case .open, .either:
      refuse(node, as: name, in: &reading)
      return nil
    }
  }

  private func json(_ parsed: ParsedParameter<some Sendable>?) -> ParsedParameter<JSONValue>? {
    parsed.map { ParsedParameter($0.json, json: $0.json, identity: $0.identity) }
  }
  private func list(
    of element: ParameterShape, _ node: ConfigNode, as name: String, in reading: inout ParameterReading
  ) -> ParsedParameter<JSONValue>? {
    guard case .list(let nodes) = node.value else {
      refuse(node, as: name, in: &reading)
      return nil
    }
    let parsed = nodes.map { element.read($0, as: name, in: &reading) }
    guard !parsed.contains(where: { $0 == nil }) else { return nil }
    let elements = parsed.compactMap { $0 }
    let json = JSONValue.array(elements.map(\.json))
    return ParsedParameter(json, json: json, identity: .array(elements.map(\.identity)))
  }
  private func map(
    to shape: ParameterShape, _ node: ConfigNode, as name: String, in reading: inout ParameterReading
  ) -> ParsedParameter<JSONValue>? {
    guard case .map(let nodes) = node.value else {
      refuse(node, as: name, in: &reading)
      return nil
    }
    var json: [String: JSONValue] = [:]
    var identity: [String: JSONValue] = [:]
    for node in nodes {
      guard let parsed = shape.read(node.value, as: "\(name).\(node.key)", in: &reading) else { continue }
      json[node.key] = parsed.json
      identity[node.key] = parsed.identity
    }
    return ParsedParameter(.object(json), json: .object(json), identity: .object(identity))
  }
  private func record(
    of fields: [ParameterDeclaration], _ node: ConfigNode, as name: String, in reading: inout ParameterReading
  ) -> ParsedParameter<JSONValue>? {
    guard case .map = node.value else {
      refuse(node, as: name, in: &reading)
      return nil
    }
    var reader = ParameterReader(reading: node, prefix: "\(name).", isNested: true)
    for field in fields { reader.declare(field) }
    let outcome = reader.finish()
    reading.inputs += outcome.inputs
    reading.problems += outcome.problems
    reading.silentFaults += outcome.silentFaults
    guard outcome.hasAllRequired else { return nil }
    return ParsedParameter(outcome.json, json: outcome.json, identity: outcome.identity)
  }
}

extension ParameterRule where Value == JSONValue {
  /// A rule that is known by its description alone: what its keywords of JSON Schema say.
  init(_ description: ParameterRuleDescription) {
    self.init(description.phrase, schema: description.schema) { $0.keeps(description.schema) }
  }
}

extension JSONValue {
  /// Whether a value keeps the bounds that keywords of JSON Schema set; other keywords are passed over.
  func keeps(_ keywords: [String: JSONValue]) -> Bool {
    for (keyword, bound) in keywords {
      let isKept =
        switch keyword {
        case "minimum": (number ?? 0) >= (bound.number ?? 0)
        case "maximum": (number ?? 0) <= (bound.number ?? 0)
        case "minLength": (text ?? "").unicodeScalars.count >= bound.integer ?? 0
        case "minItems": elements.count >= bound.integer ?? 0
        case "maxItems": elements.count <= bound.integer ?? .max
        case "items":
          if case .object(let ofElements) = bound { elements.allSatisfy { $0.keeps(ofElements) } } else { true }
        default: true
        }
      guard isKept else { return false }
    }
    return true
  }
}
