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
  /// The table of actors: alias, actor, group, from, to.
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
    actors = parameters.optional("actors", "Table of actors: a CSV file with alias, actor, group, from, to.")
    sources = parameters.required("sources", "Data sources by name.", where: .eachName(.name), .nonemptyMap())
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

/// A data source of a workspace.
public struct SourceEntry: ParameterRecord {
  /// The id of the plugin.
  public let use: LocatedValue<String>
  /// The plugin's parameters.
  public let with: OpenMap?
  /// The days that the source covers; nil: from its first to its last event.
  public let covers: CoverageEntry?
  /// Which release it is, and how it wants to be cited.
  public let cite: CitationEntry?
  /// The digest that its file must have.
  public let pin: LocatedValue<String>?
  /// Whether its file may be missing.
  public let isOptional: Bool
  /// Whether its files may be passed on in an archive; nil: those in the workspace's folder, if its plugin allows it.
  public let mayRedistribute: Bool?
  /// What its data must satisfy.
  public let expect: LocatedValue<OpenMap>?

  /// Declares the keys of a source.
  public init(parameters: inout ParameterReader) {
    use = parameters.required("use", "The id of the source's plugin.")
    with = parameters.optional("with", "The plugin's parameters.")
    covers = parameters.optional(
      "covers", "The days the source covers, outside which its silence means nothing; default: first to last event.")
    cite = parameters.optional("cite", "Which release it is, and how it wants to be cited.")
    pin = parameters.optional("pin", "The digest its file must have.", where: .digest)
    isOptional = parameters.optional("optional", default: false, "Whether its file may be missing.")
    mayRedistribute = parameters.optional(
      "redistribute",
      "Whether its files may be passed on in archives; default: those in the workspace's folder, if the plugin "
        + "allows it.")
    expect = parameters.optional("expect", "What its data must satisfy.")
  }
}

/// The days that a source covers.
public struct CoverageEntry: ParameterRecord, Hashable {
  /// The first day covered.
  public let from: Day
  /// The last day covered.
  public let to: Day
  /// Declares the keys of a coverage.
  public init(parameters: inout ParameterReader) {
    let from: Day = parameters.required("from", "First day covered.")
    let to: Day = parameters.required("to", "Last day covered.")
    self.from = from
    self.to = to
    parameters.check(from <= to, about: ["to", "from"], "'to' must not lie before 'from'")
  }
}

/// Which release of a dataset was used, and how it wants to be cited.
public struct CitationEntry: ParameterRecord, Hashable {
  /// The release.
  public let release: String?
  /// The day it was fetched.
  public let accessed: Day?
  /// The citation, which replaces the plugin's own.
  public let citation: String?
  /// Declares the keys of a citation.
  public init(parameters: inout ParameterReader) {
    release = parameters.optional("release", "Release of the dataset, such as \"25.1\".")
    accessed = parameters.optional("accessed", "Day on which it was fetched.")
    citation = parameters.optional("citation", "How it wants to be cited; replaces the plugin's own.")
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

/// An event set of a workspace: sources made into one table.
public struct EventSetEntry: ParameterRecord {
  /// How events reported more than once are made one.
  public enum Deduplication: String, CaseIterable, ScalarParameter {
    /// Every record is an event.
    case none
    /// Of records with the same identifier the first is kept.
    case id
    /// Of records with the same day, actors and class the first is kept.
    case oneADay = "one-a-day"
  }
  /// The sources, in the order in which they are joined; nil: all.
  public let from: OneOrMore<LocatedValue<String>>?
  /// Which events to keep.
  public let filter: EventFilter
  /// Whether actors give way to their groups.
  public let groupActors: Bool
  /// How events reported more than once are made one.
  public let deduplicate: Deduplication
  /// Declares the keys of an event set.
  public init(parameters: inout ParameterReader) {
    from = parameters.optional("from", "The sources, in the order in which they are joined; default: all.")
    filter = EventFilter(parameters: &parameters)
    groupActors = parameters.optional("group_actors", default: false, "Whether actors give way to their groups.")
    deduplicate = parameters.optional(
      "deduplicate", default: .none,
      "Which records are one event: none, those of one id, or one a day per dyad and class.")
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
  /// Declares the keys of a program.
  public init(parameters: inout ParameterReader) {
    exec = parameters.required("exec", "Path of the program.")
    id = parameters.required("as", "The id by which the workspace names it.")
  }
}

extension ParameterRule where Value == Int {
  /// The version of the format that this program reads.
  static var formatVersion: Self {
    Self("be 1, the version of the format that this program reads", schema: ["const": 1]) { $0 == 1 }
  }
}
extension ParameterRule where Value == LocatedValue<String> {
  /// A digest: `sha256:` and 64 hexadecimal digits.
  static var digest: Self {
    Self("be 'sha256:' and 64 hexadecimal digits", schema: ["pattern": "^sha256:[0-9a-f]{64}$"]) {
      let digits = $0.value.utf8.dropFirst(7)
      return $0.value.hasPrefix("sha256:") && digits.count == 64
        && digits.allSatisfy { 48...57 ~= $0 || 97...102 ~= $0 }
    }
  }
}
extension ParameterRule where Value == LocatedValue<[Day]> {
  /// A first and a last day.
  static var twoDays: Self {
    Self("have two days, the first and the last", schema: ["minItems": 2, "maxItems": 2]) { $0.value.count == 2 }
  }
}
