import Glibc
import Workbench

/// Where an export goes: checked, symbolic links followed.
struct ExportTarget: Sendable {
  /// As the workspace writes it, for messages.
  let text: String
  /// The file or folder, without symbolic links.
  let path: String
  let shape: ExportShape
}

extension FileStore {
  /// Checks an export's `to` without touching anything.
  func exportTarget(
    _ text: String, shape: ExportShape, protecting inputs: [InputPath], allowOutside: Bool
  ) throws(Diagnostic) -> ExportTarget {
    let path = try resolved(text)
    try checkShape(text, path, shape)
    try checkProtected(text, path, shape, inputs)
    guard allowOutside || lies(path, in: folder) else {
      throw .error(
        .exportOutside, "'\(text)' leads to '\(path)', outside the workspace's folder",
        hint: "choose a path in the workspace's folder, or run with --allow-outside")
    }
    return ExportTarget(text: text, path: path, shape: shape)
  }

  /// The place a path leads to, of which the last parts need not be there yet.
  private func resolved(_ text: String) throws(Diagnostic) -> String {
    guard !text.isEmpty, !text.utf8.contains(0) else {
      throw .error(.badExportPath, "'\(text)' is no path to write to, expected a path such as 'out/tables'")
    }
    var current = text.hasPrefix("/") ? "/" : folder
    for part in text.split(separator: "/") where part != "." {
      if part == ".." {
        current = parentFolder(of: current)
        continue
      }
      let next = current == "/" ? "/\(part)" : "\(current)/\(part)"
      guard System.status(of: next, following: false) != nil else {
        current = next
        continue
      }
      guard let real = System.realPath(next) else {
        throw .error(
          .badExportPath, "'\(text)' goes through '\(recorded(next))', a symbolic link that leads nowhere",
          hint: "remove the link")
      }
      current = real
    }
    return current
  }

  private func checkShape(_ text: String, _ path: String, _ shape: ExportShape) throws(Diagnostic) {
    let status = System.status(of: path)
    switch shape {
    case .file(let ending):
      guard text.hasSuffix(".\(ending)"), lastPart(of: text) != ".\(ending)" else {
        throw .error(
          .badExportPath, "'\(text)' does not end in '.\(ending)', as the file of this exporter must",
          hint: "write a path such as 'out/results.\(ending)'")
      }
      if let status, !status.isRegular {
        throw .error(
          .badExportPath, "'\(text)' is \(status.kindName), and this exporter writes a file",
          hint: "choose another name")
      }
    case .folder:
      if let status, !status.isFolder {
        throw .error(
          .badExportPath, "'\(text)' is \(status.kindName), and this exporter writes a folder",
          hint: "choose another name")
      }
    }
  }

  private func checkProtected(
    _ text: String, _ path: String, _ shape: ExportShape, _ inputs: [InputPath]
  ) throws(Diagnostic) {
    func refuse(_ what: String) -> Diagnostic {
      .error(.exportProtected, "'\(text)' \(what)", hint: "choose another place, such as 'out/\(lastPart(of: path))'")
    }
    if lies(folder, in: path) {
      throw refuse("is the workspace's folder or one that holds it, expected a place of its own")
    }
    for name in [".git", ".casus"] {
      if path.split(separator: "/").contains(where: { $0 == name }) { throw refuse("lies in '\(name)'") }
      if System.status(of: "\(path)/\(name)", following: false) != nil { throw refuse("holds '\(name)'") }
    }
    if lies(workspaceFile, in: path) { throw refuse("would overwrite the workspace file, or holds it") }
    for input in inputs {
      let place = System.realPath(place(of: input.text)) ?? place(of: input.text)
      if place == path { throw refuse("is an input of this workspace") }
      if lies(place, in: path) { throw refuse("holds the input '\(input.text)'") }
      guard PathPattern.isPattern(input.text), System.status(of: place) == nil else { continue }
      // What an export writes must not be among the files that the next run reads.
      let pattern = PathPattern(input.text)
      let shown = input.text.hasPrefix("/") ? path : recorded(path)
      if pattern.matches(shown) || shape == .folder && pattern.reaches(into: shown) {
        throw refuse("would be found by the pattern '\(input.text)' of an input")
      }
    }
  }
}
