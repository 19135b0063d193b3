public import Foundation
public import Testing

/// Compares text with a file in `Golden/` beside the test; with `RECORD_GOLDEN=1` writes the file anew, and fails.
public func expectGolden(
  _ actual: String, _ name: String, file: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let url = URL(filePath: file).deletingLastPathComponent().appending(path: "Golden/\(name)")
  if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try actual.write(to: url, atomically: true, encoding: .utf8)
    Issue.record("recorded \(name); look at the difference and run again", sourceLocation: sourceLocation)
    return
  }
  let expected = try String(contentsOf: url, encoding: .utf8)
  guard expected != actual else { return }
  let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
  let line = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(old.count, new.count)
  Issue.record(
    "\(name):\(line + 1): expected '\(line < old.count ? old[line] : "")', got '\(line < new.count ? new[line] : "")'",
    sourceLocation: sourceLocation)
}

/// The folder of the package.
public let packageFolder = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The folder of test data beside the package, or nil, with the reason printed, where it is absent.
public func sharedData(_ path: String) -> URL? {
  let url = packageFolder.deletingLastPathComponent().appending(path: "shared/data/\(path)")
  if FileManager.default.fileExists(atPath: url.path) { return url }
  print("skipped: \(path) is not among the shared test data here")
  return nil
}
