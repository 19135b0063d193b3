import BuiltinPlugins
import JSONText
import ProcessPlugins
import Testing
import Workbench
import WorkspaceFormat

/// What a program must be and say before it is a plugin; each fault has a problem of its own.
@Suite struct DescriptionTests {
  private func id(_ bench: ProgramBench, _ list: String = "[{exec: tools/x, as: x}]") async -> String? {
    let problem = await bench.problem { () async throws(Diagnostic) in try await bench.entry(list) }
    #expect(problem?.exit == .plugin || problem?.exit == .noInput)
    #expect(problem?.location?.file == "workspace.yaml")
    return problem?.id
  }
  private func id(describing: String) async throws -> String? {
    try await id(ProgramBench(CountingProgram(describe: describing).text))
  }
  private func id(_ member: String, _ value: String) async throws -> String? {
    try await id(ProgramBench(CountingProgram(description: [(member, value)]).text))
  }

  @Test func aMissingProgramIsNamedWithItsNeighbour() async throws {
    let bench = try ProgramBench("#!/bin/sh\n", at: "tools/xx")
    let problem = await bench.problem { () async throws(Diagnostic) in try await bench.entry() }
    #expect(problem?.id == "process.missing")
    #expect(problem?.hint == "did you mean 'xx'?")
    #expect(problem?.exit == .noInput)
  }
  @Test func aProgramMustBeExecutable() async throws {
    #expect(await id(try ProgramBench("#!/bin/sh\n", isExecutable: false)) == "process.not-executable")
  }
  @Test(arguments: ["echo hello\n", "#!/no/such/interpreter\n", "#!/usr/bin/env no-such-interpreter-7\n", ""])
  func aScriptMustNameAnInterpreterThatIsThere(_ text: String) async throws {
    #expect(await id(try ProgramBench(text)) == "process.no-interpreter")
  }
  @Test func aDescriptionIsOneLine() async throws {
    #expect(try await id(describing: "print(json.dumps(D)); print('ready')") == "process.long-description")
  }
  @Test(arguments: ["print('{')", "print('[1]')", "pass", "print('x' * 3000000)"])
  func aDescriptionIsAnObject(_ code: String) async throws {
    #expect(try await id(describing: code) == "process.no-json")
  }
  @Test func aDescriptionEndsWell() async throws {
    let bench = try ProgramBench(CountingProgram(describe: "print('no numpy', file=sys.stderr); sys.exit(3)").text)
    let problem = await bench.problem { () async throws(Diagnostic) in try await bench.entry() }
    #expect(problem?.id == "process.failed-description")
    #expect(problem?.notes == ["no numpy"])
  }
  @Test func aDescriptionThatHangsIsEnded() async throws {
    let bench = try ProgramBench("#!/bin/sh\nexec sleep 100000\n")
    bench.descriptionLimit = .seconds(2)
    #expect(await id(bench) == "process.slow-description")
  }
  @Test(arguments: [
    ("parameters", "{'type': 'object', 'properties': {}}", "process.open-schema"),
    ("parameters", "{'type': 'object', 'additionalProperties': True}", "process.open-schema"),
    ("parameters", "{'type': 'string'}", "process.bad-schema"),
    (
      "parameters",
      "{'type': 'object', 'additionalProperties': False, 'properties': {'a': {'type': 'tuple', 'description': 'A.'}}}",
      "process.bad-schema"
    ),
    ("protocol", "2", "process.newer-protocol"), ("protocol", "'1'", "process.bad-description"),
    ("deterministic", "False", "process.not-deterministic"), ("kind", "'importer'", "process.bad-description"),
    ("outputs", "[]", "process.bad-description"), ("summary", "'no sentence'", "process.bad-description"),
    ("requires", "{'events': {'columns': ['actor9']}}", "process.bad-description"),
    ("code", "['../secret.py']", "process.bad-description"), ("code", "['gone.py']", "process.missing"),
  ]) func aFaultOfTheDescriptionIsNamed(_ member: String, _ value: String, _ expected: String) async throws {
    #expect(try await id(member, value) == expected)
  }
  @Test func anIDMayNotBeThatOfAnother() async throws {
    let bench = try ProgramBench(CountingProgram().text)
    #expect(await id(bench, "[{exec: tools/x, as: panel}]") == "process.taken-id")
    let twice = try await bench.entries("[{exec: tools/x, as: x}, {exec: tools/x, as: x}]")
    #expect(twice.problems.map(\.id) == ["process.taken-id"])
    #expect(twice.entries.map(\.manifest.id) == ["x"])
  }

  /// What `casus schema` prints of a plugin can be a program's schema, and means the same.
  @Test(arguments: ["panel", "incident-statistics", "tables"])
  func theSchemaOfAPluginShippedIsUnderstood(_ id: String) async throws {
    let shipped = try #require(shippedEntry(id))
    let schema = parameterSchema(of: shipped).compact.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
    let bench = try ProgramBench(
      CountingProgram(description: [("parameters", "json.loads('\(schema)')")]).text)
    let entry = try await bench.entry()
    func plain(_ parameters: [ParameterDeclaration]) -> [String] {
      parameters.map { "\($0.name) \($0.shape.typeName) \($0.isRequired) \($0.fallback?.compact ?? "-") \($0.summary)" }
        .sorted()
    }
    #expect(plain(entry.parameters) == plain(shipped.parameters))
  }

  @Test func parametersAreReadAsThoseOfPluginsInSwift() async throws {
    let bench = try ProgramBench(CountingProgram().text)
    let place = SourceLocation(file: "w.yaml", line: 9, column: 5)
    func entry(_ name: String, _ value: String, column: Int = 5) -> ConfigNode.Entry {
      let place = SourceLocation(file: "w.yaml", line: 9, column: column)
      return ConfigNode.Entry(
        key: name, keyLocation: place, value: ConfigNode(.scalar(value, isQuoted: false), at: place))
    }
    let node = ConfigNode(.map([entry("laest", "3"), entry("side", "frist", column: 30)]), at: place)
    let made = try await bench.entry().make(node)
    #expect(made.instance == nil)
    #expect(made.outcome.problems.map(\.id) == ["parameters.unknown", "parameters.bad-value"])
    #expect(made.outcome.problems.map(\.hint) == ["did you mean 'least'?", "did you mean 'first'?"])
    #expect(made.outcome.problems.map(\.location?.column) == [5, 30])
    let sound = try await bench.entry().make(ConfigNode(.map([entry("least", "3")]), at: place))
    #expect(sound.outcome.json == ["least": 3, "side": "first"])
  }
}

/// The first plugin shipped with an id.
func shippedEntry(_ id: String) -> PluginEntry? { builtinPlugins[id].first }
