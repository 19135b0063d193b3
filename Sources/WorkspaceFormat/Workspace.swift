public import EventModel
import JSONText
public import Workbench

/// A workspace file as written: located values, names not yet looked up, plugins' parameters not yet read.
public struct Workspace: ParameterRecord {
  /// The version of the format.
  public let version: Int
  /// What the workspace says of itself.
  public let description: WorkspaceDescription
  /// The seed of every random number.
  public let seed: Int
  /// The table of actors: alias, actor, group, from, to, kind.
  public let actors: LocatedValue<InputPath>?
  /// The sources, in the order written.
  public let sources: ParameterMap<SourceEntry>
  /// The event sets, in the order written; nil where the file names none: then there is one of all sources, `all`.
  public let eventSets: ParameterMap<EventSetEntry>?
  /// The analyses, in the order written.
  public let analyses: ParameterMap<AnalysisEntry>
  /// The exports, in the order written.
  public let exports: ParameterMap<ExportEntry>
  /// The programs that serve as plugins.
  public let plugins: [ProcessEntry]
  /// The values that `${name}` stands for.
  public let variables: ParameterMap<VariableEntry>
  /// Changes to the file by the name under which they are asked for.
  public let profiles: ParameterMap<OpenMap>

  /// Declares the keys of a workspace file.
  public init(parameters: inout ParameterReader) {
    version = parameters.required(
      "workspace", "Version of the format: 1.", where: .formatVersion)
    description = WorkspaceDescription(
      name: parameters.required("name", "Name of the workspace.", where: .name),
      title: parameters.optional("title", "Title, for reports."),
      license: parameters.optional("license", "Licence of the results, such as CC-BY-4.0."))
    seed = parameters.optional("seed", default: 1, "Seed of every random number of the run.", where: .atLeast(0))
    actors = parameters.optional("actors", "Table of actors: a CSV file with alias, actor, group, from, to, kind.")
    sources = parameters.required(
      "sources", "Data sources by name; {} where the analyses read files of their own.", where: .eachName(.name))
    eventSets = parameters.optional(
      "events", "Event sets by name; where there are none, one set 'all' of all sources.", where: .eachName(.name))
    analyses = parameters.optional("analyses", "Analyses by name.", where: .eachName(.name)) ?? ParameterMap([])
    exports = parameters.optional("exports", "Exports by name.", where: .eachName(.name)) ?? ParameterMap([])
    plugins = parameters.optional("plugins", "Programs that serve as plugins.") ?? []
    variables =
      parameters.optional("vars", "Values that ${name} stands for, in any value.", where: .eachName(.name))
      ?? ParameterMap([])
    profiles =
      parameters.optional(
        "profiles", "Changes to the keys above, by the name under which they are asked for: maps merge, lists replace.",
        where: .eachName(.name)) ?? ParameterMap([])
  }
}

/// What a variable stands for: any single value, typed by the place where it is used.
public struct VariableEntry: ParameterValue {
  /// The value as written.
  public let text: String
  /// Any single value.
  public static var shape: ParameterShape { .text }
  /// An empty text.
  public static var placeholder: VariableEntry { VariableEntry(text: "") }
  /// Takes any single value that refers to no variable.
  public static func read(
    _ node: ConfigNode, as name: String, in reading: inout ParameterReading
  ) -> ParsedParameter<VariableEntry>? {
    guard let text = node.text else {
      _ = String.read(node, as: name, in: &reading)
      return nil
    }
    guard !text.contains("${") else {
      reading.problems.append(
        .error(
          .badReference, "'\(name)' must not refer to a variable", at: node.location, hint: "write the value itself"))
      return nil
    }
    return ParsedParameter(VariableEntry(text: text), json: .string(text))
  }
}

