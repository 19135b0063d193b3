import Foundation
import TestSupport
import Testing

/// The built program, as a person runs it.
enum Program {
  /// What a run of the program came to.
  struct Outcome: CustomStringConvertible {
    let exitCode: Int32
    let output: String
    let messages: String
    /// What `--json` wrote, as a value.
    func json() throws -> Any { try JSONSerialization.jsonObject(with: Data(output.utf8), options: .fragmentsAllowed) }
    var description: String { "exit \(exitCode)\n\(output)\(messages)" }
  }

  /// The program named by `CASUS`, else the one built last.
  static func url() throws -> URL {
    if let path = ProcessInfo.processInfo.environment["CASUS"] { return URL(filePath: path) }
    let built = [".build/release/casus", ".build/debug/casus"].map { packageFolder.appending(path: $0) }
    let newest = built.compactMap { url -> (url: URL, date: Date)? in
      let attributes = try? FileManager.default.attributesOfItem(atPath: url.resolvingSymlinksInPath().path)
      return (attributes?[.modificationDate] as? Date).map { (url, $0) }
    }.max { $0.date < $1.date }
    return try #require(newest?.url, "build the program first, or name it in CASUS")
  }

  /// Runs the program to its end.
  /// - Parameters:
  ///   - folder: the current folder.
  ///   - environment: variables beside those of the tests.
  ///   - wrapper: a command that runs it, such as `taskset -c 0`, with its path.
  static func run(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:], through wrapper: [String] = []
  ) throws -> Outcome {
    let command = try wrapper + [url().path] + arguments
    let process = Process()
    process.executableURL = URL(filePath: command[0])
    process.arguments = Array(command.dropFirst())
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment
      .merging(["NO_COLOR": "1"]) { $1 }.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    // Files, not pipes: a full pipe would stop the program.
    let captured = try TemporaryFolder()
    let (output, messages) = (captured.url.appending(path: "output"), captured.url.appending(path: "messages"))
    for file in [output, messages] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: messages)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      exitCode: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
      output: try String(contentsOf: output, encoding: .utf8),
      messages: try String(contentsOf: messages, encoding: .utf8))
  }

  /// Starts the program and returns while it runs; what it writes goes to files in the folder.
  static func start(_ arguments: [String], in folder: TemporaryFolder, output: FileHandle? = nil) throws -> Process {
    let process = Process()
    process.executableURL = try url()
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    process.standardInput = FileHandle.nullDevice
    try folder.write("", "output")
    try folder.write("", "messages")
    process.standardOutput = try output ?? FileHandle(forWritingTo: folder.url.appending(path: "output"))
    process.standardError = try FileHandle(forWritingTo: folder.url.appending(path: "messages"))
    try process.run()
    return process
  }
}

/// A folder that is gone when nobody holds it any more.
final class TemporaryFolder: Sendable {
  let url: URL
  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "casus-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(at: url) }

  /// A file's text.
  func text(_ path: String) throws -> String { try String(contentsOf: url.appending(path: path), encoding: .utf8) }
  /// Writes a file.
  func write(_ text: String, _ path: String) throws {
    let file = url.appending(path: path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
  /// Whether there is something at a path.
  func has(_ path: String) -> Bool { FileManager.default.fileExists(atPath: url.appending(path: path).path) }
  /// The bytes of every file below a folder whose path ends so, by path.
  func files(below folder: String, ending: String = "") -> [String: Data] {
    let start = url.appending(path: folder)
    let found = FileManager.default.enumerator(at: start, includingPropertiesForKeys: [.isRegularFileKey])
    var files: [String: Data] = [:]
    while let file = found?.nextObject() as? URL {
      guard (try? file.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true, file.path.hasSuffix(ending)
      else { continue }
      files[String(file.path.dropFirst(start.path.count))] = try? Data(contentsOf: file)
    }
    return files
  }
}

/// An example workspace, copied without what earlier runs left in it.
func copyOfWorkspace(_ name: String) throws -> TemporaryFolder {
  let folder = try TemporaryFolder()
  let source = packageFolder.appending(path: "Workspaces/\(name)")
  for item in try FileManager.default.contentsOfDirectory(atPath: source.path) where !["out", ".casus"].contains(item) {
    try FileManager.default.copyItem(at: source.appending(path: item), to: folder.url.appending(path: item))
  }
  return folder
}

/// A workspace of three events, and of what a test adds to it.
func smallWorkspace(
  sources: String = "{coded: {use: csv, with: {path: data/events.csv, directed: true, ontology: cameo}}}",
  analyses: String = "{panel: {use: panel, with: {unit: directed-dyad, period: month}}}",
  exports: String = "{tables: {use: tables, to: out/tables}}",
  events: String = """
  event_id,date_start,actor1,actor2,code,fatalities_best
  a,2021-11-09,TTP,Pakistan,0871,
  b,2021-12-17,Pakistan,TTP,185,2
  c,2021-12-30,TTP,Pakistan,190,4

  """
) throws -> TemporaryFolder {
  let folder = try TemporaryFolder()
  try folder.write(events, "data/events.csv")
  try folder.write(
    "workspace: 1\nname: small\nsources: \(sources)\nanalyses: \(analyses)\nexports: \(exports)\n", "workspace.yaml")
  return folder
}
