public import JSONText
public import Workbench

/// The JSON Schema (2020-12) of workspace files, made from the declarations that read them.
///
/// It describes a file as YAML 1.2 types it: dates are strings, `NO` is a string, `24.10` is a number. It cannot say
/// everything the program checks: names that refer to something, keys written twice, rules across parameters, and how a
/// number is spelled.
public func workspaceSchema(catalog: PluginCatalog) -> JSONValue {
  var profile = fileSchema(catalog: catalog, isPartial: true)
  profile.edit(["properties"]) { $0["profiles"] = nil }
  var definitions = scalarDefinitions
  definitions["profile"] = .object(profile)
  for entry in catalog.entries {
    definitions["plugin-\(entry.manifest.id)"] = .object(parameterMembers(of: entry))
  }
  var members = fileSchema(catalog: catalog, isPartial: false)
  members.edit(["properties", "profiles"]) { $0["additionalProperties"] = ["$ref": "#/$defs/profile"] }
  members["$schema"] = .string(schemaDialect)
  members["title"] = "Casus workspace, format 1"
  members["description"] = "Sources, event sets, analyses and exports of a run."
  members["$defs"] = .object(definitions)
  return .object(members)
}

/// The keys of a file, or of a profile, which need none of them; each step's `with` follows from its `use`.
private func fileSchema(catalog: PluginCatalog, isPartial: Bool) -> [String: JSONValue] {
  var members = SchemaWriter(isPartial: isPartial).record(of: Workspace.shape)
  for (section, kind) in [("sources", PluginKind.source), ("analyses", .analyzer), ("exports", .exporter)] {
    let plugins = catalog.entries.filter { $0.kind == kind }
    members.edit(["properties", section, "additionalProperties"]) { step in
      step.edit(["properties", "use"]) { use in
        use["$ref"] = nil
        use["anyOf"] = [
          ["enum": .array(plugins.map { .string($0.manifest.id) })], ["$ref": "#/$defs/reference"],
        ]
      }
      guard !isPartial, !plugins.isEmpty else { return }
      step["allOf"] = .array(plugins.map(parameterChoice))
    }
  }
  return members
}

/// If a step uses a plugin, then its `with` holds that plugin's parameters.
private func parameterChoice(_ plugin: PluginEntry) -> JSONValue {
  var then: [String: JSONValue] = ["properties": ["with": ["$ref": .string("#/$defs/plugin-\(plugin.manifest.id)")]]]
  if plugin.parameters.contains(where: \.isRequired) { then["required"] = ["with"] }
  return [
    "if": ["properties": ["use": ["const": .string(plugin.manifest.id)]], "required": ["use"]], "then": .object(then),
  ]
}

/// The JSON Schema (2020-12) of one plugin's parameters, the `with` of a step that uses it.
public func parameterSchema(of entry: PluginEntry) -> JSONValue {
  var members = parameterMembers(of: entry)
  members["$schema"] = .string(schemaDialect)
  members["$defs"] = .object(scalarDefinitions)
  return .object(members)
}

private let schemaDialect = "https://json-schema.org/draft/2020-12/schema"

/// The shapes that every other is made of.
///
/// Anything but text may be written as a reference to a variable as well.
private let scalarDefinitions: [String: JSONValue] = [
  "reference": [
    "description": "A reference to a variable, alone or within text; a literal ${ is written $${.", "type": "string",
    "pattern": "(^|[^$])\\$\\{[a-z0-9-]+\\}",
  ],
  "text": ["type": ["string", "number", "boolean"]],
  "integer": ["anyOf": [["type": "integer"], ["$ref": "#/$defs/reference"]]],
  "number": ["anyOf": [["type": "number"], ["$ref": "#/$defs/reference"]]],
  "boolean": ["anyOf": [["type": "boolean"], ["$ref": "#/$defs/reference"]]],
  "date": ["anyOf": [["type": "string", "format": "date"], ["$ref": "#/$defs/reference"]]],
  "path": ["type": ["string", "number", "boolean"], "minLength": 1],
]

