import Compression
import Synchronization
import TestSupport
import Testing
import Workbench

@testable import Snapshots

@Suite struct SnapshotTests {
  @Test func isProvedWhole() throws {
    let (bytes, identity) = try snapshot(of: largerRun())
    var proofs: [String] = []
    let proved = try Snapshot.verify(MemoryArchive(bytes), in: testContext()) { proofs.append($0.subject) }
    #expect(proofs == ["file", "structure", "bag", "digests", "crate", "package", "record", "id"])
    #expect(proved.id == identity.id && proved.folder == "small")
    #expect(proved.payload.count == identity.files)
    let tagManifest = try #require(proved["tagmanifest-sha256.txt"])
    #expect(sha256(try proved.open(tagManifest).readAll(limit: 1 << 20, tooLarge: .tooLarge)) == identity.id)
    #expect(try proved.analyses == ["types"] || proved.analyses.isEmpty)
    #expect(try proved.inputs.map(\.isWithheld) == [false, true])
    #expect(!bytes.contains(sequence: Array("event_id\n1\n".utf8)), "a withheld file does not enter")
  }

  @Test func dependsOnContentAlone() throws {
    #expect(try snapshot(of: largerRun(), workers: 1).bytes == snapshot(of: largerRun(), workers: 5).bytes)
    let one = try snapshot(of: largerRun()).identity
    var other = largerRun()
    other.run.citations = ["Someone (2026)."]
    #expect(try snapshot(of: other).identity.id != one.id)
  }

  @Test func theIdDoesNotDependOnTheCompressor() throws {
    let (bytes, identity) = try snapshot(of: largerRun())
    let stored = try Forgery(bytes).archive
    #expect(stored.count > bytes.count)
    #expect(fault(in: stored) == nil)
    #expect(try Snapshot(MemoryArchive(stored)).id == identity.id)
  }

  @Test func theIdIsCompared() throws {
    let (bytes, identity) = try snapshot(of: smallRun())
    #expect(fault(in: bytes, id: identity.id) == nil)
    #expect(fault(in: bytes, id: String(identity.id.prefix(12))) == nil)
    #expect(fault(in: bytes, id: String(identity.id.prefix(11)))?.id == "snapshot.other-id")
    #expect(fault(in: bytes, id: String(repeating: "0", count: 64))?.id == "snapshot.other-id")
  }

  @Test func everyFlippedBitIsFound() throws {
    let (bytes, _) = try snapshot(of: smallRun())
    let missed = try testContext(workers: 2).concurrentMap(8) { (bit) throws(Diagnostic) -> [Int] in
      var damaged = bytes
      var missed: [Int] = []
      for place in bytes.indices {
        damaged[place] ^= 1 << UInt8(bit)
        if fault(in: damaged) == nil { missed.append(place * 8 + bit) }
        damaged[place] ^= 1 << UInt8(bit)
      }
      return missed
    }
    #expect(missed.joined().isEmpty)
    #expect(bytes.count > 3_000)
  }

  @Test func everyTruncationIsFound() throws {
    let (bytes, _) = try snapshot(of: smallRun())
    for count in bytes.indices { #expect(fault(in: Array(bytes[..<count])) != nil, "\(count) bytes") }
    #expect(fault(in: bytes + [0]) != nil)
    #expect(fault(in: bytes + [10]) != nil)
  }

  /// A forger makes the digest at the end anew; what is left must then be refused for its own sake, or be the same.
  @Test(arguments: [0, 1]) func aFlippedBitUnderANewDigestIsFound(offset: Int) throws {
    let (bytes, identity) = try snapshot(of: smallRun())
    var missed = 0
    for bit in stride(from: offset, to: (bytes.count - 64) * 8, by: 61) {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      guard fault(in: sealed(damaged)) == nil else { continue }
      missed += 1
      // The name of the compressor, and the unused bits after the last block of a deflate stream, mean nothing.
      #expect(try Snapshot(MemoryArchive(sealed(damaged))).id == identity.id, "bit \(bit)")
    }
    #expect(missed < 20)
  }

  @Test func randomDamageIsFound() throws {
    let (bytes, _) = try snapshot(of: largerRun())
    var random = SeededGenerator(seed: 11)
    for _ in 0..<1_000 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...30, using: &random) {
        let start = Int.random(in: damaged.indices, using: &random)
        let count = min(Int.random(in: 1...64, using: &random), damaged.count - start)
        for place in start..<start + count { damaged[place] = UInt8.random(in: 0...255, using: &random) }
      }
      if damaged != bytes { #expect(fault(in: damaged) != nil) }
    }
  }

  @Test func refusesWhatChangesMeanwhile() throws {
    var run = smallRun()
    run.run.files[0].digest = String(repeating: "0", count: 64)
    let error = #expect(throws: Diagnostic.self) { try snapshot(of: run) }
    #expect(error?.id == "archive.other-input")
    #expect(error?.exit == .noInput)
  }

  @Test(arguments: ["100%.csv", "data/CON:.", "a\u{0301}.csv", "WORKSPACE.yaml"])
  func refusesNamesThatOthersReadOtherwise(name: String) throws {
    var run = smallRun(withheld: true)
    run.run.files[1].name = name
    run.run.files[1].mayRedistribute = true
    if name.unicodeScalars.count == 6 {
      run.run.files.append(run.run.files[1])
      run.run.files[2].name = "\u{00E1}.csv"
    }
    let error = #expect(throws: Diagnostic.self) { try snapshot(of: run) }
    #expect(error?.id == "archive.bad-name")
  }
}

extension [UInt8] {
  fileprivate func contains(sequence: [UInt8]) -> Bool {
    indices.contains { self[$0...].starts(with: sequence) }
  }
}
