import Foundation
import TestSupport

/// The house as its files say: folders, source files, and the lines of Package.swift.
enum House {
  /// A file of the package.
  struct File: Sendable, CustomStringConvertible {
    /// The path from the package's folder.
    let path: String
    let text: String
    /// The target it belongs to: the folder below Sources, Plugins or Tests.
    var target: String { String(path.split(separator: "/")[1]) }
    var description: String { path }
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    /// The lines without their comments, numbered from 1.
    var code: [(number: Int, line: Substring)] {
      lines.enumerated().map { ($0.offset + 1, $0.element.prefix(upTo: commentStart(in: $0.element))) }
    }
    private func commentStart(in line: Substring) -> Substring.Index {
      line.firstRange(of: "//")?.lowerBound ?? line.endIndex
    }
  }

  /// Package.swift.
  static let manifest = text(of: "Package.swift")

  /// The folders in a folder, in order.
  static func folders(in folder: String) -> [String] {
    let url = packageFolder.appending(path: folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return names.sorted().filter { name in
      let values = try? url.appending(path: name).resourceValues(forKeys: [.isDirectoryKey])
      return values?.isDirectory == true && !name.hasPrefix(".")
    }
  }

  /// The files with one of these endings below some folders, or all; hidden ones left out.
  static func files(in folders: [String], endings: Set<String>? = ["swift"]) -> [File] {
    folders.flatMap { folder in
      let found = FileManager.default.enumerator(
        at: packageFolder.appending(path: folder), includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
      return (found?.compactMap { $0 as? URL } ?? [])
        .filter { endings?.contains($0.pathExtension) ?? true }
        .map { String($0.path.dropFirst(packageFolder.path.count)).trimmingPrefix("/") }
        .map(String.init).sorted()
        .map { File(path: $0, text: text(of: $0)) }
    }
  }

  /// The text of a file; nothing for one that is not text.
  static func text(of path: String) -> String {
    (try? String(contentsOf: packageFolder.appending(path: path), encoding: .utf8)) ?? ""
  }

  /// The names that Package.swift gives to a kind of line: `plugin("CSVSource"`.
  static func names(declaredBy function: String) throws -> [String] {
    let call = try Regex("\\n\\s+\(function)\\(\\s*\"(\\w+)\"", as: (Substring, Substring).self)
    return manifest.matches(of: call).map { String($0.output.1) }
  }
}
