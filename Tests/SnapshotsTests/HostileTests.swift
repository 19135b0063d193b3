import Compression
import TestSupport
import Testing
import Workbench

@testable import Snapshots

/// A way to spoil a snapshot whose every digest is right otherwise.
struct Trap: Sendable, CustomTestStringConvertible {
  let name: String
  /// The kind of problem that it must be refused with.
  let kind: String
  let spoil: @Sendable (inout Forgery) -> Void
  var testDescription: String { name }

  init(_ name: String, _ kind: String = "snapshot.not-canonical", _ spoil: @escaping @Sendable (inout Forgery) -> Void)
  {
    self.name = name
    self.kind = kind
    self.spoil = spoil
  }
}

private func addingFile(_ name: String) -> @Sendable (inout Forgery) -> Void {
  { $0.files.append((name, Array("x".utf8))) }
}
private let workspaceFile = "data/workspace/workspace.yaml"

private let nameTraps = [
  "data/../../evil", "data/./evil", "data//evil", "data/evil\\..\\evil", "data/a\u{0}b", "data/a\nb", "data/100%0A",
  "data/WORKSPACE/workspace.yaml", "data/Run.json", "data/run.json/file", "data/workspace", "data/evil.", "data/evil ",
].map { Trap("name \($0.debugDescription)", "snapshot.not-canonical", addingFile($0)) }

private let traps: [Trap] = [
  Trap("twins by form of Unicode") {
    $0.files += [("data/workspace/\u{E9}", [1]), ("data/workspace/e\u{301}", [1])]
  },
  Trap("the same name twice") { $0.files.append(($0.files[2].name, $0.files[2].bytes)) },
  Trap("an absolute name") { $0.folder = "/small" },
  Trap("the letter of a drive", "snapshot.not-canonical") { $0.folder = "c:" },
  Trap("a folder that is no name of a workspace", "snapshot.not-one") { $0.folder = "Small" },
  Trap("out of order") { forgery in
    forgery.isSorted = false
    forgery.files.reverse()
  },
  Trap("a symbolic link") { $0.centralHeader = { name, header in if name == workspaceFile { header[41] = 0xA1 } } },
  Trap("a symbolic link and a file through it") { forgery in
    forgery.files += [("data/workspace/link", Array("/tmp".utf8)), ("data/workspace/link/evil", [1])]
    forgery.centralHeader = { name, header in if name == "data/workspace/link" { header[41] = 0xA1 } }
  },
  Trap("a folder's attribute") { $0.centralHeader = { name, header in if name == workspaceFile { header[38] = 16 } } },
  Trap("encrypted") { forgery in
    forgery.localHeader = { name, header in if name == workspaceFile { header[6] |= 1 } }
    forgery.centralHeader = { name, header in if name == workspaceFile { header[8] |= 1 } }
  },
  Trap("an unknown method") { forgery in
    forgery.localHeader = { name, header in if name == workspaceFile { header[8] = 12 } }
    forgery.centralHeader = { name, header in if name == workspaceFile { header[10] = 12 } }
  },
  Trap("headers that disagree about the name") {
    $0.localHeader = { name, header in if name == workspaceFile { header[header.count - 1] ^= 1 } }
  },
  Trap("headers that disagree about the size") {
    $0.localHeader = { name, header in if name == workspaceFile { header[22] ^= 1 } }
  },
  Trap("a wrong checksum") { $0.record = { record in if record.bytes > 0 { record.crc ^= 1 } } },
  Trap("a time") { forgery in
    forgery.localHeader = { _, header in header[10] = 1 }
    forgery.centralHeader = { _, header in header[12] = 1 }
  },
  Trap("bytes before the first entry") { $0.before = Array("#!/bin/sh\n".utf8) },
  Trap("bytes before the directory") { $0.between = [0] },
  Trap("bytes after the end", "snapshot.damaged") { $0.after = [0] },
  Trap("an entry over another") { $0.record = { record in if record.offset > 0 { record.offset -= 1 } } },
  Trap("an entry that is all entries") { $0.record = { record in record.offset = 0 } },
  Trap("a size that is not there") { $0.record = { record in record.bytes += 1 } },
  Trap("a declared size of 60 GiB") { forgery in
    forgery.stored = { name, bytes in
      name == workspaceFile ? (deflated(text(5_000)) ?? [], true, 60 << 30) : nil
    }
  },
  Trap("a ratio above 200") { forgery in
    let zeros = [UInt8](repeating: 0, count: 80 << 20)
    let stream = deflated(zeros) ?? []
    forgery.files = forgery.files.map { $0.name == workspaceFile ? ($0.name, zeros) : $0 }
    forgery.stored = { name, bytes in name == workspaceFile ? (stream, true, zeros.count) : nil }
  },
  Trap("a garbled stream") { forgery in
    forgery.stored = { name, bytes in name == workspaceFile ? (Array(bytes.reversed()), true, bytes.count) : nil }
  },
  Trap("data after a stream") { forgery in
    forgery.stored = { name, bytes in
      name == "data/README.md" ? ((deflated(bytes) ?? []) + [0], true, bytes.count) : nil
    }
  },
]

