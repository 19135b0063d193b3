public import EventModel
public import JSONText

/// What a plugin is called, what it is for, and which version its results are of.
public struct PluginManifest: Sendable {
  /// The id by which workspaces name it, in kebab case: `relationship-shift`.
  public var id: String
  /// Its name for people.
  public var name: String
  /// What it does, in one sentence.
  public var summary: String
  /// Its version, for people.
  public var version: String
  /// Raised with every change after which equal inputs may give other results: part of every step key.
  public var behaviourVersion: Int
  /// How its dataset or its method wants to be cited.
  public var citation: String?
  /// Whether the files it reads may be passed on in archives, unless the workspace says otherwise.
  public var mayRedistribute: Bool
  /// The fields of its records that hold the dataset's own identifiers of actors, by the column that names these: of each
  /// the first that a record has.
  public var actorIDs: [EventColumn: [String]]
  /// The kinds of problems it can report itself, beside those of the core.
  public var diagnostics: [DiagnosticKind]

  /// Makes a manifest.
  public init(
    id: String, name: String, summary: String, version: String = "1.0", behaviourVersion: Int = 1,
    citation: String? = nil, mayRedistribute: Bool = true, actorIDs: [EventColumn: [String]] = [:],
    diagnostics: [DiagnosticKind] = []
  ) {
    self.id = id
    self.name = name
    self.summary = summary
    self.version = version
    self.behaviourVersion = behaviourVersion
    self.citation = citation
    self.mayRedistribute = mayRedistribute
    self.actorIDs = actorIDs
    self.diagnostics = diagnostics
  }
}

/// A small input and the output it must give: documentation that is also a test.
public struct PluginExample: Sendable {
  /// What it shows, in a few words.
  public var title: String
  /// The parameters, as YAML.
  public var parameters: String
  /// The files it reads, by path; of one that ends with `.sqlite` the SQL that makes it.
  public var files: [String: String]
  /// The events given to an analyzer or exporter, as CSV with canonical names.
  ///
  /// They are directed and CAMEO-coded, have the Goldstein scores and quad classes of their codes unless they state
  /// their own, and cover the days from the first to the last.
  public var events: String?
  /// The analyses given to an analyzer that needs their tables, or to an exporter.
  public var analyses: [NamedAnalysis]
  /// What must come out, by name, as CSV or text; what is not named here is not compared.
  ///
  /// The events of a source are called `events`. Of an analyzer these are its tables, of an exporter its files; one that
  /// writes a single file finds it named for the plugin's id.
  public var output: [String: String]

  /// Makes an example.
  public init(
    _ title: String, parameters: String = "{}", files: [String: String] = [:], events: String? = nil,
    analyses: [NamedAnalysis] = [], output: [String: String]
  ) {
    self.title = title
    self.parameters = parameters
    self.files = files
    self.events = events
    self.analyses = analyses
    self.output = output
  }
}

/// A step that a workspace can name, written in Swift: a data source, an analyzer or an exporter.
///
/// A plugin is a value. It is made from its parameters and holds nothing else, so that a run which gives the same
/// parameters and the same input gives the same output.
public protocol Plugin: Sendable {
  /// What it is called and what it is for.
  static var manifest: PluginManifest { get }
  /// Documentation that is also a test.
  static var examples: [PluginExample] { get }
  /// Reads the parameters; does no other work, and reaches for nothing outside.
  init(parameters: inout ParameterReader)
}

/// A source made from its parameters, in whatever language: reads events.
///
/// The engine calls `schema` before it plans and `read` at most once in a run, from any thread.
public protocol SourceInstance: Sendable {
  /// What every table this source reads will carry; opens the files, and reads a header at most.
  func schema(in context: RunContext) async throws(Diagnostic) -> EventSchema
  /// Reads the events, in the order of the files and of their records.
  ///
  /// - Parameter columns: those that some step needs. The table has at least those of them that `schema` promises.
  func read(_ columns: EventColumns, in context: RunContext) async throws(Diagnostic) -> EventTable
  /// Fetches raw records: the fields of each, as the file has them.
  func records(_ references: [RecordReference], in context: RunContext) async throws(Diagnostic) -> [RawRecord]
}