private func parameterMembers(of entry: PluginEntry) -> [String: JSONValue] {
  var members = SchemaWriter(isPartial: false).record(entry.parameters)
  members["title"] = .string(entry.manifest.name)
  members["description"] = .string(entry.manifest.summary)
  return members
}

/// Writes shapes as schemas.
private struct SchemaWriter {
  /// Whether a file's keys may all be missing, as in a profile.
  let isPartial: Bool

  func record(of shape: ParameterShape) -> [String: JSONValue] {
    guard case .record(let declarations) = shape else { return [:] }
    return record(declarations)
  }

  func record(_ declarations: [ParameterDeclaration]) -> [String: JSONValue] {
    var members: [String: JSONValue] = ["type": "object", "additionalProperties": false]
    var properties: [String: JSONValue] = [:]
    for declaration in declarations {
      var property = schema(declaration.shape, rules: declaration.rules.map(\.schema))
      property["description"] = .string(declaration.summary)
      property["default"] = declaration.fallback
      properties[declaration.name] = .object(property)
    }
    members["properties"] = .object(properties)
    let required = declarations.filter(\.isRequired).map { JSONValue.string($0.name) }
    if !isPartial, !required.isEmpty { members["required"] = .array(required) }
    return members
  }

  private func schema(_ shape: ParameterShape, rules: [[String: JSONValue]] = []) -> [String: JSONValue] {
    switch shape {
    case .text: leaf(["$ref": "#/$defs/text"], rules)
    case .integer: leaf(["$ref": "#/$defs/integer"], rules)
    case .number: leaf(["$ref": "#/$defs/number"], rules)
    case .boolean: leaf(["$ref": "#/$defs/boolean"], rules)
    case .date: leaf(["$ref": "#/$defs/date"], rules)
    case .inputPath: leaf(["$ref": "#/$defs/path"], rules)
    case .choice(let names):
      ["anyOf": [["enum": .array(names.map(JSONValue.string))], ["$ref": "#/$defs/reference"]]]
    case .list(let element): list(element, rules)
    case .oneOrMore(let element): ["anyOf": [.object(schema(element)), .object(list(element, rules))]]
    case .map(let value):
      merged(["type": "object", "additionalProperties": .object(schema(value))], rules)
    case .record(let declarations): merged(record(declarations), rules)
    case .open: merged(["type": "object"], rules)
    case .either(let first, let second): ["anyOf": [.object(schema(first)), .object(schema(second))]]
    }
  }

  /// A single value: its rules hold for what is written there, not for a reference in its place.
  private func leaf(_ schema: [String: JSONValue], _ rules: [[String: JSONValue]]) -> [String: JSONValue] {
    let ruled = merged(schema, rules)
    return ruled.count == schema.count ? schema : ["anyOf": [["$ref": "#/$defs/reference"], .object(ruled)]]
  }
  private func list(_ element: ParameterShape, _ rules: [[String: JSONValue]]) -> [String: JSONValue] {
    var ofList: [String: JSONValue] = ["type": "array"]
    var ofElements: [[String: JSONValue]] = []
    for rule in rules {
      for (key, value) in rule {
        if key == "items", case .object(let members) = value { ofElements.append(members) } else { ofList[key] = value }
      }
    }
    ofList["items"] = .object(schema(element, rules: ofElements))
    return ofList
  }
  private func merged(_ schema: [String: JSONValue], _ rules: [[String: JSONValue]]) -> [String: JSONValue] {
    rules.reduce(schema) { $0.merging($1, uniquingKeysWith: { $1 }) }
  }
}

extension [String: JSONValue] {
  /// Changes the members of an object within this one; does nothing where there is none.
  fileprivate mutating func edit(_ path: [String], _ change: (inout [String: JSONValue]) -> Void) {
    guard let key = path.first else { return change(&self) }
    guard case .object(var members)? = self[key] else { return }
    members.edit(Array(path.dropFirst()), change)
    self[key] = .object(members)
  }
}
