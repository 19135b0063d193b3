import FileStore
import Foundation
import JSONText
import ProcessPlugins
import Testing
import Workbench

/// Nothing of a program is started before somebody said so, of these very bytes, in this folder.
@Suite struct TrustTests {
  /// A program that leaves a mark wherever it is started.
  private func marking(_ bench: ProgramBench, code: String = "[]") throws {
    var program = CountingProgram(description: [("code", code)])
    program.before = "open('\(bench.url.path)/mark', 'a').write('run')"
    let text = program.text.replacing("D = {", with: "open('\(bench.url.path)/mark', 'a').write('started')\nD = {")
    try bench.write(text, "tools/x", isExecutable: true)
  }

  @Test func anUntrustedProgramIsNotEvenAsked() async throws {
    let bench = try ProgramBench()
    try marking(bench)
    bench.trust = Trust()
    let outcome = try await bench.entries()
    #expect(outcome.problems.map(\.id) == ["process.untrusted"])
    #expect(outcome.problems.first?.exit == .plugin)
    #expect(outcome.unknown == ["x"])
    let digest = try bench.store.digest(of: InputPath("tools/x"))
    #expect(outcome.problems.first?.notes == ["tools/x  sha256:\(digest)"])
    #expect(throws: (any Error).self) { try bench.text("mark") }
  }

  @Test func whatWasTrustedIsKnownWithoutBeingStarted() async throws {
    let bench = try ProgramBench()
    try marking(bench)
    let first = try await bench.entries()
    #expect(try bench.text("mark") == "started")
    bench.trust = Trust(Trust(grants: first.grants).json)
    let again = try await bench.entries()
    #expect(again.problems.isEmpty)
    #expect(again.entries.map(\.code) == first.entries.map(\.code))
    #expect(try bench.text("mark") == "started")
  }

  @Test func aChangedFileAsksAgain() async throws {
    let bench = try ProgramBench()
    try bench.write("SCALE = 1\n", "tools/scale.py")
    try marking(bench, code: "['scale.py']")
    let first = try await bench.entries()
    #expect(first.entries.first?.code.map(\.path.text) == ["tools/x", "tools/scale.py"])
    bench.trust = Trust(grants: first.grants)
    #expect(try await bench.entries().problems.isEmpty)
    try bench.write("SCALE = 22\n", "tools/scale.py")
    #expect(try await bench.entries().problems.map(\.id) == ["process.untrusted"])
    try bench.write("SCALE = 1\n", "tools/scale.py")
    #expect(try await bench.entries().problems.isEmpty)
    try bench.write(try bench.text("tools/x") + "\n# changed\n", "tools/x", isExecutable: true)
    #expect(try await bench.entries().problems.map(\.id) == ["process.untrusted"])
  }

  @Test func eachFileMustBeTrustedByItsDigest() async throws {
    let bench = try ProgramBench()
    try bench.write("SCALE = 1\n", "tools/scale.py")
    try marking(bench, code: "['scale.py']")
    let digests = try ["tools/x", "tools/scale.py"].map { try bench.store.digest(of: InputPath($0)) }
    bench.trust = Trust(digests: [digests[0]])
    let half = try await bench.entries()
    #expect(half.problems.map(\.notes) == [["tools/scale.py  sha256:\(digests[1])"]])
    bench.trust = Trust(digests: Set(digests))
    #expect(try await bench.entries().problems.isEmpty)
  }

  @Test func whatIsNoBookTrustsNothing() {
    #expect(Trust(.null).grants.isEmpty)
    #expect(Trust(["programs": [["code": [], "description": "x"], ["code": [["path": "a"]]]]]).grants.isEmpty)
  }
}
