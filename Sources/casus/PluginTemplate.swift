/// What `casus plugins new` writes: a plugin that does something small and true, to be edited into another.
///
/// `<TYPE>`, `<ID>` and `<WORDS>` stand for the names.
struct PluginTemplate {
  let code: String
  let examples: String
  let page: String
  let test: String
}

extension PluginTemplate {
  static let analyzer = PluginTemplate(
    code: """
      import EventModel
      import JSONText
      public import Workbench

      /// Counts the events and the fatalities of each dyad.
      public struct <TYPE>: Analyzer {
        /// What it is called and what it is for; `version` and `behaviourVersion` are 1 until results change.
        public static let manifest = PluginManifest(
          id: "<ID>", name: "<WORDS>", summary: "Counts the events and the fatalities of each dyad.")

        private let minimumEvents: Int

        /// Parameters are declared here and nowhere else: name, default, meaning and rule in one line each.
        public init(parameters: inout ParameterReader) {
          minimumEvents = parameters.optional(
            "minimum_events", default: 1, "Leaves out dyads with fewer events.", where: .atLeast(1))
        }

        /// What must be there, checked before a row is read; `optional` columns are used where they are there.
        public let needs = Needs(
          events: EventSchema(columns: [.actors], direction: .undirected), optional: [.fatalities])
        /// The tables it makes, always all of them; a column has its type, its unit and its meaning.
        public let yields = [dyads]

        private static let dyads = TableSchema(
          "dyads", "One row for each dyad.", keys: ["actor1", "actor2"],
          columns: [
            ColumnSchema("actor1", .text, "the actor whose name comes first"),
            ColumnSchema("actor2", .text, "the other actor"),
            ColumnSchema("events", .integer, unit: "events", "events between the two"),
            ColumnSchema("fatalities_best", .integer, unit: "fatalities", "fatalities, best estimate, where known"),
          ])

        /// Counts; equal events give equal results, whatever the order of the dictionary.
        public func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic) -> AnalysisResult {
          var counts: [Dyad: Count] = [:]
          let fatalities = input.events.integers(.fatalitiesBest)
          if let actors = input.events.actors {
            for row in 0..<input.events.count {
              if row.isMultiple(of: 65_536) { try context.checkCancellation() }
              // An event with a missing actor has no dyad.
              guard let actor1 = actors.actor1[row], let actor2 = actors.actor2[row] else { continue }
              counts[Dyad(actor1, actor2), default: Count()].add(fatalities?[row])
            }
          }
          let labels = input.events.actors?.labels ?? []
          var rows = ResultTable.Builder(Self.dyads)
          for (dyad, count) in counts where count.events >= minimumEvents {
            let names = [labels[Int(dyad.first)], labels[Int(dyad.second)]].sorted()
            rows.append([.string(names[0]), .string(names[1]), .integer(count.events), .integer(count.fatalities)])
          }
          // From here on rows are sorted by their keys.
          let table = rows.finish()
          return AnalysisResult(
            tables: [table], findings: findings(table),
            charts: [
              Chart(
                "events-by-dyad", "Events by dyad", kind: .bars, table: "dyads", x: "actor1", y: ["events"],
                series: "actor2")
            ])
        }

        /// Says between whom most events are; of several with as many, the first.
        private func findings(_ table: ResultTable) -> [Finding] {
          let rows = (0..<table.count).map(table.row)
          guard let busiest = rows.max(by: { ($0[2].integer ?? 0) < ($1[2].integer ?? 0) }),
            let actor1 = busiest[0].text, let actor2 = busiest[1].text, let events = busiest[2].integer
          else { return [] }
          return [
            Finding(
              "Most events are between \\(actor1) and \\(actor2): \\(events).", numbers: ["events": .integer(events)],
              strength: .descriptive)
          ]
        }

        /// What is counted of a dyad.
        private struct Count {
          var events = 0
          var fatalities = 0
          mutating func add(_ fatalities: Int32?) {
            events += 1
            self.fatalities += Int(fatalities ?? 0)
          }
        }
      }

      """,
    examples: """
      public import Workbench

      extension <TYPE> {
        /// Examples are documentation, and tests: `Tools/test` runs each, also with its input written in other ways.
        public static let examples = [
          PluginExample(
            "Dyads with at least two events",
            parameters: "minimum_events: 2",
            events: \"\"\"
              date_start,actor1,actor2,fatalities_best
              2024-01-05,Army,Rebels,3
              2024-02-07,Rebels,Army,1
              2024-03-01,Army,Militia,2
              \"\"\",
            output: [
              "dyads": \"\"\"
              actor1,actor2,events,fatalities_best
              Army,Rebels,2,4

              \"\"\"
            ])
        ]
      }

      """,
    page: """
      # ``<TYPE>``

      Counts the events and the fatalities of each dyad.

      ## Use

      ```yaml
      analyses:
        <ID>: {use: <ID>, with: {minimum_events: 2}}
      ```

      ## What it computes

      Table `dyads`: one row for each dyad, with the number of its events and the sum of their best estimates of
      fatalities. Events with a missing actor have no dyad and do not count. Unknown fatalities add nothing.

      """,
    test: """
      import <TYPE>
      import EventModel
      import JSONText
      import TestSupport
      import Testing
      import Workbench

      @Suite struct <TYPE>Tests {
        /// Makes the plugin from parameters, as a workspace would.
        private func plugin(_ entries: [ConfigNode.Entry] = []) -> <TYPE> {
          var parameters = ParameterReader(reading: ConfigNode(.map(entries), at: SourceLocation(file: "test")))
          return <TYPE>(parameters: &parameters)
        }

        @Test func countsEventsOfADyadInEitherOrder() throws {
          var events = EventTable.Builder(EventSchema(columns: [.actors, .fatalities], direction: .undirected))
          for (first, second, dead) in [("Army", "Rebels", 3), ("Rebels", "Army", 1), ("Army", "Militia", 2)] {
            var event = Event(day: Day(daysSinceEpoch: 0), actor1: first, actor2: second)
            event.fatalities.best = Int32(dead)
            events.append(event)
          }
          let result = try plugin().analyze(AnalysisInput(events: events.finish()), in: testContext())
          let table = try #require(result["dyads"])
          #expect(table.count == 2)
          #expect(table.row(0) == ["Army", "Militia", 1, 2])
          #expect(table.row(1) == ["Army", "Rebels", 2, 4])
          #expect(result.findings.map(\\.sentence) == ["Most events are between Army and Rebels: 2."])
        }

        @Test func saysNothingOfNoEvents() throws {
          let events = EventTable(count: 0, columns: [:], direction: .undirected)
          let result = try plugin().analyze(AnalysisInput(events: events), in: testContext())
          #expect(result["dyads"]?.count == 0)
          #expect(result.findings.isEmpty)
        }
      }

      """)