/// A source written in Swift.
public protocol DataSource: Plugin, SourceInstance {}

/// A record as its file has it.
public struct RawRecord: Sendable, Hashable {
  /// Where it stands: file and line.
  public var location: SourceLocation
  /// The names and values of its fields, in the order of the file.
  public var fields: [Field]
  /// A field of a record.
  public struct Field: Sendable, Hashable {
    /// The header's name for it.
    public var name: String
    /// Its text.
    public var value: String
    /// What the dataset says the field means, in one line; nil where it is not known.
    public var meaning: String?
    /// Makes a field.
    public init(name: String, value: String, meaning: String? = nil) {
      self.name = name
      self.value = value
      self.meaning = meaning
    }
  }
  /// Makes a record.
  public init(location: SourceLocation, fields: [Field]) {
    self.location = location
    self.fields = fields
  }
}

/// What an analyzer needs to be given; checked before a row is read.
public struct Needs: Sendable {
  /// The columns and the direction the events must have; nil for an analyzer that reads no events.
  public var events: EventSchema?
  /// Columns it makes use of where they are there.
  public var optional: EventColumns
  /// Tables of other analyses it reads.
  public var tables: [TableNeed]

  /// A table of another analysis.
  public struct TableNeed: Sendable, Hashable {
    /// The plugin that makes it.
    public var plugin: String
    /// Its name.
    public var table: String
    /// Whether it can do without: then a step need not name such an analysis.
    public var isOptional: Bool
    /// Names a table.
    public init(plugin: String, table: String, isOptional: Bool = false) {
      self.plugin = plugin
      self.table = table
      self.isOptional = isOptional
    }
  }
  /// Makes a statement of needs.
  public init(events: EventSchema?, optional: EventColumns = [], tables: [TableNeed] = []) {
    self.events = events
    self.optional = optional
    self.tables = tables
  }
}

/// What an analyzer is given: exactly what its step names.
public struct AnalysisInput: Sendable {
  /// The events, with the columns it needs and those of the optional ones that are there.
  public var events: EventTable
  /// The analyses its step names, in the order named.
  public var analyses: [NamedAnalysis]
  /// Makes an input.
  public init(events: EventTable, analyses: [NamedAnalysis] = []) {
    self.events = events
    self.analyses = analyses
  }
}

/// An analysis of the run and what it came to.
public struct NamedAnalysis: Sendable {
  /// Its name in the workspace.
  public var name: String
  /// The id of its plugin.
  public var plugin: String
  /// What it came to.
  public var result: AnalysisResult
  /// Makes one.
  public init(name: String, plugin: String, result: AnalysisResult) {
    self.name = name
    self.plugin = plugin
    self.result = result
  }
}

/// An analyzer made from its parameters, in whatever language: derives results from events, from other analyses, or from
/// both; pure.
public protocol AnalyzerInstance: Sendable {
  /// What it must be given; follows from its parameters alone.
  var needs: Needs { get }
  /// The tables it makes, always all of them and in this order.
  var yields: [TableSchema] { get }
  /// Analyzes; equal input gives equal output to the byte.
  func analyze(_ input: AnalysisInput, in context: RunContext) async throws(Diagnostic) -> AnalysisResult
}
/// An analyzer written in Swift.
public protocol Analyzer: Plugin, AnalyzerInstance {}

/// Whether an exporter writes one file or a folder of files.
public enum ExportShape: Sendable, Hashable {
  /// One file, whose name ends so: `zip`.
  case file(extension: String)
  /// A folder.
  case folder
}

