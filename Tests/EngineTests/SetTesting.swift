import EventModel
import TestSupport
import Testing
import Workbench
import WorkspaceFormat

@testable import Engine

/// What tests of event sets share: small events, and an assembly in which nothing may be lost.
protocol SetTesting {}

extension SetTesting {
  /// A small event: id, day in 2021, actors, class.
  func event(
    _ id: String?, _ day: String, _ actor1: String? = "A", _ actor2: String? = "B", _ code: String? = "190",
    country: String? = nil
  ) throws -> Event {
    var event = Event(
      id: id, day: try #require(Day("2021-\(day)")), actor1: actor1, actor2: actor2, eventClass: code)
    event.country = country
    return event
  }
  static var columns: EventColumns { [.id, .actors, .eventClass, .country] }
  func table(
    _ events: [Event], direction: DyadDirection = .directed, ontology: String? = "cameo",
    columns: EventColumns = Self.columns
  ) -> EventTable {
    var builder = EventTable.Builder(EventSchema(columns: columns, direction: direction, ontology: ontology))
    for event in events { builder.append(event) }
    return builder.finish()
  }
  /// The event set of a workspace file's text.
  func set(_ keys: String, sources: [String] = ["one"]) throws -> EventSetStep {
    let entries = sources.map { "\($0): {use: csv}" }.joined(separator: ", ")
    let text = "workspace: 1\nname: x\nsources: {\(entries)}\nevents: {all: {\(keys)}}\n"
    let reading = WorkspaceFile(Array(text.utf8), name: "workspace.yaml").read()
    let entry = try #require(
      reading.problems.hasErrors ? nil : reading.workspace?.eventSets?["all"], "\(reading.problems)")
    return EventSetStep(
      name: "all", sources: sources, filter: entry.filter, groupActors: entry.groupActors,
      deduplicate: entry.deduplicate, location: nil)
  }
  func assemble(
    _ keys: String, _ tables: [(String, EventTable)], actors: String? = nil, covers: [String: CoverageEntry] = [:],
    accessed: [String: Day] = [:]
  ) throws -> EventSetAssembly.Result {
    let table = try actors.map { text throws in
      try ActorTable(reading: InputPath("actors.csv"), from: MemoryFiles(["actors.csv": text]))
    }
    let assembly = EventSetAssembly(
      step: try set(keys, sources: tables.map(\.0)), actors: table, covers: covers, accessed: accessed)
    let result = assembly.assemble(tables.map { (source: $0.0, events: $0.1) })
    // Nothing is lost: what was read was kept, dropped for a reason, or merged.
    let read = result.counts.filter { $0.item == "read" }.reduce(0) { $0 + $1.count }
    let others = result.counts.filter {
      $0.item != "read" && !$0.item.contains("names ") && !$0.item.hasPrefix("kept with ")
    }
    #expect(others.reduce(0) { $0 + $1.count } == read, "\(result.counts)")
    #expect(others.last == SetCount(item: "kept", count: result.events.count))
    // Every event merged is told of once, and none of them is kept.
    if let merges = result.merges {
      #expect(merges.count == others.first { $0.item == "merged as duplicates" }?.count)
      #expect(
        Set((0..<merges.count).map { [merges["merged_source"]?[$0], merges["merged_record"]?[$0]] }).count
          == merges.count)
    }
    return result
  }
  func ids(_ table: EventTable) -> [String] { (0..<table.count).map { table[$0].id ?? "-" } }
  func count(_ item: String, _ result: EventSetAssembly.Result) -> Int? {
    result.counts.first { $0.item == item }?.count
  }
}
