import Compression
import Synchronization
public import Workbench

// Which files paths and patterns stand for.
extension FileStore {
  /// The streams that paths and patterns stand for.
  ///
  /// A path that exists is meant literally, whatever its characters. Files of a pattern come in the order of their
  /// paths' bytes, members of a zip file as its directory lists them, and a list keeps its order. What follows the
  /// name of a zip file chooses among its members; in a pattern such a name ends in `.zip`. Regular files only; none may
  /// come twice.
  public func parts(of paths: InputPaths) throws(Diagnostic) -> [InputPart] {
    if let known = expansions.withLock({ $0[paths] }) { return known }
    var parts: [InputPart] = []
    var seen: [Seen: InputPart] = [:]
    for path in paths.paths {
      for found in try files(of: path) {
        for part in try streams(of: found) {
          // Two names of one inode are one file only if one of them leads to the other: equal files may share it.
          let key = Seen(inode: found.status.inode, member: part.member)
          if let other = seen.updateValue(part, forKey: key), isSame(other.path, part.path) {
            throw namedTwice(part, other)
          }
          parts.append(part)
        }
      }
    }
    let found = parts
    expansions.withLock { $0[paths] = found }
    return parts
  }

  /// A stream, whatever the names by which it is reached.
  private struct Seen: Hashable {
    var inode: FileStatus.Inode
    var member: String?
  }
  /// A file that a path stands for, and what of its members is meant.
  private struct Found {
    var path: InputPath
    var status: FileStatus
    var members: PathPattern?
  }

  private func isSame(_ first: InputPath, _ second: InputPath) -> Bool {
    System.realPath(place(of: first.text)) == System.realPath(place(of: second.text))
  }
  private func namedTwice(_ part: InputPart, _ other: InputPart) -> Diagnostic {
    .error(
      .namedTwice,
      part.name == other.name ? "'\(part.name)' is named twice" : "'\(part.name)' and '\(other.name)' are one file",
      at: SourceLocation(file: part.path.text), hint: "name each file once", exit: .invalid)
  }

  private func streams(of found: Found) throws(Diagnostic) -> [InputPart] {
    let (file, status) = try openRegular(found.path)
    guard let directory = try directory(of: found.path, file, status) else {
      guard found.members == nil else { throw changed(found.path.text, "changed while it was read") }
      return [InputPart(found.path)]
    }
    return try members(of: found.path, directory, matching: found.members).map {
      InputPart(found.path, member: $0.name)
    }
  }

  /// The files that a path or pattern stands for, in the order of their paths' bytes.
  private func files(of path: InputPath) throws(Diagnostic) -> [Found] {
    if let status = System.status(of: place(of: path.text)) {
      return [Found(path: path, status: status, members: nil)]
    }
    let pattern = PathPattern(path.text)
    var folders = [path.text.hasPrefix("/") ? "/" : ""]
    var found: [Found] = []
    var nearest: Nearest?
    for (index, part) in pattern.parts.enumerated() {
      if let first = folders.first {
        nearest = Nearest(folder: first, part: part, isLast: index == pattern.parts.count - 1)
      }
      var inner: [String] = []
      for folder in folders {
        for name in try names(in: folder, matching: part) {
          let next = folder.isEmpty || folder == "/" ? folder + name : "\(folder)/\(name)"
          guard let status = System.status(of: place(of: next)) else {
            // A name that is there and leads nowhere is not passed over.
            if !part.isLiteral { _ = try openRegular(InputPath(next)) }
            continue
          }
          let rest = pattern.parts[(index + 1)...]
          if rest.isEmpty, status.isRegular {
            found.append(Found(path: InputPath(next), status: status, members: nil))
          } else if status.isFolder {
            inner.append(next)
          } else if status.isRegular, part.isLiteral || part.text.lowercased().hasSuffix(".zip"), try isZip(next) {
            found.append(Found(path: InputPath(next), status: status, members: PathPattern(parts: rest)))
          }
        }
      }
      folders = inner
    }
    guard !found.isEmpty else {
      // What keeps a plain path from being opened says more.
      if !PathPattern.isPattern(path.text) { _ = try openRegular(path) }
      throw noMatch(path, nearest)
    }
    return found.sorted { $0.path.text.utf8.lexicographicallyPrecedes($1.path.text.utf8) }
  }

  private func isZip(_ path: String) throws(Diagnostic) -> Bool {
    let (file, status) = try openRegular(InputPath(path))
    return try directory(of: InputPath(path), file, status) != nil
  }
  /// The names in a folder that a part of a pattern stands for.
  private func names(in folder: String, matching part: PathPattern.Part) throws(Diagnostic) -> [String] {
    if part.isLiteral { return [part.text] }
    guard let names = System.names(in: place(of: folder)) else {
      let shown = folder.isEmpty ? "." : folder
      throw .error(
        .unreadableInput, "cannot list the folder '\(shown)': \(SystemError.last.reason)",
        at: SourceLocation(file: shown), hint: "check who may read it with `ls -ld`", exit: .noInput)
    }
    return names.filter(part.matches)
  }

  /// Where a pattern was last followed to, and what was looked for there.
  private struct Nearest {
    var folder: String
    var part: PathPattern.Part
    var isLast: Bool
  }
  /// Says what the folder has in which the last part of a pattern that was looked at found nothing.
  private func noMatch(_ path: InputPath, _ nearest: Nearest?) -> Diagnostic {
    let folder = nearest?.folder ?? ""
    let names = System.names(in: place(of: folder)) ?? []
    let isLast = nearest?.isLast ?? true
    let kept = names.filter { name in
      let status = System.status(of: place(of: folder.isEmpty ? name : "\(folder)/\(name)"))
      return !name.hasPrefix(".") && (isLast ? status?.isRegular : status?.isFolder) == true
    }
    let near = nearest?.part.nearest(among: Array(kept.prefix(1000)), count: 3) ?? []
    let what = isLast ? "file" : "folder"
    let count = kept.count == 0 ? "no \(what)s" : kept.count == 1 ? "1 \(what)" : "\(kept.count) \(what)s"
    return .error(
      .noMatch, "'\(path.text)' matches no file", at: SourceLocation(file: path.text),
      hint: "the folder '\(folder.isEmpty ? "." : folder)' has \(count)"
        + (near.isEmpty ? "" : "; nearest: \(near.map { "'\($0)'" }.joined(separator: ", "))"), exit: .noInput)
  }
}