/// An exporter made from its parameters, in whatever language: writes results where someone else can read them.
public protocol ExporterInstance: Sendable {
  /// The columns of the events it writes, if any.
  var columns: EventColumns { get }
  /// Of how many events behind each finding it writes the records; none, unless it says otherwise.
  var eventsPerFinding: Int { get }
  /// Writes; equal results give equal bytes.
  func export(
    _ run: RunResults, to output: any OutputDirectory, in context: RunContext
  ) async throws(Diagnostic)
}

/// An exporter written in Swift.
public protocol Exporter: Plugin, ExporterInstance {
  /// Whether it writes one file or a folder of files.
  static var shape: ExportShape { get }
}

extension ExporterInstance {
  /// None.
  public var eventsPerFinding: Int { 0 }
}

/// Everything a run produced, ready to be written out.
public struct RunResults: Sendable {
  /// What the workspace says of itself.
  public var workspace: WorkspaceDescription
  /// The event sets that the export names, if it writes events, in workspace order.
  public var eventSets: [NamedEventSet]
  /// The analyses that the export names, or all, in workspace order.
  public var analyses: [NamedAnalysis]
  /// What became of the events of each set: a table named `event-sets`.
  public var counts: ResultTable
  /// Which records of event sets were merged into which, and why: a table named `merges`; nil where no set merges any.
  public var merges: ResultTable?
  /// The run record, without exports, clock or host: the content of run.json.
  public var record: JSONValue
  /// The files that the run read, workspace file first.
  public var files: [RunFile]
  /// How each source wants to be cited, in workspace order.
  public var citations: [String]
  /// The plugins of its sources and analyses, each once, in workspace order.
  public var plugins: [UsedPlugin]
  /// The events behind findings with their records, as many as the exporter asks for; by source, then by place.
  public var evidence: [Evidence] = []
  /// What is kept of the steps besides their results: by it a workspace restored from an archive computes nothing again.
  public var steps: JSONValue

  /// An event set of the run.
  public struct NamedEventSet: Sendable {
    /// Its name in the workspace.
    public var name: String
    /// Its events.
    public var events: EventTable
    /// Makes one.
    public init(name: String, events: EventTable) {
      self.name = name
      self.events = events
    }
  }
  /// A file that the run read.
  public struct RunFile: Sendable, Hashable {
    /// Its path in an archive: relative, with `/`, unique, never leaving the archive's folder.
    public var name: String
    /// The path by which `RunContext.files` opens it.
    public var path: InputPath
    /// SHA-256 of its bytes, in lower-case hexadecimal digits.
    public var digest: String
    /// Its size in bytes.
    public var bytes: Int
    /// What it is to the run.
    public var role: Role
    /// Whether it may be passed on.
    public var mayRedistribute: Bool

    /// What a file is to a run.
    public enum Role: String, Sendable { case workspace, actors, source, reference, plugin }

    /// Makes one.
    public init(name: String, path: InputPath, digest: String, bytes: Int, role: Role, mayRedistribute: Bool) {
      self.name = name
      self.path = path
      self.digest = digest
      self.bytes = bytes
      self.role = role
      self.mayRedistribute = mayRedistribute
    }
  }
  /// Makes results.
  public init(
    workspace: WorkspaceDescription, eventSets: [NamedEventSet], analyses: [NamedAnalysis], counts: ResultTable,
    merges: ResultTable? = nil, record: JSONValue, files: [RunFile], citations: [String], plugins: [UsedPlugin] = [],
    steps: JSONValue = []
  ) {
    self.workspace = workspace
    self.eventSets = eventSets
    self.analyses = analyses
    self.counts = counts
    self.merges = merges
    self.record = record
    self.files = files
    self.citations = citations
    self.plugins = plugins
    self.steps = steps
  }
}

/// What a workspace says of itself.
public struct WorkspaceDescription: Sendable, Hashable {
  /// Its name.
  public var name: String
  /// Its title.
  public var title: String?
  /// The licence of its results.
  public var license: String?
  /// Makes a description.
  public init(name: String, title: String? = nil, license: String? = nil) {
    self.name = name
    self.title = title
    self.license = license
  }
}