  static let source = PluginTemplate(
    code: """
      import DelimitedText
      public import EventModel
      import TabularEvents
      public import Workbench

      /// Reads events from a file whose columns are called day, attacker, victim and dead.
      public struct <TYPE>: DataSource {
        /// What it is called and what it is for; `version` and `behaviourVersion` are 1 until results change.
        public static let manifest = PluginManifest(
          id: "<ID>", name: "<WORDS>", summary: "Reads events with the columns day, attacker, victim and dead.",
          diagnostics: DiagnosticKind.delimitedTextKinds + DiagnosticKind.tabularEventsKinds)

        private let input: TabularInput
        private let onBadRow: BadRowPolicy

        /// Parameters are declared here and nowhere else: name, default, meaning and rule in one line each.
        public init(parameters: inout ParameterReader) {
          let paths: InputPaths = parameters.required("path", "The file, plain or compressed; a pattern, or a list.")
          input = TabularInput(paths)
          onBadRow = parameters.optional(
            "on_bad_row", default: BadRowPolicy.stop,
            "Whether a row that cannot be read stops the run, or is left out and counted.")
        }

        /// Which column of the file is which column of the events, and how it is read.
        @Sendable private func layout(of header: TabularHeader) -> TabularLayout {
          TabularLayout(
            fields: [
              TabularField("day", as: .firstDay, .canonical(.firstDay)),
              TabularField("attacker", as: .actor1, .canonical(.actor1)),
              TabularField("victim", as: .actor2, .canonical(.actor2)),
              TabularField("dead", as: .fatalitiesBest, .canonical(.fatalitiesBest)),
            ],
            direction: .directed, onBadRow: onBadRow)
        }

        /// What the events will have; reads headers only.
        public func schema(in context: RunContext) throws(Diagnostic) -> EventSchema {
          try input.schema(in: context, layout: layout)
        }

        /// Reads the columns asked for, on all workers at the same time.
        public func read(_ columns: EventColumns, in context: RunContext) throws(Diagnostic) -> EventTable {
          try input.events(columns, in: context, layout: layout)
        }

        /// Finds the way back from events to the records they were read from.
        public func records(_ references: [RecordReference], in context: RunContext) throws(Diagnostic) -> [RawRecord] {
          try input.records(references, in: context)
        }
      }

      """,
    examples: """
      public import Workbench

      extension <TYPE> {
        /// Examples are documentation, and tests: `Tools/test` runs each, also with its input written in other ways.
        public static let examples = [
          PluginExample(
            "Two events",
            parameters: "path: incidents.csv",
            files: [
              "incidents.csv": \"\"\"
              day,attacker,victim,dead
              2024-01-05,Rebels,Army,3
              2024-02-07,Army,Rebels,
              \"\"\"
            ],
            output: [
              "events": \"\"\"
              date_start,actor1,actor2,fatalities_best
              2024-01-05,Rebels,Army,3
              2024-02-07,Army,Rebels,

              \"\"\"
            ])
        ]
      }

      """,
    page: """
      # ``<TYPE>``

      Reads events from a file with the columns `day`, `attacker`, `victim` and `dead`.

      ## Use

      ```yaml
      sources:
        incidents: {use: <ID>, with: {path: data/incidents.csv}}
      ```

      ## What it reads

      One event a row. The attacker acts on the victim, so the events are directed. An empty `dead` is unknown, not zero.

      """,
    test: """
      import <TYPE>
      import EventModel
      import TestSupport
      import Testing
      import Workbench

      @Suite struct <TYPE>Tests {
        /// Makes the plugin for a file, as a workspace would.
        private func plugin(_ path: String) -> <TYPE> {
          let place = SourceLocation(file: "test")
          let entry = ConfigNode.Entry(
            key: "path", keyLocation: place, value: ConfigNode(.scalar(path, isQuoted: false), at: place))
          var parameters = ParameterReader(reading: ConfigNode(.map([entry]), at: place))
          return <TYPE>(parameters: &parameters)
        }

        @Test func readsActorsAndFatalities() throws {
          let files = MemoryFiles(["a.csv": "day,attacker,victim,dead\\n2024-01-05,Rebels,Army,3\\n2024-01-06,Army,Rebels,\\n"])
          let events = try plugin("a.csv").read([.actors, .fatalities], in: testContext(files: files))
          #expect(events.count == 2)
          #expect(events[0].actor1 == "Rebels")
          #expect(events[0].fatalities.best == 3)
          #expect(events[1].fatalities.best == nil)
        }

        @Test func saysWhichColumnIsMissing() {
          let files = MemoryFiles(["a.csv": "day,attacker,dead\\n"])
          let error = #expect(throws: Diagnostic.self) { try plugin("a.csv").schema(in: testContext(files: files)) }
          #expect(error?.message.contains("victim") == true)
        }
      }

      """)

