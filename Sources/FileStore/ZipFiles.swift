import Compression
import Synchronization
import Workbench

/// How the bytes of a file say that it is stored.
enum StoredForm { case plain, gzip, zip }

// Which members of a zip file a path stands for.
extension FileStore {
  /// How an open file is stored, by its first bytes.
  func form(of path: InputPath, _ file: Descriptor, _ status: FileStatus) throws(Diagnostic) -> StoredForm {
    let magic = try read(path, file, at: 0, count: min(status.bytes, 4))
    return ZipEnd.begins(magic[...]) ? .zip : GzipDecoder.begins(magic[...]) ? .gzip : .plain
  }

  /// The directory of a zip file; nil for a file that is none. Read once, as long as the file is not touched.
  func directory(
    of path: InputPath, _ file: Descriptor, _ status: FileStatus
  ) throws(Diagnostic) -> ZipDirectory? {
    let stamp = status.stamp
    if let known = directories.withLock({ $0[path.text] }), known.stamp == stamp { return known.directory }
    var directory: ZipDirectory?
    if try form(of: path, file, status) == .zip {
      try readInPieces(path, status)
      do throws(Diagnostic) {
        let tailBytes = min(status.bytes, ZipEnd.longest)
        let tail = try read(path, file, at: status.bytes - tailBytes, count: tailBytes)
        guard tail.count == tailBytes else { throw changed(path.text, "was cut short while it was read") }
        let end = try ZipEnd(tail: tail, fileBytes: status.bytes)
        let listed = try read(path, file, at: end.directory.lowerBound, count: end.directory.count)
        directory = try ZipDirectory(listed, end: end)
      } catch {
        throw error.inFile(path)
      }
    }
    let found = directory
    directories.withLock { $0[path.text] = (stamp, found) }
    return found
  }

  /// The members of a zip file that are read: those that the pattern names, or without one those that are data.
  func members(
    of path: InputPath, _ directory: ZipDirectory, matching pattern: PathPattern?
  ) throws(Diagnostic) -> [ZipMember] {
    let members: [ZipMember]
    if let pattern {
      // A name that has the characters of a pattern is meant literally where there is such a member.
      if let member = directory[name: pattern.text] {
        members = [member]
      } else {
        members = directory.members.filter { !$0.isFolder && pattern.matches($0.name) }
      }
      guard !members.isEmpty else { throw noMember(pattern.text, in: path, directory) }
    } else {
      members = directory.members.filter(\.isData)
      guard !members.isEmpty else { throw noData(in: path, directory) }
    }
    do throws(Diagnostic) {
      try Growth.check(
        stored: members.reduce(0) { $0 + $1.storedBytes }, bytes: members.reduce(0) { $0.addingCapped($1.bytes) })
    } catch {
      throw error.inFile(path)
    }
    return members
  }

  /// The one member that a zip file stands for where one file is needed.
  func onlyMember(of path: InputPath) throws(Diagnostic) -> InputPart {
    let opened = try openRegular(path)
    guard let directory = try directory(of: path, opened.file, opened.status) else {
      throw changed(path.text, "changed while it was read")
    }
    let members = try members(of: path, directory, matching: nil)
    guard members.count == 1 else {
      throw .error(
        .severalMembers, "'\(path.text)' has \(members.count) files, expected one", at: SourceLocation(file: path.text),
        hint: "name the one that is meant: '\(path.text)/\(members[0].name)'", notes: listing(members.map(\.name)),
        exit: .noInput)
    }
    return InputPart(path, member: members[0].name)
  }

  func noMember(_ name: String, in path: InputPath, _ directory: ZipDirectory) -> Diagnostic {
    let names = directory.members.filter { !$0.isFolder }.map(\.name)
    let near = PathPattern.Part(name).nearest(among: Array(names.prefix(1000)), count: 1).first
    return .error(
      .noMember, "'\(path.text)' has no member '\(name)'", at: SourceLocation(file: path.text),
      hint: near.map { "did you mean '\(path.text)/\($0)'?" } ?? "it has no members at all", notes: listing(names),
      exit: .noInput)
  }
  private func noData(in path: InputPath, _ directory: ZipDirectory) -> Diagnostic {
    let names = directory.members.filter { !$0.isFolder }.map(\.name)
    let isWorkbook = names.contains("xl/workbook.xml")
    return .error(
      .noMember,
      isWorkbook
        ? "'\(path.text)' is a spreadsheet, expected delimited text"
        : "'\(path.text)' has no member that ends in .csv, .tsv, .tab or .txt", at: SourceLocation(file: path.text),
      hint: isWorkbook
        ? "save its sheet as CSV in UTF-8"
        : names.first.map { "name the one that is meant: '\(path.text)/\($0)', or a pattern" }
          ?? "it has no members at all", notes: isWorkbook ? [] : listing(names), exit: .noInput)
  }
}

/// The first of some names, as notes.
func listing(_ names: [String]) -> [String] {
  let shown = names.prefix(10).map { "'\($0)'" }
  return shown.isEmpty ? [] : shown + (names.count > shown.count ? ["and \(names.count - shown.count) more"] : [])
}

extension ZipMember {
  /// Whether it is read where no member is named: by its ending; nothing hidden, and nothing that macOS adds.
  fileprivate var isData: Bool {
    let parts = name.split(separator: "/")
    guard !isFolder, parts.first != "__MACOSX", !parts.contains(where: { $0.hasPrefix(".") }) else { return false }
    let ending = parts.last?.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.lowercased()
    return ending.map { ["csv", "tsv", "tab", "txt"].contains($0) } ?? false
  }
}

extension Int {
  fileprivate func addingCapped(_ other: Int) -> Int {
    let (sum, isTooLarge) = addingReportingOverflow(other)
    return isTooLarge ? .max : sum
  }
}
