import FileStore
import Foundation
import Testing
import Workbench

@Suite struct ExportTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func begin(
    _ path: String, _ shape: ExportShape = .folder, inputs: [String] = [], allowOutside: Bool = false
  ) throws(Diagnostic) -> any ExportTransaction {
    try folder.store().beginExport(
      to: path, shape: shape, protecting: inputs.map { InputPath($0) }, allowOutside: allowOutside)
  }
  private func export(
    _ path: String, _ files: [String: String], _ shape: ExportShape = .folder, replacing earlier: [ExportedFile] = []
  ) throws -> [ExportedFile] {
    let export = try begin(path, shape)
    for (name, text) in files { try export.write(Array(text.utf8), named: name) }
    return try export.commit(replacing: earlier)
  }

  @Test func writesAFolder() throws {
    let files = try export("out/tables", ["b/x.csv": "abc", "a.json": ""])
    #expect(
      folder.listing() == [
        "out", "out/tables", "out/tables/a.json", "out/tables/b", "out/tables/b/x.csv", "workspace.yaml",
      ])
    #expect(folder.text("out/tables/b/x.csv") == "abc")
    #expect(files.map(\.path) == ["out/tables/a.json", "out/tables/b/x.csv"])
    #expect(files.map(\.bytes) == [0, 3])
    #expect(files[1].digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(folder.store().isUntouched(files))
    try folder.write("abd", "out/tables/b/x.csv")
    #expect(!folder.store().isUntouched(files))
    #expect(folder.store().isUntouched([files[0]]))
  }

  @Test func writesAFile() throws {
    let files = try export("out/x.zip", ["x.zip": "PK"], .file(extension: "zip"))
    #expect(files.map(\.path) == ["out/x.zip"])
    #expect(try export("out/x.zip", ["x.zip": "PKPK"], .file(extension: "zip")).map(\.bytes) == [4])
    #expect(folder.text("out/x.zip") == "PKPK")
    #expect(folder.listing() == ["out", "out/x.zip", "workspace.yaml"])
    #expect(!folder.store().isUntouched(files))
  }

  @Test func leavesNothingBehindBeforeItIsCommitted() throws {
    var transaction: (any ExportTransaction)? = try begin("out/deep/tables")
    try transaction?.write([1], named: "a/b.csv")
    #expect(folder.exists("out/deep"))
    #expect(!folder.exists("out/deep/tables"))
    transaction?.abandon()
    #expect(folder.listing() == ["workspace.yaml"])
    #expect(throws: Diagnostic.self) { try transaction?.write([1], named: "later.csv") }
    transaction = try begin("out/tables")
    try transaction?.write([1], named: "a.csv")
    transaction = nil
    #expect(folder.listing() == ["workspace.yaml"])
  }

  @Test func replacesOnlyWhatIsItsOwn() throws {
    let earlier = try export("out", ["a.csv": "1", "old/b.csv": "2", "old/mine.csv": "3"])
    try folder.write("touched", "out/old/mine.csv")
    try folder.write("notes", "out/notes.txt")
    let files = try export("out", ["a.csv": "4"], replacing: earlier)
    #expect(folder.listing("out") == ["a.csv", "notes.txt", "old", "old/mine.csv"])
    #expect(folder.text("out/a.csv") == "4")
    #expect(folder.text("out/old/mine.csv") == "touched")
    #expect(folder.store().isUntouched(files))
  }

  @Test func removesNothingElsewhereWhateverTheStateSays() throws {
    try folder.write("precious", "data/precious.csv")
    let real = try export("data2", ["precious.csv": "x"])
    for path in ["data2/precious.csv", "out/../data2/precious.csv", folder.place("data2/precious.csv")] {
      _ = try export(
        "out", ["a.csv": "1"], replacing: real.map { ExportedFile(path: path, bytes: 1, digest: "", stamp: $0.stamp) })
      #expect(folder.text("data2/precious.csv") == "x")
    }
  }

  @Test func staysInTheFolder() throws {
    let other = try TemporaryFolder()
    try folder.link("away", to: other.path)
    try folder.link("lost", to: "nowhere")
    for path in ["../out", "a/../../out", "/somewhere/casus-out", other.place("out"), "away/out", "away"] {
      let error = #expect(throws: Diagnostic.self, "\(path)") { try begin(path) }
      #expect(error?.id == "export.outside", "\(path)")
      #expect(error?.exit == .invalid)
    }
    #expect(throws: Diagnostic.self) { try begin("lost/x") }
    let allowed = try begin("away/out", allowOutside: true)
    try allowed.write([65], named: "a.csv")
    #expect(try allowed.commit(replacing: []).map(\.path) == [other.place("out/a.csv")])
    #expect(other.text("out/a.csv") == "A")
    _ = try begin("a/../out")
    _ = try begin("./out")
    _ = try begin(folder.place("out"))
  }

  @Test func protectsWhatMustNotBeOverwritten() throws {
    try folder.makeFolder(".git")
    try folder.makeFolder("sub/.git")
    try folder.write("x", "data/events.csv")
    try folder.write("x", "data/in.zip")
    try folder.link("alias", to: "data/in.zip")
    for path in [".", "..", "/", folder.path, ".git", ".git/hooks", ".casus", ".casus/x", "sub", "data"] {
      let error = #expect(throws: Diagnostic.self, "\(path)") {
        try begin(path, inputs: ["data/events.csv"], allowOutside: true)
      }
      #expect(error?.id == "export.protected", "\(path)")
    }
    for path in ["data/in.zip", "./data/../data/in.zip"] {
      let error = #expect(throws: Diagnostic.self) { try begin(path, .file(extension: "zip"), inputs: ["alias"]) }
      #expect(error?.id == "export.protected")
    }
    #expect(throws: Diagnostic.self) { try begin("workspace.yaml", .file(extension: "yaml")) }
    _ = try begin("data", inputs: ["other/events.csv"])
  }

  @Test func checksTheShape() throws {
    try folder.makeFolder("x.zip")
    try folder.write("", "file")
    for (path, shape) in [
      ("x.zip", ExportShape.file(extension: "zip")), ("out/x", .file(extension: "zip")),
      ("out/.zip", .file(extension: "zip")),
      ("out/x.zip/", .file(extension: "zip")), ("file", .folder), ("", .folder), ("a\0b", .folder),
    ] {
      let error = #expect(throws: Diagnostic.self, "\(path)") { try begin(path, shape) }
      #expect(error?.id == "export.bad-path", "\(path)")
    }
  }

  @Test func refusesNamesThatLeaveTheExport() throws {
    let export = try begin("out")
    try export.write([1], named: "a.csv")
    for name in ["../x", "/x", "a//b", "", "a/./b", "a.csv", "x\0"] {
      let error = #expect(throws: Diagnostic.self, "\(name)") { try export.write([1], named: name) }
      #expect(error?.exit == .plugin)
    }
    let file = try begin("out.zip", .file(extension: "zip"))
    #expect(file.fileName == "out.zip")
    #expect(throws: Diagnostic.self) { try file.write([1], named: "other.zip") }
  }

  @Test func changesNothingWhereAPlaceIsTaken() throws {
    try folder.write("1", "out/a.csv")
    try folder.makeFolder("out/b.csv")
    #expect(throws: Diagnostic.self) { try export("out", ["a.csv": "2", "b.csv": "2"]) }
    #expect(folder.text("out/a.csv") == "1")
    let other = try TemporaryFolder()
    try folder.link("out/linked", to: other.path)
    #expect(throws: Diagnostic.self) { try export("out", ["a.csv": "2", "linked/x.csv": "2"]) }
    #expect(folder.text("out/a.csv") == "1")
    #expect(!other.exists("x.csv"))
    #expect(folder.listing("out").sorted() == ["a.csv", "b.csv", "linked"])
  }

  @Test func cleansUpAfterAKilledRunButNotAfterALivingOne() throws {
    try folder.write("half", "out/.tables.casus-part/a.csv")
    let export = try begin("out/tables")
    try export.write([65], named: "b.csv")
    let second = try begin("out/tables")
    let error = #expect(throws: Diagnostic.self) { try second.write([66], named: "b.csv") }
    #expect(error?.exit == .busy)
    second.abandon()
    _ = try export.commit(replacing: [])
    #expect(folder.listing("out") == ["tables", "tables/b.csv"])
    #expect(folder.text("out/tables/b.csv") == "A")
  }

  @Test func writesNothingIntoAReadOnlyFolder() throws {
    guard !isRoot else { return print("skipped: root writes into every folder") }
    try folder.makeFolder("out")
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.place("out"))
    let error = #expect(throws: Diagnostic.self) { try export("out/tables", ["a.csv": "1"]) }
    #expect(error?.exit == .cannotCreate)
    #expect(error?.message == "cannot write 'out/tables': permission denied")
  }
}

