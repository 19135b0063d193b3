import EventModel
import Foundation
import ICEWSSource
import POLECATSource
import TabularEvents
import TestSupport
import Testing
import Workbench
import WorkspaceFormat

/// The traps of ICEWS's files, one test each, over invented files with the table that must come out beside them.
@Suite struct ICEWSQuirkTests {
  private let icews = PluginEntry(source: ICEWSSource.self)

  @Test func quotesAreCharactersLikeAnyOther() async throws {
    #expect(try await expectTable(icews, "icews/quotes").isEmpty)
  }
  @Test func literalNAIsMissing() async throws {
    #expect(try await expectTable(icews, "icews/missing").isEmpty)
  }
  @Test func actorsCanBeCountries() async throws {
    #expect(try await expectTable(icews, "icews/missing", "icews/missing-by-country", with: "actor: country").isEmpty)
  }
  @Test func codesAreTextsWhoseZerosCount() async throws {
    #expect(try await expectTable(icews, "icews/codes").isEmpty)
  }
  @Test func intensityIsTheFilesOwn() async throws {
    #expect(try await expectTable(icews, "icews/scores").isEmpty)
  }
  @Test func bothEncodingsInOneFileAreRead() async throws {
    #expect(try await expectTable(icews, "icews/encodings").isEmpty)
  }
  @Test func coordinatesOutsideTheWorldAreUnknownAndCounted() async throws {
    let warnings = try await expectTable(icews, "icews/coordinates")
    #expect(!warnings.isEmpty && warnings.allSatisfy { $0.severity == .warning }, "\(warnings)")
  }
  @Test func countriesGetTheirCodesWhereTheNameIsKnown() async throws {
    let warnings = try await expectTable(icews, "icews/countries")
    #expect(warnings.map(\.id) == ["scales.no-country-code"])
    #expect(warnings.first?.notes == ["'Atlantis': 1"])
  }
  @Test func repeatedIDsAreCounted() async throws {
    #expect(try await expectTable(icews, "icews/repeated-ids").map(\.id) == ["events.duplicate-ids"])
  }
  @Test func fileOfPOLECATIsTold() async throws {
    let problem = try await failure(of: icews, "polecat/modes")
    #expect(problem.id == "icews.other-dataset" && problem.hint == "use: polecat")
  }
  @Test func fieldsOfARecordAreExplained() async throws {
    let (source, context) = try opened(icews, "icews/codes")
    let events = try await source.read([.record], in: context)
    let fields = try await source.records(Array((events.record?.values ?? []).prefix(1)), in: context)[0].fields
    #expect(fields.count == 20 && fields.allSatisfy { $0.meaning != nil })
    #expect(fields[6].name == "CAMEO Code" && fields[6].value == "040")
  }
}

/// The traps of POLECAT's files.
@Suite struct POLECATQuirkTests {
  private let polecat = PluginEntry(source: POLECATSource.self)

  @Test func classIsTypeAndModeWhereThereIsOne() async throws {
    #expect(try await expectTable(polecat, "polecat/modes").isEmpty)
  }
  @Test func literalNoneIsMissing() async throws {
    #expect(try await expectTable(polecat, "polecat/missing").isEmpty)
  }
  @Test func actorsCanBeCountries() async throws {
    let table = "polecat/missing-by-country"
    #expect(try await expectTable(polecat, "polecat/missing", table, with: "actor: country").isEmpty)
  }
  @Test func westernEuropeanBytesAreRead() async throws {
    #expect(try await expectTable(polecat, "polecat/latin").isEmpty)
  }
  @Test func firstOfSeveralActorsIsTakenAndCounted() async throws {
    let notes = try await expectTable(polecat, "polecat/several-actors")
    #expect(notes.map(\.message) == ["3 fields for one actor name several"])
  }
  @Test func intensityHasTwoNames() async throws {
    #expect(try await expectTable(polecat, "polecat/event-intensity").isEmpty)
  }
  @Test func headerWithNamesThatNoRowHasIsTold() async throws {
    #expect(try await failure(of: polecat, "polecat/names-without-fields").message.contains("40 fields"))
  }
  @Test func fileOfICEWSIsTold() async throws {
    let problem = try await failure(of: polecat, "icews/codes")
    #expect(problem.id == "polecat.other-dataset" && problem.hint == "use: icews")
  }
  @Test func fieldsOfARecordAreExplained() async throws {
    let (source, context) = try opened(polecat, "polecat/modes")
    let events = try await source.read([.record], in: context)
    let fields = try await source.records(Array((events.record?.values ?? []).prefix(1)), in: context)[0].fields
    #expect(fields.count == 40 && fields.allSatisfy { $0.meaning != nil })
  }
}

/// A source over one fixture.
private func opened(
  _ plugin: PluginEntry, _ fixture: String, with parameters: String = "", warnings: Warnings = Warnings()
) throws -> (any SourceInstance, RunContext) {
  let document = YAMLDocument(Array("path: events.tab\n\(parameters)\n".utf8), name: "parameters")
  let making = plugin.make(try #require(document.root))
  #expect(making.outcome.problems.isEmpty)
  guard case .source(let source)? = making.instance else { throw NotOpened() }
  let files = MemoryFiles(bytes: ["events.tab": Array(try bytes(of: "\(fixture).tab"))])
  return (source, testContext(files: files, warnings: warnings))
}
private struct NotOpened: Error {}
private func bytes(of fixture: String) throws -> Data {
  try Data(contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(fixture)"))
}

/// Compares all events of a fixture with the table beside it; returns what was warned of.
private func expectTable(
  _ plugin: PluginEntry, _ fixture: String, _ expected: String? = nil, with parameters: String = "",
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) async throws -> [Diagnostic] {
  let warnings = Warnings()
  let (source, context) = try opened(plugin, fixture, with: parameters, warnings: warnings)
  let events = try await source.read(try await source.schema(in: context).columns, in: context)
  let wanted = String(decoding: try bytes(of: "\(expected ?? fixture).expected.csv"), as: UTF8.self)
  let lines = { (text: String) in text.split(separator: "\n", omittingEmptySubsequences: false) }
  let (found, table) = (lines(canonicalCSV(of: events)), lines(wanted))
  #expect(found.count == table.count, sourceLocation: sourceLocation)
  for (one, other) in zip(found, table) { #expect(one == other, sourceLocation: sourceLocation) }
  return warnings.all
}

/// What reading a fixture ends with.
private func failure(of plugin: PluginEntry, _ fixture: String) async throws -> Diagnostic {
  let (source, context) = try opened(plugin, fixture)
  do throws(Diagnostic) {
    _ = try await source.read(try await source.schema(in: context).columns, in: context)
  } catch {
    return error
  }
  Issue.record("it was read")
  throw NotOpened()
}
