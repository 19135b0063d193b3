import EventModel
import JSONText
public import Workbench

/// The results of an invented run of a workspace with the title "Example", for tests of exporters.
public func testResults(
  _ analyses: [NamedAnalysis], events: [RunResults.NamedEventSet] = [], files: [RunResults.RunFile] = []
) -> RunResults {
  let counts = TableSchema(
    "event-sets", "What became of the events of each set.", keys: ["event_set"],
    columns: [ColumnSchema("event_set", .text, "name"), ColumnSchema("count", .integer, "how many")])
  var table = ResultTable.Builder(counts)
  for set in events { table.append([.string(set.name), .integer(set.events.count)]) }
  return RunResults(
    workspace: WorkspaceDescription(name: "example", title: "Example", license: "CC-BY-4.0"), eventSets: events,
    analyses: analyses, counts: table.finish(), record: ["casus": "test", "analyses": []], files: files, citations: [])
}