/// A disk that is full, read-only, or limits the size of files.
@Suite(.serialized) struct FullDiskTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func mounting(_ body: () throws -> Void) throws {
    try folder.makeFolder("disk")
    guard isRoot, try command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.place("disk")) == 0 else {
      return print("skipped: only root may mount a small disk")
    }
    defer { _ = try? command("umount", "-l", folder.place("disk")) }
    try body()
  }

  @Test func changesNothingWhereTheDiskIsFull() throws {
    try mounting {
      try folder.write("old", "disk/out.zip")
      let export = try folder.store().beginExport(
        to: "disk/out.zip", shape: .file(extension: "zip"), protecting: [], allowOutside: false)
      let error = #expect(throws: Diagnostic.self) {
        try export.write("out.zip") { (file) throws(Diagnostic) in
          for _ in 0..<10 { try file.append([UInt8](repeating: 1, count: 300_000)) }
        }
      }
      #expect(error?.message.hasPrefix("the disk is full: ") == true)
      #expect(error?.message.hasSuffix(" bytes of 'disk/out.zip' were written; nothing was changed") == true)
      #expect(error?.exit == .io)
      export.abandon()
      #expect(folder.listing("disk") == ["out.zip"])
      #expect(folder.text("disk/out.zip") == "old")

      let store = FileStore(folder: folder.place("disk"), workspaceFile: folder.place("disk/workspace.yaml"))
      try store.writeState([1], "a.json", isDurable: true)
      let state = #expect(throws: Diagnostic.self) {
        try store.writeState([UInt8](repeating: 1, count: 2_000_000), "a.json", isDurable: true)
      }
      #expect(state?.exit == .io)
      #expect(throws: Diagnostic.self) { try store.keep([UInt8](repeating: 1, count: 2_000_000)) }
      #expect(store.state("a.json") == [1])
      #expect(store.stateNames(in: "temporary") == [])
    }
  }

  @Test func changesNothingOnAReadOnlyDisk() throws {
    try mounting {
      try folder.write("x", "disk/data.csv")
      #expect(try command("mount", "-o", "remount,ro", folder.place("disk")) == 0)
      let store = FileStore(folder: folder.place("disk"), workspaceFile: folder.place("disk/workspace.yaml"))
      #expect(throws: Diagnostic.self) { try store.lock() }
      let export = try store.beginExport(to: "out", shape: .folder, protecting: [], allowOutside: false)
      let error = #expect(throws: Diagnostic.self) { try export.write([1], named: "a.csv") }
      #expect(error?.message == "cannot write 'out': the file system is read-only")
      #expect(error?.exit == .cannotCreate)
    }
  }

  @Test func survivesALimitOnTheSizeOfFiles() throws {
    var before = rlimit()
    #expect(unsafe getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &before) == 0)
    var limit = rlimit(rlim_cur: 64 << 20, rlim_max: before.rlim_max)
    #expect(unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
    defer { _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &before) }
    let export = try folder.store().beginExport(to: "out", shape: .folder, protecting: [], allowOutside: false)
    let error = #expect(throws: Diagnostic.self) {
      try export.write([UInt8](repeating: 1, count: 65 << 20), named: "a.csv")
    }
    #expect(error?.message.hasPrefix("files may not grow larger here: \(64 << 20) bytes of 'out/a.csv'") == true)
  }
}
