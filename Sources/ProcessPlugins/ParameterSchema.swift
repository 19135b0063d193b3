import JSONText
import Workbench

/// Reads the JSON Schema by which a plugin describes its parameters, in the part that `parameterSchema` writes.
struct ParameterSchemaReading {
  /// How messages name the plugin.
  let plugin: String

  /// The parameters of a schema, which is that of an object.
  func parameters(_ schema: JSONValue) throws(Diagnostic) -> [ParameterDeclaration] {
    guard case .record(let declarations) = try shape(schema, at: "parameters") else {
      throw bad("parameters", "must be the schema of an object, with \"properties\"")
    }
    return declarations
  }

  private func shape(_ schema: JSONValue, at place: String) throws(Diagnostic) -> ParameterShape {
    guard case .object(let members) = schema else { throw bad(place, "must be a schema: an object") }
    // What stands beside a reference to a variable is what may be written itself.
    if let choices = members["anyOf"]?.elements, !choices.isEmpty {
      let own = choices.filter { $0["$ref"]?.text != "#/$defs/reference" }
      if own.count == 1 { return try shape(own[0], at: place) }
      if own.count == 2, own[1]["type"]?.text == "array", case .list(let element) = try shape(own[1], at: place),
        try shape(own[0], at: place) == element
      {
        return .oneOrMore(element)
      }
      throw bad(place, "has an \"anyOf\" that is neither a value beside a reference nor a value beside a list of such")
    }
    if let names = members["enum"]?.elements {
      let texts = names.compactMap(\.text)
      guard texts.count == names.count, !texts.isEmpty, Set(texts).count == texts.count else {
        throw bad(place, "must have an \"enum\" of different texts")
      }
      return .choice(texts)
    }
    switch (members["$ref"]?.text ?? members["type"]?.text, members["format"]?.text) {
    case ("string", "date"), ("#/$defs/date", _): return .date
    case ("string", "path"), ("#/$defs/path", _): return .inputPath
    case ("string", _), ("#/$defs/text", _): return .text
    case ("integer", _), ("#/$defs/integer", _): return .integer
    case ("number", _), ("#/$defs/number", _): return .number
    case ("boolean", _), ("#/$defs/boolean", _): return .boolean
    case ("array", _):
      guard let items = members["items"] else { throw bad(place, "must say what its \"items\" are") }
      return .list(try shape(items, at: "\(place).items"))
    case ("object", _): return try object(members, at: place)
    default: throw bad(place, "has no \"type\" that is known here")
    }
  }

  private func object(_ members: [String: JSONValue], at place: String) throws(Diagnostic) -> ParameterShape {
    switch members["additionalProperties"] {
    case .boolean(false): break
    case .object(let values)? where members["properties"] == nil:
      return .map(try shape(.object(values), at: "\(place).additionalProperties"))
    default:
      throw .error(
        .openSchema, "'\(place)' of '\(plugin)' takes any key", hint: "add \"additionalProperties\": false",
        exit: .plugin)
    }
    let required = Set((members["required"]?.elements ?? []).compactMap(\.text))
    var declarations: [ParameterDeclaration] = []
    for (name, schema) in (members["properties"] ?? .object([:])).members {
      let place = "\(place).\(name)"
      guard isParameterName(name) else { throw bad(place, "must have a name of a-z, 0-9 and _") }
      declarations.append(
        ParameterDeclaration(
          name: name, shape: try shape(schema, at: place), isRequired: required.contains(name),
          fallback: schema["default"].flatMap { $0 == .null ? nil : $0 }, summary: schema["description"]?.text ?? "",
          rules: rules(schema)))
    }
    if let unknown = required.sorted().first(where: { name in !declarations.contains { $0.name == name } }) {
      throw bad(place, "requires '\(unknown)', which it does not describe")
    }
    for declaration in declarations where declaration.summary.isEmpty {
      throw bad("\(place).\(declaration.name)", "must have a \"description\", a sentence for the user")
    }
    for declaration in declarations {
      if let fallback = declaration.fallback, !fallback.fits(declaration.shape) {
        throw bad("\(place).\(declaration.name)", "has a \"default\" that is not \(declaration.shape.phrase)")
      }
    }
    return .record(declarations)
  }

  private func rules(_ schema: JSONValue) -> [ParameterRuleDescription] {
    let keywords = schema["anyOf"]?.elements.first { $0["$ref"]?.text != "#/$defs/reference" } ?? schema
    func bound(_ keyword: String) -> JSONValue? { keywords[keyword].flatMap { $0.number == nil ? nil : $0 } }
    var rules: [ParameterRuleDescription] = []
    switch (bound("minimum"), bound("maximum")) {
    case (let least?, let most?):
      rules.append(
        ParameterRuleDescription(
          phrase: "lie in \(least.compact) to \(most.compact)", schema: ["minimum": least, "maximum": most]))
    case (let least?, nil):
      rules.append(ParameterRuleDescription(phrase: "be at least \(least.compact)", schema: ["minimum": least]))
    case (nil, let most?):
      rules.append(ParameterRuleDescription(phrase: "be at most \(most.compact)", schema: ["maximum": most]))
    case (nil, nil): break
    }
    if let least = keywords["minLength"]?.integer, least > 0 {
      let phrase = least == 1 ? "not be empty" : "have at least \(least) characters"
      rules.append(ParameterRuleDescription(phrase: phrase, schema: ["minLength": .integer(least)]))
    }
    if let least = keywords["minItems"]?.integer, least > 0 {
      let phrase = "have at least \(least == 1 ? "one element" : "\(least) elements")"
      rules.append(ParameterRuleDescription(phrase: phrase, schema: ["minItems": .integer(least)]))
    }
    if let most = keywords["maxItems"]?.integer {
      rules.append(
        ParameterRuleDescription(phrase: "have at most \(most) elements", schema: ["maxItems": .integer(most)]))
    }
    return rules
  }

  private func bad(_ place: String, _ fault: String) -> Diagnostic {
    .error(.badSchema, "'\(place)' of '\(plugin)' \(fault)", exit: .plugin)
  }
}

/// Whether a text is the name of a parameter, a column or the like: `[a-z][a-z0-9_]*`.
func isParameterName(_ text: String) -> Bool {
  text.utf8.first.map { 97...122 ~= $0 } ?? false
    && text.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || $0 == 95 }
}

extension JSONValue {
  /// Whether a value is of a shape; bounds are not looked at.
  func fits(_ shape: ParameterShape) -> Bool {
    switch shape {
    case .text, .date, .inputPath: text != nil
    case .integer: integer != nil
    case .number: number != nil
    case .boolean: boolean != nil
    case .choice(let names): text.map(names.contains) ?? false
    case .list(let element), .oneOrMore(let element):
      if case .array(let elements) = self { elements.allSatisfy { $0.fits(element) } } else { false }
    case .map(let value):
      if case .object(let members) = self { members.values.allSatisfy { $0.fits(value) } } else { false }
    case .record(let fields):
      if case .object(let members) = self {
        fields.allSatisfy { field in members[field.name].map { $0.fits(field.shape) } ?? !field.isRequired }
          && members.keys.allSatisfy { name in fields.contains { $0.name == name } }
      } else {
        false
      }
    case .open, .either: false
    }
  }
}
