import JSONText
import Synchronization
import Workbench

/// What a program says while it runs, message by message.
final class Transcript: Sendable {
  /// What was said.
  struct Said: Sendable {
    var tables: [Table] = []
    var files: [String] = []
    var findings: [Finding] = []
    var warnings: [Diagnostic] = []
    var error: Diagnostic?
    var isDone = false
    fileprivate var lines = 0
    fileprivate var bytes = 0
  }
  /// A table that it wrote.
  struct Table: Sendable {
    var name: String
    var path: String
    var rows: Int
  }
  /// All messages of a run may have so many bytes together.
  private static let limit = 64 << 20

  private let state = Mutex(Said())
  private let id: String
  private let context: RunContext

  init(id: String, context: RunContext) {
    self.id = id
    self.context = context
  }
  var said: Said { state.withLock { $0 } }

  /// Takes a line; throws where it is no message.
  func take(_ line: String) throws(Diagnostic) {
    let failure = state.withLock { said -> Diagnostic? in
      do throws(Diagnostic) {
        try take(line, &said)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }

  private func take(_ line: String, _ said: inout Said) throws(Diagnostic) {
    said.lines += 1
    said.bytes += line.utf8.count
    let number = said.lines
    func bad(_ fault: String) -> Diagnostic {
      .error(
        .badMessage, "line \(number) of its output \(fault)",
        hint: "print what is for people to standard error", notes: [String(line.prefix(200))], exit: .plugin)
    }
    guard said.bytes <= Self.limit else {
      throw .error(.tooLargeOutput, "its messages have more than \(Self.limit) bytes", exit: .plugin)
    }
    if line.allSatisfy(\.isWhitespace) { return }
    // What is no UTF-8 was replaced by this character on the way.
    guard !line.unicodeScalars.contains("\u{FFFD}") else { throw bad("is not UTF-8") }
    guard let message = JSONValue(reading: Array(line.utf8)), let type = message["type"]?.text else {
      throw bad("is no message: no JSON object with a \"type\"")
    }
    guard !said.isDone, said.error == nil else { throw bad("comes after its last message") }
    switch type {
    case "progress":
      guard let done = message["done"]?.integer, done >= 0 else { throw bad("has no number in \"done\"") }
      context.report(
        RunContext.Progress(
          done: done, total: message["total"]?.integer, unit: message["unit"]?.text ?? "rows"))
    case "warning":
      guard let text = message["message"]?.text else { throw bad("has no \"message\"") }
      said.warnings.append(
        .warning(.toldWarning, "'\(id)': \(text)", parameter: message["parameter"]?.text, hint: message["hint"]?.text))
    case "table":
      guard let name = message["name"]?.text, let path = message["path"]?.text, let rows = message["rows"]?.integer
      else { throw bad("lacks \"name\", \"path\" or \"rows\"") }
      said.tables.append(Table(name: name, path: path, rows: rows))
    case "file":
      guard let path = message["path"]?.text else { throw bad("has no \"path\"") }
      said.files.append(path)
    case "finding":
      guard let finding = Finding(message.withNumbers), !finding.sentence.isEmpty else {
        throw bad("is no finding with \"sentence\" and \"strength\"")
      }
      said.findings.append(finding)
    case "done": said.isDone = true
    case "error":
      guard let text = message["message"]?.text else { throw bad("has no \"message\"") }
      said.error = .error(
        .failedProgram, "'\(id)' \(text)", parameter: message["parameter"]?.text, hint: message["hint"]?.text,
        exit: .plugin)
    // `log` is for people who look at the program alone; of unknown types a later version may say more.
    default: break
    }
  }
}

extension JSONValue {
  /// A finding may leave out its numbers.
  fileprivate var withNumbers: JSONValue {
    guard case .object(var members) = self, members["numbers"] == nil else { return self }
    members["numbers"] = [:]
    return .object(members)
  }
}
