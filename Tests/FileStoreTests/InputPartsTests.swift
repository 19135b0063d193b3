import FileStore
import Foundation
import TestSupport
import Testing
import Workbench

/// What paths, patterns and zip files stand for, in a folder on disk.
@Suite struct InputPartsTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func names(_ paths: String..., in store: FileStore? = nil) throws(Diagnostic) -> [String] {
    try (store ?? folder.store()).parts(of: InputPaths(paths.map { InputPath($0) })).map(\.name)
  }
  private func problem(_ paths: String...) throws -> Diagnostic {
    let error = #expect(throws: Diagnostic.self) {
      try folder.store().parts(of: InputPaths(paths.map { InputPath($0) }))
    }
    return try #require(error)
  }
  private func text(_ part: InputPart, in store: FileStore? = nil) throws -> String {
    let bytes = try (store ?? folder.store()).open(part).readAll(limit: 1 << 26, tooLarge: tooLarge)
    return String(decoding: bytes, as: UTF8.self)
  }
  private let tooLarge = DiagnosticKind("test.large", "Too large.", "Tests write small files.")

  @Test func findsFilesInTheOrderOfTheirBytes() throws {
    for name in ["data/b.csv", "data/B.csv", "data/é.csv", "data/a.csv", "data/.hidden.csv", "data/a.txt"] {
      try folder.write(name, name)
    }
    try folder.makeFolder("data/folder.csv")
    #expect(try names("data/*.csv") == ["data/B.csv", "data/a.csv", "data/b.csv", "data/é.csv"])
    #expect(try names("data/.*.csv") == ["data/.hidden.csv"])
    #expect(try names("d*/[ab].csv", "data/a.txt") == ["data/a.csv", "data/b.csv", "data/a.txt"])
    #expect(try names("data/b.csv", "data/a.csv") == ["data/b.csv", "data/a.csv"])
    #expect(try names(folder.place("data/[ab].csv")) == [folder.place("data/a.csv"), folder.place("data/b.csv")])
    #expect(try names("./data/a.cs?") == ["data/a.csv"])
  }

  @Test func takesAPathThatExistsLiterally() throws {
    try folder.write("x", "events[1].csv")
    try folder.write("y", "events1.csv")
    #expect(try names("events[1].csv") == ["events[1].csv"])
    #expect(try names("events[0-9].csv") == ["events1.csv"])
  }

  @Test func saysWhatIsNearAPatternThatMatchesNothing() throws {
    for name in ["data/events.CSV", "data/notes.txt", "data/.x.csv"] { try folder.write("x", name) }
    let other = try problem("data/*.csv")
    #expect(other.id == "input.no-match")
    #expect(other.message == "'data/*.csv' matches no file")
    #expect(other.hint == "the folder 'data' has 2 files; nearest: 'events.CSV', 'notes.txt'")
    #expect(try problem("dta*/*.csv").hint == "the folder '.' has 1 folder; nearest: 'data'")
    #expect(try problem("data/x/*.csv").hint == "the folder 'data' has no folders")
    #expect(try problem("data/events.csv").id == "input.missing")
    try folder.link("data/lost.csv", to: "nowhere")
    #expect(try problem("data/*.csv").message == "'data/lost.csv' is a symbolic link that leads nowhere")
  }

  @Test func refusesAFileNamedTwice() throws {
    try folder.write("x", "data/a.csv")
    try folder.link("data/b.csv", to: "a.csv")
    #expect(try problem("data/a.csv", "data/a.csv").message == "'data/a.csv' is named twice")
    #expect(try problem("data/a.csv", "./data/a.csv").message == "'./data/a.csv' and 'data/a.csv' are one file")
    #expect(try problem("data/*.csv").message == "'data/b.csv' and 'data/a.csv' are one file")
    #expect(try problem("data/a.*", "data/[a].csv").id == "input.named-twice")
    // Two days may have equal files, which some programs store once.
    try FileManager.default.removeItem(atPath: folder.place("data/b.csv"))
    try FileManager.default.linkItem(atPath: folder.place("data/a.csv"), toPath: folder.place("data/c.csv"))
    #expect(try names("data/*.csv") == ["data/a.csv", "data/c.csv"])
  }

  @Test func looksPatternsUpOnceInARun() throws {
    try folder.write("x", "data/a.csv")
    let store = folder.store()
    #expect(try names("data/*.csv", in: store) == ["data/a.csv"])
    try folder.write("x", "data/b.csv")
    #expect(try names("data/*.csv", in: store) == ["data/a.csv"])
    #expect(try names("data/*.csv") == ["data/a.csv", "data/b.csv"])
  }

  @Test func readsTheMembersOfAZipThatPythonWrote() throws {
    let script = """
      import sys, zipfile
      with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as z:
          for name in ["z.csv", "a.CSV", "notes.md", "__MACOSX/z.csv", ".hidden.csv", "in/.x/y.csv", "in/b.tsv", "c.tab", "d.txt", "e.csv.gz", "csv"]:
              z.writestr(name, name * 1000)
          z.mkdir("folder.csv")
          z.writestr(zipfile.ZipInfo("stored.csv"), "as it is", zipfile.ZIP_STORED)
      """
    #expect(try command("python3", "-c", script, folder.place("all.zip")) == 0)
    let store = folder.store()
    let parts = try store.parts(of: InputPaths("all.zip"))
    #expect(parts.map(\.member) == ["z.csv", "a.CSV", "in/b.tsv", "c.tab", "d.txt", "stored.csv"])
    for part in parts.dropLast() {
      #expect(try text(part, in: store) == String(repeating: try #require(part.member), count: 1000))
    }
    #expect(try text(parts[5], in: store) == "as it is")
    #expect(try names("all.zip/*.csv") == ["all.zip/z.csv", "all.zip/stored.csv"])
    #expect(try names("all.zip/*/b.tsv", "all.zip/notes.md") == ["all.zip/in/b.tsv", "all.zip/notes.md"])
    #expect(try names("al*.zip/c.*") == ["all.zip/c.tab"])
    #expect(try problem("all.zip", "all.zip/c.tab").message == "'all.zip/c.tab' is named twice")
    let missing = try problem("all.zip/zz.csv")
    #expect(missing.message == "'all.zip' has no member 'zz.csv'")
    #expect(missing.hint == "did you mean 'all.zip/z.csv'?")
    #expect(missing.exit == .noInput)
  }

  @Test func readsAZipAsOneFileWhereItHasOneMember() throws {
    try folder.write(ZipFixture([.init("a.csv", "id\n"), .init("readme.md", "no data")]).file, "one.zip")
    #expect(try text(InputPart(InputPath("one.zip"))) == "id\n")
    try folder.write(ZipFixture([.init("a.csv", "id\n"), .init("b.csv", "id\n")]).file, "two.zip")
    let several = #expect(throws: Diagnostic.self) { try folder.store().open(InputPath("two.zip")) }
    #expect(several?.message == "'two.zip' has 2 files, expected one")
    #expect(several?.hint == "name the one that is meant: 'two.zip/a.csv'")
    // By its bytes, not by its name.
    try folder.write(ZipFixture([.init("a.csv", "id\n")]).file, "odd-name")
    #expect(try names("odd-name") == ["odd-name/a.csv"])
    try folder.write("id\n", "no.zip")
    #expect(try names("no.zip") == ["no.zip"])
    #expect(try problem("no.zip/a.csv").id == "input.missing")
  }

  @Test func saysWhatAZipHasThatHasNoData() throws {
    try folder.write(ZipFixture([.init("a.xml", "x"), .init("b/", "")]).file, "x.zip")
    let none = try problem("x.zip")
    #expect(none.id == "input.no-member")
    #expect(none.hint == "name the one that is meant: 'x.zip/a.xml', or a pattern")
    #expect(none.notes == ["'a.xml'"])
    try folder.write(ZipFixture([.init("[Content_Types].xml", "x"), .init("xl/workbook.xml", "x")]).file, "x.xlsx")
    #expect(try problem("x.xlsx").hint == "save its sheet as CSV in UTF-8")
    // A name with the characters of a pattern.
    #expect(try names("x.xlsx/[Content_Types].xml") == ["x.xlsx/[Content_Types].xml"])
    try folder.write(ZipFixture([]).file, "empty.zip")
    #expect(try problem("empty.zip").hint == "it has no members at all")
  }

  @Test func namesTheFileOfADamagedZip() throws {
    var member = ZipFixture.Member("a.csv", "id\n")
    member.crc ^= 1
    try folder.write(ZipFixture([member]).file, "bad.zip")
    let error = #expect(throws: Diagnostic.self) { try text(InputPart(InputPath("bad.zip"))) }
    #expect(error?.id == "input.damaged-zip")
    #expect(error?.location?.file == "bad.zip")
    try folder.write(Array(ZipFixture([member]).file.dropLast(30)), "short.zip")
    #expect(try problem("short.zip").location?.file == "short.zip")
  }

  /// Each member within the limits, all together beyond them.
  @Test func refusesABombOfManyMembers() throws {
    var members: [ZipFixture.Member] = []
    for number in 0..<20 {
      var member = ZipFixture.Member("\(number).csv", [], deflated: [UInt8](repeating: 0, count: 60_000))
      member.bytes = 60 << 20
      members.append(member)
    }
    try folder.write(ZipFixture(members).file, "bomb.zip")
    let error = try problem("bomb.zip")
    #expect(error.id == "input.bomb")
    #expect(error.location?.file == "bomb.zip")
    #expect(try names("bomb.zip/1.csv") == ["bomb.zip/1.csv"])
  }

  @Test func givesTheDigestOfTheZipAsItIsStored() throws {
    let file = ZipFixture([.init("a.csv", "id\n"), .init("b.csv", "id\n")]).file
    try folder.write(file, "two.zip")
    let store = folder.store()
    for part in try store.parts(of: InputPaths("two.zip")) { #expect(try text(part, in: store) == "id\n") }
    let digest = try store.digestAsRead(of: InputPath("two.zip"))
    #expect(try folder.store().digest(of: InputPath("two.zip")) == digest)
  }

  @Test(arguments: [true, false]) func noticesAZipThatChanges(whileMembersAreRead: Bool) throws {
    let long = String(repeating: "id,date\n", count: 200_000)
    try folder.write(ZipFixture([.init("a.csv", long), .init("b.csv", "id\n")]).file, "two.zip")
    let store = folder.store()
    let parts = try store.parts(of: InputPaths("two.zip"))
    let file = try store.open(parts[0])
    var buffer = [UInt8](repeating: 0, count: 1000)
    #expect(try file.read(into: &buffer, from: 0) == 1000)
    if !whileMembersAreRead { _ = try file.readAll(limit: 1 << 26, tooLarge: tooLarge) }
    let handle = try FileHandle(forWritingTo: URL(filePath: folder.place("two.zip")))
    try handle.seek(toOffset: 100)
    try handle.write(contentsOf: Data([66]))
    try handle.close()
    if whileMembersAreRead {
      let error = #expect(throws: Diagnostic.self) { try file.readAll(limit: 1 << 26, tooLarge: tooLarge) }
      #expect(error?.message == "'two.zip' changed while it was read")
    }
    for error in [
      #expect(throws: Diagnostic.self) { try store.digestAsRead(of: InputPath("two.zip")) },
      #expect(throws: Diagnostic.self) { try store.open(parts[1]) },
    ] { #expect(error?.id == "input.changed") }
  }

  @Test func lendsAFileAndNoticesThatItChanges() throws {
    try folder.write("one", "data/events.sqlite")
    try folder.link("linked", to: "data/events.sqlite")
    let store = folder.store()
    #expect(try store.lend(InputPath("data/events.sqlite")) == folder.place("data/events.sqlite"))
    #expect(try store.lend(InputPath("linked")) == folder.place("data/events.sqlite"))
    let digest = try store.digest(of: InputPath("data/events.sqlite"))
    #expect(try store.digestAsRead(of: InputPath("data/events.sqlite")) == digest)
    try folder.write("two", "data/events.sqlite")
    let error = #expect(throws: Diagnostic.self) { try store.digestAsRead(of: InputPath("data/events.sqlite")) }
    #expect(error?.message == "'data/events.sqlite' changed while it was read")
    try folder.makeFolder("folder")
    #expect(throws: Diagnostic.self) { try store.lend(InputPath("folder")) }
  }
}
