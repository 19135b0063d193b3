public import Workbench
import WorkspaceFormat

extension SourceStep {
  /// How the source's dataset wants to be cited: as the workspace writes it, else as the plugin knows it, with the release
  /// and the day of access that the workspace states, unless its own words have them.
  var citation: String? {
    guard var text = entry.cite?.citation ?? plugin.entry.manifest.citation else { return nil }
    let own = Set((entry.cite?.citation ?? "").split { !($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") })
    func add(_ word: String, _ value: String) {
      guard !own.contains(value[...]), !own.contains("\(value)."[...]) else { return }
      text += (text.hasSuffix(".") ? " " : ". ") + "\(word) \(value)."
    }
    if let release = entry.cite?.release { add("Release", release) }
    if let accessed = entry.cite?.accessed { add("Accessed", "\(accessed)") }
    return text
  }

  /// A note where the dataset wants to be cited and the workspace does not say which state of it was used.
  var citationNote: Diagnostic? {
    guard let general = plugin.entry.manifest.citation, entry.cite?.citation == nil, entry.cite?.release == nil,
      entry.cite?.accessed == nil
    else { return nil }
    return Diagnostic(
      .note, .noRelease, "'\(name)' does not say which release of \(plugin.entry.manifest.name) it is",
      at: plugin.location, hint: "add `cite: {release: ..., accessed: yyyy-mm-dd}`: outputs then cite it in full",
      notes: ["to be cited: \(general)"])
  }
}

extension CheckedWorkspace {
  /// How the sources want to be cited, each citation once, in workspace order.
  func citations(without skipped: [String: String]) -> [String] {
    var seen: Set<String> = []
    return sources.filter { skipped[$0.name] == nil }.compactMap(\.citation).filter { seen.insert($0).inserted }
  }
}

extension DiagnosticKind {
  static let noRelease = DiagnosticKind(
    "workspace.no-release", "A source does not say which release of its dataset it is.",
    "Datasets change from release to release, and most ask their users to cite the one they used; users of UCDP and "
      + "ACLED owe it. `cite: {release: \"25.1\", accessed: 2026-11-23}` names the release and the day on which the file "
      + "was fetched, and every output then cites the dataset in full. A dataset without releases is cited by the day.")

  /// The kinds that citing datasets can report.
  public static let citationKinds = [noRelease]
}
