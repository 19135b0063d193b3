import Foundation
import Testing
import Workbench

@testable import Compression

/// Decompresses with blocks and buffers of the sizes given.
func gunzip(_ stored: [UInt8], block: Int = 7, room: Int = 11) throws(Diagnostic) -> [UInt8] {
  var decoder = GzipDecoder()
  var output: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: room)
  var start = 0
  while true {
    let input = Array(stored[start..<min(start + block, stored.count)])
    start += input.count
    var range = 0..<input.count
    while true {
      let count = try decoder.decode(input, &range, into: &buffer, from: 0)
      output += buffer[..<count]
      if count < buffer.count { break }
    }
    if input.isEmpty {
      try decoder.finish()
      return output
    }
  }
}

/// What the system's gzip makes of bytes.
func systemGzip(_ bytes: [UInt8], _ arguments: [String] = ["-6", "-n"]) throws -> [UInt8] {
  try run("/usr/bin/env", ["gzip", "-c"] + arguments, input: bytes)
}

func run(_ program: String, _ arguments: [String], input: [UInt8]) throws -> [UInt8] {
  let file = FileManager.default.temporaryDirectory.appending(path: "casus-\(UUID().uuidString)")
  try Data(input).write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  let process = Process()
  process.executableURL = URL(filePath: program)
  process.arguments = arguments
  process.standardInput = try FileHandle(forReadingFrom: file)
  let pipe = Pipe()
  process.standardOutput = pipe
  try process.run()
  let output = Array(pipe.fileHandleForReading.readDataToEndOfFile())
  process.waitUntilExit()
  #expect(process.terminationStatus == 0, "\(arguments)")
  return output
}

func sample(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
  var random = SeededGenerator(seed: seed)
  return (0..<count).map { _ in UInt8(ascii: "a") + UInt8.random(in: 0..<6, using: &random) }
}

@Suite struct GzipTests {
  @Test(arguments: [0, 1, 100, 5_000, 300_000])
  func readsWhatTheSystemsGzipWrote(count: Int) throws {
    let bytes = sample(count)
    let stored = try systemGzip(bytes)
    #expect(try gunzip(stored, block: 1 << 16, room: 1 << 15) == bytes)
    if count <= 5_000 { #expect(try gunzip(stored, block: 1, room: 1) == bytes) }
  }

  @Test func readsMembersOneAfterAnother() throws {
    let stored = try systemGzip(sample(100)) + systemGzip([]) + systemGzip(sample(50, seed: 2), ["-9"])
    #expect(try gunzip(stored) == sample(100) + sample(50, seed: 2))
  }

  @Test func refusesEveryTruncation() throws {
    let stored = try systemGzip(sample(60))
    for length in 0..<stored.count {
      let error = #expect(throws: Diagnostic.self) { try gunzip(Array(stored[..<length])) }
      #expect(error?.id == "input.damaged-gzip", "\(length)")
    }
  }

  @Test(arguments: [[UInt8](repeating: 0, count: 4), Array("id,date\n".utf8), [0x1F], [0x1F, 0x8B]])
  func refusesWhatFollowsTheData(trailing: [UInt8]) throws {
    let stored = try systemGzip(sample(60)) + trailing
    #expect(throws: Diagnostic.self) { try gunzip(stored) }
  }

  /// Ten bytes of the header say nothing of the data (time, system, flags); from there on every flip must show.
  @Test func refusesEveryFlippedBitOfTheData() throws {
    let stored = try systemGzip(sample(60))
    for bit in 80..<stored.count * 8 {
      var damaged = stored
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(throws: Diagnostic.self, "bit \(bit)") { try gunzip(damaged) }
    }
  }

  @Test(arguments: 0..<20) func survivesRandomDamage(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let bytes = sample(20_000)
    var stored = try systemGzip(bytes)
    for _ in 0..<5 {
      stored[Int.random(in: 10..<stored.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
    }
    do { #expect(try gunzip(stored, block: 999, room: 777) == bytes) } catch { #expect(error.exit == .noInput) }
  }

  @Test func refusesABomb() throws {
    let bomb = try systemGzip([UInt8](repeating: 0, count: 70 << 20), ["-9"])
    let error = #expect(throws: Diagnostic.self) { try gunzip(bomb, block: 1 << 16, room: 1 << 20) }
    #expect(error?.id == "input.bomb")
    let small = try systemGzip([UInt8](repeating: 0, count: 60 << 20), ["-9"])
    #expect(try gunzip(small, block: 1 << 16, room: 1 << 20).count == 60 << 20)
  }
}

@Suite struct DeflateTests {
  /// A raw deflate stream as a gzip file, which zlib checks by itself.
  private func wrapped(_ stream: [UInt8], of bytes: [UInt8]) -> [UInt8] {
    func little(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) } }
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + stream + little(crc32(bytes)) + little(UInt32(bytes.count))
  }

  @Test(arguments: [40, 1_000, 1_000_000]) func deflatesWhole(count: Int) throws {
    let bytes = sample(count)
    let stream = try #require(deflated(bytes))
    #expect(stream.count < bytes.count)
    #expect(try gunzip(wrapped(stream, of: bytes), block: 1 << 16, room: 1 << 16) == bytes)
    #expect(deflated(bytes) == stream)
    let system = try run("/usr/bin/env", ["gzip", "-dc"], input: wrapped(stream, of: bytes))
    #expect(system == bytes)
  }

  @Test func saysWhereNothingIsGained() {
    var random = SeededGenerator(seed: 7)
    #expect(deflated((0..<10_000).map { _ in UInt8.random(in: 0...255, using: &random) }) == nil)
    #expect(deflated([]) == nil)
    #expect(deflated([1]) == nil)
    #expect(deflated([1, 2, 3]) == nil)
  }

  @Test func deflatesInPieces() throws {
    let pieces = [sample(100_000), sample(1, seed: 2), [], sample(50_000, seed: 3)]
    var stream: [UInt8] = []
    var crc: UInt32 = 0
    for (index, piece) in pieces.enumerated() {
      stream += deflatedPiece(piece, isLast: index == pieces.count - 1)
      crc = crc32(piece, continuing: crc)
    }
    let bytes = Array(pieces.joined())
    #expect(crc == crc32(bytes))
    #expect(try gunzip(wrapped(stream, of: bytes), block: 1 << 16, room: 1 << 16) == bytes)
  }

  @Test(arguments: [0, 1, 0xFFFF, 0x10000, 200_000]) func storesWhereNothingElseCanBeDone(count: Int) throws {
    let (first, last) = (sample(count), sample(100, seed: 2))
    let stream = storedBlocks(first, isLast: false) + storedBlocks(last, isLast: true)
    #expect(try gunzip(wrapped(stream, of: first + last), block: 1 << 16, room: 1 << 16) == first + last)
  }

  @Test func checksumsAsTheStandardSays() {
    #expect(crc32(Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(crc32([]) == 0)
  }
}
