import ArgumentParser
import Engine
import FileStore
import JSONText
import Workbench

/// The command `casus trace`.
struct Trace: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the raw record of the file that an event came from.",
    usage: "casus trace [<workspace>] <event-id> [<options>]",
    discussion: """
      Every field of the record is shown as the file has it, with the file, the line and what the dataset says the field \
      means. An event of a source without ids is named by the source and its number there. Without --profile and --set \
      the workspace is read as the last run read it, unless its file was changed since.

      EXAMPLES:
        casus trace 17                    the record of event 17
        casus trace my-study PAK12345
        casus trace my-study coded:17     the 17th event of the source 'coded'
        casus trace 17 --source coded --json
      """)

  @Argument(
    help: ArgumentHelp(
      "A workspace, unless it is in the current folder, and the id of an event.", valueName: "workspace> <event-id"))
  var words: [String]
  @Option(help: "Only the event of this source.") var source: String?
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if words.count > 2 { throw ValidationError("'trace' takes a workspace and one id, not \(words.count) words") }
  }

  func run() async throws {
    let terminal = Terminal(output)
    let opened = try await answering(output) { () throws(Diagnostic) in
      try OpenedWorkspace(words.count == 2 ? words[0] : ".", trusting: reading.trust)
    }
    let (checked, problems) = await opened.check(like: reading)
    guard let checked else { try Failure.exit(problems, output, renderer: opened.renderer(terminal)) }
    let id = words[words.count - 1]
    let interruption = Interruption()
    let events: [TracedEvent]
    do throws(Diagnostic) {
      events = try await opened.engine().trace(
        id, only: source, in: checked, isCancelled: { interruption.isRequested })
    } catch {
      try Failure.exit([error], output, renderer: opened.renderer(terminal))
    }
    try? opened.store.saveDigests()
    if output.json {
      terminal.answer(["type": "trace", "event": .string(id), "records": .array(events.map(\.json))])
      return
    }
    for (number, event) in events.enumerated() {
      terminal.answer((number == 0 ? "" : "\n") + text(of: event, terminal))
    }
  }

  /// A record for people: fields with a value, each followed by its meaning, then the names of those without.
  private func text(of event: TracedEvent, _ terminal: Terminal) -> String {
    let place = event.record.location
    let name = event.id.map { "event \($0) of \(event.source)" } ?? "event \(event.number) of \(event.source)"
    var text = terminal.bold(DiagnosticRenderer.visible(name)) + "  " + DiagnosticRenderer.visible(place.file)
    text += (place.line > 0 ? ":\(place.line)" : "") + "\n"
    let filled = event.record.fields.filter { !$0.value.isEmpty }
    let names = filled.map { DiagnosticRenderer.visible($0.name) }
    let indent = min(names.map(displayWidth).max() ?? 0, 28) + 4
    let margin = String(repeating: " ", count: indent)
    let width = max(20, terminal.width - indent)
    for (name, field) in zip(names, filled) {
      let gap = indent - 2 - displayWidth(name)
      text += "  " + name + (gap > 1 ? String(repeating: " ", count: gap) : "\n" + margin)
      let lines = wrapped(DiagnosticRenderer.visible(field.value), to: width)
      text += lines.joined(separator: "\n" + margin) + "\n"
      for line in field.meaning.map({ wrapped(DiagnosticRenderer.visible($0), to: width) }) ?? [] {
        text += margin + terminal.faint(line) + "\n"
      }
    }
    let empty = event.record.fields.filter(\.value.isEmpty).map { DiagnosticRenderer.visible($0.name) }
    if !empty.isEmpty {
      for line in wrapped("empty: \(empty.joined(separator: ", "))", to: terminal.width - 2) {
        text += "  " + terminal.faint(line) + "\n"
      }
    }
    return text
  }
}

extension TracedEvent {
  /// The event as `--json` shows it.
  fileprivate var json: JSONValue {
    [
      "source": .string(source), "plugin": .string(plugin), "number": .integer(number),
      "id": id.map { .string($0) } ?? .null, "file": .string(record.location.file),
      "line": .integer(record.location.line),
      "fields": .array(
        record.fields.map { field in
          [
            "name": .string(field.name), "value": .string(field.value),
            "meaning": field.meaning.map { .string($0) } ?? .null,
          ]
        }),
    ]
  }
}

/// A word as a shell takes it: in quotes where it must be.
func argument(_ word: String) -> String {
  let isPlain = word.unicodeScalars.allSatisfy {
    $0.properties.isAlphabetic || "0123456789-_./:@%+=".unicodeScalars.contains($0)
  }
  guard !isPlain || word.isEmpty else { return word }
  return "'" + word.replacing("'", with: "'\\''") + "'"
}
