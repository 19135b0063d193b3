import Foundation
import TestSupport
import Testing
import Workbench

@testable import Snapshots

/// Entries written to an archive in memory.
func archive(
  _ entries: [ZipEntry], files: any InputFiles = MemoryFiles([:]), workers: Int = 2, keptLimit: Int = 96 << 20
) throws(Diagnostic) -> (bytes: [UInt8], files: [ArchivedFile]) {
  let output = MemoryOutput(fileName: "x.zip")
  var archived: [ArchivedFile] = []
  try output.write("x.zip") { (file) throws(Diagnostic) in
    var writer = ZipWriter(to: file, in: testContext(files: files, workers: workers), keptLimit: keptLimit)
    archived = try writer.add(entries)
    try writer.finish()
  }
  return (output.files["x.zip"] ?? [], archived)
}

/// Runs a program on an archive; its answer and what it printed.
func judge(_ zip: [UInt8], _ arguments: [String]) throws -> (status: Int32, output: String) {
  let folder = FileManager.default.temporaryDirectory.appending(path: "casus-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try Data(zip).write(to: folder.appending(path: "x.zip"))
  let process = Process()
  process.currentDirectoryURL = folder
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = FileHandle.nullDevice
  try process.run()
  let output = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: output, as: UTF8.self))
}

/// What Python's zipfile says of each entry.
let listing = """
  import hashlib, zipfile
  z = zipfile.ZipFile("x.zip")
  assert z.testzip() is None
  for i in z.infolist():
    d = hashlib.sha256(z.read(i)).hexdigest()[:8]
    mode, flags = oct(i.external_attr >> 16), hex(i.flag_bits)
    print(i.filename, i.compress_type, i.file_size, d, i.create_system, mode, i.date_time[0], flags, len(i.extra))
  print(z.comment.decode())
  """

/// Bytes that compress, in a block that recurs.
func text(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
  var random = SeededGenerator(seed: seed)
  let block = (0..<min(count, 5_000)).map { _ in UInt8(ascii: "a") + UInt8.random(in: 0..<6, using: &random) }
  return repeating(block, count)
}
/// Bytes that do not compress, in a block that recurs farther apart than deflate looks.
func noise(_ count: Int) -> [UInt8] {
  var random = SeededGenerator(seed: 9)
  return repeating((0..<min(count, 50_000)).map { _ in UInt8.random(in: 0...255, using: &random) }, count)
}
private func repeating(_ block: [UInt8], _ count: Int) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(count + block.count)
  while bytes.count < count { bytes += block }
  return Array(bytes.prefix(count))
}

