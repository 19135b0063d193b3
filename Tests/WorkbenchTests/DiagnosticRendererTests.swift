import JSONText
import TestSupport
import Testing
import Workbench

private let kind = DiagnosticKind("test.problem", "A problem.", "An explanation.")

@Suite struct DiagnosticRendererTests {
  private let text =
    "first: 1\n\tkey:\tvälue # ünïcode\nhostile: \u{202E}gnp.exe\u{1B}[2J rest\n" + "long: "
    + String(repeating: "abcdefghij", count: 30) + " end\r\n"
  private var diagnostics: [Diagnostic] {
    func at(_ line: Int, _ column: Int, _ length: Int) -> Workbench.SourceLocation {
      Workbench.SourceLocation(file: "w.yaml", line: line, column: column, length: length)
    }
    return [
      .error(kind, "plain", at: at(1, 8, 1)),
      .error(kind, "after tabs", at: at(2, 7, 5), hint: "did you mean 'value'?"),
      .warning(kind, "hostile \u{202E}text\u{1B}[2J\r\nnext line", at: at(3, 10, 8), notes: ["a note\u{7}"]),
      .error(kind, "at the end of a long line", at: at(4, 308, 3)),
      .error(kind, "in the middle of a long line", at: at(4, 150, 10)),
      .error(kind, "at the beginning of a long line", at: at(4, 1, 4)),
      .error(kind, "past the end of the line", at: at(1, 40, 3)),
      .error(kind, "past the end of the file", at: at(40, 1, 3), hint: "look again"),
      .error(kind, "about the line", at: Workbench.SourceLocation(file: "w.yaml", line: 2)),
      .error(kind, "about the file", at: Workbench.SourceLocation(file: "w.yaml"), hint: "write one"),
      .error(kind, "of another file", at: Workbench.SourceLocation(file: "data/\u{1B}.csv", line: 3, column: 2)),
      .error(kind, "of a parameter", parameter: "columns.date_start"),
      Diagnostic(.note, kind, "nowhere in particular"),
    ]
  }

  @Test func plainText() throws {
    let renderer = DiagnosticRenderer(sources: ["w.yaml": text])
    try expectGolden(renderer.render(diagnostics, outcome: "nothing was run"), "diagnostics.txt")
  }

  @Test func colour() throws {
    let renderer = DiagnosticRenderer(sources: ["w.yaml": text], isColored: true)
    try expectGolden(
      renderer.render(Array(diagnostics.prefix(3)), outcome: "nothing was run"), "diagnostics-coloured.txt")
  }

  @Test func json() throws {
    try expectGolden(JSONValue.array(diagnostics.map(\.json)).pretty, "diagnostics.json")
  }

  @Test func noDataCanWriteToTheTerminal() {
    let renderer = DiagnosticRenderer(sources: ["w.yaml": text])
    let hostile: [Unicode.Scalar] = (0...0x20FF).compactMap { Unicode.Scalar($0 as UInt32) }
    let all = String(String.UnicodeScalarView(hostile))
    let rendered = renderer.render(
      .error(kind, all, at: Workbench.SourceLocation(file: all, line: 1, column: 1), hint: all, notes: [all]))
    let forbidden = rendered.unicodeScalars.filter {
      $0 != "\n"
        && ($0.value < 0x20 || 0x7F...0x9F ~= $0.value || 0x202A...0x202E ~= $0.value || 0x2066...0x2069 ~= $0.value)
    }
    #expect(forbidden.isEmpty)
    #expect(rendered.split(separator: "\n", omittingEmptySubsequences: false).count == 4)
  }

  @Test func summaryCountsErrorsAndWarnings() {
    #expect(DiagnosticRenderer.summary(of: []) == "")
    #expect(DiagnosticRenderer.summary(of: [.error(kind, "a")]) == "1 error")
    #expect(
      DiagnosticRenderer.summary(of: [.error(kind, "a"), .warning(kind, "b"), .error(kind, "c")])
        == "2 errors, 1 warning")
    #expect(DiagnosticRenderer().render([], outcome: "nothing was run") == "")
  }

  @Test func scriptsThatNeedJoinersKeepThem() {
    #expect(DiagnosticRenderer.visible("می‌خواهم") == "می‌خواهم")
    #expect(DiagnosticRenderer.visible("a\u{202E}b\u{200B}c\u{FEFF}") == "a\\u{202E}b\\u{200B}c\\u{FEFF}")
  }
}
