import EventModel
import JSONText
import PluginConformance
import Synchronization
import Testing
import Workbench

/// The suite itself: it lets a sound plugin pass, and says of a broken one exactly what is wrong with it.
@Suite struct SuiteTests {
  @Test func soundPluginsPass() async throws {
    struct Counting: SoundAnalyzer {}
    struct Reading: SoundSource {}
    struct Writing: SoundExporter {}
    for entry in [
      PluginEntry(analyzer: Counting.self), PluginEntry(source: Reading.self), PluginEntry(exporter: Writing.self),
    ] {
      #expect(await conformanceProblems(of: entry) == [])
      let example = try #require(entry.examples.first)
      #expect(await exampleProblems(of: entry, example) == [])
    }
  }

  // MARK: Descriptions

  @Test func manifestMustBeComplete() async {
    struct Broken: SoundAnalyzer {
      static let manifest = PluginManifest(
        id: "Bad_ID", name: "", summary: "counts", version: "one", behaviourVersion: 0,
        diagnostics: [testKind, testKind, DiagnosticKind("problem", "No", "")])
    }
    #expect(
      await conformanceProblems(of: PluginEntry(analyzer: Broken.self)) == [
        "the id 'Bad_ID' must be in kebab case", "the name must not be empty",
        "the summary must be a sentence: 'counts'", "the version 'one' must be numbers with periods between",
        "the behaviour version must be at least 1", "the diagnostic 'sound.problem' is listed twice",
        "the diagnostic 'problem' must be named area.problem", "the summary of 'problem' must be a sentence",
        "the explanation of 'problem' must be sentences",
      ])
  }

  @Test func parametersMustBeDocumented() async {
    struct Broken: SoundAnalyzer {
      init() {}
      init(parameters: inout ParameterReader) {
        let _: Int = parameters.optional("minEvents", default: 1, "the least")
      }
    }
    #expect(
      await conformanceProblems(of: PluginEntry(analyzer: Broken.self)) == [
        "the parameter 'minEvents' must be in snake case", "the summary of 'minEvents' must be a sentence: 'the least'",
      ])
  }

  @Test func defaultsMustKeepTheirRules() async {
    struct Broken: SoundAnalyzer {
      init() {}
      init(parameters: inout ParameterReader) {
        let _: Int = parameters.optional("least", default: 0, "The least.", where: .atLeast(1))
      }
    }
    #expect(
      await conformanceProblems(of: PluginEntry(analyzer: Broken.self)) == [
        "the default of 'least' is refused where it is written out: 'least' must be at least 1"
      ])
  }

  @Test func parametersMustNotDependOnEachOther() async {
    struct Broken: SoundAnalyzer {
      init() {}
      init(parameters: inout ParameterReader) {
        let isStrict = parameters.optional("strict", default: false, "Whether to be strict.")
        if isStrict { let _: Int = parameters.optional("least", default: 0, "The least.") }
      }
    }
    #expect(
      await conformanceProblems(of: PluginEntry(analyzer: Broken.self)) == [
        "which parameters it has depends on the value of another"
      ])
  }

  @Test func descriptionsMustNotChange() async {
    struct Broken: SoundAnalyzer {
      static let count = Mutex(0)
      init() {}
      init(parameters: inout ParameterReader) {
        let number = Self.count.withLock {
          $0 += 1; return $0
        }
        let _: Int = parameters.optional("least", default: number, "The least.")
      }
    }
    let problems = await conformanceProblems(of: PluginEntry(analyzer: Broken.self))
    #expect(problems.first == "describing it twice gives two lists of parameters")
  }

  @Test func examplesMustSayWhatComesOut() async {
    struct Broken: SoundAnalyzer {
      static let examples = [PluginExample("One", parameters: "{lest: 1}", events: "date_start,actor1\n", output: [:])]
    }
    #expect(
      await conformanceProblems(of: PluginEntry(analyzer: Broken.self)) == [
        "example 'One': parameters.unknown: unknown key 'lest'", "example 'One' does not say what comes out",
      ])
    struct Silent: SoundAnalyzer { static let examples: [PluginExample] = [] }
    #expect(await conformanceProblems(of: PluginEntry(analyzer: Silent.self)) == ["it has no example"])
  }

  @Test func wrongOutputIsShownAtItsLine() async throws {
    struct Broken: SoundAnalyzer {
      static let examples = [
        PluginExample(
          "One", events: "date_start,actor1\n2021-12-09,A\n",
          output: ["actors": "actor,events,share\nA,2,1\n", "x": ""])
      ]
    }
    let entry = PluginEntry(analyzer: Broken.self)
    #expect(
      await exampleProblems(of: entry, try #require(entry.examples.first)) == [
        "actors, line 2: expected 'A,2,1', got 'A,1,1'", "the output has no 'x'; it has actors",
      ])
  }

  // MARK: Analyzers

  @Test(arguments: AnalyzerFault.allCases) func analyzerFaultIsFound(_ fault: AnalyzerFault) async {
    #expect(await conformanceProblems(of: fault.entry) == fault.complaints.map { "example 'One': \($0)" })
  }
  @Test(arguments: SourceFault.allCases) func sourceFaultIsFound(_ fault: SourceFault) async {
    #expect(await conformanceProblems(of: fault.entry) == fault.complaints.map { "example 'One': \($0)" })
  }
  @Test(arguments: ExporterFault.allCases) func exporterFaultIsFound(_ fault: ExporterFault) async {
    #expect(await conformanceProblems(of: fault.entry) == fault.complaints.map { "example 'One': \($0)" })
  }
}
