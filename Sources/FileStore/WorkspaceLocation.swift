import Glibc
public import Workbench

/// Where a workspace lies: its folder and the name of its file.
public struct WorkspaceLocation: Sendable, Hashable {
  /// The folder.
  public let folder: String
  /// The name of the workspace file in it.
  public let file: String
  /// How messages name the workspace file: as the user would.
  public let shownName: String

  /// Finds a workspace by the path of its file, or of a folder holding `workspace.yaml`.
  public init(_ path: String) throws(Diagnostic) {
    let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    guard let status = System.status(of: trimmed) else {
      let near = System.names(in: parentFolder(of: trimmed)).flatMap {
        nearestName(to: lastPart(of: trimmed), among: $0)
      }
      throw .error(
        .missingWorkspace, "there is no workspace '\(path)'",
        hint: near.map { "did you mean '\($0)'?" } ?? "make one with `casus init \(path)`", exit: .noInput)
    }
    if status.isFolder {
      folder = trimmed
      file = "workspace.yaml"
      shownName = trimmed == "." ? file : "\(trimmed)/\(file)"
      guard System.status(of: "\(folder)/\(file)") != nil else {
        throw .error(
          .missingWorkspace, "the folder '\(path)' holds no workspace.yaml",
          hint: "make one with `casus init\(trimmed == "." ? "" : " \(trimmed)")`, or name the workspace file",
          exit: .noInput)
      }
    } else {
      folder = parentFolder(of: trimmed)
      file = lastPart(of: trimmed)
      shownName = trimmed
    }
  }
  /// The path of the workspace file.
  public var path: String { "\(folder)/\(file)" }
}

/// A folder in which commands that start something write its files.
public struct PlainFolder: Sendable {
  let path: String
  /// A folder, which need not exist yet.
  public init(_ path: String) { self.path = path }

  /// The nearest folder, from the current one upwards, that holds a file.
  public static func enclosing(_ file: String) -> PlainFolder? {
    guard var folder = System.realPath(".") else { return nil }
    while System.status(of: "\(folder)/\(file)")?.isRegular != true {
      guard folder != "/" else { return nil }
      folder = parentFolder(of: folder)
    }
    return PlainFolder(folder)
  }

  /// The text of a file.
  public func read(_ name: String) throws(Diagnostic) -> String {
    let store = FileStore(folder: path, workspaceFile: "\(path)/\(name)")
    let bytes = try store.open(InputPath(name)).readAll(limit: 16 << 20, tooLarge: .unreadableInput)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes files; none where one of them is there already and is not to be replaced.
  public func write(_ files: [(path: String, text: String)], replacing: Set<String>) throws(Diagnostic) {
    for file in files where !replacing.contains(file.path) {
      guard System.status(of: "\(path)/\(file.path)", following: false) == nil else {
        throw .error(
          .fileExists, "'\(file.path)' is there already", at: SourceLocation(file: path),
          hint: "nothing was written; choose another folder, or remove the file", exit: .cannotCreate)
      }
    }
    for file in files {
      let target = "\(path)/\(file.path)"
      let temporary = "\(target).new-\(getpid())"
      do throws(SystemError) {
        try System.makeFolder(parentFolder(of: target))
        let descriptor = try System.open(temporary, O_WRONLY | O_CREAT | O_TRUNC).get()
        if let error = System.write(Array(file.text.utf8), to: descriptor).error { throw error }
        try System.rename(temporary, to: target)
      } catch {
        System.remove(temporary)
        throw .error(
          .unwritableFolder, "cannot write '\(file.path)': \(error.reason)", at: SourceLocation(file: path),
          hint: "make the folder writable, or choose another", exit: error.isAboutSpace ? .io : .cannotCreate)
      }
    }
  }
}

extension DiagnosticKind {
  static let missingWorkspace = DiagnosticKind(
    "workspace.missing", "There is no workspace where one was looked for.",
    "A workspace is a folder holding workspace.yaml, or the path of such a file. `casus init` makes one.")
  static let fileExists = DiagnosticKind(
    "file.exists", "A file that would be written is there already.",
    "Commands that start something overwrite nothing.")
  static let unwritableFolder = DiagnosticKind(
    "file.unwritable", "A file cannot be written.", "The message says why: permissions, a full disk, a file in the way."
  )

  /// The kinds that finding and starting workspaces can report.
  public static let folderKinds = [missingWorkspace, fileExists, unwritableFolder]
}
