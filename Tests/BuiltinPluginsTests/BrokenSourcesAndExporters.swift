import EventModel
import Synchronization
import Testing
import Workbench

/// What a source can do wrong, with a plugin that does it, and what the suite says of that.
enum SourceFault: String, CaseIterable, CustomTestStringConvertible {
  case forgetsColumn, turnsRound, readsOtherwise, losesRecords, goesOn, missesFile

  var testDescription: String { rawValue }

  var entry: PluginEntry {
    switch self {
    case .forgetsColumn: PluginEntry(source: ForgetsColumn.self)
    case .turnsRound: PluginEntry(source: TurnsRound.self)
    case .readsOtherwise: PluginEntry(source: ReadsOtherwise.self)
    case .losesRecords: PluginEntry(source: LosesRecords.self)
    case .goesOn: PluginEntry(source: GoesOn.self)
    case .missesFile: PluginEntry(source: MissesFile.self)
    }
  }
  var complaints: [String] {
    switch self {
    case .forgetsColumn: ["'place' is promised and asked for, and not there"]
    case .turnsRound: ["the events are undirected, the schema promises directed ones"]
    case .readsOtherwise: ["'actor1' has other values where less is read"]
    case .losesRecords:
      [
        "a record has '2021-12-09', which is not on line 3 of its file",
        "a record has 'A', which is not on line 3 of its file",
        "a record has '2021-12-10', which is not on line 2 of its file",
        "a record has 'B', which is not on line 2 of its file",
      ]
    case .goesOn: ["it goes on when the run is cancelled"]
    case .missesFile: ["a file that is missing is read as if it were empty"]
    }
  }
}

private struct ForgetsColumn: SoundSource {
  func schema(in context: RunContext) async throws(Diagnostic) -> EventSchema {
    EventSchema(columns: soundSchema.columns.union(.place), direction: .undirected)
  }
}
private struct TurnsRound: SoundSource {
  func schema(in context: RunContext) async throws(Diagnostic) -> EventSchema {
    EventSchema(columns: soundSchema.columns, direction: .directed)
  }
}
private struct ReadsOtherwise: SoundSource {
  func read(_ columns: EventColumns, in context: RunContext) async throws(Diagnostic) -> EventTable {
    let events = try soundEvents(columns, in: context)
    guard !columns.contains(.record), let actors = events.actor1 else { return events }
    return events.replacing([.actor1: .codes(CodedColumn((0..<actors.count).map { _ in "A" }))])
  }
}
/// Gives the records in the order of the file, not in the order asked for.
private struct LosesRecords: SoundSource {
  func records(_ references: [RecordReference], in context: RunContext) async throws(Diagnostic) -> [RawRecord] {
    zip(references, try soundRecords(references.sorted(), in: context)).map { reference, record in
      RawRecord(location: SourceLocation(file: "a.txt", line: reference.offset + 1), fields: record.fields)
    }
  }
}
private struct GoesOn: SoundSource {
  func read(_ columns: EventColumns, in context: RunContext) async throws(Diagnostic) -> EventTable {
    try soundEvents(columns, in: RunContext(files: context.files, services: .init(workers: OneWorker())))
  }
}
private struct OneWorker: Workers {
  let count = 1
  func run(_ count: Int, _ body: @Sendable (Int) -> Void) { for index in 0..<count { body(index) } }
}
private struct MissesFile: SoundSource {
  func read(_ columns: EventColumns, in context: RunContext) async throws(Diagnostic) -> EventTable {
    do throws(Diagnostic) {
      return try soundEvents(columns, in: context)
    } catch {
      guard error.id == "test.no-file" else { throw error }
      return EventTable(count: 0, columns: [:], direction: .undirected)
    }
  }
}

/// What an exporter can do wrong, with a plugin that does it, and what the suite says of that.
enum ExporterFault: String, CaseIterable, CustomTestStringConvertible {
  case climbs, countsExports, goesOn, namesItself, writesNothing, hidesText

  var testDescription: String { rawValue }

  var entry: PluginEntry {
    switch self {
    case .climbs: PluginEntry(exporter: Climbs.self)
    case .countsExports: PluginEntry(exporter: CountsExports.self)
    case .goesOn: PluginEntry(exporter: ExportsOn.self)
    case .namesItself: PluginEntry(exporter: NamesItself.self)
    case .writesNothing: PluginEntry(exporter: WritesNothing.self)
    case .hidesText: PluginEntry(exporter: HidesText.self)
    }
  }
  var complaints: [String] {
    switch self {
    case .climbs: ["it writes '../title.txt', which does not lie beneath its folder"]
    case .countsExports: ["two runs differ", "two exports of the same run differ"]
    case .goesOn: ["it goes on when the run is cancelled"]
    case .namesItself: ["it writes [\"title.txt\"], not the one file 'sound.txt'"]
    case .writesNothing: ["it writes nothing"]
    case .hidesText: ["it writes text, but the example does not say which"]
    }
  }
}

private struct Climbs: SoundExporter {
  func export(_ run: RunResults, to output: any OutputDirectory, in context: RunContext) async throws(Diagnostic) {
    try soundExport(run, to: output, in: context, named: "../title.txt")
  }
}
private struct CountsExports: SoundExporter {
  static let exports = Mutex(0)
  func export(_ run: RunResults, to output: any OutputDirectory, in context: RunContext) async throws(Diagnostic) {
    try context.checkCancellation()
    let number = Self.exports.withLock {
      $0 += 1; return $0
    }
    try output.write(Array("\(number)".utf8), named: "title.txt")
  }
}
private struct ExportsOn: SoundExporter {
  func export(_ run: RunResults, to output: any OutputDirectory, in context: RunContext) async throws(Diagnostic) {
    try output.write(Array("Example".utf8), named: "title.txt")
  }
}
private struct NamesItself: SoundExporter {
  static let shape = ExportShape.file(extension: "txt")
}
private struct WritesNothing: SoundExporter {
  func export(_ run: RunResults, to output: any OutputDirectory, in context: RunContext) async throws(Diagnostic) {
    try context.checkCancellation()
  }
}
private struct HidesText: SoundExporter {
  static let examples = [PluginExample("One", output: [:])]
}
