import JSONText
public import Workbench

extension ChartCredit {
  /// Where the data of a run come from: its sources with their releases, and the days that they cover.
  public init(_ run: RunResults) {
    let sources = run.record["sources"]?.elements ?? []
    let names = sources.compactMap { source -> String? in
      guard let name = source["citation"]?.text ?? source["name"]?.text else { return nil }
      var text = name.hasSuffix(".") ? String(name.dropLast()) : name
      for (word, key) in [("release", "release"), ("accessed", "accessed")] {
        guard let value = source[key]?.text, !text.contains(value) else { continue }
        text += ", \(word) \(value)"
      }
      return text
    }
    let coverage = (run.record["events"]?.elements ?? []).flatMap { $0["coverage"]?.elements ?? [] }
    let from = coverage.compactMap { $0["from"]?.text }.min()
    let to = coverage.compactMap { $0["to"]?.text }.max()
    var text = names.isEmpty ? "Workspace \(run.workspace.name)" : "Source: \(names.joined(separator: "; "))"
    if let from, let to { text += ". Data from \(from) to \(to)" }
    self.init(source: text + ".")
  }
}