@Suite struct ZipWriterTests {
  @Test func writesWhatOthersRead() throws {
    let (zip, files) = try archive([
      ZipEntry("a/empty.txt", .bytes([])), ZipEntry("a/text.csv", .bytes(text(5_000))),
      ZipEntry("b/noise.bin", .bytes(noise(1_000))), ZipEntry("b/ünï.txt", .bytes(Array("hello".utf8))),
    ])
    let lines = try judge(zip, ["python3", "-c", listing]).output.split(separator: "\n").map(String.init)
    let prefix = files.map { $0.digest.prefix(8) }
    #expect(
      lines.dropLast() == [
        "a/empty.txt 0 0 e3b0c442 3 0o100644 1980 0x800 0", "a/text.csv 8 5000 \(prefix[1]) 3 0o100644 1980 0x800 0",
        "b/noise.bin 0 1000 \(prefix[2]) 3 0o100644 1980 0x800 0", "b/ünï.txt 0 5 2cf24dba 3 0o100644 1980 0x800 0",
      ])
    #expect(try judge(zip, ["unzip", "-tqq", "x.zip"]).status == 0)
    #expect(files.map(\.bytes) == [0, 5_000, 1_000, 5])
  }

  @Test func carriesTheDigestOfAllBefore() throws {
    let (zip, _) = try archive([ZipEntry("a", .bytes(text(500)))])
    let check = """
      import hashlib, sys, zipfile
      z = open("x.zip", "rb").read()
      assert zipfile.ZipFile("x.zip").comment.endswith(b" sha256:" + z[-64:])
      def whole(z):
        return len(z) > 64 and z[-64:] == hashlib.sha256(z[:-64]).hexdigest().encode()
      assert whole(z)
      assert not any(whole(z[:n]) for n in range(len(z)))
      for bit in range(len(z) * 8):
        d = bytearray(z)
        d[bit // 8] ^= 1 << bit % 8
        assert not whole(bytes(d))
      """
    #expect(try judge(zip, ["python3", "-c", check]).status == 0)
  }

  @Test func dependsOnContentAlone() throws {
    let entries = (0..<200).map { ZipEntry("e\(1000 + $0)", .bytes(text(100 + $0 * 50, seed: UInt64($0)))) }
    #expect(try archive(entries, workers: 1).bytes == archive(entries, workers: 7).bytes)
    let (zip, _) = try archive(entries)
    #expect(try judge(zip, ["unzip", "-tqq", "x.zip"]).status == 0)
    let damaged = zip.enumerated().map { $0.offset == 2_000 ? $0.element ^ 1 : $0.element }
    #expect(try judge(damaged, ["unzip", "-tqq", "x.zip"]).status != 0)
  }

  @Test(arguments: [1, 5]) func takesLargeContentInPieces(workers: Int) throws {
    let pieces = (0..<9).map { text(700_000, seed: UInt64($0)) }
    let file = Array(pieces.joined()) + text(12_000_000)
    let random = noise(17 << 20)
    let entries = [
      ZipEntry("file", .file(InputPath("big"), bytes: file.count)),
      ZipEntry("noise", .file(InputPath("noise"), bytes: random.count)),
      ZipEntry("pieces", .pieces(count: pieces.count) { pieces[$0] }),
    ]
    let files = MemoryFiles(bytes: ["big": file, "noise": random])
    let (zip, archived) = try archive(entries, files: files, workers: workers)
    let lines = try judge(zip, ["python3", "-c", listing]).output.split(separator: "\n").map(String.init)
    #expect(lines.count == 4)
    for (line, (file, method)) in pairs(lines, pairs(archived, [8, 0, 8])) {
      #expect(line.hasPrefix("\(file.name) \(method) \(file.bytes) \(file.digest.prefix(8)) "))
    }
    #expect(archived.map(\.bytes) == [file.count, random.count, 6_300_000])
    #expect(try archive(entries, files: files, workers: 3).bytes == zip)
    // Where the compressed form is too large to be kept, what lies beyond the limit is made twice.
    for limit in [0, 500_000] {
      #expect(try archive(entries, files: files, workers: workers, keptLimit: limit).bytes == zip)
    }
  }

  @Test func writesMoreEntriesThanSixteenBitsCount() throws {
    let (zip, _) = try archive((0..<65_536).map { ZipEntry("e\(100_000 + $0)", .bytes([65])) })
    let check =
      "import zipfile; z = zipfile.ZipFile('x.zip'); assert len(z.infolist()) == 65536 and z.testzip() is None"
    #expect(try judge(zip, ["python3", "-c", check]).status == 0)
    #expect(try judge(zip, ["unzip", "-tqq", "x.zip"]).status == 0)
  }

  @Test(arguments: [
    ["b", "a"], ["a", "a"], ["../a"], ["/a"], ["a//b"], ["a\\b"], [""], ["a/."], ["a\nb"],
    ["A", "a"], ["a", "a/b"], ["e\u{301}", "\u{E9}"], ["a%20"], ["a."], ["c:/a"],
  ])
  func refusesNames(names: [String]) {
    let error = #expect(throws: Diagnostic.self) { try archive(names.map { ZipEntry($0, .bytes([])) }) }
    #expect(error?.id == "archive.bad-name")
  }

  @Test func refusesContentThatChanges() throws {
    let reads = Reads()
    let error = #expect(throws: Diagnostic.self) {
      try archive([ZipEntry("a", .pieces(count: 2) { _ in noise(2_000 + reads.count()) })], workers: 1)
    }
    #expect(error?.id == "archive.changed")
  }
}

private func pairs<A, B>(_ a: [A], _ b: [B]) -> [(A, B)] { Array(Swift.zip(a, b)) }