/// Which events to keep; the keys mean the same in an event set and in an analysis's `where`.
public struct EventFilter: ParameterRecord {
  /// First and last day; events are kept that begin within, and spans that reach in.
  public let between: LocatedValue<[Day]>?
  /// Countries.
  public let countries: LocatedValue<[String]>?
  /// Actors, after resolution; events are kept in which one of them takes part.
  public let actors: LocatedValue<[String]>?
  /// Event classes; a CAMEO code stands for all that begin with it.
  public let classes: LocatedValue<[String]>?
  /// Declares the keys of a filter.
  public init(parameters: inout ParameterReader) {
    let between: LocatedValue<[Day]>? = parameters.optional(
      "between", "First and last day; keeps events that begin within, and spans that reach in.", where: .twoDays)
    self.between = between
    countries = parameters.optional("countries", "Keeps events in these countries.")
    actors = parameters.optional(
      "actors", "Keeps events in which one of these actors takes part, by resolved name.")
    classes = parameters.optional(
      "classes", "Keeps events of these classes; a CAMEO code stands for all that begin with it.")
    parameters.check(
      between.map { $0.value.count != 2 || $0.value[0] <= $0.value[1] } ?? true, about: ["between"],
      "the second day of 'between' must not lie before the first")
  }
}

/// An analysis of a workspace.
public struct AnalysisEntry: ParameterRecord {
  /// The id of the plugin.
  public let use: LocatedValue<String>
  /// The event set and the analyses it reads; nil: the one event set there is.
  public let from: OneOrMore<LocatedValue<String>>?
  /// The plugin's parameters.
  public let with: OpenMap?
  /// Which events to keep of the event set.
  public let filter: EventFilter?
  /// Declares the keys of an analysis.
  public init(parameters: inout ParameterReader) {
    use = parameters.required("use", "The id of the analyzer's plugin.")
    from = parameters.optional(
      "from", "The event set and the analyses it reads; may be left out where there is one event set.")
    with = parameters.optional("with", "The plugin's parameters.")
    filter = parameters.optional("where", "Which events to keep of the event set.")
  }
}

/// An export of a workspace.
public struct ExportEntry: ParameterRecord {
  /// The id of the plugin.
  public let use: LocatedValue<String>
  /// The event sets and analyses it writes; nil: all analyses.
  public let from: OneOrMore<LocatedValue<String>>?
  /// The plugin's parameters.
  public let with: OpenMap?
  /// The file or folder it writes, relative to the workspace's folder.
  public let to: LocatedValue<String>
  /// Declares the keys of an export.
  public init(parameters: inout ParameterReader) {
    use = parameters.required("use", "The id of the exporter's plugin.")
    from = parameters.optional("from", "The event sets and analyses it writes; default: all analyses.")
    with = parameters.optional("with", "The plugin's parameters.")
    to = parameters.required("to", "The file or folder it writes, relative to the workspace's folder.")
  }
}

/// A program that serves as a plugin.
public struct ProcessEntry: ParameterRecord {
  /// The program's path.
  public let exec: LocatedValue<String>
  /// The id by which the workspace names it.
  public let id: LocatedValue<String>
  /// The names of the variables of the environment that it is given, beside PATH, LANG and TZ.
  public let environment: [String]
  /// After how many seconds a run of it is ended.
  public let timeLimit: Int
  /// Declares the keys of a program.
  public init(parameters: inout ParameterReader) {
    exec = parameters.required("exec", "Path of the program, relative to the workspace's folder.")
    id = parameters.required("as", "The id by which the workspace names it.", where: .locatedName)
    environment = parameters.optional(
      "environment", default: [], "Variables of the environment that it is given, beside PATH, LANG and TZ.",
      where: .each(.nonempty))
    timeLimit = parameters.optional(
      "time_limit", default: 600, "Seconds after which a run of it is ended.", where: .inside(1...604_800))
  }
}

extension ParameterRule where Value == Int {
  /// The version of the format that this program reads.
  static var formatVersion: Self {
    Self("be 1, the version of the format that this program reads", schema: ["const": 1]) { $0 == 1 }
  }
}
extension ParameterRule where Value == LocatedValue<String> {
  /// A name of the workspace: `[a-z0-9-]+`.
  static var locatedName: Self {
    Self("be a name of a-z, 0-9 and -", schema: ["pattern": "^[a-z0-9-]+$"]) { isName($0.value) }
  }
}
extension ParameterRule where Value == LocatedValue<[Day]> {
  /// A first and a last day.
  static var twoDays: Self {
    Self("have two days, the first and the last", schema: ["minItems": 2, "maxItems": 2]) { $0.value.count == 2 }
  }
}
