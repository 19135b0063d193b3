import FileStore
import Foundation
import Testing
import Workbench

@Suite struct StateTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: [true, false]) func keepsStateFiles(isDurable: Bool) throws {
    let store = folder.store()
    #expect(store.state("steps/abc.json") == nil)
    try store.writeState([1, 2], "steps/abc.json", isDurable: isDurable)
    try store.writeState([3], "steps/abc.json", isDurable: isDurable)
    try store.writeState([], "steps/a.json", isDurable: isDurable)
    #expect(store.state("steps/abc.json") == [3])
    #expect(store.state("steps/a.json") == [])
    #expect(store.stateNames(in: "steps") == ["a.json", "abc.json"])
    #expect(store.stateNames(in: "runs") == [])
    store.removeState("steps/abc.json")
    store.removeState("steps/abc.json")
    #expect(store.stateNames(in: "steps") == ["a.json"])
    #expect(store.stateNames(in: "temporary") == [])
    #expect(folder.text(".casus/.gitignore") == "*\n")
  }

  @Test(arguments: ["", "../x", "a/../x", "/x", "a//b", ".x", "a/.x", "a b", "a\0", "ä"])
  func refusesNamesThatLeaveTheState(name: String) throws {
    let store = folder.store()
    #expect(throws: Diagnostic.self) { try store.writeState([1], name, isDurable: false) }
    #expect(store.state(name) == nil)
    store.removeState(name)
    #expect(folder.listing() == ["workspace.yaml"])
  }

  @Test func symbolicLinksInTheStateLeadNowhere() throws {
    let other = try TemporaryFolder()
    try other.write("mine", "kept/letter.txt")
    try other.write("mine", "steps/a.json")
    try folder.makeFolder(".casus")
    for name in ["temporary", "steps", "objects"] { try folder.link(".casus/\(name)", to: other.path) }
    let store = folder.store()
    let before = other.listing()
    try store.lock().release()
    try store.writeState([1], "steps/a.json", isDurable: false)
    _ = try store.keep([3])
    #expect(other.listing() == before)
    #expect(other.text("steps/a.json") == "mine")
    #expect(store.state("steps/a.json") == [1])
  }

  @Test func aStateFolderThatIsALinkIsRefused() throws {
    let other = try TemporaryFolder()
    try other.write("mine", "temporary/letter.txt")
    try folder.link(".casus", to: other.path)
    let before = other.listing()
    #expect(throws: Diagnostic.self) { try folder.store().lock() }
    #expect(throws: Diagnostic.self) { try folder.store().writeState([1], "steps/a.json", isDurable: false) }
    #expect(other.listing() == before)
  }

  @Test func mendsWhatStandsInTheWay() throws {
    let store = folder.store()
    try folder.write("a file where a folder belongs", ".casus/steps")
    try folder.write("inside", ".casus/runs/1.json/inside")
    try folder.link(".casus/objects", to: "nowhere")
    #expect(store.state("steps/a.json") == nil)
    #expect(store.state("runs/1.json") == nil)
    try store.writeState([1], "steps/a.json", isDurable: false)
    try store.writeState([2], "runs/1.json", isDurable: true)
    let digest = try store.keep([3])
    #expect(store.state("steps/a.json") == [1])
    #expect(store.state("runs/1.json") == [2])
    #expect(store.kept(digest) == [3])
  }

  @Test func saysWhereThereCanBeNoState() throws {
    try folder.write("x", ".casus")
    let error = #expect(throws: Diagnostic.self) { try folder.store().writeState([1], "a.json", isDurable: false) }
    #expect(error?.message == "'.casus' is not a folder")
    #expect(error?.exit == .cannotCreate)
    #expect(throws: Diagnostic.self) { try folder.store().lock() }
    #expect(folder.store().state("a.json") == nil)
  }

  @Test func keepsObjects() throws {
    let store = folder.store()
    let bytes = Array("abc".utf8)
    let digest = try store.keep(bytes)
    #expect(digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(store.isKept(digest))
    #expect(folder.text(".casus/objects/ba/" + digest.dropFirst(2)) == "abc")
    #expect(try store.keep(bytes) == digest)
    #expect(folder.store().kept(digest) == bytes)
    #expect(try store.kept(store.keep([])) == [])
    for other in [String(repeating: "0", count: 64), "", "../../x", digest.uppercased()] {
      #expect(store.kept(other) == nil)
      #expect(!store.isKept(other))
    }
  }

  @Test(arguments: ["abd", "ab", "abcd", ""]) func removesDamagedObjects(damage: String) throws {
    let store = folder.store()
    let digest = try store.keep(Array("abc".utf8))
    try folder.write(damage, ".casus/objects/ba/" + digest.dropFirst(2))
    #expect(store.kept(digest) == nil)
    #expect(!store.isKept(digest))
    #expect(try store.keep(Array("abc".utf8)) == digest)
    #expect(store.kept(digest) == Array("abc".utf8))
  }

  @Test func locksOneRunOutForAsLongAsItIsHeld() throws {
    let lock = try folder.store().lock()
    let error = #expect(throws: Diagnostic.self) { try folder.store().lock() }
    #expect(error?.message == "another run of this workspace is under way (process \(getpid()))")
    #expect(error?.exit == .busy)
    #expect(try command("flock", "-n", folder.place(".casus/lock"), "true") == 1)
    lock.release()
    #expect(try command("flock", "-n", folder.place(".casus/lock"), "true") == 0)
    _ = try folder.store().lock()
    _ = try folder.store().lock()
  }

  @Test func aKilledRunLeavesNoLock() throws {
    try folder.makeFolder(".casus")
    let child = Process()
    child.executableURL = URL(filePath: "/usr/bin/env")
    child.arguments = ["flock", "--no-fork", folder.place(".casus/lock"), "sleep", "60"]
    try child.run()
    var isBusy = false
    for _ in 0..<200 where !isBusy {
      do { try folder.store().lock().release() } catch { isBusy = error.exit == .busy }
      Thread.sleep(forTimeInterval: 0.01)
    }
    #expect(isBusy)
    kill(child.processIdentifier, SIGKILL)
    child.waitUntilExit()
    try folder.write("half an object", ".casus/temporary/1-1")
    _ = try folder.store().lock()
    #expect(!folder.exists(".casus/temporary/1-1"))
  }

  @Test func writesFromManyThreads() throws {
    let store = folder.store()
    DispatchQueue.concurrentPerform(iterations: 64) { index in
      do {
        let digest = try store.keep(Array("object \(index % 8)".utf8))
        #expect(store.kept(digest) == Array("object \(index % 8)".utf8))
      } catch { Issue.record(error) }
    }
    #expect(store.stateNames(in: "temporary") == [])
  }
}
