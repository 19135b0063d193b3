import EventModel
import JSONText
import TestSupport
import Testing
import Workbench

/// Parameters as a workspace would give them, each a single value or a list.
func parameters(_ values: [(String, [String])]) -> ConfigNode {
  let place = SourceLocation(file: "test")
  return ConfigNode(
    .map(
      values.map { name, texts in
        let nodes = texts.map { ConfigNode(.scalar($0, isQuoted: false), at: place) }
        return ConfigNode.Entry(
          key: name, keyLocation: place, value: nodes.count == 1 ? nodes[0] : ConfigNode(.list(nodes), at: place))
      }), at: place)
}

/// Runs an analyzer over events, as the engine would.
func analysis(
  _ type: (some Analyzer).Type, of events: EventTable, with values: [(String, [String])] = [], workers: Int = 2,
  warnings: Warnings = Warnings()
) async throws -> AnalysisResult {
  let making = PluginEntry(analyzer: type).make(parameters(values))
  #expect(making.outcome.problems.isEmpty)
  guard case .analyzer(let analyzer)? = making.instance else { throw NotMade() }
  let needs = try #require(analyzer.needs.events)
  #expect(events.columns.isSuperset(of: needs.columns))
  let kept = events.keeping(needs.columns.union(analyzer.needs.optional))
  let result = try await analyzer.analyze(
    AnalysisInput(events: kept), in: testContext(workers: workers, warnings: warnings))
  #expect(result.tables.map(\.schema) == analyzer.yields)
  for chart in result.charts {
    let table = try #require(result[chart.table])
    #expect(chart.columns.allSatisfy { table[$0] != nil })
  }
  return result
}
struct NotMade: Error {}

/// Rows of a table as text, an empty one for null.
func lines(_ table: ResultTable, _ columns: [String]) throws -> [String] {
  let chosen = try columns.map { try #require(table[$0]) }
  return (0..<table.count).map { row in
    chosen.map { $0[row] == .null ? "" : $0[row].text ?? $0[row].compact }.joined(separator: ",")
  }
}

func events(
  _ list: [Event], _ columns: EventColumns, covers: [(String, String, String)] = [],
  _ direction: DyadDirection = .directed, ontology: String? = "cameo"
) throws -> EventTable {
  var builder = EventTable.Builder(EventSchema(columns: columns, direction: direction, ontology: ontology))
  for event in list { builder.append(event) }
  return builder.finish(
    coverage: try covers.map {
      Coverage(source: $0.0, from: try #require(Day($0.1)), to: try #require(Day($0.2)))
    })
}

func event(_ id: String, _ day: String, _ code: String? = "190", _ change: (inout Event) -> Void = { _ in }) throws
  -> Event
{
  var event = Event(id: id, day: try #require(Day(day)), actor1: "A", actor2: "B", eventClass: code)
  change(&event)
  return event
}
