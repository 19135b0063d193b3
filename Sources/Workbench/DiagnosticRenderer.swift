public import JSONText

/// Writes diagnostics for a terminal: place and message, the line of the file with the marked text, hint and notes.
///
/// Characters that could rewrite a terminal or reorder a line are shown as `\u{…}`, wherever they come from.
public struct DiagnosticRenderer: Sendable {
  /// The most scalars of a line that are shown; a longer one is cut around the marked text.
  private static let lineWidth = 110

  private let sources: [String: [Substring]]
  private let isColored: Bool

  /// Makes a renderer.
  /// - Parameter sources: the content of the files that diagnostics point into, by the names they use.
  /// - Parameter isColored: whether severities and marks are coloured.
  public init(sources: [String: String] = [:], isColored: Bool = false) {
    self.sources = sources.mapValues { text in
      text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { Substring($0) }
    }
    self.isColored = isColored
  }

  /// All diagnostics in the order given and, where there are any, the summary.
  /// - Parameter outcome: what the summary says became of the command: "nothing was run".
  public func render(_ diagnostics: [Diagnostic], outcome: String) -> String {
    let summary = Self.summary(of: diagnostics)
    return diagnostics.map(render).joined() + (summary.isEmpty ? "" : "\(summary); \(outcome)\n")
  }

  /// One diagnostic, ending with a newline.
  public func render(_ diagnostic: Diagnostic) -> String {
    var text = ""
    if let location = diagnostic.location {
      text += Self.visible(location.file)
      if location.line > 0 { text += ":\(location.line)" }
      if location.column > 0 { text += ":\(location.column)" }
      text += ": "
    }
    text += painted(diagnostic.severity.rawValue, diagnostic.severity) + ": " + Self.visible(diagnostic.message)
    if diagnostic.location == nil, let parameter = diagnostic.parameter { text += " ('\(Self.visible(parameter))')" }
    text += " [\(diagnostic.id)]\n"
    let excerpt = diagnostic.location.flatMap { self.excerpt(at: $0, diagnostic.severity) }
    let hint = diagnostic.hint.map(Self.visible)
    if let excerpt {
      text += excerpt + (hint.map { " \($0)" } ?? "") + "\n"
    } else if let hint {
      text += "  hint: \(hint)\n"
    }
    for note in diagnostic.notes { text += "  note: \(Self.visible(note))\n" }
    return text
  }

  /// How many diagnostics of each severity there are: "2 errors, 1 warning"; nothing where there are none.
  public static func summary(of diagnostics: [Diagnostic]) -> String {
    [(Diagnostic.Severity.error, "error"), (.warning, "warning")].compactMap { severity, name in
      let count = diagnostics.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(name)\(count == 1 ? "" : "s")"
    }.joined(separator: ", ")
  }

  /// A text with its control, direction and invisible format characters made visible.
  ///
  /// Joiners stay, which Persian, Urdu and Indic scripts need.
  public static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { isHidden($0) }) else { return text }
    return text.unicodeScalars.map { shown($0) }.joined()
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    if 0x20...0x7E ~= scalar.value || scalar == "\u{200C}" || scalar == "\u{200D}" { return false }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
    default: false
    }
  }
  private static func shown(_ scalar: Unicode.Scalar) -> String {
    isHidden(scalar) ? "\\u{\(String(scalar.value, radix: 16, uppercase: true))}" : String(scalar)
  }

  /// The line of a location, and below it carets under the marked text.
  private func excerpt(at location: SourceLocation, _ severity: Diagnostic.Severity) -> String? {
    guard location.line > 0, location.column > 0, let lines = sources[location.file], location.line <= lines.count
    else { return nil }
    var line = Array(lines[location.line - 1].unicodeScalars)
    if line.last == "\r" { line.removeLast() }
    if location.line == 1, line.first == "\u{FEFF}" { line.removeFirst() }
    let begin = min(location.column - 1, line.count)
    let end = max(begin, min(begin + location.length, line.count))
    let window = Self.window(of: line.count, around: begin)
    func shown(_ range: Range<Int>) -> String {
      line[range.clamped(to: window)].map { $0 == "\t" ? "\t" : Self.shown($0) }.joined()
    }
    let before = (window.lowerBound > 0 ? "…" : "") + shown(0..<begin)
    let after = shown(end..<line.count) + (window.upperBound < line.count ? "…" : "")
    let marked = shown(begin..<end)
    let blank = before.unicodeScalars.map { $0 == "\t" ? "\t" : " " }.joined()
    let carets = String(repeating: "^", count: max(1, marked.unicodeScalars.count))
    let number = String(location.line)
    let margin = String(repeating: " ", count: number.count)
    return "  \(number) | \(before)\(marked)\(after)\n  \(margin) | \(blank)\(painted(carets, severity))"
  }
  /// The part of a line that is shown.
  private static func window(of count: Int, around begin: Int) -> Range<Int> {
    guard count > lineWidth else { return 0..<count }
    let start = max(0, min(begin - lineWidth / 3, count - lineWidth))
    return start..<(start + lineWidth)
  }
  private func painted(_ text: String, _ severity: Diagnostic.Severity) -> String {
    guard isColored else { return text }
    let color =
      switch severity {
      case .error: "31"
      case .warning: "33"
      case .note: "36"
      }
    return "\u{1B}[1;\(color)m\(text)\u{1B}[0m"
  }
}

extension Diagnostic {
  /// The diagnostic as `--json` shows it.
  ///
  /// `{"id", "severity": "error" | "warning" | "note", "message", "file", "line", "column", "length", "parameter", "hint",
  /// "notes": [text]}`; lines and columns count from 1, columns and lengths in Unicode scalars; what is not known is left
  /// out.
  public var json: JSONValue {
    var members: [String: JSONValue] = [
      "id": .string(id), "severity": .string(severity.rawValue), "message": .string(message),
    ]
    if let location {
      members["file"] = .string(location.file)
      if location.line > 0 { members["line"] = .integer(location.line) }
      if location.column > 0 {
        members["column"] = .integer(location.column)
        members["length"] = .integer(location.length)
      }
    }
    if let parameter { members["parameter"] = .string(parameter) }
    if let hint { members["hint"] = .string(hint) }
    if !notes.isEmpty { members["notes"] = .array(notes.map(JSONValue.string)) }
    return .object(members)
  }
}
