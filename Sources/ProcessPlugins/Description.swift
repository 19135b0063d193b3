import EventModel
import JSONText
import Workbench

/// What a program says of itself when it is asked to `describe`.
struct ProgramDescription: Sendable {
  /// The version of the protocol that is spoken here.
  static let protocolVersion = 1

  var manifest: PluginManifest
  var kind: PluginKind
  /// The paths of its other code files, relative to the folder of the executable.
  var code: [String]
  var parameters: [ParameterDeclaration]
  /// What an analyzer needs; of an exporter the event columns alone count.
  var needs: Needs
  /// What a source provides.
  var provides: EventSchema?
  /// The tables of an analyzer.
  var outputs: [TableSchema]
  /// The shape of what an exporter writes.
  var exportShape: ExportShape?

  /// Reads the line that a program printed.
  /// - Parameter id: the id that the workspace gives to the plugin.
  init(line: String, id: String) throws(Diagnostic) {
    guard let json = JSONValue(reading: Array(line.utf8)), case .object(let members) = json else {
      throw .error(
        .noJSON, "'\(id)' describes itself with something that is no JSON object", notes: [String(line.prefix(200))],
        exit: .plugin)
    }
    func bad(_ member: String, _ expected: String) -> Diagnostic {
      .error(.badDescription, "'\(member)' in the description of '\(id)' must be \(expected)", exit: .plugin)
    }
    guard members["type"]?.text == "describe" else { throw bad("type", "\"describe\"") }
    guard let version = members["protocol"]?.integer else { throw bad("protocol", "1") }
    guard version == Self.protocolVersion else {
      throw .error(
        .newerProtocol, "'\(id)' speaks version \(version) of the protocol, and this program version 1", exit: .plugin)
    }
    guard let own = members["id"]?.text, isName(own) else { throw bad("id", "a name of a-z, 0-9 and -") }
    guard let kind = members["kind"]?.text.flatMap(PluginKind.init(rawValue:)) else {
      throw bad("kind", "source, analyzer or exporter")
    }
    guard let summary = members["summary"]?.text, summary.hasSuffix(".") else { throw bad("summary", "a sentence") }
    guard let shown = members["version"]?.text, !shown.isEmpty else { throw bad("version", "a text such as \"1.0\"") }
    guard let behaviour = (members["behaviour"] ?? 1).integer, behaviour > 0 else {
      throw bad("behaviour", "a whole number from 1")
    }
    guard let isDeterministic = members["deterministic"]?.boolean else { throw bad("deterministic", "true") }
    guard isDeterministic else {
      throw .error(
        .notDeterministic, "'\(id)' says that it is not deterministic", hint: "make its random numbers from the seed",
        exit: .plugin)
    }
    self.kind = kind
    manifest = PluginManifest(
      id: id, name: members["name"]?.text ?? own, summary: summary, version: shown, behaviourVersion: behaviour,
      citation: members["citation"]?.text, mayRedistribute: members["redistribute"]?.boolean ?? true)
    code = try Self.texts(members["code"], "code", bad)
    guard code.allSatisfy({ !$0.isEmpty && !$0.hasPrefix("/") && !$0.split(separator: "/").contains("..") }) else {
      throw bad("code", "a list of paths beneath the folder of the executable")
    }
    guard let schema = members["parameters"] else {
      throw bad(
        "parameters", "a JSON Schema, {\"type\": \"object\", \"additionalProperties\": false} where there are none")
    }
    parameters = try ParameterSchemaReading(plugin: id).parameters(schema)
    needs = try Self.needs(members["requires"], bad)
    provides = try Self.schema(members["provides"], "provides", bad)
    outputs = try Self.outputs(members["outputs"], bad)
    switch kind {
    case .source where provides == nil: throw bad("provides", "the columns that its events have")
    case .analyzer where outputs.isEmpty: throw bad("outputs", "a list of at least one table")
    case .exporter:
      if members["shape"]?.text == "folder" {
        exportShape = .folder
      } else if let ending = members["shape"]?["file"]?.text, isName(ending) {
        exportShape = .file(extension: ending)
      } else {
        throw bad("shape", "\"folder\", or {\"file\": \"txt\"} with the ending of its name")
      }
    default: break
    }
  }

  private typealias Complaint = (_ member: String, _ expected: String) -> Diagnostic

  private static func texts(_ json: JSONValue?, _ member: String, _ bad: Complaint) throws(Diagnostic) -> [String] {
    let texts = (json?.elements ?? []).compactMap(\.text)
    guard json == nil || texts.count == json?.elements.count,
      json.map({ if case .array = $0 { true } else { false } }) ?? true
    else { throw bad(member, "a list of texts") }
    return texts
  }

  private static func columns(_ json: JSONValue?, _ member: String, _ bad: Complaint) throws(Diagnostic) -> EventColumns
  {
    var columns: [EventColumn] = []
    for name in try texts(json, member, bad) {
      guard let column = EventColumn(parameterText: name) else {
        throw bad(member, "names of event columns, which '\(name)' is not")
      }
      columns.append(column)
    }
    return EventColumns(columns)
  }

  private static func schema(
    _ json: JSONValue?, _ member: String, _ bad: Complaint
  ) throws(Diagnostic) -> EventSchema? {
    guard let json, json != .null else { return nil }
    guard case .object = json else { throw bad(member, "an object") }
    return EventSchema(
      columns: try columns(json["columns"], "\(member).columns", bad),
      direction: json["directed"]?.boolean == true ? .directed : .undirected, ontology: json["ontology"]?.text)
  }

  private static func needs(_ json: JSONValue?, _ bad: Complaint) throws(Diagnostic) -> Needs {
    var needs = Needs(events: try schema(json?["events"], "requires.events", bad))
    needs.optional = try columns(json?["events"]?["optional"], "requires.events.optional", bad)
    for table in json?["tables"]?.elements ?? [] {
      guard let plugin = table["plugin"]?.text, let name = table["table"]?.text else {
        throw bad("requires.tables", "a list of objects with \"plugin\" and \"table\"")
      }
      needs.tables.append(Needs.TableNeed(plugin: plugin, table: name))
    }
    return needs
  }

  private static func outputs(_ json: JSONValue?, _ bad: Complaint) throws(Diagnostic) -> [TableSchema] {
    var outputs: [TableSchema] = []
    for table in json?.elements ?? [] {
      guard let output = TableSchema(table), isName(output.name), !output.columns.isEmpty else {
        throw bad("outputs", "a list of tables, each with name, summary, keys and columns of name, kind and meaning")
      }
      let names = output.columns.map(\.name)
      guard names.allSatisfy(isParameterName), Set(names).count == names.count else {
        throw bad("outputs", "tables with columns of different names of a-z, 0-9 and _, unlike '\(output.name)'")
      }
      guard output.keys.allSatisfy(names.contains), !outputs.contains(where: { $0.name == output.name }) else {
        throw bad("outputs", "different tables whose keys are among their columns, unlike '\(output.name)'")
      }
      outputs.append(output)
    }
    return outputs
  }
}
