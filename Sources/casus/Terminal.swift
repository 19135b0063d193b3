import FileStore
import Foundation
import JSONText
import Workbench

/// Where a command writes: results on standard output, everything else on standard error.
struct Terminal: Sendable {
  let isQuiet: Bool
  let isVerbose: Bool
  /// Whether standard error is a terminal that shows colours.
  let colorsErrors: Bool
  /// Whether standard output is a terminal that shows colours.
  let colorsAnswers: Bool
  /// Whether standard error is a terminal whose lines can be rewritten.
  let isLive: Bool
  /// The columns of the terminal; 100 where the output goes elsewhere.
  let width: Int

  init(_ output: OutputOptions) {
    // A reader that goes away, as `head` does, must not end a run.
    signal(SIGPIPE, SIG_IGN)
    let environment = ProcessInfo.processInfo.environment
    let wantsColor = !output.noColor && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    isQuiet = output.quiet
    isVerbose = output.verbose
    colorsErrors = wantsColor && TerminalDevice.error.isTerminal
    colorsAnswers = wantsColor && TerminalDevice.output.isTerminal
    isLive = TerminalDevice.error.isTerminal && environment["TERM"] != "dumb" && !output.json && !output.quiet
    width = TerminalDevice.output.columns ?? environment["COLUMNS"].flatMap { Int($0) } ?? 100
  }

  /// Writes a result.
  func answer(_ text: String) { write(text, to: .standardOutput) }
  /// Writes a result as one line of JSON.
  func answer(_ json: JSONValue) { write(json.compact + "\n", to: .standardOutput) }
  /// Writes a message; quiet or not.
  func error(_ text: String) { write(text, to: .standardError) }
  /// Writes a message that quiet suppresses.
  func note(_ text: String) { if !isQuiet { write(text, to: .standardError) } }

  private func write(_ text: String, to handle: FileHandle) {
    guard !text.isEmpty else { return }
    // Where the reader went away, there is nobody to tell.
    try? handle.write(contentsOf: Data(text.utf8))
  }

  /// How datasets want to be cited, as a block of its own; nothing where none does.
  func citations(_ citations: [String]) -> String {
    guard !citations.isEmpty else { return "" }
    var table = TextTable(["", ""])
    for citation in citations { table.add(["", citation]) }
    return bold("to be cited") + "\n" + table.text(width: width)
  }
  /// Text in bold, where answers are coloured.
  func bold(_ text: String) -> String { colorsAnswers ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  /// Text in a faint tone, where answers are coloured.
  func faint(_ text: String) -> String { colorsAnswers ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}

/// Rows of cells as text with aligned columns.
struct TextTable {
  /// How a column is aligned.
  enum Alignment { case left, right }
  private let header: [String]
  private let alignments: [Alignment]
  private var rows: [[String]] = []

  init(_ header: [String], _ alignments: [Alignment] = []) {
    self.header = header
    self.alignments = header.indices.map { $0 < alignments.count ? alignments[$0] : .left }
  }
  mutating func add(_ row: [String]) { rows.append(row.map(DiagnosticRenderer.visible)) }

  /// The table fitted to a width: the last column is cut where it must be, or wrapped.
  func text(width: Int, indent: String = "", bold: (String) -> String = { $0 }) -> String {
    let all = (header.allSatisfy(\.isEmpty) ? [] : [header]) + rows
    var widths = header.indices.map { column in all.map { displayWidth($0[column]) }.max() ?? 0 }
    let others = widths.dropLast().reduce(0) { $0 + $1 + 2 }
    if let last = widths.indices.last { widths[last] = min(widths[last], max(12, width - indent.count - others)) }
    var text = ""
    for (index, row) in all.enumerated() {
      let lines = wrapped(row[row.count - 1], to: widths[widths.count - 1])
      for (number, line) in lines.enumerated() {
        var cells = number == 0 ? Array(row.dropLast()) : row.dropLast().map { _ in "" }
        cells.append(line)
        var joined = ""
        for (column, cell) in cells.enumerated() {
          let padding = String(repeating: " ", count: max(0, widths[column] - displayWidth(cell)))
          joined += alignments[column] == .right ? padding + cell : cell + padding
          if column < cells.count - 1 { joined += "  " }
        }
        while joined.last == " " { joined.removeLast() }
        text += indent + (index == 0 && !header.allSatisfy(\.isEmpty) ? bold(joined) : joined) + "\n"
      }
    }
    return text
  }
}

/// How many columns of a terminal a text takes; wide characters of East Asian scripts and emoji take two.
func displayWidth(_ text: String) -> Int {
  text.unicodeScalars.reduce(0) { width, scalar in
    if scalar.properties.generalCategory == .nonspacingMark || scalar.properties.generalCategory == .format {
      return width
    }
    let isWide =
      scalar.properties.isEmojiPresentation || 0x1100...0x115F ~= scalar.value || 0x2E80...0xA4CF ~= scalar.value
      || 0xAC00...0xD7A3 ~= scalar.value || 0xF900...0xFAFF ~= scalar.value || 0xFE30...0xFE6F ~= scalar.value
      || 0xFF00...0xFF60 ~= scalar.value
    return width + (isWide ? 2 : 1)
  }
}

/// A text broken into lines of at most a width, between words where it can be.
func wrapped(_ text: String, to width: Int) -> [String] {
  guard displayWidth(text) > width else { return [text] }
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ", omittingEmptySubsequences: false) {
    if line.isEmpty {
      line = String(word)
    } else if displayWidth(line) + 1 + displayWidth(String(word)) <= width {
      line += " " + word
    } else {
      lines.append(line)
      line = String(word)
    }
    while displayWidth(line) > width {
      lines.append(String(line.prefix(width)))
      line = String(line.dropFirst(width))
    }
  }
  return lines + [line]
}
