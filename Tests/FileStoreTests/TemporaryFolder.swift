import FileStore
import Foundation
import Testing
import Workbench

/// A folder for one test, removed with all that is in it.
final class TemporaryFolder {
  let url: URL
  var path: String { url.path(percentEncoded: false) }

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "casus-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    url = folder.resolvingSymlinksInPath()
    try write("workspace: 1\n", "workspace.yaml")
  }
  deinit { try? FileManager.default.removeItem(at: url) }

  /// A store of this folder, as a new process would make it.
  func store(isFresh: Bool = false) -> FileStore {
    FileStore(folder: path, workspaceFile: path + "/workspace.yaml", isFresh: isFresh)
  }
  func place(_ name: String) -> String { path + "/" + name }
  func write(_ text: String, _ name: String) throws { try write(Array(text.utf8), name) }
  func write(_ bytes: [UInt8], _ name: String) throws {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }
  func text(_ name: String) -> String? { try? String(contentsOfFile: place(name), encoding: .utf8) }
  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: place(name)) }
  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: place(name), withIntermediateDirectories: true)
  }
  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: place(name), withDestinationPath: target)
  }
  /// Makes a file look as if it had last been touched an hour ago; only its time of change stays.
  func age(_ name: String) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -3600)], ofItemAtPath: place(name))
  }
  /// Every file and folder beneath, but the state.
  func listing(_ name: String = "") -> [String] {
    (FileManager.default.enumerator(atPath: place(name))?.compactMap { $0 as? String } ?? [])
      .filter { !$0.hasPrefix(".casus") }.sorted()
  }
}

/// Runs a program to its end and returns what it answers with.
@discardableResult
func command(_ arguments: String...) throws -> Int32 {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = arguments
  process.standardError = FileHandle.nullDevice
  try process.run()
  process.waitUntilExit()
  return process.terminationStatus
}

/// Whether the tests run as root, to whom permissions mean nothing and who may mount.
var isRoot: Bool { geteuid() == 0 }
