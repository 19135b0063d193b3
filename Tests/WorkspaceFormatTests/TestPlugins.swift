import EventModel
import Workbench
import WorkspaceFormat

/// Plugins that declare parameters like those of the same names and do nothing.
let testCatalog = PluginCatalog([
  PluginEntry(source: TestSource.self), PluginEntry(analyzer: TestPanel.self),
  PluginEntry(analyzer: TestStatistics.self),
  PluginEntry(exporter: TestTables.self), PluginEntry(exporter: TestArchive.self),
])

let notRun = DiagnosticKind("test.not-run", "A plugin of the tests was run.", "It only declares parameters.")

struct TestSource: DataSource {
  static let manifest = PluginManifest(id: "csv", name: "CSV", summary: "Reads nothing.")
  static let examples: [PluginExample] = []
  enum Ontology: String, CaseIterable, ScalarParameter { case cameo, plover, none }
  let path: InputPath
  init(parameters: inout ParameterReader) {
    path = parameters.required("path", "The file.")
    let _: Bool = parameters.optional("directed", default: false, "Whether actor1 acts on actor2.")
    let _: Ontology = parameters.optional("ontology", default: .none, "What the codes mean.")
    let _: ParameterMap<String>? = parameters.optional("columns", "The file's own header for a canonical name.")
    let _: Int = parameters.optional("skip", default: 0, "Lines before the header.", where: .inside(0...1000))
  }
  func schema(in context: RunContext) async throws(Diagnostic) -> EventSchema { throw .error(notRun, "schema") }
  func read(_ columns: EventColumns, in context: RunContext) async throws(Diagnostic) -> EventTable {
    throw .error(notRun, "read")
  }
  func records(_ references: [RecordReference], in context: RunContext) async throws(Diagnostic) -> [RawRecord] {
    throw .error(notRun, "records")
  }
}

struct TestPanel: Analyzer {
  static let manifest = PluginManifest(id: "panel", name: "Panel", summary: "Counts nothing.")
  static let examples: [PluginExample] = []
  enum Unit: String, CaseIterable, ScalarParameter { case dyad, actor, directedDyad = "directed-dyad" }
  enum Fill: String, CaseIterable, ScalarParameter { case none, covered }
  struct Window: ParameterRecord {
    init(parameters: inout ParameterReader) {
      let _: Int = parameters.optional("length", default: 12, "Periods of a window.", where: .atLeast(1))
      let _: Double = parameters.required("share", "Share that must be covered.", where: .inside(0...1))
    }
  }
  let needs = Needs(events: nil)
  let yields: [TableSchema] = []
  init(parameters: inout ParameterReader) {
    let _: Unit = parameters.optional("unit", default: .dyad, "What a row is about.")
    let _: PeriodLength = parameters.optional("period", default: .month, "The length of a period.")
    let _: Fill = parameters.optional("zero_fill", default: .none, "Whether quiet periods have rows.")
    let _: Double = parameters.optional("level", default: 0.95, "The level of intervals.", where: .inside(0.5...0.999))
    let _: Window? = parameters.optional("window", "Windows of periods.")
  }
  func analyze(_ input: AnalysisInput, in context: RunContext) async throws(Diagnostic) -> AnalysisResult {
    throw .error(notRun, "analyze")
  }
}

struct TestStatistics: Analyzer {
  static let manifest = PluginManifest(id: "incident-statistics", name: "Statistics", summary: "Counts nothing.")
  static let examples: [PluginExample] = []
  let needs = Needs(events: nil)
  let yields: [TableSchema] = []
  init(parameters: inout ParameterReader) {
    let _: PeriodLength = parameters.optional("period", default: .month, "The length of a period.")
    let _: [String] = parameters.optional(
      "classes", default: ["18", "19", "20"], "What an incident is.", where: .nonemptyList(), .each(.nonempty))
  }
  func analyze(_ input: AnalysisInput, in context: RunContext) async throws(Diagnostic) -> AnalysisResult {
    throw .error(notRun, "analyze")
  }
}

struct TestTables: Exporter {
  static let manifest = PluginManifest(id: "tables", name: "Tables", summary: "Writes nothing.")
  static let examples: [PluginExample] = []
  static let shape = ExportShape.folder
  let columns: EventColumns = []
  init(parameters: inout ParameterReader) {}
  func export(_ run: RunResults, to output: any OutputDirectory, in context: RunContext) async throws(Diagnostic) {
    throw .error(notRun, "export")
  }
}

struct TestArchive: Exporter {
  static let manifest = PluginManifest(id: "archive", name: "Archive", summary: "Writes nothing.")
  static let examples: [PluginExample] = []
  static let shape = ExportShape.file(extension: "zip")
  let columns: EventColumns = []
  init(parameters: inout ParameterReader) {}
  func export(_ run: RunResults, to output: any OutputDirectory, in context: RunContext) async throws(Diagnostic) {
    throw .error(notRun, "export")
  }
}

/// What is wrong with a workspace: its structure, and the parameters of the plugins it names.
func problems(in file: WorkspaceFile, profile: String? = nil) -> [Diagnostic] {
  let reading = file.read(profile: profile, checksAllProfiles: true)
  var problems = reading.problems
  for profile in [profile] + file.profiles {
    guard let workspace = file.read(profile: profile).workspace else { continue }
    problems += workspace.sources.entries.flatMap { made($0.value.use, $0.value.with, at: $0.location) }
    problems += workspace.analyses.entries.flatMap { made($0.value.use, $0.value.with, at: $0.location) }
    problems += workspace.exports.entries.flatMap { made($0.value.use, $0.value.with, at: $0.location) }
  }
  var seen: Set<Diagnostic> = []
  return problems.filter { seen.insert($0).inserted }.inFileOrder
}
private func made(_ use: LocatedValue<String>, _ with: OpenMap?, at location: SourceLocation) -> [Diagnostic] {
  testCatalog[use.value].first?.make(with?.node ?? .emptyMap(at: location)).outcome.problems ?? []
}
