import Compression
import Crypto
import DelimitedText
import Foundation
import JSONText
import Snapshots
import Synchronization
import Workbench

/// What libFuzzer calls with bytes of its own.
///
/// The first says what they stand for. Nothing may come of it but a `Diagnostic`.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard count > 1 else { return 0 }
  let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: count))
  let content = Array(bytes.dropFirst(2))
  switch bytes[0] % 3 {
  case 0: readMembers(Array(bytes.dropFirst()))
  case 1: verify(Array(bytes.dropFirst()))
  default: verify(Template.shared.archive(replacing: Int(bytes[1]), by: content))
  }
  return 0
}

/// Begins, and leaves the rest to libFuzzer.
@main enum SnapshotFuzzer {
  static func main() {
    var count = CommandLine.argc
    var words = unsafe Optional(CommandLine.unsafeArgv)
    exit(unsafe runDriver(&count, &words, fuzz))
  }
}
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ fuzz: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Reads a zip file of a stranger as sources do: its end, its directory, every member.
private func readMembers(_ bytes: [UInt8]) {
  do throws(Diagnostic) {
    let tail = Array(bytes.suffix(ZipEnd.longest))
    let end = try ZipEnd(tail: tail, fileBytes: bytes.count)
    let directory = try ZipDirectory(Array(bytes[end.directory]), end: end)
    for member in directory.members where member.bytes < 1 << 20 {
      let start = member.place.lowerBound
      var pending = try member.data(localHeader: Array(bytes[start..<start + member.localHeaderBytes]))
      var decoder = try ZipMemberDecoder(member)
      var buffer = [UInt8](repeating: 0, count: 4096)
      while try decoder.decode(bytes, &pending, into: &buffer, from: 0) == buffer.count {}
      try decoder.finish()
    }
  } catch {
    _ = error.message
  }
}

/// Proves a snapshot whose last digest is made anew, as a forger would, and reads what it holds.
private func verify(_ bytes: [UInt8]) {
  let sealed = bytes + Array(hexadecimal(bytes).utf8)
  do throws(Diagnostic) {
    let snapshot = try Snapshot.verify(MemoryArchive(content: sealed), in: context)
    for analysis in try snapshot.analyses {
      let result = try snapshot.result(of: analysis)
      _ = (result["findings"]?.elements ?? []).compactMap(Finding.init)
      for schema in (result["tables"]?.elements ?? []).compactMap(TableSchema.init) {
        guard let file = try snapshot.table(schema.name, of: analysis) else { continue }
        _ = try ResultTable(reading: file, schema: schema)
      }
    }
    _ = try snapshot.steps
  } catch {
    _ = error.message
  }
}

/// A snapshot, of which one file is replaced and every digest made anew; it lies where `SNAPSHOT` says.
private struct Template: Sendable {
  static let shared = Template()
  private var folder = ""
  private var files: [(name: String, bytes: [UInt8])] = []

  private init() {
    let path = ProcessInfo.processInfo.environment["SNAPSHOT"] ?? ""
    do {
      let snapshot = try Snapshot(MemoryArchive(content: [UInt8](Data(contentsOf: URL(filePath: path)))))
      folder = snapshot.folder
      for entry in snapshot.entries {
        files.append((entry.name, try snapshot.open(entry).readAll(limit: 1 << 24, tooLarge: unreadable)))
      }
    } catch {
      print("SNAPSHOT must name a snapshot: \(error)")
      exit(1)
    }
  }

  func archive(replacing number: Int, by content: [UInt8]) -> [UInt8] {
    var files = files
    let place = number % files.count
    files[place].bytes = content
    if files[place].name.hasPrefix("data/"), files[place].name != crate { mendCrate(&files) }
    let payload = files.filter { $0.name.hasPrefix("data/") }
    // A replaced manifest stays as it is; all others say what is so.
    func list(_ name: String, _ listed: [(name: String, bytes: [UInt8])]) {
      guard files[place].name != name, let at = files.firstIndex(where: { $0.name == name }) else { return }
      files[at].bytes = Array(listed.map { "\(hexadecimal($0.bytes))  \($0.name)\n" }.joined().utf8)
    }
    list("manifest-sha256.txt", payload)
    list("tagmanifest-sha256.txt", files.filter { !$0.name.contains("/") && !$0.name.hasPrefix("tag") })
    let output = MemoryOutput()
    var writer = ZipWriter(to: output, in: context)
    do throws(Diagnostic) {
      _ = try writer.add(files.map { ZipEntry("\(folder)/\($0.name)", .bytes($0.bytes)) })
      try writer.finish()
    } catch {
      return []
    }
    return Array(output.bytes.dropLast(64))
  }

  /// Has the crate say what is so of every other file.
  private func mendCrate(_ files: inout [(name: String, bytes: [UInt8])]) {
    guard let place = files.firstIndex(where: { $0.name == crate }), let json = JSONValue(reading: files[place].bytes),
      case .object(var members) = json
    else { return }
    members["@graph"] = .array(
      (json["@graph"]?.elements ?? []).map { entity in
        guard case .object(var facts) = entity, facts["sha256"] != nil,
          let file = files.first(where: { $0.name == "data/\(entity["@id"]?.text ?? "")" })
        else { return entity }
        facts["contentSize"] = .string(String(file.bytes.count))
        facts["sha256"] = .string(hexadecimal(file.bytes))
        return .object(facts)
      })
    files[place].bytes = Array(JSONValue.object(members).pretty.utf8)
  }
}
private let crate = "data/ro-crate-metadata.json"

private func hexadecimal(_ bytes: [UInt8]) -> String {
  SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

// MARK: - Files in memory

private let unreadable = DiagnosticKind("fuzzer.unreadable", "What is not there cannot be read.", "It is the fuzzer's.")

private struct MemoryArchive: PlacedFile {
  let name = "x.zip"
  let content: [UInt8]
  var bytes: Int { content.count }
  func read(at place: Int, count: Int) throws(Diagnostic) -> [UInt8] {
    guard place >= 0, count >= 0, count <= content.count - place else { throw .error(unreadable, "beyond the end") }
    return Array(content[place..<place + count])
  }
}
private final class MemoryOutput: OutputFile {
  private(set) var bytes: [UInt8] = []
  func append(_ bytes: [UInt8]) throws(Diagnostic) { self.bytes += bytes }
}
private struct NoFiles: InputFiles {
  func parts(of paths: InputPaths) throws(Diagnostic) -> [InputPart] { [] }
  func open(_ part: InputPart) throws(Diagnostic) -> any InputFile { throw .error(unreadable, "no file") }
  func openStored(_ path: InputPath) throws(Diagnostic) -> any InputFile { throw .error(unreadable, "no file") }
  func lend(_ path: InputPath) throws(Diagnostic) -> String { throw .error(unreadable, "no file") }
}
private struct OneWorker: Workers {
  let count = 1
  func run(_ count: Int, _ body: @Sendable (Int) -> Void) { for index in 0..<count { body(index) } }
}
private let context = RunContext(files: NoFiles(), services: RunContext.Services(workers: OneWorker()))
