import EventModel
import JSONText
import Synchronization
import Testing
import Workbench

/// What an analyzer can do wrong, with a plugin that does it, and what the suite says of that.
enum AnalyzerFault: String, CaseIterable, CustomTestStringConvertible {
  case counts, asksForWorkers, goesOn, breaksPromise, mixesRows, repeatsKeys, dividesByZero, mumbles, invents
  case drawsNothing, needsEvents, needsOptional

  var testDescription: String { rawValue }

  var entry: PluginEntry {
    switch self {
    case .counts: PluginEntry(analyzer: Counts.self)
    case .asksForWorkers: PluginEntry(analyzer: AsksForWorkers.self)
    case .goesOn: PluginEntry(analyzer: GoesOn.self)
    case .breaksPromise: PluginEntry(analyzer: BreaksPromise.self)
    case .mixesRows: PluginEntry(analyzer: MixesRows.self)
    case .repeatsKeys: PluginEntry(analyzer: RepeatsKeys.self)
    case .dividesByZero: PluginEntry(analyzer: DividesByZero.self)
    case .mumbles: PluginEntry(analyzer: Mumbles.self)
    case .invents: PluginEntry(analyzer: Invents.self)
    case .drawsNothing: PluginEntry(analyzer: DrawsNothing.self)
    case .needsEvents: PluginEntry(analyzer: NeedsEvents.self)
    case .needsOptional: PluginEntry(analyzer: NeedsOptional.self)
    }
  }
  var complaints: [String] {
    switch self {
    case .counts: ["two runs differ"]
    case .asksForWorkers: ["one worker and five give different output"]
    case .goesOn: ["it goes on when the run is cancelled"]
    case .breaksPromise:
      [
        "it gives the tables [\"people\"], not as promised [\"actors\"]",
        "without its optional columns it does not give the tables it promises",
        "without events it does not give the tables it promises",
        "with one event it does not give the tables it promises",
        "with an event that has a date alone it does not give the tables it promises",
      ]
    case .mixesRows: ["the rows of table 'actors' are not sorted by their keys"]
    case .repeatsKeys: ["two rows of table 'actors' have the same keys"]
    case .dividesByZero: ["the column 'actors.share' has a number that is not finite"]
    case .mumbles: ["a finding must be a sentence: 'many events'", "a finding has a number that is not finite"]
    case .invents: ["a finding names the event '99', which it was not given"]
    case .drawsNothing:
      [
        "two charts are called 'events'", "the chart 'events' draws the column 'actors.dead', which is not there",
        "the chart 'events' draws the table 'people', which is not there",
      ]
    case .needsEvents:
      ["it fails without events: sound.problem: no events"]
    case .needsOptional:
      [
        "it fails without its optional columns: sound.problem: no fatalities"
      ]
    }
  }
}

private struct Counts: SoundAnalyzer {
  static let runs = Mutex(0)
  func analyze(_ input: AnalysisInput, in context: RunContext) async throws(Diagnostic) -> AnalysisResult {
    var result = try soundResult(input, in: context)
    let run = Self.runs.withLock {
      $0 += 1; return $0
    }
    result.findings.append(Finding("This is run \(run).", strength: .descriptive))
    return result
  }
}
private struct AsksForWorkers: SoundAnalyzer {
  func analyze(_ input: AnalysisInput, in context: RunContext) async throws(Diagnostic) -> AnalysisResult {
    var result = try soundResult(input, in: context)
    result.findings.append(Finding("There were \(context.workerCount) workers.", strength: .descriptive))
    return result
  }
}
private struct GoesOn: SoundAnalyzer {
  func analyze(_ input: AnalysisInput, in context: RunContext) async throws(Diagnostic) -> AnalysisResult {
    AnalysisResult(tables: [actors([])])
  }
}
private struct BreaksPromise: SoundAnalyzer {
  func analyze(_ input: AnalysisInput, in context: RunContext) async throws(Diagnostic) -> AnalysisResult {
    try context.checkCancellation()
    var schema = actorTable
    schema.name = "people"
    return AnalysisResult(tables: [ResultTable.Builder(schema).finish()])
  }
}
private struct MixesRows: SoundAnalyzer {
  func analyze(_ input: AnalysisInput, in context: RunContext) async throws(Diagnostic) -> AnalysisResult {
    try context.checkCancellation()
    return AnalysisResult(tables: [actors(["B", "A"])])
  }
}
private struct RepeatsKeys: SoundAnalyzer {
  func analyze(_ input: AnalysisInput, in context: RunContext) async throws(Diagnostic) -> AnalysisResult {
    try context.checkCancellation()
    return AnalysisResult(tables: [actors(["A", "A"])])
  }
}
private struct DividesByZero: SoundAnalyzer {
  func analyze(_ input: AnalysisInput, in context: RunContext) async throws(Diagnostic) -> AnalysisResult {
    try context.checkCancellation()
    return AnalysisResult(tables: [actors(["A"], share: .infinity)])
  }
}
private struct Mumbles: SoundAnalyzer {
  func analyze(_ input: AnalysisInput, in context: RunContext) async throws(Diagnostic) -> AnalysisResult {
    var result = try soundResult(input, in: context)
    result.findings.append(Finding("many events", numbers: ["share": .number(.nan)], strength: .weak))
    return result
  }
}
private struct Invents: SoundAnalyzer {
  func analyze(_ input: AnalysisInput, in context: RunContext) async throws(Diagnostic) -> AnalysisResult {
    var result = try soundResult(input, in: context)
    result.findings.append(Finding("Something happened.", strength: .weak, events: ["1", "99"]))
    return result
  }
}
private struct DrawsNothing: SoundAnalyzer {
  func analyze(_ input: AnalysisInput, in context: RunContext) async throws(Diagnostic) -> AnalysisResult {
    var result = try soundResult(input, in: context)
    result.charts = [
      Chart("events", "Events", kind: .bars, table: "actors", x: "actor", y: ["dead"]),
      Chart("events", "Events", kind: .bars, table: "people", x: "actor", y: ["events"]),
    ]
    return result
  }
}
private struct NeedsEvents: SoundAnalyzer {
  func analyze(_ input: AnalysisInput, in context: RunContext) async throws(Diagnostic) -> AnalysisResult {
    guard input.events.count > 0 else { throw .error(testKind, "no events") }
    return try soundResult(input, in: context)
  }
}
private struct NeedsOptional: SoundAnalyzer {
  func analyze(_ input: AnalysisInput, in context: RunContext) async throws(Diagnostic) -> AnalysisResult {
    guard input.events.integers(.fatalitiesBest) != nil else { throw .error(testKind, "no fatalities") }
    return try soundResult(input, in: context)
  }
}

/// A table made from its columns, which nobody sorts.
private func actors(_ names: [String], share: Double = 1) -> ResultTable {
  ResultTable(
    actorTable,
    columns: [
      .text(CodedColumn(names)), .integers(Column(names.map { _ in 1 })), .reals(Column(names.map { _ in share })),
    ], count: names.count)
}
