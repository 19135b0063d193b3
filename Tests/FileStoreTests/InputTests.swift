import FileStore
import Foundation
import Testing
import Workbench

@Suite struct InputTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func read(_ name: String, block: Int = 1 << 16, stored: Bool = false) throws -> [UInt8] {
    let store = folder.store()
    let file = try stored ? store.openStored(InputPath(name)) : store.open(InputPath(name))
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: block + 3)
    while true {
      let count = try file.read(into: &buffer, from: 3)
      bytes += buffer[3..<3 + count]
      if count < block { return bytes }
    }
  }
  private func problem(_ name: String) throws -> Diagnostic {
    let error = #expect(throws: Diagnostic.self) { try folder.store().open(InputPath(name)) }
    return try #require(error)
  }
  private func sha256(_ name: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["sha256sum", folder.place(name)]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).prefix(64).description
  }

  @Test(arguments: [0, 1, 2, 3, 65_536, 65_537, 1_000_000]) func readsAFileInBlocks(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    try folder.write(bytes, "data/events.csv")
    for block in count < 100 ? [1, 2, 7] : [65_536, 99_999] {
      #expect(try read("data/events.csv", block: block) == bytes)
    }
    #expect(try read(folder.place("data/events.csv"), block: 65_536) == bytes)
  }

  @Test func decompressesByContentNotByName() throws {
    try folder.write(String(repeating: "event_id,date_start\n", count: 50_000), "events.csv")
    let plain = try read("events.csv")
    try command("gzip", "-k", folder.place("events.csv"))
    #expect(try read("events.csv.gz", block: 1000) == plain)
    try folder.write(try read("events.csv.gz", stored: true), "odd-name")
    #expect(try read("odd-name") == plain)
    #expect(try read("odd-name", stored: true).count < plain.count)
    #expect(try folder.store().digest(of: InputPath("events.csv.gz")) == sha256("events.csv.gz"))
  }

  @Test func namesTheFileOfDamagedGzip() throws {
    try folder.write([0x1F, 0x8B, 8, 0, 1, 2, 3, 4], "bad.gz")
    let error = #expect(throws: Diagnostic.self) { try read("bad.gz") }
    #expect(error?.id == "input.damaged-gzip")
    #expect(error?.location?.file == "bad.gz")
  }

  @Test func refusesWhatIsNoRegularFile() throws {
    try folder.makeFolder("data")
    #expect(try problem("data").message == "'data' is a folder, not a file")
    #expect(try command("mkfifo", folder.place("pipe")) == 0)
    #expect(try problem("pipe").message == "'pipe' is a pipe, not a file")
    #expect(try problem("/dev/null").message == "'/dev/null' is a device, not a file")
    let bind = "import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])"
    #expect(try command("python3", "-c", bind, folder.place("socket")) == 0)
    #expect(try problem("socket").message == "'socket' is a socket, not a file")
    for name in ["data", "pipe", "/dev/null", "socket"] { #expect(try problem(name).exit == .noInput) }
  }

  @Test func saysWhatIsMissing() throws {
    try folder.write("x", "data/events.csv")
    #expect(try problem("data/event.csv").hint == "did you mean 'events.csv'?")
    #expect(try problem("dta/events.csv").hint == "there is no folder 'dta' either")
    try folder.link("lost", to: "nowhere")
    #expect(try problem("lost").message == "'lost' is a symbolic link that leads nowhere")
    try folder.link("circle", to: "circle")
    #expect(try problem("circle").id == "input.unreadable")
    for name in ["", "a\0b", "data/events.csv/x"] { #expect(try problem(name).id == "input.missing") }
  }

  @Test func saysWhatIsUnreadable() throws {
    guard !isRoot else { return print("skipped: root reads every file") }
    try folder.write("x", "secret.csv")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: folder.place("secret.csv"))
    #expect(try problem("secret.csv").message == "cannot read 'secret.csv': permission denied")
  }

  @Test func showsWhereALinkLeads() throws {
    let other = try TemporaryFolder()
    try other.write("x", "events.csv")
    try folder.link("linked.csv", to: other.place("events.csv"))
    try folder.write("x", "own.csv")
    try folder.link("inner.csv", to: "own.csv")
    let store = folder.store()
    let linked = try store.identity(of: InputPath("linked.csv"))
    #expect(linked.realPath == other.place("events.csv"))
    #expect(linked.isOutside)
    #expect(try !store.identity(of: InputPath("inner.csv")).isOutside)
    #expect(try store.identity(of: InputPath("../\(other.url.lastPathComponent)/events.csv")).isOutside)
  }

  @Test func noticesAFileCutShort() throws {
    try folder.write([UInt8](repeating: 65, count: 100_000), "events.csv")
    let file = try folder.store().open(InputPath("events.csv"))
    var buffer = [UInt8](repeating: 0, count: 60_000)
    #expect(try file.read(into: &buffer, from: 0) == 60_000)
    let handle = try FileHandle(forWritingTo: URL(filePath: folder.place("events.csv")))
    try handle.truncate(atOffset: 70_000)
    let error = #expect(throws: Diagnostic.self) { try file.read(into: &buffer, from: 0) }
    #expect(error?.message == "'events.csv' was cut short while it was read: 70000 of 100000 bytes")
  }

  @Test(arguments: [true, false]) func noticesAChange(isLonger: Bool) throws {
    try folder.write([UInt8](repeating: 65, count: 100_000), "events.csv")
    try folder.age("events.csv")
    let store = folder.store()
    let file = try store.open(InputPath("events.csv"))
    var buffer = [UInt8](repeating: 0, count: 60_000)
    #expect(try file.read(into: &buffer, from: 0) == 60_000)
    let handle = try FileHandle(forWritingTo: URL(filePath: folder.place("events.csv")))
    if isLonger { try handle.seekToEnd() }
    try handle.write(contentsOf: Data([66]))
    try handle.close()
    let error = #expect(throws: Diagnostic.self) { try file.read(into: &buffer, from: 0) }
    #expect(error?.id == "input.changed")
    #expect(try store.identity(of: InputPath("events.csv")).digest == nil)
  }

  @Test func remembersDigestsOfWhatWasRead() throws {
    try folder.write("one", "events.csv")
    let path = InputPath("events.csv")
    let store = folder.store()
    #expect(try !store.identity(of: path).wasRead)
    var buffer = [UInt8](repeating: 0, count: 8)
    #expect(try store.open(path).read(into: &buffer, from: 0) == 3)
    let digest = try sha256("events.csv")
    #expect(try store.identity(of: path).digest == digest)
    try store.saveDigests()

    // Within two seconds of its last change, a file might change once more without a trace: not trusted by another run.
    let next = folder.store()
    #expect(try next.identity(of: path).digest == nil)
    #expect(try next.identity(of: path).wasRead)
    Thread.sleep(forTimeInterval: 2.1)
    #expect(try next.digest(of: path) == digest)
    try next.saveDigests()
    #expect(try folder.store().identity(of: path).digest == digest)
    #expect(try folder.store(isFresh: true).identity(of: path).digest == nil)

    // Same size, same time of modification: the time of change tells.
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.place("events.csv"))
    try folder.write("two", "events.csv")
    try FileManager.default.setAttributes(
      [.modificationDate: try #require(attributes[.modificationDate])], ofItemAtPath: folder.place("events.csv"))
    let changed = folder.store()
    #expect(try changed.identity(of: path).digest == nil)
    #expect(try changed.identity(of: path).wasRead)
    #expect(try changed.digest(of: path) == sha256("events.csv"))
  }

  @Test(arguments: ["", "garbage\n", "x settled y\n\0\0", String(repeating: "a", count: 64) + " 1 maybe events.csv\n"])
  func doesWithoutADamagedMemory(content: String) throws {
    try folder.write("one", "events.csv")
    try folder.write(content, ".casus/digests")
    #expect(try folder.store().identity(of: InputPath("events.csv")).digest == nil)
    #expect(try folder.store().digest(of: InputPath("events.csv")) == sha256("events.csv"))
  }
}