private let bagTraps: [Trap] = [
  Trap("an unlisted file", "snapshot.open-world") { forgery in
    forgery.files.append(("data/workspace/extra.csv", [1]))
    forgery.unlisted = ["data/workspace/extra.csv"]
  },
  Trap("an unlisted file beside the manifests", "snapshot.open-world") { forgery in
    forgery.files.append(("notes.txt", [1]))
    forgery.unlisted = ["notes.txt"]
  },
  Trap("a listed file beside the manifests", "snapshot.open-world") { $0.files.append(("notes.txt", [1])) },
  Trap("files to fetch", "snapshot.open-world") {
    $0.files.append(("fetch.txt", Array("https://example.org/x 1 data/x\n".utf8)))
  },
  Trap("a listing of nothing", "snapshot.open-world") {
    $0.manifest = { $0 + "\(String(repeating: "0", count: 64))  data/workspace/zzz\n" }
  },
  Trap("a removed tag manifest", "snapshot.open-world") { $0.tagManifest = { _ in "" } },
  Trap("a removed declaration", "snapshot.not-one") { $0.files.removeAll { $0.name == "bagit.txt" } },
  Trap("another version of BagIt", "snapshot.not-one") { forgery in
    forgery.files = forgery.files.map {
      $0.name == "bagit.txt"
        ? ($0.name, Array(String(decoding: $0.bytes, as: UTF8.self).replacing("1.0", with: "0.97").utf8)) : $0
    }
  },
  Trap("lines that end with CRLF", "snapshot.open-world") { $0.manifest = { $0.replacing("\n", with: "\r\n") } },
  Trap("a line twice", "snapshot.open-world") { $0.manifest = { $0 + ($0.split(separator: "\n").last ?? "") + "\n" } },
  Trap("digits in upper case", "snapshot.open-world") {
    $0.manifest = { text in
      text.split(separator: "\n").map { $0.prefix(64).uppercased() + $0.dropFirst(64) + "\n" }.joined()
    }
  },
  Trap("one blank", "snapshot.open-world") { $0.manifest = { $0.replacing("  ", with: " ") } },
  Trap("a star", "snapshot.open-world") { $0.manifest = { $0.replacing("  ", with: " *") } },
  Trap("an escaped name", "snapshot.open-world") {
    $0.manifest = { $0.replacing("data/run.json", with: "data/run%2Ejson") }
  },
  Trap("no last line feed", "snapshot.open-world") { $0.manifest = { String($0.dropLast()) } },
  Trap("a digest of something else", "snapshot.wrong-digest") {
    $0.manifest = { text in
      text.split(separator: "\n").map { line in
        (line.hasSuffix("README.md") ? String(repeating: "0", count: 64) + line.dropFirst(64) : String(line)) + "\n"
      }.joined()
    }
  },
  Trap("a tag file of another digest", "snapshot.wrong-digest") {
    $0.tagManifest = { String(repeating: "0", count: 64) + $0.dropFirst(64) }
  },
]

private func changing(_ name: String, _ old: String, _ new: String) -> @Sendable (inout Forgery) -> Void {
  { forgery in
    forgery.files = forgery.files.map { file in
      guard file.name == name else { return file }
      return (file.name, Array(String(decoding: file.bytes, as: UTF8.self).replacing(old, with: new).utf8))
    }
    if !name.hasSuffix("ro-crate-metadata.json") { forgery.mendCrate() }
  }
}

private let contentTraps: [Trap] = [
  Trap(
    "a crate with another size", "snapshot.contradiction",
    changing("data/ro-crate-metadata.json", "\"contentSize\": \"", "\"contentSize\": \"9")),
  Trap(
    "a crate that is silent about a file", "snapshot.contradiction",
    changing("data/ro-crate-metadata.json", "\"sha256\": \"", "\"md5\": \"")),
  Trap(
    "a data package with another digest", "snapshot.contradiction",
    changing("data/datapackage.json", "sha256:", "sha256:0")),
  Trap(
    "a data package without a table", "snapshot.contradiction",
    changing("data/datapackage.json", "counts/event-sets.csv", "counts/event-set.csv")),
  Trap(
    "inputs of another digest", "snapshot.contradiction",
    changing("data/inputs.json", "\"sha256\": \"", "\"sha256\": \"0")),
  Trap(
    "inputs that leave out a file", "snapshot.contradiction",
    changing("data/inputs.json", "\"role\": \"workspace\"", "\"role\": \"source\"")),
  Trap("a record of another workspace", "snapshot.contradiction", changing("data/run.json", "\"small\"", "\"other\"")),
  Trap("JSON in another form", "snapshot.contradiction", changing("data/inputs.json", "  ", " ")),
  Trap(
    "a key twice", "snapshot.contradiction",
    changing("data/run.json", "\"casus\": \"test\"", "\"casus\": \"other\",\n  \"casus\": \"test\"")),
]

@Suite struct HostileTests {
  @Test(arguments: nameTraps + traps + bagTraps) func isRefused(_ trap: Trap) throws {
    var forgery = try Forgery(snapshot(of: smallRun()).bytes)
    #expect(fault(in: forgery.archive) == nil, "what is not spoilt is accepted")
    trap.spoil(&forgery)
    let found = fault(in: forgery.archive)
    #expect(found?.id == trap.kind, "\(String(describing: found))")
    #expect(found?.exit == .invalid)
  }

  /// Here the crate and the lists are changed, and the manifests with them, as one would who can compute digests.
  @Test(arguments: contentTraps) func contradictionsAreFound(_ trap: Trap) throws {
    var forgery = try Forgery(snapshot(of: smallRun(withheld: true)).bytes)
    trap.spoil(&forgery)
    let found = fault(in: forgery.archive)
    #expect(found?.id == trap.kind, "\(String(describing: found))")
  }

  @Test func isNoSnapshot() throws {
    let zip = ZipFixture([.init("a.csv", "x")]).file
    #expect(fault(in: zip)?.id == "snapshot.damaged")
    #expect(fault(in: sealed(zip + [UInt8](repeating: 0, count: 64)))?.id == "snapshot.not-canonical")
    #expect(fault(in: [])?.id == "snapshot.damaged")
  }
}
