import Foundation
import JSONText
import TestSupport
import Testing
import Workbench
import WorkspaceFormat

private func fixtures(_ folder: String) throws -> [String] {
  let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(folder)")
  return try FileManager.default.contentsOfDirectory(atPath: url.path).filter { $0.hasSuffix(".yaml") }.sorted()
}
private func content(_ name: String) throws -> [UInt8] {
  Array(try Data(contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")))
}

@Suite struct CorpusTests {
  @Test func everyGoodFileIsAccepted() throws {
    let files = try fixtures("good").map { "good/\($0)" }
    #expect(files.count >= 9)
    for name in files {
      let file = WorkspaceFile(try content(name), name: name)
      #expect(problems(in: file).isEmpty, "\(name)")
      #expect(file.read().workspace?.version == 1)
    }
  }

  @Test func everyBadFileIsRefusedWithTheseMessages() throws {
    let files = try fixtures("bad")
    #expect(files.count >= 60)
    for name in files {
      let bytes = try content("bad/\(name)")
      let found = problems(in: WorkspaceFile(bytes, name: name))
      #expect(found.hasErrors, "\(name)")
      let renderer = DiagnosticRenderer(sources: [name: String(decoding: bytes, as: UTF8.self)])
      try expectGolden(
        renderer.render(found, outcome: "nothing was run"), name.replacingOccurrences(of: ".yaml", with: ".txt"))
    }
  }

  @Test func everyMessageMarksAPlaceInTheFile() throws {
    for name in try fixtures("bad") {
      let bytes = try content("bad/\(name)")
      let lines = String(decoding: bytes, as: UTF8.self).unicodeScalars
        .split(separator: "\n", omittingEmptySubsequences: false)
      for problem in problems(in: WorkspaceFile(bytes, name: name)) where !name.hasPrefix("x-empty") {
        let place = try #require(problem.location, "\(name): \(problem.message)")
        try #require(place.line >= 1 && place.line <= lines.count, "\(name): \(problem.message)")
        #expect(place.column >= 1 && place.length >= 1)
        #expect(
          place.column - 1 + place.length <= max(1, lines[place.line - 1].count) + 1, "\(name): \(problem.message)")
      }
    }
  }

  @Test func nineFaultsGiveNineMessages() throws {
    let found = problems(in: WorkspaceFile(try content("bad/nine-faults.yaml"), name: "nine-faults.yaml"))
    #expect(found.filter { $0.severity == .error }.count == 9)
    let lines = found.compactMap { $0.location?.line }
    #expect(lines == lines.sorted())
  }

  @Test(arguments: 1...4) func whateverIsWrittenIsReadOrRefused(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let pieces = "\" ' { } [ :  &a  *a !!map  <<:  ${ ${a} - é e\u{301} |"
      .split(separator: " ", omittingEmptySubsequences: false).map { $0.isEmpty ? "\n" : "\($0) " }
    for folder in ["good", "bad"] {
      for name in try fixtures(folder) {
        var bytes = try content("\(folder)/\(name)")
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          switch Int.random(in: 0..<4, using: &random) {
          case 0: bytes.removeSubrange(place..<min(bytes.count, place + 3))
          case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
          case 2: bytes.removeSubrange(place...)
          default: bytes.insert(contentsOf: (pieces.randomElement(using: &random) ?? "").utf8, at: place)
          }
        }
        let reading = WorkspaceFile(bytes, name: name).read(checksAllProfiles: true)
        #expect(reading.workspace != nil || reading.problems.hasErrors, "\(seed) \(name)")
        let rendered = DiagnosticRenderer(sources: [name: String(decoding: bytes, as: UTF8.self)])
          .render(reading.problems, outcome: "read")
        #expect(rendered.isEmpty == reading.problems.isEmpty)
      }
    }
  }
}
