import JSONText
import Workbench
import WorkspaceFormat

/// The executable of a plugin, as a workspace names it.
struct Program: Sendable {
  /// The id that the workspace gives to the plugin.
  let id: String
  /// Its path, as the workspace writes it.
  let path: InputPath
  /// Where it is on disk.
  let place: String
  /// SHA-256 of its bytes.
  let digest: String
  /// Where the workspace names it.
  let location: SourceLocation

  /// Looks at the file; an error where it could not be started.
  init(_ entry: ProcessEntry, store: any ProgramStore, searchPath: String) throws(Diagnostic) {
    id = entry.id.value
    path = InputPath(entry.exec.value)
    location = entry.exec.location
    do throws(Diagnostic) {
      place = try store.identity(of: path).realPath
      digest = try store.digest(of: path)
    } catch {
      throw .error(
        .missingProgram, "the program of '\(entry.id.value)' cannot be read: \(error.message)", at: location,
        hint: error.hint, exit: .noInput)
    }
    guard store.isExecutable(place) else {
      throw .error(
        .notExecutable, "'\(path.text)' may not be executed", at: location, hint: "chmod +x \(path.text)", exit: .plugin
      )
    }
    try checkInterpreter(store, searchPath)
  }

  /// A script must name an interpreter that is there; a binary has none.
  private func checkInterpreter(_ store: any ProgramStore, _ searchPath: String) throws(Diagnostic) {
    func missing(_ message: String, _ hint: String) -> Diagnostic {
      .error(.noInterpreter, message, at: location, hint: hint, exit: .plugin)
    }
    let file = try store.openStored(path)
    var head = [UInt8](repeating: 0, count: 256)
    head.removeLast(head.count - (try file.read(into: &head, from: 0)))
    if head.starts(with: [0x7F, 0x45, 0x4C, 0x46]) { return }
    guard head.starts(with: Array("#!".utf8)) else {
      throw missing(
        "'\(path.text)' is neither a program nor a script that names its interpreter",
        "begin it with a line such as `#!/usr/bin/env python3`")
    }
    let line = String(decoding: head.dropFirst(2).prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
    let words = line.split(separator: " ").map(String.init)
    guard let interpreter = words.first, interpreter.hasPrefix("/"), store.isExecutable(interpreter) else {
      throw missing("the interpreter '\(line)' of '\(path.text)' is not there", "install it, or name another")
    }
    guard interpreter.hasSuffix("/env"), let name = words.dropFirst().first(where: { !$0.hasPrefix("-") }) else {
      return
    }
    guard searchPath.split(separator: ":").contains(where: { store.isExecutable("\($0)/\(name)") }) else {
      throw missing("the interpreter '\(name)' of '\(path.text)' is not on PATH", "install it, or put it on PATH")
    }
  }

  /// The path of a file that lies beside it or below, as the workspace would write it.
  func path(of file: String) -> InputPath {
    guard let slash = path.text.lastIndex(of: "/") else { return InputPath(file) }
    return InputPath("\(path.text[...slash])\(file)")
  }
}
