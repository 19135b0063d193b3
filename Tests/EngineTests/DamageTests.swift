import Foundation
import JSONText
import Testing
import EventModel
import Workbench

@testable import Engine

/// The state in `.casus` is never trusted: whatever happens to it, the next run gives the same results.
@Suite struct DamageTests {
  /// What happens to a file of the state.
  enum Damage: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case truncated, emptied, flipped, flippedAtItsEnd, folder, removed, unreadableLink
    var testDescription: String { rawValue }

    func happen(to file: URL) throws {
      var bytes = try Data(contentsOf: file)
      switch self {
      case .truncated: try bytes.prefix(bytes.count / 2).write(to: file)
      case .emptied: try Data().write(to: file)
      case .flipped, .flippedAtItsEnd:
        guard !bytes.isEmpty else { return }
        bytes[self == .flipped ? bytes.count / 2 : bytes.count - 2] ^= 1
        try bytes.write(to: file)
      case .folder, .removed, .unreadableLink:
        try FileManager.default.removeItem(at: file)
        if self == .folder {
          try FileManager.default.createDirectory(at: file.appending(path: "x"), withIntermediateDirectories: true)
        } else if self == .unreadableLink {
          try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: "/nowhere")
        }
      }
    }
  }

  private func bench() throws -> Bench {
    let bench = try Bench(
      small(
        "{counts: {use: count}, panel: {use: panel, with: {unit: dyad}}, sum: {use: join, from: counts}}",
        exports: "{out: {use: dump, to: out/one}, other: {use: dump, to: out/two}}",
        events: "{all: {between: [2021-12-01, 2021-12-31]}}", more: "actors: actors.csv"))
    try bench.write("alias,actor\nTTP,Tehrik\n", "actors.csv")
    return bench
  }

  @Test(arguments: Damage.allCases) func everyFileOfTheStateMayBeDamaged(_ damage: Damage) async throws {
    let pristine = try bench()
    try await pristine.run()
    let results = pristine.files()
    let record = try pristine.record()
    let paths = pristine.files(state: true).keys.sorted()
    #expect(paths.count > 20)
    let bench = try Bench()
    for path in paths {
      try FileManager.default.removeItem(at: bench.url)
      try FileManager.default.copyItem(at: pristine.url, to: bench.url)
      try damage.happen(to: bench.url.appending(path: path))
      // Everything that is kept is wanted: the exports are gone, and an analysis that reads another is new.
      try FileManager.default.removeItem(at: bench.url.appending(path: "out"))
      let run = try await bench.run()
      #expect(run.outcome.exit == nil, "\(path): \(run.outcome)")
      #expect(bench.files() == results, "\(path)")
      #expect(try bench.record() == record, "\(path)")
      let again = try await bench.run()
      #expect(again.worked.isEmpty && again.outcome.exit == nil, "\(path): it heals, but \(again.worked) worked again")
      #expect(bench.files() == results, "\(path)")
    }
  }

  @Test(arguments: [Damage.truncated, .emptied, .flipped, .removed]) func damagedColumnsAreReadAgainWhenWanted(
    _ damage: Damage
  ) async throws {
    let pristine = try bench()
    try await pristine.run()
    let more = { (bench: Bench) throws in
      try bench.replace("panel: {use: panel", with: "more: {use: count, with: {factor: 7}}, panel: {use: panel")
    }
    let expected = try bench()
    try more(expected)
    try await expected.run()
    let bench = try Bench()
    for path in pristine.files(state: true).keys.sorted() where path.contains("objects/") {
      try FileManager.default.removeItem(at: bench.url)
      try FileManager.default.copyItem(at: pristine.url, to: bench.url)
      try damage.happen(to: bench.url.appending(path: path))
      try more(bench)
      let run = try await bench.run()
      #expect(run.outcome.exit == nil, "\(path): \(run.outcome)")
      #expect(bench.files() == expected.files(), "\(path)")
      #expect(try bench.record() == expected.record(), "\(path)")
    }
  }

  @Test func everythingDamagedAtOnceIsMadeAgainWithAWarning() async throws {
    let bench = try bench()
    try await bench.run()
    let results = bench.files()
    for path in bench.files(state: true).keys where path.contains("objects/") || path.contains("steps/") {
      try Damage.flipped.happen(to: bench.url.appending(path: path))
    }
    try FileManager.default.removeItem(at: bench.url.appending(path: "out"))
    let run = try await bench.run()
    #expect(run.outcome.exit == nil && bench.files() == results)
    #expect(run.outcome.problems.contains { $0.id == "run.damaged-cache" && $0.severity == .warning })
  }

  @Test func damagedObjectsAreToldOf() async throws {
    let bench = try bench()
    try await bench.run()
    for path in bench.files(state: true).keys where path.contains("objects/") {
      try Damage.truncated.happen(to: bench.url.appending(path: path))
    }
    try FileManager.default.removeItem(at: bench.url.appending(path: "out"))
    let run = try await bench.run()
    #expect(run.outcome.exit == nil)
    #expect(run.warned.contains { $0.id == "run.damaged-cache" }, "\(run.warned)")
  }

  @Test func foldersOfTheStateMayBeFiles() async throws {
    let pristine = try bench()
    try await pristine.run()
    for name in ["objects", "steps", "steps/analysis", "exports", "runs", "temporary"] {
      let bench = try Bench()
      try FileManager.default.removeItem(at: bench.url)
      try FileManager.default.copyItem(at: pristine.url, to: bench.url)
      let folder = bench.url.appending(path: ".casus/\(name)")
      try? FileManager.default.removeItem(at: folder)
      try Data("x".utf8).write(to: folder)
      #expect(try await bench.run().outcome.exit == nil, "\(name)")
      #expect(bench.files() == pristine.files(), "\(name)")
      #expect(try bench.record() == pristine.record(), "\(name)")
    }
  }

  @Test func whatElseLiesAmongTheRunsIsNoRun() async throws {
    let bench = try bench()
    try await bench.run()
    for name in [".DS_Store", "zzz", "00002", "-001", "0009x"] { try bench.write("x", ".casus/runs/\(name)") }
    try bench.replace("A small workspace", with: "Another")
    #expect(try await bench.run().outcome.id == "0002")
    #expect(try RunHistory(store: bench.store()).ids == ["0001", "0002"])
  }

  @Test func runsBeyondFourDigitsStayInOrder() throws {
    let bench = try Bench()
    for id in ["9999", "10000", "0002"] { try bench.write("{}", ".casus/runs/\(id)/run.json") }
    #expect(try RunHistory(store: bench.store()).ids == ["0002", "9999", "10000"])
  }

  private func encoded(_ values: EventTable.Values) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try values.encode { bytes += $0 }
    return bytes
  }

  @Test(arguments: [UInt64(1), 2]) func anyBytesDecodeOrAreRefused(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let columns: [EventTable.Values] = [
      .codes(CodedColumn(["a", nil, "b", "a"])), .text(TextColumn(["x", nil, "", "zz"])),
      .integers(Column([1, nil, -5, .max], placeholder: 0)), .reals(Column([0.1, nil, -0.0, 1e300], placeholder: 0)),
      .days(Column([Day(daysSinceEpoch: -1), Day(daysSinceEpoch: 20_000)])), .bytes(Column([1, 2, 255])),
    ]
    for column in columns {
      let bytes = try encoded(column)
      #expect(try encoded(EventTable.Values(bytes, kind: column.kind)) == bytes)
      for _ in 0..<500 {
        var damaged = bytes
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          damaged[Int.random(in: 0..<damaged.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        damaged = Array(damaged.prefix(Int.random(in: 0...damaged.count, using: &generator)))
        // Any answer but a crash will do; what was read can be written.
        if let values = try? EventTable.Values(damaged, kind: column.kind) { #expect(try encoded(values).count > 0) }
      }
    }
  }
}