  static let exporter = PluginTemplate(
    code: """
      public import EventModel
      public import Workbench

      /// Writes the findings of a run as lines of text.
      public struct <TYPE>: Exporter {
        /// What it is called and what it is for; `version` and `behaviourVersion` are 1 until results change.
        public static let manifest = PluginManifest(
          id: "<ID>", name: "<WORDS>", summary: "Writes the findings of a run as lines of text.")
        /// One file whose name ends in `.txt`; or `.folder`.
        public static let shape = ExportShape.file(extension: "txt")

        private let bullet: String

        /// Parameters are declared here and nowhere else: name, default, meaning and rule in one line each.
        public init(parameters: inout ParameterReader) {
          bullet = parameters.optional("bullet", default: "-", "What a line begins with.", where: .nonempty)
        }

        /// The columns of events that it writes: none.
        public let columns: EventColumns = []

        /// Writes one file, whole or not at all.
        public func export(
          _ run: RunResults, to output: any OutputDirectory, in context: RunContext
        ) throws(Diagnostic) {
          var text = "\\(run.workspace.title ?? run.workspace.name)\\n"
          for analysis in run.analyses {
            // At least every 65,536 rows, and between files.
            try context.checkCancellation()
            for finding in analysis.result.findings { text += "\\(bullet) \\(finding.sentence)\\n" }
          }
          try output.write(Array(text.utf8), named: output.fileName ?? "<ID>.txt")
        }
      }

      """,
    examples: """
      public import Workbench

      extension <TYPE> {
        /// Examples are documentation, and tests; the workspace of their run has the title "Example".
        public static let examples = [
          PluginExample(
            "A run with one finding", parameters: "bullet: '*'",
            analyses: [
              NamedAnalysis(
                name: "incidents", plugin: "incident-statistics",
                result: AnalysisResult(tables: [], findings: [Finding("It was quiet.", strength: .descriptive)]))
            ],
            output: ["<ID>.txt": "Example\\n* It was quiet.\\n"])
        ]
      }

      """,
    page: """
      # ``<TYPE>``

      Writes the findings of a run as lines of text.

      ## Use

      ```yaml
      exports:
        <ID>: {use: <ID>, to: out/<ID>.txt}
      ```

      ## What it writes

      The title of the workspace, then one line for each finding of each analysis, in the order of the workspace.

      """,
    test: """
      import <TYPE>
      import EventModel
      import TestSupport
      import Testing
      import Workbench

      @Suite struct <TYPE>Tests {
        @Test func writesALineForEachFinding() throws {
          var parameters = ParameterReader(reading: .emptyMap(at: SourceLocation(file: "test")))
          let exporter = <TYPE>(parameters: &parameters)
          let result = AnalysisResult(tables: [], findings: [Finding("It was quiet.", strength: .descriptive)])
          let run = testResults([NamedAnalysis(name: "a", plugin: "p", result: result)])
          let output = MemoryOutput(fileName: "<ID>.txt")
          try exporter.export(run, to: output, in: testContext())
          #expect(output.text("<ID>.txt") == "Example\\n- It was quiet.\\n")
        }
      }

      """)
}
